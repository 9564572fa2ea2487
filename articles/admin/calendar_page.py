"""The calendar: a month, a week or a day; whatever stands on it is moved, and notes are written on it."""

import calendar
import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, get_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.calendar_items import CalendarItems, ready_stories
from articles.admin.planning import EARLIEST, LATEST, PlanPage, address, day_in, way_back
from articles.admin.records import add_refusal
from articles.admin.widgets import DateWidget
from articles.models import Assignment, DayNote, Desk, Edition, Reminder, Story
from articles.workflow.assignments import move_assignment
from articles.workflow.day_notes import add_note, delete_note, may_change_note, save_note
from articles.workflow.errors import GateClosed, Refusal, WrongState
from articles.workflow.publish import schedule_story
from articles.workflow.reminders import snooze_reminder
from articles.workflow.steps import STEPS

# How many things of a kind a day shows in each view; the day itself shows the rest.
VIEWS = {"month": 3, "week": 8, "day": 150}
NAMES = (("month", gettext_lazy("Month")), ("week", gettext_lazy("Week")), ("day", gettext_lazy("Day")))
READY = 20


def calendar_urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of the calendar."""
    wrap, page = site.admin_view, CalendarPage(site)
    return [
        path("articles/planning/", wrap(page.respond), name="articles_planning"),
        path("articles/planning/move/", wrap(require_POST(page.move)), name="articles_planning_move"),
        path("articles/planning/note/", wrap(require_POST(page.add)), name="articles_day_note_add"),
        path("articles/planning/note/<int:pk>/", wrap(page.note), name="articles_day_note"),
    ]


class NoteForm(forms.ModelForm):
    """A note on a day."""

    class Meta:
        model = DayNote
        fields = ["day", "text", "desk"]
        widgets = {"day": DateWidget()}


class MoveForm(forms.Form):
    """Where something goes: the day, and the time unless it keeps its own."""

    what = forms.RegexField(r"^(assignment|story|note|reminder)-[0-9]{1,18}$")
    day = forms.DateField(validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)])
    time = forms.TimeField(required=False)


class CalendarPage(PlanPage):
    """The calendar and what is done on it."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """Show a month, a week or a day."""
        form = self.enter(request)
        view = request.GET.get("view", "")
        view = view if view in VIEWS else "month"
        day = day_in(request.GET.get("day", ""))
        weeks = _weeks(view, day)
        days = CalendarItems(request.user, weeks[0][0], weeks[-1][-1], form.wanted, each=VIEWS[view]).days()
        may_schedule = request.user.has_perm(STEPS["schedule"].permission)
        context = self._around(view, day, form.query) | {
            "title": _("Calendar"),
            "form": form,
            "view": view,
            "day": day,
            "today": timezone.localdate(),
            "weekdays": [WEEKDAYS[date.weekday()] for date in weeks[0]],
            "weeks": [[days[date] for date in week] for week in weeks],
            "ready": ready_stories(form.wanted, READY) if may_schedule else [],
            "may_note": request.user.has_perm("articles.add_daynote"),
            "may_assign": request.user.has_perm("articles.add_assignment"),
            "desks": Desk.objects.all() if view == "day" else (),
        }
        return self.show(request, "calendar", context)

    def move(self, request: HttpRequest) -> HttpResponse:
        """Move one thing to another day, through its own verb."""
        self.enter(request)
        back = way_back(request, reverse("admin:articles_planning"))
        form = MoveForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose a day, such as 2026-05-14. Nothing was moved."))
            return HttpResponseRedirect(back)
        kind, _dash, number = form.cleaned_data["what"].partition("-")
        day, time = form.cleaned_data["day"], form.cleaned_data["time"]
        try:
            words, moved = MOVES[kind](int(number), day, time, request.user)
        except GateClosed as refusal:
            gate = reverse("admin:articles_story_change", args=[number])
            messages.error(
                request, format_html('{} <a href="{}#gate">{}</a>', refusal.message, gate, _("See the gate"))
            )
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("“%(what)s” is moved to %(day)s.") % {"what": words, "day": moved})
        return HttpResponseRedirect(back)

    def add(self, request: HttpRequest) -> HttpResponse:
        """Write a note on a day; what cannot be kept is shown again with the reason."""
        self.enter(request)
        form = NoteForm(request.POST)
        if form.is_valid():
            try:
                add_note(by=request.user, **form.cleaned_data)
            except Refusal as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("The note stands on its day."))
                return HttpResponseRedirect(way_back(request, reverse("admin:articles_planning")))
        return self._note_page(request, form, None)

    def note(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a note; change or delete it."""
        self.enter(request)
        note = get_object_or_404(DayNote.objects.select_related("by", "desk"), pk=pk)
        back = address("articles_planning", {"view": "day", "day": note.day.isoformat()})
        form = NoteForm(request.POST if request.method == "POST" else None, instance=note)
        try:
            if "_delete" in request.POST:
                delete_note(note, by=request.user)
                messages.success(request, _("The note is deleted."))
                return HttpResponseRedirect(way_back(request, back))
            if form.is_valid():
                save_note(note, by=request.user, **form.cleaned_data)
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(way_back(request, back))
        except Refusal as refusal:
            form.is_valid()
            add_refusal(form, refusal)
        return self._note_page(request, form, note)

    def _note_page(self, request: HttpRequest, form: forms.Form, note: DayNote | None) -> HttpResponse:
        context = {
            "title": _("Note on a day"),
            "form": form,
            "note": note,
            "may_change": note is None or may_change_note(request.user, note),
            "back": way_back(request, reverse("admin:articles_planning")),
        }
        return self.show(request, "note", context)

    def _around(self, view: str, day: datetime.date, query: dict[str, str]) -> dict[str, Any]:
        """The ways to other views and other times."""

        def to(view: str, day: datetime.date) -> str:
            return address("articles_planning", {"view": view, "day": day.isoformat(), **query})

        before, after = _neighbours(view, day)
        return {
            "views": [{"name": words, "url": to(name, day), "here": name == view} for name, words in NAMES],
            "before": to(view, before),
            "after": to(view, after),
            "now": to(view, timezone.localdate()),
            "day_url": address("articles_planning", {"view": "day", **query}),
            "query": {**query, "view": view, "day": day.isoformat()},
        }


