"""Verifying at once what is the same: records of one speaker's same words from the same source."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Quotation, Quote, Snapshot, VerificationEntry
from articles.models.quote import QuoteQuerySet
from articles.text.compare import Grade
from articles.workflow.errors import WrongState
from articles.workflow.four_eyes import writers
from articles.workflow.passage import Passage, passage_in
from articles.workflow.stamp import refuse_changed, stamp
from articles.workflow.verify import refusal_to_sign, verify_quote

VERBATIM: Final = frozenset({Grade.IDENTICAL, Grade.TYPOGRAPHIC})
MOST: Final = 100
WAITING: Final = (Quote.Verification.UNVERIFIED, Quote.Verification.IN_SOURCE, Quote.Verification.DISPUTED)


@dataclass(frozen=True, slots=True)
class Twin:
    """A record with the same words from the same source. `refusal` says why it is not verified with them."""

    quote: Quote
    uses: tuple[Quotation, ...]
    refusal: str


@dataclass(frozen=True, slots=True)
class IdenticalPlan:
    """What `verify_identical` would do now; `seen` is what it wants back."""

    twins: tuple[Twin, ...]
    passage: Passage | None
    seen: str

    @property
    def doable(self) -> tuple[Twin, ...]:
        """Those that will be verified."""
        return tuple(twin for twin in self.twins if not twin.refusal)


def twins_of(quote: Quote) -> QuoteQuerySet:
    """The records that wait with the same words from the same source as `quote`, itself included."""
    same = Quote.objects.filter(fingerprint=quote.fingerprint, source=quote.source_id)
    return same.filter(verification__in=WAITING, source__isnull=False).exclude(fingerprint="").order_by("pk")


def plan_identical(quote: Quote, *, by: User) -> IdenticalPlan:
    """What would become of each record that is like `quote`, in the newest snapshot of their source.

    A constant number of queries.
    """
    quotes = list(twins_of(quote).with_people()[:MOST])
    snapshot = Snapshot.objects.filter(source=quote.source_id).defer("data").first()
    people, uses = writers(quotes), _uses(quotes)
    twins = [
        Twin(each, uses.get(each.pk, ()), _refusal(each, quote, snapshot, by, people[each.pk]))
        for each in quotes
    ]
    seen = stamp(
        [snapshot.pk if snapshot else ""],
        *(
            (each.quote.pk, each.quote.words, each.quote.speaker_id, each.quote.verification, each.refusal)
            for each in twins
        ),
    )
    return IdenticalPlan(tuple(twins), passage_in(quote.segments, snapshot) if snapshot else None, seen)


def verify_identical(quote: Quote, *, by: User, seen: str, note: str = "") -> list[VerificationEntry]:
    """Verify every record like `quote` that can be, each with an event of its own; returns the steps.

    `seen` is that of the plan that `by` read. Raises WrongState when anything in it changed meanwhile, or
    when nothing can be verified.
    """
    with transaction.atomic():
        list(twins_of(quote).select_for_update(of=("self",)).values_list("pk"))
        plan = plan_identical(quote, by=by)
        refuse_changed(seen, plan.seen)
        if not plan.doable or plan.passage is None:
            raise WrongState(_("None of these can be verified by you. The list says why."))
        return [
            verify_quote(
                twin.quote,
                by=by,
                against=plan.passage.snapshot,
                method=VerificationEntry.Method.READ,
                note=note,
            )
            for twin in plan.doable
        ]


def _refusal(quote: Quote, like: Quote, snapshot: Snapshot | None, by: User, people: Collection[int]) -> str:
    if quote.verification == Quote.Verification.DISPUTED:
        return _("It is disputed. Settle that by itself, with a note.")
    if quote.speaker_id != like.speaker_id:
        return _("Somebody else is named as its speaker. Check it by itself.")
    if (why := refusal_to_sign(quote, by=by, people=people)) or snapshot is None:
        return why or _("There is no copy of the source yet. Capture or paste it first.")
    if passage_in(quote.segments, snapshot).comparison.grade not in VERBATIM:
        return _("The program does not find exactly these words in the source. Compare them by itself.")
    return ""


def _uses(quotes: Sequence[Quote]) -> dict[int, tuple[Quotation, ...]]:
    """Where each quote stands in a text, with the story."""
    rows = Quotation.objects.filter(quote__in=[quote.pk for quote in quotes]).in_text()
    found: dict[int, tuple[Quotation, ...]] = {}
    for row in rows.select_related("story").defer("story__body").order_by("story", "position"):
        if row.quote_id is not None:
            found[row.quote_id] = (*found.get(row.quote_id, ()), row)
    return found
