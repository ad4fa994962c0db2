"""Unattended: silence, once a day, logs, whole reports, signals, and the examples."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from .conftest import ROOT, Cli, FeedServer
from .scripted import Reply, ScriptedServer, feed_of, reply

EXAMPLES = ROOT / "examples"


def site(folder: Path, *urls: str, more: str = "") -> Path:
    """Write a configuration of some feeds."""
    tables = "".join(
        f'[[feeds]]\nname = "feed-{number}"\nurl = "{url}"\n' for number, url in enumerate(urls)
    )
    (folder / "newsimport.toml").write_text(
        f'[defaults]\nout = "news"\nallow_private = true\n{more}\n{tables}'
    )
    return folder


# ---------------------------------------------------------------- what is said, and how often


def test_a_failure_that_lasts_is_said_once_and_remembered(
    cli: Cli, tmp_path: Path, server: FeedServer
) -> None:
    good, bad = server.serve(feed_of(1), "/good"), server.serve("", "/bad", 404)
    site(tmp_path, good, bad)
    runs = [cli("fetch", "--force", cwd=tmp_path) for _ in range(3)]
    assert [run.status for run in runs] == [1, 1, 1]
    assert [len(run.err.splitlines()) for run in runs] == [1, 0, 0]
    assert runs[0].err.startswith("newsimport: feed-1: ")
    # Another kind of failure is news again; so is one after it has worked.
    server.serve("<html>", "/bad")
    assert len(cli("fetch", "--force", cwd=tmp_path).err.splitlines()) == 1
    server.serve(feed_of(2), "/bad")
    assert cli("fetch", "--force", cwd=tmp_path).err == ""
    server.serve("<html>", "/bad")
    assert len(cli("fetch", "--force", cwd=tmp_path).err.splitlines()) == 1


def test_a_failure_that_lasts_says_how_long(cli: Cli, tmp_path: Path, server: FeedServer) -> None:
    site(tmp_path, server.serve("", "/bad", 404), server.serve(feed_of(1)))
    for _ in range(2):
        cli("fetch", "--force", cwd=tmp_path)
    said = cli("fetch", "--force", "-v", cwd=tmp_path).err.splitlines()[0]
    assert re.search(r"\(404\).* \(3 times in a row, since \d{4}-\d\d-\d\d \d\d:\d\d\)$", said)
    bad, good = cli("feeds", "list", cwd=tmp_path).out.splitlines()
    assert re.search(r"blocked .*/bad  \(failed 3 times in a row, since [0-9: -]+\)$", bad)
    assert good.endswith("/feed.xml")
    [row, fine] = cli("feeds", "list", "--json", cwd=tmp_path).json["feeds"]
    assert (row["failures"], fine["failing_since"]) == (3, None)
    assert row["failing_since"] <= row["asked"] < row["due"]
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d  ok  ", good)


def test_a_terminal_is_told_each_time(cli: Cli, tmp_path: Path, server: FeedServer) -> None:
    site(tmp_path, server.serve("", "/bad", 404))
    for _ in range(2):
        run = cli.on_terminal("fetch", "--force", "--config", tmp_path / "newsimport.toml")
        assert "(404)" in run.err


def test_a_typed_address_is_told_each_time(cli: Cli, tmp_path: Path, server: FeedServer) -> None:
    bad = server.serve("", "/bad", 404)
    for _ in range(2):
        run = cli("fetch", bad, "--out", "news", "--report-after", "3", cwd=tmp_path)
        assert (run.status, run.err.count("(404)")) == (69, 1)


def test_status_shows_the_last_run_of_a_feed_also_a_failed_one(
    cli: Cli, tmp_path: Path, server: FeedServer
) -> None:
    never = server.serve("", "/never", 404)
    url = server.serve(feed_of(1), "/feed")
    shown = []
    for status in (200, 503):
        server.serve(feed_of(1), "/feed", status)
        cli("fetch", url, never, "--out", "news", cwd=tmp_path)
        rows = cli("status", "--out", "news", "--json", cwd=tmp_path).json["feeds"]
        shown.append({row["url"].rpartition("/")[2]: row["status"] for row in rows})
    assert shown == [
        {"feed": "ok", "never": "blocked"},
        {"feed": "try-again", "never": "blocked"},
    ]


def test_json_has_the_feeds_in_the_order_asked_for(cli: Cli, tmp_path: Path) -> None:
    def script(request: object) -> Reply:
        body = feed_of(request.path)  # type: ignore[attr-defined]
        late = request.path == "/0"  # type: ignore[attr-defined]
        return Reply([1.0, body]) if late else reply(body)

    with ScriptedServer(script) as server:
        site(tmp_path, *(f"{server.url}/{number}" for number in range(4)))
        log = ("--log-file", "log")
        run = cli("fetch", "--json", *log, cwd=tmp_path)
        names = [feed["source"] for feed in run.json["feeds"]]
        assert names == [f"feed-{number}" for number in range(4)]
        # The one that is late has been overtaken all the same.
        assert " feed-1: " in (tmp_path / "log").read_text().splitlines()[0]
        mixed = cli("fetch", "--json", "feed-2", "feed-0", cwd=tmp_path).json["feeds"]
    assert [feed["source"] for feed in mixed] == ["feed-2", "feed-0"]


def test_report_after_waits_for_the_nth_failure(
    cli: Cli, tmp_path: Path, server: FeedServer
) -> None:
    site(tmp_path, server.serve("", "/bad", 404), more="report_after = 3")
    said = [len(cli("fetch", "--force", cwd=tmp_path).err.splitlines()) for _ in range(4)]
    assert said == [0, 0, 1, 0]


def test_what_was_not_asked_is_said_when_asked(
    cli: Cli, tmp_path: Path, server: FeedServer
) -> None:
    site(tmp_path, server.serve(feed_of(1)))
    assert cli("fetch", cwd=tmp_path).status == 0
    quiet, verbose = cli("fetch", cwd=tmp_path), cli("fetch", "-v", cwd=tmp_path)
    assert (quiet.status, quiet.err, verbose.status) == (0, "", 0)
    assert "not due until" in verbose.err
    assert "not due until" in cli.on_terminal("fetch", cwd=tmp_path).err
    assert len(server.requests) == 1


def test_clause_10_a_filter_without_end_fails_its_feed_alone(
    cli: Cli, tmp_path: Path, server: FeedServer
) -> None:
    long = feed_of(1).replace(b"Story number 1 of the test", b"a" * 400 + b"!")
    site(tmp_path, server.serve(feed_of(2), "/good"), server.serve(long, "/long"))
    with (tmp_path / "newsimport.toml").open("a") as file:
        file.write('filters = { exclude = ["(a+)+$"] }\n')
    run = cli("fetch", cwd=tmp_path)
    assert (run.status, len(run.err.splitlines())) == (1, 1)
    assert run.err.startswith("newsimport: feed-1: the filter '(a+)+$' takes longer than")
    assert len(list(tmp_path.glob("news/*.md"))) == 1


def test_clause_10_a_filter_that_fails_late_leaves_no_story_of_its_feed(
    cli: Cli, tmp_path: Path, server: FeedServer
) -> None:
    long = feed_of(*range(300)).replace(b"Story number 290 of the test", b"a" * 400 + b"!")
    site(tmp_path, server.serve(long))
    with (tmp_path / "newsimport.toml").open("a") as file:
        file.write('filters = { exclude = ["(a+)+$"] }\n')
    assert cli("fetch", cwd=tmp_path).status == 2
    assert list(tmp_path.glob("news/*.md")) == []


@pytest.mark.parametrize(
    ("url", "more", "says"),
    [
        ("http://exa mple/", "", "not a usable address: it names no host, or one that cannot be"),
        ("http://h.example:many/", "", "not a usable address: its host or its port cannot be"),
        ("htps://h.example/", "", "feed-1: only http and https addresses, paths and - can be"),
        (
            "http://h.example/",
            'cookie_file = "none.txt"\n',
            "none.txt: cannot read the cookies: No such file",
        ),
    ],
)
def test_clause_10_a_feed_that_cannot_be_asked_fails_alone(
    cli: Cli, tmp_path: Path, server: FeedServer, url: str, more: str, says: str
) -> None:
    site(tmp_path, server.serve(feed_of(2), "/good"), url)
    with (tmp_path / "newsimport.toml").open("a") as file:
        file.write(more)
    run = cli("fetch", cwd=tmp_path)
    assert (run.status, len(run.err.splitlines())) == (1, 1), run
    assert run.err.startswith("newsimport: feed-1: ")
    assert says in run.err
    assert len(list(tmp_path.glob("news/*.md"))) == 1
    # What is wrong with it is no fault of a server that would have to be left alone.
    assert says in cli("fetch", "feed-1", "-v", cwd=tmp_path).err
    doctor = cli("doctor", cwd=tmp_path)
    assert doctor.status == 1
    assert "\n! feed-1: " in doctor.out


# ---------------------------------------------------------------- logs and reports


def test_a_log_holds_every_run(cli: Cli, tmp_path: Path, server: FeedServer) -> None:
    bad = server.serve("", "/bad", 404).replace("//", "//me:sesame@")
    site(tmp_path, server.serve(feed_of(1)), bad, more='log_file = "logs/news.log"')
    for _ in range(2):
        cli("fetch", "--force", cwd=tmp_path)
    lines = (tmp_path / "logs/news.log").read_text().splitlines()
    assert len(lines) == 4
    # On a busy machine the feeds of a run may overtake one another.
    first, second = (
        sorted(run, key=lambda line: " failed " in line) for run in (lines[:2], lines[2:])
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ok feed-0: 1 created", first[0])
    assert " failed feed-1: " in first[1]
    assert " failed feed-1: " in second[1]
    assert "sesame" not in "".join(lines)


def test_a_log_for_programs(cli: Cli, tmp_path: Path, server: FeedServer) -> None:
    site(tmp_path, server.serve(feed_of(1)), server.serve("", "/bad", 404))
    run = cli("fetch", "--log-file", "log.json", "--log-format", "json", cwd=tmp_path)
    assert run.status == 1
    records = [json.loads(line) for line in (tmp_path / "log.json").read_text().splitlines()]
    records.sort(key=lambda record: record["source"])
    assert [record["status"] for record in records] == ["ok", "failed"]
    assert records[0]["counts"]["created"] == 1
    assert records[1]["error"]["kind"] == "blocked"


def test_a_log_that_cannot_be_written_is_told(cli: Cli, tmp_path: Path, server: FeedServer) -> None:
    site(tmp_path, server.serve(feed_of(1)))
    (tmp_path / "file").touch()
    run = cli("fetch", "--log-file", "file/log", cwd=tmp_path)
    assert (run.status, len(run.err.splitlines())) == (73, 1)


def test_clause_29_json_is_whole_when_feeds_fail(
    cli: Cli, tmp_path: Path, server: FeedServer
) -> None:
    site(
        tmp_path,
        server.serve(feed_of(1)),
        server.serve("", "/bad", 404),
        server.serve("", "/busy", 429),
    )
    run = cli("fetch", "--json", cwd=tmp_path)
    assert run.status == run.json["exit"] == 1
    assert [feed["status"] for feed in run.json["feeds"]] == ["ok", "failed", "failed"]
    assert [feed["error"] and feed["error"]["kind"] for feed in run.json["feeds"]] == [
        None,
        "blocked",
        "try-again",
    ]


@pytest.mark.parametrize(
    ("words", "status", "kind"),
    [
        (["nowhere"], 2, "usage"),
        (["feed-0", "--since", "x"], 2, "usage"),
        (["feed-0", "--out", "file"], 73, "cannot-write"),
        (["feed-0", "--config", "missing.toml"], 2, "usage"),
    ],
)
def test_json_is_whole_when_the_run_fails(
    cli: Cli, tmp_path: Path, server: FeedServer, words: list[str], status: int, kind: str
) -> None:
    site(tmp_path, server.serve(feed_of(1)))
    (tmp_path / "file").touch()
    run = cli("fetch", *words, "--json", cwd=tmp_path)
    assert run.status == run.json["exit"] == status
    assert run.json["error"]["kind"] == kind
    assert run.json["feeds"] == []
    assert len(run.err.splitlines()) == 1


def test_json_is_whole_when_another_run_holds_the_lock(
    cli: Cli, tmp_path: Path, server: FeedServer
) -> None:
    import fcntl

    site(tmp_path, server.serve(feed_of(1)))
    assert cli("fetch", cwd=tmp_path).status == 0
    with (tmp_path / "news/.newsimport.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = cli("fetch", "--json", "--force", cwd=tmp_path)
    assert (run.status, run.json["exit"], run.json["error"]["kind"]) == (75, 75, "try-again")


# ---------------------------------------------------------------- faults and signals


def test_clause_32_and_33_a_fault_of_our_own_is_70_with_a_way_to_report_it(
    cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Break:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'newsimport.importer':\n"
        "            raise ZeroDivisionError('broken for\\n a test')\n"
        "sys.meta_path.insert(0, Break())\n"
    )
    url = "https://me:sesame@a.example/?token=tokyo"
    env = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    run = cli("fetch", url, "--out", "out", cwd=tmp_path, env=env)
    assert (run.status, run.out) == (70, "")
    [line] = run.err.splitlines()
    assert "ZeroDivisionError: broken for a test" in line
    assert "/issues" in line
    [kept] = (cli.folder / ".local/state/newsimport").iterdir()
    assert str(kept) in line
    text = kept.read_text()
    assert "Traceback" in text
    assert "sesame" not in text
    assert "tokyo" not in text
    loud = cli("--debug", "fetch", url, "--out", "out", cwd=tmp_path, env=env)
    assert loud.status == 70
    assert "Traceback" in loud.err
    assert "sesame" not in loud.err


def test_clause_27_a_fault_that_names_an_address_keeps_its_secrets(
    cli: Cli, tmp_path: Path
) -> None:
    url = "https://me:sesame@a.example/?token=tokyo"
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Break:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'newsimport.importer':\n"
        f"            raise RuntimeError('broken at {url} for a test')\n"
        "sys.meta_path.insert(0, Break())\n"
    )
    env = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    for words in ((), ("--debug",)):
        run = cli(*words, "fetch", url, "--out", "out", cwd=tmp_path, env=env)
        assert run.status == 70
        assert "broken at https://a.example/?token= for a test" in run.err
        assert "sesame" not in run.err
        assert "tokyo" not in run.err
    for kept in (cli.folder / ".local/state/newsimport").iterdir():
        assert "RuntimeError: broken at https://a.example/?token= for a test" in kept.read_text()
        assert "tokyo" not in kept.read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_clause_23_a_log_on_a_full_disk_stops_nothing_and_is_told(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(feed_of(2))
    words = ("fetch", "feed.xml", "--out", "out", "--log-file", "/dev/full")
    run = cli(*words, cwd=tmp_path)
    assert run.status == 73
    assert run.err == (
        "newsimport: /dev/full: the log cannot be written: No space left on device\n"
    )
    assert len(list((tmp_path / "out").glob("*.md"))) == 1


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_clause_32_a_signal_stops_in_order_even_while_a_server_says_nothing(
    cli: Cli, tmp_path: Path, number: signal.Signals, status: int
) -> None:
    def script(request: object) -> Reply:
        return reply(feed_of(1)) if request.path == "/good" else Reply([20], raw=True)

    with ScriptedServer(script) as server:
        site(tmp_path, f"{server.url}/good", f"{server.url}/slow")
        child = subprocess.Popen(
            cli.command("fetch", "--json"),
            cwd=tmp_path,
            env=cli.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until = time.monotonic() + 20
        while time.monotonic() < until and not list(tmp_path.glob("news/*.md")):
            time.sleep(0.05)
        began = time.monotonic()
        child.send_signal(number)
        out, err = child.communicate(timeout=20)
        assert time.monotonic() - began < 5
    assert child.returncode == status
    report = json.loads(out)
    assert (report["exit"], [feed["source"] for feed in report["feeds"]]) == (status, ["feed-0"])
    assert err == "newsimport: stopped after 1 of 2 feeds; the next run goes on\n"
    assert list(tmp_path.glob("news/*.tmp")) == []


def test_clause_22_ctrl_c_within_the_last_feed_says_that_it_stopped(
    cli: Cli, tmp_path: Path, server: FeedServer
) -> None:
    site(tmp_path, server.serve(feed_of(*range(600))))
    child = subprocess.Popen(
        cli.command("fetch"), cwd=tmp_path, env=cli.environment(), stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 120
    while time.monotonic() < until and not list(tmp_path.glob("news/*.md")):
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=120)
    assert child.returncode == 130
    assert err == "newsimport: stopped within the last feed; the next run goes on\n"
    assert 0 < len(list(tmp_path.glob("news/*.md"))) < 600
    assert cli("fetch", "--force", cwd=tmp_path, timeout=300).status == 0
    assert len(list(tmp_path.glob("news/*.md"))) == 600


# ---------------------------------------------------------------- the examples


def test_the_cron_lines_do_what_they_say(cli: Cli, tmp_path: Path, server: FeedServer) -> None:
    """Run the crontab's commands as cron does: with /bin/sh, its variables, and no terminal."""
    text = (EXAMPLES / "cron/newsimport.cron").read_text()
    jobs = re.findall(r"^\d+ \* \* \* \*\s+(.*)$", text, re.MULTILINE)
    assert len(jobs) == 2
    home = site(tmp_path, server.serve(feed_of(1), "/feed"))
    program = tmp_path / "bin/newsimport"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec " + " ".join(cli.program) + ' "$@"\n')
    program.chmod(0o755)

    def cron() -> tuple[int, str]:
        done = subprocess.run(
            ["/bin/sh", "-c", jobs[0].replace("/srv/site", str(home))],
            capture_output=True,
            text=True,
            check=False,
            env={**cli.environment(), "PATH": f"{program.parent}:/usr/bin:/bin"},
        )
        return done.returncode, done.stdout + done.stderr

    assert cron() == (0, "")
    assert len(list(tmp_path.glob("news/*.md"))) == 1
    assert cron() == (0, "")
    assert jobs[1].startswith("cd /srv/site && hugo ")


def test_the_user_of_the_service_is_nobody_elses() -> None:
    text = (EXAMPLES / "systemd" / "newsimport.service").read_text()
    [user] = re.findall(r"^User=(.*)$", text, re.MULTILINE)
    # Those that Debian has had for itself since before there were feeds.
    assert user not in {"news", "www-data", "daemon", "nobody"}
    assert f"`sudo useradd --system {user}`" in text


def test_the_units_are_right(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze here")
    for unit in (EXAMPLES / "systemd").iterdir():
        text = unit.read_text().replace("/usr/local/bin/newsimport", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.glob("newsimport.*"))],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )
    assert (done.returncode, done.stderr) == (0, "")
