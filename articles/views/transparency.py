"""The page on which the paper counts itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.house import depends_on, page, public_page
from articles.models.surrogate import LISTS
from articles.transparency import MOST_STORIES, PERIODS, figures

USUAL = 90


@public_page
def transparency(request: HttpRequest) -> HttpResponse:
    """Corrections, checks and answers of the last 30, 90 or 365 days, as of midnight."""
    depends_on(request, LISTS)
    asked = request.GET.get("days", str(USUAL))
    if asked not in map(str, PERIODS):
        raise Http404(_("There are no figures for this period."))
    context = {
        "figures": figures(int(asked), request.house.now),
        "periods": PERIODS,
        "usual": USUAL,
        "most": MOST_STORIES,
    }
    return page(request, "articles/transparency.html", context)
