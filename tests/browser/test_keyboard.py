"""The desk without a mouse: a way past the menu, a focus that is seen, keys that are listed, no motion."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)

FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    name: element.outerHTML.slice(0, 120),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def test_the_first_tab_leads_past_the_menu(open_page: OpenPage) -> None:
    page = open_page("/admin/", user=make_user("Editor"))
    page.keyboard.press("Tab")
    link = page.locator(".skip-to-content-link")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("screen", ["list", "form"])
def test_each_tab_is_seen(open_page: OpenPage, screen: str) -> None:
    story = make_story(headline="The ferry was late")
    address = "/admin/articles/story/" + (f"{story.pk}/change/" if screen == "form" else "")
    page = open_page(address, user=make_user("Editor"))
    met = [tab(page) for _ in range(30)]
    assert len({each["name"] for each in met}) > 20
    assert [each["name"] for each in met if not (each["ring"] and each["seen"])] == []
    assert page.locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").count() == 0


def tab(page: Page) -> dict[str, object]:
    """Press Tab; where the focus is now."""
    page.keyboard.press("Tab")
    return page.evaluate(FOCUS)


def test_the_list_of_keys_has_every_key_of_the_page(open_page: OpenPage) -> None:
    page = open_page("/admin/articles/story/", user=make_user("Editor"))
    offered = page.eval_on_selector_all(
        "[data-key]", "all => all.filter(e => e.offsetParent !== null).map(e => e.dataset.key)"
    )
    page.keyboard.press("?")
    listed = page.locator("#keys-help dt kbd").all_text_contents()
    assert set(listed) == set(offered)
    assert len(offered) == len(set(offered)), "two things on the page want the same key"
    page.keyboard.press("Escape")
    expect(page.locator("#keys-help")).to_be_hidden()


def test_nothing_moves_for_who_asked_for_no_motion(open_page: OpenPage) -> None:
    page = open_page("/admin/articles/story/", user=make_user("Editor"))
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].map(e => getComputedStyle(e))"
        ".filter(s => s.transitionDuration !== '0s' || s.animationName !== 'none').length"
    )
    assert moving == 0
