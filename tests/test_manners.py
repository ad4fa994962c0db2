"""Runs of the importer against a server that watches: clauses 4, 5, 6, 9 and 10, and a week of cron."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from newsimport import importer
from newsimport.config import Settings, Source
from newsimport.importer import import_feeds
from newsimport.models import FeedReport, Report
from newsimport.site.ledger import Ledger
from newsimport.source import gather as gathering

from .scripted import Reply, Request, ScriptedServer, feed_of, reply

NOW = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsimport.source.fetch.time.sleep", lambda _seconds: None)
    monkeypatch.setattr("newsimport.source.gather.PAUSE", 0)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@dataclass
class Runs:
    """Imports one feed of a server again and again."""

    server: ScriptedServer
    out: Path
    typed: bool = False
    more: dict[str, Any] = field(default_factory=dict)
    every: timedelta | None = None

    def __call__(self, now: datetime, **more: Any) -> FeedReport:
        return self.report(now, **more).feeds[0]

    def report(self, now: datetime, **more: Any) -> Report:
        url = f"{self.server.url}/feed"
        settings = Settings(out=self.out, **{"allow_private": True, **self.more, **more})
        if self.typed:
            return import_feeds(settings._replace(sources=(url,)), now)
        feeds = (Source(url, name="news", every=self.every),)
        return import_feeds(settings._replace(feeds=feeds), now)

    @property
    def last(self) -> dict[str, str]:
        return self.server.requests[-1].headers


# ---------------------------------------------------------------- clause 4


def test_clause_4_validators_go_back_and_a_304_changes_nothing(tmp_path: Path) -> None:
    answers = [
        reply(feed_of(1), ETag='W/"é 1"', Last_Modified="Mon,  05 Jan 2026 09:00:00 GMT"),
        reply(b"", 304, ETag='"2"', Last_Modified="Mon, 05 Jan 2026 09:30:00 GMT"),
        reply(b"", 304),
        reply(feed_of(1, 2)),
        reply(feed_of(1, 2)),
    ]
    with ScriptedServer(lambda _: answers.pop(0)) as server:
        runs = Runs(server, tmp_path, typed=True)
        statuses = [runs(NOW + n * HOUR).status for n in range(5)]
    assert statuses == ["ok", "not_modified", "not_modified", "ok", "ok"]
    sent = [
        (request.headers.get("if-none-match"), request.headers.get("if-modified-since"))
        for request in server.requests
    ]
    second = ('"2"', "Mon, 05 Jan 2026 09:30:00 GMT")
    assert sent == [
        (None, None),
        ('W/"é 1"', "Mon,  05 Jan 2026 09:00:00 GMT"),
        second,
        second,
        (None, None),
    ]


def test_clause_4_a_crash_after_the_answer_loses_no_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def script(request: Request) -> Reply:
        known = request.headers.get("if-none-match") == '"1"'
        return reply(b"", 304) if known else reply(feed_of(1, 2, 3), ETag='"1"')

    with ScriptedServer(script) as server:
        runs = Runs(server, tmp_path, typed=True)
        for place in ("newsimport.site.store.Store.flush", "newsimport.site.ledger.Ledger.commit"):
            with monkeypatch.context() as patched:
                patched.setattr(place, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
                with pytest.raises(KeyboardInterrupt):
                    runs(NOW)
        assert len(runs(NOW + HOUR).outcomes) == 3
        assert runs(NOW + 2 * HOUR).status == "not_modified"
    *before, last = [request.headers.get("if-none-match") for request in server.requests]
    assert (set(before), last) == ({None}, '"1"')
    assert len(list(tmp_path.glob("*.md"))) == 3


def test_clause_4_a_story_that_was_not_written_keeps_the_validators_back(tmp_path: Path) -> None:
    with ScriptedServer(lambda _: reply(feed_of(*range(9)), ETag='"1"')) as server:
        runs = Runs(server, tmp_path, typed=True)
        calls = iter(range(1000))
        url = f"{server.url}/feed"
        settings = Settings(out=tmp_path, allow_private=True, sources=(url,))
        import_feeds(settings, NOW, stopped=lambda: next(calls) > 6)
        runs(NOW + HOUR)
        runs(NOW + 2 * HOUR)
    assert [request.headers.get("if-none-match") for request in server.requests] == [
        None,
        None,
        '"1"',
    ]


def test_clause_4_other_settings_want_the_whole_answer(tmp_path: Path) -> None:
    with ScriptedServer(lambda _: reply(feed_of(1, 2), ETag='"1"')) as server:
        runs = Runs(server, tmp_path, typed=True)
        runs(NOW, limit=1)
        runs(NOW + HOUR, limit=1)
        assert len([o for o in runs(NOW + 2 * HOUR).outcomes if o.action == "created"]) == 1
    assert [request.headers.get("if-none-match") for request in server.requests] == [
        None,
        '"1"',
        None,
    ]


def test_clause_4_validators_are_those_of_the_address_that_gave_them(tmp_path: Path) -> None:
    target = iter(["/a", "/a", "/b"])

    def script(request: Request) -> Reply:
        if request.path == "/feed":
            return reply(b"", 302, Location=next(target))
        return reply(feed_of(1), ETag='"1"')

    with ScriptedServer(script) as server:
        runs = Runs(server, tmp_path, typed=True)
        for hour in range(3):
            runs(NOW + hour * HOUR)
    sent = [(request.path, request.headers.get("if-none-match")) for request in server.requests]
    assert sent == [
        ("/feed", None), ("/a", None), ("/feed", None), ("/a", '"1"'), ("/feed", None), ("/b", None),
    ]  # fmt: skip


# ---------------------------------------------------------------- clauses 5 and 6


def test_clause_5_a_configured_feed_that_is_not_due_makes_no_request(tmp_path: Path) -> None:
    with ScriptedServer(lambda _: reply(feed_of(1), Cache_Control="max-age=3600")) as server:
        runs = Runs(server, tmp_path)
        assert runs(NOW).status == "ok"
        early = runs(NOW + 59 * MINUTE)
        assert (early.status, early.exit) == ("not_due", 0)
        assert re.fullmatch(r"not due until 2026-01-05 \d\d:\d\d; --force asks now", early.note)
        assert len(server.requests) == 1
        runs(NOW + 59 * MINUTE, force=True)
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("extra", "asked_after"),
    [
        ("", 15 * MINUTE),
        ("<ttl>90</ttl>", 90 * MINUTE),
        ("<skipHours><hour>10</hour><hour>11</hour></skipHours>", 120 * MINUTE),
        ("<skipDays><day>Monday</day></skipDays>", 14 * HOUR),
    ],
)
def test_clause_5_what_the_feed_itself_says(
    tmp_path: Path, extra: str, asked_after: timedelta
) -> None:
    with ScriptedServer(lambda _: reply(feed_of(1, extra=extra))) as server:
        runs = Runs(server, tmp_path)
        runs(NOW)
        assert runs(NOW + asked_after - timedelta(seconds=1)).status == "not_due"
        assert runs(NOW + asked_after).status == "ok"


def test_clause_5_its_own_every_stands_before_the_15_minutes(tmp_path: Path) -> None:
    with ScriptedServer(lambda _: reply(feed_of(1))) as server:
        runs = Runs(server, tmp_path, every=5 * MINUTE)
        assert [runs(NOW + n * 5 * MINUTE).status for n in range(3)] == ["ok"] * 3


@pytest.mark.parametrize("typed", [False, True])
def test_clause_5_a_retry_after_is_heeded_whoever_asks(tmp_path: Path, typed: bool) -> None:
    answers = [reply(b"", 429, Retry_After="7200"), reply(feed_of(1))]
    with ScriptedServer(lambda _: answers.pop(0)) as server:
        runs = Runs(server, tmp_path, typed=typed)
        assert (runs(NOW).exit, len(server.requests)) == (75, 1)
        early = runs(NOW + 119 * MINUTE)
        assert (early.status, early.exit, len(server.requests)) == ("not_due", 0, 1)
        assert runs(NOW + 120 * MINUTE).status == "ok"


@pytest.mark.parametrize("typed", [False, True])
def test_clause_5_force_asks_in_any_case(tmp_path: Path, typed: bool) -> None:
    answers = [reply(b"", 429, Retry_After="7200"), reply(feed_of(1)), reply(feed_of(1))]
    with ScriptedServer(lambda _: answers.pop(0)) as server:
        runs = Runs(server, tmp_path, typed=typed)
        runs(NOW)
        assert runs(NOW + MINUTE, force=True).status == "ok"
        assert runs(NOW + 2 * MINUTE, force=True).status == "ok"


def test_clause_5_a_typed_url_is_asked_whenever_it_is_typed_but_once_in_a_run(
    tmp_path: Path,
) -> None:
    with ScriptedServer(lambda _: reply(feed_of(1))) as server:
        url = f"{server.url}/feed"
        settings = Settings(out=tmp_path, allow_private=True, sources=(url, url))
        assert len(import_feeds(settings, NOW).feeds) == 1
        import_feeds(settings, NOW + MINUTE)
    assert len(server.requests) == 2


def test_clause_2_an_address_that_was_refused_is_asked_as_soon_as_it_is_allowed(
    tmp_path: Path,
) -> None:
    with ScriptedServer(lambda _: reply(feed_of(1))) as server:
        runs = Runs(server, tmp_path)
        assert runs(NOW, allow_private=False).exit == 69
        assert len(server.requests) == 0
        assert runs(NOW + MINUTE).status == "ok"


def test_clause_6_a_feed_that_moved_for_good_is_asked_at_its_new_address(tmp_path: Path) -> None:
    def script(request: Request) -> Reply:
        if request.path == "/feed":
            return reply(b"", 301, Location="/new")
        return reply(feed_of(1))

    with ScriptedServer(script) as server:
        runs = Runs(server, tmp_path, typed=True)
        for hour in range(3):
            runs(NOW + hour * HOUR)
    assert server.paths == ["/feed", "/new", "/feed", "/new", "/new"]


def test_clause_6_gone_is_gone_until_it_is_forced(tmp_path: Path) -> None:
    status = [410]
    with ScriptedServer(lambda _: reply(feed_of(1), status[0])) as server:
        runs = Runs(server, tmp_path)
        assert runs(NOW).exit == 69
        again = runs(NOW + 3 * DAY)
        assert (again.exit, len(server.requests)) == (69, 1)
        assert "--force" in again.error
        status[0] = 200
        assert runs(NOW + 4 * DAY, force=True).status == "ok"
        assert runs(NOW + 5 * DAY).status == "ok"


# ---------------------------------------------------------------- clauses 9, 10 and 27


def test_clause_9_a_feed_that_ran_empty_is_warned_of(tmp_path: Path) -> None:
    answers = [reply(feed_of(1)), reply(feed_of()), reply(feed_of())]
    with ScriptedServer(lambda _: answers.pop(0)) as server:
        runs = Runs(server, tmp_path, typed=True)
        assert [len(runs(NOW + n * HOUR).warnings) for n in range(3)] == [0, 1, 0]


@pytest.mark.parametrize(
    "answer",
    [
        reply(feed_of(1, 2)[:-30], ETag='"2"'),
        reply(b"<html></html>", ETag='"2"'),
        reply(b"", ETag='"2"'),
        reply(b"", 500),
        reply(b"", 404),
        reply(b"", 302, Location="https://consent.google.com/"),
        reply(feed_of(1, 2), length=9999),
        None,
    ],
)
def test_clause_10_a_failure_leaves_all_as_it_was(tmp_path: Path, answer: Reply | None) -> None:
    good = reply(feed_of(1), ETag='"1"')
    answers = [good, *([answer] * 3), good]
    with ScriptedServer(lambda _: answers.pop(0)) as server:
        runs = Runs(server, tmp_path, typed=True)
        runs(NOW)
        before = {path: path.read_bytes() for path in tmp_path.glob("*.md")}
        assert runs(NOW + HOUR).status == "failed"
        assert {path: path.read_bytes() for path in tmp_path.glob("*.md")} == before
        del answers[:-1]
        runs(NOW + 2 * HOUR)
    assert runs.last["if-none-match"] == '"1"'


def test_clause_10_one_feed_that_fails_stops_no_other(tmp_path: Path) -> None:
    def script(request: Request) -> Reply | None:
        return {"/a": reply(feed_of(1)), "/b": None, "/c": reply(feed_of(3))}[request.path]

    with ScriptedServer(script) as server:
        urls = tuple(f"{server.url}/{name}" for name in "abc")
        report = import_feeds(Settings(out=tmp_path, allow_private=True, sources=urls), NOW)
    assert [feed.status for feed in report.feeds] == ["ok", "failed", "ok"]
    assert report.exit == 1
    assert len(list(tmp_path.glob("*.md"))) == 2


def test_clause_27_no_secret_of_an_address_is_kept(tmp_path: Path) -> None:
    statuses = iter([200, 500, 500, 500])
    with ScriptedServer(lambda _: reply(feed_of(1), next(statuses))) as server:
        url = f"http://hugo:sesame@127.0.0.1:{server.port}/feed?token=tokyo&q=1"
        settings = Settings(out=tmp_path, allow_private=True, sources=(url,))
        reports = [import_feeds(settings, NOW + n * HOUR) for n in range(2)]
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in ("sesame", "tokyo"):
        assert secret.encode() not in kept
        assert secret not in repr(reports)
    assert "authorization" in server.requests[0].headers


def test_clause_13_a_date_that_cannot_be_is_the_time_first_seen(tmp_path: Path) -> None:
    said = (
        "Mon, 05 Jan 1970 10:00:00 GMT", "soon", "", "Mon, 05 Jan 2099 10:00:00 GMT",
        "Mon, 05 Jan 2026 20:00:00 GMT",
    )  # fmt: skip
    body = feed_of(*range(5)).decode()
    for number, text in enumerate(said):
        body = body.replace("Mon, 05 Jan 2026 10:00:00 GMT", f"@{number}@", 1)
        body = body.replace(f"@{number}@", text, 1)
    with ScriptedServer(lambda _: reply(body.encode())) as server:
        runs = Runs(server, tmp_path, typed=True)
        [warning] = runs(NOW).warnings
        runs(NOW + HOUR)
    assert "without a usable date: 4;" in warning
    # The fifth is ten hours ahead, as a publisher's clock may be: Hugo would hide it.
    dates = [
        re.search("^date: (.*)$", path.read_text(), re.MULTILINE) for path in tmp_path.glob("*.md")
    ]
    assert [found and found[1] for found in dates] == ["2026-01-05T10:00:00Z"] * 5


def test_an_item_beyond_the_limit_is_seen_all_the_same(tmp_path: Path) -> None:
    with ScriptedServer(lambda _: reply(feed_of(1, 2))) as server:
        runs = Runs(server, tmp_path, typed=True)
        runs(NOW)
        for day in range(1, 4):
            runs(NOW + day * DAY, limit=1)
    with Ledger(tmp_path / ".newsimport.sqlite3", copy=True) as ledger:
        seen = ledger._db.execute("SELECT DISTINCT seen FROM guids").fetchall()
    assert seen == [(int((NOW + 3 * DAY).timestamp()),)]


# ---------------------------------------------------------------- a week of cron


_ONE_VALIDATOR = {"/etag": "ETag", "/modified": "Last_Modified"}


@dataclass
class Operator:
    """A publisher's server, and what its operator writes down about a visitor."""

    now: datetime = NOW
    faults: list[str] = field(default_factory=list)
    given: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    not_before: dict[str, datetime] = field(default_factory=dict)
    asked: dict[str, list[datetime]] = field(default_factory=dict)
    spared: int = 0

    def answer(self, request: Request) -> Reply | None:
        path, headers = request.path, request.headers
        self.check(request)
        self.asked.setdefault(path, []).append(self.now)
        if path == "/busy" and self.now.hour % 6 == 0:
            self.not_before[path] = self.now + 2 * HOUR
            return reply(b"", 429, Retry_After="7200")
        if path == "/fails" and NOW + DAY <= self.now < NOW + 2 * DAY:
            return None
        number = int((self.now - NOW) / (5 * HOUR))
        etag = f'W/"{path}-{number}"'
        modified = (NOW + number * 5 * HOUR).strftime("%a, %d %b %Y %H:%M:%S GMT")
        fresh = {"/hourly": 3600, "/daily": 86400}.get(path)
        more = {"Cache_Control": f"max-age={fresh}"} if fresh else {}
        validators = {"ETag": etag, "Last_Modified": modified}
        if path in _ONE_VALIDATOR:
            validators = {name: validators[name] for name in (_ONE_VALIDATOR[path],)}
        self.not_before[path] = self.now + max(timedelta(seconds=fresh or 0), 15 * MINUTE)
        self.given[path] = (validators.get("ETag"), validators.get("Last_Modified"))
        if (headers.get("if-none-match"), headers.get("if-modified-since")) == self.given[path]:
            self.spared += 1
            return reply(b"", 304, **validators, **more)
        body = feed_of(*(f"{path.strip('/')}-{n}" for n in range(number + 1)))
        return reply(body, **validators, Set_Cookie="a=b", **more)

    def check(self, request: Request) -> None:
        path, headers = request.path, request.headers
        given = self.given.get(path)
        sent = (headers.get("if-none-match"), headers.get("if-modified-since"))
        if given and sent != given:
            self.faults.append(f"{self.now} {path}: sent {sent}, was given {given}")
        if not given and sent != (None, None):
            self.faults.append(f"{self.now} {path}: made up {sent}")
        if self.now < self.not_before.get(path, NOW):
            self.faults.append(f"{self.now} {path}: asked before {self.not_before[path]}")
        if self.now in self.asked.get(path, []):
            self.faults.append(f"{self.now} {path}: asked twice")
        for name in ("cookie", "referer"):
            if name in headers:
                self.faults.append(f"{path}: {name}")
        if "?" in request.target or not re.match(
            r"newsimport/\S+ \(\+https://", headers["user-agent"]
        ):
            self.faults.append(f"{path}: {request.target} {headers['user-agent']}")
        if "gzip" not in headers.get("accept-encoding", ""):
            self.faults.append(f"{path}: takes no gzip")


