"""Assignments: who may take which step at which status, cell by cell; the story they begin; templates."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Assignment, Event, Notification, Story
from articles.workflow.assignment_steps import WORK_STEPS, may_start_story, open_work_steps
from articles.workflow.assignments import (
    accept_assignment,
    cancel_assignment,
    create_assignment,
    file_assignment,
    finish_assignment,
    hand_back_assignment,
    move_assignment,
    reopen_assignment,
    save_assignment,
    send_back_assignment,
    start_story,
)
from articles.workflow.errors import Invalid, NotAllowed, WrongState
from articles.workflow.story_templates import edit_from_template, save_template
from tests.factories import make_section, make_story, make_user
from tests.planning import make_assignment, make_desk, make_template

pytestmark = pytest.mark.django_db

STATUSES = ["open", "accepted", "filed", "done", "cancelled"]
VERBS: dict[str, Callable[[Assignment, User], object]] = {
    "accept": lambda one, by: accept_assignment(one, by=by),
    "file": lambda one, by: file_assignment(one, by=by),
    "finish": lambda one, by: finish_assignment(one, by=by),
    "send_back": lambda one, by: send_back_assignment(one, by=by, reason="The price is missing."),
    "hand_back": lambda one, by: hand_back_assignment(one, by=by, reason="I am at the court all day."),
    "cancel": lambda one, by: cancel_assignment(one, by=by, reason="The vote is put off."),
    "reopen": lambda one, by: reopen_assignment(one, by=by),
    "save": lambda one, by: save_assignment(one, by=by, brief="Ask the harbour master."),
    "start": lambda one, by: start_story(one, by=by),
}
# y: it is done; s: refused because of the status; n: refused because of the person.
# One letter a status: open, accepted, filed, done, cancelled.
TABLE = {
    "accept": {"Reporter own": "yssss", "Editor own": "yssss", "Managing editor own": "yssss"},
    "file": {
        "Reporter own": "sysss",
        "Editor own": "sysss",
        "Editor other": "sysss",
        "Managing editor own": "sysss",
        "Managing editor other": "sysss",
    },
    "finish": {"Editor": "syyss", "Managing editor": "syyss"},
    "send_back": {"Editor": "ssyss", "Managing editor": "ssyss"},
    "hand_back": {"Reporter own": "yysss", "Editor own": "yysss", "Managing editor own": "yysss"},
    "cancel": {"Editor": "yyyss", "Managing editor": "yyyss"},
    "reopen": {"Editor": "sssyy", "Managing editor": "sssyy"},
    "save": {"Editor": "yyyss", "Managing editor": "yyyss"},
    "start": {
        "Reporter own": "yyyss",
        "Editor": "yyyss",
        "Managing editor": "yyyss",
        # What is over is told before whose it is.
        "Reporter other": "nnnss",
        "Auditor": "nnnss",
        "Administrator": "nnnss",
        "No role": "nnnss",
    },
}
ROLES = ["Reporter", "Editor", "Managing editor", "Auditor", "Administrator", "No role"]


def expected(verb: str, role: str, relation: str, status: str) -> str:
    rows = TABLE[verb]
    row = rows.get(f"{role} {relation}") or rows.get(role) or "nnnnn"
    return row[STATUSES.index(status)]


def outcome(verb: str, assignment: Assignment, by: User) -> str:
    """What happens when `by` calls `verb`; it is undone again."""
    with transaction.atomic():
        try:
            VERBS[verb](Assignment.objects.get(pk=assignment.pk), by)
        except NotAllowed:
            return "n"
        except WrongState:
            return "s"
        finally:
            transaction.set_rollback(True)
    return "y"


@pytest.mark.parametrize("status", STATUSES)
def test_every_cell_of_the_table(status: str) -> None:
    people = {role: make_user("" if role == "No role" else role) for role in ROLES}
    somebody, wrong = make_user("Reporter"), {}
    for role, person in people.items():
        for relation in ("own", "other"):
            assignee = person if relation == "own" else somebody
            one = make_assignment(assignee=assignee, status=status)
            steps = open_work_steps(one, by=person)
            for verb in VERBS:
                found, wanted = outcome(verb, one, person), expected(verb, role, relation, status)
                shown = (verb in steps) if verb in WORK_STEPS else (wanted == "y")
                if verb == "start":
                    shown = may_start_story(one, person)
                if found != wanted or shown != (wanted == "y"):
                    wrong[role, relation, verb] = f"{found} instead of {wanted}, shown: {shown}"
    assert wrong == {}


def test_the_table_has_every_step() -> None:
    assert set(WORK_STEPS) < set(TABLE) == set(VERBS)


def test_who_left_does_nothing() -> None:
    gone = make_user("Editor", is_active=False)
    one = make_assignment(assignee=gone, status="accepted")
    assert {verb: outcome(verb, one, gone) for verb in VERBS if verb != "accept"} == dict.fromkeys(
        set(VERBS) - {"accept"}, "n"
    )


def test_an_editor_assigns_and_the_reporter_is_told() -> None:
    editor, reporter = make_user("Editor"), make_user("Reporter")
    one = create_assignment(
        by=editor, headline=" What the tender costs ", assignee=reporter, desk=make_desk(),
        due_at=timezone.now(), length_target=600,
    )  # fmt: skip
    assert (one.headline, one.status, one.created_by) == ("What the tender costs", "open", editor)
    event = Event.objects.get(action="assignment.made")
    assert event.after["length_target"] == 600
    told = Notification.objects.get()
    assert (told.to, told.kind, told.event) == (reporter, "assigned", event)
    with pytest.raises(NotAllowed, match="Only an editor can assign"):
        create_assignment(by=reporter, headline="Mine", due_at=timezone.now())


@pytest.mark.parametrize("role", ["Auditor", ""])
def test_work_goes_to_people_who_write(role: str) -> None:
    with pytest.raises(Invalid, match="does not write"):
        create_assignment(
            by=make_user("Editor"), headline="A", due_at=timezone.now(), assignee=make_user(role)
        )


def test_what_nobody_has_is_taken_by_accepting_it() -> None:
    one, reporter = make_assignment(), make_user("Reporter")
    accept_assignment(one, by=reporter)
    assert (one.assignee, one.status) == (reporter, "accepted")
    with pytest.raises(NotAllowed, match="somebody else's"):
        accept_assignment(one, by=make_user("Reporter"))


def test_giving_it_to_somebody_else_opens_it_again_and_tells_that_person() -> None:
    one = make_assignment(assignee=make_user("Reporter"), status="accepted")
    other = make_user("Reporter")
    save_assignment(one, by=make_user("Editor"), assignee=other)
    assert (one.assignee, one.status) == (other, "open")
    assert Notification.objects.get().to == other
    save_assignment(one, by=make_user("Editor"), brief="Ask the unions too.")
    assert Notification.objects.count() == 1


def test_what_is_filed_has_a_writer() -> None:
    one = make_assignment(assignee=make_user("Reporter"), status="filed")
    with pytest.raises(WrongState, match="Choose who"):
        save_assignment(one, by=make_user("Editor"), assignee=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=one.pk).update(assignee=None)


def test_a_later_time_is_one_event_with_both_times() -> None:
    one, editor = make_assignment(assignee=make_user("Reporter")), make_user("Editor")
    before, later = one.due_at, one.due_at + datetime.timedelta(days=1)
    move_assignment(one, by=editor, due_at=later)
    event = Event.objects.get(record_type="assignment")
    assert (event.action, event.before, event.after) == (
        "assignment.moved", {"due_at": before.isoformat()}, {"due_at": later.isoformat()},
    )  # fmt: skip
    move_assignment(one, by=editor, due_at=later)
    assert Event.objects.count() == 1


def test_two_people_change_it_and_the_second_is_told() -> None:
    one, editor = make_assignment(), make_user("Editor")
    mine = Assignment.objects.get(pk=one.pk)
    save_assignment(one, by=editor, brief="First.")
    with pytest.raises(WrongState, match="Somebody changed this assignment"):
        save_assignment(mine, by=editor, brief="Second.")
    assert Assignment.objects.get().brief == "First."


@pytest.mark.parametrize("verb", [send_back_assignment, hand_back_assignment, cancel_assignment])
def test_a_reason_is_asked_for(verb: Any) -> None:
    person = make_user("Editor")
    status = "filed" if verb is send_back_assignment else "accepted"
    one = make_assignment(assignee=person, status=status)
    with pytest.raises(WrongState, match=r"Say (what|why)"):
        verb(one, by=person, reason="  ")


def test_the_story_is_begun_with_all_that_the_assignment_says() -> None:
    reporter, section = make_user("Reporter"), make_section("Courts")
    template = make_template(section=section, topics=["Courts", "crime"], type_of_work="background")
    one = make_assignment(
        assignee=reporter, slugline="pier-trial", template=template, brief="Ask the clerk.",
        length_target=500, desk=make_desk(),
    )  # fmt: skip
    story = start_story(one, by=reporter)
    assert (story.owner, story.slugline, story.status) == (reporter, "pier-trial", Story.Status.DRAFT)
    assert story.headline == "[Who] [convicted or cleared] of [what]"
    assert "<h2>The charge</h2>" in story.body
    assert (story.section, story.type_of_work, story.length_target) == (section, "background", 500)
    assert sorted(story.topics.names()) == ["Courts", "crime"]
    assert story.editors_note == "Ask the clerk."
    assert (one.story, one.status) == (story, "accepted")
    assert Event.objects.get(action="assignment.story_started").story == story
    with pytest.raises(WrongState, match="has its story already"):
        start_story(one, by=reporter)


def test_an_editor_begins_the_story_for_the_reporter_who_still_has_to_accept() -> None:
    reporter = make_user("Reporter")
    one = make_assignment(assignee=reporter)
    story = start_story(one, by=make_user("Editor"))
    assert (story.owner, story.headline, one.status) == (reporter, one.headline, "open")


def test_a_story_has_one_assignment() -> None:
    story = make_story()
    make_assignment(story=story)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_assignment(story=story)


def test_overdue_is_what_is_late_and_not_filed() -> None:
    past = timezone.now() - datetime.timedelta(minutes=1)
    late = make_assignment(due_at=past)
    filed = make_assignment(due_at=past, assignee=make_user("Reporter"), status="filed")
    make_assignment()
    assert list(Assignment.objects.overdue()) == [late]
    assert late.overdue
    assert not filed.overdue


def test_the_managing_editor_writes_templates() -> None:
    chief = make_user("Managing editor")
    made = save_template(
        None, by=chief, name="Obituary", body="<p>[Name]</p><script>x</script>", topics=["lives", " lives"]
    )
    assert (made.body, made.topics) == ("<p>[Name]</p>", ["lives"])
    save_template(made, by=chief, length_target=900)
    assert edit_from_template(made).topics == ("lives",)
    assert [event.action for event in Event.objects.order_by("pk")] == ["template.made", "template.saved"]
    with pytest.raises(Invalid):
        save_template(None, by=chief, name="Obituary")
    with pytest.raises(NotAllowed, match="managing editor"):
        save_template(made, by=make_user("Editor"), name="Mine")
