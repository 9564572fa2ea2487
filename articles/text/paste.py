"""Pasted HTML made into a body: what Word, Google Docs, mail and web pages write, without their dress.

Bold and italics, headings, lists, tables, links and footnotes stay; fonts, colours, hidden words, buttons,
pictures and the addresses that watch who clicks go.
"""

from __future__ import annotations

import html as html_entities
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from articles.text.markup import clean_html

_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_WITHOUT_WORDS: Final = frozenset(
    {
        "head",
        "script",
        "style",
        "title",
        "template",
        "noscript",
        "iframe",
        "object",
        "svg",
        "button",
        "select",
    }
    | {"textarea", "audio", "video", "canvas", "map", "xml"}
)
_HEADS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "th"})
_KEPT: Final = frozenset(
    {
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "thead",
        "tbody",
    }
    | {"tfoot", "tr", "th", "td", "caption", "section", "article", "header", "footer", "main", "aside", "nav"}
    | {"figure", "figcaption", "address", "pre", "dl", "dt", "dd", "details", "summary"}
)
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?<![-\w])font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)"
)
_BOLD: Final = re.compile(r"(?<![-\w])font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)")
_ITALIC: Final = re.compile(r"(?<![-\w])font-style\s*:\s*(italic|oblique|normal)")
_HEAVY: Final = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_WORD_LIST: Final = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d+)")
_NUMBERED: Final = re.compile(r"^\s*\(?(?:\d+|[a-zA-Z]|[ivxlc]+)[.)]\s*$")
_CONDITIONAL: Final = re.compile(
    r"<!--.*?-->|<!\[(?:if|endif)[^>]*>|<\?xml.*?>|</?[ovw]:[^>]*>", re.DOTALL | re.IGNORECASE
)
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BREAKS: Final = re.compile(r"(?:\s*<br>\s*){2,}")
_BLOCK: Final = r"(?:p|li|ul|ol|table|td|th|h2|h3|blockquote|aside|figure)"
_EDGE_BREAK: Final = re.compile(rf"(</?{_BLOCK}>)(?:\s*<br>)+|(?:<br>\s*)+(</?{_BLOCK}>)")
_ONE_CELL: Final = re.compile(
    r"<table><t(?:body|head)><tr><t[dh][^>]*>((?:(?!<t[dh]).)*?)</t[dh]></tr></t(?:body|head)></table>",
    re.DOTALL,
)
_LIST_MARK: Final = re.compile("\ue000(\\d)([ou])\ue001(.*?)\ue002", re.DOTALL)
_PRIVATE: Final = re.compile("[\ue000-\ue002]")
_TO_NOTE: Final = re.compile(r"#_?(?:ftn|ftnt|edn)(\d+)$")  # as Word and Google Docs lead to a footnote …
_TO_MARK: Final = re.compile(r"#_?(?:ftn|ftnt_|edn)ref(\d+)$")  # … and back
_WATCHING: Final = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid|ref_src|spm)$", re.IGNORECASE)
_REFERENCES: Final = ("data-picture", "data-pull", "data-card", "data-note")
MOST_WRAPPERS: Final = 5  # addresses inside addresses
_WRAPPERS: Final = {"www.google.com": ("/url", "q"), "l.facebook.com": ("/l.php", "u")}


def clean_paste(html: str) -> str:
    """What was pasted, as a body: allowed elements only, one space between words, no empty paragraphs.

    Cleaning its result again changes nothing.
    """
    reader = _Reader(f"{zlib.crc32(html.encode(errors='replace')):x}")
    reader.feed(_CONDITIONAL.sub("", _PRIVATE.sub("", html.replace("\0", ""))))
    reader.close()
    out = _without_list_marks("".join(reader.out))
    out = _INVISIBLE.sub("", out)
    out = _BREAKS.sub("</p><p>", out) if "<br" in out else out
    out = clean_html(out)
    for _ in range(8):  # a table in a cell of a table
        before, out = out, clean_html(_ONE_CELL.sub(r"<p>\1</p>", _EDGE_BREAK.sub(r"\1\2", out)))
        if out == before:
            break
    return out