def test_a_week_of_cron_gives_an_operator_nothing_to_write_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All feeds are at one host: the pauses between them, which test_gather holds, take minutes.
    monkeypatch.setattr(gathering, "gather", partial(gathering.gather, pause=0))
    operator = Operator()
    paths = ("/plain", "/hourly", "/daily", "/busy", "/fails", *_ONE_VALIDATOR)
    told: list[tuple[datetime, str]] = []
    with ScriptedServer(operator.answer) as server:
        feeds = tuple(Source(server.url + path, name=path.strip("/")) for path in paths)
        settings = Settings(out=tmp_path, allow_private=True, feeds=feeds)
        for run in range(7 * 24 * 3):
            # Every 20 minutes, some seconds late as cron is.
            operator.now = NOW + run * 20 * MINUTE + timedelta(seconds=run % 7)
            report = import_feeds(settings, operator.now)
            told += [
                (operator.now, feed.source)
                for feed in report.feeds
                if feed.error and not feed.hushed
            ]
    assert operator.faults == []
    assert len(operator.asked["/plain"]) == 7 * 24 * 3
    assert 7 <= len(operator.asked["/daily"]) <= 8
    assert 7 * 20 <= len(operator.asked["/hourly"]) <= 7 * 24
    assert [source for _, source in told].count("fails") == 1
    assert [source for _, source in told].count("busy") <= 7 * 4
    # /busy fails anew each time it has worked in between, and is told each time.
    asked = sum(map(len, operator.asked.values()))
    assert operator.spared > asked * 0.7
    # Every story of every feed, as it was when the feed was last asked; no answer was lost.
    stories = sum(int((times[-1] - NOW) / (5 * HOUR)) + 1 for times in operator.asked.values())
    assert len(list(tmp_path.glob("*.md"))) == stories


