"""Writing a body with everything that may stand in it, and reading it as a reader."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from playwright.sync_api import Page, expect

from articles.models import Edition, Image, Story
from articles.workflow.find import index_records
from tests.browser.conftest import OpenPage
from tests.factories import WORDS, bring_to, make_image, make_quoting_story, make_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def picture() -> Image:
    """A picture of the library with its file."""
    data = io.BytesIO()
    Pillow.new("RGB", (1600, 900), "#385a6b").save(data, "JPEG")
    image = make_image(title="Ferry at dusk", alt="A ferry leaves a harbour.", caption="The last boat.")
    default_storage.save(image.file.name, ContentFile(data.getvalue()))
    return image


def change(story: Story) -> str:
    return f"/admin/articles/story/{story.pk}/change/"


def tool(page: Page, name: str) -> None:
    page.locator(".prose-menubar").get_by_role("button", name=name).click()


def at_the_end_of_the_first_paragraph(page: Page) -> None:
    page.locator(".tiptap > p").first.click()
    page.keyboard.press("End")


def save(page: Page) -> None:
    page.locator("[data-save]").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")


def test_a_body_with_all_that_may_stand_in_it(open_page: OpenPage, picture: Image) -> None:
    chief = make_user("Managing editor")
    story = make_quoting_story(owner=make_user("Reporter"))
    page = open_page(change(story), user=chief)
    at_the_end_of_the_first_paragraph(page)
    tool(page, "Put a footnote here")
    page.keyboard.type("The minutes have it, page 4.")
    expect(page.locator(".tiptap aside[data-note]")).to_have_attribute("data-number", "1")
    at_the_end_of_the_first_paragraph(page)
    tool(page, "Put a picture into the text")
    page.get_by_role("button", name="Ferry at dusk").click()
    expect(page.locator(".element-picture img")).to_be_visible()
    at_the_end_of_the_first_paragraph(page)
    tool(page, "Set a quotation of this story large")
    page.keyboard.press("Enter")
    expect(page.locator(".element-pull")).to_contain_text(WORDS)
    at_the_end_of_the_first_paragraph(page)
    tool(page, "Put a card that leads to another site into the text")
    page.get_by_label("Address").fill("https://video.example/watch?v=1&t=2")
    page.get_by_label("What readers find there").fill("The council, live")
    page.get_by_role("button", name="Put it in").click()
    expect(page.locator(".element-card")).to_contain_text("The council, live")
    at_the_end_of_the_first_paragraph(page)
    page.keyboard.press("Enter")
    tool(page, "Insert table")
    page.locator("dialog select").select_option("Yes")
    page.get_by_role("button", name="Insert Table", exact=True).click()
    for words in ("Boat", "Winter", "Summer", "Ferry", "4", "9"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    save(page)
    page.locator("#preview-link").click()
    frame = page.frame_locator(".preview-frame")
    expect(frame.locator(".pull")).to_contain_text(WORDS)
    expect(frame.locator(".notes")).to_contain_text("The minutes have it, page 4.")
    bring_to(Story.Status.APPROVED, story, by=chief)
    page.goto(f"/admin/articles/story/{story.pk}/step/publish/")
    page.get_by_role("button", name="Publish").last.click()
    expect(page.locator(".messagelist")).to_be_visible()
    address = Edition.objects.get(story=story).get_absolute_url()
    for screen in ("phone", "desktop"):
        reader = open_page(address, screen=screen)
        expect(reader.locator(".body-picture img")).to_have_attribute("alt", "A ferry leaves a harbour.")
        expect(reader.locator(".text table thead th").first).to_have_attribute("scope", "col")
        expect(reader.locator(".text iframe, .text script")).to_have_count(0)
        expect(reader.get_by_role("link", name="The council, live")).to_have_attribute(
            "href", "https://video.example/watch?v=1&t=2"
        )
        reader.locator(".note-mark a").click()
        expect(reader.locator("#note-1")).to_be_in_viewport()
        wide = reader.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0


def test_find_and_replace_is_one_undo(open_page: OpenPage) -> None:
    story = make_story(body="<p>The ferry left. No ferry came.</p><table><tr><td>Ferry</td></tr></table>")
    page = open_page(change(story), user=make_user("Editor"))
    page.locator(".tiptap > p").first.click()
    page.keyboard.press("Control+f")
    panel = page.get_by_role("search", name="Find and replace")
    panel.get_by_label("Find", exact=True).fill("ferry")
    expect(panel.locator("output")).to_have_text("1 of 3")
    page.keyboard.press("Enter")
    expect(panel.locator("output")).to_have_text("2 of 3")
    panel.get_by_label("Replace with").fill("boat")
    panel.get_by_role("button", name="Replace all").click()
    expect(panel.locator("output")).to_contain_text("3 replaced")
    expect(page.locator(".tiptap")).to_contain_text("The boat left. No boat came.")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    expect(page.locator(".tiptap")).to_contain_text("The ferry left. No ferry came.")


def test_marks_are_set_as_one_types_and_tidied_at_once(open_page: OpenPage) -> None:
    story = make_story(body='<p>"Old marks," she said -- twice.</p>')
    page = open_page(change(story), user=make_user("Editor"))
    page.locator(".tiptap > p").first.click()
    page.keyboard.press("End")
    page.keyboard.type(" \"It's 'odd'...\" he said.")
    expect(page.locator(".tiptap")).to_contain_text("“It’s ‘odd’…” he said.")
    tool(page, "Set quotation marks, dashes and spaces as printed")
    expect(page.locator(".tiptap > p").first).to_have_text(
        "“Old marks,” she said\u00a0– twice. “It’s ‘odd’…” he said."
    )


def test_what_is_pasted_is_cleaned(open_page: OpenPage) -> None:
    page = open_page(change(make_story(body="<p>Before. </p>")), user=make_user("Editor"))
    page.locator(".tiptap > p").first.click()
    page.keyboard.press("End")
    page.evaluate(
        """html => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
          document.querySelector(".tiptap").dispatchEvent(paste);
        }""",
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span>"
        "<b style='color:red'>One</b><o:p></o:p></p><p>Two <script>alert(1)</script></p>",
    )
    expect(page.locator(".tiptap ol li strong")).to_have_text("One")
    expect(page.locator(".tiptap")).to_contain_text("Two")
    page.keyboard.press("Control+z")
    expect(page.locator(".tiptap")).not_to_contain_text("Two")


def test_a_link_is_chosen_by_looking_for_a_story(open_page: OpenPage) -> None:
    other = make_quoting_story(headline="Ferry to run all winter", slug="ferry-all-winter")
    index_records([other])
    page = open_page(change(make_story(body="<p>The ferry runs.</p>")), user=make_user("Editor"))
    page.locator(".tiptap > p").first.dblclick(position={"x": 45, "y": 10})
    page.keyboard.press("Control+k")
    page.get_by_role("searchbox").last.fill("ferry")
    page.get_by_role("button", name="Ferry to run all winter").click()
    expect(page.locator(".tiptap a")).to_have_attribute("href", "/harbour/ferry-all-winter/")


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_the_tools_stand_in_one_row_and_keys_reach_the_last(open_page: OpenPage, screen: str) -> None:
    page = open_page(change(make_story()), user=make_user("Editor"), screen=screen)
    bar = page.locator(".prose-menubar")
    last = bar.get_by_role("button", name="Find and replace")
    last.focus()
    expect(last).to_be_in_viewport(ratio=0.9)
    assert bar.evaluate("bar => bar.clientHeight") < 2 * last.evaluate("button => button.offsetHeight")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
