"""A page that lists every story that a doubt or a withdrawal reaches, and asks before it is done."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.numbers import read_number
from articles.admin.records import add_refusal
from articles.admin.told import told
from articles.models import Edition, Event, Quote, Source
from articles.workflow.amend import Correcting
from articles.workflow.errors import Refusal
from articles.workflow.reach import ACTIONS, CORRECTING_KINDS, Reach, carry_through, reach_of
from articles.workflow.steps import STEPS


@dataclass(frozen=True, slots=True)
class ReachAction:
    """The words around an action of `workflow.reach`: its `name` there, its button, what it means."""

    name: str
    label: Any
    explanation: Any
    done: Any

    @property
    def permission(self) -> str:
        """What a person needs for it."""
        return ACTIONS[self.name].permission


class ReachForm(forms.Form):
    """Why, and what readers of the chosen stories are told. `seen` is what was on the page."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Write whole sentences: the reason stays on record with your name."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        required=False,
        choices=[(kind.value, kind.label) for kind in CORRECTING_KINDS],
    )
    note = forms.CharField(
        label=gettext_lazy("What readers are told"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One text for all chosen stories: what was wrong, what is right. Leave it empty to publish none."
        ),
    )
    stories = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Publish it with"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, reach: Reach, may_correct: bool) -> None:
        chosen = [(use.story.pk, str(use.story)) for use in reach.correctable]
        initial = {"seen": reach.seen, "stories": [number for number, _title in chosen]}
        super().__init__(data, initial=initial)
        self.fields["stories"].choices = chosen
        if not (may_correct and chosen):
            for name in ("kind", "note", "stories"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("note", "").strip() and not cleaned.get("stories"):
            self.add_error("stories", _("Choose the stories that publish the note, or empty the note."))
        return cleaned

    def correcting(self) -> Correcting | None:
        """What is to be published, if anything."""
        note = self.cleaned_data.get("note", "").strip()
        if not note:
            return None
        kind = self.cleaned_data["kind"] or Edition.Kind.CORRECTION
        return Correcting(Edition.Kind(kind), note, frozenset(self.cleaned_data["stories"]))


def reach_page(
    admin: ModelAdmin, request: HttpRequest, record: Quote | Source | None, action: ReachAction
) -> HttpResponse:
    """Show what the action does to every story, do it when that is confirmed, and go on to what was done."""
    if record is None:
        raise Http404
    if not request.user.has_perm(action.permission):
        raise PermissionDenied
    if "done" in request.GET:
        return _result(admin, request, record, action)
    reach = reach_of(action.name, record)
    may_correct = request.user.has_perm(STEPS["correct"].permission)
    data = request.POST if request.method == "POST" else None
    form = ReachForm(data, reach=reach, may_correct=may_correct)
    if form.is_valid():
        try:
            events = carry_through(
                action.name,
                record,
                by=request.user,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
                correcting=form.correcting(),
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
            reach = reach_of(action.name, record)
        else:
            messages.success(request, action.done)
            return HttpResponseRedirect(f"{request.path}?done={events[0].pk}-{events[-1].pk}")
    chosen = form["stories"].value() or () if "stories" in form.fields else None
    context = {"reach": reach, "form": form, "chosen": None if chosen is None else {str(pk) for pk in chosen}}
    return _show(admin, request, record, action, "reach", context)


def _result(
    admin: ModelAdmin, request: HttpRequest, record: Quote | Source, action: ReachAction
) -> HttpResponse:
    """What this person did between two events, as anybody may read it who may read the events."""
    first, _dash, last = request.GET["done"].partition("-")
    if read_number(first) is None or read_number(last) is None:
        raise Http404
    events = Event.objects.visible_to(request.user).filter(pk__gte=first, pk__lte=last, by=request.user)
    context = {"events": told(events.select_related("by").order_by("pk")[:500])}
    return _show(admin, request, record, action, "reach_done", context)


def _show(
    admin: ModelAdmin,
    request: HttpRequest,
    record: Quote | Source,
    action: ReachAction,
    template: str,
    context: dict[str, Any],
) -> TemplateResponse:
    shared = admin.admin_site.each_context(request) | {
        "title": action.label,
        "record": record,
        "words": record.words if isinstance(record, Quote) else record.title,
        "action": action,
        "back": reverse(f"admin:articles_{record._meta.model_name}_change", args=[record.pk]),
        "opts": admin.opts,
    }
    return TemplateResponse(request, f"admin/desk/{template}.html", shared | context)
