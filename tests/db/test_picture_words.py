"""What photographers write into a file: read from IPTC and XMP, offered, and in no file that is kept."""

import io
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from django.conf import settings
from PIL import Image as Pillow
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from articles.models import Image
from articles.workflow.picture_words import words_in_file
from articles.workflow.pictures import add_image
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def dataset(record: int, number: int, value: bytes) -> bytes:
    """One field of IPTC-IIM."""
    return bytes([0x1C, record, number]) + len(value).to_bytes(2, "big") + value


def iptc_segment(fields: dict[int, str], *, encoding: str = "utf-8", declared: bool = True) -> bytes:
    """An APP13 segment of a JPEG that holds `fields` of record 2."""
    block = dataset(1, 90, b"\x1b%G") if declared else b""
    words = (dataset(2, number, text.encode(encoding)) for number, text in fields.items())
    return segment_of(block + b"".join(words))


def segment_of(block: bytes) -> bytes:
    """An APP13 segment of a JPEG with `block` where IPTC stands."""
    resource = b"8BIM\x04\x04\x00\x00" + len(block).to_bytes(4, "big") + block + b"\0" * (len(block) % 2)
    payload = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + (len(payload) + 2).to_bytes(2, "big") + payload


def jpeg(*, segment: bytes = b"", **options: object) -> bytes:
    """A small JPEG; `segment` stands behind its first marker."""
    out = io.BytesIO()
    Pillow.new("RGB", (60, 40), "teal").save(out, "JPEG", **options)
    data = out.getvalue()
    return data[:2] + segment + data[2:]


def xmp(inner: str, before: str = "") -> bytes:
    """An XMP packet that says `inner` of the picture."""
    return (
        f'{before}<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">{inner}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def read(data: bytes) -> dict[str, str]:
    """The words in a file."""
    picture = Pillow.open(io.BytesIO(data))
    picture.load()
    return words_in_file(picture)


IPTC = {
    5: "Lock at night",
    80: "Tomas Reed",
    110: "Kelder Images",
    116: "One year, no print",
    120: "The  lock\nat two.",
}
FOUND = {
    "title": "Lock at night",
    "caption": "The lock at two.",
    "credit": "Tomas Reed / Kelder Images",
    "rights": "One year, no print",
}


def test_iptc_is_read() -> None:
    assert read(jpeg(segment=iptc_segment(IPTC))) == FOUND


@pytest.mark.parametrize(("encoding", "declared"), [("utf-8", True), ("utf-8", False), ("cp1252", False)])
def test_letters_with_accents_are_read_however_they_were_written(encoding: str, declared: bool) -> None:
    segment = iptc_segment({80: "Zoë Bläck"}, encoding=encoding, declared=declared)
    assert read(jpeg(segment=segment)) == {"credit": "Zoë Bläck"}


def test_xmp_is_read_in_the_language_of_the_file_and_comes_before_iptc() -> None:
    inner = (
        '<dc:title><rdf:Alt><rdf:li xml:lang="de">Die Schleuse</rdf:li>'
        '<rdf:li xml:lang="x-default">The lock</rdf:li></rdf:Alt></dc:title>'
        "<dc:creator><rdf:Seq><rdf:li>Tomas Reed</rdf:li></rdf:Seq></dc:creator>"
        f"<photoshop:Credit>{escape('Reed & Daughter')}</photoshop:Credit>"
    )
    found = read(jpeg(segment=iptc_segment({5: "Old title", 120: "Kept."}), xmp=xmp(inner)))
    assert found == {"title": "The lock", "caption": "Kept.", "credit": "Tomas Reed / Reed & Daughter"}


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_xmp_of_other_formats_is_read(kind: str) -> None:
    packet = xmp("<photoshop:Headline>The lock</photoshop:Headline>")
    out = io.BytesIO()
    picture = Pillow.new("RGB", (60, 40), "teal")
    if kind == "PNG":
        chunks = PngInfo()
        chunks.add_itxt("XML:com.adobe.xmp", packet.decode())
        picture.save(out, kind, pnginfo=chunks)
    else:
        picture.save(out, kind, xmp=packet)
    assert read(out.getvalue()) == {"title": "The lock"}


@pytest.mark.parametrize(
    "data",
    [
        jpeg(xmp=b"<x:xmpmeta"),
        jpeg(xmp=xmp("<dc:title>&a;</dc:title>", '<!DOCTYPE x [<!ENTITY a "secret">]>')),
        jpeg(xmp=b"\xff\xfe\x00<\x00x"),
        jpeg(segment=segment_of(b"\x1c\x02\x05\xff\xff\xff")),
        jpeg(segment=segment_of(b"nothing of the kind")),
        jpeg(),
    ],
    ids=["cut off", "with entities", "no text", "broken block", "another block", "nothing"],
)
def test_words_that_cannot_be_read_are_left_out_and_the_picture_is_kept(data: bytes) -> None:
    assert read(data) == {}
    assert add_image(by=make_user(), data=data, filename="lock.jpg").file_words == {}


def test_words_are_as_long_as_the_record_takes() -> None:
    found = read(jpeg(segment=iptc_segment({5: "a" * 300, 120: "b " * 900})))
    assert (len(found["title"]), len(found["caption"])) == (120, 499)


def test_they_are_offered_and_taken_only_when_asked_for_and_never_over_what_was_typed() -> None:
    data = jpeg(segment=iptc_segment(IPTC))
    offered = add_image(by=make_user(), data=data, filename="lock_at-night.jpg")
    assert (offered.title, offered.credit, offered.file_words) == ("lock at night", "", FOUND)
    Image.objects.all().delete()
    taken = add_image(by=make_user(), data=data, filename="x.jpg", take_words=True, credit="City archive")
    assert (taken.title, taken.credit) == (FOUND["title"], "City archive")
    assert (taken.caption, taken.rights, taken.alt) == (FOUND["caption"], FOUND["rights"], "")


def test_nothing_that_was_in_the_file_is_in_any_file_that_is_kept() -> None:
    exif = Pillow.Exif()
    exif[Base.Artist] = "Tomas Reed"
    place = exif.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitude], place[GPS.GPSLatitudeRef] = (52.0, 30.0, 11.0), "N"
    packet = xmp("<photoshop:Credit>Kelder Images</photoshop:Credit>")
    data = jpeg(segment=iptc_segment(IPTC), exif=exif, xmp=packet)
    sent = Pillow.open(io.BytesIO(data))
    assert sent.getexif().get_ifd(IFD.GPSInfo), "the file of this test must have a place"
    image = add_image(by=make_user(), data=data, filename="lock.jpg")
    names = [image.file.name, *(each["name"] for each in image.renditions)]
    assert {name.rsplit(".")[-1] for name in names} == {"jpg", "avif", "webp"}
    for name in names:
        stored = (Path(settings.MEDIA_ROOT) / name).read_bytes()
        for secret in (b"Reed", b"Kelder", b"Photoshop", b"xmpmeta", b"Exif"):
            assert secret not in stored
        assert not Pillow.open(io.BytesIO(stored)).getexif()
