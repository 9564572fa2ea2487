"""What differs between words as printed and words in a source, and whether the house allows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import Final, Literal

from rapidfuzz.distance import LCSseq, Levenshtein

from articles.text.words import BROKEN, Word, key_of

_NEGATIONS: Final = frozenset(
    [
        "no",
        "not",
        "never",
        "none",
        "nobody",
        "nothing",
        "nor",
        "neither",
        "nowhere",
        "without",
        "cannot",
        "cant",
        "hardly",
        "barely",
        "scarcely",
        "seldom",
        "rarely",
        "unless",
    ]
)
_FILLERS: Final = frozenset({"um", "umm", "uh", "uhh", "er", "erm", "eh", "ah", "hm", "hmm", "mm", "mhm"})
_FILLER_PHRASES: Final = frozenset({("you", "know"), ("i", "mean"), ("sort", "of"), ("kind", "of")})
# What a transcript says of the room in brackets, which nobody spoke.
_DIRECTIONS: Final = frozenset(
    [
        "applause",
        "laughter",
        "laughs",
        "cheers",
        "cheering",
        "booing",
        "crosstalk",
        "inaudible",
        "unintelligible",
        "pause",
        "music",
    ]
)
_LONGEST_CLOSE: Final = 200  # words for which every start and every end is tried
_LONGEST_EXACT: Final = 24  # words for which all pairs of them are
_MOST_UNDER_BRACKETS: Final = 6
_LETTER_BRACKETS: Final = re.compile(r"\[[^\W\d_]{1,3}\]")
_CLOSING_PRINTED: Final = frozenset({",", ".", ";", ":", "-", "…", ""})
_CLOSING_SAID: Final = frozenset({",", ".", ";", ":", "-", "…", "!", "", ")"})


class Grade(StrEnum):
    """How near printed words are to the source's, from the same to not there."""

    IDENTICAL = "identical"
    TYPOGRAPHIC = "typographic"
    PERMITTED = "permitted"
    ALTERED = "altered"
    ABSENT = "absent"

    @property
    def rank(self) -> int:
        return list(Grade).index(self)


@dataclass(frozen=True, slots=True)
class Policy:
    """The edits of a speaker's words that a house allows.

    ``punctuation``: marks inside the words may differ, for houses that quote from recordings and captions.
    """

    closing_punctuation: bool = True
    bracketed_insertion: bool = True
    ellipsis: bool = True
    filler: bool = False
    capital: bool = True
    punctuation: bool = False


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A stretch that is equal, or differs: ``said`` in the source's passage, ``printed`` in the quotation."""

    op: Literal["equal", "insert", "delete", "replace"]
    said: str
    printed: str


@dataclass(slots=True)
class Verdict:
    """The grade of one stretch of words, the difference, and what was found in words for an editor."""

    grade: Grade = Grade.IDENTICAL
    parts: list[DiffPart] = field(default_factory=list)
    findings: list[tuple[Grade, str]] = field(default_factory=list)

    @property
    def notes(self) -> tuple[str, ...]:
        """Why the grade is what it is."""
        return tuple(note for grade, note in self.findings if grade == self.grade)

    def lower(self, grade: Grade, note: str = "") -> None:
        """Take note of something that makes the grade at most ``grade``."""
        self.grade = max(self.grade, grade, key=lambda each: each.rank)
        if note and (grade, note) not in self.findings:
            self.findings.append((grade, note))

    def allow(self, allowed: bool, note: str) -> None:
        self.lower(Grade.PERMITTED if allowed else Grade.ALTERED, note)

    def take(self, other: Verdict) -> None:
        """Add what was found in the next stretch of words."""
        self.parts += other.parts
        self.lower(other.grade)
        for grade, note in other.findings:
            self.lower(grade, note)


@dataclass(frozen=True, slots=True)
class Step:
    """Words of the source and of the quotation that stand against each other; equal, or not."""

    equal: bool
    said: tuple[Word, ...]
    printed: tuple[Word, ...]


def align(printed: Sequence[Word], said: Sequence[Word]) -> list[Step]:
    """Set the two sequences against each other, with as few differing words as possible."""
    steps: list[Step] = []
    for op in Levenshtein.opcodes([word.key for word in said], [word.key for word in printed]):
        step = Step(
            op.tag == "equal",
            tuple(said[op.src_start : op.src_end]),
            tuple(printed[op.dest_start : op.dest_end]),
        )
        if steps and not step.equal and not steps[-1].equal:
            step = Step(False, steps[-1].said + step.said, steps.pop().printed + step.printed)
        steps.append(step)
    return steps


def align_closely(printed: Sequence[Word], said: Sequence[Word]) -> list[Step]:
    """Align with the part of ``said`` that corresponds best, and as short a part as can be."""
    if len(printed) <= _LONGEST_CLOSE:
        said = _closest_part(printed, said)
    return _trim(align(printed, said))


