"""The verification desk: what waits to be checked over all stories, each thing for one person at a time."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.check_queue import COUNTED, CheckQueue, Place, QueueForm
from articles.admin.deciding import carry_out, decision_context, moves_on, posted_form
from articles.admin.load_story import load_story
from articles.admin.numbers import read_number
from articles.admin.records import add_refusal
from articles.admin.story_panels import Card, quotation_cards
from articles.models import Quotation, Quote
from articles.workflow.claims import claim_quotation, may_decide, refusal_to_check, release_claim
from articles.workflow.errors import Refusal
from articles.workflow.identical import plan_identical, twins_of, verify_identical


def check_urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of the desk."""
    return [
        path("articles/check/", site.admin_view(CheckList(site).respond), name="articles_check"),
        path("articles/check/one/", site.admin_view(CheckOne(site).respond), name="articles_check_one"),
        path("articles/check/same/", site.admin_view(CheckSame(site).respond), name="articles_check_same"),
    ]


class CheckPage:
    """What the pages of the desk share."""

    def __init__(self, site: AdminSite) -> None:
        self.site = site

    def _enter(self, request: HttpRequest) -> CheckQueue:
        """The queue with the filters of the address; only for those who may read stories."""
        if not request.user.has_perm("articles.view_story"):
            raise PermissionDenied
        return CheckQueue(request.user, QueueForm(request.GET).wanted)

    def _show(self, request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
        return TemplateResponse(
            request, f"admin/articles/check/{template}.html", self.site.each_context(request) | context
        )


class CheckList(CheckPage):
    """The queue as a list."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """Show a page of the queue."""
        queue = self._enter(request)
        found, onward = queue.page(request.GET.get("after", ""))
        filters, total = filters_of(request), queue.count()
        context = {
            "title": _("To check"),
            "form": QueueForm(request.GET),
            "rows": [self._row(request, queue, *each) for each in found],
            "filtered": bool(filters),
            "onward": urlencode({**filters, "after": onward}) if onward else "",
            "later": "after" in request.GET,
            "total": f"{COUNTED}+" if total > COUNTED else total,
            "query": urlencode(filters),
        }
        return self._show(request, "queue", context)

    def _row(
        self, request: HttpRequest, queue: CheckQueue, quotation: Quotation, place: Place
    ) -> dict[str, Any]:
        source = quotation.quote.source if quotation.quote else None
        return {
            "card": Card(quotation, 0, source is None or source.is_visible_to(request.user)),
            "story": quotation.story,
            "url": one_url(place, filters_of(request)),
            "due": queue.deadlines.get(quotation.story_id),
            "checker": queue.checker_of(quotation),
        }


class CheckOne(CheckPage):
    """One quotation of the queue beside its source, claimed for whoever opened it."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """Show it, or take a decision about it and go on to the next."""
        queue = self._enter(request)
        number = request.GET.get("q", "")
        if not number:
            return self._go_on(request, queue, Place.read(request.GET.get("after", "")))
        quotation = Quotation.objects.with_quotes().filter(pk=read_number(number)).first()
        if quotation is None:
            messages.error(request, _("These words have left their story meanwhile. Nothing was decided."))
            return self._go_on(request, queue, None)
        return self._at(request, queue, quotation)

    def _at(self, request: HttpRequest, queue: CheckQueue, quotation: Quotation) -> HttpResponse:
        story = load_story(str(quotation.story_id))
        quotation.story = story
        held = self._claim(request, quotation)
        if "claim" in request.POST:
            return JsonResponse({"held": held})
        posted = None
        if request.method == "POST" and not held:
            posted = posted_form(request, quotation)
            if posted is not None and posted.is_valid() and carry_out(request, story, quotation, posted):
                place = self._place(request, queue, quotation)
                return self._go_on(request, queue, place) if moves_on(request) else self._stay(request)
            if posted is None:
                return self._stay(request)
            story = load_story(str(quotation.story_id))
        cards = quotation_cards(story, request.user)
        in_text = [each for each in cards if each.quotation.state in Quotation.State.in_text()]
        card = next((each for each in cards if each.quotation.pk == quotation.pk), None)
        context = decision_context(request, story, in_text, card, posted)
        if held:
            context |= {"may_edit": False, "may_verify": False, "may_dispute": False, "cannot_sign": ""}
        return self._show(request, "one", context | self._around(request, queue, quotation, held))

    def _claim(self, request: HttpRequest, quotation: Quotation) -> str:
        """Claim the words for this person; the refusal when somebody else is checking them.

        Whoever follows a link only looks: the page then claims them by a request of its own.
        """
        if not may_decide(request.user, quotation) or not _waits(quotation):
            return ""
        if request.method != "POST":
            return refusal_to_check(quotation, by=request.user)
        try:
            claim_quotation(quotation, by=request.user, take_over="take" in request.POST)
        except Refusal as refusal:
            return refusal.message
        return ""

    def _around(
        self, request: HttpRequest, queue: CheckQueue, quotation: Quotation, held: str
    ) -> dict[str, Any]:
        """What the page says beside the words: who holds them, what comes before and after."""
        filters, place, quote = filters_of(request), self._place(request, queue, quotation), quotation.quote
        before, after = queue.before(place), queue.next_after(place)
        # Who else checks what is asked when the link is followed, not now.
        onward = f"{reverse('admin:articles_check_one')}?{urlencode({'after': place, **filters})}"
        same = twins_of(quote).count() if quote and request.user.has_perm("articles.verify_quote") else 0
        return {
            "title": _("To check: %(story)s") % {"story": quotation.story},
            "held": held,
            "claims": not held and may_decide(request.user, quotation) and _waits(quotation),
            "due": queue.deadlines.get(quotation.story_id),
            "previous": one_url(before, filters) if before else "",
            "next": onward if after else "",
            "query_rest": f"&{urlencode({'at': place, **filters})}",
            "query": urlencode(filters),
            "same": same if same > 1 and not held else 0,
        }

    def _place(self, request: HttpRequest, queue: CheckQueue, quotation: Quotation) -> Place:
        """Where this person is in the queue: what has been decided since may have moved the words."""
        return Place.read(request.GET.get("at", "")) or queue.place_of(quotation)

    def _go_on(self, request: HttpRequest, queue: CheckQueue, place: Place | None) -> HttpResponse:
        """The next quotation that nobody checks; back to the list when there is none."""
        onward, filters = queue.next_after(place), filters_of(request)
        if request.method == "POST":
            release_claim(by=request.user)
            for quotation in Quotation.objects.with_quotes().filter(pk=onward.pk if onward else None):
                self._claim(request, quotation)
        if onward is not None:
            return HttpResponseRedirect(one_url(onward, filters))
        messages.info(request, _("Nothing is left to check here that nobody else is checking."))
        return HttpResponseRedirect(f"{reverse('admin:articles_check')}?{urlencode(filters)}")

    def _stay(self, request: HttpRequest) -> HttpResponseRedirect:
        return HttpResponseRedirect(request.get_full_path())


class SameForm(forms.Form):
    """The confirmation: what was on the page, and a note for all."""

    seen = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(required=False)


class CheckSame(CheckPage):
    """Records of the same words from the same source, verified together."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """Say what will become of each, and do it when that is confirmed."""
        self._enter(request)
        if not request.user.has_perm("articles.verify_quote"):
            raise PermissionDenied
        quotation = get_object_or_404(
            Quotation.objects.with_quotes().filter(quote__source__isnull=False),
            pk=read_number(request.GET.get("q")),
        )
        quote: Quote = quotation.quote
        if not quote.source.is_visible_to(request.user):
            raise PermissionDenied
        form = SameForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                done = verify_identical(quote, by=request.user, **form.cleaned_data)
            except Refusal as refusal:
                add_refusal(form, refusal)
            else:
                words = ngettext("%(n)d record is verified.", "%(n)d records are verified.", len(done))
                messages.success(request, words % {"n": len(done)})
                query = urlencode(filters_of(request))
                return HttpResponseRedirect(f"{reverse('admin:articles_check')}?{query}")
        context = {
            "title": _("Verify the same words together"),
            "quotation": quotation,
            "quote": quote,
            "plan": plan_identical(quote, by=request.user),
            "form": form,
            "back": f"{reverse('admin:articles_check_one')}?{request.GET.urlencode()}",
        }
        return self._show(request, "same", context)


def filters_of(request: HttpRequest) -> dict[str, str]:
    """The filters in the address that say something, to be carried from page to page."""
    given = ((name, request.GET.get(name, "")) for name in QueueForm.base_fields)
    return {name: value for name, value in given if value}


def one_url(place: Place, filters: Mapping[str, str]) -> str:
    """The address of the quotation at `place`."""
    return f"{reverse('admin:articles_check_one')}?{urlencode({'q': place.pk, 'at': place, **filters})}"


def _waits(quotation: Quotation) -> bool:
    """Whether there is something to check, so that a claim makes sense."""
    if quotation.state != Quotation.State.MATCHED:
        return quotation.state in Quotation.State.in_text()
    settled = (Quote.Verification.VERIFIED, Quote.Verification.WITHDRAWN)
    return quotation.quote.verification not in settled
