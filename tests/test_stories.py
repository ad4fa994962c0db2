"""What a feed's item tells: clauses 11 to 14, and the fields of `inspect --json`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsimport.models import Entry, Feed, Headline, Story
from newsimport.source.feed import parse_feed
from newsimport.stories import Naming, articles_of, plain_text, read_headlines, tell

from .feeds import BRIDGE, HARBOUR, START, WORLD, Row, article, atom, item, lone, modern, rss

NOW = datetime(2026, 1, 7, tzinfo=UTC)


def stories(text: str, url: str = WORLD) -> list[Story]:
    feed = parse_feed(text.encode(), url)
    return [tell(feed, entry, read_headlines(feed, entry), NOW) for entry in feed.entries]


def story(text: str, url: str = WORLD) -> Story:
    [only] = stories(text, url)
    return only


def test_a_cluster() -> None:
    told = story(rss(item(HARBOUR[0], modern(HARBOUR), guid="g-1")))
    assert told.guid == "g-1"
    assert told.title == HARBOUR[0].title
    assert told.url == HARBOUR[0].link
    assert told.published == START
    assert (told.publisher, told.publisher_url) == (HARBOUR[0].publisher, "https://paper.example")
    assert told.headlines == tuple(Headline(row.title, row.link, row.publisher) for row in HARBOUR)
    assert told.categories == ("World",)
    assert told.language == "en-US"
    assert told.source == WORLD
    assert told.image == ""


def test_a_lone_story_has_one_headline() -> None:
    told = story(rss(item(BRIDGE, lone(BRIDGE))))
    assert told.headlines == (Headline(BRIDGE.title, BRIDGE.link, BRIDGE.publisher),)
    assert told.title == BRIDGE.title


def test_a_publisher_with_a_hyphen() -> None:
    row = Row("Tide - time - table", "Tidewater Post - Coast", article("t"))
    assert story(rss(item(row, lone(row)))).title == "Tide - time - table"
    assert story(rss(item(row, "No markup here"))).title == "Tide - time - table"


def test_a_google_item_without_a_cluster_has_its_title_and_link() -> None:
    told = story(rss(item(BRIDGE, "Something new here")))
    assert told.headlines == (Headline(BRIDGE.title, BRIDGE.link, BRIDGE.publisher),)


def test_an_atom_entry_takes_its_publisher_from_its_cluster() -> None:
    told = story(atom((HARBOUR[0], modern(HARBOUR))))
    assert (told.title, told.publisher) == (HARBOUR[0].title, HARBOUR[0].publisher)
    assert told.categories == ("Top stories",)


PAPER = "https://paper.example/feed.xml"


def other(markup: str) -> str:
    return (
        '<rss version="2.0"><channel><title>Quay Courier: News</title>'
        f"<link>https://paper.example/</link>{markup}</channel></rss>"
    )


def test_an_item_of_another_feed_has_one_headline_whatever_its_links() -> None:
    told = story(
        other(
            "<item><title>Ferry saved</title><link>https://paper.example/1</link>"
            "<category>Harbour</category><category>Ships</category>"
            '<description>&lt;p&gt;It was &lt;a href="https://a.example"&gt;close&lt;/a&gt;.&lt;/p&gt;'
            "&lt;img src='https://paper.example/1.jpg'&gt;</description></item>"
        ),
        PAPER,
    )
    assert told.headlines == (Headline("Ferry saved", "https://paper.example/1", ""),)
    assert told.description == told.summary == "It was close."
    assert told.tags == ("Harbour", "Ships")
    assert told.categories == ("Quay Courier: News",)
    assert told.image == "https://paper.example/1.jpg"


def test_the_address_of_an_image_is_decoded() -> None:
    body = "<img alt='' width=5 src=\"https://paper.example/i?a=1&amp;b=2\">"
    told = story(
        other(f"<item><title>x</title><description><![CDATA[{body}]]></description></item>")
    )
    assert told.image == "https://paper.example/i?a=1&b=2"


def test_an_item_without_a_title_has_the_first_words_of_its_text() -> None:
    words = " ".join(f"word{number}" for number in range(20))
    told = story(other(f"<item><description>{words}</description></item>"), PAPER)
    assert told.title == " ".join(words.split()[:12]) + "…"


def test_an_item_with_a_link_alone_is_called_by_it() -> None:
    told = story(other("<item><link>https://paper.example/1</link></item>"), PAPER)
    assert told.title == "https://paper.example/1"
    assert told.description


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        (datetime(1990, 1, 1, tzinfo=UTC), True),
        (datetime(1989, 12, 31, tzinfo=UTC), False),
        (NOW + timedelta(hours=23), True),
        (NOW + timedelta(hours=25), False),
    ],
)
def test_clause_13_a_time_that_cannot_be_is_none(published: datetime, kept: bool) -> None:
    told = story(rss(item(BRIDGE, lone(BRIDGE), published=published)))
    assert told.published == (published if kept else None)


def test_a_script_without_spaces_is_cut_where_the_room_ends() -> None:
    words = "速報 " + "港町は最後の渡し船を残すことを決めた" * 20
    told = story(other(f"<item><title>x</title><description>{words}</description></item>"), PAPER)
    assert told.description == words[:159] + "…"
    assert told.summary == words[:319] + "…"


def test_half_an_address_describes_nothing() -> None:
    words = "Here we are on tour: https://paper.example/" + "a" * 400
    told = story(other(f"<item><title>x</title><description>{words}</description></item>"), PAPER)
    assert told.description == told.summary == "Here we are on tour…"


def test_no_description_runs_headlines_together_or_shows_markup() -> None:
    told = story(rss(item(HARBOUR[0], modern(HARBOUR))))
    for text in (told.description, told.summary):
        assert text
        assert not [sign for sign in ("&nbsp;", "\xa0", "<", HARBOUR[0].publisher) if sign in text]
        assert HARBOUR[0].title + HARBOUR[1].title not in text


def test_no_publisher_is_among_the_tags() -> None:
    rows = tuple(
        Row(f"Gull Radio wins {prize} prize", "Gull Radio", article(prize))
        for prize in ("first", "second", "third")
    )
    assert "gull radio" not in {tag.lower() for tag in story(rss(item(rows[0], modern(rows)))).tags}


def test_the_category_is_the_topic_and_no_host() -> None:
    assert story(rss(item(BRIDGE, lone(BRIDGE)))).categories == ("World",)
    titles = {
        "Top stories - Google News": "Top stories",
        "비즈니스 - 최신 뉴스 - Google 뉴스": "비즈니스",
        '"offshore wind" - Google News': "offshore wind",
    }
    for title, category in titles.items():
        text = rss(item(BRIDGE, lone(BRIDGE)), title=title)
        assert story(text, "https://news.google.com/rss").categories == (category,)


BUSINESS = "https://news.google.com/rss/headlines/section/topic/BUSINESS?hl=de&gl=DE&ceid=DE:de"


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("Wirtschaft - Aktuell - Google News", "Wirtschaft"),  # as the channel has it
        ("Märkte - Aktuell - Google News", "Märkte"),
        ("Google News", "Wirtschaft"),  # the channel says nothing
        ("", "Wirtschaft"),
        ("Sport - Aktuell - Google News", "Wirtschaft"),  # the address is the surer one
    ],
)
def test_the_topic_of_the_address_decides_in_the_channels_words(title: str, category: str) -> None:
    text = rss(item(BRIDGE, lone(BRIDGE)), title=title, link="https://news.google.com/")
    text = text.replace("en-US", "de")
    assert story(text, BUSINESS).categories == (category,)


def test_a_part_of_a_topic_may_be_called_as_another_section() -> None:
    part = WORLD.replace("?", "/sections/CAQiAA?")
    text = rss(item(BRIDGE, lone(BRIDGE)), title="Health - Latest - Google News")
    assert story(text, part).categories == ("Health",)


def test_a_users_categories_stand_in_place_of_the_topic() -> None:
    feed = parse_feed(rss(item(BRIDGE, lone(BRIDGE))).encode(), WORLD)
    naming = Naming(categories=("Abroad", "Sea"))
    told = tell(feed, feed.entries[0], read_headlines(feed, feed.entries[0]), NOW, naming)
    assert told.categories == ("Abroad", "Sea")


@pytest.mark.parametrize(
    "written",
    [
        "{} - Gull Radio",
        "{} | Gull Radio",
        "{} – Gull Radio",
        "{} - GULL RADIO",
        "{} | gullradio.example",
        "{} - paper.example",
        "{} | www.paper.example - Gull Radio",
    ],
)
def test_a_title_is_the_lead_headline_without_its_publisher(written: str) -> None:
    headline = "Exclusive: Ferry – saved at last"
    rows = (Row(written.format(headline), "Gull Radio", article("g")), *HARBOUR[1:])
    for description in (modern(rows), lone(rows[0]), "no markup"):
        told = story(rss(item(rows[0], description)))
        assert told.title == told.headlines[0].title == headline


def test_articles_are_googles_ids_else_addresses_else_the_guid() -> None:
    entry = Entry("g", "t", "", None, "")
    lines = (Headline("a", article("a")), Headline("b", "https://p.example/b"), Headline("c", ""))
    ids = articles_of(entry, lines)
    assert ids[0].startswith("CBMia-")
    assert ids[1:] == ("https://p.example/b",)
    assert articles_of(entry, lines[2:]) == ("g",)


def test_plain_text_leaves_out_what_no_reader_sees() -> None:
    body = "<style>p {}</style><p>One <b>b</b>, two</p><SCRIPT>x(1)</SCRIPT ><p>Three</p>"
    assert plain_text(body) == "One b, two Three"


def test_plain_text_is_quick_on_hostile_markup() -> None:
    import time

    began = time.monotonic()
    for body in ("<script>" * 20_000 + "</", "<" * 200_000 + "</", "<a " * 60_000 + "</a>"):
        plain_text(body)
    assert time.monotonic() - began < 5


def test_plain_text_decodes_entities_after_it_drops_tags() -> None:
    assert plain_text("<p>a &lt;b&gt; c</p>\n<br>&nbsp;d &amp; e") == "a <b> c d & e"


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=200, deadline=None)
@given(TEXT, TEXT, TEXT, TEXT, st.booleans())
def test_any_entry_tells_a_story(
    title: str, link: str, body: str, publisher: str, google: bool
) -> None:
    feed = Feed(WORLD if google else PAPER, title, "", "", ())
    entry = Entry("g", title, link, None, body, "", publisher)
    told = tell(feed, entry, read_headlines(feed, entry), NOW)
    assert told.headlines
    assert told.title == told.headlines[0].title
