"""Looking a story up costs the same with 1,000 and with 100,000 in memory."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from newsimport.site.ledger import Item, Known, Ledger
from newsimport.story.identity import digest, story_key

from .folder import Folder
from .measure import memory, used_by
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


def test_importing_costs_the_same_with_a_hundred_times_the_stories(tmp_path):
    with tempfile.TemporaryDirectory(dir=memory() or tmp_path) as name:
        compare(Path(name))


def compare(place: Path) -> None:
    folders = {}
    for stories in (1_000, 100_000):
        folders[stories] = Folder(place / str(stories), site="hugo")
        fill(folders[stories].out, stories)
        folders[stories].run(feed([item([row("first", 0)], START)]))
    env = os.environ | {"PYTHONPATH": str(RUN.parents[1])}
    spent: dict[int, list[float]] = {stories: [] for stories in folders}
    for turn in range(9):
        document = place / f"{turn}.xml"
        document.write_bytes(
            feed([item([row(f"{turn} {n}", k) for k in range(5)], START) for n in range(100)])
        )
        when = str(int((START + (turn + 2) * STEP).timestamp()))
        for stories, folder in folders.items():
            run = [sys.executable, str(RUN), "modern", str(document), str(folder.out), when]
            used = used_by(run, cwd=place, env=env)
            assert used.status == 0, used.err
            spent[stories].append(used.seconds)
            assert len(list(folder.out.glob("*.md"))) == stories + 1 + 100 * (turn + 1)
    # What else a machine does can only add to a run: the least of each is the nearest to its cost.
    least = {stories: min(seconds) for stories, seconds in spent.items()}
    ratio = least[100_000] / least[1_000]
    print(f"100,000 ÷ 1,000 stories: {ratio:.2f} of {least[1_000]:.2f} s")
    assert ratio <= 1.2
