"""Verifying together what is the same: same words, same source, same speaker, found word for word."""

from typing import Any

import pytest

from articles.models import Event, Quote
from articles.workflow.errors import NotAllowed, WrongState
from articles.workflow.identical import plan_identical, verify_identical
from tests.factories import (
    WORDS,
    make_quotation,
    make_quote,
    make_snapshot,
    make_source,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


def same(number: int, **fields: Any) -> list[Quote]:
    """Records of one speaker's same words from one source, each in a story of its own."""
    fields.setdefault("speaker", make_speaker())
    fields.setdefault("source", make_source(text=f"The commissioner said: {WORDS} Then she sat down."))
    quotes = [make_quote(**fields) for _ in range(number)]
    for quote in quotes:
        make_quotation(make_story(), quote)
    return quotes


def test_every_record_is_verified_with_an_event_of_its_own() -> None:
    quotes, editor = same(3), make_user("Editor")
    plan = plan_identical(quotes[0], by=editor)
    assert [twin.refusal for twin in plan.twins] == ["", "", ""]
    assert all(len(twin.uses) == 1 for twin in plan.twins)
    steps = verify_identical(quotes[0], by=editor, seen=plan.seen, note="page 3")
    assert len(steps) == 3
    assert Quote.objects.filter(verification="verified", verified_by=editor).count() == 3
    assert Event.objects.filter(action="quote.verified", by=editor, reason="page 3").count() == 3


def test_the_list_says_what_cannot_be_done_and_why_and_the_rest_is_done() -> None:
    editor = make_user("Editor")
    good, *_rest = quotes = same(2)
    facts = {"speaker": good.speaker, "source": good.source}
    mine = make_quote(written_by=editor, **facts)
    other = make_quote(speaker=make_speaker("Tom Reed"), source=good.source)
    doubted = make_quote(verification="disputed", **facts)
    found = {twin.quote.pk: twin.refusal for twin in plan_identical(good, by=editor).twins}
    assert [found[quote.pk] for quote in quotes] == ["", ""]
    assert "somebody else has to check them" in found[mine.pk]
    assert "Somebody else is named" in found[other.pk]
    assert "disputed" in found[doubted.pk]
    verify_identical(good, by=editor, seen=plan_identical(good, by=editor).seen)
    assert set(Quote.objects.filter(verification="verified")) == set(quotes)


def test_words_that_are_not_there_word_for_word_are_not_verified_together() -> None:
    quotes, editor = same(2, source=make_source(text=WORDS.replace("lighthouse", "light house"))), make_user()
    plan = plan_identical(quotes[0], by=editor)
    assert all("does not find exactly these words" in twin.refusal for twin in plan.twins)
    with pytest.raises(WrongState, match="None of these"):
        verify_identical(quotes[0], by=editor, seen=plan.seen)


def test_without_a_copy_of_the_source_nothing_is_verified() -> None:
    (quote,), editor = same(1, source=make_source()), make_user("Editor")
    assert "no copy of the source" in plan_identical(quote, by=editor).twins[0].refusal


@pytest.mark.parametrize("change", ["another record", "a newer copy", "another speaker"])
def test_a_list_that_changed_meanwhile_is_not_carried_out(change: str) -> None:
    quotes, editor = same(2), make_user("Editor")
    seen = plan_identical(quotes[0], by=editor).seen
    if change == "another record":
        make_quote(speaker=quotes[0].speaker, source=quotes[0].source)
    elif change == "a newer copy":
        make_snapshot(quotes[0].source, f"She said: {WORDS}")
    else:
        Quote.objects.filter(pk=quotes[1].pk).update(speaker=make_speaker("Tom Reed"))
    with pytest.raises(WrongState, match="Something changed"):
        verify_identical(quotes[0], by=editor, seen=seen)
    assert not Quote.objects.filter(verification="verified").exists()


@pytest.mark.parametrize("role", ["Reporter", "Auditor", "Administrator", ""])
def test_only_who_may_verify_verifies(role: str) -> None:
    quotes, person = same(2), make_user(role)
    with pytest.raises(NotAllowed):
        verify_identical(quotes[0], by=person, seen=plan_identical(quotes[0], by=person).seen)
    assert not Quote.objects.filter(verification="verified").exists()


def test_a_long_list_costs_what_a_short_one_costs(django_assert_num_queries: Any) -> None:
    quotes, editor = same(2), make_user("Editor")
    editor.has_perm("articles.verify_quote")
    with django_assert_num_queries(4):
        plan_identical(quotes[0], by=editor)
    for _ in range(4):
        make_quotation(make_story(), make_quote(speaker=quotes[0].speaker, source=quotes[0].source))
    with django_assert_num_queries(4):
        assert len(plan_identical(quotes[0], by=editor).twins) == 6
