"""What the user asked for, as one frozen value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsimport.errors import UsageError

_DURATION = re.compile(r"(\d{1,6})\s*(m|h|d|w)", re.IGNORECASE)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True)
class Settings:
    """One import: where from, where to, and in which form.

    `sources` are http(s) URLs, paths, or "-"; `feed_url` stands for what is read from a path or
    from standard input. `since` is aware; `window` and `max_age` are those of clause 12.
    """

    sources: tuple[str, ...] = ()
    out: Path = field(default_factory=Path)
    site: str = ""
    style: str = "modern"
    feed_url: str = ""
    limit: int | None = None
    since: datetime | None = None
    dry_run: bool = False
    update: str = "merge"
    headlines: str = "all"
    max_headlines: int = 20
    retitle: bool = False
    resurrect: bool = False
    state: Path | None = None
    lock_timeout: float = 0
    window: timedelta = timedelta(hours=48)
    max_age: timedelta = timedelta(days=14)


def parse_since(text: str, now: datetime) -> datetime:
    """Return the time that "90m", "12h", "7d", "2w" before `now` is, or an ISO 8601 date or time.

    A date or a time without a zone is in UTC. Raises UsageError for anything else.
    """
    if found := _DURATION.fullmatch(text.strip()):
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
    """Return the duration that "90m", "12h", "7d" or "2w" says. Raises UsageError otherwise."""
    if found := _DURATION.fullmatch(text.strip()):
        return timedelta(**{_UNITS[found[2].lower()]: int(found[1])})
    raise UsageError(f"{text!r} is not a duration: write 90m, 12h, 7d or 2w")
