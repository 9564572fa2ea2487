"""New story from pasted text: the preview, the cuts, and every way in which a text can be unreadable."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Quote, Story
from tests.doors.desk import enter, words
from tests.factories import make_section, make_user

pytestmark = pytest.mark.django_db

URL = "/admin/articles/story/paste/"
COPY = """Harbour Commissioner Ilse Marrow keeps the lighthouse open

KELDER – The lighthouse at Kelder Point stays open through the winter, the harbour council decided on Tuesday.

ADVERTISEMENT

“We will keep the lighthouse open through the winter,” Harbour Commissioner Ilse Marrow told the council.

The keeper, Tam Reed, listened from the back of the room.

This is a developing story and will be updated.
"""


def test_the_preview_shows_the_story_the_cuts_and_who_says_what_and_stores_nothing() -> None:
    page = words(enter("Reporter").post(URL, {"copy": COPY, "_preview": "1"}))
    assert "keeps the lighthouse open" in page
    assert "ADVERTISEMENT" in page
    assert "Put back" in page
    assert "<strong>Ilse Marrow</strong>" in page
    assert "developing story" in page
    assert not Story.objects.exists()


def test_a_cut_is_put_back_with_one_click_and_cut_again_with_another() -> None:
    client = enter("Reporter")
    page = words(client.post(URL, {"copy": COPY, "_put_back": "0"}))
    assert "Cut it again" in page
    assert '<input type="hidden" name="put_back" value="0">' in page
    page = words(client.post(URL, {"copy": COPY, "put_back": "0", "_cut_again": "0"}))
    assert "Cut it again" not in page


def test_the_draft_is_made_with_its_quotation_and_its_owner() -> None:
    reporter = make_user("Reporter")
    section = make_section("Harbour")
    fields = {"copy": COPY, "section": section.pk, "topics": "harbour, lighthouse", "_create": "1"}
    response = enter(reporter).post(URL, fields, follow=True)
    story = Story.objects.get()
    assert response.redirect_chain[-1][0] == f"/admin/articles/story/{story.pk}/change/"
    assert story.owner == reporter
    assert story.section == section
    assert story.developing
    assert sorted(topic.name for topic in story.topics.all()) == ["harbour", "lighthouse"]
    assert "ADVERTISEMENT" not in story.body
    assert Quote.objects.get().speaker.name == "Ilse Marrow"
    page = words(response)
    assert "We will keep the lighthouse open through the winter" in page
    assert "cut from the copy" in page


def test_the_headline_that_was_found_can_be_changed_before_the_draft_is_made() -> None:
    client = enter("Reporter")
    page = words(client.post(URL, {"copy": COPY, "_preview": "1"}))
    found = "Harbour Commissioner Ilse Marrow keeps the lighthouse open"
    assert f'name="headline" maxlength="300" value="{found}"' in page
    mine = {"copy": COPY, "headline": "Lighthouse stays open", "found_headline": found}
    page = words(client.post(URL, mine | {"_put_back": "0"}))
    assert 'value="Lighthouse stays open"' in page
    page = words(client.post(URL, mine | {"source_url": "no address", "_create": "1"}))
    assert '<input type="hidden" name="headline" value="Lighthouse stays open">' in page
    client.post(URL, mine | {"_create": "1"})
    assert Story.objects.get().headline == "Lighthouse stays open"


def test_the_same_copy_twice_says_so_and_leads_to_the_story() -> None:
    client = enter("Reporter")
    client.post(URL, {"copy": COPY, "_create": "1"})
    story = Story.objects.get()
    page = words(client.post(URL, {"copy": COPY, "_preview": "1"}))
    assert "This text came in before." in page
    assert f"/admin/articles/story/{story.pk}/change/" in page
    client.post(URL, {"copy": COPY, "_create": "1"})
    assert Story.objects.count() == 1


@pytest.mark.parametrize("copy", ["", "   \n ", "Kelder\x00 Point"])
def test_a_text_that_cannot_be_read_stays_in_the_box_with_a_sentence(copy: str) -> None:
    response = enter("Reporter").post(
        URL, {"copy": copy, "source_url": "https://kelder.example/a", "_create": "1"}
    )
    assert response.status_code == 200
    assert response.context["form"].errors["copy"]
    assert response.context["form"]["copy"].value() == copy
    assert "https://kelder.example/a" in words(response)
    assert not Story.objects.exists()


def test_a_file_is_read_into_the_box() -> None:
    upload = SimpleUploadedFile("copy.txt", COPY.encode())
    page = words(enter("Reporter").post(URL, {"copy": "", "file": upload, "_preview": "1"}))
    assert "Ilse Marrow told the council." in page
    assert "Create draft" in page


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xfe\xff", b"caf\xe9 in Latin-1"])
def test_a_file_that_is_no_text_gets_a_sentence(data: bytes) -> None:
    upload = SimpleUploadedFile("copy.txt", data)
    response = enter("Reporter").post(URL, {"copy": "Kept text", "file": upload, "_create": "1"})
    assert response.context["form"].errors["file"]
    assert response.context["form"]["copy"].value() == "Kept text"
    assert not Story.objects.exists()


def test_ten_megabytes_in_one_line_get_a_sentence() -> None:
    response = enter("Reporter").post(URL, {"copy": "a" * 10_000_001, "_preview": "1"})
    assert response.status_code == 200
    assert response.context["form"].errors["copy"]


def test_an_auditor_may_not_paste() -> None:
    assert enter("Auditor").get(URL).status_code == 403
