"""Feeds: whole, well-formed, addressed to the public site, and never rendered for nothing."""

import json
import re
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from time_machine import TimeMachineFixture

from articles.feeds.formats import FORMS
from articles.models import FormerAddress
from articles.workflow.addresses import give_up
from tests.editions import (
    WORDS,
    make_correction,
    make_edition,
    replace_edition,
    speaker_json,
    withdraw_edition,
)
from tests.factories import make_section

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
PAGES = {
    "/": "/feeds/",
    "/harbour/": "/feeds/harbour/",
    "/topics/lighthouses/": "/feeds/topics/lighthouses/",
    "/authors/wilma-fenn/": "/feeds/authors/wilma-fenn/",
    "/speakers/ilse-marrow/": "/feeds/speakers/ilse-marrow/",
    "/quotes/": "/feeds/quotes/",
    "/corrections/": "/feeds/corrections/",
}
ADDRESSES = [f"{feed}atom/" for feed in PAGES.values()]


@pytest.fixture(autouse=True)
def _public_address(settings: Settings) -> None:
    settings.NEWSROOM_URL = "https://news.example"


def parse(client: Client, address: str) -> ElementTree.Element:
    """The document at `address`."""
    response = client.get(address)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own document)


def test_an_entry_is_the_whole_story_with_where_its_quotes_are_from(client: Client) -> None:
    edition = make_edition(headline="Cod & chips", quotes=[{"quote_key": "k1"}], developing=True)
    make_correction(edition, "It is haddock.")
    entry = parse(client, "/feeds/atom/").find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Cod & chips"
    assert entry.find(f"{ATOM}link").get("href") == f"https://news.example{edition.get_absolute_url()}"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Wilma Fenn"
    assert entry.findtext(f"{ATOM}published") == edition.first_live_from.isoformat()
    content = entry.findtext(f"{ATOM}content")
    for text in (WORDS, "It is haddock.", "developing", "Ilse Marrow", "Speech to the harbour council"):
        assert text in content
    assert "<button" not in content
    assert "popover" not in content


def test_links_in_a_feed_lead_to_the_public_site(client: Client) -> None:
    make_edition(quotes=[{"quote_key": "k1"}])
    for address in ("/feeds/atom/", "/feeds/rss/"):
        text = client.get(address).content.decode()
        assert "testserver" not in text
        assert 'href="/' not in text
        assert "href=&quot;/" not in text
        assert "https://news.example/quotes/k1/" in text


def test_rss_has_names_dates_and_the_whole_story(client: Client) -> None:
    edition = make_edition(quotes=[{}])
    item = parse(client, "/feeds/rss/").find("channel/item")
    assert item.findtext("title") == edition.headline
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "Wilma Fenn"
    assert item.find("guid").get("isPermaLink") == "false"
    assert WORDS in item.findtext(CONTENT)
    assert item.findtext("author") is None


def test_an_entry_keeps_its_identity_when_its_address_changes(client: Client) -> None:
    first = make_edition()
    before = parse(client, "/feeds/atom/").findtext(f"{ATOM}entry/{ATOM}id")
    replace_edition(first, slug="another-address")
    assert parse(client, "/feeds/atom/").findtext(f"{ATOM}entry/{ATOM}id") == before


def test_a_section_has_its_own_feed_and_says_so_on_its_page(client: Client) -> None:
    make_edition(section=make_section("Coast"), headline="On the coast")
    make_edition(section=make_section("Harbour"), headline="In the harbour")
    feed = client.get("/feeds/coast/atom/").content.decode()
    assert "On the coast" in feed
    assert "In the harbour" not in feed
    assert 'href="/feeds/coast/atom/"' in client.get("/coast/").content.decode()
    assert 'href="/feeds/atom/"' in client.get("/").content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_that_did_not_change_answers_304_for_one_query(
    client: Client, address: str, django_assert_num_queries: Any
) -> None:
    edition = make_correction(make_edition(quotes=[{"quote_key": "k1"}])).made_in
    response = client.get(address)
    assert response.status_code == 200
    tag = {"If-None-Match": response.headers["ETag"]}
    with django_assert_num_queries(1):
        assert client.get(address, headers=tag).status_code == 304
    assert client.head(address).headers["ETag"] == response.headers["ETag"]
    assert client.post(address).status_code == 405
    replace_edition(edition, at=timezone.now(), headline="A new headline", slug="new")
    assert client.get(address, headers=tag).status_code != 304


