"""Read the bytes of an RSS, Atom or JSON feed into entries."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from newsimport.errors import BlockedError, FeedError
from newsimport.models import Feed
from newsimport.source.builder import Builder
from newsimport.source.encoding import decode, is_labelled_utf8
from newsimport.source.entries import Reader, allowed, first, forbids, line, read_pace, title
from newsimport.source.gate import (
    CUT_SHORT,
    Bounds,
    chunks_of,
    pieces_of,
    read_strictly,
    refuse_doctype,
)
from newsimport.source.items import Items
from newsimport.source.limits import TREE, most_tree_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SPACE = re.compile(r"\s*")
_ROOT = r"(?i)<((?:[A-Za-z_][\w.-]{0,63}:)?(?:rss|feed|RDF))[\s>]"
_WORD = r"<!?([A-Za-z][\w.:-]{0,63})(?:\s{1,9}([A-Za-z]{1,9}))?"
# How a feed begins that can be read piece by piece: its XML declaration, in ASCII, for it is not
# given to the parser, and the root.
_PLAIN = (
    rb"(?:\xef\xbb\xbf)?[ \t\r\n]*(<\?xml[ \t\r\n][\t\r\n -;=?-~]{0,300}\?>[ \t\r\n]*)?"
    rb"(?:<!--[^-]{0,900}-->[ \t\r\n]*|<\?[^<>]{0,900}\?>[ \t\r\n]*){0,9}<rss[ \t\r\n>]"
)
# So Google's feeds begin, and need no pattern.
_GOOGLES = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# Google's way to say that there is no such feed: a feed of one item with this guid.
_UNAVAILABLE = ("news:unfepa", "This feed is not available.")
_NO_FEED = "this is no feed: neither RSS, Atom nor JSON Feed"
_OTHERS = {
    "opml": "this is OPML, a list of feeds: `newsimport feeds import` reads it",
    "urlset": "this is a sitemap, not a feed",
    "sitemapindex": "this is a sitemap, not a feed",
    "svg": "this is a picture, not a feed",
}
_HTML = "this is an HTML page, not a feed; look for the page's RSS or Atom address"


def parse_feed(body: bytes, url: str, charset: str = "", bounds: Bounds | None = None) -> Feed:
    """Return the feed in `body`, read from `url`.

    `charset` is the encoding that the HTTP answer named, "" without one; `bounds` are those of
    the network if not given. Raises FeedError when it is no feed, BlockedError for Google's
    consent page and the like, each case with its own sentence.
    """
    bounds = bounds or Bounds()
    if not charset or charset.lower() == "utf-8":
        feed = _parse_plain(pieces_of(body), url, bounds, Items([]))
        if feed is not None:
            return feed
    return _parse_any(body, url, charset, bounds)


def _parse_any(body: bytes, url: str, charset: str, bounds: Bounds) -> Feed:
    """Parse a feed of any kind, in any encoding, whatever is wrong with it."""
    text, warning = decode(body, charset)
    warnings = [warning] if warning else []
    if forbids(text):
        warnings.append("characters that XML forbids were replaced by spaces")
        text = allowed(text)
    start = _skip_blanks(text, 0)
    if start == len(text):
        raise FeedError("it is empty; there is no feed in it, or not now")
    if text[start] in "{[":
        from newsimport.source.jsonfeed import parse_json

        feed, items = parse_json(text, url, bounds), Items([])
        for entry in feed.entries:
            items.take(entry)
    else:
        _refuse_others(text, start)
        feed, items = _parse_xml(text, start, url, bounds, warnings)
    return _checked(feed, items, bounds, warnings)


def parse_large(pieces: Iterable[bytes], url: str, bounds: Bounds) -> Feed:
    """Return the feed in `pieces`, as parse_feed does of them together, but in little memory.

    For well-formed RSS 2.0 in UTF-8. Of any other, all is held in memory. `pieces` may be gone
    through twice. An item is known as one of the feed's only when all of the feed has been read,
    for it may end too early: until then, and beyond, the entries are in a file.
    """
    from newsimport.spool import Spool

    feed = _parse_plain(iter(pieces), url, bounds, Items(Spool()))
    return _parse_any(b"".join(pieces), url, "", bounds) if feed is None else feed


def _parse_plain(rest: Iterator[bytes], url: str, bounds: Bounds, items: Items) -> Feed | None:
    """Parse well-formed RSS 2.0 in UTF-8; return None for any other.

    What is no UTF-8, and what XML forbids, is not looked for: the parser stops at it.
    """
    head = next(rest, b"")
    if (start := _start_of_plain(head)) is None:
        return None
    builder, fault = _read_rss(chain([head[start:]], rest), bounds, items)
    if fault or builder.root != "rss":
        return None
    return _checked(_feed_of(builder, url), items, bounds, [])


def _checked(feed: Feed, items: Items, bounds: Bounds, warnings: list[str]) -> Feed:
    """Return a feed with its items, if it is none of those that are refused."""
    entries = items.entries
    feed = feed._replace(entries=tuple(entries) if isinstance(entries, list) else entries)
    _refuse_unavailable(feed)
    _refuse_trees(feed, items.tags, bounds)
    if items.dropped:
        warnings.append(f"{items.dropped} items without title, link or text were skipped")
    return feed._replace(warnings=(*feed.warnings, *warnings))


# ---------------------------------------------------------------- what it is


def _skip_blanks(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    assert found is not None
    return found.end()


def _skip_prolog(text: str, place: int) -> int:
    """Return where the first element or declaration begins, comments and the like passed over."""
    while True:
        place = _skip_blanks(text, place)
        tail = "-->" if text.startswith("<!--", place) else "?>"
        if tail == "?>" and not text.startswith("<?", place):
            return place
        end = text.find(tail, place)
        if end < 0:
            return place
        place = end + len(tail)


def _refuse_others(text: str, start: int) -> None:
    """Refuse what is plainly something else, and say what."""
    place = _skip_prolog(text, start)
    found = re.match(_WORD, text[place : place + 100])
    word, following = (found[1].lower(), (found[2] or "").lower()) if found else ("", "")
    if (word, following) == ("doctype", "html") or word in {"html", "head", "body"}:
        _refuse_page(text)
    if word in {"doctype", "entity"}:
        refuse_doctype()
    if word in _OTHERS:
        raise FeedError(_OTHERS[word])
    if text.startswith("%PDF", start):
        raise FeedError("this is a PDF, not a feed")


def _refuse_page(page: str) -> None:
    from newsimport.source.walls import wall_in

    if wall := wall_in(page):
        raise BlockedError(wall)
    raise FeedError(_HTML)


def _refuse_unavailable(feed: Feed) -> None:
    if len(feed.entries) == 1 and (feed.entries[0].guid, feed.entries[0].title) == _UNAVAILABLE:
        raise FeedError(
            "Google News answers 'This feed is not available': the topic, section or edition in "
            "this address does not exist (any more)"
        )


def _refuse_trees(feed: Feed, most: int, bounds: Bounds) -> None:
    """Refuse more markup of Google's old kinds, or of none, than its readers are quick with.

    `most` is how much there may be: what need be no tree is taken from it until little is left.
    """
    # What a tree takes before its first tag is not what many small ones are refused for.
    if most <= bounds.trees or most - TREE * len(feed.entries) <= bounds.trees // 8:
        return
    from newsimport.source.cluster import tree_size
    from newsimport.source.googlenews import is_google_news

    is_googles = is_google_news(feed.url) or is_google_news(feed.link)
    for entry in feed.entries:
        if most <= bounds.trees:
            return
        is_read = is_googles or is_google_news(entry.link)
        most -= most_tree_size(entry.body) - (tree_size(entry.body) if is_read else 0)
    if most > bounds.trees:
        raise FeedError(f"refused: more than {bounds.trees} tags that are not of Google's today")


# ---------------------------------------------------------------- XML


def _start_of_plain(head: bytes) -> int | None:
    """Return where the XML begins in what is RSS in UTF-8, as far as its first bytes tell."""
    if head.startswith(_GOOGLES + b"<rss "):
        return len(_GOOGLES)
    found = re.match(_PLAIN, head)
    if not found or not is_labelled_utf8(head):
        return None
    return found.end(1) if found[1] else head.index(b"<")


def _parse_xml(
    text: str, start: int, url: str, bounds: Bounds, warnings: list[str]
) -> tuple[Feed, Items]:
    # The text is decoded now: what the declaration says of its encoding is no longer true.
    if text.startswith("<?xml", start) and (end := text.find("?>", start, start + 400)) >= 0:
        start = _skip_blanks(text, end + 2)
    items = Items([])
    builder, fault = _read_rss(chunks_of(text, start), bounds, items)
    if fault:
        from newsimport.source.mend import mend

        warnings.append(f"not well-formed XML ({fault}); read tolerantly")
        text, start, items = mend(text[_start_of_broken(text, start) :]), 0, Items([])
        builder, fault = _read_rss(chunks_of(text), bounds, items)
    if not fault and builder.root == "rss":
        return _feed_of(builder, url), items
    from newsimport.source.dialects import read_dialect

    feed, items = (
        read_dialect(text[start:], url, bounds, 0 if fault else builder.elements),
        Items([]),
    )
    for entry in feed.entries:
        items.take(entry)
    return feed, items


def _read_rss(chunks: Iterable[bytes], bounds: Bounds, items: Items) -> tuple[Builder, str]:
    """Read RSS 2.0 into `items`; return what it says besides, and what is wrong with it."""
    reader = Reader()
    builder = Builder(lambda item, channel: items.take(reader.entry(item, channel)), bounds)
    return builder, read_strictly(chunks, builder)


def _feed_of(builder: Builder, url: str) -> Feed:
    """Return what an RSS feed says, without its entries."""
    channel = builder.channel
    return Feed(
        url=url,
        title=title(first(channel, "title", 2)),
        link=line(first(channel, "link", 2)),
        language=line(first(channel, "language", 3)),
        entries=(),
        pace=read_pace(channel),
    )


def _start_of_broken(text: str, start: int) -> int:
    """Return where the root of a feed begins that is not well-formed, or refuse it."""
    root = re.compile(_ROOT).search(text, start)
    if not root:
        raise FeedError(_NO_FEED)
    if text.rfind(f"</{root[1]}") < root.end():
        raise FeedError(CUT_SHORT)
    return root.start()
