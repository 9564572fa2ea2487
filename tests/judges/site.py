"""Serve the demo newsroom as a deployed site while a command runs: `python -m tests.judges.site -- pytest`.

The demo is loaded once, every page of it that links lead to is fetched once, and the command is told where
both are (`tests/judges/crawl.py`). `--available` only says (by exit code) whether the judges' programs are
there.
"""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch
from urllib.error import URLError
from urllib.request import urlopen

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from tests.browser.chromium import find_chromium
from tests.judges.crawl import FOLDER, crawl
from tests.postgres import free_port, leave
from tests.ready import ROOT, copy_ready
from tests.small_pictures import plain_picture

START_SECONDS = 30
# Where `make judges` installs what package.json names.
TOOLS = ROOT / ".judges"
MODULES = TOOLS / "node_modules"
PROGRAMS = ("node", "npm", "java", "w3m")


def missing() -> list[str]:
    """The programs that the judges need and this machine does not have."""
    absent = [name for name in PROGRAMS if shutil.which(name) is None]
    return absent if find_chromium() else [*absent, "chromium"]


def deployed(folder: Path, port: int) -> dict[str, str]:
    """The environment of a site as it would be deployed, on a `port` here, with its files in `folder`."""
    return {
        "NEWSROOM_DEV": "0",
        "NEWSROOM_ENV_FILE": "",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "127.0.0.1",
        "NEWSROOM_URL": f"http://127.0.0.1:{port}",
        "NEWSROOM_SSL_REDIRECT": "0",  # what ends HTTPS stands before the site
        "NEWSROOM_SERVE_MEDIA": "1",
        "NEWSROOM_MEDIA_ROOT": str(folder / "media"),
        "NEWSROOM_STATIC_ROOT": str(folder / "static"),
        "DATABASE_URL": f"sqlite:///{folder / 'newsroom.sqlite3'}",
        "NEWSROOM_LOG_LEVEL": "WARNING",
        FOLDER: str(folder),
    }


def load_demo(folder: Path) -> list[str]:
    """Fill the database in `folder` with the demo newsroom, and gather its static files meanwhile.

    Returns the addresses of stories that are gone, to which no link leads.
    """
    gathering = subprocess.Popen(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"], cwd=ROOT
    )
    copy_ready(folder / "newsroom.sqlite3")
    django.setup()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody logs in
    call_command("migrate", verbosity=0)
    with patch("articles.demo.desk.make_picture", plain_picture), open(os.devnull, "w") as nowhere:
        call_command("demo", verbosity=0, stdout=nowhere)
    if gathering.wait():
        raise SystemExit("The static files of the judged site could not be gathered.")
    gone = apps.get_model("articles.Edition").objects.filter(gone=True)
    return [edition.get_absolute_url() for edition in gone]


@contextmanager
def serve(folder: Path, port: int) -> Iterator[str]:
    """Start the site and yield its address; stop it afterwards."""
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "granian", "newsroom.wsgi:application", "--port", str(port)]
            + ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--log-level", "warning"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(server, url, folder / "log")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_until_ready(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    """Return once the site answers; raise SystemExit with its log when it does not."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(url, timeout=START_SECONDS).close()  # noqa: S310 (an address of this machine)
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"The site did not start:\n{log.read_text(errors='replace')}")


def main(arguments: list[str]) -> int:
    """Run the command after `--` beside the site and return its exit code."""
    if arguments == ["--available"]:
        return 1 if missing() else 0
    if not arguments[1:] or arguments[0] != "--":
        raise SystemExit(__doc__)
    if absent := missing():
        raise SystemExit(f"The judges need {', '.join(absent)}.")
    signal.signal(signal.SIGTERM, leave)
    with tempfile.TemporaryDirectory(prefix="newsroom-judged-") as name:
        folder = Path(name)
        port = free_port()
        os.environ |= deployed(folder, port)
        started = time.monotonic()
        gone = load_demo(folder)
        loaded = time.monotonic()
        with serve(folder, port) as url:
            pages = crawl(url, folder, also=gone)
            took = f"{loaded - started:.0f} s to load, {time.monotonic() - loaded:.0f} s to read"
            print(f"The demo newsroom has {pages} addresses ({took}).", flush=True)  # noqa: T201
            return subprocess.run(arguments[1:], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
