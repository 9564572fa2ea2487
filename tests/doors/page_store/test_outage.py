"""What readers get while a PostgreSQL is stopped, starts again, and hangs."""

import json
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connections
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from articles.house import House
from articles.models import SiteChange
from newsroom.page_store.store import MEGABYTE, PageStore
from newsroom.page_store.version import SiteVersion
from tests import postgres
from tests.doors.page_store.asking import Got, ask

BINARIES = postgres.find_binaries()
TABLE = SiteChange._meta.db_table
KILLED, KEPT = "/harbour/killed/", "/harbour/kept/"


class Server:
    """A PostgreSQL of our own that has the table of changes, with what the site asks of it."""

    def __init__(self, folder: Path) -> None:
        assert BINARIES is not None
        self._binaries, self._folder, self._as_user = BINARIES, folder, postgres.unprivileged()
        self.password, self.port = secrets.token_hex(8), postgres.free_port()
        (folder / "password").write_text(self.password)
        for path in (folder, folder / "password") if self._as_user else ():
            os.chown(path, self._as_user["user"], self._as_user["group"])
        postgres.create(self._binaries, folder, self._as_user)
        self.start()
        with psycopg.connect(self._address) as connection:
            connection.execute(f"CREATE TABLE {TABLE} (id bigserial PRIMARY KEY, at timestamptz, keys jsonb)")

    @property
    def _address(self) -> str:
        return f"postgres://newsroom:{self.password}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        self.process: subprocess.Popen[bytes] = postgres.serve(
            self._binaries, self._folder, self.port, self._as_user
        )
        postgres.wait_until_ready(self._binaries, self.process, self.port, self._folder / "log")

    def stop(self) -> None:
        postgres.stop(self.process)

    def hang(self) -> None:
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        """Reach the server and the processes that it started, each of which has a group of its own."""
        pid = self.process.pid
        started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in (pid, *map(int, started)):
            os.kill(each, number)

    def change(self, *keys: str) -> int:
        with psycopg.connect(self._address) as connection:
            row = connection.execute(
                f"INSERT INTO {TABLE} (at, keys) VALUES (now(), %s) RETURNING id",  # noqa: S608 (its own table)
                [json.dumps(keys)],
            ).fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = Path("/tmp") / f"newsroom-outage-{secrets.token_hex(4)}"  # noqa: S108 (a short path, for its socket)
    folder.mkdir(mode=0o700)
    server = Server(folder)
    try:
        yield server
    finally:
        server.go_on()
        server.stop()
        subprocess.run(["rm", "-rf", folder], check=True)


@pytest.fixture
def version(server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[SiteVersion]:
    default = connections.databases["default"]
    connections.databases["outage"] = default | {
        "ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "newsroom", "OPTIONS": {},
        "PASSWORD": server.password, "HOST": "127.0.0.1", "PORT": server.port,
    }  # fmt: skip
    version = SiteVersion(0.05, "outage")
    with django_db_blocker.unblock():
        yield version
        version.close()
    del connections.databases["outage"]


class Site:
    """An application whose pages depend on their own address; it fails without its database."""

    def __init__(self, version: SiteVersion) -> None:
        self._version = version
        self.made: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        known = self._version.now()
        if not known.answers:
            start_response("500 Internal Server Error", [])
            return [str(OperationalError("gone")).encode()]
        self.made.append(environ["PATH_INFO"])
        environ["newsroom.learn"](House(timezone.now(), version=known.version))
        keys = f"story-{environ['PATH_INFO'].split('/')[-2]} paper"
        start_response("200 OK", [("Cache-Control", "public, max-age=60"), ("Surrogate-Key", keys)])
        return [f"The page {len(self.made)}.".encode()]


def test_readers_keep_their_pages_while_the_database_is_stopped_or_hangs(
    server: Server, version: SiteVersion
) -> None:
    site = Site(version)
    store = PageStore(site, room=MEGABYTE, version=version)
    server.change("story-first")
    until(lambda: version.now().answers)
    kept, killed = ask(store, KEPT), ask(store, KILLED)
    assert (kept.code, killed.code, site.made) == (200, 200, [KEPT, KILLED])
    # What is changed is noticed in time, and what it does not touch stays.
    server.change("story-killed")
    time.sleep(0.1)
    assert ask(store, KILLED).text == "The page 3."
    assert ask(store, KEPT).text == "The page 1."
    # A kill is known, and then the database stops.
    last = server.change("story-killed")
    until(lambda: version.now().version > 2 * last - 1)
    server.stop()
    until(lambda: not version.now().answers)
    assert is_stale(ask(store, KEPT))
    assert [ask(store, address).code for address in (KILLED, "/harbour/new/", "/admin/")] == [503, 503, 503]
    server.start()
    until(lambda: version.now().answers)
    assert "Warning" not in ask(store, KEPT).headers
    assert ask(store, KILLED).text == "The page 4."
    # It hangs: one reader waits for a moment, the others for nothing.
    server.hang()
    time.sleep(0.06)
    began = time.monotonic()
    assert is_stale(ask(store, KEPT))
    assert time.monotonic() - began < 0.6
    began = time.monotonic()
    assert all(is_stale(ask(store, KEPT)) for _ in range(50))
    assert ask(store, "/admin/").code == 503
    assert time.monotonic() - began < 0.3
    server.go_on()
    until(lambda: version.now().answers)
    assert "Warning" not in ask(store, KEPT).headers


def is_stale(got: Got) -> bool:
    return got.code == 200 and got.headers["Warning"].startswith("110") and int(got.headers["Age"]) >= 0


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds, for ten seconds at most."""
    ends = time.monotonic() + 10
    while not holds() and time.monotonic() < ends:
        time.sleep(0.01)
    assert holds()
