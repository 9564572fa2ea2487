"""The calendar: what stands on its days, what is moved from it and by whom, and notes on days."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin.calendar_items import CalendarItems
from articles.models import Assignment, DayNote, Edition, Event, Reminder, Story
from articles.workflow.day_notes import add_note
from articles.workflow.publish import publish_story, schedule_story
from articles.workflow.reminders import set_reminder
from tests.doors.desk import enter, words
from tests.factories import make_quoting_story, make_story, make_user
from tests.planning import make_assignment, make_desk

pytestmark = pytest.mark.django_db

URL, MOVE = "/admin/articles/planning/", "/admin/articles/planning/move/"
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon(clock: Any) -> None:
    """It is noon on Tuesday 12 May 2026 in UTC, one o'clock in London."""


def approved(**fields: Any) -> Story:
    return make_quoting_story(status=Story.Status.APPROVED, **fields)


def scheduled(**fields: Any) -> Story:
    story = approved(**fields)
    schedule_story(story, by=make_user("Editor"), at=timezone.now() + DAY)
    return story


def kinds(user: User, day: datetime.date, **wanted: Any) -> list[str]:
    """The kinds of what stands on a day, in its order."""
    return [item.kind for item in CalendarItems(user, day, day, wanted, each=9).days()[day].items]


def move(who: Any, what: str, day: str, time: str = "") -> str:
    """Move something, and return what is said."""
    response = enter(who).post(MOVE, {"what": what, "day": day, "time": time}, follow=True)
    return " ".join(str(message) for message in response.context["messages"])


def test_a_day_has_all_that_happens_on_it_in_the_order_of_the_clock() -> None:
    reporter, now = make_user("Reporter"), timezone.now()
    today = timezone.localdate()
    add_note(by=reporter, day=today, text="Spring tide")
    make_assignment(due_at=now + datetime.timedelta(hours=3))
    make_story(embargo_until=now + datetime.timedelta(hours=5))
    publish_story(approved(), by=make_user("Editor"))
    schedule_story(approved(), by=make_user("Editor"), at=now + datetime.timedelta(hours=1))
    set_reminder(make_story(), by=reporter, at=now + datetime.timedelta(hours=4))
    make_assignment(due_at=now, status="cancelled")
    make_story(embargo_until=now, status=Story.Status.KILLED)
    found = ["note", "published", "scheduled", "assignment"]
    assert kinds(reporter, today) == [*found, "reminder", "embargo"]
    assert kinds(make_user("Editor"), today) == [*found, "embargo"]  # a reminder is its owner's alone


def test_the_day_is_the_newsrooms_and_not_that_of_greenwich() -> None:
    make_assignment(due_at=datetime.datetime(2026, 5, 12, 23, 30, tzinfo=datetime.UTC))
    assert kinds(make_user("Editor"), datetime.date(2026, 5, 13)) == ["assignment"]


def test_a_desk_sees_its_own() -> None:
    city = make_desk()
    make_assignment(desk=city)
    make_assignment(desk=make_desk("Sport desk"))
    make_assignment(story=scheduled(), desk=city, due_at=timezone.now() + 2 * DAY)
    today = timezone.localdate()
    assert kinds(make_user("Editor"), today, desk=city) == ["assignment"]
    assert kinds(make_user("Editor"), today + DAY, desk=city) == ["scheduled"]


@pytest.mark.parametrize("view", ["month", "week", "day", "nonsense"])
def test_every_view_is_shown(view: str) -> None:
    make_assignment(headline="The ferry tender")
    page = words(enter("Reporter").get(URL, {"view": view, "day": "2026-05-12"}))
    assert "The ferry tender" in page
    assert "Move" not in page.split("</table>")[0]  # a reporter does not plan


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "soon", "2026-02-30", ""])
def test_an_odd_day_in_the_address_is_no_error(day: str) -> None:
    for view in ("month", "week", "day"):
        assert enter("Editor").get(URL, {"view": view, "day": day}).status_code == 200


def test_a_month_shows_a_few_of_a_kind_and_says_how_many_more() -> None:
    for number in range(5):
        make_assignment(headline=f"Assignment {number}")
    page = words(enter("Editor").get(URL))
    assert page.count('data-kind="assignment"') == 3
    assert "2 more" in page
    assert words(enter("Editor").get(URL, {"view": "day"})).count('data-kind="assignment"') == 5


def test_a_calendar_costs_the_same_however_much_stands_on_it() -> None:
    client, editor, counts = enter("Managing editor"), make_user("Editor"), []
    for number in (1, 4):
        for shift in range(number):
            at = timezone.now() + datetime.timedelta(days=shift, hours=2)
            make_assignment(due_at=at, assignee=make_user("Reporter"), desk=make_desk())
            make_story(embargo_until=at)
            schedule_story(approved(), by=editor, at=at)
            publish_story(approved(), by=editor)
            approved()
            add_note(by=editor, day=at.date(), text="A note")
        client.get(URL)
        with CaptureQueriesContext(connection) as asked:
            client.get(URL)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_an_editor_moves_an_assignment_and_it_keeps_its_time() -> None:
    one = make_assignment()
    was = timezone.localtime(one.due_at)
    assert "is moved to Thu 14 May" in move("Editor", f"assignment-{one.pk}", "2026-05-14")
    one.refresh_from_db()
    assert timezone.localtime(one.due_at) == was + 2 * DAY
    move("Editor", f"assignment-{one.pk}", "2026-05-15", "08:30")
    one.refresh_from_db()
    assert f"{timezone.localtime(one.due_at):%d %H:%M}" == "15 08:30"
    assert Event.objects.filter(action="assignment.moved").count() == 2


