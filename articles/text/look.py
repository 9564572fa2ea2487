"""The stylesheet that makes the readers' pages this paper's own: custom properties, and nothing else.

What the paper leaves as it is takes no byte. The colours below are those of static/articles/newsroom.css (a
test compares them), so that what an editor chooses can be held against them before readers see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from articles.text.colour import contrast, made_readable, mix

GROUND: Final = "#fcfbf8"
GROUND_DARK: Final = "#14171a"
INK: Final = {"ink": "#14181c", "ink-soft": "#50565b", "warn": "#9a2617", "good": "#22613f"}
INK_DARK: Final = {"ink": "#e9e6df", "ink-soft": "#a9aca9", "warn": "#f19a86", "good": "#8fcaa4"}
DESKS: Final = ("#17526f", "#9a2f16", "#2e612f", "#6d2b5e", "#7a5200", "#39478c")
DESKS_DARK: Final = ("#86bfdd", "#ef9f83", "#93c78f", "#d9a1cb", "#dfb866", "#a9b4ee")

SYSTEM_SERIF: Final = 'Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif'
SYSTEM_SANS: Final = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'


@dataclass(frozen=True, slots=True)
class Look:
    """What a paper decided about its looks; what is empty is as the stylesheet of the program has it."""

    accent: str = ""
    ground: str = ""
    ground_dark: str = ""
    reading: str = "newsreader"
    labels: str = "franklin"
    headlines: str = "reading"
    reading_url: str = ""
    labels_url: str = ""
    sections: tuple[tuple[str, str], ...] = ()  # slug and colour


def stylesheet(look: Look) -> str:
    """The custom properties that differ from the program's, as CSS; empty when none does."""
    light, dark = _grounds(look)
    if look.accent:
        light["accent"] = look.accent
        dark["accent"] = made_readable(look.accent, look.ground_dark or GROUND_DARK)
    parts = [*_faces(look), _rule(":root", light | _families(look)), *_sections(look, dark=False)]
    dark_parts = [_rule(":root", dark), *_sections(look, dark=True)]
    if any(dark_parts):
        inner = "".join(dark_parts)
        parts.append(f"@media (prefers-color-scheme:dark){{{inner}}}")
        parts.append("@media print{:root{--accent:#000;--paper:#fff}}")
    return "".join(parts)


def unreadable(colour: str, grounds: dict[str, str]) -> float:
    """The lowest contrast of `colour` on any of `grounds`."""
    return min(contrast(colour, ground) for ground in grounds.values())


def _grounds(look: Look) -> tuple[dict[str, str], dict[str, str]]:
    light, dark = {}, {}
    if look.ground:
        light = {
            "paper": look.ground,
            "raised": mix(look.ground, "#ffffff", 0.6),
            "wash": mix(look.ground, INK["ink"], 0.045),
            "rule": mix(look.ground, INK["ink"], 0.16),
        }
    if look.ground_dark:
        dark = {
            "paper": look.ground_dark,
            "raised": mix(look.ground_dark, "#ffffff", 0.045),
            "wash": mix(look.ground_dark, "#ffffff", 0.045),
            "rule": mix(look.ground_dark, INK_DARK["ink"], 0.16),
        }
    return light, dark


def _families(look: Look) -> dict[str, str]:
    found = {}
    reading = {"system_serif": SYSTEM_SERIF, "system_sans": SYSTEM_SANS, "own": f"Own, {SYSTEM_SERIF}"}
    labels = {"system_sans": SYSTEM_SANS, "own": f'"Own labels", {SYSTEM_SANS}'}
    if look.reading in reading:
        found["serif"] = reading[look.reading]
    if look.labels in labels:
        found["sans"] = labels[look.labels]
    if look.headlines == "labels":
        found["headline"] = "var(--sans)"
    return found


def _faces(look: Look) -> list[str]:
    own = [
        ("Own", look.reading == "own", look.reading_url),
        ('"Own labels"', look.labels == "own", look.labels_url),
    ]
    return [
        f"@font-face{{font-family:{family};font-weight:100 900;font-display:swap;"
        f'src:url("{url}")format("woff2")}}'
        for family, used, url in own
        if used and url
    ]


def _sections(look: Look, *, dark: bool) -> list[str]:
    ground = look.ground_dark or GROUND_DARK
    return [
        _rule(f'[data-desk="{slug}"]', {"desk": made_readable(colour, ground) if dark else colour})
        for slug, colour in look.sections
    ]


def _rule(selector: str, properties: dict[str, str]) -> str:
    if not properties:
        return ""
    body = ";".join(f"--{name}:{value}" for name, value in properties.items())
    return f"{selector}{{{body}}}"
