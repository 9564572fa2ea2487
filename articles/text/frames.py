"""Who does the saying: the verbs of speech in a paragraph, each with its subject."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from articles.text.lexicon import Sort
from articles.text.mentions import Mention, MentionKind
from articles.text.reading import QUOTED, Reading

_ANY_CUE = Sort.CUE | Sort.NAMING
_SKIPPED = frozenset({"a", "the", "that", "to", "as", "by"})
_STEPS = 7
_APPOSITION = 28
_FAR = 40
_CHAIN = 12


@dataclass(slots=True)
class Frame:
    """A verb of speech and the mention that is its subject."""

    cue: int  # place among the words of the paragraph
    word: str
    naming: bool
    subject: int = -1  # index among the mentions of the paragraph
    relation: str = ""  # near, apposition, relative, far, joined, inverted, according
    told: int = -1  # index of the mention spoken to


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
        return min(own[-_CHAIN:], key=lambda frame: abs(frame.cue - place)) if len(own) > 1 else own[0]


def find_frames(reading: Reading, mentions: list[Mention]) -> Frames:
    """Every verb of speech in the paragraph outside the quoted runs, with its subject where one is found."""
    starts = {mention.first: index for index, mention in enumerate(mentions)}
    ends = {mention.last: index for index, mention in enumerate(mentions)}
    inside = {place for mention in mentions for place in range(mention.first, mention.last)}
    frames: list[Frame] = []
    sorts, lows = reading.sorts, reading.lows
    for place, sort in enumerate(sorts):
        if not sort & _ANY_CUE or place in inside:
            continue
        frame = Frame(place, lows[place], not sort & Sort.CUE)
        if lows[place] == "according" or not (
            place and lows[place - 1] in ("to", "the", "a", "an", "of", "his", "her")
        ):
            _find_subject(reading, mentions, frame, starts, ends, frames)
            frames.append(frame)
    frames += _according(reading, starts)
    frames.sort(key=lambda frame: frame.cue)
    return Frames(frames)


def _according(reading: Reading, starts: dict[int, int]) -> list[Frame]:
    found = []
    for place, low in enumerate(reading.lows):
        if low == "according" and place + 2 < len(reading.lows) and reading.lows[place + 1] == "to":
            for first in (place + 2, place + 3):
                if first in starts:
                    found.append(Frame(place, "according to", False, starts[first], "according"))
                    break
    return found


def _find_subject(
    reading: Reading,
    mentions: list[Mention],
    frame: Frame,
    starts: dict[int, int],
    ends: dict[int, int],
    frames: list[Frame],
) -> None:
    place = frame.cue
    following = starts.get(place + 1, starts.get(place + 2, -1) if _adverb(reading, place + 1) else -1)
    if following >= 0 and _inverts(reading, place):
        frame.subject, frame.relation = following, "inverted"
        return
    if following >= 0:
        frame.told = following
    _look_left(reading, mentions, frame, ends, frames)


def _adverb(reading: Reading, place: int) -> bool:
    return place < len(reading.lows) and (
        reading.lows[place].endswith("ly") or bool(reading.sorts[place] & Sort.DAY)
    )


def _inverts(reading: Reading, place: int) -> bool:
    """Whether the words before a verb leave its subject to come after it."""
    before = place - 1
    while before >= 0 and reading.sorts[before] & Sort.BETWEEN:
        before -= 1
    if before < 0:
        return False
    return reading.words[before] == QUOTED or (
        reading.words[before] in (",", "—", "–", "-") and before > 0 and reading.words[before - 1] == QUOTED
    )


def _look_left(
    reading: Reading, mentions: list[Mention], frame: Frame, ends: dict[int, int], frames: list[Frame]
) -> None:
    place, steps, relation = frame.cue, 0, "near"
    sentence = reading.sentences[frame.cue]
    while place > 0 and steps < _STEPS and reading.sentences[place - 1] == sentence:
        if place in ends:
            if not _is_object(reading, mentions[ends[place]]) or relation == "far":
                frame.subject, frame.relation = ends[place], relation
                if mentions[ends[place]].head == "who":
                    _antecedent(reading, mentions, frame, ends)
                return
        before = place - 1
        word, sort = reading.words[before], reading.sorts[before]
        if word == QUOTED:
            return
        if word in ",)—–":
            if _apposition(reading, mentions, frame, ends, before):
                return
            relation = "far"
        elif (
            reading.lows[before] in ("and", "but", "then", "or") and frames and frames[-1].cue >= before - 12
        ):
            if frames[-1].subject >= 0 and reading.sentences[frames[-1].cue] == sentence:
                frame.subject, frame.relation = frames[-1].subject, "joined"
                return
        elif not (sort & Sort.BETWEEN or word.endswith("ly")):
            relation = "far"
        place -= 1
        steps += 1
    if frame.subject < 0:
        _far(reading, mentions, frame)


def _is_object(reading: Reading, mention: Mention) -> bool:
    before = mention.first - 1
    if before > 0 and reading.sorts[before] & Sort.DETERMINER:
        before -= 1
    return before >= 0 and bool(reading.sorts[before] & Sort.PREPOSITION)


def _antecedent(reading: Reading, mentions: list[Mention], frame: Frame, ends: dict[int, int]) -> None:
    who = mentions[frame.subject]
    for last in (who.first, who.first - 1):
        if last in ends and ends[last] < frame.subject:
            frame.subject, frame.relation = ends[last], "relative"
            return
    before = frame.subject - 1
    if before >= 0 and reading.sentences[mentions[before].first] == reading.sentences[who.first]:
        frame.subject, frame.relation = before, "relative"


def _apposition(
    reading: Reading, mentions: list[Mention], frame: Frame, ends: dict[int, int], comma: int
) -> bool:
    """“Ruth Amadi, the harbour commissioner, said”: the comma at ``comma`` closes an apposition."""
    opening = "(" if reading.words[comma] == ")" else reading.words[comma]
    stop = max(0, comma - _APPOSITION)
    best = -1
    for place in range(comma - 1, stop, -1):
        if reading.sentences[place] != reading.sentences[comma] or reading.words[place] == QUOTED:
            break
        if reading.words[place] == opening and place in ends:
            mention = mentions[ends[place]]
            if mention.kind is MentionKind.NAME or (best < 0 and not _is_object(reading, mention)):
                best = ends[place]
                if mention.kind is MentionKind.NAME and not _is_object(reading, mention) and mention.person:
                    break
    if best < 0:
        return False
    frame.subject, frame.relation = best, "apposition"
    return True


def _far(reading: Reading, mentions: list[Mention], frame: Frame) -> None:
    """Takes the nearest earlier mention of the sentence that no preposition rules."""
    sentence = reading.sentences[frame.cue]
    index = bisect_left(mentions, frame.cue, key=_first) - 1
    fallback = -1
    for number in range(index, max(-1, index - _CHAIN), -1):
        mention = mentions[number]
        if reading.sentences[mention.first] != sentence or frame.cue - mention.last > _FAR:
            break
        if not _is_object(reading, mention) and not mention.possessive:
            fallback = number
            break
        fallback = number
    if fallback >= 0:
        frame.subject, frame.relation = fallback, "far"


def _first(mention: Mention) -> int:
    return mention.first
