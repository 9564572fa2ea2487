"""No screen of the desk has an accessibility fault that a machine can find (WCAG 2.2 AA, by axe).

Each is looked at on a desktop in light colours, then on a phone in dark ones. Readers' pages have their own
judges (tests/judges/test_accessible.py).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.contrib.auth.models import User
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django import Settings

from articles.models import Quote, Story
from articles.workflow.edit import save_story
from articles.workflow.versions import edit_at
from tests.browser.chromium import SCREENS
from tests.browser.conftest import OpenPage, Problems
from tests.doors.desk import enter
from tests.factories import make_quoting_story, make_user
from tests.screens import find_screens
from tests.small_pictures import small_picture

pytestmark = pytest.mark.django_db(transaction=True)

COPY = """Harbour commissioner keeps the lighthouse open

The lighthouse at Kelder Point stays open through the winter, the harbour council decided on Tuesday.

ADVERTISEMENT

“We will keep the lighthouse open,” Harbour Commissioner Ilse Marrow told the council.
"""
AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    # Only the orientation of styles would need it, and it asks for imported stylesheets at wrong addresses.
    "preload": False,
}
# Contrast is costly to find out, and the rows of one list are alike.
ROWS = ("#result_list tbody tr", "#changelist-filter li", ".story-rows > li", ".events > li")
CONTEXT = {"exclude": [f"{row}:nth-child(n + 5)" for row in ROWS]}


def violations(page: Page) -> list[str]:
    """What axe finds on a page: the rule, and the element it is about."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE};0")
    found: dict[str, Any] = page.evaluate(
        "([context, options]) => axe.run(context, options)", [CONTEXT, OPTIONS]
    )
    return [
        f"{each['id']}: {node['html'][:160]}" for each in found["violations"] for node in each["nodes"][:3]
    ]


def both_ways(page: Page) -> Iterator[tuple[str, list[str]]]:
    """The page as it is, looked at on a desktop in light colours, then on a phone in dark ones."""
    for screen, scheme in (("desktop", "light"), ("phone", "dark")):
        page.set_viewport_size(SCREENS[screen]["viewport"])
        page.emulate_media(color_scheme=scheme)
        yield f"{screen}, {scheme}", violations(page)


def look(page: Page, name: str, wrong: dict[str, list[str]]) -> None:
    """Put what is wrong with `page` into `wrong`."""
    wrong |= {f"{name} ({how})": found for how, found in both_ways(page) if found}


def test_the_check_finds_faults(open_page: OpenPage) -> None:
    page = open_page("/admin/login/")
    page.evaluate(
        "document.querySelector('label').remove(); document.documentElement.removeAttribute('lang');"
        "document.querySelector('input[type=submit]').style = 'color: #888; background: #999'"
    )
    found = " ".join(violations(page))
    assert "label: <input" in found
    assert "html-has-lang" in found
    assert "color-contrast: <input" in found


def test_no_screen_has_a_fault(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.demo.desk.make_picture", small_picture)
    call_command("demo", verbosity=0)
    wrong: dict[str, list[str]] = {}
    seen: set[str] = set()
    # The managing editor sees nearly everything; the administrator has the forms for people as well.
    # A reporter sees other steps on the pages of records.
    for name in ("ottoline", "imke", "maren"):
        user = User.objects.get(username=name)
        screens = find_screens(enter(user), "/admin/", below="/admin/")
        page = open_page(user=user)
        for view, screen in screens.items():
            if view not in seen or (name == "maren" and view.endswith("_change")):
                seen.add(view)
                page.goto(screen.address)
                look(page, screen.address, wrong)
    assert len(seen) > 55
    assert wrong == {}


def test_no_refusal_at_the_door_has_a_fault(
    open_page: OpenPage, problems: Problems, settings: Settings
) -> None:
    wrong: dict[str, list[str]] = {}
    page = open_page("/admin/login/")
    log_in_wrongly(page)
    expect(page.locator(".errornote")).to_be_visible()
    look(page, "a wrong password", wrong)
    settings.AXES_ENABLED, settings.AXES_FAILURE_LIMIT = True, 1
    problems.tolerate("429")
    log_in_wrongly(page)
    expect(page.get_by_text("Too many log-ins failed")).to_be_visible()
    look(page, "a locked log-in", wrong)
    assert wrong == {}


def log_in_wrongly(page: Page) -> None:
    """Type a password that is not the right one."""
    page.fill("#id_username", "nobody")
    page.fill("#id_password", "wrong")
    page.press("#id_password", "Enter")


def test_no_state_of_a_screen_has_a_fault(open_page: OpenPage) -> None:
    editor = make_user("Managing editor")
    story = make_quoting_story(Quote.Verification.UNVERIFIED, headline="The ferry was late", owner=editor)
    wrong: dict[str, list[str]] = {}
    page = open_page("/admin/", user=editor)
    for name, bring_about in STATES.items():
        bring_about(page, story)
        look(page, name, wrong)
    assert wrong == {}


def menus_open(page: Page, story: Story) -> None:
    page.goto("/admin/")
    page.evaluate("document.querySelectorAll('.menu-more').forEach(menu => menu.open = true)")


def keys_listed(page: Page, story: Story) -> None:
    page.goto(f"/admin/articles/story/{story.pk}/change/")
    page.keyboard.press("?")
    expect(page.locator("#keys-help")).to_be_visible()


def list_without_matches(page: Page, story: Story) -> None:
    page.goto("/admin/articles/story/?q=zeppelin")
    expect(page.get_by_text("Nothing matches.")).to_be_visible()


def many_stories_at_once(page: Page, story: Story) -> None:
    page.goto("/admin/articles/story/")
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option(index=1)
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page).to_have_url(re.compile("/bulk/"))


def story_refused(page: Page, story: Story) -> None:
    page.goto(f"/admin/articles/story/{story.pk}/change/")
    page.evaluate("document.querySelector('[name=slug]').value = 'no / slug'")
    page.locator("[data-save]").click()
    expect(page.locator(".errorlist").first).to_be_attached()


def story_saved_by_somebody_else(page: Page, story: Story) -> None:
    page.goto(f"/admin/articles/story/{story.pk}/change/")
    now = Story.objects.get(pk=story.pk)
    edit = replace(edit_at(now, now.version), headline="The ferry was early")
    save_story(now, by=make_user("Editor"), edit=edit, version=now.version)
    page.locator("#id_headline").fill("The ferry never came")
    page.locator("[data-save]").click()
    expect(page.locator(".stale")).to_be_visible()


def copy_looked_at(page: Page, story: Story) -> None:
    page.goto("/admin/articles/story/paste/")
    page.locator("#id_copy").fill(COPY)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Who says what")).to_be_visible()


def source_refused(page: Page, story: Story) -> None:
    page.goto("/admin/articles/source/add/")
    page.locator("[name=_save]").click()
    expect(page.locator(".errorlist").first).to_be_visible()


STATES = {
    function.__name__.replace("_", " "): function
    for function in (
        menus_open,
        keys_listed,
        list_without_matches,
        many_stories_at_once,
        story_refused,
        story_saved_by_somebody_else,
        copy_looked_at,
        source_refused,
    )
}
