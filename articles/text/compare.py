"""Whether the words of a quotation stand in a source text, and what differs.

Only words that are equal one by one count as the source's own. Searching by likeness finds the place where
they were meant to come from; it never decides that they are there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from articles.text.find import Passage, closest_chain, narrow_down
from articles.text.judge import (
    DiffPart,
    Grade,
    Policy,
    Step,
    Verdict,
    align,
    align_closely,
    is_negated,
    judge,
    spell,
)
from articles.text.spans import Span
from articles.text.words import BROKEN, NO_WORD, Word, clear, printed_words, read_words

__all__ = [
    "Comparison",
    "DiffPart",
    "Grade",
    "Passage",
    "Policy",
    "compare",
    "fingerprint",
    "stands_verbatim",
]

DEFAULT_POLICY: Final = Policy()

_MOST_LEFT_OUT: Final = 100  # words that an ellipsis may stand for
_JOINS_CLAUSES: Final = frozenset({"and", "but", "or", "so", "yet"})
_NEARBY: Final = 12  # words around a place in which moved words are looked for
_ENDS_A_SENTENCE: Final = frozenset(".!?")
_PARTS_WORDS: Final = frozenset('“”„«»"')
_READ_WITH_CARE: Final = re.compile(rf"[\[\]…{BROKEN}]|\.\s?\.|{NO_WORD}{{30}}")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What ``compare`` found. ``spans``: one in the passage for each segment that was found there."""

    grade: Grade
    spans: tuple[Span, ...] = ()
    diff: tuple[DiffPart, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The finding in plain words for an editor."""
        noted = "; ".join(self.notes[:4]) + (" and more" if len(self.notes) > 4 else "")
        match self.grade:
            case Grade.IDENTICAL:
                return "The words stand in the source exactly as printed."
            case Grade.TYPOGRAPHIC:
                return "The words are the source’s own; only quote marks, dashes, spaces or line ends differ."
            case Grade.PERMITTED:
                return f"The words are the source’s own, with edits that the house allows: {noted}."
            case Grade.ALTERED:
                return f"The words are not the source’s own: {noted}."
            case Grade.ABSENT:
                return f"The words are not in the source{f': {noted}' if noted else ''}."


@dataclass(frozen=True, slots=True)
class _Piece:
    """Printed words that must stand together in the source: a segment, or a part of one between ellipses."""

    segment: int
    words: tuple[Word, ...]
    raw: str  # as printed, with the marks that close it
    last: bool  # the segment ends with it


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a piece was found in the clear text, and how its words stand against those there."""

    span: Span
    steps: tuple[Step, ...]
    after: str
    matched: int


def compare(
    quotation: str | Sequence[str], passage: str | Passage, *, policy: Policy = DEFAULT_POLICY
) -> Comparison:
    """Find the words of ``quotation`` (its segments, quote marks excluded) in ``passage`` and grade them.

    Segments may stand apart in the passage, in their order. A ``Passage`` made once serves many calls.
    """
    segments = [quotation] if isinstance(quotation, str) else list(quotation)
    source = passage if isinstance(passage, Passage) else Passage(passage)
    pieces = _read_pieces(segments, source)
    if not pieces:
        return Comparison(Grade.ABSENT, notes=("the quotation holds no words",))
    places = _find_places(pieces, source)
    if _found_words(places) * 2 < sum(len(piece.words) for piece in pieces):
        return _absent(pieces)
    return _grade(segments, pieces, places, source, policy)


def stands_verbatim(quotation: Sequence[str], passage: str | Passage) -> bool:
    """Whether the segments plainly stand in ``passage``, letter by letter and in order.

    Then ``compare`` says that they are identical. False says nothing: such words have to be compared. Looking
    costs a fraction of comparing, and most words that come in with their source stand there like this.
    """
    source = passage if isinstance(passage, Passage) else Passage(passage)
    text = source.text
    if not quotation or source.clear.text != text:
        return False
    end = 0
    for segment in quotation:
        start = text.find(segment, end)
        if start < 0 or not _is_plain(segment) or not _stands_alone(text, start, start + len(segment)):
            return False
        if text.find(segment) < start or (len(quotation) > 1 and text.find(segment, start + 1) >= 0):
            return False
        end = start + len(segment)
    return True


@lru_cache(64)
def _is_plain(segment: str) -> bool:
    """Whether the segment begins with a word and holds nothing that is read in more than one way."""
    if not segment[:1].isalnum() or segment != segment.rstrip() or _READ_WITH_CARE.search(segment):
        return False
    return clear(segment).text == segment


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether quotation marks, the ends of the text or a space before the next word part the stretch off."""
    before = start == 0 or text[start - 1] in _PARTS_WORDS or text[start - 1] == " "
    after = end == len(text) or text[end] in _PARTS_WORDS
    return before and (after or (text[end] == " " and text[end + 1 : end + 2].isalnum()))


def fingerprint(segments: Sequence[str]) -> str:
    """A key that quotations share when their words are the same, "" when there are none.

    How marks and dashes are set, the case of the first letter, and the comma or full stop that closes a
    segment make no difference. Any word does, and so does punctuation between words.
    """
    return _fingerprint(tuple(segments))


@lru_cache(256)
def _fingerprint(segments: tuple[str, ...]) -> str:
    # Verbs ask for that of the same few quotations again and again.
    parts: list[str] = []
    for segment in segments:
        words = printed_words(clear(segment).text)
        parts += words[:-1] + [word.rstrip(",.;:-…") for word in words[-1:]]
    if not parts:
        return ""
    first = parts[0]
    return hashlib.sha256(" ".join([first[:1].lower() + first[1:], *parts[1:]]).encode()).hexdigest()


def _read_pieces(segments: Sequence[str], source: Passage) -> list[_Piece]:
    """The segments, parted at each ellipsis unless the source has that ellipsis too."""
    pieces: list[_Piece] = []
    for number, segment in enumerate(segments):
        text = clear(segment).text
        words = list(read_words(text))
        if not words:
            continue
        end = len(text.rstrip())
        whole = _Piece(number, tuple(words), text[words[0].start : end], last=True)
        ellipses = [place for place, word in enumerate(words[:-1], start=1) if "…" in word.gap]
        if not ellipses or whole.raw in source.clear.text:
            pieces.append(whole)
            continue
        for first, after in zip([0, *ellipses], [*ellipses, len(words)], strict=True):
            part = words[first:after]
            last = after == len(words)
            raw = text[part[0].start : end if last else part[-1].end]
            pieces.append(_Piece(number, tuple(part), raw, last))
    return pieces


def _find_places(pieces: Sequence[_Piece], source: Passage) -> list[_Place | None]:
    """A place for each piece: exact ones in order and close together, else the likeliest."""
    exact = [source.find(piece.words) for piece in pieces]
    found = [(piece, spans) for piece, spans in zip(pieces, exact, strict=True) if spans]
    chain = (
        closest_chain([_same_setting(piece, spans, source) for piece, spans in found])
        or closest_chain([spans for _, spans in found])
        or [spans[0] for _, spans in found]
    )
    chosen = iter(chain)
    spans = [next(chosen) if places else None for places in exact]
    places: list[_Place | None] = []
    for number, piece in enumerate(pieces):
        span = spans[number]
        if span is not None:
            places.append(_align_at(piece, span, source))
        else:
            near = [each for each in spans[:number][-1:] + spans[number + 1 :][:1] if each]
            places.append(_likeliest(piece, near, source))
    return places


def _same_setting(piece: _Piece, spans: Sequence[Span], source: Passage) -> Sequence[Span]:
    """Of places with the same words, those that are set as printed, if there are any."""
    text = source.clear.text
    plain = piece.raw[: piece.words[-1].end - piece.words[0].start]
    for raw in (piece.raw, plain):
        if same := [span for span in spans if text.startswith(raw, span.start)]:
            return same
    words = plain.split()  # white space may differ
    return [span for span in spans if span.of(text).split() == words] or spans


def _likeliest(piece: _Piece, near: Sequence[Span], source: Passage) -> _Place | None:
    """Where the words were most likely meant to come from; None when hardly one of them is anywhere."""
    count = len(piece.words)
    stretches = [source.around(span, count + 40) for span in near] + source.find_near(piece.words)
    best: _Place | None = None
    for stretch in stretches:
        place = _align_in(piece, stretch, source)
        if place and (best is None or place.matched > best.matched):
            best = place
    enough = best is not None and best.matched * 2 >= count and (best.matched > 1 or count == 1)
    return best if enough else None


def _align_at(piece: _Piece, span: Span, source: Passage) -> _Place:
    said = source.read(span, {word.key for word in piece.words})
    steps = tuple(align(piece.words, said))
    return _Place(span, steps, source.marks_after(span.end), len(piece.words))


def _align_in(piece: _Piece, stretch: Span, source: Passage) -> _Place | None:
    """Align the piece with the words of ``stretch`` that fit best, and drop those around them."""
    said = source.read(stretch, {word.key for word in piece.words})
    steps = align_closely(piece.words, narrow_down(said, piece.words))
    words = [word for step in steps for word in step.said]
    if not words:
        return None
    span = Span(words[0].start, words[-1].end)
    steps = _look_under_bracket(steps, said)
    matched = sum(len(step.printed) for step in steps if step.equal)
    return _Place(span, tuple(steps), source.marks_after(span.end), matched)


def _look_under_bracket(steps: list[Step], said: Sequence[Word]) -> list[Step]:
    """The steps, with the "not" of some kind that words in brackets at the start took the place of."""
    first = steps[0]
    if first.said or not all(word.bracketed for word in first.printed):
        return steps
    start = next(word.start for step in steps for word in step.said)
    before = [word for word in said if word.end <= start][-1:]
    if not is_negated(before) or any(mark in before[0].gap for mark in _ENDS_A_SENTENCE):
        return steps
    return [Step(False, tuple(before), first.printed), *steps[1:]]


def _grade(
    segments: Sequence[str],
    pieces: Sequence[_Piece],
    places: Sequence[_Place | None],
    source: Passage,
    policy: Policy,
) -> Comparison:
    verdict = Verdict()
    spans: dict[int, Span] = {}
    before: tuple[_Piece, _Place] | None = None
    for piece, place in zip(pieces, places, strict=True):
        if place is None:
            words = spell(piece.words, closed=False)
            verdict.lower(Grade.ALTERED, f"“{words}” is not there")
            verdict.parts.append(DiffPart("insert", "", words))
            continue
        if before:
            _judge_between(verdict, before, (piece, place), source, policy)
        nearby = [] if _is_exact(place) else source.read(source.around(place.span, _NEARBY), ())
        part = judge(place.steps, policy, last=piece.last, after=place.after, nearby=nearby)
        verdict.take(part)
        known = spans.get(piece.segment, place.span)
        spans[piece.segment] = Span(min(known.start, place.span.start), max(known.end, place.span.end))
        before = (piece, place)
    exact = [_widen(segments[number], source.clear.original(span), source) for number, span in spans.items()]
    if verdict.grade == Grade.IDENTICAL and not all(same for _, same in exact):
        verdict.lower(Grade.TYPOGRAPHIC)
    return Comparison(
        verdict.grade, tuple(span for span, _ in exact), tuple(verdict.parts), tuple(verdict.notes)
    )


def _judge_between(
    verdict: Verdict,
    before: tuple[_Piece, _Place],
    after: tuple[_Piece, _Place],
    source: Passage,
    policy: Policy,
) -> None:
    """The order of two pieces, and what an ellipsis between them leaves out."""
    start, end = before[1].span.end, after[1].span.start
    if end < start:
        words = spell(after[0].words[:6], closed=False)
        verdict.lower(Grade.ALTERED, f"“{words}” stands before the words it follows here")
    elif before[0].segment == after[0].segment:
        dropped = source.read(Span(start, end), ())
        told = spell(dropped) if len(dropped) <= 40 else f"{spell(dropped[:15])} […] {spell(dropped[-15:])}"
        verdict.parts.append(DiffPart("delete", told, "…"))
        if is_negated(_torn(before[0], dropped)):
            verdict.lower(Grade.ALTERED, f"the ellipsis hides “{told}”")
        elif len(dropped) > _MOST_LEFT_OUT:
            verdict.lower(Grade.ALTERED, f"the ellipsis leaves out {len(dropped):,} words")
        else:
            verdict.allow(policy.ellipsis, "words were left out at the ellipsis")


def _torn(before: _Piece, dropped: Sequence[Word]) -> list[Word]:
    """Of words left out, those of sentences that are left out in part: whole sentences may go."""
    ends = [n for n, word in enumerate(dropped, start=1) if any(m in word.gap for m in _ENDS_A_SENTENCE)]
    if not ends:
        return list(dropped)
    whole_before = any(mark in before.words[-1].gap for mark in _ENDS_A_SENTENCE)
    tail = dropped[ends[-1] :]
    clause = len(tail) > 1 and tail[-1].key in _JOINS_CLAUSES and any(mark in tail[-2].gap for mark in ",;-")
    return [*([] if whole_before else dropped[: ends[0]]), *([] if clause else tail)]


def _is_exact(place: _Place) -> bool:
    return all(step.equal for step in place.steps)


def _widen(segment: str, span: Span, source: Passage) -> tuple[Span, bool]:
    """The span with the segment's outer marks if they stand there too, and whether all is the same."""
    printed = segment.strip()
    first = next(read_words(printed), None)
    start = span.start - (first.start if first else 0)
    if start >= 0 and source.text.startswith(printed, start):
        return Span(start, start + len(printed)), True
    return span, False


def _absent(pieces: Sequence[_Piece]) -> Comparison:
    words = " ".join(spell(piece.words, closed=False) for piece in pieces)
    return Comparison(Grade.ABSENT, diff=(DiffPart("insert", "", words),))


def _found_words(places: Sequence[_Place | None]) -> int:
    return sum(place.matched for place in places if place)
