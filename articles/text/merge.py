"""Two edits of one text made into one: what each changed alone is taken, what both changed is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Who = Literal["nobody", "mine", "theirs", "both", "conflict"]

# The blocks that stand at the top of a cleaned body (`articles.text.markup`), with all that is inside them.
_BLOCK: Final = re.compile(
    r"<(p|h2|h3|ul|ol|blockquote|figure|aside|table|hr)\b[^>]*>(?:.*?</\1>)?", re.DOTALL
)
_NESTING: Final = frozenset({"ul", "ol", "blockquote"})
_EDGE: Final = re.compile(r"<(/?)(ul|ol|blockquote)\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring blocks with one fate. `who` changed them; of a conflict, both versions are here.

    `mine` and `theirs` are the blocks in each version; they are the same but for a conflict.
    """

    who: Who
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """The result of a merge, in reading order."""

    pieces: tuple[Piece, ...]

    @property
    def conflicts(self) -> tuple[Piece, ...]:
        """Where both changed the same blocks in different ways."""
        return tuple(piece for piece in self.pieces if piece.who == "conflict")

    @property
    def blocks(self) -> tuple[str, ...]:
        """The merged text; where both changed the same blocks, mine."""
        return tuple(block for piece in self.pieces for block in piece.mine)


def split_blocks(html: str) -> tuple[str, ...]:
    """The blocks of a cleaned body; joined again they are the body. Words outside any block are one, too."""
    blocks: list[str] = []
    at = 0
    while found := _BLOCK.search(html, at):
        blocks += [html[at : found.start()]] if html[at : found.start()].strip() else []
        end = _end_of_nest(html, found.start()) if found[1] in _NESTING else found.end()
        blocks.append(html[found.start() : end])
        at = end
    return (*blocks, html[at:]) if html[at:].strip() else tuple(blocks)


def merge_html(base: str, mine: str, theirs: str) -> Merge:
    """Merge two cleaned bodies that were both made from `base`, block by block."""
    return merge_blocks(split_blocks(base), split_blocks(mine), split_blocks(theirs))


def merge_blocks(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Merge:
    """Three-way merge (as diff3 does it): blocks that neither changed are the fixed points between which
    the two versions are compared with what they were made from."""
    pieces: list[Piece] = []
    b = m = t = 0
    for b1, m1, t1, size in [*_fixed(base, mine, theirs), (len(base), len(mine), len(theirs), 0)]:
        pieces += _between(base[b:b1], mine[m:m1], theirs[t:t1])
        same = tuple(base[b1 : b1 + size])
        pieces += [Piece("nobody", same, same)] if same else []
        b, m, t = b1 + size, m1 + size, t1 + size
    return Merge(tuple(pieces))


def _between(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[Piece]:
    """The pieces of a stretch in which no block is the same in all three."""
    if len(base) == len(mine) == len(theirs) > 1:  # each block has its counterpart: judge it alone
        return [
            piece
            for one, two, three in zip(base, mine, theirs, strict=True)
            for piece in _between((one,), (two,), (three,))
        ]
    old, ours, other = tuple(base), tuple(mine), tuple(theirs)
    if not (ours or other):
        return []
    if ours == other:
        return [Piece("both", ours, ours)]
    if ours == old:
        return [Piece("theirs", other, other)] if other else []
    if other == old:
        return [Piece("mine", ours, ours)] if ours else []
    return [Piece("conflict", ours, other)]


def _fixed(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> list[tuple[int, int, int, int]]:
    """Runs of blocks that are in all three: where they begin in each, and how many they are."""
    in_mine = SequenceMatcher(None, base, mine, autojunk=False).get_matching_blocks()
    in_theirs = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    fixed: list[tuple[int, int, int, int]] = []
    i = j = 0
    while i < len(in_mine) and j < len(in_theirs):
        one, two = in_mine[i], in_theirs[j]
        start, end = max(one.a, two.a), min(one.a + one.size, two.a + two.size)
        if start < end:
            fixed.append((start, one.b + start - one.a, two.b + start - two.a, end - start))
        if one.a + one.size <= two.a + two.size:
            i += 1
        else:
            j += 1
    return fixed


def _end_of_nest(html: str, start: int) -> int:
    """Where the list or block quote that opens at `start` closes, with those inside it."""
    depth = 0
    for edge in _EDGE.finditer(html, start):
        depth += -1 if edge[1] else 1
        if depth == 0:
            return edge.end()
    return len(html)
