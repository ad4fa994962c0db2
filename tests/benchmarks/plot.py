"""Draw time and memory against items, both scales logarithmic, as an SVG for light and dark pages."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.benchmarks.peers import Beside
    from tests.benchmarks.runs import Samples
    from tests.measure import Used

Points = list[tuple[float, float]]

_KINDS = {
    "first": "newsimport, first import",
    "again": "newsimport, nothing changed",
    "feedparser": "feedparser, which only parses",
    "floor": "floor: sfeed reads, C writes",
}
# A colour on white, one on near-black, a dash and a mark for each line, so that colour is not all.
_LOOKS = (
    ("#0b62b8", "#6cb6ff", "", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0"),
    ("#0b62b8", "#6cb6ff", "5 4", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0"),
    ("#c2410c", "#ff9d5c", "", "M-4 -4h8v8h-8z"),
    ("#64707d", "#9aa6b2", "2 3", "M-4 3.5h8l-4 -7.5z"),
    ("#15803d", "#56d38a", "", "M0 -5l5 5l-5 5l-5 -5z"),
    ("#a21caf", "#e58af0", "", "M-4 -4l8 8M-4 4l8 -8"),
    ("#b91c1c", "#ff8a8a", "", "M-5 0h10M0 -5v10"),
    ("#854d0e", "#e3b341", "", "M-4 -3.5h8l-4 7.5z"),
)
_WIDTH, _HEIGHT, _TOP, _PLOT = 860, 470, 128, (340, 290)
_LEFTS = (64, 484)


@dataclass(frozen=True)
class _Scale:
    """A logarithmic axis of whole decades on so many pixels."""

    low: int
    high: int
    pixels: int

    @classmethod
    def around(cls, values: Sequence[float], pixels: int) -> _Scale:
        low = math.floor(math.log10(min(values)) + 1e-9)
        return cls(low, max(low + 1, math.ceil(math.log10(max(values)) - 1e-9)), pixels)

    def __call__(self, value: float) -> float:
        return (math.log10(value) - self.low) / (self.high - self.low) * self.pixels

    @property
    def decades(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def _lines(
    samples: Samples, peers: Sequence[Beside], of: Callable[[Used, int], float]
) -> dict[str, Points]:
    """Return the medians of each line by the number of items."""
    found: dict[str, Points] = {name: [] for name in _KINDS.values()}
    for (kind, size), used in samples.items():
        if kind in _KINDS:
            found[_KINDS[kind]].append((size, statistics.median(of(one, size) for one in used)))
    for beside in peers:
        median = statistics.median(of(one, beside.size) for one in beside.used)
        found.setdefault(f"{beside.name} import", []).append((beside.size, median))
    return {name: sorted(points) for name, points in found.items() if points}


def draw(samples: Samples, peers: Sequence[Beside], path: Path) -> None:
    """Write the plot to a file."""
    click = {
        size: statistics.median(one.seconds for one in used)
        for (kind, size), used in samples.items()
        if kind == "click"
    }
    times = _lines(samples, peers, lambda used, size: used.seconds / click[size])
    memory = _lines(samples, peers, lambda used, _size: used.mebibytes)
    # A process is charged with the memory of the one that started it, which is more than sfeed's.
    memory[_KINDS["floor"]] = []
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'aria-labelledby="what">',
        '<title id="what">Processor time and peak memory against the number of items</title>',
        _style(len(times)),
        f'<rect class="page" width="{_WIDTH}" height="{_HEIGHT}" rx="8"/>',
        _legend(list(times)),
        _panel(_LEFTS[0], "Processor time ÷ that of “import click”", times),
        _panel(_LEFTS[1], "Peak memory, MiB", memory),
        "</svg>\n",
    ]
    path.write_text("\n".join(parts), encoding="utf-8")


def _style(count: int) -> str:
    # The plot brings its own ground, for a page may be dark where the system is light.
    rules = {
        ".page": ("fill:#ffffff", "fill:#10151c"),
        "text": ("fill:#1f2328", "fill:#dbe2ea"),
        ".grid": ("stroke:#d5dbe1", "stroke:#303a45"),
    }
    for number, (light, dark, _, _) in enumerate(_LOOKS[:count]):
        rules[f".line{number}"] = (f"stroke:{light}", f"stroke:{dark}")
    light, dark = ("".join(f"{name}{{{pair[i]}}}" for name, pair in rules.items()) for i in (0, 1))
    return (
        "<style>text{font:13px system-ui,sans-serif}path{fill:none;stroke-width:2}"
        f"{light}@media (prefers-color-scheme:dark){{{dark}}}</style>"
    )


def _mark(number: int, x: float, y: float) -> str:
    look = _LOOKS[number % len(_LOOKS)]
    return f'<path class="line{number}" transform="translate({x:.1f} {y:.1f})" d="{look[3]}"/>'


def _stroke(number: int, points: Points) -> str:
    joined = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dash = _LOOKS[number % len(_LOOKS)][2]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path class="line{number}"{dashed} d="M{joined}"/>'


def _legend(names: Sequence[str]) -> str:
    parts = []
    for number, name in enumerate(names):
        x, y = 24 + number % 3 * 276, 28 + number // 3 * 24
        parts.append(_stroke(number, [(x, y), (x + 32, y)]) + _mark(number, x + 16, y))
        parts.append(f'<text x="{x + 42}" y="{y + 4}">{escape(name)}</text>')
    return "\n".join(parts)


def _panel(left: int, title: str, lines: dict[str, Points]) -> str:
    width, height = _PLOT
    everything = [point for points in lines.values() for point in points]
    across = _Scale.around([x for x, _ in everything], width)
    up = _Scale.around([y for _, y in everything], height)
    parts = [f'<g transform="translate({left} {_TOP})">', f'<text y="-14">{escape(title)}</text>']
    for decade in across.decades:
        x = across(decade)
        parts.append(f'<path class="grid" style="stroke-width:1" d="M{x:.1f} 0V{height}"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{height + 20}" text-anchor="middle">{decade:,.0f}</text>'
        )
    parts.append(f'<text x="{width}" y="{height + 40}" text-anchor="end">items</text>')
    for decade in up.decades:
        y = height - up(decade)
        parts.append(f'<path class="grid" style="stroke-width:1" d="M0 {y:.1f}H{width}"/>')
        parts.append(f'<text x="-8" y="{y + 4:.1f}" text-anchor="end">{decade:,.10g}</text>')
    for number, points in enumerate(lines.values()):
        placed = [(across(x), height - up(y)) for x, y in points]
        parts.append(_stroke(number, placed) if len(placed) > 1 else "")
        parts.extend(_mark(number, x, y) for x, y in placed)
    return "\n".join([*filter(None, parts), "</g>"])
