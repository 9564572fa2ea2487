"""Colours of a paper: how they are read, whether people can read on them, and the stylesheet they make."""

import re
from pathlib import Path

import pytest

from articles.text import look as program
from articles.text.colour import contrast, made_readable, mix, read_colour
from articles.text.look import Look, find_unreadable, stylesheet

CSS = (Path(__file__).parents[2] / "static/articles/newsroom.css").read_text()


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#17526F", "#17526f"),
        (" abc ", "#aabbcc"),
        ("17526f", "#17526f"),
        ("red", ""),
        ("#12345", ""),
        ("", ""),
    ],
)
def test_a_colour_is_read(text: str, colour: str) -> None:
    assert read_colour(text) == colour


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_a_colour_is_made_readable_and_no_lighter_than_needed() -> None:
    assert made_readable("#86bfdd", "#14171a") == "#86bfdd"
    lighter = made_readable("#17526f", "#14171a")
    assert 4.5 <= contrast(lighter, "#14171a") < 5
    assert contrast(made_readable("#ffee00", "#ffffff"), "#ffffff") >= 4.5
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


def declared(name: str) -> list[str]:
    """The values of a custom property in the program's stylesheet: for light screens, then for dark ones."""
    return re.findall(rf"--{name}: (#[0-9a-f]{{3,6}});", CSS)


def test_the_colours_are_those_of_the_stylesheet() -> None:
    assert declared("paper") == [program.GROUND, program.GROUND_DARK]
    assert declared("wash")[0] == program.WASH
    for name, light, dark in zip(
        ("ink", "ink-soft", "warn", "good"), program.INK, program.INK_DARK, strict=True
    ):
        assert declared(name) == [light, dark]
    for number, (light, dark) in enumerate(zip(program.DESKS, program.DESKS_DARK, strict=True), start=1):
        assert declared(f"desk-{number}") == [light, dark]


def test_the_program_itself_can_be_read() -> None:
    assert find_unreadable(Look(ground=program.GROUND, ground_dark=program.GROUND_DARK)) == []
    assert all(contrast(colour, program.WASH) >= 4.5 for colour in (*program.INK, *program.DESKS))


def test_what_differs_is_written_and_nothing_else() -> None:
    assert stylesheet(Look()) == ""
    css = stylesheet(Look(accent="#7a1f3d", sections=(("coast", "#0a5c5c"),)))
    light, dark = css.split("@media screen and (prefers-color-scheme:dark)")
    assert ":root{--accent:#7a1f3d}" in light
    assert '[data-desk="coast"]{--desk:#0a5c5c}' in light
    made = re.search(r"--desk:(#[0-9a-f]{6})", dark)
    assert made is not None
    assert contrast(made[1], program.GROUND_DARK) >= 4.5
    assert "font" not in css


def test_typefaces_are_named() -> None:
    css = stylesheet(
        Look(reading="own", reading_url="/media/brand/a.woff2", labels="system_sans", headlines="labels")
    )
    assert css.startswith("@font-face{font-family:Own;")
    assert "--serif:Own, " in css
    assert "--sans:system-ui" in css
    assert "--headline:var(--sans)" in css


def test_what_cannot_be_read_is_found_with_its_contrast() -> None:
    found = {(each.name, each.dark): each.contrast for each in find_unreadable(
        Look(accent="#f2c14e", ground="#9a9a9a", ground_dark="#5a5a5a", sections=(("coast", "#bbbbbb"),))
    )}  # fmt: skip
    assert found.keys() == {("accent", False), ("text", False), ("text", True), ("coast", False)}
    assert all(1 <= ratio < 4.5 for ratio in found.values())
