"""A reader reports a quote without a script; an editor answers at the desk; readers read the outcome."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from articles.models import Dispute
from articles.views import report_form
from tests.browser.conftest import OpenPage
from tests.editions import make_edition
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_report_goes_from_the_story_to_the_desk_and_back_to_readers(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_form, "SOONEST", 0)
    story = make_edition(headline="The tower", quotes=[{"quote_key": "k1"}]).get_absolute_url()

    page = open_page(story, screen="phone", javascript=False)
    page.get_by_role("link", name="Dispute it").click()
    expect(page.get_by_label("What is it about?")).to_have_value("k1")
    page.get_by_label("These words were not said").check()
    page.get_by_role("button", name="Look at it before it is sent").click()
    page.get_by_label("In your own words").fill("I was not in the hall.")
    page.get_by_role("button", name="Look at it before it is sent").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this what you want to send?")
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_label("In your own words")).to_have_value("I was not in the hall.")
    page.get_by_role("button", name="Look at it before it is sent").click()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your report")
    receipt = page.url
    dispute = Dispute.objects.get()
    assert receipt.endswith(f"/disputes/{dispute.key}/")
    assert dispute.due_at - dispute.received_at == timedelta(hours=72)

    desk = open_page("/admin/", user=make_user("Editor"))
    desk.get_by_role("link", name="These words were not said", exact=True).click()
    expect(desk.get_by_text("I was not in the hall.")).to_be_visible()
    desk.get_by_role("button", name="Look into it").click()
    desk.get_by_label("not upheld", exact=True).check()
    desk.get_by_role("textbox", name="Answer").fill("The recording has the words.")
    desk.get_by_role("button", name="Answer the reader").click()
    desk.get_by_role("button", name="Publish the outcome").click()
    expect(desk.get_by_text("Readers read the outcome now.")).to_be_visible()

    page.goto(receipt)
    expect(page.get_by_text("The recording has the words.")).to_be_visible()
    page = open_page(story, javascript=False)
    expect(page.locator(".story-outcomes")).to_contain_text(re.compile("Not upheld.*The recording has", re.S))
