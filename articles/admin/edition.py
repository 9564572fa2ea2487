"""What was published: editions and corrections, to read and to follow to the page."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.records import ReadOnlyAdmin, moment
from articles.models import Correction, Edition
from articles.workflow.people import display_name


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """Every version that readers saw, newest first."""

    list_display = ["headline", "kind", "section_name", "number", "begins", "ends", "page"]
    list_filter = ["kind", "section_name"]
    search_fields = ["headline", "slug"]
    fields = [
        "page", "story", "number", "kind", "live_from", "live_until", "first_live_from", "gone", "notice",
        "section_name", "slug", "headline", "kicker", "dek", "dateline", "body_text", "word_count",
        "type_of_work", "developing", "change_note", "approved_by_name", "by_name",
    ]  # fmt: skip
    empty_words = _("An edition is made each time a story is published.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        editions = super().get_queryset(request)
        changelist = request.resolver_match and request.resolver_match.url_name.endswith("_changelist")
        return editions.defer("body_html", "body_text") if changelist else editions

    @admin.display(description=_("live from"), ordering="live_from")
    def begins(self, edition: Edition) -> str:
        """When readers began to see it."""
        return moment(edition.live_from, both=True)

    @admin.display(description=_("live until"), ordering="live_until")
    def ends(self, edition: Edition) -> str:
        """When another took its place."""
        return moment(edition.live_until, both=True)

    @admin.display(description=_("published by"))
    def by_name(self, edition: Edition) -> str:
        """Who published it; not a link to the page of the person, which few may open."""
        return display_name(edition.published_by)

    @admin.display(description=_("page"))
    def page(self, edition: Edition) -> str:
        """A link to the page, when this is the edition that readers see now."""
        now = timezone.now()
        if edition.live_from > now:
            return _("not yet live")
        if edition.live_until is not None and edition.live_until <= now:
            return _("replaced")
        return format_html('<a href="{}">{}</a>', edition.get_absolute_url(), _("Open the page"))


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    """What readers were told about mistakes, newest first."""

    list_display = ["text", "kind", "made_in", "by", "at"]
    list_filter = ["kind"]
    list_select_related = ["made_in", "by"]
    search_fields = ["text"]
    fields = ["text", "kind", "made_in", "by_name", "at"]
    empty_words = _("A correction is written on the story's page, with “Correct”.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        return super().get_queryset(request).defer("made_in__body_html", "made_in__body_text")

    @admin.display(description=_("by"))
    def by_name(self, correction: Correction) -> str:
        """Who wrote it."""
        return display_name(correction.by)
