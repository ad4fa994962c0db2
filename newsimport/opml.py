"""Read and write OPML, the lists of feeds that feed readers exchange."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from newsimport.errors import FeedError
from newsimport.source.fetch import is_url, public_url
from newsimport.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsimport.config import Source

_MOST_OUTLINES = 100_000
_MAX_DEPTH = 64


class Outline(NamedTuple):
    """A feed in a list: its address, what the list calls it, and the folders that it lies in."""

    url: str
    title: str
    folders: tuple[str, ...] = ()


def read_opml(body: bytes) -> list[Outline]:
    """Return the feeds in an OPML file, each address once.

    Raises FeedError when it is none, or declares a document type: such lists come from strangers.
    """
    from xml.parsers import expat

    found: dict[str, Outline] = {}
    folders: list[str] = []
    roots: list[str] = []

    def started(name: str, attributes: dict[str, str]) -> None:
        roots.append(name.lower())
        given = {key.lower(): value for key, value in attributes.items()}
        title = tidy(given.get("title") or given.get("text", ""))[:200]
        if name.lower() == "outline":
            url = given.get("xmlurl", "").strip()
            if is_url(url):
                found.setdefault(url, Outline(url, title, tuple(filter(None, folders))))
            if len(found) > _MOST_OUTLINES or len(folders) > _MAX_DEPTH:
                raise FeedError("refused: too many outlines, or nested too deeply")
            folders.append("" if url else title)

    def ended(name: str) -> None:
        if name.lower() == "outline":
            folders.pop()

    def declared(*_declaration: object) -> None:
        raise FeedError("refused: it declares a document type (DTD), which no list of feeds needs")

    parser = expat.ParserCreate()
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise FeedError(f"this is no OPML: {error}") from error
    if roots[:1] != ["opml"]:
        raise FeedError("this is no OPML: its root is another element")
    return list(found.values())


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


def name_for(title: str, url: str, taken: set[str]) -> str:
    """Return a name for a feed that none of those taken is: letters, digits and "-"."""
    from slugify import slugify

    host = re.sub(r"^https?://(?:www\.)?", "", url).split("/")[0]
    base = slugify(title, max_length=40, word_boundary=True) or slugify(host, max_length=40)
    base = base or "feed"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
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
