"""Saying of a story that exists already which assignment it is: from either side, and taking it back."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.numbers import read_number
from articles.admin.planning import PlanPage
from articles.models import Assignment, SearchEntry, Story
from articles.workflow.assignment_steps import PLANS, may_start_story
from articles.workflow.assignments import link_story, unlink_story
from articles.workflow.errors import Refusal
from articles.workflow.find import find_numbers
from articles.workflow.people import CLOSED_STATES, may_edit

MOST = 20
FOUND = 500  # numbers that a search may give before the rest is asked for more words


def assignment_story_urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of linking and unlinking."""
    wrap, page = site.admin_view, AssignmentStoryPage(site)
    root = "articles/planning/"
    return [
        path(f"{root}assignment/<int:pk>/story/", wrap(page.respond), name="articles_assignment_link"),
        path(
            f"{root}assignment/<int:pk>/unlink/", wrap(require_POST(page.unlink)),
            name="articles_assignment_unlink",
        ),
        path(f"{root}story/<int:pk>/assignment/", wrap(page.for_story), name="articles_story_assignment"),
    ]  # fmt: skip


class AssignmentStoryPage(PlanPage):
    """Which story an assignment became."""

    def respond(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Offer stories for an assignment; link the one that was chosen."""
        self.enter(request)
        assignment = get_object_or_404(Assignment.objects.for_lists(), pk=pk)
        if request.method == "POST":
            return self._link(request, assignment)
        if not may_start_story(assignment, request.user):
            raise PermissionDenied
        sought = request.GET.get("q", "").strip()
        context = {
            "title": _("Link a story"),
            "assignment": assignment,
            "sought": sought,
            "stories": stories_for(assignment, request.user, sought)[:MOST],
            "most": MOST,
        }
        return self.show(request, "link_story", context)

    def for_story(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Offer assignments for a story."""
        self.enter(request)
        story = get_object_or_404(Story.objects.defer("body"), pk=pk, assignment=None)
        if not (may_edit(request.user, story) or story.owner_id == request.user.pk):
            raise PermissionDenied
        context = {
            "title": _("Link to an assignment"),
            "story": story,
            "assignments": assignments_for(request.user)[:MOST],
        }
        return self.show(request, "link_assignment", context)

    def unlink(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a link back."""
        self.enter(request)
        assignment = get_object_or_404(Assignment, pk=pk)
        try:
            unlink_story(assignment, by=request.user, version=read_number(request.POST.get("version")))
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The story is no longer linked. Both stay as they are."))
        return HttpResponseRedirect(reverse("admin:articles_assignment_change", args=[pk]))

    def _link(self, request: HttpRequest, assignment: Assignment) -> HttpResponse:
        story = get_object_or_404(Story, pk=read_number(request.POST.get("story")))
        from_story = request.POST.get("from") == "story"
        try:
            link_story(assignment, story, by=request.user, version=read_number(request.POST.get("version")))
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The story is linked to its assignment."))
        name, number = ("story", story.pk) if from_story else ("assignment", assignment.pk)
        return HttpResponseRedirect(reverse(f"admin:articles_{name}_change", args=[number]))


def stories_for(assignment: Assignment, user: User, sought: str) -> QuerySet[Story]:
    """Stories without an assignment that `user` may link, the newest first; unsought the assignee's."""
    rows = Story.objects.filter(assignment=None).exclude(status__in=CLOSED_STATES)
    if not user.has_perm("articles.change_any_story"):
        rows = rows.owned_by(user)
    if sought:
        numbers = list(find_numbers(sought, SearchEntry.Kind.STORY)[:FOUND])
        rows = rows.filter(pk__in=numbers)
    elif assignment.assignee is not None:
        rows = rows.owned_by(assignment.assignee)
    return rows.select_related("section", "owner").defer("body", "editors_note").order_by("-updated_at")


def assignments_for(user: User) -> QuerySet[Assignment]:
    """Assignments that still want a story and that `user` may fill: one's own first, then the next due."""
    rows = Assignment.objects.standing().filter(story=None).for_lists()
    if not user.has_perm(PLANS):
        rows = rows.filter(Q(assignee=user) | Q(assignee=None))
    mine: Any = Q(assignee=user)
    return rows.alias(mine=mine).order_by("-mine", "due_at", "pk")
