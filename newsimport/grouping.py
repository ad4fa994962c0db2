"""Tell which story each item of a feed is, and gather those that are one."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from newsimport.site.ledger import Item
from newsimport.site.stamp import link_mark
from newsimport.source.googlenews import is_google_news
from newsimport.story.identity import Sighting, digest, match, story_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from newsimport.models import Entry, Feed, Headline
    from newsimport.reading import Taken
    from newsimport.run import Run
    from newsimport.site.ledger import Known, Seen

# A part of what an item's fingerprint is made of: raised when a new version reads more in an item.
_FINGERPRINT_VERSION = "1"


class Member:
    """An item that is to be told of, with what the ledger knows it by.

    Its cluster is read when somebody asks for it: where the item is as it was, nobody does.
    """

    def __init__(self, run: Run, feed: Feed, home: str, taken: Taken) -> None:
        self.entry = taken.entry
        self.digest = guid_digest(feed, taken.entry)
        self.feed = home
        self.fingerprint = _fingerprint(taken.entry)
        self.anew = False
        self._run = run
        self._taken = taken

    @cached_property
    def headlines(self) -> tuple[Headline, ...]:
        """Its headlines, with the publishers' links that earlier runs have learned."""
        return _reveal(self._run, self._taken.headlines)

    @cached_property
    def item(self) -> Item:
        """The item in the digests that the ledger knows it by."""
        from newsimport.stories import articles_of

        articles = tuple(map(digest, articles_of(self.entry, self.headlines)))
        return Item(self.digest, self.feed, self.entry.guid, self.fingerprint, articles)


class Group:
    """The items of a feed that are one story, the first of them leading.

    `adopted` says that the story is known by the link of a file that somebody else wrote.
    """

    __slots__ = ("adopted", "changed", "key", "known", "members")

    def __init__(self, key: str, known: Known | None) -> None:
        self.key = key
        self.known = known
        self.members: list[Member] = []
        self.changed = False
        self.adopted = False

    def headlines(self) -> list[Headline]:
        """Return the headlines of all items, of later ones those that no earlier one has."""
        found: list[Headline] = []
        for member in self.members:
            links = {headline.url for headline in found}
            found += [line for line in member.headlines if not links or line.url not in links]
        return found


def group_items(run: Run, feed: Feed, taken: Iterable[Taken]) -> list[Group]:
    """Tell which story each item is, and gather those that are one (clause 12)."""
    groups: dict[str, Group] = {}
    fresh = _Fresh()
    home = digest(feed.link or feed.url)
    for one in taken:
        member = Member(run, feed, home, one)
        seen = run.site.ledger.seen(member.digest, member.feed)
        member.anew = seen is None
        adopted = _by_link(run, member) if member.anew else None
        seen = seen or adopted
        key = (
            seen.story
            if seen
            else _match(run, member.item, fresh)
            or story_key(scope_of(feed, one.entry) + one.entry.guid)
        )
        if key not in groups:
            groups[key] = Group(key, run.site.ledger.story(key))
        group = groups[key]
        if seen and seen.fingerprint == member.fingerprint:
            fresh.again.add(member.digest)
        else:
            group.changed = True
            opened = group.known.opened if group.known else run.site.now
            fresh.add(key, opened, member.item.articles)
        group.adopted |= adopted is not None
        group.members.append(member)
    return list(groups.values())


def _by_link(run: Run, member: Member) -> Seen | None:
    """Return an item under a new guid as seen in a file with the same link, None if in none."""
    if not run.site.ledger.has_learned():
        return None
    lead = member.headlines[0]
    for link in dict.fromkeys((member.entry.link, lead.given_url, lead.url)):
        if link and (seen := run.site.ledger.seen(link_mark(link), "")):
            return seen._replace(fingerprint="")
    return None


def _reveal(run: Run, headlines: tuple[Headline, ...]) -> tuple[Headline, ...]:
    """Return headlines with the publishers' links that earlier runs have learned."""
    from newsimport.stories import reveal, wanted_of

    if wanted := [found for found in wanted_of(headlines) if found]:
        return reveal(headlines, run.book.known(wanted))
    return headlines


def _match(run: Run, item: Item, fresh: _Fresh) -> str | None:
    """Return the story that an item under a new guid belongs to, None for a new one."""
    now, settings = run.site.now, run.settings
    sightings = [
        *run.site.ledger.sightings(item.articles, fresh.again, now),
        *fresh.sightings(item.articles, now),
    ]
    return match(len(item.articles), sightings, now, settings.window, settings.max_age)


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
    """The items so far that are new or changed, by their articles; `again` are all others.

    What the ledger knows of those, it knows by their digests.
    """

    def __init__(self) -> None:
        self.again: set[str] = set()
        self._numbers: dict[str, set[int]] = defaultdict(set)
        self._stories: list[tuple[str, datetime]] = []

    def add(self, key: str, opened: datetime, articles: Iterable[str]) -> None:
        for article in articles:
            self._numbers[article].add(len(self._stories))
        self._stories.append((key, opened))

    def sightings(self, articles: Iterable[str], now: datetime) -> list[Sighting]:
        """Return the new and changed items that share any of these articles."""
        shared = Counter(
            number for article in articles for number in self._numbers.get(article, ())
        )
        return [
            Sighting(key, count, now, opened)
            for number, count in shared.items()
            for key, opened in [self._stories[number]]
        ]
