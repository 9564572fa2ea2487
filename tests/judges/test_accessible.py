"""axe-core finds no fault (WCAG 2.2 AA, best practice) on any kind of page, however it is looked at."""

from functools import lru_cache

import pytest
from playwright.sync_api import Page

from tests.judges.crawl import Answer, judged_site
from tests.judges.site import MODULES

WIDTHS = {1280: 900, 390: 844}
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
# What stands inside somebody else's page leaves the first heading to it.
INSIDE = {"articles:embed_quote": "page-has-heading-one"}
PAGES = judged_site().fullest()


@lru_cache(maxsize=1)
def axe() -> str:
    """The script of axe-core."""
    return (MODULES / "axe-core/axe.min.js").read_text(encoding="utf-8")


def violations(window: Page, *, but: str = "") -> list[str]:
    """What axe finds on a page, `but` for one rule: the rule, and the element it is about."""
    found = window.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
    faults = [each for each in found if each["id"] != but]
    return [f"{each['id']}: {node['html'][:160]}" for each in faults for node in each["nodes"]]


def looks(window: Page, answer: Answer) -> dict[str, list[str]]:
    """What is wrong with the page, for each way to look at it. It is loaded once."""
    window.goto(answer.address)
    window.evaluate(f"{axe()};0")
    wrong = {}
    for width, height in WIDTHS.items():
        window.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            window.emulate_media(color_scheme=scheme)
            if found := violations(window, but=INSIDE.get(answer.view, "")):
                wrong[f"{width} px, {scheme}"] = found
    return wrong


def test_axe_finds_faults(window: Page) -> None:
    window.goto("/search/")
    window.evaluate("document.documentElement.removeAttribute('lang')")
    window.evaluate(f"{axe()};0")
    assert any(fault.startswith("html-has-lang") for fault in violations(window))


@pytest.mark.parametrize("answer", PAGES, ids=[f"{page.view or page.status}" for page in PAGES])
def test_no_kind_of_page_has_a_fault(window: Page, answer: Answer) -> None:
    assert looks(window, answer) == {}