def test_a_feed_may_not_be_kept_beyond_the_next_scheduled_story(
    client: Client, clock: TimeMachineFixture
) -> None:
    make_edition()
    make_edition(live_from=timezone.now() + timedelta(seconds=20))
    assert client.get("/feeds/json/").headers["Cache-Control"] == "public, max-age=20"


# --- Every subject in every format ----------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("address", [address.removesuffix("atom/") for address in ADDRESSES])
def test_each_subject_has_each_format(client: Client, address: str, form: str) -> None:
    make_correction(make_edition(quotes=[{"quote_key": "k1"}]), "It has nine members.")
    response = client.get(f"{address}{form}/")
    assert response.headers["Content-Type"] == f"{FORMS[form].media_type}; charset=utf-8"
    assert response.headers["Link"] == f'<https://news.example{address}{form}/>; rel="self"'
    text = response.content.decode()
    assert "testserver" not in text
    assert not re.search(r'(?:href|src|cite)=(?:\\?"|&quot;)/', text)
    if form == "json":
        assert json.loads(text)["feed_url"] == f"https://news.example{address}json/"
        assert len(json.loads(text)["items"]) == 1
    else:
        root = ElementTree.fromstring(text)  # noqa: S314 (our own document)
        assert len([*root.iter(f"{ATOM}entry"), *root.iter("item")]) == 1


def test_json_feed_has_what_its_rules_ask_for(client: Client) -> None:
    """jsonfeed.org/version/1.1: names, types and dates."""
    image = {"url": "/media/a.jpg", "width": 1600, "height": 900, "alt": "A quay.", "credit": "T. Reed"}
    edition = make_edition(image=image, quotes=[{}])
    document = json.loads(client.get("/feeds/json/").content)
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["home_page_url"] == "https://news.example/"
    (item,) = document["items"]
    assert item["id"].startswith("tag:news.example,")
    assert item["url"] == f"https://news.example{edition.get_absolute_url()}"
    assert item["image"] == "https://news.example/media/a.jpg"
    assert item["authors"] == [{"name": "Wilma Fenn", "url": "https://news.example/authors/wilma-fenn/"}]
    assert item["tags"] == ["Harbour", "lighthouses"]
    assert item["language"] == "en-gb"
    assert datetime.fromisoformat(item["date_published"]) == edition.first_live_from
    assert WORDS in item["content_html"]
    assert 'src="https://news.example/media/a.jpg"' in item["content_html"]


def test_the_lead_picture_goes_along(client: Client) -> None:
    jpeg = {"url": "/media/a-1280.jpg", "width": 1280, "height": 720, "type": "image/jpeg"}
    image = {"url": "/media/a.jpg", "width": 3000, "height": 1700, "alt": "A quay.", "credit": "T. Reed"}
    make_edition(image=image | {"renditions": [jpeg, jpeg | {"url": "/media/a-480.jpg", "width": 480}]})
    for address, path in (("/feeds/atom/", f"{ATOM}entry"), ("/feeds/rss/", "channel/item")):
        content = parse(client, address).find(path).find(f"{MEDIA}content")
        assert content.get("url") == "https://news.example/media/a-1280.jpg"
        assert (content.get("width"), content.get("height")) == ("1280", "720")
        assert content.findtext(f"{MEDIA}description") == "A quay."


def test_everybody_who_wrote_a_story_is_named(client: Client) -> None:
    make_edition(
        bylines=[{"name": "Wilma Fenn", "slug": "wilma-fenn"}, {"name": "Jo Tarn", "slug": "jo-tarn"}]
    )
    names = parse(client, "/feeds/atom/").findall(f"{ATOM}entry/{ATOM}author/{ATOM}name")
    assert [name.text for name in names] == ["Wilma Fenn", "Jo Tarn"]
    names = parse(client, "/feeds/rss/").findall("channel/item/{http://purl.org/dc/elements/1.1/}creator")
    assert [name.text for name in names] == ["Wilma Fenn", "Jo Tarn"]


