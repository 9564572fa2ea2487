"""The admin site of the newsroom: its home page, its menu, and the page that explains the gate."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.check import check_urls
from articles.admin.find_page import find_page
from articles.admin.front import front_urls
from articles.admin.gate_page import gate_page
from articles.admin.home import home_context
from articles.admin.notifications import notification_urls, unread_count
from articles.admin.planning_urls import planning_urls
from articles.admin.review_forms import source_name
from articles.models import Source, Speaker

# What the menu offers, in the order of a working day: the model and the words for it.
MENU = (
    ("articles", "story", _("Stories")),
    ("articles", "quote", _("Quotes")),
    ("articles", "speaker", _("Speakers")),
    ("articles", "source", _("Sources")),
    ("articles", "image", _("Images")),
)
# Pages that are no list of one kind of record: their address, their name, who may see them.
PAGES = (
    ("articles_check", _("To check"), "articles.view_story"),
    ("articles_planning", _("Planning"), "articles.view_assignment"),
    ("articles_front", _("Front page"), "articles.arrange_frontpage"),
)
MORE = (
    ("articles", "edition", _("Editions")),
    ("articles", "correction", _("Corrections")),
    ("articles", "dispute", _("Readers' disputes")),
    ("articles", "policy", _("Policies")),
    ("articles", "override", _("Overrides")),
    ("articles", "event", _("Events")),
    ("articles", "assignment", _("Assignments")),
    ("articles", "storytemplate", _("Story templates")),
    ("articles", "section", _("Sections")),
    ("taggit", "tag", _("Topics")),
    ("articles", "desk", _("Desks")),
    ("articles", "author", _("Authors")),
    ("articles", "brand", _("Look of the paper")),
    ("auth", "user", _("Users")),
    ("auth", "group", _("Roles")),
)


class Suggestions(AutocompleteJsonView):
    """What a field offers while a name is typed; a speaker with the newest role, to tell namesakes apart.

    A source that was withdrawn is offered no more, since nothing can be checked there.
    """

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        return rows.filter(withdrawn_reason="") if rows.model is Source else rows

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        if isinstance(obj, Source):
            return result | {"text": source_name(obj)}
        roles = obj.all_roles if isinstance(obj, Speaker) else []
        return result | {"text": f"{obj}, {roles[0]}"} if roles else result


class DeskSite(AdminSite):
    """The stock admin site with a menu across the top instead of a list of tables at the side."""

    site_title = settings.NEWSROOM_NAME
    site_header = settings.NEWSROOM_NAME
    index_title = _("Desk")
    enable_nav_sidebar = False

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        if context["has_permission"]:
            links = self._links(request, MENU)
            context["menu"] = [*links[:1], *self._pages(request), *links[1:]]
            context["more"] = self._links(request, MORE)
            context["unread"] = unread_count(request.user)
        return context

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The tables of one app; none for every page, since nothing shows them there."""
        return super().get_app_list(request, app_label) if app_label else []

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, home_context(request.user) | (extra_context or {}))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return Suggestions.as_view(admin_site=self)(request)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        pages = [
            path("articles/gate/", self.admin_view(self.gate), name="articles_gate"),
            path("find/", self.admin_view(self.find), name="find"),
        ]
        parts = [*check_urls(self), *planning_urls(self), *front_urls(self), *notification_urls(self)]
        return [*pages, *parts, *super().get_urls()]

    def find(self, request: HttpRequest) -> TemplateResponse:
        """Search over everything."""
        return find_page(request, self.each_context(request))

    def gate(self, request: HttpRequest) -> TemplateResponse:
        """Explain every check of the gate, each under its code."""
        return gate_page(request, self.each_context(request))

    def _pages(self, request: HttpRequest) -> list[dict[str, Any]]:
        urls = [(reverse(f"admin:{name}"), words, permission) for name, words, permission in PAGES]
        return [
            {"url": url, "name": words, "here": request.path.startswith(url)}
            for url, words, permission in urls
            if request.user.has_perm(permission)
        ]

    def _links(self, request: HttpRequest, entries: tuple[tuple[str, str, str], ...]) -> list[dict[str, Any]]:
        admins = {model._meta.label_lower: each for model, each in self._registry.items()}
        links = []
        for app_label, model_name, words in entries:
            if admins[f"{app_label}.{model_name}"].has_view_permission(request):
                url = reverse(f"admin:{app_label}_{model_name}_changelist")
                links.append({"url": url, "name": words, "here": request.path.startswith(url)})
        return links
