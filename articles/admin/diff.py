"""What changed between two texts, word by word, for pages that show both."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


AROUND = 1  # paragraphs shown before and after a change


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text: `op` is "same", "gone" (only in the first text) or "new" (only in the second)."""

    op: str
    text: str


def word_diff(before: str, after: str) -> list[Part]:
    """The two texts as one list of parts, in reading order."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    parts: list[Part] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            parts.append(Part("same", "".join(old[i1:i2])))
            continue
        if i1 < i2:
            parts.append(Part("gone", "".join(old[i1:i2])))
        if j1 < j2:
            parts.append(Part("new", "".join(new[j1:j2])))
    return parts


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of two texts beside each other; `left_out` instead counts paragraphs that are the same."""

    old: list[Part]
    new: list[Part]
    left_out: int = 0


def side_by_side(before: str, after: str) -> list[Row]:
    """Two texts in rows, paragraph beside paragraph; long stretches that are the same are left out."""
    old, new = before.split("\n\n"), after.split("\n\n")
    rows: list[Row] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            rows += _same(old[i1:i2], first=i1 == 0, last=i2 == len(old))
            continue
        for place in range(max(i2 - i1, j2 - j1)):
            one = old[i1 + place] if i1 + place < i2 else ""
            two = new[j1 + place] if j1 + place < j2 else ""
            parts = word_diff(one, two)
            rows.append(Row([p for p in parts if p.op != "new"], [p for p in parts if p.op != "gone"]))
    return rows


def _same(paragraphs: list[str], *, first: bool, last: bool) -> list[Row]:
    """Unchanged paragraphs: those beside a change are shown, the rest is counted."""
    head, tail = (0 if first else AROUND), (0 if last else AROUND)
    if len(paragraphs) <= head + tail + 1:
        shown = [[Part("same", paragraph)] for paragraph in paragraphs]
        return [Row(parts, parts) for parts in shown]
    begin = [[Part("same", paragraph)] for paragraph in paragraphs[:head]]
    end = [[Part("same", paragraph)] for paragraph in paragraphs[len(paragraphs) - tail :]]
    left_out = Row([], [], len(paragraphs) - head - tail)
    return [*(Row(p, p) for p in begin), left_out, *(Row(p, p) for p in end)]
