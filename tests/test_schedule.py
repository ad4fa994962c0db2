"""When a feed is asked again, and with which headers: clauses 4 to 6; pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsimport.models import Pace
from newsimport.source import schedule
from newsimport.source.schedule import FeedState, next_due, reason_to_wait

NOW = datetime(2026, 1, 5, 10, 7, 30, tzinfo=UTC)  # a Monday
STATE = FeedState("d", "https://a.example/feed")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "120"}, 120),
        ({"retry-after": " 7 "}, 7),
        ({"retry-after": "Mon, 05 Jan 2026 11:07:30 GMT"}, 3600),
        ({"retry-after": "Mon, 05 Jan 2026 09:00:00 GMT"}, 0),
        ({"retry-after": "9" * 30}, 7 * 86400),
        ({"retry-after": "Mon, 05 Jan 2099 11:07:30 GMT"}, 7 * 86400),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "٣"}, None),
    ],
)
def test_clause_5_retry_after(headers: dict[str, str], seconds: int | None) -> None:
    waits = schedule.retry_after(headers, NOW)
    assert (waits.total_seconds() if waits is not None else None) == seconds


NUMBER = st.integers(-(10**21), 10**21)
DATE = st.builds(
    "{}, {} {} {} {}:{}:{} {}{}".format,
    st.sampled_from(["Mon", "", "Day"]),
    NUMBER,
    st.sampled_from(["Jan", "dec", "13"]),
    NUMBER | st.integers(1, 9999),
    *[st.integers(0, 61)] * 3,
    st.sampled_from(["GMT", "", "+", "-"]),
    NUMBER | st.just(""),
)


@given(st.text() | DATE)
def test_any_retry_after_is_a_span_or_none(text: str) -> None:
    waits = schedule.retry_after({"retry-after": text}, NOW)
    assert waits is None or timedelta(0) <= waits <= 7 * DAY


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=3600"}, 3600),
        ({"cache-control": "public, MAX-AGE = 60"}, 60),
        ({"cache-control": 's-maxage=9, max-age="60"'}, 60),
        ({"cache-control": "s-maxage=60"}, None),
        ({"cache-control": "no-cache"}, None),
        ({"cache-control": "max-age=3600", "age": "600"}, 3000),
        ({"cache-control": "max-age=60", "age": "600"}, 0),
        ({"cache-control": "max-age=60", "expires": "Mon, 05 Jan 2026 12:07:30 GMT"}, 60),
        ({"expires": "Mon, 05 Jan 2026 12:07:30 GMT"}, 7200),
        (
            {"expires": "Mon, 05 Jan 2026 12:07:30 GMT", "date": "Mon, 05 Jan 2026 12:00:00 GMT"},
            450,
        ),
        ({"expires": "0"}, None),
        ({"expires": "Mon, 05 Jan 1990 12:07:30 GMT"}, 0),
    ],
)
def test_clause_5_freshness(headers: dict[str, str], seconds: int | None) -> None:
    fresh = schedule.freshness(headers, NOW)
    assert (fresh.total_seconds() if fresh is not None else None) == seconds


@pytest.mark.parametrize(
    ("fresh", "pace", "every", "due"),
    [
        (None, Pace(), None, NOW + 15 * MINUTE),
        (MINUTE, Pace(), None, NOW + 15 * MINUTE),
        (HOUR, Pace(), None, NOW + HOUR),
        (HOUR, Pace(ttl=120), None, NOW + 2 * HOUR),
        (3 * HOUR, Pace(ttl=120), None, NOW + 3 * HOUR),
        (30 * DAY, Pace(ttl=99999), None, NOW + DAY),
        (None, Pace(), 5 * MINUTE, NOW.replace(second=0) + 5 * MINUTE),
        (HOUR, Pace(), 5 * MINUTE, NOW + HOUR),
        (None, Pace(), 3 * DAY, NOW.replace(second=0) + 3 * DAY),
        (
            None,
            Pace(skip_hours=frozenset({10, 11})),
            None,
            NOW.replace(hour=12, minute=0, second=0),
        ),
        (None, Pace(skip_days=frozenset({0})), None, datetime(2026, 1, 6, tzinfo=UTC)),
        (None, Pace(skip_days=frozenset({0, 1, 2})), None, NOW + DAY),
        (None, Pace(skip_hours=frozenset(range(24))), None, NOW + 15 * MINUTE),
    ],
)
def test_clause_5_due_times(
    fresh: timedelta | None, pace: Pace, every: timedelta | None, due: datetime
) -> None:
    assert next_due(NOW, fresh, pace, every) == due


DURATIONS = st.timedeltas(timedelta(0), timedelta(days=40))
PACES = st.builds(
    Pace, st.integers(0, 10**6), st.frozensets(st.integers(0, 23)), st.frozensets(st.integers(0, 6))
)


@given(DURATIONS, PACES)
def test_clause_5_a_due_time_is_within_15_minutes_and_24_hours(
    fresh: timedelta, pace: Pace
) -> None:
    assert NOW + 15 * MINUTE <= next_due(NOW, fresh, pace) <= NOW + DAY


@given(PACES)
def test_a_pace_survives_the_ledger(pace: Pace) -> None:
    assert schedule.unpack_pace(schedule.pack_pace(pace)) == pace


@given(st.text())
def test_no_line_of_the_ledger_is_a_pace_that_fails(line: str) -> None:
    schedule.unpack_pace(line)


def after(state: FeedState = STATE, items: int | None = 3, **headers: str) -> FeedState:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    state = schedule.after_answer(state, named, NOW, items=items, pace=Pace() if items else None)
    return schedule.after_writing(state, named, "https://a.example/feed", "shape")


def test_clause_4_both_validators_go_back_byte_for_byte() -> None:
    state = after(etag='W/"Ä b,"', last_modified="Mon,  5-Jan-26 10:00:00 gmt")
    assert schedule.conditions(state, "shape") == {
        "If-None-Match": 'W/"Ä b,"',
        "If-Modified-Since": "Mon,  5-Jan-26 10:00:00 gmt",
    }
    assert schedule.conditions(state, "other settings") == {}


def test_clause_4_a_validator_may_hold_any_bytes() -> None:
    # UTF-8, as http.client has it.
    etag = '"à – 日本"'.encode().decode("latin-1")
    state = after(etag=etag)
    assert schedule.conditions(state, "shape") == {"If-None-Match": etag}


def test_clause_4_a_200_replaces_both() -> None:
    state = after(after(etag='"1"', last_modified="x"), etag='"2"')
    assert (state.etag, state.modified) == ('"2"', "")


@pytest.mark.parametrize(
    ("headers", "etag", "modified"),
    [
        ({}, '"1"', "x"),
        ({"etag": '"1"'}, '"1"', "x"),
        ({"etag": '"2"'}, '"2"', ""),
        ({"last_modified": "y"}, "", "y"),
        ({"last_modified": "x"}, '"1"', "x"),
        ({"etag": '"2"', "last_modified": "y"}, '"2"', "y"),
    ],
)
def test_clause_4_a_304_replaces_what_it_speaks_of(
    headers: dict[str, str], etag: str, modified: str
) -> None:
    state = after(after(etag='"1"', last_modified="x"), None, **headers)
    assert (state.status, state.etag, state.modified) == ("not_modified", etag, modified)


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\x00", "x" * 5000])
def test_a_validator_that_would_be_more_than_one_header_is_not_kept(value: str) -> None:
    assert after(etag=value).etag == ""


def test_clause_5_a_configured_feed_waits_and_a_typed_one_does_not() -> None:
    state = after(cache_control="max-age=3600")
    assert "not due until" in reason_to_wait(state, NOW + 59 * MINUTE, typed=False)
    assert reason_to_wait(state, NOW + 59 * MINUTE, typed=True) == ""
    assert reason_to_wait(state, NOW + HOUR, typed=False) == ""


def test_clause_5_a_retry_after_holds_for_both() -> None:
    state = schedule.after_failure(STATE, "try-again", NOW, 2 * HOUR)
    for typed in (False, True):
        assert "left alone" in reason_to_wait(state, NOW + HOUR, typed=typed)
        assert reason_to_wait(state, NOW + 2 * HOUR, typed=typed) == ""


def test_a_clock_that_was_wrong_locks_no_feed_out() -> None:
    state = STATE._replace(
        due=int((NOW + 300 * DAY).timestamp()), wait=int((NOW + 300 * DAY).timestamp())
    )
    assert reason_to_wait(state, NOW, typed=False) == ""


def test_clause_5_failures_back_off() -> None:
    state, waits = STATE, []
    for _ in range(8):
        state = schedule.after_failure(state, "try-again", NOW)
        waits.append(state.due - int(NOW.timestamp()))
    assert waits[:4] == [900, 1800, 3600, 7200]
    assert waits[-1] == 6 * 3600


def test_clause_10_a_failure_forgets_nothing() -> None:
    state = after(etag='"1"', last_modified="x")
    failed = schedule.after_failure(state, "blocked", NOW + DAY)
    for name in ("etag", "modified", "validated", "shape", "items", "pace", "answered", "moved"):
        assert getattr(failed, name) == getattr(state, name)
    assert after(failed).failures == 0


def test_clause_6_the_second_permanent_redirect_in_a_row_moves() -> None:
    there = "https://b.example/feed"
    once = schedule.after_move(STATE, there)
    assert (once.moved, once.moving) == ("", there)
    assert schedule.after_move(once, there).moved == there
    assert schedule.after_move(schedule.after_move(once, ""), there).moved == ""
    assert schedule.after_move(once, "https://c.example/").moved == ""


def test_a_failure_that_lasts_is_said_once_a_day() -> None:
    state, said = STATE, []
    for hour in range(73):
        now = NOW + hour * HOUR
        state = schedule.after_failure(state, "try-again", now)
        if schedule.is_to_be_said(state, now, 1):
            said.append(hour)
            state = schedule.mark_said(state, now)
    assert said == [0, 24, 48, 72]


def test_a_failure_is_said_from_the_nth_on_and_again_when_it_is_another() -> None:
    state = schedule.after_failure(STATE, "try-again", NOW)
    assert not schedule.is_to_be_said(state, NOW, 2)
    state = schedule.after_failure(state, "try-again", NOW + HOUR)
    assert schedule.is_to_be_said(state, NOW + HOUR, 2)
    state = schedule.mark_said(state, NOW + HOUR)
    state = schedule.after_failure(state, "not-a-feed", NOW + 2 * HOUR)
    assert schedule.is_to_be_said(state, NOW + 2 * HOUR, 2)
