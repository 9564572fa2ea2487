"""What changed between two texts, word by word, for pages that show both."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


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
