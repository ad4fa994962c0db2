"""Decide when a feed is to be asked again, and with which headers; pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from newsimport.models import Pace
from newsimport.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

# Clause 5.
SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=24)
LONGEST_RETRY_AFTER = timedelta(days=7)
_LONGEST_BACKOFF = timedelta(hours=6)
# A failure that lasts is said once a day; a daily run that starts some minutes early counts.
_A_DAY = timedelta(hours=23, minutes=50)
_MAX_AGE = r"(?i)(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})"
_LONGEST_VALIDATOR = 4_096


class FeedState(NamedTuple):
    """What is remembered of one feed between runs. Times are in seconds since 1970, 0 for never.

    `digest` stands for the address as the user wrote it, `url` is what may be shown of it.
    `etag` and `modified` are the validators of the answer from `validated`, taken in a run whose
    settings had the digest `shape`. `due` is the next time to ask, `wait` the end of a Retry-After.
    `moving` is where a permanent redirect led once, `moved` where the feed has moved for good.
    """

    digest: str
    url: str
    status: str = ""
    items: int = 0
    asked: int = 0
    answered: int = 0
    etag: str = ""
    modified: str = ""
    validated: str = ""
    shape: str = ""
    due: int = 0
    wait: int = 0
    pace: str = ""
    failures: int = 0
    failing_since: int = 0
    said: int = 0
    moving: str = ""
    moved: str = ""
    gone: int = 0


# ---------------------------------------------------------------- before asking


def reason_to_wait(
    state: FeedState,
    now: datetime,
    *,
    typed: bool,
    every: timedelta | None = None,
) -> str:
    """Return why a feed is not to be asked now, "" when it is.

    One that was `typed` as a URL waits for a Retry-After only (clause 5). A time further ahead
    than any rule sets comes from a clock that was wrong, and counts for nothing.
    """
    until = _time(state.wait)
    if now < until <= now + LONGEST_RETRY_AFTER:
        return f"its server asks to be left alone until {say_time(_seconds(until))}"
    until = _time(state.due)
    if not typed and now < until <= now + max(LONGEST, every or LONGEST):
        return f"not due until {say_time(_seconds(until))}; --force asks now"
    return ""


def conditions(state: FeedState, shape: str) -> dict[str, str]:
    """Return the request headers that spare an answer which is known already (clause 4).

    None when the settings have another digest than those of the run that took the answer: what
    that run left out may be wanted now.
    """
    if state.shape != shape:
        return {}
    headers = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return {name: value for name, value in headers.items() if value}


# ---------------------------------------------------------------- what an answer says


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return the span of a Retry-After header (RFC 9110, section 10.2.3), None without one."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(timedelta(seconds=int(value[:9])), LONGEST_RETRY_AFTER)
    when = _http_date(value)
    if when is None:
        return None
    return min(max(when - now, timedelta(0)), LONGEST_RETRY_AFTER)


def freshness(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long an answer stays fresh (RFC 9111, section 4.2.1), None where it does not say.

    Cache-Control's max-age counts before Expires; what a cache on the way has used up is taken off.
    """
    control = headers.get("cache-control", "")
    if found := re.search(_MAX_AGE, control):
        age = headers.get("age", "").strip()
        used = int(age[:9]) if age.isascii() and age.isdigit() else 0
        return timedelta(seconds=max(int(found[1]) - used, 0))
    expires = _http_date(headers.get("expires", ""))
    if expires is None:
        return None
    return max(expires - (_http_date(headers.get("date", "")) or now), timedelta(0))


def _http_date(value: str) -> datetime | None:
    if not value or len(value) > 64:
        return None
    from email.utils import parsedate_to_datetime

    try:
        when = parsedate_to_datetime(value.strip())
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _validator(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name, "")
    # It goes back as it came, but never as a second header: http.client has its bytes as Latin-1.
    is_whole = len(value) <= _LONGEST_VALIDATOR and not re.search(r"[\x00-\x1f\x7f]", value)
    return value if is_whole else ""


# ---------------------------------------------------------------- after asking


def next_due(
    now: datetime, fresh: timedelta | None, pace: Pace, every: timedelta | None = None
) -> datetime:
    """Return when a feed is to be asked again (clause 5).

    The longer of what HTTP and `<ttl>` say, within 15 minutes and 24 hours; a feed's own `every`
    stands in place of the 15 minutes, and counts from the full minute, as cron does. Hours and
    days that the feed wants skipped are skipped, up to the 24 hours.
    """
    wished = max(fresh or timedelta(0), timedelta(minutes=pace.ttl))
    due = now + min(max(wished, SHORTEST if every is None else timedelta(0)), LONGEST)
    limit = now + LONGEST
    skipped = _after_skipped(due, pace)
    due = min(skipped, max(limit, due))
    return due if every is None else max(due, now.replace(second=0, microsecond=0) + every)


