"""Pictures of buildings and rooms: roofs, façades, columns, shelves, a stage, a bench."""

from __future__ import annotations

import math

from articles.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, mix, ripple


def roofs(c: Canvas) -> None:
    """A long roof line at night with one row of windows lit."""
    p = c.palette
    c.gradient(p.ink, mix(p.deep, p.mid, 0.75))
    c.glow((1180, 260), 300, mix(p.soft, p.paper, 0.5), 0.35)
    c.disc((1180, 260), 56, mix(p.paper, p.soft, 0.3))
    for _ in range(60):
        c.disc(
            (c.rng.uniform(0, WIDTH), c.rng.uniform(0, 380)), c.rng.uniform(0.8, 2), mix(p.mid, p.paper, 0.5)
        )
    x = -20.0
    while x < WIDTH:
        wide, tall = c.rng.uniform(90, 190), c.rng.uniform(330, 450)
        c.rect(x, HEIGHT - tall - 120, wide, tall + 120, mix(p.deep, p.mid, 0.22))
        if c.rng.random() < 0.6:
            c.rect(x + wide * 0.3, HEIGHT - tall - 158, 16, 40, mix(p.deep, p.mid, 0.22))
        x += wide
    _block(c, 90, 500, 980, 22)
    _block(c, 1070, 610, 440, 10)


def _block(c: Canvas, x: float, top: float, wide: float, count: int) -> None:
    p = c.palette
    c.rect(x, top, wide, HEIGHT - top, p.ink)
    c.rect(x - 16, top - 16, wide + 32, 18, mix(p.ink, p.deep, 0.6))
    for n in range(3):
        c.rect(x + wide * (0.16 + n * 0.3), top - 52, 30, 38, mix(p.ink, p.deep, 0.35))
    step = (wide - 60) / count
    for row in range(5):
        lit = row == 1 and wide > 600
        for n in range(count):
            shade = mix(p.accent, p.paper, 0.3 + 0.25 * c.rng.random()) if lit else mix(p.ink, p.deep, 0.75)
            c.rect(x + 34 + n * step, top + 50 + row * 88, step * 0.62, 52, shade)
    if wide > 600:
        c.glow((x + wide / 2, top + 164), 420, p.accent, 0.16)


def sagging(c: Canvas) -> None:
    """Flat roofs in cross-section, one of them sagging, under fine slanting rain."""
    p = c.palette
    c.gradient(mix(p.mid, p.soft, 0.2), mix(p.soft, p.paper, 0.6))
    for _ in range(420):
        x, y = c.rng.uniform(-60, WIDTH), c.rng.uniform(-40, 620)
        size = c.rng.uniform(14, 34)
        c.line([(x, y), (x + size * 0.32, y + size)], mix(p.soft, p.paper, 0.75), 1.5)
    for floor in range(3):
        top = 430 + floor * 190
        c.rect(140, top, 1320, 190, mix(p.paper, p.soft, 0.18 + 0.16 * floor))
        for wall in range(1, 6):
            c.rect(140 + wall * 220 - 5, top + 26, 10, 164, mix(p.soft, p.mid, 0.55))
        c.rect(140, top, 1320, 30, p.ink if floor else mix(p.paper, p.soft, 0.18))
    _wet_roof(c, 430)
    c.rect(120, 430, 22, 570, p.ink)
    c.rect(1458, 430, 22, 570, p.ink)
    for bed in range(5):
        x = 182 + bed * 220 + (20 if bed > 2 else 0)
        c.rect(x, 578, 96, 12, p.deep)
        c.rect(x, 550, 8, 62, p.deep)
        c.rect(x + 90, 570, 8, 42, p.deep)


def _wet_roof(c: Canvas, top: float) -> None:
    """A roof that sags, the pool on it, the crack under it and the first drops."""
    p = c.palette
    roof = [(x, top + 74 * math.exp(-(((x - 940) / 170) ** 2))) for x in range(140, 1461, 10)]
    c.polygon([*roof, *((x, y + 30) for x, y in reversed(roof))], p.ink)
    bed = [(x, y) for x, y in roof if y > top + 0.2]
    c.polygon([(bed[0][0], top), *bed, (bed[-1][0], top)], p.mid)
    c.line([(x, y + 42) for x, y in roof if y > top + 8], p.accent, 7)
    for n in range(4):
        fall = top + 124 + n % 2 * 16
        c.line([(905 + n * 24, fall), (905 + n * 24, fall + 18)], p.mid, 5)


