"""Which quotation of an edited text is which of before: records follow their words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Indel

from articles.text.compare import DEFAULT_POLICY, Comparison, Grade, Policy, compare, fingerprint
from articles.text.words import clear, read_words

_LIKE: Final = 0.5  # how alike two quotations must be to be the same one, edited
_PART: Final = 0.85  # how much of the shorter must be in the longer when one was cut or extended
_MOST_CANDIDATES: Final = 24
_COMMON: Final = 12  # a word that so many quotations hold tells nothing


@dataclass(frozen=True, slots=True)
class Carried:
    """Quotation number ``old`` of before is number ``new`` now.

    ``old`` None: a new quotation; ``new`` None: gone from the text. ``grade`` says how the words now compare
    with those of before; None where there is only one of them.
    """

    old: int | None
    new: int | None
    grade: Grade | None


def carry(
    old: Sequence[Sequence[str]], new: Sequence[Sequence[str]], *, policy: Policy = DEFAULT_POLICY
) -> tuple[Carried, ...]:
    """Match the quotations of a text before and after an edit; both are given as their segments' words.

    The same words go together first, wherever they moved; then those that are nearly the same. Order and
    neighbours decide between equals. Every index of ``old`` and ``new`` is in the answer exactly once: in
    the order of ``new``, then what is gone.
    """
    match = _Match()
    for key in (_exact, fingerprint):
        _match_same([key(segments) for segments in old], [key(segments) for segments in new], match)
    _match_same(
        [fingerprint(segments) for segments in old], [fingerprint(segments) for segments in new], match
    )
    _match_near(old, new, match)
    kept = [
        Carried(match.to_old.get(number), number, _grade(old, segments, match.to_old.get(number), policy))
        for number, segments in enumerate(new)
    ]
    gone = [Carried(number, None, None) for number in range(len(old)) if number not in match.to_new]
    return (*kept, *gone)


class _Match:
    """The pairs found so far."""

    def __init__(self) -> None:
        self.to_new: dict[int, int] = {}
        self.to_old: dict[int, int] = {}

    def pair(self, old: int, new: int) -> None:
        self.to_new[old] = new
        self.to_old[new] = old

    def is_free(self, old: int, new: int) -> bool:
        return old not in self.to_new and new not in self.to_old

    def neighbours(self, old: int, new: int) -> int:
        """How many of the quotations on both sides are already each other's neighbours."""
        before = old > 0 and new > 0 and self.to_new.get(old - 1) == new - 1
        after = self.to_new.get(old + 1, -1) == new + 1
        return before + after


def _exact(segments: Sequence[str]) -> str:
    return "\n".join(segments)


def _grade(
    old: Sequence[Sequence[str]], segments: Sequence[str], number: int | None, policy: Policy
) -> Grade | None:
    if number is None:
        return None
    if list(old[number]) == list(segments):
        return Grade.IDENTICAL
    before = " ".join(old[number])
    found = compare(segments, before, policy=policy)
    if found.grade == Grade.ABSENT or _leaves_words_out(before, found):
        return Grade.ALTERED
    return found.grade


def _leaves_words_out(before: str, found: Comparison) -> bool:
    """Whether words of before are missing around what was found: a part of a quotation is not the same."""
    ends = [0, *(span.end for span in found.spans)]
    starts = [*(span.start for span in found.spans), len(before)]
    between = (before[end:start] for end, start in zip(ends, starts, strict=True))
    return any(character.isalnum() for part in between for character in part)


def _match_same(old: Sequence[str], new: Sequence[str], match: _Match) -> None:
    """Pair equal keys. Where several are equal, those between paired neighbours go first, then in order."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(old):
        if key and number not in match.to_new:
            waiting[key].append(number)
    times = Counter(new)
    several: list[int] = []
    for number, key in enumerate(new):
        if number not in match.to_old and waiting.get(key):
            if len(waiting[key]) == 1 and times[key] == 1:
                match.pair(waiting.pop(key)[0], number)
            else:
                several.append(number)
    for number in several:
        if free := [each for each in waiting[new[number]] if each not in match.to_new]:
            best = max(free, key=lambda each: (match.neighbours(each, number), -abs(each - number), -each))
            match.pair(best, number)


def _match_near(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]], match: _Match) -> None:
    """Pair what is left by likeness, the most alike first."""
    old_words = {n: _words(segments) for n, segments in enumerate(old) if n not in match.to_new}
    new_words = {n: _words(segments) for n, segments in enumerate(new) if n not in match.to_old}
    pairs: list[tuple[float, int, int, int, int]] = []
    for number, other in _candidates(old_words, new_words):
        if likeness := _likeness(old_words[number], new_words[other]):
            pairs.append((likeness, match.neighbours(number, other), -abs(number - other), number, other))
    for *_, number, other in sorted(pairs, reverse=True):
        if match.is_free(number, other):
            match.pair(number, other)


def _words(segments: Sequence[str]) -> list[str]:
    return [word.key for segment in segments for word in read_words(clear(segment).text)]


def _candidates(old: dict[int, list[str]], new: dict[int, list[str]]) -> Iterator[tuple[int, int]]:
    """Pairs that share words few others hold; in a short text, all pairs that share any."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, words in old.items():
        for word in set(words):
            holders[word].append(number)
    for other, words in new.items():
        shared: dict[int, int] = defaultdict(int)
        for word in set(words):
            if len(old) <= _COMMON or len(holders.get(word, ())) <= _COMMON:
                for number in holders.get(word, ()):
                    shared[number] += 1
        best = sorted(shared, key=lambda number: (-shared[number], abs(number - other)))
        for number in best[:_MOST_CANDIDATES]:
            yield number, other


def _likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """How alike the words are, from 0 to 1; 0 when too little to be an edit of the same quotation."""
    alike = Indel.normalized_similarity(old, new)
    if alike >= _LIKE:
        return alike
    common = (len(old) + len(new)) * alike / 2
    shorter = min(len(old), len(new))
    part = common / shorter if shorter >= 3 else 0.0
    return part * _LIKE if part >= _PART else 0.0
