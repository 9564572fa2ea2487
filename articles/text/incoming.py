"""One story of an archive, as another system hands it over: a JSON object in a line becomes an `Item`.

Two forms are read: news objects of ninjs 3.1, as our own API writes them, and a plain one with `headline`,
`body`, `byline` and so on, which is quickly made from any system.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final
from urllib.parse import unquote, urlsplit

LONGEST: Final = 2_000_000  # characters of a body
IDENTIFIER_LENGTH: Final = 500
KINDS: Final = {
    "Current": "news", "Analysis": "analysis", "Opinion": "opinion", "Background": "background",
    "Review": "review", "Advertiser_Supplied": "advertiser",
}  # fmt: skip
_TAGS: Final = (
    "p|br|div|span|a|em|i|b|strong|h[1-6]|ul|ol|li|blockquote|figure|img|table|article|section|"
    "script|style|iframe"
)
_IS_HTML = re.compile(rf"</?(?:{_TAGS})\b[^<>]*>", re.I)
_BUTTON = re.compile(r"<button\b[^<>]*>[^<]*</button>", re.I)  # our own API's numbers behind quotations
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_SIGNED_BY_MANY = re.compile(r"\s*(?:,|;|\band\b|&)\s*")

Values = Mapping[str, Any]


class UnreadableItem(ValueError):
    """A line is no story; the message says why, and what to do next."""


@dataclass(frozen=True, slots=True)
class Item:
    """A story as it came. `body` is HTML when `html` says so, else text whose paragraphs blank lines part."""

    identifier: str
    headline: str
    body: str
    html: bool
    kicker: str = ""
    dek: str = ""
    authors: tuple[str, ...] = ()
    dateline: str = ""
    section: str = ""
    topics: tuple[str, ...] = ()
    published_at: datetime.datetime | None = None
    address: str = ""
    slug: str = ""
    language: str = ""
    kind: str = ""
    developing: bool = False

    @property
    def digest(self) -> str:
        """A hash of everything that came, to see whether it changed since."""
        whole = [repr(getattr(self, each.name)) for each in fields(self)]
        return hashlib.sha256("\n".join(whole).encode()).hexdigest()

    @property
    def path(self) -> str:
        """The path of the address that readers had; empty when there was none."""
        path = unquote(urlsplit(self.address).path)
        return path if len(path) <= IDENTIFIER_LENGTH and path.strip("/") else ""


def read_item(line: bytes | str) -> Item:
    """The story in a line. Raises UnreadableItem."""
    values = _read_json(line)
    item = _from_ninjs(values) if "bodies" in values or "headlines" in values else _from_plain(values)
    if not item.body.strip():
        raise UnreadableItem("The story has no text. Give it a “body”, or leave the line out.")
    if not item.headline:
        raise UnreadableItem("The story has no headline. Give it a “headline”.")
    if len(item.body) > LONGEST:
        raise UnreadableItem("The story is longer than two million characters. Part it into several.")
    return item


def _read_json(line: bytes | str) -> dict[str, Any]:
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        values = json.loads(text)
    except UnicodeDecodeError as error:
        raise UnreadableItem("The line is not in UTF-8. Convert the file, then import it again.") from error
    except (ValueError, RecursionError) as error:
        place = f" after character {error.pos}" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableItem(
            f"The line is no JSON object{place}. Write each story in one line, as docs/import.md shows."
        ) from error
    if not isinstance(values, dict):
        raise UnreadableItem("The line holds no JSON object, {…}. Write each story as one.")
    return values


def _from_plain(values: Values) -> Item:
    html, text = _text(values, "body_html", strip=False), _text(values, "body_text", strip=False)
    body = html or text or _text(values, "body", strip=False)
    address = _text(values, "url") or _text(values, "link")
    return Item(
        identifier=_identifier(values, ("uri", "guid", "id"), address, body),
        headline=_line(values, "headline") or _line(values, "title"),
        body=body,
        html=bool(html) or (not text and bool(_IS_HTML.search(body))),
        kicker=_line(values, "kicker"),
        dek=_line(values, "dek") or _line(values, "summary"),
        authors=_authors(values.get("byline") or values.get("authors")),
        dateline=_line(values, "dateline"),
        section=_line(values, "section"),
        topics=_lines(values.get("topics") or values.get("tags"), "topics"),
        published_at=_moment(values, "published_at") or _moment(values, "published"),
        address=address,
        slug=_line(values, "slug"),
        language=_line(values, "language"),
        kind=_line(values, "type_of_work"),
        developing=values.get("developing") is True,
    )


def _from_ninjs(values: Values) -> Item:
    bodies = _objects(values, "bodies")
    html = next((_text(each, "value", strip=False) for each in bodies if _is_html(each)), "")
    text = next((_text(each, "value", strip=False) for each in bodies if not _is_html(each)), "")
    headlines, subjects = _objects(values, "headlines"), _objects(values, "subjects")
    address = next((_text(each, "value") for each in _objects(values, "altIds") if _is(each, "web")), "")
    address = address or next((_text(each, "href") for each in _objects(values, "renditions")), "")
    authors = tuple(_line(each, "name") for each in _objects(values, "people") if each.get("rel") == "author")
    genre = next((_text(each, "uri").rpartition("/")[2] for each in _objects(values, "genres")), "")
    body = _BUTTON.sub("", html) or text
    return Item(
        identifier=_identifier(values, ("uri",), address, body),
        headline=_by_role(headlines, "main") or next((_line(each, "value") for each in headlines), ""),
        body=body,
        html=bool(html),
        kicker=_by_role(headlines, "kicker"),
        dek=_by_role(_objects(values, "descriptions"), "summary"),
        authors=authors or _authors(values.get("by")),
        dateline=_line(values, "located"),
        section=next((_line(each, "name") for each in subjects if each.get("rel") == "section"), ""),
        topics=tuple(_line(each, "name") for each in subjects if each.get("rel") in ("about", None)),
        published_at=_moment(values, "firstCreated") or _moment(values, "versionCreated"),
        address=address,
        language=_line(values, "language"),
        kind=KINDS.get(genre, ""),
    )


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a plain body: parted by blank lines, or by line ends where there are none."""
    lines = "\n".join(text.splitlines())
    return _BLANK_LINE.split(lines) if _BLANK_LINE.search(lines.strip()) else lines.split("\n")


