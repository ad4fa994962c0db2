"""Other programs that import feeds into a site, side by side with newsimport on the same items."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.feed import SHORT, write_feed
from tests.measure import Used, used_by
from tests.scripted import ScriptedServer, reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.runs import Bench


@dataclass(frozen=True)
class Peer:
    """How a program is called, and where it leaves its files.

    `short` is for one that names files by an item's link, which Google makes longer than a file's
    name may be: it reads the same items with shorter links, or it would stop at the first.
    """

    command: tuple[str, ...]
    files: str
    version: tuple[str, ...]
    short: bool = False


_JEKYLL = "require 'jekyll-import'; JekyllImport::Importers::RSS.run('source' => ARGV[0])"
PEERS = {
    "nikola": Peer(
        ("{program}", "import_feed", "--url", "{feed}", "--output-folder", "site"),
        "site/posts/*.html", ("{program}", "version"), short=True,
    ),
    "pelican": Peer(
        ("{program}", "--feed", "-m", "markdown", "-o", "site", "{feed}"),
        "site/*.md", ("{folder}/pelican", "--version"),
    ),
    "jekyll": Peer(
        ("{program}", "-e", _JEKYLL, "{feed}"),
        "_posts/*", ("{folder}/jekyll", "--version"),
    ),
    "eleventy": Peer(
        ("{program}", "rss", "{url}", "--output=site", "--quiet"),
        "site/**/*.html", ("{program}", "--version"), short=True,
    ),
}  # fmt: skip


@dataclass
class Beside:
    """What a peer used and left behind, and what newsimport used in the same turns."""

    name: str
    version: str
    size: int
    short: bool = False
    used: list[Used] = field(default_factory=list)
    ours: list[Used] = field(default_factory=list)
    files: int = 0

    def ratio(self, what: str) -> tuple[float, float, float]:
        """Return the median, the least and the largest of the turns."""
        found = [
            getattr(peer, what) / getattr(our, what)
            for peer, our in zip(self.used, self.ours, strict=True)
        ]
        return statistics.median(found), min(found), max(found)


def measure_peers(
    bench: Bench, programs: dict[str, str], sizes: Sequence[int], runs: int
) -> list[Beside]:
    """Let each program import feeds of these sizes in turns with newsimport."""
    found = [
        Beside(name, _version(PEERS[name], program), size, PEERS[name].short)
        for size in sizes
        for name, program in programs.items()
    ]
    out = bench.folder / "peer"
    for number in range(runs):
        for beside in found:
            print(f"turn {number + 1} of {runs}: {beside.name}, {beside.size}", file=sys.stderr)
            peer, feed = PEERS[beside.name], bench.feed(beside.size)
            fetch = ("fetch", feed, "--out", out, "--site", "hugo")
            beside.ours.append(bench.newsimport(*fetch))
            shutil.rmtree(out)
            if peer.short:
                feed = bench.folder / f"{beside.size}-short.xml"
                write_feed(feed, beside.size, SHORT)
            out.mkdir()
            beside.used.append(_run(bench, peer, programs[beside.name], feed, out))
            beside.files = len(list(out.glob(peer.files)))
            shutil.rmtree(out)
    return found


def _fill(words: Sequence[str], program: str, **more: object) -> list[str]:
    return [word.format(program=program, folder=Path(program).parent, **more) for word in words]


def _version(peer: Peer, program: str) -> str:
    done = subprocess.run(_fill(peer.version, program), capture_output=True, text=True, check=False)
    return done.stdout.split()[-1].removeprefix("v") if done.stdout else "?"


def _run(bench: Bench, peer: Peer, program: str, feed: Path, out: Path) -> Used:
    path = os.pathsep.join([str(Path(program).parent), bench.env["PATH"]])
    body = feed.read_bytes()
    with ScriptedServer(lambda _request: reply(body, content_type="application/xml")) as server:
        command = _fill(peer.command, program, feed=feed, url=f"{server.url}/feed.xml")
        return used_by(command, cwd=out, env={**bench.env, "PATH": path})


def peers_as_markdown(found: Sequence[Beside]) -> str:
    """Return a table of what the peers cost, in units of newsimport's first import."""
    lines = [
        "| items | | processor time ÷ newsimport | peak memory ÷ newsimport | files | status |",
        "|---|---|---|---|---|---|",
    ]
    for beside in found:
        ratios = [
            "{:.2f} ({:.2f} – {:.2f})".format(*beside.ratio(what))
            for what in ("seconds", "mebibytes")
        ]
        name = f"{beside.name} {beside.version}" + (", with short links" if beside.short else "")
        status = beside.used[-1].status
        lines.append(
            f"| {beside.size:,} | {name} | {' | '.join(ratios)} | {beside.files} | {status} |"
        )
    return "\n".join(lines)
