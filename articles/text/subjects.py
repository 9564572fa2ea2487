"""Whose a verb is: the mention that does the saying, and how it stands to the verb."""

from __future__ import annotations

from bisect import bisect_left

from articles.text.lexicon import Sort
from articles.text.mentions import Mention, MentionKind
from articles.text.reading import QUOTED, Reading

_STEPS = 7  # words to the left of a verb that may part it from its subject
_APPOSITION = 45
_FAR = 40
_CHAIN = 12  # mentions looked at, at most
_LONGEST_NAME = (
    8  # words from the verb to the name at the end of “the Port Authority's chief pilot Ruth Amadi”
)
_CLOSERS = frozenset(",)—–")
_ENDS_CLAUSE = frozenset(",.:;") | {QUOTED}
_AND = frozenset({"and", "but", "then", "or"})
_BE = frozenset({"was", "were", "is", "are", "been", "being", "be"})
_ENDS_CHAIN = (
    Sort.CUE | Sort.NAMING | Sort.BETWEEN | Sort.PREPOSITION | Sort.PRONOUN | Sort.DETERMINER | Sort.DAY
)
_NOT_IN_CHAIN = frozenset({"and", "or", "but", "as", "when", "while", "that", "because", "if", "where"})
_NOBODY = (-1, "")


