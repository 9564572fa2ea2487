"""The read API tells nothing that is not published, and does not even ask for it."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Edition
from tests.doors.test_leaks import CANARY, DESK_TABLES, HIDDEN, TABLE, canary_edition
from tests.editions import make_correction, make_edition

pytestmark = pytest.mark.django_db

# Where something of the canary's is asked for by name, and nothing is answered but its absence.
SAID = "The quokkazephyr sings."


@pytest.fixture(autouse=True)
def _uncounted() -> None:
    cache.clear()


def addresses() -> Iterator[str]:
    """Every list, and every record by the name that it has or would have."""
    yield from ("", "docs/", "openapi.json", "stories", "quotes", "speakers", "sources", "corrections")
    yield from (f"stories?{name}={CANARY}" for name in ("q", "topic", "author", "speaker"))
    yield from (f"quotes?{name}={CANARY}" for name in ("q", "speaker", "source", "topic"))
    yield from (f"search?q={CANARY}", f"speakers?q={CANARY}", f"quote-check?words={SAID}")
    yield from (f"{kind}/{CANARY}" for kind in ("quotes", "speakers", "sources"))
    for number in {*Edition.objects.values_list("story_id", flat=True)}:
        yield from (f"stories/{number}", f"stories/{number}/ninjs")


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_not_published_shows_nowhere(client: Client, hidden: Callable[[], None]) -> None:
    make_edition(headline="A story for every list", quotes=[{}])
    hidden()
    for address in addresses():
        response = client.get(f"/api/v1/{address}")
        assert response.status_code in (200, 404, 410), address
        headers = dict(response.headers)
        if CANARY in address:  # what is not there depends on what was asked for
            headers.pop("Surrogate-Key", "")
        assert CANARY not in response.content.decode() + str(headers), address


def test_the_canary_shows_once_it_is_published(client: Client) -> None:
    """The test above looks in the right places."""
    make_correction(make_edition(**canary_edition()), CANARY)
    silent = ("", "docs/", "openapi.json")
    for address in (each for each in addresses() if each not in silent):
        assert CANARY in client.get(f"/api/v1/{address}").content.decode(), address


def test_the_tables_of_the_desk_are_not_asked(client: Client) -> None:
    make_correction(make_edition(**canary_edition()))
    asked: dict[str, set[str]] = {}
    for address in addresses():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/api/v1/{address}")
        asked[address] = {table for query in queries for table in TABLE.findall(query["sql"])}
    assert any("edition" in tables for tables in asked.values())
    assert {address: tables & DESK_TABLES for address, tables in asked.items() if tables & DESK_TABLES} == {}
