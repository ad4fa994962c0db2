"""Read JSON Feed, version 1 or 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from newsimport.errors import FeedError
from newsimport.models import Entry, Feed
from newsimport.source.dates import read_date
from newsimport.source.entries import allowed, line, title

if TYPE_CHECKING:
    from newsimport.source.gate import Bounds

_MOST_TAGS = 64


def parse_json(text: str, url: str, bounds: Bounds) -> Feed:
    """Return the feed in some JSON. Raises FeedError when it is none."""
    import json

    # Counted before they are made: each value takes time and a hundred bytes of memory.
    if text.count(",") + text.count("[") + text.count("{") > bounds.elements:
        raise FeedError(f"refused: more than {bounds.elements} values")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise FeedError("this looks like JSON, but it is not valid: no JSON Feed") from None
    version = document.get("version") if isinstance(document, dict) else None
    if not isinstance(version, str) or "jsonfeed.org/version/1" not in version:
        raise FeedError("this is JSON, but no JSON Feed: it does not name the format's version")
    items = document.get("items")
    if not isinstance(items, list):
        raise FeedError("this JSON Feed has no list of items")
    if len(items) > bounds.items:
        raise FeedError(f"refused: more than {bounds.items} items")
    return Feed(
        url=url,
        title=title(_text(document, "title")),
        link=line(_text(document, "home_page_url")),
        language=line(_text(document, "language")),
        entries=tuple(_read_item(item) for item in items if isinstance(item, dict)),
    )


def _read_item(item: dict[str, Any]) -> Entry:
    body = _text(item, "content_html")
    if not body and (plain := _text(item, "content_text")):
        body = html.escape(plain, quote=False)
    summary = _text(item, "summary")
    tags = item.get("tags")
    return Entry(
        guid=line(item.get("id")) if isinstance(item.get("id"), str | int) else "",
        title=title(_text(item, "title")),
        link=line(_text(item, "url") or _text(item, "external_url")),
        published=read_date(_text(item, "date_published"))
        or read_date(_text(item, "date_modified")),
        body=body or html.escape(summary, quote=False),
        summary=html.escape(summary, quote=False) if body else "",
        image=line(_text(item, "image") or _text(item, "banner_image")),
        categories=tuple(
            filter(None, (title(tag) for tag in tags[:_MOST_TAGS] if isinstance(tag, str)))
        )
        if isinstance(tags, list)
        else (),
    )


def _text(record: dict[str, Any], name: str) -> str:
    """Return a string member of a JSON object, "" when it is missing or something else."""
    value = record.get(name)
    return allowed(value) if isinstance(value, str) else ""
