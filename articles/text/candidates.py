"""Who may have said a quotation: the mentions around it, each with the evidence for it as features."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from articles.text.evidence import (
    again_features,
    distance_features,
    earlier_features,
    form_features,
    going_on_features,
    nobody_features,
    place_features,
    setting_features,
    signature_features,
    sort_features,
    verb_features,
)
from articles.text.frames import Frame, Frames
from articles.text.lexicon import Sort
from articles.text.mentions import Mention, sort_of
from articles.text.model import Evidence, features_of
from articles.text.people import Person
from articles.text.quotations import Found
from articles.text.reading import QUOTED, Reading
from articles.text.scan import Scan
from articles.text.shape import after_class, before_class, first_class, last_class

_REACH = 60  # words from a quotation within which a mention may be its speaker
_EACH_SIDE = 9
_APART = {distance: str(distance) for distance in range(-2, 3)}
_FARTHEST = 32  # words: beyond, all is far
_STEPS = (0, 1, 2, 4, 8, 16, _FARTHEST)
_GAPS = [str(next(step for step in _STEPS if gap <= step)) for gap in range(_FARTHEST + 1)]
_SIGNATURE = 14  # words of a line that signs the quotation above it


@dataclass(slots=True)
class Candidate:
    """One answer to “who said it?”: a mention, the speaker of the quotation before, or nobody."""

    kind: str  # mention, previous, nobody
    evidence: Evidence
    mention: Mention | None = None
    frame: Frame | None = None
    side: str = ""

    @property
    def features(self) -> list[str]:
        """The evidence in words, as the model is trained on it."""
        return features_of(self.evidence)


@dataclass(slots=True)
class Before:
    """The quotation before, with what was decided about it."""

    paragraph: int
    place: int
    person: Person | None = None
    head: str = ""  # the pronoun or noun, where nobody is named
    named: bool = False


@dataclass(slots=True)
class _Around:
    """The surroundings of one quotation, in the paragraph where it begins (or ends)."""

    reading: Reading
    mentions: list[Mention]
    frames: Frames
    first: int  # place of its first run in the paragraph
    last: int
    opening: str = ""
    closing: str = ""
    ending: str = ""
    beginning: str = ""
    verbs: dict[str, str] = field(default_factory=dict)

    @property
    def strong(self) -> str:
        """The verbs of speech of its sentence, left and right of it."""
        return self.verbs.get("L", "-") + self.verbs.get("R", "-")


def find_candidates(
    scan: Scan, frames: dict[int, Frames], found: Found, before: Before | None
) -> list[Candidate]:
    """All candidates for a quotation, with their features."""
    arounds = _surroundings(scan, frames, found)
    candidates: list[Candidate] = []
    for number, around in enumerate(arounds):
        candidates += _mentions_around(scan, around, before, "" if number == 0 else "E")
    head = arounds[0]
    if head.first == 0 or (head.reading.sentences[head.first] == 0 and not candidates):
        candidates += _paragraph_before(scan, frames, head)
    candidates += _signature(scan, arounds[-1])
    candidates += _fallbacks(head, before, len(found.runs), bool(candidates))
    return candidates


def _surroundings(scan: Scan, frames: dict[int, Frames], found: Found) -> list[_Around]:
    by_paragraph: dict[int, list[int]] = {}
    for index in found.runs:
        by_paragraph.setdefault(scan.runs[index].paragraph, []).append(index)
    numbers = sorted(by_paragraph)
    chosen = numbers if len(numbers) < 3 else [numbers[0], numbers[-1]]
    return [_around(scan, frames[number], number, by_paragraph[number]) for number in chosen]


def _around(scan: Scan, frames: Frames, number: int, indexes: list[int]) -> _Around:
    reading = scan.readings[number]
    places = [scan.place_of(indexes[0]), scan.place_of(indexes[-1])]
    around = _Around(reading, scan.mentions[number], frames, places[0], places[-1])
    first, last = scan.runs[indexes[0]], scan.runs[indexes[-1]]
    around.opening = before_class(reading, places[0])
    around.closing = after_class(reading, places[0])
    around.ending = last_class(scan.text, first if len(indexes) > 1 else last)
    around.beginning = first_class(scan.text, first)
    sentence = reading.sentences[places[0]]
    for frame in frames.within(places[0] - _REACH, places[0] + _REACH):
        if frame.subject >= 0 and reading.sentences[frame.cue] == sentence:
            around.verbs["L" if frame.cue < places[0] else "R"] = frame.relation[:1] + (
                "n" if frame.naming else ""
            )
    return around


def _mentions_around(scan: Scan, around: _Around, before: Before | None, end: str) -> list[Candidate]:
    mentions = around.mentions
    left = bisect_left(mentions, around.first, key=_first)
    right = bisect_left(mentions, around.last, key=_first)
    found: list[Candidate] = []
    for rank, mention in enumerate(reversed(mentions[max(0, left - _EACH_SIDE) : left])):
        if around.first - mention.last <= _REACH and mention.head != "who" and not mention.aside:
            found.append(_candidate(around, mention, left - 1 - rank, "L" + end, rank, around.first, before))
    for rank, mention in enumerate(mentions[left:right][:_EACH_SIDE]):
        if mention.head != "who" and not mention.aside:
            found.append(_candidate(around, mention, left + rank, "B" + end, rank, around.first, before))
    for rank, mention in enumerate(mentions[right : right + _EACH_SIDE]):
        if mention.first - around.last <= _REACH and mention.head != "who" and not mention.aside:
            found.append(_candidate(around, mention, right + rank, "R" + end, rank, around.last, before))
    return found


def _first(mention: Mention) -> int:
    return mention.first


def _candidate(
    around: _Around, mention: Mention, index: int, side: str, rank: int, place: int, before: Before | None
) -> Candidate:
    reading = around.reading
    frame = around.frames.of(index, place)
    distance = reading.sentences[mention.first] - reading.sentences[place]
    apart = _APART[max(-2, min(2, distance))]
    relation = frame.relation if frame else _bare(reading, mention)
    cue_gap = _gap(abs(frame.cue - place)) if frame else "-"
    key = side + relation + (("<" if frame.cue < place else ">") if frame else "")
    edge = around.opening if side[0] == "L" else around.closing
    gap = _gap(place - mention.last + 1 if mention.first < place else mention.first - place)
    runs = _runs_between(reading, mention.first, place)
    evidence: Evidence = [
        (place_features, (side, key, apart, cue_gap, around.ending, edge)),
        (distance_features, (side, gap, apart, edge, min(rank, 4), runs)),
        (sort_features, (side, key, sort_of(mention), min(rank, 3))),
        (setting_features, (key, apart, around.strong, around.opening, around.closing, around.beginning)),
    ]
    if frame:
        common = reading.sorts[frame.cue] & Sort.COMMON_CUE
        word = frame.word if common else "n" if frame.naming else "c"
        between = _runs_between(reading, frame.cue, place)
        evidence.append((verb_features, (key, word, relation, apart, frame.naming, between)))
    begins = reading.starts_sentence(mention.first)
    again = before is not None and is_before(mention, before)
    if mention.possessive or begins or again:
        form = (side, key, relation, apart, mention.possessive, begins, again)
        evidence.append((form_features, form))
    return Candidate("mention", evidence, mention, frame, side)


def is_before(mention: Mention, before: Before) -> bool:
    """Whether a mention speaks of the speaker of the quotation before."""
    if mention.person is not None:
        return mention.person is before.person
    return bool(before.head) and mention.head == before.head


def _bare(reading: Reading, mention: Mention) -> str:
    """Where a mention stands that is no verb's subject."""
    before = mention.first - 1
    if before > 0 and reading.sorts[before] & Sort.DETERMINER:
        before -= 1
    if before < 0:
        return "bare"
    if reading.sorts[before] & Sort.PREPOSITION:
        return "of-" + (reading.lows[before] if reading.lows[before] in ("by", "to", "from", "of") else "p")
    return "told" if reading.sorts[before] & (Sort.CUE | Sort.NAMING) else "bare"


