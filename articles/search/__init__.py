"""Search in what readers can see: one small interface over PostgreSQL's full text and SQLite's FTS5.

Both engines find the same things: every word (stems count, so “gates” finds “gate”), every “exact phrase”,
and nothing that holds a word after a minus. The best come first; of a word that is nearly everywhere the
newest are looked at, and the results say so. Nobody counts what was found: it costs more than the results.
"""

from articles.search.found import (
    ANYWHERE,
    PER_PAGE,
    Found,
    Narrowing,
    search_quotes,
    search_sources,
    search_speakers,
    search_stories,
)
from articles.search.near import stories_near
from articles.search.suggest import suggest_terms

__all__ = [
    "ANYWHERE",
    "PER_PAGE",
    "Found",
    "Narrowing",
    "search_quotes",
    "search_sources",
    "search_speakers",
    "search_stories",
    "stories_near",
    "suggest_terms",
]
