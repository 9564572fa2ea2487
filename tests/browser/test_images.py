"""The picture library in a browser: uploads, the focal point, choosing a lead image; also without script."""

import io
from collections.abc import Callable

import pytest
from PIL import Image as Pillow
from playwright.sync_api import Page, expect

from articles.models import Image, Story
from articles.workflow.pictures import add_image
from tests.browser.conftest import OpenPage, Problems
from tests.factories import make_section, make_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)

UPLOAD = "/admin/articles/image/upload/"


def a_file(name: str, colour: str = "teal") -> dict[str, object]:
    """A picture as a browser is given it."""
    out = io.BytesIO()
    Pillow.new("RGB", (800, 600), colour).save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def a_picture(title: str, colour: str = "teal") -> Image:
    """A picture of the library, with its files."""
    data = a_file("x.jpg", colour)["buffer"]
    return add_image(
        by=make_user(), data=data, filename="x.jpg", title=title, alt="A wall.", credit="T. Reed"
    )


def choose_files(page: Page) -> None:
    files = [a_file("pier.jpg"), a_file("notes.jpg") | {"buffer": b"no picture"}, a_file("crane.jpg", "red")]
    page.set_input_files("#id_pictures", files)
    page.fill("#id_credit", "T. Reed")
    page.get_by_role("button", name="Upload").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_many_pictures_are_uploaded_and_each_says_what_became_of_it(
    open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(UPLOAD, user=make_user("Reporter"), javascript=javascript)
    choose_files(page)
    expect(page.locator(".upload-row[data-result=kept]")).to_have_count(2)
    refused = page.locator(".upload-row[data-result=refused]")
    expect(refused).to_contain_text("notes.jpg")
    expect(refused).to_contain_text("This is not a picture that can be used")
    expect(page.locator("#id_credit")).to_have_value("T. Reed")
    assert sorted(Image.objects.values_list("title", "credit")) == [("crane", "T. Reed"), ("pier", "T. Reed")]


def test_what_a_lost_connection_swallowed_is_sent_again(open_page: OpenPage, problems: Problems) -> None:
    problems.tolerate("ERR_INTERNET_DISCONNECTED")
    page = open_page(UPLOAD, user=make_user("Reporter"))
    page.context.set_offline(True)
    page.set_input_files("#id_pictures", [a_file("pier.jpg")])
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".upload-row")).to_contain_text("The connection was lost")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".upload-row[data-result=kept]")).to_have_count(1)
    expect(page.locator("[data-upload-count]")).to_have_text("1 of 1 are done.")


def test_the_focal_point_is_set_by_a_click_by_keys_and_by_numbers(open_page: OpenPage) -> None:
    image = a_picture("Wall")
    page = open_page(f"/admin/articles/image/{image.pk}/change/", user=make_user("Editor"))
    across, down = page.locator("#id_focus_x"), page.locator("#id_focus_y")
    crop = page.locator(".crop[data-ratio='1:1'] img")
    expect(crop).to_have_css("object-position", "50% 50%")
    picture = page.locator("[data-focus-picture]")
    box = picture.bounding_box()
    assert box is not None
    picture.click(position={"x": box["width"] * 0.2, "y": box["height"] * 0.75})
    expect(across).to_have_value("20")
    expect(down).to_have_value("75")
    expect(crop).to_have_css("object-position", "20% 75%")
    page.get_by_role("button", name="Focal point").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(crop).to_have_css("object-position", "21% 65%")
    down.fill("10")
    expect(crop).to_have_css("object-position", "21% 10%")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/admin/articles/image/")
    image.refresh_from_db()
    assert (image.focus_x, image.focus_y) == (21, 10)


@pytest.fixture
def story() -> Story:
    """A draft without a lead image, in a library of two."""
    a_picture("Crane", "red")
    a_picture("Pier at dusk")
    return make_story(section=make_section())


@pytest.fixture
def lead_of(story: Story) -> Callable[[], str]:
    """Return a function that says what the lead image of the story is called."""

    def title() -> str:
        story.refresh_from_db()
        return story.lead_image.title if story.lead_image else ""

    return title


def test_a_lead_image_is_chosen_in_a_dialog_by_keys(
    open_page: OpenPage, story: Story, lead_of: Callable[[], str]
) -> None:
    page = open_page(f"/admin/articles/story/{story.pk}/change/", user=make_user("Editor"))
    expect(page.get_by_role("button", name="Take it away")).to_be_hidden()
    page.get_by_role("button", name="Choose a picture").click()
    expect(page.locator(".picker-grid button")).to_have_count(2)
    page.get_by_label("Find a picture").fill("cran")
    expect(page.locator(".picker-grid button")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[data-picked-title]")).to_have_text("Crane")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.wait_for_load_state()
    expect(page.locator("[data-picked-title]")).to_have_text("Crane")
    assert lead_of() == "Crane"
    page.get_by_role("button", name="Take it away").click()
    expect(page.locator("[data-picked]")).to_be_hidden()
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.wait_for_load_state()
    expect(page.locator("[data-picked]")).to_be_hidden()
    assert lead_of() == ""


def test_without_javascript_the_number_of_the_picture_is_typed(
    open_page: OpenPage, story: Story, lead_of: Callable[[], str]
) -> None:
    url = f"/admin/articles/story/{story.pk}/change/"
    page = open_page(url, user=make_user("Editor"), javascript=False)
    page.get_by_label("Lead image").fill(str(Image.objects.get(title="Crane").pk))
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator("[data-picked-title]")).to_have_text("Crane")
    assert lead_of() == "Crane"
