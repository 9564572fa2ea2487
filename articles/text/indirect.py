"""Reported speech without marks: “Amadi said that the pier would hold”, “according to Amadi, …”."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from articles.text.frames import Frame, Frames
from articles.text.lexicon import Sort
from articles.text.mentions import Mention
from articles.text.reading import QUOTED, Reading
from articles.text.scan import Scan
from articles.text.spans import Span

_TO_THAT = 7  # words from a verb to its “that”: “told the council on Monday that”
_LONGEST_SENTENCE = 150
_FEWEST = 3  # words of a report
_NOT_REPORTING = frozenset({"patient", "passive", ""})
_STOPS = frozenset(".!?,;:")


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody is reported to have said, and the verb that reports it."""

    span: Span
    frame: Frame
    mention: Mention


def find_reports(scan: Scan, frames: dict[int, Frames]) -> list[Report]:
    """The reports of every paragraph, one a sentence, in order. Sentences with quotation marks have none."""
    reports: list[Report] = []
    for reading, mentions in zip(scan.readings, scan.mentions, strict=True):
        done = -1
        for frame in frames[reading.number].items:
            sentence = reading.sentences[frame.cue]
            if frame.naming or frame.relation in _NOT_REPORTING or sentence == done:
                continue
            mention = mentions[frame.subject]
            span = _content(reading, frame, mention, sentence)
            if span is not None:
                reports.append(Report(span, frame, mention))
                done = sentence
    return reports


def _content(reading: Reading, frame: Frame, mention: Mention, sentence: int) -> Span | None:
    first = bisect_left(reading.sentences, sentence)
    last = bisect_right(reading.sentences, sentence)
    if last - first > _LONGEST_SENTENCE or QUOTED in reading.words[first:last]:
        return None
    if frame.relation == "according":
        after = mention.last < last and frame.cue == first
        return _span(reading, mention.last, last) if after else _span(reading, first, frame.cue)
    if that := _that(reading, frame.cue, last):
        return _span(reading, that + 1, last)
    following = frame.cue + 1
    if frame.relation == "inverted" or _nothing_follows(reading, following, last):
        return _span(reading, first, min(mention.first, frame.cue))
    if reading.sorts[frame.cue] & Sort.COMMON_CUE and not reading.sorts[following] & Sort.PREPOSITION:
        return _span(reading, following, last)
    return None


def _that(reading: Reading, cue: int, last: int) -> int:
    for place in range(cue + 1, min(cue + _TO_THAT, last)):
        if reading.lows[place] == "that":
            return place
    return 0


def _nothing_follows(reading: Reading, place: int, last: int) -> bool:
    """Whether the sentence ends with the verb, or with a day or place after it."""
    return place >= last or reading.words[place] in _STOPS or bool(reading.sorts[place] & Sort.DAY)


def _span(reading: Reading, first: int, last: int) -> Span | None:
    while first < last and not reading.words[first][0].isalnum():
        first += 1
    while last > first and (
        not reading.words[last - 1][0].isalnum() or reading.lows[last - 1] in ("and", "but")
    ):
        last -= 1
    return Span(reading.starts[first], reading.ends[last - 1]) if last - first >= _FEWEST else None
