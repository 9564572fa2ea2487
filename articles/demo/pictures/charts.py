"""Pictures that are charts: tides, depths, weather, stars."""

from __future__ import annotations

import math

from articles.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Point, level_lines, mix, ripple


def tide(c: Canvas) -> None:
    """A tide curve over bands of sea; one peak crosses a broken line."""
    p = c.palette
    c.gradient(p.paper, mix(p.paper, p.soft, 0.5))
    faint = mix(p.soft, p.paper, 0.35)
    for n in range(13):
        c.line([(80 + n * 120, 90), (80 + n * 120, 910)], faint, 1.5)
    for n in range(7):
        c.line([(80, 130 + n * 120), (1520, 130 + n * 120)], faint, 1.5)
    shift = c.rng.uniform(-0.6, 1.4)
    storm = 94 * (math.pi / 2 + math.tau * c.rng.choice((1, 2)) - shift)

    def height(x: float, scale: float = 1.0) -> float:
        swell = 112 * math.sin(x / 94 + shift) + 16 * math.sin(x / 188 + 1)
        return 590 - scale * (swell + 196 * math.exp(-(((x - storm) / 120) ** 2)))

    for n in range(5):
        c.land(lambda x, n=n: height(x, 1 - n * 0.17) + n * 74, mix(p.soft, p.deep, 0.06 + n * 0.22))
    limit = 392.0
    over = [(x, height(x)) for x in range(0, WIDTH + 1, 2) if height(x) < limit]
    c.polygon([*over, (over[-1][0], limit), (over[0][0], limit)], p.accent)
    c.line([(x, height(x)) for x in range(0, WIDTH + 1, 4)], p.ink, 6)
    c.dashes([(x, limit) for x in range(80, 1524, 6)], p.accent, 4, 4, 4)
    c.disc((80, limit), 10, p.accent)
    for n in range(37):
        c.line([(80 + n * 40, 90), (80 + n * 40, 90 + (26 if n % 3 == 0 else 14))], p.deep, 3)


def contours(c: Canvas) -> None:
    """Depth contours around a river mouth, with five small piers as dark bars."""
    p = c.palette
    bend, rough = ripple(c.rng, 4), ripple(c.rng, 5, HEIGHT)

    def depth(x: float, y: float) -> float:
        channel = 500 + 150 * bend(x * 0.8)
        width = 170 + max(x - 760, 0) * 0.62
        across = (y - channel) / width
        return (
            math.exp(-across * across) * (0.55 + x / 2600) + 0.07 * rough(y + x * 0.35) + 0.05 * bend(x + y)
        )

    levels = [0.1 + n * 0.085 for n in range(11)]
    step = 8
    shades = [mix(p.paper, p.soft, 0.15), *(mix(p.soft, p.deep, n / 10) for n in range(11))]
    for y in range(0, HEIGHT, step):
        for x in range(0, WIDTH, step):
            value = depth(x + step / 2, y + step / 2)
            c.rect(x, y, step, step, shades[sum(value >= level for level in levels)])
    for number, a, b in level_lines(depth, levels, 10):
        c.line([a, b], p.ink if number == 0 else mix(p.ink, p.soft, 0.25), 4 if number == 0 else 1.7)
    channel = 500 + 150 * bend(790 * 0.8)
    c.disc((800, channel + 85), 30, p.accent)
    for n in range(5):
        y = channel - 170 + n * 85
        c.polygon([(770, y - 9), (830, y - 9), (846, y), (830, y + 9), (770, y + 9), (754, y)], p.ink)
    for _ in range(46):
        x, y = c.rng.uniform(60, 1540), c.rng.uniform(60, 940)
        if depth(x, y) > 0.42 and abs(x - 800) > 90:
            c.line([(x - 7, y), (x + 7, y)], p.paper, 2)
            c.line([(x, y - 7), (x, y + 7)], p.paper, 2)