def _weeks(view: str, day: datetime.date) -> list[list[datetime.date]]:
    """The days that a view shows, in weeks that begin as they do in the language of the desk."""
    if view == "day":
        return [[day]]
    first = (get_format("FIRST_DAY_OF_WEEK") - 1) % 7  # there Sunday is 0, here Monday
    weeks = calendar.Calendar(first).monthdatescalendar(day.year, day.month)
    return [week for week in weeks if day in week] if view == "week" else weeks


def _neighbours(view: str, day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The day to show before and after `day` in a view."""
    if view != "month":
        step = datetime.timedelta(days=7 if view == "week" else 1)
        return day - step, day + step
    first = day.replace(day=1)
    before, after = first - datetime.timedelta(days=1), first + datetime.timedelta(days=32)
    return before.replace(day=1), after.replace(day=1)


# --- Moving: what is found by its number, and the verb that moves it ------------------------------


def _at(was: datetime.datetime, day: datetime.date, time: datetime.time | None) -> datetime.datetime:
    """The moment on `day`: at `time`, or at the time of the clock that it was."""
    zone = timezone.get_default_timezone()
    return datetime.datetime.combine(day, time or timezone.localtime(was, zone).time(), zone)


def _told(at: datetime.datetime) -> str:
    return date_format(timezone.localtime(at), "D j M, H:i")


def _move_assignment(pk: int, day: datetime.date, time: datetime.time | None, by: User) -> tuple[str, str]:
    assignment = _found(Assignment.objects.filter(pk=pk).first())
    at = _at(assignment.due_at, day, time)
    move_assignment(assignment, by=by, due_at=at)
    return str(assignment), _told(at)


def _move_story(pk: int, day: datetime.date, time: datetime.time | None, by: User) -> tuple[str, str]:
    story = _found(Story.objects.filter(pk=pk).first())
    edition = Edition.objects.open().filter(story=story, live_from__gt=timezone.now()).first()
    if edition is None:
        raise WrongState(_("Nothing is scheduled for this story any more. Reload the page."))
    at = _at(edition.live_from, day, time)
    schedule_story(story, by=by, at=at)
    return str(story), _told(at)


def _move_note(pk: int, day: datetime.date, time: datetime.time | None, by: User) -> tuple[str, str]:
    note = save_note(_found(DayNote.objects.filter(pk=pk).first()), by=by, day=day)
    return str(note), date_format(day, "D j M")


def _move_reminder(pk: int, day: datetime.date, time: datetime.time | None, by: User) -> tuple[str, str]:
    reminder = _found(Reminder.objects.select_related("story").filter(pk=pk).first())
    at = _at(reminder.at, day, time)
    snooze_reminder(reminder, by=by, at=at)
    return str(reminder.story), _told(at)


def _found(record: Any) -> Any:
    if record is None:
        raise Http404
    return record


MOVES = {
    "assignment": _move_assignment,
    "story": _move_story,
    "note": _move_note,
    "reminder": _move_reminder,
}
