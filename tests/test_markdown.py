"""Text becomes Markdown that shows it and does nothing else; what need not be escaped is not."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsimport.site.markdown import COMMON, RULES, escape, link, safe_url
from newsimport.site.profiles import PROFILES
from newsimport.source.cluster import read_cluster
from newsimport.source.feed import parse_feed

from .hostile_strings import LINKS, NO_LINKS, STRINGS

ORDINARY = (
    "Kim's “heroic” troops & Putin's 'war': what's next? (video)",
    'She said "no" – twice; markets fell 3.5%, gold at $2,000/oz',
    "AT&T, R&D and Q&A: a #1 hit at 12:30 @ the O2 -- really...",
    "C# or F#? snake_case, don't-care / either+or = fun!",
    "¿Qué pasó? L'été à 30°C · Ünïcödé 日本「語」 العربية",
    "$5bn, €3m and £1 for ~50 people, 1 < 2 > 0",
)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
@pytest.mark.parametrize("text", ORDINARY)
@pytest.mark.parametrize("place", ["link", "text", "start", "heading", "any"])
def test_an_ordinary_headline_reads_as_in_the_paper(profile, text, place):
    assert escape(text, profile.markdown, place) == text


def test_the_headlines_of_the_seed_read_as_in_the_paper(shared: Path):
    feed = parse_feed((shared / "seed" / "feed.xml").read_bytes(), "https://news.google.com/rss")
    headlines = read_cluster(feed.entries[0].body)
    assert len(headlines) == 5
    for profile in PROFILES.values():
        for headline in headlines:
            written = link(headline.title, headline.url, profile.markdown, "start")
            assert written == f"[{headline.title}]({headline.url})"
            assert escape(headline.publisher, profile.markdown) == headline.publisher


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("{{< x >}} {% y %}", "&#123;&#123;< x >}} &#123;% y %}"),
        ("<b>bold</b> &amp; <3", "&lt;b>bold&lt;/b> &amp;amp; <3"),
        ("[Video] *wow* `x` snake_case _it_", r"\[Video\] \*wow\* \`x\` snake_case \_it\_"),
        ("a\\b", "a&#92;b"),
        ("www.x.example and http://x and me@x.example, @you", "www&#46;x.example and http&#58;//x and me&#64;x.example, @you"),
        ("", ""),
        ("two\nlines\x07", "two lines"),
    ],
)  # fmt: skip
def test_what_acts_is_spelled_in_another_way(text, escaped):
    assert escape(text) == escaped


def test_addresses_are_left_alone_within_a_link():
    assert link("www.x.example", "https://y.example") == "[www.x.example](https://y.example)"


@pytest.mark.parametrize(
    "text",
    [
        "# x",
        "#x",
        "- x",
        "---",
        "1. x",
        "12) x",
        "> x",
        "=== x",
        "```",
        ": x",
        "!!! x",
        "??? x",
        "^",
    ],
)
def test_what_starts_a_block_does_not_at_the_start_of_one(text):
    assert escape(text, place="text").replace("\\", "") == text
    assert re.match(r"\d*&#\d+;|&gt;|\\`", escape(text, place="start"))


@given(
    st.text(),
    st.sampled_from(list(PROFILES.values())),
    st.sampled_from(["link", "text", "start", "heading", "any"]),
)
def test_any_text_becomes_one_line_without_what_templates_look_for(text, profile, place):
    written = escape(text, profile.markdown, place)
    assert written == " ".join(written.splitlines())
    assert "{" not in written
    assert not re.search(r"<[A-Za-z/!?]|(?<!\\)[\[\]`*]", written)
    written.encode()


@given(st.text(), st.text())
def test_any_link_has_one_target_or_none(text, url):
    written = link(text, url)
    assert len(re.findall(r"\]\(", written)) == (written.startswith("[") and written.endswith(")"))


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize("url", NO_LINKS)
def test_what_is_no_http_address_is_no_link(url):
    assert safe_url(url) == ""
    assert link("x", url) == "x"


def test_what_cannot_be_linked_is_escaped_for_where_it_stands():
    assert link("# x", "ftp://x", place="start") == "&#35; x"
    assert link("# x", "ftp://x") == "# x"
    assert link("# ", "https://e.example", place="start") == "[#](https://e.example)"
    assert link("\x07", "https://e.example") == ""


@pytest.mark.parametrize("url", LINKS)
def test_what_acts_in_an_address_is_percent_encoded(url):
    written = safe_url(url)
    assert re.fullmatch(r"(?i:https?)://[A-Za-z0-9\-._~:/?#@,;=&+%]+", written)
    assert safe_url(written) == written
    clean = url.replace("\ud800", "?")
    assert unquote(written) == unquote(clean)


@given(st.text())
def test_any_address_is_encoded_once_and_for_all(text):
    written = safe_url("https://example.org/" + text)
    assert written.isascii()
    assert safe_url(written) == written
    assert urlsplit(written).netloc == "example.org"
    assert not set(written) & set(" <>\"'`{}[]()|\\^!*$")


def test_an_entity_in_an_address_is_none_in_a_body():
    assert link("x", "https://e.example/?a=1&lt;=2&b") == "[x](https://e.example/?a=1&amp;lt;=2&b)"


# ---------------------------------------------------------------- the rules


def test_every_profile_knows_its_rules():
    for profile in PROFILES.values():
        assert set(COMMON) <= set(profile.markdown) <= set(RULES)


@pytest.mark.parametrize("text", STRINGS, ids=lambda text: repr(text)[:30])
def test_no_string_is_slow(text):
    for place in ("link", "text", "start"):
        assert escape(text * 20, tuple(RULES), place) is not None
