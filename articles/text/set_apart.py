"""Reports set apart from their speaker: “according to Amadi, …”, “in Amadi's view …”."""

from __future__ import annotations

from articles.text.clauses import Clauses
from articles.text.drafts import Draft, Part
from articles.text.frames import Frame
from articles.text.mentions import Mention
from articles.text.reading import Reading
from articles.text.sayers import Sayers

_LONGEST_OWNER = 6
_RELATIVE = frozenset({"who", "which", "whose"})


class SetApart:
    """Finds such reports in one paragraph."""

    def __init__(self, reading: Reading, sayers: Sayers, clauses: Clauses) -> None:
        self.reading = reading
        self.sayers = sayers
        self.clauses = clauses

    def according(self, place: int, bounds: Part) -> Draft | None:
        """The report of an “according” at ``place`` in the sentence ``bounds``."""
        if self.reading.lows[place + 1 : place + 2] != ["to"] or place + 2 >= bounds[1]:
            return None
        mention = self.sayers.at(place + 2, bounds[1])
        if mention is None:
            return None
        return self._draft(Frame(place, "according to", False, -1, "according"), mention, place, bounds)

    def view(self, place: int, bounds: Part) -> Draft | None:
        """The report of a “view” or “opinion” at ``place``: “in the view of Amadi”, “in her view”."""
        lows = self.reading.lows
        mention, start, end = None, place, place + 1
        if lows[place + 1 : place + 2] == ["of"] and place >= 2 and lows[place - 2] == "in":
            mention, start = self.sayers.at(place + 2, bounds[1]), place - 2
            end = mention.last if mention else end
        else:
            stop = max(bounds[0], place - _LONGEST_OWNER)
            while start > stop and lows[start] not in ("in", "by"):
                start -= 1
            mention = self.sayers.owner(start + 1, place) if lows[start] in ("in", "by") else None
        if mention is None:
            return None
        frame = Frame(place, f"in … {lows[place]}", False, -1, "according")
        return self._draft(frame, mention, start, bounds, end)

    def _draft(self, frame: Frame, mention: Mention, start: int, bounds: Part, end: int = 0) -> Draft | None:
        first, last = bounds
        end = end or mention.last
        before = start - 1
        if not any(self._is_content(place) for place in range(first, start)):
            parts: tuple[Part, ...] = ((self._main_clause(end, last), last),)
        elif self.clauses.joins(before) and end < last and self.reading.words[end] not in ".;":
            parts = ((self._main_clause(end, last), last),)
        else:
            second = self._second(end, last) if self.reading.words[before] == "," else last
            parts = ((first, start), (second, last)) if second < last else ((first, start),)
        return Draft(frame, mention, start, parts, "according")

    def _is_content(self, place: int) -> bool:
        return self.reading.words[place][0].isalnum() and not self.clauses.joins(place)

    def _second(self, end: int, last: int) -> int:
        """Where the words go on in “The pier, according to Amadi, would hold”; ``last`` where they do not."""
        for place in range(end, last - 1):
            if self.reading.words[place] == ",":
                return place + 1 if self.clauses.is_finite(place + 1) else last
        return last

    def _main_clause(self, end: int, last: int) -> int:
        """After “According to Amadi, the harbour commissioner,”: where the reported clause begins."""
        commas = [place for place in range(end, last) if self.reading.words[place] in (",", ":")]
        for index, comma in enumerate(commas):
            after, following = comma + 1, commas[index + 1] if index + 1 < len(commas) else last
            if after >= last or self.reading.lows[after] in _RELATIVE:
                continue
            if self.clauses.has_verb(after, following) or following == last:
                return after
            goes_on = following + 1 < last and self.clauses.is_finite(following + 1)
            if goes_on or not self.clauses.has_verb(following, last):
                return after
        return end
