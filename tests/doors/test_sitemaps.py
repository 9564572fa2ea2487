"""Sitemaps: every public page once, in parts of a bounded size, by the rules of the protocol."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.models import EditionQuote
from articles.models.keys import ALPHABET
from articles.sitemaps import parts
from articles.sitemaps.stretches import day, hour, month, months, read_stretch
from tests.editions import make_edition, replace_edition, speaker_json, withdraw_edition

pytestmark = pytest.mark.django_db

SITE = "https://news.example"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MAY = datetime(2024, 5, 17, 13, 20, tzinfo=UTC)
# What the schema of the protocol allows below <url>, in this order.
ALLOWED = [f"{SITEMAP}loc", f"{SITEMAP}lastmod", f"{IMAGE}image", f"{NEWS}news"]


@pytest.fixture(autouse=True)
def _public_address(settings: Settings) -> None:
    settings.NEWSROOM_URL = SITE


def parse(client: Client, address: str) -> ElementTree.Element:
    """The document at `address`."""
    response = client.get(address.removeprefix(SITE))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own document)


def listed(client: Client) -> list[str]:
    """The parts that the index names, as paths."""
    return [loc.text.removeprefix(SITE) for loc in parse(client, "/sitemap.xml").iter(f"{SITEMAP}loc")]


def every_page(client: Client) -> list[str]:
    """Every address in every part, as a path."""
    found = [parse(client, part).iterfind(f"{SITEMAP}url/{SITEMAP}loc") for part in listed(client)]
    return [location.text.removeprefix(SITE) for part in found for location in part]


def test_the_sitemap_names_every_public_page_once_and_each_answers(client: Client) -> None:
    unnamed = {"quote_key": "k2", "speaker_slug": "a-nurse", "speaker": speaker_json(unnamed=True)}
    edition = make_edition(quotes=[{"quote_key": "k1"}, unnamed])
    make_edition(quotes=[{"quote_key": "k1"}])
    found = every_page(client)
    wanted = {"/", "/harbour/", "/policies/quotations/", edition.get_absolute_url(), "/quotes/k1/",
              "/quotes/k2/", "/sources/source1/", "/speakers/ilse-marrow/", "/topics/lighthouses/",
              "/authors/wilma-fenn/"}  # fmt: skip
    assert wanted <= set(found)
    assert len(found) == len(set(found))
    assert "/speakers/a-nurse/" not in found
    assert {address: client.get(address).status_code for address in found} == dict.fromkeys(found, 200)


def test_what_is_gone_or_has_another_address_is_not_on_the_map(client: Client) -> None:
    killed = make_edition(quotes=[{"quote_key": "k1", "source_key": "s1", "speaker_slug": "no-one"}],
                          topics=[{"name": "eels", "slug": "eels"}],
                          bylines=[{"name": "Jo Tarn", "slug": "jo-tarn"}])  # fmt: skip
    withdraw_edition(killed, "This story was wrong.")
    moved = make_edition(headline="Old words")
    now = replace_edition(moved, slug="new-words")
    found = every_page(client)
    assert now.get_absolute_url() in found
    gone = {killed.get_absolute_url(), moved.get_absolute_url(), "/quotes/k1/", "/sources/s1/",
            "/speakers/no-one/", "/topics/eels/", "/authors/jo-tarn/"}  # fmt: skip
    assert not gone & set(found)


def test_every_part_follows_the_schema(client: Client) -> None:
    image = {"url": "/media/a.jpg", "width": 1600, "height": 900, "alt": "A quay."}
    make_edition(image=image, quotes=[{"quote_key": "k1"}])
    index = parse(client, "/sitemap.xml")
    assert index.tag == f"{SITEMAP}sitemapindex"
    assert {child.tag for child in index} == {f"{SITEMAP}sitemap"}
    for address in [*listed(client), "/sitemap-news.xml"]:
        part = parse(client, address)
        assert part.tag == f"{SITEMAP}urlset"
        assert len(part) >= 1, address
        for url in part:
            tags = [child.tag for child in url]
            assert tags == [tag for tag in ALLOWED if tag in tags]
            assert url.findtext(f"{SITEMAP}loc").startswith(SITE)
            lastmod = url.findtext(f"{SITEMAP}lastmod")
            assert lastmod is None or datetime.fromisoformat(lastmod).tzinfo
    story = parse(client, f"/sitemap-stories-{month(timezone.now() - timedelta(hours=1)).name}.xml")
    assert story.findtext(f"{SITEMAP}url/{IMAGE}image/{IMAGE}loc") == f"{SITE}/media/a.jpg"


def test_a_part_says_when_it_last_changed(client: Client) -> None:
    old = make_edition(live_from=MAY)
    at = timezone.now() - timedelta(minutes=5)
    replace_edition(old, at=at)
    (entry,) = [e for e in parse(client, "/sitemap.xml") if "2024-05" in e.findtext(f"{SITEMAP}loc")]
    assert datetime.fromisoformat(entry.findtext(f"{SITEMAP}lastmod")) == at.replace(microsecond=0)
    (url,) = parse(client, "/sitemap-stories-2024-05.xml")
    assert datetime.fromisoformat(url.findtext(f"{SITEMAP}lastmod")) == at.replace(microsecond=0)


# --- Parts ---------------------------------------------------------------------------------------


def test_stories_stand_in_the_part_of_their_month(client: Client) -> None:
    make_edition(live_from=MAY)
    make_edition(live_from=MAY - timedelta(days=70))
    stories = [part for part in listed(client) if "stories" in part]
    assert stories == ["/sitemap-stories-2024-05.xml", "/sitemap-stories-2024-03.xml"]


def test_a_month_that_is_too_full_is_divided(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST", 2)
    for minutes in (0, 1, 2, 70, 6000):
        make_edition(live_from=MAY + timedelta(minutes=minutes))
    stories = [part for part in listed(client) if "stories" in part]
    assert stories == [
        "/sitemap-stories-2024-05-21.xml",
        "/sitemap-stories-2024-05-17T14.xml",
        "/sitemap-stories-2024-05-17T13.xml",
    ]
    assert [len(parse(client, part)) for part in stories] == [1, 1, 3]


def test_names_go_on_in_a_second_part(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST", 2)
    make_edition(topics=[{"name": name, "slug": name} for name in ("ale", "bee", "cod", "dab", "eel")])
    topics = [part for part in listed(client) if "topics" in part]
    assert topics == ["/sitemap-topics.xml", "/sitemap-topics.xml?from=cod", "/sitemap-topics.xml?from=eel"]
    assert [len(parse(client, part)) for part in topics] == [2, 2, 1]


def test_records_are_divided_by_the_first_sign_of_their_key(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST", 2)
    keys = ["2b", "2c", "zz", "bd"]
    make_edition(quotes=[{"quote_key": key, "source_key": key} for key in keys])
    quotes = [part for part in listed(client) if "quotes" in part]
    assert quotes == ["/sitemap-quotes-2.xml", "/sitemap-quotes-b.xml", "/sitemap-quotes-z.xml"]
    assert sorted(page for page in every_page(client) if re.fullmatch("/quotes/../", page)) == sorted(
        f"/quotes/{key}/" for key in keys
    )


@pytest.mark.parametrize("prefix", ["", "2", "z", "zz", "bz", "9"])
def test_a_beginning_of_a_key_is_a_range(prefix: str) -> None:
    keys = [f"{first}{second}" for first in "29bz" for second in ALPHABET]
    make_edition(quotes=[{"quote_key": key} for key in keys])
    found = parts._with_prefix(EditionQuote.objects.all(), "quote_key", prefix)
    assert {quote.quote_key for quote in found} == {key for key in keys if key.startswith(prefix)}


def test_so_many_records_need_so_many_parts() -> None:
    assert parts._signs(0) == parts._signs(parts.MOST) == 0
    assert parts._signs(parts.MOST + 1) == 1
    assert parts._signs(1_000_000) == 2


@pytest.mark.parametrize("name", [
    "none", "stories", "stories-2024-13", "stories-2024-05-32", "stories-2024-05-17T24", "stories-0000-01",
    "quotes-a", "quotes-É", "topics-b", "pages-1", "stories-٢٠٢٤-05",
])  # fmt: skip
def test_there_is_no_other_part(client: Client, name: str) -> None:
    make_edition(quotes=[{}])
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_stretches_of_time() -> None:
    assert [stretch.name for stretch in months(MAY - timedelta(days=31), MAY)] == ["2024-05", "2024-04"]
    assert [len(stretch.divided()) for stretch in (month(MAY), day(MAY), hour(MAY))] == [31, 24, 0]
    for stretch in (month(MAY), day(MAY), hour(MAY)):
        assert read_stretch(stretch.name) == stretch
        assert stretch.holds(MAY)
        assert not stretch.holds(stretch.end)


def test_an_empty_paper_has_a_map_too(client: Client) -> None:
    assert listed(client) == ["/sitemap-pages.xml"]


# --- News ----------------------------------------------------------------------------------------


def test_the_map_for_news_has_two_days_with_titles(client: Client) -> None:
    make_edition(headline="Cod & chips")
    make_edition(headline="Older", live_from=timezone.now() - timedelta(hours=49))
    make_edition(headline="Paid for", type_of_work="advertiser")
    (url,) = parse(client, "/sitemap-news.xml")
    told = url.find(f"{NEWS}news")
    assert told.findtext(f"{NEWS}title") == "Cod & chips"
    assert told.findtext(f"{NEWS}publication/{NEWS}name") == "The Kelder Courier"
    assert told.findtext(f"{NEWS}publication/{NEWS}language") == "en"
    assert datetime.fromisoformat(told.findtext(f"{NEWS}publication_date")).tzinfo
