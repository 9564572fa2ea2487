"""Publishing and scheduling: what it writes, what it refuses, and that it happens once."""

import datetime
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from time_machine import TimeMachineFixture

from articles.models import Edition, Event, Quote, Story
from articles.workflow.edit import StoryEdit, save_story
from articles.workflow.errors import GateClosed, NotAllowed, WrongState
from articles.workflow.lifecycle import due_state, open_steps, settle
from articles.workflow.publish import cancel_schedule, publish_story, schedule_story, unpublish_story
from tests.db.many import story_with_quotes
from tests.factories import make_quoting_story, make_story, make_user

pytestmark = pytest.mark.django_db

Kind = Edition.Kind
Status = Story.Status
HOUR = datetime.timedelta(hours=1)


def approved(**fields) -> Story:
    return make_quoting_story(status=Status.APPROVED, **fields)


def published(**fields) -> Story:
    story = approved(**fields)
    publish_story(story, by=make_user())
    return story


def rewrite(story: Story, body: str = "<p>The lighthouse stays open all year.</p>") -> None:
    """Change a story as a save does, without the quotation."""
    story.quotations.all().delete()
    Story.objects.filter(pk=story.pk).update(body=body, version=story.version + 1)
    story.refresh_from_db()


def test_publishing_writes_an_edition_the_status_and_an_event() -> None:
    story, editor = approved(), make_user()
    edition = publish_story(story, by=editor)
    assert story.status == Status.PUBLISHED
    assert (edition.number, edition.kind, edition.story_version) == (1, Kind.FIRST, story.version)
    assert edition.live_from == edition.first_live_from <= timezone.now()
    assert edition.published_by == editor
    assert list(Edition.objects.published()) == [edition]
    event = Event.objects.about(story).get()
    assert (event.action, event.by, event.before) == ("story.published", editor, {"status": "approved"})
    assert event.after["status"] == "published"


def test_a_draft_is_not_published_and_nothing_is_written() -> None:
    story = make_quoting_story()
    with pytest.raises(WrongState, match="Only an approved story can be published"):
        publish_story(story, by=make_user())
    assert not Edition.objects.exists()
    assert not Event.objects.exists()


def test_a_closed_gate_stops_publication_and_says_why() -> None:
    story = make_quoting_story(Quote.Verification.UNVERIFIED, status=Status.APPROVED)
    with pytest.raises(GateClosed, match="One thing stops publication") as refusal:
        publish_story(story, by=make_user())
    assert [finding.code for finding in refusal.value.findings] == ["G208"]
    story.refresh_from_db()
    assert story.status == Status.APPROVED
    assert not Edition.objects.exists()


def test_a_reporter_may_not_publish() -> None:
    with pytest.raises(NotAllowed, match="Ask an editor"):
        publish_story(approved(), by=make_user("Reporter"))


def test_publishing_twice_publishes_once() -> None:
    story, same_story = approved(), None
    same_story = Story.objects.get(pk=story.pk)
    publish_story(story, by=make_user())
    with pytest.raises(WrongState, match="Readers have seen this story"):
        publish_story(same_story, by=make_user())
    assert Edition.objects.count() == 1


