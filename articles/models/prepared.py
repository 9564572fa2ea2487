"""Questions that are put together once in a process, and asked with other values each time.

To compile a queryset takes longer than the database takes to answer it. Where readers wait for a page, the
queryset says once what is asked; then only the values change.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache, cached_property
from threading import Lock
from typing import Any, Final, NamedTuple

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = tuple[Any, ...]

# Values that no question has of itself, to find their places in the compiled one.
_TEXT: Final = "\ue000{}\ue000"
_DAY: Final = datetime.datetime(1901, 2, 3, 4, 5, tzinfo=datetime.UTC)
_NUMBER: Final = 7_046_029_254_386_353_000


class _Compiled(NamedTuple):
    sql: str
    values: tuple[Any, ...]
    places: dict[int, str]  # which of the values are asked anew, by the name of each
    compiler: SQLCompiler
    converters: dict[int, Any]


class Prepared:
    """`build` makes the queryset, of tuples (`values_list`), from values of the types in `kinds`.

    The values may be text, moments and whole numbers, and must reach the database as they are: not changed,
    and not a part of another value.
    """

    def __init__(self, build: Callable[..., QuerySet], **kinds: type) -> None:
        self._build = build
        self._samples = {name: _sample(kind, place) for place, (name, kind) in enumerate(kinds.items())}
        self._compiled: dict[str, _Compiled] = {}
        self._compiling = Lock()

    def ask(self, **values: Any) -> list[Row]:
        """The rows for these values. One query."""
        alias = self.alias
        compiled = self._compiled.get(alias) or self._compile_once(alias)
        connection = connections[alias]
        asked = list(compiled.values)
        for place, name in compiled.places.items():
            value = values[name]
            moment = isinstance(value, datetime.datetime)
            asked[place] = connection.ops.adapt_datetimefield_value(value) if moment else value
        with _cursor(connection) as cursor:
            cursor.execute(compiled.sql, asked)
            rows = cursor.fetchall()
        if compiled.converters:
            return [tuple(row) for row in compiled.compiler.apply_converters(rows, compiled.converters)]
        return rows

    @property
    def alias(self) -> str:
        """The database that answers."""
        return router.db_for_read(self._queryset.model)

    @cached_property
    def _queryset(self) -> QuerySet:
        return self._build(**self._samples)

    def _compile_once(self, alias: str) -> _Compiled:
        # Compiling counts and joins tables in the queryset itself, which all threads share.
        with self._compiling:
            return self._compiled.get(alias) or self._compile(alias)

    def _compile(self, alias: str) -> _Compiled:
        compiler = self._queryset.query.get_compiler(using=alias)
        sql, values = compiler.as_sql()
        adapt = connections[alias].ops.adapt_datetimefield_value
        names = {
            adapt(sample) if isinstance(sample, datetime.datetime) else sample: name
            for name, sample in self._samples.items()
        }
        places = {place: names[value] for place, value in enumerate(values) if _known(value, names)}
        fields = [selected[0] for selected in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(fields)
        self._compiled[alias] = _Compiled(sql, tuple(values), places, compiler, converters)
        return self._compiled[alias]


def _cursor(connection: BaseDatabaseWrapper) -> Any:
    """A cursor by which PostgreSQL keeps its plan, too: to make one takes it longer than to follow it."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    return connection._prepare_cursor(_keeping(connection.Database.Cursor)(connection.connection))


@cache
def _keeping(cursor: Any) -> type:
    """A class of psycopg's cursors whose questions are prepared by the server when they are asked first."""

    class Keeping(cursor):
        def execute(self, query: Any, params: Any = None) -> Any:
            return super().execute(query, params, prepare=True)

    return Keeping


def _sample(kind: type, place: int) -> Any:
    if kind is datetime.datetime:
        return _DAY + datetime.timedelta(days=place)
    return _NUMBER + place if kind is int else _TEXT.format(place)


def _known(value: Any, names: dict[Any, str]) -> bool:
    return isinstance(value, (str, int, datetime.datetime)) and value in names
