"""Saved views above a list: one's own filters by name."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from articles.admin.numbers import read_number
from articles.models import SavedView
from articles.workflow.errors import Refusal
from articles.workflow.saved_views import forget_view, save_view


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A saved view, and whether the list shows it now."""

    view: SavedView
    here: bool


def views_of(request: HttpRequest, record_type: str) -> list[ViewLink]:
    """The views that this person saved of a list. One query."""
    now = sorted((key, value) for key, value in request.GET.items() if key not in ("p", "all", "e"))
    views = SavedView.objects.filter(by=request.user, record_type=record_type)
    return [ViewLink(view, sorted(parse_qsl(view.query)) == now) for view in views]


def change_views(request: HttpRequest, record_type: str) -> HttpResponseRedirect:
    """Save what the list shows under a name, or forget a view; then show the list again."""
    try:
        if "_forget_view" in request.POST:
            view = get_object_or_404(SavedView, pk=read_number(request.POST["_forget_view"]), by=request.user)
            forget_view(view, by=request.user)
            messages.success(request, _("The view “%(name)s” is forgotten.") % {"name": view.name})
        else:
            name, query = request.POST.get("name", ""), request.GET.urlencode()
            save_view(by=request.user, record_type=record_type, name=name, query=query)
            messages.success(request, _("The view is saved. It stands above the list."))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return HttpResponseRedirect(request.get_full_path())
