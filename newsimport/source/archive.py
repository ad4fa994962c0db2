"""Read a large file of RSS 2.0 piece by piece, its items kept on the disk until they are told of.

Only what is beyond doubt: anything else is `parse_feed`'s, which has the whole file in memory.
"""

from __future__ import annotations

import codecs
import pickle
import re
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from newsimport.errors import FeedError
from newsimport.source.entries import FORBIDDEN, Reader
from newsimport.source.feed import feed_of, with_own_guids
from newsimport.source.gate import CHUNK, Strict
from newsimport.source.limits import most_tree_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsimport.models import Entry, Feed
    from newsimport.source.gate import Bounds

# What needs no look at its encoding: no byte order mark, no declaration of another one.
_UTF8_RSS = re.compile(
    rb"""\s*(?:<\?xml\s[^<>]*?(?:encoding=["']utf-8["'][^<>]*)?\?>\s*)?<rss[\s>]""", re.IGNORECASE
)
_OTHER_ENCODING = re.compile(rb"encoding(?!=[\"']utf-8[\"'])", re.IGNORECASE)
_PIECE = 64


class Kept:
    """Entries in a temporary file, which the system removes with the process at the latest."""

    def __init__(self, file: BinaryIO, entries: Iterable[Entry]) -> None:
        """Put all entries into a file of our own. Raises OSError where it has no room."""
        self._file = file
        self._count = 0
        piece: list[Entry] = []
        for entry in entries:
            self._count += 1
            piece.append(entry)
            if len(piece) == _PIECE:
                pickle.dump(piece, self._file, pickle.HIGHEST_PROTOCOL)
                piece = []
        pickle.dump(piece, self._file, pickle.HIGHEST_PROTOCOL)
        self._file.flush()

    def __del__(self) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Entry]:
        self._file.seek(0)
        left = self._count
        while left:
            # What we wrote ourselves into a file that has no name.
            piece: list[Entry] = pickle.load(self._file)  # noqa: S301
            left -= len(piece)
            yield from piece

    def __contains__(self, entry: object) -> bool:
        return any(entry == other for other in self)


def read_archive(file: BinaryIO, url: str, bounds: Bounds) -> Feed | None:
    """Return the feed in a file, read from `url`, as `parse_feed` would.

    None where that has something to say: of its encoding, its XML, a character, an item without
    words, or an attack. Raises OSError where it cannot be read, or its items cannot be kept.
    """
    from xml.parsers import expat

    head = file.read(1024)
    file.seek(0)
    if not _UTF8_RSS.match(head) or _OTHER_ENCODING.search(head.partition(b"<rss")[0]):
        return None
    strict = Strict(bounds, Reader().entry)
    sizes = _Sizes()
    try:
        # It lives as long as the feed does.
        entries = Kept(TemporaryFile(), with_own_guids(sizes.of(_read(file, strict))))  # noqa: SIM115
    except (FeedError, UnicodeDecodeError, expat.ExpatError):
        return None
    is_plain = strict.builder.root == "rss" and sizes.count > 1
    is_plain = is_plain and sizes.count == len(entries) and sizes.trees <= bounds.trees
    return feed_of(strict.builder.channel, entries, url) if is_plain else None


class _Sizes:
    """Counts entries, and what of them may have to become trees, on their way."""

    def __init__(self) -> None:
        self.count = self.trees = 0

    def of(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield the entries."""
        for entry in entries:
            self.count += 1
            self.trees += most_tree_size(entry.body)
            yield entry


def _read(file: BinaryIO, strict: Strict) -> Iterator[Entry]:
    """Yield the entries as they are read. Raises what is no reason to go on."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    entries = strict.builder.entries
    while chunk := file.read(CHUNK // 4):
        text = decoder.decode(chunk)
        if FORBIDDEN.search(text):
            raise FeedError("characters that XML forbids")
        strict.read(chunk)
        yield from entries
        entries.clear()
    decoder.decode(b"", True)
    strict.end()
    yield from entries
    entries.clear()
