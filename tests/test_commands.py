"""The commands as programs and people see them: clauses 27 to 33."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from .conftest import ROOT, Cli, FeedServer, Run
from .feeds import (
    BRIDGE,
    HARBOUR,
    START,
    UNAVAILABLE,
    WORLD,
    Row,
    article,
    article_id,
    harbour,
    item,
    lone,
    modern,
    rss,
)

FEED = rss(
    item(HARBOUR[0], modern(HARBOUR), guid="cluster-1"),
    item(BRIDGE, lone(BRIDGE), guid="", published=None, source=False),
)
UNDATED = "items without a usable date: 1; the time they were first seen stands in"
OWN_FILES = {".newsimport.sqlite3", ".newsimport.lock"}


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.xml"
    path.write_text(FEED, encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - OWN_FILES if folder.is_dir() else set()


def actions(run: Run) -> list[str]:
    return [story["action"] for story in run.json["feeds"][0]["stories"]]


# ---------------------------------------------------------------- inspect


def test_inspect_json(cli: Cli, feed: Path) -> None:
    run = cli("inspect", feed, "--json", "--feed-url", WORLD)
    assert (run.status, run.err) == (0, "")
    told = run.json
    first = told["stories"][0]
    for name in ("description", "summary"):
        assert isinstance(first.pop(name), str)
    assert isinstance(first.pop("tags"), list)
    assert {
        name: told["stories"][1].pop(name) for name in ("published", "publisher_url", "guid")
    } == {"published": None, "publisher_url": "", "guid": BRIDGE.link}
    assert told == {
        "version": 1,
        "feed": {
            "url": WORLD,
            "title": "World - Latest - Google News",
            "language": "en-US",
            "items": 2,
            "warnings": [],
        },
        "stories": [
            {
                "guid": "cluster-1",
                "title": HARBOUR[0].title,
                "url": HARBOUR[0].link,
                "published": "2026-01-06T08:35:05Z",
                "publisher": "The Quay Courier",
                "publisher_url": "https://paper.example",
                "headlines": [
                    {
                        "title": row.title,
                        "url": row.link,
                        "publisher": row.publisher,
                        "publisher_link": "",
                    }
                    for row in HARBOUR
                ],
                "publisher_link": "",
                "image": "",
                "categories": ["World"],
                "language": "en-US",
                "dropped": None,
            },
            told["stories"][1],
        ],
    }
    assert told["stories"][1]["headlines"] == [
        {
            "title": BRIDGE.title,
            "url": BRIDGE.link,
            "publisher": BRIDGE.publisher,
            "publisher_link": "",
        }
    ]


def test_inspect_reads_standard_input(cli: Cli) -> None:
    assert cli("inspect", "-", "--json", stdin=FEED.encode()).json["feed"]["items"] == 2


def test_inspect_over_http_names_the_address(cli: Cli, server: FeedServer) -> None:
    url = server.serve(FEED)
    assert cli("inspect", url, "--json").json["feed"]["url"] == url


def test_inspect_for_a_person(cli: Cli, feed: Path) -> None:
    run = cli("inspect", feed)
    assert (run.status, run.err) == (0, "")
    for part in (HARBOUR[0].title, "2026-01-06 08:35", "Isle & Strait", BRIDGE.title, "no date"):
        assert part in run.out


def test_inspect_explains_tags(cli: Cli, tmp_path: Path) -> None:
    rows = (
        Row("Ferry strike in Oslo enters third day", "Tide", article("e1")),
        Row("Oslo commuters stranded by ferry strike", "Quay", article("e2")),
        Row("Mayor Ane Holt joins talks on ferry strike", "Isle", article("e3")),
    )
    file = tmp_path / "strike.xml"
    file.write_text(rss(item(rows[0], modern(rows))), encoding="utf-8")
    shown = cli("inspect", file, "--explain-tags").out.splitlines()
    assert shown[0] == rows[0].title
    assert shown[1].split() == ["tag", "headlines", "score", "why"]
    table = {line[2 : shown[1].index("headlines") - 2].strip(): line for line in shown[2:]}
    assert "3 of 3" in table["ferry strike"] and table["ferry strike"].endswith("a tag")
    assert table["Oslo"].endswith("a tag") and "2 of 3" in table["Oslo"]
    assert table["ferry"].endswith("only within ferry strike")
    assert len({line.index(" of ") for line in shown[2:]}) == 1
    told = cli("inspect", file, "--explain-tags", "--json").json["stories"][0]
    kept = [one["tag"] for one in told["tag_candidates"] if one["kept"]]
    assert kept == told["tags"] == [name for name in table if table[name].endswith("a tag")]
    assert set(told["tag_candidates"][0]) == {"tag", "headlines", "score", "kept", "why"}
    assert "tag_candidates" not in cli("inspect", file, "--json").json["stories"][0]


def test_inspect_explains_where_there_is_nothing_to_explain(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "bare.xml"
    row = Row("???", "Tide", article("q"))
    file.write_text(rss(item(row, lone(row))), encoding="utf-8")
    shown = cli("inspect", file, "--explain-tags").out.splitlines()
    assert shown == ["???", "  nothing in it could be a tag"]


def test_inspect_writes_nothing(cli: Cli, feed: Path) -> None:
    cli("inspect", feed, cwd=feed.parent)
    assert files(feed.parent) == {"feed.xml", "home"}
    assert files(cli.folder) == set()


def test_inspect_reads_one_feed(cli: Cli, feed: Path) -> None:
    assert cli("inspect").status == 2
    assert cli("inspect", feed, feed).status == 2


# ---------------------------------------------------------------- fetch


def test_fetch_json(cli: Cli, feed: Path, out: Path) -> None:
    run = cli("fetch", feed, "--out", out, "--json")
    assert (run.status, run.err) == (0, "")
    name = "harbour-town-votes-to-keep-its-last-ferry.md"
    assert run.json == {
        "version": 1,
        "out": str(out),
        "dry_run": False,
        "exit": 0,
        "links": None,
        "feeds": [
            {
                "source": str(feed),
                "status": "ok",
                "error": None,
                "note": "",
                "warnings": [UNDATED],
                "counts": {"created": 2, "updated": 0, "unchanged": 0, "kept": 0, "skipped": 0},
                "stories": [
                    {"guid": "cluster-1", "path": name, "action": "created", "reason": ""},
                    {
                        "guid": BRIDGE.link,
                        "path": "old-bridge-reopens-after-forty-years.md",
                        "action": "created",
                        "reason": "",
                    },
                ],
            }
        ],
    }
    assert files(out) == {story["path"] for story in run.json["feeds"][0]["stories"]}


def test_fetch_json_of_a_feed_that_fails(cli: Cli, out: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.xml"
    empty.touch()
    run = cli("fetch", empty, "--out", out, "--json")
    assert run.status == run.json["exit"] == 65
    [told] = run.json["feeds"]
    assert told["status"] == "failed"
    assert told["error"]["kind"] == "not-a-feed"
    assert "empty" in told["error"]["message"]
    assert told["stories"] == []


def test_fetch_without_out_is_a_usage_error(cli: Cli, feed: Path) -> None:
    run = cli("fetch", feed)
    assert run.status == 2
    assert "--out" in run.err


@pytest.mark.parametrize("command", ["fetch", "prune", "status"])
def test_an_empty_folder_name_is_not_the_folder_that_one_is_in(
    cli: Cli, feed: Path, command: str
) -> None:
    words = {"fetch": [feed], "prune": ["--older-than", "1d"], "status": []}[command]
    assert cli(command, *words, "--out", "").status == 2
    assert files(cli.folder) == set()


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "ftp://paper.example/",
        "/feed",
        "news.google.com",
        "https://paper.example/\udcff",
    ],
)
def test_a_feed_url_that_is_none_is_a_usage_error(
    cli: Cli, feed: Path, out: Path, url: str
) -> None:
    assert cli("fetch", feed, "--out", out, "--feed-url", url).status == 2
    assert cli("inspect", feed, "--feed-url", url).status == 2
    assert not out.exists()


def test_what_has_no_file_is_told_in_one_short_line(cli: Cli, out: Path) -> None:
    rows = [Row("One", "Paper", article(n * 300)) for n in "ab"]
    text = rss(*(item(row, lone(row), guid=article_id(row.link)) for row in rows))
    run = cli("fetch", "-", "-v", "--limit", 0, "--out", out, stdin=text.encode())
    assert len(run.err.splitlines()) == 3
    assert all(len(line) < 100 for line in run.err.splitlines())


def test_an_address_that_cannot_be_read_is_named_once(cli: Cli, out: Path) -> None:
    for run in (
        cli("inspect", "ftp://paper.example/"),
        cli("fetch", "ftp://paper.example/", "--out", out),
    ):
        assert run.status == 2
        assert run.err.count("ftp://") == 1


def test_fetch_reads_standard_input_and_http_alike(
    cli: Cli, server: FeedServer, tmp_path: Path
) -> None:
    url = server.serve(FEED)
    told = [
        cli("fetch", source, "--out", tmp_path / str(number), "--json", stdin=FEED.encode())
        for number, source in enumerate(["-", url])
    ]
    assert [run.json["feeds"][0]["source"] for run in told] == ["-", url]
    assert files(tmp_path / "0") == files(tmp_path / "1")
    assert len(server.requests) == 1
    assert server.requests[0][1]["User-Agent"].startswith("newsimport/")


def test_several_feeds_share_one_run(cli: Cli, feed: Path, out: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    other.write_text(harbour(2))
    run = cli("fetch", feed, other, "--out", out, "--json")
    assert [len(told["stories"]) for told in run.json["feeds"]] == [2, 2]
    assert len(files(out)) == 4


def test_a_second_run_changes_no_file(cli: Cli, feed: Path, out: Path) -> None:
    cli("fetch", feed, "--out", out)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in out.glob("*.md")}
    run = cli("fetch", feed, "--out", out, "--json")
    assert actions(run) == ["unchanged", "unchanged"]
    assert run.json["feeds"][0]["counts"]["unchanged"] == 2
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in out.glob("*.md")} == (
        before
    )


def test_a_changed_item_updates_its_own_file(cli: Cli, feed: Path, out: Path) -> None:
    cli("fetch", feed, "--out", out)
    names = files(out)
    more = (*HARBOUR, Row("Ferry gets new paint", "Gull Radio", article("h4")))
    feed.write_text(FEED.replace(item(HARBOUR[0], modern(HARBOUR), guid="cluster-1"), item(HARBOUR[0], modern(more), guid="cluster-1")))  # fmt: skip
    run = cli("fetch", feed, "--out", out, "--json")
    assert actions(run) == ["updated", "unchanged"]
    assert files(out) == names
    written = (out / "harbour-town-votes-to-keep-its-last-ferry.md").read_text()
    assert '\n- title: "Ferry gets new paint"\n' in written
    assert "\n- [Ferry gets new paint](" in written


def test_clause_30_dry_run_decides_the_same_and_writes_nothing(
    cli: Cli, feed: Path, out: Path
) -> None:
    kept = ("--log-file", "logs/run.log", "--data", "data/all.json", "--state", "own/ledger")
    dry = cli("fetch", feed, "--out", out, "--json", "--dry-run", *kept)
    assert not out.exists()
    assert [path for path in cli.folder.rglob("*") if path.is_file()] == []
    wet = cli("fetch", feed, "--out", out, "--json")
    assert dry.json["feeds"] == wet.json["feeds"]
    assert (dry.json["dry_run"], wet.json["dry_run"]) == (True, False)
    everything = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    again = cli("fetch", feed, "--out", out, "--json", "--dry-run")
    assert actions(again) == ["unchanged", "unchanged"]
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == everything


@pytest.mark.parametrize("limit", [0, 1, 2, 5, 99])
def test_limit(cli: Cli, out: Path, limit: int) -> None:
    run = cli("fetch", "-", "--out", out, "--json", "--limit", limit, stdin=harbour(5).encode())
    taken = min(limit, 5)
    assert actions(run) == ["created"] * taken + ["skipped"] * (5 - taken)
    assert len(files(out)) == taken
    assert all(story["path"] is None for story in run.json["feeds"][0]["stories"][taken:])


def test_a_negative_limit_is_a_usage_error(cli: Cli, feed: Path, out: Path) -> None:
    assert cli("fetch", feed, "--out", out, "--limit", "-1").status == 2


@pytest.mark.parametrize(
    ("since", "taken"),
    [
        ("2026-01-01", 3),
        ("2026-01-06T08:00:00Z", 1),
        ("2026-01-06T15:35:05+09:00", 3),
        ("2026-01-06T06:35:06", 2),
        ("2026-02-01", 0),
        ("5200w", 3),
        ("1m", 0),
    ],
)
def test_since(cli: Cli, out: Path, since: str, taken: int) -> None:
    # Three stories, an hour apart, the newest at 08:35:05.
    run = cli("fetch", "-", "--out", out, "--json", "--since", since, stdin=harbour(3).encode())
    assert actions(run) == ["created"] * taken + ["skipped"] * (3 - taken)
    assert len(files(out)) == taken


def test_since_counts_back_from_now(cli: Cli, out: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    text = rss(
        *(
            item(Row(f"Boat {hours}", "Quay", article(hours)), "x", published=now - timedelta(hours=hours))
            for hours in (1, 30, 200)
        )
    )  # fmt: skip
    for since, taken in (("2h", 1), ("2d", 2), ("90m", 1), ("2w", 3)):
        run = cli("fetch", "-", "--out", out, "--json", "-" * 2 + "dry-run", "--since", since, stdin=text.encode())  # fmt: skip
        assert actions(run).count("created") == taken


@pytest.mark.parametrize("since", ["yesterday", "", " ", "7", "-1d", "2026-13-01", "9999999d"])
def test_an_unreadable_since_is_a_usage_error(cli: Cli, feed: Path, out: Path, since: str) -> None:
    run = cli("fetch", feed, "--out", out, "--since", since)
    assert run.status == 2
    assert len(run.err.strip().splitlines()) == 1
    assert not out.exists()


@pytest.mark.parametrize("since", ["999999w", "0001-01-01", "0001-01-01T00:00:00+14:00"])
def test_since_forever(cli: Cli, feed: Path, out: Path, since: str) -> None:
    run = cli("fetch", feed, "--out", out, "--since", since, "--json")
    assert (run.status, actions(run)) == (0, ["created", "created"])


@pytest.mark.parametrize(
    ("config", "pattern"),
    [
        ("hugo.toml", r"[a-z].*\.md"),
        ("config.toml", r"[a-z].*\.md"),
        ("_config.yml", r"2026-01-06-.*\.md"),
        (None, r"[a-z].*\.md"),
    ],
)
@pytest.mark.parametrize("place", ["", "a", "a/b"])
def test_the_site_is_known_by_its_configuration(
    cli: Cli, tmp_path: Path, config: str | None, pattern: str, place: str
) -> None:
    root = tmp_path / "site"
    root.mkdir()
    if config:
        (root / config).touch()
    cli("fetch", "-", "--out", root / place, stdin=harbour(1).encode())
    [name] = files(root / place) - {config, "a"}
    assert re.fullmatch(pattern, name)


def test_the_nearest_configuration_wins_and_an_option_wins_over_it(
    cli: Cli, tmp_path: Path
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "_config.yml").touch()
    (inner / "hugo.toml").touch()
    cli("fetch", "-", "--out", inner / "posts", stdin=harbour(1).encode())
    assert files(inner / "posts") == {"ferry-number-0-leaves-on-time.md"}
    cli("fetch", "-", "--out", inner / "_posts", "--site", "jekyll", stdin=harbour(1).encode())
    assert files(inner / "_posts") == {"2026-01-06-ferry-number-0-leaves-on-time.md"}


def test_a_relative_folder_is_found_from_where_the_user_is(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "_config.yml").touch()
    (tmp_path / "_posts").mkdir()
    cli("fetch", "-", "--out", ".", cwd=tmp_path / "_posts", stdin=harbour(1).encode())
    assert files(tmp_path / "_posts") == {"2026-01-06-ferry-number-0-leaves-on-time.md"}


# ---------------------------------------------------------------- failures


def test_clause_32_exit_statuses(cli: Cli, server: FeedServer, tmp_path: Path, feed: Path) -> None:
    closed = FeedServer()
    closed.close()
    folder = tmp_path / "a-file"
    folder.touch()
    cases = [
        (0, [feed]),
        (0, [server.serve(rss(), "/none")]),
        (65, [tmp_path / "missing.xml"]),
        (65, [server.serve("", "/empty")]),
        (65, [server.serve("<!doctype html><title>x</title>", "/page")]),
        (65, [server.serve(UNAVAILABLE, "/unavailable")]),
        (69, [server.serve("gone", "/gone", 410)]),
        (69, [server.serve("no", "/forbidden", 403)]),
        (69, [server.address + "/missing"]),
        (75, [server.serve("busy", "/busy", 503)]),
        (75, [server.serve("slow down", "/many", 429)]),
        (75, [closed.address + "/x"]),
        (1, [feed, tmp_path / "missing.xml"]),
        (1, [server.address + "/gone", tmp_path / "missing.xml"]),
        (65, [server.address + "/empty", tmp_path / "missing.xml"]),
        (2, ["ftp://paper.example/feed"]),
        (2, ["http://127.0.0.1:99999/"]),
    ]
    for number, (status, sources) in enumerate(cases):
        # A folder each, for a failure that lasts is told once a day.
        run = cli("fetch", *sources, "--out", tmp_path / f"out-{number}")
        assert run.status == status, (sources, run)
        failures = run.err.splitlines()
        assert bool(failures) == bool(status), (sources, run)
        assert run.out == ""
        if status not in {1, 2}:
            for source, line in zip(sources, failures, strict=False):
                assert line.startswith(f"newsimport: {source}: "), line
    assert cli("fetch", feed, "--out", folder).status == 73
    assert cli("fetch", feed, "--out", folder / "below").status == 73


@pytest.mark.parametrize("command", ["inspect", "fetch"])
def test_clause_33_an_error_is_one_line(cli: Cli, tmp_path: Path, command: str) -> None:
    options = ("--out", tmp_path / "out") if command == "fetch" else ()
    run = cli(command, tmp_path / "missing.xml", *options)
    assert run.status == 65
    assert (
        run.err
        == f"newsimport: {tmp_path}/missing.xml: cannot read it: No such file or directory\n"
    )


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs /proc")
@pytest.mark.parametrize("command", ["inspect", "fetch"])
def test_clause_32_a_device_that_cannot_be_read_is_no_bad_feed(
    cli: Cli, tmp_path: Path, command: str
) -> None:
    options = ("--out", tmp_path / "out") if command == "fetch" else ()
    # Nothing is mapped at its beginning: the system answers EIO.
    run = cli(command, "/proc/self/mem", *options)
    assert run.err == "newsimport: /proc/self/mem: cannot read it: Input/output error\n"
    assert run.status == 74


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["fetch", "--jobs", "0"], "newsimport: invalid value for '--jobs': 0 is not in the range"),
        (["fetch", "--lmit", "1"], "newsimport: no such option"),
        (["inspect"], "newsimport: missing argument"),
        (["completion"], "newsimport: missing argument '{bash|zsh|fish}'. Choose from: bash, zsh"),
        (
            ["fetch", "--limit", "x"],
            "newsimport: invalid value for '--limit': 'x' is no whole number;",
        ),
        (
            ["fetch", "--lock-timeout", "x"],
            "newsimport: invalid value for '--lock-timeout': 'x' is no number;",
        ),
        (["fetch", "--nosuch"], "newsimport: no such option '--nosuch'; did you mean one of: "),
        (["fetch", "-q", "-v"], "newsimport: -q and -v are opposites: give one of them; see"),
        (["adopt", "-q", "-v"], "newsimport: -q and -v are opposites: give one of them; see"),
        (
            ["inspect", "-", "--feed-url", ""],
            "newsimport: invalid value for '--feed-url': '' is no",
        ),
        (["feeds", "lst"], "newsimport: no such command 'lst'"),
        (["--colour"], "newsimport: no such option"),
        (["fetsch"], "newsimport: no such command 'fetsch'"),
    ],
)
def test_clause_33_a_wrong_call_is_told_in_one_line(cli: Cli, words: list[str], says: str) -> None:
    run = cli(*words)
    assert (run.status, run.out, len(run.err.splitlines())) == (2, "", 1)
    assert run.err.startswith(says)
    assert run.err.endswith(" --help`\n")


def test_a_feed_that_fails_leaves_the_others_alone(
    cli: Cli, feed: Path, out: Path, tmp_path: Path
) -> None:
    run = cli("fetch", tmp_path / "missing.xml", feed, "--out", out, "--json")
    assert run.status == run.json["exit"] == 1
    assert [told["status"] for told in run.json["feeds"]] == ["failed", "ok"]
    assert len(files(out)) == 2


def test_clause_1_redirects(cli: Cli, server: FeedServer, tmp_path: Path) -> None:
    server.serve(harbour(1), "/feed.xml")
    assert cli("inspect", server.serve("", "/moved", 301, location="/feed.xml")).status == 0
    for number, location in enumerate(
        ["file:///etc/passwd", "ftp://paper.example/", "/loop", "gopher://x", "//", "http://"]
    ):
        path = "/loop" if location == "/loop" else f"/away{number}"
        run = cli("inspect", server.serve("", path, 302, location=location))
        assert run.status == 69, (location, run)
        assert len(run.err.splitlines()) == 1


def test_the_charset_of_http_is_heard(cli: Cli, server: FeedServer) -> None:
    text = rss(item(Row("Паром снова ходит", "Причал", article("r")), "x"))
    body = text.replace(' encoding="UTF-8"', "").encode("cp1251")
    url = server.serve(body, content_type="text/xml; charset=windows-1251")
    assert cli("inspect", url, "--json").json["stories"][0]["title"] == "Паром снова ходит"


def test_clause_27_secrets_of_an_address_stay_secret(
    cli: Cli, server: FeedServer, tmp_path: Path
) -> None:
    server.serve(FEED, "/feed?token=s3cret&hl=en")
    url = server.address.replace("//", "//me:pa55@") + "/feed?token=s3cret&hl=en"
    out = tmp_path / "out"
    runs = [
        cli("fetch", url, "--out", out, "--json"),
        cli("inspect", url, "--json"),
        cli("fetch", url.replace("/feed", "/none"), "--out", out),
        cli("inspect", url.replace("/feed", "/none")),
    ]
    assert [run.status for run in runs] == [0, 0, 69, 69]
    for seen in [*(run.out + run.err for run in runs), *(p.read_bytes().decode("latin-1") for p in out.iterdir())]:  # fmt: skip
        assert "s3cret" not in seen
        assert "pa55" not in seen


def test_clause_27_an_address_that_cannot_be_asked_keeps_its_password(
    cli: Cli, tmp_path: Path
) -> None:
    url = "ftp://me:pa55@paper.example/feed"
    for run in (cli("inspect", url), cli("fetch", url, "--out", tmp_path / "o", "--json")):
        assert run.status == 2
        assert "ftp://paper.example/feed: only http and https" in run.err
        assert "pa55" not in run.out + run.err


def test_clause_28_a_terminal_is_not_steered_by_a_feed(cli: Cli, tmp_path: Path) -> None:
    title = "Evil \x9b31m\u202e\x1b]0;owned\x07 title"
    text = rss(item(Row("x", "Paper", article("e")), "x")).replace(">x - Paper<", f">{title}<")
    for run in (
        cli("inspect", "-", stdin=text.encode()),
        cli("fetch", "-", "-v", "--out", tmp_path / "out", stdin=text.encode()),
    ):
        assert run.status == 0
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", run.out + run.err)


# ---------------------------------------------------------------- on a terminal and elsewhere


def test_clause_29_success_says_nothing_where_nobody_looks(cli: Cli, feed: Path, out: Path) -> None:
    assert cli("fetch", feed, "--out", out) == Run(0, "", "")
    assert cli("fetch", feed, "--out", out) == Run(0, "", "")


def test_verbose_says_what_became_of_each_item(cli: Cli, feed: Path, out: Path) -> None:
    run = cli("fetch", feed, "-v", "--out", out)
    assert (run.status, run.out) == (0, "")
    assert run.err.splitlines() == [
        "created: harbour-town-votes-to-keep-its-last-ferry.md",
        "created: old-bridge-reopens-after-forty-years.md",
        f"{feed}: warning: {UNDATED}",
        f"{feed}: 2 created",
    ]


def test_quiet_says_errors_alone(cli: Cli, feed: Path, out: Path, tmp_path: Path) -> None:
    assert cli.on_terminal("fetch", feed, "-q", "--out", out).err == ""
    run = cli("fetch", tmp_path / "missing", "-q", "--out", out)
    assert (run.status, len(run.err.splitlines())) == (65, 1)


def test_a_terminal_sees_progress_and_a_summary(cli: Cli, feed: Path, out: Path) -> None:
    run = cli.on_terminal("fetch", feed, "--out", out)
    assert run.status == 0
    first, *last = run.err.split("\r\x1b[K")[1:]
    assert "…" in first
    assert last == [f"{feed}: warning: {UNDATED}\r\n{feed}: 2 created\r\n"]
    assert cli.on_terminal("fetch", feed, "--out", out).err.endswith(": 2 unchanged\r\n")


def test_a_summary_says_that_edits_were_kept(cli: Cli, tmp_path: Path, out: Path) -> None:
    feed = tmp_path / "feed.xml"
    titles = ("Ferry sails", "Harbour ferry sails at last", "All aboard", "Ferry is late", "Fog")
    rows = [Row(title, f"Paper {n}", article(f"{n}")) for n, title in enumerate(titles)]
    others = [Row(title, "Paper", article(title)) for title in ("Bridge opens", "Market moves")]

    def written(count: int) -> None:
        stories = [rows[:count], *([row, *rows[5 - count :]] for row in others)]
        feed.write_text(rss(*(item(s[0], modern(tuple(s)), guid=s[0].title) for s in stories)))

    written(2)
    assert cli("fetch", feed, "--out", out).status == 0
    edited = out / "ferry-sails.md"
    mine = re.sub(r"(?m)^description: .*$", "description: mine", edited.read_text())
    edited.write_text(mine)
    written(3)
    assert cli.on_terminal("fetch", feed, "--out", out).err.endswith(
        f"{feed}: 3 updated (1 kept your edits)\r\n"
    )
    written(4)
    assert cli.on_terminal("fetch", feed, "--out", out).err.endswith(": 3 updated\r\n")


def test_a_dry_run_says_so(cli: Cli, feed: Path, out: Path) -> None:
    shown = cli.on_terminal("fetch", feed, "--out", out, "--dry-run").err
    assert shown.endswith(f"{feed}: 2 created (dry run)\r\n")


def test_clause_29_no_colour_where_none_is_wanted(cli: Cli, feed: Path, out: Path) -> None:
    shown = cli.on_terminal("fetch", feed, "--out", out, env={"NO_COLOR": "1"}).err
    assert not re.search(r"\x1b\[[0-9;]*m", shown)


def test_clause_29_json_on_a_terminal_is_json_alone(cli: Cli, feed: Path, out: Path) -> None:
    shown = cli.on_terminal("fetch", feed, "--out", out, "--json").err
    assert json.loads(shown)["exit"] == 0


# ---------------------------------------------------------------- around it


def test_version(cli: Cli) -> None:
    from newsimport import __version__

    assert cli("--version") == Run(0, f"newsimport {__version__}\n", "")


def test_every_command_has_help(cli: Cli) -> None:
    from newsimport.cli import COMMANDS

    listed = cli("--help")
    assert listed.status == 0
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", listed.out, re.MULTILINE)
        shown = cli(name, "--help")
        assert (shown.status, shown.err) == (0, "")
        assert re.search(rf"^  Examples?:\n    newsimport {name} \S", shown.out, re.MULTILINE)
    assert cli("-h").out == listed.out


def test_an_unknown_command_is_a_usage_error(cli: Cli) -> None:
    assert cli("fetsch").status == 2


HEAVY = {"feedparser", "bs4", "lxml", "ruamel", "ruamel.yaml", "slugify", "sqlite3"}


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["fetch", "--help"], ["inspect", "--help"], ["nonsense"]],
)
def test_starting_up_loads_nothing_heavy(cli: Cli, arguments: list[str]) -> None:
    program = (
        "import atexit, sys\n"
        "atexit.register(lambda: print('modules:', *sys.modules))\n"
        f"sys.argv = ['newsimport', *{arguments!r}]\n"
        "from newsimport.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        # Where coverage is measured, its own modules would be loaded as well.
        env={k: v for k, v in cli.environment().items() if not k.startswith("COVERAGE_")},
        cwd=cli.folder,
    )
    loaded = set(done.stdout.rpartition("modules:")[2].split())
    assert "click" in loaded
    assert loaded & HEAVY == set()


def test_a_closed_pipe_is_no_error(cli: Cli) -> None:
    command = " ".join(f"'{word}'" for word in cli.command("inspect", ROOT / "examples/world.xml"))
    done = subprocess.run(
        f"set -o pipefail; {command} | head -n 1 >/dev/null",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
        env=cli.environment(),
    )
    assert done.stderr == ""


def test_the_installed_command_is_the_same(cli: Cli) -> None:
    script = Path(sys.executable).with_name("newsimport")
    if not script.exists():
        pytest.skip("newsimport is not installed beside this Python")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == cli("--version").out


def test_names_in_other_scripts_and_long_ids(cli: Cli, tmp_path: Path) -> None:
    # An id of Google's may be longer than a file name may be.
    rows = [Row("船が戻る", "みなと新報", article("j" * 900)), Row("🚀", "Paper", article("r"))]
    text = rss(*(item(row, lone(row), guid=article_id(row.link)) for row in rows))
    run = cli("fetch", "-", "--out", tmp_path / "out", "--json", stdin=text.encode())
    assert actions(run) == ["created", "created"]
    paths = [story["path"] for story in run.json["feeds"][0]["stories"]]
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}\.md", path) for path in paths)


def test_the_umask_is_heard(cli: Cli, feed: Path, out: Path) -> None:
    before = os.umask(0o027)
    try:
        cli("fetch", feed, "--out", out)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in out.glob("*.md")} == {0o640}


def test_dates_are_written_with_a_zone(cli: Cli, feed: Path, tmp_path: Path) -> None:
    for site, wanted in (("hugo", "2026-01-06T08:35:05Z"), ("jekyll", "2026-01-06 08:35:05 +0000")):
        cli("fetch", feed, "--out", tmp_path / site, "--site", site)
        [path] = (tmp_path / site).glob("*harbour-town*.md")
        assert f"\ndate: {wanted}\n" in path.read_text()
    assert START.isoformat() == "2026-01-06T08:35:05+00:00"


def test_a_closed_stdin_is_no_fault_of_ours(cli: Cli, tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *cli.command("inspect", "-")],
        cwd=tmp_path, env=cli.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        65,
        "newsimport: -: cannot read it: standard input is closed\n",
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_below_what_is_printed_is_no_fault_of_ours(cli: Cli, feed: Path) -> None:
    """Clause 23."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            cli.command("inspect", feed),
            cwd=cli.folder, env=cli.environment(), stdout=full, stderr=subprocess.PIPE, text=True,
            check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        73,
        "newsimport: cannot print what was asked for: No space left on device\n",
    )