def test_the_database_holds_one_open_edition_per_story_and_per_slug() -> None:
    edition = Edition.objects.get(pk=Edition.objects.get(story=published()).pk)
    columns = {field.name: getattr(edition, field.name) for field in Edition._meta.concrete_fields}
    columns |= {"id": None, "number": 2}
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(**columns | {"slug": "another-slug"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(**columns | {"story": make_story()})


def test_a_story_that_changed_after_it_was_read_is_not_published() -> None:
    story = approved()
    with pytest.raises(WrongState, match="Somebody changed this story after you opened it"):
        publish_story(story, by=make_user(), version=story.version - 1)


def test_the_next_edition_needs_a_kind_and_a_note() -> None:
    story, editor = published(), make_user()
    rewrite(story)
    with pytest.raises(WrongState, match="Say what the next edition is"):
        publish_story(story, by=editor)
    with pytest.raises(WrongState, match="Tell readers what was wrong"):
        publish_story(story, by=editor, kind=Kind.CORRECTION, note="  ")
    with pytest.raises(WrongState, match="Say what the next edition is"):
        publish_story(story, by=editor, kind=Kind.FIRST)


def test_the_next_edition_takes_the_place_of_the_last_and_keeps_the_first_date(
    clock: TimeMachineFixture,
) -> None:
    story = published()
    first = Edition.objects.get()
    clock.shift(HOUR)
    rewrite(story)
    second = publish_story(story, by=make_user(), kind=Kind.SAME)
    first.refresh_from_db()
    assert first.live_until == second.live_from == first.live_from + HOUR
    assert second.first_live_from == first.live_from
    assert (second.number, second.changed) == (2, True)
    assert list(Edition.objects.published()) == [second]
    assert story.status == Status.PUBLISHED


def test_no_change_at_all_is_no_edition() -> None:
    story = published()
    with pytest.raises(WrongState, match="Nothing has changed"):
        publish_story(story, by=make_user(), kind=Kind.SAME)


def test_a_changed_alt_text_is_a_change() -> None:
    story = published()
    story.bylines.all().delete()
    with pytest.raises(GateClosed):
        publish_story(story, by=make_user(), kind=Kind.SAME)


def test_an_embargo_blocks_everybody_until_it_ends(clock: TimeMachineFixture) -> None:
    until = timezone.now() + HOUR
    story = approved(embargo_until=until)
    managing = make_user("Managing editor")
    for attempt in (None, until - datetime.timedelta(minutes=1)):
        with pytest.raises(GateClosed) as refusal:
            publish_story(story, by=managing, at=attempt)
        assert [finding.code for finding in refusal.value.findings] == ["G108"]
    assert schedule_story(story, by=managing, at=until).live_from == until


def test_a_scheduled_story_appears_to_the_second_without_a_worker(clock: TimeMachineFixture) -> None:
    story, editor = approved(), make_user()
    at = timezone.now() + HOUR
    edition = schedule_story(story, by=editor, at=at)
    assert story.status == Status.SCHEDULED
    assert Event.objects.about(story).get().action == "story.scheduled"
    assert "cancel_schedule" in open_steps(story, by=editor)
    clock.move_to(at - datetime.timedelta(microseconds=1), tick=False)
    assert not Edition.objects.published().exists()
    assert due_state(story, timezone.now()) == Status.SCHEDULED
    clock.move_to(at, tick=False)
    assert list(Edition.objects.published()) == [edition]
    assert due_state(story, timezone.now()) == Status.PUBLISHED
    assert "correct" in open_steps(story, by=editor)


def test_the_next_verb_writes_down_that_the_time_came(clock: TimeMachineFixture) -> None:
    story, editor = approved(), make_user()
    schedule_story(story, by=editor, at=timezone.now() + HOUR)
    with transaction.atomic():
        assert settle(story).status == Status.SCHEDULED
    clock.shift(2 * HOUR)
    unpublish_story(story, by=editor, notice="Taken down while we check a figure.")
    actions = [event.action for event in Event.objects.about(story).order_by("pk")]
    assert actions == ["story.scheduled", "story.went_live", "story.unpublished"]
    assert Event.objects.get(action="story.went_live").by is None


def test_no_embargo_can_be_put_on_what_is_scheduled_before_it_ends(clock: TimeMachineFixture) -> None:
    story, editor = approved(), make_user()
    schedule_story(story, by=editor, at=timezone.now() + HOUR)
    edit = replace(StoryEdit.of(story), embargo_until=timezone.now() + 2 * HOUR)
    with pytest.raises(WrongState, match="Cancel the schedule"):
        save_story(story, by=editor, edit=edit, version=story.version)


def test_a_time_that_has_passed_is_refused() -> None:
    with pytest.raises(WrongState, match="That time has passed"):
        schedule_story(approved(), by=make_user(), at=timezone.now() - HOUR)


def test_a_cancelled_schedule_is_never_seen_and_the_story_is_approved_again(
    clock: TimeMachineFixture,
) -> None:
    story, editor = approved(), make_user()
    schedule_story(story, by=editor, at=timezone.now() + HOUR)
    cancel_schedule(story, by=editor)
    assert story.status == Status.APPROVED
    clock.shift(2 * HOUR)
    assert not Edition.objects.live().exists()
    edition = publish_story(story, by=editor)
    assert (edition.number, edition.kind) == (2, Kind.FIRST)
    assert edition.first_live_from == edition.live_from


def test_a_schedule_can_be_moved(clock: TimeMachineFixture) -> None:
    story, editor = approved(), make_user()
    start = timezone.now()
    schedule_story(story, by=editor, at=start + HOUR)
    schedule_story(story, by=editor, at=start + 3 * HOUR)
    clock.move_to(start + 2 * HOUR, tick=False)
    assert not Edition.objects.live().exists()
    clock.move_to(start + 3 * HOUR, tick=False)
    assert Edition.objects.published().get().number == 2


def test_the_next_edition_of_a_published_story_can_wait(clock: TimeMachineFixture) -> None:
    story, editor = published(), make_user()
    start, first = timezone.now(), Edition.objects.get()
    clock.shift(HOUR)
    rewrite(story)
    schedule_story(story, by=editor, at=start + 3 * HOUR, kind=Kind.UPDATE, note="The council has voted.")
    assert story.status == Status.PUBLISHED
    assert list(Edition.objects.published()) == [first]
    with pytest.raises(WrongState, match="The next edition is scheduled for"):
        publish_story(story, by=editor, kind=Kind.SAME)
    schedule_story(story, by=editor, at=start + 4 * HOUR)
    assert list(Edition.objects.published()) == [first]
    clock.move_to(start + 3 * HOUR, tick=False)
    assert list(Edition.objects.published()) == [first]
    clock.move_to(start + 4 * HOUR, tick=False)
    moved = Edition.objects.published().get()
    assert (moved.kind, moved.change_note) == (Kind.UPDATE, "The council has voted.")
    assert moved.first_live_from == first.live_from


def test_cancelling_the_next_edition_keeps_the_last(clock: TimeMachineFixture) -> None:
    story, editor = published(), make_user()
    first = Edition.objects.get()
    clock.shift(HOUR)
    rewrite(story)
    schedule_story(story, by=editor, at=timezone.now() + HOUR, kind=Kind.SAME)
    cancel_schedule(story, by=editor)
    clock.shift(2 * HOUR)
    assert list(Edition.objects.published()) == [first]
    with pytest.raises(WrongState, match="Nothing is scheduled"):
        cancel_schedule(story, by=editor)


@pytest.mark.parametrize("quotes", [1, 40])
def test_publishing_asks_the_same_number_of_queries_whatever_the_number_of_quotes(
    quotes: int, django_assert_max_num_queries
) -> None:
    story = story_with_quotes(quotes, status=Status.APPROVED)
    editor = make_user()
    editor.get_all_permissions()
    with django_assert_max_num_queries(
        46
    ):  # five of them: who owns and signs it, its assignment; nine: search; eight: rendering its page
        publish_story(story, by=editor)
    assert Edition.objects.get().quotes.count() == quotes
