"""A page costs the same number of queries whatever it shows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Brand, Edition
from articles.workflow.rendered import render_editions
from tests.editions import make_correction, make_edition
from tests.factories import make_section

pytestmark = pytest.mark.django_db

AT_MOST = {
    "/": 8,
    "/archive/": 4,
    "/developing/": 2,
    "/harbour/": 2,
    "/harbour/a-story/": 7,  # neither it nor its neighbours rendered beforehand
    "/topics/lighthouses/": 3,
    "/authors/wilma-fenn/": 4,
    "/speakers/": 3,
    "/speakers/?from=m": 3,
    "/speakers/?q=marrow": 3,
    "/speakers/ilse-marrow/": 4,
    "/speakers/ilse-marrow/?by=topic": 4,
    "/speakers/ilse-marrow/?topic=lighthouses&verified=1": 4,
    "/speakers/ilse-marrow/?q=lighthouse": 6,
    "/quotes/": 2,
    "/quotes/?section=harbour&state=verified": 2,
    "/quotes/k1/": 2,
    "/embed/quotes/k1/": 2,
    "/oembed/?url=http://127.0.0.1:8000/quotes/k1/": 2,
    "/oembed/?url=http://127.0.0.1:8000/harbour/a-story/": 2,
    "/sources/source1/": 3,
    "/corrections/": 5,
    "/policies/quotations/": 1,
    "/policies/": 2,
    "/about/": 3,
    "/disputes/": 2,
    "/disputes/new/": 1,
    "/disputes/new/?story=harbour/a-story": 3,
    "/disputes/new/?quote=k1": 3,
    "/search/?q=harbour": 11,  # four kinds, and the planner's estimate on PostgreSQL
    "/search/?q=lighthouse&in=stories": 4,
    "/search/?q=lighthouse&in=quotes": 4,
    "/search/?q=marrow&in=speakers": 3,
    "/search/?q=speech&in=sources": 3,
    "/quotes/check/?words=We+will+keep+the+lighthouse+open": 7,
    "/quotes/check/": 1,
    "/feeds/": 1,
    "/feeds/atom/": 5,  # the texts that this process does not keep are asked for by themselves
    "/feeds/rss/": 5,
    "/feeds/json/": 5,
    "/feeds/harbour/atom/": 5,
    "/feeds/topics/lighthouses/atom/": 6,
    "/feeds/authors/wilma-fenn/json/": 6,
    "/feeds/speakers/ilse-marrow/rss/": 2,
    "/feeds/quotes/atom/": 2,
    "/feeds/corrections/json/": 3,
    "/llms.txt": 1,
    "/site.webmanifest": 1,
    "/sitemap.xml": 17,  # a walk through an index for each kind of part, whatever the number of parts
    "/sitemap-news.xml": 2,
    f"/sitemap-stories-{timezone.now() - timedelta(hours=1):%Y-%m}.xml": 2,
    "/sitemap-quotes.xml": 2,
    "/sitemap-sources.xml": 2,
    "/sitemap-speakers.xml": 3,
    "/sitemap-topics.xml": 3,
    "/sitemap-authors.xml": 3,
    "/sitemap-pages.xml": 1,
    "/harbour/no-such-story/": 8,
    "/robots.txt": 0,
    "/api/v1/": 1,
    "/api/v1/docs/": 1,
    "/api/v1/openapi.json": 1,
    "/api/v1/stories": 2,
    "/api/v1/stories?section=harbour&topic=lighthouses&author=wilma-fenn&speaker=ilse-marrow": 2,
    "/api/v1/stories?q=lighthouse": 4,
    "/api/v1/quotes": 2,
    "/api/v1/quotes?q=lighthouse": 4,
    "/api/v1/quotes/k1": 2,
    "/api/v1/speakers": 3,
    "/api/v1/speakers/ilse-marrow": 2,
    "/api/v1/sources": 2,
    "/api/v1/sources/source1": 2,
    "/api/v1/corrections": 3,
    "/api/v1/search?q=lighthouse": 9,
    "/api/v1/quote-check?words=We+will+keep+the+lighthouse+open": 8,
}


def publish(count: int) -> None:
    """Publish `count` more stories, each with a correction and three quotes, one of them shared."""
    sections = [make_section("Harbour"), make_section("Coast", position=1)]
    for number in range(count):
        make_correction(
            make_edition(
                section=sections[number % 2], quotes=[{"quote_key": "k1"}, {}, {"verification": "disputed"}]
            )
        )


@pytest.fixture
def cost(client: Client) -> Callable[[str], int]:
    """Counts the queries of a page."""
    assert connection.features.supports_json_field  # asked of the database once, by whoever needs it first

    def count(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(address)
        assert response.status_code in (200, 404)
        return len(queries)

    return count


@pytest.mark.parametrize("address", AT_MOST)
def test_one_story_or_many_cost_the_same(address: str, cost: Callable[[str], int]) -> None:
    edition: Edition = make_edition(headline="A story", quotes=[{"quote_key": "k1"}, {}])
    make_correction(edition)
    publish(1)
    few = cost(address)
    publish(8)
    assert cost(address) == few
    assert few <= AT_MOST[address]


def test_one_quote_or_many_cost_the_same(cost: Callable[[str], int]) -> None:
    short = make_edition(quotes=[{}])
    long = make_edition(quotes=[{} for _ in range(60)])
    assert cost(short.get_absolute_url()) == cost(long.get_absolute_url()) == AT_MOST["/harbour/a-story/"]
    render_editions([short.pk, long.pk], Brand.objects.paper())
    assert cost(short.get_absolute_url()) == cost(long.get_absolute_url()) == 3
