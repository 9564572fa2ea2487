"""What happened: events and overrides, to read; events also to take away as a file."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.event_export import CHUNK, export_events
from articles.admin.numbers import read_number
from articles.admin.record_history import value_list
from articles.admin.records import ReadOnlyAdmin, moment
from articles.admin.told import action_words
from articles.models import Event, Override, Story
from articles.workflow.people import display_name

KINDS = ("csv", "json")


class ActionFilter(admin.SimpleListFilter):
    """Events by what was done."""

    title = _("what happened")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        actions = Event.objects.order_by("action").values_list("action", flat=True).distinct()
        return [(action, action_words(action)) for action in actions]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        return queryset.filter(action=self.value()) if self.value() else queryset


class WhenFilter(admin.DateFieldListFilter):
    """Events of today, of the last days, of this month or year."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("when")


class WhoFilter(admin.SimpleListFilter):
    """Events by who did them; the program is somebody too."""

    title = _("who")
    parameter_name = "who"
    PROGRAM = "program"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        people = User.objects.filter(is_staff=True).order_by("first_name", "last_name", "username")
        return [*((str(user.pk), display_name(user)) for user in people), (self.PROGRAM, _("the program"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        if self.value() == self.PROGRAM:
            return queryset.filter(by=None)
        number = read_number(self.value())
        return queryset if number is None else queryset.filter(by=number)


class StoryFilter(admin.SimpleListFilter):
    """Events of one story: chosen in a row of the list, offered here to be taken away."""

    title = _("story")
    parameter_name = "story"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        number = request.GET.get("story", "")
        stories = Story.objects.filter(pk=number) if number.isdecimal() else Story.objects.none()
        return [(number, str(story)) for story in stories.only("headline", "slugline")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        return queryset.filter(story=self.value()) if (self.value() or "").isdecimal() else queryset


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Who did what to which record, newest first; confidential events only for those who may see them."""

    list_display = ["when", "what", "label", "by_name", "reason", "of_story"]
    list_display_links = ["what"]
    list_filter = [StoryFilter, ("at", WhenFilter), WhoFilter, ActionFilter, "record_type"]
    list_select_related = ["by"]
    search_fields = ["label", "reason"]
    date_hierarchy = None
    fields = [
        "at", "what", "label", "story", "by_name", "reason", "replaced", "result", "record_type", "record_id",
    ]  # fmt: skip
    empty_words = _("Everything that somebody does at the desk is listed here.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return super().get_queryset(request).visible_to(request.user)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export)
        kinds = [path(f"export.{kind}", view, {"kind": kind}, f"articles_event_{kind}") for kind in KINDS]
        return [*kinds, *super().get_urls()]

    def export(self, request: HttpRequest, kind: str) -> StreamingHttpResponse | HttpResponseRedirect:
        """What the list shows with these filters, all of it, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            events = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:articles_event_changelist"))
        return export_events(events.select_related("by").iterator(CHUNK), kind)

    @admin.display(description=_("story"))
    def of_story(self, event: Event) -> str:
        """A way to everything that happened to the same story."""
        if event.story_id is None:
            return ""
        return format_html('<a href="?story={}">{}</a>', event.story_id, _("This story"))

    @admin.display(description=_("at"), ordering="at")
    def when(self, event: Event) -> str:
        """When it happened."""
        return moment(event.at)

    @admin.display(description=_("by"), ordering="by__last_name")
    def by_name(self, event: Event) -> str:
        """Who did it."""
        return display_name(event.by)

    @admin.display(description=_("before"))
    def replaced(self, event: Event) -> str:
        """What it replaced, value by value."""
        return value_list(event.before)

    @admin.display(description=_("after"))
    def result(self, event: Event) -> str:
        """What there was then, value by value."""
        return value_list(event.after)

    @admin.display(description=_("what happened"), ordering="action")
    def what(self, event: Event) -> str:
        """The action in words."""
        return action_words(event.action)


@admin.register(Override)
class OverrideAdmin(ReadOnlyAdmin):
    """Blockers that a managing editor set aside, newest first."""

    list_display = ["when", "code", "story", "reason", "by"]
    list_display_links = ["code"]
    list_filter = ["code"]
    list_select_related = ["story", "by"]
    search_fields = ["reason", "story__headline"]
    fields = ["story", "code", "place", "reason", "by_name", "at", "story_version"]
    empty_words = _("No blocker was ever set aside.")

    @admin.display(description=_("at"), ordering="at")
    def when(self, override: Override) -> str:
        """When it was set aside."""
        return moment(override.at)

    @admin.display(description=_("by"))
    def by_name(self, override: Override) -> str:
        """Who set it aside; not a link to the page of the person, which few may open."""
        return display_name(override.by)
