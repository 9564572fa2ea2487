"""Feeds and the sitemap: whole, well-formed, addressed to the public site."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.editions import WORDS, make_correction, make_edition, replace_edition, speaker_json
from tests.factories import make_section

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


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


@pytest.mark.parametrize("address", ["/feeds/atom/", "/feeds/rss/"])
def test_a_feed_that_did_not_change_answers_304(client: Client, address: str) -> None:
    edition = make_edition()
    response = client.get(address)
    assert response.headers["Cache-Control"] == "public, max-age=300"
    for name, header in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        again = client.get(address, headers={name: response.headers[header]})
        assert again.status_code == 304
    replace_edition(edition, at=timezone.now(), headline="A new headline", slug="new")
    changed = client.get(address, headers={"If-None-Match": response.headers["ETag"]})
    assert changed.status_code == 200


def test_the_sitemap_names_every_public_page_and_each_answers(client: Client) -> None:
    unnamed = {"quote_key": "k2", "speaker_slug": "a-nurse", "speaker": speaker_json(unnamed=True)}
    edition = make_edition(quotes=[{"quote_key": "k1"}, unnamed])
    parts = [entry.text for entry in parse(client, "/sitemap.xml").iter(f"{SITEMAP}loc")]
    assert parts
    found: set[str] = set()
    for part in parts:
        locations = parse(client, part.removeprefix("https://news.example")).iter(f"{SITEMAP}loc")
        found |= {location.text.removeprefix("https://news.example") for location in locations}
    assert {"/", "/harbour/", edition.get_absolute_url(), "/quotes/k1/", "/quotes/k2/",
            "/speakers/ilse-marrow/", "/topics/lighthouses/"} <= found  # fmt: skip
    assert "/speakers/a-nurse/" not in found
    assert {address: client.get(address).status_code for address in found} == dict.fromkeys(found, 200)
