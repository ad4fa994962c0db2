"""Clauses 16 and 23: killed, or failed, at every system call that writes, a run converges."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from newsimport.site.frontmatter import read

from .folder import dump_ledger
from .stream import START, STEP, feed, item, row

WRITES = (
    "write", "pwrite64", "fsync", "fdatasync", "link", "linkat", "rename", "renameat", "renameat2", "unlink",
    "unlinkat", "ftruncate", "mkdir", "mkdirat", "fchmod", "fchmodat",
)  # fmt: skip
RUN = Path(__file__).with_name("one_run.py")
LEDGER = ".newsimport.sqlite3"
LOCK = ".newsimport.lock"

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")

A = [row(1, n) for n in range(6)]
B = [row(2, n) for n in range(4)]
FIRST = feed([item(A[:4], START), item(B[:2], START), item([row(3, 0)], START)])
SECOND = feed([item([A[5], *A[:3]], START), item([*B[:2], B[3]], START), item([row(4, 0)], START)])


class Scene:
    """A folder before a run, and that run."""

    def __init__(self, tmp_path: Path, what: str) -> None:
        self.tmp = tmp_path
        self.what, _, style = what.partition(" ")
        self.style = style or "modern"
        self.before = tmp_path / "before"
        (tmp_path / "first.xml").write_bytes(FIRST)
        (tmp_path / "second.xml").write_bytes(SECOND)
        self.before.mkdir()
        if self.what != "first":
            assert self.run(self.before, self.style, "first", 0).returncode == 0
        self.expected = self.copy("expected")
        assert self.disturbed(self.expected).returncode == 0
        self.after = self.state(self.expected)

    def copy(self, name: str) -> Path:
        out = self.tmp / name
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(self.before, out)
        return out

    def run(self, out, what, document, step, *prefix):
        when = str(int((START + step * STEP).timestamp()))
        command = [
            sys.executable,
            str(RUN),
            what,
            str(self.tmp / f"{document}.xml"),
            str(out),
            when,
        ]
        environment = os.environ | {
            "PYTHONPATH": str(RUN.parents[1]),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return subprocess.run(
            [*prefix, *command],
            capture_output=True,
            text=True,
            env=environment,
            check=False,
            timeout=120,
        )

    def disturbed(self, out, *prefix):
        """The run that is to be killed, with what is put before its command."""
        if self.what == "prune":
            return self.run(out, "prune", "first", 100, *prefix)
        return self.run(out, self.style, self.what, 1 if self.what == "second" else 0, *prefix)

    def points(self) -> list[tuple[str, int]]:
        """Every call of the run that writes: its name, and the how manieth of that name it is."""
        out, log = self.copy("counted"), self.tmp / "calls"
        traced = self.disturbed(
            out, "strace", "-f", "--seccomp-bpf", "-e", f"trace={','.join(WRITES)}", "-o", str(log)
        )
        assert traced.returncode == 0, traced.stderr
        names = re.findall(r"^\d+\s+(\w+)\(", log.read_text(), re.MULTILINE)
        return [(name, n + 1) for name, count in Counter(names).items() for n in range(count)]

    def state(self, out):
        files = {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in out.rglob("*")
            if path.is_file() and path.name not in {LEDGER, LOCK}
        }
        assert not (out / LOCK).read_text().startswith("running")
        return files, dump_ledger(out / LEDGER)

    def whole(self, out) -> None:
        """No file is torn: each is as before or as after, or a dot-file of ours."""
        known = {**{p.name: p.read_bytes() for p in self.before.glob("*.md")}}
        for path in out.glob("*.md"):
            text = path.read_bytes()
            assert text == known.get(path.name) or text == self.after[0].get(path.name), path
            read(text.decode())


@pytest.fixture
def scene(tmp_path, request):
    return Scene(tmp_path, request.param)


SCENES = pytest.mark.parametrize(
    "scene", ["first", "second", "prune", "first classic", "second classic"], indirect=True
)


@SCENES
def test_a_run_killed_at_any_write_converges(scene, record_property):
    points = scene.points()
    assert len(points) > 15
    diverged = []
    for name, n in points:
        out = scene.copy("out")
        killed = scene.disturbed(
            out,
            "strace",
            "-f",
            "-o",
            "/dev/null",
            "-e",
            f"trace={name}",
            "-e",
            f"inject={name}:signal=KILL:when={n}",
        )
        assert killed.returncode in {-9, 137}, (name, n, killed)
        scene.whole(out)
        again = scene.disturbed(out)
        if again.returncode or scene.state(out) != scene.after:
            diverged.append((name, n, again.stderr))
    record_property("points", len(points))
    print(f"{len(points)} points, {len(diverged)} divergences")
    assert not diverged


@pytest.mark.parametrize("scene", ["first", "second", "prune"], indirect=True)
@pytest.mark.parametrize("fault", ["EIO", "ENOSPC", "EACCES"])
def test_a_call_that_fails_is_said_in_a_line_and_the_next_run_converges(scene, fault):
    for name, n in scene.points():
        if name in {"write", "pwrite64", "fsync", "fdatasync", "ftruncate"} and fault == "EACCES":
            continue  # an open file gives no such answer
        out = scene.copy("out")
        failed = scene.disturbed(
            out,
            "strace",
            "-f",
            "-o",
            "/dev/null",
            "-e",
            f"trace={name}",
            "-e",
            f"inject={name}:error={fault}:when={n}",
        )
        assert failed.returncode in {0, 73, 74}, (name, n, failed)
        if failed.returncode:
            assert str(out) in failed.stderr and len(failed.stderr.splitlines()) == 1, (
                name,
                n,
                failed.stderr,
            )
        scene.whole(out)
        again = scene.disturbed(out)
        assert again.returncode == 0, (name, n, again.stderr)
        assert scene.state(out) == scene.after, (name, n)
