"""Readers' disputes at the desk: a queue by the clock, one report beside what was printed, and the answer."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.admin.numbers import read_number
from articles.admin.reason_page import ReasonAction, reason_page
from articles.admin.records import ReadOnlyAdmin, add_refusal, moment
from articles.admin.told import told
from articles.models import Correction, Dispute, EditionQuote, Event, Quote
from articles.models.dispute import MOST_WORDS
from articles.workflow import disputes
from articles.workflow.errors import Refusal
from articles.workflow.people import display_name

OTHERS = 5
STEPS = {
    "take": (disputes.take_dispute, _("You are looking into it.")),
    "release": (disputes.release_dispute, _("It is free for somebody else.")),
    "publish": (disputes.publish_outcome, _("Readers read the outcome now.")),
}
WITHDRAW = ReasonAction(
    _("Withdraw the outcome"),
    _("Readers no longer read the outcome beside the story and in the list. The sender still does."),
    _("The outcome is withdrawn."),
    disputes.withdraw_outcome,
    disputes.PUBLISHES,
)


class WaitingFilter(admin.SimpleListFilter):
    """What still wants an answer; the rest on demand."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            ("overdue", _("overdue")),
            ("mine", _("taken by me")),
            ("received", _("taken by nobody")),
            ("answered", _("answered")),
            ("published", _("outcome published")),
            ("all", _("all")),
        ]

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        first, *rest = super().choices(changelist)
        yield first | {"display": _("waiting")}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet[Dispute]) -> QuerySet[Dispute]:
        wanted = self.value()
        if wanted == "overdue":
            return queryset.overdue()
        if wanted == "mine":
            return queryset.waiting().filter(taken_by=request.user)
        if wanted in ("received", "answered"):
            return queryset.filter(status=wanted)
        if wanted == "published":
            return queryset.filter(published_at__isnull=False)
        return queryset if wanted == "all" else queryset.waiting()


