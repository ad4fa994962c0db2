"""Style classic gives the predecessor's document, rule by rule."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from newsimport.site.classic import SPACED, render_classic
from newsimport.site.frontmatter import write
from newsimport.site.wording import inert
from newsimport.source.feed import parse_feed
from newsimport.stories import read_headlines, tell
from newsimport.text import tidy

from .conftest import Cli
from .feeds import HARBOUR, WORLD, Row, article, item, lone, modern, rss


def test_the_seed_byte_for_byte(cli: Cli, shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = cli(
        "fetch",
        shared / "seed" / "feed.xml",
        "--style",
        "classic",
        "--feed-url",
        WORLD,
        "--out",
        out,
    )
    assert (run.status, run.out, run.err) == (0, "", "")
    name = "north-korea-s-kim-hails-heroic-troops-fighting-alongside-russia-euronews-com.md"
    assert [path.name for path in out.iterdir() if path.suffix == ".md"] == [name]
    assert (out / name).read_bytes() == (shared / "seed" / "expected.md").read_bytes()


# A document of our own in the same shape, for those who lack the seed.
OURS = f"""---
title: "Harbour town votes to keep its last ferry - The Quay Courier"
date: 2026-01-06
description: "Harbour town votes to keep its last ferry&nbsp;&nbsp;The Quay CourierFerry saved: 212 votes to 3&nbsp;&nbsp;Isle &amp; StraitWhy a ferry with nine passengers matters&nbsp;&nbsp;Tidewater Post - Coast"
summary: "Harbour town votes to keep its last ferry&nbsp;&nbsp;The Quay CourierFerry saved: 212 votes to 3&nbsp;&nbsp;Isle &amp; StraitWhy a ferry with nine passengers matters&nbsp;&nbsp;Tidewater Post - Coast"
slug: "harbour-town-votes-to-keep-its-last-ferry-the-quay-courier"
image: ''
link: '{article("h1")}'
source: '{WORLD}'
categories:
- 'news.google.com'
tags:
- 'harbour'
- 'courier'
- 'votes'
- 'ferry'

