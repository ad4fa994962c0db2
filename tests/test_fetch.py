"""Asking for a feed over HTTP: clauses 1 to 3, 5 and 7, against a server that misbehaves to order."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import subprocess
import threading
import zlib
from pathlib import Path
from typing import Any

import pytest

from newsimport.errors import BlockedError, FeedError, GoneError, NewsimportError, TemporaryError
from newsimport.source import connect, local
from newsimport.source.cookies import read_cookies
from newsimport.source.fetch import Answer, Asking, fetch, read_source
from newsimport.source.limits import Limits
from newsimport.source.reach import find_proxy, is_global, is_private_host
from newsimport.source.urls import parse_target, public_text, public_url, redirect

from .scripted import FEED, Reply, ScriptedServer, reply

LOCAL = Limits(allow_private=True, total=5, connect=2)
GZIP = gzip.compress(FEED)


class Clock:
    """Counts the seconds that a fetch would have slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def _no_name_server(*_: object, **__: object) -> None:
    raise socket.gaierror(socket.EAI_AGAIN, "no name server")


def ask(server: ScriptedServer, path: str = "/feed", limits: Limits = LOCAL, **more: Any) -> Answer:
    return fetch(server.url + path, Asking(limits=limits, **more), more.pop("sleep", Clock().sleep))


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


# ---------------------------------------------------------------- clause 7


def test_clause_7_what_is_asked() -> None:
    with ScriptedServer(lambda _: reply(Set_Cookie="a=b; Path=/", ETag='"x"')) as server:
        ask(server, "/feed?a=1&b=%20c")
        ask(server, "/feed?a=1&b=%20c")
    for request in server.requests:
        assert (request.method, request.target) == ("GET", "/feed?a=1&b=%20c")
        assert set(request.headers) == {
            "host",
            "user-agent",
            "accept",
            "accept-encoding",
            "connection",
        }
        assert request.headers["user-agent"].startswith("newsimport/")
        assert "(+https://" in request.headers["user-agent"]
        assert request.headers["accept-encoding"] == "gzip, deflate"


def test_clause_7_cookies_of_a_file_go_where_they_belong(tmp_path: Path) -> None:
    jar = tmp_path / "cookies.txt"
    jar.write_text(
        "# Netscape HTTP Cookie File\n"
        "127.0.0.1\tFALSE\t/feed\tFALSE\t0\tconsent\tyes\n"
        "#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t4102444800\tid\t7\n"
        "127.0.0.1\tFALSE\t/\tTRUE\t0\tonly\thttps\n"
        "127.0.0.1\tFALSE\t/other\tFALSE\t0\tother\tpath\n"
        "127.0.0.1\tFALSE\t/\tFALSE\t1\told\tcookie\n"
        ".google.com\tTRUE\t/\tTRUE\t0\tSOCS\tx\n"
    )
    cookies = read_cookies(jar)
    with ScriptedServer() as server:
        ask(server, "/feed/x", cookies=cookies)
        ask(server, "/feeding", cookies=cookies)
    assert [request.headers.get("cookie") for request in server.requests] == [
        "consent=yes; id=7",
        "id=7",
    ]
    jar.write_text("what is this\n")
    with pytest.raises(NewsimportError, match="line 1"):
        read_cookies(jar)


def test_clause_7_proxies_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer() as server:
        monkeypatch.setenv("http_proxy", server.url.replace("//", "//user:p%40ss@"))
        fetch("http://paper.example/feed?x=1", Asking(limits=LOCAL))
        monkeypatch.setenv("no_proxy", "other.example,.paper.example")
        monkeypatch.setattr(connect.socket, "getaddrinfo", _no_name_server)
        with pytest.raises(TemporaryError, match="no connection"):
            fetch(
                "http://feeds.paper.example.invalid/",
                Asking(limits=Limits(total=0.5)),
                Clock().sleep,
            )
    [first, *_] = server.requests
    assert first.target == "http://paper.example/feed?x=1"
    assert first.headers["host"] == "paper.example"
    assert first.headers["proxy-authorization"] == "Basic dXNlcjpwQHNz"