def _closest_part(printed: Sequence[Word], said: Sequence[Word]) -> Sequence[Word]:
    """The part with the most words in common; a word more may cost four words of length."""
    wanted = [word.key for word in printed]
    keys = [word.key for word in said]
    places = range(len(keys) + 1)

    def worth(start: int, end: int) -> int:
        return 4 * LCSseq.similarity(keys[start:end], wanted) - (end - start)

    if len(printed) <= _LONGEST_EXACT:
        best = max(combinations(places, 2), key=lambda part: worth(*part), default=(0, 0))
        return said[slice(*best)]
    first = max(places, key=lambda start: worth(start, len(keys)))
    return said[first : max(places, key=lambda end: worth(first, end) if end > first else -len(keys))]


def judge(
    steps: Sequence[Step],
    policy: Policy,
    *,
    last: bool = True,
    after: str = "",
    nearby: Sequence[Word] = (),
) -> Verdict:
    """Grade aligned words. ``last``: a segment ends with them, so that closing punctuation may differ.

    ``after`` is the punctuation that follows the words in the source, ``nearby`` the source's words around.
    """
    verdict = Verdict()
    shouted = _is_shouted(steps)
    moved = _find_moved(steps, nearby)
    for number, step in enumerate(steps):
        if step.equal:
            _judge_equal(verdict, steps, number, policy, shouted=shouted)
        else:
            _judge_change(verdict, step, policy, moved=number in moved)
    if last and steps and steps[-1].equal:
        _judge_closing(verdict, steps[-1].printed[-1].gap, after, policy)
    return verdict


def _find_moved(steps: Sequence[Step], nearby: Sequence[Word]) -> set[int]:
    """The steps whose words stand in the source too, in another order or some words away."""
    keys = {
        number: ([word.key for word in step.said], [word.key for word in step.printed])
        for number, step in enumerate(steps)
        if not step.equal
    }
    around = [word.key for word in nearby]
    moved: set[int] = set()
    for number, (said, printed) in keys.items():
        if printed and said and sorted(said) == sorted(printed):
            moved.add(number)
        elif printed and not said:
            from_there = {other for other, pair in keys.items() if pair == (printed, [])}
            close = len(printed) > 1 and any(
                around[start : start + len(printed)] == printed for start in range(len(around))
            )
            moved |= from_there | {number} if from_there or close else set()
    return moved


def is_negated(words: Sequence[Word]) -> bool:
    """Whether the words hold a "not" of some kind."""
    return any(word.key in _NEGATIONS or word.key.endswith("n't") for word in words)


def spell(words: Sequence[Word], *, closed: bool = True) -> str:
    """The words as running text, with the punctuation between them."""
    parts: list[str] = []
    for number, word in enumerate(words):
        between = word.gap if closed or number < len(words) - 1 else ""
        space = "" if between == "-" and number < len(words) - 1 else " "
        parts.append(word.raw.replace(BROKEN, "") + between.replace("…", " …") + space)
    return "".join(parts).strip()


def _judge_equal(
    verdict: Verdict, steps: Sequence[Step], number: int, policy: Policy, *, shouted: bool
) -> None:
    """Equal words may still differ in capitals and in the punctuation between them."""
    step = steps[number]
    same_said: list[Word] = []
    same_printed: list[Word] = []
    for place, (said, printed) in enumerate(zip(step.said, step.printed, strict=True)):
        at_start = place == 0 and (number == 0 or any(word.bracketed for word in steps[number - 1].printed))
        fine = _judge_case(verdict, said, printed, policy, at_start=at_start, shouted=shouted)
        inside = place < len(step.said) - 1
        if inside and said.gap != printed.gap:
            fine = policy.punctuation and fine
            verdict.allow(policy.punctuation, "the punctuation inside the words was changed")
        if fine:
            same_said.append(said)
            same_printed.append(printed)
        else:
            _add_equal(verdict, same_said, same_printed)
            change = DiffPart("replace", spell([said], closed=inside), spell([printed], closed=inside))
            verdict.parts.append(change)
            same_said, same_printed = [], []
    _add_equal(verdict, same_said, same_printed)


def _add_equal(verdict: Verdict, said: Sequence[Word], printed: Sequence[Word]) -> None:
    if said:
        verdict.parts.append(DiffPart("equal", spell(said, closed=False), spell(printed, closed=False)))


