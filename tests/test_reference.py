"""The quick readers and the libraries that they stand in for say the same, to the last byte."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsimport.errors import FeedError
from newsimport.models import Feed, Headline
from newsimport.source import cluster, feed, gate, googlenews
from newsimport.source.protobuf import to_base64url

from .conftest import ROOT, Cli
from .feeds import (
    BRIDGE,
    HARBOUR,
    Row,
    article,
    browser_copy,
    item,
    lone,
    lone_with_coverage,
    modern,
    rss,
    table_2010,
    table_2017,
    with_coverage,
)
from .stream import Stream

URL = "https://paper.example/feed"


def as_foreign(*arguments: Any) -> str:
    """Read strictly, but see no RSS in it: what follows is feedparser's."""
    fault = gate.read_strictly(*arguments)
    arguments[-1].root = "foreign"
    return fault


def both(body: bytes) -> tuple[Feed, Feed]:
    """Read a feed by our own reader and by feedparser."""
    bounds = gate.Bounds(foreign=1 << 20)
    ours = feed.parse_feed(body, URL, bounds=bounds)
    with mock.patch.object(feed, "read_strictly", as_foreign):
        return ours, feed.parse_feed(body, URL, bounds=bounds)


def assert_same(body: bytes | str) -> Feed:
    ours, theirs = both(body.encode() if isinstance(body, str) else body)
    assert ours.entries == theirs.entries
    assert (ours.title, ours.link, ours.language) == (theirs.title, theirs.link, theirs.language)
    assert ours.warnings == theirs.warnings
    assert ours.pace.ttl == theirs.pace.ttl
    return ours


def by_scanner(markup: str) -> tuple[Headline, ...] | None:
    links = cluster.read_known(markup)
    return None if links is None else cluster._headlines(*links)


def by_soup(markup: str) -> tuple[Headline, ...]:
    return cluster._headlines(*cluster.read_any(markup))


# ---------------------------------------------------------------- whole feeds


@pytest.mark.parametrize("seed", range(5))
def test_streams_of_google_s_own_shape(seed: int) -> None:
    stream = Stream(seed, stories=100)
    for _ in range(4):
        read = assert_same(stream.run())
        assert len(read.entries) == 100
        for entry in read.entries:
            assert by_scanner(entry.body) == by_soup(entry.body) != ()


def test_the_example() -> None:
    read = assert_same((ROOT / "examples/world.xml").read_bytes())
    for entry in read.entries:
        assert by_scanner(entry.body) == by_soup(entry.body) != ()


def test_a_feed_saved_from_a_browser() -> None:
    # Its HTML is not escaped: the elements are equal, the attributes' order and quotes as well.
    body = browser_copy((HARBOUR[0], modern(HARBOUR)), (BRIDGE, lone(BRIDGE)))
    ours, theirs = both(body.encode())
    assert [entry.title for entry in ours.entries] == [entry.title for entry in theirs.entries]
    for one, other in zip(ours.entries, theirs.entries, strict=True):
        assert cluster.read_cluster(one.body) == cluster.read_cluster(other.body) != ()


MORE = (
    '<enclosure url="https://p.example/a.jpg" type="image/jpeg" length="1"/>',
    '<enclosure url="https://p.example/a.mp3" type="audio/mpeg" length="1"/>',
    '<media:content url="https://p.example/b" medium="image"/>',
    '<media:thumbnail url="https://p.example/c.png"/>',
    "<category>Sea</category><category>Sea</category><category> Ferries </category>",
    "<author>someone@paper.example (Someone)</author>",
    "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
    "&lt;p&gt;all of it&lt;/p&gt;</content:encoded>",
    "<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>Someone</dc:creator>",
    "<dc:subject xmlns:dc='http://purl.org/dc/elements/1.1/'>Land</dc:subject>",
    "<comments>https://p.example/comments</comments>",
    "<x:y xmlns:x='urn:x' a='b'>z</x:y>",
)


@pytest.mark.parametrize("more", MORE)
def test_what_else_an_item_may_hold(more: str) -> None:
    assert_same(
        rss(item(BRIDGE, "a <b>bold</b> word", more=more), item(HARBOUR[0], "x", more=more))
    )


