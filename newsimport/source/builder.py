"""Put together what an RSS feed says from the elements that a parser meets."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# The namespaces, by what is left of their addresses: feeds spell them in many ways.
_NAMESPACES = {
    "purl.org/dc/elements/1.1": "dc:",
    "purl.org/dc/elements/1.0": "dc:",
    "purl.org/dc/terms": "dcterms:",
    "purl.org/rss/1.0/modules/content": "content:",
    "search.yahoo.com/mrss": "media:",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "www.w3.org/2005/atom": "",
    "purl.org/atom/ns#": "",
    "backend.userland.com/rss2": "",
    "blogs.law.harvard.edu/tech/rss": "",
}
# What these prefixes mean where nobody declared them.
_PREFIXES = {"dc", "dcterms", "content", "media", "itunes"}

# Which element says what, the best word first where several do.
_OF_ITEM = {
    "title": "title", "dc:title": "title 2", "media:title": "title 3",
    "guid": "id", "link": "link",
    "pubdate": "published", "published": "published",
    "dc:date": "published 2", "dcterms:issued": "published 3", "dcterms:created": "published 4",
    "updated": "updated", "dcterms:modified": "updated 2",
    "description": "summary", "media:description": "summary 2", "itunes:summary": "summary 3",
    "dc:description": "summary 4", "content:encoded": "content",
    "category": "category", "dc:subject": "category",
    "source": "source",
}  # fmt: skip
_OF_CHANNEL = {
    "title": "title", "dc:title": "title 2", "link": "link",
    "language": "language", "dc:language": "language 2", "ttl": "ttl",
}  # fmt: skip
_NESTED = {
    ("image", "url"): "image",
    ("media:group", "media:description"): "summary 2",
    ("media:group", "media:title"): "title 3",
    ("skiphours", "hour"): "hours",
    ("skipdays", "day"): "days",
}
_LISTS = frozenset({"category", "hours", "days"})
_MOST_IN_A_LIST = 64
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)

# A C1 control in UTF-8.
_has_c1 = re.compile(rb"\xc2[\x80-\x9f]").search

Record = dict[str, Any]


class Tag(str):
    """A tag within the text of an element."""

    __slots__ = ()


class Builder:
    """Takes elements and text in their order, and makes records of what they say.

    Each is a record of first words: `title`, `link`, `id`, `published`, `summary`, `content`,
    `source`, `source url`, `image`, `media` (type, medium and address of each), `category`,
    `hours`, `days`, `language`, `ttl`, `base`; a second-best word has a number at its name.
    `root` is the name of the root, `elements` the number of all elements.
    """

    def __init__(self, finish: Callable[[Record, Record], None]) -> None:
        """`finish` takes an item's record, when it is whole, and its channel's so far."""
        self.channel: Record = {}
        self._finish = finish
        self.item: Record | None = None
        self.root = ""
        self.elements = 0
        self._stack: list[str] = []
        self._names: dict[str, str] = {}
        self._prefixes: dict[str, str] = {}
        self._scopes: list[tuple[int, dict[str, str], dict[str, str]]] = []
        self._parts: list[str] | None = None
        self._inside = 0
        self._key = ""

    # ------------------------------------------------------------ names

    def name(self, raw: str) -> str:
        """Return what an element is called here: in lower case, its namespace's prefix first."""
        found = self._names.get(raw)
        if found is None:
            prefix, colon, local = raw.lower().rpartition(":")
            space = self._prefixes.get(prefix)
            if space is None:
                space = f"{prefix}:" if prefix in _PREFIXES else "" if not colon else "?:"
                if prefix == "atom":
                    space = ""
            found = self._names[raw] = space + local
        return found

    def _declare(self, attributes: list[str]) -> None:
        """Heed the namespaces that an element declares."""
        declared = {}
        for place in range(0, len(attributes), 2):
            name = attributes[place]
            if name.startswith("xmlns"):
                prefix = name[6:].lower()
                address = attributes[place + 1].strip().lower().rstrip("/")
                known = _NAMESPACES.get(address.partition("://")[2])
                # A default namespace that nobody knows is still the feed's own.
                declared[prefix] = known if known is not None else "?:" if prefix else ""
        if declared:
            self._scopes.append((len(self._stack), self._names, self._prefixes))
            self._names, self._prefixes = {}, {**self._prefixes, **declared}

    # ------------------------------------------------------------ events

    def start(self, raw: str, attributes: list[str]) -> None:
        """Take a start tag; `attributes` are names and values in turn."""
        if self._parts is not None:
            self._inside += 1
            self._parts.append(_markup(raw, attributes))
            return
        if attributes:
            self._declare(attributes)
        name = self._names.get(raw) or self.name(raw)
        stack = self._stack
        parent = stack[-1] if stack else ""
        stack.append(name)
        if self.item is None:
            self.root = self.root or name
            if name == "item":
                self.item = {"base": _attribute(attributes, "xml:base")}
                return
        if attributes:
            self._read_attributes(name, parent, attributes)
        if self.item is not None:
            key = _OF_ITEM.get(name) if parent == "item" else _NESTED.get((parent, name))
        elif parent == "channel":
            key = _OF_CHANNEL.get(name)
        else:
            key = _NESTED.get((parent, name)) if parent != "image" else None
        if key:
            self._parts, self._key = [], key

    def end(self, raw: str) -> None:
        """Take an end tag."""
        if self._parts is not None:
            if self._inside:
                self._inside -= 1
                self._parts.append(_end_markup(raw))
                return
            self._store(self._key, self._joined(self._parts).strip())
            self._parts = None
        if not self._stack:
            return
        name = self._stack.pop()
        if self._scopes and self._scopes[-1][0] == len(self._stack):
            _, self._names, self._prefixes = self._scopes.pop()
        if name == "item" and self.item is not None and "item" not in self._stack:
            self._finish(self.item, self.channel)
            self.item = None

    def text(self, text: str) -> None:
        """Take text, or a part of it."""
        if self._parts is not None:
            self._parts.append(text)

    # ------------------------------------------------------------ values

    def _joined(self, parts: list[str]) -> str:
        """Return the text of an element; markup that was not escaped there is made so."""
        if len(parts) == 1:  # never a tag: those come in pairs
            return parts[0]
        if not any(isinstance(part, Tag) for part in parts):
            return "".join(parts)
        import html

        return "".join(
            part if isinstance(part, Tag) else html.escape(part, quote=False) for part in parts
        )

    def _store(self, key: str, value: str) -> None:
        record = self.channel if self.item is None else self.item
        if not value.isascii():
            value = _repair(value)
        if not value:
            return
        if key in _LISTS:
            found = record.setdefault(key, [])
            if len(found) < _MOST_IN_A_LIST:
                found.append(value)
        elif key not in record:
            record[key] = value

    def _read_attributes(self, name: str, parent: str, attributes: list[str]) -> None:
        given = dict(zip(attributes[::2], attributes[1::2], strict=False))
        record = self.channel if self.item is None else self.item
        if parent not in {"item", "channel", "media:group"}:
            if name in {"rss", "channel"}:
                record.setdefault("base", given.get("xml:base", ""))
                record.setdefault("language 3", given.get("xml:lang", ""))
            return
        if name == "link":
            self._read_link(record, given)
        elif name == "source":
            record.setdefault("source url", given.get("url", ""))
        elif name in {"itunes:image", "image"} and given.get("href"):
            record.setdefault("image", given["href"])
        elif name == "guid":
            record["is permalink"] = given.get("isPermaLink", "").lower() != "false"
        elif name in {"enclosure", "media:content", "media:thumbnail"}:
            kind = given.get("type", "")
            medium = "thumbnail" if name == "media:thumbnail" else given.get("medium", "")
            _add_media(record, kind, medium, given.get("url", ""), _size(given))

    @staticmethod
    def _read_link(record: Record, given: dict[str, str]) -> None:
        href, rel = given.get("href", "").strip(), given.get("rel", "alternate").strip().lower()
        if href and rel == "alternate":
            key = "link" if given.get("type", "text/html") in {"text/html", ""} else "link 2"
            record.setdefault(key, href)
        elif rel == "enclosure":
            _add_media(record, given.get("type", ""), "", href, _size(given))


