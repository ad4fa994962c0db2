"""What was measured, as ratios within a turn, beside what is required and what is aimed at."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.many_feeds import ManyFeeds
    from tests.benchmarks.runs import Samples

CLICK = "`import click`"
PARSE = "`feedparser.parse` of the feed"


@dataclass(frozen=True)
class Row:
    """One line: what was compared, the bounds, and the ratio of each turn; none if left out."""

    what: str
    required: float
    aim: float
    ratios: Sequence[float]
    best: bool = False

    @property
    def ratio(self) -> float:
        return min(self.ratios) if self.best else statistics.median(self.ratios)


def make_rows(samples: Samples, sizes: Sequence[int], feeds: ManyFeeds | None) -> list[Row]:
    """Return the lines of the table; `sizes` are at least three."""
    few, some, many, most = sizes[0], sizes[1], sizes[2], sizes[-1]

    def cpu(kind: str, base: str, size: int) -> list[float]:
        pairs = zip(samples.get((kind, size), ()), samples.get((base, size), ()), strict=False)
        return [one.seconds / other.seconds for one, other in pairs]

    def slopes(low: int, high: int) -> list[float]:
        lows, highs = samples["first", low], samples["first", high]
        # What is measured every other turn stands beside the same turns.
        pairs = zip(lows[:: math.ceil(len(lows) / len(highs))], highs, strict=True)
        return [math.log(b.seconds / a.seconds) / math.log(high / low) for a, b in pairs]

    peaks = zip(samples["first", many], samples["first", few], strict=False)
    memory = [one.mebibytes / other.mebibytes for one, other in peaks]
    rows = [
        Row(f"first import of {few:,} items ÷ {CLICK}", 4, 2.5, cpu("first", "click", few)),
        Row(f"the same ÷ {PARSE}", 1, 0.6, cpu("first", "feedparser", few)),
        Row(f"first import of {many:,} items ÷ floor", 20, 8, cpu("first", "floor", many)),
        Row(f"the same ÷ {PARSE}", 0.5, 0.25, cpu("first", "feedparser", many)),
        Row(f"nothing changed, {few:,} items ÷ {CLICK}", 2.5, 1.7, cpu("again", "click", few)),
        Row(f"answer 304, {few:,} items ÷ {CLICK}", 2.2, 1.5, cpu("304", "click", few)),
        Row(f"feed not due ÷ {CLICK}", 2.2, 1.5, cpu("not due", "click", few)),
        Row(f"peak memory, {many:,} ÷ {few:,} items", 1.3, 1.05, memory),
        Row(f"cost exponent, {some:,} to {most:,} items", 1.03, 1.01, slopes(some, most)),
        Row(
            f"the same, {many:,} to {most:,} items",
            1.03,
            1.01,
            slopes(many, most) if most > many else [],
        ),
        Row(f"`newsimport --help` ÷ {CLICK}", 1.3, 1.1, cpu("help", "click", few)),
    ]
    if feeds:
        what = (
            f"{feeds.feeds:,} feeds, 50 ms latency ÷ ideal (wall time, best of {len(feeds.http)})"
        )
        rows.append(Row(what, 1.2, 1.1, feeds.ratios, best=True))
    return rows


def as_markdown(rows: Sequence[Row]) -> str:
    """Return the table; a row without measurements is left out, and named below."""
    lines = ["| what | required | aim | measured | min – max |", "|---|---|---|---|---|"]
    for row in rows:
        if row.ratios:
            spread = f"{min(row.ratios):.2f} – {max(row.ratios):.2f}"
            lines.append(
                f"| {row.what} | {row.required:g} | {row.aim:g} | {row.ratio:.2f} | {spread} |"
            )
    missing = [row.what for row in rows if not row.ratios]
    return "\n".join([*lines, *(f"\nLeft out: {what}." for what in missing)])


def costs(samples: Samples, sizes: Sequence[int]) -> str:
    """Return the medians that the ratios and the plot come from."""
    lines = ["| items | run | CPU ÷ click | CPU, ms | peak, MiB |", "|---|---|---|---|---|"]
    for size in sizes:
        click = statistics.median(used.seconds for used in samples["click", size])
        for kind in [kind for kind, measured in samples if measured == size]:
            seconds = statistics.median(used.seconds for used in samples[kind, size])
            peak = statistics.median(used.mebibytes for used in samples[kind, size])
            lines.append(
                f"| {size:,} | {kind} | {seconds / click:.2f} | {seconds * 1e3:.0f} | {peak:.1f} |"
            )
    return "\n".join(lines)
