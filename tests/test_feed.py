"""Any feed in any encoding becomes entries: clauses 8, 9, 11 and 14."""

from __future__ import annotations

import codecs
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsimport.errors import FeedError
from newsimport.models import Feed
from newsimport.source.feed import parse_feed
from newsimport.source.gate import local_bounds

from .feeds import (
    BRIDGE,
    HARBOUR,
    UNAVAILABLE,
    atom,
    browser_copy,
    harbour,
    item,
    lone,
    modern,
    rss,
)

URL = "https://paper.example/feed"


def parse(body: bytes | str, charset: str = "") -> Feed:
    return parse_feed(body.encode() if isinstance(body, str) else body, URL, charset)


# ---------------------------------------------------------------- formats


def test_rss_2() -> None:
    feed = parse(rss(item(BRIDGE, lone(BRIDGE), guid="g-1")))
    assert (feed.url, feed.title, feed.language) == (URL, "World - Latest - Google News", "en-US")
    assert feed.warnings == ()
    [entry] = feed.entries
    assert entry.guid == "g-1"
    assert entry.title == f"{BRIDGE.title} - {BRIDGE.publisher}"
    assert entry.link == BRIDGE.link
    assert entry.published == datetime(2026, 1, 6, 8, 35, 5, tzinfo=UTC)
    assert entry.body == lone(BRIDGE)
    assert (entry.publisher, entry.publisher_url) == (BRIDGE.publisher, "https://paper.example")


def test_rss_1() -> None:
    feed = parse(
        """<?xml version="1.0"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
          xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
          <channel rdf:about="https://paper.example/"><title>Quay Courier</title>
            <link>https://paper.example/</link><dc:language>de</dc:language></channel>
          <item rdf:about="https://paper.example/1"><title>Fähre gerettet</title>
            <link>https://paper.example/1</link><dc:date>2026-01-06T09:00:00+01:00</dc:date>
            <dc:subject>Hafen</dc:subject><description>Es war knapp.</description></item>
        </rdf:RDF>"""
    )
    [entry] = feed.entries
    assert (feed.title, feed.link, feed.language) == (
        "Quay Courier",
        "https://paper.example/",
        "de",
    )
    assert entry.title == "Fähre gerettet"
    assert entry.guid == entry.link == "https://paper.example/1"
    assert entry.published == datetime(2026, 1, 6, 8, 0, tzinfo=UTC)
    assert entry.body == "Es war knapp."
    assert entry.categories == ("Hafen",)


def test_atom() -> None:
    feed = parse(atom((HARBOUR[0], modern(HARBOUR)), (BRIDGE, lone(BRIDGE))))
    assert [entry.guid[-9:] for entry in feed.entries] == ["cluster=0", "cluster=1"]
    first = feed.entries[0]
    assert first.title == "Harbour town votes to keep its last ferry - The Quay Courier"
    assert first.link == HARBOUR[0].link
    assert first.body == modern(HARBOUR)
    assert first.published == datetime(2026, 1, 6, 8, 35, 5, tzinfo=UTC)
    assert first.publisher == ""


def test_json_feed() -> None:
    feed = parse(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "Quay Courier",
                "home_page_url": "https://paper.example/",
                "language": "en",
                "items": [
                    {
                        "id": "one",
                        "url": "https://paper.example/1",
                        "title": "Tide & time",
                        "content_html": "<p>Both wait.</p>",
                        "date_published": "2026-01-06T10:00:00+02:00",
                        "image": "https://paper.example/1.jpg",
                        "tags": ["sea", 7, "time"],
                    },
                    {"id": 2, "content_text": "a < b & c"},
                    {"id": "3", "url": "https://paper.example/3", "summary": "Only <this>."},
                    "no item",
                ],
            }
        )
    )
    assert (feed.title, feed.link) == ("Quay Courier", "https://paper.example/")
    one, two, three = feed.entries
    assert one.title == "Tide & time"
    assert one.body == "<p>Both wait.</p>"
    assert one.published == datetime(2026, 1, 6, 8, 0, tzinfo=UTC)
    assert one.image == "https://paper.example/1.jpg"
    assert one.categories == ("sea", "time")
    assert (two.guid, two.body) == ("2", "a &lt; b &amp; c")
    assert (three.body, three.summary) == ("Only &lt;this&gt;.", "")


def test_json_feed_behind_a_byte_order_mark() -> None:
    feed = parse(
        b'\xef\xbb\xbf{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"}]}'
    )
    assert feed.entries == ()
    assert feed.warnings == ("1 items without title, link or text were skipped",)


