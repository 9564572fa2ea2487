"""The story budget: what the paper has for a day, as a page to print, as CSV and as JSON."""

import csv
import datetime
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.planning import PlanPage, address, day_in
from articles.models import Assignment, DayNote, Desk, Edition, Quotation, Story
from articles.models.story import StoryQuerySet
from articles.text.markup import plain_text
from articles.workflow.lifecycle import due_state
from articles.workflow.people import display_name
from articles.workflow.reminders import day_bounds

MOST = 200  # lines of each kind
Status = Story.Status


def budget_urls(site: AdminSite) -> list[URLPattern]:
    """The address of the budget."""
    return [
        path("articles/planning/budget/", site.admin_view(BudgetPage(site).respond), name="articles_budget")
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the budget. `at` is when it goes live, or is due."""

    slugline: str
    headline: str
    writer: str
    desk: str
    status: str
    state: str
    words: int
    target: int | None
    at: datetime.datetime | None
    image: bool
    checked: int
    quotes: int
    note: str
    story: int | None
    assignment: int | None

    @property
    def over(self) -> int:
        """How many words it is longer than wanted; negative when shorter, 0 without a wish or a text."""
        return self.words - self.target if self.target and self.words else 0


class BudgetPage(PlanPage):
    """The budget of one day."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """Show it, or hand it out as the address asks."""
        form = self.enter(request)
        day = day_in(request.GET.get("day", ""))
        desk = form.wanted.get("desk")
        lines = budget_lines(day, desk)
        wanted = request.GET.get("format", "")
        if wanted == "csv":
            return _csv(day, lines)
        if wanted == "json":
            stories = [asdict(line) for line in lines]
            return JsonResponse({"day": day.isoformat(), "desk": str(desk or ""), "stories": stories})
        notes = DayNote.objects.filter(day=day)
        query = {"day": day.isoformat(), **form.query}
        context = {
            "title": _("Story budget"),
            "form": form,
            "day": day,
            "desk": desk,
            "lines": lines,
            "notes": notes.filter(Q(desk=desk) | Q(desk=None)) if desk else notes,
            "words": sum(line.words for line in lines),
            "before": address("articles_budget", query | {"day": day - datetime.timedelta(days=1)}),
            "after": address("articles_budget", query | {"day": day + datetime.timedelta(days=1)}),
            "csv": address("articles_budget", query | {"format": "csv"}),
            "json": address("articles_budget", query | {"format": "json"}),
            "printed_at": timezone.localtime(),
        }
        return self.show(request, "budget", context)


def budget_lines(day: datetime.date, desk: Desk | None) -> list[Line]:
    """What is due, scheduled or published on `day`, by time; today also what is in review or approved."""
    begin, end = day_bounds(day)
    wanted = Assignment.objects.exclude(status=Assignment.Status.CANCELLED)
    due = wanted.filter(due_at__gte=begin, due_at__lt=end)
    timed = Edition.objects.filter(live_from__gte=begin, live_from__lt=end, kind=Edition.Kind.FIRST)
    shown = Q(pk__in=timed.exclude(live_until=F("live_from")).values("story"))  # cancelled: ends as it begins
    if day == timezone.localdate():
        shown |= Q(status__in=[Status.IN_REVIEW, Status.APPROVED])
    stories = Story.objects.filter(shown | Q(assignment__in=due))
    if desk is not None:
        due, stories = due.filter(desk=desk), stories.filter(assignment__desk=desk)
    lines = [_story_line(story) for story in _with_facts(stories)[:MOST]]
    unwritten = due.filter(story=None).select_related("desk", "assignee")
    lines += [_assignment_line(assignment) for assignment in unwritten[:MOST]]
    late = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return sorted(lines, key=lambda line: (line.at or late, line.slugline))


def _with_facts(stories: StoryQuerySet) -> QuerySet[Story]:
    """The stories with everything that a line says, in one query."""
    in_text = Q(quotations__state__in=Quotation.State.in_text())
    done = Q(quotations__state=Quotation.State.MATCHED, quotations__quote__verification="verified")
    return stories.with_live_from().select_related("owner", "assignment__desk").annotate(
        quotes=Count("quotations", filter=in_text), checked=Count("quotations", filter=in_text & done)
    )  # fmt: skip


def _story_line(story: Story) -> Line:
    assignment = getattr(story, "assignment", None)
    status = due_state(story, timezone.now())
    return Line(
        slugline=story.slugline,
        headline=str(story),
        writer=display_name(story.owner) if story.owner else "",
        desk=str(assignment.desk or "") if assignment else "",
        status=str(status.label),
        state=status,
        words=len(plain_text(story.body).text.split()),
        target=story.length_target or (assignment.length_target if assignment else None),
        at=story.live_from or (assignment.due_at if assignment else None),
        image=story.lead_image_id is not None,
        checked=story.checked,
        quotes=story.quotes,
        note=story.editors_note or (assignment.brief if assignment else ""),
        story=story.pk,
        assignment=assignment.pk if assignment else None,
    )


def _assignment_line(assignment: Assignment) -> Line:
    return Line(
        slugline=assignment.slugline,
        headline=assignment.headline,
        writer=display_name(assignment.assignee) if assignment.assignee else "",
        desk=str(assignment.desk or ""),
        status=str(Assignment.Status(assignment.status).label),
        state=assignment.status,
        words=0,
        target=assignment.length_target,
        at=assignment.due_at,
        image=False,
        checked=0,
        quotes=0,
        note=assignment.brief,
        story=None,
        assignment=assignment.pk,
    )


def _csv(day: datetime.date, lines: list[Line]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="budget-{day.isoformat()}.csv"'
    names = [name for name in Line.__dataclass_fields__ if name != "state"]
    writer = csv.writer(response)
    writer.writerow(names)
    for line in lines:
        writer.writerow([_cell(getattr(line, name)) for name in names])
    return response


def _cell(value: Any) -> Any:
    """A value as a cell: a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value
