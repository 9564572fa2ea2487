"""Search in what readers can see: one small interface over PostgreSQL's full text and SQLite's FTS5.

Both engines find the same things: every word (stems count, so “gates” finds “gate”), every “exact phrase”,
and nothing that holds a word after a minus. Results are querysets, newest first.
"""

from datetime import datetime
from typing import Final

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Edition, EditionQuote
from articles.text.terms import Terms

# The configuration and the columns of the indexes that migration 0003 makes: change both or neither.
CONFIGURATION: Final = "english"
STORY_COLUMNS: Final = ("headline", "dek", "body_text")
QUOTE_COLUMNS: Final = ("words", "speaker_name", "role_title", "role_organisation", "occasion")


def search_stories(terms: Terms, now: datetime) -> QuerySet[Edition]:
    """Published stories that hold the terms, newest first, with their text but without their markup."""
    stories = Edition.objects.published(now).newest_first().defer("body_html")
    return holding(stories, terms, STORY_COLUMNS)


def search_quotes(terms: Terms, now: datetime) -> QuerySet[EditionQuote]:
    """Published quotes that hold the terms in their words or their speaker, newest first, each once."""
    quotes = EditionQuote.objects.once_each(now).with_edition().order_by("-said_on", "-pk")
    return holding(quotes, terms, QUOTE_COLUMNS)


def holding(rows: QuerySet[Model], terms: Terms, columns: tuple[str, ...]) -> QuerySet[Model]:
    """The rows that hold the terms in `columns`, which must be those of the index; none without terms."""
    if not terms:
        return rows.none()
    if connection.vendor == "postgresql":
        vector = SearchVector(*columns, config=CONFIGURATION)
        return rows.annotate(search_vector=vector).filter(search_vector=_postgresql_query(terms))
    table = f"{rows.model._meta.db_table}_words"
    found = RawSQL(f"SELECT rowid FROM {table} WHERE {table} MATCH %s", [_fts5_query(terms)])  # noqa: S608, S611
    return rows.filter(pk__in=found)


def _postgresql_query(terms: Terms) -> SearchQuery:
    words = [f'"{term}"' for term in terms.wanted] + [f'-"{term}"' for term in terms.unwanted]
    return SearchQuery(" ".join(words), config=CONFIGURATION, search_type="websearch")


def _fts5_query(terms: Terms) -> str:
    # A term is words and single spaces only, so that it cannot end its quotation marks.
    wanted = " AND ".join(f'"{term}"' for term in terms.wanted)
    return f"({wanted})" + "".join(f' NOT "{term}"' for term in terms.unwanted)
