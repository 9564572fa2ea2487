"""Raw copy as the parts of a story: headline, dek, byline, dateline and paragraphs, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.text.clean import Cut, clean_copy
from articles.text.decode import UnreadableCopy, check_copy, decode_copy
from articles.text.layout import Block, gap_between, make_block, narrow
from articles.text.spans import Span

__all__ = ["Block", "Cut", "ParsedCopy", "UnreadableCopy", "check_copy", "decode_copy", "parse_copy"]

_HEADING = re.compile(r"(?P<open>#{1,6}\s+|\*\*(?=\S)|__(?=\S))(?P<words>.*\S)", re.DOTALL)
_HEADLINE_LABEL = re.compile(r"(?:headline|title|hed)\s*[:–—]\s*", re.IGNORECASE)
_DEK_LABEL = re.compile(
    r"(?:dek|deck|subhead(?:line|ing)?|summary|standfirst|abstract|subtitle)\s*[:–—]\s*", re.I
)
_ANY_NAME = r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,5}"
_BYLINE = re.compile(
    rf"(?:by|words by|story by|written by|reported by|author)s?(?: ?: ?| )(?P<names>{_ANY_NAME}"
    rf"(?:(?:,| and| &|,? with| ?\||/| for| in| ?[—–-]) ?(?:the )?{_ANY_NAME}){{0,8}})\.?",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December))\b"
)
# What may stand uncapitalised in a byline: particles of names, joining words, jobs.
_SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "and the of in for with at de del della van von der den da di du dos la le el al bin bint ibn y e "
        "ter ten zu af av staff writer reporter correspondent editor columnist special to our desk senior "
        "chief political business sports health science culture city education",
    )
)
_JOB = re.compile(
    rf"(?:{_ANY_NAME}(?:,| \||,? at) )?(?:[\w’'&-]+ ){{0,4}}"
    r"(?:writer|reporter|correspondent|editor|columnist|bureau|contributor|news agency|newsroom|staff)s?"
    r"(?:,? (?:in|at|for) [\w .'’-]{2,40})?",
    re.IGNORECASE,
)
_PLACE = r"[A-Z][A-Z.'’-]*[A-Z.](?:[ /-][A-Z.'’][A-Z.'’-]*)*"
_REGION = r"(?:, [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2})?"
_DAY = r"(?:, ?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:, ?\d{4})?)?"
_AGENCY = r"(?: ?\([A-Z][\w .&/’'-]{1,40}\))"
_DATELINE = re.compile(
    r"(?!(?:EXCLUSIVE|BREAKING|UPDATED?|OPINION|WATCH|VIDEO|ANALYSIS|LIVE|REVIEW)\b)"
    rf"(?:{_PLACE}{_REGION}{_DAY}{_AGENCY}?|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}}{_REGION}{_DAY}{_AGENCY})"
    r"(?P<dash>\s*(?:—|–|--)\s*|\s+-\s+)(?=\S)"
)
_SENTENCE_END = re.compile(r"\.[\"”’')\]]*$")
_LONGEST_HEADLINE = 200


@dataclass(frozen=True, slots=True)
class ParsedCopy:
    """The parts of a story. Spans count characters of ``original``; ``body`` is the paragraphs alone."""

    original: str
    headline: Block | None
    dek: Block | None
    byline: Block | None
    dateline: Block | None
    paragraphs: tuple[Block, ...]
    cuts: tuple[Cut, ...]
    developing: bool
    body: str
    _places: tuple[tuple[int, int], ...] = field(repr=False, default=())

    def original_span(self, span: Span) -> Span:
        """Where characters of ``body`` stand in ``original``. Raises ValueError past the end of the body."""
        if span.end > len(self.body):
            raise ValueError(f"The body ends at {len(self.body)}, before the span's end at {span.end}.")
        start = self._original(span.start)
        return Span(start, max(start, self._original(span.end - 1) + 1) if span.end > span.start else start)

    def _original(self, offset: int) -> int:
        number = bisect_right(self._places, (offset, len(self.original) + 1)) - 1
        if number < 0:
            return 0
        body, original = self._places[number]
        return original + offset - body


def parse_copy(copy: str, *, keep: Sequence[Span] = ()) -> ParsedCopy:
    """Clean ``copy`` and find the parts of the story in it.

    Every kept word is in exactly one part. ``keep``: stretches that an editor put back after cleaning.
    """
    cleaned = clean_copy(copy, keep=keep)
    parts = _Parts(copy, list(cleaned.blocks))
    headline, dek, byline = parts.take_head()
    dateline = parts.take_dateline()
    paragraphs = tuple(_unmark(copy, block) for block in parts.blocks)
    body, places = _join(copy, paragraphs)
    return ParsedCopy(
        copy, headline, dek, byline, dateline, paragraphs, cleaned.cuts, cleaned.developing, body, places
    )


def _join(copy: str, paragraphs: Sequence[Block]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The body, and for the start of each stretch of it the offset in the copy."""
    places: list[tuple[int, int]] = []
    offset = 0
    for block in paragraphs:
        for number, line in enumerate(block.lines):
            places.append((offset, line.start))
            offset += line.end - line.start
            if number < len(block.lines) - 1:
                offset += len(gap_between(line.of(copy)))
        offset += 2
    return "\n\n".join(block.text for block in paragraphs), tuple(places)


