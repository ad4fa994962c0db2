"""What Google's URLs say: clauses 1 and 26, and the facts on ids."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsimport.source.googlenews import (
    article_id,
    is_full_coverage,
    is_google_news,
    is_publishers,
    publisher_url,
    topic_name,
    topic_of,
)
from newsimport.source.protobuf import from_base64url, to_base64url, write_fields
from newsimport.source.topics import Topic

WORLD = (
    "https://news.google.com/rss/topics/CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx1YlY4U0FtVnVHZ0pWVXlnQVAB"
)
NEWS = "https://news.google.com"


def page_id(url: str, twin: str = "") -> str:
    return to_base64url(write_fields((1, 19), (4, url.encode()), (26, twin.encode())))


OPAQUE = page_id("AU_yqLNsb3dseSB0aGUgcml2ZXIgY2FycmllZCB0aGUgYm9hdHMgdG8gdGhlIHNlYQ")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.google.com/rss", True),
        ("http://news.google.com", True),
        ("HTTPS://NEWS.GOOGLE.COM/rss", True),
        ("https://news.google.com:443/rss", True),
        ("http://news.google.de/news?output=rss", True),
        ("http://news.google.co.uk/news", True),
        ("http://news.google.com.au/news", True),
        ("https://news.google.com.example.org/rss", False),
        ("https://news.google.com@example.org/rss", False),
        ("https://example.org/news.google.com/rss", False),
        ("https://mynews.google.com/rss", False),
        ("https://google.com/news", False),
        ("ftp://news.google.com/rss", False),
        ("news.google.com/rss", False),
        ("http://[news.google.com", False),
        ("", False),
    ],
)
def test_a_google_news_url_is_known_by_its_host(url, expected):
    assert is_google_news(url) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{NEWS}/stories/CAAqNggKIjBDQklT?oc=5", True),
        (f"{NEWS}/rss/stories/CAAqNggKIjBDQklT", True),
        (f"{NEWS}/story/dCUTZcCL", True),
        ("http://news.google.com/news/story?ncl=d1", True),
        ("http://news.google.com/news/more?ned=us&ncl=d1", True),
        (f"{NEWS}/rss/articles/{OPAQUE}", False),
        (f"{NEWS}/search?q=stories/", False),
        ("https://www.example.com/story/rain-2024-01-02", False),
        ("https://www.example.com/stories/rain", False),
    ],
)
def test_full_coverage_is_known_by_its_link(url, expected):
    assert is_full_coverage(url) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{NEWS}/rss/articles/{OPAQUE}?oc=5", OPAQUE),
        (f"{NEWS}/articles/{OPAQUE}?hl=en-US&gl=US&ceid=US:en", OPAQUE),
        (f"{NEWS}/__i/rss/rd/articles/{OPAQUE}?oc=5", OPAQUE),
        (f"{NEWS}/read/{OPAQUE}", OPAQUE),
        (f"{NEWS}/rss/articles/CBMiAA==", "CBMiAA"),
        (f"{NEWS}/rss/articles/", ""),
        (f"{NEWS}/rss/articles/..%2F..", ""),
        (f"{NEWS}/rss/articles/{'A' * 9_000}", ""),
        (f"{NEWS}/topics/CAAq", ""),
        (f"https://example.org/rss/articles/{OPAQUE}", ""),
        ("", ""),
    ],
)
def test_article_id(url, expected):
    assert article_id(url) == expected


PAGE = "https://www.example.com/rain?id=1&x=ü"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{NEWS}/rss/articles/{page_id(PAGE)}?oc=5", PAGE),
        (f"{NEWS}/__i/rss/rd/articles/{page_id(PAGE, PAGE + '/amp')}?oc=5", PAGE),
        (f"{NEWS}/rss/articles/{OPAQUE}?oc=5", ""),
        (
            f"{NEWS}/rss/articles/{to_base64url(write_fields((1, 32), (4, b'a_B-c1D2e3F'), (19, 1)))}",
            "https://www.youtube.com/watch?v=a_B-c1D2e3F",
        ),
        (
            "http://news.google.com/news/url?fd=R&url=http%3A%2F%2Fexample.com%2Fa%3Fb%3D1&usg=AF",
            "http://example.com/a?b=1",
        ),
        (
            "https://www.google.com/url?rct=j&sa=t&url=https://example.com/a&ct=ga",
            "https://example.com/a",
        ),
        (PAGE, PAGE),
        # What is no publisher's page stays unknown.
        (
            f"{NEWS}/rss/articles/{to_base64url(write_fields((1, 2), (4, b'https://example.com/a')))}",
            "",
        ),
        (
            f"{NEWS}/rss/articles/{to_base64url(write_fields((1, 32), (4, b'https://example.com/a')))}",
            "",
        ),
        (f"{NEWS}/rss/articles/{page_id('javascript:alert(1)')}", ""),
        (f"{NEWS}/rss/articles/{page_id('file:///etc/passwd')}", ""),
        (f"{NEWS}/rss/articles/{page_id('https://news.google.com/x')}", ""),
        (f"{NEWS}/rss/articles/{page_id('https://www.google.co.uk/sorry/index')}", ""),
        (f"{NEWS}/rss/articles/{page_id('https://example.com/a b')}", ""),
        (f"{NEWS}/rss/articles/{page_id('https://example.com/' + chr(0x202E))}", ""),
        (
            f"{NEWS}/rss/articles/{to_base64url(write_fields((1, 19), (4, bytes([0xFF, 0xFE]))))}",
            "",
        ),
        (f"{NEWS}/rss/articles/A", ""),
        ("http://news.google.com/news/url?url=javascript:alert(1)", ""),
        ("http://news.google.com/news/url?sa=t", ""),
        ("https://example.com/a\nb", ""),
        ("javascript:alert(1)", ""),
        ("mailto:a@example.com", ""),
        ("", ""),
    ],
)
def test_the_publishers_url_is_known_offline_or_not_at_all(url, expected):
    assert publisher_url(url) == expected


@given(st.text() | st.text().map(lambda text: f"{NEWS}/rss/articles/{text}"))
def test_any_string_is_answered(text):
    for url in (text, f"https://{text}", f"{NEWS}/rss/topics/{text}"):
        is_full_coverage(url)
        article_id(url)
        topic_of(url)
        found = publisher_url(url)
        assert found == "" or (is_publishers(found) and not is_google_news(found))


@given(st.binary(max_size=200))
def test_any_id_gives_a_clean_url_or_none(raw):
    found = publisher_url(f"{NEWS}/rss/articles/{to_base64url(raw)}")
    assert found == "" or found.startswith(("http://", "https://"))


@given(st.from_regex(r"https?://[a-z]{3,9}\.example/[!-~]{0,60}", fullmatch=True))
def test_an_id_gives_back_the_url_it_holds(url):
    expected = "" if set(url) & set('"<>\\') else url
    assert publisher_url(f"{NEWS}/rss/articles/{page_id(url)}?oc=5") == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (WORLD, Topic("/m/09nm_", "en", "US")),
        (WORLD.replace("/rss/", "/") + "?hl=en-US&gl=US&ceid=US:en", Topic("/m/09nm_", "en", "US")),
        (
            f"{NEWS}/rss/headlines/section/topic/WORLD?hl=de&gl=DE&ceid=DE:de",
            Topic("/m/09nm_", "de", "DE"),
        ),
        (f"{NEWS}/news/rss/headlines/section/topic/world", Topic("/m/09nm_")),
        (f"{NEWS}/rss/headlines/section/topic/NATION?hl=de&gl=DE", Topic("", "de", "DE")),
        (f"{NEWS}/topics/CAAqHAgKIhZDQklTQ2pvSWJHOWpZV3hmZGpJb0FBUAE", Topic("", kind="local")),
        (f"{NEWS}/rss/headlines/section/topic/GARDENING", None),
        (f"{NEWS}/rss/search?q=topics", None),
        (f"{NEWS}/topics/junk", None),
        (f"{NEWS}/topics/", None),
        (
            "https://example.com/topics/CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx1YlY4U0FtVnVHZ0pWVXlnQVAB",
            None,
        ),
    ],
)
def test_topic_of(url, expected):
    assert topic_of(url) == expected


@pytest.mark.parametrize(
    ("title", "url", "language", "expected"),
    [
        ("World - Latest - Google News", WORLD, "en-US", "World"),
        ("Wirtschaft - Neueste - Google News", "", "de", "Wirtschaft"),
        ("ビジネス - 最新 - Google ニュース", "", "ja", "ビジネス"),
        ("العالم - الأحدث - أخبار Google", "", "ar", "العالم"),
        (
            "London - Latest - Google News",
            f"{NEWS}/rss/headlines/section/geo/London",
            "en",
            "London",
        ),
        ("Top stories - Google News", f"{NEWS}/rss", "en", "Top stories"),
        ("À la une - Google Actualités", f"{NEWS}/rss?hl=fr", "fr", "À la une"),
        ('"nintendo" - Google News', f"{NEWS}/rss/search?q=nintendo", "en", "nintendo"),
        ('"nintendo" - Google News', "", "en", "nintendo"),
        ("「地震」 - Google ニュース", "", "ja", "地震"),
        ('"nintendo when:7d" - Google News', "", "en", "nintendo"),
        ('"sea ice after:2026-01-01 before:2026-02-01" - Google News', "", "en", "sea ice"),
        ('"(mars OR venus) -comics site:example.org" - Google News', "", "en", "mars venus"),
        ('"intitle:mars rover" - Google News', "", "en", "mars rover"),
        ('"site:example.org" - Google News', "", "en", "example.org"),
        ('"salt - pepper" - Google News', "", "en", "salt - pepper"),
        ("Google News", f"{NEWS}/rss/search?q=sea+ice+when%3A1d", "en", "sea ice"),
        ("Google News", WORLD, "en-US", "World"),
        ("Google News", WORLD, "de-DE", "International"),
        ("", WORLD, "xx", "World"),
        ("", f"{NEWS}/rss/headlines/section/topic/HEALTH?hl=pt-BR", "pt-BR", "Saúde"),
        ("", f"{NEWS}/rss/headlines/section/topic/NATION?hl=de", "de", "Inland"),
        ("Google News", f"{NEWS}/rss", "en", ""),
        ("", "", "", ""),
        ("A blog - Posts", "https://example.org/feed", "en", ""),
    ],
)
def test_a_feed_is_named_after_its_topic(title, url, language, expected):
    assert topic_name(title, url, language) == expected


@given(st.text(), st.text(), st.text())
def test_any_title_gives_one_line(title, url, language):
    for address in (url, WORLD, f"{NEWS}/rss/search?q={url}"):
        name = topic_name(title, address, language)
        assert name == name.strip()
        assert "\n" not in name


@pytest.mark.parametrize(
    "title", ["-a" * 9_000, "(" * 9_000, "when:" * 9_000, '"' * 9_000, " - " * 9_000, '-"' * 9_000]
)
def test_no_title_takes_long(title):
    assert len(topic_name(title, f"{NEWS}/rss/search?q=a", "en")) < 3_000


def test_captured_ids_hold_a_url_until_2024_and_none_after(shared):
    plain = opaque = 0
    for path in sorted((shared / "corpus" / "gnews").iterdir()):
        text = html.unescape(html.unescape(path.read_text("utf-8", "replace")))
        for url in set(re.findall(r'https?://[^"\s<]+', text)):
            if not article_id(url):
                continue
            if b"AU_yqL" in from_base64url(article_id(url)):
                opaque += 1
                assert publisher_url(url) == "", url
            else:
                plain += 1
                assert publisher_url(url).startswith(("http://", "https://")), url
    assert (plain, opaque) > (480, 70)
