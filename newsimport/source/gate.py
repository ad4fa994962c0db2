"""Refuse hostile XML before any parser of names sees it, and say whether it is well-formed."""

from __future__ import annotations

import re

from newsimport.errors import FeedError

# Clause 8. Each bound is far above what any feed in use needs, and far below what hurts.
MAX_DEPTH = 64
MAX_ATTRIBUTES = 64
MAX_TEXT = 1 << 20
MAX_ITEMS = 5_000
MAX_LOCAL_ITEMS = 1_000_000
_ITEM_NAMES = frozenset({"item", "entry"})
# expat before 2.6 scans an unfinished token again with each chunk: few chunks, and no huge tokens.
_CHUNK = 1 << 20
_PROLOG_DTD = re.compile(
    r"(?:[^<]|<(?![A-Za-z!])|<!--(?:[^-]|-(?!->))*-->)*<!(?:DOCTYPE|ENTITY)", re.IGNORECASE
)
_NO_DTD = "refused: it declares a document type (DTD), which no feed needs and attacks are made of"


class _Counter:
    """Counts what the bounds are about while expat goes through a document."""

    def __init__(self, max_items: int) -> None:
        self.depth = self.text = self.items = 0
        self.max_items = max_items

    def start(self, name: str, attributes: list[str]) -> None:
        self.depth += 1
        self.text = 0
        if self.depth > MAX_DEPTH:
            raise FeedError(f"refused: elements nested deeper than {MAX_DEPTH}")
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            raise FeedError(f"refused: an element with more than {MAX_ATTRIBUTES} attributes")
        if name.rpartition(":")[2] in _ITEM_NAMES:
            self.items += 1
            if self.items > self.max_items:
                raise FeedError(f"refused: more than {self.max_items} items")

    def doctype(self, *_declaration: object) -> None:
        raise FeedError(_NO_DTD)

    def end(self, _name: str) -> None:
        self.depth -= 1
        self.text = 0

    def characters(self, text: str) -> None:
        self.text += len(text)
        if self.text > MAX_TEXT:
            raise FeedError("refused: an element with more than 1 MiB of text")


def check_xml(text: str, max_items: int = MAX_ITEMS) -> str:
    """Return "" when `text` is well-formed XML, else what is wrong with it.

    Raises FeedError for what no feed needs (a DTD, an entity declaration, depth, attributes,
    text or items over the bounds) and for a document that ends before its root is closed.
    """
    from xml.parsers import expat

    # Something ill-formed before it would hide a declaration from expat; it counts all the same.
    if _PROLOG_DTD.match(text[: 1 << 16]):
        raise FeedError(_NO_DTD)
    counter = _Counter(max_items)
    parser = expat.ParserCreate(encoding="utf-8")
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.CharacterDataHandler = counter.characters
    parser.StartDoctypeDeclHandler = counter.doctype
    fed = 0
    try:
        for start in range(0, len(text), _CHUNK):
            chunk = text[start : start + _CHUNK].encode("utf-8", "replace")
            fed += len(chunk)
            parser.Parse(chunk, False)
            if fed - parser.CurrentByteIndex > 2 * _CHUNK:
                raise FeedError("refused: a single tag or comment of more than 1 MiB")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        if error.code in _ENDED and counter.depth:
            raise FeedError(
                "refused: it ends before its root element is closed; the next run may have it whole"
            ) from None
        return f"line {error.lineno}: {expat.ErrorString(error.code)}"
    return ""


# XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR and
# XML_ERROR_UNCLOSED_CDATA_SECTION of expat.h, by number so that expat is not loaded for them.
_ENDED = frozenset({3, 5, 6, 20})
