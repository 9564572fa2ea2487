"""Quotes at the desk: every record of words, who said them, and how far they are checked."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.numbers import read_number
from articles.admin.quote_comments import quote_comments
from articles.admin.reach_page import ReachAction, reach_page
from articles.admin.reason_page import ReasonAction, reason_page
from articles.admin.records import DeskAdmin, moment
from articles.admin.widgets import DateWidget
from articles.models import Quote, Role, SearchEntry, Source
from articles.workflow.attribute import attribute_quote
from articles.workflow.verify import unverify_quote

FACTS = [
    "speaker", "role", "occasion", "place", "said_on", "source", "source_place", "language",
    "original_words", "original_language",
]  # fmt: skip
SETTLED = (Quote.Verification.DISPUTED, Quote.Verification.WITHDRAWN)

ACTIONS: dict[str, ReachAction | ReasonAction] = {
    "dispute": ReachAction(
        "dispute_quote",
        _("Dispute"),
        _("Somebody doubts these words. Every live story that prints them says so from now on."),
        _("The quote is disputed."),
    ),
    "withdraw": ReachAction(
        "withdraw_quote",
        _("Withdraw"),
        _("The paper no longer stands by these words. Every live story that prints them says so."),
        _("The quote is withdrawn."),
    ),
    "unverify": ReasonAction(
        _("Take the verification back"),
        _("The words have to be checked again by a second person."),
        _("The verification is taken back."),
        unverify_quote,
        "articles.verify_quote",
    ),
}


@admin.register(Quote)
class QuoteAdmin(DeskAdmin):
    """Words that somebody said. They come in with stories; here their facts are looked after."""

    list_display = ["words_line", "said_by", "state", "source_line", "uses", "created"]
    list_display_links = None
    list_filter = ["verification", "kind", "language"]
    list_select_related = ["speaker", "role", "source"]
    search_fields = ["words"]
    search_kind = SearchEntry.Kind.QUOTE
    autocomplete_fields = ["speaker"]
    actions = None
    change_form_template = "admin/articles/quote/change_form.html"
    empty_words = _("A quote is made by itself when somebody's words stand in quotation marks in a story.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        return super().get_queryset(request).annotate(use_count=Count("quotations__story", distinct=True))

    def get_fields(self, request: HttpRequest, obj: Quote | None = None) -> list[str]:
        hidden = {"source", "source_place"} if obj and not may_see_source(request, obj) else set()
        return [name for name in FACTS if name not in hidden]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "said_on":
            kwargs["widget"] = DateWidget()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "source":
            kwargs["queryset"] = Source.objects.visible_to(request.user)
        if db_field.name == "role":
            quote_id = request.resolver_match.kwargs.get("object_id")
            posted, stored = request.POST.get("speaker"), Quote.objects.filter(pk=quote_id)
            chosen = [read_number(posted) or 0] if posted else stored.values("speaker")[:1]
            kwargs["queryset"] = Role.objects.filter(speaker__in=chosen)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Quote, form: Any, change: bool) -> None:
        stored = Quote.objects.get(pk=obj.pk)
        facts = {name: form.cleaned_data[name] for name in FACTS if name in form.cleaned_data}
        attribute_quote(stored, by=request.user, **facts)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        quote = Quote.objects.with_people().filter(pk=read_number(object_id)).first()
        context = {"show_save_and_add_another": False} | (extra_context or {})
        if quote is not None:
            context |= {
                "quote": quote,
                "entries": quote.history.select_related("by", "snapshot").defer(
                    "snapshot__data", "snapshot__text"
                ),
                "uses": quote.quotations.select_related("story").order_by("-story__updated_at"),
                "quote_actions": _open_actions(request, quote),
                "source_hidden": not may_see_source(request, quote),
            } | quote_comments(quote, request)
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.take_action)
        return [path("<int:pk>/do/<slug:action>/", view, name="articles_quote_action"), *super().get_urls()]

    def take_action(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Dispute, withdraw or unverify a quote, with a reason."""
        if action not in ACTIONS:
            return self.admin_site.catch_all_view(request, request.path_info)
        quote, chosen = Quote.objects.filter(pk=pk).first(), ACTIONS[action]
        if isinstance(chosen, ReachAction):
            return reach_page(self, request, quote, chosen)
        return reason_page(self, request, quote, chosen)

    # --- The columns of the list ------------------------------------------------------------------

    @admin.display(description=_("words"))
    def words_line(self, quote: Quote) -> str:
        """The words as a link."""
        words = quote.words if len(quote.words) <= 160 else f"{quote.words[:158]} …"
        return format_html('<a href="{}/change/">“{}”</a>', quote.pk, words)

    @admin.display(description=_("speaker"), ordering="speaker__name")
    def said_by(self, quote: Quote) -> str:
        """Who said it, as what."""
        if quote.speaker is None:
            return "–"
        return f"{quote.speaker}, {quote.role}" if quote.role else str(quote.speaker)

    @admin.display(description=_("verification"), ordering="verification")
    def state(self, quote: Quote) -> str:
        """The verification as a chip."""
        return format_html(
            '<span class="chip" data-state="{}">{}</span>',
            quote.verification,
            quote.get_verification_display(),
        )

    @admin.display(description=_("source"))
    def source_line(self, quote: Quote) -> str:
        """The title of the source; a confidential one shows its key only."""
        return str(quote.source) if quote.source else "–"

    @admin.display(description=_("recorded"), ordering="created_at")
    def created(self, quote: Quote) -> str:
        """When it was recorded."""
        return moment(quote.created_at)

    @admin.display(description=_("stories"), ordering="use_count")
    def uses(self, quote: Quote) -> int:
        """In how many stories it stands."""
        return quote.use_count


def may_see_source(request: HttpRequest, quote: Quote) -> bool:
    """Whether the person may know the source of `quote`."""
    if quote.source_id is None:
        return True
    return Source.objects.visible_to(request.user).filter(pk=quote.source_id).exists()


def _open_actions(request: HttpRequest, quote: Quote) -> list[tuple[str, ReachAction | ReasonAction]]:
    """What can be done with the quote now; the verbs have the last word."""
    offered = []
    for name, action in ACTIONS.items():
        if not request.user.has_perm(action.permission) or quote.verification == Quote.Verification.WITHDRAWN:
            continue
        verified = quote.verification == Quote.Verification.VERIFIED
        if (name == "unverify" and not verified) or (name == "dispute" and quote.verification in SETTLED):
            continue
        offered.append((name, action))
    return offered
