"""The quotations that wait to be checked, over all stories: filtered, in order, page by page.

Stories with a deadline come first, the nearest first. Then words that nobody attributed or that differ from
their record, by story; then what only has to be signed, the oldest records first.
"""

import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import SEE_CONFIDENTIAL, Claim, Edition, Quotation, Quote, Section, Story
from articles.models.quotation import QuotationQuerySet
from articles.models.quote import WAITING_FOR_A_PERSON
from articles.workflow.four_eyes import answers_for
from articles.workflow.people import display_name

PAGE: Final = 25
COUNTED: Final = 999  # more than this is “many”, and not counted
MOST_DEADLINES: Final = 300
NEAR: Final = 2000
MATCHED = Quotation.State.MATCHED
# The parts of the queue, in order, and how each is sorted: along an index, so that no page is slow.
DUE, UNSETTLED, UNSIGNED = range(3)
PARTS: Final = {UNSETTLED: QuotationQuerySet.unsettled, UNSIGNED: QuotationQuerySet.unsigned}
ORDER: Final = {UNSETTLED: ("story_id", "position", "pk"), UNSIGNED: ("quote_id", "pk")}
Side = Literal["gt", "lt"]
KINDS: Final = {
    "unattributed": (_("nobody says whose"), Q(state="unattributed")),
    "altered": (_("differ from the record"), Q(state="altered")),
    "unverified": (_("not found in a source"), Q(state=MATCHED, quote__verification="unverified")),
    "in_source": (_("found, not signed"), Q(state=MATCHED, quote__verification="in_source")),
    "disputed": (_("disputed"), Q(state=MATCHED, quote__verification="disputed")),
}
AGES: Final = {
    "today": _("stories of today"),
    "week": _("stories of this week"),
    "older": _("stories older than a day"),
    "old": _("stories older than a week"),
}


class QueueForm(forms.Form):
    """What the desk shows of the queue."""

    whose = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("what I can check")), ("mine", _("what I wrote")), ("all", _("everything"))],
    )
    kind = forms.ChoiceField(
        label=_("Words that are"),
        required=False,
        choices=[("", _("any of these")), *((name, words) for name, (words, _q) in KINDS.items())],
    )
    section = forms.ModelChoiceField(
        label=_("Section"), required=False, queryset=Section.objects.all(), empty_label=_("all sections")
    )
    age = forms.ChoiceField(label=_("From"), required=False, choices=[("", _("any day")), *AGES.items()])
    speaker = forms.CharField(label=_("Speaker"), required=False, max_length=160)

    @property
    def wanted(self) -> Mapping[str, Any]:
        """The filters that were chosen and can be understood."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}


class Place(NamedTuple):
    """A place in the queue: its part, and what it is sorted by there, the number of the quotation last."""

    part: int
    first: int
    second: int
    pk: int

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place that an address names; None for the top, and for one that cannot be read."""
        numbers = text.split(".")
        if len(numbers) != 4 or not all(number.isdecimal() and len(number) < 19 for number in numbers):
            return None
        place = cls(*map(int, numbers))
        return place if place.part <= UNSIGNED else None

    def __str__(self) -> str:
        return ".".join(map(str, self))


