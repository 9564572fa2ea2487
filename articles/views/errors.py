"""Pages for addresses that answer with something else than what was asked for."""

from django.conf import settings
from django.db import DatabaseError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseServerError,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.house import House, depends_on, open_house, page
from articles.models import Edition
from articles.models.surrogate import LISTS
from articles.moved import Where, where_imported
from articles.search import stories_near

RECENT = 5
NEAR = 4


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with what may have been meant, else the latest stories; bare when the database does not answer.

    301 for the address that a story had in the system that it came from.
    """
    try:
        house = getattr(request, "house", None) or open_house()
        if address := where_imported(request.path, house.now):
            depends_on(request, LISTS)
            return HttpResponsePermanentRedirect(address)
        near = stories_near(request.path, house.now, size=NEAR)
        recent = [] if near else list(Edition.objects.published(house.now).for_list()[:RECENT])
    except DatabaseError:
        house, near, recent = House(timezone.now()), [], []
    return page(request, "404.html", {"house": house, "near": near, "recent": recent}, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: at the desk it names the way back to the desk, elsewhere it looks like the other pages."""
    if request.path.startswith((reverse("admin:index"), "/preview/")):
        return render(request, "403.html", status=403)
    return page(request, "articles/forbidden.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that asks nothing of the database, the session or the list of static files."""
    try:
        stylesheets = [static("articles/site.css")]
    except ValueError:  # the files were not collected, which may be why we are here
        stylesheets = []
    context = {"name": settings.NEWSROOM_NAME, "stylesheets": stylesheets}
    return HttpResponseServerError(render_to_string("500.html", context))


def gone(request: HttpRequest, edition: Edition | None = None) -> HttpResponse:
    """410, for what readers could see once; with the notice of the story when it is a story."""
    response = page(request, "410.html", {"edition": edition}, status=410)
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def elsewhere(request: HttpRequest, where: Where, url_name: str) -> HttpResponse:
    """301 to where the page is now, 410 when it went; raises Http404 when it never was.

    The place in a list goes along: it means the same at the new address.
    """
    depends_on(request, LISTS)
    if where.slug:
        query = request.META.get("QUERY_STRING", "")
        address = reverse(url_name, args=[where.slug])
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    if where.known:
        return gone(request)
    raise Http404(_("There is no page at this address."))
