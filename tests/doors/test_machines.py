"""What programs ask for: robots.txt, llms.txt and the manifest."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from articles.models import Brand
from tests.editions import make_edition
from tests.factories import make_section

pytestmark = pytest.mark.django_db

SITE = "https://news.example"
LINK = re.compile(rf"\]\({SITE}(/[^)]*)\)")


@pytest.fixture(autouse=True)
def _public_address(settings: Settings) -> None:
    settings.NEWSROOM_URL = SITE


def test_robots_name_both_maps(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    maps = [line.removeprefix(f"Sitemap: {SITE}") for line in lines if line.startswith("Sitemap: ")]
    assert maps == ["/sitemap.xml", "/sitemap-news.xml"]
    assert [client.get(address).status_code for address in maps] == [200, 200]


def test_every_address_in_llms_txt_is_a_page(client: Client) -> None:
    make_edition(section=make_section("Harbour", description="Boats & tides."))
    response = client.get("/llms.txt")
    text = response.content.decode()
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert text.startswith("# The Kelder Courier\n\n> ")
    assert "[Harbour](https://news.example/harbour/): Boats & tides." in text
    found = LINK.findall(text)
    assert len(found) == text.count("](") > 12
    assert {address: client.get(address).status_code for address in found} == dict.fromkeys(found, 200)


def test_the_manifest_has_the_name_and_the_colour_of_the_paper(client: Client) -> None:
    Brand.objects.update_or_create(pk=1, defaults={"name": "The Sandholm Post", "ground": "#f5f0e8"})
    make_edition()
    response = client.get("/site.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    about = response.json()
    assert (about["name"], about["background_color"]) == ("The Sandholm Post", "#f5f0e8")
    assert about["icons"][0]["src"].endswith(".svg")
    assert 'rel="manifest" href="/site.webmanifest"' in client.get("/").content.decode()
