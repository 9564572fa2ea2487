"""Quotations inside quotations: what a speaker says that somebody else said.

They are offered apart from the others, since their words lie inside the words of another quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.text.attribution import AttributedQuotation, Attributor
from articles.text.quotations import FoundQuotation, Segment
from articles.text.scan import scan_text
from articles.text.spans import Span

_INNER_MARK = re.compile(r"(?:^|[\s(\[—–])[“‘\"'«„‚»›](?=[\w¿¡…])")
_FIRST_PERSON = frozenset({"i", "we"})
_FEWEST = 2  # words: one word in marks is a term, unless it is a sentence


def read_nested(text: str, items: Sequence[AttributedQuotation]) -> tuple[AttributedQuotation, ...]:
    """The quotations inside the segments of ``items`` that are somebody else's than the outer speaker's."""
    names: dict[str, set[str]] = {}
    for item in items:
        if item.attribution.speaker_kind == "named":
            for word in item.attribution.speaker.split():
                names.setdefault(word, set()).add(item.attribution.speaker)
    return tuple(
        _completed(inner, names)
        for item in items
        if item.quotation.is_speech
        for segment in item.quotation.segments
        if _INNER_MARK.search(segment.text)
        for inner in _inside(text, segment)
    )


def _inside(text: str, segment: Segment) -> Iterator[AttributedQuotation]:
    for inner in Attributor(scan_text(segment.text)).read():
        mention = inner.attribution.mention
        said_by = mention.of(segment.text).lower().split("’")[0].split("'")[0] if mention else ""
        words = sum(len(part.text.split()) for part in inner.quotation.segments)
        if not inner.quotation.is_speech or not inner.attribution.cue or said_by in _FIRST_PERSON:
            continue
        if words >= _FEWEST or inner.quotation.segments[0].text[-1] in ".?!":
            yield _moved(text, inner, segment.start)


def _moved(text: str, item: AttributedQuotation, by: int) -> AttributedQuotation:
    """The same quotation with its places in the whole text."""
    found, attribution = item.quotation, item.attribution
    segments = tuple(
        Segment(part.start + by, part.end + by, text[part.start + by : part.end + by])
        for part in found.segments
    )
    return AttributedQuotation(
        FoundQuotation(found.kind, segments, _shift(found.outer, by)),
        replace(
            attribution,
            mention=_shift(attribution.mention, by) if attribution.mention else None,
            cue_span=_shift(attribution.cue_span, by) if attribution.cue_span else None,
            sure=False,
        ),
    )


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _completed(item: AttributedQuotation, names: dict[str, set[str]]) -> AttributedQuotation:
    """With the full name where the story quotes one person of that name."""
    full = names.get(item.attribution.speaker, set())
    if len(full) != 1:
        return item
    return replace(item, attribution=replace(item.attribution, speaker=next(iter(full))))
