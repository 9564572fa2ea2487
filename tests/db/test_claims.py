"""Claiming a quotation while it is checked: one person at a time, for some minutes, until it is decided."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from time_machine import TimeMachineFixture

from articles.models import Claim, Event, Quotation, Quote
from articles.workflow.attribute import dismiss_quotation
from articles.workflow.claims import CLAIMED_FOR, claim_quotation, release_claim, standing_claim
from articles.workflow.errors import NotAllowed, WrongState
from articles.workflow.verify import dispute_quote, verify_quote
from tests.factories import make_quotation, make_quote, make_quoting_story, make_story, make_user

pytestmark = pytest.mark.django_db


def waiting() -> Quotation:
    """A quotation of a quote that nobody has signed."""
    return make_quoting_story(Quote.Verification.UNVERIFIED).quotations.select_related("story", "quote").get()


def test_whoever_comes_second_is_told_who_is_there_and_may_take_over() -> None:
    quotation = waiting()
    farid, ada = make_user("Editor", first_name="Farid", last_name="Nour"), make_user("Editor")
    claim_quotation(quotation, by=farid)
    assert standing_claim(quotation, by=farid) is None
    with pytest.raises(WrongState, match="Farid Nour is checking this"):
        claim_quotation(quotation, by=ada)
    claim_quotation(quotation, by=ada, take_over=True)
    assert standing_claim(quotation, by=farid).by == ada
    with pytest.raises(WrongState):
        claim_quotation(quotation, by=farid)
    assert not Event.objects.exists()


def test_a_claim_runs_out(clock: TimeMachineFixture) -> None:
    quotation, farid, ada = waiting(), make_user("Editor"), make_user("Editor")
    claim_quotation(quotation, by=farid)
    clock.shift(CLAIMED_FOR - datetime.timedelta(seconds=1))
    with pytest.raises(WrongState):
        claim_quotation(quotation, by=ada)
    clock.shift(1)
    assert standing_claim(quotation, by=ada) is None
    claim_quotation(quotation, by=ada)
    assert Claim.objects.get().by == ada


def test_opening_it_again_makes_the_claim_last_longer(clock: TimeMachineFixture) -> None:
    quotation, farid = waiting(), make_user("Editor")
    first = claim_quotation(quotation, by=farid)
    clock.shift(300)
    assert claim_quotation(quotation, by=farid).until > first.until
    assert Claim.objects.count() == 1


def test_whoever_opens_another_lets_the_first_go() -> None:
    one, two, farid = waiting(), waiting(), make_user("Editor")
    claim_quotation(one, by=farid)
    claim_quotation(two, by=farid)
    assert Claim.objects.get().quotation == two
    claim_quotation(one, by=make_user("Editor"))
    release_claim(by=farid)
    assert Claim.objects.get().quotation == one


def test_another_use_of_the_same_quote_is_claimed_too() -> None:
    quotation, farid = waiting(), make_user("Editor")
    twin = make_quotation(make_story(), quotation.quote)
    claim_quotation(quotation, by=farid)
    with pytest.raises(WrongState):
        claim_quotation(twin, by=make_user("Editor"))


def test_who_can_decide_nothing_claims_nothing() -> None:
    quotation = waiting()
    for role in ("Auditor", "Administrator", "Reporter", ""):
        with pytest.raises(NotAllowed):
            claim_quotation(quotation, by=make_user(role))
    claim_quotation(quotation, by=quotation.story.owner)


@pytest.mark.parametrize("decision", ["verify", "dispute", "dismiss"])
def test_a_decision_ends_the_claim(decision: str) -> None:
    quotation, editor = waiting(), make_user("Editor")
    claim_quotation(quotation, by=editor)
    quote = Quote.objects.with_people().get()
    if decision == "verify":
        verify_quote(quote, by=editor, against=quote.source.snapshots.get(), method="read")
    elif decision == "dispute":
        dispute_quote(quote, by=editor, reason="She says she never said so.")
    else:
        dismiss_quotation(quotation, by=editor)
    assert not Claim.objects.exists()


def test_words_that_leave_the_story_take_their_claim_along() -> None:
    quotation = make_quotation(make_story())
    claim_quotation(quotation, by=make_user("Editor"))
    quotation.delete()
    assert not Claim.objects.exists()


def test_the_database_holds_one_claim_for_a_quotation_and_for_a_person() -> None:
    quotation, farid = waiting(), make_user("Editor")
    claim = claim_quotation(quotation, by=farid)
    times = {"at": claim.at, "until": claim.until}
    for row in (
        Claim(quotation=quotation, by=make_user("Editor"), **times),
        Claim(quotation=waiting(), by=farid, **times),
        Claim(quotation=waiting(), by=make_user("Editor"), at=claim.at, until=claim.at),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_a_disputed_quote_of_its_own_speaker_can_be_claimed() -> None:
    quotation = make_quotation(make_story(), make_quote(verification="disputed"))
    assert claim_quotation(quotation, by=make_user("Editor")).quotation == quotation