class AnswerForm(forms.Form):
    """What came of a report."""

    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=Dispute.Outcome.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Answer"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "The sender reads it, and readers do once you publish it. Name nobody who wrote to us. "
            "Spam needs no answer."
        ),
    )
    correction = forms.ModelChoiceField(
        label=_("Correction that was made"),
        queryset=Correction.objects.none(),
        required=False,
        help_text=_("Correct the story first, as usual; then choose the correction here."),
    )
    doubt_quote = forms.BooleanField(
        label=_("Mark the quote as disputed"),
        required=False,
        help_text=_("Every story that prints it says so at once, with your answer as the reason."),
    )

    def __init__(self, dispute: Dispute, quote: Quote | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = Correction.objects.filter(made_in__story=dispute.story_id, at__gte=dispute.received_at)
        self.fields["correction"].queryset = made
        self.fields["correction"].label_from_instance = lambda each: Truncator(each.text).words(14)
        if quote is None:
            del self.fields["doubt_quote"]

    def answer(self) -> disputes.Answer:
        """What was chosen, for the verb."""
        return disputes.Answer(**self.cleaned_data)


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    """What readers say is wrong, the first due first."""

    list_display = ["what", "about", "state", "age", "due", "taken"]
    list_display_links = None
    list_filter = [WaitingFilter, "kind", "outcome"]
    search_fields = ["key"]
    search_help_text = _("The reference that the reader has.")
    ordering = ["due_at", "pk"]
    empty_words = _("No reader waits for an answer. Reports come from the link at the foot of each story.")
    change_list_template = "admin/articles/dispute/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dispute]:
        rows = super().get_queryset(request).select_related("edition", "story", "taken_by", "answered_by")
        return rows.defer("edition__body_html", "edition__body_text", "story__body", "story__editors_note")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/withdraw/", wrap(self.withdraw), name="articles_dispute_withdraw"),
            path("<int:pk>/<slug:step>/now/", wrap(require_POST(self.step)), name="articles_dispute_step"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One report beside what was printed; POST answers it."""
        dispute = self.get_object(request, object_id) if read_number(object_id) else None
        if dispute is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, dispute):
            raise PermissionDenied
        quote = Quote.objects.filter(key=dispute.quote_key).first() if dispute.quote_key else None
        form = AnswerForm(dispute, quote, request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                disputes.answer_dispute(dispute, form.answer(), by=request.user)
            except Refusal as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Answered. The sender can read it under the reference."))
                return HttpResponseRedirect(request.path)
        context = self.admin_site.each_context(request) | _beside(dispute, quote, request)
        context |= {"title": _("What a reader says"), "form": form, "opts": self.opts}
        return TemplateResponse(request, "admin/articles/dispute/change_form.html", context)

    def step(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """Take it, put it back, or publish the outcome."""
        if step not in STEPS:
            raise Http404
        verb, done = STEPS[step]
        try:
            verb(get_object_or_404(Dispute, pk=pk), by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, done)
        return HttpResponseRedirect(reverse("admin:articles_dispute_change", args=[pk]))

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the outcome away from readers, with a reason."""
        return reason_page(self, request, self.get_object(request, str(pk)), WITHDRAW)

    # --- The columns of the list ------------------------------------------------------------------

    @admin.display(description=_("what is wrong"), ordering="kind")
    def what(self, dispute: Dispute) -> str:
        """The kind as a link, with the first words below."""
        return format_html(
            '<a href="{}/change/">{}</a> <span class="quiet">{}</span>',
            dispute.pk,
            dispute.get_kind_display(),
            Truncator(dispute.words).words(14),
        )

    @admin.display(description=_("story"))
    def about(self, dispute: Dispute) -> str:
        """The headline that the reader saw."""
        return dispute.edition.headline

    @admin.display(description=_("state"), ordering="status")
    def state(self, dispute: Dispute) -> str:
        """The state or the outcome as a chip, and whether it is late."""
        late = format_html(' <span class="chip" data-state="blocker">{}</span>', _("overdue"))
        seen = format_html(' <span class="chip" data-state="published">{}</span>', _("readers see it"))
        words = dispute.get_outcome_display() if dispute.outcome else dispute.get_status_display()
        return format_html(
            '<span class="chip" data-state="{}">{}</span>{}{}',
            dispute.outcome or dispute.status,
            words,
            late if dispute.overdue else "",
            seen if dispute.published_at else "",
        )

    @admin.display(description=_("age"), ordering="received_at")
    def age(self, dispute: Dispute) -> str:
        """How long the reader has waited, or did."""
        return timesince(dispute.received_at, dispute.answered_at or timezone.now(), depth=1)

    @admin.display(description=_("due"), ordering="due_at")
    def due(self, dispute: Dispute) -> str:
        """By when."""
        return moment(dispute.due_at)

    @admin.display(description=_("taken by"))
    def taken(self, dispute: Dispute) -> str:
        """Who looks into it, or answered."""
        person = dispute.answered_by or dispute.taken_by
        return display_name(person) if person else "–"


def _beside(dispute: Dispute, quote: Quote | None, request: HttpRequest) -> dict[str, Any]:
    """What stands beside a report: the words as printed with their evidence, and other reports."""
    user, about = request.user, Dispute.objects.filter(story=dispute.story_id).exclude(pk=dispute.pk)
    printed = EditionQuote.objects.filter(edition=dispute.edition_id, quote_key=dispute.quote_key)
    may_answer = user.has_perm(disputes.WORKS)
    closed = dispute.status == Dispute.Status.ANSWERED
    return {
        "dispute": dispute,
        "printed": printed.first() if dispute.quote_key else None,
        "quote": quote,
        "others": about.order_by("-received_at")[:OTHERS],
        "may_answer": may_answer and not closed,
        "may_see_sender": may_answer,
        "may_publish": user.has_perm(disputes.PUBLISHES),
        "is_mine": dispute.taken_by_id == user.pk,
        "events": told(Event.objects.about(dispute).visible_to(user).select_related("by")[:20]),
        "now": timezone.now(),
    }
