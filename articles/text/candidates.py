"""Who may have said a quotation: the mentions around it, each with the evidence for it as features."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from articles.text.frames import Frame, Frames
from articles.text.lexicon import Sort
from articles.text.mentions import Mention, sort_of
from articles.text.people import Person
from articles.text.quotations import Found
from articles.text.reading import QUOTED, Reading
from articles.text.scan import Scan
from articles.text.shape import after_class, before_class, first_class, last_class

_REACH = 60  # words from a quotation within which a mention may be its speaker
_EACH_SIDE = 9
_SIGNATURE = 14  # words of a line that signs the quotation above it


@dataclass(slots=True)
class Candidate:
    """One answer to “who said it?”: a mention, the speaker of the quotation before, or nobody."""

    kind: str  # mention, previous, nobody
    features: list[str]
    mention: Mention | None = None
    frame: Frame | None = None
    side: str = ""


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
    strong: dict[str, str] = field(default_factory=dict)


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
            around.strong["L" if frame.cue < places[0] else "R"] = frame.relation[:1] + (
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
    apart = str(max(-2, min(2, distance)))
    relation = frame.relation if frame else _bare(reading, mention)
    cue_gap = _gap(abs(frame.cue - place)) if frame else "-"
    cue_side = ("<" if frame.cue < place else ">") if frame else ""
    key = side + relation + cue_side
    sort = sort_of(mention)
    edge = around.opening if side[0] == "L" else around.closing
    strong = around.strong.get("L", "-") + around.strong.get("R", "-")
    gap = _gap(place - mention.last + 1 if mention.first < place else mention.first - place)
    features = [
        f"{key} {apart}", f"{key} {apart} g{cue_gap}", f"{key} e{around.ending}", f"{key} {edge}",
        f"{key} {edge} {around.ending} {apart}", f"{side} g{gap} {apart}", f"{side} g{gap} {edge}",
        f"{side} r{min(rank, 4)}", f"{key} r{min(rank, 3)}",
        f"k{sort}", f"k{sort} {side}", f"k{sort} {key}", f"{key} s{strong} {apart}", f"{side} {apart} {edge}",
        f"{key} o{around.opening} c{around.closing}", f"{key} {around.beginning} {apart}",
    ]  # fmt: skip
    if frame:
        common = reading.sorts[frame.cue] & Sort.COMMON_CUE
        word = frame.word if common else "n" if frame.naming else "c"
        features += [f"v{word} {relation}", f"v{word} {key} {apart}", f"n{frame.naming} {key}"]
        features.append(f"x{_runs_between(reading, frame.cue, place)} {key}")
    features.append(f"q{_runs_between(reading, mention.first, place)} {side} {apart}")
    if mention.possessive:
        features += ["poss", f"poss {side}", f"poss {relation}"]
    if reading.starts_sentence(mention.first):
        features += [f"begins {side} {apart}", f"begins {key}"]
    if before and is_before(mention, before):
        features += [f"again {side}", f"again {side} {apart}", f"again {relation}"]
    return Candidate("mention", features, mention, frame, side)


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
    return (
        str(gap)
        if gap <= 2
        else "4"
        if gap <= 4
        else "8"
        if gap <= 8
        else "16"
        if gap <= 16
        else "32"
        if gap <= 32
        else "99"
    )


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
        features = [
            f"P{relation} {colon}", f"P r{min(rank, 3)} {colon}", f"P k{sort_of(mention)}",
            f"P k{sort_of(mention)} {relation} {colon}",
            f"P {around.closing} {around.ending} {colon}", f"P s{around.strong.get('R', '-')}",
            f"P one{len(tail) == 1} {colon}",
            f"P runs{min(1, len(reading.runs))} {relation}",
        ]  # fmt: skip
        found.append(Candidate("mention", features, mention, frame, "P"))
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
    features = [
        f"S {dash}",
        f"S {dash} k{sort_of(mention)}",
        f"S {dash} e{around.ending}",
        f"S {dash} o{around.opening}",
    ]
    return [Candidate("mention", features, mention, None, "S")]


def _fallbacks(around: _Around, before: Before | None, segments: int, others: bool) -> list[Candidate]:
    reading = around.reading
    whole = len(reading.words) - (around.last - around.first + 1) <= 1
    strong = around.strong.get("L", "-") + around.strong.get("R", "-")
    found = []
    if before is not None:
        gap = reading.number - before.paragraph
        near = str(min(3, gap))
        apart = "-"
        if not gap:
            apart = str(min(3, reading.sentences[around.first] - reading.sentences[before.place]))
        features = [
            f"prev p{near}", f"prev p{near} w{whole} o{others}", f"prev p{near} s{strong}",
            f"prev a{apart} {around.opening}",
            f"prev a{apart} {around.closing} {around.ending}", f"prev p{near} {around.opening}",
            f"prev a{apart} s{strong}",
            f"prev named{before.named}", f"prev p{near} {around.closing} {around.ending}",
            f"prev x{segments > 1} p{near}",
        ]  # fmt: skip
        found.append(Candidate("previous", features))
    features = [
        "nobody",
        f"nobody {around.opening}",
        f"nobody s{strong}",
        f"nobody p0{reading.number == 0}",
        f"nobody w{whole}",
    ]
    found.append(Candidate("nobody", features))
    return found
