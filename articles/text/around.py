"""Words reported before the verb of speech, or on both sides of it: “The pier, said Amadi, would hold”."""

from __future__ import annotations

from articles.text.clauses import Clauses, Follows
from articles.text.drafts import Part
from articles.text.reading import Reading
from articles.text.reporting import Reporting

_TO_COMMA = 10  # words from a verb's subject back to the comma that ends the words reported
_CLOSERS = frozenset(",—–")
_NOT_PART = frozenset({"who", "which", "whose", "where", "when", "after", "as", "while", "before", "but"})


class Around:
    """Finds the reported words around a clause such as “said Amadi” or “she told the council”."""

    def __init__(self, reading: Reading, clauses: Clauses, reporting: Reporting) -> None:
        self.reading = reading
        self.clauses = clauses
        self.reporting = reporting

    def parts(self, start: int, follows: Follows, bounds: Part) -> tuple[Part, ...]:
        """The words before the clause that begins at ``start``, and those after it where it stands in the
        middle of them; nothing where the words before are no sentence."""
        first, last = bounds
        comma = self.comma_before(start, first)
        if comma < 0:
            return ()
        first = self._after_semicolon(first, comma)
        if self._introduces(comma - 1):
            return self._rest(follows, last)
        complete = self.clauses.is_sentence(first, comma) and self.clauses.has_verb(first, comma)
        second = self._second(comma, follows, last) if follows.how == "comma" else last
        if second < last and (self._goes_on(second) if complete else self._is_broken(first, second)):
            return (first, comma), (second, last)
        if complete and (not self.is_opening(first) or self._is_main(first)):
            return ((first, comma),)
        return ()

    def _after_semicolon(self, first: int, comma: int) -> int:
        """Where the clause before the comma begins: after a semicolon, if it holds one."""
        for place in range(comma - 1, first, -1):
            if self.reading.words[place] == ";":
                return place + 1
        return first

    def _introduces(self, place: int) -> bool:
        """Whether the word begins what is reported: “it closed because, she says, nobody came”."""
        low = self.reading.lows[place]
        groups = ("while", "question")
        return (
            self.clauses.joins(place)
            or low == "that"
            or any(self.reporting.has(group, low) for group in groups)
        )

    def _rest(self, follows: Follows, last: int) -> tuple[Part, ...]:
        first = follows.place + 1
        return ((first, last),) if follows.how == "comma" and self.clauses.has_verb(first, last) else ()

    def comma_before(self, start: int, first: int) -> int:
        """The comma or dash that ends the words before the clause at ``start``; -1 where there is none."""
        for place in range(start - 1, max(first, start - _TO_COMMA) - 1, -1):
            if self.reading.words[place] in _CLOSERS:
                return place if place > first else -1
            asks = self.reporting.has("question", self.reading.lows[place])
            if asks or self.clauses.is_finite(place) or self.clauses.joins(place):
                return -1
        return -1

    def is_opening(self, first: int) -> bool:
        """Whether the sentence begins with a phrase or clause of time and place: “Asked about it, …”."""
        low = self.reading.lows[first]
        groups = ("while", "preposition", "question")
        return low.endswith(("ing", "ed")) or any(self.reporting.has(group, low) for group in groups)

    def _is_main(self, first: int) -> bool:
        """“In 2019 the pier was shut” is a sentence, “When the pier was shut” and “Asked …” are none."""
        low = self.reading.lows[first]
        return self.clauses.is_preposition(first) and not self.reporting.has("while", low)

    def _second(self, comma: int, follows: Follows, last: int) -> int:
        """Where the words go on after “, said Amadi, the harbour commissioner,”."""
        if self.clauses.is_finite(comma - 1):  # “It was, she said, the worst winter”
            return follows.place + 1
        for place in range(follows.place, last - 1):
            begins = place == follows.place or self.clauses.is_finite(place + 1)
            if self.reading.words[place] == "," and begins and self.clauses.has_verb(place + 1, last):
                return place + 1
        return last

    def _is_broken(self, first: int, second: int) -> bool:
        """“The pier, said Amadi, would hold”: a subject before the verb of speech, its own verb after."""
        return not self.is_opening(first) and self.clauses.is_finite(second)

    def _goes_on(self, place: int) -> bool:
        """Whether a clause after the verb is part of the words: not “, who …”, “, adding …”, “, after …”."""
        low = self.reading.lows[place]
        return low not in _NOT_PART and not low.endswith("ing") and not self.clauses.is_preposition(place)
