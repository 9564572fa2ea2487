"""Deciding about one quotation: the forms for it and what stands beside them, wherever that is done."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest

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
from articles.admin.story_panels import Card
from articles.models import Quotation, Quote, Story
from articles.workflow.errors import Refusal
from articles.workflow.four_eyes import writers
from articles.workflow.passage import Passage, source_passage
from articles.workflow.people import may_edit
from articles.workflow.verify import refusal_to_sign

SIMPLE_FORMS = {
    "verify": VerifyForm,
    "dispute": DoubtForm,
    "dismiss": ReasonForm,
    "unverify": ReasonForm,
    "identify": IdentifyForm,
    "apart": ApartForm,
}


def posted_form(request: HttpRequest, quotation: Quotation) -> forms.Form | None:
    """The form of the decision that was posted; None when there is no such decision."""
    name = request.POST.get("decision", "")
    if name not in DECISIONS:
        return None
    return _form(name, quotation, request.user, request.POST, request.FILES)


def carry_out(request: HttpRequest, story: Story, quotation: Quotation, form: forms.Form) -> bool:
    """Call the verb of the posted decision; False when it refused, with the reason in `form`."""
    try:
        done = decide(request.POST["decision"], story, quotation, by=request.user, typed=form.cleaned_data)
    except Refusal as refusal:
        add_refusal(form, refusal)
        messages.error(request, refusal.message)
        return False
    messages.success(request, done)
    return True


def moves_on(request: HttpRequest) -> bool:
    """Whether the posted decision settles the quotation, so that the next one is shown."""
    return DECISIONS[request.POST["decision"]].moves_on


def decision_context(
    request: HttpRequest, story: Story, cards: list[Card], card: Card | None, posted: forms.Form | None
) -> dict[str, Any]:
    """What the parts of the review screen show of `card`, one of the `cards` of the story."""
    user, passage = request.user, _passage(card)
    decision = request.POST.get("decision", "") if posted is not None else request.GET.get("open", "")
    context = {
        "story": story,
        "card": card,
        "total": len(cards),
        "passage": passage,
        "paragraphs": marked_story(story, cards, card),
        "source_text": marked_source(passage) if passage else [],
        "against_source": source_difference(passage) if passage else [],
        "open": decision,
        "may_edit": may_edit(user, story),
        "may_verify": user.has_perm("articles.verify_quote"),
        "may_dispute": user.has_perm("articles.dispute_quote"),
        "may_merge": user.has_perm("articles.merge_speaker"),
        "cannot_sign": _cannot_sign(card, user),
    }
    if card is not None:
        for name in ("attribute", "source", *SIMPLE_FORMS):
            mine = posted is not None and name == decision
            context[f"{name}_form"] = posted if mine else _form(name, card.quotation, user)
    return context


def _form(name: str, quotation: Quotation, user: User, data: Any = None, files: Any = None) -> forms.Form:
    """The form of a decision, empty when there is no `data`."""
    if name == "attribute":
        return AttributionForm(data, quotation=quotation, auto_id="a_%s")
    if name == "source":
        return SourceForm(data, files, quote=quotation.quote, user=user, auto_id="s_%s")
    return SIMPLE_FORMS.get(name, forms.Form)(data, auto_id=f"{name}_%s")


def _cannot_sign(card: Card | None, user: User) -> str:
    """Why this person cannot verify the quote, so that nobody reads it in vain; empty when they can."""
    if card is None or card.quote is None or not user.has_perm("articles.verify_quote"):
        return ""
    if card.quote.verification in (Quote.Verification.VERIFIED, Quote.Verification.WITHDRAWN):
        return ""
    return refusal_to_sign(card.quote, by=user, people=writers([card.quote])[card.quote.pk])


def _passage(card: Card | None) -> Passage | None:
    """Where the words stand in the source, when there is one that this person may see."""
    if card is None or card.quote is None or not card.may_see_source:
        return None
    return source_passage(card.quote)