class SubjectFinder:
    """Finds the subjects of the verbs of one paragraph."""

    def __init__(self, reading: Reading, mentions: list[Mention]) -> None:
        self.reading = reading
        self.mentions = mentions
        self.starts = {mention.first: index for index, mention in enumerate(mentions)}
        self.ends = {mention.last: index for index, mention in reversed(list(enumerate(mentions)))}
        self.firsts = [mention.first for mention in mentions]

    def after_according(self, place: int) -> int:
        """The mention after “according to”; -1 where none follows."""
        lows = self.reading.lows
        if place + 2 >= len(lows) or lows[place + 1] != "to":
            return -1
        for first in (place + 2, place + 3):
            if first in self.starts:
                return self._last_of_chain(self.starts[first])
        return -1

    def find(self, cue: int, earlier: tuple[int, int] | None) -> tuple[int, str]:
        """The subject of the verb at ``cue`` and its relation; ``earlier`` is the verb before it."""
        subject, relation = self._find(cue, earlier)
        return (self._named_after(subject), relation) if subject >= 0 else (subject, relation)

    def _named_after(self, index: int) -> int:
        """From “his brother” in “his brother, Owen Pryce, said” the name; from any other mention itself."""
        mention = self.mentions[index]
        words = self.reading.words
        if mention.kind is not MentionKind.DESCRIPTION or words[mention.last : mention.last + 1] != [","]:
            return index
        following = self.starts.get(mention.last + 1, index)
        named = self.mentions[following]
        ended = words[named.last] in (",", ".") if named.last < len(words) else True
        return (
            following if ended and named.kind is MentionKind.NAME and mention.sorts & Sort.PERSON else index
        )

    def _find(self, cue: int, earlier: tuple[int, int] | None) -> tuple[int, str]:
        lows = self.reading.lows
        if cue and lows[cue - 1] in _BE and lows[cue].endswith("ed"):
            return self._passive(cue)
        following = self.starts.get(cue + 1, -1)
        if following < 0 and self._is_adverb(cue + 1):
            following = self.starts.get(cue + 2, -1)
        if following < 0 and cue + 1 < len(lows) and self.reading.sorts[cue + 1] & Sort.DETERMINER:
            following = self.starts.get(cue + 2, -1)
        if following >= 0 and self._inverts(cue):
            return self._last_of_chain(following), "inverted"
        if lows[cue].endswith("ing") and cue and self.reading.words[cue - 1] == ",":
            if (
                earlier
                and earlier[1] >= 0
                and self.reading.sentences[earlier[0]] == self.reading.sentences[cue]
            ):
                return earlier[1], "joined"
            found = self._participle(cue)
            if found >= 0:
                return found, "participle"
        return self._to_the_left(cue, earlier)

    def is_object(self, mention: Mention) -> bool:
        """Whether a preposition rules the mention."""
        before = mention.first - 1
        if before > 0 and self.reading.sorts[before] & Sort.DETERMINER:
            before -= 1
        return before >= 0 and bool(self.reading.sorts[before] & Sort.PREPOSITION)

    def _is_adverb(self, place: int) -> bool:
        return place < len(self.reading.lows) and (
            self.reading.lows[place].endswith("ly") or bool(self.reading.sorts[place] & Sort.DAY)
        )

    def _passive(self, cue: int) -> tuple[int, str]:
        """“was asked by X”: X. “X was asked”: X, as the one spoken to."""
        lows = self.reading.lows
        if cue + 1 < len(lows) and lows[cue + 1] == "by":
            for first in (cue + 2, cue + 3):
                if first in self.starts:
                    return self._last_of_chain(self.starts[first]), "passive"
        subject, relation = self._to_the_left(cue, None)
        return subject, "patient" if relation else ""

    def _inverts(self, cue: int) -> bool:
        """Whether the words before a verb leave its subject to come after it."""
        words = self.reading.words
        before = cue - 1
        while before >= 0 and self.reading.sorts[before] & Sort.BETWEEN:
            before -= 1
        if before < 0 or self.reading.starts_sentence(before + 1):
            return bool(self.reading.sorts[cue] & Sort.COMMON_CUE)
        if words[before] == QUOTED:
            return True
        return words[before] in ",—–-" and before > 0 and (words[before - 1] == QUOTED or self._closes(cue))

    def _closes(self, cue: int) -> bool:
        """Whether the clause ends with the mention after the verb: “It is shut, said Amadi, adding …”."""
        following = self.starts.get(cue + 1, -1)
        if following < 0 or not self.reading.sorts[cue] & Sort.COMMON_CUE:
            return False
        end = self.mentions[following].last
        return end >= len(self.reading.words) or self.reading.words[end] in _ENDS_CLAUSE

    def _last_of_chain(self, index: int) -> int:
        """From “Okoro's chief of staff Ruth Amadi” the name at the end, from any other mention itself."""
        limit = self.mentions[index].first + _LONGEST_NAME
        chosen = index
        for number in range(index, min(index + 3, len(self.mentions) - 1)):
            mention, following = self.mentions[number], self.mentions[number + 1]
            if following.kind is not MentionKind.NAME or not mention.last <= following.first <= limit:
                break
            if not self._is_chained(mention, following):
                break
            chosen = number + 1
        return chosen

    def _is_chained(self, mention: Mention, following: Mention) -> bool:
        places = range(mention.last, following.first)
        lows, sorts = self.reading.lows, self.reading.sorts
        if any(
            not self.reading.words[place][0].isalnum() or lows[place] in _NOT_IN_CHAIN for place in places
        ):
            return False
        if lows[mention.last : mention.last + 1] == ["of"] and mention.kind is MentionKind.DESCRIPTION:
            return len(places) > 1 and not any(sorts[place] & _ENDS_CHAIN for place in places[1:])
        if not places:
            return mention.possessive or mention.kind is MentionKind.DESCRIPTION
        return not any(sorts[place] & _ENDS_CHAIN for place in places)

    def _to_the_left(self, cue: int, earlier: tuple[int, int] | None) -> tuple[int, str]:
        reading = self.reading
        sentence, relation = reading.sentences[cue], "near"
        for place in range(cue, max(0, cue - _STEPS), -1):
            if reading.sentences[place - 1] != sentence:
                break
            if place in self.ends and (
                relation == "far" or not self.is_object(self.mentions[self.ends[place]])
            ):
                return self._unless_relative(self.ends[place], relation)
            word, sort = reading.words[place - 1], reading.sorts[place - 1]
            if word == QUOTED:
                return _NOBODY
            if word in _CLOSERS:
                found = self._before_apposition(place - 1)
                if found >= 0:
                    return found, "apposition"
                relation = "far"
            elif reading.lows[place - 1] in _AND and earlier and place - 1 - _CHAIN <= earlier[0]:
                if earlier[1] >= 0 and reading.sentences[earlier[0]] == sentence:
                    return earlier[1], "joined"
            elif not (sort & Sort.BETWEEN or word.endswith("ly")):
                relation = "far"
        found = self._far(cue)
        return (found, "far") if found >= 0 else _NOBODY

    def _unless_relative(self, index: int, relation: str) -> tuple[int, str]:
        """The mention itself; for “who” the mention that it stands for."""
        who = self.mentions[index]
        if who.head != "who":
            return index, relation
        for last in (who.first, who.first - 1):
            if self.ends.get(last, index) < index:
                return self.ends[last], "relative"
        before = index - 1
        if (
            before >= 0
            and self.reading.sentences[self.mentions[before].first] == self.reading.sentences[who.first]
        ):
            return before, "relative"
        return index, relation

    def _before_apposition(self, closing: int) -> int:
        """“Ruth Amadi, the harbour commissioner, said”: Amadi, for the second comma at ``closing``."""
        words, sentences = self.reading.words, self.reading.sentences
        last = closing
        if words[closing] == "," and closing and words[closing - 1] == ")":
            last = self._opening_bracket(closing - 1)
            if last in self.ends and not self.is_object(self.mentions[self.ends[last]]):
                return self.ends[last]
        opening = "(" if words[closing] == ")" else words[closing]
        weak = -1
        for place in range(last - 1, max(0, closing - _APPOSITION), -1):
            if sentences[place] != sentences[closing] or words[place] == QUOTED:
                break
            if words[place] != opening or place not in self.ends:
                continue
            mention = self.mentions[self.ends[place]]
            if not self.is_object(mention) and mention.kind is MentionKind.NAME:
                return self.ends[place]
            if weak < 0:
                weak = self.ends[place]
        return weak

    def _opening_bracket(self, closing: int) -> int:
        for place in range(closing - 1, max(-1, closing - _STEPS - 1), -1):
            if self.reading.words[place] == "(":
                return place
        return closing

    def _mentions_before(self, cue: int) -> list[int]:
        """The mentions of the sentence before the verb, nearest first."""
        last = bisect_left(self.firsts, cue) - 1
        sentence = self.reading.sentences[cue]
        found = []
        for index in range(last, max(-1, last - _CHAIN), -1):
            mention = self.mentions[index]
            if self.reading.sentences[mention.first] != sentence or cue - mention.last > _FAR:
                break
            found.append(index)
        return found

    def _far(self, cue: int) -> int:
        """The nearest earlier mention of the sentence that no preposition rules; else any."""
        before = self._mentions_before(cue)
        for index in before:
            mention = self.mentions[index]
            if not self.is_object(mention) and not mention.possessive:
                return index
        return before[-1] if before else -1

    def _participle(self, cue: int) -> int:
        """“Amadi opened the hearing with a joke about Okoro, saying …”: the subject of the main clause."""
        for index in reversed(self._mentions_before(cue)):
            mention = self.mentions[index]
            if self.is_object(mention) or mention.possessive or mention.head == "who":
                continue
            return index
        return -1
