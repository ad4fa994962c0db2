"""Read the bytes of an RSS, Atom or JSON feed into entries."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsimport.errors import BlockedError, FeedError
from newsimport.models import Entry, Feed
from newsimport.source.encoding import decode
from newsimport.source.entries import FORBIDDEN, Reader, first, line, read_pace, title
from newsimport.source.gate import CUT_SHORT, Bounds, Gate, read_strictly
from newsimport.source.limits import TREE, most_tree_size
from newsimport.source.mend import mend
from newsimport.text import tidy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from newsimport.source.builder import Record

_SPACE = re.compile(r"\s*")
_ROOT = re.compile(r"<((?:[A-Za-z_][\w.-]{0,63}:)?(?:rss|feed|RDF))[\s>]", re.IGNORECASE)
_WORD = re.compile(r"<!?([A-Za-z][\w.:-]{0,63})(?:\s{1,9}([A-Za-z]{1,9}))?")
_TAG = re.compile(r"<[^<>]*>")
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
    text, warning = decode(body, charset)
    warnings = [warning] if warning else []
    if "\0" in text or FORBIDDEN.search(text):
        warnings.append("characters that XML forbids were replaced by spaces")
        text = FORBIDDEN.sub(" ", text)
    start = _skip_blanks(text, 0)
    if start == len(text):
        raise FeedError("the answer is empty; there is no feed at this address, or not now")
    if text[start] in "{[":
        from newsimport.source.jsonfeed import parse_json

        feed = parse_json(text, url, bounds)
    else:
        _refuse_others(text, start)
        feed = _parse_xml(text, start, url, bounds, warnings)
    _refuse_unavailable(feed)
    _refuse_trees(feed, bounds)
    entries = tuple(with_own_guids(feed.entries))
    if dropped := len(feed.entries) - len(entries):
        warnings.append(f"{dropped} items without title, link or text were skipped")
    return feed._replace(entries=entries, warnings=(*feed.warnings, *warnings))


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
    found = _WORD.match(text, _skip_prolog(text, start))
    word, following = (found[1].lower(), (found[2] or "").lower()) if found else ("", "")
    if (word, following) == ("doctype", "html") or word in {"html", "head", "body"}:
        _refuse_page(text)
    if word in {"doctype", "entity"}:
        Gate(Bounds()).doctype()
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
    if [(entry.guid, entry.title) for entry in islice(feed.entries, 2)] == [_UNAVAILABLE]:
        raise FeedError(
            "Google News answers 'This feed is not available': the topic, section or edition in "
            "this address does not exist (any more)"
        )


def _refuse_trees(feed: Feed, bounds: Bounds) -> None:
    """Refuse more markup of Google's old kinds, or of none, than its readers are quick with."""
    most = sum([most_tree_size(entry.body) for entry in feed.entries])
    # What a tree takes before its first tag is not what many small ones are refused for.
    if most <= bounds.trees or most - TREE * len(feed.entries) <= bounds.trees // 8:
        return
    from newsimport.source.cluster import tree_size
    from newsimport.source.googlenews import is_google_news

    is_googles = is_google_news(feed.url) or is_google_news(feed.link)
    read = (entry for entry in feed.entries if is_googles or is_google_news(entry.link))
    if sum(tree_size(entry.body) for entry in read) > bounds.trees:
        raise FeedError(f"refused: more than {bounds.trees} tags that are not of Google's today")


# ---------------------------------------------------------------- XML


def _parse_xml(text: str, start: int, url: str, bounds: Bounds, warnings: list[str]) -> Feed:
    # The text is decoded now: what the declaration says of its encoding is no longer true.
    if text.startswith("<?xml", start) and (end := text.find("?>", start, start + 400)) >= 0:
        start = _skip_blanks(text, end + 2)
    builder, fault = read_strictly(text, start, bounds, Reader().entry)
    if fault:
        warnings.append(f"not well-formed XML ({fault}); read tolerantly")
        text, start = mend(text[_start_of_broken(text, start) :]), 0
        builder, fault = read_strictly(text, start, bounds, Reader().entry)
    if fault or builder.root != "rss":
        from newsimport.source.dialects import read_dialect

        return read_dialect(text[start:], url, bounds, 0 if fault else builder.elements)
    return feed_of(builder.channel, builder.entries, url)


def feed_of(channel: Record, entries: Collection[Entry], url: str) -> Feed:
    """Return the feed of a channel of RSS 2.0."""
    return Feed(
        url=url,
        title=title(first(channel, "title", 2)),
        link=line(first(channel, "link", 2)),
        language=line(first(channel, "language", 3)),
        entries=entries,
        pace=read_pace(channel),
    )


def _start_of_broken(text: str, start: int) -> int:
    """Return where the root of a feed begins that is not well-formed, or refuse it."""
    root = _ROOT.search(text, start)
    if not root:
        raise FeedError(_NO_FEED)
    if text.rfind(f"</{root[1]}") < root.end():
        raise FeedError(CUT_SHORT)
    return root.start()


# ---------------------------------------------------------------- guids


def with_own_guids(entries: Iterable[Entry]) -> Iterable[Entry]:
    """Give each entry a guid that no other of its feed has (clause 11); skip empty ones."""
    # By their hashes, for guids are long and feeds may be.
    seen: set[int] = set()
    for entry in entries:
        if not (entry.title or entry.link or _has_text(entry.body)):
            continue
        guid = entry.guid or entry.link or _digest(entry)
        if hash(guid) in seen:
            for more in (entry.link, entry.title, _digest(entry)):
                guid = f"{guid} {more}" if more else guid
                if hash(guid) not in seen:
                    break
        if hash(guid) not in seen:
            seen.add(hash(guid))
            yield entry if guid == entry.guid else entry._replace(guid=guid)


def _has_text(body: str) -> bool:
    """Say whether some HTML shows a word."""
    from html import unescape

    return bool(tidy(unescape(_TAG.sub(" ", body))))


def _digest(entry: Entry) -> str:
    from hashlib import blake2b

    when = entry.published.isoformat() if entry.published else ""
    text = entry.title or entry.body
    return "x-" + blake2b(f"{text}\n{when}".encode("utf-8", "replace"), digest_size=12).hexdigest()
