"""Questions that an index answers step by step, many in one statement: none passes over the rows between."""

# ruff: noqa: S608, S611 (every name below is a table or a column of ours; values are passed beside)

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connections, router
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

AT_ONCE: Final = 250  # questions in one statement
# The next value that differs, found in the index again and again: as many steps as there are values.
_STEPS: Final = (
    "WITH RECURSIVE step(value) AS ("
    "SELECT (SELECT {column} FROM {table} WHERE {column} >= %s ORDER BY {column} LIMIT 1) UNION ALL "
    "SELECT (SELECT {column} FROM {table} WHERE {column} > step.value ORDER BY {column} LIMIT 1) "
    "FROM step WHERE step.value IS NOT NULL) "
)


def different(model: type[Model], column: str, *, most: int = -1) -> list[str]:
    """The different values of an indexed column, in its order, none for empty text; `most` of them."""
    table = model._meta.db_table
    steps = _STEPS.format(table=table, column=column)
    limit = f" LIMIT {most}" if most >= 0 else ""
    with connections[router.db_for_read(model)].cursor() as cursor:
        cursor.execute(f"{steps} SELECT value FROM step WHERE value <> ''{limit}", [""])
        return [value for (value,) in cursor.fetchall()]


def one_of_each(model: type[Model], column: str, *, start: str, most: int) -> QuerySet:
    """A row for each of the next `most` different values of an indexed column, from `start` on."""
    table = model._meta.db_table
    steps = _STEPS.format(table=table, column=column)
    each = f"SELECT (SELECT id FROM {table} WHERE {column} = step.value LIMIT 1) FROM step"
    return model._default_manager.filter(
        pk__in=RawSQL(f"{steps} {each} WHERE value IS NOT NULL LIMIT {most}", [start])
    )


def ask_each(
    question: QuerySet, samples: Sequence[datetime], asked: Sequence[Sequence[datetime]]
) -> Iterator[Any]:
    """The one value that `question` finds, None when it finds none, for each of many pairs of moments.

    `question` was put with the moments of `samples`; these are replaced. One statement for `AT_ONCE` pairs.
    """
    alias = router.db_for_read(question.model)
    connection = connections[alias]
    sql, values = question.query.get_compiler(using=alias).as_sql()
    adapt = connection.ops.adapt_datetimefield_value
    places: Mapping[Any, int] = {adapt(sample): place for place, sample in enumerate(samples)}
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        bound = [
            adapt(moments[places[value]]) if _is_one_of(value, places) else value
            for moments in some
            for value in values
        ]
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join([f"({sql})"] * len(some)), bound)
            yield from cursor.fetchone()


def _is_one_of(value: Any, places: Mapping[Any, int]) -> bool:
    return isinstance(value, (str, datetime)) and value in places
