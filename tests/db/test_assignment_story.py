"""What came of an assignment: linking a story that exists, unlinking it, and being done when it is read."""

import datetime

import pytest
from time_machine import TimeMachineFixture

from articles.models import Assignment, Event, Notification, Quote, Story
from articles.workflow.assignments import link_story, unlink_story
from articles.workflow.edit import StoryEdit, save_story
from articles.workflow.errors import NotAllowed, WrongState
from articles.workflow.publish import publish_story, schedule_story
from tests.factories import make_quoting_story, make_story, make_user
from tests.planning import make_assignment

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def ready() -> Story:
    """An approved story that passes the gate."""
    return make_quoting_story(Quote.Verification.VERIFIED, status=Story.Status.APPROVED)


def test_a_reporter_links_a_story_of_theirs_to_what_nobody_has() -> None:
    reporter = make_user("Reporter")
    story, one = make_story(owner=reporter), make_assignment()
    link_story(one, story, by=reporter)
    assert (one.story, one.assignee, one.status) == (story, reporter, "accepted")
    event = Event.objects.get(action="assignment.story_linked")
    assert (event.story, event.after) == (story, {"status": "accepted"})


def test_an_editor_links_and_it_goes_to_whoever_wrote_it() -> None:
    reporter = make_user("Reporter")
    one = make_assignment()
    link_story(one, make_story(owner=reporter), by=make_user("Editor"))
    assert (one.assignee, one.status) == (reporter, "accepted")
    given = make_assignment(assignee=make_user("Reporter"))
    link_story(given, make_story(owner=reporter), by=make_user("Editor"))
    assert given.status == "open"  # whoever has it has not said yes


@pytest.mark.parametrize("status", ["killed", "spiked"])
def test_a_dropped_story_is_not_linked(status: str) -> None:
    with pytest.raises(WrongState, match="was dropped"):
        link_story(make_assignment(), make_story(status=status), by=make_user("Editor"))


def test_each_has_one_other() -> None:
    editor, story, one = make_user("Editor"), make_story(), make_assignment()
    link_story(one, story, by=editor)
    with pytest.raises(WrongState, match="has its story already"):
        link_story(one, make_story(), by=editor)
    with pytest.raises(WrongState, match="came of another assignment"):
        link_story(make_assignment(), story, by=editor)
    with pytest.raises(WrongState, match="is done"):
        link_story(make_assignment(status="done"), make_story(), by=editor)


def test_whose_neither_is_may_not() -> None:
    reporter, other = make_user("Reporter"), make_user("Reporter")
    with pytest.raises(NotAllowed):
        link_story(make_assignment(), make_story(owner=other), by=reporter)
    with pytest.raises(NotAllowed):
        link_story(make_assignment(assignee=other), make_story(owner=reporter), by=reporter)
    one = make_assignment(assignee=other, story=make_story(owner=other))
    with pytest.raises(NotAllowed, match="Ask an editor to unlink"):
        unlink_story(one, by=reporter)


def test_it_is_unlinked_again() -> None:
    reporter, story = make_user("Reporter"), make_story()
    one = make_assignment(assignee=reporter, status="accepted", story=story)
    unlink_story(one, by=reporter)
    assert (one.story, one.status) == (None, "accepted")
    assert Event.objects.get().story == story
    with pytest.raises(WrongState, match="has no story"):
        unlink_story(one, by=reporter)


def test_who_saw_an_older_version_is_told() -> None:
    one = make_assignment()
    with pytest.raises(WrongState, match="Somebody changed this assignment"):
        link_story(one, make_story(), by=make_user("Editor"), version=0)


@pytest.mark.parametrize("status", ["open", "accepted", "filed"])
def test_publishing_finishes_the_assignment(status: str) -> None:
    story, editor = ready(), make_user()
    one = make_assignment(assignee=make_user("Reporter"), status=status, story=story)
    publish_story(story, by=editor)
    one.refresh_from_db()
    assert (one.status, one.version) == ("done", 2)
    event = Event.objects.get(action="assignment.finished")
    assert (event.by, event.before, event.story) == (editor, {"status": status}, story)
    assert not Notification.objects.filter(event=event).exists()


def test_what_was_cancelled_stays_so_and_what_was_opened_again_is_done_again() -> None:
    story = ready()
    one = make_assignment(status="cancelled", story=story)
    publish_story(story, by=make_user())
    one.refresh_from_db()
    assert one.status == "cancelled"


def test_a_scheduled_story_finishes_it_when_its_time_came(clock: TimeMachineFixture) -> None:
    story, editor = ready(), make_user()
    one = make_assignment(assignee=make_user("Reporter"), status="filed", story=story)
    schedule_story(story, by=editor, at=story.updated_at + 2 * HOUR)
    one.refresh_from_db()
    assert one.status == "filed"
    clock.shift(3 * HOUR)
    save_story(story, by=editor, edit=StoryEdit.of(story), version=story.version)
    one.refresh_from_db()
    assert one.status == "done"
    assert Event.objects.get(action="assignment.finished").by is None


def test_linking_a_published_story_is_being_done() -> None:
    story = ready()
    publish_story(story, by=make_user())
    one = make_assignment()
    link_story(one, story, by=make_user("Managing editor"))
    assert one.status == "done"
    assert Assignment.objects.standing().count() == 0
