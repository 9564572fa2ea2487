"""Finding the quotations of a text: what is speech, what is a fragment, what is only a name in marks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from articles.text.frames import Frames, find_frames
from articles.text.kinds import NEAR, NO_SPEECH, Chances, Kind, judge_kind
from articles.text.marks import Run
from articles.text.model import Evidence, chance, weigh_both
from articles.text.reading import Reading
from articles.text.scan import Scan, scan_text
from articles.text.shape import run_words, speech_evidence
from articles.text.spans import Span
from articles.text.wordless import go_on, is_speech, is_whole

__all__ = ["FoundQuotation", "Kind", "Segment", "find_quotations"]

_DOUBLE = "“"
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
        return self.kind not in NO_SPEECH


@dataclass(slots=True)
class Found:
    """A quotation with the runs it was made of, for the attribution that follows."""

    quotation: FoundQuotation
    runs: tuple[int, ...]


def find_quotations(
    text: str, *, language: str = "en", doubled: bool = False, labelled: bool = False
) -> tuple[FoundQuotation, ...]:
    """All quotations of ``text`` in order, titles and scare quotes among them.

    ``doubled`` also reads two apostrophes as a quotation mark, as some archives print it; ``labelled`` takes
    the lines of an interview (“Q. …”, “MRS VANE: …”) for quotations, though no marks stand around them.
    """
    scan = scan_text(text, language=language, doubled=doubled, labelled=labelled)
    return tuple(found.quotation for found in group_runs(scan, find_all_frames(scan)))


def find_all_frames(scan: Scan, *, everywhere: bool = False) -> dict[int, Frames]:
    """The frames of each paragraph that holds a quoted run, and of the one before it; or of all."""
    if everywhere:
        return {
            reading.number: find_frames(reading, mentions)
            for reading, mentions in zip(scan.readings, scan.mentions, strict=True)
        }
    wanted = {run.paragraph for run in scan.runs}
    wanted |= {number - 1 for number in wanted if number}
    return {number: find_frames(scan.readings[number], scan.mentions[number]) for number in wanted}


def run_evidence(scan: Scan, frames: dict[int, Frames]) -> list[tuple[Evidence, Run]]:
    """The evidence for speech of every run, in order."""
    found = []
    plain = _is_single_house(scan)
    for reading in scan.readings:
        total = len(reading.runs)
        for order, (place, index) in enumerate(reading.runs):
            run = scan.runs[index]
            seen = replace(run, mark=_DOUBLE) if plain and run.single else run
            others = (order, total - order - 1)
            evidence = speech_evidence(
                scan.text, scan.lexicon, seen, reading, place, frames[reading.number], others
            )
            found.append((evidence, run))
    return found


def _is_single_house(scan: Scan) -> bool:
    """Whether the house's own marks are single ones, so that they say nothing about the words in them."""
    singles = sum(run.single for run in scan.runs)
    return singles * 2 > len(scan.runs) and "''" not in scan.text


def group_runs(scan: Scan, frames: dict[int, Frames]) -> list[Found]:
    """Judges every run and joins those that are one utterance."""
    chances = _chances(scan, frames)
    groups: list[tuple[Kind, list[int]]] = []
    for reading in scan.readings:
        near = frames.get(reading.number)
        for order, (place, index) in enumerate(reading.runs):
            if near is None:
                continue
            if groups and _belongs_to(scan, near, groups[-1], reading, order):
                groups[-1][1].append(index)
            else:
                kind = judge_kind(scan, scan.runs[index], reading, place, near, chances[index])
                if index + 1 < len(scan.runs) and scan.runs[index + 1].reopens:
                    kind = Kind.DIRECT  # nobody takes up a name in the next paragraph
                groups.append((kind, [index]))
    return [_found(scan, kind, runs) for kind, runs in groups]


def _found(scan: Scan, kind: Kind, indexes: list[int]) -> Found:
    runs = [scan.runs[index] for index in indexes]
    segments = tuple(Segment(run.start, run.end, scan.text[run.start : run.end]) for run in runs)
    outer = Span(runs[0].outer.start, runs[-1].outer.end)
    return Found(FoundQuotation(kind, segments, outer), tuple(indexes))


def _belongs_to(
    scan: Scan, frames: Frames, group: tuple[Kind, list[int]], reading: Reading, order: int
) -> bool:
    """Whether the run goes on with the utterance before it."""
    kind, runs = group
    if kind in NO_SPEECH:
        return False
    if scan.runs[reading.runs[order][1]].reopens:
        return True
    return order > 0 and runs[-1] == reading.runs[order - 1][1] and _goes_on(scan, frames, reading, order)


def _chances(scan: Scan, frames: dict[int, Frames]) -> list[Chances]:
    """For each run, how likely it is speech, and whole speech."""
    if not scan.lexicon.sorts:
        return [
            _look(scan, reading, place, index) for reading in scan.readings for place, index in reading.runs
        ]
    scores = [weigh_both(evidence) for evidence, _ in run_evidence(scan, frames)]
    return [Chances(chance(speech), chance(whole)) for speech, whole in scores]


def _look(scan: Scan, reading: Reading, place: int, index: int) -> Chances:
    """The chances of a run in a language without a lexicon: all or nothing."""
    run = scan.runs[index]
    speech = is_speech(scan.text, run, run_words(scan.text, run), reading, place)
    return Chances(float(speech), float(is_whole(scan.text, run, reading, place)))


def _goes_on(scan: Scan, frames: Frames, reading: Reading, order: int) -> bool:
    """“A,” said X. “B.”: whether the run is the second half of the one before it."""
    (place, _), (before, index) = reading.runs[order], reading.runs[order - 1]
    first = scan.runs[index]
    if not scan.lexicon.sorts:
        return go_on(scan.text, first, scan.runs[reading.runs[order][1]], reading, before, place)
    stops = _last_sign(scan.text, first) in ",?!—–-…" or reading.words[before + 1] == ","
    if not stops or place - before > _BETWEEN_SEGMENTS:
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
    if reading.words[place - 1] == ":":
        return len(cues) == 1
    return reading.words[place - 1] == "." or len(cues) == 1 or place - cues[-1] > 2


def _last_sign(text: str, run: Run) -> str:
    """The last sign of the marked words, without the marks that close what is nested in them."""
    return (text[max(run.start, run.end - 4) : run.end].rstrip("’'”\"») ") or text[run.end - 1])[-1]


def _has_own_attribution(scan: Scan, frames: Frames, reading: Reading, order: int) -> bool:
    """Whether “, Y added” stands right after the run: then it is an utterance of its own."""
    place, index = reading.runs[order]
    if _last_sign(scan.text, scan.runs[index]) not in ",?!":
        return False
    return any(
        frame.subject >= 0 and reading.sentences[frame.cue] == reading.sentences[place]
        for frame in frames.within(place + 1, place + NEAR)
    )
