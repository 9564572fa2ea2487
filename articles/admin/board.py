"""The board: stories in columns by status; a card that is moved leads to the page of the step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.numbers import read_number
from articles.admin.planning import PlanPage, address, way_back
from articles.admin.story_steps import STEPS as BUTTONS
from articles.models import Byline, Edition, Story
from articles.models.story import StoryQuerySet
from articles.workflow.errors import Refusal
from articles.workflow.lifecycle import MANAGES, due_state, require_step
from articles.workflow.reminders import day_bounds
from articles.workflow.steps import STEPS

Status = Story.Status
MOST = 100  # cards in a column; the list has the rest
COLUMNS = (
    (Status.DRAFT, gettext_lazy("Draft")),
    (Status.IN_REVIEW, gettext_lazy("In review")),
    (Status.APPROVED, gettext_lazy("Approved")),
    (Status.SCHEDULED, gettext_lazy("Scheduled")),
    (Status.PUBLISHED, gettext_lazy("Published today")),
)


def board_urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of the board."""
    wrap, page = site.admin_view, BoardPage(site)
    return [
        path("articles/planning/board/", wrap(page.respond), name="articles_board"),
        path("articles/planning/board/move/", wrap(page.move), name="articles_board_move"),
    ]


@dataclass(frozen=True, slots=True)
class Card:
    """A story on the board, and the columns that this person may move it to, with the words for the step."""

    story: Story
    targets: list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Column:
    """The stories of one status; `more` leads to the list when there are too many."""

    status: Story.Status
    name: Any
    cards: list[Card]
    more: str


class BoardPage(PlanPage):
    """The board and the way from it to a step."""

    permission = "articles.view_story"
    filters = ("section", "desk", "owner")

    def respond(self, request: HttpRequest) -> HttpResponse:
        """Show the columns."""
        form = self.enter(request)
        columns = [self._column(status, name, form.wanted, request.user) for status, name in COLUMNS]
        context = {
            "title": _("Board"),
            "form": form,
            "columns": columns,
            "most": MOST,
            "mine": address("articles_board", {**form.query, "owner": request.user.pk}),
        }
        return self.show(request, "board", context)

    def move(self, request: HttpRequest) -> HttpResponse:
        """Lead to the page of the step that brings a story to the status `to`, or say why none does."""
        self.enter(request)
        back = way_back(request, reverse("admin:articles_board"))
        number, to = request.GET.get("story", ""), request.GET.get("to", "")
        story = get_object_or_404(Story, pk=read_number(number))
        status = due_state(story, timezone.now())
        steps = [step for step in STEPS.values() if step.ends == to]
        if not steps or status == to:
            return HttpResponseRedirect(back)
        step = next((step for step in steps if status in step.begins), steps[0])
        try:
            require_step(step, story, request.user)
        except Refusal as refusal:
            messages.error(request, f"“{story}”: {refusal.message}")
            return HttpResponseRedirect(back)
        page = reverse("admin:articles_story_step", args=[story.pk, step.name])
        return HttpResponseRedirect(f"{page}?{urlencode({'back': back})}")

    def _column(self, status: Story.Status, name: Any, wanted: Mapping[str, Any], user: User) -> Column:
        """One column, in two queries, however many cards it has."""
        found = list(_stories(status, wanted, user)[: MOST + 1])
        cards = [Card(story, targets_of(story, status, user)) for story in found[:MOST]]
        more = address("articles_story_changelist", {"status__exact": status}) if len(found) > MOST else ""
        return Column(status, name, cards, more)


def targets_of(story: Story, status: Story.Status, user: User) -> list[tuple[str, Any]]:
    """The columns that `user` may move `story` to. `story` knows whether `user` `signs` it."""
    targets: dict[str, Any] = {}
    own = story.owner_id == user.pk or story.signs
    for step in STEPS.values():
        if step.ends is None or step.ends == status or status not in step.begins:
            continue
        if status == Status.PUBLISHED or not step.allowed(user, story, status):
            continue
        if step.name == "approve" and own and not user.has_perm(MANAGES):
            continue
        targets[step.ends] = BUTTONS[step.name].label
    return [(column, targets[column]) for column, _name in COLUMNS if column in targets]


def _stories(status: Story.Status, wanted: Mapping[str, Any], user: User) -> StoryQuerySet:
    now = timezone.now()
    signing = Byline.objects.filter(story=OuterRef("pk"), author__user=user.pk)
    rows = Story.objects.for_desk_list().select_related("assignment__desk").annotate(signs=Exists(signing))
    rows = rows.defer("body", "editors_note", "assignment__brief")
    for name, lookup in (("section", "section"), ("owner", "owner"), ("desk", "assignment__desk")):
        rows = rows.filter(**{lookup: wanted[name]}) if name in wanted else rows
    if status == Status.PUBLISHED:
        return _published_today(rows)
    if status == Status.SCHEDULED:
        return rows.filter(status=status, live_from__gt=now).order_by("live_from")
    return rows.filter(status=status).order_by("-updated_at")


def _published_today(rows: StoryQuerySet) -> StoryQuerySet:
    """Those that readers saw for the first time today, and still see."""
    begin, _end = day_bounds(timezone.localdate())
    now = timezone.now()
    today = Edition.objects.once_live(now).filter(kind=Edition.Kind.FIRST, live_from__gte=begin)
    live = Q(status=Status.PUBLISHED) | Q(status=Status.SCHEDULED, live_from__lte=now)
    return rows.filter(live, pk__in=today.values("story")).order_by("-live_from")