class CheckQueue:
    """The queue as `user` sees it with the filters `wanted`."""

    def __init__(self, user: User, wanted: Mapping[str, Any]) -> None:
        self.user = user
        self.wanted = wanted
        self.now = timezone.now()

    @cached_property
    def deadlines(self) -> dict[int, datetime.datetime]:
        """When stories are due: their scheduled time, or else the end of their embargo. Two queries."""
        status = Story.Status
        waiting = Story.objects.filter(status__in=[status.DRAFT, status.IN_REVIEW, status.APPROVED])
        embargoes = waiting.filter(embargo_until__isnull=False).order_by("embargo_until")
        due = dict(embargoes.values_list("pk", "embargo_until")[:MOST_DEADLINES])
        scheduled = Edition.objects.open().filter(live_from__gt=self.now).order_by("live_from")
        return due | dict(scheduled.values_list("story", "live_from")[:MOST_DEADLINES])

    @cached_property
    def claims(self) -> list[Claim]:
        """What other people are checking at this moment. One query."""
        others = Claim.objects.standing().exclude(by=self.user.pk)
        return list(others.select_related("by", "quotation"))

    def count(self) -> int:
        """How many there are, at most one more than `COUNTED`."""
        most, chosen = COUNTED + 1, self._chosen()
        number = chosen.unsettled().order_by(*ORDER[UNSETTLED])[:most].count()
        signing = chosen.unsigned().order_by(*ORDER[UNSIGNED])
        if number + (near := _near(signing, UNSIGNED, "gt", None)[:most].count()) >= most:
            return most
        return min(most, number + max(near, signing[:most].count()))

    def checker_of(self, quotation: Quotation) -> str:
        """Who else is checking `quotation`, or another use of its quote; empty when nobody is."""
        for claim in self.claims:
            same = quotation.quote_id is not None and claim.quotation.quote_id == quotation.quote_id
            if same or claim.quotation_id == quotation.pk:
                return display_name(claim.by)
        return ""

    def place_of(self, quotation: Quotation) -> Place:
        """Where `quotation` stands in the queue, whether or not it is still in it."""
        if quotation.story_id in self.deadlines:
            return Place(DUE, quotation.story_id, quotation.position, quotation.pk)
        if quotation.state == MATCHED:
            return Place(UNSIGNED, quotation.quote_id or 0, 0, quotation.pk)
        return Place(UNSETTLED, quotation.story_id, quotation.position, quotation.pk)

    def page(self, after: str) -> tuple[list[tuple[Quotation, Place]], Place | None]:
        """The quotations behind the place `after` with theirs, and the last of them when more follow."""
        places = self._behind(Place.read(after), PAGE + 1, self._chosen())
        rows = Quotation.objects.with_quotes().select_related("story__section", "story__owner")
        found = rows.defer("story__body").in_bulk([place.pk for place in places[:PAGE]])
        shown = [(found[place.pk], place) for place in places[:PAGE] if place.pk in found]
        return shown, places[PAGE - 1] if len(places) > PAGE else None

    def next_after(self, place: Place | None) -> Place | None:
        """The first place behind `place` where nobody else is checking; from the top again at the end."""
        quotes = [claim.quotation.quote_id for claim in self.claims if claim.quotation.quote_id]
        taken = [place.pk if place else 0, *(claim.quotation_id for claim in self.claims)]
        free = self._chosen().exclude(pk__in=taken).exclude(quote__in=quotes)
        found = self._behind(place, 1, free) or (self._behind(None, 1, free) if place else [])
        return found[0] if found else None

    def before(self, place: Place) -> Place | None:
        """The place before `place`."""
        rows = self._chosen()
        for part in range(place.part, -1, -1):
            if found := self._of_part(part, rows, "lt", place if part == place.part else None, 1):
                return found[0]
        return None

    def _behind(self, place: Place | None, most: int, rows: QuotationQuerySet) -> list[Place]:
        """The first `most` places behind `place`, or from the top."""
        found: list[Place] = []
        for part in range(place.part if place else DUE, UNSIGNED + 1):
            limit = place if place and part == place.part else None
            if len(found) < most:
                found += self._of_part(part, rows, "gt", limit, most - len(found))
        return found

    def _of_part(
        self, part: int, rows: QuotationQuerySet, side: Side, limit: Place | None, most: int
    ) -> list[Place]:
        """At most `most` places of one part: those behind `limit` in order, or before it and backwards."""
        if part == DUE:
            return self._due(rows, side, limit)[:most]
        rows = rows.exclude(story__in=list(self.deadlines))
        rows, names = PARTS[part](rows), ORDER[part]
        if limit:
            rows = rows.filter(_beside(limit, side))
        order = names if side == "gt" else [f"-{name}" for name in names]
        rows = rows.order_by(*order).values_list(*names)
        keys = list(_near(rows, part, side, limit)[:most])
        if len(keys) < most and part == UNSIGNED:
            keys = list(rows[:most])
        return [Place(part, key[0], key[1] if len(key) == 3 else 0, key[-1]) for key in keys]

    def _due(self, rows: QuotationQuerySet, side: Side, limit: Place | None) -> list[Place]:
        """The places in stories with a deadline: these are few, and so sorted here."""
        if not self.deadlines:
            return []
        found = rows.to_check().filter(story__in=list(self.deadlines))
        places = [Place(DUE, *key) for key in found.order_by().values_list("story", "position", "pk")]
        places.sort(key=self._rank, reverse=side == "lt")
        if limit is None or limit.first not in self.deadlines:
            return places
        here = self._rank(limit)
        return [
            each for each in places if (self._rank(each) > here if side == "gt" else self._rank(each) < here)
        ]

    def _rank(self, place: Place) -> tuple[datetime.datetime, Place]:
        return self.deadlines[place.first], place

    def _chosen(self) -> QuotationQuerySet:
        """The quotations that the filters let through, whether or not they wait."""
        rows, wanted = Quotation.objects.order_by(), self.wanted
        if "kind" in wanted:
            rows = rows.filter(KINDS[wanted["kind"]][1])
        if "section" in wanted:
            rows = rows.filter(story__section=wanted["section"])
        if "speaker" in wanted:
            unknown = Q(quote__isnull=True, speaker_name__icontains=wanted["speaker"])
            rows = rows.filter(Q(quote__speaker__name__icontains=wanted["speaker"]) | unknown)
        if "age" in wanted:
            rows = rows.filter(_came_in(wanted["age"], self.now))
        return rows.filter(self._whose())

    def _whose(self) -> Q:
        """The person's own words, those of others whose source they may see, or all."""
        mine = answers_for(self.user)
        if "whose" in self.wanted:
            return mine if self.wanted["whose"] == "mine" else Q()
        if self.user.has_perm(SEE_CONFIDENTIAL):
            return ~mine
        return ~mine & ~(Q(quote__source__confidential=True) & ~Q(quote__source__owner=self.user.pk))


