"""What was measured, for people and for programs: a table, JSON, a page of the documentation, a chart."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bench.arithmetic import written
from bench.chart import draw
from bench.growth import KINDS
from bench.rows import Bench, Row
from bench.seeds import ROOT

PAGE: Final = ROOT / "docs" / "benchmarks.md"
ENGINES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
CHART: Final = ROOT / "docs" / "pictures" / "bench.svg"
_BEFORE: Final = """\
# Benchmarks

What the newsroom costs, against what the machine can do. `make bench` writes this page from what it measured;
[bench/README.md](../bench/README.md) says how it measures and how to read it.

Measured on {machine}, with {sizes} stories. Each figure is the median of repetitions taken in turns
(A B C A B C); beside it stands between what the middle half lies. A ratio (×) is of figures of the same run.

![The time of pages at each size of the archive](pictures/bench.svg)
"""


def machine() -> str:
    """The machine, in a few words."""
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores ({platform.machine()}), Python {platform.python_version()}"


def as_json(bench: Bench, rows: Sequence[Row]) -> dict[str, Any]:
    """Everything for programs."""
    return {
        "machine": machine(),
        "sizes": list(bench.sizes),
        "seconds": bench.seconds,
        "rounds": bench.rounds,
        "rows": [_row(row) for row in rows],
    }


def print_table(rows: Sequence[Row]) -> None:
    """The table in a terminal."""
    table = Table(title="Newsroom, measured")
    for name, justify in (("what", "left"), ("median", "right"), ("middle half", "right"), ("goal", "right")):
        table.add_column(name, justify=justify, no_wrap=name != "what")  # type: ignore[arg-type]
    table.add_column("")
    table.add_column("note", style="dim")
    for row in rows:
        style = {"met": "green", "missed": "bold red"}.get(row.verdict, "")
        table.add_row(*_cells(row), row.note, style=style)
    Console(width=None if os.isatty(1) else 180).print(table)


def write_page(bench: Bench, rows: Sequence[Row], path: Path = PAGE) -> None:
    """The page of the documentation."""
    sizes = ", ".join(f"{size:,}" for size in bench.sizes)
    lines = [_BEFORE.format(machine=machine(), sizes=sizes)]
    lines.append("| what | median | middle half | goal | | note |\n|---|--:|--:|--:|---|---|")
    lines += [f"| {' | '.join(_cells(row))} | {row.note} |" for row in rows]
    path.write_text("\n".join(lines) + "\n")


def write_chart(bench: Bench, rows: Sequence[Row], path: Path = CHART) -> None:
    """The growth of cost with size. Nothing is written when only one size was measured."""
    engine = bench.engines[-1]
    medians = {row.key: row.figure.median for row in rows}
    lines = {
        kind: {size: medians[key] for size in bench.sizes if (key := f"{kind} {engine} {size}") in medians}
        for kind in KINDS
    }
    if len(bench.sizes) > 1 and any(lines.values()):
        path.write_text(draw(lines, title=f"Time of a page that is not in the store ({ENGINES[engine]})"))


def write_json(bench: Bench, rows: Sequence[Row], path: Path) -> None:
    """Everything for programs, as a file."""
    path.write_text(json.dumps(as_json(bench, rows), indent=1, ensure_ascii=False) + "\n")


def _cells(row: Row) -> list[str]:
    figure = row.figure
    spread = f"{written(figure.low)} to {written(figure.high)}" if figure.runs > 1 else ""
    return [
        row.name,
        f"{written(figure.median)} {row.unit}".strip(),
        spread,
        str(row.goal or ""),
        row.verdict,
    ]


def _row(row: Row) -> dict[str, Any]:
    figure = {name: getattr(row.figure, name) for name in ("median", "low", "high", "runs")}
    told = {name: getattr(row, name) for name in ("key", "name", "unit", "verdict", "note")}
    return told | figure | {"goal": str(row.goal or "")}
