"""What stands on the days of the calendar: of each kind a bounded number a day, one query a kind."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Assignment, DayNote, Edition, Reminder, Story
from articles.workflow.assignment_steps import PLANS
from articles.workflow.day_notes import may_change_note
from articles.workflow.people import display_name
from articles.workflow.reminders import day_bounds
from articles.workflow.steps import STEPS

Status = Story.Status
ON_THE_DESK = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED)


@dataclass(frozen=True, slots=True)
class Item:
    """Something on a day. `what` names it to the move form; empty when this person cannot move it."""

    kind: str
    label: Any
    at: datetime.datetime | None
    words: str
    url: str
    beside: str = ""
    state: str = ""
    late: bool = False
    what: str = ""
    cancel: str = ""  # the page that takes a schedule back


@dataclass(slots=True)
class Day:
    """One day: what stands on it in the order of the clock, and how much more there is."""

    date: datetime.date
    items: list[Item] = field(default_factory=list)
    more: int = 0


class CalendarItems:
    """The calendar as `user` sees it from `first` to `last`, at most `each` things of a kind a day."""

    def __init__(
        self, user: User, first: datetime.date, last: datetime.date, wanted: Mapping[str, Any], each: int
    ) -> None:
        self.user = user
        self.first, self.last = first, last
        self.begin, self.end = day_bounds(first)[0], day_bounds(last)[1]
        self.desk = wanted.get("desk")
        self.each = each
        self.now = timezone.now()

    def days(self) -> dict[datetime.date, Day]:
        """Every day from first to last. Six queries."""
        number = (self.last - self.first).days + 1
        dates = [self.first + datetime.timedelta(days=shift) for shift in range(number)]
        days = {date: Day(date) for date in dates}
        found: dict[datetime.date, int] = defaultdict(int)
        for on, item, of_day, place in self._all():
            days[on].items.append(item)
            found[on] += of_day - self.each if place == self.each else 0
        for day in days.values():
            day.items.sort(key=lambda item: (item.at is not None, item.at or self.begin))
            day.more = found[day.date]
        return days

    def _all(self) -> Iterator[tuple[datetime.date, Item, int, int]]:
        """Each thing with its day, how many of its kind that day has, and which of them it is."""
        for rows, make in (
            (self._notes(), self._note),
            (self._assignments(), self._assignment),
            (self._scheduled(), self._schedule),
            (self._published(), self._publication),
            (self._embargoes(), self._embargo),
            (self._reminders(), self._reminder),
        ):
            for row in rows:
                yield row.on, make(row), row.of_day, row.place

    def _bounded(self, rows: QuerySet, name: str) -> QuerySet:
        """The first of each day by the field `name`, with how many that day has."""
        on = F(name) if name == "day" else TruncDate(name, tzinfo=timezone.get_default_timezone())
        begin, end = (self.first, self.last + datetime.timedelta(days=1)) if name == "day" else (
            self.begin, self.end,
        )  # fmt: skip
        rows = rows.filter(**{f"{name}__gte": begin, f"{name}__lt": end}).annotate(on=on)
        place = Window(RowNumber(), partition_by=[F("on")], order_by=[F(name), F("pk")])
        of_day = Window(Count("pk"), partition_by=[F("on")])
        bounded = rows.annotate(place=place, of_day=of_day).filter(place__lte=self.each)
        return bounded.order_by(name, "pk")

    def _of_desk(self, rows: QuerySet, path: str) -> QuerySet:
        return rows.filter(**{path: self.desk}) if self.desk else rows

    # --- The kinds --------------------------------------------------------------------------------

    def _notes(self) -> QuerySet[DayNote]:
        rows = DayNote.objects.select_related("desk")
        return self._bounded(self._of_desk(rows, "desk"), "day")

    def _note(self, note: DayNote) -> Item:
        may = may_change_note(self.user, note)
        return Item(
            "note", _("note"), None, note.text, reverse("admin:articles_day_note", args=[note.pk]),
            beside=str(note.desk or ""), what=f"note-{note.pk}" if may else "",
        )  # fmt: skip

    def _assignments(self) -> QuerySet[Assignment]:
        rows = Assignment.objects.exclude(status=Assignment.Status.CANCELLED).for_lists()
        return self._bounded(self._of_desk(rows, "desk"), "due_at")

    def _assignment(self, one: Assignment) -> Item:
        may = one.status in Assignment.Status.standing() and self.user.has_perm(PLANS)
        return Item(
            "assignment", _("due"), one.due_at, one.headline,
            reverse("admin:articles_assignment_change", args=[one.pk]),
            beside=display_name(one.assignee) if one.assignee else _("nobody"),
            state=one.status, late=one.overdue, what=f"assignment-{one.pk}" if may else "",
        )  # fmt: skip

    def _editions(self) -> QuerySet[Edition]:
        rows = Edition.objects.select_related("story__owner").defer(
            "body_html", "body_text", "story__body", "story__editors_note"
        )
        return self._of_desk(rows, "story__assignment__desk")

    def _scheduled(self) -> QuerySet[Edition]:
        return self._bounded(self._editions().open().filter(live_from__gt=self.now, gone=False), "live_from")

    def _schedule(self, edition: Edition) -> Item:
        may = self.user.has_perm(STEPS["schedule"].permission)
        what = f"story-{edition.story_id}" if may else ""
        cancel = reverse("admin:articles_story_step", args=[edition.story_id, "cancel_schedule"])
        item = self._edition(edition, "scheduled", _("goes live"), what)
        return replace(item, cancel=cancel if may else "")

    def _published(self) -> QuerySet[Edition]:
        rows = self._editions().once_live(self.now).filter(kind=Edition.Kind.FIRST)
        return self._bounded(rows, "live_from")

    def _publication(self, edition: Edition) -> Item:
        return self._edition(edition, "published", _("published"), "")

    def _edition(self, edition: Edition, kind: str, label: str, what: str) -> Item:
        story = edition.story
        return Item(
            kind, label, edition.live_from, story.slugline or edition.headline,
            reverse("admin:articles_story_change", args=[story.pk]),
            beside=display_name(story.owner) if story.owner else "", state=kind, what=what,
        )  # fmt: skip

    def _embargoes(self) -> QuerySet[Story]:
        rows = Story.objects.filter(status__in=ON_THE_DESK).defer("body", "editors_note")
        return self._bounded(self._of_desk(rows, "assignment__desk"), "embargo_until")

    def _embargo(self, story: Story) -> Item:
        url = reverse("admin:articles_story_change", args=[story.pk])
        return Item(
            "embargo", _("embargo ends"), story.embargo_until, story.slugline or str(story), url,
            state=story.status,
        )  # fmt: skip

    def _reminders(self) -> QuerySet[Reminder]:
        rows = Reminder.objects.of(self.user).select_related("story").defer("story__body")
        return self._bounded(rows, "at")

    def _reminder(self, one: Reminder) -> Item:
        return Item(
            "reminder", _("look again"), one.at, one.story.slugline or str(one.story),
            reverse("admin:articles_story_change", args=[one.story_id]), beside=one.note,
            what=f"reminder-{one.pk}",
        )  # fmt: skip


def ready_stories(wanted: Mapping[str, Any], most: int) -> Sequence[Story]:
    """Approved stories that have no time yet, the oldest first. One query."""
    rows = Story.objects.filter(status=Status.APPROVED).defer("body", "editors_note").order_by("updated_at")
    if desk := wanted.get("desk"):
        rows = rows.filter(assignment__desk=desk)
    return list(rows[:most])
