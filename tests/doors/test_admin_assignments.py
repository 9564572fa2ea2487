"""Assignments at the desk: the list and its filters, the page and its steps, the story, and templates."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Assignment, Desk, Story, StoryTemplate
from tests.doors.desk import enter, typed, words
from tests.factories import make_section, make_story, make_user
from tests.planning import make_assignment, make_desk, make_template

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/assignment/"
HOUR = datetime.timedelta(hours=1)


def listed(who: User | str, query: str = "") -> list[str]:
    rows = enter(who).get(f"{LIST}?{query}").context["cl"].result_list
    return [row.headline for row in rows]


def form(**changes: Any) -> dict[str, Any]:
    """What the form of an assignment posts."""
    fields = {"headline": "The ferry tender", "brief": "", "slugline": "", "desk": "", "assignee": ""}
    return fields | {"due_at": "2030-05-12T17:00", "length_target": "", "template": ""} | changes


def test_the_list_has_what_is_still_to_be_done_the_next_due_first() -> None:
    now = timezone.now()
    make_assignment(headline="Later", due_at=now + 2 * HOUR)
    make_assignment(headline="Late", due_at=now - HOUR)
    make_assignment(headline="Over", status="done", due_at=now - 9 * HOUR)
    assert listed("Reporter") == ["Late", "Later"]
    assert listed("Reporter", "status=done") == ["Over"]
    assert listed("Reporter", "status=all") == ["Over", "Late", "Later"]
    assert words(enter("Auditor").get(LIST)).count("overdue</span>") == 1


def test_the_filters(clock: Any) -> None:
    wim, now = make_user("Reporter"), timezone.now()
    city = make_desk()
    make_assignment(headline="Mine", assignee=wim, due_at=now + 30 * HOUR)
    make_assignment(headline="Free", desk=city, due_at=now + HOUR)
    make_assignment(headline="Late", assignee=make_user("Reporter"), due_at=now - HOUR)
    assert listed(wim, "whose=mine") == ["Mine"]
    assert listed(wim, "whose=nobody") == ["Free"]
    assert listed(wim, "due=overdue") == ["Late"]
    assert listed(wim, "due=today") == ["Late", "Free"]
    assert listed(wim, f"desk__id__exact={city.pk}") == ["Free"]
    assert listed(wim, "q=mine") == ["Mine"]


def test_the_list_costs_the_same_however_long_it_is() -> None:
    client, counts = enter("Editor"), []
    for number in (2, 8):
        for _each in range(number):
            make_assignment(desk=make_desk(), assignee=make_user("Reporter"), story=make_story())
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_an_editor_assigns_and_changes_through_the_form() -> None:
    editor, wim = enter("Editor"), make_user("Reporter", first_name="Wim", last_name="Taal")
    assert "Wim Taal" in words(editor.get(f"{LIST}add/"))
    editor.post(f"{LIST}add/", form(assignee=wim.pk, length_target="600"))
    one = Assignment.objects.get()
    assert (one.assignee, one.length_target) == (wim, 600)
    assert f"{timezone.localtime(one.due_at):%H:%M}" == "17:00"
    url = f"{LIST}{one.pk}/change/"
    editor.post(url, form(headline="The tender", assignee=wim.pk, version="1"))
    refused = editor.post(url, form(headline="Mine", assignee=wim.pk, version="1"))
    assert "Somebody changed this assignment" in words(refused)
    assert 'value="Mine"' in words(refused)
    one.refresh_from_db()
    assert one.headline == "The tender"


def test_a_reporter_reads_accepts_begins_and_files() -> None:
    wim = make_user("Reporter")
    one = make_assignment(assignee=wim, slugline="ferry-fares", brief="Ask the operator.")
    client, url = enter(wim), f"{LIST}{one.pk}/"
    page = words(client.get(f"{url}change/"))
    assert "Ask the operator." in page
    assert 'name="headline"' not in page
    assert enter("Reporter").get(f"{LIST}add/").status_code == 403
    client.post(f"{url}step/accept/", {"version": one.version})
    begun = client.post(f"{url}story/", {"version": 2})
    story = Story.objects.get()
    assert begun.url == f"/admin/articles/story/{story.pk}/change/"
    assert (story.owner, story.slugline) == (wim, "ferry-fares")
    client.post(f"{url}step/file/", {"version": 3})
    one.refresh_from_db()
    assert one.status == "filed"
    assert "Begin the story" not in words(client.get(f"{url}change/"))


def test_a_step_asks_why_and_says_no_in_its_place() -> None:
    wim = make_user("Reporter")
    one = make_assignment(assignee=wim)
    url = f"{LIST}{one.pk}/step/hand_back/"
    assert "Reason" in words(enter(wim).get(url))
    assert "This field is required" in words(enter(wim).post(url, {"reason": ""}))
    assert "your own assignments only" in words(enter("Reporter").post(url, {"reason": "Not mine."}))
    enter(wim).post(url, {"reason": "I am in court all day."})
    one.refresh_from_db()
    assert one.assignee is None
    assert "I am in court all day." in words(enter("Editor").get(f"{LIST}{one.pk}/change/"))
    stale = enter("Reporter").post(f"{LIST}{one.pk}/step/accept/", {"version": 1})
    assert "after you opened it" in words(stale)
    assert enter("Editor").get(f"{LIST}{one.pk}/step/nonsense/").status_code == 404
    assert enter("Editor").get(f"{LIST}999/step/accept/").status_code == 404
    assert enter("").get(url).status_code == 403
    assert enter(wim).get(f"{LIST}{one.pk}/story/").status_code == 405


def test_somebody_elses_story_is_not_begun() -> None:
    one = make_assignment(assignee=make_user("Reporter"))
    response = enter("Reporter").post(f"{LIST}{one.pk}/story/", follow=True)
    assert "somebody else" in words(response)
    assert not Story.objects.exists()


def test_the_managing_editor_makes_desks_and_others_read_them() -> None:
    chief = enter("Managing editor")
    chief.post("/admin/articles/desk/add/", {"name": "City desk", "slug": "city", "lead": ""})
    desk = Desk.objects.get()
    assert enter("Editor").get("/admin/articles/desk/add/").status_code == 403
    assert enter("Managing editor").get(f"/admin/articles/desk/{desk.pk}/delete/").status_code == 403


def test_the_managing_editor_writes_a_template_and_a_reporter_begins_with_it() -> None:
    chief, section = enter("Managing editor"), make_section("Courts")
    add = "/admin/articles/storytemplate/add/"
    chief.post(
        add,
        {"name": "Court report", "headline": "[Who] cleared of [what]", "body": "<h2>The charge</h2>",
         "section": section.pk, "type_of_work": "news", "topics": "courts\ncrime", "length_target": "450"},
    )  # fmt: skip
    template = StoryTemplate.objects.get()
    assert template.topics == ["courts", "crime"]
    reporter = enter("Reporter")
    assert reporter.get(add).status_code == 403
    reading = words(reporter.get(f"/admin/articles/storytemplate/{template.pk}/change/"))
    assert "The charge" in reading
    assert "&lt;h2&gt;" not in reading
    assert f"?template={template.pk}" in words(reporter.get("/admin/articles/storytemplate/"))
    new = "/admin/articles/story/add/"
    assert f"?template={template.pk}" in words(reporter.get(new))
    initial = reporter.get(new, {"template": template.pk}).context["form"].initial
    assert initial["headline"] == "[Who] cleared of [what]"
    assert (initial["section"], initial["topics"]) == (section.pk, "courts, crime")
    assert not Story.objects.exists()  # nothing is made before it is saved


@pytest.mark.parametrize("number", ["999", "x", ""])
def test_a_template_that_there_is_not_begins_an_empty_story(number: str) -> None:
    make_template(retired=True)
    initial = (
        enter("Reporter").get("/admin/articles/story/add/", {"template": number}).context["form"].initial
    )
    assert "headline" not in initial or initial["headline"] == ""
    assert "Court report" not in words(enter("Reporter").get("/admin/articles/story/add/"))


def test_a_story_shows_how_long_it_should_be() -> None:
    story = make_story()
    client, url = enter("Editor"), f"/admin/articles/story/{story.pk}/change/"
    assert 'id="length"' not in words(client.get(url))
    client.post(url, typed(story, length_target="450"))
    page = words(client.get(url))
    assert 'data-target="450"' in page
    assert "of 450" in page
    story.refresh_from_db()
    client.post(url, typed(story, length_target="0"))
    story.refresh_from_db()
    assert story.length_target == 450
