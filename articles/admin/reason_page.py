"""A page that asks for a reason and then calls a verb: disputing a quote, withdrawing a source."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.records import add_refusal
from articles.workflow.errors import Refusal


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write whole sentences: the reason stays on record with your name."),
    )


@dataclass(frozen=True, slots=True)
class ReasonAction:
    """A verb that takes a record and a reason, and the words around it."""

    label: Any
    explanation: Any
    done: Any
    call: Callable[..., Any]
    permission: str


def reason_page(
    admin: ModelAdmin, request: HttpRequest, record: models.Model | None, action: ReasonAction
) -> HttpResponse:
    """Ask why, do it, and go back to the record."""
    if record is None:
        raise Http404
    if not request.user.has_perm(action.permission):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    if form.is_valid():
        try:
            action.call(record, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, action.done)
            return HttpResponseRedirect(back)
    context = admin.admin_site.each_context(request) | {
        "title": action.label,
        "record": record,
        "action": action,
        "form": form,
        "back": back,
        "opts": admin.opts,
    }
    return TemplateResponse(request, "admin/desk/reason.html", context)
