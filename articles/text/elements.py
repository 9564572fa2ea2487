"""What stands in a body beside its paragraphs: pictures, pull quotes, link cards, footnotes and tables.

All but footnotes and tables are kept as a reference only, so that nobody can retype what a record says:

- ``<figure data-picture="12"></figure>``: a picture of the library, by number
- ``<aside data-pull="k3y"></aside>``: a pull quote, by the key of a quote of the story
- ``<figure data-card="https://…" title="…"></figure>``: a card that links to another site
- ``<sup data-note="a1"></sup>``: the mark of a footnote
- ``<aside data-note="a1"><p>…</p></aside>``: its words
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import urlsplit

Kind = Literal["picture", "pull", "card", "mark", "note"]

ELEMENT_TAGS: Final = frozenset(
    {"figure", "aside", "sup", "table", "thead", "tbody", "tr", "th", "td"}
)  # fmt: skip
ELEMENT_ATTRIBUTES: Final[dict[str, frozenset[str]]] = {
    "figure": frozenset({"data-picture", "data-card", "title"}),
    "aside": frozenset({"data-pull", "data-note"}),
    "sup": frozenset({"data-note"}),
    "th": frozenset({"scope", "colspan", "rowspan"}),
    "td": frozenset({"colspan", "rowspan"}),
}
# What a value must look like; an attribute with any other value goes.
_VALUES: Final = {
    "data-picture": re.compile(r"[1-9][0-9]{0,9}"),
    "data-pull": re.compile(r"[0-9a-z]{1,16}"),
    "data-note": re.compile(r"[0-9a-z]{1,16}"),
    "scope": re.compile(r"(?:col|row)(?:group)?"),
    "colspan": re.compile(r"[2-9]|[1-4][0-9]"),
    "rowspan": re.compile(r"[2-9]|[1-9][0-9]"),
}
_TAG: Final = re.compile(
    r"<(?P<close>/?)(?P<tag>figure|aside|sup|table|thead|tbody|tr|th|td|a)\b"
    r'(?P<rest>(?:[^>"]|"[^"]*+")*+)>'
)
_ATTRIBUTE: Final = re.compile(r'([a-z-]+)="([^"]*)"')
_EMPTY_TABLE: Final = re.compile(r"<(table|thead|tbody|tr)></\1>")
_REFERENCE: Final = re.compile(
    r'<figure data-picture="(?P<picture>[0-9]+)"></figure>'
    r'|<aside data-pull="(?P<pull>[0-9a-z]+)"></aside>'
    r'|<figure data-card="(?P<card>[^"]*)"(?: title="(?P<title>[^"]*)")?></figure>'
    r'|<sup data-note="(?P<mark>[0-9a-z]+)"></sup>'
    r'|<aside data-note="(?P<note>[0-9a-z]+)">(?P<words>.*?)</aside>',
    re.DOTALL,
)
_LINK: Final = re.compile(r'<a\b[^>]*? ?href="(/[^"]*)"')


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a cleaned body. `start` and `end` are offsets of the HTML.

    `ref` is the number, key, address or name that it refers to. `inner` is the HTML of a footnote; `title`
    the words of a card, as HTML.
    """

    kind: Kind
    ref: str
    start: int
    end: int
    inner: str = ""
    title: str = ""


def read_elements(html: str) -> tuple[Element, ...]:
    """The elements of a cleaned body in order. Tables are not among them: they refer to nothing."""
    return tuple(_element(match) for match in _REFERENCE.finditer(html))


def internal_links(html: str) -> tuple[str, ...]:
    """The addresses of this site that a cleaned body links to, each once, in order."""
    return tuple(dict.fromkeys(match[1].replace("&amp;", "&") for match in _LINK.finditer(html)))


def filter_value(name: str, value: str) -> str | None:
    """The value that an attribute of an element may have, or None when it may not stay."""
    if name == "data-card":
        return _web_address(value)
    pattern = _VALUES.get(name)
    value = value.strip()
    return value if pattern is None or pattern.fullmatch(value) else None


def normalise_elements(html: str) -> str:
    """Well-formed HTML whose tags and attributes are allowed, with each element in its one form.

    A figure or an aside that refers to nothing becomes paragraphs, and so does a table that holds a table:
    such tables lay out a page. Words are kept wherever they stand.
    """
    if not _TAG.search(html):
        return html
    walk = _Walk(_layout_tables(html))
    written = 0
    for token in _TAG.finditer(html):
        walk.out.append(html[written : token.start()])
        written = token.end()
        walk.take(token)
    out = "".join([*walk.out, html[written:]])
    while out != (emptier := _EMPTY_TABLE.sub("", out)):
        out = emptier
    return out


