"""Sitemaps: every public page once, in parts of a bounded size, and each answers."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from tests.editions import make_edition, speaker_json

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def _public_address(settings: Settings) -> None:
    settings.NEWSROOM_URL = "https://news.example"


def parse(client: Client, address: str) -> ElementTree.Element:
    """The document at `address`."""
    response = client.get(address)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own document)


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
