"""`newsimport url`: building a feed's URL, and saying what a URL is."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsimport.errors import UsageError
from newsimport.source.editions import (
    EDITIONS,
    as_locale,
    edition_of,
    find_edition,
    nearest_editions,
    topic_language,
)
from newsimport.source.explain import explain_url, feed_of_page, feed_url
from newsimport.source.feedurl import build_query, build_url, days_of, uncut_windows
from newsimport.source.topics import Topic, encode_topic
from newsimport.source.walls import other_edition

NEWS = "https://news.google.com"
US = "hl=en-US&gl=US&ceid=US:en"
SEED = "CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx1YlY4U0FtVnVHZ0pWVXlnQVAB"
LOCAL = "CAAqHAgKIhZDQklTQ2pvSWJHOWpZV3hmZGpJb0FBUAE"


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({}, f"?{US}"),
        ({"topic": "world"}, f"/topics/{SEED}?{US}"),
        ({"topic": "WORLD", "locale": "US:en"}, f"/topics/{SEED}?{US}"),
        ({"topic": "/m/09nm_"}, f"/topics/{SEED}?{US}"),
        ({"topic": SEED, "locale": "de-DE"}, f"/topics/{SEED}?hl=de&gl=DE&ceid=DE:de"),
        (
            {"topic": "nation", "locale": "en-GB"},
            "/headlines/section/topic/NATION?hl=en-GB&gl=GB&ceid=GB:en",
        ),
        (
            {"topic": "Gesundheit", "locale": "de-AT"},
            f"/topics/{encode_topic(Topic('/m/0kt51', 'de'))}?hl=de&gl=AT&ceid=AT:de",
        ),
        (
            {"topic": "science", "locale": "en-IN"},
            "/topics/CAAqKggKIiRDQkFTRlFvSUwyMHZNRFp0Y1RjU0JXVnVMVWRDR2dKSlRpZ0FQAQ?hl=en-IN&gl=IN&ceid=IN:en",
        ),
        (
            {"topic": "headlines", "locale": "he-IL"},
            "/topics/CAAqJggKIiBDQkFTRWdvSUwyMHZNRFZxYUdjU0FtbDNHZ0pKVENnQVAB?hl=he&gl=IL&ceid=IL:he",
        ),
        (
            {"topic": "/m/02vx4", "locale": "en-ET"},
            "/topics/CAAqJQgKIh9DQkFTRVFvSUwyMHZNREoyZURRU0JXVnVMVWRDS0FBUAE?hl=en-ET&gl=ET&ceid=ET:en",
        ),
        ({"search": "sea ice", "locale": "en-GB"}, "/search?q=sea+ice&hl=en-GB&gl=GB&ceid=GB:en"),
        ({"search": "a&b=c #d"}, f"/search?q=a%26b%3Dc+%23d&{US}"),
        ({"geo": "New York"}, f"/headlines/section/geo/New%20York?{US}"),
        ({"geo": "a/../b?c"}, f"/headlines/section/geo/a%2F..%2Fb%3Fc?{US}"),
    ],
)
def test_a_feed_url_is_built_from_words(options, path):
    assert build_url(**options) == f"{NEWS}/rss{path}"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"topic": "wrold"}, "did you mean world?"),
        ({"topic": "gardening"}, "world, business"),
        ({"topic": "CAAqJggKIiBDQkFT"}, "no topic id"),
        ({"topic": "world", "search": "x"}, "give one of them"),
        ({"locale": "en-UK"}, "en-GB English (United Kingdom)"),
        ({"locale": "en-DE"}, "de-DE"),
        ({"locale": "fi-FI"}, "sv-SE"),
        ({"locale": ""}, "en-US"),
    ],
)
def test_what_does_not_exist_is_an_error_with_the_nearest(options, said):
    with pytest.raises(
        UsageError, match=said.replace("(", r"\(").replace(")", r"\)").replace("?", r"\?")
    ):
        build_url(**options)


@pytest.mark.parametrize(
    ("words", "options", "query"),
    [
        ("sea ice", {}, "sea ice"),
        ("sea ice", {"when": "7d"}, "sea ice when:7d"),
        ("sea ice", {"after": "2026-01-01"}, "sea ice after:2026-01-01"),
        ("ice", {"before": "2026-02-01"}, "ice after:1990-01-01 before:2026-02-01"),
        (
            "ice",
            {"after": "2026-01-01", "before": "2026-02-01"},
            "ice after:2026-01-01 before:2026-02-01",
        ),
        ("", {"sites": ["https://example.org/"]}, "site:example.org"),
        ("", {"sites": ["a.example", "b.example/news"]}, "(site:a.example OR site:b.example/news)"),
        ("ice", {"intitle": ["cold", "north pole"]}, 'ice intitle:cold intitle:"north pole"'),
        ("ice", {"exclude": ["hockey", "ice cream"]}, 'ice -hockey -"ice cream"'),
        ("ice", {"exclude": ['"ice cream"'], "when": "1h"}, 'ice -"ice cream" when:1h'),
    ],
)
def test_operators_are_built_rightly(words, options, query):
    assert build_query(words, **options) == query


@pytest.mark.parametrize(
    "options",
    [
        {"words": ""},
        {"words": "x", "when": "7"},
        {"words": "x", "when": "0d"},
        {"words": "x", "when": "7d", "after": "2026-01-01"},
        {"words": "x", "after": "yesterday"},
        {"words": "x", "after": "2026-02-01", "before": "2026-01-01"},
        {"words": "x", "after": "2026-01-01", "before": "2026-01-01"},
        {"words": "x", "before": "1980-01-01"},
        {"words": "x", "sites": ["a b"]},
        {"words": "x", "sites": [""]},
        {"words": "x", "exclude": [""]},
        {"words": "", "when": "7d"},
    ],
)
def test_a_query_that_cannot_work_is_an_error(options):
    with pytest.raises(UsageError):
        build_query(**options)


# Every kind of URL, and the options that give its feed again.
TABLE = [
    (f"{NEWS}/", "top", {"locale": "en-US"}),
    ("news.google.com", "top", {"locale": "en-US"}),
    (f"{NEWS}/home?hl=en-GB&gl=GB&ceid=GB:en", "top", {"locale": "en-GB"}),
    (f"{NEWS}/topstories?hl=ja&gl=JP&ceid=JP:ja", "top", {"locale": "ja-JP"}),
    (f"{NEWS}/?hl=es-419&gl=MX&ceid=MX:es-419", "top", {"locale": "es-MX"}),
    (f"{NEWS}/rss", "top", {"locale": "en-US"}),
    (f"{NEWS}/rss?hl=de&gl=AT&ceid=AT:de", "top", {"locale": "de-AT"}),
    (f"{NEWS}/atom?ceid=KR:ko", "top", {"locale": "ko-KR"}),
    ("http://news.google.com/news?ned=us&hl=en&output=rss", "top", {"locale": "en-US"}),
    (
        "http://news.google.com/news?ned=de&topic=w&output=rss",
        "topic",
        {"topic": "world", "locale": "de-DE"},
    ),
    (
        "http://news.google.com/news?pz=1&ned=es_mx&q=hielo&output=rss",
        "search",
        {"search": "hielo", "locale": "es-MX"},
    ),
    (
        f"{NEWS}/topics/{SEED}?hl=en-US&gl=US&ceid=US%3Aen",
        "topic",
        {"topic": "world", "locale": "en-US"},
    ),
    (f"{NEWS}/topics/{SEED}", "topic", {"topic": "world", "locale": "en-US"}),
    (f"{NEWS}/rss/topics/{SEED}?{US}", "topic", {"topic": "world", "locale": "en-US"}),
    (f"{NEWS}/topics/{SEED}?hl=de&gl=DE&ceid=DE:de", "topic", {"topic": SEED, "locale": "de-DE"}),
    (
        f"{NEWS}/topics/CAAqIggKIhxDQkFTRHdvSkwyMHZNRGxqTjNjd0VnSmxiaWdBUAE?{US}",
        "topic",
        {"topic": "/m/09c7w0", "locale": "en-US"},
    ),
    (
        f"{NEWS}/topics/CAAqLAgKIiZDQkFTRmdvSkwyMHZNR1ptZHpWbUVnVndkQzFDVWhvQ1FsSW9BQVAB?hl=pt-BR&gl=BR&ceid=BR:pt-419",
        "topic",
        {"topic": "science and technology", "locale": "pt-BR"},
    ),
    (f"{NEWS}/topics/{LOCAL}?{US}", "topic", {"topic": LOCAL, "locale": "en-US"}),
    (f"{NEWS}/section/topic/WORLD", "topic", {"topic": "world", "locale": "en-US"}),
    (
        f"{NEWS}/rss/headlines/section/topic/SPORTS?hl=fr&gl=FR&ceid=FR:fr",
        "topic",
        {"topic": "sports", "locale": "fr-FR"},
    ),
    (
        f"{NEWS}/headlines/section/topic/NATION?hl=de&gl=DE&ceid=DE:de",
        "topic",
        {"topic": "nation", "locale": "de-DE"},
    ),
    (
        f"{NEWS}/news/headlines/section/topic/WORLD.en_us/World?ned=us&hl=en",
        "topic",
        {"topic": "world", "locale": "en-US"},
    ),
    (
        f"{NEWS}/topics/{SEED}/sections/CAQiSENCQVNNQW9JTDIwdk1EbHpNV1lTQW1WdUdnSlZVeUlQQ0FRYUN3b0pMMjB2TUdkbWNITXpLZ3NTQ1M5dEx6Qm5abkJ6TXlnQSoqCAAqJggKIiBDQkFTRWdvSUwyMHZNRGx6TVdZU0FtVnVHZ0pWVXlnQVABUAE?{US}",
        "section",
        {
            "topic": f"{SEED}/sections/CAQiSENCQVNNQW9JTDIwdk1EbHpNV1lTQW1WdUdnSlZVeUlQQ0FRYUN3b0pMMjB2TUdkbWNITXpLZ3NTQ1M5dEx6Qm5abkJ6TXlnQSoqCAAqJggKIiBDQkFTRWdvSUwyMHZNRGx6TVdZU0FtVnVHZ0pWVXlnQVABUAE",
            "locale": "en-US",
        },
    ),
    (
        f"{NEWS}/topics/{LOCAL}/sections/CAQiUENCSVNOam9JYkc5allXeGZkakpDRUd4dlkyRnNYM1l5WDNObFkzUnBiMjV5Q3hJSkwyMHZNREUyYlhBNWVnc0tDUzl0THpBeE5tMXdPU2dBKjEIACotCAoiJ0NCSVNGem9JYkc5allXeGZkako2Q3dvSkwyMHZNREUyYlhBNUtBQVABUAE?{US}",
        "geo",
        {"geo": "/m/016mp9", "locale": "en-US"},
    ),
    (
        f"{NEWS}/headlines/section/geo/S%C3%A3o%20Paulo?hl=pt-BR&gl=BR&ceid=BR:pt-419",
        "geo",
        {"geo": "São Paulo", "locale": "pt-BR"},
    ),
    (
        f"{NEWS}/search?q=sea%20ice%20when%3A7d&hl=en-GB&gl=GB&ceid=GB%3Aen",
        "search",
        {"search": "sea ice when:7d", "locale": "en-GB"},
    ),
    (f"{NEWS}/rss/search?q=a%2Bb&{US}", "search", {"search": "a+b", "locale": "en-US"}),
    (
        f"{NEWS}/rss/search/section/q/ice/ice?hl=en&gl=US&ned=us",
        "search",
        {"search": "ice", "locale": "en-US"},
    ),
    (
        f"{NEWS}/search?q=%E5%9C%B0%E9%9C%87&hl=zh-TW&gl=TW&ceid=TW:zh-Hant",
        "search",
        {"search": "地震", "locale": "zh-TW"},
    ),
    (f"{NEWS}/search?q=rss+news&{US}", "search", {"search": "rss news", "locale": "en-US"}),
]


def test_the_table_has_thirty_rows():
    assert len(TABLE) >= 30


@pytest.mark.parametrize(("url", "kind", "options"), TABLE)
def test_a_url_is_explained_and_built_again(url, kind, options):
    explanation = explain_url(url)
    assert (explanation.kind, dict(explanation.options)) == (kind, options)
    assert explanation.words.endswith(".")
    built = build_url(**options)
    again = explain_url(built)
    assert (again.kind, again.feed_url, again.options) == (kind, built, explanation.options)
    is_feed = "/rss" in url or "/atom" in url
    assert explanation.feed_url == (url if is_feed else built)
    assert feed_url(url) == explanation.feed_url


@pytest.mark.parametrize(
    ("url", "kind", "words"),
    [
        (
            f"{NEWS}/search?q=ice+when:7d+site:a.example&{US}",
            "search",
            "A search for ice, of the last 7 days, on a.example, English (United States).",
        ),
        (
            f"{NEWS}/search?q=(site:a.example+OR+site:b.example)&{US}",
            "search",
            "A search, on a.example, on b.example, English (United States).",
        ),
        (
            f"{NEWS}/?hl=fi&gl=FI&ceid=FI:fi",
            "top",
            "The top stories, for FI:fi, an edition that Google does not list.",
        ),
        (
            f"{NEWS}/publications/CAAqBwgKMKHL9QowkqbaAg?{US}",
            "other",
            "The news of one publication, English (United States).",
        ),
        (
            f"{NEWS}/rss/articles/CBMiAA?oc=5",
            "article",
            "An article, whose publisher's URL Google alone knows.",
        ),
        (f"{NEWS}/stories/CAAqNggK", "coverage", "All articles on one story. It has no feed."),
        (f"{NEWS}/foryou", "other", "A page of Google News that has no feed."),
        (
            f"{NEWS}/section/topic/GARDENING",
            "other",
            "Google News has no section 'GARDENING', and no feed of it.",
        ),
        (f"{NEWS}/search", "other", "A page of Google News that has no feed."),
    ],
)
def test_what_a_url_is_in_words(url, kind, words):
    explanation = explain_url(url)
    assert (explanation.kind, explanation.words) == (kind, words)


def test_an_edition_that_google_does_not_list_is_kept_as_it_is_written():
    assert feed_url(f"{NEWS}/?hl=fi&gl=FI&ceid=FI:fi") == f"{NEWS}/rss?hl=fi&gl=FI&ceid=FI:fi"
    assert (
        feed_url(f"{NEWS}/section/topic/WORLD?hl=fi&gl=FI")
        == f"{NEWS}/rss/headlines/section/topic/WORLD?hl=fi&gl=FI"
    )
    assert (
        feed_url(f"{NEWS}/section/geo/Turku?hl=fi&gl=FI")
        == f"{NEWS}/rss/headlines/section/geo/Turku?hl=fi&gl=FI"
    )
    assert feed_url(f"{NEWS}/topics/{SEED}?hl=fi&gl=FI") == f"{NEWS}/rss/topics/{SEED}?hl=fi&gl=FI"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/feed",
        "",
        "javascript:alert(1)",
        f"{NEWS}/foryou",
        f"{NEWS}/stories/x",
        f"{NEWS}/rss/articles/CBMiAA",
    ],
)
def test_what_has_no_feed_is_an_error(url):
    with pytest.raises(UsageError):
        feed_url(url)


def test_the_page_behind_a_consent_page_is_meant():
    page = f"https://consent.google.com/m?continue={quote(f'{NEWS}/topics/{SEED}?{US}', safe='')}&gl=DE"
    assert feed_url(page) == feed_of_page(page) == f"{NEWS}/rss/topics/{SEED}?{US}"
    for other in ("https://consent.google.com/m", "https://consent.google.com/m?continue=x"):
        assert feed_of_page(other) == ""
        with pytest.raises(UsageError):
            explain_url(other)


@pytest.mark.parametrize(
    ("when", "days"), [("1h", 2), ("30h", 3), ("7d", 8), ("1m", 32), ("1y", 367)]
)
def test_a_span_is_held_by_whole_days(when, days):
    assert days_of(when) == days


LOCALES = st.sampled_from([as_locale(edition) for edition in EDITIONS])
LINES = (
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).map(str.strip).filter(bool)
)


@given(LINES, LOCALES, st.sampled_from(["search", "geo"]))
def test_any_search_and_place_comes_back(text, locale, kind):
    url = build_url(**{kind: text, "locale": locale})
    explanation = explain_url(url)
    if kind == "geo" and not text.startswith("/"):
        assert explanation.kind == "geo"
    assert build_url(**dict(explanation.options)) == explanation.feed_url == url


@given(st.from_regex(r"/[mg]/[0-9a-z_]{1,30}", fullmatch=True), LOCALES)
def test_any_topic_comes_back(mid, locale):
    url = build_url(topic=mid, locale=locale)
    explanation = explain_url(url)
    assert build_url(**dict(explanation.options)) == explanation.feed_url == url


@given(
    st.text()
    | st.text().map(lambda text: f"{NEWS}/{text}")
    | st.text().map(lambda text: f"news.google.com/rss?{text}")
)
def test_any_string_is_explained_or_refused(text):
    try:
        explanation = explain_url(text)
    except UsageError:
        return
    assert explanation.words


def test_the_editions_are_distinct_and_found_by_every_name():
    assert len(EDITIONS) >= 80
    assert len({edition.ceid for edition in EDITIONS}) == len(EDITIONS)
    for edition in EDITIONS:
        country, language = edition.ceid.split(":")
        assert edition.gl == country
        assert edition.hl.split("-")[0] == language.split("-")[0]
        assert find_edition(as_locale(edition)) is edition
        assert find_edition(edition.ceid) is edition
        assert find_edition(as_locale(edition).replace("-", "_").upper()) is edition
        assert edition_of(edition.hl, edition.gl, edition.ceid) is edition
        assert edition_of(edition.hl, edition.gl, "") is edition
        assert nearest_editions(as_locale(edition))[0] is edition
        assert topic_language(edition)


@pytest.mark.parametrize(
    ("locale", "ceid"),
    [
        ("en", "US:en"),
        ("de", "DE:de"),
        ("ja", "JP:ja"),
        ("zh-Hant", "TW:zh-Hant"),
        ("zh-Hant-HK", "HK:zh-Hant"),
        ("nb-NO", "NO:no"),
        ("iw", "IL:he"),
        ("pt-419", "BR:pt-419"),
        (" en-gb ", "GB:en"),
    ],
)
def test_a_locale_may_be_written_in_many_ways(locale, ceid):
    assert find_edition(locale).ceid == ceid


@pytest.mark.parametrize(
    ("locale", "nearest"),
    [
        ("en-UK", ["GB:en", "US:en", "AU:en"]),
        ("en-DE", ["DE:de", "US:en", "GB:en"]),
        ("de-BE", ["BE:fr", "BE:nl", "DE:de"]),
        ("fi-FI", ["SE:sv", "NO:no"]),
        ("jp-JP", ["JP:ja"]),
        ("kn-IN", ["IN:en", "IN:mr"]),
        ("es-419", ["ES:es", "AR:es-419"]),
        ("eng-GB", ["GB:en"]),
    ],
)
def test_the_nearest_share_the_country_or_the_language(locale, nearest):
    found = nearest_editions(locale)
    assert len(found) == 3
    assert [edition.ceid for edition in found][: len(nearest)] == nearest
    with pytest.raises(UsageError):
        find_edition(locale)


@given(st.text())
def test_any_locale_is_found_or_has_nearest_ones(locale):
    try:
        find_edition(locale)
    except UsageError as error:
        assert as_locale(nearest_editions(locale)[0]) in str(error)


@pytest.mark.parametrize(
    ("asked", "served", "said"),
    [
        (f"{NEWS}/rss?{US}", f"{NEWS}/?hl=en-US&gl=US&ceid=US%3Aen", ""),
        (
            f"{NEWS}/rss?{US}",
            f"{NEWS}/?hl=de&gl=DE&ceid=DE:de",
            "Google answers with its edition DE:de, not US:en; ask for one that it has",
        ),
        (f"{NEWS}/rss?hl=en-US&gl=US&ceid=us:EN", f"{NEWS}/?{US}", ""),
        (f"{NEWS}/rss", f"{NEWS}/?ceid=DE:de", ""),
        (f"{NEWS}/rss?{US}", "", ""),
        (f"{NEWS}/rss?{US}", "http://[", ""),
    ],
)
def test_another_edition_is_noticed(asked, served, said):
    assert other_edition(asked, served) == said


@given(st.lists(st.integers(0, 60), max_size=120))
def test_a_search_is_split_until_no_part_is_cut(items_a_day):
    first = date(2026, 1, 1)
    asked = []

    def is_cut(after, before):
        asked.append((after, before))
        return sum(items_a_day[(after - first).days : (before - first).days]) >= 100

    last = first + timedelta(days=len(items_a_day))
    windows = list(uncut_windows(first, last, is_cut))
    assert len(set(asked)) == len(asked) <= 2 * len(windows)
    assert set(windows) <= set(asked)
    assert windows[0][0] == first
    assert windows[-1][1] == last
    assert all(one[1] == other[0] for one, other in pairwise(windows))
    assert all((before - after).days <= 1 or not is_cut(after, before) for after, before in windows)