@pytest.mark.parametrize(
    "when",
    [
        "Tue, 06 Jan 2026 08:35:05 GMT", "Tue, 06 Jan 2026 08:35:05 -0500", "6 Jan 26 8:35 EST",
        "2026-01-06T08:35:05+09:00", "2026-01-06", "soon", "Tue, 31 Feb 2026 08:35:05 GMT",
        "Κυρ, 11 Ιούλ 2004 12:00:00 EST", "Thu Jan  8 08:35:05 2026",
    ],
)  # fmt: skip
def test_dates(when: str) -> None:
    assert_same(rss(item(BRIDGE, "x", published=when)))


# A carriage return is XML's to fold; the controls of C0 are no XML.
WORDS = st.text(
    st.characters(
        exclude_categories=["Cs"],
        exclude_characters=[*map(chr, range(32)), "\ufffe", "\uffff"],
    ),
    min_size=1,
    max_size=20,
)
MISREAD = WORDS.map(lambda text: text.encode().decode("latin-1"))
WORDS |= MISREAD
ROWS = st.builds(Row, WORDS, WORDS, st.integers(0, 99).map(article))
SHAPES = (modern, with_coverage, table_2017, table_2010)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(ROWS, st.sampled_from([*SHAPES])), max_size=4), WORDS)
def test_any_words(items: list[tuple[Row, Any]], title: str) -> None:
    written = [
        item(row, shape((row, BRIDGE)), guid=f"g{number}")
        for number, (row, shape) in enumerate(items)
    ]
    try:
        assert_same(rss(*written, title=title))
    except FeedError as error:
        assert "not available" in str(error)


# ---------------------------------------------------------------- clusters

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.builds(Row, TEXTS, TEXTS, TEXTS), min_size=1, max_size=5))
def test_any_rows(rows: list[Row]) -> None:
    for markup in (
        modern(tuple(rows)), with_coverage(tuple(rows)), lone(rows[0]), lone_with_coverage(rows[0])
    ):  # fmt: skip
        found = by_scanner(markup)
        assert found is None or found == by_soup(markup)


def test_the_scanner_reads_what_google_sends_today() -> None:
    for markup in (
        modern(HARBOUR),
        lone(BRIDGE),
        with_coverage(HARBOUR),
        lone_with_coverage(BRIDGE),
        # Google leaves some ampersands as they are.
        modern(HARBOUR).replace("Harbour", "Harbour & Bridge"),
        with_coverage(HARBOUR).replace("?hl=", "?oc=5&gl=US&ceid=US:en&oc="),
    ):
        assert by_scanner(markup) == by_soup(markup) != ()


PIECES = (
    "<ol>", "</ol>", "<li>", "</li>", '<a href="https://p.example/1" target="_blank">', "</a>",
    '<a href="https://p.example/2">', "&nbsp;&nbsp;", '<font color="#6f6f6f">', "</font>",
    "<strong>", "</strong>", "word", "&amp;", "&copy", "&", " ", "<b>", "\n", lone(BRIDGE), lone(HARBOUR[0]),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.booleans())
def test_what_the_scanner_takes_for_its_own_is_read_alike(markup: str, is_list: bool) -> None:
    markup = f"<ol><li>{markup}</li></ol>" if is_list else markup
    found = by_scanner(markup)
    assert found is None or found == by_soup(markup)


@pytest.mark.parametrize(
    "change",
    [
        ("<ol>", "<ol >"), ("</li></ol>", "</ol>"), ("<font color", "<font  color"),
        ("&nbsp;&nbsp;", "&nbsp; "), ("</ol>", "</ol>\n"), ("Harbour", "Harbour &eacute;"),
        ("Harbour", "Harbour\u0085"), ("Harbour", "<b>Harbour</b>"), ("target=", "rel="),
    ],
)  # fmt: skip
def test_one_character_of_another_kind_is_the_library_s(change: tuple[str, str]) -> None:
    markup = modern(HARBOUR).replace(*change)
    assert markup != modern(HARBOUR)
    assert by_scanner(markup) is None
    assert [line.url for line in cluster.read_cluster(markup)] == [row.link for row in HARBOUR]


# ---------------------------------------------------------------- captured feeds