def test_a_valid_feed_without_items_is_fine() -> None:
    assert parse(rss()).entries == ()


def test_a_feed_saved_from_a_browser_is_read_with_a_warning() -> None:
    feed = parse(browser_copy((HARBOUR[0], modern(HARBOUR)), (BRIDGE, lone(BRIDGE))))
    assert [entry.link for entry in feed.entries] == [HARBOUR[0].link, BRIDGE.link]
    assert len(feed.warnings) == 1
    assert "not well-formed" in feed.warnings[0]
    assert feed.entries[0].body.count("<li>") == 3


def test_a_bare_ampersand_is_read_with_a_warning() -> None:
    feed = parse(rss(item(BRIDGE, lone(BRIDGE))).replace("Old bridge", "Old & bridge"))
    assert feed.entries[0].title == "Old & bridge reopens after forty years - The Quay Courier"
    assert "not well-formed" in feed.warnings[0]


# ---------------------------------------------------------------- encodings

RUSSIAN = "Паром снова ходит — жители рады"
CHINESE = "渡轮重新开航，居民高兴"
GREEK = "Το πλοίο επέστρεψε"
POLISH = "Żółta łódź wróciła"


def encoded(title: str, encoding: str, declared: str) -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel>'
        f"<title>t</title><item><title>{title}</title></item></channel></rss>"
    )
    return text.encode(encoding)


@pytest.mark.parametrize(
    ("title", "encoding", "declared"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (RUSSIAN.replace("—", "-"), "koi8-r", "KOI8-R"),
        (RUSSIAN.replace("—", "-"), "iso8859-5", "ISO-8859-5"),
        (CHINESE, "gbk", "GBK"),
        (CHINESE, "gbk", "gb2312"),
        (CHINESE, "gb18030", "GB18030"),
        (GREEK, "iso8859-7", "ISO-8859-7"),
        (POLISH, "iso8859-2", "iso-8859-2"),
        (POLISH, "cp1250", "windows-1250"),
        ("Fähre über den Fluß", "latin-1", "ISO-8859-1"),
        ("Fähre für 5 €", "iso8859-15", "ISO-8859-15"),
        ("“Ferry” – back…", "cp1252", "iso-8859-1"),
        ("渡し船", "shift_jis", "Shift_JIS"),
        ("渡し船", "euc-jp", "EUC-JP"),
        ("渡し船", "iso2022-jp", "ISO-2022-JP"),
        ("여객선", "euc-kr", "EUC-KR"),
        ("渡輪", "big5", "Big5"),
        (RUSSIAN, "utf-16", "UTF-16"),
        (RUSSIAN, "utf-16-le", "utf-16le"),
        (RUSSIAN, "utf-8", "UTF-8"),
    ],
)
def test_encodings(title: str, encoding: str, declared: str) -> None:
    # Where no byte of a declaration can be read, HTTP has to name the encoding.
    charset = declared if encoding == "utf-16-le" else ""
    feed = parse(encoded(title, encoding, declared), charset)
    assert [entry.title for entry in feed.entries] == [title]
    assert feed.warnings == ()


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_wins_over_the_declaration(mark: bytes, encoding: str) -> None:
    feed = parse(mark + encoded(RUSSIAN, encoding, "windows-1251"), "iso-8859-1")
    assert feed.entries[0].title == RUSSIAN


def test_http_names_the_encoding_where_the_feed_does_not() -> None:
    body = encoded(RUSSIAN, "cp1251", "x").replace(b' encoding="x"', b"")
    assert parse(body, "windows-1251").entries[0].title == RUSSIAN


@pytest.mark.parametrize("declared", ["windows-1251", "ISO-8859-1", "GBK", "us-ascii"])
def test_a_wrong_declaration_of_utf8_is_seen_through(declared: str) -> None:
    feed = parse(encoded(RUSSIAN, "utf-8", declared))
    assert feed.entries[0].title == RUSSIAN
    assert feed.warnings == (f"declared as {declared}, but it is UTF-8",)


def test_bytes_that_are_not_what_they_are_declared_to_be() -> None:
    feed = parse(encoded("Fähre", "latin-1", "UTF-8"))
    assert feed.entries[0].title == "Fähre"
    assert feed.warnings == ("not UTF-8, read as windows-1252",)


