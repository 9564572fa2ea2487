"""Finding the quotations of a text: what is speech, what is a fragment, what is only a name in marks."""

from __future__ import annotations

from dataclasses import dataclass

from articles.text.frames import Frames, find_frames
from articles.text.kinds import NEAR, Chances, Kind, judge_kind
from articles.text.marks import Run
from articles.text.model import chance, load_weights, score
from articles.text.reading import Reading
from articles.text.scan import Scan, scan_text
from articles.text.shape import run_words, speech_features
from articles.text.spans import Span

__all__ = ["FoundQuotation", "Kind", "Segment", "find_quotations"]

_LONGEST_SCARE = 3  # words, in a language without a lexicon
_BETWEEN_SEGMENTS = 45  # words that an attribution between two segments may have


@dataclass(frozen=True, slots=True)
class Segment:
    """Quoted words without their marks, inside one paragraph."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """One utterance: its segments in order, and the stretch from the first mark to the last."""

    kind: Kind
    segments: tuple[Segment, ...]
    outer: Span

    @property
    def is_speech(self) -> bool:
        """Whether somebody said it: not a title, a nickname or scorn."""
        return self.kind not in (Kind.SCARE, Kind.TITLE)


@dataclass(slots=True)
class Found:
    """A quotation with the runs it was made of, for the attribution that follows."""

    quotation: FoundQuotation
    runs: list[int]


def find_quotations(text: str, *, language: str = "en", doubled: bool = False) -> tuple[FoundQuotation, ...]:
    """All quotations of ``text`` in order, titles and scare quotes among them.

    ``doubled`` also reads two apostrophes as a quotation mark, as some archives print it.
    """
    scan = scan_text(text, language=language, doubled=doubled)
    return tuple(found.quotation for found in group_runs(scan, find_all_frames(scan)))


def find_all_frames(scan: Scan) -> dict[int, Frames]:
    """The frames of each paragraph that holds a quoted run, and of the one before it."""
    wanted = {run.paragraph for run in scan.runs}
    wanted |= {number - 1 for number in wanted if number}
    return {number: find_frames(scan.readings[number], scan.mentions[number]) for number in wanted}


def run_features(scan: Scan, frames: dict[int, Frames]) -> list[tuple[list[str], Run]]:
    """The evidence for speech of every run, in order."""
    found = []
    for reading in scan.readings:
        total = len(reading.runs)
        for order, (place, index) in enumerate(reading.runs):
            run = scan.runs[index]
            others = (order, total - order - 1)
            found.append(
                (
                    speech_features(
                        scan.text, scan.lexicon, run, reading, place, frames[reading.number], others
                    ),
                    run,
                )
            )
    return found


def group_runs(scan: Scan, frames: dict[int, Frames]) -> list[Found]:
    """Judges every run and joins those that are one utterance."""
    chances = _chances(scan, frames)
    found: list[Found] = []
    for reading in scan.readings:
        for order, (place, index) in enumerate(reading.runs):
            run = scan.runs[index]
            previous = found[-1] if found else None
            if previous and (
                (run.reopens and previous.quotation.is_speech)
                or (order and _goes_on(scan, frames[reading.number], previous, reading, order))
            ):
                _extend(scan, previous, index)
            else:
                found.append(_new(scan, index, reading, place, frames[reading.number], chances[index]))
    return found


def _chances(scan: Scan, frames: dict[int, Frames]) -> list[Chances]:
    """For each run, how likely it is speech, and whole speech."""
    if not scan.lexicon.sorts:
        return [Chances(float(len(run_words(scan.text, run)) > _LONGEST_SCARE), 1.0) for run in scan.runs]
    speech, whole = load_weights("speech"), load_weights("whole")
    return [
        Chances(chance(score(speech, features)), chance(score(whole, features)))
        for features, _ in run_features(scan, frames)
    ]


def _segment(scan: Scan, run: Run) -> Segment:
    return Segment(run.start, run.end, scan.text[run.start : run.end])


def _new(scan: Scan, index: int, reading: Reading, place: int, frames: Frames, chances: Chances) -> Found:
    run = scan.runs[index]
    kind = judge_kind(scan, run, reading, place, frames, chances)
    return Found(FoundQuotation(kind, (_segment(scan, run),), run.outer), [index])


def _extend(scan: Scan, found: Found, index: int) -> None:
    run = scan.runs[index]
    old = found.quotation
    found.runs.append(index)
    found.quotation = FoundQuotation(
        old.kind, (*old.segments, _segment(scan, run)), Span(old.outer.start, run.outer.end)
    )


def _goes_on(scan: Scan, frames: Frames, previous: Found, reading: Reading, order: int) -> bool:
    """“A,” said X. “B.”: whether the run is the second half of the quotation before it."""
    place, before = reading.runs[order][0], reading.runs[order - 1][0]
    if previous.runs[-1] != reading.runs[order - 1][1] or not previous.quotation.is_speech:
        return False
    first = scan.runs[previous.runs[-1]]
    if not first.closed or scan.text[first.end - 1] not in ",?!—–-…" or place - before > _BETWEEN_SEGMENTS:
        return False
    sentence = reading.sentences[before]
    if any(number != sentence for number in reading.sentences[before + 1 : place]):
        return False
    if reading.words[place - 1] not in ".,;:—–-" or place - before < 3:
        return False
    if _has_own_attribution(scan, frames, reading, order):
        return False
    near = frames.within(place - 2 * _BETWEEN_SEGMENTS, place)
    cues = [frame.cue for frame in near if reading.sentences[frame.cue] == sentence]
    if not cues:
        return False
    return reading.words[place - 1] == "." or len(cues) == 1 or place - cues[-1] > 2


def _has_own_attribution(scan: Scan, frames: Frames, reading: Reading, order: int) -> bool:
    """Whether “, Y added” stands right after the run: then it is an utterance of its own."""
    place, index = reading.runs[order]
    if scan.text[scan.runs[index].end - 1] not in ",?!":
        return False
    return any(
        frame.subject >= 0 and reading.sentences[frame.cue] == reading.sentences[place]
        for frame in frames.within(place + 1, place + NEAR)
    )
