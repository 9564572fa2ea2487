"""Rows into tables as fast as each engine takes them: without an index, and with no check of references."""

# ruff: noqa: S608 (every name below is one of the program's own tables)

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.apps import apps
from django.db import connection, models

from articles.models import Correction, Story
from articles.workflow import published_words
from bench.paper import COLUMNS

Rows = Iterable[Sequence[Any]]
_FTS5: Final = {
    "storywords": (published_words._STORY_FTS5, published_words._STORY_TEXT, published_words._STORIES),
    "quotewords": (published_words._QUOTE_FTS5, published_words._QUOTE_TEXT, published_words._QUOTES),
}
_VECTORS: Final = {
    "storywords": (published_words._STORY_VECTOR, "articles_edition AS e ON e.id = w.edition_id"),
    "quotewords": (published_words._QUOTE_VECTOR, "articles_editionquote AS q ON q.id = w.quote_id"),
}


class Table:
    """A table, the columns that rows give, and what the other columns hold in every row."""

    def __init__(self, name: str, columns: str = "") -> None:
        model = _model(name)
        self.name: Final = model._meta.db_table
        named = (columns or COLUMNS[name]).split()
        others = [field for field in model._meta.concrete_fields if _is_constant(field, named)]
        self.columns: Final = [*named, *(field.column for field in others)]
        self.constants: Final = tuple(_stored(field) for field in others)

    def full(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        """The rows with every column."""
        constants = self.constants
        return ((*row, *constants) for row in rows)


class Loader(ABC):
    """Loads the database that Django is connected to."""

    def __init__(self) -> None:
        self._indexes: list[tuple[str, str]] = []  # name, and the statement that makes it again

    @abstractmethod
    def begin(self) -> None:
        """Be quick and careless, and forget the indexes until the end."""

    @abstractmethod
    def write(self, table: Table, rows: Rows) -> None:
        """Add rows to a table."""

    @abstractmethod
    def write_words(self, name: str, rows: Rows) -> None:
        """Add rows to `storywords` or `quotewords`, and the words of their editions to the index."""

    @abstractmethod
    def count_on(self) -> None:
        """Let the numbers of new records begin after those that were put in."""

    @abstractmethod
    def end(self) -> None:
        """Make the indexes, and leave the database as one that is in use."""

    def _drop(self, question: str) -> None:
        self._indexes = _ask(question)
        for name, _statement in self._indexes:
            _run(f'DROP INDEX "{name}"')

    def _index(self) -> None:
        for _name, statement in self._indexes:
            _run(statement)


class SQLite(Loader):
    """Without a journal: whoever is interrupted begins again."""

    def begin(self) -> None:
        for careless in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "foreign_keys = OFF",
            "cache_size = -400000",
        ):
            _run(f"PRAGMA {careless}")
        _run("PRAGMA cache_size = -400000")
        self._drop(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
            "AND tbl_name LIKE 'articles_%'"
        )
        _run("BEGIN")

    def write(self, table: Table, rows: Rows) -> None:
        places = ", ".join("?" * len(table.columns))
        statement = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({places})"
        connection.connection.executemany(statement, table.full(rows))

    def write_words(self, name: str, rows: Rows) -> None:
        rows = list(rows)
        self.write(Table(name), rows)
        (index, columns), text, found = _FTS5[name]
        written = f"INSERT INTO {index}(rowid, {columns}) SELECT w.id, {text} FROM {found}"
        connection.connection.execute(f"{written} WHERE w.id BETWEEN ? AND ?", (rows[0][0], rows[-1][0]))

    def count_on(self) -> None:
        """SQLite counts on from the highest by itself."""

    def end(self) -> None:
        _run("COMMIT")
        self._index()
        _run("PRAGMA journal_mode = WAL")


class PostgreSQL(Loader):
    """By COPY."""

    def begin(self) -> None:
        for setting in ("session_replication_role = replica", "maintenance_work_mem = '512MB'"):
            _run(f"SET {setting}")
        _run("SET max_parallel_maintenance_workers = 1")
        self._drop(
            "SELECT i.indexname, i.indexdef FROM pg_indexes AS i LEFT JOIN pg_constraint AS c "
            "ON c.conname = i.indexname WHERE i.schemaname = 'public' AND i.tablename LIKE 'articles_%' "
            "AND c.oid IS NULL"
        )

    def write(self, table: Table, rows: Rows) -> None:
        self._copy(table.name, table.columns, table.full(rows))

    def write_words(self, name: str, rows: Rows) -> None:
        table = Table(name)
        columns = ", ".join(table.columns)
        _run(f"CREATE TEMP TABLE IF NOT EXISTS new_{name} (LIKE {table.name})")
        self._copy(f"new_{name}", table.columns, table.full(rows))
        vector, source = _VECTORS[name]
        given = ", ".join(f"w.{column}" for column in table.columns)
        _run(
            f"INSERT INTO {table.name} ({columns}, vector) SELECT {given}, {vector} "
            f"FROM new_{name} AS w JOIN {source} ORDER BY w.id"
        )
        _run(f"TRUNCATE new_{name}")

    def count_on(self) -> None:
        numbered = _ask(
            "SELECT table_name, pg_get_serial_sequence(table_name, 'id') FROM information_schema.columns "
            "WHERE table_schema = 'public' AND column_name = 'id' AND is_identity = 'YES'"
        )
        for table, sequence in numbered:
            _run(f"SELECT setval('{sequence}', (SELECT coalesce(max(id), 0) + 1 FROM {table}), false)")

    def end(self) -> None:
        self._index()
        _run("SET session_replication_role = DEFAULT")
        _run("VACUUM (ANALYZE)")

    @staticmethod
    def _copy(table: str, columns: Sequence[str], rows: Rows) -> None:
        statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)


def open_loader() -> Loader:
    """The loader for the engine in use."""
    connection.ensure_connection()
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


def _model(name: str) -> type[models.Model]:
    others = {
        "correction_editions": Correction.editions.through,
        "tagged": Story.topics.through,
        "tag": Story.topics.through.tag_model(),
    }
    return others.get(name) or apps.get_model("articles", name)


def _is_constant(field: models.Field[Any, Any], named: Sequence[str]) -> bool:
    return field.column not in named and not (field.null or field.primary_key or field.generated)


def _stored(field: models.Field[Any, Any]) -> Any:
    value = field.get_db_prep_save(field.get_default(), connection)
    if not field.has_default() and not field.empty_strings_allowed:
        raise ValueError(
            f"The seed says nothing of {field.model.__name__}.{field.name}, which has no default."
        )
    if isinstance(field, models.JSONField):
        return {list: "[]", dict: "{}"}[type(field.get_default())]
    return value


def _ask(question: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
