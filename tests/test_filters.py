"""Which items and rows of a cluster a user wants."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsimport import matching
from newsimport.errors import FilterError, UsageError
from newsimport.filters import NO_FILTERS, Filters
from newsimport.models import Entry, Headline

NOW = datetime(2026, 1, 6, tzinfo=UTC)
ROWS = (
    Headline("Ferry returns to the quay", "https://news.google.com/rss/articles/1", "Quay Courier"),
    Headline("Quay gets its ferry back", "https://www.globe.example/2", "Globe & Compass"),
    Headline("Ferry: what next?", "https://news.google.com/rss/articles/3", "Isle Herald"),
)
ENTRY = Entry("g", "Ferry returns to the quay - Quay Courier", ROWS[0].url, NOW - timedelta(days=2), "",
              publisher="Quay Courier", publisher_url="https://courier.example")  # fmt: skip


def sift(**filters: Any) -> tuple[Entry, tuple[Headline, ...], str]:
    return Filters(**filters).sift(ENTRY, ROWS, NOW)


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        ({}, ""),
        ({"include": ("ferry",)}, ""),
        ({"include": ("FERRY",)}, ""),
        ({"include": ("bridge",)}, "no include matches"),
        ({"include": ("bridge", "courier")}, ""),
        ({"include": ("title:courier",)}, "no include matches"),
        ({"include": ("publisher:^quay",)}, ""),
        ({"include": ("link:articles/1$",)}, ""),
        ({"exclude": ("ferry",)}, "exclude 'ferry' matches"),
        ({"exclude": ("publisher:ferry",)}, ""),
        ({"exclude": ("https?://[^/]*google",)}, "exclude 'https?://[^/]*google' matches"),
        ({"min_headlines": 3}, ""),
        ({"min_headlines": 4}, "3 of at least 4 headlines (min_headlines)"),
        ({"max_age": timedelta(days=3)}, ""),
        ({"max_age": timedelta(days=1)}, "older than max_age"),
        ({"allow": ("Isle Herald",)}, ""),
        ({"allow": ("Nobody",)}, "its publisher is blocked, or not among those allowed"),
        (
            {"block": ("Isle Herald",), "min_headlines": 3},
            "2 of at least 3 headlines (min_headlines)",
        ),
    ],
)
def test_reasons(filters: dict[str, Any], reason: str) -> None:
    assert sift(**filters)[2] == reason


def test_a_blocked_publishers_row_goes() -> None:
    entry, rows, reason = sift(block=("globe & compass",))
    assert (entry, rows, reason) == (ENTRY, (ROWS[0], ROWS[2]), "")


def test_when_the_lead_is_blocked_the_next_one_leads() -> None:
    entry, rows, reason = sift(block=("Quay Courier",))
    assert (rows, reason) == (ROWS[1:], "")
    assert (entry.link, entry.publisher, entry.publisher_url) == (
        ROWS[1].url,
        "Globe & Compass",
        "",
    )
    assert entry.guid == ENTRY.guid


@pytest.mark.parametrize("domain", ["globe.example", "www.globe.example", "GLOBE.example"])
def test_a_publisher_is_known_by_its_domain_too(domain: str) -> None:
    assert len(sift(block=(domain,))[1]) == 2


def test_a_domain_is_no_part_of_another() -> None:
    assert len(sift(block=("lobe.example", "example"))[1]) == 3
    assert sift(block=("courier.example",))[0].publisher == "Globe & Compass"


def test_only_allowed_publishers_stay() -> None:
    assert sift(allow=("Isle Herald", "globe.example"))[1] == ROWS[1:]


def test_a_broken_expression_is_told_at_once() -> None:
    with pytest.raises(UsageError, match="no regular expression"):
        NO_FILTERS.refined(exclude=("a(",))


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(" * 3000 + "a" + ")" * 3000, "nests too deeply"),
        ("a{1,99999999999999999999}", "no regular expression"),
        ("x" * 10_000 + "(", "no regular expression"),
    ],
)
def test_an_expression_that_no_one_can_use_is_told_in_short(pattern: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        NO_FILTERS.refined(include=(pattern,))
    assert len(str(caught.value)) < 300


def test_a_long_expression_is_one() -> None:
    words = "|".join(f"word{number}" for number in range(2000))
    assert sift(exclude=(f"{words}|ferry",))[2].startswith("exclude 'word0|word1|")
    assert len(sift(exclude=(f"{words}|ferry",))[2]) < 120


@pytest.mark.parametrize("names", [("",), ("Isle Herald", " ")])
def test_an_empty_name_is_no_publisher(names: tuple[str, ...]) -> None:
    for filters in ({"allow": names}, {"block": names}):
        with pytest.raises(UsageError, match="empty name"):
            NO_FILTERS.refined(**filters)


@pytest.mark.parametrize("pattern", ["(a+)+$", "title:(a|a)+$", r"(\w+\s?)+:"])
def test_an_expression_without_end_is_given_up(pattern: str) -> None:
    began = time.process_time()
    with pytest.raises(FilterError, match="longer than 1 s"):
        Filters(exclude=(pattern,)).sift(ENTRY, (Headline("a" * 400 + "!", ""),), NOW)
    assert time.process_time() - began < 3


def test_expressions_outside_the_main_thread_are_searched_without_an_alarm() -> None:
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(sift(exclude=("ferry",))[2]))
    thread.start()
    thread.join()
    assert found == ["exclude 'ferry' matches"]


def test_an_expression_sees_bounded_text() -> None:
    entry = Entry("g", "", "https://a.example/" + "a" * 100_000, None, "")
    began = time.monotonic()
    Filters(exclude=("(a|b|ab)*[ab]{2}c$", "(.*)(.*)=c")).sift(
        entry, (Headline("x" * 100_000 + "end", entry.link),), NOW
    )
    assert time.monotonic() - began < 5
    assert Filters(include=("end",)).sift(entry, (Headline("x" * 1000 + "end", ""),), NOW)[2]


def test_an_expression_that_is_slow_on_each_text_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(matching, "_SECONDS_IN_ALL", 0.3)
    slow = {"title": "a" * 20 + "!", "publisher": "", "link": ""}
    with pytest.raises(FilterError, match="in all"):
        [matching.matches("title:^(b|a+)+$", slow) for _ in range(1000)]
