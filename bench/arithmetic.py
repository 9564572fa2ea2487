"""Medians with their spread, ratios, and whether a goal was met."""

from __future__ import annotations

import operator
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

_SIGNS: Final[dict[str, Callable[[float, float], bool]]] = {"≥": operator.ge, "≤": operator.le}


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured several times: the median, and between what the middle half lies."""

    median: float
    low: float
    high: float
    runs: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Figure:
        """The figure of some measurements. Raises ValueError when there are none."""
        if not values:
            raise ValueError("Nothing was measured.")
        if len(values) == 1:
            return cls(values[0], values[0], values[0], 1)
        low, _middle, high = statistics.quantiles(values, n=4, method="inclusive")
        return cls(statistics.median(values), low, high, len(values))

    @classmethod
    def ratio(cls, values: Sequence[float], yard: Sequence[float]) -> Figure:
        """How many times the yardstick each measurement was, both taken in turns."""
        return cls.of([value / other for value, other in zip(values, yard, strict=True)])


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should be at least (≥) or at most (≤)."""

    sign: str
    value: float

    def met(self, value: float) -> bool:
        """Whether a figure is as it should be."""
        return _SIGNS[self.sign](value, self.value)

    def __str__(self) -> str:
        return f"{self.sign} {written(self.value)}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of all lie (nearest rank). Raises ValueError when there are none."""
    if not values:
        raise ValueError("Nothing was measured.")
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, -int(-share * len(ordered) // 1) - 1))]


def written(value: float) -> str:
    """A number as a table has it: three figures that count, thousands parted."""
    if value == 0 or abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