@dataclass(slots=True)
class _Open:
    """An open element: what closes it, and what it turns on while it is open."""

    tag: str
    closing: str = ""
    hidden: bool = False  # it, or what it stands in
    marker: bool = False  # the number or bullet that Word writes before a list item
    head: bool = False  # a heading is bold without saying so
    start: int = 0  # where in the output it opened
    styles: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Item:
    """A paragraph that Word calls an item of a list."""

    start: int
    level: int
    marker: str = ""


class _Reader(HTMLParser):
    """Writes the elements that stay, with bold and italics from whatever says so."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name  # what footnotes of this paste are called, so that they meet no others
        self.out: list[str] = []
        self.open: list[_Open] = []
        self.count: Counter[str] = Counter()  # of open elements, by tag
        self.item: _Item | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        style = given.get("style", "").lower()
        if tag in _VOID:
            self._void(tag, given)
            return
        self._close_implied(tag)
        around = self.open[-1] if self.open else _Open("")
        made = _Open(tag, head=around.head or tag in _HEADS, start=len(self.out), styles=around.styles)
        made.hidden = (
            around.hidden or tag in _WITHOUT_WORDS or "hidden" in given or bool(_HIDDEN.search(style))
        )
        made.marker = around.marker or "mso-list:ignore" in style.replace(" ", "")
        self.open.append(made)
        self.count[tag] += 1
        if not (made.hidden or made.marker):
            made.styles |= self._styles(made, given, style)
            self._write(made, given, style)

    def handle_endtag(self, tag: str) -> None:
        while self.count[tag]:
            last = self.open.pop()
            self._end(last)
            if last.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        around = self.open[-1] if self.open else _Open("")
        if around.marker and self.item is not None:
            self.item.marker += data
        elif not (around.hidden or around.marker):
            spaced = re.sub(r"[ \t\r\n\f]+", " ", data.replace("\u00a0", " "))
            words = html_entities.escape(spaced, quote=False)
            if words.strip():
                words = f"<em>{words}</em>" if "em" in around.styles else words
                words = f"<strong>{words}</strong>" if "strong" in around.styles else words
            self.out.append(words)

    def close(self) -> None:
        super().close()
        while self.open:
            self._end(self.open.pop())

    def _void(self, tag: str, given: dict[str, str]) -> None:
        if self.open and (self.open[-1].hidden or self.open[-1].marker):
            return
        if tag == "br" and "apple-interchange-newline" not in given.get("class", "").lower():
            self.out.append("<br>")
        elif tag == "hr":
            self.out.append("<hr>")

    def _write(self, made: _Open, given: dict[str, str], style: str) -> None:
        tag = made.tag
        level = _WORD_LIST.search(style)
        reference = [name for name in _REFERENCES if name in given]
        if reference:  # of this newsroom: `clean_html` says whether it is one
            names = [*reference, *(["title"] if "title" in given else [])]
            values = "".join(f' {name}="{html_entities.escape(given[name])}"' for name in names)
            self.out.append(f"<{tag}{values}>")
            made.closing = f"</{tag}>"
        elif tag == "p" and level:
            self.item = _Item(len(self.out), int(level[1]))
            self.out.append("")
            made.closing = "\ue002"
        elif tag == "a":
            self._link(made, given.get("href", "").strip())
        elif tag in ("td", "th"):
            sizes = [(name, given.get(name, "")) for name in ("colspan", "rowspan")]
            written = "".join(f' {name}="{size}"' for name, size in sizes if size.isdigit())
            self.out.append(f"<{tag}{written}>")
            made.closing = f"</{tag}>"
        elif tag in _KEPT:
            self.out.append(f"<{tag}>")
            made.closing = f"</{tag}>"

    def _styles(self, made: _Open, given: dict[str, str], style: str) -> frozenset[str]:
        wrapper = given.get("id", "").startswith("docs-internal-guid")  # Google Docs wraps all in a <b>
        if wrapper or made.head:
            return frozenset()
        tag = made.tag
        on: set[str] = set()
        bold, italic = _BOLD.search(style), _ITALIC.search(style)
        if (bold[1] in _HEAVY) if bold else tag in ("b", "strong"):
            on.add("strong")
        if (italic[1] != "normal") if italic else tag in ("i", "em", "cite"):
            on.add("em")
        return frozenset(on)

    def _link(self, made: _Open, address: str) -> None:
        """A link without what watches; one to a footnote becomes its mark, one back names the note."""
        if to_note := _TO_NOTE.search(address):
            self.out.append(f'<sup data-note="{self.name}{to_note[1]}"></sup>')
            made.hidden = True
        elif to_mark := _TO_MARK.search(address):
            made.hidden = True
            around = [each for each in self.open if each.closing in ("</div>", "</p>")]
            if around:
                outer = next((each for each in around[::-1] if each.closing == "</div>"), around[-1])
                self.out[outer.start] = f'<aside data-note="{self.name}{to_mark[1]}">'
                outer.closing = "</aside>"
        elif (target := _unwrapped(address)) and not target.startswith("#"):
            self.out.append(f'<a href="{html_entities.escape(target)}">')
            made.closing = "</a>"

    def _close_implied(self, tag: str) -> None:
        if tag == "p" or tag in ("li", "td", "th", "tr"):
            last = self.open[-1].tag if self.open else ""
            if last == "p" and tag == "p":
                self.handle_endtag("p")
            elif last == "li" and tag == "li":
                self.handle_endtag("li")

    def _end(self, closed: _Open) -> None:
        self.count[closed.tag] -= 1
        if closed.closing == "\ue002" and self.item is not None:
            kind = "o" if _NUMBERED.match(self.item.marker) else "u"
            self.out[self.item.start] = f"\ue000{min(self.item.level, 9)}{kind}\ue001"
            self.item = None
        self.out.append(closed.closing)


def _unwrapped(address: str, depth: int = 0) -> str:
    """The address that a link leads to in the end, without what counts clicks; "" for none."""
    if depth > MOST_WRAPPERS:
        return ""
    try:
        parts = urlsplit(address)
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    values = dict(query)
    path, name = _WRAPPERS.get(host, ("", ""))
    if path and parts.path == path and values.get(name):
        return _unwrapped(values[name], depth + 1)
    if host.endswith(".safelinks.protection.outlook.com") and values.get("url"):
        return _unwrapped(values["url"], depth + 1)
    kept = [(key, value) for key, value in query if not _WATCHING.match(key)]
    return address if len(kept) == len(query) else parts._replace(query=urlencode(kept)).geturl()


def _without_list_marks(html: str) -> str:
    """Word's list paragraphs as lists, each level in an item of the level above."""
    out: list[str] = []
    stack: list[str] = []
    written = 0
    for match in _LIST_MARK.finditer(html):
        between = html[written : match.start()]
        if between.strip():
            out += [_close_lists(stack, 0), between]
        written = match.end()
        level, kind = int(match[1]), f"{match[2]}l"
        out.append(_close_lists(stack, level))
        if len(stack) == level and stack:
            out.append("</li>")
        while len(stack) < level:
            stack.append(kind)
            out.append(f"<{kind}><li>" if len(stack) < level else f"<{kind}>")
        out.append(f"<li>{match[3].strip()}")
    return "".join([*out, _close_lists(stack, 0), _PRIVATE.sub("", html[written:])])


def _close_lists(stack: list[str], level: int) -> str:
    closed = ""
    while len(stack) > level:
        closed += f"</li></{stack.pop()}>"
    return closed
