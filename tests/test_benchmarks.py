"""The benchmark stays alive: it runs at a tiny size, and the README shows its table and plot."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree as ET

from .benchmarks.feed import write_feed
from .benchmarks.many_feeds import ManyFeeds
from .benchmarks.table import make_rows
from .conftest import ROOT, Cli
from .measure import Used

SVG = "{http://www.w3.org/2000/svg}"


def titles(path: Path) -> list[str]:
    return [text.text or "" for text in ET.parse(path).iter(f"{SVG}text")]


def test_one_command_measures_prints_and_draws(tmp_path: Path) -> None:
    plot = tmp_path / "speed.svg"
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", *"--sizes 2,4,8 --runs 1 --feeds 4".split(),
         "--plot", plot, "--folder", tmp_path],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ratios = re.findall(r"^\| (.+?) \|.*\| ([-.\d]+) \| \S+ – \S+ \|$", done.stdout, re.MULTILINE)
    left_out = re.findall(r"^Left out: (.*)\.$", done.stdout, re.MULTILINE)
    assert [what for what in left_out if not what.endswith("floor")] == ["the same, 8 to 8 items"]
    assert len(ratios) + len(left_out) == 12
    assert all(float(ratio) > 0 for what, ratio in ratios if "÷" in what)
    assert {"newsimport, first import", "Peak memory, MiB"} <= set(titles(plot))
    # Both schemes have a rule for each thing that is coloured.
    style = ET.parse(plot).findtext(f"{SVG}style") or ""
    light, dark = style.split("@media (prefers-color-scheme:dark)")
    coloured = re.findall(r"([.\w]+){(?:fill|stroke):#", dark)
    assert coloured and all(f"{name}{{" in light for name in coloured)
    assert [path.name for path in tmp_path.iterdir()] == ["speed.svg"]


def test_its_feed_is_one_that_newsimport_reads_whole(cli: Cli, tmp_path: Path) -> None:
    write_feed(tmp_path / "feed.xml", 200)
    report = cli("inspect", tmp_path / "feed.xml", "--json").json
    assert len(report["stories"]) == 200
    found = {line["title"] for story in report["stories"] for line in story["headlines"]}
    assert len(found) > 600
    for script in ("\u0400-\u04ff", "\u0600-\u06ff", "\u0900-\u097f", "\u3040-\u30ff", "\uac00-\ud7af"):  # fmt: skip
        assert any(re.search(f"[{script}]", title) for title in found)


def test_the_readme_shows_this_table_and_the_plot() -> None:
    used = [Used(0, "", 1.0, 1.0, 1.0)]
    feeds = ManyFeeds(1000, http=used * 3, file=used * 3)
    rows = make_rows(defaultdict(lambda: used), [100, 1000, 10_000, 100_000], feeds)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for row in rows:
        [measured] = re.findall(
            rf"^\| {re.escape(row.what)} \| {row.required:g} \| {row.aim:g} \| ([\d.]+) \| [\d.]+ – [\d.]+ \|$",
            readme,
            re.MULTILINE,
        )
        assert float(measured) > 0
    assert "](examples/speed.svg)" in readme
    assert "newsimport, first import" in titles(ROOT / "examples" / "speed.svg")
