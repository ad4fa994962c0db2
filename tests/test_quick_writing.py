"""What is written quickly is what the patterns say that define it."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsimport.site import markdown
from newsimport.site.markdown import COMMON, RULES
from newsimport.site.wording import inert
from newsimport.text import tidy

PLACES = st.sampled_from(["link", "text", "start", "heading", "any"])
SIGNS = st.text(st.sampled_from("ax1 .:@/-[](){}<>&;#!*_~`|$^\\=?www.http"), max_size=12)
TEXTS = SIGNS | st.text(max_size=20)

_MARKUP = re.compile(r"\](?=[(\[])|!(?=\[)|\{(?=:)")


@settings(deadline=None)  # the first to come compiles a pattern
@given(TEXTS, PLACES, st.sampled_from([COMMON, tuple(RULES)]))
@example("www.paper.example", "text", COMMON)
@example("HTTPS://paper.example ftp://a http:/b", "text", COMMON)
@example("x", "link", tuple(RULES))
@example("12) and 3.", "start", COMMON)
@example("1234567890. no number", "start", COMMON)
def test_rules_are_tried_at_their_signs_alone_and_act_as_if_at_every_character(text, place, rules):
    names, pattern = markdown._compile(rules, place)
    tried_everywhere = re.compile("|".join(f"({RULES[name].pattern})" for name in names))
    found = [(one.span(), one.lastindex) for one in pattern.finditer(tidy(text))]
    assert found == [(one.span(), one.lastindex) for one in tried_everywhere.finditer(tidy(text))]


_AS_WRITTEN = re.compile(r"[^A-Za-z0-9\-._~:/?#@,;=&+%]|%(?![0-9A-Fa-f]{2})")


@given(st.text(st.sampled_from("ax1.:@/-[](){}<>&;#!*_~`|$^\\=?%é\n "), max_size=12) | TEXTS)
def test_a_url_that_is_clean_is_as_if_each_of_its_characters_were_looked_at(rest):
    url = markdown.safe_url("https://paper.example" + rest)
    for character in _AS_WRITTEN.findall(url):
        raise AssertionError(character)


@given(TEXTS)
@example("][][(](![{:]![")
def test_inert_text_has_no_link_image_element_or_attribute(text):
    active = tidy(text).translate(str.maketrans("<>", "‹›"))
    assert inert(text) == _MARKUP.sub(lambda found: found[0] + " ", active)
