"""The pictures that stand for quotes and stories where their addresses are shared."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from articles import share_image
from articles.house import open_house, read_only
from articles.models import Edition
from articles.share_image import Card
from articles.views.quotes import newest_print
from articles.views.story import current_edition

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_MINUTE = "public, max-age=60"


@read_only
def quote_image(request: HttpRequest, key: str, stamp: str) -> HttpResponse:
    """A quote as a picture; 302 from the picture that it had before, 410 when the quote was taken back."""
    house = open_house()
    quote = newest_print(key, house.now)
    if quote is None:
        return _taken_back()
    address = share_image.quote_address(quote, house.paper)
    return _answer(share_image.quote_card(quote, house.paper), stamp, address)


@read_only
def story_image(request: HttpRequest, section_slug: str, slug: str, stamp: str) -> HttpResponse:
    """The headline of a story as a picture; 302 from the picture that it had before, 410 when it is gone."""
    house = open_house()
    edition = current_edition(Edition.objects.defer("body_html", "body_text"), section_slug, slug, house.now)
    if edition.gone:
        return _taken_back()
    address = share_image.story_address(edition, house.paper)
    return _answer(share_image.story_card(edition, house.paper), stamp, address)


def _answer(card: Card, stamp: str, address: str) -> HttpResponse:
    if stamp != card.stamp:
        response: HttpResponse = HttpResponseRedirect(address)
        response.headers["Cache-Control"] = FOR_A_MINUTE
        return response
    response = HttpResponse(share_image.picture(card), content_type="image/png")
    response.headers["Cache-Control"] = FOR_EVER
    # Other sites may show it, also those that ask for leave first.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _taken_back() -> HttpResponse:
    response = HttpResponse(
        _("The paper no longer prints these words."), content_type="text/plain; charset=utf-8", status=410
    )
    response.headers["Cache-Control"] = FOR_A_MINUTE
    return response
