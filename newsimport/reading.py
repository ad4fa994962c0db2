"""Read a feed, and take of its items what a user wants."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsimport.models import Outcome
from newsimport.site.markdown import safe_url
from newsimport.source.explain import feed_of_page
from newsimport.source.feed import parse_feed
from newsimport.source.feedurl import MOST_ITEMS
from newsimport.source.fetch import is_url, public_url, read_source
from newsimport.source.gate import local_bounds
from newsimport.source.googlenews import is_google_news
from newsimport.source.walls import other_edition
from newsimport.stories import read_headlines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from newsimport.config import Settings, Source
    from newsimport.models import Entry, Feed, Headline
    from newsimport.source.fetch import Answer, Asking


def read_feed(source: str, feed_url: str = "", asking: Asking | None = None) -> Feed:
    """Return the feed at `source`: an http(s) URL, a path, or "-" for standard input."""
    source = (feed_of_page(source) if is_url(source) else "") or source
    answer = read_source(source, asking)
    feed = parse_answer(answer, feed_url or source)
    return replace(feed, warnings=(*answer.warnings, *feed.warnings))


def parse_answer(answer: Answer, address: str) -> Feed:
    """Parse an answer; a feed is known by the address asked, for a redirect's end may change."""
    url = public_url(address) if is_url(address) else ""
    bounds = None if answer.status else local_bounds(len(answer.body))
    feed = parse_feed(answer.body, url, answer.charset, bounds=bounds)
    # Of a pair that it does not have, Google serves another edition without a redirect.
    warning = other_edition(url, feed.link)
    if not warning or warning in answer.warnings:
        return feed
    return replace(feed, warnings=(*feed.warnings, warning))


def select(
    feed: Feed, source: Source, settings: Settings, now: datetime
) -> tuple[list[Outcome], list[tuple[Entry, tuple[Headline, ...]]]]:
    """Return the outcomes of the items that are not wanted, and the others with their headlines."""
    skipped: list[Outcome] = []
    taken: list[tuple[Entry, tuple[Headline, ...]]] = []
    for entry in feed.entries:
        if settings.since and entry.published and entry.published < settings.since:
            skipped.append(Outcome(entry.guid, None, "skipped", "older than --since"))
            continue
        if source.limit is not None and len(taken) >= source.limit:
            skipped.append(Outcome(entry.guid, None, "skipped", "beyond --limit"))
            continue
        headlines, sifted, reason = read_headlines(feed, entry), entry, ""
        if source.filters:
            sifted, headlines, reason = source.filters.sift(entry, headlines, now)
        if reason:
            skipped.append(Outcome(entry.guid, None, "skipped", reason))
        else:
            taken.append((sifted, headlines))
    return skipped, taken


def warnings_of(feed: Feed, items_before: int, headlines: Iterable[Headline]) -> Iterator[str]:
    """Yield what its reader should know of a feed; `items_before` it had the time before."""
    if items_before and not feed.entries:
        yield "the feed has no items now, last time it had some"
    path = urlsplit(feed.url).path
    if len(feed.entries) >= MOST_ITEMS and is_google_news(feed.url) and path.endswith("/search"):
        yield f"{MOST_ITEMS} items are all that Google shows of a search: --split finds the others"
    if unlinked := sum(bool(line.url and not safe_url(line.url)) for line in headlines):
        yield f"{unlinked} of its links are no web addresses: they are written as text"
