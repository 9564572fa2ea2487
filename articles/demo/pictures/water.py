"""Pictures of water: the harbour, the barrier, the ferry, the river."""

from __future__ import annotations

import math

from articles.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Point, mix, ripple


def horizon(c: Canvas) -> None:
    """A harbour at dusk: cranes, a moored ship, a low sun."""
    p = c.palette
    level = 640.0
    sun = (c.rng.uniform(1050, 1280), level - 95)
    c.gradient(mix(p.soft, p.paper, 0.15), p.paper, 0, level)
    c.glow(sun, 520, mix(p.accent, p.paper, 0.45), 0.7)
    c.disc(sun, 62, mix(p.accent, p.paper, 0.35))
    curve = ripple(c.rng)
    c.land(lambda x: level - 46 - 26 * curve(x), mix(p.soft, p.mid, 0.3))
    c.gradient(mix(p.mid, p.soft, 0.35), p.deep, level, HEIGHT)
    c.rect(0, level - 12, 760, 26, p.ink)
    for x, reach in ((110, 1.0), (300, 1.12), (505, 0.9)):
        _crane(c, x + c.rng.uniform(-15, 15), level - 10, 300 * reach)
    _ship(c, 640, level + 40, 520)
    c.water(level + 40, mix(p.accent, p.paper, 0.5), 130, sun[0])
    c.water(level + 30, mix(p.mid, p.soft, 0.4), 90)


def _crane(c: Canvas, x: float, base: float, height: float) -> None:
    ink = c.palette.ink
    top = base - height
    for leg in (-30, 30):
        c.line([(x + leg, base), (x + leg * 0.55, top + 60)], ink, 7)
    for n in range(5):
        a, b = base - n * height / 6.5, base - (n + 1) * height / 6.5
        c.line([(x - 29 + n * 2, a), (x + 29 - n * 2, b)], ink, 2.5)
    c.rect(x - 26, top + 40, 52, 34, ink)
    jib = (x + 250, top - 26)
    c.line([(x - 110, top + 52), (x, top + 44), jib], ink, 7)
    c.line([(x, top - 40), (x, top + 50)], ink, 6)
    c.line([(x - 105, top + 50), (x, top - 38), jib], ink, 2)
    c.rect(x - 118, top + 48, 36, 26, c.palette.accent)
    c.line([(x + 190, top - 10), (x + 190, top + 120)], ink, 1.6)
    c.rect(x + 180, top + 118, 20, 12, ink)


def _ship(c: Canvas, x: float, water: float, length: float) -> None:
    p = c.palette
    hull = [(x, water - 78), (x + length, water - 96), (x + length - 46, water), (x + 34, water)]
    c.polygon(hull, p.ink)
    c.polygon(
        [(x + 26, water - 18), (x + length - 40, water - 18), (x + length - 46, water), (x + 34, water)],
        p.accent,
    )
    c.rect(x + 40, water - 160, 96, 84, p.paper)
    c.rect(x + 56, water - 196, 64, 40, p.paper)
    for n in range(4):
        c.rect(x + 60 + n * 15, water - 184, 9, 10, p.deep)
    c.rect(x + 78, water - 232, 24, 38, p.accent)
    for n in range(7):
        tall = 22 if n % 3 == 1 else 0
        c.rect(x + 160 + n * 44, water - 112 - tall, 40, 26 + tall, (p.mid, p.soft, p.deep)[n % 3])


def bollards(c: Canvas) -> None:
    """An empty harbour mouth at dawn: flat water between two piers, bollards on the quay."""
    p = c.palette
    level = 520.0
    c.gradient(p.soft, p.paper, 0, level)
    c.glow((800, level), 620, mix(p.accent, p.paper, 0.55), 0.75)
    c.gradient(mix(p.soft, p.paper, 0.4), p.mid, level, HEIGHT)
    for side in (1, -1):
        x = 800 - side * 800
        pier = [
            (x, level - 22),
            (800 - side * 250, level - 8),
            (800 - side * 250, level + 12),
            (x, level + 60),
        ]
        c.polygon(pier, p.deep)
        lamp = 800 - side * 265
        c.rect(lamp - 12, level - 92, 24, 86, p.ink)
        c.rect(lamp - 20, level - 100, 40, 12, p.ink)
        c.disc((lamp, level - 112), 13, p.accent)
    c.water(level, mix(p.paper, p.accent, 0.2), 240, 800)
    c.polygon([(0, 850), (WIDTH, 820), (WIDTH, HEIGHT), (0, HEIGHT)], p.ink)
    c.line([(0, 852), (WIDTH, 822)], mix(p.ink, p.mid, 0.55), 4)
    for n in range(4):
        _bollard(c, 210 + n * 400 + c.rng.uniform(-20, 20), 872 - n * 8)


