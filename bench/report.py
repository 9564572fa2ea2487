"""The figures of a corpus as a page of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SCORES = ("direct_exact", "direct_overlap", "all_exact", "all_overlap", "end_to_end")
_SPEAKERS = ("speaker_named", "speaker_pronoun", "speaker_person", "speaker_org", "speaker_nominal")
_WRONG = ("segments", "kind", "speaker", "role", "extra")
_WIDTH = 78


def lines(name: str, figures: dict[str, Any], examples: int, only: str | None = None) -> Iterator[str]:
    """The page, line by line, with so many examples of each phenomenon; or with all of one."""
    yield f"\n=== {name}: {figures['stories']} stories"
    if "score" in figures:
        yield from _score(figures["score"])
        yield _fraction("found, of any kind", figures["runs"])
    if "quotations" in figures:
        yield from _gold(figures)
    yield "\nSpeakers, by how the text speaks of them"
    yield from (_fraction(how, part) for how, part in figures["speakers"].items())
    yield from _kinds(figures["kinds"])
    yield from _calibration("all", figures["calibration"])
    yield from _calibration("whole quotations of people", figures["calibration_people"])
    if "indirect" in figures:
        yield from _indirect(figures["indirect"], examples)
    if "cost" in figures:
        yield from _cost(figures["cost"])
    yield from _phenomena(figures["phenomena"])
    for row in figures["phenomena"]:
        if only in (None, row["phenomenon"]):
            yield from _cases(row, None if only else examples)


def _prf(title: str, part: dict[str, float]) -> str:
    counts = "  ".join(f"{key} {part[key]}" for key in ("tp", "fp", "fn", "found", "marked") if key in part)
    return f"  {title:24} P {part['p']:.4f}  R {part['r']:.4f}  F1 {part['f1']:.4f}   {counts}"


def _fraction(title: str, part: dict[str, Any]) -> str:
    return f"  {title:24} {part['right']:.4f} of {part['of']}"


def _score(score: dict[str, Any]) -> Iterator[str]:
    yield "\nscore.py"
    yield from (_prf(title, score[title]) for title in _SCORES if title in score)
    for title in _SPEAKERS:
        if title in score:
            part = score[title]
            rest = "  ".join(f"{key} {value}" for key, value in part.items() if key not in ("acc", "n"))
            yield f"  {title:24} {part['acc']:.4f} of {part['n']}   {rest}"
    for tag, (recall, total) in score.get("recall_by_tag", {}).items():
        yield f"  recall, {tag:16} {recall:.4f} of {total}"


def _gold(figures: dict[str, Any]) -> Iterator[str]:
    yield "\nWhole quotations, as annotated"
    yield _prf("segments exact", figures["quotations"])
    yield _prf("end to end", figures["end_to_end"])
    for title in ("kind", "speaker", "how", "role", "role_where_printed"):
        yield _fraction(title.replace("_", " "), figures[title])
    yield f"  {'found, not marked':24} {figures['extra']}"


def _kinds(matrix: dict[str, dict[str, int]]) -> Iterator[str]:
    found = sorted({kind for row in matrix.values() for kind in row})
    yield "\nKinds: rows as marked, columns as found"
    yield f"  {'':16}" + "".join(f"{kind:>12}" for kind in found)
    for kind, row in matrix.items():
        yield f"  {kind:16}" + "".join(f"{row.get(name, 0):12}" for name in found)


def _calibration(title: str, part: dict[str, Any]) -> Iterator[str]:
    yield f"\nConfidence, {title}: {part['of']} suggestions whose speaker can be judged"
    yield f"  marked sure {part['sure']:.4f}, right when sure {part['right_when_sure']:.4f}"
    for row in part["deciles"]:
        yield (
            f"  from {row['from']:.1f}   confidence {row['confidence']:.3f}   "
            f"right {row['right']:.3f}   of {row['of']}"
        )


def _indirect(part: dict[str, Any], examples: int) -> Iterator[str]:
    yield "\nReported speech without marks, overlap 0.8"
    yield _prf("indirect", part)
    yield _fraction("its speaker", part["speaker"])
    for one in part.get("mistakes", [])[: 4 * examples]:
        yield f"    {one['wrong']:8} {one['story']}: {_cut(one['words'])}"
        if one["wrong"] == "speaker":
            yield f"             expected {one['expected']!r}, found {one['found']!r}"


def _cost(cost: dict[str, Any]) -> Iterator[str]:
    memory = (
        "not measured here" if cost["memory_mb"] is None else f"{cost['memory_mb']} MB beyond Python's own"
    )
    yield f"\nCost: {cost['stories_a_second']} stories of 700 words a second on one core; memory {memory}"


def _phenomena(rows: list[dict[str, Any]]) -> Iterator[str]:
    yield "\nMistakes by phenomenon (a quotation may count under several)"
    yield f"  {'':28}{'of':>6}{'wrong':>7}" + "".join(f"{what:>10}" for what in _WRONG)
    for row in rows:
        counts = "".join(f"{row[what]:10}" for what in _WRONG)
        yield f"  {row['phenomenon']:28}{row['of']:6}{row['wrong']:7}{counts}"


def _cases(row: dict[str, Any], most: int | None) -> Iterator[str]:
    cases = row.get("examples", [])[:most]
    if cases:
        yield f"\n  {row['phenomenon']}"
    for case in cases:
        yield from _case(case)


def _case(case: dict[str, Any]) -> Iterator[str]:
    yield f"    {case['story']}: “{_cut(case['words'])}” ({', '.join(case['wrong'])})"
    for side in ("expected", "found"):
        yield f"      {side:8} " + ", ".join(f"{key} {value!r}" for key, value in case[side].items() if value)


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _WIDTH else words[: _WIDTH - 1] + "…"