def isobars(c: Canvas, storm: bool = False) -> None:
    """Isobars as nested curves: wide around a high, or with `storm` packed around a deep low."""
    p = c.palette
    if storm:
        c.gradient(p.deep, p.ink)
    else:
        c.gradient(p.paper, mix(p.paper, p.soft, 0.55))
    centre = (610.0, 400.0) if storm else (880.0, 480.0)
    lean = c.rng.uniform(0.2, 0.5)
    rough = ripple(c.rng, 3, 2200)

    def pressure(x: float, y: float) -> float:
        dx, dy = x - centre[0], (y - centre[1]) * 1.35 + (x - centre[0]) * lean
        far = math.hypot(dx, dy)
        return far + 70 * rough(x) + 60 * rough(y * 1.3 + 700) + (0.05 * x if storm else 0)

    coast = ripple(c.rng, 5, HEIGHT * 1.2)
    shore = [(1180 + 130 * coast(y) + 0.16 * y, y) for y in range(0, HEIGHT + 1, 10)]
    c.polygon(
        [*shore, (WIDTH, HEIGHT), (WIDTH, 0)], mix(p.deep, p.mid, 0.45) if storm else mix(p.soft, p.mid, 0.35)
    )
    gap = 44 if storm else 92
    levels = [70 + n * gap + (n * n * 1.4 if storm else 0) for n in range(22 if storm else 12)]
    faint = mix(p.soft, p.deep, 0.35) if storm else mix(p.mid, p.deep, 0.25)
    for number, a, b in level_lines(pressure, levels, 12):
        bold = number % 4 == 2
        colour = (p.paper if bold else faint) if storm else (p.deep if bold else mix(faint, p.paper, 0.25))
        c.line([a, b], colour, 4.5 if bold else 2.4)
    if storm:
        _front(c, [(centre[0] + 60 + 13 * n, centre[1] + 60 + 0.75 * n * n) for n in range(27)])
        c.disc(centre, 22, p.accent)
    else:
        c.disc(centre, 20, p.deep)
        c.ring(centre, 40, p.deep, 3)
        for n in range(14):
            y = 770 + (n % 5) * 34
            x = 180 + n * 70 + c.rng.uniform(-20, 20)
            c.line([(x, y), (x + c.rng.uniform(60, 150), y)], mix(p.soft, p.mid, 0.3), 6)


def storm(c: Canvas) -> None:
    """Isobars packed around a deep low."""
    isobars(c, storm=True)


def _front(c: Canvas, points: list[Point]) -> None:
    accent = c.palette.accent
    c.line(points, accent, 7)
    for n in range(2, len(points) - 1, 3):
        (x0, y0), (x1, y1) = points[n], points[n + 1]
        angle = math.atan2(y1 - y0, x1 - x0)
        left = (x0 - 22 * math.cos(angle), y0 - 22 * math.sin(angle))
        right = (x0 + 22 * math.cos(angle), y0 + 22 * math.sin(angle))
        tip = (x0 + 36 * math.sin(angle), y0 - 36 * math.cos(angle))
        c.polygon([left, right, tip], accent)


def stars(c: Canvas) -> None:
    """A star chart over the low outline of an island."""
    p = c.palette
    c.gradient(mix(p.ink, "#000000", 0.35), p.deep)
    pole = (c.rng.uniform(420, 560), 330.0)
    for n in range(9):
        c.ring(pole, 120 + n * 140, mix(p.ink, p.mid, 0.3), 1.4)
    for n in range(24):
        angle = n * math.tau / 24
        near = (pole[0] + 120 * math.cos(angle), pole[1] + 120 * math.sin(angle))
        far = (pole[0] + 1500 * math.cos(angle), pole[1] + 1500 * math.sin(angle))
        c.line([near, far], mix(p.ink, p.mid, 0.2), 1.2)
    for _ in range(900):
        t = c.rng.uniform(0, 1)
        x = t * WIDTH + c.rng.gauss(0, 70)
        y = 860 - 760 * t + c.rng.gauss(0, 74)
        c.disc((x, y), c.rng.uniform(0.6, 1.5), mix(p.mid, p.soft, c.rng.random()))
    for n in range(26):
        t = n / 25
        c.glow((t * WIDTH, 860 - 760 * t), 150, p.soft, 0.05)
    for _ in range(240):
        c.disc((c.rng.uniform(0, WIDTH), c.rng.uniform(0, 860)), 0.8 + 2.2 * c.rng.random() ** 4, p.paper)
    for figure in (((930, 230), 6), ((330, 620), 5), ((1260, 560), 5)):
        _figure(c, *figure)
    curve = ripple(c.rng, 6)
    c.land(
        lambda x: 905 - 95 * math.exp(-(((x - 1010) / 330) ** 2)) * (1 + 0.25 * curve(x * 3)) + 20,
        mix(p.ink, "#000000", 0.55),
    )
    c.rect(0, 930, WIDTH, 70, mix(p.ink, "#000000", 0.3))
    c.rect(1002, 800, 8, 46, mix(p.ink, "#000000", 0.55))
    c.glow((1006, 800), 42, p.accent, 0.9)
    c.disc((1006, 800), 5, p.accent)


def _figure(c: Canvas, start: Point, count: int) -> None:
    p = c.palette
    points = [start]
    angle = c.rng.uniform(-0.6, 0.6)
    for _ in range(count - 1):
        angle += c.rng.uniform(-1.1, 1.1)
        step = c.rng.uniform(70, 130)
        x, y = points[-1]
        points.append((x + step * math.cos(angle), y + step * math.sin(angle) * 0.8))
    c.line(points, mix(p.mid, p.soft, 0.4), 2)
    for n, point in enumerate(points):
        c.disc(point, 15, mix(p.ink, p.deep, 0.5))
        c.disc(point, 7 if n else 9, p.accent if n == 0 else p.paper)
