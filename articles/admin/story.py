"""Stories at the desk: the list, and the pages of one story."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles.admin.beside_quotes import hover_card
from articles.admin.comments import comments_page, people_list
from articles.admin.elements import cleaned_paste, elements_list, typeset_body
from articles.admin.live import read_quotations
from articles.admin.override import override_page
from articles.admin.paste import paste_page
from articles.admin.preview import story_preview
from articles.admin.quote_from import quote_page
from articles.admin.records import DeskAdmin, moment
from articles.admin.review import review_page
from articles.admin.sitting import sit
from articles.admin.story_bulk import BULKS, bulk_page, make_action
from articles.admin.story_page import StoryPage
from articles.admin.story_steps import step_page
from articles.admin.versions import versions_page
from articles.models import SearchEntry, Story
from articles.workflow.lifecycle import due_state
from articles.workflow.people import may_edit


class MineFilter(admin.SimpleListFilter):
    """Stories of whoever is looking."""

    title = _("owner")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("1", _("Mine"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story]:
        return queryset.owned_by(request.user) if self.value() == "1" else queryset


class WorkFilter(admin.SimpleListFilter):
    """Stories with a quotation that still needs somebody."""

    title = _("quotes")
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("quotes", _("To check"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story]:
        return queryset.needing_verification() if self.value() == "quotes" else queryset


@admin.register(Story)
class StoryAdmin(DeskAdmin):
    """The list of stories, and the way to everything that is done with one."""

    list_display = ["headline_line", "state", "section", "owner_name", "to_check", "live", "updated"]
    list_display_links = None
    list_filter = ["status", MineFilter, WorkFilter, "developing", "section"]
    search_fields = ["headline"]
    search_help_text = _("Words of the headline, the slugline, the dek or the body.")
    search_kind = SearchEntry.Kind.STORY
    actions = [make_action(slug) for slug in BULKS]
    ordering = ["-updated_at"]
    empty_value_display = "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        return super().get_queryset(request).for_desk_list().defer("body", "editors_note")

    def has_change_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return may_edit(request.user, obj)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return StoryPage(self, request, object_id).respond()

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("paste/", self.paste, "paste"),
            ("read-quotations/", self.read_new, "read_new"),
            ("sitting/", self.sit_new, "sit_new"),
            ("<int:pk>/sitting/", self.sit, "sit"),
            ("<int:pk>/read-quotations/", self.read, "read"),
            ("card/", self.card_new, "card_new"),
            ("<int:pk>/card/", self.card, "card"),
            ("<int:pk>/quote/", self.quote, "quote"),
            ("<int:pk>/review/", self.review, "review"),
            ("bulk/<slug:slug>/", self.bulk, "bulk"),
            ("people/", self.people, "people"),
            ("elements/", self.elements, "elements"),
            ("clean-paste/", self.clean_paste, "clean_paste"),
            ("typeset/", self.typeset, "typeset"),
            ("<int:pk>/comments/", self.comments, "comments"),
            ("<int:pk>/versions/", self.versions, "versions"),
            ("<int:pk>/preview/", self.preview, "preview"),
            ("<int:pk>/step/<slug:step>/", self.step, "step"),
            ("<int:pk>/override/", self.override, "override"),
        ]
        wrap = self.admin_site.admin_view
        ours = [path(route, wrap(view), name=f"articles_story_{name}") for route, view, name in pages]
        return [*ours, *super().get_urls()]

    # --- The pages, each in a module of its own ---------------------------------------------------

    def paste(self, request: HttpRequest) -> HttpResponse:
        return paste_page(self, request)

    def read_new(self, request: HttpRequest) -> JsonResponse:
        return read_quotations(request, None)

    def read(self, request: HttpRequest, pk: int) -> JsonResponse:
        return read_quotations(request, pk)

    def card_new(self, request: HttpRequest) -> HttpResponse:
        return hover_card(request, None)

    def card(self, request: HttpRequest, pk: int) -> HttpResponse:
        return hover_card(request, pk)

    def quote(self, request: HttpRequest, pk: int) -> HttpResponse:
        return quote_page(self, request, pk)

    def sit_new(self, request: HttpRequest) -> JsonResponse:
        return sit(request, None)

    def sit(self, request: HttpRequest, pk: int) -> JsonResponse:
        return sit(request, pk)

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        return review_page(self, request, pk)

    def bulk(self, request: HttpRequest, slug: str) -> HttpResponse:
        return bulk_page(self, request, slug)

    def elements(self, request: HttpRequest) -> JsonResponse:
        return elements_list(request)

    def clean_paste(self, request: HttpRequest) -> JsonResponse:
        return cleaned_paste(request)

    def typeset(self, request: HttpRequest) -> JsonResponse:
        return typeset_body(request)

    def people(self, request: HttpRequest) -> JsonResponse:
        return people_list(request)

    def comments(self, request: HttpRequest, pk: int) -> HttpResponse:
        return comments_page(self, request, pk)

    def versions(self, request: HttpRequest, pk: int) -> HttpResponse:
        return versions_page(self, request, pk)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        return story_preview(self, request, pk)

    def step(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        return step_page(self, request, pk, step)

    def override(self, request: HttpRequest, pk: int) -> HttpResponse:
        return override_page(self, request, pk)

    # --- The columns of the list ------------------------------------------------------------------

    @admin.display(description=_("story"), ordering="headline")
    def headline_line(self, story: Story) -> str:
        """The headline as a link, with the slugline and the developing flag below."""
        below = [("quiet", story.slugline)] if story.slugline else []
        if story.developing:
            below.append(("chip", _("developing")))
        return format_html(
            '<a href="{}/change/">{}</a>{}',
            story.pk,
            story,
            format_html_join("", ' <span class="{}">{}</span>', below),
        )

    @admin.display(description=_("status"))
    def state(self, story: Story) -> str:
        """The status as a chip."""
        status = due_state(story, timezone.now())
        return format_html('<span class="chip" data-state="{}">{}</span>', status, status.label)

    @admin.display(description=_("owner"))
    def owner_name(self, story: Story) -> str:
        """Whose story it is."""
        return (story.owner.get_full_name() or story.owner.get_username()) if story.owner else "–"

    @admin.display(description=_("quotes"))
    def to_check(self, story: Story) -> str:
        """How many quotations need work, with the way to the review screen."""
        if not story.quotation_count or story.status in (Story.Status.SPIKED, Story.Status.KILLED):
            return ""
        if not story.unverified_count:
            return format_html('<span class="chip" data-state="verified">{}</span>', _("all checked"))
        words = _("%(open)s of %(all)s to check") % {
            "open": story.unverified_count,
            "all": story.quotation_count,
        }
        return format_html('<a class="chip" data-state="work" href="{}/review/">{}</a>', story.pk, words)

    @admin.display(description=_("live from"))
    def live(self, story: Story) -> str:
        """Since when, or from when, readers see it."""
        return moment(story.live_from, both=True)

    @admin.display(description=_("updated"), ordering="updated_at")
    def updated(self, story: Story) -> str:
        """When it was last saved."""
        return moment(story.updated_at)
