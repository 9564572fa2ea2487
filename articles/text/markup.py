"""The body of a story as HTML: one allow-list, the plain text of it, and marks around words of that text."""

from __future__ import annotations

import html as html_entities
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import nh3

from articles.text.elements import ELEMENT_ATTRIBUTES, ELEMENT_TAGS, filter_value, normalise_elements
from articles.text.spans import Span

ALLOWED_TAGS: Final[frozenset[str]] = ELEMENT_TAGS | {
    "p", "h2", "h3", "ul", "ol", "li", "blockquote", "a", "strong", "em", "br", "hr"
}  # fmt: skip
ALLOWED_ATTRIBUTES: Final[dict[str, frozenset[str]]] = {
    "a": frozenset({"href", "title"}),
    **ELEMENT_ATTRIBUTES,
}
LINK_REL: Final = "noopener noreferrer"

_INLINE = frozenset({"a", "strong", "em", "br", "sup"})
_LINK_SCHEMES = frozenset({"http", "https", "mailto"})
# Elements whose words are not for reading go with their content; the words of all others stay.
_WITHOUT_WORDS = frozenset({"script", "style", "title", "template", "noscript", "iframe", "object", "svg"})
# Tags that editors' other programs write, and what they are called here.
_AS_PARAGRAPH = (
    "div|section|article|header|footer|main|nav|figcaption|address|pre|form|fieldset|center|"
    "caption|dl|dt|dd|summary|details|option"
)
_CELLS = re.compile(
    r"<(/?)(?:tr|td|th)(?=[\s/>])", re.IGNORECASE
)  # outside a table they would not part words
_SAME_AS = {
    "b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "tfoot": "tbody"
}  # fmt: skip
_FOREIGN_TAG = re.compile(rf"<(/?)({'|'.join(_SAME_AS)}|{_AS_PARAGRAPH})(?=[\s/>])", re.IGNORECASE)
_EMPTY_PARAGRAPH = re.compile(r"<p>(?:[ \t\r\n\f]|<br>)*</p>")
_UNREAD = re.compile(r"[\t\r\n]")  # browsers leave these out of an address, wherever they stand
_SURROGATE = re.compile(r"[\ud800-\udfff]")

