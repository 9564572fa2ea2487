"""What crawlers and feed readers ask for is found in indexes: no table of stories is read through."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.sitemaps import parts
from tests.editions import make_correction, make_edition

pytestmark = pytest.mark.django_db

# SQLite reads through a table that it scans without an index; PostgreSQL says so by name.
READ_THROUGH = re.compile(
    r"SCAN (?:\w+ AS )?(articles_(?:edition\w*|correction)|[A-Z]\d+)(?! USING)|"
    r"Seq Scan on (articles_(?:edition\w*|correction))\b"
)


def plans(client: Client, address: str) -> Iterator[tuple[str, str]]:
    """Each question that is asked for a page, with how the database goes about it."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200, address
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a table of few rows would be read through
        for query in asked:
            # What all pages share is measured elsewhere: it has small tables of its own.
            if query["sql"].startswith(("SELECT", "WITH")) and '"began"' not in query["sql"]:
                cursor.execute(f"{explain} {query['sql']}".replace("%", "%%"), [])
                yield query["sql"], "\n".join(str(row[-1]) for row in cursor.fetchall())


def reads_through(sql: str, plan: str) -> bool:
    """Whether rows are read that nobody asked for. By number, newest first, a list stops where it is full."""
    stops = "LIMIT" in sql and "TEMP B-TREE" not in plan
    return bool(READ_THROUGH.search(plan)) and not stops


@pytest.mark.parametrize("address", [
    "/sitemap.xml", "/sitemap-stories-2026-01.xml", "/sitemap-quotes-2.xml", "/sitemap-speakers.xml",
    "/sitemap-topics.xml", "/sitemap-authors.xml", "/sitemap-news.xml", "/feeds/atom/", "/feeds/harbour/rss/",
    "/feeds/topics/lighthouses/json/", "/feeds/authors/wilma-fenn/atom/", "/feeds/speakers/ilse-marrow/atom/",
    "/feeds/quotes/atom/", "/feeds/corrections/atom/",
])  # fmt: skip
def test_no_table_of_stories_is_read_through(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "FEW", 0)
    for number in range(3):
        make_correction(make_edition(slug=f"story-{number}", quotes=[{"quote_key": f"2{number}"}]))
    found = {sql: plan for sql, plan in plans(client, address) if reads_through(sql, plan)}
    assert found == {}, address


def test_a_table_that_is_read_through_is_noticed() -> None:
    make_edition(quotes=[{}])
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(explain + " SELECT count(*) FROM articles_editionquote WHERE words <> ''")  # noqa: S608
        assert reads_through("", "\n".join(str(row[-1]) for row in cursor.fetchall()))


def test_how_many_keys_there_are_is_told_by_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "SAMPLED", 30)
    signs = parts.ALPHABET
    keys = [f"{first}{second}{(signs * 2)[place]}" for first in signs for place, second in enumerate(signs)]
    make_edition(quotes=[{"quote_key": key} for key in keys])
    assert abs(parts._about_how_many("quote_key") - len(keys)) < 60
    monkeypatch.setattr(parts, "SAMPLED", 10_000)
    assert parts._about_how_many("quote_key") == len(keys)


def test_of_many_records_every_beginning_is_a_part(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("MOST", 2), ("FEW", 0), ("ROOM", 100)):
        monkeypatch.setattr(parts, name, value)
    make_edition(quotes=[{"quote_key": f"{sign}2", "source_key": ""} for sign in "29bz"])
    index = client.get("/sitemap.xml").content.decode()
    assert re.findall(r"sitemap-quotes-(\w)\.xml", index) == list(parts.ALPHABET)
    assert "sources" not in index
