"""What the doctor finds, what it says to do, and what it must never say."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsimport.commands.crash import report_crash
from newsimport.commands.doctor import doctor

from .conftest import Cli, FeedServer, Run
from .feeds import harbour

SECRETS = ("hunter2", "t0k3n", "s3cr3t")
CONFIG = """
[defaults]
out = "content/news"
site = "hugo"
limit = 7
cookie_file = "cookies.txt"

[[feeds]]
name = "world"
url = "https://ada:hunter2@news.google.com/rss?hl=en-US&gl=US&ceid=US:en&token=t0k3n"
"""


@pytest.fixture
def site(tmp_path: Path, cli: Cli) -> Path:
    folder = cli.folder / "site"
    folder.mkdir()
    (folder / "hugo.toml").touch()
    (folder / "newsimport.toml").write_text(CONFIG)
    (folder / "cookies.txt").touch()
    (folder / "feed.xml").write_text(harbour(5))
    return folder


def findings(run: Run) -> dict[str, dict]:
    return {f"{one['topic']} {one['name']}": one for one in run.json["findings"]}


def wrong(run: Run) -> list[str]:
    assert all(bool(one["advice"]) == one["wrong"] or not one["wrong"] for one in findings(run).values())  # fmt: skip
    return [name for name, one in findings(run).items() if one["wrong"]]


def test_all_is_well(cli: Cli, site: Path) -> None:
    assert cli("fetch", "feed.xml", cwd=site).status == 0
    run = cli("doctor", cwd=site)
    assert (run.status, run.err) == (0, "")
    for line in (
        "  folder: ~/site",
        "  out: ~/site/content/news  (~/site/newsimport.toml)",
        "  limit: 7  (~/site/newsimport.toml)",
        "  stories: 5 with a file, 0 deleted, 0 pruned",
        "  health: whole",
        "  lock: free",
        "  world: never asked, due now, edition en-US, "
        "https://news.google.com/rss?hl=en-US&gl=US&ceid=US:en",
    ):
        assert line in run.out.splitlines(), run.out
    assert "!" not in run.out


def test_it_can_be_pasted_without_secrets(cli: Cli, site: Path) -> None:
    env = {
        "NEWSIMPORT_FEED_URL": "https://eve:s3cr3t@x.example/?api_key=t0k3n",
        "HTTPS_PROXY": "http://eve:s3cr3t@proxy.example:3128",
    }
    for more in ((), ("--json",)):
        run = cli("doctor", *more, cwd=site, env=env)
        assert run.status == 0
        assert not [secret for secret in SECRETS if secret in run.out + run.err]
        assert str(cli.folder) not in run.out
        assert "HTTPS_PROXY" in run.out


def test_no_secret_is_shown_where_something_is_wrong(cli: Cli, site: Path) -> None:
    (site / "newsimport.toml").write_text(
        '[front_matter]\nset = {api_key = "t0k3n", author = "https://h/?q=s3cr3t"}\n'
        '[[feeds]]\nname = "w"\nurl = "htps://ada:hunter2@h.example/x?token=t0k3n"\n'
    )
    run = cli("doctor", "--out", "content/news", cwd=site)
    shown = run.out
    assert 'front_matter: set = ["api_key", "author"]  (~/site/newsimport.toml)' in run.out
    run = cli("fetch", "w", "--out", "content/news", cwd=site)
    assert run.err.startswith("newsimport: w: only http"), run.err
    shown += run.err + cli("feeds", "list", cwd=site).out
    for name, value in (
        ("LIMIT", "https://bob:hunter2@h/?token=t0k3n"),
        ("FEED_URL", "feeds.example/x?token=s3cr3t"),
    ):
        run = cli("doctor", cwd=site, env={f"NEWSIMPORT_{name}": value})
        assert "! error: " in run.out
        shown += run.out
    assert not [secret for secret in SECRETS if secret in shown], shown


def test_the_configuration_is_told_in_its_own_words(cli: Cli, site: Path) -> None:
    (site / "newsimport.toml").write_text(
        "[defaults]\nretitle = true\nevery = '90m'\ncategories = ['News', 'Ørje']\n"
        "max_age = '36h'\nfilters = {exclude = ['a'], max_age = '3d'}\n"
        "data = 'list.json'\n[front_matter]\nfields = ['title']\nrename = {link = 'params.source'}\n"
        "[tags]\nstop = ['b']\nmap = {us = 'USA'}\nmax = 5\n"
    )
    found = findings(cli("doctor", "--json", "--out", "content/news", cwd=site))
    told = {name: one["value"].partition("  (")[0] for name, one in found.items()}
    for name, value in {
        "retitle": "true",
        "every": "90m",
        "categories": '["News", "Ørje"]',
        "max_age": "36h",
        "data": "~/site/list.json",
        "filters": 'exclude = ["a"], max_age = "3d"',
        "front_matter": 'fields = ["title"], rename = {link = "params.source"}',
        "tags": 'map = {us = "USA"}, stop = ["b"], max = 5',
    }.items():
        assert told[f"configuration {name}"] == value
    (site / "newsimport.toml").write_text("tags = 'none'\n")
    found = findings(cli("doctor", "--json", "--out", "content/news", cwd=site))
    assert found["configuration tags"]["value"].startswith("none  (")


def test_where_each_value_comes_from(cli: Cli, site: Path) -> None:
    own = cli.folder / ".config" / "newsimport" / "config.toml"
    own.parent.mkdir(parents=True)
    own.write_text("[defaults]\nlimit = 3\njobs = 2\n")
    run = cli("doctor", "--json", "--out", "elsewhere", cwd=site, env={"NEWSIMPORT_STYLE": "classic"})  # fmt: skip
    found = findings(run)
    assert found["configuration out"]["value"] == "elsewhere  (--out)"
    assert found["configuration style"]["value"] == "classic  (NEWSIMPORT_STYLE)"
    assert found["configuration limit"]["value"] == "7  (~/site/newsimport.toml)"
    assert found["configuration jobs"]["value"] == "2  (~/.config/newsimport/config.toml)"
    assert "configuration max_headlines" not in found


def test_nothing_changes(cli: Cli, site: Path) -> None:
    cli("doctor", cwd=site)
    assert not (site / "content").exists()


def test_a_broken_ledger(cli: Cli, site: Path) -> None:
    cli("fetch", "feed.xml", cwd=site)
    ledger = site / "content" / "news" / ".newsimport.sqlite3"
    content = bytearray(ledger.read_bytes())
    content[4096 * 2 : 4096 * 6] = os.urandom(4096 * 4)
    ledger.write_bytes(content)
    run = cli("doctor", "--json", cwd=site)
    assert run.status == 1
    assert wrong(run)[0] == "ledger health"
    assert "rebuilt from the site's files" in findings(run)["ledger health"]["advice"]


def test_files_that_are_gone(cli: Cli, site: Path) -> None:
    cli("fetch", "feed.xml", cwd=site)
    for number, path in enumerate(sorted((site / "content" / "news").glob("*.md"))):
        path.unlink()
        run = cli("doctor", "--json", cwd=site)
        assert findings(run)["ledger missing"]["value"] == f"{number + 1} of 5 files"
        assert run.status == int(number + 1 > 2)


def test_files_that_cannot_be_read(cli: Cli, site: Path) -> None:
    cli("fetch", "feed.xml", cwd=site)
    paths = sorted((site / "content" / "news").glob("*.md"))
    for number, path in enumerate(paths):
        path.write_text(path.read_text().replace("---\n", "---\nbroken: [\n", 1))
        run = cli("doctor", "--json", cwd=site)
        named = ", ".join(path.name for path in paths[: min(number + 1, 3)])
        more = ", …" if number >= 3 else ""
        assert findings(run)["ledger broken"]["value"] == f"{number + 1} of 5 files: {named}{more}"
        assert (run.status, wrong(run)) == (1, ["ledger broken"])


def test_no_site(cli: Cli, tmp_path: Path) -> None:
    run = cli("doctor", "--json", cwd=tmp_path)
    assert run.status == 1
    assert wrong(run) == ["site generator"]
    assert "newsimport init" in findings(run)["configuration file"]["value"]
    assert findings(run)["site stories"]["value"] == "no folder is named; give --out"
    assert not [name for name in findings(run) if name.startswith("ledger")]


def test_a_site_without_a_configuration(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").touch()
    (tmp_path / "feed.xml").write_text(harbour(2))
    out = tmp_path / "content" / "news"
    assert cli("fetch", "feed.xml", "--out", out, cwd=tmp_path).status == 0
    for path in out.glob("*.md"):
        path.unlink()
    for cwd, told in (
        (tmp_path, "content/news  (no other is known; usual in a hugo site)"),
        (out, ".  (no other is known; its ledger is here)"),
    ):
        run = cli("doctor", "--json", cwd=cwd)
        assert findings(run)["configuration out"]["value"] == told
        assert wrong(run) == ["ledger missing"]


def test_a_wrong_configuration(cli: Cli, site: Path) -> None:
    (site / "newsimport.toml").write_text("[defaults]\nlimt = 3\n")
    run = cli("doctor", "--json", cwd=site)
    assert run.status == 1
    assert "limt" in findings(run)["configuration error"]["value"]
    assert "configuration file" not in findings(run)
    run = cli("doctor", "--json", "--out", "elsewhere", cwd=site)
    assert findings(run)["site stories"]["value"] == "elsewhere, to be made"


def test_a_wrong_environment(cli: Cli, site: Path) -> None:
    run = cli("doctor", "--json", cwd=site, env={"NEWSIMPORT_JOBS": "many"})
    assert run.status == 1
    assert "jobs" in findings(run)["configuration error"]["value"]


def test_an_edition_that_does_not_exist(cli: Cli, site: Path) -> None:
    text = CONFIG.replace("hl=en-US&gl=US&ceid=US:en", "hl=tlh&gl=XX&ceid=XX:tlh")
    (site / "newsimport.toml").write_text(text)
    run = cli("doctor", "--json", cwd=site)
    assert wrong(run) == ["feeds world"]
    assert "--list-locales" in findings(run)["feeds world"]["advice"]


def test_feeds_that_fail_and_feeds_that_are_gone(cli: Cli, site: Path, server: FeedServer) -> None:
    server.serve("no", "/gone.xml", 410)
    server.serve("no", "/bad.xml", 404)
    feeds = "".join(
        f'\n[[feeds]]\nname = "{name}"\nurl = "{server.address}/{name}.xml"\nallow_private = true\n'
        for name in ("gone", "bad")
    )
    head = '[defaults]\nout = "content/news"\n'
    (site / "newsimport.toml").write_text(head + feeds)
    for _ in range(3):
        cli("fetch", "--force", cwd=site)
    run = cli("doctor", "--json", cwd=site)
    assert wrong(run) == ["feeds gone", "feeds bad"]
    found = findings(run)
    assert "due never" in found["feeds gone"]["value"]
    assert "failed 3 times in a row" in found["feeds bad"]["value"]
    assert "newsimport fetch bad --force -v" in found["feeds bad"]["advice"]


def test_another_run_and_one_that_was_killed(cli: Cli, site: Path) -> None:
    import fcntl

    cli("fetch", "feed.xml", cwd=site)
    path = site / "content" / "news" / ".newsimport.lock"
    with path.open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = cli("doctor", "--json", cwd=site)
        assert (run.status, findings(run)["ledger lock"]["value"]) == (
            0,
            "another run is writing there now",
        )
    path.write_text("running 1\n")
    run = cli("doctor", "--json", cwd=site)
    assert findings(run)["ledger lock"]["value"] == "a run was killed; the next one goes on"
    assert path.read_text() == "running 1\n"


def test_a_folder_that_is_a_file(cli: Cli, site: Path) -> None:
    run = cli("doctor", "--json", "--out", "hugo.toml", cwd=site)
    assert "site stories" in wrong(run)


@pytest.mark.parametrize(
    ("sign", "package", "told"),
    [
        ("eleventy.config.js", "@11ty/eleventy", "eleventy, version 3.1.2"),
        ("eleventy.config.js", "", "eleventy, not installed"),
        ("pelicanconf.py", "", "pelican, not installed"),
    ],
)
def test_the_generator(cli: Cli, tmp_path: Path, sign: str, package: str, told: str) -> None:
    (tmp_path / sign).touch()
    if package:
        path = tmp_path / "node_modules" / package / "package.json"
        path.parent.mkdir(parents=True)
        path.write_text('{"name": "x", "version": "3.1.2"}')
    run = cli("doctor", "--json", cwd=tmp_path, env={"PATH": "/nowhere"})
    assert findings(run)["site generator"]["value"] == told


def test_the_version_of_a_real_hugo(cli: Cli, site: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    hugo = shutil.which("hugo", path=path)
    assert hugo, "the package hugo, of the extra [test], has it"
    said = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout
    env = {"PATH": path}
    told = findings(cli("doctor", "--json", cwd=site, env=env))["site generator"]["value"]
    assert told.removeprefix("hugo, version ") in said


def test_a_ledger_of_a_newer_newsimport(cli: Cli, site: Path) -> None:
    cli("fetch", "feed.xml", cwd=site)
    with sqlite3.connect(site / "content" / "news" / ".newsimport.sqlite3") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    run = cli("doctor", "--json", cwd=site)
    assert run.status == 1
    assert "upgrade newsimport" in findings(run)["ledger health"]["advice"]


# ---------------------------------------------------------------- a user without a home


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    def nobody(_uid: int) -> None:
        raise KeyError

    for name in [name for name in os.environ if name.startswith(("NEWSIMPORT_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", nobody)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_nobody_needs_a_home(homeless: Path) -> None:
    (homeless / "hugo.toml").touch()
    done = CliRunner().invoke(doctor, ["--out", "o"])
    assert (done.exit_code, done.exception) == (0, None)
    assert "  stories: o, to be made" in done.output


def test_a_fault_of_ours_is_told_without_a_home(
    homeless: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_crash(ValueError("x"), ["fetch"]) == 70
    (report,) = homeless.iterdir()
    assert str(report) in capsys.readouterr().err
    assert "newsimport fetch" in report.read_text()


def test_a_path_below_a_home_that_is_not_there(homeless: Path) -> None:
    (homeless / "newsimport.toml").write_text('[defaults]\nout = "~/news"\n')
    done = CliRunner().invoke(doctor, [])
    assert "line 2: out must be a path without ~" in done.output


# ---------------------------------------------------------------- what its user may not enter

# Root may enter every folder, but for these rights.
RIGHTS = "-dac_override,-dac_read_search"
AS_OTHERS = ("setpriv", f"--bounding-set={RIGHTS}", f"--inh-caps={RIGHTS}") if os.name == "posix" and os.geteuid() == 0 else ()  # fmt: skip


@pytest.mark.skipif(bool(AS_OTHERS) and not shutil.which("setpriv"), reason="root, and no setpriv")
@pytest.mark.parametrize("below", ["", "news", "news/today"])
def test_a_folder_that_cannot_be_entered(cli: Cli, site: Path, below: str) -> None:
    closed = site / "closed"
    (closed / "news").mkdir(parents=True)
    closed.chmod(0)
    (site / ".config").mkdir(mode=0)
    cli.program = (*AS_OTHERS, *cli.program)
    env = {"HOME": str(site)}
    try:
        run = cli("fetch", "feed.xml", "--out", closed / below, cwd=site, env=env)
        assert (run.status, run.err) == (
            73,
            f"newsimport: {closed / below}: cannot write: Permission denied\n",
        )
        run = cli("doctor", "--json", "--out", closed / below, cwd=site, env=env)
    finally:
        closed.chmod(0o700)
    assert (run.status, run.err) == (1, "")
    assert wrong(run) == ["site stories"]
    assert "enter ~/closed" in findings(run)["site stories"]["advice"]


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + "/news"])
def test_a_folder_whose_name_is_too_long(cli: Cli, tmp_path: Path, name: str) -> None:
    (tmp_path / "hugo.toml").touch()
    (tmp_path / "feed.xml").write_text(harbour(1))
    run = cli("fetch", "feed.xml", "--out", name, cwd=tmp_path)
    assert (run.status, run.err) == (73, f"newsimport: {name}: cannot write: File name too long\n")
    run = cli("doctor", "--json", "--out", name, cwd=tmp_path)
    assert (run.status, wrong(run)) == (1, ["site stories"])