@pytest.mark.parametrize(
    ("url", "no_proxy", "is_proxied"),
    [
        ("http://a.example/", "", True),
        ("http://a.example/", "*", False),
        ("http://a.example/", "a.example", False),
        ("http://a.example/", "b.example , .a.example", False),
        ("http://sub.a.example/", "a.example", False),
        ("http://nota.example/", "a.example", True),
        ("http://a.example:8080/", "a.example:8080", False),
        ("http://a.example/", "a.example:8080", True),
        ("http://10.1.2.3/", "10.0.0.0/8", False),
        ("http://[fd00::1]/", "[fd00::1]", False),
    ],
)
def test_clause_7_exceptions_from_proxies(url: str, no_proxy: str, is_proxied: bool) -> None:
    environ = {"HTTP_PROXY": "proxy.example:3128", "no_proxy": no_proxy}
    assert (find_proxy(parse_target(url), environ) is not None) == is_proxied


def test_clause_7_a_clients_header_sets_no_proxy() -> None:
    target = parse_target("http://a.example/")
    assert find_proxy(target, {"HTTP_PROXY": "http://p.example", "REQUEST_METHOD": "GET"}) is None
    with pytest.raises(NewsimportError, match="proxy"):
        find_proxy(target, {"ALL_PROXY": "socks5://p.example"})


# ---------------------------------------------------------------- clauses 1 and 2: redirects


@pytest.mark.parametrize(
    ("location", "error", "says"),
    [
        ("file:///etc/passwd", BlockedError, "no usable"),
        ("ftp://a.example/", BlockedError, "no usable"),
        ("gopher://127.0.0.1:70/", BlockedError, "no usable"),
        ("http://[::1", BlockedError, "no usable"),
        ("http://a b/", BlockedError, "no usable"),
        ("https://consent.google.com/m?continue=x", BlockedError, "--cookie-file"),
        ("https://consent.google.de/ml?continue=x", BlockedError, "--cookie-file"),
        ("https://www.google.com/sorry/index?continue=x", BlockedError, "robot"),
        ("/rss/unsupported?hl=xx", BlockedError, "hl, gl and ceid"),
        ("/feed", BlockedError, "more than 5 redirects"),
    ],
)
def test_clause_1_and_2_where_a_redirect_may_not_lead(
    location: str, error: type[Exception], says: str
) -> None:
    with (
        ScriptedServer(lambda _: reply(b"", 302, Location=location)) as server,
        pytest.raises(error, match=says),
    ):
        ask(server)
    assert len(server.requests) == (6 if location == "/feed" else 1)


def test_clause_2_five_redirects_are_followed() -> None:
    steps = itertools.count()

    def script(_: object) -> Reply:
        number = next(steps)
        return reply() if number == 5 else reply(b"", 302, Location=f"/{number}")

    with ScriptedServer(script) as server:
        answer = ask(server)
    assert (answer.body, answer.url) == (FEED, f"{server.url}/4")


def test_clause_2_never_from_https_to_http() -> None:
    safe = parse_target("https://a.example/x")
    assert redirect(safe, "//b.example/y") == parse_target("https://b.example/y")
    from newsimport.source.fetch import _follow

    with pytest.raises(BlockedError, match="https to http"):
        _follow(safe, "http://a.example/x")


def test_clause_2_credentials_stay_with_their_host() -> None:
    def script(request: Any) -> Reply:
        if request.path == "/feed":
            return reply(b"", 302, Location="/same")
        if request.path == "/same":
            return reply(b"", 302, Location=f"http://localhost:{server.port}/other")
        return reply()

    with ScriptedServer(script) as server:
        fetch(f"http://me:s%3Acret@127.0.0.1:{server.port}/feed", Asking(limits=LOCAL))
    sent = {request.path: request.headers.get("authorization") for request in server.requests}
    assert sent == {"/feed": "Basic bWU6czpjcmV0", "/same": "Basic bWU6czpjcmV0", "/other": None}
    assert all("me:" not in request.target for request in server.requests)


@pytest.mark.parametrize(
    ("location", "keeps"),
    [
        ("https://a.example/y", True),
        ("http://a.example/y", True),
        ("http://a.example:81/y", False),
        ("http://sub.a.example/y", False),
        ("http://a.example.evil.example/y", False),
        ("http://x:y@b.example/y", False),
    ],
)
def test_clause_2_what_is_the_same_host(location: str, keeps: bool) -> None:
    target = redirect(parse_target("http://me:pw@a.example/x"), location)
    assert target is not None
    assert bool(target.authorization) == keeps


def test_a_redirect_in_utf_8_is_followed() -> None:
    def script(request: Any) -> Reply:
        return (
            reply()
            if request.path != "/feed"
            else reply(b"", 302, Location="/é ü".encode().decode("latin-1"))
        )

    with ScriptedServer(script) as server:
        ask(server)
    assert server.requests[1].target == "/%C3%A9%20%C3%BC"


