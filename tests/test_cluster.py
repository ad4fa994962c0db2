"""The headlines in an item's HTML, in the markup of every era."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsimport.models import Headline
from newsimport.source.cluster import read_cluster, strip_publisher

from .feeds import (
    BRIDGE,
    HARBOUR,
    Row,
    article,
    lone,
    lone_with_coverage,
    modern,
    run,
    table_2010,
    table_2017,
    with_coverage,
)


def headlines(rows: tuple[Row, ...]) -> tuple[Headline, ...]:
    return tuple(Headline(row.title, row.link, row.publisher) for row in rows)


@pytest.mark.parametrize(
    ("markup", "rows"),
    [
        (modern(HARBOUR), HARBOUR),
        (modern(HARBOUR[:1]), HARBOUR[:1]),
        (lone(BRIDGE), (BRIDGE,)),
        (with_coverage(HARBOUR), HARBOUR),
        (with_coverage(HARBOUR, "ニュースの全容"), HARBOUR),
        (with_coverage(HARBOUR, ""), HARBOUR),
        (lone_with_coverage(BRIDGE), (BRIDGE,)),
        (table_2017(HARBOUR), HARBOUR),
        (table_2017(HARBOUR[:1]), HARBOUR[:1]),
        (table_2010(HARBOUR), HARBOUR),
        (table_2010(HARBOUR[:1]), HARBOUR[:1]),
    ],
)
def test_each_era(markup: str, rows: tuple[Row, ...]) -> None:
    assert read_cluster(markup) == headlines(rows)


@pytest.mark.parametrize("markup", ["", "Plain text", "<p>No link</p>", "<a>no address</a>", "<a"])
def test_no_cluster(markup: str) -> None:
    assert read_cluster(markup) == ()


def test_a_publishers_own_story_page_is_a_headline() -> None:
    row = Row("Markets fall asleep", "Ledger", "https://paper.example/story/markets-1")
    assert read_cluster(with_coverage((row,))) == headlines((row,))


def test_a_row_without_a_publisher_is_a_headline() -> None:
    markup = f'<ol><li>{run(BRIDGE)}</li><li><a href="https://p.example/2">Second</a></li></ol>'
    assert read_cluster(markup) == (
        *headlines((BRIDGE,)),
        Headline("Second", "https://p.example/2", ""),
    )


def test_rows_that_repeat_are_kept_in_their_order() -> None:
    rows = (HARBOUR[1], HARBOUR[0], HARBOUR[1], HARBOUR[2], HARBOUR[0])
    assert read_cluster(modern(rows)) == headlines(rows)


def test_entities_are_decoded_and_white_space_is_folded() -> None:
    markup = (
        "<ol><li><a href='https://p.example/?a=1&amp;b=2'> Fish &amp;\n  chips&nbsp;&#8212; "
        "&lt;b&gt; &quot;now&quot; </a>&nbsp;&nbsp;<font>\n Q&amp;A\tWeekly </font></li></ol>"
    )
    assert read_cluster(markup) == (
        Headline('Fish & chips — <b> "now"', "https://p.example/?a=1&b=2", "Q&A Weekly"),
    )


def test_markup_inside_a_headline_is_dropped_with_its_text_kept() -> None:
    markup = '<a href="https://p.example/1">The <b>bold</b> <i>one</i></a> <font><b>P</b></font>'
    assert read_cluster(markup) == (Headline("The bold one", "https://p.example/1", "P"),)


def test_upper_case_markup() -> None:
    markup = '<OL><LI><A HREF="https://p.example/1">One</A>&nbsp;<FONT COLOR="#6f6f6f">P</FONT></LI></OL>'
    assert read_cluster(markup) == (Headline("One", "https://p.example/1", "P"),)


def test_a_list_that_is_never_closed() -> None:
    rows = HARBOUR[:2]
    assert read_cluster(modern(rows).replace("</li></ol>", "")) == headlines(rows)


# ---------------------------------------------------------------- publishers


@pytest.mark.parametrize(
    ("title", "publisher", "wanted"),
    [
        ("Ferry saved - Quay Courier", "Quay Courier", "Ferry saved"),
        ("Ferry saved", "Quay Courier", "Ferry saved"),
        ("Ferry - saved - Tide - Coast", "Tide - Coast", "Ferry - saved"),
        ("Ferry saved - Coast", "Tide - Coast", "Ferry saved - Coast"),
        ("Ferry saved | gull.example", "gull.example", "Ferry saved"),
        ("船が戻る - みなと新報 - みなと新報", "みなと新報", "船が戻る"),
        ("船が戻る｜みなと新報", "みなと新報", "船が戻る"),
        ("Ferry saved – Quay (Courier)", "Quay (Courier)", "Ferry saved"),
        ("Quay Courier", "Quay Courier", "Quay Courier"),
        ("Inside Quay Courier", "Quay Courier", "Inside Quay Courier"),
        ("Ferry saved-Quay", "Quay", "Ferry saved-Quay"),
        ("Ferry saved - quay courier", "Quay Courier", "Ferry saved"),
        ("Ferry saved - QuayCourier.example", "Quay Courier", "Ferry saved"),
        ("Ferry saved | www.quaycourier.co.uk", "The Quay Courier", "Ferry saved"),
        ("Ferry saved · The Quay Courier", "Quay Courier", "Ferry saved"),
        ("Ferry saved – Tide", "Tide - Coast", "Ferry saved"),
        ("Ferry saved » Tide", "Tide.example", "Ferry saved"),
        ("Exclusive: Ferry saved | Opinion | Tide", "Tide", "Exclusive: Ferry saved | Opinion"),
        ("LIVE | Ferry saved", "Tide", "LIVE | Ferry saved"),
        ("Tide - Tide", "Tide", "Tide"),
        (" - Tide", "Tide", " - Tide"),
        ("Ferry saved - the", "The", "Ferry saved"),
        ("Ferry saved - ...", "...", "Ferry saved - ..."),
        ("Ferry saved - ", "", "Ferry saved - "),
    ],
)
def test_strip_publisher(title: str, publisher: str, wanted: str) -> None:
    assert strip_publisher(title, publisher) == wanted


@pytest.mark.parametrize(
    ("title", "address", "wanted"),
    [
        ("Ferry saved - quaynews.example", "https://www.quaynews.example/", "Ferry saved"),
        ("Ferry saved - QuayNews", "https://www.quaynews.co.uk:443/feed", "Ferry saved"),
        ("Ferry saved - quaynews.example", "https://other.example", None),
        ("Ferry saved - quaynews.example", "", None),
        ("Ferry saved - x", "nonsense", None),
    ],
)
def test_a_publishers_domain_is_stripped(title: str, address: str, wanted: str | None) -> None:
    assert strip_publisher(title, "The Quay Courier", address) == (wanted or title)


def test_a_headline_that_repeats_its_publisher() -> None:
    row = Row("Ferry saved - Quay Courier", "Quay Courier", BRIDGE.link)
    assert read_cluster(lone(row))[0].title == "Ferry saved"


# ---------------------------------------------------------------- anything

WORDS = st.text(
    st.characters(categories=["L", "N", "P", "S"], exclude_characters="\ufeff\ufffe\uffff"),
    min_size=1,
    max_size=12,
)
LINES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(LINES, LINES), min_size=1, max_size=9),
    st.sampled_from([modern, with_coverage, table_2017, table_2010]),
)
def test_no_row_is_lost_doubled_or_reordered(texts: list[tuple[str, str]], shape: object) -> None:
    from newsimport.text import tidy

    rows = tuple(
        Row(tidy(title), tidy(publisher), article(number))
        for number, (title, publisher) in enumerate(texts)
    )
    found = read_cluster(shape(rows))
    assert [headline.url for headline in found] == [row.link for row in rows]
    assert [headline.publisher for headline in found] == [row.publisher for row in rows]
    for headline, row in zip(found, rows, strict=True):
        assert row.title.startswith(headline.title)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["<a ", "href=x", ">", "</a>", "<font>", "<table>", "<li>", "é", "<img>", "&amp", "'", '"', "</font>", "\x00"])).map("".join))  # fmt: skip
def test_no_markup_makes_it_crash(markup: str) -> None:
    for headline in read_cluster(markup):
        assert headline.title


@given(LINES, LINES)
def test_a_stripped_title_is_never_empty(title: str, publisher: str) -> None:
    assert strip_publisher(f"{title} - {publisher}", publisher)


def test_many_links_take_no_time_and_give_no_more_than_a_page_could_show() -> None:
    import time

    began = time.monotonic()
    assert len(read_cluster("<a href=x>y</a> " * 20_000)) == 50
    read_cluster("<a " * 100_000)
    read_cluster("<a href=x>" * 20_000 + "y")
    assert time.monotonic() - began < 20


def test_double_escaped_titles_of_a_cluster_read_as_text() -> None:
    title = "Fish & chips: 'x < y'"
    assert read_cluster(f'<a href="https://p.example">{html.escape(title)}</a>')[0].title == title
