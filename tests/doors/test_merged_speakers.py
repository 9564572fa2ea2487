"""What readers see after two records of a speaker were merged: one page, one name, no dead address."""

import json

import pytest
from django.test import Client

from articles.models import Edition, Quote, Speaker, Story
from articles.workflow.amend import kill_story
from articles.workflow.merge import merge_speakers
from articles.workflow.publish import publish_story
from tests.factories import make_quotation, make_quote, make_speaker, make_story, make_user

pytestmark = pytest.mark.django_db

LINES = ("The gate will be closed before the tide turns.", "Nobody should have to swim to the market.")


def publish(speaker: Speaker, line: str) -> Story:
    """A live story that prints `line`, said by `speaker`."""
    quote = make_quote(line, speaker=speaker, verification=Quote.Verification.VERIFIED)
    story = make_story(status="approved", body=f"<p>“{line}” {speaker} said.</p>", dek="A vote.")
    make_quotation(story, quote, spans=[[1, 1 + len(line)]])
    publish_story(story, by=make_user("Managing editor"), kind=Edition.Kind.SAME)
    return story


@pytest.fixture
def merged() -> tuple[Story, Story]:
    """Two live stories, one printing Ruth Amadi and one R. Amadi, whose records were merged since."""
    keep, other = make_speaker("Ruth Amadi", slug="ruth-amadi"), make_speaker("R. Amadi", slug="r-amadi")
    stories = publish(keep, LINES[0]), publish(other, LINES[1])
    merge_speakers(keep, other=other, by=make_user("Editor"), reason="One person.")
    return stories


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_one_page_has_the_quotes_of_both(merged: tuple[Story, Story], client: Client) -> None:
    found = page(client, "/speakers/ruth-amadi/")
    assert all(line in found for line in LINES)
    everybody = page(client, "/speakers/")
    assert "/speakers/ruth-amadi/" in everybody
    assert "/speakers/r-amadi/" not in everybody


def test_the_old_address_leads_to_the_new_one_for_good(merged: tuple[Story, Story], client: Client) -> None:
    response = client.get("/speakers/r-amadi/")
    assert (response.status_code, response.headers["Location"]) == (301, "/speakers/ruth-amadi/")


def test_it_still_does_when_the_story_is_gone(merged: tuple[Story, Story], client: Client) -> None:
    kill_story(merged[1], by=make_user("Managing editor"), notice="The story was wrong.")
    response = client.get("/speakers/r-amadi/")
    assert (response.status_code, response.headers["Location"]) == (301, "/speakers/ruth-amadi/")


def test_when_every_story_is_gone_so_are_both_pages(merged: tuple[Story, Story], client: Client) -> None:
    for story in merged:
        kill_story(story, by=make_user("Managing editor"), notice="The story was wrong.")
    assert client.get("/speakers/ruth-amadi/").status_code == 410
    assert client.get("/speakers/r-amadi/").status_code == 410


def test_search_sitemap_and_machines_know_one_speaker(merged: tuple[Story, Story], client: Client) -> None:
    assert "swim to the" in page(client, "/search/?q=Ruth+Amadi+market&in=quotes")
    sitemap = page(client, "/sitemap-speakers.xml")
    assert "/speakers/ruth-amadi/" in sitemap
    assert "/speakers/r-amadi/" not in sitemap
    edition = Edition.objects.published().get(story=merged[1])
    found = page(client, edition.get_absolute_url())
    data = json.loads(found.partition('type="application/ld+json">')[2].partition("</script>")[0])
    spoken = data["@graph"][0]["hasPart"][0]["spokenByCharacter"]
    assert (spoken["name"], spoken["@id"].endswith("/speakers/ruth-amadi/")) == ("Ruth Amadi", True)
    assert "R. Amadi</a>" not in found
    assert "R. Amadi said" in found, "What was printed stays as it was printed."


def test_a_merge_of_what_nobody_published_tells_readers_nothing(client: Client) -> None:
    keep, other = make_speaker("Ruth Amadi", slug="ruth-amadi"), make_speaker("R. Amadi", slug="r-amadi")
    make_quote(LINES[0], speaker=other)
    merge_speakers(keep, other=other, by=make_user("Editor"), reason="One person.")
    assert client.get("/speakers/r-amadi/").status_code == 404
    assert client.get("/speakers/ruth-amadi/").status_code == 404