def facade(c: Canvas) -> None:
    """A façade as a calm grid of windows, one of them lit."""
    p = c.palette
    c.rect(0, 0, WIDTH, HEIGHT, mix(p.soft, p.paper, 0.45))
    columns, rows = 11, 6
    wide, tall = WIDTH / columns, 168
    lit = (c.rng.randrange(6, 9), c.rng.randrange(1, 4))
    for row in range(rows):
        y = row * tall - 14
        c.rect(0, y, WIDTH, 12, mix(p.soft, p.mid, 0.3))
        for column in range(columns):
            x = column * wide
            c.rect(x + 24, y + 40, wide - 48, tall - 64, p.deep)
            glass = mix(p.deep, p.mid, c.rng.choice((0.15, 0.35, 0.55, 0.75)))
            c.rect(x + 31, y + 47, wide - 62, tall - 78, glass)
            c.polygon(
                [(x + 31, y + 47), (x + 31 + wide * 0.3, y + 47), (x + 31, y + 47 + tall * 0.36)],
                mix(glass, p.soft, 0.28),
            )
            c.rect(x + wide / 2 - 3, y + 47, 6, tall - 78, p.deep)
            blind = c.rng.choice((0, 0, 0, 22, 44))
            c.rect(x + 31, y + 47, wide - 62, blind, mix(p.paper, p.soft, 0.4))
            c.rect(x + 18, y + tall - 24, wide - 36, 9, mix(p.soft, p.mid, 0.5))
            if (column, row) == lit:
                c.rect(x + 31, y + 47, wide - 62, tall - 78, mix(p.accent, p.paper, 0.25))
                c.rect(x + wide / 2 - 3, y + 47, 6, tall - 78, p.deep)
    c.veil([(0, 0), (620, 0), (-60, HEIGHT), (-400, HEIGHT)], p.ink, 0.14)
    c.veil([(0, 640), (WIDTH, 200), (WIDTH, HEIGHT), (0, HEIGHT)], p.deep, 0.1)


def windows(c: Canvas) -> None:
    """Tall classroom windows with the morning sun in some of them and its light on the floor."""
    p = c.palette
    c.gradient(mix(p.deep, p.mid, 0.2), p.deep)
    c.rect(0, 770, WIDTH, 230, mix(p.deep, p.ink, 0.55))
    for n in range(5):
        x = 100 + n * 300
        bright = 1 - abs(n - 1.6) / 4.2
        sky = mix(mix(p.soft, p.mid, 0.4), mix(p.paper, p.accent, 0.18), bright)
        c.rect(x - 14, 86, 228, 604, p.ink)
        for row in range(4):
            for column in range(2):
                c.rect(x + column * 104, 100 + row * 146, 96, 138, mix(sky, p.soft, 0.12 * row))
        hill = ripple(c.rng)
        tops = [(x + k * 20, 560 - 22 * hill(x + k * 20)) for k in range(11)]
        c.veil([*tops, (x + 200, 676), (x, 676)], p.deep, 0.42)
        for row in range(1, 4):
            c.rect(x, 92 + row * 146, 200, 8, p.ink)
        c.rect(x + 96, 100, 8, 576, p.ink)
        spill = [(x + 40, 772), (x + 240, 772), (x + 400, HEIGHT), (x + 150, HEIGHT)]
        c.veil(spill, mix(p.paper, p.accent, 0.35), 0.1 + 0.5 * bright)
    for n in range(4):
        x = 190 + n * 350
        c.rect(x, 812, 220, 16, p.ink)
        c.line([(x + 22, 828), (x + 6, 930)], p.ink, 7)
        c.line([(x + 198, 828), (x + 214, 930)], p.ink, 7)
        c.rect(x + 62, 800, 84, 12, p.accent if n == 1 else p.mid)


