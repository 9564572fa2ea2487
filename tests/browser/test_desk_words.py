"""Nothing that was typed is lost: two editors at once, an expired log-in, a page left by mistake."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Story
from tests.browser.conftest import OpenPage
from tests.factories import make_quoting_story, make_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def change(story: Story) -> str:
    return f"/admin/articles/story/{story.pk}/change/"


def test_the_second_of_two_editors_sees_both_versions_and_keeps_her_own(open_page: OpenPage) -> None:
    story = make_story(headline="Lighthouse stays open", body="<p>The council met.</p>")
    first = open_page(change(story), user=make_user("Editor", first_name="Wim", last_name="Taal"))
    second = open_page(change(story), user=make_user("Editor"))
    second.locator("#id_headline").fill("Lighthouse shines on")
    second.locator(".tiptap").click()
    second.keyboard.press("Control+End")
    second.keyboard.type(" It voted.")
    first.locator("#id_headline").fill("Lighthouse saved")
    first.locator("[data-save]").click()
    expect(first.locator(".messagelist")).to_contain_text("Saved.")
    second.locator("[data-save]").click()
    expect(second.locator("#stale")).to_contain_text("Wim Taal saved version 2")
    expect(second.locator("#id_headline")).to_have_value("Lighthouse shines on")
    expect(second.locator(".tiptap")).to_contain_text("The council met. It voted.")
    second.get_by_role("button", name="Take the saved one: Headline").click()
    expect(second.locator("#id_headline")).to_have_value("Lighthouse saved")
    second.locator("[data-save]").click()
    expect(second.locator(".messagelist")).to_contain_text("Saved.")
    story.refresh_from_db()
    assert (story.headline, story.version) == ("Lighthouse saved", 3)
    assert "It voted." in story.body


def test_an_expired_log_in_loses_nothing(open_page: OpenPage) -> None:
    editor = make_user("Editor", username="ada", password="a lighthouse at dusk")
    story = make_story(headline="Lighthouse stays open", body="<p>The council met.</p>")
    page = open_page(change(story), user=editor)
    page.locator(".tiptap").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" It voted late at night.")
    Session.objects.all().delete()
    page.locator("[data-save]").click()
    page.locator("#id_username").fill("ada")
    page.locator("#id_password").fill("a lighthouse at dusk")
    page.locator("[type=submit]").click()
    expect(page.locator("#draft-offer")).to_be_visible()
    page.get_by_role("button", name="Put it into the form").click()
    expect(page.locator(".tiptap")).to_contain_text("It voted late at night.")
    page.locator("[data-save]").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(page.locator("#draft-offer")).to_be_hidden()
    story.refresh_from_db()
    assert "It voted late at night." in story.body


def test_pasted_text_survives_an_expired_log_in_and_is_forgotten_when_it_is_a_story(
    open_page: OpenPage,
) -> None:
    editor = make_user("Editor", username="ada", password="a lighthouse at dusk")
    page = open_page("/admin/articles/story/paste/", user=editor)
    page.locator("#id_copy").fill("Lighthouse stays open\n\nThe council met on Tuesday and voted.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Preview").click()
    page.locator("#id_username").fill("ada")
    page.locator("#id_password").fill("a lighthouse at dusk")
    page.locator("[type=submit]").click()
    expect(page.locator("#id_copy")).to_have_value(re.compile("The council met on Tuesday"))
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Create draft").click()
    expect(page.locator("#story-form")).to_be_visible()
    page.wait_for_load_state("load")  # the scripts of the page have run
    page.goto("/admin/articles/story/paste/")
    expect(page.locator("#id_copy")).to_have_value("")


def test_a_saved_story_is_not_offered_again(open_page: OpenPage) -> None:
    page = open_page("/admin/articles/story/add/", user=make_user("Editor"))
    page.locator("#id_headline").fill("A new headline")
    page.locator("[data-save]").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    page.goto("/admin/articles/story/add/")
    expect(page.locator("#id_headline")).to_have_value("")
    expect(page.locator("#draft-offer")).to_be_hidden()


def test_leaving_with_unsaved_words_is_asked_about(open_page: OpenPage) -> None:
    page = open_page(change(make_story()), user=make_user("Editor"))
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("#id_headline").fill("Half a headl")
    page.get_by_role("link", name="Speakers").click()
    expect(page.locator("#id_headline")).to_have_value("Half a headl")
    assert asked == ["beforeunload"]


def test_the_editor_keeps_curly_quotes_and_counts_words(open_page: OpenPage) -> None:
    page = open_page("/admin/articles/story/add/", user=make_user("Editor"))
    page.locator(".tiptap").click()
    page.keyboard.insert_text("“It stays,” she said.")
    expect(page.locator("#word-count")).to_contain_text("4")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    assert "“It stays,” she said." in Story.objects.get().body


@pytest.mark.parametrize("screen", ["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screens_of_a_story_fit(open_page: OpenPage, screen: str, scheme: str) -> None:
    story = make_quoting_story()
    page = open_page(user=make_user("Managing editor"), screen=screen, scheme=scheme)
    paths = ["change/", "review/", "step/submit/", "step/spike/"]
    for path in ["/admin/", "/admin/articles/story/", "/admin/articles/story/paste/"] + [
        f"/admin/articles/story/{story.pk}/{rest}" for rest in paths
    ]:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_the_review_works_without_scripts_and_with_keys(open_page: OpenPage) -> None:
    story = make_quoting_story("unverified", status=Story.Status.IN_REVIEW)
    editor = make_user("Editor")
    plain = open_page(f"/admin/articles/story/{story.pk}/review/", user=editor, javascript=False)
    plain.locator("summary", has_text="Dispute").click()
    plain.get_by_label("What is in doubt").fill("The speaker denies it.")
    plain.get_by_role("button", name="Dispute it").click()
    expect(plain.locator(".decision .chip").first).to_have_text("disputed")
    page = open_page(f"/admin/articles/story/{story.pk}/review/", user=editor)
    page.keyboard.press("?")
    expect(page.locator("#keys-help")).to_be_visible()
    expect(page.locator("#keys-help")).to_contain_text("Not a quotation")
    page.keyboard.press("Escape")
    expect(page.locator("#keys-help")).to_be_hidden()
    page.keyboard.press("a")
    expect(page.locator("details[open] .select2-selection").first).to_be_focused()