def test_a_quote_is_an_entry_with_its_record(client: Client) -> None:
    edition = make_edition(quotes=[{"quote_key": "k1"}])
    (item,) = json.loads(client.get("/feeds/speakers/ilse-marrow/json/").content)["items"]
    assert item["id"] == item["url"] == "https://news.example/quotes/k1/"
    assert item["title"] == f"Ilse Marrow: “{WORDS}”"
    assert "Speech to the harbour council" in item["content_html"]
    assert edition.get_absolute_url() in item["content_html"]


def test_quotes_of_one_story_were_updated_one_after_the_other(client: Client) -> None:
    make_edition(quotes=[{"quote_key": "k1"}, {"quote_key": "k2"}])
    moments = [
        each.text for each in parse(client, "/feeds/quotes/atom/").iterfind(f"{ATOM}entry/{ATOM}updated")
    ]
    assert len(set(moments)) == len(moments) == 2
    assert moments == sorted(moments, reverse=True)


def test_an_unnamed_speaker_has_no_feed(client: Client) -> None:
    make_edition(quotes=[{"speaker_slug": "a-nurse", "speaker": speaker_json(unnamed=True)}])
    assert client.get("/feeds/speakers/a-nurse/atom/").status_code == 404


def test_words_that_are_doubted_say_so(client: Client) -> None:
    make_edition(quotes=[{"verification": "disputed"}])
    assert "disputed" in parse(client, "/feeds/atom/").findtext(f"{ATOM}entry/{ATOM}content")


def test_a_killed_story_goes_from_every_feed(client: Client) -> None:
    edition = make_edition(headline="Wrong in every word", quotes=[{"quote_key": "k1"}])
    make_correction(edition)
    withdraw_edition(edition, "This story was wrong.")
    for address in ADDRESSES:
        response = client.get(address)
        assert "Wrong in every word" not in response.content.decode()
        assert response.status_code == (410 if "/authors/" in address or "/topics/" in address
                                        or "/speakers/" in address else 200)  # fmt: skip


@pytest.mark.parametrize("address", [
    "/feeds/none/atom/", "/feeds/topics/none/json/", "/feeds/authors/none/rss/", "/feeds/speakers/none/atom/",
    "/feeds/xml/", "/feeds/harbour/xml/",
])  # fmt: skip
def test_there_is_no_feed_of_nothing(client: Client, address: str) -> None:
    make_edition()
    assert client.get(address).status_code == 404


def test_the_feed_of_a_speaker_who_was_merged_moves_along(client: Client) -> None:
    first = make_edition(quotes=[{"quote_key": "k1", "speaker_slug": "ilse-marow"}])
    replace_edition(first, quotes=[{"quote_key": "k1", "speaker_slug": "ilse-marrow"}])
    give_up(FormerAddress.Kind.SPEAKER, "ilse-marow", now="ilse-marrow")
    response = client.get("/feeds/speakers/ilse-marow/json/")
    assert (response.status_code, response.headers["Location"]) == (301, "/feeds/speakers/ilse-marrow/json/")


def test_a_hub_is_named_where_there_is_one(client: Client, settings: Settings) -> None:
    settings.NEWSROOM_WEBSUB_HUB = "https://hub.example/"
    make_edition()
    for form in FORMS:
        response = client.get(f"/feeds/{form}/")
        assert "https://hub.example/" in response.content.decode()
        assert response.headers["Link"].startswith('<https://hub.example/>; rel="hub", ')


def test_pages_name_their_feeds(client: Client) -> None:
    make_edition(quotes=[{"quote_key": "k1"}])
    for page, feed in PAGES.items():
        text = client.get(page).content.decode()
        for form in FORMS:
            assert f'href="{feed}{form}/"' in text
            assert 'href="/feeds/atom/"' in text


def test_people_find_every_feed_on_a_page(client: Client) -> None:
    make_edition()
    text = client.get("/feeds/").content.decode()
    for address in ("/feeds/json/", "/feeds/quotes/atom/", "/feeds/corrections/rss/", "/feeds/harbour/json/"):
        assert f'href="{address}"' in text
        assert client.get(address).status_code == 200
