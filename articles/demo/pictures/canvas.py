"""A sheet to draw on: logical pixels, drawn at twice the size and reduced, with grain like printed paper."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

WIDTH, HEIGHT = 1600, 1000
SCALE = 2
GRAIN = 0.2

Point = tuple[float, float]
Field = Callable[[float, float], float]


@dataclass(frozen=True, slots=True)
class Palette:
    """Six colours from dark to light, and one that is used sparingly."""

    ink: str
    deep: str
    mid: str
    soft: str
    paper: str
    accent: str


PALETTES = {
    "news": Palette("#14213a", "#1f3a5f", "#4f7593", "#b9cad3", "#f1ece1", "#d9532c"),
    "politics": Palette("#2a1a2e", "#4a2f4f", "#8a6a86", "#cdbfc6", "#f3ede4", "#c69a3a"),
    "business": Palette("#12302e", "#1f524d", "#5c8f86", "#bcd3c8", "#f4eee0", "#c8552b"),
    "science": Palette("#0f2a33", "#1c4c56", "#4d8a8b", "#b7d4cb", "#f0efe2", "#e3a32e"),
    "culture": Palette("#2b1524", "#5b2440", "#a05a6c", "#dcb9b4", "#f6ebe2", "#d99a3d"),
    "sport": Palette("#15301f", "#23563a", "#5d9468", "#bcd6b2", "#f3f0df", "#e26a2c"),
    "opinion": Palette("#2d2416", "#5d4a26", "#a38a52", "#dccda4", "#f7f1e1", "#b8432f"),
}


def rgb(colour: str) -> tuple[int, int, int]:
    """The three values of “#rrggbb”."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """The colour that lies `share` of the way (0 to 1) from `first` to `second`."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def ripple(rng: random.Random, parts: int = 4, longest: float = WIDTH) -> Callable[[float], float]:
    """A smooth random curve with values between about -1 and 1."""
    waves = [
        (rng.uniform(0.6, 1.4) * math.tau * 2**n / longest, rng.uniform(0, math.tau), 0.6**n)
        for n in range(parts)
    ]
    total = sum(size for _, _, size in waves)
    return lambda x: sum(size * math.sin(x * speed + shift) for speed, shift, size in waves) / total


