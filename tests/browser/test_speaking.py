"""The switch for reported speech: what was typed stays, and is read with the rest."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)

BODY = "<p>“The pier will hold,” said Ruth Amadi. Jan Holm said that it was rotten.</p>"


def test_the_switch_shows_reports_as_one_types(open_page: OpenPage) -> None:
    story = make_story(body=BODY)
    page = open_page(f"/admin/articles/story/{story.pk}/change/", user=make_user("Editor"))
    panel, switch = page.locator("#speaking"), page.get_by_role("switch", name="Show reported speech")
    expect(panel.locator("tbody th")).to_have_text(["Ruth Amadi"])
    page.locator(".tiptap").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Ruth Amadi told the council that nobody had asked her.")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    expect(panel.locator("tbody th")).to_have_text(["Ruth Amadi", "Jan Holm"])
    expect(panel.locator(".reported-words")).to_have_text(["it was rotten", "nobody had asked her"])
    expect(page.locator(".tiptap [data-state=reported]")).to_have_text(
        ["it was rotten", "nobody had asked her"]
    )
    switch.click()
    expect(panel.locator(".reported-words")).to_have_count(0)
    expect(page.locator(".tiptap [data-state=reported]")).to_have_count(0)
    expect(page.locator(".tiptap")).to_contain_text("nobody had asked her")
