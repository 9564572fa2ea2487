"""The picture that stands for a quote or a story where somebody shares its address.

What is on it, a `Card`, comes from an edition and from the paper's look and nowhere else. Its stamp is a
fingerprint of all of that, and part of the picture's address: an address shows one picture for ever.
"""

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from typing import Final

from django.conf import settings
from django.core.cache import cache as kept_pictures
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from articles.models import Edition, EditionQuote, Paper, Quote
from articles.text.colour import READABLE, contrast, made_readable
from articles.text.fit import Measure, Setting, fit, wrap
from articles.text.look import DESKS, GROUND, INK, INK_DARK

WIDTH: Final = 1200
HEIGHT: Final = 630
EDGE: Final = 72
KEPT: Final = 7 * 24 * 60 * 60  # seconds that a drawn picture stays in the cache
DRAWING: Final = 1  # change it with whatever changes the drawing, so that addresses change too

_HEAD: Final = 84  # where the line under the name of the paper is
_WORDS_TOP, _WORDS_FOOT = 122, 462
_SIZES: Final = (92, 84, 76, 69, 63, 57, 52, 47, 43, 39, 36, 33, 31)
_LEADING: Final = 1.16
_INKS: Final = ("ink", "ink-soft", "warn", "good")
_FONTS: Final = settings.BASE_DIR / "static" / "articles" / "fonts"
_SERIF: Final = ("newsreader-roman.woff2", "newsreader-roman-ext.woff2")
_SANS: Final = ("libre-franklin.woff2", "libre-franklin-ext.woff2")

