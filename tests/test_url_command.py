"""Feeds by words: `newsimport url`, the same words in `fetch`, web pages, searches that are cut."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from newsimport.config import Settings
from newsimport.importer import import_feeds
from newsimport.source import feedurl
from newsimport.source.explain import feed_of_page
from newsimport.source.feedurl import Search

from .conftest import Cli, FeedServer
from .feeds import WORLD, WORLD_PAGE, Row, article, harbour, item, lone, rss

NOW = datetime(2026, 2, 1, tzinfo=UTC)


def words_in(line: str) -> list[str]:
    import shlex

    return shlex.split(line)


@pytest.mark.parametrize(
    ("words", "feed"),
    [
        ((), "https://news.google.com/rss?hl=en-US&gl=US&ceid=US:en"),
        (("--locale", "de-AT"), "https://news.google.com/rss?hl=de&gl=AT&ceid=AT:de"),
        (("--topic", "World"), WORLD),
        (
            ("--geo", "Cork", "--locale", "en-IE"),
            "https://news.google.com/rss/headlines/section/geo/Cork?hl=en-IE&gl=IE&ceid=IE:en",
        ),
        (
            ("--search", "wind", "--when", "7d", "--site", "a.example", "--exclude", "solar"),
            "https://news.google.com/rss/search?q=wind+site:a.example+-solar+when:7d"
            "&hl=en-US&gl=US&ceid=US:en",
        ),
        (
            ("--intitle", "tidal power", "--before", "2026-01-02"),
            "https://news.google.com/rss/search?q=intitle:%22tidal+power%22+after:1990-01-01+"
            "before:2026-01-02&hl=en-US&gl=US&ceid=US:en",
        ),
    ],
)
def test_url_prints_a_feed_and_explain_leads_back_to_it(cli: Cli, words, feed) -> None:
    run = cli("url", *words)
    assert (run.status, run.out, run.err) == (0, feed + "\n", "")
    told = cli("url", "--explain", feed).out.splitlines()
    assert told[1] == f"feed: {feed}"
    program, command, *again = words_in(told[2])
    assert (program, command) == ("newsimport", "url")
    assert cli("url", *again).out == feed + "\n"


def test_explain_turns_a_web_page_into_its_feed_and_says_what_an_article_is(cli: Cli) -> None:
    page = cli("url", "--explain", WORLD_PAGE)
    assert page.out.splitlines()[0].startswith("The topic World")
    assert f"feed: {WORLD}" in page.out
    one = cli("url", "--explain", article("x"))
    assert one.status == 0
    assert "article" in one.out and "feed:" not in one.out
    other = cli("url", "--explain", "https://paper.example/")
    assert (other.status, other.out) == (2, "")


def test_editions_are_listed_and_one_that_does_not_exist_names_the_nearest(cli: Cli) -> None:
    listed = cli("url", "--list-locales").out.splitlines()
    assert len(listed) > 70
    assert any(re.match(r"en-GB +GB:en +English", line) for line in listed)
    for line in listed:
        assert cli_url_of(line.split()[0]).endswith(line.split()[1])
    wrong = cli("url", "--locale", "fi-FI")
    assert (wrong.status, wrong.out) == (2, "")
    assert "sv-SE" in wrong.err


def cli_url_of(locale: str) -> str:
    from newsimport.commands.feedwords import url_of

    return url_of({"locale": locale})


@pytest.mark.parametrize(
    "words",
    [
        ("--topic", "world", "--search", "x"),
        ("--topic", "world", "--when", "7d"),
        ("--topic", "no such thing"),
        ("--search", "x", "--when", "yesterday"),
        ("--search", "x", "--after", "01.02.2026"),
        ("--when", "7d"),
        ("--list-locales", "--topic", "world"),
        ("--topic", ""),
        ("--search", " "),
        ("--geo", ""),
        ("--locale", ""),
    ],
)
def test_words_that_name_no_feed_are_refused_in_one_line(cli: Cli, words) -> None:
    run = cli("url", *words)
    assert (run.status, run.out) == (2, "")
    assert len(run.err.splitlines()) == 1


def test_fetch_needs_a_feed_or_words_for_one(cli: Cli, tmp_path: Path) -> None:
    assert cli("fetch", "--out", tmp_path / "out").status == 2
    endless = cli("fetch", "--out", tmp_path / "out", "--search", "x", "--split")
    assert endless.status == 2 and "--after" in endless.err and "--when" in endless.err


def test_a_search_is_split_from_a_day_or_over_a_span() -> None:
    from newsimport.commands.feedwords import search_of
    from newsimport.errors import UsageError

    today = datetime.now(UTC).date()
    span = search_of({"search": "ferry", "when": "7d"})
    assert (span.query, span.before) == ("ferry", today + timedelta(days=1))
    assert span.after in {today - timedelta(days=7), today - timedelta(days=6)}
    window = search_of({"search": "ferry", "after": "2026-01-01", "before": "2026-02-01"})
    assert (window.after, window.before) == (date(2026, 1, 1), date(2026, 2, 1))
    for words in ({"when": "7d", "after": "2026-01-01"}, {"when": "7x"}, {"before": "2026-01-01"}):
        with pytest.raises(UsageError):
            search_of({"search": "ferry", **words})


def test_who_names_a_site_to_search_where_the_generator_stands_is_told(
    cli: Cli, tmp_path: Path
) -> None:
    run = cli("fetch", "--search", "x", "--site", "paper.example", "--out", tmp_path / "out")
    assert run.status == 2
    assert "--from-site paper.example" in run.err


def test_an_edition_that_google_puts_in_place_of_another_is_told(
    server: FeedServer, cli: Cli, tmp_path: Path
) -> None:
    feed = server.serve(harbour(1), "/rss?hl=fi&gl=FI&ceid=FI:fi")
    told = cli("fetch", feed, "--out", tmp_path / "out", "--site", "hugo", "--json").json
    [warning] = told["feeds"][0]["warnings"]
    assert "US:en" in warning and "FI:fi" in warning


# ---------------------------------------------------------------- in a run, over HTTP


@pytest.fixture
def google(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> FeedServer:
    """A server in the place of Google's feeds."""
    monkeypatch.setattr(feedurl, "BASE", f"{server.address}/rss")
    return server


