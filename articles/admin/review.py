"""The review screen: the story on one side, the source on the other, and a key for each decision."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.deciding import carry_out, decision_context, moves_on, posted_form
from articles.admin.load_story import load_story
from articles.admin.story_panels import Card, quotation_cards
from articles.models import Quotation, Quote, Story

if TYPE_CHECKING:
    from articles.admin.story import StoryAdmin


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
        posted = posted_form(request, place.card.quotation)
        if posted is not None and posted.is_valid():
            if carry_out(request, story, place.card.quotation, posted):
                onward = place.next if moves_on(request) and place.next else place.card
                return HttpResponseRedirect(review_url(story, onward.quotation))
            story = load_story(str(pk))
            place = _place(story, request.user, request.GET.get("q", ""))
    context = admin.admin_site.each_context(request) | {
        **decision_context(request, story, place.cards, place.card, posted),
        "title": _("Review: %(story)s") % {"story": story},
        "place": place,
        "done": bool(place.cards) and place.checked == len(place.cards),
        "opts": admin.opts,
    }
    return TemplateResponse(request, "admin/articles/story/review.html", context)


def review_url(story: Story, quotation: Quotation | None) -> str:
    """The address of the review screen at one quotation."""
    url = reverse("admin:articles_story_review", args=[story.pk])
    return f"{url}?q={quotation.pk}" if quotation else url


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
