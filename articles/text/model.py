"""Linear models whose weights are a data file: a score is the sum of the weights of the features."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

_KEPT = 2048  # sums that a group of features remembers


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


class Group:
    """Features that hang on the same few facts, so that their weights are added up once for many cases.

    ``describe`` makes the features of the facts; ``weigh`` gives their sum in each of the models.
    """

    def __init__(self, describe: Callable[..., tuple[str, ...]], models: tuple[str, ...]) -> None:
        self.describe = describe
        self._models = models
        self.weigh = lru_cache(maxsize=_KEPT)(self._weigh)

    def _weigh(self, *facts: Hashable) -> tuple[float, ...]:
        features = self.describe(*facts)
        return tuple(score(load_weights(model), features) for model in self._models)


Evidence = list[tuple[Group, tuple[Hashable, ...]]]


def group(*models: str) -> Callable[[Callable[..., tuple[str, ...]]], Group]:
    """Makes a function from facts to features a group of the models."""
    return lambda describe: Group(describe, models)


def features_of(evidence: Evidence) -> list[str]:
    """All features of the evidence, as the models are trained on them."""
    return [feature for each, facts in evidence for feature in each.describe(*facts)]


def weigh(evidence: Evidence) -> float:
    """The sum in the one model of the groups."""
    return sum([each.weigh(*facts)[0] for each, facts in evidence])


def weigh_both(evidence: Evidence) -> tuple[float, float]:
    """The sums in the two models of the groups."""
    pairs = [each.weigh(*facts) for each, facts in evidence]
    return sum([pair[0] for pair in pairs]), sum([pair[1] for pair in pairs])


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
