"""Reports of one sentence while they are found: which stand beside each other, and which inside another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from articles.text.frames import Frame
from articles.text.mentions import Mention

Part = tuple[int, int]  # places of words, half-open


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as places among the words of its paragraph.

    ``start`` is where the clause of its verb begins, with the comma and “but” before it. ``breaks`` says
    that the clause ends a report that is open before it.
    """

    frame: Frame
    mention: Mention | None
    start: int
    parts: tuple[Part, ...]
    form: str
    breaks: bool = False

    def covers(self, place: int) -> bool:
        """Whether the word is among those reported."""
        return any(first <= place < last for first, last in self.parts)


def add_draft(kept: list[Draft], draft: Draft) -> None:
    """Keeps a report beside those before it in the sentence; one inside another is part of its words."""
    before = kept[-1] if kept else None
    if before is not None and before.covers(draft.frame.cue):
        first, _ = before.parts[-1]
        if not draft.breaks or draft.start <= first:
            return
        kept[-1] = replace(before, parts=(*before.parts[:-1], (first, draft.start)))
    while kept and draft.covers(kept[-1].frame.cue):
        kept.pop()
    kept.append(draft)
