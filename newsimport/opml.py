"""Read and write OPML, the lists of feeds that feed readers exchange."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from newsimport.errors import FeedError
from newsimport.records import NamedTuple
from newsimport.source.urls import is_url, public_url
from newsimport.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsimport.config import Source

_MOST_OUTLINES = 100_000
_MAX_DEPTH = 64
# What some browsers and readers wrote: feed://host/ for http://host/, feed:https://host/ for that.
_FEED_SCHEME = re.compile(r"\Afeed:(?:(https?://)|//)", re.IGNORECASE)


class Outline(NamedTuple):
    """A feed in a list: its address, what the list calls it, and the folders that it lies in."""

    url: str
    title: str
    folders: tuple[str, ...] = ()


class _Reading:
    """What has been read of an OPML file so far."""

    def __init__(self) -> None:
        self.root = ""
        self.found: dict[str, Outline] = {}
        self.unusable = 0
        self._folders: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in a tag, as expat calls for it."""
        self.root = self.root or name.lower()
        if name.lower() != "outline":
            return
        given = {key.lower(): value for key, value in attributes.items()}
        title = tidy(unescape(given.get("title") or given.get("text", "")))[:200]
        url = given.get("xmlurl", "").strip()
        url = _FEED_SCHEME.sub(lambda found: found[1] or "http://", url)
        if is_url(url):
            folders = tuple(filter(None, self._folders))
            self.found.setdefault(url, Outline(url, title, folders))
        elif url:
            self.unusable += 1
        if len(self.found) > _MOST_OUTLINES or len(self._folders) > _MAX_DEPTH:
            raise FeedError("refused: too many outlines, or nested too deeply")
        self._folders.append("" if url else title)

    def end(self, name: str) -> None:
        """Take in the end of an element, as expat calls for it."""
        if name.lower() == "outline":
            self._folders.pop()


def _refuse_doctype(*_declaration: object) -> None:
    raise FeedError("refused: it declares a document type (DTD), which no list of feeds needs")


def read_opml(body: bytes) -> tuple[list[Outline], int]:
    """Return the feeds in an OPML file, each address once, and how many have no web address.

    A bare "&" or "&nbsp;" stops nothing: such lists are written by hand. Raises FeedError when it
    is none, or declares a document type: such lists come from strangers.
    """
    from xml.parsers import expat

    from newsimport.source.encoding import decode
    from newsimport.source.mend import mend

    reading = _Reading()
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(mend(decode(body)[0]).encode("utf-8", "replace"), True)
    except (expat.ExpatError, ValueError) as error:
        raise FeedError(f"this is no OPML: {error}") from error
    if reading.root != "opml":
        raise FeedError("this is no OPML: its root is another element")
    return list(reading.found.values()), reading.unusable


def write_opml(sources: Iterable[Source]) -> str:
    """Return a list of feeds as OPML 2.0, without what is secret in their addresses (clause 27)."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head><title>newsimport</title></head>",
        "  <body>",
        *(
            f'    <outline type="rss" text="{escape(source.name)}" title="{escape(source.name)}"'
            f' xmlUrl="{escape(public_url(source.url))}"/>'
            for source in sources
            if is_url(source.url)
        ),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


def name_for(title: str, url: str, taken: dict[str, int]) -> str:
    """Return a name for a feed that none of those taken is, and take it: letters, digits and "-".

    The values of `taken` are the last numbers given to names that would be the same.
    """
    from slugify import slugify

    host = re.sub(r"^https?://(?:www\.)?", "", url, flags=re.IGNORECASE).split("/")[0]
    base = slugify(title, max_length=40, word_boundary=True) or slugify(host, max_length=40)
    base = name = base or "feed"
    while name in taken:
        taken[base] = taken.get(base, 1) + 1
        name = f"{base}-{taken[base]}"
    taken[name] = 1
    return name


def feed_table(name: str, url: str, categories: Iterable[str] = ()) -> str:
    """Return a [[feeds]] table of newsimport.toml."""
    lines = ["[[feeds]]", f"name = {quoted(name)}", f"url = {quoted(url)}"]
    if listed := ", ".join(map(quoted, categories)):
        lines.append(f"categories = [{listed}]")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return a text as a basic string of TOML."""
    import json

    # JSON's escapes are TOML's but for DEL, which JSON leaves bare.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
