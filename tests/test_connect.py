"""Connecting: every address of a host has its turn, TLS and proxies fail in one line, in time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from newsimport.errors import BlockedError, TemporaryError
from newsimport.source import connect as room
from newsimport.source.connect import ConnectError, Deadline, connect, reason
from newsimport.source.limits import Limits
from newsimport.source.urls import parse_target

HERE = Limits(allow_private=True, connect=5, total=5)
HASTY = Limits(allow_private=True, connect=0.3, total=5)


@dataclass
class Peer:
    """A server that says the same to everyone, and keeps what it was told."""

    says: bytes = b""
    hangs_up: bool = True
    heard: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            peer, _ = self.listening.accept()
            with peer:
                if self.done.is_set():
                    return
                self.heard.append(peer.recv(4096))
                peer.sendall(self.says)
                if not self.hangs_up:
                    self.done.wait(5)

    def close(self) -> None:
        self.done.set()
        socket.create_connection(("127.0.0.1", self.port)).close()
        self.thread.join()
        self.listening.close()


@pytest.fixture
def peers() -> Iterator[list[Peer]]:
    made: list[Peer] = []
    yield made
    for peer in made:
        peer.close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def names(monkeypatch: pytest.MonkeyPatch, *addresses: tuple[str, int]) -> None:
    """Let every name stand for these addresses."""
    found = [(int(socket.AF_INET), address) for address in addresses]
    monkeypatch.setattr(room, "_look_up", lambda _host, _port: found)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def reach(url: str, limits: Limits = HERE) -> socket.socket:
    return connect(parse_target(url), limits, Deadline(limits.total))


def test_an_address_that_refuses_is_followed_by_the_next(
    monkeypatch: pytest.MonkeyPatch, peers: list[Peer]
) -> None:
    peers.append(Peer())
    names(monkeypatch, ("127.0.0.1", closed_port()), ("127.0.0.1", peers[0].port))
    with reach("http://paper.example/") as connected:
        assert connected.getpeername()[1] == peers[0].port
    names(monkeypatch, ("127.0.0.1", closed_port()), ("127.0.0.1", closed_port()))
    with pytest.raises(ConnectError, match=r"^no connection to [^:]+: Connection refused$"):
        reach("http://paper.example/")


def test_only_global_addresses_of_a_name_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for addresses in ([("127.0.0.1", 80), ("10.1.2.3", 80)], []):
        names(monkeypatch, *addresses)
        with pytest.raises(BlockedError, match="is not an address of the open internet"):
            reach("http://paper.example/", Limits())


def test_a_name_that_nobody_knows_is_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_host: str, _port: int) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(room, "_look_up", unknown)
    with pytest.raises(ConnectError, match=r"^no connection to [^:]+: Name or service not known$"):
        reach("http://paper.example/")


def test_a_name_that_cannot_be_one_is_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def impossible(_host: str, _port: int) -> None:
        raise UnicodeError("label too long")

    monkeypatch.setattr(room, "_look_up", impossible)
    with pytest.raises(ConnectError, match="label too long"):
        reach("http://paper.example/")


def test_a_name_server_has_no_longer_than_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    free, ended = threading.Event(), threading.Event()

    def stall(_host: str, _port: int) -> None:
        free.wait(60)
        ended.set()

    monkeypatch.setattr(room, "_look_up", stall)
    with pytest.raises(ConnectError, match=r"no connection to .* within"):
        reach("http://paper.example/", HASTY)
    assert not ended.is_set()
    free.set()


def test_a_deadline_that_has_passed_leaves_nothing() -> None:
    with pytest.raises(TimeoutError):
        Deadline(0).left()
    assert 0 < Deadline(60).left(5) <= 5


# ---------------------------------------------------------------- TLS and proxies


def test_tls_that_never_comes_is_given_up(
    monkeypatch: pytest.MonkeyPatch, peers: list[Peer]
) -> None:
    peers.append(Peer(hangs_up=False))
    names(monkeypatch, ("127.0.0.1", peers[0].port))
    with pytest.raises(ConnectError, match="no secure connection within"):
        reach("https://paper.example/", HASTY)
    assert peers[0].heard[0][:1] == b"\x16", "a TLS handshake"


@pytest.mark.parametrize("says", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_what_is_no_tls_is_no_connection(
    monkeypatch: pytest.MonkeyPatch, peers: list[Peer], says: bytes
) -> None:
    peers.append(Peer(says))
    names(monkeypatch, ("127.0.0.1", peers[0].port))
    with pytest.raises(ConnectError, match="no secure connection: "):
        reach("https://paper.example/")


def test_a_certificate_that_is_not_valid_is_no_case_for_a_retry() -> None:
    import ssl

    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "certificate has expired"
    said = room._tls_failure(error)
    assert type(said) is TemporaryError
    assert str(said) == "its certificate is not valid: certificate has expired"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (b"", "the proxy breaks off"),
        (b"HTTP/1.1 200 Conn", "the proxy breaks off"),
        (b"x" * 100_000, "the proxy breaks off"),
        (b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "the proxy refuses: HTTP/1.1 407 Proxy"),
        (b"nonsense\r\n\r\n", "the proxy refuses: nonsense"),
    ],
)  # fmt: skip
def test_a_proxy_that_makes_no_tunnel_is_named(
    monkeypatch: pytest.MonkeyPatch, peers: list[Peer], answer: bytes, says: str
) -> None:
    peers.append(Peer(answer))
    monkeypatch.setenv("https_proxy", f"http://me:p%40ss@127.0.0.1:{peers[0].port}")
    with pytest.raises(ConnectError, match=f"no secure connection: {says}"):
        reach("https://[2001:db8::1]:8443/feed")
    asked = peers[0].heard[0].decode().split("\r\n")
    assert asked[:2] == ["CONNECT [2001:db8::1]:8443 HTTP/1.1", "Host: [2001:db8::1]:8443"]
    assert "Proxy-Authorization: Basic bWU6cEBzcw==" in asked


def test_a_proxy_that_is_away_is_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
    with pytest.raises(ConnectError, match=r"no connection to .*: Connection refused"):
        reach("http://paper.example/")


def test_a_proxy_reads_no_private_address_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with pytest.raises(BlockedError, match=r"10\.0\.0\.1 is not an address of the open internet"):
        reach("http://10.0.0.1/", Limits())


def test_a_reason_is_one_line_that_is_not_too_long() -> None:
    assert reason(OSError(111, "Connection\nrefused")) == "Connection refused"
    assert reason(ValueError()) == "ValueError"
    assert len(reason(ValueError("x" * 1000))) == 200
