"""Read RSS, Atom and JSON feeds into entries; the only room that knows feedparser."""

from __future__ import annotations

import calendar
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsimport.errors import FeedError
from newsimport.models import Entry, Feed, Pace
from newsimport.source.encoding import decode
from newsimport.source.gate import MAX_ITEMS, check_xml
from newsimport.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

# Characters that XML 1.0 forbids, however they got into a feed.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_ROOT = re.compile(r"<((?:[A-Za-z_][\w.-]*:)?(?:rss|feed|RDF))[\s>]")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_TITLE_MARKUP = re.compile(
    r"</?(?:a|b|i|em|strong|span|font|br|sup|sub|u|small|img|p|wbr)\b[^<>]*>", re.IGNORECASE
)
_TITLE_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
# Google's way to say that there is no such feed: a feed of one item with this guid.
_UNAVAILABLE = ("news:unfepa", "This feed is not available.")


def parse_feed(body: bytes, url: str, charset: str = "", max_items: int = MAX_ITEMS) -> Feed:
    """Return the feed in `body`, read from `url`.

    `charset` is the encoding that the HTTP answer named, "" without one.
    Raises FeedError when it is no feed, each case with its own sentence.
    """
    if not body.strip():
        raise FeedError("the answer is empty; there is no feed at this address, or not now")
    text, warning = decode(body, charset)
    warnings = [warning] if warning else []
    if text.lstrip()[:1] == "{":
        feed = _parse_json(text, url)
    elif _HTML_START.match(text):
        raise FeedError("this is an HTML page, not a feed; look for the page's RSS or Atom address")
    else:
        feed = _parse_xml(text, url, max_items, warnings)
    _refuse_unavailable(feed)
    entries = tuple(_with_own_guids(feed.entries))
    if dropped := len(feed.entries) - len(entries):
        warnings.append(f"{dropped} items without title, link or text were skipped")
    return replace(feed, entries=entries, warnings=(*feed.warnings, *warnings))


def _refuse_unavailable(feed: Feed) -> None:
    if len(feed.entries) == 1 and (feed.entries[0].guid, feed.entries[0].title) == _UNAVAILABLE:
        raise FeedError(
            "Google News answers 'This feed is not available': the topic, section or edition in "
            "this address does not exist (any more)"
        )


def _with_own_guids(entries: Iterable[Entry]) -> Iterable[Entry]:
    """Give each entry a guid that no other of its feed has (clause 11); skip empty ones."""
    seen: set[str] = set()
    for entry in entries:
        if not (entry.title or entry.link or entry.body):
            continue
        guid = entry.guid or entry.link or _digest(entry)
        for more in (entry.link, entry.title, _digest(entry)):
            if guid not in seen:
                break
            guid = f"{guid} {more}"
        if guid not in seen:
            seen.add(guid)
            yield replace(entry, guid=guid)


def _digest(entry: Entry) -> str:
    from hashlib import blake2b

    when = entry.published.isoformat() if entry.published else ""
    text = entry.title or entry.body
    return "x-" + blake2b(f"{text}\n{when}".encode(), digest_size=12).hexdigest()


def _parse_xml(text: str, url: str, max_items: int, warnings: list[str]) -> Feed:
    if _FORBIDDEN.search(text):
        warnings.append("characters that XML forbids were replaced by spaces")
        text = _FORBIDDEN.sub(" ", text)
    # The text is decoded now: what the declaration says of its encoding is no longer true.
    cleaned = _XML_DECLARATION.sub("", text, count=1).lstrip()
    if fault := check_xml(cleaned, max_items):
        root = _ROOT.search(cleaned)
        if not root:
            raise FeedError("this is no feed: neither RSS, Atom nor JSON Feed")
        if f"</{root[1]}" not in cleaned[root.end() :]:
            raise FeedError(
                "refused: it ends before its root element is closed; the next run may have it whole"
            )
        warnings.append(f"not well-formed XML ({fault}); read tolerantly")
    import feedparser

    parsed = feedparser.parse(
        io.BytesIO(cleaned.encode("utf-8")),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )
    channel = parsed.feed
    if not parsed.version and not parsed.entries:
        raise FeedError("this is no feed: neither RSS, Atom nor JSON Feed")
    return Feed(
        url=url,
        title=_title(channel.get("title")),
        link=_line(channel.get("link")),
        language=_line(channel.get("language")),
        entries=tuple(_read_entry(item) for item in parsed.entries),
        pace=_read_pace(cleaned),
    )


# feedparser does not read what stands inside of these; in RSS 2.0 they stand in the channel,
# before its items as all feeds in use have it.
_PACE = re.compile(
    r"<(ttl|skipHours|skipDays)>((?:[^<]|<(?!/?(?:ttl|skip[HD]))){0,2000})</\1>", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z]+|\d{1,6}")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HEAD = 1 << 16


