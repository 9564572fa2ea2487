"""Which words of a paragraph are verbs that report: no nouns, and not denied."""

from __future__ import annotations

from articles.text.lexicon import Sort
from articles.text.mentions import Mention
from articles.text.reading import Reading
from articles.text.reporting import Reporting, Use

_DENIAL = 4  # words before a verb among which it may be denied
_PURPOSE = 9  # words from “wrote” to “to ask”
_BE = frozenset({"was", "were", "is", "are", "been", "being", "be"})
_ENDS_A_DENIAL = frozenset({",", ";", "and", "but"})
_WITH_BASE = frozenset({"they", "we", "you", "who", "each", "both", "all"})
_SPEAKS_HERE = frozenset({"i", "we"})  # “we are told”: the text itself speaks


class Verbs:
    """Tells the reporting verbs of one paragraph from their look-alikes."""

    def __init__(self, reading: Reading, mentions: list[Mention], reporting: Reporting) -> None:
        self.reading = reading
        self.reporting = reporting
        self._ends = {mention.last: mention for mention in mentions}

    def use(self, place: int) -> int:
        """How the word may report, as bits of ``Use``; 0 for any other word."""
        return self.reporting.verbs.get(self.reading.lows[place], 0)

    def is_reporting(self, place: int, first: int) -> bool:
        """Whether the word, in a sentence that begins at ``first``, has a subject that reports by it."""
        lows = self.reading.lows
        if place == first or self.is_denied(place, first):
            return False
        before = lows[place - 1]
        if before == "to":
            return self._is_purpose(place, first)
        if self.reporting.has("not_before", before):
            return False
        return not self._is_base(place) or self._takes_base(place)

    def is_denied(self, place: int, first: int) -> bool:
        """“did not say whether”, “nobody said”."""
        for before in range(place - 1, max(first, place - _DENIAL) - 1, -1):
            low = self.reading.lows[before]
            if low in _ENDS_A_DENIAL:
                return False
            if self.reporting.has("denied", low) or low.endswith(("n't", "n’t")):
                return True
        return False

    def is_passive(self, place: int) -> bool:
        """“was told”."""
        lows = self.reading.lows
        if lows[place].endswith("ing"):
            return False
        before = place - 1
        if before > 0 and (self.reporting.has("adverb", lows[before]) or lows[before].endswith("ly")):
            before -= 1
        return lows[before] in _BE

    def is_own(self, mention: Mention) -> bool:
        """Whether the writer of these words is the subject: “I told them …” in a transcript."""
        return mention.head in _SPEAKS_HERE

    def _is_purpose(self, place: int, first: int) -> bool:
        """“went on to say”, “wrote to ask whether”; not “is expected to say”."""
        if place - 2 <= first:
            return False
        if self.reading.lows[place - 2] == "on":
            return True
        before = range(max(first, place - _PURPOSE), place - 1)
        return any(self.use(each) & (Use.BARE | Use.THAT) for each in before)

    def _is_base(self, place: int) -> bool:
        """Whether the verb is in the form that is often a noun: “claim”."""
        low, verbs = self.reading.lows[place], self.reporting.verbs
        return low + "s" in verbs or low + "es" in verbs or (low.endswith("y") and low[:-1] + "ies" in verbs)

    def _takes_base(self, place: int) -> bool:
        before = place - 1
        sort, low = self.reading.sorts[before], self.reading.lows[before]
        if low in _WITH_BASE or sort & (Sort.BETWEEN | Sort.PEOPLE):
            return True
        mention = self._ends.get(place)
        return mention is not None and (low.endswith("s") or self.reading.lows[mention.first - 1] == "and")
