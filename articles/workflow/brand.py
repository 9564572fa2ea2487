"""What makes the site this paper's own: its name, logo, colours and typefaces, changed at the desk."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypedDict, Unpack

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image as Pillow

from articles.models import Brand, Section
from articles.models.brand import ONLY
from articles.text.colour import READABLE, read_colour
from articles.text.look import Look, Unreadable, find_unreadable
from articles.workflow.errors import Invalid, WrongState, check_record
from articles.workflow.people import require
from articles.workflow.pictures import decode_picture
from articles.workflow.readers import readers_see
from articles.workflow.record import record_event

COLOURS: Final = ("accent", "ground", "ground_dark")
LOGO_SIZE: Final = (1200, 240)  # pixels; pages show it at a third of that
FACE_BYTES: Final = 300_000  # a typeface that is larger keeps readers waiting
FOLDER: Final = "brand"


class BrandFacts(TypedDict, total=False):
    """What can be changed. A file is its bytes; empty bytes take the file away."""

    name: str
    tagline: str
    accent: str
    ground: str
    ground_dark: str
    reading: str
    labels: str
    headlines: str
    logo: bytes
    logo_dark: bytes
    reading_file: bytes
    labels_file: bytes


def save_brand(*, by: User, version: int, **facts: Unpack[BrandFacts]) -> Brand:
    """Change what makes the site the paper's own; only what is given. Every page shows it at once.

    `version` is that of the record which `by` saw, 0 when there was none. Raises NotAllowed, WrongState when
    somebody else saved it since, and Invalid, also for colours that some readers could not read.
    """
    require(
        by, "articles.change_brand", _("You may not change the look of the paper. Ask a managing editor.")
    )
    values = _values(facts)
    with transaction.atomic():
        Brand.objects.get_or_create(pk=ONLY)
        brand: Brand = Brand.objects.select_for_update(of=("self",)).get(pk=ONLY)
        if brand.version != version:
            raise WrongState(
                _(
                    "Somebody else changed the look of the paper since you opened it. "
                    "Save once more to put yours in its place."
                )
            )
        values["faces"] = brand.faces | values.pop("faces")
        before = {name: getattr(brand, name) for name in values if getattr(brand, name) != values[name]}
        if not before:
            return brand
        for name in before:
            setattr(brand, name, values[name])
        _check(brand)
        brand.version += 1
        brand.save()
        after = {name: values[name] for name in before}
        record_event(action="brand.saved", record=brand, by=by, before=before, after=after)
        readers_see()
    return brand


def refuse_unreadable(look: Look) -> None:
    """Raise Invalid with a sentence for each colour of `look` that some people could not read."""
    errors: dict[str, list[str]] = {}
    for found in find_unreadable(look):
        field, words = _sentence(found)
        errors.setdefault(field, []).append(words)
    if errors:
        raise Invalid(errors)


def section_colours() -> dict[str, str]:
    """The colours that sections have of their own, by slug. One query."""
    return dict(Section.objects.exclude(colour="").values_list("slug", "colour"))


def _sentence(found: Unreadable) -> tuple[str, str]:
    numbers = {"has": f"{found.contrast:.1f}", "needs": READABLE, "name": found.name}
    if found.name == "accent":
        return "accent", _(
            "On the page this accent has a contrast of %(has)s to 1, and text needs %(needs)s. "
            "Choose a darker one."
        ) % numbers
    if found.name == "text":
        if found.dark:
            return "ground_dark", _(
                "Text has a contrast of %(has)s to 1 on this dark ground, and needs %(needs)s. "
                "Choose a darker one."
            ) % numbers
        return "ground", _(
            "Text has a contrast of %(has)s to 1 on this ground, and needs %(needs)s. Choose a lighter one."
        ) % numbers
    return "colour", _(
        "The colour of the section “%(name)s” has a contrast of %(has)s to 1 on the page, and text needs "
        "%(needs)s. Choose a darker one."
    ) % numbers


def _values(facts: BrandFacts) -> dict[str, Any]:
    """The values as the record holds them; raises Invalid for what it cannot hold."""
    words = {name: value.strip() for name, value in facts.items() if isinstance(value, str)}
    values: dict[str, Any] = dict(words)
    for name in COLOURS:
        if words.get(name):
            values[name] = _colour(name, words[name])
    for name in ("logo", "logo_dark"):
        data = facts.get(name)
        if isinstance(data, bytes):
            values[name] = _store_logo(name, data) if data else {}
    values["faces"] = {
        use: _store_face(f"{use}_file", data)
        for use in ("reading", "labels")
        if isinstance(data := facts.get(f"{use}_file"), bytes)
    }
    return values


def _colour(field: str, text: str) -> str:
    colour = read_colour(text)
    if not colour:
        raise Invalid({field: [_("“%(text)s” is no colour. Write it like #17526f.") % {"text": text}]})
    return colour


def _check(brand: Brand) -> None:
    check_record(brand)
    for use in ("reading", "labels"):
        if getattr(brand, use) == "own" and not brand.faces.get(use):
            raise Invalid({use: [_("Choose the file of your typeface too, in the format WOFF2.")]})
    look = Look(accent=brand.accent, ground=brand.ground, ground_dark=brand.ground_dark)
    refuse_unreadable(replace(look, sections=tuple(section_colours().items())))


def _store_logo(field: str, data: bytes) -> Mapping[str, Any]:
    """Store a logo anew, without what is not the picture, and small enough for a masthead."""
    try:
        picture, _words = decode_picture(data)
    except Invalid as refusal:
        raise Invalid({field: refusal.errors["file"]}) from refusal
    logo = picture.convert("RGBA")
    logo.thumbnail(LOGO_SIZE, Pillow.Resampling.LANCZOS)
    out = io.BytesIO()
    logo.save(out, "PNG", optimize=True)
    return {"file": _store(out.getvalue(), "png"), "width": logo.width, "height": logo.height}


def _store_face(field: str, data: bytes) -> str:
    if not data:
        return ""
    if data[:4] != b"wOF2":
        raise Invalid(
            {field: [_("This is no typeface in the format WOFF2. Convert it, then choose it again.")]}
        )
    if len(data) > FACE_BYTES:
        raise Invalid(
            {field: [_("The typeface is larger than 300 kB. Subset it to the letters that you need.")]}
        )
    return _store(data, "woff2")


def _store(data: bytes, ending: str) -> str:
    name = f"{FOLDER}/{hashlib.sha256(data).hexdigest()[:32]}.{ending}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    return name
