"""The life of a story in the browser, with two people: pasted, checked, published and read."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Author, Edition, Quote, Story
from tests.browser.conftest import OpenPage
from tests.factories import make_section, make_user

pytestmark = pytest.mark.django_db(transaction=True)

SPEECH = "We will keep the lighthouse open through the winter"
COPY = f"""Harbour Commissioner Ilse Marrow keeps the lighthouse open

The lighthouse at Kelder Point stays open through the winter, the harbour council decided on Tuesday.

ADVERTISEMENT

“{SPEECH},” Harbour Commissioner Ilse Marrow told the council.

The keeper listened from the back of the room and said nothing.
"""
TRANSCRIPT = f"Commissioner Marrow: Thank you. {SPEECH}. The money is there."


@pytest.fixture
def reporter() -> User:
    user = make_user("Reporter", first_name="Wim", last_name="Taal")
    Author.objects.create(name="Wim Taal", slug="wim-taal", user=user)
    return user


@pytest.fixture
def editor() -> User:
    return make_user("Editor", first_name="Ada", last_name="Quist")


def paste(page: Page) -> Story:
    """Paste the copy as the reporter would, look at the preview, and make the draft."""
    page.goto("/admin/articles/story/paste/")
    page.get_by_label("Text", exact=True).fill(COPY)
    page.get_by_label("Section").select_option(label="Harbour")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("ADVERTISEMENT", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Who says what")).to_be_visible()
    page.get_by_role("button", name="Create draft").click()
    expect(page).to_have_url(re.compile(r"/change/$"))
    return Story.objects.get()


def add_evidence(page: Page, story: Story) -> None:
    """Give the quotation a source nearer to the speaker, with the text pasted in place."""
    page.goto(f"/admin/articles/story/{story.pk}/review/")
    page.locator("summary", has_text="Another source or copy").click()
    page.get_by_label("Source", exact=True).select_option("")
    page.get_by_label("or a new source").fill("Minutes of the harbour council")
    page.get_by_label("Its text").fill(TRANSCRIPT)
    page.get_by_role("button", name="Keep it and look the words up").click()
    expect(page.locator("#in-source")).to_have_text(SPEECH)


def take_step(page: Page, story: Story, name: str) -> None:
    """Press a step in the bar of the story, and confirm it on its page."""
    page.goto(f"/admin/articles/story/{story.pk}/change/")
    page.locator(".bar-steps").get_by_role("button", name=name, exact=True).click()
    page.locator("main form").get_by_role("button", name=name, exact=True).click()
    expect(page).to_have_url(re.compile(r"/change/(#gate)?$"))


def test_from_pasted_text_to_the_page_that_readers_see(
    open_page: OpenPage, reporter: User, editor: User
) -> None:
    make_section("Harbour")
    desk = open_page(user=reporter)
    story = paste(desk)
    expect(desk.locator("[name=authors_0]")).to_have_value("")
    desk.locator("[name=authors_0]").select_option(label="Wim Taal")
    desk.locator("[data-save]").click()
    expect(desk.locator(".messagelist")).to_contain_text("Saved.")
    add_evidence(desk, story)
    expect(desk.get_by_role("button", name="Verify")).to_have_count(0)
    take_step(desk, story, "Submit")

    second = open_page(f"/admin/articles/story/{story.pk}/review/", user=editor)
    expect(second.locator(".review-story mark.current").first).to_contain_text(SPEECH)
    second.keyboard.press("v")
    expect(second.locator(".review-bar")).to_contain_text("1 of 1 checked")
    assert Quote.objects.get().verified_by == editor
    take_step(second, story, "Approve")
    take_step(second, story, "Publish")
    edition = Edition.objects.get()

    reader = open_page(edition.get_absolute_url())
    expect(reader.get_by_role("heading", level=1)).to_contain_text("keeps the lighthouse open")
    expect(reader.locator("article").first).to_contain_text(SPEECH)


def test_words_altered_in_the_body_are_underlined_and_stop_publication(
    open_page: OpenPage, reporter: User, editor: User
) -> None:
    make_section("Harbour")
    desk = open_page(user=editor)
    story = paste(desk)
    add_evidence(desk, story)
    desk.goto(f"/admin/articles/story/{story.pk}/change/")
    words = desk.locator(".tiptap .underlined").first
    expect(words).to_contain_text(SPEECH)
    words.dblclick(position={"x": 20, "y": 10})
    desk.keyboard.type("They")
    expect(desk.locator('.tiptap .underlined[data-state="altered"]')).to_have_count(1, timeout=20_000)
    desk.locator("[data-save]").click()
    expect(desk.locator("#quotes .card del").first).to_be_visible()
    gate = desk.locator("#gate")
    expect(gate).to_contain_text("in the way")
    take_step(desk, story, "Submit")
    managing = open_page(user=make_user("Managing editor"))
    take_step(managing, story, "Approve")
    take_step(managing, story, "Publish")
    expect(managing.locator(".messagelist .error")).to_be_visible()
    assert not Edition.objects.exists()
    managing.locator("#quotes").get_by_role("button", name="Restore the record's words").click()
    expect(managing.locator(".tiptap .underlined").first).to_contain_text(SPEECH)
