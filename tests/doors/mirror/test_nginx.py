"""A plain nginx gives from the baked folder what the site gives: the same status, type and words."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db.transaction import atomic, set_rollback
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker, Settings

from articles.models import Edition, ImportedStory
from articles.workflow.readers import readers_see
from newsroom.mirror.ledger import Ledger
from tests.disputes import make_policy, make_policy_edition
from tests.doors.mirror.conftest import PAPER, bake_into
from tests.editions import make_edition, replace_edition, withdraw_edition

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("mirror")]
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
ALONE = """\
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    include {mirror}/nginx/maps.conf;
    server {{ listen 127.0.0.1:{port}; include {mirror}/nginx/site.conf; }}
}}
"""


class Mirror:
    """An nginx of the test's own."""

    def __init__(self, mirror: Path, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        folder.mkdir()
        user = "user root;" if os.geteuid() == 0 else ""
        self._config = folder / "nginx.conf"
        self._config.write_text(ALONE.format(user=user, folder=folder, mirror=mirror, port=self.port))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Mirror":
        self._process = subprocess.Popen([NGINX, "-c", str(self._config)], stderr=subprocess.DEVNULL)
        for _attempt in range(500):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.01)
        self.__exit__()
        raise AssertionError((self._config.parent / "error.log").read_text())

    def __exit__(self, *error: object) -> None:
        assert self._process
        self._process.terminate()
        self._process.wait(10)

    def get(self, address: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        path, asked, query = address.partition("?")
        try:
            connection.request(method, quote(path) + asked + query, headers=headers)
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return response.status, names, response.read()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def folder(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A mirror of everything, baked once; the records stay for the tests of this file, and no longer."""
    folder = tmp_path_factory.mktemp("everything")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder / "media"), atomic():
        everything()
        bake_into(folder / "mirror", "--lists", "4")
        yield folder
        set_rollback(True)


@pytest.fixture(scope="module")
def mirror(folder: Path) -> Iterator[Mirror]:
    with Mirror(folder / "mirror", folder / "nginx") as started:
        yield started


@pytest.fixture(autouse=True)
def _paper_of_the_mirror(settings: Settings) -> None:
    settings.NEWSROOM_URL = PAPER


def everything() -> None:
    """Stories that are there, moved, gone; names in other letters, one too long for a file; policies."""
    make_edition(slug="one", quotes=[{"quote_key": "k1"}])
    moved = replace_edition(make_edition(slug="was-here"), slug="is-here")
    ImportedStory.objects.create(identifier="ferry-1", path="/2009/ferry-late.html", story=moved.story)
    withdraw_edition(make_edition(slug="killed", quotes=[{"quote_key": "k2"}]), "This story was wrong.")
    long = "слово-" * 22
    make_edition(slug="two", bylines=[{"name": "Ёж", "slug": "ёж"}, {"name": "Long", "slug": long[:110]}])
    for number in range(20):
        make_edition(slug=f"s{number}", headline=f"Story {number}", bylines=[], topics=[])
    make_policy_edition(make_policy("contact"))
    readers_see()


def test_nginx_answers_as_the_site_does(mirror: Mirror, client: Client, folder: Path) -> None:
    ledger = Ledger(folder / "mirror" / "ledger.sqlite3")
    addresses = [row[0] for row in ledger._do("SELECT address FROM page WHERE status <> 404 ORDER BY id")]
    ledger.close()
    assert len(addresses) > 100
    assert any("?before=" in address for address in addresses)
    assert any("ёж" in address for address in addresses)
    assert "/2009/ferry-late.html" in addresses
    statuses = {}
    for address in addresses:
        theirs, (status, headers, body) = client.get(quoted(address)), mirror.get(address)
        assert status == theirs.status_code, address
        statuses[status] = statuses.get(status, 0) + 1
        if status in (301, 302):
            assert headers["location"] == theirs["Location"], address
            continue
        assert body == theirs.content, address
        assert headers["content-type"] == theirs["Content-Type"], address
        for name in (
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "X-Frame-Options",
        ):
            assert headers.get(name.lower()) == theirs.get(name), (address, name)
    assert statuses.keys() == {200, 301, 302, 410}


def quoted(address: str) -> str:
    path, asked, query = address.partition("?")
    return quote(path) + asked + query


def test_what_a_mirror_cannot_answer_is_said_calmly(mirror: Mirror) -> None:
    for address in ("/search/", "/search/?q=gate", "/quotes/check/", "/disputes/new/?quote=k1", "/admin/"):
        status, headers, body = mirror.get(address)
        assert status == 503, address
        assert headers["retry-after"] == "3600"
        assert b"This copy of the paper cannot answer that" in body
    assert mirror.get("/harbour/one/", "POST")[0] == 405
    status, _headers, body = mirror.get("/nothing/here/")
    assert status == 404
    assert b"<h1" in body


def test_small_things_are_as_on_the_site(mirror: Mirror) -> None:
    edition = Edition.objects.get(slug="one")
    status, headers, _body = mirror.get("/harbour/one")
    assert (status, headers["location"]) == (301, "/harbour/one/")
    assert mirror.get("/harbour/one/?utm_source=letter")[0] == 200, (
        "Where a link was clicked changes nothing."
    )
    assert mirror.get("/harbour/?before=1-1")[0] == 404, "A place in a list that was not baked."
    status, headers, body = mirror.get(edition.get_absolute_url(), **{"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in headers["vary"]
    assert headers["cache-control"] == "public, max-age=60"
    status, headers, body = mirror.get(edition.get_absolute_url(), **{"If-None-Match": headers["etag"]})
    assert status in (200, 304)
    for own in ("/harbour/index.html", "/.pages/missing.html", "/.gone/harbour/killed/index.html",
                "/harbour/index@before=1-1.html", "/index.html.gz"):  # fmt: skip
        assert mirror.get(own)[0] == 404, own
