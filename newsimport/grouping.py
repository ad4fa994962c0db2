"""Tell which story each item of a feed is, and gather those that are one."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newsimport.site.ledger import Item
from newsimport.site.stamp import link_mark
from newsimport.source.googlenews import is_google_news
from newsimport.stories import articles_of, reveal, wanted_of
from newsimport.story.identity import Sighting, digest, match, story_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from newsimport.models import Entry, Feed, Headline
    from newsimport.run import Run
    from newsimport.site.ledger import Known, Seen

# A part of what an item's fingerprint is made of: raised when a new version reads more in an item.
_FINGERPRINT_VERSION = "1"


@dataclass(slots=True)
class Group:
    """The items of a feed that are one story, the first of them leading.

    `adopted` says that the story is known by the link of a file that somebody else wrote.
    """

    key: str
    known: Known | None
    entries: list[Entry] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    headlines: list[Headline] = field(default_factory=list)
    changed: bool = False
    adopted: bool = False

    def add(
        self, entry: Entry, item: Item, headlines: Iterable[Headline], *, changed: bool
    ) -> None:
        """Add an item; of its headlines, those that the group does not have yet."""
        self.entries.append(entry)
        self.items.append(item)
        links = {headline.url for headline in self.headlines}
        self.headlines += [
            headline for headline in headlines if not links or headline.url not in links
        ]
        self.changed = self.changed or changed


def group_items(
    run: Run, feed: Feed, taken: Iterable[tuple[Entry, tuple[Headline, ...]]]
) -> list[Group]:
    """Tell which story each item is, and gather those that are one (clause 12)."""
    groups: dict[str, Group] = {}
    fresh = _Fresh()
    for entry, given in taken:
        headlines = _reveal(run, given)
        articles = tuple(digest(article) for article in articles_of(entry, headlines))
        guid = guid_digest(feed, entry)
        item = Item(guid, digest(feed.link or feed.url), entry.guid, _fingerprint(entry), articles)
        seen = run.site.ledger.seen(guid, item.feed)
        adopted = None if seen else _by_link(run, entry, headlines)
        seen = seen or adopted
        key = (
            seen.story
            if seen
            else _match(run, item, fresh) or story_key(scope_of(feed, entry) + entry.guid)
        )
        if key not in groups:
            groups[key] = Group(key, run.site.ledger.story(key))
        known = groups[key].known
        fresh.add(key, known.opened if known else run.site.now, articles)
        groups[key].add(entry, item, headlines, changed=not _is_same(seen, item))
        groups[key].adopted |= adopted is not None
    return list(groups.values())


def _by_link(run: Run, entry: Entry, headlines: tuple[Headline, ...]) -> Seen | None:
    """Return an item under a new guid as seen in a file with the same link, None if in none."""
    if not run.site.ledger.has_learned():
        return None
    lead = headlines[0]
    for link in dict.fromkeys((entry.link, lead.given_url, lead.url)):
        if link and (seen := run.site.ledger.seen(link_mark(link), "")):
            return replace(seen, fingerprint="")
    return None


def _reveal(run: Run, headlines: tuple[Headline, ...]) -> tuple[Headline, ...]:
    """Return headlines with the publishers' links that earlier runs have learned."""
    if wanted := [found for found in wanted_of(headlines) if found]:
        return reveal(headlines, run.book.known(wanted))
    return headlines


def _match(run: Run, item: Item, fresh: _Fresh) -> str | None:
    """Return the story that an item under a new guid belongs to, None for a new one."""
    sightings = [
        *run.site.ledger.sightings(item.articles),
        *fresh.sightings(item.articles, run.site.now),
    ]
    return match(
        len(item.articles), sightings, run.site.now, run.settings.window, run.settings.max_age
    )


def _is_same(seen: Seen | None, item: Item) -> bool:
    return seen is not None and seen.fingerprint == item.fingerprint


def guid_digest(feed: Feed, entry: Entry) -> str:
    """Return what the ledger knows an item of a feed by."""
    return digest(scope_of(feed, entry) + entry.guid)


def scope_of(feed: Feed, entry: Entry) -> str:
    """Return what makes a guid unique: a bare number is so in its own feed only.

    Google's are unique in all of its feeds, an address in those of its own host. What a feed of
    somebody else says under such a guid is no news of that story.
    """
    home = feed.url or feed.link
    if is_google_news(home) or ("://" in entry.guid and _host(entry.guid) == _host(home)):
        return ""
    return f"{home or feed.title} "


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].rpartition("@")[2].lower().removeprefix("www.")


def _fingerprint(entry: Entry) -> str:
    published = entry.published.isoformat() if entry.published else ""
    parts = (
        _FINGERPRINT_VERSION, entry.title, entry.link, entry.body, entry.summary, published,
        entry.publisher, entry.image, *entry.categories,
    )  # fmt: skip
    return digest("\0".join(parts))


class _Fresh:
    """The items of this run so far, by their articles."""

    def __init__(self) -> None:
        self._numbers: dict[str, set[int]] = defaultdict(set)
        self._stories: list[tuple[str, datetime]] = []

    def add(self, key: str, opened: datetime, articles: Iterable[str]) -> None:
        for article in articles:
            self._numbers[article].add(len(self._stories))
        self._stories.append((key, opened))

    def sightings(self, articles: Iterable[str], now: datetime) -> list[Sighting]:
        """Return the items of this run that share any of these articles."""
        shared = Counter(
            number for article in articles for number in self._numbers.get(article, ())
        )
        return [
            Sighting(key, count, now, opened)
            for number, count in shared.items()
            for key, opened in [self._stories[number]]
        ]