def _identifier(values: Values, names: Iterable[str], address: str, body: str) -> str:
    named = next((str(values[name]).strip() for name in names if values.get(name)), "") or address
    if len(named) > IDENTIFIER_LENGTH or _UNSTORABLE.search(named):
        raise UnreadableItem(
            "The identifier cannot be stored. Use at most 500 characters, none of them broken."
        )
    return named or f"sha256:{hashlib.sha256(body.encode()).hexdigest()}"


def _text(values: Values, name: str, *, strip: bool = True) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnreadableItem(f"“{name}” is no text. Write it in quotation marks.")
    if _UNSTORABLE.search(value):
        raise UnreadableItem(
            f"“{name}” holds a character that cannot be stored. Take \\u0000 and the like out."
        )
    return value.strip() if strip else value


def _line(values: Values, name: str) -> str:
    return " ".join(_text(values, name).split())


def _lines(value: Any, name: str) -> tuple[str, ...]:
    """A list of words, or words parted by commas."""
    if isinstance(value, str):
        value = value.split(",")
    if value is not None and not isinstance(value, list):
        raise UnreadableItem(f'“{name}” is no list. Write it as ["one", "another"].')
    lines = (_line({name: each}, name) for each in value or ())
    return tuple(dict.fromkeys(line for line in lines if line))


def _authors(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        words = re.sub(r"^\s*by\s+", "", value, flags=re.I)
        value = _SIGNED_BY_MANY.split(words)
    return _lines(value, "byline")


def _moment(values: Values, name: str) -> datetime.datetime | None:
    text = _text(values, name)
    if not text:
        return None
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise UnreadableItem(f"“{name}” is no moment. Write it like 2009-03-02T11:00:00+00:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _objects(values: Values, name: str) -> list[Values]:
    found = values.get(name) or []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise UnreadableItem(f"“{name}” is no list of objects, as ninjs 3.1 has it.")
    return found


def _by_role(values: Iterable[Values], role: str) -> str:
    return next((_line(each, "value") for each in values if _is(each, role)), "")


def _is(values: Values, role: str) -> bool:
    return values.get("role") == role


def _is_html(body: Values) -> bool:
    return body.get("contentType") == "text/html"
