"""Which addresses are baked: where the crawl begins, what it follows, and what comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from newsroom.page_store.rules import LONGEST_QUERY, PARAMETERS

# What the store keeps, but for two forms that a mirror cannot answer; and what readers get beside it.
PAGES: Final = PARAMETERS.keys() - {"articles:search", "articles:quote_check"} | {
    "articles:robots",
    "articles:paper_css",
}
CARDS: Final = frozenset({"articles:story_image", "articles:quote_image"})
# Details first, then the lists that lead to them, the front page last: a reader finds nothing missing.
SECTION: Final = 3
LISTS: Final = {"archive": 2, "topics": 3, "authors": 3, "feeds": 4, "sitemap": 5}
LAST: Final = {"/speakers/": 4, "/quotes/": 4, "/archive/": 4, "/llms.txt": 5, "/sitemap.xml": 6, "/": 7}
_LINK: Final = re.compile(rb"""\s(?:href|src|srcset|content)=(?:"([^"]*)"|'([^']*)')""")
_LOCATION: Final = re.compile(rb"<loc>([^<]*)</loc>")
_CSS: Final = re.compile(rb"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f?#@\\\"]|//|/\.")  # in a path that is to be a file


class Links(NamedTuple):
    """What a page leads to: pages of the mirror, and files beside them."""

    pages: tuple[str, ...]
    files: tuple[str, ...]


def links_in(body: bytes, media_type: str, address: str, *, cards: bool = False) -> Links:
    """The links of a page at that address: those that the mirror has."""
    pages: dict[str, None] = {}
    files: dict[str, None] = {}
    for link in dict.fromkeys(_raw(body, media_type)):
        path, query = _local(link, address)
        if not path:
            continue
        if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
            files[path] = None
        elif may_bake(path, query, cards=cards):
            pages[f"{path}?{query}" if query else path] = None
    return Links(tuple(pages), tuple(files))


def local_path(link: str) -> str:
    """The path with query of a link to this site; empty when it leads elsewhere or can be no file."""
    path, query = _local(link, "/")
    return f"{path}?{query}" if query else path


def may_bake(path: str, query: str, *, cards: bool = False) -> bool:
    """Whether that is a page of the mirror, with a query in its plain form."""
    name = name_of(path)
    if name not in PAGES and not (cards and name in CARDS):
        return False
    if not query:
        return True
    if len(query) > LONGEST_QUERY:
        return False
    pairs = parse_qsl(query, keep_blank_values=True)
    names = [name for name, _ in pairs]
    known = PARAMETERS.get(name, frozenset())
    return known.issuperset(names) and len(names) == len(set(names)) and urlencode(pairs) == query


@lru_cache(maxsize=20_000)
def name_of(path: str) -> str:
    """The name of the address, such as “articles:story”; empty when there is none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def rank(address: str) -> int:
    """Its place in the order of baking. Told by its beginning: there are millions."""
    path = address.partition("?")[0]
    if path in LAST:
        return LAST[path]
    first, _, rest = path[1:].partition("/")
    return LISTS.get(first.partition("-")[0], 0) if rest or first.startswith("sitemap-") else SECTION


def _raw(body: bytes, media_type: str) -> Iterator[str]:
    if media_type == "text/html":
        for match in _LINK.finditer(body):
            value = unescape((match[1] or match[2] or b"").decode(errors="replace"))
            # A srcset holds several, each with its width.
            yield from (
                (part.split()[0] for part in value.split(",") if part.strip()) if " " in value else [value]
            )
    elif media_type == "application/xml":
        yield from (unescape(match[1].decode(errors="replace")) for match in _LOCATION.finditer(body))
    elif media_type == "text/css":
        yield from ((match[1] or match[2]).decode(errors="replace") for match in _CSS.finditer(body))


def _local(link: str, address: str) -> tuple[str, str]:
    if not link or link.startswith(("#", "mailto:", "data:", "javascript:")):
        return "", ""
    try:
        parts = urlsplit(urljoin(f"{settings.NEWSROOM_URL}{address}", link))
    except ValueError:  # no address at all
        return "", ""
    if f"{parts.scheme}://{parts.netloc}" != settings.NEWSROOM_URL:
        return "", ""
    path = unquote(parts.path)
    return ("", "") if _UNFIT.search(path) or not path.startswith("/") else (path, parts.query)


def with_ranks(addresses: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The addresses, each with its rank."""
    return ((address, rank(address)) for address in addresses)
