"""The GitHub Actions workflow of the examples does what it says, step by step."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ruamel.yaml import YAML

from .stream import START, feed, item, row

ROOT = Path(__file__).parents[1]
WORKFLOW = YAML(typ="safe").load(ROOT / "examples" / "github-actions" / "news.yml")


def git(where: Path, *words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=where, check=True, capture_output=True, text=True
    ).stdout


def job(tmp_path: Path, origin: Path, document: bytes, number: int) -> None:
    """Run the steps of the workflow in a fresh checkout, but for those that only set it up."""
    checkout = tmp_path / f"checkout{number}"
    git(tmp_path, "clone", "--quiet", str(origin), str(checkout))
    (tmp_path / "feed.xml").write_bytes(document)
    program = tmp_path / "bin" / "newsimport"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m newsimport "$@"\n')
    program.chmod(0o755)
    environment = os.environ | WORKFLOW["env"] | {
        "FEED": str(tmp_path / "feed.xml"),
        "PYTHONPATH": str(ROOT),
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip
    for step in WORKFLOW["jobs"]["import"]["steps"]:
        if "run" in step and "pip install" not in step["run"]:
            # as the runner does: bash, ending at the first command that fails
            subprocess.run(
                ["bash", "-e", "-c", step["run"]], cwd=checkout, env=environment, check=True
            )


def test_a_repository_without_a_ledger_goes_on_from_its_files(tmp_path):
    origin = tmp_path / "site.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(origin))
    first = tmp_path / "first"
    git(tmp_path, "clone", "--quiet", str(origin), str(first))
    (first / ".gitignore").write_text(".newsimport.*\n")
    (first / "hugo.toml").write_text('title = "News"\n')
    git(first, "checkout", "--quiet", "-B", "main")
    git(first, "add", ".")
    git(
        first,
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example.com",
        "commit",
        "--quiet",
        "-m",
        "A site",
    )
    git(first, "push", "--quiet", "origin", "main")

    rows = [row(1, n) for n in range(6)]
    other = item([row(2, 0), row(2, 1)], START)
    grown = item([rows[1], rows[2], rows[3], rows[5]], START)  # a new guid, and a new headline
    for number, document in enumerate(
        [feed([item(rows[:4], START), other])] * 2 + [feed([grown, other])] * 2
    ):
        job(tmp_path, origin, document, number)
    commits = git(origin, "log", "--format=%H", "main").split()
    assert len(commits) == 3, "a run that changes nothing commits nothing"
    assert len(git(origin, "show", "--format=", "--name-only", commits[1]).split()) == 2
    changed = git(origin, "show", "--format=", "--name-status", commits[0]).split()
    assert changed[0] == "M" and len(changed) == 2
    assert rows[5].title in git(origin, "show", f"{commits[0]}:{changed[1]}")
    assert ".newsimport.sqlite3" not in git(origin, "ls-tree", "-r", "--name-only", "main")
