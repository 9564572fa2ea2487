"""Two people at the verification desk, with the keys: neither checks what the other is checking."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Claim, Edition, Quotation, Quote, Story
from articles.workflow.publish import publish_story
from tests.browser.conftest import OpenPage
from tests.factories import make_quotation, make_quoting_story, make_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)

DESK = "/admin/articles/check/"
LINES = [f"We will open gate number {number} before the winter." for number in range(1, 5)]


@pytest.fixture
def queue() -> list[Quotation]:
    """Four quotes that nobody has signed, each in a story of its own."""
    stories = [make_quoting_story(Quote.Verification.UNVERIFIED, words=line) for line in LINES]
    return [story.quotations.get() for story in stories]


@pytest.fixture
def farid() -> User:
    return make_user("Editor", first_name="Farid", last_name="Nour")


def at(page: Page, line: str) -> None:
    """The page shows `line`, marked in its source."""
    expect(page.locator(".decision .words")).to_contain_text(line)
    expect(page.locator("#in-source")).to_have_text(line)


def test_two_people_work_through_the_queue_with_keys(
    open_page: OpenPage, queue: list[Quotation], farid: User
) -> None:
    ada = make_user("Editor", first_name="Ada", last_name="Quist")
    first = open_page(DESK, user=farid)
    expect(first.get_by_role("heading", level=1)).to_contain_text("4")
    first.keyboard.press("c")
    at(first, LINES[0])

    second = open_page(DESK, user=ada)
    expect(second.locator(".check-rows .card").first).to_contain_text("Farid Nour is checking this")
    second.keyboard.press("c")
    at(second, LINES[1])

    first.keyboard.press("v")
    at(first, LINES[2])
    second.keyboard.press("j")
    at(second, LINES[3])
    second.keyboard.press("k")
    expect(second.locator(".notice")).to_contain_text("Farid Nour is checking this")
    expect(second.get_by_role("button", name="Verify")).to_have_count(0)
    second.keyboard.press("t")
    expect(second.get_by_role("button", name="Verify")).to_be_visible()
    second.keyboard.press("v")
    at(second, LINES[3])

    first.keyboard.press("v")  # what was taken over is not decided twice
    expect(first.locator(".messagelist .error")).to_contain_text("verified this quote already")
    signed = Quote.objects.get(quotations=queue[2])
    assert signed.verified_by == ada
    first.goto(DESK)
    first.keyboard.press("c")
    at(first, LINES[1])
    first.keyboard.press("d")
    first.keyboard.type("The keeper says that there are three gates.")
    first.get_by_role("button", name="Dispute it").click()
    expect(first).to_have_url(re.compile(r"/check/"))
    assert Quote.objects.get(quotations=queue[1]).verification == Quote.Verification.DISPUTED
    assert Quote.objects.get(quotations=queue[0]).verified_by == farid


def test_everything_works_without_a_script(open_page: OpenPage, queue: list[Quotation], farid: User) -> None:
    page = open_page(DESK, user=farid, javascript=False)
    page.get_by_role("button", name="Start checking").click()
    for line in LINES:
        expect(page.locator(".decision .words")).to_contain_text(line)
        page.get_by_role("button", name="Verify").click()
    expect(page.locator(".empty-title")).to_contain_text("Nothing waits for you to check.")
    assert Quote.objects.filter(verified_by=farid).count() == 4
    assert not Claim.objects.exists()


def test_a_quote_is_withdrawn_in_every_story_with_one_note(open_page: OpenPage) -> None:
    story = make_quoting_story(status=Story.Status.APPROVED, headline="The gates will open")
    publish_story(story, by=make_user())
    quote = Quote.objects.get()
    make_quotation(make_story(headline="A draft about the gates"), quote)
    page = open_page(f"/admin/articles/quote/{quote.pk}/change/", user=make_user("Managing editor"))
    page.get_by_role("link", name="Withdraw").click()
    expect(page.locator(".check-table tbody tr")).to_have_count(2)
    page.get_by_label("Reason").fill("The recording says otherwise.")
    page.get_by_label("What readers are told").fill("We no longer stand by these words.")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("heading", name="What was done")).to_be_visible()
    expect(page.locator(".events")).to_contain_text("published a correction")
    reader = open_page(Edition.objects.published().get().get_absolute_url())
    expect(reader.locator("article").first).to_contain_text("We no longer stand by these words.")