def test_the_week_would_find_a_fault() -> None:
    operator = Operator()
    operator.answer(
        Request(
            "GET", "/plain", {"user-agent": "newsimport/1 (+https://x)", "accept-encoding": "gzip"}
        )
    )
    operator.answer(Request("GET", "/plain?x=1", {"user-agent": "curl", "cookie": "a"}))
    assert len(operator.faults) >= 5


def test_a_run_in_which_nothing_is_due_loads_nothing_heavy(tmp_path: Path) -> None:
    import subprocess
    import sys

    with ScriptedServer(lambda _: reply(feed_of(1))) as server:
        Runs(server, tmp_path)(datetime.now(UTC))
        code = (
            "import sys, datetime, pathlib\n"
            "from newsimport.config import Settings, Source\n"
            "from newsimport.importer import import_feeds\n"
            f"feeds = (Source({server.url + '/feed'!r}, name='news'),)\n"
            f"settings = Settings(out=pathlib.Path({str(tmp_path)!r}), feeds=feeds)\n"
            "report = import_feeds(settings, datetime.datetime.now(datetime.UTC))\n"
            "assert report.feeds[0].status == 'not_due', report\n"
            "heavy = {'feedparser', 'bs4', 'lxml', 'ruamel', 'ruamel.yaml', 'ssl', 'http.client'}\n"
            "print(sorted(heavy & set(sys.modules)))\n"
        )
        root = Path(importer.__file__).parents[1]
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=False
        )
    assert (done.stdout, done.stderr) == ("[]\n", "")
    assert len(server.requests) == 1
