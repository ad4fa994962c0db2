"""Put together what an RSS feed says from the elements that a parser meets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsimport.source.encoding import may_need_repair, repair
from newsimport.source.gate import MAX_DEPTH, Gate

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsimport.source.gate import Bounds

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
# The roots of what is listened to: none yet, and that of RSS 2.0.
_OURS = frozenset({"", "rss"})
# How "item" and "entry" end: to cut a prefix from each name would take ten times as long.
_ENDS_OF_ITEMS = frozenset({"item", "ntry"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)

Record = dict[str, Any]


class Tag(str):
    """A tag within the text of an element."""

    __slots__ = ()


class Builder(Gate):
    """Takes elements and text in their order, and makes records of what they say.

    Each is a record of first words: `title`, `link`, `id`, `published`, `summary`, `content`,
    `source`, `source url`, `image`, `media` (type, medium and address of each), `category`,
    `hours`, `days`, `language`, `ttl`, `base`; a second-best word has a number at its name.
    `root` is the name of the root; of what is not RSS 2.0, elements are counted, and no more.
    """

    def __init__(self, finish: Callable[[Record, Record], None], bounds: Bounds) -> None:
        """`finish` takes an item's record, when it is whole, and its channel's so far."""
        super().__init__(bounds)
        self.channel: Record = {}
        self._finish = finish
        self.item: Record | None = None
        self.root = ""
        self._may_need_repair = False
        self._names: dict[str, str] = {}
        self._prefixes: dict[str, str] = {}
        self._scopes: list[tuple[int, dict[str, str], dict[str, str]]] = []
        # Of the element whose text is wanted: what it is, how deep, its text so far if that has
        # tags in it.
        self._key = ""
        self._depth = 0
        self._mixed: list[str] = []

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

    def _declare(self, given: dict[str, str]) -> None:
        """Heed the namespaces that the attributes of an element declare."""
        declared = {}
        for name, address in given.items():
            if name.startswith("xmlns"):
                prefix = name[6:].lower()
                bare = address.strip().lower().rstrip("/").partition("://")[2]
                # A default namespace that nobody knows is still the feed's own.
                declared[prefix] = _NAMESPACES.get(bare, "?:" if prefix else "")
        if declared:
            self._scopes.append((len(self.open), self._names, self._prefixes))
            self._names, self._prefixes = {}, {**self._prefixes, **declared}

    # ------------------------------------------------------------ events

    def hear_of(self, chunk: bytes) -> None:
        """Look over a piece of the document before it is read."""
        self._may_need_repair = self._may_need_repair or may_need_repair(chunk)

    def start(self, raw: str, given: dict[str, str]) -> None:
        """Take a start tag; `given` are its attributes."""
        if self.parts and not self._key:
            self.drop_text()
        inside = self.open
        self.elements += 1
        if self.elements > self._most_elements or len(inside) >= MAX_DEPTH:
            self.refuse_element()
        if given:
            self.weigh(given)
        if raw[-4:] in _ENDS_OF_ITEMS:
            self.count_item(raw)
        if self._key or self.root not in _OURS:
            self._open_other(raw, given)
            return
        if given:
            self._declare(given)
        name = self._names.get(raw) or self.name(raw)
        parent = inside[-1] if inside else ""
        inside.append(name)
        if given:
            self._read_attributes(name, parent, given)
        if parent == "item":
            self._key = _OF_ITEM.get(name, "")
        elif self.item is None:
            self._open_channel(name, parent, given)
        else:
            self._key = _NESTED.get((parent, name), "")
        self._depth = len(inside)

    def _open_other(self, raw: str, given: dict[str, str]) -> None:
        """Take the start of an element within a text, or of what is no RSS."""
        if self._key:
            self._mix(_markup(raw, given))
        self.open.append(raw)

    def _open_channel(self, name: str, parent: str, given: dict[str, str]) -> None:
        """Take the start of an element that is no part of an item."""
        self.root = self.root or name
        if name == "item":
            self.item = {"base": given.get("xml:base", "")}
        elif parent == "channel":
            self._key = _OF_CHANNEL.get(name, "")
        elif parent != "image":
            self._key = _NESTED.get((parent, name), "")

    def end(self, raw: str) -> None:
        """Take an end tag."""
        inside = self.open
        if self._key:
            if len(inside) > self._depth:
                inside.pop()
                self._mix(_end_markup(raw))
                return
            parts = self.parts
            text = parts[0] if len(parts) == 1 and not self._mixed else self._joined()
            parts.clear()
            self._store(self._key, text.strip())
            self._key = ""
        elif self.parts:
            self.drop_text()
        name = inside.pop()
        if self._scopes and self._scopes[-1][0] == len(inside):
            _, self._names, self._prefixes = self._scopes.pop()
        if name == "item" and self.item is not None and "item" not in inside:
            self._finish(self.item, self.channel)
            self.item = None

    # ------------------------------------------------------------ values

    def _mix(self, tag: Tag) -> None:
        """Take a tag within a text."""
        self.weigh_text()
        self._mixed += [*self.parts, tag]
        self.parts.clear()

    def _joined(self) -> str:
        """Return the text of an element; markup that was not escaped there is made so."""
        self.weigh_text()
        if not self._mixed:
            return "".join(self.parts)
        import html

        texts = [*self._mixed, *self.parts]
        self._mixed = []
        return "".join(
            part if isinstance(part, Tag) else html.escape(part, quote=False) for part in texts
        )

    def _store(self, key: str, value: str) -> None:
        record = self.channel if self.item is None else self.item
        if self._may_need_repair and not value.isascii():
            value = repair(value)
        if not value:
            return
        if key in _LISTS:
            found = record.setdefault(key, [])
            if len(found) < _MOST_IN_A_LIST:
                found.append(value)
        elif key not in record:
            record[key] = value

    def _read_attributes(self, name: str, parent: str, given: dict[str, str]) -> None:
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


def _markup(raw: str, given: dict[str, str]) -> Tag:
    import html

    written = "".join(
        f' {name}="{html.escape(value)}"'
        for name, value in given.items()
        if not name.startswith("xmlns")
    )
    return Tag(f"<{raw.rpartition(':')[2]}{written}>")


def _end_markup(raw: str) -> Tag:
    name = raw.rpartition(":")[2]
    return Tag("" if name in _VOID else f"</{name}>")
