"""Writing many rows at once, of which nobody asks anything afterwards: a stream on PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

AT_ONCE = 500  # rows that SQLite takes in one call


def write_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add `rows`, each with the values of the fields `names`; the others get the default of their field.

    As `bulk_create`, without making a record for each row and without learning its number. In the transaction
    of the caller, and in the order given; the database checks its constraints.
    """
    connection = connections[router.db_for_write(model)]
    named = [model._meta.get_field(name) for name in names]
    others = [field for field in model._meta.concrete_fields if field not in named and not field.primary_key]
    shared = [field.get_db_prep_save(_default(field), connection) for field in others]
    fields = [*named, *others]
    filled = (
        [*(_stored(f, value, connection) for f, value in zip(named, row, strict=True)), *shared]
        for row in rows
    )
    write = _copy if connection.vendor == "postgresql" else _insert
    write(connection, model._meta.db_table, [str(field.column) for field in fields], filled)


def write_records(model: type[models.Model], records: Sequence[models.Model]) -> None:
    """The same for records that have a number from `take_numbers` already."""
    fields = [field for field in model._meta.concrete_fields if not getattr(field, "auto_now_add", False)]
    write_rows(
        model,
        [field.name for field in fields],
        ([getattr(record, field.attname) for field in fields] for record in records),
    )
    for record in records:
        record._state.adding = False
        record._state.db = router.db_for_write(model)


def take_numbers(model: type[models.Model], count: int) -> list[int]:
    """Numbers for new rows of `model` that no other row gets."""
    connection = connections[router.db_for_write(model)]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return sorted(number for (number,) in cursor.fetchall())
        # One process writes at a time here, and it is in a transaction.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = (last[0] if last else 0) + 1
    return list(range(first, first + count))


def _default(field: models.Field) -> Any:
    is_moment = getattr(field, "auto_now_add", False)
    return field.pre_save(field.model(), add=True) if is_moment else field.get_default()


def _stored(field: models.Field, value: Any, connection: BaseDatabaseWrapper) -> Any:
    """Numbers and words go in as they are; what the database knows otherwise is put in its form."""
    if value is None or type(value) is str or type(value) is int:
        return value
    return field.get_db_prep_save(value, connection)


def _insert(
    connection: BaseDatabaseWrapper, table: str, columns: Sequence[str], rows: Iterator[Sequence[Any]]
) -> None:
    places = ", ".join(["%s"] * len(columns))
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        while some := list(islice(rows, AT_ONCE)):
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({places})", some)  # noqa: S608


def _copy(
    connection: BaseDatabaseWrapper, table: str, columns: Sequence[str], rows: Iterator[Sequence[Any]]
) -> None:
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)
