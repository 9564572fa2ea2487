"""The stylesheet that makes the readers' pages this paper's own: custom properties, and nothing else.

What the paper leaves as it is takes no byte. The colours below are those of static/articles/newsroom.css (a
test compares them), so that what an editor chooses can be held against them before readers see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from articles.text.colour import READABLE, contrast, made_readable, mix

GROUND: Final = "#fcfbf8"
GROUND_DARK: Final = "#14171a"
WASH: Final = "#f3f1ea"
INK: Final = ("#14181c", "#50565b", "#9a2617", "#22613f")  # --ink, --ink-soft, --warn, --good
INK_DARK: Final = ("#e9e6df", "#a9aca9", "#f19a86", "#8fcaa4")
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


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A colour that people cannot read on a ground: its name, the scheme, and the contrast that it has."""

    name: str  # "text", "accent", or the name of a section's colour
    dark: bool
    contrast: float


@lru_cache(maxsize=8)
def stylesheet(look: Look) -> str:
    """The custom properties that differ from the program's, as CSS; empty when none does.

    Colours are for screens alone: paper is white and ink is black.
    """
    light, dark = _grounds(look)
    if look.accent:
        light["accent"] = look.accent
        dark["accent"] = made_readable(look.accent, look.ground_dark or GROUND_DARK)
    families = _rule(":root", _families(look))
    schemes = [
        _scheme("light", [_rule(":root", light), *_sections(look, dark=False)]),
        _scheme("dark", [_rule(":root", dark), *_sections(look, dark=True)]),
    ]
    return "".join([*_faces(look), families, *schemes])


def find_unreadable(look: Look) -> list[Unreadable]:
    """What cannot be read on the grounds of `look`, the page and the tinted boxes on it, in either scheme.

    Colours for dark screens that are made from others are made readable, and need no check.
    """
    light, dark = _grounds(look)
    grounds = [light["paper"], light["wash"]] if light else [GROUND, WASH]
    own = {"accent": look.accent, **dict(look.sections)}
    program = (*INK, *DESKS) if light else ()
    found = [_worst("text", colour, grounds, dark=False) for colour in program]
    found += [_worst(name, colour, grounds, dark=False) for name, colour in own.items() if colour]
    if dark:
        grounds = [dark["paper"], dark["wash"]]
        found += [_worst("text", colour, grounds, dark=True) for colour in (*INK_DARK, *DESKS_DARK)]
    worst: dict[tuple[str, bool], Unreadable] = {}
    for each in sorted(found, key=lambda each: each.contrast):
        if each.contrast < READABLE:
            worst.setdefault((each.name, each.dark), each)
    return list(worst.values())


def _worst(name: str, colour: str, grounds: list[str], *, dark: bool) -> Unreadable:
    return Unreadable(name, dark, min(contrast(colour, ground) for ground in grounds))


def _scheme(name: str, rules: list[str]) -> str:
    inner = "".join(rules)
    return f"@media screen and (prefers-color-scheme:{name}){{{inner}}}" if inner else ""


def _grounds(look: Look) -> tuple[dict[str, str], dict[str, str]]:
    light, dark = {}, {}
    if look.ground:
        light = {
            "paper": look.ground,
            "raised": mix(look.ground, "#ffffff", 0.6),
            "wash": mix(look.ground, INK[0], 0.045),
            "rule": mix(look.ground, INK[0], 0.16),
        }
    if look.ground_dark:
        dark = {
            "paper": look.ground_dark,
            "raised": mix(look.ground_dark, "#ffffff", 0.045),
            "wash": mix(look.ground_dark, "#ffffff", 0.045),
            "rule": mix(look.ground_dark, INK_DARK[0], 0.16),
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
