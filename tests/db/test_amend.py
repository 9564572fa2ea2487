"""After publication: corrections, withdrawal, and editions renewed when the record of a quote changes."""

import datetime

import pytest
from django.utils import timezone
from time_machine import TimeMachineFixture

from articles.models import Correction, Edition, Event, Quote, Source, Story, VerificationEntry
from articles.workflow.amend import correct_story, kill_story, reissue, reissue_quote
from articles.workflow.errors import GateClosed, NotAllowed, WrongState
from articles.workflow.lifecycle import restore_story
from articles.workflow.publish import publish_story, schedule_story, unpublish_story
from tests.factories import bring_to, make_quotation, make_quoting_story, make_speaker, make_story, make_user

pytestmark = pytest.mark.django_db

Kind = Edition.Kind
Status = Story.Status
HOUR = datetime.timedelta(hours=1)
NOTE = "An earlier version gave the wrong day. The council met on Tuesday."


def published() -> Story:
    story = make_quoting_story(status=Status.APPROVED)
    publish_story(story, by=make_user())
    return story


def retouch(story: Story, **fields) -> None:
    """Change a story as a save does."""
    Story.objects.filter(pk=story.pk).update(version=story.version + 1, **(fields or {"dek": "On Tuesday."}))
    story.refresh_from_db()


def doubt(quote: Quote, verification: str = "disputed") -> None:
    """Write the dispute of a quote as the verb does, before it renews the editions."""
    Quote.objects.filter(pk=quote.pk).update(verification=verification)
    VerificationEntry.objects.create(
        quote=quote, verification=verification, by=make_user(), at=timezone.now(), note="She denies it."
    )
    quote.refresh_from_db()


def quote_of(story: Story) -> Quote:
    return story.quotations.get().quote


def test_a_correction_is_an_edition_with_a_note_and_the_story_stays_published() -> None:
    story, editor = published(), make_user()
    retouch(story)
    edition = correct_story(story, by=editor, kind=Kind.CORRECTION, note=f"  {NOTE} ")
    assert story.status == Status.PUBLISHED
    assert (edition.kind, edition.change_note, edition.dek) == (Kind.CORRECTION, NOTE, "On Tuesday.")
    correction = Correction.objects.published().get()
    assert (correction.kind, correction.text, correction.by) == ("correction", NOTE, editor)
    assert correction.made_in == edition
    assert Event.objects.about(story).latest("pk").action == "story.corrected"


def test_every_later_edition_shows_the_corrections_before_it(clock: TimeMachineFixture) -> None:
    story, editor = published(), make_user()
    for kind, note in ((Kind.CORRECTION, "It was Tuesday."), (Kind.CLARIFICATION, "The vote was secret.")):
        clock.shift(HOUR)
        retouch(story, dek=note)
        correct_story(story, by=editor, kind=kind, note=note)
    clock.shift(HOUR)
    retouch(story, dek="It stays open.")
    last = publish_story(story, by=editor, kind=Kind.SAME)
    texts = [correction.text for correction in last.story_corrections.order_by("at")]
    assert texts == ["It was Tuesday.", "The vote was secret."]
    assert Correction.objects.published().count() == 2


def test_a_correction_passes_the_gate_and_cannot_be_made_twice() -> None:
    story, editor = published(), make_user()
    retouch(story, headline="")
    with pytest.raises(GateClosed):
        correct_story(story, by=editor, kind=Kind.CORRECTION, note=NOTE)
    assert not Correction.objects.exists()
    retouch(story, headline="Lighthouse stays open")
    correct_story(story, by=editor, kind=Kind.CORRECTION, note=NOTE)
    with pytest.raises(WrongState, match="published already"):
        correct_story(story, by=editor, kind=Kind.CORRECTION, note=NOTE)


def test_no_change_of_substance_is_not_a_correction() -> None:
    with pytest.raises(WrongState, match="Choose what it is"):
        correct_story(published(), by=make_user(), kind=Kind.SAME, note=NOTE)


def test_only_a_managing_editor_retracts() -> None:
    story = published()
    with pytest.raises(NotAllowed, match="Only a managing editor may retract"):
        correct_story(story, by=make_user(), kind=Kind.RETRACTION, note=NOTE)
    edition = correct_story(story, by=make_user("Managing editor"), kind=Kind.RETRACTION, note=NOTE)
    assert edition.story_corrections.get().kind == "retraction"


