"""What is written quickly is what the patterns say that define it."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from newsimport.site import markdown
from newsimport.site.markdown import COMMON, RULES
from newsimport.site.wording import inert
from newsimport.text import tidy

PLACES = st.sampled_from(["link", "text", "start", "heading", "any"])
SIGNS = st.text(st.sampled_from("ax1 .:@/-[](){}<>&;#!*_~`|$^\\=?www.http"), max_size=12)
TEXTS = SIGNS | st.text(max_size=20)

_MARKUP = re.compile(r"\](?=[(\[])|!(?=\[)|\{(?=:)")


@given(TEXTS, PLACES, st.sampled_from([COMMON, tuple(RULES)]))
@example("www.paper.example", "text", COMMON)
@example("x", "link", tuple(RULES))
@example("12) and 3.", "start", COMMON)
def test_a_text_without_a_sign_of_any_rule_is_left_alone(text, place, rules):
    names, pattern, signs = markdown._compile(rules, place)
    for found in pattern.finditer(tidy(text)):
        assert found[0][-1] in signs, names[(found.lastindex or 1) - 1]


@given(TEXTS)
@example("][][(](![{:]![")
def test_inert_text_has_no_link_image_element_or_attribute(text):
    active = tidy(text).translate(str.maketrans("<>", "‹›"))
    assert inert(text) == _MARKUP.sub(lambda found: found[0] + " ", active)
