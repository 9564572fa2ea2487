"""The programs that are measured: granian with the newsroom or a constant view, nginx with files.

Each answers on a free port of the loopback while its block lasts, and has ended after it, whatever happens.
"""

from __future__ import annotations

import gzip
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bench.seeds import ROOT
from tests.postgres import free_port

WORKERS: Final = 2
THREADS: Final = 2  # of each worker that runs Django; more wait for the same interpreter
STORE: Final = 256  # megabytes of pages a worker may keep
START_SECONDS: Final = 30
PROGRAMS: Final = {"nginx": "nginx-light", "wrk": "wrk"}
_NGINX: Final = """
daemon off; worker_processes {workers}; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  types {{ text/html html; }}
  default_type text/html; access_log off; sendfile on; tcp_nopush on; tcp_nodelay on;
  keepalive_requests 100000000; open_file_cache max=2000; open_file_cache_valid 60s; gzip_static on;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port}; root {folder}/pages;
    location / {{ try_files ${{uri}}index.html =404; }}
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a program answers, and its process."""

    address: str
    pid: int

    def fetch(self, paths: Iterable[str]) -> Iterator[bytes]:
        """The pages, as gzip, over one connection. Raises SystemExit for one that is not there."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        for path in paths:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            content = answer.read()
            if answer.status != 200:
                raise SystemExit(f"{path} answered {answer.status}.")
            yield content if answer.getheader("Content-Encoding") == "gzip" else gzip.compress(content)
        connection.close()

    def warm_up(self, paths: Iterable[str]) -> None:
        """Have every worker make the pages: each connection goes to one of them."""
        listed = list(paths)
        for _connection in range(4 * WORKERS):
            for _page in self.fetch(listed):
                pass

    @property
    def memory(self) -> float:
        """Megabytes that the largest process which it started has for itself: a worker.

        Mapped files are left out: those of libraries are shared, and those of SQLite are the system's cache.
        """
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        sizes = [_own(Path(f"/proc/{child}/status").read_text()) for child in children]
        return max(sizes)


def missing() -> list[str]:
    """The Debian packages that have to be installed first."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    return [package for program, package in PROGRAMS.items() if shutil.which(program, path=path) is None]


def deployed(database: str, folder: Path, *, store: int) -> dict[str, str]:
    """The environment of a newsroom as it is deployed, on plain HTTP."""
    return os.environ | {
        "NEWSROOM_DEV": "0",
        "NEWSROOM_ENV_FILE": "",
        "NEWSROOM_SSL_REDIRECT": "0",
        "NEWSROOM_LOG_LEVEL": "WARNING",
        "NEWSROOM_STATIC_ROOT": str(folder / "static"),
        "NEWSROOM_PAGE_STORE": str(store),
        "NEWSROOM_URL": "https://news.example",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DATABASE_URL": database,
        "MALLOC_ARENA_MAX": "2",  # as in docs/deploy/newsroom.env
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }


@contextmanager
def newsroom(
    database: str, folder: Path, *, store: int = STORE, workers: int = WORKERS, threads: int = THREADS
) -> Iterator[Server]:
    """A newsroom with that database; without a store when `store` is 0."""
    environment = deployed(database, folder, store=store)
    with _granian("newsroom.wsgi:application", environment, workers, threads) as server:
        yield server


@contextmanager
def constant() -> Iterator[Server]:
    """A Django that always says the same."""
    with _granian("bench.constant:application", os.environ, WORKERS, THREADS) as server:
        yield server


@contextmanager
def files(pages: Mapping[str, bytes], folder: Path) -> Iterator[Server]:
    """An nginx with `pages`, by path and as gzip, as files and with the compressed ones beside them."""
    place = folder / "nginx"
    shutil.rmtree(place, ignore_errors=True)
    for path, content in pages.items():
        file = place / "pages" / path.strip("/") / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(gzip.decompress(content))
        file.with_name("index.html.gz").write_bytes(content)
    for each in (folder, *place.rglob("*"), place):
        each.chmod(0o755 if each.is_dir() else 0o644)  # nginx sheds root
    port = free_port()
    settings = place / "nginx.conf"
    settings.write_text(_NGINX.format(workers=WORKERS, folder=place, port=port))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with _running([program, "-c", str(settings), "-e", str(place / "error.log")], os.environ, port) as server:
        yield server


@contextmanager
def _granian(
    application: str, environment: Mapping[str, str], workers: int, threads: int
) -> Iterator[Server]:
    port = free_port()
    options = f"--interface wsgi --host 127.0.0.1 --port {port} --no-ws --log-level warning"
    options += f" --workers {workers} --blocking-threads {threads}"
    command = [sys.executable, "-m", "granian", *options.split(), application]
    with _running(command, environment, port) as server:
        yield server


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], port: int) -> Iterator[Server]:
    process = subprocess.Popen(command, cwd=ROOT, env=dict(environment), start_new_session=True)
    try:
        _wait(process, port)
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads a group, and all in the group."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            continue
    process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"{process.args[0]} ended at once; what it said stands above.")  # type: ignore[index]
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"{process.args[0]} did not answer.")  # type: ignore[index]


def _own(status: str) -> float:
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("RssAnon:"))
    return int(kilobytes) / 1024
