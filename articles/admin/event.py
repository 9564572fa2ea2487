"""What happened: events and overrides, to read."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.records import ReadOnlyAdmin, moment
from articles.admin.told import action_words
from articles.models import Event, Override
from articles.workflow.people import display_name


class ActionFilter(admin.SimpleListFilter):
    """Events by what was done."""

    title = _("what happened")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        actions = Event.objects.order_by("action").values_list("action", flat=True).distinct()
        return [(action, action_words(action)) for action in actions]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Who did what to which record, newest first; confidential events only for those who may see them."""

    list_display = ["when", "what", "label", "by_name", "reason"]
    list_display_links = ["what"]
    list_filter = [ActionFilter, "record_type"]
    list_select_related = ["by"]
    search_fields = ["label", "reason"]
    date_hierarchy = None
    fields = [
        "at", "action", "label", "story", "by", "reason", "before", "after", "record_type", "record_id",
    ]  # fmt: skip
    empty_words = _("Everything that somebody does at the desk is listed here.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return super().get_queryset(request).visible_to(request.user)

    @admin.display(description=_("at"), ordering="at")
    def when(self, event: Event) -> str:
        """When it happened."""
        return moment(event.at)

    @admin.display(description=_("by"), ordering="by__last_name")
    def by_name(self, event: Event) -> str:
        """Who did it."""
        return display_name(event.by)

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
    empty_words = _("No blocker was ever set aside.")

    @admin.display(description=_("at"), ordering="at")
    def when(self, override: Override) -> str:
        """When it was set aside."""
        return moment(override.at)
