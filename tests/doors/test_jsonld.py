"""What pages say to machines in the words of schema.org."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from articles import jsonld
from articles.models import Paper, PolicyKind, PolicyLink
from articles.templatetags.paper import structured_data
from tests.editions import WORDS, make_correction, make_edition, speaker_json

pytestmark = pytest.mark.django_db

HOSTILE = "</script><script>alert(1)</script><!-- & \u2028"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def _public_address(settings: Settings) -> None:
    settings.NEWSROOM_URL = "https://news.example"
    settings.NEWSROOM_NAME = "The Sandholm Post"


def nodes(client: Client, address: str) -> list[dict[str, Any]]:
    """The graph on the page at `address`."""
    (document,) = SCRIPT.findall(client.get(address).content.decode())
    return json.loads(document)["@graph"]


@pytest.mark.parametrize(("work", "kind"), [
    ("news", "NewsArticle"),
    ("analysis", "AnalysisNewsArticle"),
    ("opinion", "OpinionNewsArticle"),
    ("background", "BackgroundNewsArticle"),
    ("review", "ReviewNewsArticle"),
    ("advertiser", "AdvertiserContentArticle"),
])  # fmt: skip
def test_the_type_of_work_is_the_type_of_article(client: Client, work: str, kind: str) -> None:
    edition = make_edition(type_of_work=work)
    story, trail = nodes(client, edition.get_absolute_url())
    assert story["@type"] == kind
    assert story["headline"] == edition.headline
    assert story["url"] == f"https://news.example{edition.get_absolute_url()}"
    assert story["datePublished"] == edition.first_live_from.isoformat()
    assert story["author"][0]["name"] == "Wilma Fenn"
    assert (story["publisher"]["@type"], story["publisher"]["name"]) == (
        "NewsMediaOrganization",
        "The Sandholm Post",
    )
    assert [step["position"] for step in trail["itemListElement"]] == [1, 2, 3]


def test_each_quotation_is_a_part_with_its_speaker_role_and_source(client: Client) -> None:
    edition = make_edition(quotes=[{"quote_key": "k1"}])
    (quotation,) = nodes(client, edition.get_absolute_url())[0]["hasPart"]
    assert quotation["@type"] == "Quotation"
    assert quotation["text"] == WORDS
    assert quotation["url"] == "https://news.example/quotes/k1/"
    assert quotation["spokenByCharacter"]["name"] == "Ilse Marrow"
    assert quotation["spokenByCharacter"]["jobTitle"] == "Harbour Commissioner"
    assert quotation["isBasedOn"]["name"] == "Speech to the harbour council"
    assert quotation["citation"] == {"@id": quotation["isBasedOn"]["@id"]}
    assert quotation["isPartOf"]["@id"] == nodes(client, edition.get_absolute_url())[0]["@id"]
    alone, trail = nodes(client, "/quotes/k1/")
    assert alone["isPartOf"]["headline"] == edition.headline
    names = [step["name"] for step in trail["itemListElement"]]
    assert names == ["The Sandholm Post", "On the record", "Ilse Marrow", WORDS]


def test_a_speaker_and_a_source_are_described_once(client: Client) -> None:
    edition = make_edition(quotes=[{"quote_key": "k1"}, {"quote_key": "k2"}])
    one, two = nodes(client, edition.get_absolute_url())[0]["hasPart"]
    assert one["spokenByCharacter"]["name"] == "Ilse Marrow"
    assert two["spokenByCharacter"] == {"@id": one["spokenByCharacter"]["@id"]}
    assert two["isBasedOn"] == {"@id": one["isBasedOn"]["@id"]}


def test_the_policies_of_the_paper_have_schema_orgs_names() -> None:
    links = [PolicyLink(kind, f"our-{kind}", "Title") for kind in PolicyKind.values]
    told = jsonld.publisher(Paper(), links)
    assert told["name"] == "The Sandholm Post"
    assert told["publishingPrinciples"] == "https://news.example/policies/"
    for kind, name in jsonld.POLICIES.items():
        assert told[name] == f"https://news.example/policies/our-{kind}/"
    assert set(PolicyKind.values) - set(jsonld.POLICIES) == {"privacy", "contact", "other"}
    assert jsonld.publisher(Paper())["correctionsPolicy"] == "https://news.example/corrections/"


def test_what_other_sites_show_beside_a_link(client: Client) -> None:
    jpeg = {"url": "/media/a-1280.jpg", "width": 1280, "height": 720, "type": "image/jpeg"}
    image = {"url": "/media/a.jpg", "width": 3000, "height": 1700, "alt": "A quay.", "renditions": [jpeg]}
    page = client.get(make_edition(image=image).get_absolute_url()).content.decode()
    for name, value in {
        "og:type": "article", "og:image": "https://news.example/media/a-1280.jpg", "og:image:width": "1280",
        "og:image:height": "720", "og:image:type": "image/jpeg", "og:image:alt": "A quay.",
        "article:section": "Harbour", "article:tag": "lighthouses",
        "article:author": "https://news.example/authors/wilma-fenn/",
    }.items():  # fmt: skip
        assert f'<meta property="{name}" content="{value}">' in page
    bare = client.get(make_edition().get_absolute_url()).content.decode()
    assert '<meta property="og:image:width" content="1200">' in bare, "A story without a picture has a card."


def test_machines_learn_no_more_than_readers(client: Client) -> None:
    unnamed = speaker_json(unnamed=True, external_ids={"wikidata": "Q100000001"})
    quote = {"quote_key": "k1", "source_key": "", "source": {"confidential": True}, "speaker": unnamed,
             "speaker_name": "a nurse", "speaker_slug": "a-nurse"}  # fmt: skip
    (quotation,) = nodes(client, make_edition(quotes=[quote]).get_absolute_url())[0]["hasPart"]
    assert quotation["spokenByCharacter"] == {"@type": "Person", "name": "a nurse"}
    assert "isBasedOn" not in quotation
    assert "citation" not in quotation


def test_corrections_and_the_picture_are_told(client: Client) -> None:
    image = {
        "url": "/media/full.jpg",
        "width": 1600,
        "height": 900,
        "alt": "A lighthouse.",
        "credit": "T. Reed",
    }
    edition = make_edition(image=image, developing=True)
    correction = make_correction(edition)
    story = nodes(client, edition.get_absolute_url())[0]
    assert story["correction"][0]["@type"] == "CorrectionComment"
    assert story["correction"][0]["text"] == correction.text
    assert story["image"]["url"] == "https://news.example/media/full.jpg"
    assert story["creativeWorkStatus"] == "Developing"


def test_a_speaker_has_dated_roles(client: Client) -> None:
    make_edition(quotes=[{}])
    (person,) = nodes(client, "/speakers/ilse-marrow/")
    assert person["sameAs"] == ["https://www.wikidata.org/wiki/Q100000000"]
    assert [role["startDate"] for role in person["hasOccupation"]] == ["2011-03-01", "2020-07-01"]
    assert person["hasOccupation"][0]["endDate"] == "2020-06-30"


def test_the_front_page_tells_how_to_search(client: Client) -> None:
    make_edition()
    paper, site = nodes(client, "/")
    assert paper["@type"] == "NewsMediaOrganization"
    assert site["potentialAction"]["target"]["urlTemplate"].endswith("/search/?q={search_term_string}")


def test_hostile_words_stay_inside_the_data(client: Client) -> None:
    edition = make_edition(headline=HOSTILE, dek=HOSTILE, quotes=[{"words": HOSTILE, "quote_key": "k1"}])
    for address in (edition.get_absolute_url(), "/quotes/k1/", "/"):
        page = client.get(address).content.decode()
        assert "<script>" not in page
        assert page.count("</script>") == page.count("<script type=")
    assert nodes(client, edition.get_absolute_url())[0]["headline"] == HOSTILE


def test_data_that_was_not_escaped_is_refused() -> None:
    assert structured_data(jsonld.dump({"name": HOSTILE}))
    with pytest.raises(ValueError, match="jsonld.dump"):
        structured_data(json.dumps({"name": HOSTILE}))
