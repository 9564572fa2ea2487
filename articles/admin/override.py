"""Setting a blocker of the gate aside, with a reason."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.records import add_refusal
from articles.models import Story
from articles.workflow.errors import Refusal
from articles.workflow.gate import check_gate
from articles.workflow.override import override_blocker

if TYPE_CHECKING:
    from articles.admin.story import StoryAdmin


class OverrideForm(forms.Form):
    """Why a blocker may be set aside."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "It is recorded with your name and listed for everybody at the desk. "
            "It holds for this version only."
        ),
    )


def override_page(admin: "StoryAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Set one blocker aside, with a reason."""
    story = get_object_or_404(Story, pk=pk)
    if not request.user.has_perm("articles.override_gate"):
        raise PermissionDenied
    code, place = request.GET.get("code", ""), request.GET.get("place", "")
    found = [one for one in check_gate(story) if (one.code, one.place) == (code, place)]
    if not found and request.method != "POST":
        messages.info(request, _("This blocker is gone. Look at the gate again."))
        return HttpResponseRedirect(f"{reverse('admin:articles_story_change', args=[pk])}#gate")
    form = OverrideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            override_blocker(story, by=request.user, code=code, place=place, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The blocker is set aside, with your reason on record."))
            return HttpResponseRedirect(f"{reverse('admin:articles_story_change', args=[pk])}#gate")
    context = admin.admin_site.each_context(request) | {
        "title": _("Set a blocker aside"),
        "story": story,
        "finding": found[0] if found else None,
        "form": form,
        "opts": admin.opts,
    }
    return TemplateResponse(request, "admin/articles/story/override.html", context)
