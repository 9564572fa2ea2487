"""Stories with marked quotations: reading them, and matching what the engine found against the marks."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from articles.text.attribution import AttributedQuotation
from articles.text.quotations import Segment
from bench.outcomes import SAME, Outcome

Story = dict[str, Any]

_SCORER = ("score", "pieces", "trim", "iou", "name_ok", "nominal_ok")
_QUOTE = ("start", "end", "text", "type", "speaker", "speaker_raw", "speaker_kind", "tags")
# Of “who” and “which” nobody marked the person: nothing to judge.
_HOWS = {"nominal": "descriptive", "none": "no speaker", "other_pron": "other pronoun"}
_TAGS = {
    "split": "split",
    "multipara": "several paragraphs",
    "nested": "nested",
    "single": "single marks",
    "headline": "headline",
    "unclosed": "unclosed",
    "speaker_other_para": "speaker in another paragraph",
}
_FEW = 3  # words of a short fragment
_LONGEST_TITLE = 8
_OPENING_SINGLE = "'‘`‚‹"


class CorpusError(ValueError):
    """The data cannot be measured; the message says what to do."""


def load_stories(path: Path) -> list[Story]:
    """The stories of one JSON-lines file. Raises `CorpusError`."""
    stories = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            stories.append(_story(line, f"{path.name}, line {number}"))
    if not stories:
        raise CorpusError(f"{path} holds no stories; write one JSON object a line (docs/quotations.md).")
    return stories


def _story(line: str, where: str) -> Story:
    try:
        story = json.loads(line)
    except ValueError as error:
        raise CorpusError(f"{where}: this is no JSON: {error}.") from error
    missing = {"id", "text", "quotes"} - set(story) if isinstance(story, dict) else {"id", "text", "quotes"}
    if not missing:
        missing = {key for quote in story["quotes"] for key in _QUOTE if key not in quote}
    if missing:
        raise CorpusError(f"{where}: {', '.join(sorted(missing))} is missing; see docs/quotations.md.")
    return dict(story)


def load_scorer(path: Path) -> ModuleType:
    """The scorer at ``path``, or score.py in that folder. Raises `CorpusError`."""
    path = path / "score.py" if path.is_dir() else path
    spec = importlib.util.spec_from_file_location("score", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise CorpusError(
            f"There is no scorer at {path}; put the corpus's score.py there, or name it with --scorer."
        )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    missing = [name for name in _SCORER if not hasattr(module, name)]
    if missing:
        raise CorpusError(f"{path} has no {', '.join(missing)}; see docs/quotations.md.")
    return module


def match_segment(scorer: ModuleType, story: Story, start: int, end: int, least: float = 0.5) -> Story | None:
    """The marked quotation that the segment lies on best, if the two share at least ``least``."""
    return _match(scorer, story, start, end, least)[0]


def _match(
    scorer: ModuleType, story: Story, start: int, end: int, least: float
) -> tuple[Story | None, float]:
    text = story["text"]
    span = scorer.trim(text, start, end)
    best, found = least, None
    for quote in story["quotes"]:
        if quote["end"] < start or end < quote["start"]:
            continue
        for piece in scorer.pieces(text, quote):
            value = scorer.iou(piece, span)
            if value >= best:
                best, found = value, quote
    return found, best


def predictions(read: dict[str, tuple[AttributedQuotation, ...]]) -> dict[str, list[dict[str, Any]]]:
    """What the scorer compares: one entry a segment of speech."""
    return {
        story: [
            {"start": segment.start, "end": segment.end, "speaker": item.attribution.speaker}
            for item in items
            if item.quotation.is_speech
            for segment in item.quotation.segments
        ]
        for story, items in read.items()
    }


def found_runs(scorer: ModuleType, story: Story, items: Iterable[AttributedQuotation]) -> list[bool]:
    """Of each marked segment, whether the engine has a run at its place, whatever it takes it for."""
    text = story["text"]
    runs = {
        scorer.trim(text, segment.start, segment.end) for item in items for segment in item.quotation.segments
    }
    pieces = [piece for quote in story["quotes"] for piece in scorer.pieces(text, quote)]
    return [
        piece in runs or any(scorer.iou(piece, run) >= SAME for run in runs if run[0] < piece[1])
        for piece in pieces
    ]


def judge_story(scorer: ModuleType, story: Story, items: Iterable[AttributedQuotation]) -> list[Outcome]:
    """What became of each marked quotation of the story, and what was taken for speech and is not marked."""
    met: dict[int, tuple[float, AttributedQuotation]] = {}
    outcomes = []
    for item in items:
        for segment in item.quotation.segments:
            quote, value = _match(scorer, story, segment.start, segment.end, 0.5)
            if quote is None:
                if item.quotation.is_speech:
                    outcomes.append(_unmarked(story, item, segment))
            elif value > met.get(id(quote), (0.0, item))[0]:
                met[id(quote)] = (value, item)
    alternating = _alternating(story)
    for quote in story["quotes"]:
        value, taken = met.get(id(quote), (0.0, None))
        phenomena = [*_phenomena(quote), *["alternating"] * (id(quote) in alternating)] or ["plain"]
        outcomes.append(_outcome(scorer, story, quote, taken, value, tuple(phenomena)))
    return outcomes


def _outcome(
    scorer: ModuleType,
    story: Story,
    quote: Story,
    item: AttributedQuotation | None,
    value: float,
    phenomena: tuple[str, ...],
) -> Outcome:
    hows = [_how(quote)]
    if "speaker_other_para" in quote["tags"]:
        hows.append("implicit")
    words, kind = quote["text"], quote["type"]
    if item is None:
        return Outcome(story["id"], words, phenomena, tuple(hows), kind, speaker=quote["speaker"])
    said = item.attribution
    judge = scorer.nominal_ok if quote["speaker_kind"] in ("nominal", "org") else scorer.name_ok
    judged = quote["speaker"] and "other pronoun" not in hows and item.quotation.is_speech and value >= SAME
    return Outcome(
        story["id"],
        words,
        phenomena,
        tuple(hows),
        kind,
        str(item.quotation.kind),
        item.quotation.is_speech and value >= SAME,
        quote["speaker"],
        said.speaker,
        bool(judge(quote["speaker"], said.speaker)) if judged else None,
        confidence=said.confidence,
        sure=said.sure,
        reason=said.reason,
    )


def _unmarked(story: Story, item: AttributedQuotation, segment: Segment) -> Outcome:
    said, text = item.attribution, story["text"]
    phenomena = [*_shape(segment.text)]
    if text[segment.start - 1] in _OPENING_SINGLE:
        phenomena.append("single marks")
    if "\n" not in text[: segment.start].strip():
        phenomena.append("headline")
    return Outcome(
        story["id"],
        segment.text,
        tuple(phenomena) or ("plain",),
        found_kind=str(item.quotation.kind),
        found_speaker=said.speaker,
        confidence=said.confidence,
        sure=said.sure,
        reason=said.reason,
    )


def _how(quote: Story) -> str:
    kind = str(quote["speaker_kind"])
    return _HOWS.get(kind, kind)


def _phenomena(quote: Story) -> list[str]:
    """What is hard about a marked quotation: from its tags, its shape and its speaker."""
    found = [name for tag, name in _TAGS.items() if tag in quote["tags"]]
    if quote["speaker_kind"] != "named":
        found.append(_how(quote))
    return found + _shape(quote["text"])


def _shape(words: str) -> list[str]:
    parts = words.split()
    long = [part for part in parts if len(part) > 3]
    found = ["short fragment"] if len(parts) <= _FEW else []
    if len(parts) <= _LONGEST_TITLE and long and all(part[0].isupper() for part in long):
        found.append("title-like")
    return found


def _alternating(story: Story) -> set[int]:
    """The quotations between two of somebody else: A, B, A."""
    turns: list[Story] = []
    found = set()
    for quote in sorted(story["quotes"], key=lambda quote: int(quote["start"])):
        if turns and turns[-1].get("group") == quote.get("group") is not None:
            continue
        turns.append(quote)
        three = [turn["speaker"].split()[-1:] for turn in turns[-3:]]
        if len(three) == 3 and three[0] == three[2] != three[1] and all(three):
            found |= {id(turn) for turn in turns[-3:]}
    return found
