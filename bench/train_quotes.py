"""Trains the models of the quotation engine and writes their weights.

usage: python -m bench.train_quotes DATA [--only speech|whole|speaker|pronoun]

DATA is a folder with train.jsonl, dev.jsonl and score.py (format: docs/quotations.md).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from bench.corpus import load_scorer, load_stories
from bench.examples import pronoun_examples, speaker_examples, speech_examples, whole_examples
from bench.learning import Choice, Weights, YesNo, fit_choice, fit_yes_no

WEIGHTS = Path(__file__).parent.parent / "articles" / "text" / "weights"
_LEAST = 0.02  # weights below this change nothing


def save(name: str, weights: Weights) -> None:
    """Writes the weights that matter, rounded."""
    kept = {feature: round(weight, 3) for feature, weight in sorted(weights.items()) if abs(weight) >= _LEAST}
    WEIGHTS.mkdir(exist_ok=True)
    text = json.dumps(kept, indent=0, ensure_ascii=False)
    (WEIGHTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def share_of_yes_no(weights: Weights, examples: Sequence[YesNo]) -> float:
    """How many of the examples the weights judge rightly."""
    right = sum((sum(weights.get(f, 0.0) for f in features) > 0) == label for features, label in examples)
    return right / max(1, len(examples))


def share_of_choices(weights: Weights, examples: Sequence[Choice]) -> float:
    """How many of the choices the weights make rightly."""
    right = 0
    for candidates, good in examples:
        values = [sum(weights.get(f, 0.0) for f in features) for features in candidates]
        right += values.index(max(values)) in good
    return right / max(1, len(examples))


def main() -> None:
    """Reads the arguments, trains, writes, and prints how well each model does."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", choices=("speech", "whole", "speaker", "pronoun"))
    options = parser.parse_args()
    scorer = load_scorer(options.data)
    train, dev = (load_stories(options.data / f"{part}.jsonl") for part in ("train", "dev"))
    for name, make_runs in (("speech", speech_examples), ("whole", whole_examples)):
        if options.only in (None, name):
            examples = make_runs(train, scorer)
            weights = fit_yes_no(examples)
            save(name, weights)
            seen, unseen = (share_of_yes_no(weights, e) for e in (examples, make_runs(dev, scorer)))
            print(f"{name:8} {seen:.4f} {unseen:.4f}")
    for name, make in (("speaker", speaker_examples), ("pronoun", pronoun_examples)):
        if options.only in (None, name):
            choices = make(train, scorer)
            weights = fit_choice(choices)
            save(name, weights)
            seen, unseen = (share_of_choices(weights, e) for e in (choices, make(dev, scorer)))
            print(f"{name:8} {seen:.4f} {unseen:.4f}")


if __name__ == "__main__":
    main()
