"""Two people talk about a passage: marked, answered, moved with its words, resolved."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Notification, Story, Thread
from articles.text.markup import plain_text
from tests.browser.conftest import OpenPage
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = "<p>The council met on Tuesday and voted to keep the lighthouse open.</p>"
SECOND = "<p>Seven boats were in the basin when the council rose.</p>"
SELECT = """words => {
  const box = document.querySelector(".tiptap");
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const places = [];
  while (walker.nextNode()) {
    const text = walker.currentNode;
    for (let offset = 0; offset < text.length; offset += 1) places.push([text, offset]);
  }
  const start = box.textContent.indexOf(words);
  const [last, offset] = places[start + words.length - 1];
  box.focus();
  getSelection().setBaseAndExtent(...places[start], last, offset + 1);
}"""


def change(story: Story) -> str:
    return f"/admin/articles/story/{story.pk}/change/"


def select(page: Page, words: str) -> None:
    expect(page.locator(".tiptap")).to_contain_text(words)
    page.evaluate(SELECT, words)
    expect(page.locator("#comment-words")).to_have_value(words)


def test_two_people_talk_about_words_that_move(open_page: OpenPage) -> None:
    mara = make_user("Editor", username="mara", first_name="Mara", last_name="Holt")
    jon = make_user("Editor", username="jon", first_name="Jon", last_name="Wick")
    story = make_story(body=FIRST + SECOND, owner=mara)

    first = open_page(change(story), user=jon)
    select(first, "Seven boats")
    first.keyboard.press("Control+Alt+m")
    expect(first.locator("#comment-text")).to_be_focused()
    first.keyboard.type("Who counted? @ma")
    first.get_by_role("option", name="Mara Holt @mara").wait_for()
    first.keyboard.press("Enter")
    expect(first.locator("#comment-text")).to_have_value("Who counted? @mara ")
    first.keyboard.press("Control+Enter")
    expect(first.locator(".thread")).to_contain_text("Who counted? @mara")
    expect(first.locator(".tiptap .passage")).to_have_text("Seven boats")

    # Mara is told, and the notification leads her to the comment.
    second = open_page("/admin/", user=mara)
    expect(second.locator("#bell")).to_contain_text("1")
    second.locator("#bell").click()
    second.get_by_role("link", name="Jon Wick mentions you").click()
    expect(second.locator(".thread")).to_be_visible()
    assert "#comment-" in second.url
    passage = second.locator(".tiptap .passage")
    expect(passage).to_have_text("Seven boats")

    # She moves the sentence to the front and saves: the thread stays with its words.
    box = second.locator(".tiptap")
    sentence = "Seven boats were in the basin when the council rose."
    select(second, sentence)
    second.keyboard.press("Control+x")
    expect(box).not_to_contain_text(sentence)
    select(second, "The council met")
    second.keyboard.press("Control+v")
    expect(box.locator("p").first).to_contain_text(f"{sentence} on Tuesday")
    expect(passage).to_have_text("Seven boats")
    second.locator("[data-save]").click()
    expect(second.locator(".messagelist")).to_contain_text("Saved.")
    expect(passage).to_have_text("Seven boats")
    thread, text = Thread.objects.get(), plain_text(Story.objects.get().body).text
    assert (thread.start, text[thread.start : thread.end]) == (0, "Seven boats")

    # From the words to the thread and back, then an answer.
    passage.click()
    expect(second.locator(".thread")).to_have_class("thread pointed-at")
    second.get_by_role("button", name="Show in the text").click()
    expect(passage).to_have_class("passage pointed-at")
    second.locator(".thread-reply summary").click()
    second.locator(".thread-reply textarea").fill("The harbour master did.")
    second.locator(".thread-reply button").click()
    expect(second.locator(".thread")).to_contain_text("The harbour master did.")

    # Jon is told in turn, and resolves it; what he is typing in the story stays.
    assert Notification.objects.get(to=jon).kind == Notification.Kind.REPLY
    first.goto(change(story))
    first.locator("#id_headline").fill("Boats counted")
    first.get_by_role("button", name="Resolve").click()
    expect(first.locator(".comments-resolved")).to_contain_text("1 resolved")
    expect(first.locator(".tiptap .passage")).to_have_count(0)
    expect(first.locator("#id_headline")).to_have_value("Boats counted")
    assert Thread.objects.get().resolved_by == jon


def test_what_is_typed_into_a_comment_outlives_a_save(open_page: OpenPage) -> None:
    story = make_story(body=FIRST)
    page = open_page(change(story), user=make_user("Editor"))
    page.locator("#comment-new summary").click()
    page.locator("#comment-text").fill("Half a thought about the")
    page.locator("#id_headline").fill("Another headline")
    page.locator("[data-save]").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(page.locator("#comment-text")).to_have_value("Half a thought about the")


def test_a_comment_can_be_made_without_javascript(open_page: OpenPage) -> None:
    story = make_story(body=FIRST + SECOND)
    page = open_page(change(story), user=make_user("Editor"), javascript=False)
    page.locator("#comment-new summary").click()
    page.locator("#comment-words").fill("Seven boats")
    page.locator("#comment-text").fill("Who counted?")
    page.locator("#comment-new button").click()
    expect(page.locator(".thread")).to_contain_text("Who counted?")
    assert Thread.objects.get().start is not None
