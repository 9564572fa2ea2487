"""The story budget: its lines, for a day and a desk, as a page, as CSV and as JSON."""

import csv
import datetime
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Quote, Story
from articles.workflow.day_notes import add_note
from articles.workflow.publish import cancel_schedule, publish_story, schedule_story
from tests.doors.desk import enter, words
from tests.factories import make_quoting_story, make_story, make_user
from tests.planning import make_assignment, make_desk

pytestmark = pytest.mark.django_db

URL = "/admin/articles/planning/budget/"
TODAY = "2026-05-12"
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon(clock: Any) -> None:
    """It is noon on 12 May 2026."""


def lines(**query: Any) -> list[dict[str, Any]]:
    return enter("Editor").get(URL, {"format": "json", "day": TODAY, **query}).json()["stories"]


def test_the_budget_has_what_is_due_goes_live_and_is_in_the_flow() -> None:
    editor, now = make_user("Editor"), timezone.now()
    make_assignment(headline="Due and unwritten", due_at=now + datetime.timedelta(hours=1))
    make_assignment(headline="Tomorrow", due_at=now + DAY)
    begun = make_story(headline="Due and begun")
    make_assignment(story=begun, due_at=now + datetime.timedelta(hours=2))
    at_four = make_quoting_story(headline="At four", status=Story.Status.APPROVED)
    schedule_story(at_four, by=editor, at=now + datetime.timedelta(hours=4))
    publish_story(make_quoting_story(headline="Out", status=Story.Status.APPROVED), by=editor)
    make_story(headline="In review", status=Story.Status.IN_REVIEW)
    make_story(headline="A draft of somebody's")
    found = ["Out", "Due and unwritten", "Due and begun", "At four", "In review"]
    assert [line["headline"] for line in lines()] == found
    assert [line["headline"] for line in lines(day="2026-05-13")] == ["Tomorrow"]


def test_a_schedule_that_was_cancelled_is_not_in_the_budget() -> None:
    editor = make_user("Editor")
    story = make_quoting_story(status=Story.Status.APPROVED)
    schedule_story(story, by=editor, at=timezone.now() + DAY)
    assert len(lines(day="2026-05-13")) == 1
    cancel_schedule(story, by=editor)
    assert lines(day="2026-05-13") == []


def test_a_line_says_all_that_an_editor_asks_in_the_conference() -> None:
    wim = make_user("Reporter", first_name="Wim", last_name="Taal")
    story = make_quoting_story(
        Quote.Verification.UNVERIFIED, slugline="pier-vote", owner=wim, status=Story.Status.IN_REVIEW,
        length_target=8, editors_note="Hold for the picture.",
    )  # fmt: skip
    make_assignment(story=story, desk=make_desk(), due_at=timezone.now())
    line = lines()[0]
    wanted = {
        "slugline": "pier-vote", "writer": "Wim Taal", "desk": "City desk", "status": "in review",
        "target": 8, "image": False, "checked": 0, "quotes": 1, "note": "Hold for the picture.",
    }  # fmt: skip
    assert line | wanted == line
    assert line["words"] == 17
    page = words(enter("Reporter").get(URL, {"day": TODAY}))
    assert "17 / 8" in page
    assert "+9" in page
    assert "0 of 1" in page


def test_a_desk_has_its_own_budget_and_the_notes_of_the_day() -> None:
    city, sport = make_desk(), make_desk("Sport desk")
    make_assignment(headline="Council", desk=city)
    make_assignment(headline="Match", desk=sport)
    for desk, text in ((None, "Print works closed"), (sport, "Derby"), (city, "Vote")):
        add_note(by=make_user("Editor"), day=timezone.localdate(), text=text, desk=desk)
    page = words(enter("Editor").get(URL, {"day": TODAY, "desk": city.pk}))
    assert ("Council" in page, "Match" in page) == (True, False)
    assert ("Print works closed" in page, "Vote" in page, "Derby" in page) == (True, True, False)


def test_the_table_for_a_spreadsheet_holds_no_formula() -> None:
    make_assignment(headline='=HYPERLINK("https://example.org")', brief="+44", length_target=300)
    response = enter("Editor").get(URL, {"day": TODAY, "format": "csv"})
    assert response["Content-Disposition"] == 'attachment; filename="budget-2026-05-12.csv"'
    row = next(csv.DictReader(io.StringIO(response.content.decode())))
    assert row["headline"] == '\'=HYPERLINK("https://example.org")'
    assert (row["note"], row["target"], row["image"], row["at"]) == (
        "'+44", "300", "no", "2026-05-12T16:00+01:00",
    )  # fmt: skip


def test_an_empty_day_says_what_would_stand_there() -> None:
    assert "Nothing is planned for this day." in words(enter("Auditor").get(URL, {"day": "2026-07-01"}))
    assert enter("").get(URL).status_code == 403


def test_the_budget_costs_the_same_however_long_it_is() -> None:
    client, counts = enter("Editor"), []
    for number in (1, 5):
        for _each in range(number):
            story = make_quoting_story(status=Story.Status.IN_REVIEW)
            make_assignment(story=story, desk=make_desk(), assignee=make_user("Reporter"))
            make_assignment(desk=make_desk(), assignee=make_user("Reporter"))
        client.get(URL)
        with CaptureQueriesContext(connection) as asked:
            client.get(URL)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
