"""Records while somebody writes: cards of underlined words, what is on record, a passage of a source."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Quote, Story
from articles.workflow.find import index_records
from tests.browser.conftest import OpenPage
from tests.factories import WORDS, make_quote, make_quoting_story, make_source, make_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PASSAGE = "The harbour will have a second lamp before the regatta."


def change(story: Story) -> str:
    return f"/admin/articles/story/{story.pk}/change/"


def write(page: Page, words: str) -> None:
    page.locator(".tiptap").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(words)


def test_a_card_opens_under_the_mouse_and_escape_closes_it(open_page: OpenPage) -> None:
    story = make_quoting_story("in_source")
    page = open_page(change(story), user=make_user("Editor"))
    card = page.locator("#quotation-card")
    page.locator(".tiptap .underlined").hover()
    expect(card).to_contain_text("Ilse Marrow, Harbour Commissioner")
    expect(card).to_contain_text("in source")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_the_keyboard_opens_a_card_and_one_key_acts_and_loses_nothing(
    open_page: OpenPage,
) -> None:
    story = make_quoting_story("unverified")
    page = open_page(change(story), user=make_user("Editor"))
    page.locator("#id_kicker").fill("Typed just now")
    page.locator(".tiptap .underlined").click()
    expect(page.locator(".caret-card")).to_contain_text("Quotation of Ilse Marrow.")
    page.keyboard.press("Alt+Enter")
    expect(page.get_by_role("dialog", name="Ilse Marrow, Harbour Commissioner")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".tiptap")).to_be_focused()
    page.keyboard.press("Alt+Enter")
    expect(page.locator("#quotation-card button").first).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator(".messagelist")).to_contain_text("Set aside")
    story.refresh_from_db()
    assert (story.kicker, story.quotations.get().state) == ("Typed just now", "dismissed")


def test_words_on_record_are_offered_and_used(open_page: OpenPage) -> None:
    quote = make_quote(verification="verified")
    index_records([quote])
    story = make_story()
    page = open_page(change(story), user=make_user("Editor"))
    write(page, f"“{WORDS}” Tobias Reed told the council.")
    panel = page.locator("#on-record")
    expect(panel).to_contain_text("On record already.")
    expect(panel).to_contain_text("Ilse Marrow, Harbour Commissioner")
    panel.get_by_role("button", name="Use this record").click()
    expect(page.locator(".messagelist")).to_contain_text("The record that was there is used")
    assert story.quotations.get().quote == quote


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_a_passage_of_a_source_goes_into_the_text_with_its_record(open_page: OpenPage, screen: str) -> None:
    text = f"🙂 She began at noon. {PASSAGE} Then she sat down."
    source, story = make_source(text), make_quoting_story()
    page = open_page(change(story), user=make_user("Editor"), screen=screen)
    page.locator("#quote-from summary").click()
    page.get_by_role("link", name=source.title).click()
    box = page.locator("#passage-text")
    start = text.index(PASSAGE) + 1  # a box counts the smile as two
    box.evaluate("(box, [from, to]) => box.setSelectionRange(from, to)", [start, start + len(PASSAGE)])
    box.dispatch_event("select")
    expect(page.locator("#passage_words")).to_have_value(PASSAGE)
    page.locator("#passage_speaker").select_option(label="Ilse Marrow")
    page.get_by_role("button", name="Quote this").click()
    expect(page.locator(".tiptap")).to_contain_text(f"Ilse Marrow said: “{PASSAGE}”")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("[data-save]").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    quote = Quote.objects.get(source=source)
    assert (quote.words, quote.verification) == (PASSAGE, "in_source")
    assert quote.quotations.get().story == story


def test_selected_words_can_be_dragged_into_the_text(open_page: OpenPage) -> None:
    source, story = make_source(f"She began. {PASSAGE}"), make_quoting_story()
    page = open_page(change(story), user=make_user("Editor"))
    page.locator("#quote-from summary").click()
    page.get_by_role("link", name=source.title).click()
    box = page.locator("#passage-text")
    box.evaluate("(box) => { box.focus(); box.setSelectionRange(11, box.value.length); }")
    page.evaluate(
        """() => {
          const dataTransfer = new DataTransfer();
          const drag = (element, name, more = {}) => {
            const options = { dataTransfer, bubbles: true, cancelable: true, ...more };
            element.dispatchEvent(new DragEvent(name, options));
          };
          drag(document.getElementById("passage-text"), "dragstart");
          const paragraph = document.querySelector(".tiptap p");
          const { left, top } = paragraph.getBoundingClientRect();
          drag(paragraph, "drop", { clientX: left + 5, clientY: top + 5 });
        }"""
    )
    expect(page.locator(".tiptap p").nth(1)).to_have_text(f"“{PASSAGE}”")
    expect(page.locator("[name=taken]")).to_have_value(f"{source.snapshots.get().pk}:11:{11 + len(PASSAGE)}:")


def test_without_scripts_a_passage_is_quoted_on_a_page_of_its_own(open_page: OpenPage) -> None:
    source, story = make_source(f"She began. {PASSAGE}"), make_story()
    page = open_page(f"/admin/articles/story/{story.pk}/quote/", user=make_user("Editor"), javascript=False)
    page.get_by_role("link", name=source.title).click()
    page.locator("#passage_words").fill(PASSAGE)
    page.locator("#passage_new_speaker").fill("Ilse Marrow")
    page.get_by_role("button", name="Quote this").click()
    expect(page.locator(".messagelist")).to_contain_text("on record with their source")
    assert Quote.objects.get().source == source