def columns(c: Canvas) -> None:
    """A colonnade at low sun, with long shadows across the floor."""
    p = c.palette
    c.gradient(mix(p.paper, p.accent, 0.16), mix(p.paper, p.soft, 0.3), 0, 700)
    c.rect(0, 700, WIDTH, 300, mix(p.soft, p.paper, 0.45))
    slant = c.rng.choice((-1, 1)) * c.rng.uniform(270, 400)
    shaded = c.rng.randrange(1, 6)
    for n in range(7):
        x = 70 + n * 232
        shade = [(x + 10, 742), (x + 122, 742), (x + 122 + slant, HEIGHT), (x - 20 + slant, HEIGHT)]
        c.veil(shade, p.deep, 0.42)
    for step in range(3):
        c.rect(0, 700 + step * 18, WIDTH, 9, mix(p.soft, p.mid, 0.35))
    for n in range(7):
        _column(c, 70 + n * 232, dark=n == shaded)
    c.rect(0, 0, WIDTH, 104, mix(p.soft, p.mid, 0.35))
    c.rect(0, 104, WIDTH, 26, mix(p.mid, p.deep, 0.3))
    for n in range(40):
        c.rect(n * 40 + 8, 112, 22, 18, mix(p.soft, p.mid, 0.45))
    c.rect(0, 0, WIDTH, 22, p.deep)


def _column(c: Canvas, x: float, dark: bool) -> None:
    p = c.palette
    bands = 12
    for n in range(bands):
        light = math.cos((n / (bands - 1) - 0.28) * math.pi * 0.8)
        face = (
            mix(p.mid, p.paper, max(light, 0)) if not dark else mix(p.ink, p.mid, 0.12 + 0.25 * max(light, 0))
        )
        c.rect(x + n * 110 / bands, 150, 110 / bands + 1, 570, face)
        if n:
            c.rect(x + n * 110 / bands, 160, 1.5, 550, mix(face, p.deep, 0.25))
    cap = mix(p.soft, p.paper, 0.3) if not dark else p.deep
    c.rect(x - 20, 130, 150, 26, cap)
    c.rect(x - 10, 156, 130, 12, mix(cap, p.mid, 0.3))
    c.rect(x - 14, 700, 138, 20, mix(cap, p.mid, 0.2))
    c.rect(x - 26, 718, 162, 26, cap)


def chamber(c: Canvas) -> None:
    """The seats of an assembly in half circles, seen from above, a few of them taken."""
    p = c.palette
    c.gradient(p.deep, p.ink)
    centre = (800.0, 940.0)
    for row in range(8):
        radius = 250 + row * 82
        count = 13 + row * 4
        c.arc(centre, radius + 34, (180, 360), mix(p.deep, p.mid, 0.3), 3)
        for n in range(count):
            if n in (count // 3, count - 1 - count // 3):
                continue
            angle = math.pi * (1 + (n + 0.5) / count)
            x, y = centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)
            wing = n / count
            shade = p.mid if wing < 0.36 else p.soft if wing < 0.64 else mix(p.mid, p.paper, 0.6)
            taken = c.rng.random() < 0.16
            c.disc((x, y), 17, mix(p.deep, shade, 0.85) if not taken else p.accent)
            c.disc((x, y), 7, mix(shade, p.ink, 0.55))
    for n in range(9, 0, -1):
        c.disc(centre, n * 15, mix(p.deep, p.paper, 0.85 - n * 0.085))
    c.rect(740, 868, 120, 26, p.accent)
    c.rect(776, 894, 48, 106, p.paper)


def shelves(c: Canvas) -> None:
    """Library shelves full of spines in many heights, with one gap."""
    p = c.palette
    c.gradient(mix(p.deep, p.ink, 0.3), p.ink)
    colours = (p.mid, p.soft, p.paper, p.deep, mix(p.mid, p.deep, 0.5), mix(p.soft, p.accent, 0.35), p.accent)
    gap = (2, c.rng.uniform(840, 940))
    for shelf in range(4):
        base = 244 + shelf * 246
        x = -c.rng.uniform(0, 20)
        while x < WIDTH:
            if shelf == gap[0] and gap[1] < x < gap[1] + 40:
                x += 112
                _leaning(c, x - 4, base)
                x += 54
                continue
            wide, tall = c.rng.uniform(18, 52), c.rng.uniform(140, 206)
            shade = colours[min(int(c.rng.expovariate(0.5)), 6)]
            c.rect(x, base - tall, wide - 2, tall, shade)
            line = mix(shade, p.ink if shade != p.deep else p.soft, 0.4)
            for at in c.rng.choice(((0.12,), (0.12, 0.18), (0.8, 0.86), (0.15, 0.85))):
                c.rect(x, base - tall + tall * at, wide - 2, 4, line)
            if wide > 34:
                c.rect(x + wide * 0.3, base - tall * 0.7, wide * 0.34, tall * 0.3, line)
            x += wide
        c.rect(0, base, WIDTH, 24, mix(p.deep, p.mid, 0.4))
        c.rect(0, base + 22, WIDTH, 12, mix(p.ink, "#000000", 0.4))
    c.veil([(0, 0), (520, 0), (1300, HEIGHT), (0, HEIGHT)], p.paper, 0.05)


