"""Looking a story up costs the same with 1,000 and with 100,000 in memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

from newsimport.site.ledger import Item, Known, Ledger
from newsimport.story.identity import digest, story_key

from .folder import Folder
from .stream import START, STEP, feed, item, row

RUN = Path(__file__).with_name("one_run.py")


def fill(out: Path, stories: int) -> None:
    """Put so many stories into a folder and its ledger."""
    out.mkdir(parents=True)
    with Ledger(out / ".newsimport.sqlite3") as ledger:
        for n in range(stories):
            key, path = story_key(f"g{n}"), f"story-{n}.md"
            (out / path).write_text('---\ntitle: "x"\n---\n')
            ledger.save(Known(key, path, START, written={"title": "abcdef", "body": "abcdef"}))
            articles = tuple(digest(f"{n} {k}") for k in range(5))
            ledger.see(Item(digest(f"g{n}"), digest("f"), f"g{n}" * 30, "fp", articles), key, START)
        ledger.commit()


def cpu_seconds(command: list[str]) -> float:
    """User and system time of a whole process."""
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(RUN.parents[1])})
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime


def test_importing_costs_the_same_with_a_hundred_times_the_stories(tmp_path):
    folders = {}
    for stories in (1_000, 100_000):
        folders[stories] = Folder(tmp_path / str(stories), site="hugo")
        fill(folders[stories].out, stories)
        folders[stories].run(feed([item([row("first", 0)], START)]))
    ratios = []
    for turn in range(9):
        document = tmp_path / f"{turn}.xml"
        document.write_bytes(
            feed([item([row(f"{turn} {n}", k) for k in range(5)], START) for n in range(100)])
        )
        when = str(int((START + (turn + 2) * STEP).timestamp()))
        small, large = (
            cpu_seconds([sys.executable, str(RUN), "modern", str(document), str(folder.out), when])
            for folder in folders.values()
        )
        ratios.append(large / small)
        assert all(
            len(list(folder.out.glob("*.md"))) == n + 1 + 100 * (turn + 1)
            for n, folder in folders.items()
        )
    print(
        f"100,000 ÷ 1,000 stories: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
    )
    assert statistics.median(ratios) <= 1.2