class Canvas:
    """A sheet with a palette and a random generator of its own, so that a seed always gives one picture."""

    def __init__(self, palette: Palette, seed: int) -> None:
        self.palette = palette
        self.rng = random.Random(seed)  # noqa: S311
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), palette.paper)
        self.draw = ImageDraw.Draw(self.image)

    def gradient(self, top: str, bottom: str, y0: float = 0, y1: float = HEIGHT) -> None:
        """Fill the sheet between two heights, changing from `top` to `bottom`."""
        box = (0, round(y0 * SCALE), WIDTH * SCALE, round(y1 * SCALE))
        rows = Image.linear_gradient("L").resize((1, box[3] - box[1]))
        self.image.paste(top, box)
        self.image.paste(bottom, box, rows.resize((box[2], rows.height), Image.Resampling.NEAREST))

    def glow(self, centre: Point, radius: float, colour: str, strength: float) -> None:
        """A soft light: `colour` in the middle, nothing at `radius`."""
        side = round(radius * 2 * SCALE)
        light = ImageChops.invert(Image.radial_gradient("L")).resize((side, side))
        light = light.point([round(strength * max(value - 75, 0) * 255 / 180) for value in range(256)])
        corner = (round((centre[0] - radius) * SCALE), round((centre[1] - radius) * SCALE))
        self.image.paste(Image.new("RGB", (side, side), colour), corner, light)

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        """A filled shape."""
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def line(self, points: Sequence[Point], fill: str, width: float = 2) -> None:
        """A line through `points` with round corners and ends."""
        stroke = max(round(width * SCALE), 1)
        places = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(places, fill=fill, width=stroke, joint="curve")
        if stroke > 3:
            for x, y in (places[0], places[-1]):
                self.draw.ellipse((x - stroke / 2, y - stroke / 2, x + stroke / 2, y + stroke / 2), fill=fill)

    def dashes(self, points: Sequence[Point], fill: str, width: float = 2, on: int = 3, off: int = 3) -> None:
        """A broken line: `on` points drawn, `off` left out."""
        for start in range(0, len(points) - on, on + off):
            self.line(points[start : start + on + 1], fill, width)

    def rect(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A filled rectangle; nothing when it has no size."""
        if width > 0 and height > 0:
            right, bottom = (x + width) * SCALE - 1, (y + height) * SCALE - 1
            self.draw.rectangle((x * SCALE, y * SCALE, right, bottom), fill=fill)

    def disc(self, centre: Point, radius: float, fill: str) -> None:
        """A filled circle."""
        x, y, r = centre[0] * SCALE, centre[1] * SCALE, radius * SCALE
        self.draw.ellipse((x - r, y - r, x + r, y + r), fill=fill)

    def oval(self, centre: Point, across: float, down: float, fill: str) -> None:
        """A filled ellipse of two radii."""
        x, y = centre[0] * SCALE, centre[1] * SCALE
        box = (x - across * SCALE, y - down * SCALE, x + across * SCALE, y + down * SCALE)
        self.draw.ellipse(box, fill=fill)

    def dust(self, count: int, bottom: float, colour: str, sizes: Point = (0.7, 2)) -> None:
        """Small specks scattered over the upper part of the sheet: stars."""
        for _ in range(count):
            place = (self.rng.uniform(0, WIDTH), self.rng.uniform(0, bottom))
            self.disc(place, self.rng.uniform(*sizes), colour)

    def ring(self, centre: Point, radius: float, fill: str, width: float = 2, flat: float = 1) -> None:
        """A circle, or with `flat` below 1 an ellipse that lies."""
        x, y, r = centre[0] * SCALE, centre[1] * SCALE, radius * SCALE
        box = (x - r, y - r * flat, x + r, y + r * flat)
        self.draw.ellipse(box, outline=fill, width=max(round(width * SCALE), 1))

    def arc(self, centre: Point, radius: float, angles: Point, fill: str, width: float = 2) -> None:
        """A part of a circle, between two angles in degrees, clockwise from the right."""
        x, y, r = centre[0] * SCALE, centre[1] * SCALE, radius * SCALE
        box = (x - r, y - r, x + r, y + r)
        self.draw.arc(box, angles[0], angles[1], fill=fill, width=max(round(width * SCALE), 1))

    def veil(self, shape: Sequence[Point], colour: str, strength: float) -> None:
        """A see-through shape."""
        mask = Image.new("L", self.image.size, 0)
        points = [(x * SCALE, y * SCALE) for x, y in shape]
        ImageDraw.Draw(mask).polygon(points, fill=round(255 * strength))
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), mask)

    def land(self, height: Callable[[float], float], fill: str, step: float = 8) -> None:
        """Everything below a curve."""
        xs = [n * step for n in range(math.ceil(WIDTH / step) + 1)]
        self.polygon([*((x, height(x)) for x in xs), (WIDTH, HEIGHT), (0, HEIGHT)], fill)

    def water(self, horizon: float, light: str, count: int = 260, centre: float | None = None) -> None:
        """Short level strokes of light on water, wider and rarer towards the reader."""
        for _ in range(count):
            depth = self.rng.random() ** 1.7
            y = horizon + 6 + depth * (HEIGHT - horizon)
            spread = WIDTH / 2 if centre is None else 60 + 300 * depth
            middle = WIDTH / 2 if centre is None else centre
            x = middle + self.rng.uniform(-spread, spread)
            length = (8 + 70 * depth) * self.rng.uniform(0.4, 1)
            self.line([(x - length, y), (x + length, y)], light, 1 + 1.6 * depth)

    def finish(self) -> bytes:
        """The picture as a JPEG, with grain."""
        small = self.image.reduce(SCALE)
        noise = Image.frombytes("L", small.size, self.rng.randbytes(WIDTH * HEIGHT))
        noise = noise.point([round(128 + (value - 128) * GRAIN) for value in range(256)])
        grained = ImageChops.soft_light(small, Image.merge("RGB", (noise, noise, noise)))
        out = io.BytesIO()
        grained.save(out, "JPEG", quality=88)
        return out.getvalue()


def level_lines(field: Field, levels: Sequence[float], cell: int = 16) -> list[tuple[int, Point, Point]]:
    """Where `field` crosses each level: pieces of line, each with the number of its level."""
    columns, rows = WIDTH // cell + 2, HEIGHT // cell + 2
    grid = [[field(x * cell, y * cell) for x in range(columns)] for y in range(rows)]
    pieces = []
    for y in range(rows - 1):
        for x in range(columns - 1):
            corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
            values = [grid[b][a] for a, b in corners]
            low, high = min(values), max(values)
            for number, level in enumerate(levels):
                if low < level <= high:
                    pieces += [(number, a, b) for a, b in _crossings(corners, values, level, cell)]
    return pieces


def _crossings(
    corners: list[tuple[int, int]], values: list[float], level: float, cell: int
) -> list[tuple[Point, Point]]:
    points = []
    for n in range(4):
        (x0, y0), (x1, y1) = corners[n], corners[(n + 1) % 4]
        a, b = values[n], values[(n + 1) % 4]
        if (a < level) != (b < level):
            share = (level - a) / (b - a)
            points.append(((x0 + (x1 - x0) * share) * cell, (y0 + (y1 - y0) * share) * cell))
    return list(zip(points[::2], points[1::2], strict=True))