def _leaning(c: Canvas, x: float, base: float) -> None:
    shape = [(x - 62, base - 168), (x - 36, base - 182), (x + 38, base - 12), (x + 32, base), (x + 4, base)]
    c.polygon(shape, c.palette.accent)


def stage(c: Canvas) -> None:
    """A bare stage: one table in a cone of light, long folds of curtain."""
    p = c.palette
    c.gradient(p.ink, mix(p.ink, p.deep, 0.5))
    floor = 740.0
    c.polygon([(0, floor), (WIDTH, floor), (WIDTH, HEIGHT), (0, HEIGHT)], mix(p.deep, p.ink, 0.25))
    for n in range(-9, 10):
        c.line([(800 + n * 86, floor), (800 + n * 190, HEIGHT)], mix(p.deep, p.ink, 0.5), 2)
    for width, strength in ((1.0, 0.1), (0.8, 0.12), (0.62, 0.14)):
        cone = [(792, 40), (808, 40), (800 + 430 * width, 860), (800 - 430 * width, 860)]
        c.veil(cone, mix(p.accent, p.paper, 0.6), strength)
    for n in range(7, 0, -1):
        tint = mix(mix(p.deep, p.ink, 0.25), mix(p.paper, p.accent, 0.15), 0.72 - n * 0.075)
        x, y, r = 800, 862, 62 * n
        oval = [(x + r * math.cos(k / 10), y + 0.2 * r * math.sin(k / 10)) for k in range(63)]
        c.polygon(oval, tint)
    c.polygon([(640, 690), (960, 690), (990, 716), (610, 716)], mix(p.paper, p.soft, 0.4))
    c.rect(610, 716, 380, 16, p.ink)
    for x in (636, 950):
        c.rect(x, 730, 14, 150, p.ink)
    c.rect(700, 672, 120, 14, p.paper)
    c.rect(708, 660, 104, 12, p.accent)
    c.line([(842, 684), (900, 668)], p.accent, 5)
    c.polygon([(780, 40), (820, 40), (846, 92), (754, 92)], p.mid)
    for side in (0, 1):
        for n in range(9):
            x = n * 42 if not side else WIDTH - (n + 1) * 42
            shade = mix(p.deep, p.mid, 0.62 if n % 2 else 0.12)
            sway = 26 * math.sin(n * 1.1)
            edge = [(x, 0), (x + 44, 0), (x + 44 + sway, HEIGHT), (x + sway, HEIGHT)]
            c.polygon(edge, shade)
    c.rect(0, 0, WIDTH, 46, p.deep)
    for n in range(20):
        c.arc((n * 84 + 42, 44), 42, (0, 180), mix(p.deep, p.mid, 0.5), 5)


