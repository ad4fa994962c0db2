"""A local HTTP server that does what a test tells it to, byte for byte, and records requests."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field

FEED = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Test news</title><link>https://example.org/</link>
<description>Made for tests</description><language>en</language>
<item><title>A first story about rivers</title><link>https://example.org/1</link>
<guid>https://example.org/1</guid><pubDate>Mon, 05 Jan 2026 10:00:00 GMT</pubDate>
<description>Rivers rise.</description></item>
</channel></rss>
"""


def feed_of(*numbers, title="Test news", extra=""):
    """Return an RSS feed with an item for each number."""
    items = "".join(
        f"<item><title>Story number {n} of the test</title><link>https://example.org/{n}</link>"
        f"<guid>https://example.org/{n}</guid><pubDate>Mon, 05 Jan 2026 10:00:00 GMT</pubDate>"
        f"<description>Text {n}.</description></item>"
        for n in numbers
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>https://example.org/</link>{extra}{items}</channel></rss>"
    ).encode()


@dataclass
class Request:
    method: str
    target: str
    headers: dict
    body: bytes = b""
    when: float = field(default_factory=time.monotonic)
    host: str = ""

    @property
    def path(self):
        return self.target.partition("?")[0]


@dataclass
class Reply:
    """A reply: bytes as they are, or an iterable of pieces; a number among them is a pause."""

    body: object = FEED
    status: int = 200
    headers: dict = field(default_factory=dict)
    length: int | None = None
    raw: bool = False


def reply(body=FEED, status=200, length=None, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(body, status, named, length)


class ScriptedServer:
    """Answers each request with what `script(request)` returns: a Reply, or None to hang up."""

    def __init__(self, script=lambda request: Reply(), address="127.0.0.1", family=socket.AF_INET):
        self.script = script
        self.requests = []
        self._lock = threading.Lock()
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((address, 0))
        self._socket.listen(256)
        self.port = self._socket.getsockname()[1]
        self.host = f"[{address}]" if ":" in address else address
        self.url = f"http://{self.host}:{self.port}"
        self._closed = False
        self.wrap = None
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self._closed = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    @property
    def paths(self):
        return [request.path for request in self.requests]

    def _serve(self):
        while not self._closed:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        with contextlib.suppress(OSError, ValueError):
            if self.wrap:
                connection = self.wrap(connection)
        with contextlib.suppress(OSError, ValueError), connection:
            request = self._read(connection)
            if request is None:
                return
            with self._lock:
                self.requests.append(request)
            answer = self.script(request)
            if answer is not None:
                self._send(connection, answer)

    @staticmethod
    def _read(connection):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65536)
            if not piece:
                return None
            head += piece
        head, _, rest = head.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        length = int(headers.get("content-length", 0))
        while len(rest) < length:
            rest += connection.recv(65536)
        return Request(method, target, headers, rest, host=connection.getsockname()[0])

    @staticmethod
    def _send(connection, answer):
        pieces = [answer.body] if isinstance(answer.body, bytes) else answer.body
        if not answer.raw:
            lines = [f"HTTP/1.1 {answer.status} Whatever"]
            lines += [f"{name}: {value}" for name, value in answer.headers.items()]
            if isinstance(answer.body, bytes):
                length = len(answer.body) if answer.length is None else answer.length
                lines.append(f"Content-Length: {length}")
            lines.append("Connection: close")
            connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
        for piece in pieces:
            if isinstance(piece, int | float):
                time.sleep(piece)
            else:
                connection.sendall(piece)
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(2)
            while connection.recv(65536):
                pass