def test_the_note_of_a_correction_may_not_name_a_confidential_source() -> None:
    story = published()
    quote = quote_of(story)
    quote.speaker.__class__.objects.filter(pk=quote.speaker_id).update(
        unnamed=True, unnamed_reason="because she is not allowed to speak", known_to=make_user()
    )
    Source.objects.filter(pk=quote.source_id).update(
        confidential=True, owner=make_user(), title="Memorandum of the night shift"
    )
    retouch(story)
    with pytest.raises(GateClosed) as refusal:
        correct_story(
            story, by=make_user(), kind=Kind.UPDATE, note="We saw the memorandum of the night shift."
        )
    assert [(finding.code, finding.field) for finding in refusal.value.findings] == [("G303", "note")]


@pytest.mark.parametrize(
    ("withdraw", "role", "status"),
    [(kill_story, "Managing editor", Status.KILLED), (unpublish_story, "Editor", Status.UNPUBLISHED)],
)
def test_a_story_is_withdrawn_at_once_and_leaves_a_notice_and_nothing_else(
    withdraw, role: str, status: str, clock: TimeMachineFixture
) -> None:
    story = published()
    first = Edition.objects.get()
    clock.shift(HOUR)
    with pytest.raises(WrongState, match="Write the notice"):
        withdraw(story, by=make_user(role), notice=" ")
    gone = withdraw(story, by=make_user(role), notice="This story was wrong.")
    assert story.status == status
    assert not Edition.objects.published().exists()
    assert Edition.objects.live().get() == gone
    assert (gone.gone, gone.notice, gone.kind) == (True, "This story was wrong.", status)
    assert (gone.slug, gone.section_slug) == (first.slug, first.section_slug)
    assert story.headline not in f"{gone.headline}{gone.body_html}{gone.body_text}{gone.dek}"
    assert not gone.quotes.exists()
    event = Event.objects.about(story).latest("pk")
    assert (event.action, event.reason) == (f"story.{status}", "This story was wrong.")


def test_killing_drops_what_is_scheduled(clock: TimeMachineFixture) -> None:
    story, managing = published(), make_user("Managing editor")
    clock.shift(HOUR)
    retouch(story)
    schedule_story(story, by=managing, at=timezone.now() + HOUR, kind=Kind.SAME)
    kill_story(story, by=managing, notice="This story was wrong.")
    for _hour in range(3):
        assert not Edition.objects.published().exists()
        assert Edition.objects.live().get().kind == Kind.KILLED
        clock.shift(HOUR)


def test_a_scheduled_story_whose_time_has_come_can_be_killed(clock: TimeMachineFixture) -> None:
    story, managing = make_quoting_story(status=Status.APPROVED), make_user("Managing editor")
    schedule_story(story, by=managing, at=timezone.now() + HOUR)
    with pytest.raises(WrongState, match="Spike it instead"):
        kill_story(story, by=managing, notice="This story was wrong.")
    clock.shift(2 * HOUR)
    kill_story(story, by=managing, notice="This story was wrong.")
    assert story.status == Status.KILLED


def test_an_unpublished_story_can_come_back_with_its_corrections(clock: TimeMachineFixture) -> None:
    story, managing = published(), make_user("Managing editor")
    first = Edition.objects.get()
    clock.shift(HOUR)
    correct_story(story, by=managing, kind=Kind.CORRECTION, note=NOTE)
    clock.shift(HOUR)
    unpublish_story(story, by=managing, notice="We are checking a figure.")
    assert not Correction.objects.published().exists()
    restore_story(story, by=managing)
    bring_to(Status.APPROVED, story, by=managing)
    clock.shift(HOUR)
    back = publish_story(story, by=managing, kind=Kind.SAME)
    assert list(Edition.objects.live()) == [back]
    assert back.first_live_from == first.live_from
    assert back.story_corrections.get().text == NOTE


def test_a_dispute_renews_every_live_edition_that_prints_the_quote(clock: TimeMachineFixture) -> None:
    story, editor = published(), make_user()
    quote = quote_of(story)
    other = make_story(body=story.body, status=Status.APPROVED)
    make_quotation(other, quote, spans=story.quotations.get().spans)
    publish_story(other, by=editor)
    bystander = make_story(status=Status.APPROVED)
    publish_story(bystander, by=editor)
    clock.shift(HOUR)
    doubt(quote)
    renewed = reissue_quote(quote, by=editor, why="The speaker denies the words.")
    assert {edition.story for edition in renewed} == {story, other}
    for edition in renewed:
        row = edition.quotes.get()
        assert (edition.kind, row.verification) == (Kind.RECORD, "disputed")
        assert row.history[-1]["note"] == "She denies it."
        assert edition.body_html == Edition.objects.get(story=edition.story, number=1).body_html
        assert edition.first_live_from == edition.live_from - HOUR
    assert Edition.objects.published().count() == 3
    assert not Edition.objects.published().filter(quotes__verification="verified").exists()
    assert Event.objects.filter(action="edition.reissued", by=editor).count() == 2


