"""Linear models whose weights are a data file: a score is the sum of the weights of the features."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files


@cache
def load_weights(name: str) -> dict[str, float]:
    """The weights of the model ``name`` ("speaker", "pronoun", "speech"), by feature."""
    path = files(__package__).joinpath("weights", f"{name}.json")
    if not path.is_file():
        return {}
    weights: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return weights


def score(weights: dict[str, float], features: Iterable[str]) -> float:
    """The sum of the weights of the features; an unknown feature weighs nothing."""
    get = weights.get
    return sum([get(feature, 0.0) for feature in features])


def shares(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities that sum to one."""
    top = max(scores)
    powers = [math.exp(value - top) for value in scores]
    total = sum(powers)
    return [power / total for power in powers]


def chance(value: float) -> float:
    """A score as the probability of yes."""
    if value < -30:
        return 0.0
    return 1.0 / (1.0 + math.exp(-value))
