"""What became of each marked quotation: the same record for every corpus, so that all are measured alike."""

from __future__ import annotations

from dataclasses import dataclass

from articles.text.attribution import AttributedQuotation, read_quotations
from articles.text.nested import read_nested
from articles.text.quotations import Kind
from bench.gold import GoldQuotation, GoldReport, GoldStory, Place

SAME = 0.8  # characters in common, of those in either, from which two stretches count as the same
_TOUCH = 0.2  # … from which they are about the same words
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A marked quotation and what the engine made of it, or one that it found and nobody marked.

    ``kind`` is empty where nobody marked it, ``found_kind`` where the engine missed it. A verdict is None
    where the marks leave nothing to judge.
    """

    story: str
    words: str
    phenomena: tuple[str, ...]
    hows: tuple[str, ...] = ()
    kind: str = ""
    found_kind: str = ""
    segments_right: bool = False
    speaker: str = ""
    found_speaker: str = ""
    speaker_right: bool | None = None
    role: str = ""
    found_role: str = ""
    role_right: bool | None = None
    confidence: float = 0.0
    sure: bool = False
    reason: str = ""
    found_how: str = ""


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """Reported speech without marks: marked, found, or both."""

    story: str
    words: str
    marked: bool
    found: bool
    speaker: str = ""
    found_speaker: str = ""
    speaker_right: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything that one story came to."""

    outcomes: tuple[Outcome, ...]
    reports: tuple[ReportOutcome, ...]


def overlap(one: Place, other: Place) -> float:
    """Characters in common, of those in either."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / (max(one.end, other.end) - min(one.start, other.start))


def same_name(expected: str, found: str) -> bool:
    """Whether two speakers are printed alike, an article and capitals apart."""
    return _plain(expected) == _plain(found)


def _plain(name: str) -> str:
    name = name.strip().lower().replace("’", "'")
    for article in _ARTICLES:
        name = name.removeprefix(article)
    return name


def judge_gold(story: GoldStory) -> Judged:
    """Reads a story of the house as the desk reads it and compares."""
    items = read_quotations(story.text, headline=story.headline, doubled=True, labelled=True)
    items = (*items, *read_nested(story.text, items))
    free = list(items)
    outcomes = [_outcome(story.name, marked, _take(marked, free)) for marked in story.quotations]
    touched = [place for marked in story.quotations for place in marked.places]
    outcomes += [_extra(story.name, item, touched) for item in free]
    everything = read_quotations(
        story.text, headline=story.headline, doubled=True, labelled=True, indirect=True
    )
    found = [item for item in everything if item.quotation.kind == Kind.INDIRECT]
    return Judged(tuple(outcomes), tuple(_judge_reports(story, found)))


def _take(marked: GoldQuotation, free: list[AttributedQuotation]) -> AttributedQuotation | None:
    """The quotation found at the marked place, taken from those that are free: the best of them."""
    best, most = None, _TOUCH
    for item in free:
        value = _agreement(marked, item)
        if value > most:
            best, most = item, value
    if best is not None:
        free.remove(best)
    return best


def _agreement(marked: GoldQuotation, item: AttributedQuotation) -> float:
    places = [Place(segment.start, segment.end) for segment in item.quotation.segments]
    values = [max(overlap(place, other) for other in places) for place in marked.places]
    return sum(values) / max(len(values), len(places))


def _outcome(name: str, marked: GoldQuotation, item: AttributedQuotation | None) -> Outcome:
    words = " … ".join(marked.words)
    if item is None:
        return Outcome(
            name,
            words,
            marked.phenomena,
            (marked.how,),
            marked.kind,
            speaker=marked.speaker,
            role=marked.role,
        )
    said, speech = item.attribution, marked.kind in ("direct", "partial")
    right = same_name(marked.speaker, said.speaker) if speech else None
    if not speech and said.speaker:
        right = False
    return Outcome(
        name,
        words,
        marked.phenomena,
        (marked.how or "no speaker",) if speech else ("not speech",),
        marked.kind,
        str(item.quotation.kind),
        tuple(segment.text for segment in item.quotation.segments) == marked.words,
        marked.speaker,
        said.speaker,
        right,
        marked.role,
        said.role,
        same_name(marked.role, said.role) if speech and marked.speaker else None,
        said.confidence,
        said.sure,
        said.reason,
        said.how,
    )


def _extra(name: str, item: AttributedQuotation, touched: list[Place]) -> Outcome:
    places = [Place(segment.start, segment.end) for segment in item.quotation.segments]
    in_pieces = any(overlap(place, other) > _TOUCH for place in places for other in touched)
    said = item.attribution
    return Outcome(
        name,
        " … ".join(segment.text for segment in item.quotation.segments),
        ("in pieces",) if in_pieces else ("not marked",),
        found_kind=str(item.quotation.kind),
        found_speaker=said.speaker,
        speaker_right=False if said.speaker and not in_pieces else None,
        found_role=said.role,
        confidence=said.confidence,
        sure=said.sure,
        reason=said.reason,
    )


def _judge_reports(story: GoldStory, items: list[AttributedQuotation]) -> list[ReportOutcome]:
    free = list(items)
    outcomes = [_report(story.name, marked, free) for marked in story.reports]
    return outcomes + [
        ReportOutcome(
            story.name, item.quotation.segments[0].text, False, True, found_speaker=item.attribution.speaker
        )
        for item in free
    ]


def _report(name: str, marked: GoldReport, free: list[AttributedQuotation]) -> ReportOutcome:
    def value(item: AttributedQuotation) -> float:
        return overlap(marked.place, Place(item.quotation.outer.start, item.quotation.outer.end))

    best = max(free, key=value, default=None)
    if best is None or value(best) < SAME:
        return ReportOutcome(name, marked.words, True, False, marked.speaker)
    free.remove(best)
    said = best.attribution.speaker
    return ReportOutcome(
        name, marked.words, True, True, marked.speaker, said, same_name(marked.speaker, said)
    )