# ---------------------------------------------------------------- clause 2: addresses


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "198.18.0.1",
        "192.0.2.1", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "fe80::1",
        "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "::127.0.0.1",
        "nonsense",
    ],
)  # fmt: skip
def test_clause_2_addresses_that_are_not_global(address: str) -> None:
    assert not is_global(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "142.250.1.1", "2606:4700::1", "2a00:1450:4001::1", "::ffff:8.8.8.8",
     "64:ff9b::808:808", "2002:808:808::1"],
)  # fmt: skip
def test_clause_2_addresses_that_are_global(address: str) -> None:
    assert is_global(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]"],
)
def test_clause_2_a_typed_private_host_is_refused(host: str) -> None:
    with ScriptedServer() as server, pytest.raises(BlockedError, match="--allow-private"):
        fetch(f"http://{host}:{server.port}/", Asking(limits=Limits(total=5)))
    assert server.requests == []


def test_clause_2_a_name_that_resolves_to_a_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolved = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.0.1", 80))]
    monkeypatch.setattr(connect.socket, "getaddrinfo", lambda *_, **__: resolved)
    with pytest.raises(BlockedError, match=r"192\.168\.0\.1"):
        fetch("http://rebind.example/", Asking(limits=Limits(total=5)))


def test_clause_2_the_address_is_checked_at_every_hop(monkeypatch: pytest.MonkeyPatch) -> None:
    real = connect.is_global
    with ScriptedServer(
        lambda _: reply(b"", 302, Location=f"http://127.0.0.2:{server.port}/")
    ) as server:
        monkeypatch.setattr(
            connect, "is_global", lambda address: address == "127.0.0.1" or real(address)
        )
        with pytest.raises(BlockedError, match=r"127\.0\.0\.2"):
            fetch(server.url, Asking(limits=Limits(total=5)))
    assert len(server.requests) == 1


def test_clause_2_behind_a_proxy_a_private_host_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with pytest.raises(BlockedError, match="--allow-private"):
        fetch("http://192.168.0.1/", Asking(limits=Limits(total=5)))
    assert is_private_host("printer.local")
    assert not is_private_host("news.google.com")


def test_ipv6() -> None:
    try:
        server = ScriptedServer(address="::1", family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    with server:
        assert ask(server).body == FEED
    assert server.requests[0].headers["host"] == f"[::1]:{server.port}"


# ---------------------------------------------------------------- clause 3: limits


def test_clause_3_a_slow_drip_ends_at_the_deadline() -> None:
    with (
        ScriptedServer(lambda _: Reply([b"x", 0.1] * 100)) as server,
        pytest.raises(TemporaryError, match="whole answer"),
    ):
        ask(server, limits=Limits(allow_private=True, total=0.8))


def test_clause_3_headers_that_drip_end_at_the_deadline() -> None:
    pieces = [b"HTTP/1.1 200 OK\r\n", *([b"A: b\r\n", 0.1] * 50)]
    with ScriptedServer(lambda _: Reply(pieces, raw=True)) as server, pytest.raises(TemporaryError):
        ask(server, limits=Limits(allow_private=True, total=0.8))


def test_clause_3_a_server_that_accepts_and_says_nothing() -> None:
    with (
        ScriptedServer(lambda _: Reply([3], raw=True)) as server,
        pytest.raises(TemporaryError, match="whole answer"),
    ):
        ask(server, limits=Limits(allow_private=True, total=0.5))


def test_clause_3_connecting_has_its_own_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    free, ended = threading.Event(), threading.Event()

    def stall(*_: object, **__: object) -> list[object]:
        free.wait(60)
        ended.set()
        return []

    monkeypatch.setattr(connect.socket, "getaddrinfo", stall)
    with pytest.raises(TemporaryError, match=r"no connection to .* within"):
        fetch("http://paper.example/", Asking(limits=Limits(connect=0.2, total=0.5)), Clock().sleep)
    assert not ended.is_set()
    free.set()


@pytest.mark.parametrize("size", [-1, 0, 1])
def test_clause_3_the_cap_on_decoded_bytes_is_exact(size: int) -> None:
    limits = Limits(allow_private=True, max_bytes=len(FEED) - size)
    for body, headers in ((FEED, {}), (GZIP, {"Content_Encoding": "gzip"})):
        with ScriptedServer(lambda _, body=body, headers=headers: reply(body, **headers)) as server:
            if size <= 0:
                assert ask(server, limits=limits).body == FEED
            else:
                with pytest.raises(FeedError, match="--max-bytes"):
                    ask(server, limits=limits)


def test_clause_3_a_gzip_bomb_is_inflated_no_further_than_the_cap() -> None:
    import tracemalloc

    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(1024)) + squeeze.flush()
    with ScriptedServer(lambda _: reply(bomb, Content_Encoding="gzip")) as server:
        tracemalloc.start()
        with pytest.raises(FeedError, match="8 MiB"):
            ask(server)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 20 << 20


