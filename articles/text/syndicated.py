"""The body of an edition for feeds and other programs: nothing that works on the page of the story alone."""

from __future__ import annotations

import re
from typing import Final

import nh3

from articles.text.markup import ALLOWED_TAGS, LINK_REL

_ONLY_ON_THE_PAGE: Final = re.compile(
    r'<aside class="pull" data-quote="[0-9a-z]+">.*?</aside>'
    r'|<button[^>]*class="quotation-note"[^>]*>\d+</button>'
    r'|<p class="note-back">.*?</p>',
    re.DOTALL,
)
_FOOTNOTE: Final = re.compile(r'<sup class="note-mark"><a [^>]*>(\d+)</a></sup>')
_TO_THIS_SITE: Final = re.compile(r'(<[^<>]*\s(?:href|src|cite)=")/(?!/)')
_PICTURES: Final = frozenset({"figure", "figcaption", "img"})
_ATTRIBUTES: Final = {"a": {"href", "title"}, "img": {"src", "alt", "width", "height"}}


def syndicated(body_html: str) -> str:
    """The rendered body with its pictures, footnotes as numbers, and none of the page's buttons and cards.

    Pull quotes go, since their words stand in the text.
    """
    body = _FOOTNOTE.sub(r"[\1]", _ONLY_ON_THE_PAGE.sub("", body_html))
    return nh3.clean(
        body,
        tags=set(ALLOWED_TAGS | _PICTURES),
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=LINK_REL,
    )


def with_full_addresses(html: str, site: str) -> str:
    """The HTML with every path of this site as an address that begins with `site`."""
    return _TO_THIS_SITE.sub(lambda found: f"{found[1]}{site.rstrip('/')}/", html)
