"""Reminders that people set, what the program notices by itself, and notes on days."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import DayNote, EditionImage, Event, Notification, Quote, Reminder, Story
from articles.workflow.day_notes import add_note, delete_note, save_note
from articles.workflow.errors import Invalid, NotAllowed, WrongState
from articles.workflow.reminders import (
    find_due,
    finish_reminder,
    set_reminder,
    snooze_reminder,
    stories_out_of_embargo,
    stories_to_correct,
    stories_with_ending_pictures,
    tell_due,
    untouched_stories,
)
from tests.editions import make_edition
from tests.factories import make_image, make_quoting_story, make_story, make_user
from tests.planning import make_desk

pytestmark = pytest.mark.django_db

Status = Story.Status
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def touched(story: Story, ago: datetime.timedelta) -> Story:
    Story.objects.filter(pk=story.pk).update(updated_at=timezone.now() - ago)
    return story


def test_a_reminder_is_set_put_off_and_done(clock: Any) -> None:
    reporter, story = make_user("Reporter"), make_story()
    reminder = set_reminder(story, by=reporter, at=timezone.now() + 10 * DAY, note=" Has the court ruled? ")
    assert reminder.note == "Has the court ruled?"
    assert not Reminder.objects.due().exists()
    clock.shift(10 * DAY)
    assert list(Reminder.objects.due().of(reporter)) == [reminder]
    snooze_reminder(reminder, by=reporter, at=timezone.now() + DAY)
    assert not Reminder.objects.due().exists()
    finish_reminder(reminder, by=reporter)
    assert not Reminder.objects.of(reporter).exists()
    with pytest.raises(WrongState, match="done already"):
        snooze_reminder(reminder, by=reporter, at=timezone.now() + DAY)
    events = Event.objects.filter(story=story).order_by("pk")
    actions = ["reminder.set", "reminder.snoozed", "reminder.finished"]
    assert [event.action for event in events] == actions
    assert "court" not in str([(event.label, event.reason, event.after) for event in events])


def test_a_reminder_is_for_later_and_for_its_owner() -> None:
    story, reporter = make_story(), make_user("Reporter")
    with pytest.raises(WrongState, match="has passed"):
        set_reminder(story, by=reporter, at=timezone.now())
    with pytest.raises(NotAllowed, match="may not set"):
        set_reminder(story, by=make_user("Auditor"), at=timezone.now() + DAY)
    with pytest.raises(Invalid):
        set_reminder(story, by=reporter, at=timezone.now() + DAY, note="x" * 301)
    reminder = set_reminder(story, by=reporter, at=timezone.now() + DAY)
    for verb in (
        lambda by: snooze_reminder(reminder, by=by, at=timezone.now() + DAY),
        lambda by: finish_reminder(reminder, by=by),
    ):
        with pytest.raises(NotAllowed, match="somebody else's"):
            verb(make_user("Managing editor"))


def test_a_developing_story_that_lies_still_is_noticed(settings: Any) -> None:
    now = timezone.now()
    still = touched(make_story(developing=True, status=Status.PUBLISHED), 7 * HOUR)
    touched(make_story(developing=True, status=Status.PUBLISHED), 5 * HOUR)
    touched(make_story(developing=True), 7 * HOUR)
    touched(make_story(status=Status.PUBLISHED), 7 * HOUR)
    assert list(untouched_stories(now)) == [still]
    settings.NEWSROOM_DEVELOPING_HOURS = 8
    assert not untouched_stories(now)


def test_a_correction_is_due_while_doubted_words_are_printed() -> None:
    disputed = make_quoting_story(Quote.Verification.DISPUTED, status=Status.PUBLISHED)
    withdrawn = make_quoting_story(Quote.Verification.WITHDRAWN, status=Status.PUBLISHED)
    make_quoting_story(Quote.Verification.DISPUTED)
    make_quoting_story(status=Status.PUBLISHED)
    assert set(stories_to_correct(timezone.now())) == {disputed, withdrawn}
    disputed.quotations.update(state="missing")
    assert set(stories_to_correct(timezone.now())) == {withdrawn}


def test_an_embargo_that_ends_today_is_noticed(clock: Any) -> None:
    now = timezone.now()
    soon = make_story(embargo_until=now + 3 * HOUR)
    make_story(embargo_until=now + DAY)
    make_story(embargo_until=now - DAY)
    make_story(embargo_until=now + 3 * HOUR, status=Status.SPIKED)
    assert list(stories_out_of_embargo(now)) == [soon]


def test_stories_with_a_picture_that_ends_are_noticed_at_the_desk_and_before_readers(clock: Any) -> None:
    now = timezone.now()
    ending = make_image(expires_on=timezone.localdate() + 5 * DAY)
    over, later = make_image(expires_on=timezone.localdate() - DAY), make_image(expires_on=None)
    lead, body, read = make_story(lead_image=ending), make_story(), make_story(status=Status.PUBLISHED)
    body.body_images.add(over)
    EditionImage.objects.create(edition=make_edition(story=read), image=ending)
    make_story(lead_image=later)
    make_story(lead_image=ending, status=Status.SPIKED)
    make_story(lead_image=ending, status=Status.PUBLISHED)  # readers see an edition without it
    assert set(stories_with_ending_pictures(now)) == {lead, body, read}
    assert {due.action for due in tell_due(now)} == {"story.picture_ends"}
    assert tell_due(now) == []
    clock.shift(8 * DAY)
    assert len(find_due(timezone.now())) == 3


def test_what_is_due_is_told_once_to_whom_it_concerns(clock: Any) -> None:
    now, owner, watcher = timezone.now(), make_user("Reporter"), make_user("Editor")
    set_reminder(make_story(), by=watcher, at=now + HOUR, note="Ask again")
    untouched = touched(make_story(developing=True, status=Status.PUBLISHED, owner=owner), 9 * HOUR)
    make_story(embargo_until=now + 2 * HOUR, owner=owner)
    make_quoting_story(Quote.Verification.DISPUTED, status=Status.PUBLISHED, owner=owner)
    clock.shift(HOUR)
    assert len(find_due(timezone.now())) == 4
    assert not Notification.objects.exists()
    told = tell_due(timezone.now())
    assert sorted(due.action for due in told) == [
        "reminder.due", "story.correction_due", "story.embargo_ends", "story.untouched",
    ]  # fmt: skip
    assert Notification.objects.filter(kind="reminder", to=owner).count() == 3
    assert Notification.objects.filter(kind="reminder", to=watcher).count() == 1
    assert tell_due(timezone.now()) == []
    clock.shift(DAY)
    assert [due.action for due in find_due(timezone.now())] == ["story.correction_due"]
    touched(untouched, 7 * HOUR)
    assert "story.untouched" in [due.action for due in find_due(timezone.now())]


def test_finding_what_is_due_costs_the_same_however_much_there_is() -> None:
    counts = []
    for _round in range(2):
        for _number in range(5):
            make_quoting_story(Quote.Verification.DISPUTED, status=Status.PUBLISHED)
        with CaptureQueriesContext(connection) as asked:
            find_due(timezone.now())
        counts.append(len(asked))
    assert counts == [5, 5]


def test_notes_are_written_moved_and_deleted_and_the_event_keeps_the_words() -> None:
    reporter, today = make_user("Reporter"), timezone.localdate()
    note = add_note(by=reporter, day=today, text=" The  tender closes ", desk=make_desk())
    assert note.text == "The tender closes"
    save_note(note, by=reporter, day=today + DAY)
    assert DayNote.objects.get().day == today + DAY
    with pytest.raises(NotAllowed, match="somebody else's"):
        save_note(note, by=make_user("Reporter"), text="Mine now")
    with pytest.raises(Invalid):
        save_note(note, by=reporter, text="")
    delete_note(note, by=make_user("Editor"))
    assert Event.objects.get(action="day_note.deleted").before["text"] == "The tender closes"
    with pytest.raises(WrongState, match="deleted this note"):
        delete_note(note, by=reporter)
    with pytest.raises(NotAllowed, match="not write in it"):
        add_note(by=make_user("Auditor"), day=today, text="I was here")
