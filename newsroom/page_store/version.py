"""The site's version and what changed last, as this process last heard it from the database."""

from __future__ import annotations

import json
import logging
import time
from contextlib import suppress
from threading import Condition, Thread
from typing import Any, NamedTuple

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import SiteChange
from newsroom.page_store.changes import Changes

logger = logging.getLogger("articles.page_store")

LOSS = "The database does not answer; readers get the pages that are kept: %s"
PATIENCE = 1  # seconds that the database has for one question
HANGS = 0.25  # seconds without an answer after which readers wait no longer
STUCK = 5  # seconds after which nobody waits any more for a question that was asked
IDLE = 1  # seconds without a question after which the database is left alone
REFUSED = 0.2  # seconds until a database that refused is asked again


class Known(NamedTuple):
    """The last version that was read, whether the database answers now, and the turn of `Changes` it is of.

    `hangs` when it neither answers nor refuses.
    """

    version: int = 0
    answers: bool = False
    turn: int = 0
    hangs: bool = False


class SiteVersion:
    """Asks a database every half `interval` (seconds) while there are readers, over a connection of its own.

    It asks in a thread of its own, so that no reader is held by a database that hangs. `alias` names the
    database; `loss` is what the log is told, once, when it does not answer. Safe for threads.

    Public: `known`, which holds until `good_until` on the monotonic clock, and `changes`.
    """

    def __init__(self, interval: float, alias: str = "default", loss: str = LOSS) -> None:
        self._interval = interval
        self._alias = alias
        self._loss = loss
        self.known = Known()
        self.good_until = 0.0
        self.changes = Changes()
        self._told = Condition()
        self._asker: _Asker | None = None
        self._ill = False  # since the last answer

    def now(self) -> Known:
        """What is known, not older than the interval while the database answers.

        While it does not, what was known last, at once.
        """
        if time.monotonic() < self.good_until:
            return self.known
        with self._told:
            began = time.monotonic()
            self._be_asked(began)
            if self._ill:
                return self.known
            answered = self._told.wait_for(self._is_told, HANGS if self.known.turn else PATIENCE)
            if not answered:
                self._lose(TimeoutError(f"no answer in {time.monotonic() - began:.2f} seconds"), hangs=True)
            return self.known

    def lost(self, problem: Exception) -> None:
        """Note that somebody else found the database ill, until it has answered again."""
        with self._told:
            self._lose(problem)

    def close(self) -> None:
        """Ask no more, and give the connection back."""
        with self._told:
            asker, self._asker, self.good_until = self._asker, None, 0.0
            self._told.notify_all()
        if asker is not None:
            asker.join(2 * PATIENCE)

    def heard(self, asker: _Asker, began: float, version: int) -> bool:
        """Take in the version as the database had it at some moment after `began`; for the asker.

        False when the asker has to say what changed too.
        """
        with self._told:
            if asker is not self._asker:
                return True
            if version != self.known.version or not self.changes.turn:
                return False
            self._answered(began)
            return True

    def heard_changes(self, asker: _Asker, began: float, rows: list[tuple[int, list[str]]]) -> None:
        """Take in the last changes, as the database had them at some moment after `began`; for the asker."""
        with self._told:
            if asker is self._asker:
                self.changes.note(rows)
                self.known = self.known._replace(version=sum(number for number, _ in rows))
                self._answered(began)

    def failed(self, asker: _Asker, problem: Exception) -> None:
        """Take in that the database refused; for the asker."""
        with self._told:
            if asker is self._asker:
                self._lose(problem)

    def _answered(self, began: float) -> None:
        self._ill = False
        self.known = Known(self.known.version, answers=True, turn=self.changes.turn)
        self.good_until = began + self._interval
        self._told.notify_all()

    def _lose(self, problem: Exception, *, hangs: bool = False) -> None:
        if not self._ill:
            logger.error(self._loss, problem)
        self._ill = True
        self.known = self.known._replace(answers=False, hangs=hangs)
        self.good_until = 0.0
        self._told.notify_all()

    def _is_told(self) -> bool:
        return self._ill or time.monotonic() < self.good_until

    def _be_asked(self, now: float) -> None:
        asker = self._asker
        if asker is None or not asker.is_alive() or asker.is_stuck(now):
            self._asker = asker = _Asker(self, self._alias, self._interval / 2)
            asker.start()
        asker.wanted_at = now
        self._told.notify_all()

    def wait_for_readers(self, asker: _Asker) -> bool:
        """Return when somebody wants to know; False when another asks, or nobody shall. For the asker."""
        with self._told:
            self._told.wait_for(lambda: asker is not self._asker or asker.is_wanted())
            return asker is self._asker


