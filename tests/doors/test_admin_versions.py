"""The versions of a story: listed, compared side by side, and brought back."""

import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Story
from articles.text.difference import side_by_side
from tests.doors.desk import enter, typed, words
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db


def url(story: Story) -> str:
    return f"/admin/articles/story/{story.pk}/versions/"


def save(story: Story, by: User, after_minutes: float = 0, **changes: Any) -> None:
    story.refresh_from_db()
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=after_minutes)):
        enter(by).post(f"/admin/articles/story/{story.pk}/change/", typed(story, **changes))


def test_two_versions_stand_side_by_side_field_by_field() -> None:
    story = make_story(headline="Lighthouse stays", body="<p>One.</p><p>The council met.</p>")
    save(story, make_user("Editor"), headline="Lighthouse goes", body="<p>One.</p><p>The council voted.</p>")
    page = enter("Auditor").get(url(story), {"from": 1, "to": 2})
    assert [field.label for field in page.context["compared"]] == ["Headline", "Body"]
    assert "Lighthouse <del>stays</del>" in words(page)
    assert "Lighthouse <ins>goes</ins>" in words(page)
    assert "The council <ins>voted</ins>." in words(page)


def test_saves_of_one_person_in_one_sitting_are_one_group() -> None:
    story = make_story()
    one, two = make_user("Editor"), make_user("Editor")
    for minutes, by in [(1, one), (3, one), (6, one), (7, two), (30, two), (31, one)]:
        save(story, by, minutes, kicker=f"At {minutes}")
    groups = enter("Editor").get(url(story)).context["groups"]
    numbers = [[version.number for version in group.versions] for group in groups]
    assert numbers == [[7], [6], [5], [4, 3, 2]]
    assert groups[-1].before == 1


def test_an_earlier_version_comes_back_with_one_click() -> None:
    story = make_story(headline="One")
    save(story, make_user("Editor"), headline="Two")
    client = enter("Editor")
    assert "Bring version 1 back" in words(client.get(url(story)))
    page = client.post(url(story), {"number": 1, "version": 2}, follow=True)
    assert "Version 1 is the newest again" in words(page)
    assert "brought an earlier version back: as it was in version 1" in words(page)
    story.refresh_from_db()
    assert (story.headline, story.version) == ("One", 3)


def test_a_version_saved_meanwhile_is_not_overwritten() -> None:
    story = make_story(headline="One")
    save(story, make_user("Editor"), headline="Two")
    save(story, make_user("Editor"), headline="Three")
    page = enter("Editor").post(url(story), {"number": 1, "version": 2}, follow=True)
    assert "Look at the newest first" in words(page)
    story.refresh_from_db()
    assert story.headline == "Three"


def test_who_may_not_change_the_story_reads_and_cannot_bring_back() -> None:
    story = make_story(headline="One")
    save(story, make_user("Editor"), headline="Two")
    client = enter("Auditor")
    assert "Bring version" not in words(client.get(url(story)))
    client.post(url(story), {"number": 1, "version": 2})
    story.refresh_from_db()
    assert story.headline == "Two"
    assert enter("").get(url(story)).status_code == 403


@pytest.mark.parametrize("query", ["?from=9&to=12", "?to=x", "?page=99", "?from=0"])
def test_odd_addresses_are_answered(query: str) -> None:
    assert enter("Editor").get(url(make_story()) + query).status_code == 200


def test_a_story_saved_once_says_so() -> None:
    assert "only this version so far" in words(enter("Editor").get(url(make_story())))
    assert enter("Editor").get("/admin/articles/story/99999/versions/").status_code == 404


def test_the_page_costs_the_same_however_many_versions(django_assert_max_num_queries: Any) -> None:
    story, by = make_story(), make_user("Editor")
    for number in range(8):
        save(story, by, number, kicker=str(number))
    client = enter("Editor")
    client.get(url(story))
    with django_assert_max_num_queries(15):
        client.get(url(story), {"from": 2, "to": 6})


def test_long_stretches_that_are_the_same_are_left_out() -> None:
    same = [f"Paragraph {number}." for number in range(9)]
    rows = side_by_side("\n\n".join([*same, "The old end."]), "\n\n".join([*same, "The new end.", "More."]))
    assert [row.left_out for row in rows] == [8, 0, 0, 0]
    assert "".join(part.text for part in rows[2].new) == "The new end."
    assert rows[3].old == []
