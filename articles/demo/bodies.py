"""How the body of a story is written down in the demo's files, made into HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

STRONG: Final = re.compile(r"\*\*(.+?)\*\*")
EMPHASIS: Final = re.compile(r"\*(.+?)\*")
NOTE_MARK: Final = re.compile(r"\[\^(\w+)\]")
NOTE: Final = re.compile(r"\[\^(\w+)\]: (.+)", re.DOTALL)
CARD: Final = re.compile(r"=> (\S+) (.+)")
REFERENCE: Final = re.compile(r"!(picture|pull) (\S+)")
FORMS: Final = {
    "picture": '<figure data-picture="{}"></figure>',
    "pull": '<aside data-pull="{}"></aside>',
}
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def body_html(text: str, records: Mapping[str, str] = NOTHING) -> str:
    """The HTML of a body: blocks parted by a blank line, `*emphasis*`, `**strong**`, `[^1]` for a footnote.

    A block is a paragraph, or opens with `##` (subhead), `>` (block quote), `|` (a row of a table, whose
    first heads it), `[^1]:` (the words of a footnote), `=>` (address and title of a card), `!picture` or
    `!pull` with the key of a record. `records` are the pictures and quotes there are; a block whose key is
    not among them is left out.
    """
    blocks = (_block(block.strip(), records) for block in text.strip().split("\n\n"))
    return "\n".join(block for block in blocks if block)


def wants_records(text: str) -> bool:
    """Whether a body refers to pictures or quotes."""
    return any(REFERENCE.fullmatch(block.strip()) for block in text.split("\n\n"))


def _block(text: str, records: Mapping[str, str]) -> str:
    if reference := REFERENCE.fullmatch(text):
        record = records.get(reference[2])
        return FORMS[reference[1]].format(record) if record else ""
    if text.startswith("|"):
        return _table(text)
    if note := NOTE.fullmatch(text):
        return f'<aside data-note="{note[1]}"><p>{_inline(note[2])}</p></aside>'
    if card := CARD.fullmatch(text):
        return f'<figure data-card="{html.escape(card[1])}" title="{html.escape(card[2])}"></figure>'
    for mark, tag in (("## ", "h2"), ("> ", "blockquote")):
        if text.startswith(mark):
            inner = _inline(text.removeprefix(mark))
            return f"<{tag}><p>{inner}</p></{tag}>" if tag == "blockquote" else f"<{tag}>{inner}</{tag}>"
    return f"<p>{_inline(text)}</p>" if text else ""


def _table(text: str) -> str:
    head, *rows = ([cell.strip() for cell in line.strip("| ").split("|")] for line in text.splitlines())
    names = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{_inline(first)}</th>'
        + "".join(f"<td>{_inline(cell)}</td>" for cell in cells)
        + "</tr>"
        for first, *cells in rows
    )
    return f"<table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"


def _inline(text: str) -> str:
    escaped = html.escape(text, quote=False).replace("\n", "<br>")
    set_off = EMPHASIS.sub(r"<em>\1</em>", STRONG.sub(r"<strong>\1</strong>", escaped))
    return NOTE_MARK.sub(r'<sup data-note="\1"></sup>', set_off)
