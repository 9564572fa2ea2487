"""Asking PostgreSQL. GIN names every match at once, whatever its age: good for most words, too much for some.

So the planner is asked first how many matches it expects. Of a frequent word the newest rows are read through
instead: there is a match among every few of them.
"""

# ruff: noqa: S608 (names of tables and columns are written in `shelf`; what people typed is passed beside)

import json
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from articles.search.shelf import Hit, Hits, Question, Shelf
from articles.text.terms import Terms

_LIVE = "live_from <= %s AND (live_until IS NULL OR live_until > %s)"
_WEIGHTS = "'{0, 0.1, 0.4, 1}'"  # of D (tags), C, B, A
# The newest count double, and half as much more after two years.
_FRESH = "(1.0 + 730.0 / (730.0 + ((%s - id) >> 30) / 86400.0))"
_FEW = 20  # fewer than this among the newest: the word was frequent once, and the index knows where
_STILL = 3  # times `many`: of a phrase's words together; beyond that the index would name too many as well


def ask(shelf: Shelf, question: Question, limit: int) -> Hits:
    """The best `limit` rows: of those that match, the newest are ranked. Two queries, or three."""
    with connection.cursor() as cursor:
        if shelf.timed and (expected := _expected(cursor, shelf, question)) > shelf.many:
            newest = _among_newest(cursor, shelf, question, limit)
            hopeless = _has_phrases(question) and expected > shelf.many * _STILL
            if hopeless or len(newest.rows) >= _FEW:
                return newest
        return _among_matches(cursor, shelf, question, limit)


def _expected(cursor: CursorWrapper, shelf: Shelf, question: Question) -> int:
    """How many rows the planner thinks that hold the words: from its statistics, without looking."""
    query, values = _tsquery(shelf, question, loose=True)
    cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT FROM {shelf.table} WHERE vector @@ {query}", values)
    plan = cursor.fetchone()[0]
    return (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"]


def _among_matches(cursor: CursorWrapper, shelf: Shelf, question: Question, limit: int) -> Hits:
    # Phrases are looked for afterwards, in so many rows only: GIN does not know where words stand. The sum
    # keeps the planner from walking through all rows by age. A question of which only the unwanted is left
    # (“T”: the other words are too common to be kept) would read the whole index.
    loose, loose_values = _tsquery(shelf, question, loose=True)
    where, values = _conditions(shelf, question)
    matches = f"SELECT * FROM {shelf.table} WHERE querytree({loose}) <> 'T' AND vector @@ {loose} AND {where}"
    newest = f"{matches} ORDER BY id + 0 DESC LIMIT {shelf.window}"
    return _rank(cursor, shelf, question, limit, newest, [*loose_values, *loose_values, *values])


def _among_newest(cursor: CursorWrapper, shelf: Shelf, question: Question, limit: int) -> Hits:
    exact, exact_values = _tsquery(shelf, question)  # the rows are read: where words stand costs no more
    bounds, values = _bounds(question)
    rows = f"SELECT * FROM {shelf.table} WHERE {' AND '.join(['true', *bounds])}"
    rows += f" ORDER BY id DESC LIMIT {shelf.budget}"
    newest = f"SELECT * FROM ({rows}) AS newest WHERE {_LIVE} AND vector @@ {exact} LIMIT {shelf.window}"
    found = _rank(cursor, shelf, question, limit, newest, [*values, *_hour(question), *exact_values])
    return Hits(found.rows, found.ranked, cut=True)


def _rank(
    cursor: CursorWrapper, shelf: Shelf, question: Question, limit: int, newest: str, values: list[Any]
) -> Hits:
    words, word_values = _tsquery(shelf, question, tagged=False)
    exact, exact_values = _tsquery(shelf, question) if _has_phrases(question) else ("", [])
    fresh = [question.place] if shelf.timed else []
    score = f"ts_rank({_WEIGHTS}, vector, {words}, 1)" + (f" * {_FRESH}" if shelf.timed else "")
    counted = f"SELECT *, count(*) OVER () AS seen FROM ({newest}) AS newest"
    where = f"WHERE vector @@ {exact}" if exact else ""
    cursor.execute(
        f"SELECT {shelf.record}, {shelf.group}, seen FROM ({counted}) AS counted {where} "
        f"ORDER BY {score} DESC, id DESC LIMIT {limit}",
        [*values, *exact_values, *word_values, *fresh],
    )
    rows = cursor.fetchall()
    ranked = rows[0][2] if rows else 0
    return Hits([Hit(row[0], row[1]) for row in rows], ranked, cut=ranked >= shelf.window)


def _conditions(shelf: Shelf, question: Question) -> tuple[str, list[Any]]:
    if not shelf.timed:
        return "kind = %s", [question.kind]
    bounds, values = _bounds(question)
    return " AND ".join([_LIVE, *bounds]), [*_hour(question), *values]


def _hour(question: Question) -> list[Any]:
    return [question.now, question.now]


def _bounds(question: Question) -> tuple[list[str], list[int]]:
    both = ((question.oldest, "id >= %s"), (question.newest, "id < %s"))
    return [text for bound, text in both if bound is not None], [
        bound for bound, _ in both if bound is not None
    ]


def _tsquery(
    shelf: Shelf, question: Question, *, loose: bool = False, tagged: bool = True
) -> tuple[str, list[Any]]:
    """The question as an expression with its values. `loose`: words of a phrase may stand apart."""
    either = " | ".join(f"({_words(terms, loose=loose)})" for terms in question.any_of)
    query, values = f"to_tsquery('{shelf.configuration}', %s)", [either]
    if question.any_tag and tagged:
        query, values = f"({query} || %s::tsquery)", [*values, f"'{question.any_tag}'"]
    if question.tags and tagged:
        query, values = (
            f"({query} && %s::tsquery)",
            [*values, " & ".join(f"'{tag}'" for tag in question.tags)],
        )
    return query, values


def _has_phrases(question: Question) -> bool:
    return any(" " in term for terms in question.any_of for term in (*terms.wanted, *terms.unwanted))


def _words(terms: Terms, *, loose: bool) -> str:
    # A term is words and single spaces only, so that no operator can come from a person.
    wanted = [_phrase(term, " & " if loose else " <-> ") for term in terms.wanted]
    unwanted = [f"!{_phrase(term, ' <-> ')}" for term in terms.unwanted if not (loose and " " in term)]
    return " & ".join([*wanted, *unwanted])


def _phrase(term: str, joint: str) -> str:
    return "(" + joint.join(f"'{word}'" for word in term.split()) + ")"
