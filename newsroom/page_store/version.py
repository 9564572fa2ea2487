"""The site's version, as this process last heard it from the database."""

import logging
import time
from threading import Lock
from typing import Any, NamedTuple

from django.db import DatabaseError, InterfaceError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import SiteChange

logger = logging.getLogger("articles.page_store")

PATIENCE = 1  # seconds to wait for the database, and then until it is asked again


class Known(NamedTuple):
    """The last version that was read, and whether the database answers now."""

    version: int = 0
    answers: bool = False


class SiteVersion:
    """Asks the database at most every `interval` seconds, over a connection of its own. Safe for threads."""

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._known = Known()
        self._good_until = 0.0
        self._lock = Lock()
        self._connection: BaseDatabaseWrapper | None = None
        self._sql: tuple[str, Any] = ("", ())

    def now(self) -> Known:
        """The version, not older than the interval while the database answers."""
        if time.monotonic() < self._good_until:
            return self._known
        # While the database answers everybody waits for the one who asks: what was known is too old to use.
        if not self._lock.acquire(timeout=PATIENCE if self._known.answers else 0):
            return self._known._replace(answers=False)
        try:
            if time.monotonic() >= self._good_until:
                self._ask()
            return self._known
        finally:
            self._lock.release()

    def close(self) -> None:
        """Give the connection back."""
        with self._lock:
            self._close()

    def _ask(self) -> None:
        began = time.monotonic()  # before the question: what is committed after it may be missed
        try:
            number = self._read()
        except (DatabaseError, InterfaceError) as problem:
            if self._known.answers:
                logger.error("The database does not answer; readers get the pages that are kept: %s", problem)
            self._close()
            self._known = self._known._replace(answers=False)
            self._good_until = time.monotonic() + PATIENCE
        else:
            self._known = Known(number, answers=True)
            self._good_until = began + self._interval

    def _read(self) -> int:
        if self._connection is None:
            self._connection = _connect()
            question = SiteChange.objects.total()
            self._sql = question.query.get_compiler(connection=self._connection).as_sql()
        with self._connection.cursor() as cursor:
            cursor.execute(*self._sql)
            row = cursor.fetchone()
        return int(row[0] or 0) if row else 0

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _connect() -> BaseDatabaseWrapper:
    connection = connections.create_connection("default")
    connection.settings_dict = {**connection.settings_dict, "OPTIONS": _impatient(connection)}
    connection.inc_thread_sharing()
    return connection


def _impatient(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    options = {**connection.settings_dict["OPTIONS"]}
    if connection.vendor == "postgresql":
        limit = f"-c statement_timeout={PATIENCE * 1000}"
        return {**options, "connect_timeout": 2, "options": f"{options.get('options', '')} {limit}".strip()}
    return {**options, "timeout": PATIENCE}
