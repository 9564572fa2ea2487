"""What changed between two texts, word by word and paragraph beside paragraph, for pages that show both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from rapidfuzz.fuzz import ratio

TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")
AROUND: Final = 1  # paragraphs shown before and after a change
ALIKE: Final = 45  # of 100: from here on, one paragraph is the other rewritten
MOST: Final = 4000  # pairs of paragraphs that are compared to find which belongs beside which

Op = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text: `op` is "same", "gone" (only in the first text) or "new" (only in the second)."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of two texts beside each other; `left_out` instead counts paragraphs that are the same.

    `parts` has both in reading order. `hidden` are the paragraphs that are left out.
    """

    old: list[Part]
    new: list[Part]
    left_out: int = 0
    parts: tuple[Part, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the paragraph is not the same in both texts."""
        return any(part.op != "same" for part in self.parts)


def word_diff(before: str, after: str) -> list[Part]:
    """The two texts as one list of parts, in reading order.

    A space between two changed words is part of the change, so that a rewritten phrase reads as one.
    """
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    parts: list[Part] = []
    gone = added = ""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (op, i1, i2, j1, j2) in enumerate(codes):
        same = "".join(old[i1:i2])
        if op != "equal":
            gone, added = gone + same, added + "".join(new[j1:j2])
        elif gone and added and same.isspace() and place + 1 < len(codes):
            gone, added = gone + same, added + same
        else:
            parts += [*_change(gone, added), Part("same", same)]
            gone = added = ""
    return parts + _change(gone, added)


def side_by_side(before: str, after: str) -> list[Row]:
    """Two texts in rows, paragraph beside paragraph; long stretches that are the same are left out."""
    old, new = before.split("\n\n"), after.split("\n\n")
    rows: list[Row] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            rows += _same(old[i1:i2], first=i1 == 0, last=i2 == len(old))
        else:
            rows += [_row(one, two) for one, two in _pairs(old[i1:i2], new[j1:j2])]
    return rows


def _change(gone: str, added: str) -> list[Part]:
    found: list[Part] = [Part("gone", gone)] if gone else []
    return [*found, Part("new", added)] if added else found


def _row(one: str, two: str) -> Row:
    parts = word_diff(one, two) if one and two else _change(one, two)
    old = [part for part in parts if part.op != "new"]
    return Row(old, [part for part in parts if part.op != "gone"], parts=tuple(parts))


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Changed paragraphs with their counterparts, in order; one that has none stands beside nothing.

    The pairing with the most likeness in all, as an alignment of two sequences finds it.
    """
    if len(old) * len(new) > MOST or len(old) == len(new) == 1:
        return _by_place(old, new)
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[max(0.0, ratio(one, two) - ALIKE) for two in new] for one in old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[str, str]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((old[i], ""))
            i += 1
        else:
            pairs.append(("", new[j]))
            j += 1
    return [*pairs, *((one, "") for one in old[i:]), *(("", two) for two in new[j:])]


def _by_place(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    longer = max(len(old), len(new))
    return [
        (old[place] if place < len(old) else "", new[place] if place < len(new) else "")
        for place in range(longer)
    ]


def _same(paragraphs: list[str], *, first: bool, last: bool) -> list[Row]:
    """Unchanged paragraphs: those beside a change are shown, the rest is counted."""
    head, tail = (0 if first else AROUND), (0 if last else AROUND)
    if len(paragraphs) <= head + tail + 1:
        return [_row(paragraph, paragraph) for paragraph in paragraphs]
    end = len(paragraphs) - tail
    hidden = tuple(paragraphs[head:end])
    begin = [_row(paragraph, paragraph) for paragraph in paragraphs[:head]]
    return [
        *begin,
        Row([], [], len(hidden), hidden=hidden),
        *(_row(paragraph, paragraph) for paragraph in paragraphs[end:]),
    ]
