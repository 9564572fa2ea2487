"""Sources at the desk: what can be checked, with the archived copies of it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.copies import CopyFields, fetch_copy, keep_copy
from articles.admin.counting import MOST_COUNTED, count_of
from articles.admin.numbers import read_number
from articles.admin.reach_page import ReachAction, reach_page
from articles.admin.records import DeskAdmin, RefusableForm, add_refusal
from articles.admin.widgets import DateWidget
from articles.models import Quote, SearchEntry, Snapshot, Source
from articles.workflow.errors import Refusal
from articles.workflow.find import find_numbers
from articles.workflow.sources import create_source, save_source

FACTS = ["kind", "title", "publisher", "url", "published_on", "terms", "confidential", "owner"]

ACTIONS = {
    "dispute": ReachAction(
        "dispute_source",
        _("Dispute its quotes"),
        _("Somebody doubts what this source says. Every quote from it is disputed until that is settled."),
        _("The quotes from this source are disputed."),
    ),
    "withdraw": ReachAction(
        "withdraw_source",
        _("Withdraw"),
        _("The paper no longer relies on this source. Quotes that were checked in it are unverified again."),
        _("The source is withdrawn."),
    ),
}


class SourceForm(RefusableForm):
    """A source, with the browser's own date picker and only people who log in as owners."""

    class Meta:
        model = Source
        fields = FACTS
        widgets = {"published_on": DateWidget()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.fields.get("owner"), forms.ModelChoiceField):
            self.fields["owner"].queryset = User.objects.filter(is_active=True, is_staff=True)


class SnapshotForm(CopyFields):
    """A copy of a source: its text, a file, or the page at its address."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("text", "").strip() or cleaned.get("file") or cleaned.get("capture")):
            raise forms.ValidationError(_("Paste the text, choose a file, or let the page be fetched."))
        return cleaned


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    """Documents, pages, recordings and conversations; confidential ones only for those who may know."""

    form = SourceForm
    list_display = ["title_line", "kind", "publisher", "published_on", "copies", "quote_total"]
    list_display_links = None
    list_filter = ["kind", "terms", "confidential"]
    search_fields = ["title", "publisher", "url"]
    fields = FACTS
    change_form_template = "admin/articles/source/change_form.html"
    empty_words = _("A source is where somebody's words can be checked: a document, a page, a recording.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        sources = super().get_queryset(request).visible_to(request.user)
        return sources.annotate(
            copy_count=count_of(Snapshot.objects.all(), "source"),
            quote_count=count_of(Quote.objects.all(), "source"),
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Source], search_term: str
    ) -> tuple[QuerySet[Source], bool]:
        if not search_term:
            return queryset, False
        # A confidential source is in no index: the few that this person may see are looked through.
        secret = Q(confidential=True) & (Q(title__icontains=search_term) | Q(url__icontains=search_term))
        numbers = list(find_numbers(search_term, SearchEntry.Kind.SOURCE)[:MOST_COUNTED])
        return queryset.filter(Q(pk__in=numbers) | secret), False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"owner": request.user.pk} | super().get_changeform_initial_data(request)

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        facts = {name: form.cleaned_data[name] for name in FACTS if name in form.cleaned_data}
        if change:
            save_source(Source.objects.get(pk=obj.pk), by=request.user, **facts)
        else:
            obj.pk = create_source(by=request.user, **facts).pk
            obj._state.adding = False

    def response_add(self, request: HttpRequest, obj: Source, post_url_continue: Any = None) -> HttpResponse:
        messages.success(
            request, _("The source is kept. Add a copy of it now, so that words can be looked up.")
        )
        return HttpResponseRedirect(reverse("admin:articles_source_snapshot", args=[obj.pk]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        source = self.get_object(request, object_id) if read_number(object_id) else None
        context = {"show_save_and_add_another": False} | (extra_context or {})
        if source is not None:
            context |= {
                "source": source,
                "snapshots": source.snapshots.select_related("captured_by").defer("data"),
                "quotes": source.quotes.select_related("speaker")[:100],
                "source_actions": [] if source.withdrawn_reason else self._open_actions(request),
                "may_add_copy": request.user.has_perm("articles.add_snapshot"),
            }
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/snapshot/", wrap(self.add_copy), name="articles_source_snapshot"),
            path("<int:pk>/do/<slug:action>/", wrap(self.take_action), name="articles_source_action"),
            *super().get_urls(),
        ]

    def take_action(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Dispute the quotes of a source or withdraw it, in every story that it reaches."""
        if action not in ACTIONS:
            raise Http404
        source = self.get_queryset(request).filter(pk=pk).first()
        return reach_page(self, request, source, ACTIONS[action])

    def _open_actions(self, request: HttpRequest) -> list[tuple[str, ReachAction]]:
        return [(name, each) for name, each in ACTIONS.items() if request.user.has_perm(each.permission)]

    def add_copy(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep a copy: pasted, uploaded or fetched."""
        source = self.get_queryset(request).filter(pk=pk).first()
        if source is None:
            raise Http404
        if not request.user.has_perm("articles.add_snapshot"):
            raise PermissionDenied
        form = SnapshotForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            try:
                keep_copy(source, by=request.user, typed=form.cleaned_data)
                fetch_copy(source, by=request.user, typed=form.cleaned_data)
            except Refusal as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(
                    request, _("The copy is kept, and the quotes of this source were looked up in it.")
                )
                return HttpResponseRedirect(reverse("admin:articles_source_change", args=[pk]))
        context = self.admin_site.each_context(request) | {
            "title": _("Keep a copy"),
            "source": source,
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/articles/source/snapshot.html", context)

    # --- The columns of the list ------------------------------------------------------------------

    @admin.display(description=_("title"), ordering="title")
    def title_line(self, source: Source) -> str:
        """The title as a link. Only those who may know of it have it in their list."""
        flag = _("confidential") if source.confidential else ""
        chip = format_html(' <span class="chip" data-state="blocker">{}</span>', flag) if flag else ""
        return format_html('<a href="{}/change/">{}</a>{}', source.pk, source.title, chip)

    @admin.display(description=_("copies"), ordering="copy_count")
    def copies(self, source: Source) -> str:
        """How many archived copies there are."""
        if source.copy_count:
            return str(source.copy_count)
        return format_html('<span class="chip" data-state="work">{}</span>', _("none yet"))

    @admin.display(description=_("quotes"), ordering="quote_count")
    def quote_total(self, source: Source) -> int:
        """How many quotes rest on it."""
        return source.quote_count
