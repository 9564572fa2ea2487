"""A schedule is told in the newsroom's zone and in the zone of whoever reads it."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Story
from tests.browser.conftest import OpenPage
from tests.factories import make_quoting_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)

STORY, CALENDAR = "/admin/articles/story/", "/admin/articles/planning/"
AWAY = "Asia/Kolkata"  # has no summer time, so that the difference is known on each day


def _away(moment: datetime.datetime) -> str:
    return f"{moment + datetime.timedelta(hours=5, minutes=30):%H:%M} GMT+5:30"


def test_an_editor_abroad_reads_their_own_time_beside_the_newsrooms(open_page: OpenPage) -> None:
    story = make_quoting_story(status=Story.Status.APPROVED, headline="The pier is closed")
    day = timezone.localdate() + datetime.timedelta(days=1)
    at = datetime.datetime.combine(day, datetime.time(9), timezone.get_default_timezone())
    theirs = _away(at.astimezone(datetime.UTC))
    desk = open_page(f"{STORY}{story.pk}/step/schedule/", user=make_user("Editor"), zone=AWAY)
    desk.get_by_label("Publish at").fill(f"{day}T09:00")
    chosen = desk.locator("output.your-time")
    expect(chosen).to_contain_text(theirs)
    expect(chosen).to_contain_text("where you are")
    desk.locator("main form").get_by_role("button", name="Schedule").click()

    expect(desk.locator(".bar-state time")).to_contain_text("09:00")
    expect(desk.locator(".bar-state time")).to_contain_text(theirs)
    desk.goto(STORY)
    expect(desk.locator("time", has_text=f"{theirs} your time")).to_be_visible()
    desk.goto(f"{CALENDAR}?view=week&day={day}")
    item = desk.locator(".plan-item", has_text="goes live")
    expect(item.locator("time")).to_contain_text(theirs)
    item.locator("summary").click()
    item.get_by_label("at", exact=True).fill("10:00")
    expect(item.locator("output")).to_contain_text(
        _away(at.astimezone(datetime.UTC) + datetime.timedelta(hours=1))
    )


def test_at_home_one_time_is_enough(open_page: OpenPage) -> None:
    story = make_quoting_story(status=Story.Status.APPROVED)
    desk = open_page(f"{STORY}{story.pk}/step/schedule/", user=make_user("Editor"))
    desk.get_by_label("Publish at").fill("2031-06-01T09:00")
    expect(desk.locator("output.your-time")).to_be_empty()
