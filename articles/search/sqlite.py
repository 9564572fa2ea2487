"""Asking FTS5. It reads a list of matches from its end: the newest come at once, however many there are."""

# ruff: noqa: S608 (names of tables and columns are written in `shelf`; what people typed is passed beside)

from typing import Any

from django.db import connection

from articles.search.shelf import Hit, Hits, Question, Shelf
from articles.text.terms import Terms

_LIVE = "w.live_from <= %s AND (w.live_until IS NULL OR w.live_until > %s)"
# The newest count double, and half as much more after two years.
_FRESH = "(1.0 + 730.0 / (730.0 + ((%s - id) >> 30) / 86400.0))"


def ask(shelf: Shelf, question: Question, limit: int) -> Hits:
    """The best `limit` rows: of those that match, the newest are ranked. One query."""
    index = f"{shelf.table}_fts"
    weights = ", ".join(map(str, (*shelf.weights, 0.0) if shelf.tagged else shelf.weights))
    where, values = _conditions(shelf, question)
    order = f"{index}.rowid DESC" if shelf.timed else "score"
    score = f"score * {_FRESH}" if shelf.timed else "score"
    found = (
        f"SELECT w.id, w.{shelf.record} AS record, w.{shelf.group} AS grouped, "
        f"bm25({index}, {weights}) AS score FROM {index} JOIN {shelf.table} AS w ON w.id = {index}.rowid "
        f"WHERE {index} MATCH %s AND {where} ORDER BY {order} LIMIT {shelf.window}"
    )
    fresh = [question.place] if shelf.timed else []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT record, grouped, count(*) OVER () FROM ({found}) "
            f"ORDER BY {score}, id DESC LIMIT {limit}",
            [_match(shelf, question), *values, *fresh],
        )
        rows = cursor.fetchall()
    return Hits([Hit(row[0], row[1]) for row in rows], cut=bool(rows) and rows[0][2] >= shelf.window)


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


def _match(shelf: Shelf, question: Question) -> str:
    columns = " ".join(shelf.columns)
    either = [f"({{{columns}}} : ({_words(terms)}))" for terms in question.any_of]
    if question.any_tag:
        either.append(f'(tags : "{question.any_tag}")')
    return " AND ".join([f"({' OR '.join(either)})", *(f'(tags : "{tag}")' for tag in question.tags)])


def _words(terms: Terms) -> str:
    # A term is words and single spaces only, so that it cannot end its quotation marks.
    wanted = " AND ".join(f'"{term}"' for term in terms.wanted)
    return f"({wanted})" + "".join(f' NOT "{term}"' for term in terms.unwanted)
