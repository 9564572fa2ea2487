"""Pictures: made anew, upright, without what cameras write, and every bad file refused with its sentence."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from PIL import Image as Pillow
from PIL.ExifTags import GPS, IFD, Base
from pytest_django import Settings

from articles.models import Event, Image
from articles.workflow.errors import Invalid, NotAllowed
from articles.workflow.pictures import add_image, make_versions, save_image
from tests.factories import make_user

pytestmark = pytest.mark.django_db

KINDS = ["image/avif", "image/webp", "image/jpeg"]


def picture(
    width: int = 1200, height: int = 800, kind: str = "JPEG", mode: str = "RGB", **options: object
) -> bytes:
    """The bytes of a picture: red on the left, blue on the right."""
    canvas = Pillow.new("RGB", (width, height), "blue")
    canvas.paste("red", (0, 0, width // 2, height))
    out = io.BytesIO()
    canvas.convert(mode).save(out, kind, **options)
    return out.getvalue()


def add(data: bytes, **fields: object) -> Image:
    """Somebody adds `data`."""
    return add_image(
        **{"by": make_user(), "data": data, "filename": "light_house.jpg", "title": "", **fields}
    )


def opened(name: str) -> Pillow.Image:
    """A stored file as a picture."""
    return Pillow.open(io.BytesIO((Path(settings.MEDIA_ROOT) / name).read_bytes()))


def test_a_picture_is_kept_in_several_sizes_named_by_content() -> None:
    image = add(picture(), alt="A light.", credit="T. Reed")
    assert (image.title, image.width, image.height) == ("light house", 1200, 800)
    sizes = [(each["width"], each["height"], each["type"]) for each in image.renditions]
    expected = [(width, height, kind) for width, height in [(480, 320), (960, 640)] for kind in KINDS]
    assert sizes == [*expected, (1200, 800, "image/avif"), (1200, 800, "image/webp")]
    for each in image.renditions:
        assert opened(each["name"]).size == (each["width"], each["height"])
    assert Event.objects.get().action == "image.added"


def test_where_avif_cannot_be_written_the_others_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.workflow.picture_files.features.check", lambda name: name != "avif")
    image = add(picture(600, 400))
    assert [each["type"] for each in image.renditions] == ["image/webp", "image/jpeg", "image/webp"]


def test_versions_that_an_older_picture_lacks_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr("articles.workflow.picture_files.features.check", lambda name: name != "avif")
        image = add(picture(600, 400))
    before, kept = list(image.renditions), image.file.name
    lost = add(picture(30, 20))
    Image.objects.filter(pk=lost.pk).update(file="images/lost.jpg", renditions=[])
    out, complaint = io.StringIO(), io.StringIO()
    call_command("make_versions", "--dry-run", stdout=out)
    assert "2 pictures lack versions, 0 were made" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("make_versions", stdout=out, stderr=complaint)
    assert f"Picture {lost.pk}" in complaint.getvalue()
    image.refresh_from_db()
    new = image.renditions[len(before) :]
    assert (image.renditions[: len(before)], image.file.name) == (before, kept)
    assert [(each["width"], each["type"]) for each in new] == [(480, "image/avif"), (600, "image/avif")]
    assert all(opened(each["name"]).width == each["width"] for each in new)
    assert make_versions(image) == []
    assert Event.objects.filter(action="image.versions_made").count() == 1


def test_the_place_and_the_camera_are_not_kept_and_the_picture_is_upright() -> None:
    exif = Pillow.Exif()
    exif[Base.Orientation] = 6  # to be turned a quarter to the right
    exif[Base.Make] = "Camera of the keeper"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (52.0, 30.0, 0.0)
    data = picture(600, 400, exif=exif, comment=b"secret")
    assert b"Camera of the keeper" in data
    image = add(data)
    assert (image.width, image.height) == (400, 600)
    for name in [image.file.name, *(each["name"] for each in image.renditions)]:
        stored = opened(name)
        assert not stored.getexif()
        assert "comment" not in stored.info
    top = opened(image.file.name).convert("RGB").getpixel((200, 50))
    assert top[0] > 200 > top[2]


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("GIF", "P"), ("JPEG", "L")]
)
def test_other_kinds_of_picture_become_jpeg(kind: str, mode: str) -> None:
    image = add(picture(300, 200, kind, mode))
    assert opened(image.file.name).format == "JPEG"


def test_the_same_picture_is_kept_once() -> None:
    data = picture(300, 200)
    assert add(data) == add(data)
    assert Image.objects.count() == 1


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 pixels wide and high."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    out = b"\x89PNG\r\n\x1a\n"
    for name, body in ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")):
        out += struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return out


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"not a picture at all", "not a picture that can be used"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture that can be used"),
        (picture(kind="BMP"), "not a picture that can be used"),
        (picture()[:2000], "damaged"),
        (bomb(), "million pixels"),
    ],
    ids=["empty", "text", "svg", "bmp", "truncated", "bomb"],
)
def test_a_bad_file_is_refused_with_its_sentence_and_nothing_is_stored(data: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        add(data)
    assert list(refusal.value.errors) == ["file"]
    assert not Image.objects.exists()
    assert not Path(settings.MEDIA_ROOT, "images").exists()


def test_the_limits_are_settings(settings: Settings) -> None:
    settings.NEWSROOM_IMAGE_MAX_PIXELS = 1_000_000
    with pytest.raises(Invalid, match="1 million pixels"):
        add(picture(1001, 1000))
    settings.NEWSROOM_IMAGE_MAX_BYTES = 1024 * 1024
    with pytest.raises(Invalid, match="1 MB"):
        add(b"x" * (1024 * 1024 + 1))


def test_who_may_not_is_refused() -> None:
    with pytest.raises(NotAllowed):
        add(picture(30, 20), by=make_user("Auditor"))


def test_words_and_focal_point_are_changed_with_an_event() -> None:
    image, editor = add(picture(30, 20)), make_user()
    save_image(image, by=editor, alt="A light.", focus_x=20)
    image.refresh_from_db()
    assert (image.alt, image.focus_x) == ("A light.", 20)
    assert Event.objects.get(action="image.saved").after == {"alt": "A light.", "focus_x": 20}
    with pytest.raises(Invalid):
        save_image(image, by=editor, focus_x=200)
    assert Event.objects.filter(action="image.saved").count() == 1
    save_image(image, by=editor, alt="A light.")
    assert Event.objects.filter(action="image.saved").count() == 1, "nothing changed, nothing is noted"


@pytest.mark.parametrize(
    ("role", "may"),
    [("Reporter", True), ("Editor", True), ("Managing editor", True), ("Auditor", False),
     ("Administrator", False), ("", False)],
)  # fmt: skip
def test_who_writes_stories_may_add_and_describe_pictures(role: str, may: bool) -> None:
    person, image = make_user(role), add(picture(40, 20))
    for attempt in (
        lambda: add_image(by=person, data=picture(30, 20), filename="light.jpg"),
        lambda: save_image(image, by=person, rights="In print only."),
    ):
        if may:
            attempt()
        else:
            with pytest.raises(NotAllowed):
                attempt()