def _after_skipped(due: datetime, pace: Pace) -> datetime:
    if len(pace.skip_hours) >= 24 or len(pace.skip_days) >= 7:
        return due
    while due.hour in pace.skip_hours or due.weekday() in pace.skip_days:
        due = due.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due


def after_answer(
    state: FeedState,
    headers: Mapping[str, str],
    now: datetime,
    *,
    items: int | None,
    pace: Pace | None,
    every: timedelta | None = None,
) -> FeedState:
    """Return the state after an answer that was read to its end, 200 or 304.

    `items` and `pace` are what the feed holds and asks for; None after a 304. Its validators are
    for `after_writing`.
    """
    fresh = freshness(headers, now)
    pace = pace if pace is not None else unpack_pace(state.pace)
    waits = retry_after(headers, now)
    return state._replace(
        status="not_modified" if items is None else "ok",
        items=state.items if items is None else items,
        asked=_seconds(now),
        answered=_seconds(now),
        due=_seconds(next_due(now, fresh, pace, every)),
        wait=_seconds(now + waits) if waits else 0,
        pace=pack_pace(pace),
        failures=0,
        failing_since=0,
        said=0,
        gone=0,
    )


def after_writing(
    state: FeedState, headers: Mapping[str, str], validated: str, shape: str
) -> FeedState:
    """Return the state with the validators of an answer whose stories are all on disk (clause 4).

    A 304 may leave out the validator that it confirms (RFC 9110, section 15.4.5): the one that it
    does not speak of stays, unless the other has changed.
    """
    etag, modified = _validator(headers, "etag"), _validator(headers, "last-modified")
    if state.status == "not_modified":
        if not etag or etag == state.etag:
            modified = modified or state.modified
        if not modified or modified == state.modified:
            etag = etag or state.etag
    return state._replace(etag=etag, modified=modified, validated=validated, shape=shape)


def after_failure(
    state: FeedState,
    kind: str,
    now: datetime,
    waits: timedelta | None = None,
    every: timedelta | None = None,
) -> FeedState:
    """Return the state after a failure: what is known of the feed stays as it was (clause 10).

    It is asked again after 15 minutes, twice as long after each further failure, up to 6 hours;
    after `waits`, a Retry-After, at the earliest.
    """
    shortest = every or SHORTEST
    pause = max(min(shortest * 2 ** min(state.failures, 10), _LONGEST_BACKOFF), shortest)
    wait = now + min(waits, LONGEST_RETRY_AFTER) if waits else None
    due = now + pause
    return state._replace(
        status=kind,
        asked=_seconds(now),
        due=_seconds(max(due, wait) if wait else due),
        wait=_seconds(wait) if wait else 0,
        failures=state.failures + 1,
        failing_since=state.failing_since or _seconds(now),
        said=state.said if state.status == kind else 0,
        gone=_seconds(now) if kind == "gone" else state.gone,
    )


def after_move(state: FeedState, moved: str) -> FeedState:
    """Return the state after an answer that permanent redirects led to, "" for none (clause 6).

    The second time in a row that they lead to the same address, the feed is asked there.
    """
    if not moved:
        return state._replace(moving="")
    if moved == state.moving:
        return state._replace(moving="", moved=moved)
    return state._replace(moving=moved)


def is_to_be_said(state: FeedState, now: datetime, report_after: int) -> bool:
    """Say whether a failure is to be told: from the `report_after`th in a row, once a day."""
    return state.failures >= report_after and not (timedelta(0) <= now - _time(state.said) < _A_DAY)


def lasting(state: FeedState) -> str:
    """Return how long a feed has been failing, "" when it has failed but once."""
    if state.failures < 2:
        return ""
    return f"{state.failures} times in a row, since {say_time(state.failing_since)}"


def mark_said(state: FeedState, now: datetime) -> FeedState:
    """Return the state of a feed whose failure has been told now."""
    return state._replace(said=_seconds(now))


# ---------------------------------------------------------------- forms


def pack_pace(pace: Pace) -> str:
    """Return a feed's pace as one line, as the ledger carries it."""
    hours = ",".join(map(str, sorted(pace.skip_hours)))
    days = ",".join(map(str, sorted(pace.skip_days)))
    return f"{pace.ttl};{hours};{days}" if pace != Pace() else ""


def unpack_pace(line: str) -> Pace:
    """Return what `pack_pace` packed; what is no such line is no wish at all."""
    try:
        ttl, hours, days = line.split(";")
        return Pace(int(ttl), _numbers(hours), _numbers(days))
    except ValueError:
        return Pace()


def _numbers(text: str) -> frozenset[int]:
    return frozenset(int(number) for number in text.split(",") if number)


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _seconds(when: datetime) -> int:
    return int(when.timestamp())


def say_time(seconds: int) -> str:
    """Return a time of a feed's state as a person reads it: to the minute, where they are."""
    return f"{_time(seconds).astimezone():%Y-%m-%d %H:%M}"