def test_fetch_takes_the_same_words(google: FeedServer, tmp_path: Path) -> None:
    from newsimport.commands.fetch import fetch

    google.serve(harbour(2), "/rss/search?q=ferry+when:7d&hl=en-GB&gl=GB&ceid=GB:en")
    from click.testing import CliRunner

    done = CliRunner().invoke(
        fetch,
        ["--search", "ferry", "--when", "7d", "--locale", "en-GB", "--out", str(tmp_path / "out"),
         "--allow-private"],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert len(list((tmp_path / "out").glob("*.md"))) == 2


def test_a_web_page_is_fetched_as_its_feed_and_the_run_says_so(
    google: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsimport.source import explain

    feed = google.serve(harbour(1), "/world")
    assert feed_of_page(WORLD_PAGE) == WORLD
    assert feed_of_page(WORLD) == feed_of_page("https://paper.example/topics/x") == ""
    monkeypatch.setattr(explain, "feed_of_page", lambda url: feed if url == WORLD_PAGE else "")
    settings = Settings(sources=(WORLD_PAGE,), out=tmp_path, allow_private=True)
    report = import_feeds(settings, NOW).feeds[0]
    assert (report.status, len(report.outcomes)) == ("ok", 1)
    assert WORLD_PAGE in report.note


def test_a_page_without_a_feed_fails_alone(server: FeedServer, cli: Cli, tmp_path: Path) -> None:
    good = server.serve(harbour(1))
    run = cli("fetch", article("x"), good, "--out", tmp_path / "out", "--json")
    assert run.status == 1
    assert [feed["status"] for feed in run.json["feeds"]] == ["failed", "ok"]
    assert "article" in run.json["feeds"][0]["error"]["message"]


class Archive:
    """Items on days, of which a search shows the first 100 of its window, as Google does."""

    def __init__(self, server: FeedServer, per_day: dict[date, int]) -> None:
        self.asked: list[tuple[date, date]] = []
        self.per_day = per_day
        self.address = server.address
        server.pages = self

    def get(self, path: str, missing):
        from .conftest import Page

        query = parse_qs(urlsplit(path).query).get("q", [""])[0]
        found = re.fullmatch(r"ferry after:(\S+) before:(\S+)", query)
        if not found:
            return missing
        after, before = (date.fromisoformat(day) for day in found.groups())
        self.asked.append((after, before))
        rows = [
            (day, Row(f"Ferry {number} of {day}", "The Quay Courier", article(f"{day}-{number}")))
            for day, count in self.per_day.items()
            if after <= day < before
            for number in range(count)
        ]
        items = (item(row, lone(row), published=datetime.now(UTC)) for _, row in rows[:100])
        link = f"{self.address}/search?q={query.replace(' ', '+')}"
        return Page(rss(*items, link=link).encode(), 200, {"Content-Type": "application/rss+xml"})


def test_a_search_that_is_cut_is_halved_until_nothing_is_missed_and_no_window_is_asked_twice(
    google: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsimport.source import gather

    monkeypatch.setattr(gather, "PAUSE", 0)
    start = date(2026, 1, 1)
    archive = Archive(google, {start + timedelta(days=n): 30 for n in range(8)})
    search = Search("ferry", start, start + timedelta(days=8))
    settings = Settings(split=search, out=tmp_path / "out", allow_private=True, site="hugo")
    report = import_feeds(settings, NOW)
    assert report.exit == 0
    assert len(list((tmp_path / "out").glob("*.md"))) == 240
    assert len(archive.asked) == len(set(archive.asked)) == 7
    # Four windows of two days; what is cut is not imported, for its halves have all of it.
    assert [len(feed.outcomes) for feed in report.feeds] == [60, 60, 60, 60]


def test_a_single_day_that_is_cut_is_imported_as_it_is(
    google: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsimport.source import gather

    monkeypatch.setattr(gather, "PAUSE", 0)
    start = date(2026, 1, 1)
    archive = Archive(google, {start: 130})
    search = Search("ferry", start, start + timedelta(days=2))
    report = import_feeds(
        Settings(split=search, out=tmp_path / "out", allow_private=True, site="hugo"), NOW
    )
    assert [len(feed.outcomes) for feed in report.feeds] == [100, 0]
    assert len(archive.asked) == 3
