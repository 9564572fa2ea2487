"""A paragraph as its words, with each quoted run standing as one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, repeat

from articles.text.lexicon import Lexicon, Sort
from articles.text.marks import Run
from articles.text.spans import Span

QUOTED = "“”"  # the word that stands for a quoted run
_TOKEN = re.compile(r"(\w+(?:[’'.\-¡-¿]+\w+)*|[^\w\s])")  # ¡-¿: debris of a wrong encoding inside a word
_INITIALS = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])*")
_LONGEST_STRETCH = (
    60_000  # characters of one paragraph without a quotation; of a longer stretch only its ends are read
)
_KEPT = 10_000
_POSSESSIVE = ("’s", "'s")
_ENDS = frozenset(".!?")
_MAY_END = _ENDS | {QUOTED}
_OPENERS = frozenset("“”„«»\"'‘’([—–-")


@dataclass(slots=True)
class Reading:
    """The words of one paragraph: parallel lists, one entry a word."""

    number: int
    span: Span
    words: list[str] = field(default_factory=list)
    lows: list[str] = field(default_factory=list)
    sorts: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    possessive: set[int] = field(default_factory=set)
    sentences: list[int] = field(default_factory=list)
    runs: list[tuple[int, int]] = field(default_factory=list)  # place among the words, index of the run

    def starts_sentence(self, place: int) -> bool:
        """Whether a sentence begins at the word."""
        return place == 0 or self.sentences[place] != self.sentences[place - 1]


def read_paragraph(
    text: str, number: int, span: Span, runs: Sequence[tuple[int, Run]], lexicon: Lexicon
) -> Reading:
    """Reads one paragraph whose quoted runs are ``runs`` (index and run, in order)."""
    reading = Reading(number, span)
    position = span.start
    for index, run in runs:
        _add_words(reading, text, position, run.outer.start, lexicon)
        reading.runs.append((len(reading.words), index))
        _add(reading, QUOTED, QUOTED, 0, run.outer.start, run.outer.end)
        position = run.outer.end
    _add_words(reading, text, position, span.end, lexicon)
    _number_sentences(reading, text, dict(reading.runs), dict(runs))
    return reading


def _add(reading: Reading, word: str, low: str, sort: int, start: int, end: int) -> None:
    reading.words.append(word)
    reading.lows.append(low)
    reading.sorts.append(sort)
    reading.starts.append(start)
    reading.ends.append(end)


def _add_words(reading: Reading, text: str, start: int, end: int, lexicon: Lexicon) -> None:
    if end - start > _LONGEST_STRETCH:
        _add_words(reading, text, start, start + _KEPT, lexicon)
        _add_words(reading, text, end - _KEPT, end, lexicon)
        return
    stretch = text[start:end]
    parts = _TOKEN.split(stretch)  # white space and words in turn
    words = parts[1::2]
    borders = list(accumulate(map(len, parts), initial=start))
    reading.starts += borders[1:-1:2]
    reading.ends += borders[2::2]
    if any(sign in stretch for sign in _POSSESSIVE):
        first = len(reading.words)
        for number, word in enumerate(words):
            if len(word) > 2 and word.endswith(_POSSESSIVE):
                words[number] = word[:-2]
                reading.possessive.add(first + number)
    lows = list(map(str.lower, words))
    reading.words += words
    reading.lows += lows
    reading.sorts += map(lexicon.sorts.get, lows, repeat(0))


def _number_sentences(reading: Reading, text: str, places: dict[int, int], runs: dict[int, Run]) -> None:
    words = reading.words
    sentence, done = 0, 0
    for place in [place for place, word in enumerate(words[:-1]) if word in _MAY_END]:
        if words[place] == QUOTED:
            ended = _quoted_ends_sentence(reading, place, text[runs[places[place]].end - 1])
        else:
            ended = _ends_sentence(reading, place)
        if ended:
            reading.sentences += [sentence] * (place + 1 - done)
            sentence, done = sentence + 1, place + 1
    reading.sentences += [sentence] * (len(words) - done)


def _ends_sentence(reading: Reading, place: int) -> bool:
    following = reading.words[place + 1]
    if following in _ENDS or following in ")]’”":
        return False
    if not (following[0].isupper() or following == QUOTED or following in _OPENERS or following[0].isdigit()):
        return False
    if reading.words[place] == "." and place:
        before = reading.words[place - 1]
        if following != QUOTED and before.isupper() and _is_initials(before, reading.sorts[place - 1]):
            return False
        if reading.sorts[place - 1] & Sort.ABBREVIATED and before[0].isupper() and following != QUOTED:
            return bool(reading.sorts[place + 1] & Sort.NOT_NAME) and "." in before
    return True


def _is_initials(word: str, sort: int) -> bool:
    """“J”, “J.P” or “A.-M”, but not “U.S”, after which a sentence may end."""
    return len(word) == 1 or (not sort and bool(_INITIALS.fullmatch(word)))


def _quoted_ends_sentence(reading: Reading, place: int, last_sign: str) -> bool:
    following = reading.words[place + 1]
    if last_sign not in ".!?" or not (following[0].isupper() or following == QUOTED):
        return False
    if last_sign == ".":
        return True
    return not any(sort & Sort.CUE for sort in reading.sorts[place + 1 : place + 5])
