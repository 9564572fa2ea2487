"""Assignments at the desk: the list, the page of one, and its steps. Desks, too."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.admin.numbers import read_number
from articles.admin.planning import tabs
from articles.admin.records import DeskAdmin, RefusableForm, add_refusal, moment
from articles.admin.widgets import TimeField
from articles.models import Assignment, Desk, Event, StoryTemplate
from articles.workflow import assignments
from articles.workflow.assignment_steps import WORK_STEPS, may_start_story, may_unlink, open_work_steps
from articles.workflow.errors import Refusal
from articles.workflow.people import display_name
from articles.workflow.reminders import day_bounds

FACTS = ["headline", "brief", "slugline", "desk", "assignee", "due_at", "length_target", "template"]


@dataclass(frozen=True, slots=True)
class Button:
    """A step as people see it: its words, and the verb behind it."""

    label: Any
    explanation: Any
    done: Any
    call: Callable[..., Any]


BUTTONS = {
    "accept": Button(
        _("Accept"), _("You say that you will do it."), _("It is yours."), assignments.accept_assignment
    ),
    "file": Button(
        _("File"), _("You say that it is written."), _("Filed."), assignments.file_assignment
    ),
    "finish": Button(
        _("Done"), _("The paper has what it wanted."), _("Done."), assignments.finish_assignment
    ),
    "send_back": Button(
        _("Send back"), _("The writer reads what is missing."), _("Sent back."),
        assignments.send_back_assignment,
    ),
    "hand_back": Button(
        _("Hand back"), _("It is open again, and nobody's. The desk reads why."), _("Handed back."),
        assignments.hand_back_assignment,
    ),
    "cancel": Button(
        _("Cancel it"), _("It is no longer wanted. A story that was begun stays."), _("Cancelled."),
        assignments.cancel_assignment,
    ),
    "reopen": Button(
        _("Open again"), _("It is wanted after all."), _("It is open again."), assignments.reopen_assignment
    ),
}  # fmt: skip


class StandingFilter(admin.SimpleListFilter):
    """What still has to be done; the rest on demand."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [*Assignment.Status.choices, ("all", _("all"))]

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        first, *rest = super().choices(changelist)
        yield first | {"display": _("still to be done")}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> QuerySet[Assignment]:
        wanted = self.value()
        if wanted == "all":
            return queryset
        return queryset.filter(status=wanted) if wanted else queryset.standing()