def test_clause_3_an_endless_body_is_cut_off() -> None:
    with (
        ScriptedServer(lambda _: Reply(b"<a/>" * 16384 for _ in itertools.count())) as server,
        pytest.raises(FeedError, match="8 MiB"),
    ):
        ask(server)


RAW = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        reply(FEED, length=len(FEED) + 1),
        reply(GZIP[:-1], Content_Encoding="gzip"),
        reply(GZIP[:-9], Content_Encoding="gzip"),
        reply(GZIP[:40], Content_Encoding="gzip"),
        reply(zlib.compress(FEED)[:-1], Content_Encoding="deflate"),
        reply(GZIP[:60] + b"\xff" * 9 + GZIP[69:], Content_Encoding="gzip"),
        reply(GZIP[:-8] + bytes(8), Content_Encoding="gzip"),
        Reply([RAW + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"], raw=True),
        Reply([RAW + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"], raw=True),
        Reply([RAW + b"Content-Length: 9\r\n\r\nhello"], raw=True),
        Reply([b"SSH-2.0-OpenSSH\r\n"], raw=True),
        Reply([RAW + b"A: " + b"b" * 70_000 + b"\r\n\r\n"], raw=True),
        Reply([RAW + b"A: b\r\n" * 200 + b"\r\n"], raw=True),
        None,
    ],
)  # fmt: skip
def test_clause_3_what_did_not_come_whole_is_a_failure(answer: Reply | None) -> None:
    with ScriptedServer(lambda _: answer) as server, pytest.raises(TemporaryError) as caught:
        ask(server)
    assert len(server.requests) == 1
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "answer",
    [
        reply(GZIP, Content_Encoding="gzip"),
        reply(GZIP, Content_Encoding="x-gzip"),
        reply(GZIP, Content_Encoding="GZIP"),
        reply(gzip.compress(FEED[:99]) + gzip.compress(FEED[99:]), Content_Encoding="gzip"),
        reply(GZIP + bytes(9), Content_Encoding="gzip"),
        reply(zlib.compress(FEED), Content_Encoding="deflate"),
        reply(zlib.compress(FEED)[2:-4], Content_Encoding="deflate"),
        reply(FEED, Content_Encoding="gzip"),
        reply(FEED, Content_Encoding="identity"),
        Reply([RAW + b"Content-Length: %d\r\n\r\n" % len(FEED) + FEED, 0.5], raw=True),
        Reply([RAW + b"\r\n" + FEED], raw=True),
        Reply(
            [
                RAW
                + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(FEED)
                + FEED
                + b"\r\n0\r\n\r\n"
            ],
            raw=True,
        ),
        Reply([b"HTTP/1.1 103 Early Hints\r\n\r\n" + RAW + b"\r\n" + FEED], raw=True),
    ],
)
def test_clause_3_whole_answers_in_all_their_forms(answer: Reply) -> None:
    with ScriptedServer(lambda _: answer) as server:
        assert ask(server).body == FEED


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, br"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with (
        ScriptedServer(lambda _: reply(FEED, Content_Encoding=encoding)) as server,
        pytest.raises(FeedError, match="not asked for"),
    ):
        ask(server)


def test_ten_thousand_empty_gzip_members_are_refused() -> None:
    body = gzip.compress(b"") * 10_000
    with (
        ScriptedServer(lambda _: reply(body, Content_Encoding="gzip")) as server,
        pytest.raises(FeedError, match="parts"),
    ):
        ask(server)


def test_clause_3_a_local_file_may_be_larger_than_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.xml"
    path.write_bytes(b"<a/>" * (3 << 20))
    assert local.MAX_LOCAL_BYTES == 1 << 30
    assert len(read_source(str(path)).body) == 12 << 20 > Limits().max_bytes == 8 << 20
    monkeypatch.setattr(local, "MAX_LOCAL_BYTES", 12 << 20)
    read_source(str(path))
    monkeypatch.setattr(local, "MAX_LOCAL_BYTES", (12 << 20) - 1)
    with pytest.raises(FeedError, match="more than 11 MiB"):
        read_source(str(path))


