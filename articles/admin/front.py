"""The page on which editors arrange the front page: pick stories, move them, look, publish."""

import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.admin.front_moves import act, posted_arrangement
from articles.models import Arrangement, Edition, FrontPage, Part, Place, SearchEntry, Slot, Story
from articles.models.edition import EditionQuerySet
from articles.models.front import MOST
from articles.workflow.errors import Refusal
from articles.workflow.find import find_numbers
from articles.workflow.front import arrange_front_page

OFFERED = 12
FOUND = 200


def front_urls(site: AdminSite) -> list[URLPattern]:
    """The address of the page."""
    return [path("articles/front/", site.admin_view(FrontDesk(site).respond), name="articles_front")]


@dataclass(frozen=True, slots=True)
class Row:
    """A story in a place, with what an editor must know of it."""

    slot: Slot
    story: Edition | None
    state: str
    shown: bool

    @property
    def id(self) -> str:
        """The number of the story, as buttons carry it."""
        return str(self.slot.story_id)


@dataclass(frozen=True, slots=True)
class Group:
    """A place with its stories; `free` is how many more it takes, which fill themselves."""

    place: Place
    rows: list[Row]
    free: int


class FrontDesk:
    """The page. What it shows is carried by its form: nothing is stored before somebody publishes."""

    def __init__(self, site: AdminSite) -> None:
        self.site = site

    def respond(self, request: HttpRequest) -> HttpResponse:
        """Show the arrangement that is published, or the one being made; publish it."""
        if not request.user.has_perm("articles.arrange_frontpage"):
            raise PermissionDenied
        stored = FrontPage.objects.arrangement()
        if request.method != "POST":
            return self._show(request, stored, stored)
        deed = request.POST.get("do", "")
        arrangement = act(posted_arrangement(request.POST), deed)
        if deed == "automatic":
            arrangement = Arrangement(number=arrangement.number)
        if deed == "publish":
            return self._publish(request, arrangement, stored)
        return self._show(request, arrangement, stored)

    def _publish(self, request: HttpRequest, mine: Arrangement, stored: Arrangement) -> HttpResponse:
        try:
            arrange_front_page(by=request.user, slots=mine.slots, hidden=mine.hidden, number=mine.number)
        except Refusal as refusal:
            # Who reads the refusal has been told of the others' page and may publish over it.
            newer = Arrangement(mine.slots, mine.hidden, stored.number)
            return self._show(request, newer, stored, refusal.message)
        words = _("The front page is published.") if mine.slots else _("The front page fills itself again.")
        messages.success(request, words)
        return HttpResponseRedirect(reverse("admin:articles_front"))

    def _show(
        self, request: HttpRequest, arrangement: Arrangement, stored: Arrangement, refusal: str = ""
    ) -> TemplateResponse:
        asked = " ".join(request.POST.get("q", "").split())
        query = [("slot", slot.code) for slot in arrangement.slots]
        query += [("hide", part) for part in arrangement.hidden]
        context = self.site.each_context(request) | {
            "title": _("Front page"),
            "arrangement": arrangement,
            "changed": (arrangement.slots, arrangement.hidden) != (stored.slots, stored.hidden),
            "groups": _groups(arrangement),
            "parts": [(part, part in arrangement.hidden) for part in Part],
            "places": list(Place),
            "asked": asked,
            "pressed": request.POST.get("do", "").rpartition(":")[::2],
            "offered": _offered(asked, arrangement),
            "preview": f"{reverse('articles:front_preview')}?{urlencode(query)}",
            "refusal": refusal,
        }
        return TemplateResponse(request, "admin/articles/front.html", context)


def _groups(arrangement: Arrangement) -> list[Group]:
    """The places from the top of the page downwards. Two queries."""
    numbers = [slot.story_id for slot in arrangement.slots]
    now = timezone.now()
    coming = {edition.story_id: edition for edition in _open_editions().filter(story__in=numbers)}
    live = Edition.objects.published(now).for_list().filter(story__in=numbers)
    seen = {edition.story_id: edition for edition in live}
    groups = []
    for place in Place:
        slots = [slot for slot in arrangement.slots if slot.place == place]
        rows = [_row(slot, seen.get(slot.story_id), coming.get(slot.story_id), now) for slot in slots]
        groups.append(Group(place, rows, max(0, MOST[place] - len(rows)) if place != Place.SECTION else 0))
    return groups


def _row(slot: Slot, seen: Edition | None, coming: Edition | None, now: datetime.datetime) -> Row:
    if seen is None and coming is None:
        return Row(slot, None, _("Readers do not see this story any more: the place fills itself."), False)
    if slot.until and slot.until <= now:
        return Row(slot, seen or coming, _("Its time here is over: the place fills itself."), False)
    if seen is None:
        return Row(
            slot, coming, _("Readers do not see it yet: until they do, the place fills itself."), False
        )
    return Row(slot, seen, "", True)


def _open_editions() -> EditionQuerySet:
    """The last edition of each story that readers see or will see at its time."""
    return Edition.objects.open().filter(gone=False).for_list()


def _offered(asked: str, arrangement: Arrangement) -> list[Edition]:
    """Stories to choose from: those that hold the words, without words the newest. One query; two to find."""
    stories = _open_editions().exclude(type_of_work=Story.TypeOfWork.ADVERTISER)
    if asked:
        stories = stories.filter(story__in=list(find_numbers(asked, SearchEntry.Kind.STORY)[:FOUND]))
    taken = {slot.story_id for slot in arrangement.slots}
    return [story for story in stories[: OFFERED + len(taken)] if story.story_id not in taken][:OFFERED]