class MineFilter(admin.SimpleListFilter):
    """Assignments of whoever is looking, and those that nobody has."""

    title = _("assigned to")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("mine", _("Me")), ("nobody", _("Nobody"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> QuerySet[Assignment]:
        if self.value() == "mine":
            return queryset.filter(assignee=request.user)
        return queryset.filter(assignee=None) if self.value() == "nobody" else queryset


class DueFilter(admin.SimpleListFilter):
    """Assignments by their time."""

    title = _("due")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("overdue", _("Overdue")), ("today", _("Today"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> QuerySet[Assignment]:
        if self.value() == "overdue":
            return queryset.overdue()
        if self.value() == "today":
            begin, end = day_bounds(timezone.localdate())
            return queryset.filter(due_at__gte=begin, due_at__lt=end)
        return queryset


class AssignmentForm(RefusableForm):
    """An assignment; it goes to people who log in, from templates that are in use."""

    due_at = TimeField(label=_("Due"))

    class Meta:
        model = Assignment
        fields = FACTS
        widgets = {"brief": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.fields.get("assignee"), forms.ModelChoiceField):
            people = User.objects.filter(is_active=True, is_staff=True)
            self.fields["assignee"].queryset = people.order_by("first_name", "last_name")
            self.fields["assignee"].label_from_instance = display_name
            self.fields["template"].queryset = StoryTemplate.objects.filter(retired=False)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is recorded, and whoever it concerns reads it."),
    )


@admin.register(Assignment)
class AssignmentAdmin(DeskAdmin):
    """What the paper wants, from whom and by when; the next due first."""

    form = AssignmentForm
    list_display = ["what", "state", "desk", "assignee_name", "due", "length_target", "story_link"]
    list_display_links = None
    list_filter = [StandingFilter, MineFilter, DueFilter, "desk"]
    search_fields = ["headline", "slugline"]
    search_help_text = _("Words of what is wanted, or of the slugline.")
    fields = FACTS
    actions = None
    ordering = ["due_at", "pk"]
    change_form_template = "admin/articles/assignment/change_form.html"
    change_list_template = "admin/articles/assignment/change_list.html"
    empty_value_display = "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assignment]:
        return super().get_queryset(request).for_lists()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"tabs": tabs(request)} | (extra_context or {}))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        day = request.GET.get("day", "")
        at = f"{day}T17:00" if day else timezone.localtime() + datetime.timedelta(hours=4)
        return {"due_at": at} | super().get_changeform_initial_data(request)

    def save_model(self, request: HttpRequest, obj: Assignment, form: Any, change: bool) -> None:
        facts = {name: form.cleaned_data[name] for name in FACTS if name in form.cleaned_data}
        if change:
            stored = Assignment.objects.get(pk=obj.pk)
            assignments.save_assignment(stored, by=request.user, version=_seen(request), **facts)
        else:
            obj.pk = assignments.create_assignment(by=request.user, **facts).pk
            obj._state.adding = False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        assignment = self.get_object(request, object_id) if read_number(object_id) else None
        context = {"show_save_and_add_another": False} | (extra_context or {})
        if assignment is not None:
            steps = open_work_steps(assignment, by=request.user)
            context |= {
                "assignment": assignment,
                "at_once": [(name, BUTTONS[name]) for name in steps if not WORK_STEPS[name].ask],
                "with_reason": [(name, BUTTONS[name]) for name in steps if WORK_STEPS[name].ask],
                "may_start": may_start_story(assignment, request.user),
                "may_unlink": may_unlink(assignment, request.user),
                "last": Event.objects.about(assignment).exclude(reason="").select_related("by").first(),
            }
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/step/<slug:step>/", wrap(self.step), name="articles_assignment_step"),
            path("<int:pk>/story/", wrap(require_POST(self.start)), name="articles_assignment_start"),
            *super().get_urls(),
        ]

    def step(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """Take a step; ask why where the verb wants to know."""
        assignment, button = self._find(request, pk), BUTTONS.get(step)
        if button is None:
            raise Http404
        asks = bool(WORK_STEPS[step].ask)
        form = (ReasonForm if asks else forms.Form)(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                button.call(assignment, by=request.user, version=_seen(request), **form.cleaned_data)
            except Refusal as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, button.done)
                return HttpResponseRedirect(reverse("admin:articles_assignment_change", args=[pk]))
        context = self.admin_site.each_context(request) | {
            "title": button.label,
            "assignment": assignment,
            "button": button,
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/articles/assignment/step.html", context)

    def start(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Begin the story, and go there."""
        assignment = self._find(request, pk)
        try:
            story = assignments.start_story(assignment, by=request.user, version=_seen(request))
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(reverse("admin:articles_assignment_change", args=[pk]))
        messages.success(request, _("The story is begun. The brief stands in the editor's note."))
        return HttpResponseRedirect(reverse("admin:articles_story_change", args=[story.pk]))

    def _find(self, request: HttpRequest, pk: int) -> Assignment:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Assignment.objects.for_lists(), pk=pk)

    # --- The columns of the list ------------------------------------------------------------------

    @admin.display(description=_("what is wanted"), ordering="headline")
    def what(self, assignment: Assignment) -> str:
        """The headline as a link, with the slugline below."""
        below = (
            format_html(' <span class="quiet">{}</span>', assignment.slugline) if assignment.slugline else ""
        )
        return format_html('<a href="{}/change/">{}</a>{}', assignment.pk, assignment.headline, below)

    @admin.display(description=_("status"), ordering="status")
    def state(self, assignment: Assignment) -> str:
        """The status as a chip, and whether it is late."""
        late = format_html(' <span class="chip" data-state="blocker">{}</span>', _("overdue"))
        return format_html(
            '<span class="chip" data-state="{}">{}</span>{}',
            assignment.status,
            assignment.get_status_display(),
            late if assignment.overdue else "",
        )

    @admin.display(description=_("assigned to"), ordering="assignee__last_name")
    def assignee_name(self, assignment: Assignment) -> str:
        """Who has it."""
        return display_name(assignment.assignee) if assignment.assignee else "–"

    @admin.display(description=_("due"), ordering="due_at")
    def due(self, assignment: Assignment) -> str:
        """By when."""
        return moment(assignment.due_at, both=True)

    @admin.display(description=_("story"))
    def story_link(self, assignment: Assignment) -> str:
        """The story that came of it, with its status."""
        if assignment.story is None:
            return ""
        url = reverse("admin:articles_story_change", args=[assignment.story_id])
        return format_html('<a href="{}">{}</a>', url, assignment.story.get_status_display())


@admin.register(Desk)
class DeskRecordAdmin(admin.ModelAdmin):
    """Who plans together."""

    list_display = ["name", "slug", "lead"]
    list_select_related = ["lead"]
    prepopulated_fields = {"slug": ["name"]}
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _seen(request: HttpRequest) -> int | None:
    """The version on the page that was confirmed."""
    return read_number(request.POST.get("version"))
