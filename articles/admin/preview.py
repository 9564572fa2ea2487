"""The preview of a story at two widths, and the links that were given to people without a log-in."""

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.numbers import read_number
from articles.admin.records import add_refusal
from articles.models import Story
from articles.workflow.errors import Refusal
from articles.workflow.people import may_edit
from articles.workflow.preview import revoke_preview, share_preview

if TYPE_CHECKING:
    from articles.admin.story import StoryAdmin


class ShareForm(forms.Form):
    """For whom a link is, and how long it works."""

    recipient = forms.CharField(
        label=_("For whom"),
        max_length=160,
        help_text=_("A name or an office. Readers of the link see it, so that it is not passed on."),
    )
    hours = forms.TypedChoiceField(
        label=_("Works for"),
        coerce=int,
        choices=[(24, _("one day")), (72, _("three days")), (168, _("a week")), (336, _("two weeks"))],
        initial=72,
    )


def story_preview(admin: "StoryAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Show the preview and its links; POST makes a link or takes one back."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    story = get_object_or_404(Story.objects.select_related("owner"), pk=pk)
    form = ShareForm(request.POST if "recipient" in request.POST else None)
    try:
        if "_revoke" in request.POST:
            link = get_object_or_404(story.preview_links, pk=read_number(request.POST["_revoke"]))
            revoke_preview(link, by=request.user)
            messages.success(request, _("The link is taken back. Whoever has it sees nothing any more."))
            return HttpResponseRedirect(request.path)
        if form.is_valid():
            lasts = datetime.timedelta(hours=form.cleaned_data["hours"])
            share_preview(story, by=request.user, recipient=form.cleaned_data["recipient"], lasts=lasts)
            messages.success(request, _("The link is made. Copy it below and send it."))
            return HttpResponseRedirect(f"{request.path}#links")
    except Refusal as refusal:
        add_refusal(form, refusal) if form.is_bound else messages.error(request, refusal.message)
    return TemplateResponse(
        request, "admin/articles/story/preview.html", _context(admin, request, story, form)
    )


def _context(admin: "StoryAdmin", request: HttpRequest, story: Story, form: ShareForm) -> dict[str, Any]:
    links = list(story.preview_links.select_related("made_by")[:50])
    return admin.admin_site.each_context(request) | {
        "title": _("Preview of “%(story)s”") % {"story": story},
        "story": story,
        "form": form,
        "address": reverse("articles:preview", args=[story.pk]),
        "links": [(link, request.build_absolute_uri(link.get_absolute_url())) for link in links],
        "may_share": may_edit(request.user, story),
        "opts": admin.opts,
    }
