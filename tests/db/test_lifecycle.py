"""From draft to approval and back: what each step writes, and that nobody is overrun."""

import pytest

from articles.models import Author, Byline, Event, Story
from articles.workflow import lifecycle
from articles.workflow.errors import NotAllowed, WrongState
from articles.workflow.lifecycle import (
    approve_story,
    move,
    open_steps,
    restore_story,
    return_story,
    spike_story,
    submit_story,
)
from tests.factories import make_quoting_story, make_story, make_user

pytestmark = pytest.mark.django_db

Status = Story.Status


def last_event(story: Story) -> Event:
    return Event.objects.about(story).latest("pk")


def test_an_owner_submits_a_draft() -> None:
    story = make_story()
    assert submit_story(story, by=story.owner) is story
    assert story.status == Status.IN_REVIEW
    event = last_event(story)
    assert (event.action, event.by, event.story) == ("story.submitted", story.owner, story)
    assert (event.before, event.after["status"]) == ({"status": "draft"}, "in_review")


def test_a_story_that_the_gate_would_stop_can_be_submitted() -> None:
    story = make_story(headline="", body="", section=None)
    assert submit_story(story, by=story.owner).status == Status.IN_REVIEW


def test_an_editor_approves_and_is_written_down() -> None:
    story, editor = make_story(status=Status.IN_REVIEW), make_user()
    approve_story(story, by=editor, version=story.version)
    assert (story.status, story.approved_by) == (Status.APPROVED, editor)
    assert last_event(story).action == "story.approved"


def test_nobody_approves_an_own_story_but_a_managing_editor() -> None:
    editor, managing = make_user(), make_user("Managing editor")
    with pytest.raises(NotAllowed, match="your own story"):
        approve_story(make_story(status=Status.IN_REVIEW, owner=editor), by=editor)
    assert approve_story(make_story(status=Status.IN_REVIEW, owner=managing), by=managing)


def test_who_signs_a_story_does_not_approve_it() -> None:
    story, editor = make_story(status=Status.IN_REVIEW), make_user()
    author = Author.objects.create(name="Alma Quill", slug="alma-quill", user=editor)
    Byline.objects.create(story=story, author=author)
    with pytest.raises(NotAllowed, match="your own story"):
        approve_story(story, by=editor)


def test_a_story_without_an_owner_is_approved_by_any_editor() -> None:
    assert approve_story(make_story(status=Status.IN_REVIEW, owner=None), by=make_user())


def test_what_is_approved_is_what_was_read() -> None:
    story, editor = make_story(status=Status.IN_REVIEW, version=3), make_user()
    with pytest.raises(WrongState, match="after you opened it"):
        approve_story(story, by=editor, version=2)
    old = Story.objects.get(pk=story.pk)
    Story.objects.filter(pk=story.pk).update(version=4)
    with pytest.raises(WrongState, match="after you opened it"):
        approve_story(old, by=editor)
    assert not Event.objects.exists()


def test_a_story_is_returned_with_a_reason_and_loses_its_approval() -> None:
    story, editor = make_story(status=Status.APPROVED), make_user()
    with pytest.raises(WrongState, match="Say what is to be done"):
        return_story(story, by=editor, reason=" ")
    return_story(story, by=editor, reason=" Say who voted. ")
    assert (story.status, story.approved_by) == (Status.DRAFT, None)
    assert last_event(story).reason == "Say who voted."


def test_an_owner_takes_a_story_back_from_review() -> None:
    story = make_story(status=Status.IN_REVIEW)
    assert return_story(story, by=story.owner, reason="Found a mistake.").status == Status.DRAFT


def test_a_spiked_story_comes_back_as_a_draft() -> None:
    story = make_quoting_story()
    with pytest.raises(WrongState, match="Say why"):
        spike_story(story, by=story.owner, reason="")
    spike_story(story, by=story.owner, reason="Overtaken by events.")
    assert story.status == Status.SPIKED
    restore_story(story, by=story.owner)
    assert story.status == Status.DRAFT
    assert story.quotations.count() == 1
    assert [e.action for e in Event.objects.about(story)] == ["story.restored", "story.spiked"]


def test_doing_it_twice_does_it_once() -> None:
    story = make_story()
    same = Story.objects.get(pk=story.pk)
    submit_story(story, by=story.owner)
    with pytest.raises(WrongState, match="this story is in review"):
        submit_story(same, by=story.owner)
    assert Event.objects.count() == 1


def test_a_status_that_changed_in_between_is_not_overwritten() -> None:
    story = make_story(status=Status.IN_REVIEW)
    Story.objects.filter(pk=story.pk).update(status=Status.SPIKED)
    with pytest.raises(WrongState, match="a moment ago"):
        move(story, ends=Status.APPROVED, approved_by=make_user())
    story.refresh_from_db()
    assert story.status == Status.SPIKED


def test_a_step_that_fails_half_way_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_values: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(lifecycle, "record_event", fail)
    story = make_story()
    with pytest.raises(OSError, match="full"):
        submit_story(story, by=story.owner)
    story.refresh_from_db()
    assert story.status == Status.DRAFT


def test_a_story_that_is_gone_gets_a_sentence() -> None:
    story = make_story()
    Story.objects.filter(pk=story.pk).delete()
    with pytest.raises(WrongState, match="no longer exists"):
        submit_story(story, by=make_user())


def test_the_open_steps_come_in_the_order_of_the_work() -> None:
    managing = make_user("Managing editor")
    assert open_steps(make_story(), by=managing) == ("submit", "spike")
    assert open_steps(make_story(status=Status.IN_REVIEW), by=managing) == ("approve", "return", "spike")
    approved = make_story(status=Status.APPROVED)
    assert open_steps(approved, by=managing) == ("publish", "schedule", "return", "spike")


def test_the_open_steps_ask_at_most_two_queries(django_assert_max_num_queries) -> None:
    editor = make_user()
    editor.get_all_permissions()
    for status in Status.values:
        story = make_story(status=status, approved_by=make_user())
        with django_assert_max_num_queries(2):
            open_steps(story, by=editor)
