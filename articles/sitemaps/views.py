"""The map as XML: the index, its parts, and the map for news."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.house import depends_on, public_page
from articles.jsonld import absolute
from articles.models.surrogate import LISTS, month_key
from articles.sitemaps.parts import Page, Part, all_parts, news, pages_in, stretch_of

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """All parts."""
    depends_on(request, LISTS)
    return _document("sitemapindex", {"xmlns": SITEMAP}, map(_part, all_parts(request.house)))


@public_page
def part(request: HttpRequest, name: str) -> HttpResponse:
    """The addresses of one part. Raises Http404 for a part that is not there."""
    start = request.GET.get("from", "").replace("\x00", "")
    stretch = stretch_of(name)
    depends_on(request, month_key(stretch.start) if stretch else LISTS)
    pages = pages_in(name, start, request.house)
    if pages is None:
        raise Http404(_("There is no such part of the map."))
    return _document("urlset", {"xmlns": SITEMAP, "xmlns:image": IMAGES}, map(_page, pages))


@public_page
def news_map(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days with their titles, as news aggregators want them."""
    depends_on(request, LISTS)
    paper, language = request.house.paper.name, settings.LANGUAGE_CODE.split("-")[0]
    stories = (_news(page, paper, language) for page in news(request.house.now))
    return _document("urlset", {"xmlns": SITEMAP, "xmlns:image": IMAGES, "xmlns:news": NEWS}, stories)


def _document(root: str, names: Mapping[str, str], entries: Iterable[str]) -> HttpResponse:
    """The entries, which are XML, in their root: ten thousand take as long as a page for people."""
    spaces = "".join(f' {name}="{address}"' for name, address in names.items())
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    body = f"{head}<{root}{spaces}>{''.join(entries)}</{root}>"
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def _part(part: Part) -> str:
    return f"<sitemap><loc>{_text(absolute(part.address))}</loc>{_changed(part.changed)}</sitemap>"


def _page(page: Page, more: str = "") -> str:
    address = _text(f"{settings.NEWSROOM_URL}{page.path}")
    return f"<url><loc>{address}</loc>{_changed(page.changed)}{_image(page.picture)}{more}</url>"


def _image(address: str) -> str:
    if not address:
        return ""
    return f"<image:image><image:loc>{_text(absolute(address))}</image:loc></image:image>"


def _news(page: Page, paper: str, language: str) -> str:
    published = page.published.isoformat(timespec="seconds") if page.published else ""
    return _page(
        page,
        f"<news:news><news:publication><news:name>{_text(paper)}</news:name>"
        f"<news:language>{_text(language)}</news:language></news:publication>"
        f"<news:publication_date>{published}</news:publication_date>"
        f"<news:title>{_text(page.title)}</news:title></news:news>",
    )


def _changed(moment: datetime | None) -> str:
    return f"<lastmod>{moment.isoformat(timespec='seconds')}</lastmod>" if moment else ""


def _text(text: str) -> str:
    """Text for XML, without the signs that XML has no place for."""
    return escape(_NOT_IN_XML.sub("", text))
