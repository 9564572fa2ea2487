"""A primary and a streaming replica of PostgreSQL, of this test alone."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.hosts.deployed import DEPLOY, changed
from tests.hosts.processes import Server
from tests.postgres import create, free_port, unprivileged, wait_until_ready

SMALL = [("shared_buffers = 2GB", "shared_buffers = 64MB"), ("= 512MB", "= 64MB")]
FAST = ["-F", "-c", "full_page_writes=off"]


@dataclass
class Database:
    """One of the two: its server and its address."""

    server: Server
    url: str
    port: int
    password: str
    folder: Path
    binaries: Path

    def start(self) -> None:
        """Start it, and return when it answers questions."""
        self.server.start()
        assert self.server._process is not None
        wait_until_ready(self.binaries, self.server._process, self.port, self.server.log)

    def stop(self) -> None:
        """End it; who is connected is cut off."""
        self.server.end(signal.SIGINT)

    def ask(self, question: str) -> Any:
        """The first value of the answer."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            row = connection.execute(question).fetchone()  # type: ignore[arg-type]
            return row[0] if row else None


@contextmanager
def primary_and_replica(binaries: Path) -> Iterator[tuple[Database, Database]]:
    """Make both, with the settings of docs/deploy/postgresql, and yield them running."""
    with only_primary(binaries) as primary:
        folder, as_user = primary.folder, unprivileged()
        replica = _database(binaries, folder, "replica", primary.password, as_user)
        _copy(primary, as_user)
        try:
            replica.start()
            yield primary, replica
        finally:
            replica.server.end(signal.SIGQUIT)


@contextmanager
def only_primary(binaries: Path) -> Iterator[Database]:
    """Make the primary alone."""
    folder = Path(tempfile.mkdtemp(prefix="newsroom-hosts-"))  # where the account of PostgreSQL may read
    as_user, password = unprivileged(), secrets.token_hex(16)
    primary = _database(binaries, folder, "data", password, as_user)
    try:
        (folder / "password").write_text(password)
        settings = changed((DEPLOY / "postgresql/newsroom.conf").read_text(), SMALL)
        (folder / "newsroom.conf").write_text(settings)
        own(folder, as_user)
        create(binaries, folder, as_user)
        with (folder / "data/postgresql.conf").open("a") as conf:
            conf.write(f"\ninclude '{folder}/newsroom.conf'\n")
        primary.start()
        yield primary
    finally:
        primary.server.end(signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


def own(folder: Path, as_user: dict[str, Any]) -> None:
    """Give the folder and what is in it to the account that PostgreSQL runs as."""
    if as_user:
        for path in (folder, *folder.iterdir()):
            os.chown(path, as_user["user"], as_user["group"])


def _database(binaries: Path, folder: Path, name: str, password: str, as_user: dict[str, Any]) -> Database:
    port = free_port()
    command = [binaries / "postgres", "-D", folder / name, "-k", folder, "-p", port, *FAST, "-h", "127.0.0.1"]
    server = Server(
        command, log=folder / f"{name}.log", address=("127.0.0.1", port), **as_user | {"cwd": folder}
    )
    url = f"postgres://newsroom:{password}@127.0.0.1:{port}/postgres"
    return Database(server, url, port, password, folder, binaries)


def _copy(primary: Database, as_user: dict[str, Any]) -> None:
    """The replica, as docs/deploy.md makes it."""
    subprocess.run(
        [primary.binaries / "pg_basebackup", "-D", primary.folder / "replica", "-R", "-X", "stream"]
        + ["--checkpoint=fast", "--no-sync", "-h", "127.0.0.1", "-p", str(primary.port), "-U", "newsroom"],
        env={"PGPASSWORD": primary.password, "PATH": "/usr/bin:/bin"},
        cwd=primary.folder,
        capture_output=True,
        check=True,
        **as_user,
    )
