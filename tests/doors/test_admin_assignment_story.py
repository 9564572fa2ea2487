"""Linking a story and an assignment at the desk, from either side."""

import pytest

from tests.doors.desk import enter, words
from tests.factories import make_story, make_user
from tests.planning import make_assignment

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/assignment/"
LINK = "/admin/articles/planning/assignment/{}/story/"


def test_an_editor_links_a_story_from_the_assignment_and_unlinks_it() -> None:
    editor, wim = enter("Editor"), make_user("Reporter", first_name="Wim", last_name="Taal")
    story, one = make_story(headline="The tender", owner=wim), make_assignment(assignee=wim)
    make_story(headline="Somebody else's")
    assert "Link a story that exists" in words(editor.get(f"{LIST}{one.pk}/change/"))
    page = words(editor.get(LINK.format(one.pk)))
    assert "The tender" in page
    assert "Somebody else" not in page
    editor.post(LINK.format(one.pk), {"story": story.pk, "version": one.version})
    one.refresh_from_db()
    assert one.story == story
    page = words(editor.get(f"{LIST}{one.pk}/change/"))
    assert "Unlink the story" in page
    editor.post(f"/admin/articles/planning/assignment/{one.pk}/unlink/", {"version": one.version})
    one.refresh_from_db()
    assert one.story is None


def test_a_reporter_links_from_the_story() -> None:
    wim = make_user("Reporter")
    client, story = enter(wim), make_story(owner=wim)
    free, _given = make_assignment(headline="Free"), make_assignment(headline="Hers", assignee=make_user())
    url = f"/admin/articles/planning/story/{story.pk}/assignment/"
    assert url in words(client.get(f"/admin/articles/story/{story.pk}/change/"))
    page = words(client.get(url))
    assert "Free" in page
    assert "Hers" not in page
    response = client.post(LINK.format(free.pk), {"story": story.pk, "version": "1", "from": "story"})
    assert response["Location"] == f"/admin/articles/story/{story.pk}/change/"
    assert "Assigned as" in words(client.get(response["Location"]))


def test_the_search_finds_any_story_that_may_be_linked() -> None:
    editor, one = enter("Editor"), make_assignment(assignee=make_user("Reporter"))
    story = make_story(headline="The eelgrass comes back")
    editor.post(f"/admin/articles/story/{story.pk}/change/", {})
    assert "There is no story here" in words(editor.get(LINK.format(one.pk) + "?q=kelp"))


@pytest.mark.parametrize("number", ["", "x", "²", "9" * 30])
def test_a_story_that_does_not_exist_is_not_found(number: str) -> None:
    one = make_assignment()
    assert enter("Editor").post(LINK.format(one.pk), {"story": number}).status_code == 404


def test_who_may_not_sees_neither_page() -> None:
    one, story = make_assignment(), make_story()
    auditor = enter("Auditor")
    assert auditor.get(LINK.format(one.pk)).status_code == 403
    assert auditor.get(f"/admin/articles/planning/story/{story.pk}/assignment/").status_code == 403
