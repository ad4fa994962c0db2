"""A date is read as its standards have it; what is none becomes no other day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsimport.source.dates import read_date, read_google_date, read_odd_date

AT = datetime(2026, 1, 5, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Mon, 05 Jan 2026 10:30:00 GMT", AT),
        ("5 jan 26 10:30 UT", AT),
        ("Mon, 05 Jan 2026 05:30:00 EST", AT),
        ("Mon, 05 Jan 2026 12:30:00 +0200", AT),
        ("Mon, 05 Jan 2026 09:30:00 -01:00", AT),
        ("Mon, 05 Jan 2026 24:00:00 GMT", datetime(2026, 1, 6, tzinfo=UTC)),
        ("Wed, 31 Dec 2025 23:59:60 GMT", datetime(2026, 1, 1, tzinfo=UTC)),
        ("Mon, 05 Jan 98 10:30:00 GMT", AT.replace(year=1998)),
        ("2026-01-05T10:30:00Z", AT),
        ("2026-01-05t12:30:00+02:00", AT),
        ("2026-01-05", datetime(2026, 1, 5, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("  2026-01-05T10:30:00Z\n", AT),
    ],
)
def test_dates_of_rss_and_atom(text: str, when: datetime) -> None:
    assert read_date(text) == when


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "x" * 1000, "yesterday", "Mon, 31 Apr 2026 10:30:00 GMT", "2026-02-30",
        "Mon, 05 Foo 2026 10:30:00 GMT", "Mon, 00 Jan 2026 10:30:00 GMT", "2026-13-01",
        "Mon, 05 Jan 2026 25:00:00 GMT", "Mon, 05 Jan 2026 10:60:00 GMT",
        "Mon, 05 Jan 2026 10:30:61 GMT", "Mon, 05 Jan 2026 10:30:00 +9900",
        "Mon, 05 Jan 0000 10:30:00 GMT",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


def test_unusual_forms_are_left_to_feedparser() -> None:
    assert read_odd_date("Mon Jan 5 10:30:00 2026") == AT
    for text in ("", "x" * 1000, "no date at all"):
        assert read_odd_date(text) is None


GOOGLES = st.from_regex(
    r"[A-Z][a-z]{2}, [0-3][0-9] (?:Jan|Feb|MAR|apr|Jun|Sep|Xyz) (?:19|20|00)[0-9]{2}"
    r" [0-2][0-9]:[0-6][0-9]:[0-6][0-9] (?:GMT|UTC|EST)",
    fullmatch=True,
)


@given(GOOGLES | st.text("MonJa ,:0123GT", min_size=29, max_size=29))
def test_the_date_that_google_writes_is_read_at_a_glance(text: str) -> None:
    assert read_google_date(text) in {None, read_date(text)}