@pytest.mark.parametrize(
    ("closed", "words", "status"),
    [
        ("2>&-", ("fetch", "feed.xml", "--out", "out"), 0),
        ("2>&-", ("fetch", "feed.xml"), 2),
        (">&-", ("fetch", "feed.xml", "--out", "out", "--dry-run", "--diff"), 0),
        (">&-", ("preview", "feed.xml"), 0),
        (">&-", ("inspect", "feed.xml", "--json"), 0),
        ("<&-", ("fetch", "feed.xml", "--out", "out", "--update", "overwrite"), 2),
    ],
)
def test_a_stream_that_is_closed_is_no_fault(
    cli: Cli, feed: Path, tmp_path: Path, closed: str, words: tuple[str, ...], status: int
) -> None:
    words = tuple(str(feed) if word == "feed.xml" else word for word in words)
    run = ["sh", "-c", f'"$@" {closed}', "sh", *cli.command(*words)]
    done = subprocess.run(
        run, cwd=tmp_path, env=cli.environment(), capture_output=True, stdin=subprocess.DEVNULL, check=False
    )  # fmt: skip
    assert done.returncode == status, done.stderr
    if status == 0 and words[0] == "fetch" and "--dry-run" not in words:
        assert list(tmp_path.glob("out/*.md"))


