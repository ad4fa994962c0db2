"""Keep a sequence of any length: its last values in memory, the others in a temporary file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

T = TypeVar("T")


class Spool(Sequence[T]):
    """A sequence that only grows at its end, and takes no more memory the longer it gets.

    Its file has no name, so nobody else reads it and nothing is left of it, however the run ends.
    Where there is no room for one, the memory has to do.
    """

    def __init__(self, piece: int = 32) -> None:
        """`piece` is how many values go to the file together: of a feed, some hundred KiB."""
        self._size = piece
        self._last: list[T] = []
        # Where each full piece begins in the file; itself, if it could not be written there.
        self._pieces: list[int | bytes] = []
        self._file: IO[bytes] | None = None

    def __del__(self) -> None:
        """Give its file back."""
        if self._file:
            self._file.close()

    def append(self, value: T) -> None:
        """Add a value at the end."""
        self._last.append(value)
        # One more is waited for: what fits into a piece needs no file.
        if len(self._last) > self._size:
            self._put(self._last[: self._size])
            del self._last[: self._size]

    def _put(self, values: list[T]) -> None:
        import pickle

        piece = pickle.dumps(values, pickle.HIGHEST_PROTOCOL)
        try:
            if self._file is None:
                self._file = _nameless()
            place = self._file.seek(0, 2)
            if self._file.write(piece) == len(piece):
                self._pieces.append(place)
                return
        except OSError:
            pass
        self._pieces.append(piece)

    def _piece(self, number: int) -> list[T]:
        import pickle

        piece = self._pieces[number]
        values: list[T]
        if isinstance(piece, bytes):
            values = pickle.loads(piece)  # noqa: S301 - our own
        else:
            assert self._file is not None
            self._file.seek(piece)
            values = pickle.load(self._file)  # noqa: S301 - our own
        return values

    def __len__(self) -> int:
        return len(self._pieces) * self._size + len(self._last)

    def __iter__(self) -> Iterator[T]:
        for number in range(len(self._pieces)):
            yield from self._piece(number)
        yield from self._last

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        """Return one value, or those of a slice."""
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        number = place if place >= 0 else place + len(self)
        if not 0 <= number < len(self):
            raise IndexError(place)
        piece, rest = divmod(number, self._size)
        return self._piece(piece)[rest] if piece < len(self._pieces) else self._last[rest]


def _nameless() -> IO[bytes]:
    """Return a new file that only this process has. Raises OSError.

    What the standard library has for it loads OpenSSL and three kinds of compression: 5 MiB.
    """
    folder = os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - its name is random, and soon gone
    if os.name != "posix":
        import tempfile

        return tempfile.TemporaryFile(buffering=0)
    path = f"{folder}/newsimport-{os.urandom(12).hex()}"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(path, flags, 0o600)
    Path(path).unlink()
    return os.fdopen(handle, "w+b", buffering=0)
