"""Measure newsimport; print the table for the README, and draw the plot beside it.

    python -m tests.benchmarks
    python -m tests.benchmarks --peer nikola=NIKOLA --peer pelican=PELICAN-IMPORT --peer jekyll=RUBY

All figures are ratios of the processor time of whole processes that took turns, so that another
machine, or a busy one, comes to much the same; only many feeds, which wait, are measured by the
clock. The floor is sfeed, which only reads the feed, and a program in C, which only writes the
files; without sfeed or a C compiler it is left out. A peer is a program that imports feeds too.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks.many_feeds import measure_feeds
from tests.benchmarks.peers import PEERS, measure_peers, peers_as_markdown
from tests.benchmarks.plot import draw
from tests.benchmarks.runs import Bench, measure
from tests.benchmarks.table import as_markdown, costs, make_rows
from tests.measure import memory

ROOT = Path(__file__).parents[2]


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--sizes", default="100,1000,10000,100000", help="items, three sizes at least")
    add("--runs", type=int, default=5, help="turns (default: 5)")
    add("--feeds", type=int, default=1000, help="how many feeds (default: 1000; 0: none)")
    add("--peer", action="append", default=[], metavar="NAME=PATH", help=", ".join(PEERS))
    add("--package", type=Path, default=ROOT, help="where newsimport/ lies (default: here)")
    add("--plot", type=Path, default=ROOT / "examples" / "speed.svg", help="the SVG to write")
    add("--folder", type=Path, default=memory(), help="best in memory")
    return parser.parse_args()


def main() -> None:
    given = read_arguments()
    sizes = sorted(int(size) for size in given.sizes.split(","))
    programs = dict(peer.split("=", 1) for peer in given.peer)
    with tempfile.TemporaryDirectory(prefix="newsimport-", dir=given.folder) as name:
        bench = Bench(Path(name), given.package.absolute())
        samples = measure(bench, sizes, given.runs)
        feeds = measure_feeds(bench, given.feeds, min(given.runs, 3)) if given.feeds else None
        peers = measure_peers(bench, programs, sizes[:2], given.runs)
    print(as_markdown(make_rows(samples, sizes, feeds)), end="\n\n")
    print(costs(samples, sizes))
    if feeds:
        print("\n" + feeds.as_markdown())
    if peers:
        print("\n" + peers_as_markdown(peers))
    if not bench.floor:
        print("\nNo floor: it needs sfeed and a C compiler.")
    draw(samples, peers, given.plot)


if __name__ == "__main__":
    main()
