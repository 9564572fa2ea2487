"""Colours as editors write them, and whether people can read one on another (WCAG 2.2)."""

from __future__ import annotations

import re
from typing import Final

READABLE: Final = 4.5  # the contrast that text needs, success criterion 1.4.3

_HEX = re.compile(r"#?(?P<short>[0-9a-f]{3})|#?(?P<long>[0-9a-f]{6})", re.IGNORECASE)
_STEPS: Final = 50


def read_colour(text: str) -> str:
    """The colour as `#rrggbb` in small letters, from `#abc`, `ABC` or `#aabbcc`; empty when it is none."""
    match = _HEX.fullmatch(text.strip())
    if match is None:
        return ""
    digits = match["long"] or "".join(digit * 2 for digit in match["short"])
    return f"#{digits.lower()}"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours `#rrggbb`, from 1 to 21, in any order."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a colour `#rrggbb`, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(one: str, other: str, share: float) -> str:
    """A colour between two, `share` of it `other`."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def made_readable(colour: str, ground: str, ratio: float = READABLE) -> str:
    """The colour, made lighter on a dark ground, darker on a light one, as far as `ratio` needs."""
    goal = "#ffffff" if luminance(ground) < 0.18 else "#000000"
    for step in range(_STEPS + 1):
        nearer = mix(colour, goal, step / _STEPS)
        if contrast(nearer, ground) >= ratio:
            return nearer
    return goal


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
