"""The files of a picture: made anew without what cameras write into them, in several sizes and formats."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import features

from articles.models import Image

WIDTHS: Final = (480, 960, 1600)
LARGEST: Final = 2400  # pixels on the longer side of the file that is kept
FOLDER: Final = "images"


@dataclass(frozen=True, slots=True)
class Format:
    """How a picture is written, and what the file is called."""

    ending: str
    media_type: str
    options: dict[str, Any]


JPEG: Final = Format("jpg", "image/jpeg", {"quality": 86, "optimize": True, "progressive": True})
WEBP: Final = Format("webp", "image/webp", {"quality": 80, "method": 4, "exif": b"", "icc_profile": b""})
# Slower settings take seconds for a few per cent.
AVIF: Final = Format("avif", "image/avif", {"quality": 55, "speed": 9, "exif": b"", "icc_profile": b""})
NAMES: Final = {"jpg": "JPEG", "webp": "WEBP", "avif": "AVIF"}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as it is stored."""

    name: str
    data: bytes
    width: int
    height: int
    media_type: str


def modern_formats() -> list[Format]:
    """The formats, beside JPEG, that the Pillow of this machine can write, the smallest files first."""
    return [each for each in (AVIF, WEBP) if features.check(each.ending)]


def encode_all(picture: Pillow.Image) -> list[Encoded]:
    """The picture as kept, a JPEG, then its smaller versions and itself in each format."""
    flat = _flatten(picture)
    kept = flat.copy()
    kept.thumbnail((LARGEST, LARGEST), Pillow.Resampling.LANCZOS)
    modern = modern_formats()
    files = [_encode(kept, JPEG)]
    for width in WIDTHS:
        if width >= kept.width:
            break
        height = max(1, round(kept.height * width / kept.width))
        small = kept.resize((width, height), Pillow.Resampling.LANCZOS)
        files += [_encode(small, each) for each in (*modern, JPEG)]
    return [*files, *(_encode(kept, each) for each in modern)]


def store_files(files: Sequence[Encoded]) -> None:
    """Store what `encode_all` made; a file that is there already is the same."""
    for each in files:
        if not default_storage.exists(each.name):
            default_storage.save(each.name, ContentFile(each.data))


def name_files(image: Image, files: Sequence[Encoded]) -> None:
    """Name what `encode_all` made in `image`, which is not saved."""
    kept, *versions = files
    image.file.name = kept.name
    image.width, image.height = kept.width, kept.height
    image.renditions = [as_rendition(each) for each in versions]


def as_rendition(file: Encoded) -> dict[str, Any]:
    """A version as the record of its picture names it."""
    return {"name": file.name, "width": file.width, "height": file.height, "type": file.media_type}


def _flatten(picture: Pillow.Image) -> Pillow.Image:
    """The pixels alone, without transparency: on white, as on paper."""
    if "A" in picture.getbands() or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        page = Pillow.new("RGBA", layer.size, "white")
        page.alpha_composite(layer)
        picture = page
    plain = picture.convert("RGB")
    plain.info.clear()
    return plain


def _encode(picture: Pillow.Image, form: Format) -> Encoded:
    out = io.BytesIO()
    picture.save(out, NAMES[form.ending], **form.options)
    data = out.getvalue()
    name = f"{FOLDER}/{hashlib.sha256(data).hexdigest()[:32]}.{form.ending}"
    return Encoded(name, data, picture.width, picture.height, form.media_type)
