"""Read what is no well-formed RSS 2.0 through feedparser: Atom, RSS 1.0, XML that is broken."""

from __future__ import annotations

import calendar
import html
import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.sax.expatreader import ExpatParser

from newsimport.errors import FeedError
from newsimport.models import Entry, Feed, Pace
from newsimport.source.dates import read_date
from newsimport.source.entries import absolute, line, title
from newsimport.source.gate import MAX_TAG, refuse_doctype
from newsimport.text import tidy

if TYPE_CHECKING:
    from pyexpat import XMLParserType

    from newsimport.source.gate import Bounds

# What feedparser takes more than linear time for, and no story needs: the names and addresses of
# authors (its pattern for e-mail is quadratic), lists of keywords. It gets them under a name that
# it does not know.
_COSTLY = re.compile(
    r"<(/?)(?:[\w.-]{1,40}:)?(?:author|creator|contributor|managingeditor|webmaster|publisher|owner"
    r"|email|keywords|tags|valid|restriction|point|line|polygon|box|pos|poslist)(?=[\s/>])",
    re.IGNORECASE,
)
# Patterns that begin with letters alone are found ten times as fast.
_LONG_BASE = re.compile(r"""base\s{0,9}=\s{0,9}["'][^"'<>]{200}""")
_NAMESPACE = re.compile(r"""xmlns(?::[\w.-]{0,64})?\s{0,9}=\s{0,9}["']([^"'<>]{0,200})""")
_ITEM_OR_CATEGORY = re.compile(
    r"<(?:[\w.-]{1,40}:)?(item|entry|category|subject)(?=[\s/>])", re.IGNORECASE
)
_DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LONG_TAG = re.compile(rf"<[^<>]{{{MAX_TAG}}}")
_MOST_NAMESPACES = 64
_MOST_INSTRUCTIONS = 1_000
_MOST_CATEGORIES = 200
_DATES = ("published", "updated", "created")
_MOST_KEPT = 64


def create_parser(*_arguments: object) -> ExpatParser:
    """Return the SAX parser that feedparser is to use: by this name xml.sax finds it."""
    return _Buffering()


class _Buffering(ExpatParser):
    """expat telling of each text once, not line by line: a third faster, and never quadratic."""

    # Made by its class, which names it nowhere.
    _parser: XMLParserType

    def reset(self) -> None:
        """Begin a document."""
        super().reset()
        self._parser.buffer_text = True
        self._parser.buffer_size = 1 << 16