def _repair(text: str) -> str:
    """Return a text as it was meant where its letters were decoded wrongly, as feedparser does.

    UTF-8 that was read as Latin-1 and encoded again, and windows-1252 in place of C1 controls.
    """
    text = _decoded(text)
    # To look for the controls in UTF-8, in which all of them begin alike, takes the least time.
    return text.translate(_cp1252()) if _has_c1(text.encode("utf-8", "replace")) else text


def _decoded(text: str) -> str:
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


@lru_cache(maxsize=1)
def _cp1252() -> dict[int, str]:
    letters = ((code, bytes([code]).decode("cp1252", "ignore")) for code in range(0x80, 0xA0))
    return {code: letter for code, letter in letters if letter}


def _add_media(record: Record, kind: str, medium: str, address: str, size: tuple[int, int]) -> None:
    media = record.setdefault("media", [])
    if address and len(media) < _MOST_IN_A_LIST:
        media.append((kind, medium, address, *size))


def _size(given: dict[str, str]) -> tuple[int, int]:
    """Return how many pixels and how many bytes a medium has, 0 where that is not said."""
    width, height = _number(given.get("width", "")), _number(given.get("height", ""))
    return width * height, _number(given.get("fileSize", "") or given.get("length", ""))


def _number(text: str) -> int:
    bare = text.strip()
    return int(bare) if bare.isascii() and bare.isdecimal() and len(bare) < 10 else 0


def _attribute(attributes: list[str], name: str) -> str:
    if name not in attributes:
        return ""
    place = attributes.index(name)
    return attributes[place + 1] if place % 2 == 0 else ""


def _markup(raw: str, attributes: list[str]) -> Tag:
    import html

    pairs = zip(attributes[::2], attributes[1::2], strict=False)
    written = "".join(
        f' {name}="{html.escape(value)}"' for name, value in pairs if not name.startswith("xmlns")
    )
    return Tag(f"<{raw.rpartition(':')[2]}{written}>")


def _end_markup(raw: str) -> Tag:
    name = raw.rpartition(":")[2]
    return Tag("" if name in _VOID else f"</{name}>")