@dataclass(slots=True)
class _Walk:
    """Goes through the tags and remembers how each open one closes."""

    layout: frozenset[int]  # where tables begin that only lay out a page
    out: list[str] = field(default_factory=list)
    closes: list[str] = field(default_factory=list)
    tables: list[bool] = field(default_factory=list)  # of each open table: whether it stays
    notes: list[bool] = field(default_factory=list)  # of each open aside: whether it is a footnote
    waiting: list[str] = field(default_factory=list)  # marks of footnotes wait for the end of their link
    link: bool = False

    def take(self, token: re.Match[str]) -> None:
        tag = token["tag"]
        if token["close"]:
            self._close(tag)
            return
        attributes = dict(_ATTRIBUTE.findall(token["rest"]))
        if tag == "a":
            opened, closed, self.link = token[0], "</a>", True
        elif tag == "sup":
            opened, closed = self._mark(attributes), ""
        elif tag in ("figure", "aside"):
            opened, closed = self._block(tag, attributes)
        else:
            opened, closed = self._table(token, attributes)
        self.out.append(opened)
        self.closes.append(closed)

    def _close(self, tag: str) -> None:
        self.out.append(self.closes.pop())
        if tag == "a":
            self.link = False
            self.out += self.waiting
            self.waiting.clear()
        elif tag == "table":
            self.tables.pop()
        elif tag == "aside":
            self.notes.pop()

    def _mark(self, attributes: dict[str, str]) -> str:
        name = attributes.get("data-note")
        if not name or any(self.notes):  # a footnote has no footnotes
            return ""
        mark = f'<sup data-note="{name}"></sup>'
        if self.link:
            self.waiting.append(mark)
            return ""
        return mark

    def _block(self, tag: str, attributes: dict[str, str]) -> tuple[str, str]:
        inside = any(self.notes)
        note = attributes.get("data-note") if tag == "aside" and not inside else None
        if tag == "aside":
            self.notes.append(note is not None)
        if note:
            return f'<aside data-note="{note}">', "</aside>"
        if inside:
            return "<p>", "</p>"
        return f"{_reference(attributes)}<p>", "</p>"

    def _table(self, token: re.Match[str], attributes: dict[str, str]) -> tuple[str, str]:
        tag = token["tag"]
        if tag == "table":
            self.tables.append(token.start() not in self.layout)
        if not (self.tables and self.tables[-1]):
            return "<p>", "</p>"
        names = sorted(ELEMENT_ATTRIBUTES.get(tag, frozenset()) & attributes.keys())
        written = "".join(f' {name}="{attributes[name]}"' for name in names)
        return f"<{tag}{written}>", f"</{tag}>"


def _reference(attributes: dict[str, str]) -> str:
    if number := attributes.get("data-picture"):
        return f'<figure data-picture="{number}"></figure>'
    if key := attributes.get("data-pull"):
        return f'<aside data-pull="{key}"></aside>'
    title = attributes.get("title", "").strip()
    if address := attributes.get("data-card"):
        return f'<figure data-card="{address}"' + (f' title="{title}"' if title else "") + "></figure>"
    return f"<p>{title}</p>" if title else ""  # a card without an address keeps its words


def _layout_tables(html: str) -> frozenset[int]:
    layout: set[int] = set()
    open_tables: list[int] = []
    for token in _TAG.finditer(html):
        if token["tag"] != "table":
            continue
        if token["close"]:
            open_tables.pop()
        else:
            layout.update(open_tables[-1:])
            open_tables.append(token.start())
    return frozenset(layout)


def _element(match: re.Match[str]) -> Element:
    kinds: Sequence[Kind] = ("picture", "pull", "card", "mark", "note")
    kind = next(kind for kind in kinds if match[kind] is not None)
    return Element(kind, match[kind], *match.span(), inner=match["words"] or "", title=match["title"] or "")


def _web_address(value: str) -> str | None:
    address = "".join(value.split())
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def walk_between(html: str, elements: Sequence[Element]) -> Iterator[str | Element]:
    """The HTML around `elements`, and the elements, in order."""
    written = 0
    for element in elements:
        yield html[written : element.start]
        yield element
        written = element.end
    yield html[written:]
