"""What photographers and agencies write into a file: title, caption, credit, rights. Read, never trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree

from PIL import IptcImagePlugin
from PIL.ImageFile import ImageFile

# The longest that the fields of the record take.
LENGTHS: Final = {"title": 120, "caption": 500, "credit": 120, "rights": 500}
MAX_XMP: Final = 512 * 1024

# IPTC-IIM, record 2: the first of these that the file has.
_IPTC: Final[Mapping[str, tuple[int, ...]]] = {
    "title": (5, 105),  # object name, headline
    "caption": (120,),
    "credit": (110,),
    "rights": (116,),
}
_BYLINE: Final = 80
_UTF8: Final = b"\x1b%G"  # what the file says in 1:90 when its words are UTF-8

_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP: Final = "{http://ns.adobe.com/photoshop/1.0/}"
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_XMP: Final[Mapping[str, tuple[str, ...]]] = {
    "title": (f"{_DC}title", f"{_PHOTOSHOP}Headline"),
    "caption": (f"{_DC}description",),
    "credit": (f"{_PHOTOSHOP}Credit",),
    "rights": (f"{_DC}rights",),
}
_CREATOR: Final = f"{_DC}creator"
_DECLARES: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def words_in_file(picture: ImageFile) -> dict[str, str]:
    """The title, caption, credit and rights that an opened file brings, as one line each; only what it has.

    XMP counts before IPTC, as the newer of the two. The credit is the photographer's name and the agency's,
    as papers print it. Words that cannot be read are left out: a picture is never refused for them.
    """
    found = _from_iptc(picture) | _from_xmp(picture)
    lines = {name: " ".join(text.replace("\0", " ").split()) for name, text in found.items()}
    return {name: line[: LENGTHS[name]].rstrip() for name, line in lines.items() if line}


def _from_iptc(picture: ImageFile) -> dict[str, str]:
    try:
        info = IptcImagePlugin.getiptcinfo(picture) or {}
    except (OSError, SyntaxError, ValueError, TypeError):  # what a broken block raises
        return {}
    utf8 = _first(info.get((1, 90))) == _UTF8

    def text(*tags: int) -> str:
        return next((words for tag in tags if (words := _decoded(_first(info.get((2, tag))), utf8))), "")

    found = {name: text(*tags) for name, tags in _IPTC.items()}
    found["credit"] = _credit(text(_BYLINE), found["credit"])
    return {name: words for name, words in found.items() if words}


def _first(value: bytes | list[bytes] | None) -> bytes:
    if isinstance(value, list):
        return value[0] if value else b""
    return value or b""


def _decoded(data: bytes, utf8: bool) -> str:
    # Many programs write UTF-8 and do not say so; what is none was written on an old Windows.
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8" if utf8 else "cp1252", errors="replace")


def _from_xmp(picture: ImageFile) -> dict[str, str]:
    data = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    raw = data.encode() if isinstance(data, str) else bytes(data)
    text = raw[: MAX_XMP + 1].decode("utf-8", errors="replace").strip("\0\ufeff \n")
    # A declaration has no work in XMP; with entities, a small file could grow without end.
    if not text or len(text) > MAX_XMP or _DECLARES.search(text):
        return {}
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  # no declaration: nothing to expand or to fetch
    except (ElementTree.ParseError, ValueError):
        return {}
    properties = dict(_properties(root))
    found = {
        name: next((properties[tag] for tag in tags if properties.get(tag)), "")
        for name, tags in _XMP.items()
    }
    found["credit"] = _credit(properties.get(_CREATOR, ""), found["credit"])
    return {name: words for name, words in found.items() if words}


def _properties(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """What is said about the picture: as attributes, as plain words, or as lists of which one counts."""
    for about in root.iter(f"{_RDF}Description"):
        yield from about.attrib.items()
        for child in about:
            items = list(child.iter(f"{_RDF}li"))
            default = [item for item in items if item.get(_LANG) == "x-default"]
            if items:
                yield child.tag, (default or items)[0].text or ""
            else:
                yield child.tag, child.text or ""


def _credit(person: str, agency: str) -> str:
    person, agency = person.strip(), agency.strip()
    if person and agency and person.casefold() not in agency.casefold():
        return f"{person} / {agency}"
    return agency or person