def read_dialect(text: str, url: str, bounds: Bounds, elements: int) -> Feed:
    """Return the feed in `text`, which has passed the gate with so many elements, 0 if not.

    Raises FeedError when it is none, and for what would take feedparser too long.
    """
    if not elements or not _is_strict(text):
        _refuse_broken(text, bounds)
    elif elements > bounds.foreign:
        raise FeedError(f"refused: more than {bounds.foreign} elements, and no RSS 2.0")
    _refuse_costly(text)
    import feedparser
    import feedparser.api

    if __name__ not in feedparser.api.PREFERRED_XML_PARSERS:
        feedparser.api.PREFERRED_XML_PARSERS.insert(0, __name__)
    try:
        parsed = feedparser.parse(
            io.BytesIO(_COSTLY.sub(r"<\1unread", text).encode("utf-8", "replace")),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    except Exception as error:  # what a parser of broken XML may raise has no end
        raise FeedError("refused: there is too much wrong with its XML") from error
    if not parsed.version and not parsed.entries:
        raise FeedError("this is no feed: neither RSS, Atom nor JSON Feed")
    if len(parsed.entries) > bounds.items:
        raise FeedError(f"refused: more than {bounds.items} items")
    channel = parsed.feed
    link = line(channel.get("link"))
    ttl = str(channel.get("ttl", ""))
    return Feed(
        url=url,
        title=title(channel.get("title")),
        link=link,
        language=line(channel.get("language")),
        entries=tuple(_read_entry(item, link) for item in parsed.entries),
        pace=Pace(int(ttl) if ttl.isdecimal() and len(ttl) < 7 else 0),
    )


def _is_strict(text: str) -> bool:
    """Say whether feedparser will take the XML for well-formed: each prefix has to be declared."""
    from xml.parsers import expat

    try:
        parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError:
        return False
    return True


def _refuse_broken(text: str, bounds: Bounds) -> None:
    """Refuse broken XML that no gate has seen and that would keep its parser busy."""
    if _DECLARATION.search(text):
        refuse_doctype()
    if len(text) > bounds.broken:
        raise FeedError(
            f"refused: more than {bounds.broken >> 20} MiB of XML that is not well-formed"
        )
    if text.count("<") + text.count("&") > bounds.foreign or _LONG_TAG.search(text):
        raise FeedError("refused: there is too much wrong with its XML")


def _refuse_costly(text: str) -> None:
    """Refuse what feedparser takes more than linear time for and is not in any feed in use."""
    if _LONG_BASE.search(text.lower()):
        raise FeedError("refused: an xml:base of more than 200 characters")
    if len(set(_NAMESPACE.findall(text))) > _MOST_NAMESPACES:
        raise FeedError(f"refused: more than {_MOST_NAMESPACES} namespaces")
    if text.count("<?") > _MOST_INSTRUCTIONS:
        raise FeedError(f"refused: more than {_MOST_INSTRUCTIONS} processing instructions")
    categories = 0
    for found in _ITEM_OR_CATEGORY.finditer(text):
        categories = 0 if found[1].lower() in {"item", "entry"} else categories + 1
        if categories > _MOST_CATEGORIES:
            raise FeedError(f"refused: an item with more than {_MOST_CATEGORIES} categories")


# ---------------------------------------------------------------- entries


def _read_entry(item: Any, base: str) -> Entry:
    """Return what a feedparser entry says; relative links are of the page that `base` names."""
    summary = _markup(item.get("summary"), _part(item, "summary_detail"))
    content = next(
        filter(None, (_markup(part.get("value"), part) for part in _parts(item, "content"))), ""
    )
    source = _part(item, "source")
    tags = (title(tag.get("label") or tag.get("term")) for tag in _parts(item, "tags"))
    return Entry(
        guid=line(item.get("id")),
        title=title(item.get("title")),
        link=absolute(line(item.get("link")), base),
        published=_date(item),
        body=content or summary,
        summary=summary if content and summary != content else "",
        publisher=title(source.get("title")),
        publisher_url=line(source.get("href") or source.get("link")),
        image=absolute(_image(item), base),
        categories=tuple(dict.fromkeys(filter(None, tags)))[:_MOST_KEPT],
    )


def _parts(item: Any, name: str) -> list[Any]:
    """Return what an entry has of an element, the tables among it.

    feedparser keeps an element that it does not know under its name, as text: <links> and <tags>
    of a stranger stand where its own lists do, and its dictionary's shorthands trip over them.
    """
    found = dict.get(item, name)
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []


def _part(item: Any, name: str) -> Any:
    found = dict.get(item, name)
    return found if isinstance(found, dict) else {}


def _markup(value: Any, detail: Any) -> str:
    """Return a text as HTML, "" where it is an image or the like."""
    kind = str(detail.get("type") or "")
    if not value or (not kind.startswith("text/") and "xml" not in kind and kind):
        return ""
    return html.escape(str(value), quote=False) if kind == "text/plain" else str(value)


def _date(item: Any) -> datetime | None:
    """Return an entry's time: as we read it, else as feedparser does, which knows more forms."""
    for read in (_own_date, _feedparser_date):
        for name in _DATES:
            if (when := read(item, name)) is not None:
                return when
    return None


def _own_date(item: Any, name: str) -> datetime | None:
    # Not through FeedParserDict, which gives another date where one is missing, and a warning.
    return read_date(tidy(str(dict.get(item, name) or "")))


def _feedparser_date(item: Any, name: str) -> datetime | None:
    value = dict.get(item, f"{name}_parsed")
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC) if value else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _image(item: Any) -> str:
    """Return the first image among enclosures, media elements and iTunes' own."""
    enclosures = (part for part in _parts(item, "links") if part.get("rel") == "enclosure")
    for part in [*enclosures, *_parts(item, "media_content")]:
        is_image = str(part.get("type", "")).startswith("image/") or part.get("medium") == "image"
        if is_image and (address := part.get("href") or part.get("url")):
            return line(address)
    thumbnails = (part.get("url") for part in _parts(item, "media_thumbnail"))
    return line(next(filter(None, thumbnails), "") or _part(item, "image").get("href"))
