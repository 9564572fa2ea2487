"""The verbs of speech of a paragraph, each with the mention that does the saying."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from articles.text.lexicon import Sort
from articles.text.mentions import Mention
from articles.text.reading import Reading
from articles.text.subjects import SubjectFinder

_ANY_CUE = Sort.CUE | Sort.NAMING
_NOT_BEFORE_A_VERB = frozenset({"to", "the", "a", "an", "of", "his", "her"})
_ASIDE = 4  # words from the comma after an aside to the verb
_MOST_VERBS = 12  # of one subject


@dataclass(slots=True)
class Frame:
    """A verb of speech and the mention that is its subject."""

    cue: int  # place among the words of the paragraph
    word: str
    naming: bool
    subject: int = -1  # index among the mentions of the paragraph
    relation: str = ""  # near, apposition, relative, far, joined, inverted, participle, passive, according


class Frames:
    """The verbs of speech of one paragraph in order, to be asked by place or by subject."""

    def __init__(self, items: list[Frame]) -> None:
        self.items = items
        self._cues = [frame.cue for frame in items]
        self._by_subject: dict[int, list[Frame]] = {}
        for frame in items:
            if frame.subject >= 0:
                self._by_subject.setdefault(frame.subject, []).append(frame)

    def within(self, first: int, last: int) -> list[Frame]:
        """Those whose verb stands from ``first`` up to, not including, ``last``."""
        return self.items[bisect_left(self._cues, first) : bisect_left(self._cues, last)]

    def of(self, subject: int, place: int) -> Frame | None:
        """Of the verbs whose subject the mention is, the one nearest to ``place``."""
        own = self._by_subject.get(subject)
        if not own:
            return None
        return own[0] if len(own) == 1 else min(own[-_MOST_VERBS:], key=lambda frame: abs(frame.cue - place))


def find_frames(reading: Reading, mentions: list[Mention]) -> Frames:
    """Every verb of speech in the paragraph outside the quoted runs, with its subject where one is found."""
    cues = [place for place, sort in enumerate(reading.sorts) if sort & _ANY_CUE]
    if not cues:
        return Frames([])
    finder = SubjectFinder(reading, mentions)
    inside = {place for mention in mentions for place in range(mention.first, mention.last)}
    frames: list[Frame] = []
    lows = reading.lows
    for place in cues:
        if place in inside:
            continue
        low = lows[place]
        if low == "according":
            subject = finder.after_according(place)
            if subject >= 0:
                frames.append(Frame(place, "according to", False, subject, "according"))
        elif not place or lows[place - 1] not in _NOT_BEFORE_A_VERB:
            earlier = frames[-1] if frames else None
            subject, relation = finder.find(place, (earlier.cue, earlier.subject) if earlier else None)
            if earlier and relation == "apposition" and _is_aside(reading, mentions, earlier, place):
                mentions[frames.pop().subject].aside = True
            naming = not reading.sorts[place] & Sort.CUE
            frames.append(Frame(place, low, naming, subject, relation))
    return Frames(frames)


def _is_aside(reading: Reading, mentions: list[Mention], source: Frame, place: int) -> bool:
    """“The inspector, according to Amadi, had told him: …”: the words are the inspector's, not Amadi's."""
    if source.relation != "according" or source.cue == 0 or reading.words[source.cue - 1] != ",":
        return False
    end = mentions[source.subject].last
    return reading.words[end] == "," and end < place <= end + _ASIDE
