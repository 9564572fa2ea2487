"""Where words stand in a long text, exactly or nearly so. The latter finds a place and decides nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import islice
from math import log
from typing import Final

from rapidfuzz import fuzz

from articles.text.spans import Span
from articles.text.words import ALONE, LETTER, NO_WORD, Clear, Word, clear, key_of, marks_of, read_words

_RUN = re.compile(rf"{LETTER}+|{ALONE}")
_INSIDE_A_WORD = re.compile(LETTER * 2)
_GAP: Final = re.compile(NO_WORD + "{0,40}")
_MOST_RUNS: Final = 300  # words in the pattern; those after them are compared one by one
_MOST_WORDS: Final = 3000  # in all places together that are looked at for the same words
_MOST_TRIES: Final = 100_000  # the same, places that turn out not to hold them included
_FARTHEST_BACK: Final = 80


class Passage:
    """A text to look words up in. Made once for a long source, it serves many quotations."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def clear(self) -> Clear:
        return clear(self.text)

    @cached_property
    def folded(self) -> str:
        """The clear text in small letters, of the same length."""
        text = self.clear.text
        small = text.lower()
        return small if len(small) == len(text) else "".join(c.lower()[0] for c in text)

    @cached_property
    def _runs(self) -> list[str]:
        return _RUN.findall(self.folded)

    @cached_property
    def _run_starts(self) -> list[int]:
        return [run.start() for run in _RUN.finditer(self.folded)]

    def find(self, words: Sequence[Word]) -> list[Span]:
        """All places in the clear text that hold exactly these words, one after the other."""
        runs = [run for word in words for run in _runs_of(word)]
        keys = [word.key for word in words]
        vocabulary = frozenset(keys)
        starts = islice(_starts(runs[:_MOST_RUNS], self.folded), max(_MOST_TRIES // len(keys), 100))
        places = (self._words_at(start, keys, vocabulary) for start in starts)
        return list(islice(filter(None, places), max(_MOST_WORDS // len(keys), 8)))

    def _words_at(self, start: int, keys: Sequence[str], vocabulary: frozenset[str]) -> Span | None:
        """The span of the words if they start at ``start`` and not inside another word."""
        back = start
        while back > 0 and start - back < _FARTHEST_BACK and not self.folded[back - 1].isspace():
            back -= 1
        words = (
            word
            for word in read_words(self.clear.text, start=back, vocabulary=vocabulary)
            if word.end > start
        )
        end = start
        for number, key in enumerate(keys):
            word = next(words, None)
            if word is None or word.key != key or (number == 0 and word.start != start):
                return None
            end = word.end
        return Span(start, end)

    def find_near(self, words: Sequence[Word], *, count: int = 3) -> list[Span]:
        """The stretches of the clear text that share most words with ``words``, best first."""
        wanted = Counter(run for word in words for run in _RUN.findall(word.key))
        hits = [(number, run) for number, run in enumerate(self._runs) if run in wanted]
        if not hits:
            return []
        width = int(wanted.total() * 1.4) + 6
        scores = _window_scores(hits, wanted, width, len(self._runs))
        chosen: list[int] = []
        for _, number in nlargest(40, scores):
            if len(chosen) < count and all(abs(number - other) > width // 2 for other in chosen):
                chosen.append(number)
        return [self._stretch(number - width, number + width // 2) for number in chosen]

    def marks_after(self, offset: int) -> str:
        """The punctuation between a word that ends at ``offset`` of the clear text and the next word."""
        following = _RUN.search(self.folded, offset)
        return marks_of(self.clear.text[offset : following.start() if following else None])

    def around(self, span: Span, words: int) -> Span:
        """``span`` of the clear text, widened by so many words on both sides."""
        first = bisect_left(self._run_starts, span.start)
        last = bisect_left(self._run_starts, span.end)
        return self._stretch(first - words, last + words)

    def _stretch(self, first: int, last: int) -> Span:
        starts = self._run_starts
        end = starts[last] if last < len(starts) else len(self.folded)
        return Span(starts[max(first, 0)], max(end, starts[max(first, 0)]))

    def read(self, span: Span, vocabulary: Iterable[str]) -> list[Word]:
        """The words inside ``span`` of the clear text."""
        words: list[Word] = []
        for word in read_words(self.clear.text, start=span.start, vocabulary=frozenset(vocabulary)):
            if word.start >= span.end:
                break
            words.append(word)
        return words


def _runs_of(word: Word) -> list[str]:
    """The stretches of letters that a word is found by; single letters for a short form ("U.S.", "US")."""
    if word.raw.isupper() and 2 <= len(word.key) <= 5:
        return list(word.key)
    return _RUN.findall(key_of(word.raw))


def closest_chain(places: Sequence[Sequence[Span]]) -> list[Span]:
    """One span from each list, each after the one before, as close together as can be; [] if there is none.

    Each list is in order of its starts.
    """
    best: list[Span] = []
    for first in places[0] if places else []:
        chain = [first]
        for spans in places[1:]:
            after = bisect_left(spans, chain[-1].end, key=lambda span: span.start)
            if after == len(spans):
                return best
            chain.append(spans[after])
        if not best or chain[-1].end - chain[0].start < best[-1].end - best[0].start:
            best = chain
    return best


def narrow_down(said: Sequence[Word], printed: Sequence[Word]) -> Sequence[Word]:
    """The stretch of ``said`` most like ``printed``, with some words around it."""
    letters: dict[str, str] = {}
    for word in (*printed, *said):
        letters.setdefault(word.key, chr(0x100 + len(letters)))
    wanted = "".join(letters[word.key] for word in printed)
    found = fuzz.partial_ratio_alignment(wanted, "".join(letters[word.key] for word in said))
    if found is None or len(said) <= len(printed):
        return said
    margin = 2 + len(printed) // 4
    return said[max(0, found.dest_start - margin) : found.dest_end + margin]


def _starts(runs: Sequence[str], text: str) -> Iterator[int]:
    """Where ``runs`` follow each other between other words, overlapping places included."""
    if not all(run in text for run in runs):
        return
    for start, end in _matches(runs, text):
        if not any(_INSIDE_A_WORD.match(text, edge - 1) for edge in (start, end) if edge > 0):
            yield start


def _matches(runs: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    if any(_after_gap(run, 0) for run in runs):
        yield from _matches_of_pattern(runs, text)
        return
    # A gap ends where no more of it can follow, so that there is one way only to read on: no pattern needed,
    # which takes longer to compile than a page to search.
    start = text.find(runs[0]) if runs else 0
    while start >= 0:
        end = start + len(runs[0])
        for run in runs[1:]:
            end = _after_gap(text, end)
            if not text.startswith(run, end):
                break
            end += len(run)
        else:
            yield start, end
        start = text.find(runs[0], start + 1)


def _after_gap(text: str, start: int) -> int:
    gap = _GAP.match(text, start)
    return gap.end() if gap else start


def _matches_of_pattern(runs: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    """The same where a run begins with a sign that a gap may hold too."""
    compiled = re.compile(_GAP.pattern.join(re.escape(run) for run in runs))
    found = compiled.search(text)
    while found:
        yield found.span()
        found = compiled.search(text, found.start() + 1)


def _window_scores(
    hits: Sequence[tuple[int, str]], wanted: Counter[str], width: int, total: int
) -> list[tuple[float, int]]:
    """For each hit, how much of what is wanted lies in the window that ends there. Rare words weigh more."""
    spread = Counter(run for _, run in hits)
    weights = {run: log(1 + total / times) for run, times in spread.items()}
    inside: Counter[str] = Counter()
    scores: list[tuple[float, int]] = []
    score = 0.0
    left = 0
    for number, run in hits:
        inside[run] += 1
        if inside[run] <= wanted[run]:
            score += weights[run]
        while hits[left][0] <= number - width:
            old = hits[left][1]
            if inside[old] <= wanted[old]:
                score -= weights[old]
            inside[old] -= 1
            left += 1
        scores.append((score, number))
    return scores
