"""Fitting the linear models of the quotation engine: yes or no, and one of several."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

Weights = dict[str, float]
YesNo = tuple[list[str], int]
Choice = tuple[list[list[str]], list[int]]  # the features of each candidate, and which of them are right

_SEED = 1


class _Fitter:
    """Adagrad with weight decay; the result is the mean of the weights after each round."""

    def __init__(self, rate: float, decay: float) -> None:
        self.rate = rate
        self.decay = decay
        self.weights: Weights = {}
        self.squares: Weights = {}
        self.means: Weights = {}
        self.rounds = 0

    def value(self, features: list[str]) -> float:
        weights = self.weights
        return sum([weights.get(feature, 0.0) for feature in features])

    def step(self, features: list[str], slope: float) -> None:
        weights, squares = self.weights, self.squares
        for feature in features:
            old = weights.get(feature, 0.0)
            gradient = slope + self.decay * old
            square = squares[feature] = squares.get(feature, 1e-3) + gradient * gradient
            weights[feature] = old - self.rate * gradient / math.sqrt(square)

    def end_round(self) -> None:
        self.rounds += 1
        for feature, weight in self.weights.items():
            self.means[feature] = self.means.get(feature, 0.0) + weight

    def result(self) -> Weights:
        return {feature: total / self.rounds for feature, total in self.means.items()}


def fit_yes_no(
    examples: Sequence[YesNo], *, rounds: int = 16, rate: float = 0.05, decay: float = 0.01
) -> Weights:
    """Logistic regression."""
    fitter, order = _Fitter(rate, decay), list(examples)
    generator = random.Random(_SEED)
    for _ in range(rounds):
        generator.shuffle(order)
        for features, label in order:
            value = max(-30.0, min(30.0, fitter.value(features)))
            fitter.step(features, 1 / (1 + math.exp(-value)) - label)
        fitter.end_round()
    return fitter.result()


def fit_choice(
    examples: Sequence[Choice], *, rounds: int = 8, rate: float = 0.15, decay: float = 0.003
) -> Weights:
    """A log-linear choice between candidates; of several right ones, any may win."""
    fitter, order = _Fitter(rate, decay), list(examples)
    generator = random.Random(_SEED)
    for _ in range(rounds):
        generator.shuffle(order)
        for candidates, right in order:
            values = [fitter.value(features) for features in candidates]
            top = max(values)
            powers = [math.exp(value - top) for value in values]
            total, good = sum(powers), sum(powers[index] for index in right)
            for index, features in enumerate(candidates):
                slope = powers[index] / total - (powers[index] / good if index in right else 0.0)
                if abs(slope) > 1e-3:
                    fitter.step(features, slope)
        fitter.end_round()
    return fitter.result()
