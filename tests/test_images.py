"""Images: what a page names, what robots.txt allows, what bytes are an image."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsimport.source import robots as room
from newsimport.source.images import LARGEST_HEAD, PageHead, image_type, read_head
from newsimport.source.robots import is_allowed, robots_url

PAGE = "https://paper.example/2026/rain.html"


def head(*tags, before=""):
    return f"{before}<!doctype html><html><head><title>Rain</title>{''.join(tags)}</head><body><p>x</p></body></html>".encode()


def meta(name, content, attribute="property"):
    return f'<meta {attribute}="{name}" content="{content}">'


def linked(value):
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize(
    ("tags", "image"),
    [
        ([meta("og:image", "https://paper.example/a.jpg")], "https://paper.example/a.jpg"),
        ([meta("OG:Image", "/a.jpg", "name")], "https://paper.example/a.jpg"),
        ([meta("og:image", "b.jpg?x=1&amp;y=2")], "https://paper.example/2026/b.jpg?x=1&y=2"),
        ([meta("og:image", "//cdn.example/a b.jpg")], "https://cdn.example/a%20b.jpg"),
        (
            [meta("twitter:image", "/t.jpg", "name"), meta("og:image", "/o.jpg")],
            "https://paper.example/o.jpg",
        ),
        ([meta("twitter:image:src", "/t.jpg", "name")], "https://paper.example/t.jpg"),
        (
            [
                meta("og:image", "http://paper.example/a.jpg"),
                meta("og:image:secure_url", "https://paper.example/s.jpg"),
            ],
            "https://paper.example/s.jpg",
        ),
        (
            [meta("og:image", ""), meta("og:image", "/second.jpg")],
            "https://paper.example/second.jpg",
        ),
        (
            ['<base href="https://other.example/x/">', meta("og:image", "a.jpg")],
            "https://other.example/x/a.jpg",
        ),
        ([linked({"@type": "NewsArticle", "image": "/l.jpg"})], "https://paper.example/l.jpg"),
        (
            [
                linked(
                    {
                        "@type": ["Thing", "Article"],
                        "image": [{"@type": "ImageObject", "url": "/l.jpg"}],
                    }
                )
            ],
            "https://paper.example/l.jpg",
        ),
        (
            [
                linked(
                    {
                        "@graph": [
                            {"@type": "WebSite", "image": "/logo.png"},
                            {"@type": "ReportageNewsArticle", "thumbnailUrl": "/l.jpg"},
                        ]
                    }
                )
            ],
            "https://paper.example/l.jpg",
        ),
        (
            [linked([{"@type": "NewsArticle", "image": {"contentUrl": "/l.jpg"}}])],
            "https://paper.example/l.jpg",
        ),
        (
            [
                '<script type="application/ld+json">{not json</script>',
                meta("twitter:image", "/t.jpg"),
            ],
            "https://paper.example/t.jpg",
        ),
        ([linked({"@type": "Organization", "image": "/logo.png"})], ""),
        ([meta("og:image", "data:image/png;base64,AAAA")], ""),
        ([meta("og:image", "javascript:alert(1)")], ""),
        ([meta("og:image", "file:///etc/passwd")], ""),
        (
            [meta("og:image", "/logo.svg"), meta("twitter:image", "/t.jpg")],
            "https://paper.example/t.jpg",
        ),
        ([meta("og:image", "/LOGO.SVGZ?x")], ""),
        ([meta("og:image", "https://[broken/a.jpg")], ""),
        ([meta("og:image", "/" + "a" * 3_000)], ""),
        ([meta("og:image", "/a&#10;b.jpg")], ""),
        ([meta("og:image", "/a&quot;&gt;b.jpg")], ""),
        ([], ""),
    ],
)
def test_the_image_that_a_page_names(tags, image):
    assert read_head(head(*tags), PAGE).image == image


@pytest.mark.parametrize(
    ("tags", "description"),
    [
        ([meta("og:description", "Rain &amp;amp; wind  today")], "Rain & wind today"),
        (
            [meta("description", "plain", "name"), meta("og:description", "open graph")],
            "open graph",
        ),
        ([meta("description", "plain", "name")], "plain"),
        ([meta("og:description", "a&#10;b&#x202e;c")], "a b c"),
        ([meta("og:description", " ")], ""),
        ([meta("og:description", "x" * 9_000)], "x" * 2_000),
    ],
)
def test_the_description_of_a_page(tags, description):
    assert read_head(head(*tags), PAGE).description == description


@pytest.mark.parametrize(
    ("page", "charset"),
    [
        (head(meta("og:description", "Überfluß ж")), ""),
        (head(meta("og:description", "Überfluß ж")), "UTF-8"),
        (head('<meta charset="windows-1251">', meta("og:description", "Überfluß ж")), "utf-8"),
        (b"\xef\xbb\xbf" + head(meta("og:description", "Überfluß ж")), "windows-1251"),
        (head(meta("og:description", "Überfluß ж")).decode().encode("utf-16"), ""),
        (
            head(
                meta("og:description", "Überfluß ж"),
                before='<?xml version="1.0" encoding="utf-8"?>',
            ),
            "",
        ),
        (head(meta("og:description", "Überfluß ж")), "no-such-charset"),
        (head(meta("og:description", "Überfluß ж")), "rot13"),
        (head(meta("og:description", "Überfluß ж")), "a\x00b"),
    ],
)
def test_a_page_is_read_in_its_own_encoding(page, charset):
    assert read_head(page, PAGE, charset).description == "Überfluß ж"


def test_an_encoding_that_is_none_of_the_webs_is_not_used():
    begun = time.process_time()
    for charset in ("punycode", "idna", "unicode_escape", "utf-7", "base64"):
        read_head(b"a" * LARGEST_HEAD + b"-" + b"z" * 10_000, PAGE, charset)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "charset",
    [
        "UTF-16LE",
        "windows-1252",
        "ISO-8859-15",
        "gbk",
        "big5",
        "euc-jp",
        "Shift_JIS",
        "koi8-u",
        "ks_c_5601-1987",
        "windows-874",
        "tis-620",
        "macintosh",
        "windows-31j",
        "latin1",
    ],
)
def test_the_encodings_of_the_web_are_known(charset):
    assert (
        read_head(
            head(meta("og:description", "rain")).decode().encode(PYTHONS.get(charset, charset)),
            PAGE,
            charset,
        ).description
        == "rain"
    )


def test_a_page_says_its_encoding_itself():
    page = head(
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        meta("og:description", "дождь"),
    ).decode()
    assert read_head(page.encode("windows-1251"), PAGE).description == "дождь"


def test_only_the_first_half_mebibyte_is_read():
    filler = f"<!--{'x' * LARGEST_HEAD}-->"
    assert read_head(head(filler, meta("og:image", "/late.jpg")), PAGE) == PageHead()
    assert read_head(head(meta("og:image", "/early.jpg"), filler), PAGE).image.endswith(
        "/early.jpg"
    )


@settings(deadline=None)  # the first call imports lxml
@given(
    st.binary()
    | st.text().map(lambda text: head(meta("og:image", text), meta("og:description", text))),
    st.text(),
    st.text(max_size=20),
)
def test_any_page_is_read(page, url, charset):
    for where in (PAGE, url):
        found = read_head(page, where, charset)
        assert found.image == "" or found.image.startswith(("http://", "https://"))
        assert "\n" not in found.image + found.description


@pytest.mark.parametrize(
    "page",
    [
        b"<a " * 170_000,
        b"<meta " * 80_000,
        b"<div>" * 100_000,
        b"<!--" * 120_000,
        b'<meta property="og:image" content="x">' * 13_000,
        b'<script type="application/ld+json">' + b"[" * 400_000 + b"</script>",
        b'<script type="application/ld+json">'
        + json.dumps([{"@graph": []}] * 20_000).encode()
        + b"</script>",
        b"<meta charset" * 40_000,
        b"&" * 500_000,
    ],
    ids=lambda page: page[:12].decode(),
)
def test_no_page_takes_long(page):
    begun = time.process_time()
    read_head(page, PAGE)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("image", "extension"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpg"),
        (b"\xff\xd8\xff\xdb", "jpg"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "png"),
        (b"GIF89a\x01\x00", "gif"),
        (b"GIF87a\x01\x00", "gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp"),
        (b"\x00\x00\x00\x20ftypavif\x00\x00\x00\x00avifmif1", "avif"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1avif", "avif"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", ""),
        (b"\x00\x00\x00\x14ftypmp42\x00\x00\x00\x00isom", ""),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", ""),
        (b'<svg xmlns="http://www.w3.org/2000/svg">', ""),
        (b"<?xml version='1.0'?><svg>", ""),
        (b"<html>", ""),
        (b"BM", ""),
        (b"", ""),
    ],
)
def test_an_image_is_known_by_its_bytes(image, extension):
    assert image_type(image) == extension


@given(st.binary() | st.binary().map(lambda raw: raw[:4] + b"ftyp" + raw))
def test_any_bytes_have_a_type_or_none(raw):
    assert image_type(raw) in {"", "jpg", "png", "gif", "webp", "avif"}


# What Python calls the two that it knows by another name.
PYTHONS = {"windows-874": "cp874", "windows-31j": "cp932"}

ROBOTS = """\
User-agent: *
Disallow: /private/
Allow: /private/open/   # but this
Disallow: /*.php$
Disallow: /search*q=
Disallow: /a%3cd
Disallow: /ü
Crawl-delay: 9

User-agent: badbot
User-agent: otherbot
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "agent", "expected"),
    [
        ("/news/rain", "newsimport", True),
        ("/private/rain", "newsimport", False),
        ("/private/open/rain", "newsimport", True),
        ("/private", "newsimport", True),
        ("/index.php", "newsimport", False),
        ("/index.php?x", "newsimport", True),
        ("/search?a=1&q=2", "newsimport", False),
        ("/search?a=1", "newsimport", True),
        ("/a%3Cd.html", "newsimport", False),
        ("/%C3%BC/x", "newsimport", False),
        ("/p%72ivate/rain", "newsimport", False),
        ("/news/rain", "BadBot", False),
        ("/news/rain", "otherbot", False),
        ("", "otherbot", False),
    ],
)
def test_robots_are_told_what_they_may(monkeypatch, path, agent, expected):
    monkeypatch.setattr(room, "AGENT", agent)
    assert is_allowed(f"https://paper.example{path}", 200, ROBOTS.encode()) is expected


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        (b"", True),
        (b"User-agent: *\nDisallow:", True),
        (b"User-agent: *\nDisallow: /", False),
        (b"user-AGENT:*\r\ndisALLOW:/", False),
        (b"\xef\xbb\xbfUser-agent: *\rDisallow: /", False),
        (b"Disallow: /\n", True),
        (b"User-agent: *\nDisallow: /\nUser-agent: NewsImport/1.0\nDisallow:", True),
        (b"User-agent: newsimport\nDisallow: /\nUser-agent: *\nAllow: /", False),
        (b"User-agent: newsimport\nAllow: /x\n\nUser-agent: newsimport\nDisallow: /r", False),
        (b"User-agent: newsimporter\nDisallow: /", True),
        (b"User-agent: *\nDisallow: /rain\nAllow: /rain", True),
        (b"User-agent: *\nDisallow: /r*\nAllow: /ra", True),
        (b"User-agent: *\nDisallow: /*n$", False),
        (b"User-agent: *\nDisallow: /*i*x", True),
        (b"User-agent: *\nDisallow: *", False),
        (b"<html>404</html>", True),
        (b"\xff\xfe\x00garbage: :::\n:\n", True),
    ],
)
def test_robots_files_as_they_are_found(robots, expected):
    assert is_allowed("https://paper.example/rain", 200, robots) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, True),
        (404, True),
        (403, True),
        (410, True),
        (429, False),
        (500, False),
        (503, False),
        (302, False),
        (0, False),
    ],
)
def test_a_missing_robots_file_allows_and_an_unreachable_one_forbids(status, expected):
    assert is_allowed("https://paper.example/rain", status, b"") is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://paper.example/a?b", "https://paper.example/robots.txt"),
        ("http://user:secret@paper.example:8080/a", "http://paper.example:8080/robots.txt"),
    ],
)
def test_where_robots_txt_is(url, expected):
    assert robots_url(url) == expected


def test_a_url_without_a_host_has_no_robots_txt():
    with pytest.raises(ValueError, match="host"):
        robots_url("mailto:a@paper.example")


@given(st.binary(), st.text())
def test_any_robots_file_gives_an_answer(robots, path):
    assert is_allowed(
        f"https://paper.example/{path.replace('[', '').replace(']', '')}", 200, robots
    ) in {True, False}


def test_no_robots_file_takes_long():
    hostile = b"User-agent: *\n" + (b"Disallow: /" + b"*a" * 200 + b"$\n") * 1_200
    begun = time.process_time()
    is_allowed("https://paper.example/" + "a" * 2_000, 200, hostile)
    assert time.process_time() - begun < 2
