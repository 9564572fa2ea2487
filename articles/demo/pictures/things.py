"""Pictures of things made by hand or by eye: a sound wave, a pitch, a net, a lighthouse, a reel of cable."""

from __future__ import annotations

import math

from articles.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Point, mix, ripple


def waveform(c: Canvas) -> None:
    """A sound wave drawn in many fine upright strokes, swelling towards the middle."""
    p = c.palette
    c.gradient(p.paper, mix(p.paper, p.soft, 0.6))
    slow, quick = ripple(c.rng, 5, 900), ripple(c.rng, 3, 90)
    middle = 500.0
    for n in range(5):
        c.line([(0, middle - 320 + n * 160), (WIDTH, middle - 320 + n * 160)], mix(p.soft, p.mid, 0.25), 1.4)
    for n in range(131):
        x = 40 + n * 11.7
        swell = math.exp(-(((x - 800) / 430) ** 2))
        size = 14 + 330 * swell * (0.45 + 0.55 * abs(slow(x))) * (0.55 + 0.45 * abs(quick(x * 3)))
        back = size * (1.25 + 0.3 * slow(x + 300))
        c.line([(x, middle - back), (x, middle + back)], mix(p.soft, p.mid, 0.4), 5)
        c.line([(x, middle - size), (x, middle + size)], mix(p.ink, p.mid, 1 - swell), 5)
    at = 40 + 74 * 11.7
    c.line([(at, 90), (at, 910)], p.accent, 5)
    c.disc((at, 90), 13, p.accent)
    c.line([(0, middle), (WIDTH, middle)], p.paper, 2.4)