def test_moving_a_scheduled_story_is_scheduling_it_again() -> None:
    story = scheduled()
    assert "is moved to Fri 15 May" in move("Editor", f"story-{story.pk}", "2026-05-15")
    edition = Edition.objects.open().get(story=story)
    assert timezone.localdate(edition.live_from) == datetime.date(2026, 5, 15)
    assert Event.objects.filter(action="story.scheduled").count() == 2


def test_what_may_not_be_moved_is_refused_with_its_sentence() -> None:
    story, one = scheduled(), make_assignment()
    note = add_note(by=make_user("Editor"), day=timezone.localdate(), text="Tide")
    reminder = set_reminder(story, by=make_user("Editor"), at=timezone.now() + DAY)
    assert "cannot schedule" in move("Reporter", f"story-{story.pk}", "2026-05-15")
    assert "Only an editor can assign" in move("Reporter", f"assignment-{one.pk}", "2026-05-15")
    assert "somebody else" in move("Reporter", f"note-{note.pk}", "2026-05-15")
    assert "somebody else" in move("Managing editor", f"reminder-{reminder.pk}", "2026-05-15")
    assert "has passed" in move("Editor", f"story-{story.pk}", "2026-05-01")
    assert "Choose a day" in move("Editor", f"story-{story.pk}", "tomorrow")
    assert "Choose a day" in move("Editor", f"story-{story.pk}", "9999-12-31", "23:59")
    assert "Choose a day" in move("Editor", "user-1", "2026-05-15")
    assert "Nothing is scheduled" in move("Editor", f"story-{make_story().pk}", "2026-05-15")
    assert enter("Editor").post(MOVE, {"what": "note-999", "day": "2026-05-15"}).status_code == 404
    assert not Event.objects.filter(action__in=["assignment.moved", "day_note.saved"]).exists()


def test_what_the_gate_stops_is_not_moved_and_leads_to_the_gate() -> None:
    story = scheduled()
    Story.objects.filter(pk=story.pk).update(embargo_until=timezone.now() + 9 * DAY)
    said = move("Editor", f"story-{story.pk}", "2026-05-14")
    assert f"/admin/articles/story/{story.pk}/change/#gate" in said


def test_a_note_and_a_reminder_are_moved() -> None:
    reporter = make_user("Reporter")
    note = add_note(by=reporter, day=timezone.localdate(), text="Tide")
    reminder = set_reminder(make_story(), by=reporter, at=timezone.now() + DAY)
    move(reporter, f"note-{note.pk}", "2026-05-20")
    move(reporter, f"reminder-{reminder.pk}", "2026-05-21")
    assert DayNote.objects.get().day == datetime.date(2026, 5, 20)
    assert timezone.localdate(Reminder.objects.get().at) == datetime.date(2026, 5, 21)


def test_moving_leads_back_to_the_calendar_and_to_nowhere_else() -> None:
    one, client = make_assignment(), enter("Editor")
    form = {"what": f"assignment-{one.pk}", "day": "2026-05-14"}
    back = f"{URL}?view=week&day=2026-05-12"
    assert client.post(MOVE, form | {"back": back}).url == back
    assert client.post(MOVE, form | {"back": "https://example.org/"}).url == URL
    assert client.get(MOVE).status_code == 405


def test_a_ready_story_is_scheduled_on_the_page_of_the_step() -> None:
    story = approved(slugline="pier-vote")
    editor = enter("Editor")
    page = words(editor.get(URL))
    assert "pier-vote" in page
    assert "pier-vote" not in words(enter("Reporter").get(URL))
    step = f"/admin/articles/story/{story.pk}/step/schedule/?day=2026-05-14&time=06:00&back={URL}"
    assert 'value="2026-05-14T06:00"' in words(editor.get(step))
    response = editor.post(step, {"at": "2026-05-14T06:00", "version": story.version})
    assert response.url == URL


def test_a_note_is_written_changed_and_deleted_by_hand() -> None:
    client, url = enter(make_user("Reporter")), f"{URL}note/"
    client.post(url, {"day": "2026-05-14", "text": "Spring tide", "desk": ""})
    note = DayNote.objects.get()
    assert "Spring tide" in words(client.get(URL, {"view": "day", "day": "2026-05-14"}))
    client.post(f"{url}{note.pk}/", {"day": "2026-05-15", "text": "Neap tide", "desk": ""})
    note.refresh_from_db()
    assert (note.day, note.text) == (datetime.date(2026, 5, 15), "Neap tide")
    refused = enter("Reporter").post(f"{url}{note.pk}/", {"day": "2026-05-15", "text": "Mine", "desk": ""})
    assert "somebody else" in words(refused)
    assert 'value="Mine"' in words(refused)  # what was typed is not lost
    assert "Neap tide" in words(enter("Auditor").get(f"{url}{note.pk}/"))
    client.post(f"{url}{note.pk}/", {"_delete": "1"})
    assert not DayNote.objects.exists()
    typed = client.post(url, {"day": "2026-05-14", "text": "", "desk": ""})
    assert "This field is required" in words(typed)


def test_whoever_has_no_role_has_no_calendar() -> None:
    assert enter("").get(URL).status_code == 403
    assert enter("Auditor").get(URL).status_code == 200
    assert not Assignment.objects.exists()
