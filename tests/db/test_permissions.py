"""Who may take which step at which status: the whole table, asserted cell by cell by calling the verbs."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models import Author, Byline, Edition, Story
from articles.workflow.amend import correct_story, kill_story
from articles.workflow.edit import StoryEdit, save_story
from articles.workflow.errors import NotAllowed, WrongState
from articles.workflow.lifecycle import (
    approve_story,
    open_steps,
    restore_story,
    return_story,
    spike_story,
    submit_story,
)
from articles.workflow.publish import cancel_schedule, publish_story, schedule_story, unpublish_story
from articles.workflow.steps import STEPS, TRANSITIONS
from tests.factories import make_section, make_story, make_user

pytestmark = pytest.mark.django_db

Kind = Edition.Kind
STATUSES = ["draft", "in_review", "approved", "scheduled", "published", "unpublished", "killed", "spiked"]
LATER = datetime.timedelta(days=1)

VERBS: dict[str, Callable[[Story, User], object]] = {
    "submit": lambda story, by: submit_story(story, by=by),
    "approve": lambda story, by: approve_story(story, by=by),
    "publish": lambda story, by: publish_story(story, by=by, kind=Kind.SAME),
    "schedule": lambda story, by: schedule_story(story, by=by, at=timezone.now() + LATER, kind=Kind.SAME),
    "cancel_schedule": lambda story, by: cancel_schedule(story, by=by),
    "correct": lambda story, by: correct_story(story, by=by, kind=Kind.CORRECTION, note="It was Tuesday."),
    "return": lambda story, by: return_story(story, by=by, reason="Say who voted."),
    "unpublish": lambda story, by: unpublish_story(story, by=by, notice="Taken down for a check."),
    "kill": lambda story, by: kill_story(story, by=by, notice="The story was wrong."),
    "spike": lambda story, by: spike_story(story, by=by, reason="Overtaken by events."),
    "restore": lambda story, by: restore_story(story, by=by),
}


def save(story: Story, by: User) -> Story:
    return save_story(story, by=by, edit=replace(StoryEdit.of(story), kicker="New"), version=story.version)


# y: it is done; s: refused because of the status; n: refused because of the person.
# One letter a status: draft, in review, approved, scheduled, published, unpublished, killed, spiked.
NEVER = "nnnnnnnn"
TABLE = {
    "submit": {
        "Reporter own": "ysssssss",
        "Editor own": "ysssssss",
        "Editor other": "ysssssss",
        "Managing editor own": "ysssssss",
        "Managing editor other": "ysssssss",
    },
    "approve": {
        "Editor own": "snssssss",
        "Editor signs": "snssssss",
        "Editor other": "syssssss",
        "Managing editor own": "syssssss",
        "Managing editor other": "syssssss",
    },
    "publish": {
        "Editor own": "ssysysss",
        "Editor other": "ssysysss",
        "Managing editor own": "ssysysss",
        "Managing editor other": "ssysysss",
    },
    "schedule": {
        "Editor own": "ssyyysss",
        "Editor other": "ssyyysss",
        "Managing editor own": "ssyyysss",
        "Managing editor other": "ssyyysss",
    },
    "cancel_schedule": {
        "Editor own": "sssyssss",
        "Editor other": "sssyssss",
        "Managing editor own": "sssyssss",
        "Managing editor other": "sssyssss",
    },
    "correct": {
        "Editor own": "ssssysss",
        "Editor other": "ssssysss",
        "Managing editor own": "ssssysss",
        "Managing editor other": "ssssysss",
    },
    "return": {
        "Reporter own": "synsssss",
        "Editor own": "syysssss",
        "Editor other": "syysssss",
        "Managing editor own": "syysssss",
        "Managing editor other": "syysssss",
    },
    "unpublish": {
        "Editor own": "ssssysss",
        "Editor other": "ssssysss",
        "Managing editor own": "ssssysss",
        "Managing editor other": "ssssysss",
    },
    "kill": {
        "Managing editor own": "ssssyyss",
        "Managing editor other": "ssssyyss",
    },
    "spike": {
        "Reporter own": "yynsssss",
        "Editor own": "yyysssss",
        "Editor other": "yyysssss",
        "Managing editor own": "yyysssss",
        "Managing editor other": "yyysssss",
    },
    "restore": {
        "Reporter own": "sssssnsy",
        "Editor own": "sssssysy",
        "Editor other": "sssssysy",
        "Managing editor own": "sssssysy",
        "Managing editor other": "sssssysy",
    },
}
# Saving is no step of the life of a story, but who may do it depends on the same three things.
SAVING = {
    "Reporter own": "yynnnnss",
    "Editor own": "yyysyyss",
    "Editor other": "yyysyyss",
    "Managing editor own": "yyysyyss",
    "Managing editor other": "yyysyyss",
}
NEVER_SAVING = "nnnnnnss"
ROLES = ["Reporter", "Editor", "Managing editor", "Auditor", "Administrator", "No role", "Editor who left"]
PEOPLE = [f"{role} {relation}" for role, relation in product(ROLES, ["own", "other", "signs"])]


def expected(verb: str, person: str, status: str) -> str:
    rows, never = (SAVING, NEVER_SAVING) if verb == "save" else (TABLE[verb], NEVER)
    # Signing a story matters to its approval only; otherwise who signs is as anybody else.
    row = rows.get(person) or rows.get(person.replace("signs", "other")) or never
    return row[STATUSES.index(status)]


def make_person(role: str) -> User:
    if role == "Editor who left":
        return make_user("Editor", is_active=False)
    return make_user("" if role == "No role" else role)


def make_story_at(status: str) -> Story:
    """A story at `status`, brought there by the verbs, with something to publish."""
    story, editor = make_story(section=make_section()), make_user("Managing editor")
    path = {
        "in_review": ["submit"],
        "approved": ["submit", "approve"],
        "scheduled": ["submit", "approve", "schedule"],
        "published": ["submit", "approve", "publish"],
        "unpublished": ["submit", "approve", "publish", "unpublish"],
        "killed": ["submit", "approve", "publish", "kill"],
        "spiked": ["spike"],
    }
    for verb in path.get(status, []):
        VERBS[verb](story, editor)
    Story.objects.filter(pk=story.pk).update(dek="The council voted.", version=story.version + 1)
    story.refresh_from_db()
    assert story.status == status
    return story


def outcome(verb: str, story: Story, by: User) -> str:
    """What happens when `by` calls `verb`; it is undone again."""
    with transaction.atomic():
        try:
            (VERBS | {"save": save})[verb](Story.objects.get(pk=story.pk), by)
        except NotAllowed:
            return "n"
        except WrongState:
            return "s"
        finally:
            transaction.set_rollback(True)
    return "y"


@pytest.mark.parametrize("status", STATUSES)
def test_every_cell_of_the_table(status: str) -> None:
    story = make_story_at(status)
    people = {role: make_person(role) for role in ROLES}
    authors = {role: Author.objects.create(name=role, slug=role, user=user) for role, user in people.items()}
    owner = make_user("Reporter")
    wrong = {}
    for person in PEOPLE:
        role, _space, relation = person.rpartition(" ")
        Story.objects.filter(pk=story.pk).update(owner=people[role] if relation == "own" else owner)
        story.bylines.all().delete()
        signer = authors[role] if relation == "signs" else Author.objects.create(name=person, slug=person)
        Byline.objects.create(story=story, author=signer)
        story.refresh_from_db()
        steps = open_steps(story, by=people[role])
        for verb in [*VERBS, "save"]:
            found, wanted = outcome(verb, story, people[role]), expected(verb, person, status)
            if found != wanted or (verb in VERBS and (verb in steps) != (wanted == "y")):
                wrong[person, verb] = f"{found} instead of {wanted}, shown: {verb in steps}"
    assert wrong == {}


def test_the_table_has_every_step() -> None:
    assert set(TABLE) == set(VERBS) == set(STEPS)


def test_the_transitions_are_those_of_the_design() -> None:
    assert sorted(f"{begin} → {end}" for begin, end in TRANSITIONS) == [
        "approved → draft",
        "approved → in_review",
        "approved → published",
        "approved → scheduled",
        "approved → spiked",
        "draft → in_review",
        "draft → spiked",
        "in_review → approved",
        "in_review → draft",
        "in_review → spiked",
        "published → killed",
        "published → unpublished",
        "scheduled → approved",
        "scheduled → published",
        "spiked → draft",
        "unpublished → draft",
        "unpublished → killed",
    ]
