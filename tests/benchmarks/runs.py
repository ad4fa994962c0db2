"""The runs that are measured: whole processes, one after the other, so that a drift meets all."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tarfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.feed import write_feed
from tests.conftest import Cli
from tests.measure import Used, used_by
from tests.scripted import Reply, Request, ScriptedServer

# What each kind of run used, in the order of the turns: {("first", 100): [Used, Used, …]}.
Samples = dict[tuple[str, int], list[Used]]

# Bare feedparser takes minutes and gigabytes for more items than this.
_LONG = 10_000
_FEEDPARSER = "import sys, feedparser; feedparser.parse(open(sys.argv[1], 'rb'))"
# What pip writes as the command of a package.
_SCRIPT = "import sys\nfrom newsimport.__main__ import run\nif __name__ == '__main__':\n    sys.exit(run())\n"
_ETAG = '"as-it-was"'


def require(used: Used, what: str) -> Used:
    """Return what a run used, if it went well."""
    if used.status:
        raise SystemExit(f"{what}: status {used.status}: {used.err[-500:]}")
    return used


@dataclass
class Bench:
    """A folder in memory with a feed of each size, and the programs that read them."""

    folder: Path
    package: Path
    floor: Path | None = field(init=False)

    def __post_init__(self) -> None:
        home = self.folder / "home"
        home.mkdir()
        # A copy, as an installed package keeps its bytecode and a checkout under test should not.
        copy = self.folder / "package"
        shutil.copytree(
            self.package / "newsimport",
            copy / "newsimport",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        self.env = Cli(home).environment(PYTHONPATH=str(copy))
        self.env.pop("PYTHONDONTWRITEBYTECODE", None)
        self.script = self.folder / "newsimport-command"
        self.script.write_text(_SCRIPT)
        self.floor = self._build_floor()

    def _build_floor(self) -> Path | None:
        program = self.folder / "floor"
        if not (shutil.which("sfeed") and shutil.which("cc")):
            return None
        source = Path(__file__).with_name("floor.c")
        subprocess.run(["cc", "-O2", "-o", program, source], check=True)
        return program

    def feed(self, size: int) -> Path:
        path = self.folder / f"{size}.xml"
        if not path.exists():
            write_feed(path, size)
        return path

    def python(self, program: str, *words: object) -> Used:
        """Run a line of Python."""
        command = [sys.executable, "-c", program, *map(str, words)]
        return require(used_by(command, cwd=self.folder, env=self.env), program)

    def newsimport(self, *words: object) -> Used:
        command = [sys.executable, str(self.script), *map(str, words)]
        return require(used_by(command, cwd=self.folder, env=self.env), " ".join(command))

    def write_floor(self, feed: Path, archive: Path) -> Used:
        """Read a feed with sfeed, and write the same files as newsimport from an archive."""
        assert self.floor
        out = self.folder / "floor-out"
        read = require(used_by(["sfeed"], cwd=self.folder, env=self.env, stdin=feed), "sfeed")
        wrote = used_by([str(self.floor), str(archive), str(out)], cwd=self.folder, env=self.env)
        shutil.rmtree(out)
        require(wrote, "floor")
        most = max(read.mebibytes, wrote.mebibytes)
        return Used(0, "", read.seconds + wrote.seconds, most, read.wall + wrote.wall)

    def turn(self, size: int) -> dict[str, Used]:
        """Run everything once on a feed of a size."""
        feed, out = self.feed(size), self.folder / "out"
        fetch = ("fetch", feed, "--out", out, "--site", "hugo")
        found = {"click": self.python("import click")}
        if size <= _LONG:
            found["feedparser"] = self.python(_FEEDPARSER, feed)
        found["first"] = self.newsimport(*fetch)
        found["again"] = self.newsimport(*fetch)
        if self.floor:
            archive = self.folder / f"{size}.tar"
            if not archive.exists():
                _pack(out, archive)
            found["floor"] = self.write_floor(feed, archive)
        shutil.rmtree(out)
        return found


def _pack(folder: Path, archive: Path) -> None:
    """Put all stories of a folder into an archive, as the plainest header has room for their names."""
    with tarfile.open(archive, "w", format=tarfile.USTAR_FORMAT) as file:
        for path in sorted(folder.rglob("*.md")):
            file.add(path, arcname=path.name[-99:])


class IdleRuns:
    """Runs that find nothing to do, with a feed of a local server: help, 304, not yet due."""

    def __init__(self, bench: Bench, size: int) -> None:
        self._bench = bench
        self._body = bench.feed(size).read_bytes()
        self._server = ScriptedServer(self._answer)
        self._typed = (
            *("fetch", f"{self._server.url}/typed", "--allow-private"),
            *("--out", bench.folder / "typed", "--site", "hugo"),
        )
        config = bench.folder / "newsimport.toml"
        config.write_text(
            '[defaults]\nout = "due"\nsite = "hugo"\nallow_private = true\n'
            f'[[feeds]]\nname = "news"\nurl = "{self._server.url}/due"\nevery = "1d"\n'
        )
        self._due = ("fetch", "--config", config)
        for words in (self._typed, self._due):
            bench.newsimport(*words)
        self._asked = len(self._server.requests)

    def _answer(self, request: Request) -> Reply:
        known = request.headers.get("if-none-match") == _ETAG
        return Reply(b"" if known else self._body, 304 if known else 200, {"ETag": _ETAG})

    def turn(self) -> dict[str, Used]:
        """Run each once; nothing is fetched, and what is not due is not even asked."""
        found = {
            "help": self._bench.newsimport("--help"),
            "304": self._bench.newsimport(*self._typed),
            "not due": self._bench.newsimport(*self._due),
        }
        [request] = self._server.requests[self._asked :]
        assert request.headers.get("if-none-match") == _ETAG
        self._asked += 1
        return found


def measure(bench: Bench, sizes: list[int], runs: int) -> Samples:
    """Measure all kinds of runs in turns, after one that warms up.

    The shortest are the medians of several a turn, for a start feels what ran before it; the
    longest are measured every other turn, for they take most of the time and vary least.
    """
    idle = IdleRuns(bench, sizes[0])
    bench.turn(sizes[0])
    idle.turn()
    samples: Samples = defaultdict(list)
    for number in range(runs):
        for size in sizes:
            if size > _LONG and number % 2:
                continue
            print(f"turn {number + 1} of {runs}: {size:,} items", file=sys.stderr)
            if size == sizes[0]:
                found = _medians([bench.turn(size) | idle.turn() for _ in range(runs)])
            else:
                found = bench.turn(size)
            for kind, used in found.items():
                samples[kind, size].append(used)
    return samples


def _medians(turns: list[dict[str, Used]]) -> dict[str, Used]:
    """Return what each kind of run used in the middle."""
    found = {}
    for kind in turns[0]:
        runs = [turn[kind] for turn in turns]
        figures = ((used.seconds, used.mebibytes, used.wall) for used in runs)
        found[kind] = Used(0, "", *map(statistics.median, zip(*figures, strict=True)))
    return found
