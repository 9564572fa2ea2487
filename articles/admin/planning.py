"""What the pages of planning share: the tabs above them, the filters, and the days in their addresses."""

import datetime
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Desk, Section
from articles.workflow.people import display_name

# Far enough both ways, and near enough for every clock.
EARLIEST, LATEST = datetime.date(1970, 1, 1), datetime.date(2200, 1, 1)
TABS = (
    ("articles_planning", _("Calendar"), "articles.view_assignment"),
    ("articles_board", _("Board"), "articles.view_story"),
    ("articles_assignment_changelist", _("Assignments"), "articles.view_assignment"),
    ("articles_budget", _("Budget"), "articles.view_assignment"),
    ("articles_reminders", _("Look again"), "articles.add_reminder"),
    ("articles_storytemplate_changelist", _("Templates"), "articles.view_storytemplate"),
)


class PlanForm(forms.Form):
    """What of the plan is shown."""

    desk = forms.ModelChoiceField(
        label=_("Desk"), required=False, queryset=Desk.objects.all(), empty_label=_("all desks")
    )
    section = forms.ModelChoiceField(
        label=_("Section"), required=False, queryset=Section.objects.all(), empty_label=_("all sections")
    )
    owner = forms.ModelChoiceField(
        label=_("Of"),
        required=False,
        queryset=User.objects.filter(is_active=True, is_staff=True).order_by("first_name", "last_name"),
        empty_label=_("everybody"),
    )

    def __init__(self, *args: Any, names: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(names):
            del self.fields[name]
        if "owner" in self.fields:
            self.fields["owner"].label_from_instance = display_name

    @property
    def wanted(self) -> Mapping[str, Any]:
        """The filters that were chosen and can be understood."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}

    @property
    def query(self) -> dict[str, str]:
        """The filters as an address has them."""
        return {name: str(value.pk) for name, value in self.wanted.items()}


class PlanPage:
    """A page of planning: who may see it, and what is around it."""

    permission = "articles.view_assignment"
    filters: tuple[str, ...] = ("desk",)

    def __init__(self, site: AdminSite) -> None:
        self.site = site

    def enter(self, request: HttpRequest) -> PlanForm:
        """The filters of the address; PermissionDenied for whom it does not concern."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return PlanForm(request.GET, names=self.filters)

    def show(self, request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
        """The page, with the tabs and the menu around it."""
        around = self.site.each_context(request) | {"tabs": tabs(request), "here": request.get_full_path()}
        return TemplateResponse(request, f"admin/articles/planning/{template}.html", around | context)


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages of planning that this person may see."""
    offered = [(reverse(f"admin:{name}"), words) for name, words, perm in TABS if request.user.has_perm(perm)]
    return [{"url": url, "name": words, "here": request.path == url} for url, words in offered]


def day_in(text: str) -> datetime.date:
    """The day that an address names; today for one that cannot be read."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
    return min(max(day, EARLIEST), LATEST)


def address(name: str, query: Mapping[str, Any]) -> str:
    """The address of the page `name` with what of `query` says something."""
    said = {key: value for key, value in query.items() if value not in ("", None)}
    return f"{reverse(f'admin:{name}')}?{urlencode(said)}" if said else reverse(f"admin:{name}")


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page of planning that this person came from, as the address names it; else `otherwise`."""
    back = request.GET.get("back", "") or request.POST.get("back", "")
    return back if back.startswith(reverse("admin:articles_planning")) else otherwise
