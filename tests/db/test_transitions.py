"""The database itself refuses every change of a story's status that is not a listed step."""

from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from articles.models import Story
from articles.workflow.steps import TRANSITIONS
from tests.factories import make_story, make_user

Status = Story.Status
GUARD = import_module("articles.migrations.0028_story_transitions")
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'articles_story'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'articles_story'::regclass",
}


def write_status(story: Story, status: str) -> None:
    """Write over every rule of the program, as somebody with a database shell would."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE articles_story SET status = %s WHERE id = %s", [status, story.pk])


def test_the_database_and_the_program_list_the_same_steps() -> None:
    assert {(begin, end) for begin, ends in GUARD.TRANSITIONS.items() for end in ends} == {
        (str(begin), str(end)) for begin, end in TRANSITIONS
    }
    assert set(GUARD.TRANSITIONS) == set(Status.values)


@pytest.mark.django_db
def test_the_guard_stands_after_the_last_migration() -> None:
    # On SQLite a migration that rebuilds the table of stories drops it: call `guard` of 0028 there again.
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        assert GUARD.GUARD in {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
@pytest.mark.parametrize("begin", Status)
def test_a_status_becomes_what_is_listed_and_nothing_else(begin: Story.Status) -> None:
    editor = make_user()
    for end in Status:
        story = make_story(status=begin, approved_by=editor)
        if begin == end or (begin, end) in TRANSITIONS:
            write_status(story, end)
        else:
            with pytest.raises(IntegrityError, match=f"A story that is {begin} "):
                write_status(story, end)
        story.refresh_from_db()
        assert story.status == (end if (begin, end) in TRANSITIONS else begin)


@pytest.mark.django_db
def test_the_refusal_says_what_can_be_done() -> None:
    draft, killed = make_story(), make_story(status=Status.KILLED)
    with pytest.raises(IntegrityError, match=r"draft can become in_review or spiked only\. Take a step of "):
        write_status(draft, Status.PUBLISHED)
    with pytest.raises(IntegrityError, match="killed stays killed"):
        write_status(killed, Status.DRAFT)


@pytest.mark.django_db
def test_saving_a_story_as_a_whole_is_guarded_too() -> None:
    story = make_story()
    story.headline = "The lighthouse stays open"
    story.save()
    story.status = Status.PUBLISHED
    with pytest.raises(IntegrityError), transaction.atomic():
        story.save()