def _unmark(copy: str, block: Block) -> Block:
    """The block without the marks of a Markdown heading or of bold type around the whole of it."""
    found = _HEADING.fullmatch(block.text)
    if not found:
        return block
    mark = found["open"].strip()
    start = block.start + len(found["open"])
    closed = found["words"].endswith(mark) and len(found["words"]) > len(mark)
    if mark[0] in "*_" and (not closed or mark in found["words"][: -len(mark)]):
        return block
    end = block.end - len(mark) if closed and len(block.lines) == 1 else block.end
    return narrow(copy, block, Span(start, end)) or block


class _Parts:
    """The kept blocks, from which the parts above the first paragraph are taken one by one."""

    def __init__(self, copy: str, blocks: list[Block]) -> None:
        self.copy = copy
        self.blocks = blocks

    def take_head(self) -> tuple[Block | None, Block | None, Block | None]:
        byline = self._take_byline() if len(self.blocks) > 2 else None
        headline = self._take_headline()
        if headline is None:
            return None, None, byline or self._take_byline()
        byline = byline or self._take_byline()
        dek = self._take_dek(byline)
        return headline, dek, byline or self._take_byline()

    def take_dateline(self) -> Block | None:
        """The dateline, taken off the front of the first paragraph that is left; its dash goes."""
        if not self.blocks or not (found := _DATELINE.match(self.blocks[0].text)):
            return None
        block = self.blocks[0]
        line = block.lines[0]
        if found.end() >= line.end - line.start:
            return None
        dateline = make_block(self.copy, [Span(line.start, line.start + found.start("dash"))])
        rest = narrow(self.copy, block, Span(line.start + found.end(), block.end))
        self.blocks[:1] = [rest] if rest else []
        return dateline

    def _take_headline(self) -> Block | None:
        if not self.blocks:
            return None
        block = _unmark(self.copy, self.blocks[0])
        marked = block is not self.blocks[0] and self.blocks[0].text.startswith("#")
        if label := _HEADLINE_LABEL.match(block.text):
            block = narrow(self.copy, block, Span(block.start + label.end(), block.end)) or block
            marked = True
        if not marked and not self._is_headline(block.text):
            return None
        del self.blocks[0]
        return block

    def _is_headline(self, text: str) -> bool:
        if len(self.blocks) < 2 or len(text) > _LONGEST_HEADLINE or _DATELINE.match(text):
            return False
        following = self.blocks[1].text
        if _SENTENCE_END.search(text) and not text.endswith("..."):
            return _is_byline(following) or _DATELINE.match(following) is not None
        return not text.endswith((":", ",")) and not text.startswith(("- ", "• "))

    def _take_dek(self, byline: Block | None) -> Block | None:
        """The line under the headline: labelled or marked as one, before the byline, or no full sentence."""
        if len(self.blocks) < 2:
            return None
        raw, following = self.blocks[0], self.blocks[1].text
        block = _unmark(self.copy, raw)
        label = _DEK_LABEL.match(block.text)
        above_byline = byline is None and _is_byline(following)
        short = len(block.text) <= 300 and not _DATELINE.match(block.text)
        fragment = not re.search(r"[.!?…:][\"”’')\]]*$", block.text) and len(following) > len(block.text)
        if label is None and not (short and (above_byline or fragment or raw.text.startswith("##"))):
            return None
        del self.blocks[0]
        start = block.start + (label.end() if label else 0)
        return narrow(self.copy, block, Span(start, block.end)) or block

    def _take_byline(self) -> Block | None:
        if len(self.blocks) < 2 or not _is_byline(self.blocks[0].text):
            return None
        names = _unmark(self.copy, self.blocks.pop(0))
        if len(self.blocks) < 2 or not _is_job(self.blocks[0].text):
            return names
        if self.copy[names.end : self.blocks[0].start].strip():  # something was cut between the two
            return names
        job = self.blocks.pop(0)
        return Block(names.start, job.end, f"{names.text}, {job.text}", (*names.lines, *job.lines))


def _is_byline(text: str) -> bool:
    text = text.strip("*_ ")
    if len(text) > 160 or len(text.split()) > 20:
        return False
    found = _BYLINE.fullmatch(text)
    return _is_job(text) if found is None else _are_names(found["names"])


def _are_names(names: str) -> bool:
    words = re.findall(r"[^\W\d_][\w.'’-]*", names.removeprefix("the "))
    small = [word for word in words if word[0].islower()]
    return words[0][0].isupper() and _SMALL_WORDS.issuperset(small) and not _NO_NAME.match(names)


def _is_job(text: str) -> bool:
    return len(text.split()) <= 9 and text[:1].isupper() and _JOB.fullmatch(text) is not None
