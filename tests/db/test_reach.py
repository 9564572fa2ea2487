"""Doubting and withdrawing quotes and sources: every story that it reaches, all at once or not at all."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Correction, Edition, Event, Quote, Source, Story
from articles.workflow.amend import Correcting
from articles.workflow.errors import Invalid, NotAllowed, WrongState
from articles.workflow.gate import check_gate
from articles.workflow.publish import publish_story, schedule_story
from articles.workflow.reach import ACTIONS, Use, carry_through, reach_of
from articles.workflow.verify import dispute_quote
from tests.factories import WORDS, make_quotation, make_quote, make_source, make_story, make_user

pytestmark = pytest.mark.django_db

Kind, Status = Edition.Kind, Story.Status
NOTE = "We no longer stand by the words of the commissioner in an earlier version."
REASON = "The speaker denies it and the recording agrees."


@pytest.fixture
def quote() -> Quote:
    source = make_source(f"The commissioner said: {WORDS} {OTHER} Then she sat down.")
    return make_quote(source=source, verification=Quote.Verification.VERIFIED)


OTHER = "The money for it has been there since the spring."


def story_with(*quotes: Quote, **fields: Any) -> Story:
    """A complete story that prints `quotes`, one a paragraph."""
    body = "".join(f"<p>“{quote.words}” she said.</p>" for quote in quotes)
    story, start = make_story(body=body, **fields), 1
    for quote in quotes:
        make_quotation(story, quote, spans=[[start, start + len(quote.words)]])
        start += len(f"“{quote.words}” she said.") + 2
    return story


def published(*quotes: Quote, **fields: Any) -> Story:
    story = story_with(*quotes, status=Status.APPROVED, **fields)
    publish_story(story, by=make_user())
    return story


def scheduled(*quotes: Quote) -> Story:
    story = story_with(*quotes, status=Status.APPROVED)
    schedule_story(story, by=make_user(), at=timezone.now() + datetime.timedelta(hours=5))
    return story


def do(name: str, record: Quote | Source, **given: Any) -> list[Event]:
    """The action with the list as it is now, done by a managing editor."""
    given.setdefault("by", make_user("Managing editor"))
    given.setdefault("seen", reach_of(name, record).seen)
    return carry_through(name, record, reason=REASON, **given)


def correcting(*stories: Story, note: str = NOTE, kind: Edition.Kind = Kind.CORRECTION) -> Correcting:
    return Correcting(kind, note, frozenset(story.pk for story in stories))


def codes(story: Story) -> set[str]:
    return {finding.code for finding in check_gate(Story.objects.get(pk=story.pk))}


def record_of(name: str, quote: Quote) -> Quote | Source:
    return quote if name.endswith("quote") else quote.source


@pytest.mark.parametrize(
    ("name", "state", "code"),
    [
        ("dispute_quote", "disputed", "G210"),
        ("withdraw_quote", "withdrawn", "G211"),
        ("dispute_source", "disputed", "G210"),
        ("withdraw_source", "unverified", "G305"),
    ],
)
def test_what_the_list_says_is_what_happens(name: str, state: str, code: str, quote: Quote) -> None:
    draft, live, timed = story_with(quote), published(quote), scheduled(quote)
    lost = make_story()
    make_quotation(lost, quote, state="missing", spans=[])
    spiked, unrelated = story_with(quote, status=Status.SPIKED), make_story()
    uses = {use.story: use for use in reach_of(name, record_of(name, quote)).uses}
    assert set(uses) == {draft, live, timed, lost, spiked}
    assert unrelated not in uses

    def said(use: Use) -> tuple[bool, bool, bool, bool]:
        text = " ".join(use.effects)
        return (
            "The page is renewed" in text, "is cancelled" in text, code in text, "Nothing changes" in text
        )  # fmt: skip

    assert said(uses[draft]) == (False, False, True, False)
    assert said(uses[live]) == (True, False, True, False)
    assert said(uses[timed]) == (False, True, True, False)
    assert said(uses[lost]) == said(uses[spiked]) == (False, False, False, True)
    assert [use.correctable for use in uses.values()].count(True) == 1

    do(name, record_of(name, quote))
    quote.refresh_from_db()
    assert quote.verification == state
    printed = Edition.objects.published().get().quotes.get()
    assert printed.edition.story == live
    assert printed.verification == state
    timed.refresh_from_db()
    assert timed.status == Status.APPROVED
    assert all(code in codes(story) for story in (draft, live, timed))


def test_one_text_is_published_in_every_chosen_story_and_each_verb_has_one_event(quote: Quote) -> None:
    one, two, three = published(quote), published(quote), published(quote)
    events = do("withdraw_quote", quote, correcting=correcting(one, two))
    told = {edition.story: edition for edition in Edition.objects.published()}
    for story in (one, two):
        assert (told[story].kind, told[story].change_note) == (Kind.CORRECTION, NOTE)
        assert [each.text for each in told[story].story_corrections.all()] == [NOTE]
    assert told[three].kind == Kind.RECORD
    assert not told[three].story_corrections.exists()
    assert all(edition.quotes.get().verification == "withdrawn" for edition in told.values())
    actions = [event.action for event in events]
    assert actions == ["quote.withdrawn", "story.corrected", "story.corrected", "edition.reissued"]
    assert Correction.objects.count() == 2
    assert {story.status for story in told} == {Status.PUBLISHED}


def test_a_story_with_many_quotes_from_a_source_is_renewed_once(quote: Quote) -> None:
    second = make_quote(OTHER, source=quote.source, verification=Quote.Verification.VERIFIED)
    story = published(quote, second)
    events = do("withdraw_source", quote.source, correcting=correcting(story))
    assert [event.action for event in events] == ["source.withdrawn", "story.corrected"]
    assert story.editions.count() == 2
    assert set(story.editions.last().quotes.values_list("verification", flat=True)) <= {
        "unverified",
        "verified",
    }
    assert {row.verification for row in Edition.objects.published().get().quotes.all()} == {"unverified"}


def test_disputing_a_source_disputes_what_stands_with_an_event_each(quote: Quote) -> None:
    second = make_quote(OTHER, source=quote.source, verification=Quote.Verification.VERIFIED)
    make_quote("Never said.", source=quote.source, verification=Quote.Verification.WITHDRAWN)
    published(quote, second)
    events = do("dispute_source", quote.source)
    actions = [event.action for event in events]
    assert actions == ["quote.disputed", "quote.disputed", "edition.reissued", "source.disputed"]
    assert not Source.objects.get(pk=quote.source_id).withdrawn_reason
    with pytest.raises(WrongState, match="no quote left to dispute"):
        do("dispute_source", quote.source)


def test_the_note_stays_when_the_next_edition_is_scheduled_already(quote: Quote) -> None:
    story = published(quote)
    at = timezone.now() + datetime.timedelta(hours=3)
    story.quotations.all().delete()
    Story.objects.filter(pk=story.pk).update(version=story.version + 1, body="<p>It stays open.</p>")
    story.refresh_from_db()
    following = schedule_story(story, by=make_user(), at=at, kind=Kind.SAME)
    do("withdraw_quote", quote, correcting=correcting(story))
    assert Edition.objects.published().get().kind == Kind.CORRECTION
    assert Edition.objects.published(at).get() == following
    assert [each.text for each in following.story_corrections.all()] == [NOTE]


@pytest.mark.parametrize("change", ["a new use", "a publication", "the words", "a dispute"])
def test_nothing_is_done_when_the_list_is_another_by_now(change: str, quote: Quote) -> None:
    approved, live = story_with(quote, status=Status.APPROVED), published(quote)
    seen = reach_of("withdraw_quote", quote).seen
    if change == "a new use":
        story_with(quote)
    elif change == "a publication":
        publish_story(approved, by=make_user())
    elif change == "the words":
        Quote.objects.filter(pk=quote.pk).update(words="It stays open.")
    else:
        dispute_quote(Quote.objects.get(pk=quote.pk), by=make_user(), reason="She denies it.")
    events, editions = Event.objects.count(), Edition.objects.count()
    with pytest.raises(WrongState, match="Something changed"):
        do("withdraw_quote", quote, seen=seen, correcting=correcting(live))
    assert (Event.objects.count(), Edition.objects.count()) == (events, editions)
    assert Quote.objects.get().verification != "withdrawn"


def test_nothing_is_done_when_one_of_the_stories_cannot_be_corrected(quote: Quote) -> None:
    live, draft = published(quote), story_with(quote)
    events = Event.objects.count()
    with pytest.raises(WrongState, match="does not print the words"):
        do("withdraw_quote", quote, correcting=correcting(live, draft))
    with pytest.raises(WrongState, match="Tell readers what was wrong"):
        do("withdraw_quote", quote, correcting=correcting(live, note="  "))
    with pytest.raises(NotAllowed, match="Retract a story on its own page"):
        do("withdraw_quote", quote, correcting=correcting(live, kind=Kind.RETRACTION))
    quote.refresh_from_db()
    assert quote.verification == "verified"
    assert not Correction.objects.exists()
    assert Event.objects.count() == events


def test_a_note_that_gives_a_confidential_source_away_is_refused(quote: Quote) -> None:
    live = published(quote)
    facts = {"title": "The grey folder of the keeper", "confidential": True, "owner": make_user("Reporter")}
    make_quotation(live, make_quote("Not in the live page.", source=make_source(**facts)), state="missing")
    Source.objects.filter(pk=quote.source_id).update(**facts)
    with pytest.raises(Invalid, match="identify the confidential source") as refused:
        do(
            "withdraw_quote",
            quote,
            correcting=correcting(live, note="It was in the grey folder of the keeper."),
        )
    assert "grey folder" not in str(refused.value).casefold()


MAY = {
    "dispute_quote": {"Editor", "Managing editor"},
    "dispute_source": {"Editor", "Managing editor"},
    "withdraw_quote": {"Managing editor"},
    "withdraw_source": {"Managing editor"},
}
ROLES = ["Reporter", "Editor", "Managing editor", "Auditor", "Administrator", ""]


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_it(name: str, role: str, quote: Quote) -> None:
    live, by = published(quote), make_user(role)
    record = record_of(name, quote)
    if role in MAY[name]:
        assert do(name, record, by=by, correcting=correcting(live))
        return
    with pytest.raises(NotAllowed):
        do(name, record, by=by)
    assert Quote.objects.get(pk=quote.pk).verification == "verified"


def test_who_left_may_not(quote: Quote) -> None:
    with pytest.raises(NotAllowed):
        do("dispute_quote", quote, by=make_user("Editor", is_active=False))


def test_a_confidential_source_is_withdrawn_by_who_may_know_of_it(quote: Quote) -> None:
    Source.objects.filter(pk=quote.source_id).update(confidential=True, owner=make_user("Reporter"))
    with pytest.raises(NotAllowed, match="confidential"):
        do("dispute_source", Source.objects.get(pk=quote.source_id), by=make_user("Editor"))


def test_a_long_list_costs_what_a_short_one_costs(quote: Quote, django_assert_num_queries: Any) -> None:
    for number in (2, 6):
        for _ in range(number):
            published(quote)
            story_with(quote)
        with django_assert_num_queries(4):
            reach = reach_of("withdraw_source", quote.source)
    assert len(reach.uses) == 16
