"""Who is speaking in a story, and the switch that adds reported speech: remembered in the browser."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from articles.models import Quotation, Story
from articles.text.quotations import Kind
from articles.workflow.quotations import Sighting, read_body
from articles.workflow.speaking import count_voices

COOKIE = "desk_reported"
YEAR = 365 * 24 * 60 * 60


def shows_reported(request: HttpRequest) -> bool:
    """Whether this person wants to see reported speech."""
    return request.COOKIES.get(COOKIE) == "on"


def turn_switch(request: HttpRequest) -> HttpResponse | None:
    """What answers a press of the switch: the same page again, remembering it. None for other requests."""
    wanted = request.GET.get("reported")
    if wanted not in ("on", "off"):
        return None
    response = HttpResponseRedirect(f"{request.path}#speaking")
    path = reverse("admin:index")
    secure = request.is_secure()
    response.set_cookie(COOKIE, wanted, path=path, samesite="Lax", max_age=YEAR, httponly=True, secure=secure)
    return response


def read_speaking(
    request: HttpRequest,
    html: str,
    *,
    story: Story | None,
    headline: str,
    rows: Sequence[Quotation] | None = None,
) -> list[Sighting]:
    """The quotations of `html`, and the reported speech if the person wants it.

    `rows` are the quotations of the story, if they were read just now.
    """
    return read_body(html, story=story, headline=headline, reported=shows_reported(request), rows=rows)


def speaking_panel(request: HttpRequest, sightings: list[Sighting]) -> dict[str, Any]:
    """The context of `_speaking.html`."""
    return {
        "show_reported": shows_reported(request),
        "voices": count_voices(sightings),
        "reports": [sighting for sighting in sightings if sighting.kind == Kind.INDIRECT],
        "holders": [sighting for sighting in sightings if sighting.inside],
    }