def _bollard(c: Canvas, x: float, base: float) -> None:
    p = c.palette
    c.polygon([(x - 34, base), (x + 34, base), (x + 24, base - 92), (x - 24, base - 92)], p.deep)
    c.polygon([(x - 44, base - 92), (x + 44, base - 92), (x + 30, base - 120), (x - 30, base - 120)], p.deep)
    c.polygon([(x - 44, base - 92), (x - 14, base - 92), (x - 12, base - 120), (x - 30, base - 120)], p.mid)
    c.polygon([(x - 34, base), (x - 14, base), (x - 10, base - 92), (x - 24, base - 92)], p.mid)


def masts(c: Canvas) -> None:
    """Small sailing boats in a row, their masts of different heights."""
    p = c.palette
    level = 700.0
    c.gradient(mix(p.soft, p.mid, 0.25), p.paper, 0, level)
    c.disc((330, 250), 92, mix(p.paper, p.accent, 0.12))
    curve = ripple(c.rng)
    c.land(lambda x: level - 60 - 30 * curve(x), mix(p.soft, p.mid, 0.45))
    c.gradient(p.mid, p.deep, level, HEIGHT)
    colours = (p.paper, p.accent, p.deep, p.soft)
    for n in range(9):
        x = 110 + n * 172 + c.rng.uniform(-22, 22)
        base = level + 30 + (n % 3) * 18
        top = base - c.rng.uniform(300, 560)
        c.line([(x, base - 20), (x, top)], p.ink, 5)
        c.line([(x, top + 12), (x + 74, base - 34)], p.ink, 1.4)
        c.line([(x, top + 12), (x - 70, base - 34)], p.ink, 1.4)
        c.line([(x, base - 66), (x + 80, base - 60)], p.ink, 4)
        c.line([(x + 4, base - 72), (x + 76, base - 68)], p.paper, 9)
        flag = [(x, top), (x + 38, top + 9), (x, top + 19)]
        c.polygon(flag, p.accent if n % 4 == 0 else p.deep)
        hull = [(x - 80, base - 36), (x + 92, base - 40), (x + 60, base + 6), (x - 58, base + 6)]
        c.polygon(hull, colours[n % 4])
        c.line([hull[0], hull[1]], p.ink, 4)
        for k in range(9):
            y = base + 20 + k * 22
            wobble = c.rng.uniform(-12, 12)
            c.line([(x - 4 + wobble, y), (x + 4 + wobble, y)], mix(p.ink, p.deep, 0.4), 4)
    c.water(level + 40, mix(p.mid, p.soft, 0.4), 150)


def gates(c: Canvas, gap: bool = False) -> None:
    """Five flood gates across a river mouth; with `gap`, the fourth hangs low."""
    p = c.palette
    sea, river = 560.0, 690.0
    c.gradient(mix(p.mid, p.soft, 0.35), mix(p.soft, p.paper, 0.65), 0, sea)
    curve = ripple(c.rng, 5)
    for n in range(4):
        shade = mix(p.soft, p.paper, 0.2 + n * 0.16)
        c.land(lambda x, n=n: 150 + n * 88 + 40 * curve(x * (1 + n / 3) + n * 400), shade)
    c.land(lambda x: sea - 34 + 12 * curve(x * 2), p.mid)
    c.gradient(mix(p.mid, p.deep, 0.4), p.deep, sea, HEIGHT)
    c.water(sea, mix(p.mid, p.soft, 0.45), 90)
    c.gradient(p.deep, p.ink, river, HEIGHT)
    for n in range(5):
        _gate(c, 120 + n * 272, river, low=gap and n == 3)
    for n in range(6):
        x = 72 + n * 272
        c.rect(x, sea - 150, 48, river - sea + 210, p.ink)
        c.polygon([(x - 10, sea - 150), (x + 58, sea - 150), (x + 44, sea - 196), (x + 4, sea - 196)], p.ink)
        c.disc((x + 24, sea - 214), 9, p.accent)
        c.rect(x + 6, sea - 120, 6, 150, mix(p.ink, p.mid, 0.5))
    c.water(river + 50, mix(p.deep, p.mid, 0.6), 120)


def _gate(c: Canvas, x: float, river: float, low: bool) -> None:
    p = c.palette
    top = river - 68 if low else river - 196
    face = p.accent if low else mix(p.paper, p.soft, 0.12)
    c.rect(x, top, 224, river + 26 - top, face)
    for k in range(1, 6):
        seam = x + k * 224 / 6
        c.line([(seam, top + 10), (seam, river + 20)], mix(face, p.mid, 0.45), 3)
    c.rect(x - 8, top - 10, 240, 16, mix(face, p.deep, 0.35))
    if low:
        _spill(c, x, top - 10, 224, river + 40)