class _Asker(Thread):
    """Asks again and again while somebody wants to know, until another is asking."""

    def __init__(self, version: SiteVersion, alias: str, pause: float) -> None:
        super().__init__(name="newsroom-site-version", daemon=True)
        self._version = version
        self._alias = alias
        self._pause = pause
        self._connection: BaseDatabaseWrapper | None = None
        self._sql: tuple[str, Any] = ("", ())
        self.wanted_at = time.monotonic()
        self._asked_at: float | None = None  # of the question that has no answer yet

    def is_wanted(self) -> bool:
        """Whether there were readers lately."""
        return time.monotonic() - self.wanted_at < IDLE

    def is_stuck(self, now: float) -> bool:
        """Whether a question has waited too long for its answer."""
        asked = self._asked_at
        return asked is not None and now - asked > STUCK

    def run(self) -> None:
        """Ask while there are readers."""
        while self._version.wait_for_readers(self):
            # Before the question: what is committed after it may be missed.
            self._asked_at = began = time.monotonic()
            pause = self._pause
            try:
                self._ask(began)
            except Exception as problem:  # noqa: BLE001 (whatever it is, there is no answer)
                self._close()
                self._version.failed(self, problem)
                pause = REFUSED
            self._asked_at = None
            time.sleep(pause)
        self._close()

    def _ask(self, began: float) -> None:
        if not self._version.heard(self, began, self.read()):
            rows = SiteChange.objects.using(self._alias).last_changes()
            compiled = rows.query.get_compiler(connection=self._open()).as_sql()
            with self._open().cursor() as cursor:
                cursor.execute(*compiled)
                found = cursor.fetchall()
            parsed = [(number, json.loads(keys) if isinstance(keys, str) else keys) for number, keys in found]
            self._version.heard_changes(self, began, parsed)

    def read(self) -> int:
        """The site's version."""
        connection = self._open()
        with connection.cursor() as cursor:
            cursor.execute(*self._sql)
            row = cursor.fetchone()
        return int(row[0] or 0) if row else 0

    def _open(self) -> BaseDatabaseWrapper:
        if self._connection is None:
            self._connection = _connect(self._alias)
            question = SiteChange.objects.total()
            self._sql = question.query.get_compiler(connection=self._connection).as_sql()
        return self._connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DatabaseError):
                connection.close()


def _connect(alias: str) -> BaseDatabaseWrapper:
    connection = connections.create_connection(alias)
    connection.settings_dict = {**connection.settings_dict, "OPTIONS": _impatient(connection)}
    connection.inc_thread_sharing()
    return connection


def _impatient(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    options = {**connection.settings_dict["OPTIONS"]}
    options.pop("pool", None)  # that of all others, who are more patient
    if connection.vendor == "postgresql":
        limit = f"-c statement_timeout={PATIENCE * 1000}"
        options["options"] = f"{options.get('options', '')} {limit}".strip()
        # A host that vanished without a word is noticed too.
        quick = {"keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 3}
        return {**options, **quick, "connect_timeout": 2, "tcp_user_timeout": STUCK * 1000}
    return {**options, "timeout": PATIENCE}