_TOKEN = re.compile(
    r"""
      <(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)(?:[^>"]|"[^"]*+")*+>
    | (?P<entity>&(?:[a-zA-Z][a-zA-Z0-9]*+|\#[0-9]++|\#[xX][0-9a-fA-F]++);)
    | (?P<space>[ \t\r\n\f]++)
    | (?P<words>[^<&\ \t\r\n\f]++(?:[ ][^<&\ \t\r\n\f]++)*+)
    | (?P<stray>[<&])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of plain text and the stretch of HTML it came from, inside one text node.

    A ``whole`` run (an entity, several spaces read as one) cannot be divided; in any other, the characters
    correspond one to one.
    """

    text: Span
    html: Span
    node: int
    whole: bool


@dataclass(frozen=True, slots=True)
class PlainText:
    """The words of a body as a reader sees them: blocks parted by a blank line, ``<br>`` as a line end.

    ``html`` is the cleaned HTML that the runs point into.
    """

    text: str
    html: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """HTML to put around ``span`` of the plain text.

    ``open`` and ``close`` wrap the words in every text node that the span touches; ``before`` and ``after``
    are put once, at the outer ends; ``after`` waits for the end of a link, so that it may hold a button. Each
    pair must be well-formed phrasing content; ``before`` and ``after`` each on their own.
    """

    span: Span
    before: str = ""
    after: str = ""
    open: str = ""
    close: str = ""


def clean_html(html: str) -> str:
    """Only what a body may hold: see ``ALLOWED_TAGS``. Words are kept, also those in tags that are not.

    Links lead to http, https and mailto addresses or to paths of this site. Cleaning twice changes nothing.
    """
    cleaned = _SURROGATE.sub("\ufffd", html)
    for _ in range(8):  # dropping a tag can bring two blocks together that HTML keeps apart
        before, cleaned = cleaned, _clean_once(cleaned)
        if cleaned == before:
            return cleaned
    return html_from_paragraphs(_read(cleaned)[0].split("\n\n"))


def html_from_paragraphs(paragraphs: Sequence[str]) -> str:
    """Plain paragraphs as HTML: escaped, one ``<p>`` each, line ends inside as ``<br>``."""
    lines = [paragraph.strip().splitlines() for paragraph in paragraphs if paragraph.strip()]
    blocks = ["<br>".join(html_entities.escape(line, quote=False) for line in block) for block in lines]
    return clean_html("".join(f"<p>{block}</p>" for block in blocks))


def plain_text(html: str) -> PlainText:
    """The words of any HTML, after cleaning it, with what is needed to find them again in the HTML."""
    return read_clean(clean_html(html))


def read_clean(html: str) -> PlainText:
    """The same of HTML that comes from `clean_html`, which is not cleaned again."""
    text, runs = _read(html)
    return PlainText(text, html, tuple(runs))


def mark_spans(html: str, marks: Sequence[Mark]) -> str:
    """The cleaned HTML with ``marks`` put in; spans are offsets of ``plain_text(html).text``.

    Marks may overlap, nest and cross elements and paragraphs: the result is well-formed. A mark that covers
    no word is left out.
    """
    plain = plain_text(html)
    ends: dict[int, list[tuple[int, int]]] = {}
    pieces: list[list[Span]] = [[] for _ in marks]
    for order, mark in enumerate(marks):
        pieces[order] = _pieces(plain.runs, mark.span)
    for order, spans in enumerate(pieces):
        for number, piece in enumerate(spans):
            ends.setdefault(piece.start, []).append((order, number))
            ends.setdefault(piece.end, [])
    links = _find_links(plain.html)
    for link in links:
        ends.setdefault(link.end, [])
    return _write(plain.html, marks, pieces, ends, links)


def _clean_once(html: str) -> str:
    renamed = _FOREIGN_TAG.sub(lambda match: f"<{match[1]}{_SAME_AS.get(match[2].lower(), 'p')}", html)
    if "<table" not in renamed.lower():
        renamed = _CELLS.sub(r"<\1p", renamed)
    cleaned = nh3.clean(
        renamed,
        tags=set(ALLOWED_TAGS),
        clean_content_tags=set(_WITHOUT_WORDS),
        attributes={tag: set(names) for tag, names in ALLOWED_ATTRIBUTES.items()},
        attribute_filter=_filter_attribute,
        url_schemes=set(_LINK_SCHEMES),
        link_rel=LINK_REL,
    )
    return _EMPTY_PARAGRAPH.sub("", normalise_elements(cleaned))


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if tag != "a":
        return filter_value(name, value)
    if name != "href":
        return value
    address = _UNREAD.sub("", value.strip())
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    scheme = address.partition(":")[0].lower()
    return address if inside or scheme in _LINK_SCHEMES else None


def _read(html: str) -> tuple[str, list[Run]]:
    reader = _Reader()
    for token in _TOKEN.finditer(html):
        reader.take(token)
    return "".join(reader.parts), reader.runs


class _Reader:
    """Walks through cleaned HTML and gathers text as a browser would lay it out."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.length = 0
        self.node = 0
        self.breaks = 0
        self.new_block = True
        self.space: Span | None = None  # written only when a word follows on the same line
        self.space_node = 0

    def take(self, token: re.Match[str]) -> None:
        at = Span(*token.span())
        if (tag := token["tag"]) is not None:
            self._take_tag(tag)
        elif token["space"] is not None:
            if self.space is None:
                self.space, self.space_node = at, self.node
        elif token["entity"] is not None:
            self._take_words(html_entities.unescape(token["entity"]), at, whole=True)
        else:
            self._take_words(token[0], at, whole=False)

    def _take_tag(self, tag: str) -> None:
        self.node += 1
        if tag == "br":
            self.breaks += 1
            self.space = None
        elif tag not in _INLINE:
            self.new_block, self.breaks, self.space = True, 0, None

    def _take_words(self, words: str, at: Span, *, whole: bool) -> None:
        if self.new_block:
            self._add("\n\n" if self.length else "")
        elif self.breaks:
            self._add("\n" * self.breaks)
        elif self.space is not None:
            self._add(" ", self.space, self.space_node, whole=self.space.end - self.space.start > 1)
        self.new_block, self.breaks, self.space = False, 0, None
        self._add(words, at, self.node, whole=whole)

    def _add(self, text: str, at: Span | None = None, node: int = 0, *, whole: bool = False) -> None:
        self.parts.append(text)
        if at is not None:
            self.runs.append(Run(Span(self.length, self.length + len(text)), at, node, whole))
        self.length += len(text)


def _pieces(runs: Sequence[Run], span: Span) -> list[Span]:
    """The stretches of HTML that hold the words of ``span``, one for each text node."""
    pieces: list[Span] = []
    node = -1
    for run in _touched(runs, span):
        start = run.html.start + (0 if run.whole else max(span.start - run.text.start, 0))
        end = run.html.end - (0 if run.whole else max(run.text.end - span.end, 0))
        if run.node == node:
            pieces[-1] = Span(pieces[-1].start, end)
        else:
            pieces.append(Span(start, end))
        node = run.node
    return pieces


def _touched(runs: Sequence[Run], span: Span) -> Iterator[Run]:
    low, high = 0, len(runs)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if runs[middle].text.end <= span.start else (low, middle)
    for run in runs[low:]:
        if run.text.start >= span.end:
            return
        if span.start < span.end:
            yield run


def _find_links(html: str) -> list[Span]:
    links: list[Span] = []
    start = 0
    for token in _TOKEN.finditer(html):
        if token["tag"] == "a" and token["close"]:
            links.append(Span(start, token.end()))
        elif token["tag"] == "a":
            start = token.start()
    return links


def _write(
    html: str,
    marks: Sequence[Mark],
    pieces: Sequence[Sequence[Span]],
    ends: dict[int, list[tuple[int, int]]],
    links: Sequence[Span],
) -> str:
    out: list[str] = []
    left = deque(links)
    waiting: list[str] = []  # until the link around them ends
    active: list[tuple[int, int]] = []  # (mark, number of its piece), outermost first
    written = 0
    for place in sorted(ends):
        out.append(html[written:place])
        written = place
        while left and left[0].end <= place:
            out += waiting
            waiting.clear()
            left.popleft()
        kept = waiting if left and left[0].start < place else out
        reopened: list[tuple[int, int]] = []
        while any(pieces[order][number].end == place for order, number in active):
            order, number = active.pop()
            out.append(marks[order].close)
            if pieces[order][number].end != place:
                reopened.append((order, number))
            elif number == len(pieces[order]) - 1:
                kept.append(marks[order].after)
        starting = sorted(ends[place], key=lambda piece: (-pieces[piece[0]][piece[1]].end, piece[0]))
        for order, number in [*reversed(reopened), *starting]:
            if (order, number) in starting and number == 0:
                out.append(marks[order].before)
            out.append(marks[order].open)
            active.append((order, number))
    return "".join([*out, html[written:]])
