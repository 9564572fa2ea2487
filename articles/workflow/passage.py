"""The passage of a source that holds a quote: what the review screen, the gate and the edition look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from articles.models import Quote, Snapshot
from articles.text.compare import Comparison, Grade, Policy, compare, stands_verbatim
from articles.text.find import Passage as SourceText
from articles.text.spans import Span

AROUND = 160  # characters of context on each side of the words
SENTENCE_ENDS = frozenset(".!?")
GAP = " […] "  # between stretches of an excerpt that are far apart in the source
ALLOWED_GRADES = frozenset({Grade.IDENTICAL, Grade.TYPOGRAPHIC, Grade.PERMITTED})


@dataclass(frozen=True, slots=True)
class Passage:
    """Words looked up in a snapshot. `spans` are offsets in the excerpt `text`, those of `comparison` in
    the whole text of the snapshot. Both are empty when the words are not there."""

    text: str
    spans: tuple[Span, ...]
    snapshot: Snapshot
    comparison: Comparison

    @property
    def allowed(self) -> bool:
        """Whether the house may print the words as a quotation from this snapshot."""
        return self.comparison.grade in ALLOWED_GRADES


def house_policy() -> Policy:
    """Which edits of a speaker's words the house allows: `settings.NEWSROOM_QUOTE_POLICY`."""
    return Policy(**settings.NEWSROOM_QUOTE_POLICY)


def passage_in(
    segments: Sequence[str], snapshot: Snapshot, *, around: int = AROUND, text: SourceText | None = None
) -> Passage:
    """Look `segments` up in `snapshot` under the house policy and cut out the text around them.

    `text` is that of the snapshot, made ready once for many.
    """
    comparison = compare(list(segments), text or snapshot.text, policy=house_policy())
    found = () if comparison.grade == Grade.ABSENT else comparison.spans
    excerpted, spans = excerpt(snapshot.text, found, around=around)
    return Passage(excerpted, spans, snapshot, comparison)


def grade_in(segments: Sequence[str], text: SourceText) -> Grade:
    """How `segments` stand in a text that was made ready once for many, under the house policy."""
    if stands_verbatim(segments, text):
        return Grade.IDENTICAL
    return compare(segments, text, policy=house_policy()).grade


def source_passage(quote: Quote) -> Passage | None:
    """The passage of `quote` in the newest snapshot of its source; None when there is no snapshot."""
    if quote.source_id is None:
        return None
    snapshot = Snapshot.objects.filter(source_id=quote.source_id).defer("data").first()
    return passage_in(quote.segments, snapshot) if snapshot else None


def excerpt(text: str, spans: Sequence[Span], *, around: int = AROUND) -> tuple[str, tuple[Span, ...]]:
    """The stretches of `text` around `spans`, cut at spaces, and the spans as offsets in what is returned.

    An ellipsis at the ends says that a sentence goes on there.
    """
    windows = _windows(text, spans, around)
    if not windows:
        return "", ()
    before = "" if _starts_sentence(text, windows[0].start) else "… "
    after = "" if _ends_sentence(text, windows[-1].end) else " …"
    parts: list[str] = [before]
    moved: list[Span] = []
    length = len(before)
    for number, window in enumerate(windows):
        if number:
            parts.append(GAP)
            length += len(GAP)
        inside = [span for span in spans if window.start <= span.start and span.end <= window.end]
        moved += [
            Span(span.start - window.start + length, span.end - window.start + length) for span in inside
        ]
        parts.append(window.of(text))
        length += window.end - window.start
    return "".join([*parts, after]), tuple(moved)


def _starts_sentence(text: str, place: int) -> bool:
    before = text[max(place - 8, 0) : place]
    return not before.strip() or "\n" in before or before.rstrip("”’\"') \t")[-1:] in SENTENCE_ENDS


def _ends_sentence(text: str, place: int) -> bool:
    if not text[place : place + 8].strip() or text[place : place + 1] == "\n":
        return True
    return text[max(place - 8, 0) : place].rstrip("”’\"') \t")[-1:] in SENTENCE_ENDS


def _windows(text: str, spans: Sequence[Span], around: int) -> list[Span]:
    windows: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        start, end = _widen(text, span, around)
        if windows and start <= windows[-1].end:
            windows[-1] = Span(windows[-1].start, max(end, windows[-1].end))
        else:
            windows.append(Span(start, end))
    return windows


def _widen(text: str, span: Span, around: int) -> tuple[int, int]:
    start, end = max(span.start - around, 0), min(span.end + around, len(text))
    if start:
        space = text.find(" ", start, span.start)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", span.end, end)
        end = space if space >= 0 else end
    return start, end
