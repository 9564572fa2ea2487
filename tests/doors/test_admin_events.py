"""The list of events: filtered by who, what, when and story; as a file that leaks and runs nothing."""

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from articles.models import Event, Story
from tests.doors.desk import enter, words
from tests.factories import make_source, make_story, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/event/"


def make_event(action: str = "story.saved", **values: Any) -> Event:
    story = values.pop("story", None)
    about = {"record_type": "story", "record_id": story.pk if story else 1, "label": "Ferry late"}
    return Event.objects.create(**(about | {"action": action, "at": timezone.now(), "story": story} | values))


def table(address: str, who: Any = "Auditor") -> list[dict[str, str]]:
    """The rows of an export as CSV."""
    response = enter(who).get(address)
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_events_are_filtered_by_who_what_when_and_story() -> None:
    maren, story = make_user("Reporter", first_name="Maren"), make_story()
    make_event(by=maren, reason="by Maren")
    make_event("story.killed", reason="a kill")
    make_event(story=story, reason="of one story")
    make_event(at=timezone.now() - timedelta(days=40), reason="long ago")
    auditor = enter("Auditor")
    week = quote(str(timezone.now() - timedelta(days=7)))
    for query, reason in (
        (f"who={maren.pk}", "by Maren"),
        ("action=story.killed", "a kill"),
        (f"story={story.pk}", "of one story"),
        (f"at__lt={week}", "long ago"),
    ):
        page = words(auditor.get(f"{LIST}?{query}"))
        assert "1 event" in page, query
        assert reason in page
        assert [row["reason"] for row in table(f"{LIST}export.csv?{query}")] == [reason]
    assert len(table(f"{LIST}export.csv?who=program")) == 3


def test_the_story_that_the_list_is_of_is_named() -> None:
    story = make_story(headline="The ferry was late")
    make_event(story=story)
    page = words(enter("Auditor").get(f"{LIST}?story={story.pk}"))
    assert f'href="?story={story.pk}"' in page
    assert "The ferry was late" in page


def test_the_list_offers_the_export_of_what_it_shows() -> None:
    page = words(enter("Auditor").get(f"{LIST}?action=story.saved"))
    assert f'href="{LIST}export.csv?action=story.saved"' in page
    assert f'href="{LIST}export.json?action=story.saved"' in page


def test_an_export_says_who_what_and_when() -> None:
    editor = make_user("Editor", first_name="Ruth", last_name="Amadi")
    event = make_event(
        "story.approved", by=editor, before={"status": "in_review"}, after={"status": "approved"}
    )
    response = enter("Auditor").get(f"{LIST}export.json")
    (row,) = json.loads(response.getvalue())
    assert row["at"] == timezone.localtime(event.at).isoformat()
    assert (row["by"], row["log_in"]) == ("Ruth Amadi", editor.username)
    assert (row["action"], row["what_happened"]) == ("story.approved", "approved it")
    assert (row["before"], row["after"]) == ({"status": "in_review"}, {"status": "approved"})
    assert "attachment" in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]


def test_an_export_of_nothing_is_still_a_file() -> None:
    assert table(f"{LIST}export.csv") == []
    assert json.loads(enter("Auditor").get(f"{LIST}export.json").getvalue()) == []


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(typed: str) -> None:
    make_event(reason=typed, label=typed)
    (row,) = table(f"{LIST}export.csv")
    assert row["reason"] == f"'{typed}"
    assert row["record"] == f"'{typed}"


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_confidential_event_is_exported_for_those_who_may_see_it_only(kind: str) -> None:
    source = make_source(confidential=True, title="The man at the lock", owner=make_user("Reporter"))
    author = make_user("Reporter")
    make_event("source.saved", reason="secret meeting", confidential=True, by=author)
    make_event("source.created", label="The man at the lock", record_type="source", record_id=source.pk)
    address = f"{LIST}export.{kind}"
    hidden = enter("Auditor").get(address).getvalue().decode()
    assert "secret meeting" not in hidden
    assert "The man at the lock" not in hidden
    assert "secret meeting" not in enter("Auditor").get(f"{address}?who={author.pk}").getvalue().decode()
    seen = enter("Managing editor").get(address).getvalue().decode()
    assert "secret meeting" in seen


def test_who_may_not_see_events_exports_none() -> None:
    make_event(reason="a kill")
    for kind in ("csv", "json"):
        assert enter("").get(f"{LIST}export.{kind}").status_code in {302, 403}


def test_an_unknown_filter_leads_back_to_the_list() -> None:
    response = enter("Auditor").get(f"{LIST}export.csv?at__gte=never")
    assert response.status_code == 302
    assert response.headers["Location"] == LIST


def test_an_export_costs_the_same_however_many_events(django_assert_max_num_queries: Any) -> None:
    editor, story = make_user("Editor"), make_story(status=Story.Status.DRAFT)
    for number in range(30):
        make_event(by=editor, story=story, reason=f"reason {number}")
    auditor = enter("Auditor")
    with django_assert_max_num_queries(14):
        assert len(json.loads(auditor.get(f"{LIST}export.json").getvalue())) == 30
