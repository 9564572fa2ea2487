"""The body of an edition: the elements that stand in it by reference, made into what readers see."""

from __future__ import annotations

import html as html_entities
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.models import EditionQuote
from articles.text.elements import Element, read_elements, walk_between
from articles.text.tables import set_tables

Columns = Mapping[str, Any]


def render_body(html: str, *, pictures: Mapping[int, Columns], quotes: Iterable[Columns]) -> str:
    """`html`, a cleaned body with its quotations marked, as readers get it. No query.

    `pictures` are images as an edition keeps them, by number; `quotes` the columns of its quotes. What refers
    to a picture or a quote that is not among them is left out: the gate says so before. Footnotes are
    numbered in the order of their marks and gathered at the end.
    """
    elements = read_elements(html)
    notes = _Notes(elements)
    by_key = {quote["quote_key"]: quote for quote in quotes}
    parts: list[str] = []
    for part in walk_between(html, elements):
        if isinstance(part, str):
            parts.append(part)
        elif part.kind == "picture" and (image := pictures.get(int(part.ref))):
            parts.append(_render("picture", image=image))
        elif part.kind == "pull" and (quote := by_key.get(part.ref)):
            parts.append(_render("pull", quote=EditionQuote(**quote)))
        elif part.kind == "card":
            parts.append(_card(part))
        elif part.kind == "mark":
            parts.append(notes.mark(part))
    return set_tables("".join([*parts, notes.at_the_end()]), label=_("Table"))


class _Notes:
    """The footnotes of a body by number; those without a mark come last, so that no word is lost."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self.words = {each.ref: each.inner for each in elements if each.kind == "note"}
        marks = [each.ref for each in elements if each.kind == "mark" and each.ref in self.words]
        self.numbers = {ref: number for number, ref in enumerate(dict.fromkeys([*marks, *self.words]), 1)}
        self.marked: set[str] = set()

    def mark(self, element: Element) -> str:
        number = self.numbers.get(element.ref)
        if number is None:
            return ""
        first = element.ref not in self.marked
        self.marked.add(element.ref)
        return _render("mark", number=number, first=first)

    def at_the_end(self) -> str:
        """All footnotes in order, once the marks are written; nothing when there are none."""
        if not self.numbers:
            return ""
        items = [
            f'<li id="note-{number}">{self.words[ref]}'
            f"{_render('note_back', number=number) if ref in self.marked else ''}</li>"
            for ref, number in self.numbers.items()
        ]
        name = html_entities.escape(_("Footnotes"))
        section = f'<section class="notes" role="doc-endnotes" aria-label="{name}">'
        return f"{section}<ol>{''.join(items)}</ol></section>"


def _card(element: Element) -> str:
    address = html_entities.unescape(element.ref)
    provider = (urlsplit(address).hostname or "").removeprefix("www.")
    return _render("card", address=address, title=html_entities.unescape(element.title), provider=provider)


def _render(name: str, **context: Any) -> str:
    return render_to_string(f"articles/body/{name}.html", context).strip()
