"""Comments: who may speak, where a thread stands, what the Events say and what they never say."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Comment, Event, Story, Thread
from articles.text.markup import plain_text
from articles.workflow.comments import (
    LONGEST,
    delete_comment,
    edit_comment,
    may_comment,
    open_thread,
    reopen_thread,
    reply,
    resolve_thread,
    unknown_names,
)
from articles.workflow.edit import StoryEdit, save_story
from articles.workflow.errors import Invalid, NotAllowed, WrongState
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db

FIRST = "<p>The council met on Tuesday and voted to keep the lighthouse open.</p>"
SECOND = "<p>Seven boats were in the basin when the council rose.</p>"


def make_thread(story: Story, by: User, words: str = "Seven boats", text: str = "Who counted?") -> Thread:
    return open_thread(story, by=by, text=text, words=words).thread


def save(story: Story, body: str) -> Story:
    editor = make_user("Editor")
    return save_story(story, by=editor, edit=replace(StoryEdit.of(story), body=body), version=story.version)


def passage(thread: Thread) -> str | None:
    """The words that stand in the text where the thread does."""
    thread.refresh_from_db()
    text = plain_text(Story.objects.get(pk=thread.story_id).body).text
    return None if thread.start is None else text[thread.start : thread.end]


# --- Who may do what: every role, with one's own comment and with another's -----------------------------

WRITERS = {"Reporter", "Editor", "Managing editor"}
ROLES = [*sorted(WRITERS), "Auditor", "Administrator", "", "left"]
ACTS: dict[str, Callable[[Comment, User], object]] = {
    "open": lambda comment, by: open_thread(comment.thread.story, by=by, text="A thread."),
    "reply": lambda comment, by: reply(comment.thread, by=by, text="An answer."),
    "edit": lambda comment, by: edit_comment(comment, by=by, text="Other words."),
    "delete": lambda comment, by: delete_comment(comment, by=by),
    "resolve": lambda comment, by: resolve_thread(comment.thread, by=by),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("role", ROLES)
def test_every_cell_of_the_permissions(role: str, own: bool, act: str) -> None:
    person = make_user("Editor", is_active=False) if role == "left" else make_user(role)
    thread = make_thread(make_story(), make_user("Editor"), words="")
    comment = thread.comments.get()
    if own:
        Comment.objects.filter(pk=comment.pk).update(by=person)
    allowed = role in WRITERS and (own or act not in ("edit", "delete"))
    before = Event.objects.count()
    if allowed:
        ACTS[act](comment, person)
        assert Event.objects.count() == before + 1
    else:
        with pytest.raises(NotAllowed):
            ACTS[act](comment, person)
        assert Event.objects.count() == before
    assert may_comment(person) == (role in WRITERS)


@pytest.mark.parametrize("role", ["Auditor", "Administrator"])
def test_who_only_reads_may_read_comments(role: str) -> None:
    assert make_user(role).has_perm("articles.view_comment")


@pytest.mark.parametrize("status", Story.Status.values)
def test_a_story_can_be_talked_about_at_every_status(status: str) -> None:
    editor = make_user("Editor")
    story = make_story(status=status, approved_by=editor)
    thread = make_thread(story, editor, words="")
    reply(thread, by=editor, text="So it is.")
    story.refresh_from_db()
    assert (story.status, story.version) == (status, 1)
    assert thread.comments.count() == 2


# --- A thread ---------------------------------------------------------------------------------------------


def test_a_thread_is_resolved_and_opened_again_and_once_each() -> None:
    editor, other = make_user("Editor"), make_user("Reporter")
    thread = make_thread(make_story(), editor, words="")
    resolve_thread(thread, by=other)
    thread.refresh_from_db()
    assert thread.resolved_by == other
    with pytest.raises(WrongState, match="before you"):
        resolve_thread(thread, by=editor)
    with pytest.raises(WrongState, match="Open it again"):
        reply(thread, by=editor, text="Too late?")
    reopen_thread(thread, by=editor)
    with pytest.raises(WrongState, match="open already"):
        reopen_thread(thread, by=other)
    assert [event.action for event in Event.objects.about(thread)] == ["thread.reopened", "thread.resolved"]


def test_a_deleted_comment_leaves_a_place_and_no_text() -> None:
    editor = make_user("Editor")
    comment = make_thread(make_story(), editor, text="Rash words.").comments.get()
    delete_comment(comment, by=editor)
    comment.refresh_from_db()
    assert comment.text == ""
    assert comment.deleted_at
    with pytest.raises(WrongState, match="deleted already"):
        edit_comment(comment, by=editor, text="Again.")


def test_no_event_says_what_was_said() -> None:
    editor = make_user("Editor")
    comment = make_thread(make_story(body=SECOND), editor, text="Quokkazephyr!").comments.get()
    edit_comment(comment, by=editor, text="Quokkazephyr? Really?")
    reply(comment.thread, by=editor, text="Quokkazephyr.")
    resolve_thread(comment.thread, by=editor)
    delete_comment(comment, by=editor)
    told = Event.objects.filter(action__regex="^(comment|thread)")
    assert told.count() == 5
    assert "quokka" not in str([(e.label, e.reason, e.before, e.after) for e in told]).lower()


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST + 1), "half \ud800 a sign"])
def test_a_comment_that_cannot_be_kept_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Invalid):
        open_thread(make_story(), by=make_user("Editor"), text=text)
    assert not Thread.objects.exists()


def test_mentions_are_names_of_log_ins_whatever_their_case() -> None:
    make_user("Reporter", username="mara.holt")
    make_user("", username="visitor")
    assert unknown_names("@Mara.Holt, and @nobody or @visitor.") == ("nobody", "visitor")


# --- The words ----------------------------------------------------------------------------------------------


def test_a_thread_stands_at_the_place_that_was_marked() -> None:
    story, editor = make_story(body=FIRST + SECOND), make_user("Editor")
    text = plain_text(story.body).text
    assert passage(make_thread(story, editor)) == "Seven boats"
    near_the_end = open_thread(story, by=editor, text="Which?", words="council", near=len(text)).thread
    assert near_the_end.start == text.rindex("council")


def test_a_thread_stays_with_its_words_through_edits() -> None:
    story = make_story(body=FIRST + SECOND)
    thread = make_thread(story, make_user("Editor"))
    story = save(story, SECOND + FIRST)
    assert passage(thread) == "Seven boats"
    story = save(story, SECOND.replace("Seven boats", "Seven small boats") + FIRST)
    assert passage(thread) == "Seven small boats"
    story = save(story, FIRST)
    assert passage(thread) is None
    assert thread.lost
    assert thread.words == "Seven boats"
    save(story, FIRST + SECOND)
    assert passage(thread) == "Seven boats"


def test_words_that_are_typed_but_not_saved_are_found_when_they_are() -> None:
    story = make_story(body=FIRST)
    thread = make_thread(story, make_user("Editor"))
    assert thread.lost
    save(story, FIRST + SECOND)
    assert passage(thread) == "Seven boats"


def test_following_threads_costs_the_same_however_many_there_are() -> None:
    story, editor = make_story(body=FIRST + SECOND), make_user("Editor")
    counts = []
    for number in (1, 9):
        for _each in range(number):
            make_thread(story, editor)
        story.refresh_from_db()
        edit = replace(StoryEdit.of(story), body=f"<p>Lede {number}.</p>{story.body}")
        with CaptureQueriesContext(connection) as queries:
            save_story(story, by=editor, edit=edit, version=story.version)
        counts.append(len(queries))
    assert counts[0] == counts[1]
