"""Every link leads somewhere, and nothing is asked of another host."""

import re
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from playwright.sync_api import Page, Request

from tests.judges.crawl import NO_PAGES, Answer, Site, judged_site

ID = re.compile(r"\sid=[\"']?([^\s\"'>]+)")
PAGES = judged_site().fullest()


def test_no_link_is_broken(site: Site) -> None:
    broken = {
        address: f"{answer.status}, linked from {site.linked_from[address]}"
        for address, answer in site.answers.items()
        if answer.status >= 400 and site.linked_from[address]
    }
    assert broken == {}
    assert {site.answers[address].status for address in NO_PAGES} == {404}


def test_a_moved_address_leads_to_a_page_in_one_step(site: Site) -> None:
    wrong = {}
    for answer in site.answers.values():
        if answer.status in (301, 302):
            target = answer.links[0].removeprefix(site.url)
            if target not in site.answers or site.answers[target].status != 200:
                wrong[answer.address] = target
    assert wrong == {}


def test_every_fragment_is_there(site: Site) -> None:
    missing = set()
    ids = {page.address: set(ID.findall(page.text)) for page in site.pages()}
    for page in site.pages():
        for link in page.links:
            plain, fragment = urldefrag(link)
            address = plain.removeprefix(site.url)
            if fragment and address in ids and unquote(fragment) not in ids[address]:
                missing.add(f"{page.address} → {link}")
    assert missing == set()


@pytest.mark.parametrize("answer", PAGES, ids=[f"{page.view or page.status}" for page in PAGES])
def test_nothing_is_asked_of_another_host_and_nothing_fails(window: Page, answer: Answer) -> None:
    asked: list[str] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    window.on("request", note)
    window.on("console", lambda message: complaints.append(message.text))
    window.goto(answer.address, wait_until="load")
    window.remove_listener("request", note)
    host = urlsplit(judged_site().url).netloc
    assert [url for url in asked if urlsplit(url).netloc != host and not url.startswith("data:")] == []
    # What Chromium says about the status of the page itself is no complaint.
    assert [text for text in complaints if f"{answer.status}" not in text] == []
