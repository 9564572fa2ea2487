"""The review screen: the story on one side, the source on the other, and a key for each decision."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.decisions import DECISIONS, decide
from articles.admin.records import add_refusal
from articles.admin.review_forms import (
    ApartForm,
    AttributionForm,
    DoubtForm,
    IdentifyForm,
    ReasonForm,
    SourceForm,
    VerifyForm,
)
from articles.admin.review_text import marked_source, marked_story, source_difference
from articles.admin.story_page import load_story
from articles.admin.story_panels import Card, quotation_cards
from articles.models import Quotation, Quote, Story
from articles.workflow.errors import Refusal
from articles.workflow.passage import Passage, source_passage
from articles.workflow.people import may_edit

if TYPE_CHECKING:
    from articles.admin.story import StoryAdmin


SIMPLE_FORMS = {
    "verify": VerifyForm,
    "dispute": DoubtForm,
    "dismiss": ReasonForm,
    "unverify": ReasonForm,
    "identify": IdentifyForm,
    "apart": ApartForm,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reviewer is: the quotation looked at, and those around it."""

    cards: list[Card]
    card: Card | None
    previous: Card | None
    next: Card | None

    @property
    def checked(self) -> int:
        """How many quotations are settled."""
        return sum(card.state == Quote.Verification.VERIFIED for card in self.cards)


def review_page(admin: "StoryAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Show one quotation beside its source; take a decision about it and go on to the next."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    story = load_story(str(pk))
    place = _place(story, request.user, request.GET.get("q", ""))
    posted = None
    if request.method == "POST":
        if place.card is None or str(place.card.quotation.pk) != request.GET.get("q"):
            messages.error(request, _("These words have left the story meanwhile. Nothing was decided."))
            return HttpResponseRedirect(review_url(story, None))
        posted = _posted_form(request.POST.get("decision", ""), place.card.quotation, request)
        if posted is not None and posted.is_valid():
            done = _decide(request, story, place, posted)
            if done is not None:
                return done
            story = load_story(str(pk))
            place = _place(story, request.user, request.GET.get("q", ""))
    context = admin.admin_site.each_context(request) | _context(request, story, place, posted)
    return TemplateResponse(request, "admin/articles/story/review.html", context | {"opts": admin.opts})


def review_url(story: Story, quotation: Quotation | None) -> str:
    """The address of the review screen at one quotation."""
    url = reverse("admin:articles_story_review", args=[story.pk])
    return f"{url}?q={quotation.pk}" if quotation else url


def _decide(request: HttpRequest, story: Story, place: Place, form: forms.Form) -> HttpResponse | None:
    """Call the verb; None when it refused, with the reason in the form."""
    name = request.POST["decision"]
    try:
        words = decide(name, story, place.card.quotation, by=request.user, typed=form.cleaned_data)
    except Refusal as refusal:
        add_refusal(form, refusal)
        messages.error(request, refusal.message)
        return None
    messages.success(request, words)
    onward = place.next if DECISIONS[name].moves_on and place.next else place.card
    return HttpResponseRedirect(review_url(story, onward.quotation))


def _place(story: Story, user: User, wanted: str) -> Place:
    every = quotation_cards(story, user)
    cards = [card for card in every if card.quotation.state in Quotation.State.in_text()]
    card = next((one for one in every if str(one.quotation.pk) == wanted), None)
    if card is None:
        unsettled = (one for one in cards if one.state != Quote.Verification.VERIFIED)
        card = next(unsettled, cards[0] if cards else None)
    index = cards.index(card) if card in cards else -1
    return Place(
        cards,
        card,
        previous=cards[index - 1] if index > 0 else None,
        next=cards[index + 1] if 0 <= index < len(cards) - 1 else None,
    )


def _posted_form(name: str, quotation: Quotation, request: HttpRequest) -> forms.Form | None:
    """The form of the decision that was posted; None when there is no such decision."""
    if name not in DECISIONS:
        return None
    return _form(name, quotation, request.user, request.POST, request.FILES)


def _form(name: str, quotation: Quotation, user: User, data: Any = None, files: Any = None) -> forms.Form:
    """The form of a decision, empty when there is no `data`."""
    if name == "attribute":
        return AttributionForm(data, quotation=quotation, auto_id="a_%s")
    if name == "source":
        return SourceForm(data, files, quote=quotation.quote, user=user, auto_id="s_%s")
    return SIMPLE_FORMS.get(name, forms.Form)(data, auto_id=f"{name}_%s")


def _context(request: HttpRequest, story: Story, place: Place, posted: Any) -> dict[str, Any]:
    user, card = request.user, place.card
    passage = _passage(card)
    decision = request.POST.get("decision", "") if posted is not None else request.GET.get("open", "")
    context = {
        "title": _("Review: %(story)s") % {"story": story},
        "story": story,
        "place": place,
        "card": card,
        "passage": passage,
        "paragraphs": marked_story(story, place.cards, card),
        "source_text": marked_source(passage) if passage else [],
        "against_source": source_difference(passage) if passage else [],
        "open": decision,
        "may_edit": may_edit(user, story),
        "may_verify": user.has_perm("articles.verify_quote"),
        "may_dispute": user.has_perm("articles.dispute_quote"),
        "may_merge": user.has_perm("articles.merge_speaker"),
        "done": bool(place.cards) and place.checked == len(place.cards),
    }
    if card is not None:
        for name in ("attribute", "source", *SIMPLE_FORMS):
            mine = posted is not None and name == decision
            context[f"{name}_form"] = posted if mine else _form(name, card.quotation, user)
    return context


def _passage(card: Card | None) -> Passage | None:
    """Where the words stand in the source, when there is one that this person may see."""
    if card is None or card.quote is None or not card.may_see_source:
        return None
    return source_passage(card.quote)