def _spill(c: Canvas, x: float, top: float, width: float, bottom: float) -> None:
    """Water that runs over a gate."""
    p = c.palette
    for n in range(19):
        fall = x + 6 + n * (width - 12) / 18
        reach = (bottom - top) * c.rng.uniform(0.35, 1)
        shade = mix(p.mid, p.paper, c.rng.uniform(0.35, 0.8))
        c.line([(fall, top - 6), (fall, top + reach)], shade, c.rng.uniform(3, 8))
    c.oval((x + width / 2, bottom + 8), width * 0.46, 13, mix(p.mid, p.paper, 0.55))


def gate_gap(c: Canvas) -> None:
    """The barrier with its fourth gate hanging low."""
    gates(c, gap=True)


def crossing(c: Canvas) -> None:
    """A ferry route seen from above: a coast with a river, an island, one bold curve and one broken."""
    p = c.palette
    c.gradient(mix(p.soft, p.paper, 0.25), p.soft)
    bend = ripple(c.rng, 5, HEIGHT * 2.2)
    ys = [n * 8.0 for n in range(HEIGHT // 8 + 1)]
    shore = [(350 + 150 * bend(y) - 90 * math.exp(-(((y - 640) / 60) ** 2)), y) for y in ys]
    for n in range(6, -1, -1):
        shade = mix(p.soft, p.mid, 0.1 * (6 - n)) if n else p.deep
        c.polygon([(-90, 0), *((x + n * 36, y) for x, y in shore), (-90, HEIGHT)], shade)
    river = [(x, 640 + 46 * bend(x * 1.7)) for x in range(-20, 380, 10)]
    for width in (46, 30):
        c.line(river, mix(p.soft, p.mid, 0.5 if width == 30 else 0.62), width)
    centre, shape = (1270.0, 430.0), _shape(c)
    for n in range(5, -1, -1):
        shade = mix(p.soft, p.mid, 0.1 * (6 - n)) if n else p.deep
        c.polygon(_coast(centre, 130 + n * 36, shape), shade)
    c.polygon(_coast((1262, 420), 72, shape), mix(p.deep, p.mid, 0.4))
    start, end = (345.0, 640.0), (1148.0, 448.0)
    sail = _curve(start, end, -190)
    c.dashes(_curve(start, end, 150), p.ink, 5)
    c.line(sail, p.accent, 8)
    for point in (start, end):
        c.disc(point, 19, p.paper)
        c.disc(point, 11, p.ink)
    _ferry(c, sail[31])


def _shape(c: Canvas) -> list[Point]:
    """The waves of an island's outline: how far and at which angle each bulges."""
    return [(c.rng.uniform(0.5, 1) * 0.22 / n, c.rng.uniform(0, math.tau)) for n in range(2, 11)]


def _coast(centre: Point, radius: float, shape: list[Point]) -> list[Point]:
    points = []
    for degree in range(0, 360, 3):
        angle = math.radians(degree)
        bulge = sum(size * math.cos((n + 2) * angle + turn) for n, (size, turn) in enumerate(shape))
        reach = radius * (1 + bulge)
        points.append((centre[0] + reach * 1.15 * math.cos(angle), centre[1] + reach * math.sin(angle)))
    return points


def _curve(start: Point, end: Point, bend: float, steps: int = 60) -> list[Point]:
    points = []
    for n in range(steps + 1):
        t = n / steps
        lift = bend * math.sin(math.pi * t)
        points.append((start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t + lift))
    return points


def _ferry(c: Canvas, at: Point) -> None:
    x, y = at
    p = c.palette
    c.polygon([(x - 40, y - 15), (x + 24, y - 15), (x + 52, y), (x + 24, y + 15), (x - 40, y + 15)], p.paper)
    c.rect(x - 26, y - 8, 40, 16, p.accent)
    c.rect(x - 14, y - 4, 14, 8, p.ink)


def island(c: Canvas) -> None:
    """A small island with contour lines, and one dotted route that leads away."""
    p = c.palette
    c.gradient(mix(p.mid, p.soft, 0.3), mix(p.mid, p.soft, 0.7))
    centre, shape = (980.0, 480.0), _shape(c)
    for n in range(5, 0, -1):
        c.polygon(_coast(centre, 250 + n * 44, shape), mix(p.soft, p.mid, 0.16 * n))
    for n in range(7):
        outline = _coast((980 - n * 7, 480 - n * 9), 250 - n * 35, shape)
        c.polygon(outline, mix(p.paper, p.mid, 0.1 * n))
        c.line([*outline, outline[0]], mix(p.mid, p.deep, 0.5), 2 if n else 4)
    start = _coast(centre, 250, shape)[50]
    c.dashes(_curve(start, (-60, 900), 70, 90), p.ink, 7, 2, 3)
    c.disc(start, 16, p.accent)
    for n in range(5):
        x, y = start[0] + 40 + n * 36, start[1] - 14 + c.rng.uniform(-20, 14)
        c.rect(x, y, 17, 13, p.ink)
        c.polygon([(x - 3, y), (x + 20, y), (x + 8.5, y - 11)], p.accent)


def lanes(c: Canvas) -> None:
    """A rowing four from above, its oars making rings on the water."""
    p = c.palette
    c.gradient(mix(p.mid, p.soft, 0.35), p.mid)
    for n in range(4):
        y = 110 + n * 260
        c.line([(0, y), (WIDTH, y - 40)], mix(p.soft, p.paper, 0.3), 2)
        for k in range(27):
            x = k * 62 + 20
            c.disc((x, y - 40 * x / WIDTH), 7, p.accent if k % 6 == 0 else p.paper)
    c.water(0, mix(p.mid, p.soft, 0.55), 130)
    for n in range(5):
        x = 170 - n * 90
        c.line([(x, 524 - n * 9), (x - 60, 518 - n * 11)], p.paper, 3)
        c.line([(x, 552 + n * 10), (x - 60, 560 + n * 12)], p.paper, 3)
    seats = [(430 + n * 150, 533 - n * 3.75) for n in range(4)]
    for n, seat in enumerate(seats):
        _oar(c, seat, side=1 if n % 2 else -1)
    hull = [(200, 536), (350, 515), (990, 499), (1200, 505), (990, 533), (350, 553)]
    c.polygon(hull, p.paper)
    c.line([hull[0], hull[3]], mix(p.soft, p.mid, 0.5), 3)
    for x, y in seats:
        c.disc((x, y), 19, p.ink)
        c.disc((x + 3, y), 10, p.accent)


def _oar(c: Canvas, seat: Point, side: int) -> None:
    p = c.palette
    x, y = seat[0] - 70, seat[1] + side * 190
    for k in range(3):
        c.ring((x - 16, y), 34 + k * 27, mix(p.soft, p.paper, 0.5 - k * 0.15), 2.4 - k * 0.5, 0.72)
    c.line([seat, (x, y)], p.ink, 5)
    c.polygon([(x - 34, y - 11), (x + 6, y - 9), (x + 6, y + 9), (x - 34, y + 11)], p.accent)


def grass(c: Canvas) -> None:
    """Long blades of eelgrass leaning with the current."""
    p = c.palette
    c.gradient(mix(p.soft, p.paper, 0.55), p.deep)
    for n in range(7):
        x = 120 + n * 240 + c.rng.uniform(-60, 60)
        shaft = [(x, 0), (x + 90, 0), (x + 330, HEIGHT), (x + 60, HEIGHT)]
        c.veil(shaft, p.paper, 0.07)
    layers = (
        (mix(p.mid, p.soft, 0.45), 46, 560),
        (mix(p.mid, p.deep, 0.25), 54, 640),
        (p.deep, 50, 600),
        (p.ink, 34, 420),
    )
    for shade, count, tall in layers:
        for n in range(count):
            x = (n + c.rng.uniform(-0.4, 0.4)) * WIDTH / count - 60
            _blade(c, x, tall * c.rng.uniform(0.55, 1.1), c.rng.uniform(11, 20), shade)
    _blade(c, 905, 655, 22, p.accent)
    for n in range(9):
        fish = (640 + n * 46 + c.rng.uniform(-14, 14), 250 + (n * 53) % 110)
        c.polygon(
            [
                (fish[0], fish[1]),
                (fish[0] + 24, fish[1] - 7),
                (fish[0] + 40, fish[1]),
                (fish[0] + 24, fish[1] + 7),
            ],
            p.ink,
        )
        c.polygon([(fish[0] + 3, fish[1]), (fish[0] - 11, fish[1] - 7), (fish[0] - 11, fish[1] + 7)], p.ink)


def _blade(c: Canvas, x: float, tall: float, width: float, fill: str) -> None:
    left, right = [], []
    sway = c.rng.uniform(0.75, 1.25)
    for n in range(15):
        t = n / 14
        middle = x + sway * (190 * t * t + 22 * math.sin(3.4 * t))
        half = width / 2 * (1 - t**3)
        y = HEIGHT + 10 - tall * t
        left.append((middle - half, y))
        right.append((middle + half, y))
    c.polygon([*left, *reversed(right)], fill)
