"""Two people at one quotation at the same moment, and a publication while a quote is withdrawn everywhere."""

import pytest

from articles.models import Claim, Edition, Event, Quotation, Quote, Story
from articles.workflow.claims import claim_quotation
from articles.workflow.errors import Refusal
from articles.workflow.publish import publish_story
from articles.workflow.reach import carry_through, reach_of
from articles.workflow.verify import verify_quote
from tests.db.test_publish_race import together
from tests.factories import make_quoting_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_four_people_gets_the_claim() -> None:
    make_quoting_story(Quote.Verification.UNVERIFIED)
    people = [make_user("Editor") for _ in range(4)]
    rows = [Quotation.objects.select_related("story", "quote").get() for _ in people]
    results = together(
        *(
            lambda row=row, person=person: claim_quotation(row, by=person)
            for row, person in zip(rows, people, strict=True)
        )
    )
    assert sum(isinstance(result, Claim) for result in results) == 1
    assert sum(isinstance(result, Refusal) for result in results) == 3
    assert Claim.objects.count() == 1


def test_two_signatures_at_the_same_moment_are_one() -> None:
    make_quoting_story(Quote.Verification.UNVERIFIED)
    people = [make_user("Editor") for _ in range(2)]
    quotes = [Quote.objects.with_people().get() for _ in people]
    snapshot = quotes[0].source.snapshots.get()
    together(
        *(
            lambda quote=quote, person=person: verify_quote(quote, by=person, against=snapshot, method="read")
            for quote, person in zip(quotes, people, strict=True)
        )
    )
    assert Event.objects.filter(action="quote.verified").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_a_story_published_while_its_quote_is_withdrawn_everywhere(attempt: int) -> None:
    story = make_quoting_story(status=Story.Status.APPROVED)
    quote, chief, editor = story.quotations.get().quote, make_user("Managing editor"), make_user()
    seen = reach_of("withdraw_quote", quote).seen
    results = together(
        lambda: publish_story(story, by=editor),
        lambda: carry_through("withdraw_quote", quote, by=chief, reason="Invented.", seen=seen),
    )
    shown = list(Edition.objects.published())
    if isinstance(results[1], Refusal):  # the publication came first, so the list was another
        assert Quote.objects.get().verification == "verified"
        assert len(shown) == 1
    else:
        assert Quote.objects.get().verification == "withdrawn"
        assert shown == []
