"""The front page: arranged by keyboard at the desk, read on a phone whose browser runs no script."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import FrontPage, Story
from articles.workflow.brand import save_brand
from tests.browser.conftest import OpenPage
from tests.editions import make_edition
from tests.factories import bring_to, make_section, make_user

pytestmark = pytest.mark.django_db(transaction=True)

DESK = "/admin/articles/front/"


def publish(*headlines: str) -> None:
    for headline in headlines:
        story = make_edition(headline=headline).story
        Story.objects.filter(pk=story.pk).update(headline=headline)
        bring_to(Story.Status.PUBLISHED, story)


@pytest.mark.parametrize(("screen", "javascript"), [("desktop", True), ("phone", False)])
def test_an_editor_arranges_the_front_page_by_keyboard(
    open_page: OpenPage, screen: str, javascript: bool
) -> None:
    publish("The pier is closed", "The fog stays", "A bell is found")
    desk = open_page(DESK, user=make_user("Editor"), screen=screen, javascript=javascript)
    for story, place in (("The pier is closed", "Lead"), ("The fog stays", "Under the lead")):
        desk.get_by_role("button", name=re.compile(rf"^{place}\s*: {story}")).press("Enter")
    expect(desk.locator("p[role=status]")).to_contain_text("Not published yet")
    up = desk.get_by_role("button", name=re.compile(r"^Up\s*: The fog stays"))
    up.press("Enter")
    expect(desk.locator(".front-group").first).to_contain_text("The fog stays")
    expect(up).to_be_focused()
    assert not FrontPage.objects.exists()
    preview = desk.frame_locator("iframe")
    expect(preview.locator(".top-lead > .teaser h2")).to_have_text("The fog stays")
    desk.get_by_role("button", name="Publish this front page").press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("The front page is published")
    reader = open_page("/", screen=screen, javascript=javascript)
    expect(reader.locator(".top-lead > .teaser h2")).to_have_text("The fog stays")
    expect(reader.locator(".top-under h2").first).to_have_text("The pier is closed")


def test_the_menu_of_a_phone_opens_without_scripts(open_page: OpenPage) -> None:
    publish("The pier is closed")
    reader = open_page("/", screen="phone", javascript=False)
    corrections = reader.locator(".menu-panel").get_by_role("link", name="Corrections")
    expect(corrections).to_be_hidden()
    reader.locator(".menu summary").press("Enter")
    corrections.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Corrections")


def test_the_colours_of_a_paper_are_seen_in_both_schemes(open_page: OpenPage) -> None:
    make_section()
    publish("The pier is closed")
    save_brand(by=make_user("Managing editor"), version=0, ground="#fff6e5", ground_dark="#101820")
    for scheme, colour in (("light", "rgb(255, 246, 229)"), ("dark", "rgb(16, 24, 32)")):
        reader = open_page("/", scheme=scheme)
        expect(reader.locator("body")).to_have_css("background-color", colour)
