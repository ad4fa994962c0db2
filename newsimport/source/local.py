"""Read a local file or a pipe: at once, or piece by piece where it is large."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from newsimport.errors import FeedError
from newsimport.records import NamedTuple
from newsimport.source.limits import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

MAX_LOCAL_BYTES = 1 << 30
# What is smaller is held in memory: to read it in pieces would save little.
_LARGE = 1 << 20
_PIECE = 1 << 18
_GZIP = b"\x1f\x8b"


class Large(NamedTuple):
    """A large body: its `pieces` can be gone through more than once; `size` is in bytes."""

    pieces: Iterable[bytes]
    size: int


class _File:
    """The pieces of a file, as it is whenever they are asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[bytes]:
        try:
            with self._path.open("rb") as file:
                yield from _pieces(file)
        except OSError as error:
            raise unreadable(error) from error


def read_file(path: Path, *, in_pieces: bool) -> bytes | Large:
    """Return what a file holds; with `in_pieces`, a large one need not be held in memory.

    Raises OSError, ValueError for a name that cannot be, and FeedError for what is no feed.
    """
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        if in_pieces and stat.S_ISREG(status.st_mode) and status.st_size > _LARGE:
            return Large(_File(path), status.st_size)
        return read_pipe(file, in_pieces=in_pieces and not stat.S_ISREG(status.st_mode))


def unreadable(error: Exception) -> FeedError:
    """Return what an error of the system means for what was to be read."""
    said = error.strerror if isinstance(error, OSError) else None
    return FeedError(f"cannot read it: {said or error}").because_of(error)


def read_pipe(file: BinaryIO, *, in_pieces: bool) -> bytes | Large:
    """Return what is left to read of a file; with `in_pieces`, much of it need not be in memory."""
    if not in_pieces:
        return b"".join(_pieces(file))
    from newsimport.spool import Spool

    spool, size = Spool[bytes](piece=1), 0
    for piece in _pieces(file):
        spool.append(piece)
        size += len(piece)
    return Large(spool, size) if size > _LARGE else b"".join(spool)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file to its end, but for one that cannot be a feed, however large it is."""
    size = since_tag = 0
    is_json = False
    while piece := file.read(_PIECE):
        if not size and piece.startswith(_GZIP):
            raise FeedError("it is compressed; unpack it first: zcat FILE | newsimport fetch -")
        is_json = is_json or (not size and piece[:100].lstrip().startswith((b"{", b"[")))
        size += len(piece)
        if size > MAX_LOCAL_BYTES:
            raise FeedError(f"refused: more than {MAX_LOCAL_BYTES >> 20} MiB")
        last = piece.rfind(b"<")
        since_tag = since_tag + len(piece) if last < 0 else len(piece) - last
        if since_tag > MAX_BYTES and not is_json:
            raise FeedError(f"refused: more than {MAX_BYTES >> 20} MiB without a tag")
        yield piece
