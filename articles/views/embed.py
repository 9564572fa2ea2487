"""Quotes on other people's sites: the small page that may stand in a frame, and oEmbed (oembed.com)."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from articles import share_image
from articles.house import House, depends_on, page, public_page
from articles.jsonld import absolute
from articles.models import Edition
from articles.models.surrogate import quote_key
from articles.views.embed_code import WIDTH, frame_code, frame_height
from articles.views.quotes import newest_print
from articles.views.story import current_edition

NARROWEST = 240
FORMATS = ("json", "xml")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NUMBER = re.compile(r"[1-9]\d{1,4}", re.ASCII)


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # the only page of the paper that others may frame
@public_page
def quote_frame(request: HttpRequest, key: str) -> HttpResponse:
    """A quote with its speaker, its state and the way to its record; a sentence, and 410, when it is gone."""
    depends_on(request, quote_key(key))
    quote = newest_print(key, request.house.now)
    status = 200 if quote else 410
    response = page(request, "articles/embed_quote.html", {"quote": quote}, status=status)
    if quote is None:
        response.headers["Cache-Control"] = "public, max-age=60"
    return response


@public_page
def oembed(request: HttpRequest) -> HttpResponse:
    """What a quote or a story is, for sites that show more than its address.

    404 for what is no address of a published quote or story, 501 for a format other than JSON and XML.
    """
    house: House = request.house
    form = request.GET.get("format", "json")
    if form not in FORMATS:
        return _plain(_("This paper answers in the formats json and xml."), status=501)
    width = _number(request, "maxwidth")
    try:
        answer = _describe(request.GET.get("url", ""), house, width, _number(request, "maxheight"))
    except (Http404, Resolver404, ValueError):  # ValueError: it is no address at all
        return _plain(_("There is no quote or story of this paper at that address."), status=404)
    response = JsonResponse(answer) if form == "json" else _xml(answer)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _describe(url: str, house: House, width: int | None, height: int | None) -> dict[str, Any]:
    """The answer for the page at `url`. Raises Http404 or Resolver404 when there is nothing to describe."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or parts.netloc != urlsplit(house.paper.url).netloc:
        raise Http404
    found = resolve(parts.path)
    common = {
        "version": "1.0",
        "provider_name": house.paper.name,
        "provider_url": absolute("/"),
        "cache_age": 300,
    }
    if found.view_name == "articles:quote":
        return common | _quote_answer(found.kwargs["key"], house, width, height)
    if found.view_name == "articles:story":
        return common | _story_answer(found.kwargs, house, width, height)
    raise Http404


def _quote_answer(key: str, house: House, width: int | None, height: int | None) -> dict[str, Any]:
    quote = newest_print(key, house.now)
    if quote is None:
        raise Http404
    wide = max(NARROWEST, min(WIDTH, width or WIDTH))
    speaker = {"author_name": quote.speaker_name} if quote.speaker_name else {}
    if quote.has_speaker_page:
        speaker["author_url"] = absolute(reverse("articles:speaker", args=[quote.speaker_slug]))
    return {
        "type": "rich",
        "title": f"{quote.speaker_name}: {quote.in_marks}",
        **speaker,
        "html": frame_code(quote, house.paper, width=wide),
        "width": wide,
        "height": min(frame_height(quote, wide), height or 9999),
        **_thumbnail(share_image.quote_address(quote, house.paper), width, height),
    }


def _story_answer(
    address: Mapping[str, str], house: House, width: int | None, height: int | None
) -> dict[str, Any]:
    editions = Edition.objects.defer("body_html", "body_text")
    edition = current_edition(editions, address["section_slug"], address["slug"], house.now)
    if edition.gone:
        raise Http404
    answer = {"type": "link", "title": edition.headline}
    if edition.bylines:
        answer["author_name"] = ", ".join(byline["name"] for byline in edition.bylines)
    if not edition.image:
        answer |= _thumbnail(share_image.story_address(edition, house.paper), width, height)
    return answer


def _thumbnail(address: str, width: int | None, height: int | None) -> dict[str, Any]:
    """The picture, unless it is larger than was asked for."""
    if (width and width < share_image.WIDTH) or (height and height < share_image.HEIGHT):
        return {}
    return {
        "thumbnail_url": absolute(address),
        "thumbnail_width": share_image.WIDTH,
        "thumbnail_height": share_image.HEIGHT,
    }


def _number(request: HttpRequest, name: str) -> int | None:
    asked = request.GET.get(name, "")
    return int(asked) if _NUMBER.fullmatch(asked) else None


def _xml(answer: Mapping[str, Any]) -> HttpResponse:
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(root, name).text = _NOT_IN_XML.sub("", str(value))
    text = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="text/xml; charset=utf-8")


def _plain(sentence: str, *, status: int) -> HttpResponse:
    return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=status)
