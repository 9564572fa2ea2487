"""The growth of cost with size as a picture: SVG in the reader's colour scheme, which says what it shows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 150, 40, 56  # margins; names of lines stand at the right
TICKS: Final = 5
APART: Final = 16  # pixels between two names
_STYLE: Final = """
  svg { color-scheme: light dark; font: 13px system-ui, sans-serif; }
  .back { fill: #ffffff; } text { fill: #1f2328; } .grid { stroke: #d0d7de; }
  .line { fill: none; stroke-width: 2.5; }
  .c0 { stroke: #0b5fa5; } .c1 { stroke: #b3261e; } .c2 { stroke: #2e7d32; } .c3 { stroke: #7b3fa0; }
  .c4 { stroke: #8a5a00; } .title { font-weight: 600; font-size: 15px; }
  @media (prefers-color-scheme: dark) {
    .back { fill: #0d1117; } text { fill: #e6edf3; } .grid { stroke: #30363d; }
    .c0 { stroke: #6cb6ff; } .c1 { stroke: #ff8f87; } .c2 { stroke: #7ee787; } .c3 { stroke: #d2a8ff; }
    .c4 { stroke: #f2cc60; }
  }
"""
DASHES: Final = ("none", "7 4", "2 4", "10 3 2 3", "1 3 6 3")  # lines differ without their colours too


def draw(lines: Mapping[str, Mapping[int, float]], *, title: str) -> str:
    """An SVG of milliseconds by number of stories, a line for each name. Raises ValueError without points."""
    sizes = sorted({size for points in lines.values() for size in points})
    if not sizes:
        raise ValueError("There is nothing to draw.")
    top = _round_up(max(value for points in lines.values() for value in points.values()))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="t d"><title id="t">{escape(title)}</title>',
        f'<desc id="d">{escape(_told(lines))}</desc><style>{_STYLE}</style>',
        f'<rect class="back" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="title" x="{LEFT}" y="24">{escape(title)}</text>',
    ]
    for number in range(TICKS + 1):
        value = top * number / TICKS
        y = _y(value, top)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:g} ms</text>')
    for size in sizes:
        x = _x(size, sizes)
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 22}" text-anchor="middle">{size:,}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">stories in the archive</text>')
    parts += _drawn(lines, sizes, top)
    return "\n".join([*parts, "</svg>\n"])


def _drawn(lines: Mapping[str, Mapping[int, float]], sizes: Sequence[int], top: float) -> list[str]:
    parts, last = [], -math.inf
    ends = {name: _y(points[max(points)], top) for name, points in lines.items() if points}
    for number, (name, end) in enumerate(sorted(ends.items(), key=lambda each: each[1])):
        points = lines[name]
        drawn = " ".join(f"{_x(size, sizes):.1f},{_y(points[size], top):.1f}" for size in sorted(points))
        dash = DASHES[number % len(DASHES)]
        parts.append(f'<polyline class="line c{number % 5}" stroke-dasharray="{dash}" points="{drawn}"/>')
        last = max(end, last + APART)
        parts.append(f'<text x="{WIDTH - RIGHT + 10}" y="{last + 4:.1f}">{escape(name)}</text>')
    return parts


def _x(size: int, sizes: Sequence[int]) -> float:
    low, high = math.log10(sizes[0]), math.log10(sizes[-1])
    share = (math.log10(size) - low) / (high - low) if high > low else 0.5
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM)


def _round_up(value: float) -> float:
    step = 10 ** math.floor(math.log10(value)) if value > 0 else 1.0
    return next(step * top for top in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * top >= value)


def _told(lines: Mapping[str, Mapping[int, float]]) -> str:
    """The picture in words."""
    said = [
        f"{name}: " + ", ".join(f"{points[size]:.1f} ms at {size:,} stories" for size in sorted(points))
        for name, points in lines.items()
    ]
    return ". ".join(said) + "."