def test_what_is_no_feed_by_mistake_is_told_with_what_to_do(
    cli: Cli, feed: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "feed.xml.gz"
    packed.write_bytes(gzip.compress(feed.read_bytes()))
    for command in (["fetch", "--out", "out"], ["inspect"]):
        run = cli(*command, "news.google.com/rss")
        told = "news.google.com/rss: there is no such file; an address begins with https://"
        assert (run.status, run.err) == (65, f"newsimport: {told}\n")
        run = cli(*command, packed)
        assert run.status == 65
        assert run.err.endswith(
            "it is compressed; unpack it first: zcat FILE | newsimport fetch -\n"
        )


def test_a_dry_run_of_overwrite_asks_nobody(cli: Cli, feed: Path, out: Path) -> None:
    run = cli("fetch", feed, "--out", out, "--update", "overwrite", "--dry-run")
    assert (run.status, run.err) == (0, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fetch", "-", "--out", "x", "--include", ""], "newsimport: '' is an empty expression"),
        (
            ["fetch", "-", "--out", "x", "--exclude", "title:"],
            "newsimport: 'title:' is an empty expr",
        ),
        (["fetch", "", "--out", "x"], "newsimport: a FEED is empty: it is a URL, a path, -, or "),
        (["inspect", ""], "newsimport: a FEED is empty: "),
        (["status", "nosuch.md"], "newsimport: nosuch.md: there is no such file"),
    ],
)
def test_what_is_empty_or_missing_is_told(cli: Cli, words: list[str], said: str) -> None:
    run = cli(*words)
    assert (run.status, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith(said)


# ---------------------------------------------------------------- what is no file


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_where_a_file_should_be_is_told_and_keeps_nobody_waiting(
    cli: Cli, tmp_path: Path
) -> None:
    feed, out, pipe = tmp_path / "feed.xml", tmp_path / "out", tmp_path / "pipe"
    feed.write_text(rss(item(Row("One story", "Paper", article("p")), "x")))
    os.mkfifo(pipe)
    run = cli("fetch", feed, "--out", out, "--data", pipe)
    assert (run.status, run.err) == (73, f"newsimport: {pipe}: cannot read: it is no file\n")
    assert pipe.is_fifo()
    [story] = out.glob("*.md")
    story.unlink()
    os.mkfifo(story)
    run = cli("prune", "--out", out, "--older-than", "2040-01-01", "-v")
    assert (run.status, run.err) == (
        0,
        f"kept: {story.name} ({story}: cannot read: it is no file)\n",
    )


def test_an_empty_path_is_refused_as_an_option(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss(item(Row("One", "Paper", article("p")), "x")))
    for name in ("--out", "--state", "--data", "--log-file", "--cookie-file", "--config"):
        run = cli("fetch", "feed.xml", "--out", "out", name, "", cwd=tmp_path)
        assert run.status == 2, name
        assert run.err.startswith(f"newsimport: invalid value for '{name}': it is empty"), run.err
    assert not (tmp_path / "out").exists()


def test_a_time_to_wait_that_is_no_number_is_refused(cli: Cli, tmp_path: Path) -> None:
    for value in ("nan", "inf"):
        run = cli("fetch", "x.xml", "--out", tmp_path / "o", "--lock-timeout", value)
        assert run.status == 2
        assert f"{value} is no number of seconds" in run.err


def test_a_ledger_that_another_program_holds_may_be_free_later(cli: Cli, tmp_path: Path) -> None:
    """Clause 32."""
    feed, out = tmp_path / "feed.xml", tmp_path / "out"
    feed.write_text(rss(item(Row("One story", "Paper", article("p")), "x")))
    assert cli("fetch", feed, "--out", out).status == 0
    with contextlib.closing(sqlite3.connect(out / ".newsimport.sqlite3")) as held:
        held.execute("BEGIN EXCLUSIVE")
        run = cli("fetch", feed, "--out", out)
    assert run.status == 75
    assert "another program holds it; try again" in run.err


def test_prune_and_adopt_know_the_generator_that_they_are_told(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss(item(Row("One", "Paper", article("p")), "x")))
    (tmp_path / "newsimport.toml").write_text(
        '[defaults]\nout = "o"\n[front_matter]\ntheme = "chirpy"\n'
    )
    assert cli("fetch", "feed.xml", "--site", "jekyll", cwd=tmp_path).status == 0
    words = ("prune", "--older-than", "2040-01-01", "--dry-run")
    by_flag = cli(*words, "--site", "jekyll", cwd=tmp_path)
    by_variable = cli(*words, cwd=tmp_path, env={"NEWSIMPORT_SITE": "jekyll"})
    assert by_flag == by_variable
    assert by_flag.status == 0
    assert "would remove: " in by_flag.err
    assert cli("adopt", "--site", "jekyll", cwd=tmp_path).status == 0


@pytest.mark.parametrize("value", ["0", "false"])
def test_a_path_in_the_configuration_is_a_text(cli: Cli, tmp_path: Path, value: str) -> None:
    (tmp_path / "newsimport.toml").write_text(f'[defaults]\nout = "o"\npath = {value}\n')
    run = cli("fetch", "x.xml", cwd=tmp_path)
    assert run.status == 2
    assert "path" in run.err
