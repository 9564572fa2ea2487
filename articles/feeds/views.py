"""Feeds for programs, and a page for people that lists them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.feeds.formats import FORMS
from articles.feeds.subjects import SUBJECTS
from articles.house import depends_on, page, public_page
from articles.jsonld import absolute
from articles.models.surrogate import LISTS
from articles.moved import Where


class FeedForm:
    """The last part of a feed's address."""

    regex = "|".join(FORMS)

    def to_python(self, value: str) -> str:
        """The name of the format as views get it."""
        return value

    def to_url(self, value: str) -> str:
        """The name of the format as addresses have it. Raises ValueError for one that there is not."""
        if value not in FORMS:
            raise ValueError(f"There is no format of feeds called “{value}”.")
        return value


@public_page
def feed(request: HttpRequest, subject: str, slug: str = "", form: str = "atom") -> HttpResponse:
    """The latest of a subject (see `SUBJECTS`) in a format; 301 when it moved, 410 when it went."""
    channel = SUBJECTS[subject](request.house, slug)
    depends_on(request, *((LISTS,) if isinstance(channel, Where) else channel.keys))
    if isinstance(channel, Where):
        return _elsewhere(channel, subject, form)
    written = FORMS[form]
    response = HttpResponse(
        written.write(channel, request.house), content_type=f"{written.media_type}; charset=utf-8"
    )
    links = [f'<{absolute(channel.address(form))}>; rel="self"']
    if settings.NEWSROOM_WEBSUB_HUB:
        links.insert(0, f'<{settings.NEWSROOM_WEBSUB_HUB}>; rel="hub"')
    response.headers["Link"] = ", ".join(links)
    return response


@public_page
def feeds(request: HttpRequest) -> HttpResponse:
    """What can be followed, for people."""
    depends_on(request)
    return page(request, "articles/feeds/list.html", {"forms": FORMS.values()})


def _elsewhere(where: Where, subject: str, form: str) -> HttpResponse:
    if where.slug:
        return HttpResponsePermanentRedirect(reverse(f"articles:{subject}_feed", args=[where.slug, form]))
    if where.known:
        gone = HttpResponse(
            _("There is nothing to follow here any more."),
            status=410,
            content_type="text/plain; charset=utf-8",
        )
        gone.headers["Cache-Control"] = "public, max-age=60"
        return gone
    raise Http404(_("There is nothing to follow here."))
