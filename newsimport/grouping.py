"""Tell which story each item of a feed is, and gather those that are one."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from newsimport.site.ledger import Item
from newsimport.site.stamp import link_mark
from newsimport.source.googlenews import is_google_news
from newsimport.story.identity import Sighting, digest, digests, match, story_key

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
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

    def __init__(
        self, run: Run, home: str, taken: Taken, name: str, name_digest: str, fingerprint: str
    ) -> None:
        self.entry = taken.entry
        self.name = name
        self.digest = name_digest
        self.feed = home
        self.fingerprint = fingerprint
        self.anew = False
        self._run = run
        self._taken = taken

    def wanted(self) -> list[str]:
        """Return the ids of its articles whose publishers' links Google alone knows."""
        from newsimport.stories import wanted_of

        return [found for found in wanted_of(self._taken.headlines) if found]

    @cached_property
    def headlines(self) -> tuple[Headline, ...]:
        """Its headlines, with the publishers' links that earlier runs have learned."""
        return self.revealed(_links(self._run, self.wanted()))

    def revealed(self, links: Mapping[str, str]) -> tuple[Headline, ...]:
        """Return its headlines, with these publishers' links."""
        if not links:
            return self._taken.headlines
        from newsimport.stories import reveal

        return reveal(self._taken.headlines, links)

    @cached_property
    def item(self) -> Item:
        """The item in the digests that the ledger knows it by."""
        from newsimport.stories import articles_of

        return self.of_articles(digests(articles_of(self.entry, self.headlines)))

    def of_articles(self, articles: Iterable[str]) -> Item:
        """Return the item, with the digests of its articles."""
        return Item(self.digest, self.feed, self.entry.guid, self.fingerprint, tuple(articles))


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

    def headlines(self) -> Sequence[Headline]:
        """Return the headlines of all items, of later ones those that no earlier one has."""
        first, *others = self.members
        if not others:
            return first.headlines
        found = list(first.headlines)
        for member in others:
            links = {headline.url for headline in found}
            found += [line for line in member.headlines if line.url not in links]
        return found


def group_items(run: Run, feed: Feed, taken: Iterable[Taken]) -> list[Group]:
    """Tell which story each item is, and gather those that are one (clause 12)."""
    ledger = run.site.ledger
    home = digest(feed.link or feed.url)
    members = _members(run, feed, home, list(taken))
    seen = ledger.seen_among([member.digest for member in members], home)
    new = _new_among(run, members, seen)
    adopted = _adopted(run, new)
    fresh = _Fresh(run, [member.item for member in new])
    own = {member.digest: story_key(member.name) for member in new}
    asked = {*own.values(), *(found.story for found in (*seen.values(), *adopted.values()))}
    known = ledger.stories_among(asked)
    groups: dict[str, Group] = {}
    for member in members:
        before = seen.get(member.digest) or adopted.get(member.digest)
        key = before.story if before else fresh.match(member.item) or own[member.digest]
        if key not in groups:
            groups[key] = Group(key, known.get(key) if key in asked else ledger.story(key))
        group = groups[key]
        if before and before.fingerprint == member.fingerprint:
            fresh.again.add(member.digest)
        else:
            group.changed = True
            opened = group.known.opened if group.known else run.site.now
            fresh.add(key, opened, member.item.articles)
        group.adopted |= member.digest in adopted
        group.members.append(member)
    return list(groups.values())


def _members(run: Run, feed: Feed, home: str, taken: list[Taken]) -> list[Member]:
    names = [scope_of(feed, one.entry) + one.entry.guid for one in taken]
    fingerprints = digests(_all_said(one.entry) for one in taken)
    return [
        Member(run, home, *known)
        for known in zip(taken, names, digests(names), fingerprints, strict=True)
    ]


def _new_among(run: Run, members: list[Member], seen: Container[str]) -> list[Member]:
    """Return the items that were never seen, read with one look at what is known of their links."""
    new = [member for member in members if member.digest not in seen]
    if not new:
        return []
    # A run that finds nothing new loads nothing that tells a story.
    from newsimport.stories import articles_of

    links = _links(run, (wanted for member in new for wanted in member.wanted()))
    articles = []
    for member in new:
        member.anew = True
        member.headlines = member.revealed(links)
        articles.append(articles_of(member.entry, member.headlines))
    # Google's guid is the id of the first article.
    known = {member.name: member.digest for member in new}
    others = [one for one in chain.from_iterable(articles) if one not in known]
    known.update(zip(others, digests(others), strict=True))
    for member, ids in zip(new, articles, strict=True):
        member.item = member.of_articles([known[one] for one in ids])
    return new


def _adopted(run: Run, members: Sequence[Member]) -> dict[str, Seen]:
    """Return the new items that are in a file with the same link, by their digests."""
    if not run.site.ledger.has_learned():
        return {}
    found = {member.digest: _by_link(run, member) for member in members}
    return {digest: seen for digest, seen in found.items() if seen}


def _by_link(run: Run, member: Member) -> Seen | None:
    """Return an item under a new guid as seen in a file with the same link, None if in none."""
    lead = member.headlines[0]
    for link in dict.fromkeys((member.entry.link, lead.given_url, lead.url)):
        if link and (seen := run.site.ledger.seen(link_mark(link), "")):
            return seen._replace(fingerprint="")
    return None


def _links(run: Run, wanted: Iterable[str]) -> dict[str, str]:
    """Return the publishers' links that earlier runs have learned of some articles."""
    if run.site.ledger.is_blank():
        return {}
    # Of a book that knows none, no more than the first is asked for.
    rest = iter(wanted)
    first = next(rest, "")
    return run.book.known(chain((first,), rest)) if first else {}


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


def _all_said(entry: Entry) -> str:
    """Return what an item's fingerprint is made of."""
    published = entry.published.isoformat() if entry.published else ""
    parts = (
        _FINGERPRINT_VERSION, entry.title, entry.link, entry.body, entry.summary, published,
        entry.publisher, entry.image, *entry.categories,
    )  # fmt: skip
    return "\0".join(parts)


class _Fresh:
    """The items so far that are new or changed, by their articles; `again` are all others.

    What the ledger knows of those, it knows by their digests. `items` are those that stories may
    be looked for: which of their articles the ledger knows is asked for once.
    """

    def __init__(self, run: Run, items: Iterable[Item]) -> None:
        self.again: set[str] = set()
        self._run = run
        self._known = run.site.ledger.articles_among(
            {one for item in items for one in item.articles}
        )
        self._numbers: dict[str, list[int]] = {}
        self._stories: list[tuple[str, datetime]] = []

    def add(self, key: str, opened: datetime, articles: Iterable[str]) -> None:
        for article in articles:
            self._numbers.setdefault(article, []).append(len(self._stories))
        self._stories.append((key, opened))

    def match(self, item: Item) -> str | None:
        """Return the story that an item under a new guid belongs to, None for a new one."""
        now, settings = self._run.site.now, self._run.settings
        sightings = self._sightings(item.articles, now)
        if not self._known.isdisjoint(item.articles):
            sightings += self._run.site.ledger.sightings(item.articles, self.again, now)
        if not sightings:
            return None
        return match(len(item.articles), sightings, now, settings.window, settings.max_age)

    def _sightings(self, articles: Iterable[str], now: datetime) -> list[Sighting]:
        """Return the new and changed items that share any of these articles."""
        if self._numbers.keys().isdisjoint(articles):
            return []
        shared = Counter(
            number for article in articles for number in self._numbers.get(article, ())
        )
        return [
            Sighting(key, count, now, opened)
            for number, count in shared.items()
            for key, opened in [self._stories[number]]
        ]