# ---------------------------------------------------------------- clause 5: retries


@pytest.mark.parametrize(
    ("status", "requests", "error"),
    [
        (500, 3, TemporaryError), (502, 3, TemporaryError), (503, 3, TemporaryError),
        (504, 3, TemporaryError), (429, 1, TemporaryError), (408, 1, TemporaryError),
        (404, 1, BlockedError), (403, 1, BlockedError), (401, 1, BlockedError),
        (410, 1, GoneError), (400, 1, BlockedError), (304, 1, TemporaryError),
        (204, 1, BlockedError), (300, 1, BlockedError), (999, 3, TemporaryError),
    ],
)  # fmt: skip
def test_clause_5_which_statuses_are_tried_again(
    status: int, requests: int, error: type[NewsimportError]
) -> None:
    clock = Clock()
    with ScriptedServer(lambda _: reply(b"", status)) as server, pytest.raises(error):
        fetch(server.url, Asking(limits=LOCAL), clock.sleep)
    assert len(server.requests) == requests
    for slept, base in zip(clock.slept, (1, 2), strict=False):
        assert 0.75 * base <= slept <= 1.25 * base


def test_clause_5_a_connection_that_is_refused_is_tried_again() -> None:
    clock = Clock()
    with ScriptedServer() as server:
        pass
    with pytest.raises(TemporaryError, match="no connection"):
        fetch(server.url, Asking(limits=LOCAL), clock.sleep)
    assert len(clock.slept) == 2


def test_clause_5_a_second_try_may_succeed() -> None:
    statuses = iter((503, 200))
    with ScriptedServer(lambda _: reply(status=next(statuses))) as server:
        assert ask(server).body == FEED


def test_clause_5_no_retry_beyond_the_deadline() -> None:
    clock = Clock()
    with ScriptedServer(lambda _: reply(b"", 503)) as server, pytest.raises(TemporaryError):
        fetch(server.url, Asking(limits=Limits(allow_private=True, total=0.5)), clock.sleep)
    assert (len(server.requests), clock.slept) == (1, [])


@pytest.mark.parametrize(
    ("value", "seconds"), [("120", 120), ("99999999", 7 * 86400), ("nonsense", None)]
)
def test_clause_5_a_server_that_says_when_is_not_asked_before(
    value: str, seconds: int | None
) -> None:
    with (
        ScriptedServer(lambda _: reply(b"", 503, Retry_After=value)) as server,
        pytest.raises(TemporaryError) as caught,
    ):
        ask(server)
    assert len(server.requests) == 1
    waits = caught.value.retry_after
    assert (waits.total_seconds() if waits else None) == seconds


# ---------------------------------------------------------------- clause 6, editions, TLS


@pytest.mark.parametrize(
    ("statuses", "moves"),
    [
        ((301,), True),
        ((308,), True),
        ((301, 308), True),
        ((302,), False),
        ((301, 302), False),
        ((307,), False),
    ],
)
def test_clause_6_only_a_chain_of_permanent_redirects_moves_a_feed(
    statuses: tuple[int, ...], moves: bool
) -> None:
    def script(request: Any) -> Reply:
        step = int(request.path[1:])
        return (
            reply(b"", statuses[step], Location=f"/{step + 1}") if step < len(statuses) else reply()
        )

    with ScriptedServer(script) as server:
        answer = ask(server, "/0")
    assert answer.moved == (f"{server.url}/{len(statuses)}" if moves else "")


def test_another_edition_than_asked_for_is_a_warning() -> None:
    def script(request: Any) -> Reply:
        if "XX" in request.target:
            return reply(b"", 302, Location="/rss?hl=en-US&gl=US&ceid=US:en")
        return reply()

    with ScriptedServer(script) as server:
        assert "US:en" in ask(server, "/rss?ceid=XX:yy").warnings[0]
        assert ask(server, "/rss?ceid=US:en").warnings == ()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "key.pem",
         "-out", folder / "cert.pem", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("no openssl here to make a certificate with")
    return folder


def secure(server: ScriptedServer, folder: Path) -> str:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    server.wrap = lambda connection: context.wrap_socket(connection, server_side=True)
    return f"https://localhost:{server.port}/feed"


