"""Changing words of a body where they stand, and putting a paragraph between others."""

from __future__ import annotations

import html as html_entities
import re
from collections.abc import Sequence

from articles.text.markup import Run, clean_html, plain_text
from articles.text.spans import Span

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)[^>]*>")
_EMPTY = re.compile(r"<(em|strong|a)(?: [^>]*)?></\1>")
_ALONE = frozenset({"br", "hr"})


def replace_spans(html: str, changes: Sequence[tuple[Span, str]]) -> str:
    """The cleaned HTML with other words at ``changes``; spans are offsets of ``plain_text(html).text``.

    The new words take the markup of the first words that they replace. Spans must not overlap.
    """
    plain = plain_text(html)
    edits: list[tuple[Span, str]] = []
    for span, words in changes:
        new = html_entities.escape(words, quote=False)
        for run in plain.runs:
            if run.text.start < span.end and span.start < run.text.end:
                edits.append((_inside(run, span), new))
                new = ""
    out = plain.html
    for place, words in sorted(edits, key=lambda edit: edit[0].start, reverse=True):
        out = out[: place.start] + words + out[place.end :]
    return clean_html(_without_empty(out))


def split_blocks(html: str) -> list[str]:
    """The outermost elements of cleaned HTML in order; words outside any element stand for themselves."""
    blocks: list[str] = []
    depth = start = 0
    for tag in _TAG.finditer(html):
        if depth == 0 and not tag["close"]:
            blocks.append(html[start : tag.start()])
            start = tag.start()
        if tag["name"] not in _ALONE:
            depth += -1 if tag["close"] else 1
        if depth == 0:
            blocks.append(html[start : tag.end()])
            start = tag.end()
    blocks.append(html[start:])
    return [block for block in blocks if block.strip()]


def _without_empty(html: str) -> str:
    """``html`` without the inline elements whose words are gone."""
    before = ""
    while before != html:
        before, html = html, _EMPTY.sub("", html)
    return html


def _inside(run: Run, span: Span) -> Span:
    if run.whole:
        return run.html
    start = run.html.start + max(span.start - run.text.start, 0)
    return Span(start, run.html.end - max(run.text.end - span.end, 0))
