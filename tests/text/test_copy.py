"""The house's own stories, annotated by hand: what the engine must still get right after every change."""

import json
from collections import Counter
from pathlib import Path

import pytest

from articles.text.attribution import AttributedQuotation, read_quotations

COPY = sorted((Path(__file__).parents[1] / "copy").glob("*.txt"))
FLOOR = {"segments": 0.97, "kind": 0.9, "speaker": 0.87, "role": 0.93}  # shares of all annotated quotations
Marked = dict[str, str | list[str]]


def read(path: Path) -> tuple[str, tuple[AttributedQuotation, ...], list[Marked]]:
    text = path.read_text(encoding="utf-8")
    headline, _, body = text.partition("\n\n")
    assert headline
    marked = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["quotations"]
    return text, read_quotations(text, headline=headline if body else ""), marked


def words(item: AttributedQuotation) -> list[str]:
    return [segment.text for segment in item.quotation.segments]


def mistakes(path: Path) -> Counter[str]:
    """How many quotations of a story are wrong, by what is wrong; “extra” are found and not annotated."""
    _, found, marked = read(path)
    by_words = {tuple(words(item)): item for item in found}
    wrong: Counter[str] = Counter()
    for quotation in marked:
        item = by_words.pop(tuple(quotation["segments"]), None)
        if item is None:
            wrong["segments"] += 1
            continue
        wrong["kind"] += item.quotation.kind != quotation["kind"]
        if quotation["speaker"]:
            wrong["speaker"] += item.attribution.speaker.lower() != str(quotation["speaker"]).lower()
            wrong["role"] += item.attribution.role != quotation["role"]
    wrong["extra"] = len(by_words)
    return wrong


@pytest.mark.parametrize("path", COPY, ids=lambda path: path.stem)
def test_annotations_are_words_of_the_story(path: Path) -> None:
    text, _, marked = read(path)
    assert marked
    assert all(segment in text for quotation in marked for segment in quotation["segments"])


def test_the_floor_holds() -> None:
    total = sum(len(read(path)[2]) for path in COPY)
    wrong: Counter[str] = Counter()
    for path in COPY:
        wrong += mistakes(path)
    assert {name: 1 - wrong[name] / total >= least for name, least in FLOOR.items()} == dict.fromkeys(
        FLOOR, True
    )
    assert wrong["extra"] <= 0.05 * total
