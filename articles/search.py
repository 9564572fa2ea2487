"""Search in what readers can see: one small interface over PostgreSQL's full text and SQLite's FTS5.

Both engines find the same things: every word (stems count, so “gates” finds “gate”), every “exact phrase”,
and nothing that holds a word after a minus. Results are querysets, newest first.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Edition, EditionQuote

MAX_CHARACTERS: Final = 200
MAX_TERMS: Final = 12
# The configuration and the columns of the indexes that migration 0003 makes: change both or neither.
CONFIGURATION: Final = "english"
STORY_COLUMNS: Final = ("headline", "dek", "body_text")
QUOTE_COLUMNS: Final = ("words", "speaker_name", "role_title", "role_organisation", "occasion")

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_WORD = re.compile(r"\w+")
_QUOTATION_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_ENDING = re.compile(r"(?<=\w{3})(?:ings?|ied|ies|ed|es|s|e|ly|y)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Terms:
    """What somebody searches for: words and phrases that must be there, and those that must not."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds the wanted words, whatever their ending, in a text to highlight; None without words."""
        stems = {_ENDING.sub("", word) for term in self.wanted for word in _WORD.findall(term)}
        if not stems:
            return None
        longest_first = sorted(stems, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\w{{0,4}}\b", re.IGNORECASE)


def read_terms(text: str) -> Terms:
    """Read what somebody typed. Any text is good: what is not a word is left out, what is too long is cut."""
    readable = _CONTROL.sub(" ", text)[:MAX_CHARACTERS].translate(_QUOTATION_MARKS)
    wanted: list[str] = []
    unwanted: list[str] = []
    for match in _TERM.finditer(readable):
        term = " ".join(_WORD.findall(match["phrase"] or match["word"] or ""))
        if term and len(wanted) + len(unwanted) < MAX_TERMS:
            (unwanted if match["minus"] else wanted).append(term)
    return Terms(tuple(wanted), tuple(unwanted))


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