def _read_pace(text: str) -> Pace:
    """Return how often an RSS feed wants to be asked (https://www.rssboard.org/rss-specification)."""
    head = text[:_HEAD].partition("<item")[0]
    found = {name.lower(): _WORD.findall(inside.lower()) for name, inside in _PACE.findall(head)}
    ttl = next((int(word) for word in found.get("ttl", ()) if word.isdigit()), 0)
    hours = (int(word) for word in found.get("skiphours", ()) if word.isdigit())
    days = (_DAYS.index(word) for word in found.get("skipdays", ()) if word in _DAYS)
    # 24 was midnight in the draft that many feeds still follow.
    return Pace(ttl, frozenset(hour % 24 for hour in hours if hour <= 24), frozenset(days))


def _read_entry(item: Any) -> Entry:
    """Return what a feedparser entry says."""
    summary = _markup(item.get("summary"))
    content = next(
        (_markup(part["value"]) for part in item.get("content", ()) if part.get("value")), ""
    )
    source = item.get("source") or {}
    return Entry(
        guid=_line(item.get("id")),
        title=_title(item.get("title")),
        link=_line(item.get("link")),
        published=_date(item),
        body=content or summary,
        summary=summary if content else "",
        publisher=_title(source.get("title")),
        publisher_url=_line(source.get("href")),
        image=_image(item),
        categories=tuple(
            filter(
                None, (_title(tag.get("label") or tag.get("term")) for tag in item.get("tags", ()))
            )
        ),
    )


def _date(item: Any) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        # feedparser's own get() warns, and makes up an "updated" from "published".
        if value := dict.get(item, name):
            try:
                return datetime.fromtimestamp(calendar.timegm(value), UTC)
            except (ValueError, OverflowError, OSError):
                continue
    return None


def _image(item: Any) -> str:
    """Return the first image among enclosures, media elements and iTunes' own."""
    found = [
        (str(part.get("type", "")), part.get("medium", ""), part.get("href") or part.get("url"))
        for part in [*item.get("enclosures", ()), *item.get("media_content", ())]
    ]
    for kind, medium, address in found:
        if address and (kind.startswith("image/") or medium == "image"):
            return _line(address)
    for part in item.get("media_thumbnail", ()):
        if part.get("url"):
            return _line(part["url"])
    return _line((item.get("image") or {}).get("href"))


def _markup(value: Any) -> str:
    return _FORBIDDEN.sub(" ", str(value)) if value else ""


def _line(value: Any) -> str:
    return tidy(str(value)) if value else ""


def _title(value: Any) -> str:
    """Return a title as text: many feeds put HTML, or doubly escaped entities, there."""
    title = _line(value)
    if _TITLE_MARKUP.search(title) or _TITLE_ENTITY.search(title):
        import html

        title = tidy(html.unescape(_TITLE_MARKUP.sub("", title)))
    return title


def _parse_json(text: str, url: str) -> Feed:
    """Read a JSON Feed, version 1 or 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    import json

    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise FeedError("this looks like JSON, but it is not valid: no JSON Feed") from None
    version = document.get("version")
    if not isinstance(version, str) or "jsonfeed.org/version/1" not in version:
        raise FeedError("this is JSON, but no JSON Feed: it does not name the format's version")
    items = document.get("items")
    if not isinstance(items, list):
        raise FeedError("this JSON Feed has no list of items")
    return Feed(
        url=url,
        title=_title(_text(document, "title")),
        link=_line(_text(document, "home_page_url")),
        language=_line(_text(document, "language")),
        entries=tuple(_read_json_item(item) for item in items if isinstance(item, dict)),
    )


def _read_json_item(item: dict[str, Any]) -> Entry:
    import html

    body = _text(item, "content_html")
    if not body and (plain := _text(item, "content_text")):
        body = html.escape(plain, quote=False)
    summary = _text(item, "summary")
    tags = item.get("tags")
    return Entry(
        guid=_line(item.get("id")) if isinstance(item.get("id"), str | int) else "",
        title=_title(_text(item, "title")),
        link=_line(_text(item, "url") or _text(item, "external_url")),
        published=_json_date(_text(item, "date_published") or _text(item, "date_modified")),
        body=body or html.escape(summary, quote=False),
        summary=html.escape(summary, quote=False) if body else "",
        image=_line(_text(item, "image") or _text(item, "banner_image")),
        categories=tuple(filter(None, (_title(tag) for tag in tags if isinstance(tag, str))))
        if isinstance(tags, list)
        else (),
    )


def _json_date(value: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        return None
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def _text(record: dict[str, Any], name: str) -> str:
    """Return a string member of a JSON object, "" when it is missing or something else."""
    value = record.get(name)
    return value if isinstance(value, str) else ""
