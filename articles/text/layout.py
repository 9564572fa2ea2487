"""The blocks of raw copy: its lines, with those that a mailer or terminal wrapped put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from articles.text.spans import Span

_LINE = re.compile(r"\S[^\r\n\v\f\x85\u2028\u2029]*")
_LINE_ENDS = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_ENDS_A_SENTENCE = re.compile(r"[.!?…:;][\"”’'»)\]*_]*$")
_STARTS_ANEW = re.compile(r"#{1,6}\s|[*•·–—-]\s|>\s|\d{1,2}[.)]\s|(?:Q|A)[.:]\s|B[Yy] [^\W\d_a-z]")
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 26


@dataclass(frozen=True, slots=True)
class Block:
    """A headline, a paragraph or another stretch that belongs together, with its place in the copy.

    ``text`` reads as one line; ``lines`` are the stretches of the copy that it is made of.
    """

    start: int
    end: int
    text: str
    lines: tuple[Span, ...] = ()

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def make_block(copy: str, lines: Sequence[Span]) -> Block:
    """The block that ``lines`` of ``copy`` make up. A hyphen at a line end stays and takes no space."""
    parts = [lines[0].of(copy)]
    for line in lines[1:]:
        parts += [gap_between(parts[-1]), line.of(copy)]
    return Block(lines[0].start, lines[-1].end, "".join(parts), tuple(lines))


def gap_between(line: str) -> str:
    """What joins a wrapped line to the next: a space, or nothing after a hyphen inside a word."""
    return "" if re.search(r"\w[-\u2010\xad]$", line) else " "


def narrow(copy: str, block: Block, span: Span) -> Block | None:
    """The part of ``block`` that lies inside ``span`` of the copy; None when no word does."""
    inside = [
        trimmed
        for line in block.lines
        if (trimmed := _trim(copy, max(line.start, span.start), min(line.end, span.end)))
    ]
    return make_block(copy, inside) if inside else None


def split_blocks(copy: str, *, alone: Callable[[str], bool] = lambda line: False) -> tuple[Block, ...]:
    """The blocks of ``copy`` in order. Every character that is not white space is in exactly one.

    A blank line always parts blocks, and so does a line end, except inside hard-wrapped paragraphs.
    ``alone`` says which lines are in no paragraph, however wide they are.
    """
    lines = [line for found in _LINE.finditer(copy) if (line := _trim(copy, found.start(), found.end()))]
    width = _wrap_width(copy, lines)
    groups: list[list[Span]] = []
    for before, line in zip([None, *lines], lines, strict=False):
        joined = before is not None and width and _continues(copy, before, line, width)
        if joined and before is not None and not (alone(before.of(copy)) or alone(line.of(copy))):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(make_block(copy, group) for group in groups)


def _trim(copy: str, start: int, end: int) -> Span | None:
    if end <= start:
        return None
    text = copy[start:end]
    start += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    return Span(start, end) if end > start else None


def _single_break(copy: str, before: Span, after: Span) -> bool:
    return len(_LINE_ENDS.findall(copy, before.end, after.start)) == 1


def _wrap_width(copy: str, lines: Sequence[Span]) -> int:
    """The width that the copy is wrapped at; 0 where every line is a paragraph of its own."""
    lengths = sorted(line.end - line.start for line in lines)
    if len(lengths) < 3:
        return 0
    widths = dict.fromkeys(lengths[-1 - len(lengths) // part] for part in (50, 8, 4))
    wrapped = {width: count for width in widths if (count := _count_wrapped(copy, lines, width))}
    return max(wrapped, key=lambda width: wrapped[width], default=0)


def _count_wrapped(copy: str, lines: Sequence[Span], width: int) -> int:
    """How many lines end at ``width`` for want of room; 0 where the copy is not wrapped at it."""
    if width > _WIDEST_WRAP or width < _NARROWEST_WRAP:
        return 0
    full = [
        before
        for before, after in zip(lines, lines[1:], strict=False)
        if _single_break(copy, before, after) and _is_full(copy, before, after, width)
    ]
    inside = sum(not _ENDS_A_SENTENCE.search(line.of(copy)) for line in full)
    widest = width >= max(line.end - line.start for line in lines)
    enough = 2 if widest else max(2, len(lines) * 2 // 5)
    return len(full) if len(full) >= enough and inside * 2 > len(full) else 0


def _is_full(copy: str, line: Span, after: Span, width: int) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    first_word = len(after.of(copy).split(maxsplit=1)[0])
    length = line.end - line.start
    return length + 1 + first_word > width * 0.92 and length <= width * 1.1


def _continues(copy: str, before: Span, line: Span, width: int) -> bool:
    if not _single_break(copy, before, line) or _STARTS_ANEW.match(line.of(copy)):
        return False
    indent = copy[before.end : line.start].rpartition("\n")[2]
    previous_indent = copy[max(0, before.start - 12) : before.start].rpartition("\n")[2]
    if len(indent) > len(previous_indent.rpartition("\r")[2]) and not indent.strip(" \t"):
        return False
    return _is_full(copy, before, line, width)
