"""What real shells complete, once they have read what `newsimport completion` prints."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsimport.cli import COMMANDS

from .conftest import Cli

CONFIG = '[[feeds]]\nname = "world"\nurl = "https://news.google.com/rss"\n'


@pytest.fixture
def site(tmp_path: Path, cli: Cli) -> Path:
    """A folder with a configuration, a file and a folder, and `newsimport` on the path."""
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "newsimport.toml").write_text(CONFIG)
    program = tmp_path / "bin" / "newsimport"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m newsimport "$@"\n')
    program.chmod(0o755)
    return folder


def environment(cli: Cli, site: Path) -> dict[str, str]:
    path = os.pathsep.join([str(site.parent / "bin"), os.environ["PATH"]])
    return cli.environment(PATH=path, TERM="dumb", PS1="> ", LC_ALL="C.UTF-8")


def typed(shell: list[str], setup: str, words: list[str], cli: Cli, site: Path) -> list[str]:
    """Type words into an interactive shell, a tab at the end of each; return what became of them."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        shell, stdin=theirs, stdout=theirs, stderr=theirs, cwd=site,
        env=environment(cli, site), start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    shown = ""

    def until(wanted: str) -> re.Match[str]:
        nonlocal shown
        end = time.monotonic() + 60
        while not (found := re.search(wanted, shown)):
            assert time.monotonic() < end, shown
            if select.select([ours], [], [], 0.1)[0]:
                shown += os.read(ours, 65536).decode()
        return found

    lines = []
    try:
        os.write(ours, f"{setup}; echo re''ady\n".encode())
        until("ready")
        for word in words:
            # From its start to its end the line becomes a text, which the shell is to print.
            os.write(ours, f"{word}\t\x01echo '<\x05>'\n".encode())
            lines.append(until(r"\n<([^>\n]*)>\r?\n")[1].rstrip())
            shown = ""
    finally:
        child.kill()
        child.wait()
        os.close(ours)
    return lines


# What is typed, and what it becomes.
TYPED = {
    "newsimport insp": "newsimport inspect",
    "newsimport inspect --explain": "newsimport inspect --explain-tags",
    "newsimport fetch --style cl": "newsimport fetch --style classic",
    "newsimport fetch wor": "newsimport fetch world",
    "newsimport fetch --out cont": "newsimport fetch --out content",
    "newsimport fetch newsimp": "newsimport fetch newsimport.toml",
    "newsimport feeds exp": "newsimport feeds export",
}


def test_bash(cli: Cli, site: Path) -> None:
    setup = 'bind "set bell-style none"; eval "$(newsimport completion bash)"'
    shell = ["bash", "--norc", "--noprofile", "-i"]
    found = typed(shell, setup, list(TYPED), cli, site)
    assert [line.rstrip("/") for line in found] == list(TYPED.values())


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh(cli: Cli, site: Path) -> None:
    setup = "bindkey -e; autoload -Uz compinit; compinit -u -D; source <(newsimport completion zsh)"
    found = typed(["zsh", "-f", "-i"], setup, list(TYPED), cli, site)
    assert [line.rstrip("/") for line in found] == list(TYPED.values())


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
@pytest.mark.parametrize(("words", "became"), TYPED.items())
def test_fish(cli: Cli, site: Path, words: str, became: str) -> None:
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"newsimport completion fish | source; complete -C '{words}'"],
        cwd=site, env=environment(cli, site), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert became.rpartition(" ")[2] in {line.split("\t")[0].rstrip("/") for line in done.stdout.splitlines()}, done  # fmt: skip


def test_all_commands_are_offered(cli: Cli, site: Path) -> None:
    asked = {"COMP_WORDS": "newsimport ", "COMP_CWORD": "1", "_NEWSIMPORT_COMPLETE": "bash_complete"}  # fmt: skip
    done = subprocess.run(
        ["newsimport"], env={**environment(cli, site), **asked}, capture_output=True, text=True,
        check=False, executable=site.parent / "bin" / "newsimport",
    )  # fmt: skip
    assert done.stdout.split() == [f"plain,{name}" for name in COMMANDS]


def test_no_other_shell(cli: Cli) -> None:
    run = cli("completion", "tcsh")
    assert run.status == 2
    assert "bash" in run.err
