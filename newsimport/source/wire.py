"""Ask one HTTP question and take the answer, within a deadline and a size."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from newsimport.errors import FeedError, TemporaryError
from newsimport.models import NOTHING
from newsimport.records import NamedTuple
from newsimport.source.answer import PIECE, Head, read_body, read_head
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
    from collections.abc import Mapping
    from typing import Any

    from newsimport.source.limits import Limits
    from newsimport.source.urls import Target

_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.1"


class Reply(NamedTuple):
    """An answer as it came: header names in lower case, the body decoded.

    The body is "" for a status that was not to be read.
    """

    status: int
    headers: Mapping[str, str] = NOTHING
    body: bytes = b""
    charset: str = ""


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
    connected = connect(target, limits, deadline)
    try:
        connected.settimeout(deadline.left())
        connected.sendall(_request(target, headers, form, proxied=is_forwarded(target)))
        stream = io.BufferedReader(_Stream(connected, deadline), PIECE)
        head = read_head(stream)
        body = b""
        if not read or head.status in read:
            body = _read_body(stream, head, limits.max_bytes, cut=cut)
        return Reply(head.status, head.headers, body, head.charset)
    except TimeoutError as error:
        raise TemporaryError(f"no whole answer within {limits.total:.0f} s") from error
    except (OSError, ValueError) as error:
        raise TemporaryError(f"the answer broke off: {reason(error)}") from error
    finally:
        connected.close()


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
    # A validator goes back as the bytes that it came as: headers are read as Latin-1.
    return text.encode("latin-1") + (form or b"")


# ---------------------------------------------------------------- the body


def _read_body(stream: io.BufferedIOBase, head: Head, cap: int, *, cut: bool) -> bytes:
    """Read and inflate a body piece by piece, so that no more than `cap` is ever held."""
    inflater = Inflater(head.headers.get("content-encoding", ""), cap, cut=cut)
    received = 0
    for piece in read_body(stream, head):
        received += len(piece)
        if received > cap and not cut:
            raise FeedError(too_large(cap))
        inflater.feed(piece)
        if inflater.is_full:
            break
    return inflater.finish()
