"""What follows a verb of speech: a hearer, a time and place, then the words reported, or nothing more."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from articles.text.lexicon import Sort
from articles.text.mentions import Mention
from articles.text.reading import Reading
from articles.text.reporting import Reporting

_JOINS = frozenset({"but", "and", "while", "whereas", "although", "though", "then", "yet"})
_LIGHT = frozenset({"also", "later", "then", "he", "she"})
_BEFORE_HEARER = frozenset({"on", "with", "to"})
_RELATIVE = frozenset({"that", "which", "who"})
_STOPS = frozenset(".;!?")
_LEAST_LETTERS = 4  # of a verb in -ed
_LONGEST_NOUN = 12
_COMMA_TO_COMMA = 14
_ENOUGH = 6  # words that need no verb that we know to be a sentence


@dataclass(frozen=True, slots=True)
class Follows:
    """What stands after a verb; ``how``: that, question, to, ing, bare, colon, comma or end."""

    how: str
    place: int  # of the first word of it
    hearer: bool = False


class Clauses:
    """Reads the clauses of one paragraph."""

    def __init__(self, reading: Reading, mentions: list[Mention], reporting: Reporting) -> None:
        self.reading = reading
        self.reporting = reporting
        self.total = len(reading.words)
        self._ends = {mention.first: mention.last for mention in mentions}

    def bounds(self, place: int) -> tuple[int, int]:
        """The first word of the sentence at ``place``, and the place after its last."""
        number = self.reading.sentences[place]
        sentences = self.reading.sentences
        return bisect_left(sentences, number), bisect_right(sentences, number)

    def is_finite(self, place: int) -> bool:
        """Whether the word shows that a clause has its verb."""
        low = self.reading.lows[place]
        if self.reporting.has("finite", low) or low.endswith(("n't", "n’t")):
            return True
        if low[-3:] in ("'ll", "’ll", "'ve", "’ve", "'re", "’re") or low[-2:] in ("'d", "’d"):
            return True
        if place in self.reading.possessive and self.reading.sorts[place] & Sort.PRONOUN:
            return True
        return len(low) >= _LEAST_LETTERS and low.endswith("ed") and self.reading.words[place][0].islower()

    def is_preposition(self, place: int) -> bool:
        """Whether the word may begin a phrase of place or time."""
        return self.reporting.has("preposition", self.reading.lows[place])

    def follows_preposition(self, place: int, first: int) -> bool:
        """Whether a preposition stands right before the word, in a sentence that begins at ``first``."""
        return place > first and self.is_preposition(place - 1)

    def joins(self, place: int) -> bool:
        """Whether the word joins two clauses: and, but, while."""
        return self.reading.lows[place] in _JOINS

    def is_light(self, place: int) -> bool:
        """Whether the word may stand between “and” and the next verb: “and he later added”."""
        return self.reading.lows[place] in _LIGHT or self.reading.lows[place].endswith("ly")

    def has_verb(self, first: int, last: int) -> bool:
        """Whether one of the words is a finite verb."""
        return any(self.is_finite(place) for place in range(first, last))

    def is_sentence(self, first: int, last: int, *, verbless: bool = True) -> bool:
        """Whether the words are more than a phrase: they have a verb, or, if ``verbless``, are many."""
        words = self.reading.words
        stop = next((place for place in range(first, last) if words[place] in ",;:"), last)
        count = sum(words[place][0].isalnum() for place in range(first, stop))
        if count >= 2 and (self._has_own_verb(first, stop) or (verbless and count >= _ENOUGH)):
            return True
        if stop == last:
            return self._may_be_present(first, count)
        return any(words[place] == "," and self.is_finite(place + 1) for place in range(stop, last - 1))

    def _has_own_verb(self, first: int, last: int) -> bool:
        """Whether there is a verb beside those of relative clauses: not in “a battery that lasts”."""
        verbs = relatives = 0
        for place in range(first, last):
            relative = place > first and self.reading.lows[place] in _RELATIVE
            relatives += relative and self.has_verb(place + 1, min(place + 3, last))
            helped = place > first and self.reading.sorts[place - 1] & Sort.BETWEEN  # “was made” is one verb
            verbs += self.is_finite(place) and not (helped and self.is_finite(place - 1))
        return verbs > relatives

    def _may_be_present(self, first: int, count: int) -> bool:
        """“trams vibrate beautifully”: a plural and a word or two that may be its verb."""
        return count >= 3 and self.reading.lows[first].endswith("s") and not self.is_preposition(first)

    def after(self, place: int, last: int, *, hearer: bool) -> Follows:
        """What follows a verb from ``place`` on; with ``hearer`` somebody who is told may come first."""
        lows = self.reading.lows
        told = False
        if place < last and lows[place] == "out":
            place += 1
        start = place
        while place < last:
            low, word = lows[place], self.reading.words[place]
            if word in _STOPS or word in ")—–":
                return Follows("end", place, told)
            if word == ":":
                return Follows("colon", place + 1, told)
            if word == ",":
                that = self._after_comma(place, last)
                return Follows("that", that, told) if that else Follows("comma", place, told)
            if found := self._opens(place, last, told):
                return found
            skipped = self._adverbial(place, last)
            if hearer and not told and place < start + 2:
                skipped = self.noun_phrase(place, last) if skipped == place else skipped
                told = skipped > place and (low in _BEFORE_HEARER or not self.is_preposition(place))
            if skipped == place and place > start and self._is_reduced(place):
                skipped = place + 1
            if skipped == place:
                return Follows("ing" if low.endswith("ing") else "bare", place, told)
            place = skipped
        return Follows("end", last, told)

    def _opens(self, place: int, last: int, told: bool) -> Follows | None:
        low = self.reading.lows[place]
        if low == "that":
            following = place + 1
            demonstrative = following < last and self.reporting.has("finite", self.reading.lows[following])
            return Follows("that", place if demonstrative else following, told)
        if self.reporting.has("question", low):
            return Follows("question", place, told)
        if low == "to" and place + 1 < last and self._may_be_infinitive(place + 1):
            return Follows("to", place + 1, told)
        if low == "not" and self.reading.lows[place + 1 : place + 2] == ["to"]:
            return Follows("to", place, told)
        return None

    def _may_be_infinitive(self, place: int) -> bool:
        word = self.reading.words[place]
        return word.isalpha() and word.islower() and not self._begins_noun(place)

    def _after_comma(self, comma: int, last: int) -> int:
        """“said, after the vote, that …”: the place after “that”, or 0."""
        lows, words = self.reading.lows, self.reading.words
        for place in range(comma + 2, min(comma + _COMMA_TO_COMMA, last - 1)):
            if words[place] == ",":
                return place + 2 if lows[place + 1] == "that" else 0
        return 0

    def _adverbial(self, place: int, last: int) -> int:
        """The place after an adverb, a day or a phrase such as “at a meeting”; ``place`` where none is."""
        low, sort = self.reading.lows[place], self.reading.sorts[place]
        if sort & Sort.DAY or self.reporting.has("adverb", low):
            return place + 1
        if self.reading.lows[place + 2 : place + 3] == ["ago"]:
            return min(place + 3, last)
        if (
            low.endswith("ly")
            and place + 1 < last
            and not self.reporting.has("finite", self.reading.lows[place + 1])
        ):
            return place + 1
        if self.reporting.has("while", low):
            return self._subordinate(place, last)
        if self.reporting.has("preposition", low):
            end = self.noun_phrase(place + 1, last)
            if end == place + 1 and end < last and self.reading.lows[end].endswith("ing"):
                end = self.noun_phrase(place + 2, last)
            if end < last and self._is_reduced(end):
                return end + 1
            return place if end < last and self.is_finite(end) else end
        return place

    def _is_reduced(self, place: int) -> bool:
        """“in a statement carried by …”: a participle that goes on with the noun before it."""
        lows = self.reading.lows
        return lows[place + 1 : place + 2] == ["by"] and lows[place].endswith(("ed", "en", "wn", "nt"))

    def _subordinate(self, place: int, last: int) -> int:
        """“as he left the court”, up to a comma or the end; a phrase where no verb follows."""
        end = place
        words, lows = self.reading.words, self.reading.lows
        while end < last and words[end] not in _STOPS and words[end] != "," and lows[end] != "that":
            end += 1
        if end < last and self.reading.words[end] == ",":
            return place
        verbs = sum(self.is_finite(each) for each in range(place, end))
        return end if verbs <= 1 else place

    def noun_phrase(self, place: int, last: int) -> int:
        """The place after the noun phrase that begins at ``place``, and those that “and” joins to it."""
        end = self._single_noun_phrase(place, last)
        while place < end < last - 1 and self.reading.lows[end] in ("and", "&"):
            following = self._single_noun_phrase(end + 1, last)
            if following == end + 1 or (following < last and self.is_finite(following)):
                break
            end = following
        return end

    def _single_noun_phrase(self, place: int, last: int) -> int:
        end = place
        if place in self._ends:
            end = min(self._ends[place], last)
            if end - 1 not in self.reading.possessive:
                return end
        while end < min(last, place + _LONGEST_NOUN):
            word, low, sort = self.reading.words[end], self.reading.lows[end], self.reading.sorts[end]
            if not word[0].isalnum() or low == "that" or self.reporting.has("preposition", low):
                break
            new = self._begins_noun(end) and not self.reading.sorts[end - 1] & Sort.DETERMINER
            if end > place and (new or sort & Sort.DAY or self._ends_noun(end)):
                break
            if end in self._ends:
                return min(self._ends[end], last)
            end += 1
        return end

    def _ends_noun(self, place: int) -> bool:
        low = self.reading.lows[place]
        return (
            self.is_finite(place)
            or self.reporting.has("question", low)
            or self.reporting.has("adverb", low)
            or self.reporting.has("while", low)
            or low == "not"
            or self._is_reduced(place)
        )

    def _begins_noun(self, place: int) -> bool:
        if self.reading.lows[place] in ("both", "all", "one", "two", "three"):
            return bool(self.reading.sorts[place] & Sort.DETERMINER)
        sort = self.reading.sorts[place]
        return bool(sort & (Sort.DETERMINER | Sort.PRONOUN)) or (
            place in self._ends and self.reading.words[place][0].isupper()
        )
