"""Read a feed, and take of its items what a user wants."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsimport.models import Outcome
from newsimport.source.feed import parse_feed, parse_large
from newsimport.source.gate import local_bounds
from newsimport.source.googlenews import is_google_news, secret_id
from newsimport.source.urls import is_url, public_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from newsimport.config import Settings, Source
    from newsimport.models import Entry, Feed, Headline
    from newsimport.source.fetch import Answer, Asking


def read_feed(source: str, feed_url: str = "", asking: Asking | None = None) -> Feed:
    """Return the feed at `source`: an http(s) URL, a path, or "-" for standard input."""
    from newsimport.source.explain import feed_of_page
    from newsimport.source.fetch import read_source

    source = (feed_of_page(source) if is_url(source) else "") or source
    answer = read_source(source, asking, in_pieces=True)
    feed = parse_answer(answer, feed_url or source)
    return feed._replace(warnings=(*answer.warnings, *feed.warnings))


def parse_answer(answer: Answer, address: str) -> Feed:
    """Parse an answer; a feed is known by the address asked, for a redirect's end may change."""
    url = public_url(address) if is_url(address) else ""
    if answer.large:
        feed = parse_large(answer.large.pieces, url, local_bounds(answer.large.size))
    else:
        bounds = None if answer.status else local_bounds(len(answer.body))
        feed = parse_feed(answer.body, url, answer.charset, bounds=bounds)
    if not url:
        return feed
    from newsimport.source.walls import other_edition

    # Of a pair that it does not have, Google serves another edition without a redirect.
    warning = other_edition(url, feed.link)
    if not warning or warning in answer.warnings:
        return feed
    return feed._replace(warnings=(*feed.warnings, warning))


class Taken:
    """An item that is wanted; its headlines are read when somebody asks for them.

    Nobody does where the item is as it was last time.
    """

    __slots__ = ("_feed", "_headlines", "entry")

    def __init__(
        self, feed: Feed, entry: Entry, headlines: tuple[Headline, ...] | None = None
    ) -> None:
        self.entry = entry
        self._feed = feed
        self._headlines = headlines

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """The item's headlines, the lead first."""
        if self._headlines is None:
            from newsimport.stories import read_headlines

            self._headlines = read_headlines(self._feed, self.entry)
        return self._headlines

    @property
    def unlinked(self) -> int:
        """How many of the headlines that were asked for cannot be linked."""
        urls = [line.url for line in self._headlines or ()]
        if all(map(secret_id, urls)):
            return 0
        from newsimport.site.markdown import safe_url

        return sum(bool(url and not safe_url(url)) for url in urls)


def select(
    feed: Feed,
    entries: Iterable[Entry],
    source: Source,
    settings: Settings,
    now: datetime,
    room: int | None,
) -> tuple[list[Outcome], list[Taken]]:
    """Return the outcomes of the items that are not wanted, and the others.

    There is `room` for so many of them, None for all.
    """
    skipped: list[Outcome] = []
    taken: list[Taken] = []
    for entry in entries:
        item, reason = Taken(feed, entry), ""
        if settings.since and entry.published and entry.published < settings.since:
            reason = "older than --since"
        elif room is not None and len(taken) >= room:
            reason = "beyond --limit"
        elif source.filters:
            sifted, headlines, reason = source.filters.sift(entry, item.headlines, now)
            item = Taken(feed, sifted, headlines)
        if reason:
            skipped.append(Outcome(entry.guid, None, "skipped", reason, entry.title))
        else:
            taken.append(item)
    return skipped, taken


def try_filters(feed: Feed, source: Source, now: datetime) -> None:
    """Raise FilterError if a filter fails on any item: before the first of them is written.

    For a feed that fails leaves every file as it was (clause 10).
    """
    if source.filters.include or source.filters.exclude:
        for entry in feed.entries:
            source.filters.sift(entry, Taken(feed, entry).headlines, now)


def warnings_of(
    feed: Feed, items: int, items_before: int, undated: int, unlinked: int
) -> Iterator[str]:
    """Yield what its reader should know of a feed; `items_before` it had the time before.

    Of those that were taken, `undated` have no usable date; of the headlines that were read in
    them, `unlinked` cannot be linked.
    """
    if undated:
        yield f"items without a usable date: {undated}; the time they were first seen stands in"
    if items_before and not items:
        yield "the feed has no items now, last time it had some"
    if is_google_news(feed.url) and urlsplit(feed.url).path.endswith("/search"):
        yield from _cut_search(items)
    if unlinked:
        yield f"{unlinked} of its links are no web addresses: they are written as text"


def _cut_search(items: int) -> Iterator[str]:
    from newsimport.source.feedurl import MOST_ITEMS

    if items >= MOST_ITEMS:
        yield f"{MOST_ITEMS} items are all that Google shows of a search: --split finds the others"