draft: false
---
{modern(HARBOUR)}
"""


def test_our_own_document_byte_for_byte(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = cli(
        "fetch", "-", "--style", "classic", "--feed-url", WORLD, "--out", out,
        stdin=rss(item(HARBOUR[0], modern(HARBOUR))).encode(),
    )  # fmt: skip
    assert (run.status, run.err) == (0, "")
    [path] = out.glob("*.md")
    assert path.name == "harbour-town-votes-to-keep-its-last-ferry-the-quay-courier.md"
    assert path.read_bytes().decode() == OURS


# ---------------------------------------------------------------- rule by rule


def document(text: str, url: str = WORLD) -> str:
    feed = parse_feed(text.encode(), url)
    [entry] = feed.entries
    from .feeds import START

    told = tell(feed, entry, read_headlines(feed, entry), START)
    post = render_classic(told, "slug", told.published or START)
    return write(post.fields, post.body, spaced=SPACED).decode()


def fields(text: str, url: str = WORLD) -> dict[str, Any]:
    yaml = YAML(typ="safe", pure=True)
    yaml.preserve_quotes = True
    head = document(text, url).split("\n---\n")[0].removeprefix("---\n")
    loaded: dict[str, Any] = yaml.load(head)
    return loaded


def titled(title: str, description: str = "x", more: str = "") -> str:
    return rss(
        item(Row(title, "Paper", article("1")), description, more=more).replace(
            "<source", "<x"
        ).replace("</source", "</x")
    )  # fmt: skip


def test_the_fields_and_their_quotes() -> None:
    lines = document(titled("One")).split("\n")
    assert [line.partition(":")[0] for line in lines[1:10]] == [
        "title", "date", "description", "summary", "slug", "image", "link", "source", "categories",
    ]  # fmt: skip
    assert lines[1] == 'title: "One - Paper"'
    assert lines[2] == "date: 2026-01-06"
    assert lines[6] == "image: ''"
    assert lines[-5:] == ["", "draft: false", "---", "x", ""]


def test_a_day_is_the_day_in_utc() -> None:
    text = titled("One").replace("Tue, 06 Jan 2026 08:35:05 GMT", "Tue, 06 Jan 2026 02:35:05 +0400")
    assert "\ndate: 2026-01-05\n" in document(text)


def test_a_description_of_500_characters_is_whole() -> None:
    assert fields(titled("t", "a" * 500))["description"] == "a" * 500


def test_a_longer_one_is_cut_there() -> None:
    found = fields(titled("t", "a" * 501))
    assert found["description"] == found["summary"] == "a" * 500 + "..."


@pytest.mark.parametrize("before", range(492, 501))
def test_no_cut_goes_through_an_entity(before: int) -> None:
    text = fields(titled("t", "a" * before + "&nbsp;" + "b" * 20))["description"]
    whole = before + len("&nbsp;") <= 500
    assert text == ("a" * before + ("&nbsp;" + "b" * (494 - before) if whole else "")) + "..."


@pytest.mark.parametrize("sign", ["&amp;T", "& "])
def test_an_ampersand_that_starts_no_entity_stays_before_the_cut(sign: str) -> None:
    raw = {"&amp;T": "AT&T", "& ": "fish &"}[sign]
    text = fields(titled("t", "a" * (500 - len(raw)) + raw + " and more, and more"))["description"]
    assert text == "a" * (500 - len(raw)) + raw + "..."


def test_tags_of_html_are_removed_and_entities_left() -> None:
    body = '<p class="x">Fish &amp; <b>chips</b>&nbsp;&#8212; now</p>'
    assert fields(titled("t", body))["description"] == "Fish &amp; chips&nbsp;&#8212; now"


@pytest.mark.parametrize(
    ("more", "description", "image"),
    [
        ('<enclosure url="https://p.example/e.jpg" type="image/jpeg" length="1"/>', "x", "e.jpg"),
        ('<media:content url="https://p.example/m.jpg" medium="image"/>', "x", "m.jpg"),
        ("", '<p><img src="https://p.example/i.jpg"><img src="https://p.example/2"></p>', "i.jpg"),
        ("", "x", ""),
    ],
)
def test_the_image(more: str, description: str, image: str) -> None:
    wanted = f"https://p.example/{image}" if image else ""
    assert f"\nimage: '{wanted}'\n" in document(titled("t", description, more))


def test_www_goes_from_source_and_category() -> None:
    text = document(titled("One"), "https://www.paper.example/www.feed?x=1")
    assert "\nsource: 'https://paper.example/www.feed?x=1'\n" in text
    assert "\ncategories:\n- 'paper.example'\n" in text


@pytest.mark.parametrize(
    ("title", "tags"),
    [
        ("Storm after storm says little", ["little", "storm", "paper"]),
        ("Aaaaa bbbbb ccccc ddddd eeeee fffff", ["aaaaa", "bbbbb", "ccccc", "ddddd", "eeeee"]),
        ("One two three fourth fifthly", ["fifthly", "fourth", "three", "paper"]),
        ("AFTER Says HARBOUR", ["harbour", "paper"]),
        ("It's four more days", ["paper"]),
        ("Ärzte-Präsident: Überfall", ["präsident", "überfall", "ärzte", "paper"]),
    ],
)
def test_the_tags(title: str, tags: list[str]) -> None:
    assert fields(titled(title))["tags"] == tags


def test_quotes_and_backslashes_make_valid_yaml() -> None:
    title = """He said "it's \\n fine" \\ C:\\new: [x] {y} #z"""
    found = fields(titled(title, """<i>"a" \\b 'c'</i>"""))
    assert found["title"] == f"{title} - Paper"
    assert found["description"] == """"a" \\b 'c'"""


def test_a_link_with_a_quote() -> None:
    row = Row("One", "Paper", "https://p.example/it's?a='b'")
    text = document(rss(item(row, lone(row))))
    assert "\nlink: 'https://p.example/it''s?a=''b'''\n" in text


# An & or a < in a title may be an escape too many, or markup, of the feed's own making; characters
# of Latin-1 that happen to be UTF-8 are read as such.
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="&<"), max_size=40).map(
    lambda text: tidy(re.sub("[\x80-\xff]", "", text))
)


@settings(max_examples=100, deadline=None)
@given(LINES, LINES)
def test_any_text_makes_valid_yaml_that_reads_back(title: str, description: str) -> None:
    from html import escape

    found = fields(titled(title or "x", escape(description)))
    assert found["title"] == inert(f"{title or 'x'} - Paper")
    assert found["summary"] == found["description"]
    assert list(found)[-1] == "draft"


def test_no_shortcode_of_an_items_html_acts() -> None:
    body = document(titled("t", "<p>{{< x >}} {% y %}</p>")).split("\n---\n")[1]
    assert "{" not in body
    assert "}" not in body


def test_a_second_run_changes_nothing(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss(item(HARBOUR[0], modern(HARBOUR))))
    out = tmp_path / "out"
    for wanted in ("created", "unchanged"):
        run = cli("fetch", tmp_path / "feed.xml", "--style", "classic", "--out", out, "--json")
        assert [s["action"] for s in run.json["feeds"][0]["stories"]] == [wanted]
