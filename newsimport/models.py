"""The frozen values that travel from a feed to a site.

Here and elsewhere they are named tuples: a frozen dataclass takes 0.6 ms to be made a class, ten
times as long, and there are half a hundred of them in a run.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from newsimport.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

# What a field holds by default that maps nothing to nothing.
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Headline(NamedTuple):
    """One publisher's headline on a story.

    `title` is without the publisher's name at its end; `url` is the publisher's where that is
    known, else Google's; `google_url` is the link that the feed gave where `url` is another, else
    ""; `publisher` is "" where the feed does not name it; `first_seen` is when a run first met it,
    aware, in UTC.
    """

    title: str
    url: str
    publisher: str = ""
    first_seen: datetime | None = None
    google_url: str = ""

    @property
    def given_url(self) -> str:
        """The link as the feed gave it."""
        return self.google_url or self.url


class Entry(NamedTuple):
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


class Pace(NamedTuple):
    """How often a feed wants to be asked: RSS's ttl, skipHours and skipDays.

    `ttl` is in minutes, 0 for no wish; `skip_hours` are hours of the day in UTC, `skip_days`
    days of the week, 0 for Monday.
    """

    ttl: int = 0
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


class Feed(NamedTuple):
    """A feed and its items, in the feed's order.

    `url` is where it was read from (or what --feed-url says), `link` the web
    page that the channel names, `language` a BCP 47 tag or "".
    """

    url: str
    title: str
    link: str
    language: str
    entries: Sequence[Entry]
    warnings: tuple[str, ...] = ()
    pace: Pace = Pace()


class Story(NamedTuple):
    """What an item tells: a cluster of headlines, the lead first, and what to call it.

    `title` is the lead headline. `entry` is the item that it was read from. `url` and `google_url`
    are as a headline's.
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
    google_url: str = ""

    @property
    def given_url(self) -> str:
        """The link as the feed gave it."""
        return self.google_url or self.url


class Bare(str):
    """A front matter scalar that is written without quotes: a date, a number, true or false."""

    __slots__ = ()


class Single(str):
    """A front matter string that style `classic` writes in single quotes."""

    __slots__ = ()


# A front matter value as it is compared: every scalar is the text that stands for it.
Value = str | list["Value"] | dict[str, "Value"]


class FrontMatter(NamedTuple):
    """What the user wants of the front matter: `[front_matter]` in the configuration.

    `fields` says which fields, and in which order, () for the generator's usual ones; `rename`
    where a field stands, dots leading into maps (`link = "params.source"`); `constants` what every
    file has besides (`set` in the configuration); `drop` what none has; `theme` a theme by whose
    names all this starts.
    """

    fields: tuple[str, ...] = ()
    rename: Mapping[str, str] = NOTHING
    constants: Mapping[str, Value] = NOTHING
    drop: tuple[str, ...] = ()
    theme: str = ""

    def __hash__(self) -> int:
        return hash((self.fields, self.drop, self.theme))


class Post(NamedTuple):
    """A story as a document of a site: front matter in its order, and a body in UTF-8."""

    fields: dict[str, Value]
    body: bytes


class Outcome(NamedTuple):
    """What became of one item: `action` is one of those that `fetch --json` counts.

    `title` is that of an item without a file, to call it by.
    """

    guid: str
    path: str | None
    action: str
    reason: str = ""
    title: str = ""


AROUND_EDITS = "around edits"


class FeedReport(NamedTuple):
    """How the import of one feed went; `source` is the FEED as given, without secrets.

    `status` is "ok", "not_modified", "not_due" or "failed"; `note` says why it was not asked, or
    how long it has failed. A failure that is `hushed` has been told before, on this day. `place`
    is the feed's number in the order asked for, None for what nobody asked for by itself. `counts`
    are the outcomes' actions, and as AROUND_EDITS the files among the updated that kept an edit.
    """

    source: str
    status: str
    outcomes: Sequence[Outcome] = ()
    warnings: tuple[str, ...] = ()
    error_kind: str = ""
    error: str = ""
    exit: int = 0
    note: str = ""
    hushed: bool = False
    place: int | None = None
    counts: Mapping[str, int] = NOTHING


class LinksReport(NamedTuple):
    """How asking for publishers' links went.

    `found` are links that were learned, `left` those that are still to be asked for, `stories` the
    files that changed, `pictures` those that changed once more, for an image or an excerpt. `ended`
    is a word for programs, `words` a sentence for the user, "" when all went well; `loud` if it is
    to be said whatever the user is told else.
    """

    found: int = 0
    left: int = 0
    stories: int = 0
    pictures: int = 0
    requests: int = 0
    ended: str = "done"
    words: str = ""
    loud: bool = False


class Report(NamedTuple):
    """How a whole run went; `links` is None where none were asked for."""

    out: str
    dry_run: bool
    feeds: tuple[FeedReport, ...]
    exit: int = 0
    links: LinksReport | None = None
