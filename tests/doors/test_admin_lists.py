"""The lists of the desk: what they show, to whom, and what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Quote
from articles.workflow.find import index_records
from tests.doors.desk import enter, words
from tests.factories import (
    make_image,
    make_quotation,
    make_quote,
    make_quoting_story,
    make_source,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

LISTS = [
    "articles/story", "articles/quote", "articles/speaker", "articles/source", "articles/image",
    "articles/edition", "articles/correction", "articles/override", "articles/event", "articles/section",
    "articles/author",
]  # fmt: skip


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Managing editor", "Auditor", "Administrator"])
@pytest.mark.parametrize("path", LISTS)
def test_every_role_reads_every_list(role: str, path: str) -> None:
    assert enter(role).get(f"/admin/{path}/").status_code == 200


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_says_what_would_be_there(path: str) -> None:
    page = words(
        enter("Managing editor").get(
            f"/admin/{path}/?q=zzzz" if path.endswith("event") else f"/admin/{path}/"
        )
    )
    assert "Nothing" in page or "No stories yet" in page


def fill(number: int) -> None:
    """Rows of everything that has a list."""
    for count in range(number):
        story = make_quoting_story(Quote.Verification.UNVERIFIED, headline=f"Story {count}")
        make_quotation(story)
        make_image()
        make_source(text="A text.")


@pytest.mark.parametrize("path", ["story", "quote", "speaker", "source", "image", "event"])
def test_a_list_costs_the_same_for_two_rows_and_for_twelve(path: str) -> None:
    client = enter("Managing editor")
    fill(2)
    client.get(f"/admin/articles/{path}/")  # permissions and content types are read once
    with CaptureQueriesContext(connection) as few:
        client.get(f"/admin/articles/{path}/")
    fill(10)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/admin/articles/{path}/")
    assert len(many) == len(few) <= 12


def test_the_story_list_shows_status_owner_and_open_quotations() -> None:
    owner = make_user("Reporter", first_name="Wim", last_name="Taal")
    story = make_quoting_story(Quote.Verification.UNVERIFIED, headline="Lighthouse", owner=owner)
    make_quotation(story, make_quote("It stays.", verification=Quote.Verification.VERIFIED))
    page = words(enter("Editor").get("/admin/articles/story/"))
    assert "Lighthouse" in page
    assert "Wim Taal" in page
    assert "1 of 2 to check" in page


def test_the_story_list_is_filtered_by_mine_and_by_open_quotations() -> None:
    editor = make_user("Editor")
    make_story(headline="Mine alone", owner=editor)
    make_quoting_story(Quote.Verification.UNVERIFIED, headline="Words to check")
    client = enter(editor)
    mine = words(client.get("/admin/articles/story/?mine=1"))
    assert "Mine alone" in mine
    assert "Words to check" not in mine
    work = words(client.get("/admin/articles/story/?work=quotes"))
    assert "Mine alone" not in work
    assert "Words to check" in work


def test_stories_are_found_by_their_words() -> None:
    lighthouse = make_story(headline="Lighthouse", body="<p>About a heron.</p>")
    index_records([lighthouse, make_story(headline="Ferry")])
    page = words(enter("Editor").get("/admin/articles/story/?q=heron"))
    assert "Lighthouse" in page
    assert "Ferry" not in page


def test_a_confidential_source_is_listed_for_its_owner_and_the_managing_editor_only() -> None:
    owner = make_user("Reporter")
    make_source(title="The grey folder", confidential=True, owner=owner)
    seen = {role: "The grey folder" in words(enter(role).get("/admin/articles/source/")) for role in
            ("Managing editor", "Editor", "Auditor", "Administrator")}  # fmt: skip
    assert seen == {"Managing editor": True, "Editor": False, "Auditor": False, "Administrator": False}
    assert "The grey folder" in words(enter(owner).get("/admin/articles/source/"))


def test_a_confidential_title_is_not_in_the_list_of_quotes() -> None:
    owner = make_user("Reporter")
    make_quote(source=make_source(title="The grey folder", confidential=True, owner=owner))
    assert "The grey folder" not in words(enter("Editor").get("/admin/articles/quote/"))


@pytest.mark.parametrize("path", ["story", "quote", "speaker", "source", "image", "edition", "event"])
def test_nothing_is_deleted_from_a_list(path: str) -> None:
    make_quoting_story()
    page = words(enter("Managing editor").get(f"/admin/articles/{path}/"))
    assert "delete_selected" not in page


def test_speakers_are_found_by_another_name() -> None:
    index_records([make_speaker("Ilse Marrow", aliases=["Isa Marrow"])])
    assert "Ilse Marrow" in words(enter("Editor").get("/admin/articles/speaker/?q=Isa"))
