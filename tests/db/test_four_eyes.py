"""Whoever answers for a quote does not verify it, also where the program alone brought the words in."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from articles.models import Byline, Quote, Story
from articles.workflow.attribute import attribute_quote, record_quote
from articles.workflow.errors import NotAllowed
from articles.workflow.four_eyes import writers
from articles.workflow.gate import check_gate
from articles.workflow.intake import intake_copy
from articles.workflow.verify import verify_quote
from tests.factories import (
    make_author,
    make_quotation,
    make_quote,
    make_source,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

COPY = """Commissioner keeps the lighthouse open

“We will keep the lighthouse open through the winter,” Harbour Commissioner Ilse Marrow told the council.

The keeper listened from the back of the room and said nothing.
"""


def verify(quote: Quote, by: User) -> None:
    quote = Quote.objects.with_people().get(pk=quote.pk)
    snapshot = quote.source.snapshots.get() if quote.source else None
    verify_quote(quote, by=by, against=snapshot, method="read")


@pytest.fixture
def imported() -> Story:
    """A story that a command took in for nobody."""
    return intake_copy(COPY, by=None).story


def quote_of(story: Story) -> Quote:
    return Quote.objects.get(quotations__story=story)


def test_words_that_a_command_took_in_have_no_writer(imported: Story) -> None:
    quote = quote_of(imported)
    assert (quote.written_by, imported.owner) == (None, None)
    assert writers([quote]) == {quote.pk: frozenset()}
    verify(quote, make_user("Editor"))


def test_who_owns_the_story_does_not_verify_words_without_a_writer(imported: Story) -> None:
    editor = make_user("Editor")
    Story.objects.filter(pk=imported.pk).update(owner=editor)
    with pytest.raises(NotAllowed, match="answer for them there"):
        verify(quote_of(imported), editor)
    verify(quote_of(imported), make_user("Editor"))


def test_who_signs_the_story_does_not_verify_words_without_a_writer(imported: Story) -> None:
    editor = make_user("Editor")
    Byline.objects.create(story=imported, author=make_author(user=editor))
    with pytest.raises(NotAllowed, match="answer for them there"):
        verify(quote_of(imported), editor)


@pytest.mark.parametrize("fact", ["speaker", "source"])
def test_who_says_first_whose_the_words_are_counts_as_their_writer(imported: Story, fact: str) -> None:
    editor, quote = make_user("Editor"), quote_of(imported)
    facts = {"speaker": make_speaker("Tom Reed"), "source": make_source(text=COPY)}
    attribute_quote(quote, by=editor, **{fact: facts[fact]})
    with pytest.raises(NotAllowed, match="somebody else has to check them"):
        verify(quote, editor)
    second = make_user("Editor")
    attribute_quote(quote, by=second, place="Kelder Point")  # says nothing about whose words they are
    verify(quote, second)


def test_the_database_refuses_what_goes_around_the_verb(imported: Story) -> None:
    editor, quote = make_user("Editor"), quote_of(imported)
    attribute_quote(quote, by=editor, speaker=make_speaker("Tom Reed"))
    with pytest.raises(IntegrityError):
        Quote.objects.filter(pk=quote.pk).update(
            verification="verified", verified_by=editor, verified_at=quote.created_at
        )


def test_who_ties_words_to_a_record_that_nobody_wrote_counts_as_its_writer() -> None:
    editor, speaker = make_user("Editor"), make_speaker()
    quote = make_quote(speaker=speaker, written_by=None)
    quotation = make_quotation(make_story(), segments=quote.segments, written_by=None)
    assert record_quote(quotation, by=editor, speaker=speaker) == quote
    assert Quote.objects.get(pk=quote.pk).written_by == editor
    with pytest.raises(NotAllowed):
        verify(quote, editor)


def test_a_known_writer_leaves_the_owner_free_to_check() -> None:
    quote, editor = make_quote(), make_user("Editor")
    make_quotation(make_story(owner=editor), quote)
    assert writers([quote]) == {quote.pk: frozenset({quote.written_by_id})}
    verify(quote, editor)


def test_the_gate_finds_a_story_that_went_to_the_one_who_verified_it(imported: Story) -> None:
    editor = make_user("Editor")
    verify(quote_of(imported), editor)
    assert "G209" not in {finding.code for finding in check_gate(imported)}
    Story.objects.filter(pk=imported.pk).update(owner=editor)
    assert "G209" in {finding.code for finding in check_gate(imported)}


def test_many_quotes_cost_what_one_costs(django_assert_num_queries) -> None:
    story = make_story()
    quotes = [make_quote(f"We will close gate {number} tonight.", written_by=None) for number in range(4)]
    for quote in quotes:
        make_quotation(story, quote)
    with django_assert_num_queries(2):
        found = writers(quotes)
    assert set(found) == {quote.pk for quote in quotes}
    assert all(people == {story.owner_id} for people in found.values())
