"""Read an HTTP/1 answer from a stream: its head, and its body piece by piece (RFC 9112).

The standard library's client loads a parser of mail, and TLS for addresses that have none: that
takes as long as half of all else in a run that finds its feed as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase

PIECE = 1 << 16
_LONGEST_LINE = 1 << 16
_MOST_LINES = 100
_MOST_HEADS = 10
# What a server says twice has one meaning all the same: the first.
_ONCE = frozenset({"location", "content-length", "content-type"})


class Head(NamedTuple):
    """A status, and headers by name in lower case; the values of a repeated name, in one list."""

    status: int
    headers: dict[str, str]

    @property
    def charset(self) -> str:
        """The encoding that the body is said to be in, in lower case, "" where nothing is said."""
        for parameter in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'").lower()
        return ""


def read_head(stream: BufferedIOBase) -> Head:
    """Return the head of an answer, those before it passed over (103, RFC 8297; 100, 102).

    Raises ValueError for what is no head.
    """
    for _ in range(_MOST_HEADS):
        version, _, rest = _line(stream).partition(b" ")
        code = rest[:3]
        if not version.startswith(b"HTTP/1.") or not code.isdigit() or rest[3:4].strip():
            raise ValueError("it is no HTTP/1")
        head = Head(int(code), _headers(stream))
        if head.status >= 200 or head.status == 101:
            return head
    raise ValueError("its head has no end")


def _line(stream: BufferedIOBase) -> bytes:
    """Return the next line of a head, without what ends it."""
    line = stream.readline(_LONGEST_LINE + 1)
    if not line.endswith(b"\n"):
        raise ValueError("a line is too long" if len(line) > _LONGEST_LINE else "it ends too early")
    return line.rstrip(b"\r\n").replace(b"\r", b" ")


def _headers(stream: BufferedIOBase) -> dict[str, str]:
    found: dict[str, str] = {}
    key = ""
    for _ in range(_MOST_LINES + 1):
        line = _line(stream)
        if not line:
            return found
        if line[:1] in b" \t":  # a value that goes on, as it was done once (section 5.2)
            if key in found:
                found[key] += " " + line.strip(b" \t").decode("latin-1")
            continue
        name, _, value = line.partition(b":")
        key, said = name.decode("latin-1").lower(), value.strip(b" \t").decode("latin-1")
        if key not in found:
            found[key] = said
        elif key not in _ONCE:
            found[key] += f", {said}"
    raise ValueError(f"its head has more than {_MOST_LINES} lines")


def read_body(stream: BufferedIOBase, head: Head) -> Iterator[bytes]:
    """Yield the pieces of an answer's body. Raises ValueError where it ends too early."""
    headers = head.headers
    if head.status < 200 or head.status in {204, 304}:
        return
    if headers.get("transfer-encoding", "").rpartition(",")[2].strip().lower() == "chunked":
        while size := _size(stream):
            yield from _pieces(stream, size)
            _line(stream)
        return
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit():
        yield from _pieces(stream, int(length[:19]))
        return
    while piece := stream.read1(PIECE):
        yield piece


def _size(stream: BufferedIOBase) -> int:
    """Return how many bytes the next chunk has, 0 after the last (section 7.1)."""
    size = _line(stream).partition(b";")[0].strip()
    if not size.isalnum():  # int() knows signs, and ways to group digits
        raise ValueError("a piece of it has no length")
    return int(size, 16)


def _pieces(stream: BufferedIOBase, size: int) -> Iterator[bytes]:
    while size > 0:
        piece = stream.read1(min(size, PIECE))
        if not piece:
            raise ValueError(f"{size} more bytes were to come")
        size -= len(piece)
        yield piece
