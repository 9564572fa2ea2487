"""Trains the models of the quotation engine and writes their weights.

usage: python -m bench.train_quotes DATA [--only speech|speaker|pronoun]

DATA is a folder with train.jsonl and score.py (format: docs/quotations.md). Only weights are written.
"""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from types import ModuleType

from articles.text.quotations import find_all_frames
from articles.text.scan import scan_text
from articles.text.shape import speech_features
from bench.corpus import Story, match_segment

WEIGHTS = Path(__file__).parent.parent / "articles" / "text" / "weights"
Example = tuple[list[str], int]


def fit_logistic(
    examples: list[Example], *, rounds: int = 12, rate: float = 0.2, decay: float = 2e-6
) -> dict[str, float]:
    """Logistic regression by Adagrad."""
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    generator = random.Random(1)
    for _ in range(rounds):
        generator.shuffle(examples)
        for features, label in examples:
            value = sum(weights.get(f, 0.0) for f in features)
            slope = 1 / (1 + math.exp(-max(-30.0, min(30.0, value)))) - label
            step(weights, squares, features, slope, rate, decay)
    return weights


def step(
    weights: dict[str, float],
    squares: dict[str, float],
    features: list[str],
    slope: float,
    rate: float,
    decay: float,
) -> None:
    """One Adagrad step."""
    for f in features:
        old = weights.get(f, 0.0)
        gradient = slope + decay * old * 100
        squares[f] = squares.get(f, 1e-3) + gradient * gradient
        weights[f] = old - rate * gradient / math.sqrt(squares[f])


def save(name: str, weights: dict[str, float], least: float = 0.02) -> None:
    """Writes the weights that matter, rounded."""
    kept = {f: round(w, 3) for f, w in sorted(weights.items()) if abs(w) >= least}
    WEIGHTS.mkdir(exist_ok=True)
    (WEIGHTS / f"{name}.json").write_text(
        json.dumps(kept, indent=0, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def speech_examples(stories: list[Story], scorer: ModuleType) -> list[Example]:
    """Every marked run with whether people took it for somebody's words."""
    examples: list[Example] = []
    for story in stories:
        scan = scan_text(story["text"])
        frames = find_all_frames(scan)
        for reading in scan.readings:
            for order, (place, index) in enumerate(reading.runs):
                run = scan.runs[index]
                others = (order, len(reading.runs) - order - 1)
                gold = match_segment(scorer, story, run.start, run.end)
                features = speech_features(scan.text, run, reading, place, frames[reading.number], others)
                examples.append((features, int(gold is not None)))
    return examples


def fit_ranker(
    examples: list[tuple[list[list[str]], list[int]]],
    *,
    rounds: int = 8,
    rate: float = 0.15,
    decay: float = 1e-5,
) -> dict[str, float]:
    """A log-linear choice between candidates; of several right ones, any may win."""
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    generator = random.Random(1)
    for _ in range(rounds):
        generator.shuffle(examples)
        for candidates, right in examples:
            scores = [sum(weights.get(f, 0.0) for f in features) for features in candidates]
            top = max(scores)
            powers = [math.exp(s - top) for s in scores]
            total, good = sum(powers), sum(powers[i] for i in right)
            for i, features in enumerate(candidates):
                slope = powers[i] / total - (powers[i] / good if i in right else 0.0)
                if abs(slope) > 1e-3:
                    step(weights, squares, features, slope, rate, decay)
    return weights