def bench(c: Canvas) -> None:
    """A low evening sun over a street; where the bench stood, four bolts and its shadow."""
    p = c.palette
    c.gradient(mix(p.paper, p.accent, 0.2), mix(p.paper, p.soft, 0.4), 0, 640)
    c.glow((1240, 560), 560, mix(p.accent, p.paper, 0.3), 0.55)
    c.disc((1240, 540), 104, mix(p.accent, p.paper, 0.25))
    x = 0.0
    while x < WIDTH:
        wide = c.rng.uniform(110, 200)
        tall = c.rng.uniform(250, 430) * (0.42 if 1040 < x + wide / 2 < 1420 else 1)
        shade = mix(p.mid, p.deep, c.rng.uniform(0.1, 0.7))
        c.rect(x, 650 - tall, wide - 3, tall, shade)
        peak = c.rng.choice((0, 46, 64))
        c.polygon([(x, 650 - tall), (x + wide - 3, 650 - tall), (x + wide / 2, 650 - tall - peak)], shade)
        for row in range(int(tall // 76)):
            for column in range(int(wide // 48)):
                c.rect(x + 18 + column * 46, 650 - tall + 22 + row * 74, 22, 38, mix(shade, p.soft, 0.25))
        x += wide
    c.rect(0, 650, WIDTH, 350, mix(p.soft, p.paper, 0.3))
    c.rect(0, 650, WIDTH, 12, p.deep)
    for n in range(8):
        c.line([(1240 + (n - 4) * 70, 662), (1240 + (n - 4) * 420, HEIGHT)], mix(p.soft, p.mid, 0.35), 2)
    _seat(c, 420, 690)


def _seat(c: Canvas, x: float, y: float) -> None:
    p = c.palette
    shadow = [(x - 20, y + 182), (x + 400, y + 182), (x + 230, y + 290), (x - 260, y + 290)]
    c.veil(shadow, p.ink, 0.32)
    for n in range(2):
        c.rect(x - 20, y + n * 34, 440, 24, p.deep)
    c.polygon([(x - 30, y + 88), (x + 430, y + 88), (x + 446, y + 112), (x - 46, y + 112)], p.ink)
    for leg in (x + 22, x + 362):
        c.rect(leg, y - 6, 16, 120, p.ink)
        c.polygon([(leg - 6, y + 112), (leg + 22, y + 112), (leg + 34, y + 186), (leg + 18, y + 186)], p.ink)
        c.polygon([(leg - 6, y + 112), (leg + 8, y + 112), (leg - 18, y + 186), (leg - 34, y + 186)], p.ink)
    c.rect(x + 250, y + 54, 44, 34, p.accent)
    c.rect(x + 262, y + 36, 20, 20, p.paper)


def night_bus(c: Canvas) -> None:
    """A lit bus alone on a bridge at night, with the arches of the bridge in the water below."""
    p = c.palette
    c.gradient(mix(p.ink, "#000000", 0.25), mix(p.deep, p.mid, 0.4), 0, 700)
    c.dust(70, 420, mix(p.mid, p.paper, 0.45))
    x = 0.0
    while x < WIDTH:
        wide, tall = c.rng.uniform(70, 150), c.rng.uniform(60, 190)
        c.rect(x, 640 - tall, wide, tall, mix(p.ink, p.deep, 0.6))
        for n in range(int(wide // 34)):
            if c.rng.random() < 0.3:
                c.rect(x + 12 + n * 32, 655 - tall, 9, 12, mix(p.accent, p.paper, 0.3))
        x += wide
    c.gradient(mix(p.deep, p.ink, 0.4), p.ink, 640, HEIGHT)
    c.rect(0, 566, WIDTH, 74, p.ink)
    for n in range(6):
        centre = 130 + n * 270
        c.rect(centre - 135 - 22, 620, 44, 130, p.ink)
        c.arc((centre, 760), 140, (180, 360), p.ink, 30)
    c.rect(0, 548, WIDTH, 10, mix(p.ink, p.mid, 0.35))
    for n in range(4):
        lamp = 150 + n * 430
        c.rect(lamp - 3, 380, 6, 180, p.ink)
        c.glow((lamp, 380), 110, mix(p.accent, p.paper, 0.5), 0.6)
        c.disc((lamp, 380), 7, p.paper)
    _bus(c, 560, 560)
    c.water(760, mix(p.accent, p.paper, 0.4), 70, 800)
    c.water(720, mix(p.deep, p.mid, 0.5), 110)


def _bus(c: Canvas, x: float, road: float) -> None:
    p = c.palette
    c.glow((x + 470, road - 60), 260, mix(p.accent, p.paper, 0.6), 0.5)
    c.rect(x, road - 172, 440, 152, p.accent)
    c.rect(x, road - 182, 440, 14, mix(p.accent, p.ink, 0.35))
    for n in range(5):
        c.rect(x + 20 + n * 70, road - 150, 58, 62, mix(p.paper, p.accent, 0.12))
    c.rect(x + 374, road - 150, 48, 118, mix(p.paper, p.soft, 0.3))
    c.disc((x + 196, road - 104), 15, p.ink)
    c.rect(x + 178, road - 94, 36, 8, p.ink)
    c.rect(x, road - 58, 370, 6, mix(p.accent, p.paper, 0.5))
    for wheel in (x + 86, x + 344):
        c.disc((wheel, road - 20), 31, p.ink)
        c.disc((wheel, road - 20), 13, p.mid)
    c.disc((x + 434, road - 44), 9, p.paper)
