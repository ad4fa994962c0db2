"""Ask one HTTP question and take the answer, within a deadline and a size."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

from newsimport.errors import FeedError, TemporaryError
from newsimport.models import NOTHING
from newsimport.records import NamedTuple
from newsimport.source.connect import (
    USER_AGENT,
    Deadline,
    connect,
    is_forwarded,
    proxy_authorization,
    reason,
)
from newsimport.source.inflate import Inflater, too_large

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterable, Mapping
    from http.client import HTTPResponse
    from typing import Any

    from newsimport.source.limits import Limits
    from newsimport.source.urls import Target

_PIECE = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_HEADS = 10
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.1"


class Reply(NamedTuple):
    """An answer as it came: header names in lower case, the body decoded.

    The body is "" for a status that was not to be read.
    """

    status: int
    headers: Mapping[str, str] = NOTHING
    body: bytes = b""
    charset: str = ""

    @property
    def leads_to(self) -> str:
        """Where a redirect leads, "" for any other answer."""
        return self.headers.get("location", "") if self.status in _REDIRECTS else ""


class _Stream(io.RawIOBase):
    """The bytes of a socket, each read of which may take what is left of the deadline."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket = connected
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        self._socket.settimeout(self._deadline.left())
        return self._socket.recv_into(buffer)


class _Shared(io.BufferedReader):
    """Read by one head after the other: one that is given up closes nothing under the next."""

    def close(self) -> None:
        """Leave it open: who opened the socket closes it."""


class _Wire:
    """What http.client needs of a socket."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._file = _Shared(_Stream(connected, deadline), _PIECE)
        self.heads: list[HTTPResponse] = []

    def makefile(self, *_mode: object) -> io.BufferedIOBase:
        return self._file


def ask(
    target: Target,
    headers: Mapping[str, str],
    limits: Limits,
    deadline: Deadline,
    *,
    form: bytes | None = None,
    read: frozenset[int] = frozenset({200, 203}),
    cut: bool = False,
) -> Reply:
    """Return the answer to one GET, or to one POST of `form`; follows no redirect.

    The body is taken for the statuses in `read`, for all when it is empty; with `cut`, no more of
    it than `limits` allow. Raises ConnectError when nothing could be asked, TemporaryError when
    the answer does not come whole, FeedError when it is more than `limits` allow, BlockedError for
    an address that is not global.
    """
    from http.client import HTTPException

    connected = connect(target, limits, deadline)
    wire = _Wire(connected, deadline)
    try:
        connected.settimeout(deadline.left())
        connected.sendall(_request(target, headers, form, proxied=is_forwarded(target)))
        response = _begin(wire)
        received = _joined(response.headers.items())
        body = b""
        if not read or response.status in read:
            body = _read_body(response, received, limits.max_bytes, cut=cut)
        charset = response.headers.get_content_charset() or ""
        return Reply(response.status, received, body, charset)
    except TimeoutError as error:
        raise TemporaryError(f"no whole answer within {limits.total:.0f} s") from error
    except (OSError, HTTPException, ValueError) as error:
        raise TemporaryError(f"the answer broke off: {reason(error)}") from error
    finally:
        # Left to the garbage, they would be closed after their stream, and say so on stderr.
        for head in wire.heads:
            head.close()
        connected.close()


def _begin(wire: _Wire) -> HTTPResponse:
    """Return the answer's head, those before it passed over (103, RFC 8297; 102)."""
    from http.client import HTTPResponse

    for _ in range(_MOST_HEADS):
        response = HTTPResponse(cast("socket.socket", wire), method="GET")
        wire.heads.append(response)
        response.begin()
        if response.status >= 200 or response.status == 101:
            return response
    raise ValueError("its head has no end")


def _joined(items: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return headers by name in lower case; the values of a repeated name, in one list."""
    joined: dict[str, str] = {}
    for name, value in items:
        key = name.lower()
        if key not in joined:
            joined[key] = value
        elif key != "location":
            joined[key] += f", {value}"
    return joined


def _request(
    target: Target, headers: Mapping[str, str], form: bytes | None, *, proxied: bool
) -> bytes:
    lines = {
        "Host": target.authority,
        "User-Agent": USER_AGENT,
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    if target.authorization:
        lines["Authorization"] = target.authorization
    if proxied:
        lines |= proxy_authorization(target)
    if form is not None:
        lines["Content-Type"] = "application/x-www-form-urlencoded;charset=utf-8"
        lines["Content-Length"] = str(len(form))
    lines |= headers
    start = f"{'GET' if form is None else 'POST'} {target.url if proxied else target.path} HTTP/1.1"
    text = "\r\n".join([start, *(f"{name}: {value}" for name, value in lines.items()), "", ""])
    # A validator goes back as the bytes that it came as, and http.client reads headers as Latin-1.
    return text.encode("latin-1") + (form or b"")


# ---------------------------------------------------------------- the body


def _read_body(response: HTTPResponse, headers: Mapping[str, str], cap: int, *, cut: bool) -> bytes:
    """Read and inflate a body piece by piece, so that no more than `cap` is ever held."""
    from http.client import IncompleteRead

    expected = None if response.chunked else response.length
    inflater = Inflater(headers.get("content-encoding", ""), cap, cut=cut)
    received = 0
    # Counted here: not every version of http.client stops by itself where Content-Length says.
    while not inflater.is_full and (expected is None or received < expected):
        piece = response.read1(_PIECE if expected is None else min(_PIECE, expected - received))
        if not piece:
            break
        received += len(piece)
        if received > cap and not cut:
            raise FeedError(too_large(cap))
        inflater.feed(piece)
    if expected is not None and received < expected and not inflater.is_full:
        raise IncompleteRead(b"", expected - received)
    return inflater.finish()