def _near(rows: QuotationQuerySet, part: int, side: Side, limit: Place | None) -> QuotationQuerySet:
    """Those of `rows` that use one of the next `NEAR` quotes that wait.

    A database that joins the two big tables in order reads all old quotations before the first that waits. It
    looks a few up by their quote, and nearly always these are enough.
    """
    if part != UNSIGNED:
        return rows
    quotes = Quote.objects.filter(verification__in=WAITING_FOR_A_PERSON)
    quotes = quotes.order_by("pk" if side == "gt" else "-pk")
    if limit:
        quotes = quotes.filter(**{f"pk__{side}e": limit.first})
    return rows.filter(quote__in=quotes.values("pk")[:NEAR])


def _came_in(age: str, now: datetime.datetime) -> Q:
    """The condition that a story came in within, or before, the time named `age`."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    day, week = now - datetime.timedelta(days=1), now - datetime.timedelta(days=7)
    return {
        "today": Q(story__created_at__gte=midnight),
        "week": Q(story__created_at__gte=week),
        "older": Q(story__created_at__lt=day),
        "old": Q(story__created_at__lt=week),
    }[age]


def _beside(place: Place, side: Side) -> Q:
    """The condition that a quotation of the same part stands behind (“gt”) or before (“lt”) `place`."""
    if place.part == UNSIGNED:
        same = Q(quote=place.first, **{f"pk__{side}": place.pk})
        return Q(**{f"quote__{side}": place.first}) | same
    further = Q(position=place.second, **{f"pk__{side}": place.pk})
    within = Q(story=place.first) & (Q(**{f"position__{side}": place.second}) | further)
    return Q(**{f"story__{side}": place.first}) | within
