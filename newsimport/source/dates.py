"""Read the dates of feeds, in the forms that they are written in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {name.title(): f"{number:02}" for number, name in enumerate(_MONTHS, 1)}
_is_googles = re.compile(
    r"[A-Za-z]{3}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", re.ASCII
).fullmatch
# RFC 5322, section 4.3, and what people write in its place.
_ZONES = {
    "": 0, "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300,
    "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "CET": 60, "CEST": 120, "BST": 60,
    "MSK": 180, "IST": 330, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660,
}  # fmt: skip
_LONGEST = 64
# Clause 13: what a feed says of a time outside of these is no time.
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST_AHEAD = timedelta(hours=24)


@lru_cache(maxsize=1)
def _rfc_822() -> re.Pattern[str]:
    return re.compile(
        r"(?:[A-Za-z]{2,9}\.?,?\s{0,3})?(\d{1,2})[\s-]([A-Za-z]{3})[a-z]{0,6}\.?,?[\s-](\d{2}|\d{4}),?"
        r"(?:\s{1,3}(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?:\.\d{1,9})?"
        r"\s{0,3}([A-Z]{0,4}|[+-]\d{1,2}:?\d{2})(?:\s{0,3}\([^()]{0,20}\))?)?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _w3c() -> re.Pattern[str]:
    return re.compile(
        r"(\d{4})(?:-?(\d{1,2})(?:-?(\d{1,2}))?)?"
        r"(?:(?:T|\s{1,3})(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,9})?)?"
        r"\s{0,3}([A-Z]{0,4}|[+-]\d{1,2}:?\d{2}|[+-]\d{1,2}))?",
    )


def read_date(text: str) -> datetime | None:
    """Return the time that a feed's date says, in UTC; None when it cannot be read.

    RFC 822 with its usual mistakes, and ISO 8601; a time without a zone is taken for UTC. Other
    forms, those of some languages among them, are feedparser's to know.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if found := _rfc_822().fullmatch(text):
        day, word, year, hour, minute, second, zone = found.groups()
        if word.lower() in _MONTHS:
            month = _MONTHS.index(word.lower()) + 1
            return _time(year, month, day, hour, minute, second, zone)
    if found := _w3c().fullmatch(text.upper()):
        year, number, day, hour, minute, second, zone = found.groups()
        return _time(year, int(number or 1), day or 1, hour, minute, second, zone)
    return None


def read_google_date(text: str) -> datetime | None:
    """Return the time of "Mon, 05 Jan 2026 17:39:13 GMT", None for any other form of a date."""
    month = _NUMBERS.get(text[8:11])
    if not month or not _is_googles(text):
        return None
    try:
        return datetime.fromisoformat(f"{text[12:16]}-{month}-{text[5:7]}T{text[17:25]}+00:00")
    except ValueError:  # a second of 60, or no time at all: not as Google writes
        return None


def read_odd_date(text: str) -> datetime | None:
    """Return the time that a date in an unusual form says, as feedparser knows them."""
    if not text or len(text) > _LONGEST:
        return None
    import calendar
    import html
    import io

    import feedparser

    feed = f"<rss><channel><item><pubDate>{html.escape(text)}</pubDate></item></channel></rss>"
    parsed = feedparser.parse(io.BytesIO(feed.encode("utf-8", "replace")))
    value = parsed.entries[0].get("published_parsed") if parsed.entries else None
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC) if value else None
    except (ValueError, OverflowError, OSError):
        return None


def _time(
    year: str, month: int, day: str | int, hour: str, minute: str, second: str, zone: str
) -> datetime | None:
    """Return a time from its parts; an hour of 24 or a second of 60 runs over into what follows."""
    full_year = int(year) + (2000 if int(year) < 70 else 1900) if len(year) == 2 else int(year)
    offset = _offset(zone or "")
    if offset is None or not 1 <= month <= 12 or not 1 <= int(day) <= 31:
        return None
    import calendar

    parts = (full_year, month, int(day), int(hour or 0), int(minute or 0), int(second or 0))
    if parts[3] > 24 or parts[4] > 59 or parts[5] > 60:
        return None
    try:
        # An impossible day, such as 31 April, must not become another one.
        datetime(*parts[:3], tzinfo=UTC)
        return datetime.fromtimestamp(calendar.timegm((*parts, 0, 0, 0)) - 60 * offset, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _offset(zone: str) -> int | None:
    """Return a zone's minutes ahead of UTC, None for a zone that nobody knows."""
    if zone[:1] in {"+", "-"}:
        digits = zone[1:].replace(":", "").rjust(2, "0")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
        found = 60 * int(hours) + int(minutes)
        return (-found if zone[0] == "-" else found) if found <= 15 * 60 else None
    return _ZONES.get(zone.upper())


def usable_date(published: datetime | None, now: datetime) -> datetime | None:
    """Return an item's date if it can be one, else None (clause 13)."""
    if published is None or not _EARLIEST <= published <= now + _LATEST_AHEAD:
        return None
    return published
