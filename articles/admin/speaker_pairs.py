"""Speakers to look at: records that may be one person's, side by side, to be merged or kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.numbers import read_number
from articles.admin.records import add_refusal
from articles.models import Quote, Speaker
from articles.text.identity import Proposal, Verdict, weigh
from articles.workflow.errors import Refusal
from articles.workflow.identify import Pair, known_speakers, pairs_of, pairs_to_look_at
from articles.workflow.merge import keep_apart, merge_speakers, plan_merge

if TYPE_CHECKING:
    from articles.admin.speaker import SpeakerAdmin

LAST_QUOTES = 2
VERDICTS = {
    Verdict.SAME: gettext_lazy("same name"),
    Verdict.NAMESAKE: gettext_lazy("same name, perhaps two people"),
    Verdict.LIKELY: gettext_lazy("likely the same"),
    Verdict.WEAK: gettext_lazy("little evidence"),
}


class MergeForm(forms.Form):
    """How somebody knows that two records are one person's."""

    reason = forms.CharField(
        label=gettext_lazy("How you know that it is one person"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays on record with your name. Add what the program cannot know."),
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records, as the pages show it."""

    speaker: Speaker
    quotes: int
    last: list[Quote]


@dataclass(frozen=True, slots=True)
class PairCard:
    """Two records side by side with the reason."""

    sides: tuple[Side, Side]
    proposal: Proposal

    @property
    def keep(self) -> Speaker:
        """The record that the merge would keep."""
        return self.sides[0].speaker

    @property
    def other(self) -> Speaker:
        """The record that would go into it."""
        return self.sides[1].speaker

    @property
    def verdict_words(self) -> Any:
        """The verdict in words."""
        return VERDICTS[self.proposal.verdict]


def look_page(admin: SpeakerAdmin, request: HttpRequest) -> HttpResponse:
    """The list of pairs, or the pairs of one speaker (`?of=`)."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    asked = {name: read_number(request.GET.get(name)) for name in ("of", "before")}
    speaker = get_object_or_404(Speaker.objects.standing(), pk=asked["of"]) if asked["of"] else None
    weak = request.GET.get("weak") == "1"
    if speaker is not None:
        pairs, before = pairs_of(speaker), None
    else:
        found = pairs_to_look_at(asked["before"], weak=weak)
        pairs, before = list(found.pairs), found.before
    context = admin.admin_site.each_context(request) | {
        "title": _("Who else could %s be?") % speaker if speaker else _("Speakers to look at"),
        "opts": admin.opts,
        "speaker": speaker,
        "cards": pair_cards(pairs),
        "before": before,
        "weak": weak,
        "further_back": asked["before"] is not None,
        **_rights(request),
    }
    return TemplateResponse(request, "admin/articles/speaker/look.html", context)


def merge_page(admin: SpeakerAdmin, request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Say exactly what a merge moves, ask how it is known, and do it."""
    if not request.user.has_perm("articles.merge_speaker"):
        raise PermissionDenied
    keep, gone = (get_object_or_404(Speaker, pk=number) for number in (pk, other))
    form = MergeForm(request.POST if request.method == "POST" else None, initial=_initial(keep, gone))
    if form.is_valid():
        try:
            merge_speakers(keep, other=gone, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request,
                _(
                    "“%(other)s” was merged into “%(keep)s” for good. What went over stands in the "
                    "history of “%(keep)s”."
                )
                % {"other": gone, "keep": keep},
            )
            return HttpResponseRedirect(reverse("admin:articles_speaker_look"))
    try:
        plan, refused = plan_merge(keep, gone), ""
    except Refusal as refusal:
        plan, refused = None, refusal.message
    names = _told_apart(keep, gone)
    context = admin.admin_site.each_context(request) | {
        "title": _("Merge “%(other)s” into “%(keep)s”") % names,
        "opts": admin.opts,
        "first": keep,
        "second": gone,
        **names,
        "plan": plan,
        "refused": refused,
        "form": form,
    }
    return TemplateResponse(request, "admin/articles/speaker/merge.html", context)


def apart_page(admin: SpeakerAdmin, request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Remember that two records are two people's, and go back to the page that asked."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        raise Http404
    one, second = (get_object_or_404(Speaker, pk=number) for number in (pk, other))
    try:
        keep_apart(one, other=second, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request,
            _("“%(one)s” and “%(other)s” are two people. Nobody is asked again.")
            % {"one": one, "other": second},
        )
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("admin:articles_speaker_look")
    return HttpResponseRedirect(back)


def pair_cards(pairs: list[Pair]) -> list[PairCard]:
    """The pairs with the last quotes of both records, in one query."""
    ids = {speaker.pk for pair in pairs for speaker in (pair.keep, pair.other)}
    last: dict[int, list[Quote]] = {}
    for quote in Quote.objects.latest_of(ids, LAST_QUOTES) if ids else ():
        last.setdefault(quote.speaker_id, []).append(quote)
    return [
        PairCard(
            (
                Side(pair.keep, pair.quotes[0], last.get(pair.keep.pk, [])),
                Side(pair.other, pair.quotes[1], last.get(pair.other.pk, [])),
            ),
            pair.proposal,
        )
        for pair in pairs
    ]


def _initial(keep: Speaker, other: Speaker) -> dict[str, str]:
    """The reason that the program has, to be confirmed or rewritten."""
    known = known_speakers({keep.pk, other.pk})
    proposal = weigh(known[other.pk], known[keep.pk])
    return {"reason": proposal.reason if proposal and proposal.verdict is not Verdict.NAMESAKE else ""}


def _told_apart(keep: Speaker, other: Speaker) -> dict[str, str]:
    """The names of both, with what else is known where the names are the same."""
    if keep.name != other.name:
        return {"keep": keep.name, "other": other.name}
    known = {"keep": keep, "other": other}
    return {name: f"{each}, {each.roles.first() or _('no role')}" for name, each in known.items()}


def _rights(request: HttpRequest) -> dict[str, bool]:
    return {
        "may_merge": request.user.has_perm("articles.merge_speaker"),
        "may_part": request.user.has_perm("articles.change_speaker"),
    }