def test_https_with_a_certificate_that_is_known(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    connect._tls.cache_clear()
    with ScriptedServer() as server:
        assert fetch(secure(server, certificate), Asking(limits=LOCAL)).body == FEED
    connect._tls.cache_clear()


def test_https_with_a_certificate_that_is_not_known(certificate: Path) -> None:
    connect._tls.cache_clear()
    clock = Clock()
    with ScriptedServer() as server, pytest.raises(TemporaryError, match="certificate"):
        fetch(secure(server, certificate), Asking(limits=LOCAL), clock.sleep)
    assert (server.requests, clock.slept) == ([], [])


def test_https_goes_through_a_proxy_in_a_tunnel(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads: list[bytes] = []
    with ScriptedServer() as server, socket.create_server(("127.0.0.1", 0)) as proxy:
        url = secure(server, certificate)
        import threading

        def carry(source: socket.socket, target: socket.socket) -> None:
            try:
                while piece := source.recv(65536):
                    target.sendall(piece)
                target.shutdown(socket.SHUT_WR)
            except OSError:
                pass

        def serve() -> None:
            inner, _ = proxy.accept()
            with inner, socket.create_connection(("127.0.0.1", server.port)) as outer:
                heads.append(inner.recv(65536))
                inner.sendall(b"HTTP/1.1 200 Fine\r\n\r\n")
                other = threading.Thread(target=carry, args=(outer, inner), daemon=True)
                other.start()
                carry(inner, outer)
                other.join(5)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.getsockname()[1]}")
        connect._tls.cache_clear()
        assert fetch(url, Asking(limits=LOCAL)).body == FEED
        connect._tls.cache_clear()
        thread.join(5)
    assert heads[0].startswith(b"CONNECT localhost:%d HTTP/1.1\r\n" % server.port)


# ---------------------------------------------------------------- clause 27


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:pw@a.example/x?q=1", "https://a.example/x?q=1"),
        ("https://a.example/x?token=abc&q=1&api_key=z#frag", "https://a.example/x?q=1"),
        ("https://a.example/?SIG=1&hl=en", "https://a.example/?hl=en"),
        (
            "https://a.example/?pass=1&PHPSESSID=2&bearer=3&otp=4&pw=5&hl=en&pinned=6",
            "https://a.example/?hl=en&pinned=6",
        ),
        ("https://me:p@ss@a.example/", "https://a.example/"),
        ("http://me:pw@[::1/x?token=1", "http://[::1/x"),
        ("feed.xml", "feed.xml"),
        ("-", "-"),
        ("//eve:s3cr3t@x.example/a", "//x.example/a"),
        ("/site/https:/eve:s3cr3t@x.example/a", "/site/https:/x.example/a"),
        ("feeds/a:b.xml", "feeds/a:b.xml"),
        ("htps://me:pw@a.example/x?token=s3cr3t&q=1", "htps://a.example/x?token=&q=1"),
        ("/site/a.example/x?q=1&api_key=z", "/site/a.example/x?q=1&api_key="),
        ("a feed.xml?page=1", "a feed.xml?page=1"),
    ],
)
def test_clause_27_what_of_an_address_may_be_shown(url: str, shown: str) -> None:
    assert public_url(url) == shown


@pytest.mark.parametrize(
    "url",
    ["http://", "http:///x", "http://a..b\\c/", "http://a.example:0/", "http://a.example:99999/",
     "http://exa mple/", "http://[::1", "http://" + "é" * 400 + "/", "http://\x00/", "ftp://a.example/"],
)  # fmt: skip
def test_addresses_that_cannot_be_asked(url: str) -> None:
    with pytest.raises(NewsimportError, match="address"):
        parse_target(url)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "--limit: 'https://bob:pw@h.example/?token=q' is no number, nor is ftp://me:pw@h/x.",
            "--limit: 'https://h.example/?token=' is no number, nor is ftp://h/x.",
        ),
        ('["h.example/?key=a", "https://h.example/#sig=b"]', '["h.example/?key=", "https://h.example/#sig="]'),
        ("h.example/?token=a:b.c: cannot read", "h.example/?token=: cannot read"),
        ("limit = 3; tokens = 4", "limit = 3; tokens = 4"),
    ],
)  # fmt: skip
def test_clause_27_what_of_a_text_may_be_shown(text: str, shown: str) -> None:
    assert public_text(text) == shown


def test_addresses_are_asked_as_ascii() -> None:
    target = parse_target("HTTP://Bücher.Example/ä b?q=ü#x")
    assert (target.host, target.path) == ("xn--bcher-kva.example", "/%C3%A4%20b?q=%C3%BC")