def pitch(c: Canvas, puddle: bool = False) -> None:
    """A football pitch from above with a pass and a run drawn as arrows."""
    p = c.palette
    for n in range(8):
        c.rect(n * 200, 0, 200, HEIGHT, mix(p.mid, p.deep, 0.25 if n % 2 else 0.5))
    _chalk(c)
    if puddle:
        c.oval((1300, 640), 96, 34, mix(p.soft, p.paper, 0.2))
        c.oval((1276, 634), 40, 9, mix(p.soft, p.paper, 0.7))
    flip = -1 if puddle else 1
    for n in range(6):
        place = (690 + (n % 3) * 190 + c.rng.uniform(-50, 50), 330 + (n // 3) * 360 + c.rng.uniform(-90, 90))
        _player(c, place, p.paper)
    start = (c.rng.uniform(480, 560), 500 + flip * c.rng.uniform(-350, -280))
    run = [(start[0] + n * 13.4, start[1] - flip * (60 * math.sin(n / 53 * 5) - n * 5.6)) for n in range(54)]
    ball = (c.rng.uniform(600, 700), 500 + flip * c.rng.uniform(240, 330))
    aim = (1286.0, 634.0) if puddle else (run[-1][0] + 20, run[-1][1] + flip * 44)
    flight = []
    for n in range(31):
        x, y = (ball[k] + (aim[k] - ball[k]) * n / 30 for k in (0, 1))
        flight.append((x, y + flip * 80 * math.sin(math.pi * n / 30)))
    c.dashes(run, p.paper, 6, 2, 2)
    _arrow(c, run[-4], run[-1], p.paper)
    c.line(flight, p.accent, 8)
    _arrow(c, flight[-3], flight[-1], p.accent)
    _player(c, start, p.accent)
    _player(c, ball, p.accent)


def puddle(c: Canvas) -> None:
    """The same pitch with a puddle before the goal."""
    pitch(c, puddle=True)


def _chalk(c: Canvas) -> None:
    chalk = mix(c.palette.paper, c.palette.soft, 0.15)
    c.line([(110, 70), (1490, 70), (1490, 930), (110, 930), (110, 70)], chalk, 5)
    c.line([(420, 70), (420, 930)], chalk, 5)
    c.ring((420, 500), 150, chalk, 5)
    c.disc((420, 500), 9, chalk)
    c.line([(1490, 250), (1220, 250), (1220, 750), (1490, 750)], chalk, 5)
    c.line([(1490, 382), (1392, 382), (1392, 618), (1490, 618)], chalk, 5)
    c.disc((1305, 500), 8, chalk)
    c.arc((1305, 500), 138, (128, 232), chalk, 5)
    c.rect(1492, 430, 44, 140, mix(c.palette.paper, c.palette.mid, 0.35))


def _player(c: Canvas, at: Point, shirt: str) -> None:
    c.disc((at[0] + 5, at[1] + 7), 25, mix(c.palette.deep, c.palette.ink, 0.4))
    c.disc(at, 25, shirt)
    c.disc(at, 9, c.palette.ink)


def _arrow(c: Canvas, before: Point, tip: Point, fill: str) -> None:
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    c.polygon([_from(tip, 14, angle), _from(tip, 44, angle + 2.65), _from(tip, 44, angle - 2.65)], fill)


def _from(at: Point, reach: float, angle: float) -> Point:
    return at[0] + reach * math.cos(angle), at[1] + reach * math.sin(angle)


def mesh(c: Canvas, cell: float = 74, floats: int = 3) -> None:
    """A fishing net whose meshes tighten towards one corner, with floats on its upper edge."""
    p = c.palette
    c.gradient(mix(p.mid, p.soft, 0.3), p.ink)
    curve = ripple(c.rng, 4)

    def knot(column: float, row: float) -> Point:
        x = column * cell - 60
        pull = 1 - 0.42 * (x / WIDTH) * min(row / 12, 1)
        sag = 110 * math.sin(math.pi * min(max(x / WIDTH, 0), 1)) + 26 * curve(x + row * 60)
        return x * (1 - 0.05 * row / 12) + row * 9, 150 + sag + row * cell * 0.72 * pull

    columns, rows = int(WIDTH // cell) + 5, int(HEIGHT // (cell * 0.5))
    for row in range(rows):
        for column in range(columns):
            shift = 0.5 * (row % 2)
            a = knot(column + shift, row)
            cord = mix(p.paper, p.mid, min(row / 18, 0.75))
            for step in (-0.5, 0.5):
                b = knot(column + shift + step, row + 1)
                middle = ((a[0] + b[0]) / 2 + 3, (a[1] + b[1]) / 2 + 5)
                c.line([a, middle, b], cord, cell / 26)
            c.disc(a, cell / 15, cord)
    rope = [knot(n / 4, 0) for n in range(columns * 4)]
    c.line(rope, mix(p.paper, p.accent, 0.25), 11)
    for n in range(floats):
        x, y = knot((n + 0.7) * (WIDTH / cell) / floats, 0)
        c.oval((x, y - 8), 62, 36, p.accent)
        c.oval((x - 8, y - 18), 40, 15, mix(p.accent, p.paper, 0.35))


def knots(c: Canvas) -> None:
    """A hand-knotted net seen close up."""
    mesh(c, cell=190, floats=0)


def beam(c: Canvas) -> None:
    """A lighthouse beam over dark water in widening bands."""
    p = c.palette
    night = mix(p.ink, "#000000", 0.5)
    c.gradient(mix(p.ink, "#000000", 0.3), mix(p.deep, p.mid, 0.35), 0, 690)
    c.dust(90, 520, mix(p.mid, p.paper, 0.5))
    lamp = (330.0, 300.0)
    for n in range(6):
        upper, lower = (lamp[1] + 1500 * (0.1 + side * (0.2 - n * 0.032)) for side in (-1, 1))
        c.veil([lamp, (1830, upper), (1830, lower)], mix(p.accent, p.paper, 0.55), 0.1)
    c.gradient(mix(p.deep, p.ink, 0.3), night, 690, HEIGHT)
    c.water(690, mix(p.deep, p.mid, 0.6), 150)
    c.water(690, mix(p.accent, p.paper, 0.45), 70, 1180)
    c.polygon([(0, 730), (150, 668), (430, 660), (600, 738), (640, 790), (0, 830)], night)
    c.glow(lamp, 150, mix(p.accent, p.paper, 0.5), 0.9)
    _tower(c)
    c.polygon([(1130, 678), (1300, 674), (1280, 704), (1144, 704)], night)
    c.rect(1142, 638, 34, 42, night)
    c.disc((1160, 628), 4, p.accent)


def _tower(c: Canvas) -> None:
    p = c.palette
    c.polygon([(286, 676), (374, 676), (358, 346), (302, 346)], mix(p.paper, p.soft, 0.3))
    for top, bottom in ((400, 470), (540, 610)):
        above, below = (676 - top) * 16 / 330, (676 - bottom) * 16 / 330
        band = [(286 + above, top), (374 - above, top), (374 - below, bottom), (286 + below, bottom)]
        c.polygon(band, p.mid)
    c.veil([(338, 676), (374, 676), (358, 346), (336, 346)], p.ink, 0.3)
    c.rect(288, 332, 84, 16, p.ink)
    c.rect(306, 268, 48, 64, mix(p.accent, p.paper, 0.4))
    c.polygon([(296, 268), (364, 268), (330, 228)], p.ink)


def coils(c: Canvas) -> None:
    """Submarine cable coiled in even turns, seen from above."""
    p = c.palette
    c.gradient(mix(p.soft, p.paper, 0.5), p.soft)
    centre = (c.rng.uniform(600, 660), 520.0)
    c.disc((centre[0] + 16, centre[1] + 26), 640, mix(p.soft, p.mid, 0.45))
    lead = [(_from(centre, 608, -0.62)), (centre[0] + 720, 330), (centre[0] + 880, 420), (WIDTH + 20, 480)]
    for shade, width in ((p.ink, 26), (p.accent, 18)):
        c.line(lead, shade, width)
    c.disc(centre, 640, p.deep)
    for n in range(30, 5, -1):
        radius = n * 20.6
        shade = p.accent if n in (21, 22) else mix(p.deep, p.soft, 0.2 + 0.3 * (n % 2) + 0.2 * (n % 5 == 0))
        c.disc(centre, radius, mix(p.ink, p.deep, 0.4))
        c.ring(centre, radius - 1, shade, 16)
        c.arc(centre, radius - 3, (196, 292), mix(shade, p.paper, 0.45), 3)
        c.arc(centre, radius - 14, (10, 120), mix(shade, p.ink, 0.5), 3)
    c.disc(centre, 104, p.ink)
    c.disc(centre, 78, mix(p.ink, p.deep, 0.7))
    for n in range(12):
        angle = n * math.tau / 12
        c.line([_from(centre, 78, angle), _from(centre, 26, angle)], p.mid, 6)
    c.disc(centre, 26, p.accent)
