"""What a stretch in quotation marks is: whole speech, a fragment, the name of a work, a word not meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from articles.text.frames import Frames
from articles.text.lexicon import Sort
from articles.text.marks import Run
from articles.text.reading import QUOTED, Reading
from articles.text.scan import Scan
from articles.text.shape import before_class, first_class, is_title_case, nearest_frames, run_words

LEAST_DIRECT = 0.55  # the chance of speech from which marked words count as it: best on folds of `train`
LEAST_PARTIAL = 0.7
LEAST_WHOLE = 0.5
NEAR = 8  # words after a quotation within which its attribution begins
_LONGEST_TITLE = 60
_TO_THE_SIGN = 14  # words
_TO_THE_BEARER = 5
_RULED = frozenset(
    {"on", "as", "of", "in", "possessive", "introduces", "preposition", "the", "a", "determiner", "naming"}
)  # before marks: the words in them are part of the sentence, as a name is


class Kind(StrEnum):
    """What a stretch in quotation marks is."""

    DIRECT = "direct"
    PARTIAL = "partial"
    SCARE = "scare"
    TITLE = "title"
    INDIRECT = "indirect"


NO_SPEECH = frozenset({Kind.SCARE, Kind.TITLE})


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely it is that a run is somebody's words, and, if so, that they are the whole statement."""

    speech: float
    whole: float


def judge_kind(scan: Scan, run: Run, reading: Reading, place: int, frames: Frames, chances: Chances) -> Kind:
    """The kind of a run."""
    if run.label is not None:
        return Kind.DIRECT
    kind = (
        Kind.DIRECT
        if chances.whole >= LEAST_WHOLE or _is_announced(scan, run, reading, place)
        else Kind.PARTIAL
    )
    if _is_attributed_outright(scan, run, reading, place, frames):
        return kind if first_class(scan.text, run) == "a" else Kind.DIRECT
    least = LEAST_DIRECT if kind is Kind.DIRECT else LEAST_PARTIAL
    if _is_displayed(scan, reading, place, frames):
        return Kind.SCARE
    if _is_sung(reading, place):
        return _name_kind(scan, run, reading, place)
    if _has_byline(reading, place) or _has_year(reading, place):
        return Kind.TITLE
    if _is_named_work(scan, run, reading, place, frames):
        return Kind.TITLE
    return kind if chances.speech >= least else _name_kind(scan, run, reading, place)


def _is_attributed_outright(scan: Scan, run: Run, reading: Reading, place: int, frames: Frames) -> bool:
    """“Yes,” said X: a comma inside the marks and a verb with its subject right after them."""
    if scan.text[run.end - 1] not in ",?!" or not run.closed or before_class(reading, place) in _RULED:
        return False
    near = frames.within(place + 1, place + NEAR)
    if not near or near[0].naming or near[0].subject < 0:
        return False
    return near[0].relation in ("near", "inverted")


def _is_announced(scan: Scan, run: Run, reading: Reading, place: int) -> bool:
    """A colon before it, a capital, and a full stop at its end: a sentence of its own."""
    is_sentence = first_class(scan.text, run) == "A" and scan.text[run.end - 1] in ".?!"
    return is_sentence and before_class(reading, place) == ":"


def _is_displayed(scan: Scan, reading: Reading, place: int, frames: Frames) -> bool:
    """A sign that reads “Keep out”, under a notice: “Back soon”; not one that somebody holds up."""
    frame, _ = nearest_frames(reading, frames, place)
    if frame is not None and frame.subject >= 0:
        mention = scan.mentions[reading.number][frame.subject]
        first, last = mention.first, mention.last
    elif before_class(reading, place) in (":", "cue"):
        first, last = max(0, place - _TO_THE_SIGN), place
    else:
        return False
    for at in range(first, last):
        if reading.sorts[at] & Sort.SIGN and reading.sentences[at] == reading.sentences[place]:
            return not any(sort & Sort.BEARS for sort in reading.sorts[max(0, at - _TO_THE_BEARER) : at])
    return False


def _is_sung(reading: Reading, place: int) -> bool:
    before = place - 2 if place > 1 and reading.words[place - 1] == ":" else place - 1
    return before >= 0 and bool(reading.sorts[before] & Sort.SUNG)


def _has_byline(reading: Reading, place: int) -> bool:
    """“The harbour nobody wants,” by the Courier's Ilse Brandt: the headline of an article."""
    first = place + 1
    if first + 1 >= len(reading.words) or reading.lows[first] != "by" or reading.starts_sentence(first):
        return False
    name = first + 2 if reading.lows[first + 1] == "the" else first + 1
    before = before_class(reading, place)
    if before in ("cue", "naming", "word"):
        return False
    return name < len(reading.words) and reading.words[name][0].isupper()


def _has_year(reading: Reading, place: int) -> bool:
    """“Harbour of Glass” (1987): a work or a poster, with the year that it came out."""
    bracket, year = reading.words[place + 1 : place + 2], reading.words[place + 2 : place + 3]
    return bracket == ["("] and bool(year) and len(year[0]) == 4 and year[0][:2] in ("18", "19", "20")


def _is_named_work(scan: Scan, run: Run, reading: Reading, place: int, frames: Frames) -> bool:
    """A work and its name: the film “Harbour Lights”, KDR's “Morning Desk”, “appeared on “Morning Desk””."""
    if run.end - run.start > _LONGEST_TITLE or not is_title_case(run_words(scan.text, run), scan.lexicon):
        return False
    before = place - 1
    if before > 0 and reading.words[before] == ",":
        before -= 1
    if before < 0 or reading.words[before] == QUOTED:
        return False
    if reading.sorts[before] & Sort.WORK:
        return True
    if before == place - 1 and before in reading.possessive:
        return len(reading.words[before]) > 1 and reading.words[before].isupper()
    if before != place - 1 or len(run_words(scan.text, run)) < 2:
        return False
    return reading.lows[before] == "on" or _is_of_a_work(scan, run, reading, before, frames)


def _is_of_a_work(scan: Scan, run: Run, reading: Reading, before: int, frames: Frames) -> bool:
    """The author of “Harbour Lights.”, a prize for it: the stop is inside the marks, and nobody speaks."""
    if reading.lows[before] not in ("of", "for") or not before or scan.text[run.end - 1] not in ".,":
        return False
    if reading.sorts[before - 1] & Sort.PRONOUN:
        return False  # accused him of “…”
    return nearest_frames(reading, frames, before + 1) == (None, None)


def _name_kind(scan: Scan, run: Run, reading: Reading, place: int) -> Kind:
    words = run_words(scan.text, run)
    introduced = place > 0 and reading.sorts[place - 1] & Sort.INTRODUCES_TITLE
    between_names = 0 < place < len(reading.words) - 1 and all(
        reading.words[side][0].isupper() and reading.words[side] != QUOTED for side in (place - 1, place + 1)
    )
    return (
        Kind.TITLE
        if is_title_case(words, scan.lexicon) and (introduced or between_names or len(words) > 1)
        else Kind.SCARE
    )
