"""Pages of a speaker with thousands of quotes read the rows that they show, through an index."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import EditionQuote
from articles.views.said import quotes_of
from tests.editions import edition_quote_values, make_edition

pytestmark = pytest.mark.django_db

MANY = 5000


@pytest.fixture
def many() -> None:
    """A speaker with many quotes in a hundred stories, and as many of others."""
    editions = [make_edition() for _ in range(100)]
    rows = (
        edition_quote_values(
            number,
            said_on=date(2010, 1, 1) + timedelta(days=number // 3),
            speaker_slug="ilse-marrow" if number % 2 else f"other-{number % 500}",
            source_key="source1" if number % 10 == 0 else f"source-{number % 900}",
            verification="disputed" if number % 100 == 0 else "verified",
        )
        for number in range(1, 2 * MANY)
    )
    quotes = (EditionQuote(edition=editions[row["position"] // 100], **row) for row in rows)
    EditionQuote.objects.bulk_create(quotes, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def test_long_lists_are_read_through_an_index_and_not_sorted(many: None) -> None:
    now = timezone.now()
    said = quotes_of("ilse-marrow", now)
    dated = said.filter(said_on__isnull=False).order_by("-said_on", "-pk")
    deep = dated.filter(said_on__lte=date(2015, 6, 1))
    of_source = EditionQuote.objects.published(now).filter(source_key="source1")
    on_record = EditionQuote.objects.once_each(now).order_by("-pk")
    for rows, indexes in (
        (dated, {"edition_quote_by_speaker"}),
        (deep, {"edition_quote_by_speaker"}),
        (said.order_by("-pk"), {"edition_quote_new_by_speaker", "articles_editionquote_pkey"}),
        (
            of_source.order_by("-edition_id", "position"),
            {"edition_quote_by_source", "edition_quote_position_once", "articles_editionquote_edition_id"},
        ),
        (
            on_record.filter(verification="disputed"),
            {"edition_quote_new_by_state", "articles_editionquote_pkey"},
        ),
    ):
        found = rows[:26].explain()
        assert any(index in found for index in indexes), found
        assert "Seq Scan on articles_editionquote" not in found, found
        assert "SCAN articles_editionquote\n" not in found, found
