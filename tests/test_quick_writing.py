"""What is written quickly is what the patterns say that define it."""

from __future__ import annotations

import re
from json import JSONEncoder

from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsimport.models import Bare, Single
from newsimport.site import markdown
from newsimport.site.block import field_lines
from newsimport.site.markdown import COMMON, RULES
from newsimport.site.merge import fingerprint
from newsimport.site.quoting import yaml_scalar, yaml_scalars
from newsimport.site.table import Table
from newsimport.site.wording import inert, inert_all
from newsimport.story.identity import digest, digests, digests_of
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
    text = tidy(text)
    names = sorted((name for name in rules if place in RULES[name].places), key="block".__ne__)
    everywhere = re.compile("|".join(f"({RULES[name].pattern})" for name in names), re.MULTILINE)

    def spell(found):
        rule = RULES[names[found.lastindex - 1]]
        if rule.visible:
            return "\\" + found[0]
        return rule.before + (rule.instead or f"&#{ord(found[0])};")

    assert markdown.escape(text, rules, place) == everywhere.sub(spell, text)


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=4), PLACES, st.sampled_from([COMMON, tuple(RULES)]))
@example(["x", "#", "", "1.", "~", "www.", "a"], "any", tuple(RULES))
@example([":", ""], "start", COMMON)
def test_texts_are_escaped_together_as_each_by_itself(texts, place, rules):
    assert markdown.escape_all(texts, rules, place) == [
        markdown.escape(text, rules, place) for text in texts
    ]


@given(st.lists(TEXTS, max_size=4))
@example(["a]", "(b", "e", "\u0301"])
def test_texts_are_made_inert_together_as_each_by_itself(texts):
    assert inert_all(texts) == [inert(text) for text in texts]


SCALARS = TEXTS | TEXTS.map(Bare) | TEXTS.map(Single)


@given(st.lists(SCALARS, max_size=5))
@example(["a\nb", Bare("true"), "true", Single("it's"), '"\\'])
def test_scalars_are_spelled_together_as_each_by_itself(values):
    assert yaml_scalars(values) == [yaml_scalar(value) for value in values]


ROWS = st.lists(st.dictionaries(TEXTS, SCALARS, max_size=3), max_size=3)


@given(ROWS | st.lists(SCALARS, max_size=4) | st.dictionaries(TEXTS, SCALARS | ROWS, max_size=3))
@example([{"100%": "%s", "a": 'say "so" \\'}, {}, {"b": Bare("true")}])
def test_a_value_is_known_by_its_json(value):
    json = JSONEncoder(ensure_ascii=False, sort_keys=True).encode(value)
    assert fingerprint(value) == digest(json)[:6]


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=3))
@example([('say "so" \\', "100%"), ("", "")])
@example([("a\u200fb", "c")])
def test_headlines_are_written_from_their_columns_as_row_by_row(texts):
    titles, publishers = [title for title, _ in texts], [name for _, name in texts]
    table = Table(titles, publishers, ["https://a/b?c=d"] * len(texts), [Bare("2026")] * len(texts))
    assert field_lines("headlines", {"a": table}) == field_lines("headlines", {"a": [*table]})
    assert fingerprint(table) == fingerprint([*table])


@given(st.lists(st.text(), max_size=4))
def test_digests_are_made_together_as_each_by_itself(texts):
    each = [digest(text) for text in texts]
    assert digests(texts) == each
    assert digests_of([text.encode("utf-8", "replace") for text in texts]) == each


_AS_WRITTEN = re.compile(r"[^A-Za-z0-9\-._~:/?#@,;=&+%]|%(?![0-9A-Fa-f]{2})")


@given(st.text(st.sampled_from("ax1.:@/-[](){}<>&;#!*_~`|$^\\=?%é\n "), max_size=12) | TEXTS)
def test_a_url_that_is_clean_is_as_if_each_of_its_characters_were_looked_at(rest):
    url = markdown.safe_url("https://paper.example" + rest)
    for character in _AS_WRITTEN.findall(url):
        raise AssertionError(character)


@given(st.lists(TEXTS.map("https://paper.example/".__add__) | TEXTS, max_size=3).map(tuple))
@example(("https://paper.example/a?b=c;d", "http://b"))
@example(("https://paper.example/a", " https://paper.example/b"))
@example(("https://paper.example/a", "https:///b"))
def test_urls_are_made_safe_together_as_each_by_itself(urls):
    assert markdown.safe_urls(urls) == tuple(map(markdown.safe_url, urls))
    assert markdown.destinations(urls) == tuple(map(markdown.destination, urls))


@given(TEXTS)
@example("][][(](![{:]![")
def test_inert_text_has_no_link_image_element_or_attribute(text):
    active = tidy(text).translate(str.maketrans("<>", "‹›"))
    assert inert(text) == _MARKUP.sub(lambda found: found[0] + " ", active)