Faces = tuple[ImageFont.FreeTypeFont, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What the picture says, and in which colours."""

    words: str
    name: str  # who said it, or who wrote it
    detail: str  # as what
    foot: str  # from where, and when
    state: str = ""  # the verification of a quote
    label: str = ""  # … in words; the section of a story
    paper: str = ""
    accent: str = DESKS[0]
    ground: str = GROUND

    @property
    def stamp(self) -> str:
        """What tells this picture from every other one."""
        return hashlib.sha256(repr((DRAWING, self)).encode()).hexdigest()[:16]


def quote_card(quote: EditionQuote, paper: Paper) -> Card:
    """The words, who said them as what, the source and how they stand. No query."""
    day = date_format(quote.said_on, "j F Y") if quote.said_on else ""
    if quote.source.get("confidential"):
        source = _("Source: confidential")
    else:
        source = quote.occasion or quote.source.get("title", "")
    return Card(
        words=quote.in_marks,
        name=quote.speaker_name,
        detail=quote.role_line,
        foot=" · ".join(filter(None, [source, day])),
        state=quote.verification,
        label=capfirst(Quote.Verification(quote.verification).label),
        **_looks(paper),
    )


def story_card(edition: Edition, paper: Paper) -> Card:
    """The headline and the section, for a story without a picture of its own. No query."""
    return Card(
        words=edition.headline,
        name=", ".join(byline["name"] for byline in edition.bylines),
        detail="",
        foot=date_format(edition.first_live_from, "j F Y"),
        label=edition.section_name,
        **_looks(paper),
    )


def quote_address(quote: EditionQuote, paper: Paper) -> str:
    """Where the picture of a quote is."""
    return reverse("articles:quote_image", args=[quote.quote_key, quote_card(quote, paper).stamp])


def story_address(edition: Edition, paper: Paper) -> str:
    """Where the picture of a story is that has none of its own."""
    stamp = story_card(edition, paper).stamp
    return reverse("articles:story_image", args=[edition.section_slug, edition.slug, stamp])


def picture(card: Card) -> bytes:
    """The card as PNG, drawn once and then kept in the cache, which is bounded."""
    return kept_pictures.get_or_set(f"share-image:{card.stamp}", lambda: draw(card), KEPT)


def draw(card: Card) -> bytes:
    """The card as PNG: the same bytes for the same card, without any metadata.

    Letters that the paper's typefaces lack are not shown as boxes: what holds one is left out.
    """
    image = Image.new("RGB", (WIDTH, HEIGHT), card.ground)
    pen = ImageDraw.Draw(image)
    inks = INK if contrast(INK[0], card.ground) >= READABLE else INK_DARK
    ink = {name: made_readable(inks[number], card.ground) for number, name in enumerate(_INKS)}
    _draw_head(pen, card, ink)
    _draw_words(pen, card, ink)
    _draw_foot(pen, card, ink)
    kept = BytesIO()
    # Few colours are there, and most of them between two: a small file, and no difference to the eye.
    image.quantize(96).save(kept, "PNG", compress_level=6)
    return kept.getvalue()


def _looks(paper: Paper) -> dict[str, str]:
    ground = paper.ground or GROUND
    return {
        "paper": paper.name,
        "ground": ground,
        "accent": made_readable(paper.accent or DESKS[0], ground),
    }


def _draw_head(pen: ImageDraw.ImageDraw, card: Card, ink: dict[str, str]) -> None:
    right = WIDTH - EDGE
    if card.state:
        colour = {"verified": ink["good"], "in_source": ink["ink"]}.get(card.state, ink["ink-soft"])
        colour = ink["warn"] if card.state in ("disputed", "withdrawn") else colour
        face = _faces(_SANS, 26, 600)
        right -= _measure(card.label, face)
        _text(pen, (right, _HEAD - 22), card.label, face, colour)
        _draw_state(pen, card.state, (right - 34, _HEAD - 43), colour)
        right -= 60
    elif card.label:
        face = _faces(_SANS, 26, 600)
        right -= _measure(card.label, face)
        _text(pen, (right, _HEAD - 22), card.label, face, card.accent)
        right -= 30
    for size in (38, 32, 26, 20):
        face = _faces(_SERIF, size, 600)
        if EDGE + _measure(card.paper, face) <= right:
            break
    _text(pen, (EDGE, _HEAD - 22), card.paper, face, ink["ink"])
    pen.rectangle((EDGE, _HEAD, WIDTH - EDGE - 1, _HEAD + 3), fill=ink["ink"])
    pen.rectangle((EDGE, _HEAD + 7, WIDTH - EDGE - 1, _HEAD + 7), fill=ink["ink"])


def _draw_state(pen: ImageDraw.ImageDraw, state: str, place: tuple[float, float], colour: str) -> None:
    """The shape of a state, as beside quotes on the pages."""
    x, y = place
    box = (x, y, x + 21, y + 21)
    if state == "disputed":
        middle = y + 10.5
        pen.polygon([(x, middle), (x + 10.5, y), (x + 21, middle), (x + 10.5, y + 21)], fill=colour)
    elif state == "withdrawn":
        pen.rectangle((x, y + 9, x + 21, y + 12), fill=colour)
    else:
        pen.ellipse(box, outline=colour, width=4, fill=colour if state == "verified" else None)
        if state == "in_source":
            pen.pieslice(box, 90, 270, fill=colour)


def _draw_words(pen: ImageDraw.ImageDraw, card: Card, ink: dict[str, str]) -> None:
    words, quoted = card.words, card.words.startswith("“")
    if not settable(words):
        words = _("The words, their source and how they were checked are on the page.")
        quoted = False
    setting = set_words(words)
    face = _faces(_SERIF, setting.size, 500)
    doubted = card.state in ("disputed", "withdrawn")
    colour = ink["ink-soft"] if doubted or words != card.words else ink["ink"]
    step = setting.size * _LEADING
    baseline = _WORDS_TOP + (_WORDS_FOOT - _WORDS_TOP - step * len(setting.lines)) / 2 + setting.size * 0.88
    for number, line in enumerate(setting.lines):
        # The first mark hangs, so that the words stand in one line below each other.
        hang = _measure("“", face) if quoted and number == 0 else 0
        start = EDGE - min(hang, EDGE - 16)
        end = _text(pen, (start, baseline), line, face, colour)
        if card.state == "withdrawn":
            middle = baseline - setting.size * 0.24
            pen.line((start, middle, end, middle), fill=ink["warn"], width=max(2, setting.size // 18))
        baseline += step


def set_words(words: str) -> Setting:
    """How words are set in the middle of the picture; they are quoted ones when they begin with a mark."""
    return fit(
        words,
        _measure_words,
        width=WIDTH - 2 * EDGE,
        height=_WORDS_FOOT - _WORDS_TOP,
        sizes=_SIZES,
        leading=_LEADING,
        closing="”" if words.startswith("“") else "",
    )


def _measure_words(size: int) -> Measure:
    """Measures text at a size: each word once, since the same ones are set in many ways to find the best."""
    face = _faces(_SERIF, size, 500)
    width = cache(lambda word: _measure(word, face))
    return lambda text: sum(map(width, text.split(" "))) + text.count(" ") * width(" ")


def _draw_foot(pen: ImageDraw.ImageDraw, card: Card, ink: dict[str, str]) -> None:
    lines = [
        (card.foot, 24, 400, "ink-soft"),
        (card.detail, 26, 400, "ink-soft"),
        (card.name, 32, 600, "ink"),
    ]
    baseline = HEIGHT - 44
    for text, size, weight, colour in lines:  # from below, so that what is missing leaves no gap
        if text and settable(text):
            face = _faces(_SANS, size, weight)
            _text(pen, (EDGE, baseline), _one_line(text, face), face, ink[colour])
            baseline -= 40


def _one_line(text: str, face: Faces) -> str:
    """`text`, cut at a word when it is longer than a line."""
    room = WIDTH - 2 * EDGE
    if _measure(text, face) <= room:
        return text
    return f"{wrap(text, lambda words: _measure(f'{words} …', face), room)[0]} …"


def settable(text: str) -> bool:
    """Whether the paper's typefaces have every character of `text`."""
    return all(_face_of(sign, _SERIF) is not None and _face_of(sign, _SANS) is not None for sign in text)


def _text(
    pen: ImageDraw.ImageDraw, place: tuple[float, float], text: str, faces: Faces, colour: str
) -> float:
    """Draw on a baseline, each stretch in the file that has its letters; returns where it ends."""
    x, baseline = place
    for stretch, face in _stretches(text, faces):
        pen.text((x, baseline), stretch, font=face, fill=colour, anchor="ls")
        x += face.getlength(stretch)
    return x


def _measure(text: str, faces: Faces) -> float:
    return sum(face.getlength(stretch) for stretch, face in _stretches(text, faces))


def _stretches(text: str, faces: Faces) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    names = _SERIF if "Newsreader" in (faces[0].getname()[0] or "") else _SANS
    found: list[tuple[str, int]] = []
    for sign in text:
        number = _face_of(sign, names) or 0
        if found and found[-1][1] == number:
            found[-1] = (found[-1][0] + sign, number)
        else:
            found.append((sign, number))
    return [(stretch, faces[number]) for stretch, number in found]


@lru_cache(maxsize=4096)
def _face_of(sign: str, names: tuple[str, ...]) -> int | None:
    """Which of the files has a character; None when none has."""
    if sign.isspace():
        return 0
    for number, face in enumerate(_faces(names, 32, 500)):
        if bytes(face.getmask(sign)) != _nothing(names, number):
            return number
    return None


@lru_cache(maxsize=8)
def _nothing(names: tuple[str, ...], number: int) -> bytes:
    """How a file draws what it lacks."""
    return bytes(_faces(names, 32, 500)[number].getmask("\U0010fffe"))


@lru_cache(maxsize=64)
def _faces(names: tuple[str, ...], size: int, weight: int) -> Faces:
    """The files of a typeface at a size and a weight."""
    faces = tuple(ImageFont.truetype(_FONTS / name, size) for name in names)
    for face in faces:
        axes = face.get_variation_axes()
        # Newsreader has a second axis, the optical size.
        face.set_variation_by_axes([weight, min(72, size)][: len(axes)])
    return faces