def test_captured_feeds(shared: Path) -> None:
    compared = clusters = 0
    for path in sorted((shared / "corpus").glob("*/*.*")):
        body = path.read_bytes()
        try:
            ours, theirs = both(body)
        except FeedError:
            continue
        if ours.warnings or path.suffix == ".json":
            continue
        assert len(ours.entries) == len(theirs.entries), path.name
        for one, other in zip(ours.entries, theirs.entries, strict=True):
            assert one == other, path.name
            compared += 1
            if (found := by_scanner(one.body)) is not None:
                assert found == by_soup(one.body), path.name
                clusters += 1
    assert compared > 500
    assert clusters > 200


# ---------------------------------------------------------------- when each is loaded


# What no run needs that finds nothing new.
UNUSED = {
    f"newsimport.{name}"
    for name in ("story.tags", "site.writer", "site.frontmatter", "commands.paint", "matching")
}


@pytest.mark.parametrize(
    ("body", "loaded"),
    [
        (rss(item(HARBOUR[0], modern(HARBOUR)), item(BRIDGE, lone(BRIDGE))), set()),
        (rss(item(HARBOUR[0], table_2010(HARBOUR))), {"bs4", "lxml"}),
    ],
)
def test_a_run_loads_what_it_needs(cli: Cli, tmp_path: Path, body: str, loaded: set[str]) -> None:
    import subprocess
    import sys

    program = (
        "import sys\nfrom newsimport.cli import main\n"
        "try: main(['fetch', '-', '--out', 'out'])\n"
        "finally: print('modules:', *sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=body, capture_output=True, text=True, check=False, env=cli.environment(), cwd=tmp_path,
    )  # fmt: skip
    assert list((tmp_path / "out").glob("*.md")), done.stderr
    modules = set(done.stdout.rpartition("modules:")[2].split())
    assert modules & {"feedparser", "bs4", "lxml"} == loaded
    again = subprocess.run(
        [sys.executable, "-c", program],
        input=body, capture_output=True, text=True, check=False, env=cli.environment(), cwd=tmp_path,
    )  # fmt: skip
    modules = set(again.stdout.rpartition("modules:")[2].split())
    assert not modules & {"feedparser", "bs4", "lxml", "html", "tempfile", "pickle", *UNUSED}


GOOGLE_IDS = st.binary(max_size=40).flatmap(
    lambda rest: st.sampled_from([b'\x08\x13"', b"\x08\x20\x22", b"\x08\x13", b""]).flatmap(
        lambda head: st.sampled_from(
            [b"\x30AU_yqL", b"\xbc\x01AU_yqL", b"\x0ahttps://a.b/", b""]
        ).map(lambda body: to_base64url(head + body + rest))
    )
)
GOOGLE_URLS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(
        ["https://news.google.com/rss/articles/", "https://news.google.com/", "http://news.google.de/read/",
         "https://news.google.com/rss/articles/stories", " https://news.google.com", "https://paper.example/"]
    ),
    GOOGLE_IDS,
    st.sampled_from(["", "=", "/url", "/more", "%", " "]),
    st.sampled_from(["", "?oc=5", "?oc=5&hl=en", "?url=https://paper.example/x", "#x"]),
)  # fmt: skip


@given(GOOGLE_URLS)
def test_a_link_as_google_writes_it_today_is_known_at_a_glance(url: str) -> None:
    asked = ("is_google_news", "is_full_coverage", "article_id", "publisher_url", "is_publishers")
    clear_google()
    quick = [getattr(googlenews, name)(url) for name in asked]
    quick.append(googlenews.url_in_id(googlenews.article_id(url)))
    clear_google()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(googlenews, "_TODAY", "\0")
        patch.setattr(googlenews, "_ARTICLE", re.compile(r"(?!)"))
        patch.setattr(googlenews, "_SECRET", re.compile(r"(?!)"))
        slow = [getattr(googlenews, name)(url) for name in asked]
        slow.append(googlenews.url_in_id(googlenews.article_id(url)))
    clear_google()
    assert quick == slow
    if found := googlenews.secret_id(url):
        assert [found, "", False] == [slow[2], slow[3], slow[1]]


def clear_google() -> None:
    for value in vars(googlenews).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()
