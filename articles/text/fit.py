"""Setting words in a box: lines of one width, as large as fits. What they measure a function says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Measure = Callable[[str], float]  # the width of a piece of text
MeasureAt = Callable[[int], Measure]  # … at a size of type
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines at a size of type. `cut` says that the words go on."""

    size: int
    lines: tuple[str, ...]
    cut: bool = False


def wrap(text: str, measure: Measure, width: float) -> tuple[str, ...]:
    """`text` in lines of at most `width`, broken at spaces; a word wider than a line is broken anywhere.

    Nothing is hyphenated and no character is lost but the spaces at which a line ends.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, measure, width)
        lines += full
    return (*lines, line) if line else tuple(lines)


def balance(text: str, measure: Measure, width: float) -> tuple[str, ...]:
    """`text` in as few lines as `width` allows, and these of much the same length."""
    lines = wrap(text, measure, width)
    low, high = 0.0, width
    for _ in range(8):
        middle = (low + high) / 2
        if len(narrower := wrap(text, measure, middle)) == len(lines) and _unbroken(narrower, text):
            lines, high = narrower, middle
        else:
            low = middle
    return lines


def fit(
    text: str,
    measure_at: MeasureAt,
    *,
    width: float,
    height: float,
    sizes: Sequence[int],
    leading: float,
    closing: str = "",
) -> Setting:
    """`text` at the largest of `sizes` (the largest first) at which its lines fit into the box.

    What fits at none is cut after a word of the smallest, with an ellipsis and `closing` behind it.
    """
    for size in sizes:
        measure = measure_at(size)
        lines = wrap(text, measure, width)
        if len(lines) * size * leading <= height and _unbroken(lines, text):
            return Setting(size, balance(text, measure, width))
    size = sizes[-1]
    measure = measure_at(size)
    room = max(1, int(height / (size * leading)))
    lines = wrap(text, measure, width)
    if len(lines) <= room:
        return Setting(size, lines)
    return Setting(size, _cut(text, measure, width, room, closing), cut=True)


def _cut(text: str, measure: Measure, width: float, room: int, closing: str) -> tuple[str, ...]:
    words = text.split()
    low, high = 0, len(words) - 1
    while low < high:
        middle = (low + high + 1) // 2
        fits = len(wrap(_shortened(words[:middle], closing), measure, width)) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return wrap(_shortened(words[:low], closing), measure, width)[:room]


def _shortened(words: Sequence[str], closing: str) -> str:
    return f"{' '.join(words)} {ELLIPSIS}{closing}".strip()


def _pieces(word: str, measure: Measure, width: float) -> list[str]:
    """A word in pieces that fit; a single character may be wider than a line."""
    pieces: list[str] = []
    piece = ""
    for sign in word:
        if piece and measure(piece + sign) > width:
            pieces.append(piece)
            piece = ""
        piece += sign
    return [*pieces, piece]


def _unbroken(lines: Sequence[str], text: str) -> bool:
    """Whether every line ends at a space of `text`."""
    return " ".join(lines) == " ".join(text.split())