def _judge_case(
    verdict: Verdict, said: Word, printed: Word, policy: Policy, *, at_start: bool, shouted: bool
) -> bool:
    """Whether the capitals are the same or may differ as they do."""
    if _LETTER_BRACKETS.search(printed.raw) and not _LETTER_BRACKETS.search(said.raw):
        verdict.allow(policy.bracketed_insertion, f"“{printed.raw}” was changed in brackets")
        return policy.bracketed_insertion
    before, after = _letters(said.raw), _letters(printed.raw)
    if before == after or (shouted and len(before) > 1):
        return True
    if before[1:] == after[1:] and at_start:
        verdict.allow(policy.capital, "the first letter changed its case")
        return policy.capital
    verdict.lower(Grade.ALTERED, f"“{said.raw}” is written “{printed.raw}”")
    return False


def _letters(raw: str) -> str:
    return "".join(character for character in raw if character.isalnum())


def _is_shouted(steps: Sequence[Step]) -> bool:
    """Whether the source prints these words in capitals, as captions and old transcripts do."""
    letters = [c for step in steps for word in step.said for c in word.raw if c.isalpha()]
    return len(letters) >= 8 and all(not c.islower() for c in letters)


def _judge_change(verdict: Verdict, step: Step, policy: Policy, *, moved: bool) -> None:
    said, printed = step.said, step.printed
    op: Literal["insert", "delete", "replace"] = (
        "replace" if said and printed else "insert" if printed else "delete"
    )
    verdict.parts.append(DiffPart(op, spell(said, closed=False), _spell_printed(printed)))
    if printed and (all(word.bracketed for word in printed) or _ends_bracketed(step)):
        few = len(said) <= _MOST_UNDER_BRACKETS and is_negated(said) == is_negated(printed)
        note = f"“{_spell_printed(printed)}” was put in in brackets"
        if not few:
            hidden = f"stands for “{spell(said, closed=False)}”" if said else "turns the meaning round"
            note = f"“{_spell_printed(printed)}” {hidden}"
        verdict.allow(policy.bracketed_insertion and few, note)
    elif not printed and _is_direction(said):
        verdict.allow(True, f"“{spell(said, closed=False)}”, which nobody said, was left out")
    elif not printed and _is_filler(said):
        verdict.allow(policy.filler, f"“{spell(said, closed=False)}” was left out")
    elif moved:
        words = _spell_printed(printed) or spell(said, closed=False)
        verdict.lower(Grade.ALTERED, f"“{words}” was put in another order")
    else:
        verdict.lower(Grade.ALTERED, _describe(op, spell(said, closed=False), _spell_printed(printed)))


def _spell_printed(words: Sequence[Word]) -> str:
    """Printed words, with the brackets around them that set them off."""
    text = spell(words, closed=False)
    return f"[{text}]" if words and all(word.bracketed for word in words) else text


def _describe(op: str, said: str, printed: str) -> str:
    if op == "insert":
        return f"“{printed}” was added"
    if op == "delete":
        return f"“{said}” was left out"
    return f"“{said}” became “{printed}”"


def _ends_bracketed(step: Step) -> bool:
    """Words such as "want[ed]": one for one, each the source's word but for letters in brackets."""
    if len(step.said) != len(step.printed):
        return False
    pairs = zip(step.said, step.printed, strict=True)
    return all(
        _LETTER_BRACKETS.search(word.raw) and said.key.startswith(key_of(_LETTER_BRACKETS.sub("", word.raw)))
        for said, word in pairs
    )


def _is_direction(words: Sequence[Word]) -> bool:
    marked = all(word.bracketed for word in words) or ")" in words[-1].gap
    return marked and _DIRECTIONS.issuperset(word.key for word in words)


def _is_filler(words: Sequence[Word]) -> bool:
    keys = [word.key for word in words]
    while keys:
        if keys[-1] in _FILLERS:
            keys.pop()
        elif tuple(keys[-2:]) in _FILLER_PHRASES:
            del keys[-2:]
        else:
            return False
    return True


def _judge_closing(verdict: Verdict, printed: str, said: str, policy: Policy) -> None:
    """The mark at the end of a segment: the source's own, none, or another that changes no meaning."""
    if not printed or said.startswith(printed):
        return
    mark, source = printed[:1], said[:1]
    harmless = mark in _CLOSING_PRINTED and source in _CLOSING_SAID
    verdict.allow(policy.closing_punctuation and harmless, "the closing punctuation was changed")


def _trim(steps: Sequence[Step]) -> list[Step]:
    """The steps without the words of the source that lie before and after what corresponds."""
    trimmed = list(steps)
    if trimmed and not trimmed[0].equal:
        first = trimmed.pop(0)
        if first.printed:
            said = first.said[-len(first.printed) :] if first.said else ()
            trimmed.insert(0, Step(False, said, first.printed))
    if trimmed and not trimmed[-1].equal:
        end = trimmed.pop()
        if end.printed:
            trimmed.append(Step(False, end.said[: len(end.printed)], end.printed))
    return trimmed