@pytest.mark.parametrize(
    ("byte", "warning"),
    [
        (b"\xff", "not UTF-8, read as windows-1252"),
        (b"\x01", "characters that XML forbids were replaced by spaces"),
    ],
)
def test_a_bad_byte_is_seen_in_the_declaration_as_anywhere(byte: bytes, warning: str) -> None:
    feed = parse(encoded("Fähre", "utf-8", "UTF-8").replace(b"?>", byte + b"?>", 1))
    assert feed.entries[0].title == "Fähre"
    assert feed.warnings == (warning,)


@pytest.mark.parametrize("name", ["utf-7", "unicode_escape", "punycode", "undefined", "x-klingon"])
def test_no_strange_codec_is_ever_used(name: str) -> None:
    feed = parse(encoded("+ADw-b+AD4- \\x3cb\\x3e", "ascii", name))
    assert feed.entries[0].title == "+ADw-b+AD4- \\x3cb\\x3e"
    assert name in feed.warnings[0]


# ---------------------------------------------------------------- what is no feed


def refusal(body: bytes | str) -> str:
    with pytest.raises(FeedError) as caught:
        parse(body)
    assert caught.value.status == 65
    return str(caught.value)


REFUSED = {
    "empty": "",
    "blank": " \n\t ",
    "html": "<!DOCTYPE html><html><head><title>x</title></head><body><p>Hello</p></body></html>",
    "bare html": "\n<!-- hello -->\n<html lang=en><body>Hello</body></html>",
    "old xhtml": '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n<html><body/></html>',
    "html in xml": '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
    "unavailable": UNAVAILABLE,
    "text": "Just a moment...",
    "other xml": '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "json": '{"hello": "world"}',
    "broken json": '{"version": "https://jsonfeed.org/version/1", ',
    "json without items": '{"version": "https://jsonfeed.org/version/1"}',
    "json list": '[{"version": "https://jsonfeed.org/version/1"}]',
    "deep json": '{"a":' * 100_000,
    "cut off": harbour()[:-60],
    "cut in a tag": harbour()[:1500],
    "dtd": harbour().replace("<rss", '<!DOCTYPE rss [<!ENTITY a "b">]><rss', 1),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_feed_is_refused_in_one_line(name: str) -> None:
    message = refusal(REFUSED[name])
    assert message.splitlines() == [message]


def test_each_kind_of_no_feed_has_its_own_sentence() -> None:
    kinds = ("empty", "html", "unavailable", "json", "broken json", "json without items", "cut off")
    messages = {name: refusal(REFUSED[name]) for name in kinds}
    assert len(set(messages.values())) == len(kinds)
    assert "empty" in messages["empty"]
    assert "HTML page" in messages["html"]
    assert "This feed is not available" in messages["unavailable"]
    assert "ends before" in messages["cut off"]
    assert refusal(REFUSED["blank"]) == messages["empty"]
    assert refusal(REFUSED["bare html"]) == messages["html"]
    assert refusal(REFUSED["html in xml"]) == refusal(REFUSED["old xhtml"]) == messages["html"]


def test_a_story_about_an_unavailable_feed_is_a_story() -> None:
    row = BRIDGE.__class__("This feed is not available.", "Web Weekly", BRIDGE.link)
    assert len(parse(rss(item(row, lone(row)))).entries) == 1


# ---------------------------------------------------------------- entries


def one(markup: str) -> Feed:
    return parse(
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>t</title>'
        f"{markup}</channel></rss>"
    )


def test_titles_lose_markup_and_double_escapes() -> None:
    feed = one(
        "<item><title>&lt;b&gt;Fish&lt;/b&gt; &amp;amp; chips &amp;#39;now&amp;#39;</title></item>"
        "<item><title><![CDATA[5 < 6 & <em>7</em>]]></title></item>"
        "<item><title>Fish &amp; chips</title></item>"
        "<item><title>if a &lt; b then c &gt; d</title></item>"
    )
    assert [entry.title for entry in feed.entries] == [
        "Fish & chips 'now'",
        "5 < 6 & 7",
        "Fish & chips",
        "if a < b then c > d",
    ]


@pytest.mark.parametrize(
    ("markup", "image"),
    [
        ('<enclosure url="https://p.example/a.jpg" type="image/jpeg" length="1"/>', "a.jpg"),
        ('<enclosure url="https://p.example/a.mp3" type="audio/mpeg" length="1"/>', ""),
        ('<media:content url="https://p.example/b" medium="image"/>', "b"),
        ('<media:content url="https://p.example/b.mp4" type="video/mp4"/>', ""),
        ('<media:thumbnail url="https://p.example/c.png"/>', "c.png"),
        (
            '<media:thumbnail url="https://p.example/c.png"/>'
            '<enclosure url="https://p.example/a.jpg" type="image/jpeg" length="1"/>',
            "a.jpg",
        ),
    ],
)
def test_images(markup: str, image: str) -> None:
    [entry] = one(f"<item><title>x</title>{markup}</item>").entries
    assert entry.image == (f"https://p.example/{image}" if image else "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tue, 06 Jan 2026 08:35:05 GMT", datetime(2026, 1, 6, 8, 35, 5, tzinfo=UTC)),
        ("Tue, 06 Jan 2026 08:35:05 -0500", datetime(2026, 1, 6, 13, 35, 5, tzinfo=UTC)),
        ("2026-01-06T08:35:05+09:00", datetime(2026, 1, 5, 23, 35, 5, tzinfo=UTC)),
        ("soon", None),
        ("", None),
        ("Tue, 99 Jan 99999 99:99:99 GMT", None),
    ],
)
def test_dates(text: str, wanted: datetime | None) -> None:
    [entry] = one(f"<item><title>x</title><pubDate>{text}</pubDate></item>").entries
    assert entry.published == wanted


