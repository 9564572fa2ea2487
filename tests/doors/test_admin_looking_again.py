"""Reminders at the desk, and what of planning stands on the home page."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Quote, Reminder, Story
from articles.workflow.reminders import set_reminder
from tests.doors.desk import enter, words
from tests.factories import make_quoting_story, make_story, make_user
from tests.planning import make_assignment

pytestmark = pytest.mark.django_db

URL = "/admin/articles/planning/look-again/"
DAY = datetime.timedelta(days=1)


def test_a_reminder_is_set_from_the_story(clock: Any) -> None:
    reporter, story = make_user("Reporter"), make_story(headline="The pier is closed")
    client, url = enter(reporter), f"{URL}story/{story.pk}/"
    assert url in words(client.get(f"/admin/articles/story/{story.pk}/change/"))
    assert 'value="10"' in words(client.get(url))
    client.post(url, {"days": "10", "at": "", "note": "Has the court ruled?"})
    reminder = Reminder.objects.get()
    assert f"{timezone.localtime(reminder.at):%Y-%m-%d %H:%M}" == "2026-05-22 09:00"
    client.post(url, {"days": "10", "at": "2026-05-13T08:15", "note": ""})
    assert f"{timezone.localtime(Reminder.objects.first().at):%d %H:%M}" == "13 08:15"
    assert "Has the court ruled?" in words(client.get(URL))
    assert "Has the court ruled?" not in words(enter("Managing editor").get(URL))


def test_what_cannot_be_set_is_said() -> None:
    story, client = make_story(), enter("Reporter")
    url = f"{URL}story/{story.pk}/"
    assert "Say in how many days" in words(client.post(url, {"days": "", "at": "", "note": ""}))
    late = words(client.post(url, {"days": "", "at": "2020-01-01T08:00", "note": "Keep me"}))
    assert "has passed" in late
    assert 'value="Keep me"' in late
    assert client.get(f"{URL}story/999/").status_code == 404
    assert enter("Auditor").get(URL).status_code == 403


def test_one_is_done_with_it_or_puts_it_off(clock: Any) -> None:
    reporter, story = make_user("Reporter"), make_story()
    reminder = set_reminder(story, by=reporter, at=timezone.now() + DAY)
    clock.shift(2 * DAY)
    client = enter(reporter)
    response = client.post(f"{URL}{reminder.pk}/snooze/", {"days": "7", "back": "home"})
    assert response.url == "/admin/"
    reminder.refresh_from_db()
    assert timezone.localdate(reminder.at) == datetime.date(2026, 5, 21)
    assert "as a number" in words(client.post(f"{URL}{reminder.pk}/snooze/", {"days": "soon"}, follow=True))
    assert enter("Reporter").post(f"{URL}{reminder.pk}/done/").status_code == 404
    assert client.post(f"{URL}{reminder.pk}/done/").url == URL
    assert not Reminder.objects.of(reporter).exists()


def test_the_home_page_has_what_is_assigned_to_me_and_what_wants_another_look(clock: Any) -> None:
    wim, now = make_user("Reporter"), timezone.now()
    make_assignment(headline="Mine to write", assignee=wim, due_at=now - DAY)
    make_assignment(headline="Somebody's", assignee=make_user("Reporter"))
    make_assignment(headline="Filed already", assignee=wim, status="filed")
    set_reminder(make_story(headline="Look at me"), by=wim, at=now + DAY, note="Any news?")
    make_quoting_story(
        Quote.Verification.DISPUTED, headline="My error", owner=wim, status=Story.Status.PUBLISHED
    )
    make_quoting_story(Quote.Verification.DISPUTED, headline="Their error", status=Story.Status.PUBLISHED)
    clock.shift(2 * DAY)
    page = words(enter(wim).get("/admin/"))
    planned = page.split('id="pile-assigned"')[1].split('id="pile-1"')[0]
    for shown in ("Mine to write", "overdue", "Look at me", "Any news?", "My error"):
        assert shown in planned
    for hidden in ("Somebody&#x27;s", "Filed already", "Their error"):
        assert hidden not in planned
    assert "Their error" in words(enter("Editor").get("/admin/")).split('id="pile-1"')[0]
    assert "Assigned to me" not in words(enter("Auditor").get("/admin/"))


def test_an_empty_list_says_how_a_reminder_is_set() -> None:
    assert "You set no reminder." in words(enter("Reporter").get(URL))
