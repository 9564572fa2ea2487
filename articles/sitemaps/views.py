"""The map as XML: the index, its parts, and the map for news."""

from collections.abc import Callable
from io import StringIO

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from articles.house import depends_on, public_page
from articles.jsonld import absolute
from articles.models.surrogate import LISTS, month_key
from articles.sitemaps.parts import Page, all_parts, news, pages_in, stretch_of

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """All parts."""
    depends_on(request, LISTS)

    def write(xml: SimplerXMLGenerator) -> None:
        for part in all_parts(request.house):
            xml.startElement("sitemap", {})
            xml.addQuickElement("loc", absolute(part.address))
            if part.changed:
                xml.addQuickElement("lastmod", part.changed.isoformat(timespec="seconds"))
            xml.endElement("sitemap")

    return _document("sitemapindex", {"xmlns": SITEMAP}, write)


@public_page
def part(request: HttpRequest, name: str) -> HttpResponse:
    """The addresses of one part. Raises Http404 for a part that is not there."""
    start = request.GET.get("from", "").replace("\x00", "")
    stretch = stretch_of(name)
    depends_on(request, month_key(stretch.start) if stretch else LISTS)
    pages = pages_in(name, start, request.house)
    if pages is None:
        raise Http404(_("There is no such part of the map."))

    def write(xml: SimplerXMLGenerator) -> None:
        for page in pages:
            _write_page(xml, page)

    return _document("urlset", {"xmlns": SITEMAP, "xmlns:image": IMAGES}, write)


@public_page
def news_map(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days with their titles, as news aggregators want them."""
    depends_on(request, LISTS)
    paper, language = request.house.paper.name, settings.LANGUAGE_CODE.split("-")[0]

    def write(xml: SimplerXMLGenerator) -> None:
        for page in news(request.house.now):
            _write_page(xml, page, news_of=(paper, language))

    return _document("urlset", {"xmlns": SITEMAP, "xmlns:image": IMAGES, "xmlns:news": NEWS}, write)


def _document(
    root: str, attributes: dict[str, str], write: Callable[[SimplerXMLGenerator], None]
) -> HttpResponse:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement(root, attributes)
    write(xml)
    xml.endElement(root)
    xml.endDocument()
    return HttpResponse(out.getvalue(), content_type="application/xml; charset=utf-8")


def _write_page(xml: SimplerXMLGenerator, page: Page, news_of: tuple[str, str] | None = None) -> None:
    xml.startElement("url", {})
    xml.addQuickElement("loc", absolute(page.path))
    if page.changed:
        xml.addQuickElement("lastmod", page.changed.isoformat(timespec="seconds"))
    if page.story and page.story.image:
        xml.startElement("image:image", {})
        xml.addQuickElement("image:loc", absolute(page.story.image["url"]))
        xml.endElement("image:image")
    if page.story and news_of:
        xml.startElement("news:news", {})
        xml.startElement("news:publication", {})
        xml.addQuickElement("news:name", news_of[0])
        xml.addQuickElement("news:language", news_of[1])
        xml.endElement("news:publication")
        xml.addQuickElement("news:publication_date", page.story.first_live_from.isoformat(timespec="seconds"))
        xml.addQuickElement("news:title", page.story.headline)
        xml.endElement("news:news")
    xml.endElement("url")
