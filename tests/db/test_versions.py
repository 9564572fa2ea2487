"""Every version of a story can be read back, and two edits of one version become one."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from articles.models import Story
from articles.workflow.edit import StoryEdit, save_story
from articles.workflow.lifecycle import return_story, submit_story
from articles.workflow.versions import edit_at, merge_edits
from tests.factories import make_author, make_image, make_section, make_story, make_user

pytestmark = pytest.mark.django_db


def change(story: Story, **values: object) -> Story:
    return save_story(
        story, by=make_user("Editor"), edit=replace(StoryEdit.of(story), **values), version=story.version
    )


def test_each_version_comes_back_with_every_field() -> None:
    story = make_story(headline="One", body="<p>One.</p>")
    seen = {1: StoryEdit.of(story)}
    author, image, section = make_author(), make_image(), make_section("Weather")
    steps: list[dict[str, object]] = [
        {"headline": "Two", "body": "<p>One.</p><p>Two.</p>"},
        {"author_ids": (author.pk,), "topics": ("ferries", "Weather")},
        {"embargo_until": timezone.now() + datetime.timedelta(hours=3), "section_id": section.pk},
        {"lead_image_id": image.pk, "developing": True, "kicker": "Late"},
        {"author_ids": (), "topics": (), "embargo_until": None, "developing": False},
    ]
    for values in steps:
        story = change(story, **values)
        seen[story.version] = StoryEdit.of(story)
    editor = make_user("Editor")
    return_story(submit_story(story, by=editor), by=editor, reason="Not yet.")
    story.refresh_from_db()
    assert {version: edit_at(story, version) for version in seen} == seen


@pytest.mark.parametrize("version", [0, -1, 3])
def test_a_version_that_never_was_is_none(version: int) -> None:
    assert edit_at(change(make_story(), kicker="Now"), version) is None


BASE = StoryEdit(headline="One", dek="Old", body="<p>a</p><p>b</p><p>c</p>")


def test_what_each_changed_alone_is_taken() -> None:
    mine, theirs = replace(BASE, headline="Mine"), replace(BASE, dek="Theirs")
    found = merge_edits(BASE, mine, theirs)
    assert found.edit == replace(BASE, headline="Mine", dek="Theirs")
    assert (found.mine, found.theirs, found.conflicts) == (("headline",), ("dek",), ())


def test_paragraphs_that_each_changed_alone_are_both_in_the_body() -> None:
    mine = replace(BASE, body="<p>A</p><p>b</p><p>c</p>")
    theirs = replace(BASE, body="<p>a</p><p>b</p><p>C</p><p>d</p>")
    found = merge_edits(BASE, mine, theirs)
    assert found.edit.body == "<p>A</p><p>b</p><p>C</p><p>d</p>"
    assert found.conflicts == ()
    assert found.body is not None


def test_what_both_changed_is_a_conflict_and_mine_stands() -> None:
    mine = replace(BASE, headline="Mine", body="<p>a</p><p>mine</p><p>c</p>")
    theirs = replace(BASE, headline="Theirs", body="<p>a</p><p>theirs</p><p>c</p>")
    found = merge_edits(BASE, mine, theirs)
    assert found.edit == mine
    assert found.conflicts == ("headline", "body")
    assert found.body is not None
    assert [piece.theirs for piece in found.body.conflicts] == [("<p>theirs</p>",)]


def test_the_same_change_twice_is_no_conflict() -> None:
    both = replace(BASE, headline="Both")
    found = merge_edits(BASE, both, both)
    assert (found.edit, found.conflicts) == (both, ())
