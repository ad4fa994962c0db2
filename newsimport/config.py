"""What the user asked for, as one frozen value."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from newsimport.errors import UsageError
from newsimport.filters import NO_FILTERS, Filters
from newsimport.models import Bare, FrontMatter
from newsimport.records import NamedTuple
from newsimport.story.rules import NO_RULES, TagRules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsimport.models import Value
    from newsimport.source.feedurl import Search

_DURATION = r"(?i)(\d{1,6})\s*(m|h|d|w)"
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_FOR_EVER = timedelta(days=36_500)


class Source(NamedTuple):
    """A feed to import, and what holds for it alone.

    `url` is an http(s) URL, a path, or "-". `name` is the one it has in the configuration, "" for
    a feed that was typed. `section` is a folder below the output folder; `categories` stand in
    place of the feed's, `tags` refine the rules of the site, None for those alone. `every` is the
    shortest time between two requests, None for the usual. `page` is the web page that it was given
    as, "" where its own address was given. `front_matter` stands in place of the site's.
    """

    url: str
    name: str = ""
    section: str = ""
    categories: tuple[str, ...] = ()
    tags: TagRules | None = None
    limit: int | None = None
    filters: Filters = NO_FILTERS
    every: timedelta | None = None
    allow_private: bool = False
    cookie_file: Path | None = None
    page: str = ""
    front_matter: FrontMatter | None = None


class Settings(NamedTuple):
    """One import: where from, where to, and in which form.

    `sources` are feeds that were typed: http(s) URLs, paths, or "-"; `feeds` are configured ones.
    `split` is a search that is asked window by window. `feed_url` stands for what is read from a
    path or from standard input; `categories` are for feeds that say none. `since` is aware, and
    `since_said` is how the user said it; `window` and `max_age` are those of clause 12. `tags` are
    the rules by which stories are tagged. `report_after` is how often in a row a feed fails before
    it is told. `format` is the language of front matter, `path` a format of files' names, `body`
    how headlines are written, `bundle` whether each story has a folder of its own, `unicode_slugs`
    whether its name keeps its title's script; `stories_file` is where a list of all stories goes as
    JSON (`--data`). `resolve_budget` is how many links a run may ask Google for; `google` is who is
    asked in its place, in tests, and "" else. `images` is "link", "download", "none", or "" for
    those of feeds and, with `resolve_links`, of publishers' pages; `excerpts` asks for the pages'
    descriptions too.
    """

    sources: tuple[str, ...] = ()
    feeds: tuple[Source, ...] = ()
    split: Search | None = None
    out: Path = Path()
    site: str = ""
    style: str = "modern"
    format: str = ""
    path: str = ""
    body: str = ""
    bundle: bool = False
    unicode_slugs: bool = False
    front_matter: FrontMatter = FrontMatter()
    stories_file: Path | None = None
    feed_url: str = ""
    categories: tuple[str, ...] = ()
    limit: int | None = None
    since: datetime | None = None
    since_said: str = ""
    dry_run: bool = False
    update: str = "merge"
    headlines: str = "all"
    max_headlines: int = 20
    tags: TagRules = NO_RULES
    retitle: bool = False
    resurrect: bool = False
    state: Path | None = None
    lock_timeout: float = 0
    window: timedelta = timedelta(hours=48)
    max_age: timedelta = timedelta(days=14)
    force: bool = False
    jobs: int = 16
    report_after: int = 1
    allow_private: bool = False
    max_bytes: int = 8 << 20
    cookie_file: Path | None = None
    filters: Filters = NO_FILTERS
    log_file: Path | None = None
    log_format: str = "text"
    every: timedelta | None = None
    resolve_links: bool = False
    resolve_budget: int = 40
    images: str = ""
    excerpts: bool = False
    google: str = ""

    def all_sources(self) -> tuple[Source, ...]:
        """Return all feeds to import, the typed ones first."""
        return (*map(self.typed, self.sources), *self.feeds)

    def typed(self, url: str) -> Source:
        """Return a feed that was typed, or that words have named."""
        return Source(url, limit=self.limit, filters=self.filters, allow_private=self.allow_private)

    def allows_private(self, source: Source) -> bool:
        """Say whether a feed may be at an address that is not of the open internet."""
        return self.allow_private or source.allow_private

    def cookies_for(self, source: Source) -> Path | None:
        """Return the file with the cookies for a feed, None without one."""
        return source.cookie_file or self.cookie_file


def constants_of(table: Mapping[str, object], above: str = "") -> dict[str, Value]:
    """Return `set` of the configuration as constants by their places.

    Numbers, dates, true and false stay what they are. Raises UsageError for what TOML has besides.
    """
    found: dict[str, Value] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found |= constants_of(value, f"{above}{name}.")
        else:
            found[above + name] = _constant(value)
    return found


def _constant(value: object) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return Bare(str(value).lower())
    if isinstance(value, int | float | date):
        return Bare(value.isoformat() if isinstance(value, date) else str(value))
    if isinstance(value, list):
        return [_constant(item) for item in value]
    raise UsageError(f"front_matter.set: {value!r} cannot stand in front matter")


def parse_since(text: str, now: datetime) -> datetime:
    """Return the time that "90m", "12h", "7d", "2w" before `now` is, or an ISO 8601 date or time.

    A date or a time without a zone is in UTC. Raises UsageError for anything else.
    """
    if found := re.fullmatch(_DURATION, text.strip()):
        try:
            return now - timedelta(**{_UNITS[found[2].lower()]: int(found[1])})
        except OverflowError:  # further back than there are years
            return datetime.min.replace(tzinfo=UTC)
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"{text!r} is neither a duration (90m, 12h, 7d, 2w) nor a date (2026-01-31)"
        ) from None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def parse_duration(text: str) -> timedelta:
    """Return the duration that "90m", "12h", "7d" or "2w" says. Raises UsageError otherwise.

    Who says more than a hundred years means for ever; no date of ours is so far from now.
    """
    if found := re.fullmatch(_DURATION, text.strip()):
        return min(timedelta(**{_UNITS[found[2].lower()]: int(found[1])}), _FOR_EVER)
    raise UsageError(f"{text!r} is not a duration: write 90m, 12h, 7d or 2w")
