"""Pictures: what comes in is decoded under limits, made anew, and described."""

from __future__ import annotations

import datetime
import hashlib
import io
import warnings
from pathlib import PurePath
from typing import Any, Final, TypedDict, Unpack

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from articles.models import Image
from articles.workflow.errors import Invalid, check_record
from articles.workflow.people import require
from articles.workflow.picture_files import as_rendition, encode_all, modern_formats, name_files, store_files
from articles.workflow.picture_words import words_in_file
from articles.workflow.record import change_record, record_event

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")


class Words(TypedDict, total=False):
    """What is said about a picture, and where its middle is."""

    title: str
    alt: str
    caption: str
    credit: str
    rights: str
    expires_on: datetime.date | None
    focus_x: int
    focus_y: int


def add_image(
    *, by: User, data: bytes, filename: str, take_words: bool = False, **words: Unpack[Words]
) -> Image:
    """Keep a picture and return its record.

    The picture is turned upright and made anew: nothing that was in the file beside the picture is kept, such
    as the place where it was taken. The title, caption, credit and rights that its maker wrote into it are
    noted, and with `take_words` they stand where `words` say nothing. Files are named by their content, so
    that the same picture is kept once; the record there is comes back as it is. Raises NotAllowed, Invalid.
    """
    require(by, "articles.add_image", _("You may not add pictures. Ask a reporter or an editor."))
    picture, written = decode_picture(data)
    if same := find_image(data):
        return same
    image = Image(sha256=_digest(data), file_words=written, uploaded_by=by)
    offered = {**written, **_given(words)} if take_words else _given(words)
    for name, value in offered.items():
        setattr(image, name, value)
    image.title = image.title or _title_from(filename)
    files = encode_all(picture)
    store_files(files)
    name_files(image, files)
    check_record(image)  # it opens the file
    try:
        with transaction.atomic():
            image.save(force_insert=True)
            record_event(action="image.added", record=image, by=by, after={"sha256": image.sha256})
    except IntegrityError:
        # Somebody added the same file at this very moment.
        return Image.objects.get(sha256=image.sha256)
    return image


def find_image(data: bytes) -> Image | None:
    """The record of the picture that was made from a file with these bytes, if there is one."""
    return Image.objects.filter(sha256=_digest(data)).first()


def save_image(image: Image, *, by: User, **words: Unpack[Words]) -> Image:
    """Change the words, the rights or the focal point of a picture; only what is given.

    Raises NotAllowed, Invalid.
    """
    require(by, "articles.change_image", _("You may not change pictures. Ask a reporter or an editor."))
    return change_record(image, by=by, action="image.saved", values=words)


def make_versions(image: Image) -> list[str]:
    """Make the versions that a picture lacks in the formats of this machine; returns their names.

    For pictures that came in before a format could be written. Editions keep the versions that they have.
    """
    there = {each["type"] for each in image.renditions}
    if there >= {each.media_type for each in modern_formats()}:
        return []
    with image.file.open("rb") as file:
        picture, _written = decode_picture(file.read())
    files = [each for each in encode_all(picture)[1:] if each.media_type not in there]
    store_files(files)
    with transaction.atomic():
        current = Image.objects.select_for_update(of=("self",)).get(pk=image.pk)
        current.renditions = [*current.renditions, *(as_rendition(each) for each in files)]
        current.save(update_fields=["renditions"])
        names = [each.name for each in files]
        record_event(action="image.versions_made", record=current, by=None, after={"files": names})
    return names


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _given(words: Words) -> dict[str, Any]:
    """`words` without those that say nothing, trimmed."""
    trimmed = {name: value.strip() if isinstance(value, str) else value for name, value in words.items()}
    return {name: value for name, value in trimmed.items() if value not in ("", None)}


def _title_from(filename: str) -> str:
    return PurePath(filename).stem.replace("_", " ").replace("-", " ").strip()[:120] or _("Untitled")


def decode_picture(data: bytes) -> tuple[Pillow.Image, dict[str, str]]:
    """The picture in `data`, upright, and the words in the file.

    Every file that is no picture gets its own sentence, as Invalid.
    """
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
            return ImageOps.exif_transpose(picture), words_in_file(picture)
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
