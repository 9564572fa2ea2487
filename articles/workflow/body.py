"""The body of an edition: the elements that stand in it by reference, made into what readers see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

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
            parts.append(_render("pull", quote=quote, segments=[_alone(each) for each in quote["segments"]]))
        elif part.kind == "card":
            parts.append(_card(part))
        elif part.kind == "mark":
            parts.append(notes.mark(part))
    if notes.found:
        parts.append(_render("notes", notes=notes.found))
    return set_tables("".join(parts), label=_("Table"))


class _Notes:
    """The footnotes of a body by number; those without a mark come last, so that no word is lost."""

    def __init__(self, elements: Sequence[Element]) -> None:
        written = {each.ref: each for each in elements if each.kind == "note"}
        marks = [each.ref for each in elements if each.kind == "mark" and each.ref in written]
        order = list(dict.fromkeys([*marks, *written]))
        self.numbers = {ref: number for number, ref in enumerate(order, 1)}
        self.marked: set[str] = set()
        self.found = [
            {"number": self.numbers[ref], "words": mark_safe(written[ref].inner), "marked": ref in marks}  # noqa: S308
            for ref in order
        ]

    def mark(self, element: Element) -> str:
        number = self.numbers.get(element.ref)
        if number is None:
            return ""
        first = element.ref not in self.marked
        self.marked.add(element.ref)
        return _render("mark", number=number, first=first)


def _card(element: Element) -> str:
    address = element.ref.replace("&amp;", "&")
    provider = (urlsplit(address).hostname or "").removeprefix("www.")
    title = mark_safe(element.title)  # noqa: S308  # cleaned, and escaped as an attribute
    return _render("card", address=address, title=title, provider=provider)


def _alone(segment: str) -> str:
    # The comma before “, she said” has no work outside its sentence.
    return segment.rstrip().removesuffix(",")


def _render(name: str, **context: Any) -> str:
    return render_to_string(f"articles/body/{name}.html", context).strip()
