"""The window's sign of life: it keeps what is typed, and learns who else is at the story."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.numbers import read_number
from articles.models import Event, Story
from articles.workflow.comments import last_said
from articles.workflow.errors import NotAllowed, Refusal
from articles.workflow.people import display_name, may_edit
from articles.workflow.sittings import Neighbour, keep_sitting, leave_sitting, neighbours, take_over


def sit(request: HttpRequest, pk: int | None) -> JsonResponse:
    """GET answers with a token for forms, so that one that outlived its log-in can be sent.

    POST takes `key` (the window), `version`, and one of `typed` (the form's fields as JSON), `take` (ask the
    others to stop) and `gone` (the window closes).
    """
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    key = request.POST.get("key", "")
    story = None if "gone" in request.POST else _story(request, pk)
    try:
        if "gone" in request.POST:
            leave_sitting(key, by=request.user)
            return JsonResponse({})
        if story is not None and "take" in request.POST:
            take_over(story, by=request.user, key=key)
        return JsonResponse(_answer(request, story, key))
    except NotAllowed as refusal:
        return JsonResponse({"refused": refusal.message})
    except Refusal as refusal:
        return JsonResponse({"refused": refusal.message}, status=400)


def _story(request: HttpRequest, pk: int | None) -> Story | None:
    if pk is None:
        return None
    if not request.user.has_perm("articles.view_story"):
        raise PermissionDenied
    story = Story.objects.select_related("owner").filter(pk=pk).first()
    if story is None:
        raise Http404(_("There is no such story."))
    return story


def _answer(request: HttpRequest, story: Story | None, key: str) -> dict[str, Any]:
    sitting = keep_sitting(
        key,
        by=request.user,
        story=story,
        version=read_number(request.POST.get("version")) or 0,
        typed=_typed(request),
    )
    answer: dict[str, Any] = {"kept": sitting.kept_at.isoformat() if sitting.kept_at else None}
    if story is None:
        return answer
    answer["others"] = [_sentence(other) for other in neighbours(story, by=request.user, key=key)]
    if request.user.has_perm("articles.view_comment"):
        answer["said"] = last_said(story)
    if sitting.taken_by:
        answer["taken"] = _("%(name)s has taken this story over. What you typed is kept.") % {
            "name": _("You, in another window,")
            if sitting.taken_by == request.user
            else display_name(sitting.taken_by)
        }
    if story.version > sitting.version:
        answer["newer"] = _newer(story)
    if not may_edit(request.user, story):
        answer["refused"] = _("This story can no longer be changed by you.")
    return answer


def _typed(request: HttpRequest) -> dict[str, str] | None:
    """The fields as the window sent them, or None when it sent none."""
    try:
        typed = json.loads(request.POST["typed"])
    except (KeyError, ValueError, RecursionError):
        return None
    fields = typed.items() if isinstance(typed, dict) else ()
    # The database stores neither NUL nor half a character.
    return {
        str(name): str(value).replace("\0", "").encode("utf-8", "replace").decode() for name, value in fields
    }


def _sentence(other: Neighbour) -> str:
    if other.own:
        return _("You have this story open in another window.")
    words = {"name": other.name, "at": f"{timezone.localtime(other.since):%H:%M}"}
    if other.typing:
        return _("%(name)s is writing here (since %(at)s).") % words
    return _("%(name)s has this story open (since %(at)s).") % words


def _newer(story: Story) -> str:
    last = Event.objects.filter(story=story, action__startswith="story.").select_related("by").first()
    return _(
        "%(name)s saved version %(now)d at %(at)s. Save yours: the two are compared, and nothing is lost."
    ) % {
        "name": display_name(last.by if last else None),
        "now": story.version,
        "at": f"{timezone.localtime(story.updated_at):%H:%M}",
    }
