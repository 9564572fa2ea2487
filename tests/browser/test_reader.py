"""A reader's visit: on a desk and on a phone, by keyboard, without scripts, on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Problems
from tests.editions import WORDS, make_correction, make_edition
from tests.factories import make_section

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "button.quotation-note"


@pytest.fixture
def address() -> str:
    """A story with three quotes, one of them disputed, and others around it."""
    section = make_section("Harbour", description="Ships and those who wait for them.")
    for number in range(8):
        make_edition(section=section, headline=f"Another story {number}")
    quotes = [
        {"quote_key": "k1"},
        {"quote_key": "k2", "words": "Nobody asked the pilots.", "verification": "disputed"},
        {"quote_key": "k3", "words": "We shall see in spring."},
    ]
    edition = make_edition(section=section, quotes=quotes, headline="The lighthouse stays")
    make_correction(edition)
    return edition.get_absolute_url()


def card(page: Page, key: str = "k1") -> str:
    """The selector of the card of a quote, when it is open."""
    return f"#p-{key}:popover-open"


@pytest.mark.parametrize("screen", ["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_quotation_opens_and_closes_beside_its_words(
    open_page: OpenPage, address: str, screen: str, scheme: str
) -> None:
    page = open_page(address, screen=screen, scheme=scheme)
    page.locator(NOTE).first.click()
    opened = page.locator(card(page))
    expect(opened).to_be_visible()
    expect(opened).to_contain_text("Ilse Marrow")
    expect(opened).to_contain_text("Verified")
    box = opened.bounding_box()
    width = page.viewport_size["width"]
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    opened.get_by_role("button", name="Close").click()
    expect(opened).to_have_count(0)


def test_a_story_can_be_read_by_keyboard_alone(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button.quotation-note')"):
            break
    expect(page.locator(NOTE).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(card(page))).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#p-k1') !== null"), "focus goes into the card"
    page.keyboard.press("Escape")
    expect(page.locator(card(page))).to_have_count(0)
    expect(page.locator(NOTE).first).to_be_focused()


def test_everything_is_there_without_javascript(open_page: OpenPage, address: str) -> None:
    page = open_page(address, javascript=False)
    page.locator(NOTE).first.click()
    expect(page.locator("#p-k1")).to_contain_text("Town hall, Sandholm")
    page.get_by_role("link", name="The full record").first.click()
    expect(page.locator("mark")).to_have_text(WORDS)
    page.get_by_role("link", name="Ilse Marrow").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ilse Marrow")


def test_the_foot_of_the_story_lists_every_quotation(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    entries = page.locator("#how-we-know .provenance")
    expect(entries).to_have_count(3)
    for number in range(3):
        expect(entries.nth(number)).to_be_visible()
    page.get_by_role("link", name="In the text").nth(2).click()
    expect(page).to_have_url(re.compile("#q-k3$"))
    background = page.locator("#q-k3").evaluate("element => getComputedStyle(element).backgroundColor")
    assert background != "rgba(0, 0, 0, 0)"


def test_contested_words_say_so_in_the_text(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    expect(page.locator(".text .contested")).to_have_text("(disputed)")
    expect(page.locator(".notice-contested")).to_contain_text("Words in this story are disputed.")


def test_paper_has_the_sources_and_no_furniture(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.emulate_media(media="print")
    for selector in (".sections", ".colophon", ".band", ".provenance-links"):
        expect(page.locator(selector).first).to_be_hidden()
    for number in range(3):
        expect(page.locator(".provenance").nth(number)).to_be_visible()


@pytest.mark.parametrize("path", [
    "/", "/harbour/", "/speakers/ilse-marrow/", "/quotes/k1/", "/sources/source1/", "/corrections/",
    "/search/?q=lighthouse", "/policies/quotations/",
])  # fmt: skip
def test_no_page_is_wider_than_a_phone(open_page: OpenPage, address: str, path: str) -> None:
    page = open_page(path, screen="phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("h1")).to_have_count(1)


def test_nothing_moves_while_the_story_loads(open_page: OpenPage, address: str) -> None:
    page = open_page()
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
        " window.shift += entry.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(address)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < 0.05


def test_a_search_leads_to_the_story(open_page: OpenPage, address: str, problems: Problems) -> None:
    problems.tolerate("404")
    page = open_page("/no/such-page/")
    page.get_by_label("Words to search for").fill('"lighthouse stays"')
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="The lighthouse stays").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The lighthouse stays")
