"""Who does the saying, in all the words that speak of them: “a spokesman for the county board”."""

from __future__ import annotations

from dataclasses import replace

from articles.text.clauses import Clauses
from articles.text.lexicon import Sort
from articles.text.mentions import Mention, MentionKind
from articles.text.reading import Reading
from articles.text.subjects import SubjectFinder

_LONGEST_UNKNOWN = 8
_ALONE = frozenset({"each", "both", "others", "some", "many"})
_OWN = {"his": ("he", "m"), "her": ("she", "f"), "their": ("they", "p")}


class Sayers:
    """Finds and completes the mentions of those who speak in one paragraph."""

    def __init__(self, text: str, reading: Reading, mentions: list[Mention], clauses: Clauses) -> None:
        self.text = text
        self.reading = reading
        self.mentions = mentions
        self.clauses = clauses
        self.subjects = SubjectFinder(reading, mentions)

    def unknown(self, cue: int, first: int) -> Mention | None:
        """“The locksmith said”, “each said”: a subject that no list holds, from its article to the verb."""
        lows, sorts = self.reading.lows, self.reading.sorts
        end = cue
        while end > first and sorts[end - 1] & Sort.BETWEEN and lows[end - 1] not in _ALONE:
            end -= 1
        if end > first and lows[end - 1] in _ALONE:
            return self._make(end - 1, end)
        for start in range(end - 2, max(first, end - _LONGEST_UNKNOWN) - 1, -1):
            if sorts[start] & Sort.CUE or self.clauses.joins(start) or not self._is_word(start):
                break
            # “the head of the choir said”: from the article that no preposition goes before
            if sorts[start] & Sort.DETERMINER and not self.clauses.follows_preposition(start, first):
                return self._make(start, end)
        return None

    def _is_word(self, place: int) -> bool:
        return self.reading.words[place][0].isalnum()

    def at(self, place: int, last: int) -> Mention | None:
        """Whoever is named from ``place`` on; else the noun phrase there."""
        after = self.subjects.after_according(place - 2) if place > 1 else -1
        if after >= 0:
            return self.mentions[after]
        for first in (place, place + 1):
            if first in self.subjects.starts:
                return self.mentions[self.subjects.starts[first]]
        end = self.clauses.noun_phrase(place, last)
        return self._make(place, end) if end > place else None

    def owner(self, first: int, place: int) -> Mention | None:
        """“Amadi's” or “her” from ``first`` up to the noun at ``place``."""
        for start in (first, first + 1):
            index = self.subjects.starts.get(start, -1)
            if index >= 0 and self.mentions[index].last <= place and self.mentions[index].possessive:
                return self.mentions[index]
        own = _OWN.get(self.reading.lows[first])
        if own is None or place != first + 1:
            return None
        return replace(self._make(first, place), kind=MentionKind.PRONOUN, head=own[0], sex=own[1])

    def whole(self, mention: Mention, cue: int, first: int) -> Mention:
        """A description with all that belongs to it before the verb at ``cue``; the author of a document."""
        if mention.kind is not MentionKind.DESCRIPTION or mention.last > cue:
            return mention
        if author := self._author(mention, cue):
            return author
        head = self._ruling(mention, first)
        end = mention.last
        while end < cue and self.clauses.is_preposition(end):
            following = self.clauses.noun_phrase(end + 1, cue)
            if following == end + 1:
                break
            end = following
        return self._from(head, head.first, end) if (head, end) != (mention, mention.last) else mention

    def start_of(self, mention: Mention) -> int:
        """Where the subject begins: its article, and “his brother,” before a name."""
        place = mention.first
        while place and self.reading.sorts[place - 1] & Sort.DETERMINER:
            place -= 1
        index = self.subjects.ends.get(place - 1, -1)
        if index < 0 or place < 2 or self.reading.words[place - 1] != ",":
            return place
        before = self.mentions[index]
        role = before.kind is MentionKind.DESCRIPTION and before.sorts & Sort.PERSON and before.first
        return before.first if role and self.reading.words[before.first - 1] == "," else place

    def _author(self, mention: Mention, cue: int) -> Mention | None:
        """“a report by the Harbour Trust”: the Trust, where the text names it."""
        if not self.clauses.reporting.has("document", mention.head):
            return None
        if self.reading.lows[mention.last : mention.last + 1] not in (["by"], ["from"]):
            return None
        for first in (mention.last + 1, mention.last + 2):
            index = self.subjects.starts.get(first, -1)
            if index >= 0 and first < cue and self.mentions[index].kind is MentionKind.NAME:
                return self.mentions[index]
        return None

    def _ruling(self, mention: Mention, first: int) -> Mention:
        """“A woman in a nurse's tunic”: from “a nurse's” back to the woman."""
        for _ in range(2):
            before = mention.first - 1
            if before <= first or not self.clauses.is_preposition(before) or before not in self.subjects.ends:
                break
            earlier = self.mentions[self.subjects.ends[before]]
            if earlier.kind is not MentionKind.DESCRIPTION:
                break
            mention = earlier
        return mention

    def _from(self, mention: Mention, first: int, last: int) -> Mention:
        made = self._make(first, last)
        return replace(
            mention,
            first=first,
            last=last,
            start=made.start,
            end=made.end,
            words=made.words,
            printed=made.printed,
        )

    def _make(self, first: int, last: int) -> Mention:
        reading = self.reading
        return Mention(
            MentionKind.DESCRIPTION, reading.number, first, last,
            reading.starts[first], reading.ends[last - 1],
            tuple(reading.words[first:last]), reading.lows[last - 1], Sort.PERSON | Sort.DETERMINER,
            printed=self.text[reading.starts[first] : reading.ends[last - 1]],
        )  # fmt: skip