def test_a_renewed_edition_keeps_what_the_gate_passed() -> None:
    story = published()
    quote = quote_of(story)
    quote.speaker.__class__.objects.filter(pk=quote.speaker_id).update(name="Somebody Else")
    retouch(story, headline="Not published yet")
    doubt(quote)
    (edition,) = reissue_quote(quote, by=make_user(), why="Denied.")
    assert edition.headline != "Not published yet"
    assert edition.quotes.get().speaker_name == "Ilse Marrow"
    assert story.status == Status.PUBLISHED


@pytest.mark.parametrize("change", ["words", "speaker"])
def test_a_record_that_is_no_longer_what_was_printed_passes_on_doubts_only(change: str) -> None:
    story, editor = published(), make_user()
    quote = quote_of(story)
    if change == "words":
        words = "We will close the lighthouse before the winter."
        Quote.objects.filter(pk=quote.pk).update(segments=[words], words=words)
    else:
        Quote.objects.filter(pk=quote.pk).update(speaker=make_speaker("Arn Tolle"))
    VerificationEntry.objects.create(
        quote=quote, verification="verified", by=editor, at=timezone.now(), note="Read it again."
    )
    (edition,) = reissue_quote(Quote.objects.get(pk=quote.pk), by=editor, why="Verified.")
    assert len(edition.quotes.get().history) == 1
    doubt(quote)
    (edition,) = reissue_quote(Quote.objects.get(pk=quote.pk), by=editor, why="Denied.")
    assert edition.quotes.get().verification == "disputed"


def test_a_source_that_became_confidential_is_gone_from_the_renewed_edition() -> None:
    story = published()
    quote = quote_of(story)
    Source.objects.filter(pk=quote.source_id).update(confidential=True, owner=make_user())
    (edition,) = reissue_quote(Quote.objects.get(pk=quote.pk), by=make_user(), why="Terms changed.")
    row = edition.quotes.get()
    assert (row.source, row.source_key) == ({"confidential": True}, "")


def test_a_renewed_edition_keeps_its_corrections() -> None:
    story, editor = published(), make_user()
    edition = correct_story(story, by=editor, kind=Kind.CORRECTION, note=NOTE)
    fresh = reissue(edition, by=editor, why="Verified again.")
    assert fresh.story_corrections.get().text == NOTE
    assert Correction.objects.published().count() == 1
    with pytest.raises(WrongState, match="of the past"):
        reissue(edition, by=editor, why="Verified again.")


@pytest.mark.parametrize("verification", ["disputed", "withdrawn"])
def test_a_scheduled_story_that_prints_a_quote_in_doubt_does_not_appear(
    verification: str, clock: TimeMachineFixture
) -> None:
    story, editor = make_quoting_story(status=Status.APPROVED), make_user()
    schedule_story(story, by=editor, at=timezone.now() + HOUR)
    quote = quote_of(story)
    doubt(quote, verification)
    assert reissue_quote(quote, by=editor, why="Denied.") == []
    story.refresh_from_db()
    assert story.status == Status.APPROVED
    clock.shift(2 * HOUR)
    assert not Edition.objects.live().exists()
    assert Event.objects.get(action="story.schedule_cancelled").reason == "Denied."


def test_a_scheduled_story_whose_quote_was_verified_again_keeps_its_time(clock: TimeMachineFixture) -> None:
    story, editor = make_quoting_story(status=Status.APPROVED), make_user()
    at = timezone.now() + HOUR
    schedule_story(story, by=editor, at=at)
    (edition,) = reissue_quote(quote_of(story), by=editor, why="Verified against the recording.")
    assert (edition.live_from, edition.kind) == (at, Kind.FIRST)
    assert not Edition.objects.live().exists()
    clock.move_to(at, tick=False)
    assert Edition.objects.live().get() == edition


def test_a_live_edition_is_renewed_until_the_next_one_takes_over(clock: TimeMachineFixture) -> None:
    story, editor = published(), make_user()
    quote = quote_of(story)
    at = timezone.now() + 3 * HOUR
    clock.shift(HOUR)
    story.quotations.all().delete()
    retouch(story, body="<p>The lighthouse stays open all year.</p>")
    following = schedule_story(story, by=editor, at=at, kind=Kind.SAME)
    doubt(quote)
    (fresh,) = reissue_quote(quote, by=editor, why="Denied.")
    assert (fresh.live_until, Edition.objects.live().get()) == (at, fresh)
    clock.move_to(at, tick=False)
    assert Edition.objects.live().get() == following
