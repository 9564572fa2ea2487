"""No screen has an accessibility fault that a machine can find (WCAG 2.2 AA, by axe).

Each is looked at on a desktop in light colours, then on a phone in dark ones.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page

from tests.browser.chromium import SCREENS
from tests.browser.conftest import OpenPage
from tests.doors.desk import enter
from tests.screens import find_screens

pytestmark = pytest.mark.django_db(transaction=True)

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    # Only the orientation of styles would need it, and it asks for imported stylesheets at wrong addresses.
    "preload": False,
}
# The contrast of each row costs a tenth of a second, and the rows of one list are alike.
CONTEXT = {"exclude": ["#result_list tbody tr:nth-child(n + 6)"]}


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


def test_no_screen_has_a_fault(open_page: OpenPage) -> None:
    call_command("demo", verbosity=0)
    wrong: dict[str, list[str]] = {}
    seen: set[str] = set()
    # The managing editor sees nearly everything; the administrator has the forms for people as well.
    for name in ("ottoline", "imke", ""):
        user = User.objects.get(username=name) if name else None
        start = "/admin/" if user else "/"
        screens = find_screens(enter(user) if user else Client(), start, below=start)
        page = open_page(user=user)
        for view, address in screens.items():
            if view not in seen:
                seen.add(view)
                page.goto(address)
                look(page, address, wrong)
    assert len(seen) > 65
    assert wrong == {}
