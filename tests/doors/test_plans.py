"""How the database finds what a list shows: through an index, and no further than the list is long."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Edition
from tests.editions import make_correction, make_edition

# What grows with the archive. Of these a page reads a stretch, in an order that an index has.
LARGE = (
    "articles_edition", "articles_editionquote", "articles_editiontopic", "articles_editionbyline",
    "articles_correction", "articles_correction_editions", "articles_quotedname",
    "articles_storywords", "articles_quotewords",
)  # fmt: skip
LISTS = (
    "/", "/harbour/", "/harbour/?page=2", "/harbour/a-story/", "/harbour/a-story/history/",
    "/topics/lighthouses/", "/authors/wilma-fenn/", "/speakers/", "/speakers/?from=m",
    "/speakers/ilse-marrow/", "/speakers/ilse-marrow/?topic=lighthouses", "/quotes/",
    "/quotes/?state=disputed", "/quotes/?section=harbour&state=verified", "/quotes/k1/",
    "/sources/source1/", "/corrections/", "/corrections/?kind=correction", "/archive/",
    "/archive/2026/", "/developing/", "/search/?q=lighthouse", "/search/?q=lighthouse&in=quotes",
    "/feeds/atom/", "/feeds/corrections/atom/", "/feeds/speakers/ilse-marrow/atom/",
    "/api/v1/stories", "/api/v1/quotes", "/api/v1/corrections",
)  # fmt: skip

_ALIAS = re.compile(r'"(articles_\w+)" "?([A-Z]\d+)"?\b')

pytestmark = pytest.mark.django_db


def read_whole(statement: str) -> list[str]:
    """The large tables that the database would read from end to end for a statement."""
    plan = _postgresql_plan if connection.vendor == "postgresql" else _sqlite_plan
    names = {alias: table for table, alias in _ALIAS.findall(statement)}
    return [table for name in plan(statement) if (table := names.get(name, name)) in LARGE]


def _sqlite_plan(statement: str) -> list[str]:
    """What is scanned without an index. By age, up to a limit, that is no more than what is shown."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        steps = [row[3] for row in cursor.fetchall()]
    sorts = any(step.startswith("USE TEMP B-TREE FOR ORDER BY") for step in steps)
    if not sorts and " LIMIT " in statement:
        return []
    return [step.removeprefix("SCAN ") for step in steps if step.startswith("SCAN ")]


def _postgresql_plan(statement: str) -> list[str]:
    """What is scanned although every index is preferred: small as the tables are here, none serves.

    A statement that is kept ready has no values here, so that it is looked at on SQLite only.
    """
    if "$1" in statement:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}")
        lines = " ".join(row[0] for row in cursor.fetchall())
        cursor.execute("SET LOCAL enable_seqscan = on")
    return re.findall(r"Seq Scan on (\w+)", lines)


@pytest.fixture
def paper() -> Edition:
    """A few stories with quotes and corrections."""
    first = make_edition(headline="A story", quotes=[{"quote_key": "k1"}, {}])
    make_correction(first)
    for _ in range(4):
        make_correction(make_edition(quotes=[{"quote_key": "k1"}, {"verification": "disputed"}]))
    return first


@pytest.mark.parametrize("address", LISTS)
def test_no_page_reads_a_table_that_grows_from_end_to_end(
    address: str, paper: Edition, client: Client
) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    for query in asked:
        if query["sql"].startswith("SELECT"):
            assert not read_whole(query["sql"]), query["sql"]


def test_a_list_without_an_index_would_be_noticed(paper: Edition) -> None:
    with CaptureQueriesContext(connection) as asked:
        list(Edition.objects.order_by("change_note")[:5])
    assert read_whole(asked[0]["sql"]) == ["articles_edition"]
