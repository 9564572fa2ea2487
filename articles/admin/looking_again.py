"""Looking at a story again: setting a reminder, one's own list of them, and what stands on the home page."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.planning import PlanPage, way_back
from articles.admin.records import add_refusal
from articles.admin.widgets import TimeField
from articles.models import Assignment, Reminder, Story
from articles.workflow.errors import Refusal
from articles.workflow.reminders import WATCHED, finish_reminder, set_reminder, snooze_reminder

PILE = 8
LISTED = 200
MORNING = datetime.time(9)


def reminder_urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of reminders."""
    wrap, page = site.admin_view, ReminderPage(site)
    root = "articles/planning/look-again/"
    return [
        path(root, wrap(page.respond), name="articles_reminders"),
        path(f"{root}story/<int:pk>/", wrap(page.set), name="articles_story_look_again"),
        path(f"{root}<int:pk>/done/", wrap(require_POST(page.done)), name="articles_reminder_done"),
        path(f"{root}<int:pk>/snooze/", wrap(require_POST(page.snooze)), name="articles_reminder_snooze"),
    ]


class DaysForm(forms.Form):
    """In how many days, in the morning."""

    days = forms.IntegerField(validators=[MinValueValidator(1), MaxValueValidator(3650)])


class ReminderForm(forms.Form):
    """When, and what for."""

    days = forms.IntegerField(
        label=gettext_lazy("In how many days"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        widget=forms.NumberInput(attrs={"min": 1, "max": 3650}),
        help_text=gettext_lazy("At nine in the morning."),
    )
    at = TimeField(
        label=gettext_lazy("Or at this time"),
        required=False,
        help_text=gettext_lazy("It goes before the number of days."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("What to look for, such as “Has the court ruled?” Only you see it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("days") and not cleaned.get("at"):
            raise forms.ValidationError(_("Say in how many days, or choose a time."))
        return cleaned

    def moment(self) -> datetime.datetime:
        """When, as it was typed."""
        return self.cleaned_data["at"] or in_days(self.cleaned_data["days"])


@dataclass(frozen=True, slots=True)
class Noticed:
    """A story that the program thinks wants another look, and why."""

    story: Story
    words: Any


class ReminderPage(PlanPage):
    """One's own reminders, and what the program notices."""

    permission = "articles.add_reminder"
    filters = ()

    def respond(self, request: HttpRequest) -> HttpResponse:
        """List them, the due ones first."""
        self.enter(request)
        mine = Reminder.objects.of(request.user).select_related("story").defer("story__body")
        context = {
            "title": _("Look again"),
            "reminders": mine[:LISTED],
            "now": timezone.now(),
            "noticed": noticed(request.user, LISTED),
        }
        return self.show(request, "reminders", context)

    def set(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Set a reminder of a story."""
        self.enter(request)
        if not request.user.has_perm("articles.view_story"):
            raise PermissionDenied
        story = get_object_or_404(Story, pk=pk)
        form = ReminderForm(request.POST if request.method == "POST" else None, initial={"days": 10})
        if form.is_valid():
            try:
                set_reminder(story, by=request.user, at=form.moment(), note=form.cleaned_data["note"])
            except Refusal as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("You will be reminded of it."))
                return HttpResponseRedirect(reverse("admin:articles_story_change", args=[pk]))
        context = {
            "title": _("Look again"),
            "form": form,
            "story": story,
            "reminders": Reminder.objects.of(request.user).filter(story=story).select_related("story"),
            "now": timezone.now(),
        }
        return self.show(request, "remind", context)

    def done(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Be done with one."""
        return self._call(request, pk, _("Done."), finish_reminder)

    def snooze(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put one off."""
        form = DaysForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say in how many days, as a number. Nothing was changed."))
            return HttpResponseRedirect(self._back(request))
        return self._call(request, pk, _("Put off."), snooze_reminder, at=in_days(form.cleaned_data["days"]))

    def _call(self, request: HttpRequest, pk: int, told: str, verb: Any, **facts: Any) -> HttpResponse:
        self.enter(request)
        reminder = get_object_or_404(Reminder.objects.of(request.user), pk=pk)
        try:
            verb(reminder, by=request.user, **facts)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, told)
        return HttpResponseRedirect(self._back(request))

    def _back(self, request: HttpRequest) -> str:
        if request.POST.get("back") == "home":
            return reverse("admin:index")
        return way_back(request, reverse("admin:articles_reminders"))


def in_days(days: int) -> datetime.datetime:
    """The morning of the day in so many days."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    return datetime.datetime.combine(day, MORNING, timezone.get_default_timezone())


def noticed(user: User, most: int) -> list[Noticed]:
    """What the program notices: of one's own stories, and of all for who approves. Four queries."""
    everything = user.has_perm("articles.approve_story")
    found = []
    for watch, stories in WATCHED:
        rows = stories(timezone.now()).defer("body", "editors_note")
        rows = rows if everything else rows.filter(owner=user)
        found += [Noticed(story, watch.words) for story in rows[:most]]
    return found[:most]


def planning_piles(user: User) -> dict[str, Any]:
    """What of planning stands on the home page in six queries; nothing for who only reads."""
    if not user.has_perm("articles.work_assignment"):
        return {}
    mine = Assignment.objects.to_write().filter(assignee=user).for_lists().order_by("due_at", "pk")
    reminders = Reminder.objects.of(user).due().select_related("story").defer("story__body")
    return {
        "assigned": list(mine[:PILE]),
        "reminders": list(reminders[:PILE]),
        "noticed": noticed(user, PILE),
        "now": timezone.now(),
    }
