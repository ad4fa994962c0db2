"""A first run in a site's folder says where it would write, and asks; where nobody is, it ends."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from .conftest import Cli
from .feeds import harbour

SITES = {"hugo.toml": ("hugo", "content/news"), "_config.yml": ("jekyll", "_posts")}


@pytest.fixture(params=SITES)
def site(cli: Cli, request: pytest.FixtureRequest) -> tuple[Path, str, str]:
    folder = cli.folder / "site"
    folder.mkdir()
    (folder / request.param).touch()
    (folder / "feed.xml").write_text(harbour(2))
    return folder, *SITES[request.param]


def test_yes(cli: Cli, site: tuple[Path, str, str]) -> None:
    folder, name, out = site
    run = cli.on_terminal("fetch", "feed.xml", cwd=folder, keys="y\n")
    assert run.status == 0
    assert f"This is a {name} site." in run.err
    assert f"the stories would go into {out}." in run.err
    assert "newsimport init" in run.err
    assert len(list((folder / out).glob("*.md"))) == 2


def test_from_a_folder_of_the_site(cli: Cli, site: tuple[Path, str, str]) -> None:
    folder, _, out = site
    below = folder / "some" / "where"
    below.mkdir(parents=True)
    run = cli.on_terminal("fetch", "../../feed.xml", cwd=below, keys="\n")
    assert run.status == 0
    assert f"would go into ../../{out}." in run.err
    assert len(list((folder / out).glob("*.md"))) == 2


def test_no(cli: Cli, site: tuple[Path, str, str]) -> None:
    folder, _, out = site
    run = cli.on_terminal("fetch", "feed.xml", cwd=folder, keys="n\n")
    assert run.status == 2
    assert f"--out {out} suits" in run.err
    assert not (folder / out).exists()


def test_a_signal_at_the_question(cli: Cli, site: tuple[Path, str, str]) -> None:
    folder, _, out = site
    ours, theirs = pty.openpty()
    command = cli.command("fetch", "feed.xml")
    with subprocess.Popen(
        command, cwd=folder, env=cli.environment(), stdin=theirs, stdout=theirs, stderr=theirs
    ) as child:
        os.close(theirs)
        shown = b""
        while b"[Y/n]" not in shown:
            shown += os.read(ours, 4096)
        for _ in range(10):  # one that comes just before Python waits for a key is lost
            child.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                child.wait(5)
                break
        else:
            child.kill()
        assert child.returncode == 130
    assert b"Traceback" not in shown + os.read(ours, 4096)
    os.close(ours)
    assert not (folder / out).exists()


def test_where_nobody_is(cli: Cli, site: tuple[Path, str, str]) -> None:
    folder, name, out = site
    run = cli("fetch", "feed.xml", cwd=folder)
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        "newsimport: where to? Give --out FOLDER, or write `out` into newsimport.toml; "
        f"in this {name} site, --out {out} suits\n"
    )
    assert not (folder / out).exists()


def test_without_a_site(cli: Cli, tmp_path: Path) -> None:
    run = cli.on_terminal("fetch", "feed.xml", cwd=tmp_path, keys="y\n")
    assert run.status == 2
    assert "where to?" in run.err
    assert "suits" not in run.err
