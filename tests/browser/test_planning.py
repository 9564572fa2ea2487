"""Planning by mouse and by keyboard: a card is dragged, a date is moved, and both ask the same verbs."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Assignment, Story
from tests.browser.conftest import OpenPage
from tests.factories import make_quoting_story, make_story, make_user
from tests.planning import make_assignment

pytestmark = pytest.mark.django_db(transaction=True)

BOARD, CALENDAR = "/admin/articles/planning/board/", "/admin/articles/planning/"


def test_a_card_is_dragged_to_the_next_column_and_confirmed(open_page: OpenPage) -> None:
    story = make_story(headline="The pier is closed")
    desk = open_page(BOARD, user=make_user("Editor"))
    card = desk.locator(".board-card", has_text="The pier is closed")
    card.drag_to(desk.locator("[data-column=in_review]"))
    expect(desk).to_have_url(re.compile("/step/submit/"))
    desk.locator("main form").get_by_role("button", name="Submit").click()
    expect(desk).to_have_url(re.compile(f"{BOARD}$"))
    expect(desk.locator("[data-column=in_review]")).to_contain_text("The pier is closed")
    assert Story.objects.get(pk=story.pk).status == "in_review"


def test_a_card_that_may_not_go_there_is_refused_with_the_reason(open_page: OpenPage) -> None:
    make_story(headline="The pier is closed")
    desk = open_page(BOARD, user=make_user("Reporter"))
    desk.locator(".board-card").drag_to(desk.locator("[data-column=published]"))
    expect(desk.locator(".messagelist")).to_contain_text("You cannot publish stories")
    expect(desk.locator("[data-column=draft]")).to_contain_text("The pier is closed")


def test_an_assignment_is_dragged_to_another_day_and_moved_on_by_keyboard(open_page: OpenPage) -> None:
    today = timezone.localdate()
    day = today.replace(day=15)
    noon = datetime.datetime.combine(day, datetime.time(12), timezone.get_default_timezone())
    make_assignment(headline="The ferry tender", due_at=noon)
    desk = open_page(f"{CALENDAR}?day={day}", user=make_user("Editor"))
    cell = f"td[data-day='{day + datetime.timedelta(days=1)}']"
    desk.locator(".plan-item", has_text="The ferry tender").drag_to(desk.locator(cell))
    expect(desk.locator(cell)).to_contain_text("The ferry tender")
    assert timezone.localtime(Assignment.objects.get().due_at).day == 16

    item = desk.locator(".plan-item", has_text="The ferry tender")
    item.locator("summary").focus()
    desk.keyboard.press("Enter")
    item.get_by_label("to").fill(f"{today:%Y-%m}-18")
    item.get_by_label("at", exact=True).fill("08:30")
    item.get_by_role("button", name="Move").press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("is moved to")
    due = timezone.localtime(Assignment.objects.get().due_at)
    assert f"{due:%d %H:%M}" == "18 08:30"


def test_an_approved_story_is_dragged_to_a_day_and_scheduled(open_page: OpenPage) -> None:
    make_quoting_story(status=Story.Status.APPROVED, slugline="pier-vote")
    day = timezone.localdate() + datetime.timedelta(days=1)
    desk = open_page(f"{CALENDAR}?view=week&day={day}", user=make_user("Editor"))
    cell = desk.locator(f"td[data-day='{day}']")
    desk.locator(".plan-item", has_text="pier-vote").drag_to(cell)
    expect(desk.get_by_label("Publish at")).to_have_value(f"{day}T09:00")
    desk.locator("main form").get_by_role("button", name="Schedule").click()
    expect(desk.locator(f"td[data-day='{day}']")).to_contain_text("goes live")


def test_all_of_it_works_on_a_phone_without_a_script(open_page: OpenPage) -> None:
    make_story(headline="The pier is closed")
    make_assignment(headline="The ferry tender")
    phone = open_page(BOARD, user=make_user("Editor"), screen="phone", javascript=False)
    wide = "document.documentElement.scrollWidth"
    assert phone.evaluate(wide) == 390
    phone.get_by_role("button", name="Submit").click()
    expect(phone).to_have_url(re.compile("/step/submit/"))
    phone.goto(CALENDAR)
    assert phone.evaluate(wide) == 390
    phone.locator(".plan-item summary").click()
    phone.locator(".plan-item").get_by_role("button", name="Move").click()
    expect(phone.locator(".messagelist")).to_contain_text("is moved to")


def test_the_length_is_compared_while_one_types(open_page: OpenPage) -> None:
    story = make_story(length_target=12, body="<p>Nine words stand here, and that is the whole.</p>")
    desk = open_page(f"/admin/articles/story/{story.pk}/change/", user=make_user("Editor"))
    expect(desk.locator("#length")).to_contain_text("3 to go")
    desk.locator(".tiptap").click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" Six more words make it too long.")
    expect(desk.locator("#length")).to_contain_text("4 over")
