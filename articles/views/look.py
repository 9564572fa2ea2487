"""The stylesheet that makes the pages this paper's own."""

from dataclasses import replace

from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.house import MAX_AGE, open_house, page, read_only
from articles.models import FrontPage, Paper
from articles.text.colour import read_colour
from articles.text.look import stylesheet
from articles.views.front import front_context

FOR_EVER = 365 * 24 * 60 * 60
COLOURS = ("accent", "ground", "ground_dark")
TYPED = ("name", "tagline", *COLOURS, "reading", "labels", "headlines")


@read_only
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


@require_POST
@never_cache
@staff_member_required(login_url="admin:login")
def look_preview(request: HttpRequest) -> HttpResponse:
    """The front page as the form of the look would have it, for who may change the look; nothing is saved."""
    if not request.user.has_perm("articles.change_brand"):
        raise PermissionDenied
    request.house = open_house()
    context = front_context(request.house, FrontPage.objects.arrangement()) | {
        "preview": True,
        "newsroom": _typed(request.house.paper, request.POST),
        "preview_css": urlencode({name: request.POST.get(name, "") for name in TYPED[2:]}),
    }
    response = page(request, "articles/front.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@read_only
@never_cache
@staff_member_required(login_url="admin:login")
def look_preview_css(request: HttpRequest) -> HttpResponse:
    """The stylesheet of that preview, from the values in its address."""
    paper = _typed(open_house().paper, request.GET)
    return HttpResponse(stylesheet(paper.look({})), content_type="text/css; charset=utf-8")


def _typed(paper: Paper, data: QueryDict) -> Paper:
    """The paper with what was typed: a colour that is none, or a face nobody offers, counts as left empty."""
    values = {name: data.get(name, "").strip()[:140] for name in TYPED}
    values |= {name: read_colour(values[name]) for name in COLOURS}
    return replace(paper, **{name: value for name, value in values.items() if value or name in COLOURS})
