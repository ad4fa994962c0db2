"""The frozen values that travel from a feed to a site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Headline:
    """One publisher's headline on a story.

    `title` is without the publisher's name at its end; `url` may be Google's
    or the publisher's; `publisher` is "" where the feed does not name it;
    `first_seen` is when a run first met it, aware, in UTC.
    """

    title: str
    url: str
    publisher: str = ""
    first_seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a feed as its publisher wrote it: text tidied, nothing interpreted.

    `body` is the item's HTML as it came, `summary` its shorter HTML where it
    has both. `published` is aware, in UTC.
    `image` is the address of an enclosure or media element, "" without one.
    """

    guid: str
    title: str
    link: str
    published: datetime | None
    body: str
    summary: str = ""
    publisher: str = ""
    publisher_url: str = ""
    image: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a feed wants to be asked: RSS's ttl, skipHours and skipDays.

    `ttl` is in minutes, 0 for no wish; `skip_hours` are hours of the day in UTC, `skip_days`
    days of the week, 0 for Monday.
    """

    ttl: int = 0
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and its items, in the feed's order.

    `url` is where it was read from (or what --feed-url says), `link` the web
    page that the channel names, `language` a BCP 47 tag or "".
    """

    url: str
    title: str
    link: str
    language: str
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()
    pace: Pace = Pace()


@dataclass(frozen=True, slots=True)
class Story:
    """What an item tells: a cluster of headlines, the lead first, and what to call it.

    `title` is the lead headline. `entry` is the item that it was read from.
    """

    guid: str
    title: str
    url: str
    published: datetime | None
    publisher: str
    publisher_url: str
    headlines: tuple[Headline, ...]
    description: str
    summary: str
    image: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    language: str
    source: str
    entry: Entry
    is_cluster: bool = False


class Bare(str):
    """A front matter scalar that is written without quotes: a date, a number, true or false."""

    __slots__ = ()


class Single(str):
    """A front matter string that style `classic` writes in single quotes."""

    __slots__ = ()


# A front matter value as it is compared: every scalar is the text that stands for it.
Value = str | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class Post:
    """A story as a document of a site: front matter in its order, and a body."""

    name: str
    fields: dict[str, Value]
    body: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: `action` is one of those that `fetch --json` counts."""

    guid: str
    path: str | None
    action: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FeedReport:
    """How the import of one feed went; `source` is the FEED as given, without secrets.

    `status` is "ok", "not_modified", "not_due" or "failed"; `note` says why it was not asked. A
    failure that is `hushed` has been told before, on this day.
    """

    source: str
    status: str
    outcomes: tuple[Outcome, ...] = ()
    warnings: tuple[str, ...] = ()
    error_kind: str = ""
    error: str = ""
    exit: int = 0
    note: str = ""
    hushed: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """How a whole run went."""

    out: str
    dry_run: bool
    feeds: tuple[FeedReport, ...]
    exit: int = 0
