"""Asking FTS5. It reads a list of matches from its end: the newest come at once, however many there are.

Only bm25 goes through every match of every word, to know how rare the word is. Of a frequent word those rows
come first that hold all the words in their first column, and the newest of them.
"""

# ruff: noqa: S608 (names of tables and columns are written in `shelf`; what people typed is passed beside)

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from articles.search.shelf import Hit, Hits, Question, Shelf
from articles.text.terms import Terms

_LIVE = "w.live_from <= %s AND (w.live_until IS NULL OR w.live_until > %s)"
# The newest count double, and half as much more after two years.
_FRESH = "(1.0 + 730.0 / (730.0 + ((%s - id) >> 30) / 86400.0))"


def ask(shelf: Shelf, question: Question, limit: int) -> Hits:
    """The best `limit` rows: of those that match, the newest are ranked. Two queries, or up to four."""
    with connection.cursor() as cursor:
        frequent = _frequent_words(cursor, shelf, question) if shelf.timed else frozenset()
        if not frequent:
            return _by_rank(cursor, shelf, question, limit)
        bounded = question
        if _words_of(terms.wanted for terms in question.any_of) <= frequent and not question.tags:
            bounded = _not_too_old(cursor, shelf, question)
        hits = _by_column(cursor, shelf, bounded, limit)
        return replace(hits, cut=hits.cut or bounded is not question)


def _frequent_words(cursor: CursorWrapper, shelf: Shelf, question: Question) -> frozenset[str]:
    """The words that are in more than so many rows: these are counted, and no further."""
    index = f"{shelf.table}_fts"
    words = sorted(_words_of((*terms.wanted, *terms.unwanted) for terms in question.any_of))
    one = f"EXISTS (SELECT 1 FROM {index} WHERE {index} MATCH %s LIMIT 1 OFFSET {shelf.many})"
    cursor.execute(f"SELECT {', '.join([one] * len(words))}", [f'"{word}"' for word in words])
    return frozenset(word for word, frequent in zip(words, cursor.fetchone(), strict=True) if frequent)


def _words_of(groups: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(word for terms in groups for term in terms for word in term.split())


def _not_too_old(cursor: CursorWrapper, shelf: Shelf, question: Question) -> Question:
    """The question for the newest rows only: words that are everywhere may stand together nowhere."""
    cursor.execute(
        f"SELECT id FROM {shelf.table} WHERE id < %s ORDER BY id DESC LIMIT 1 OFFSET {shelf.depth}",
        [question.place + (1 << 30) if question.newest is None else question.newest],
    )
    row = cursor.fetchone()
    return replace(question, oldest=max(row[0], question.oldest or row[0])) if row else question


def _by_rank(cursor: CursorWrapper, shelf: Shelf, question: Question, limit: int) -> Hits:
    index = f"{shelf.table}_fts"
    weights = ", ".join(map(str, (*shelf.weights, 0.0) if shelf.tagged else shelf.weights))
    newest, values = _newest(shelf, question, f"bm25({index}, {weights})")
    score = f"score * {_FRESH}" if shelf.timed else "score"
    cursor.execute(
        f"SELECT record, grouped, count(*) OVER () FROM ({newest}) ORDER BY {score}, id DESC LIMIT {limit}",
        [*values, *([question.place] if shelf.timed else [])],
    )
    rows = cursor.fetchall()
    ranked = rows[0][2] if rows else 0
    return Hits([Hit(row[0], row[1]) for row in rows], ranked, cut=ranked >= shelf.window)


def _by_column(cursor: CursorWrapper, shelf: Shelf, question: Question, limit: int) -> Hits:
    cursor.execute(*_newest(shelf, question, "0"))
    rows = cursor.fetchall()
    if not rows:
        return Hits([])
    index = f"{shelf.table}_fts"
    cursor.execute(
        f"SELECT rowid FROM {index} WHERE {index} MATCH %s AND rowid BETWEEN %s AND %s",
        [_match(shelf, question, shelf.columns[:1]), rows[-1][0], rows[0][0]],
    )
    first = {row[0] for row in cursor.fetchall()}
    rows.sort(key=lambda row: row[0] not in first)  # the newest stay first among those that are alike
    return Hits([Hit(row[1], row[2]) for row in rows[:limit]], len(rows), cut=len(rows) >= shelf.window)


def _newest(shelf: Shelf, question: Question, score: str) -> tuple[str, list[Any]]:
    """The newest rows that match, each with its score, as a statement with its values."""
    index = f"{shelf.table}_fts"
    where, values = _conditions(shelf, question)
    order = f"{index}.rowid DESC" if shelf.timed else "score"
    statement = (
        f"SELECT w.id, w.{shelf.record} AS record, w.{shelf.group} AS grouped, {score} AS score "
        f"FROM {index} JOIN {shelf.table} AS w ON w.id = {index}.rowid "
        f"WHERE {index} MATCH %s AND {where} ORDER BY {order} LIMIT {shelf.window}"
    )
    return statement, [_match(shelf, question, shelf.columns), *values]


def _conditions(shelf: Shelf, question: Question) -> tuple[str, list[Any]]:
    if not shelf.timed:
        return "w.kind = %s", [question.kind]
    conditions, values = [_LIVE], [question.now, question.now]
    row = f"{shelf.table}_fts.rowid"
    for bound, sign in ((question.oldest, ">="), (question.newest, "<")):
        if bound is not None:
            conditions.append(f"{row} {sign} %s")
            values.append(bound)
    return " AND ".join(conditions), values


def _match(shelf: Shelf, question: Question, columns: Sequence[str]) -> str:
    either = [f"({{{' '.join(columns)}}} : ({_words(terms)}))" for terms in question.any_of]
    if question.any_tag:
        either.append(f'(tags : "{question.any_tag}")')
    return " AND ".join([f"({' OR '.join(either)})", *(f'(tags : "{tag}")' for tag in question.tags)])


def _words(terms: Terms) -> str:
    # A term is words and single spaces only, so that it cannot end its quotation marks.
    wanted = " AND ".join(f'"{term}"' for term in terms.wanted)
    return f"({wanted})" + "".join(f' NOT "{term}"' for term in terms.unwanted)
