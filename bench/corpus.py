"""Stories with marked quotations: reading them, and matching what the engine found against the marks."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

Story = dict[str, Any]


def load_stories(path: Path) -> list[Story]:
    """The stories of one JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def load_scorer(folder: Path) -> ModuleType:
    """The scorer that lies beside the data."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"There is no score.py in {folder}.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def match_segment(scorer: ModuleType, story: Story, start: int, end: int, least: float = 0.5) -> Story | None:
    """The marked quotation that the segment lies on best, if the two share at least ``least``."""
    text = story["text"]
    span = scorer.trim(text, start, end)
    best, found = least, None
    for quote in story["quotes"]:
        for piece in scorer.pieces(text, quote):
            value = scorer.iou(piece, span)
            if value >= best:
                best, found = value, quote
    return found
