"""A folder of databases that hold invented archives, one for each engine and size, made once and kept.

`python -m bench.seeds --sizes 1k,10k,100k` makes those that are missing. PostgreSQL is a cluster of the
folder's own, which answers on the loopback while this program runs and at no other time.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg

from tests.postgres import (
    create,
    find_binaries,
    free_port,
    leave,
    serve,
    stop,
    unprivileged,
    wait_until_ready,
)

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "var" / "bench"
ENGINES: Final = ("sqlite", "postgresql")
SIZES: Final = ("1k", "10k", "100k")
# A server that has the machine to itself, as the handbook of PostgreSQL sets one up.
TUNED: Final = (
    "shared_buffers = 1GB\neffective_cache_size = 8GB\nrandom_page_cost = 1.1\nwork_mem = 16MB\n"
    "max_wal_size = 8GB\njit = off\nautovacuum_naptime = 20s\nmax_connections = 100\n"
)
DEVELOPMENT: Final = {
    "NEWSROOM_DEV": "1",
    "DEBUG": "0",
    "NEWSROOM_ENV_FILE": "",
    "NEWSROOM_LOG_LEVEL": "WARNING",
    "DJANGO_SETTINGS_MODULE": "newsroom.settings",
}


def number_of(size: str) -> int:
    """How many stories “10k” or “1m” are. Raises ValueError."""
    text = size.strip().lower()
    factor = {"k": 1_000, "m": 1_000_000}.get(text[-1:], 1)
    return int(text.rstrip("km")) * factor


class Seeds:
    """The databases of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder: Final = folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._server = ""  # address of the cluster while it runs

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Have the cluster answer inside the block. Raises SystemExit when PostgreSQL is not installed."""
        binaries = find_binaries()
        if binaries is None:
            raise SystemExit("PostgreSQL is not installed. On Debian: apt-get install postgresql")
        place, as_user = self.folder / "postgresql", unprivileged()
        password = self._create(binaries, place, as_user)
        if port := _answering(place / "data" / "postmaster.pid"):  # somebody else is making archives
            self._server = f"postgres://newsroom:{password}@127.0.0.1:{port}"
            yield
            return
        port = free_port()
        server = serve(binaries, place, port, as_user)
        try:
            wait_until_ready(binaries, server, port, place / "log")
            self._server = f"postgres://newsroom:{password}@127.0.0.1:{port}"
            yield
        finally:
            self._server = ""
            stop(server)

    def address(self, engine: str, stories: int) -> str:
        """The DATABASE_URL of an archive; make it first when it is not there."""
        name = f"stories_{stories}"
        if engine == "sqlite":
            path = self.folder / f"{name}.sqlite3"
            if not path.exists():
                new = path.with_suffix(".new")
                new.unlink(missing_ok=True)
                self._fill(f"sqlite:///{new}", stories)
                new.rename(path)
            return f"sqlite:///{path}"
        if name not in self._databases():
            self._sql(f"DROP DATABASE IF EXISTS {name}_new", f"CREATE DATABASE {name}_new")
            self._fill(f"{self._server}/{name}_new", stories)
            self._sql(f"ALTER DATABASE {name}_new RENAME TO {name}")
        return f"{self._server}/{name}"

    @contextmanager
    def copy(self, engine: str, stories: int) -> Iterator[str]:
        """A copy of an archive to write in, gone after the block."""
        original = self.address(engine, stories)
        with self.empty(engine, template=f"stories_{stories}") as address:
            if engine == "sqlite":
                shutil.copyfile(original.removeprefix("sqlite:///"), address.removeprefix("sqlite:///"))
            yield address

    @contextmanager
    def empty(self, engine: str, *, template: str = "template1") -> Iterator[str]:
        """A database without tables, or on PostgreSQL with those of another, gone after the block."""
        if engine == "sqlite":
            path = self.folder / "copy.sqlite3"
            self._forget(path)
            try:
                yield f"sqlite:///{path}"
            finally:
                self._forget(path)
            return
        self._sql("DROP DATABASE IF EXISTS copy WITH (FORCE)", f"CREATE DATABASE copy TEMPLATE {template}")
        try:
            yield f"{self._server}/copy"
        finally:
            self._sql("DROP DATABASE IF EXISTS copy WITH (FORCE)")

    @staticmethod
    def _forget(path: Path) -> None:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)

    @staticmethod
    def _fill(address: str, stories: int) -> None:
        print(f"Making an archive of {stories:,} stories …", flush=True)
        environment = os.environ | DEVELOPMENT | {"DATABASE_URL": address}
        command = [sys.executable, "-m", "bench.seed", str(stories)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)

    def _create(self, binaries: Path, place: Path, as_user: dict[str, Any]) -> str:
        """Make the cluster when there is none; return its password."""
        secret = place / "password"
        if (place / "data" / "PG_VERSION").exists() and secret.exists():
            return secret.read_text()
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        secret.write_text(secrets.token_hex(16))
        if as_user:
            for path in (place, secret):
                os.chown(path, as_user["user"], as_user["group"])
        create(binaries, place, as_user)
        with (place / "data" / "postgresql.conf").open("a") as settings:
            settings.write(TUNED)
        return secret.read_text()

    def _databases(self) -> set[str]:
        return self._sql("SELECT datname FROM pg_database")

    def _sql(self, *statements: str) -> set[str]:
        with psycopg.connect(f"{self._server}/postgres", autocommit=True) as server:
            for each in statements:
                found = server.execute(each)
            return {str(row[0]) for row in found.fetchall()} if found.description else set()


def _answering(file: Path) -> int:
    """The port of the server that wrote `file`, if it still answers; else 0."""
    if not file.exists():
        return 0
    port = int(file.read_text().splitlines()[3])
    with socket.socket() as probe:
        return port if probe.connect_ex(("127.0.0.1", port)) == 0 else 0


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where they are kept")
    parser.add_argument("--sizes", default=",".join(SIZES), help="such as 1k,10k,100k,1m")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="one engine only")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, leave)
    seeds = Seeds(options.folder)
    sizes = [number_of(size) for size in options.sizes.split(",")]
    engines = options.engine or ENGINES
    if "sqlite" in engines:
        for size in sizes:
            seeds.address("sqlite", size)
    if "postgresql" in engines:
        with seeds.serving():
            for size in sizes:
                seeds.address("postgresql", size)


if __name__ == "__main__":
    main()
