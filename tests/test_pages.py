"""Publishers' pages are read as their robots.txt allows, and a failure says whether to come again."""

from __future__ import annotations

import time

import pytest

from newsimport.errors import BlockedError, TemporaryError
from newsimport.source.pages import Reader

from .conftest import FeedServer

MOST = 1 << 16


@pytest.fixture
def pages() -> Reader:
    return Reader(lambda: False, allow_private=True, spacing=0)


def test_a_page_is_read_where_redirects_lead(server: FeedServer, pages: Reader) -> None:
    server.serve("", "/old", 301, location="/new")
    server.serve("the page", "/new", content_type="text/html; charset=koi8-r")
    page = pages.read(f"{server.address}/old", MOST)
    assert (page.url, page.body, page.charset) == (f"{server.address}/new", b"the page", "koi8-r")


def test_robots_is_asked_once_and_obeyed_after_a_redirect_too(
    server: FeedServer, pages: Reader
) -> None:
    server.serve("User-agent: *\nDisallow: /private", "/robots.txt", content_type="text/plain")
    server.serve("", "/open", 302, location="/private/page")
    server.serve("secret", "/private/page")
    for path in ("/open", "/private/page"):
        with pytest.raises(BlockedError, match="robots"):
            pages.read(server.address + path, MOST)
    assert [path for path, _ in server.requests] == ["/robots.txt", "/open"]


def test_robots_is_read_where_it_redirects_to(server: FeedServer, pages: Reader) -> None:
    server.serve("", "/robots.txt", 301, location="/rules")
    server.serve("User-agent: *\nDisallow: /", "/rules", content_type="text/plain")
    with pytest.raises(BlockedError, match="does not allow"):
        pages.read(f"{server.address}/page", MOST)


@pytest.mark.parametrize("location", ["/robots.txt", "file:///etc/passwd"])
def test_robots_that_lead_nowhere_forbid_nothing(
    server: FeedServer, pages: Reader, location: str
) -> None:
    server.serve("", "/robots.txt", 302, location=location)
    server.serve("the page", "/page")
    assert pages.read(f"{server.address}/page", MOST).body == b"the page"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_robots_that_cannot_be_read_now_forbid_all_for_now(
    server: FeedServer, pages: Reader, status: int
) -> None:
    server.serve("", "/robots.txt", status)
    with pytest.raises(TemporaryError, match=r"robots\.txt cannot be read"):
        pages.read(f"{server.address}/page", MOST)
    assert [path for path, _ in server.requests] == ["/robots.txt"]


def test_a_host_that_is_away_is_another_time_s_matter(server: FeedServer, pages: Reader) -> None:
    address = server.address
    server._server.server_close()
    with pytest.raises(TemporaryError, match=r"robots\.txt cannot be read"):
        pages.read(f"{address}/page", MOST)


@pytest.mark.parametrize(
    ("status", "error"),
    [(408, TemporaryError), (425, TemporaryError), (429, TemporaryError), (502, TemporaryError),
     (403, BlockedError), (404, BlockedError), (410, BlockedError), (204, BlockedError)],
)  # fmt: skip
def test_each_status_says_whether_to_come_again(
    server: FeedServer, pages: Reader, status: int, error: type[Exception]
) -> None:
    server.serve("", "/page", status)
    with pytest.raises(error, match=f"the server answers {status}$"):
        pages.read(f"{server.address}/page", MOST)


def test_redirects_end(server: FeedServer, pages: Reader) -> None:
    server.serve("", "/page", 302, location="/page")
    with pytest.raises(BlockedError, match="more than 5 redirects"):
        pages.read(f"{server.address}/page", MOST)
    assert [path for path, _ in server.requests] == ["/robots.txt", *["/page"] * 6]


@pytest.mark.parametrize("location", ["file:///etc/passwd", "javascript:0", "ftp://127.0.0.1/x"])
def test_a_redirect_leads_to_nothing_but_pages(
    server: FeedServer, pages: Reader, location: str
) -> None:
    server.serve("", "/page", 302, location=location)
    with pytest.raises(BlockedError, match="redirects to what may not be read"):
        pages.read(f"{server.address}/page", MOST)


def test_a_host_is_left_in_peace_between_two_requests(server: FeedServer) -> None:
    server.serve("the page", "/page")
    began = time.monotonic()
    Reader(lambda: False, allow_private=True, spacing=0.3).read(f"{server.address}/page", MOST)
    assert time.monotonic() - began >= 0.3  # robots.txt, then the page


def test_a_run_that_is_told_to_stop_asks_nothing_more(server: FeedServer) -> None:
    server.serve("the page", "/page")
    pages = Reader(lambda: bool(server.requests), allow_private=True, spacing=60)
    with pytest.raises(TemporaryError, match="told to stop"):
        pages.read(f"{server.address}/page", MOST)
    assert [path for path, _ in server.requests] == ["/robots.txt"]
