"""Resolving Google's links against a double over real HTTP: issue 7, "the double"."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsimport.source import batchexecute
from newsimport.source.googlenews import is_publishers
from newsimport.source.links import Manners, resolve
from newsimport.source.protobuf import to_base64url, write_fields

from .google_double import GoogleDouble, PlainWeb, opaque_id, publishers_url

NOW = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
IDS = [opaque_id(number) for number in range(100)]


@pytest.fixture
def google():
    with GoogleDouble() as double:
        yield double


def run(google, ids, on_found=lambda _id, _url: None, pauses=None, **manners):
    options = {"budget": 1_000, **manners}
    pause = (pauses if pauses is not None else []).append
    return resolve(
        ids,
        PlainWeb(),
        Manners(lambda: NOW, pause, **options),
        on_found=on_found,
        origin=google.origin,
    )


def test_a_hundred_links_take_at_most_five_requests_after_their_pages(google):
    pauses = []
    resolution = run(google, IDS, pauses=pauses)
    assert resolution.found == {article_id: publishers_url(article_id) for article_id in IDS}
    assert (resolution.ended, resolution.words, resolution.in_vain) == ("done", "", ())
    assert len(google.gets) == 100
    assert len(google.posts) <= 5
    assert max(google.batches) <= 25
    assert resolution.requests == len(google.requests)
    assert pauses == [1.0] * (resolution.requests - 1)


@pytest.mark.parametrize("answered", [0, 1, 9, 10, 11, 30, 101])
def test_after_a_429_not_one_request_follows(google, answered):
    google.behaviour.refuse_after = answered
    resolution = run(google, IDS)
    assert len(google.requests) == answered + 1 == resolution.requests
    assert resolution.ended == "cool-off"
    assert "429" in resolution.words
    assert resolution.cool_off_until == NOW + timedelta(hours=1)
    # A link that the wall cut off has not had its chance.
    assert resolution.in_vain == ()
    assert all(resolution.found[i] == publishers_url(i) for i in resolution.found)
    if answered == 30:
        assert len(resolution.found) == 25


def test_in_the_cool_off_not_one_request_is_made(google):
    for until in (NOW + timedelta(seconds=1), NOW + timedelta(days=1)):
        resolution = run(google, IDS, not_before=until)
        assert (resolution.ended, resolution.cool_off_until, resolution.requests) == (
            "cool-off",
            until,
            0,
        )
    assert google.requests == []
    assert run(google, IDS[:1], not_before=NOW).ended == "done"


@pytest.mark.parametrize(
    ("retry_after", "blocks", "hours"),
    [
        ("", 0, 1),
        ("", 1, 2),
        ("", 4, 16),
        ("", 5, 24),
        ("", 9_999, 24),
        ("7200", 3, 2),
        ("Fri, 02 Jan 2026 15:00:00 GMT", 0, 3),
        ("Fri, 02 Jan 2026 11:00:00 GMT", 0, 1),
        ("0", 0, 1),
        ("soon", 0, 1),
        ("-5", 0, 1),
        ("9" * 400, 0, 7 * 24),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 0, 7 * 24),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", 0, 1),
    ],
)
def test_the_cool_off_is_what_google_asks_or_an_hour_that_doubles(
    google, retry_after, blocks, hours
):
    google.behaviour.refuse_after = 0
    google.behaviour.retry_after = retry_after
    resolution = run(google, IDS, blocks=blocks)
    assert resolution.cool_off_until == NOW + timedelta(hours=hours)


@pytest.mark.parametrize("page", ["consent", "consent-redirect", "sorry"])
def test_a_wall_ends_the_run(google, page):
    google.behaviour.pages[IDS[3]] = page
    resolution = run(google, IDS)
    assert resolution.ended == "cool-off"
    assert ("consent" if "consent" in page else "robots") in resolution.words
    assert len(google.requests) == 4


def test_a_wall_in_place_of_the_answer_ends_the_run(google):
    google.behaviour.answer = "consent"
    resolution = run(google, IDS)
    assert resolution.ended == "cool-off"
    assert len(google.requests) == 11


def test_rows_may_be_missing_or_in_another_order(google):
    google.behaviour.reversed_rows = True
    google.behaviour.missing = {IDS[1], IDS[12]}
    resolution = run(google, IDS[:30])
    assert resolution.found == {
        i: publishers_url(i) for i in IDS[:30] if i not in google.behaviour.missing
    }
    assert resolution.in_vain == (IDS[1], IDS[12])


def test_an_answer_in_chunks_is_read(google):
    google.behaviour.answer = "chunks"
    assert len(run(google, IDS[:30]).found) == 30


def test_rows_without_an_answer_are_in_vain(google):
    google.behaviour.answer = "null-rows"
    resolution = run(google, IDS[:3])
    assert (resolution.found, resolution.in_vain, resolution.ended) == ({}, tuple(IDS[:3]), "done")


@pytest.mark.parametrize("answer", ["html", "empty", "changed-rows", "deep", "cut"])
def test_an_answer_in_a_new_form_is_reported_and_ends_the_run(google, answer):
    google.behaviour.answer = answer
    resolution = run(google, IDS)
    assert resolution.ended == "new-form"
    assert resolution.words.startswith("Google's answer has a new form")
    assert resolution.words.endswith("links stay Google's.")
    assert resolution.cool_off_until is None
    assert (resolution.found, len(google.posts)) == ({}, 1)


@pytest.mark.parametrize(("count", "asked"), [(1, 1), (100, 3)])
def test_a_page_in_a_new_form_is_reported_and_ends_the_run(google, count, asked):
    google.behaviour.page = "changed"
    resolution = run(google, IDS[:count])
    assert resolution.ended == "new-form"
    assert len(google.requests) == asked


def test_one_page_that_is_gone_costs_nobody_else_anything(google):
    google.behaviour.pages = {IDS[0]: "gone", IDS[5]: "broken", IDS[9]: "changed"}
    resolution = run(google, IDS[:20])
    assert resolution.in_vain == (IDS[0], IDS[5], IDS[9])
    assert len(resolution.found) == 17
    assert resolution.ended == "done"


def test_a_server_that_is_down_is_left_alone(google):
    google.behaviour.page = "broken"
    resolution = run(google, IDS)
    assert (resolution.ended, len(google.requests)) == ("failed", 3)
    assert "503" in resolution.words


def test_no_connection_ends_the_run():
    with GoogleDouble() as gone:
        pass
    resolution = run(gone, IDS)
    assert (resolution.ended, resolution.requests) == ("failed", 1)
    assert resolution.in_vain == ()


def test_a_redirect_to_the_publisher_is_an_answer(google):
    google.behaviour.pages[IDS[0]] = "moved"
    resolution = run(google, IDS[:2])
    assert set(resolution.found) == set(IDS[:2])
    assert google.batches == [1]


@pytest.mark.parametrize(
    ("location", "ended"),
    [
        ("https://paper.example/sorry/we-are-late?x=//consent.", "done"),
        ("https://consent.paper.example/a", "done"),
        ("https://consent.youtube.com/m?continue=x", "cool-off"),
        ("https://www.google.co.uk/sorry/index?continue=x", "cool-off"),
        ("/sorry/index?continue=x", "cool-off"),
    ],
)
def test_a_wall_is_googles_and_a_publishers_page_is_none(google, location, ended):
    google.behaviour.pages[IDS[0]] = location
    resolution = run(google, IDS[:1])
    assert resolution.ended == ended
    assert resolution.found == ({IDS[0]: location} if ended == "done" else {})


@pytest.mark.parametrize(
    "said",
    [
        "https://news.google.com/read/x",
        "https://www.google.co.uk/sorry/index",
        "javascript:alert(1)",
        "ftp://paper.example/a",
        "//paper.example/a",
        "https://paper.example/a b",
        'https://paper.example/"><script>',
        "https://paper.example/\n",
        "",
        "x" * 10,
    ],
)
def test_an_answer_that_is_no_publishers_url_is_not_taken(google, said):
    google.behaviour.said[IDS[1]] = said
    resolution = run(google, IDS[:3])
    assert set(resolution.found) == {IDS[0], IDS[2]} or said.strip() != said
    assert all(is_publishers(url) for url in resolution.found.values())


def test_the_budget_counts_links_and_the_first_come_first(google):
    resolution = run(google, IDS, budget=12)
    assert list(resolution.found) == IDS[:12]
    assert (resolution.ended, resolution.words) == ("budget", "88 links are left for a later run.")
    assert run(google, IDS[:12], budget=0).requests == 0
    assert run(google, IDS[:12], budget=-1).requests == 0


def test_ids_that_hold_their_url_cost_no_request(google):
    plain = to_base64url(write_fields((1, 19), (4, b"https://paper.example/a")))
    seen = {}
    resolution = run(google, [plain], seen.__setitem__, not_before=NOW + timedelta(hours=1))
    assert resolution.found == seen == {plain: "https://paper.example/a"}
    assert (resolution.ended, google.requests) == ("done", [])


def test_an_id_is_asked_for_once(google):
    run(google, [IDS[0], IDS[1], IDS[0]])
    assert len(google.gets) == 2


class KilledError(BaseException):
    pass


def test_a_killed_run_resumes_with_what_it_had(google):
    ledger = {}

    def remember(article_id, url):
        if len(ledger) == 17:
            raise KilledError
        ledger[article_id] = url

    with pytest.raises(KilledError):
        run(google, IDS[:40], remember)
    assert len(ledger) == 17
    asked_before = len(google.gets)
    resolution = run(google, [i for i in IDS[:40] if i not in ledger], ledger.__setitem__)
    assert len(ledger) == 40
    assert len(google.gets) - asked_before == 23
    assert resolution.ended == "done"


@given(st.binary() | st.binary().map(lambda raw: b")]}'\n\n" + raw))
def test_any_answer_is_read_or_in_a_new_form(body):
    tickets = [batchexecute.Ticket("id", "sg", 1)]
    for read in (
        lambda: batchexecute.read_answer(tickets, body),
        lambda: batchexecute.read_page("id", body),
    ):
        try:
            read()
        except batchexecute.NewFormError:
            continue
    batchexecute.wall_in(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    max_examples=50,
)
@given(
    st.lists(
        st.lists(JSON)
        | st.tuples(st.just("wrb.fr"), st.just("Fbv4je"), JSON, JSON).map(list)
        | JSON
    )
)
def test_any_json_is_read_or_in_a_new_form(rows):
    tickets = [batchexecute.Ticket("id", "sg", 1)]
    try:
        found = batchexecute.read_answer(tickets, b")]}'\n\n" + json.dumps(rows).encode())
    except batchexecute.NewFormError:
        return
    assert set(found) <= {"id"}


def test_a_page_of_megabytes_takes_no_time():
    for body in (
        b"data-n-a-sg" * 300_000,
        b"<div data-n-a-sg=" * 200_000,
        b'<div data-n-a-sg="' + b"a-" * 1_000_000,
    ):
        with pytest.raises(batchexecute.NewFormError):
            batchexecute.read_page("id", body)


def test_the_default_addresses_are_googles():
    assert (
        batchexecute.page_url("a/b?c")
        == "https://news.google.com/rss/articles/a%2Fb%3Fc?hl=en-US&gl=US&ceid=US:en"
    )
    assert batchexecute.call_url().startswith(
        "https://news.google.com/_/DotsSplashUi/data/batchexecute"
    )


@pytest.mark.parametrize("number", ["0", "2", "-1", "²", "", "1.0", None, 99])
def test_a_row_for_no_call_is_not_taken(number):
    row = ["wrb.fr", "Fbv4je", '["garturlres","https://paper.example/a"]', None, number]
    body = (")]}'\n\n" + json.dumps([row])).encode()
    with pytest.raises(batchexecute.NewFormError):
        batchexecute.read_answer([batchexecute.Ticket("id", "sg", 1)], body)