def test_an_item_without_a_guid_has_its_link_then_a_digest() -> None:
    feed = one(
        "<item><title>a</title><link>https://p.example/a</link></item>"
        "<item><title>b</title></item><item><title>c</title></item>"
    )
    guids = [entry.guid for entry in feed.entries]
    assert guids[0] == "https://p.example/a"
    assert guids[1].startswith("x-")
    assert len(set(guids)) == 3


def test_a_guid_that_repeats_is_made_unique_and_the_first_keeps_it() -> None:
    feed = one(
        "<item><guid>g</guid><title>a</title><link>https://p.example/a</link></item>"
        "<item><guid>g</guid><title>b</title><link>https://p.example/b</link></item>"
        "<item><guid>g</guid><title>c</title><link>https://p.example/b</link></item>"
    )
    guids = [entry.guid for entry in feed.entries]
    assert guids[0] == "g"
    assert len(set(guids)) == 3
    assert "https://p.example/b" in guids[1]
    assert "c" in guids[2]


def test_an_item_without_title_link_or_text_is_skipped_and_counted() -> None:
    feed = one('<item><guid isPermaLink="false">g</guid></item><item><title>b</title></item>')
    assert [entry.title for entry in feed.entries] == ["b"]
    assert feed.warnings == ("1 items without title, link or text were skipped",)


def test_content_and_summary_are_kept_apart() -> None:
    feed = parse(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>t</title><item><title>x</title><description>short</description>"
        "<content:encoded>&lt;p&gt;long&lt;/p&gt;</content:encoded></item></channel></rss>"
    )
    assert (feed.entries[0].body, feed.entries[0].summary) == ("<p>long</p>", "short")


def test_the_html_of_an_item_comes_as_it_is() -> None:
    body = '<p onclick="x()">a <script>b</script> <a href="/relative">c</a> &amp;lt; é</p>'
    [entry] = parse(rss(item(BRIDGE, body))).entries
    assert entry.body == body


# ---------------------------------------------------------------- anything at all


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_no_bytes_make_it_crash(body: bytes) -> None:
    try:
        parse(body)
    except FeedError as error:
        assert str(error)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_damage_to_a_feed_makes_it_crash(data: st.DataObject) -> None:
    whole = rss(item(HARBOUR[0], modern(HARBOUR)), item(BRIDGE, lone(BRIDGE))).encode()
    at = data.draw(st.integers(0, len(whole)))
    body = (
        whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + data.draw(st.integers(0, 9)) :]
    )
    try:
        parse(body)
    except FeedError as error:
        assert str(error)


def test_clause_8_an_answer_has_5000_items_and_an_archive_a_million() -> None:
    def items(number: int) -> bytes:
        item = "<item><guid>g{}</guid><title>Story</title></item>"
        made = "".join(map(item.format, range(number)))
        return f'<rss version="2.0"><channel><title>t</title>{made}</channel></rss>'.encode()

    assert len(parse_feed(items(5_000), "").entries) == 5_000
    with pytest.raises(FeedError, match="items"):
        parse_feed(items(5_001), "")
    assert local_bounds(64_000_000).items == local_bounds(1 << 30).items == 1_000_000
