"""The watch itself: a complaint of the browser fails a test, and a page of the desk gives none."""

import pytest
from django.contrib.auth.models import Group, User

from tests.browser.conftest import OpenPage, Problems


@pytest.mark.parametrize("screen", ["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_log_in_page_opens_without_a_complaint(open_page: OpenPage, screen: str, scheme: str) -> None:
    page = open_page("/admin/", screen=screen, scheme=scheme)
    assert page.locator("input[name=username]").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_user_is_logged_in_and_roles_are_there_after_other_tests(open_page: OpenPage) -> None:
    editor = User.objects.create_user("maarten", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editor"))
    page = open_page("/admin/", user=editor)
    assert page.locator("#user-tools").is_visible()


def test_a_missing_page_is_a_complaint(open_page: OpenPage, problems: Problems) -> None:
    open_page("/admin/nowhere/", user=User.objects.create_superuser("noor"))
    assert any(text.startswith("404") for text in problems.found)
    with pytest.raises(AssertionError, match="404"):
        problems.check()
    problems.tolerate("404")


def test_an_inline_script_is_refused_and_noticed(open_page: OpenPage, problems: Problems) -> None:
    page = open_page("/admin/")
    page.evaluate(
        "const s = document.createElement('script'); s.text = 'window.ran = true'; document.body.append(s)"
    )
    assert page.evaluate("window.ran") is None
    problems.tolerate("Content Security Policy")
