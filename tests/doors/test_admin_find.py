"""Search over everything at the desk, on both engines."""

from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from articles.models import SearchEntry, Source, Speaker, Story
from articles.workflow.attribute import create_speaker, save_speaker
from articles.workflow.edit import StoryEdit, create_story, save_story
from articles.workflow.find import find_numbers, index_records
from articles.workflow.sources import create_source, save_source
from tests.doors.desk import enter, words
from tests.doors.test_search import HOSTILE
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db

BODY = "<p>“The gates will hold,” said Ruth Amadi, the harbour commissioner of Ostra.</p>"
Kind = SearchEntry.Kind


def write(headline: str, body: str = BODY) -> Story:
    return create_story(by=make_user("Editor"), edit=StoryEdit(headline=headline, body=body))


def find(text: str, kind: SearchEntry.Kind = Kind.STORY) -> list[int]:
    return list(find_numbers(text, kind))


@pytest.mark.parametrize(("text", "found"), [
    ("harbour", True), ("harb", True), ("HARBOURS", True), ("commissioner ostra", True), ("wall", True),
    ("“harbour commissioner”", True), ("“commissioner harbour”", False), ("harbour -ostra", False),
    ("harbour -vienna", True), ("vienna", False), ("", False), ("-harbour", False), ("gates hold", True),
])  # fmt: skip
def test_a_story_is_found_by_any_of_its_words(text: str, found: bool) -> None:
    story = write("The wall")
    assert find(text) == ([story.pk] if found else [])


def test_what_is_saved_is_found_by_its_new_words_only() -> None:
    story = write("The wall")
    edit = replace(StoryEdit.of(story), headline="The tower", slug="tower", body="<p>Nothing.</p>")
    save_story(story, by=make_user("Editor"), edit=edit, version=1)
    assert find("tower") == [story.pk]
    assert find("wall") == find("commissioner") == []


def test_quotes_and_speakers_that_a_text_brings_in_are_found() -> None:
    write("The wall")
    speaker = Speaker.objects.get()
    assert find("amadi", Kind.SPEAKER) == [speaker.pk]
    assert find("gates amadi", Kind.QUOTE) == [speaker.quotes.get().pk]
    save_speaker(speaker, by=make_user("Editor"), aliases=["Ruthie"])
    assert find("ruthie", Kind.SPEAKER) == [speaker.pk]
    create_speaker(by=make_user("Editor"), name="Tam Reed")
    assert len(find("reed", Kind.SPEAKER)) == 1


def test_a_source_that_becomes_confidential_is_found_by_nobody_here() -> None:
    owner = make_user("Reporter")
    source = create_source(by=owner, title="Minutes of the council", kind="document")
    assert find("minutes", Kind.SOURCE) == [source.pk]
    save_source(source, by=owner, confidential=True, owner=owner)
    assert find("minutes", Kind.SOURCE) == []
    assert not SearchEntry.objects.filter(words__contains="Minutes").exists()
    assert "Minutes of the council" not in words(enter("Editor").get("/admin/find/", {"q": "minutes"}))
    assert "Minutes of the council" in words(enter(owner).get("/admin/articles/source/", {"q": "minutes"}))
    save_source(Source.objects.get(), by=owner, confidential=False)
    assert find("minutes", Kind.SOURCE) == [source.pk]


def test_the_page_shows_what_was_found_by_kind_and_leads_to_the_rest() -> None:
    for number in range(10):
        write(f"The harbour wall {number}")
    client = enter("Auditor")
    page = client.get("/admin/find/", {"q": "harbour"})
    story = page.context["found"][0]
    assert (story.title, len(story.hits)) == ("Stories", 8)
    assert (
        len(
            client.get(f"/admin/articles/story/{story.more.partition('story/')[2]}").context["cl"].result_list
        )
        == 10
    )
    titles = [group.title for group in client.get("/admin/find/", {"q": "amadi"}).context["found"]]
    assert titles == ["Stories", "Quotes", "Speakers"]


def test_empty_and_fruitless_searches_teach() -> None:
    client = enter("Editor")
    assert "Phrases in marks" in words(client.get("/admin/find/"))
    assert "Nothing holds all of these words" in words(client.get("/admin/find/", {"q": "quokka"}))
    assert enter("").get("/admin/find/", {"q": "quokka"}).status_code == 200


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_answered(text: str) -> None:
    client, text = enter("Editor"), text.encode("utf-8", "replace").decode()
    for path in ("/admin/find/", "/admin/articles/story/", "/admin/articles/source/"):
        assert client.get(path, {"q": text}).status_code == 200


def test_records_that_came_in_another_way_are_indexed_by_the_command() -> None:
    story = make_story(headline="A restored lighthouse")
    assert find("lighthouse") == []
    out = StringIO()
    call_command("index_search", "--dry-run", stdout=out)
    assert "story: 1 would be indexed" in out.getvalue()
    assert find("lighthouse") == []
    call_command("index_search", "--json", stdout=(out := StringIO()))
    assert '"story": 1' in out.getvalue()
    call_command("index_search", "story", stdout=StringIO())
    assert find("lighthouse") == [story.pk]
    with pytest.raises(CommandError, match="no kind of record"):
        call_command("index_search", "novel")


def test_the_page_costs_the_same_however_much_is_found(django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        write(f"The harbour wall {number}", body=BODY.replace("Ruth", f"Ruth{chr(97 + number)}"))
    client = enter("Editor")
    client.get("/admin/find/", {"q": "harbour"})
    with django_assert_max_num_queries(16):
        client.get("/admin/find/", {"q": "ruth"})


def test_indexing_nothing_writes_nothing() -> None:
    index_records([])
    index_records([make_user("Editor")])
    assert not SearchEntry.objects.exists()


def test_a_list_counts_no_further_than_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.admin.counting.MOST_COUNTED", 3)
    for number in range(5):
        make_story(headline=f"Story {number}")
    page = enter("Editor").get("/admin/articles/story/")
    assert "the first 3 stories; search or filter to find others" in words(page)
