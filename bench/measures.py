"""Figures from outcomes: who spoke, as what, which kind, how sure, and where it goes wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bench.outcomes import Outcome, ReportOutcome

Figures = dict[str, Any]

NOBODY = "nobody's words"
MISSED = "not found"
_SPEECH = ("direct", "partial")
_WRONG: dict[str, Callable[[Outcome], bool]] = {
    "segments": lambda one: bool(one.kind) and not one.segments_right,
    "kind": lambda one: bool(one.kind and one.found_kind) and one.kind != one.found_kind,
    "speaker": lambda one: bool(one.kind) and one.speaker_right is False,
    "role": lambda one: one.role_right is False,
    "extra": lambda one: not one.kind,
}


def share(right: float, total: float) -> float:
    """A share of one, rounded; of nothing it is 0."""
    return round(right / total, 4) if total else 0.0


def fraction(verdicts: Iterable[bool]) -> Figures:
    """How many of the verdicts are right."""
    known = list(verdicts)
    return {"right": share(sum(known), len(known)), "of": len(known)}


def precision_recall(right: int, found: int, marked: int) -> Figures:
    """Precision, recall and their harmonic mean."""
    precision, recall = share(right, found), share(right, marked)
    middle = share(2 * precision * recall, precision + recall)
    return {"p": precision, "r": recall, "f1": middle, "found": found, "marked": marked}


def measure(outcomes: Sequence[Outcome]) -> Figures:
    """Everything that the outcomes of a corpus show."""
    return {
        "speakers": speakers(outcomes),
        "kinds": kinds(outcomes),
        "calibration": calibration(outcomes),
        "calibration_people": calibration(one for one in outcomes if _is_person(one)),
        "mistakes": {name: sum(map(wrong, outcomes)) for name, wrong in _WRONG.items()},
    }


def measure_gold(outcomes: Sequence[Outcome]) -> Figures:
    """The same, and what only the house's own stories say: whole quotations and roles."""
    marked = [one for one in outcomes if one.kind]
    found = [one for one in outcomes if one.found_kind]
    speech = [one for one in marked if one.kind in _SPEECH]
    claimed = [one for one in found if one.found_kind in _SPEECH]
    right = [one for one in speech if one.segments_right and one.speaker_right and one.found_kind in _SPEECH]
    both = [one for one in marked if one.found_kind]
    return {
        "quotations": precision_recall(sum(one.segments_right for one in marked), len(found), len(marked)),
        "end_to_end": precision_recall(len(right), len(claimed), len(speech)),
        "kind": fraction(one.kind == one.found_kind for one in both),
        "speaker": fraction(one.speaker_right for one in marked if one.speaker_right is not None),
        "role": fraction(one.role_right for one in marked if one.role_right is not None),
        "role_where_printed": fraction(
            one.role_right for one in marked if one.role and one.role_right is not None
        ),
        "how": fraction(one.found_how in one.hows for one in speech if one.speaker_right and one.speaker),
        "extra": sum(not one.kind for one in outcomes),
        **measure(outcomes),
    }


def speakers(outcomes: Iterable[Outcome]) -> Figures:
    """The share of right speakers, by how the text speaks of them."""
    verdicts: dict[str, list[bool]] = defaultdict(list)
    for one in outcomes:
        if one.kind and one.speaker_right is not None:
            for how in one.hows:
                verdicts[how].append(one.speaker_right)
    return {how: fraction(found) for how, found in sorted(verdicts.items())}


def kinds(outcomes: Iterable[Outcome]) -> Figures:
    """The confusion matrix: as marked, as found."""
    matrix: dict[str, Counter[str]] = defaultdict(Counter)
    for one in outcomes:
        matrix[one.kind or NOBODY][one.found_kind or MISSED] += 1
    return {kind: dict(found) for kind, found in sorted(matrix.items())}


def _is_person(one: Outcome) -> bool:
    """Whether somebody with a name said these words whole: what score.py counts end to end."""
    return one.kind == "direct" and not {"named", "pronoun"}.isdisjoint(one.hows)


def calibration(outcomes: Iterable[Outcome]) -> Figures:
    """Whether the confidence can be believed: of all suggestions whose speaker can be judged."""
    known = [one for one in outcomes if one.speaker_right is not None]
    sure = [one for one in known if one.sure]
    deciles: dict[int, list[Outcome]] = defaultdict(list)
    for one in known:
        deciles[min(9, int(one.confidence * 10))].append(one)
    return {
        "sure": share(len(sure), len(known)),
        "right_when_sure": share(sum(bool(one.speaker_right) for one in sure), len(sure)),
        "of": len(known),
        "deciles": [
            {
                "from": decile / 10,
                "confidence": share(sum(one.confidence for one in part), len(part)),
                **fraction(bool(one.speaker_right) for one in part),
            }
            for decile, part in sorted(deciles.items())
        ],
    }


def indirect(reports: Sequence[ReportOutcome]) -> Figures:
    """Reported speech without marks: found at the overlap of `SAME`, and its speakers."""
    right = [one for one in reports if one.marked and one.found]
    figures = precision_recall(
        len(right), sum(one.found for one in reports), sum(one.marked for one in reports)
    )
    wrong = [one for one in reports if not (one.marked and one.found and one.speaker_right)]
    return {**figures, "speaker": fraction(one.speaker_right for one in right), "mistakes": _reports(wrong)}


def _reports(wrong: Iterable[ReportOutcome]) -> list[dict[str, str]]:
    found = []
    for one in wrong:
        what = ("speaker" if one.found else "missed") if one.marked else "extra"
        found.append(
            {"wrong": what, "story": one.story, "words": one.words}
            | {"expected": one.speaker, "found": one.found_speaker}
        )
    return found


def phenomena(outcomes: Sequence[Outcome]) -> list[Figures]:
    """Where it goes wrong: for each phenomenon how often, in what, and every case; the worst first."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        for name in one.phenomena:
            groups[name].append(one)
    rows = []
    for name, group in groups.items():
        counts = {what: sum(map(wrong, group)) for what, wrong in _WRONG.items()}
        cases = [_case(one) for one in group if any(wrong(one) for wrong in _WRONG.values())]
        rows.append({"phenomenon": name, "of": len(group), "wrong": len(cases), **counts, "examples": cases})
    return sorted(rows, key=lambda row: (-row["wrong"], row["phenomenon"]))


def _case(one: Outcome) -> dict[str, Any]:
    """One mistake with what a person needs to see it."""
    expected = {"kind": one.kind or NOBODY, "speaker": one.speaker, "role": one.role}
    found = {"kind": one.found_kind or MISSED, "speaker": one.found_speaker, "role": one.found_role}
    return {
        "wrong": [what for what, wrong in _WRONG.items() if wrong(one)],
        "story": one.story,
        "words": one.words,
        "expected": expected,
        "found": found,
        "confidence": one.confidence,
        "reason": one.reason,
    }
