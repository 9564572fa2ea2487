"""Where the paragraphs of a body begin and end, whatever convention its lines follow."""

from __future__ import annotations

import re
from itertools import pairwise

from articles.text.spans import Span

_LINE = re.compile(r"[^\r\n]+")
_ENDS_A_SENTENCE = tuple(".!?…:;\"”’'»)*—")


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of ``text`` in order, without the white space around them.

    A blank line always parts two paragraphs. A single line break parts them too, unless the copy is
    hard-wrapped: most of its single breaks then fall in the middle of a sentence.
    """
    lines = [line for match in _LINE.finditer(text) if (line := _strip(text, match.start(), match.end()))]
    if not lines:
        return ()
    joined = [_is_single_break(text, before.end, after.start) for before, after in pairwise(lines)]
    if not _is_hard_wrapped(text, lines, joined):
        return tuple(lines)
    paragraphs: list[Span] = [lines[0]]
    for line, same in zip(lines[1:], joined, strict=True):
        if same:
            paragraphs[-1] = Span(paragraphs[-1].start, line.end)
        else:
            paragraphs.append(line)
    return tuple(paragraphs)


def _strip(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None


def _is_single_break(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return between.count("\n") + between.replace("\r\n", "").count("\r") <= 1


def _is_hard_wrapped(text: str, lines: list[Span], joined: list[bool]) -> bool:
    single = [line for line, same in zip(lines, joined, strict=False) if same]
    inside = sum(not text[line.end - 1 : line.end].endswith(_ENDS_A_SENTENCE) for line in single)
    return len(single) >= 2 and inside * 2 > len(single)
