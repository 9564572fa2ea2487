"""What stands beside quotations while somebody writes: the card of an underlined one, what is on record."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.models import Quotation, Quote, Story
from articles.text.compare import fingerprint
from articles.text.difference import Part, word_diff
from articles.text.quotations import Segment
from articles.workflow.errors import Refusal
from articles.workflow.on_record import Known, OnRecord, find_on_record
from articles.workflow.people import may_edit
from articles.workflow.quotations import RECORDED_KINDS, Sighting, difference
from articles.workflow.use_record import use_record

MOST_WORDS = 20_000  # characters of a card's request
NAMED = "@"  # before the words' fingerprint, where a quotation has no number yet
UNSAVED = {"new": gettext_lazy("not saved yet"), "reported": gettext_lazy("reported without marks")}


@dataclass(frozen=True, slots=True)
class Offer:
    """A record on the screen, with what of it the person may see."""

    known: Known
    may_see_source: bool
    difference: list[Part]

    @property
    def quote(self) -> Quote:
        """The record."""
        return self.known.quote


@dataclass(frozen=True, slots=True)
class Row:
    """What is on record about one quotation of the text. `name`: how the form of the story calls it."""

    words: str
    name: str
    taken: Offer | None
    same: list[Offer]
    near: list[Offer]
    before: list[Offer]


@require_POST
def hover_card(request: HttpRequest, pk: int | None) -> HttpResponse:
    """The card of one quotation of the editor: `sighting` is what `live.read_quotations` said of it."""
    if not request.user.has_perm("articles.view_story"):
        raise PermissionDenied
    story = get_object_or_404(Story, pk=pk) if pk is not None else None
    sighting = _sighting(request.POST.get("sighting", ""))
    words = [segment.text for segment in sighting.segments]
    people = ("speaker", "role", "source", "verified_by")
    quote = Quote.objects.filter(key=sighting.key).select_related(*people).first() if sighting.key else None
    found = find_on_record([sighting], story=story)[0] if sighting.kind in RECORDED_KINDS else OnRecord()
    compared = difference(Quotation(segments=words, quote=quote)) if sighting.state == "altered" else None
    return TemplateResponse(
        request,
        "admin/articles/story/_hover_card.html",
        {
            "sighting": sighting,
            "words": " … ".join(words),
            "quote": quote,
            "may_see_source": _sees_source(quote, request.user),
            "state": _state(sighting),
            "state_words": _state_words(sighting),
            "difference": word_diff(quote.words, " … ".join(words)) if quote and compared else [],
            "compared": compared,
            "row": _row(sighting, found, request.user),
            "name": _name(sighting),
            "may_edit": may_edit(request.user, story)
            if story
            else request.user.has_perm("articles.add_story"),
        },
    )


def on_record_rows(sightings: list[Sighting], story: Story | None, user: User) -> list[Row]:
    """Those quotations of a body about which something is on record, for `_on_record.html`."""
    asked = [
        sighting
        for sighting in sightings
        if sighting.kind in RECORDED_KINDS and sighting.state != "dismissed"
    ]
    found = find_on_record(asked, story=story)
    return [_row(sighting, each, user) for sighting, each in zip(asked, found, strict=True) if each]


def may_write(user: User, story: Story | None) -> bool:
    """Whether `user` may change the story, or begin one."""
    return user.has_perm("articles.add_story") if story is None else may_edit(user, story)


def quotation_number(story: Story, name: str) -> str:
    """The number of the quotation that a card calls `name`: a number already, or the words' fingerprint."""
    if not name.startswith(NAMED):
        return name
    for quotation in story.quotations.all():
        if quotation.state in Quotation.State.in_text() and fingerprint(quotation.segments) == name[1:]:
            return str(quotation.pk)
    return ""


def use_on_record(request: HttpRequest, story: Story, which: str) -> HttpResponseRedirect:
    """Use a record for words of a story that was just saved; `which` is “record:quotation”."""
    record, _colon, name = which.partition(":")
    number = quotation_number(story, name)
    url = reverse("admin:articles_story_change", args=[story.pk])
    if not (record.isdecimal() and number.isdecimal()):
        messages.error(request, _("These words are no longer in the story as a quotation."))
        return HttpResponseRedirect(url)
    quotation = get_object_or_404(story.quotations.select_related("story"), pk=number)
    try:
        use_record(quotation, quote=get_object_or_404(Quote, pk=record), by=request.user)
        messages.success(request, _("The record that was there is used for these words."))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return HttpResponseRedirect(f"{url}#quotation-{number}")


def _sighting(text: str) -> Sighting:
    """The sighting as the browser sent it back. Raises BadRequest; nothing in it is trusted or stored."""
    try:
        given: dict[str, Any] = json.loads(text[:MOST_WORDS])
        segments = tuple(
            Segment(int(start), int(end), _plain(said)) for start, end, said in given["segments"]
        )
        number = given.get("quotation")
        return Sighting(
            segments=segments,
            kind=_plain(given["kind"]),
            state=_plain(given["state"]),
            key=_plain(given.get("key")),
            quotation_id=int(number) if number else None,
            speaker=_plain(given.get("speaker")),
            role=_plain(given.get("role")),
            verification=_plain(given.get("verification")),
            reason=_plain(given.get("reason")),
            sure=bool(given.get("sure")),
            recorded=bool(given.get("recorded")),
        )
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError) as error:
        raise BadRequest("not a quotation") from error


def _plain(value: object) -> str:
    """A string that the database can be asked about."""
    return str(value or "").replace("\0", "").encode("utf-8", "replace").decode()


def _name(sighting: Sighting) -> str:
    if sighting.quotation_id is not None:
        return str(sighting.quotation_id)
    return f"{NAMED}{fingerprint([segment.text for segment in sighting.segments])}"


def _state(sighting: Sighting) -> str:
    """What matters most: the state in the text, or how far the record is checked. As `quotations.js`."""
    if sighting.state == "matched":
        return sighting.verification
    if sighting.state == "new":
        return "unverified" if sighting.speaker else "unattributed"
    return sighting.state


def _state_words(sighting: Sighting) -> str:
    if sighting.state in UNSAVED:
        return str(UNSAVED[sighting.state])
    states = dict(Quote.Verification.choices) | dict(Quotation.State.choices)
    return str(states.get(_state(sighting), ""))


def _row(sighting: Sighting, found: OnRecord, user: User) -> Row:
    words = " … ".join(segment.text for segment in sighting.segments)

    def offers(known: tuple[Known, ...]) -> list[Offer]:
        return [_offer(each, words, user) for each in known]

    return Row(
        words=words,
        name=_name(sighting),
        taken=_offer(found.taken, words, user) if found.taken else None,
        same=offers(found.same),
        near=offers(found.near),
        before=offers(found.before),
    )


def _offer(known: Known, words: str, user: User) -> Offer:
    parts = word_diff(known.quote.words, words)
    parts = parts if any(part.op != "same" for part in parts) else []
    return Offer(known, _sees_source(known.quote, user), parts)


def _sees_source(quote: Quote | None, user: User) -> bool:
    return bool(quote and quote.source and quote.source.is_visible_to(user))
