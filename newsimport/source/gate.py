"""Refuse hostile XML while it is read, and say whether it is well-formed."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NoReturn

from newsimport.errors import FeedError
from newsimport.records import NamedTuple
from newsimport.source.limits import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.parsers.expat import XMLParserType

    from newsimport.source.builder import Builder

# Clause 8. Each bound is far above what any feed in use needs, and far below what hurts.
MAX_DEPTH = 64
MAX_ATTRIBUTES = 64
MAX_TEXT = 1 << 20
MAX_ITEMS = 5_000
# Not in the clause, but what follows from it: each element takes time, however small it is.
MAX_ELEMENTS = 250_000
# What feedparser gets takes it ten times as long as our own reader, and a hundred if it is broken.
MAX_FOREIGN = 20_000
MAX_BROKEN = 1 << 21
MAX_TREES = 25_000
MAX_TAG = 1 << 16
# expat before 2.6 scans an unfinished token again with each chunk: few chunks, and no huge tokens.
_CHUNK = 1 << 20
_NO_DTD = "refused: it declares a document type (DTD), which no feed needs and attacks are made of"
CUT_SHORT = "refused: it ends before its root element is closed; the next run may have it whole"
# XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR and
# XML_ERROR_UNCLOSED_CDATA_SECTION of expat.h, by number so that expat is not loaded for them.
_ENDED = frozenset({3, 5, 6, 20})


class Bounds(NamedTuple):
    """How much a document may hold: items, and elements in all.

    `foreign` are the elements of one that is not RSS 2.0, `broken` the characters of one that is
    not well-formed, `trees` the tags of clusters that are not in Google's markup of today.
    """

    items: int = MAX_ITEMS
    elements: int = MAX_ELEMENTS
    foreign: int = MAX_FOREIGN
    broken: int = MAX_BROKEN
    trees: int = MAX_TREES


def local_bounds(size: int) -> Bounds:
    """Return the bounds for a file of so many bytes: an archive may have a million items.

    As many as its size makes plausible: what is all tags and no text takes long and says nothing.
    """
    is_archive = size > MAX_BYTES
    return Bounds(
        items=min(max(MAX_ITEMS, size // 64), 1_000_000),
        elements=max(MAX_ELEMENTS, size // 32),
        foreign=size // 32 if is_archive else MAX_FOREIGN,
        broken=size if is_archive else MAX_BROKEN,
        trees=size // 32 if is_archive else MAX_TREES,
    )


class Gate:
    """Counts what the bounds are about while a document is read; raises FeedError beyond them."""

    def __init__(self, bounds: Bounds) -> None:
        self.elements = 0
        # The names of the elements that are open, and the text since the last tag that mattered.
        self.open: list[str] = []
        self.parts: list[str] = []
        self._bounds = bounds
        self._most_elements = bounds.elements
        self._items = 0

    def refuse_element(self) -> NoReturn:
        """Refuse an element that is one too many, or too deep."""
        if len(self.open) >= MAX_DEPTH:
            raise FeedError(f"refused: elements nested deeper than {MAX_DEPTH}")
        raise FeedError(f"refused: more than {self._most_elements} elements")

    def weigh(self, attributes: dict[str, str]) -> None:
        """Refuse too many attributes, and a tag that is too long."""
        if len(attributes) > MAX_ATTRIBUTES:
            raise FeedError(f"refused: an element with more than {MAX_ATTRIBUTES} attributes")
        size = 0
        for name, value in attributes.items():
            size += len(name) + len(value)
        if size > MAX_TAG:
            raise FeedError("refused: a single tag of more than 64 KiB")

    def count_item(self, name: str) -> None:
        """Count an item, if an element of this name is one."""
        if name.rpartition(":")[2] in {"item", "entry"}:
            self._items += 1
            if self._items > self._bounds.items:
                raise FeedError(f"refused: more than {self._bounds.items} items")

    def weigh_text(self) -> None:
        """Refuse too much text since the last tag."""
        if sum(map(len, self.parts)) > MAX_TEXT:
            raise FeedError("refused: an element with more than 1 MiB of text")

    def drop_text(self) -> None:
        """Count text that nobody wants."""
        self.weigh_text()
        self.parts.clear()


def refuse_doctype(*_declaration: object) -> NoReturn:
    """Refuse a document type."""
    raise FeedError(_NO_DTD)


def pieces_of(body: bytes) -> Iterator[bytes]:
    """Yield a body in pieces."""
    for place in range(0, len(body), _CHUNK):
        yield body[place : place + _CHUNK]


def chunks_of(text: str, start: int = 0) -> Iterator[bytes]:
    """Yield a text from `start` on, in UTF-8 and in pieces."""
    for place in range(start, len(text), _CHUNK):
        yield text[place : place + _CHUNK].encode("utf-8", "replace")


def read_strictly(chunks: Iterable[bytes], builder: Builder) -> str:
    """Let `builder` hear what a document in UTF-8 says; return what is wrong with it, or "".

    The builder has the entries of RSS 2.0, and of any other document its root and its size alone.

    Raises FeedError for what no feed needs (a DTD, an entity declaration, depth, attributes,
    text or items over the bounds) and for a document that ends before its root is closed.
    """
    from xml.parsers import expat

    parser = expat.ParserCreate(encoding="utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    # Nothing of ours is called for a text: what it adds up to is looked at with the next tag.
    parser.CharacterDataHandler = builder.parts.append
    parser.StartDoctypeDeclHandler = refuse_doctype
    fault = ""
    try:
        _read_pieces(iter(chunks), parser, builder)
    except expat.ExpatError as error:
        builder.weigh_text()
        if error.code in _ENDED and builder.open:
            raise FeedError(CUT_SHORT) from None
        fault = f"line {error.lineno}: {expat.ErrorString(error.code)}"
    return fault


def _read_pieces(chunks: Iterator[bytes], parser: XMLParserType, builder: Builder) -> None:
    first, second = next(chunks, b""), next(chunks, b"")
    fed = 0
    for chunk in chain((first, second), chunks) if second else ():
        fed += len(chunk)
        builder.hear_of(chunk)
        parser.Parse(chunk, False)
        builder.weigh_text()
        if fed - parser.CurrentByteIndex > 4 * _CHUNK:
            raise FeedError("refused: a single tag or comment of more than 1 MiB")
    # What is all in one piece expat does not go over once more, to count its lines.
    last = b"" if second else first
    builder.hear_of(last)
    parser.Parse(last, True)