def _gap(gap: int) -> str:
    """A distance in words, in steps; below zero where a mention reaches over the quotation."""
    if gap < 0:
        return str(gap)
    return _GAPS[gap] if gap <= _FARTHEST else "99"


def _runs_between(reading: Reading, a: int, b: int) -> int:
    low, high = min(a, b) + 1, max(a, b)
    return min(2, reading.words[low:high].count(QUOTED))


def _paragraph_before(scan: Scan, frames: dict[int, Frames], around: _Around) -> list[Candidate]:
    """Mentions in the last sentence of the paragraph before."""
    number = around.reading.number - 1
    if number < 0:
        return []
    reading, mentions = scan.readings[number], scan.mentions[number]
    if not reading.words:
        return []
    found = []
    last = reading.sentences[-1]
    colon = "colon" if reading.words[-1] == ":" else "stop"
    tail = [
        index
        for index in range(max(0, len(mentions) - 7), len(mentions))
        if reading.sentences[mentions[index].first] == last
    ]
    for rank, index in enumerate(tail):
        mention = mentions[index]
        if mention.head == "who":
            continue
        frame = frames[number].of(index, len(reading.words)) if number in frames else None
        relation = frame.relation if frame else _bare(reading, mention)
        facts = (
            relation, colon, min(rank, 3), sort_of(mention), around.closing, around.ending,
            around.verbs.get("R", "-"), len(tail) == 1, min(1, len(reading.runs)),
        )  # fmt: skip
        found.append(Candidate("mention", [(earlier_features, facts)], mention, frame, "P"))
    return found


def _signature(scan: Scan, around: _Around) -> list[Candidate]:
    """“— Ruth Amadi” in a line of its own after the quotation."""
    number = around.reading.number + 1
    if around.last + 2 < len(around.reading.words) or number >= len(scan.readings):
        return []
    reading, mentions = scan.readings[number], scan.mentions[number]
    if len(reading.words) > _SIGNATURE or not mentions or mentions[0].first > 2:
        return []
    dash = "dash" if reading.words[0] in "-—–―~" else "bare"
    mention = mentions[0]
    facts = (dash, sort_of(mention), around.ending, around.opening)
    return [Candidate("mention", [(signature_features, facts)], mention, None, "S")]


def _fallbacks(around: _Around, before: Before | None, segments: int, others: bool) -> list[Candidate]:
    reading, strong = around.reading, around.strong
    whole = len(reading.words) - (around.last - around.first + 1) <= 1
    found = []
    if before is not None:
        gap = reading.number - before.paragraph
        near = str(min(3, gap))
        apart = "-"
        if not gap:
            apart = str(min(3, reading.sentences[around.first] - reading.sentences[before.place]))
        going_on = (near, apart, strong, around.opening, around.closing, around.ending)
        evidence: Evidence = [
            (again_features, (near, whole, others, before.named, segments > 1)),
            (going_on_features, going_on),
        ]
        found.append(Candidate("previous", evidence))
    nobody = (around.opening, strong, reading.number == 0, whole)
    found.append(Candidate("nobody", [(nobody_features, nobody)]))
    return found
