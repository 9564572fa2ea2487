"""Illustrations for the demo newsroom, drawn by the program from a recipe, a seed and a palette."""

from __future__ import annotations

from collections.abc import Callable

from articles.demo.pictures import charts, city, things, water
from articles.demo.pictures.canvas import PALETTES, Canvas

RECIPES: dict[str, Callable[[Canvas], None]] = {
    recipe.__name__.replace("_", "-"): recipe
    for recipe in (
        *(water.horizon, water.bollards, water.masts, water.gates, water.gate_gap, water.crossing),
        *(water.island, water.lanes, water.grass),
        *(city.roofs, city.sagging, city.facade, city.windows, city.columns, city.chamber),
        *(city.shelves, city.stage, city.bench, city.night_bus),
        *(charts.tide, charts.contours, charts.isobars, charts.storm, charts.stars),
        *(things.waveform, things.pitch, things.puddle, things.mesh, things.knots, things.beam, things.coils),
    )
}


def make_picture(recipe: str, *, seed: int, palette: str) -> bytes:
    """A JPEG of 1600×1000 pixels, always the same for the same `recipe`, `seed` and `palette`.

    Raises KeyError for a recipe or a palette that does not exist.
    """
    canvas = Canvas(PALETTES[palette], seed)
    RECIPES[recipe](canvas)
    return canvas.finish()
