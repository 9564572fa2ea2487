"""Pictures: decoded under limits, made anew without what cameras write into them, in several sizes."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from articles.models import Image
from articles.workflow.errors import Invalid, check_record
from articles.workflow.people import require
from articles.workflow.record import record_event

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
WIDTHS: Final = (480, 960, 1600)
LARGEST: Final = 2400  # pixels on the longer side of the file that is kept
FOLDER: Final = "images"


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as it is stored."""

    name: str
    data: bytes
    width: int
    height: int
    media_type: str


def add_image(
    *,
    by: User,
    data: bytes,
    filename: str,
    title: str = "",
    alt: str = "",
    caption: str = "",
    credit: str = "",
    **focus: int,
) -> Image:
    """Keep a picture and return its record. `focus` may be `focus_x` and `focus_y`, in per cent.

    The picture is turned upright and made anew: nothing that was in the file beside the picture is kept, such
    as the place where it was taken. Files are named by their content, so that the same picture is kept once;
    the record there is comes back as it is. Raises NotAllowed, Invalid.
    """
    require(by, "articles.add_image", _("You may not add pictures. Ask a reporter or an editor."))
    picture = _decode(data)
    sha256 = hashlib.sha256(data).hexdigest()
    if same := Image.objects.filter(sha256=sha256).first():
        return same
    files = _encode_all(picture)
    largest = files[0]
    name = title.strip() or PurePath(filename).stem.replace("_", " ").replace("-", " ")
    image = Image(
        title=name[:120] if not title.strip() else name,
        renditions=[
            {"name": each.name, "width": each.width, "height": each.height, "type": each.media_type}
            for each in files[1:]
        ],
        sha256=sha256,
        alt=alt.strip(),
        caption=caption.strip(),
        credit=credit.strip(),
        uploaded_by=by,
        **focus,
    )
    for each in files:
        _store(each)
    image.file.name = largest.name
    image.width, image.height = largest.width, largest.height
    check_record(image)
    with transaction.atomic():
        image.save(force_insert=True)
        record_event(action="image.added", record=image, by=by, after={"sha256": sha256})
    return image


def save_image(image: Image, *, by: User, **words: Any) -> Image:
    """Change the words or the focal point of a picture; only what is given. Raises NotAllowed, Invalid."""
    require(by, "articles.change_image", _("You may not change pictures. Ask a reporter or an editor."))
    with transaction.atomic():
        current = Image.objects.select_for_update(of=("self",)).get(pk=image.pk)
        before = {name: getattr(current, name) for name in words}
        changed = [name for name, value in words.items() if before[name] != value]
        if not changed:
            return current
        for name in changed:
            setattr(current, name, words[name])
        check_record(current)
        current.save(update_fields=changed)
        record_event(
            action="image.saved",
            record=current,
            by=by,
            before={name: before[name] for name in changed},
            after={name: words[name] for name in changed},
        )
    return current


def _decode(data: bytes) -> Pillow.Image:
    """The picture in `data`, upright. Every file that is not one gets its own sentence, as Invalid."""
    if not data:
        raise _refuse(_("The file is empty. Choose the picture again."))
    if len(data) > settings.NEWSROOM_IMAGE_MAX_BYTES:
        megabytes = settings.NEWSROOM_IMAGE_MAX_BYTES // (1024 * 1024)
        raise _refuse(
            _("The file is larger than %(size)d MB. Save the picture smaller.") % {"size": megabytes}
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            picture = Pillow.open(io.BytesIO(data), formats=FORMATS)
            _check_pixels(picture)
            picture.load()
            return ImageOps.exif_transpose(picture)
    except UnidentifiedImageError as error:
        raise _refuse(
            _("This is not a picture that can be used. Save it as JPEG, PNG, WebP or GIF.")
        ) from error
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise _refuse(
            _("The file is damaged or not complete. Export or upload the picture again.")
        ) from error


def _check_pixels(picture: Pillow.Image) -> None:
    # Pillow's own limit is one for the whole process; this one is the paper's.
    if picture.width * picture.height > settings.NEWSROOM_IMAGE_MAX_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> Invalid:
    millions = settings.NEWSROOM_IMAGE_MAX_PIXELS // 1_000_000
    return _refuse(
        _("The picture has more than %(millions)d million pixels. Save it smaller.") % {"millions": millions}
    )


def _refuse(message: str) -> Invalid:
    return Invalid({"file": [message]})


def _encode_all(picture: Pillow.Image) -> list[Encoded]:
    """The picture as kept, then its smaller versions, each as WebP and as JPEG."""
    flat = _flatten(picture)
    kept = flat.copy()
    kept.thumbnail((LARGEST, LARGEST), Pillow.Resampling.LANCZOS)
    files = [_encode(kept, "JPEG")]
    for width in WIDTHS:
        if width >= kept.width:
            break
        small = kept.resize(
            (width, max(1, round(kept.height * width / kept.width))), Pillow.Resampling.LANCZOS
        )
        files += [_encode(small, "WEBP"), _encode(small, "JPEG")]
    return [*files, _encode(kept, "WEBP")]


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


def _encode(picture: Pillow.Image, kind: str) -> Encoded:
    out = io.BytesIO()
    if kind == "WEBP":
        picture.save(out, "WEBP", quality=80, method=4, exif=b"", icc_profile=b"")
        ending, media_type = "webp", "image/webp"
    else:
        picture.save(out, "JPEG", quality=86, optimize=True, progressive=True)
        ending, media_type = "jpg", "image/jpeg"
    data = out.getvalue()
    name = f"{FOLDER}/{hashlib.sha256(data).hexdigest()[:32]}.{ending}"
    return Encoded(name, data, picture.width, picture.height, media_type)


def _store(encoded: Encoded) -> None:
    if not default_storage.exists(encoded.name):
        default_storage.save(encoded.name, ContentFile(encoded.data))
