"""The stylesheet that makes the pages this paper's own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.house import MAX_AGE, open_house

FOR_EVER = 365 * 24 * 60 * 60


@require_safe
def paper_css(request: HttpRequest, stamp: str) -> HttpResponse:
    """The paper's custom properties. Its address has their stamp, so that browsers may keep it for ever.

    A page that was kept since before they changed asks for an earlier stamp, and gets what there is now.
    """
    house = open_house()
    css = house.stylesheet
    if not css:
        raise Http404(_("The paper looks as the program has it."))
    current = stamp == house.stylesheet_stamp
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    life = f"max-age={FOR_EVER}, immutable" if current else f"max-age={MAX_AGE}"
    response.headers["Cache-Control"] = f"public, {life}"
    return response
