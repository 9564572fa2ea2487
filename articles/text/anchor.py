"""A remark stays with the words it is about, wherever an edit moves them and whatever it makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz.distance import Levenshtein

from articles.text.carry import carry
from articles.text.compare import compare
from articles.text.spans import Span

_BLOCK: Final = re.compile(r"(?:(?!\n\n).)+", re.DOTALL)
_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")
_ALIKE: Final = {"'": "['‘’]", "‘": "['‘’]", "’": "['‘’]", '"': '["“”]', "“": '["“”]', "”": '["“”]'}
_KEPT: Final = 0.5  # so much of the words must be left for them to be the same words, edited
_MOST_TOKENS: Final = 6000  # in one block; a longer one is searched, not aligned
_FEWEST_WORDS: Final = 4  # fewer words are looked for as they are, since anything is like them


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words that somebody marked, and where they stand in the text now; None when they are not in it."""

    words: str
    span: Span | None


def find_words(words: str, text: str) -> tuple[Span, ...]:
    """All places of `words` in `text`, however they are spaced and whatever shape quotation marks have."""
    parts = ["".join(_ALIKE.get(sign, re.escape(sign)) for sign in part) for part in words.split()]
    if not parts:
        return ()
    return tuple(Span(*found.span()) for found in re.finditer(r"\s+".join(parts), text))


def nearest(spans: Sequence[Span], place: int) -> Span | None:
    """Of `spans` the one that starts nearest to `place`; None when there is none."""
    return min(spans, key=lambda span: (abs(span.start - place), span.start), default=None)


def follow_anchors(anchors: Sequence[Anchor], old: str, new: str) -> tuple[Span | None, ...]:
    """Where each anchor of the text `old` stands in the text `new`; None when its words are gone.

    Blocks are matched first, wherever they moved, and a place is followed inside its block. Words that left
    their block are looked for elsewhere, but never where the same words stood before: those are others. So
    are words that were gone and come back.
    """
    edit = _Edit(old, new)
    return tuple(edit.follow(anchor) for anchor in anchors)


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class _Edit:
    """One edit of a text."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new

    def follow(self, anchor: Anchor) -> Span | None:
        if self.old == self.new and anchor.span is not None:
            return anchor.span
        if anchor.span is None:
            return self._elsewhere(anchor.words, 0, None)
        if found := self._in_its_blocks(anchor.span):
            return found
        words, place = anchor.span.of(self.old), anchor.span.start
        return self._elsewhere(words, place, anchor.span) or self._likely(words)

    @cached_property
    def _pairs(self) -> list[tuple[_Block, _Block]]:
        """Blocks of before with what they are now."""
        before, after = list(_blocks(self.old)), list(_blocks(self.new))
        carried = carry([[block.text] for block in before], [[block.text] for block in after])
        return [
            (before[each.old], after[each.new])
            for each in carried
            if each.old is not None and each.new is not None
        ]

    def _in_its_blocks(self, span: Span) -> Span | None:
        """The place of `span` inside what became of its blocks."""
        pieces = [
            found
            for old, new in sorted(self._pairs, key=lambda pair: pair[0].start)
            if (part := _common(span, old)) and (found := _follow_in(part, old, new))
        ]
        if not pieces:
            return None
        whole = Span(pieces[0].start, pieces[-1].end)
        together = pieces == sorted(pieces, key=lambda piece: piece.start)
        if together and whole.end - whole.start <= 2 * (span.end - span.start) + 40:
            return whole
        return max(pieces, key=lambda piece: piece.end - piece.start)

    def _elsewhere(self, words: str, place: int, own: Span | None) -> Span | None:
        """The nearest place of exactly these words that is not one of those that held them before."""
        found = find_words(words, self.new)
        if not found:
            return None
        others = [span for span in find_words(words, self.old) if span != own]
        taken = {image.start for span in others if (image := self._in_its_blocks(span))}
        return nearest([span for span in found if span.start not in taken], place)

    def _likely(self, words: str) -> Span | None:
        """The place of words that were moved and edited in one go."""
        if len(words.split()) < _FEWEST_WORDS:
            return None
        spans = compare(words, self.new).spans
        if not spans or not carry([[words]], [[span.of(self.new) for span in spans]])[0].grade:
            return None
        return Span(spans[0].start, spans[-1].end)


def _blocks(text: str) -> Iterator[_Block]:
    for found in _BLOCK.finditer(text):
        yield _Block(found.start(), found.group())


def _common(span: Span, block: _Block) -> Span | None:
    """What of `span` lies in `block`, in characters of the block."""
    start, end = max(span.start, block.start) - block.start, min(span.end, block.end) - block.start
    return Span(start, end) if block.text[max(start, 0) : max(end, 0)].strip() else None


def _follow_in(part: Span, old: _Block, new: _Block) -> Span | None:
    """Where `part` of a block stands in the text, now that the block is `new`; None when it is gone."""
    if old.text == new.text:
        return Span(new.start + part.start, new.start + part.end)
    before, after = list(_TOKEN.finditer(old.text)), list(_TOKEN.finditer(new.text))
    if max(len(before), len(after)) > _MOST_TOKENS:
        return None
    inside = [n for n, token in enumerate(before) if token.start() < part.end and token.end() > part.start]
    first, last = inside[0], inside[-1] + 1
    kept, places = 0, []
    for same, was, now in _steps([token[0] for token in before], [token[0] for token in after]):
        start, end = max(was.start, first), min(was.end, last)
        if start >= end or now.start == now.end:
            continue
        if same:
            shift = now.start - was.start
            kept += sum(len(token[0]) for token in before[start:end] if token[0].isalnum())
            places += [after[start + shift].start(), after[end - 1 + shift].end()]
        elif was == Span(start, end):  # put in the place of words inside the part
            places += [after[now.start].start(), after[now.end - 1].end()]
    size = sum(len(token[0]) for token in before[first:last] if token[0].isalnum())
    if not places or kept < max(1, size * _KEPT):
        return None
    found = new.text[places[0] : places[-1]]
    lead = len(found) - len(found.lstrip())
    start = new.start + places[0] + lead
    return Span(start, start + len(found.strip()))


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, Span, Span]]:
    """Stretches that are the same, and what stands between them: whether they are, tokens before and now."""
    was = now = 0
    for block in Levenshtein.editops(before, after).as_matching_blocks():
        if block.a > was or block.b > now:
            yield False, Span(was, block.a), Span(now, block.b)
        was, now = block.a + block.size, block.b + block.size
        yield True, Span(block.a, was), Span(block.b, now)
