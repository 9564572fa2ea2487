"""The versions of a story: who saved what and when, any two side by side, and the way back."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.numbers import read_number
from articles.admin.stale import FIELDS, in_words
from articles.admin.told import action_words
from articles.models import Event, Sitting, Story
from articles.text.difference import Row, side_by_side
from articles.workflow.edit import StoryEdit
from articles.workflow.errors import Refusal, StaleStory
from articles.workflow.people import display_name, may_edit
from articles.workflow.restore import restore_version
from articles.workflow.versions import edit_at

if TYPE_CHECKING:
    from articles.admin.story import StoryAdmin

TOGETHER = datetime.timedelta(minutes=10)  # saves of one person closer than this are shown as one
A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Version:
    """One saved version."""

    number: int
    at: datetime.datetime
    by: str
    words: str  # what was done
    changed: str  # the parts that changed


@dataclass(frozen=True, slots=True)
class Group:
    """Versions that one person saved one soon after the other, newest first."""

    versions: Sequence[Version]

    @property
    def newest(self) -> Version:
        return self.versions[0]

    @property
    def before(self) -> int:
        """The version that the first of them was made from."""
        return self.versions[-1].number - 1


@dataclass(frozen=True, slots=True)
class Compared:
    """One field in two versions."""

    label: str
    rows: Sequence[Row]


def versions_page(admin: "StoryAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """List the versions and compare two of them; POST brings one back."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    story = get_object_or_404(Story.objects.select_related("owner"), pk=pk)
    if request.method == "POST":
        return _restore(request, story)
    page = Paginator(_events(story), A_PAGE).get_page(request.GET.get("page"))
    last = read_number(request.GET.get("to")) or story.version
    first = read_number(request.GET.get("from")) or max(1, last - 1)
    old, new = edit_at(story, min(first, last)), edit_at(story, max(first, last))
    context = admin.admin_site.each_context(request) | {
        "title": _("Versions of “%(story)s”") % {"story": story},
        "story": story,
        "page_obj": page,
        "groups": _groups(page),
        "first": min(first, last),
        "last": max(first, last),
        "compared": compare(old, new) if old and new else None,
        "unsaved": Sitting.objects.unsaved().filter(story=story).select_related("by"),
        "may_edit": may_edit(request.user, story),
        "opts": admin.opts,
    }
    return TemplateResponse(request, "admin/articles/story/versions.html", context)


def compare(old: StoryEdit, new: StoryEdit) -> list[Compared]:
    """The fields in which two versions differ."""
    return [
        Compared(FIELDS[field], side_by_side(in_words(field, before), in_words(field, after)))
        for field in FIELDS
        if (before := getattr(old, field)) != (after := getattr(new, field))
    ]


def _restore(request: HttpRequest, story: Story) -> HttpResponseRedirect:
    number, seen = (read_number(request.POST.get(name)) or 0 for name in ("number", "version"))
    try:
        restore_version(story, by=request.user, number=number, version=seen)
    except StaleStory:
        messages.error(
            request,
            _("Somebody saved the story after you opened this page. Look at the newest first."),
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, _("Version %d is the newest again. The versions after it are still here.") % number
        )
    return HttpResponseRedirect(reverse("admin:articles_story_versions", args=[story.pk]))


def _events(story: Story) -> Any:
    """The events that made a version, newest first."""
    made = Event.objects.filter(story=story, record_type="story", record_id=story.pk)
    first = made.filter(action__in=["story.created", "story.imported"])
    return (made.filter(after__version__isnull=False).exclude(before={}) | first).select_related("by")


def _groups(page: Page) -> list[Group]:
    """The versions of a page of the list, with those of one sitting together."""
    versions = [version for event in page if (version := _version(event))]
    numbers: list[int] = []
    for place, version in enumerate(versions):
        above = versions[place - 1]
        near = place > 0 and above.by == version.by and above.at - version.at <= TOGETHER
        numbers.append(numbers[-1] if near else place)
    return [
        Group([version for _place, version in group])
        for _start, group in groupby(zip(numbers, versions, strict=True), key=lambda pair: pair[0])
    ]


def _version(event: Event) -> Version | None:
    """The version that an event made; None when it only moved the story on."""
    changed = [name for name in event.before if name in FIELDS or name == "owner_id"]
    number = event.after.get("version", 1)
    if not changed and number != 1:
        return None
    words = ", ".join(str(FIELDS[name]).lower() for name in changed if name in FIELDS)
    if restored := event.after.get("restored"):
        words = _("as it was in version %d") % restored
    return Version(number, event.at, display_name(event.by), action_words(event.action), words)
