"""Configuration (i) of docs/deploy.md: SQLite, granian, nginx, as the files in docs/deploy say."""

import gzip
import re
import signal
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest

from tests.hosts.deployed import HOST, commands
from tests.hosts.one import OneHost, one_host
from tests.hosts.readers import Readers, connect, get
from tests.ready import copy_ready


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OneHost]:
    """The site on SQLite, with one story."""
    folder = tmp_path_factory.mktemp("one")
    file = folder / "newsroom.sqlite3"
    copy_ready(file)
    with one_host(folder, {"DATABASE_URL": f"sqlite:///{file}"}) as site:
        yield site


@pytest.fixture
def reader(site: OneHost) -> Iterator[HTTPSConnection]:
    connection = connect(site.https)
    yield connection
    connection.close()


def test_without_tls_a_reader_is_sent_to_tls(site: OneHost) -> None:
    connection = HTTPConnection("127.0.0.1", site.http)
    connection.request("GET", "/archive/?a=b", headers={"Host": HOST})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, f"https://{HOST}/archive/?a=b")
    connection.close()


def test_a_page_comes_packed_and_secure(reader: HTTPSConnection) -> None:
    status, headers, body = get(reader, "/", **{"Accept-Encoding": "gzip"})
    assert (status, headers.get("content-encoding")) == (200, "gzip")
    assert b"<html" in gzip.decompress(body)
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


def test_static_files_are_packed_and_for_ever(reader: HTTPSConnection) -> None:
    page = get(reader, "/")[2].decode()
    found = re.search(r'href="(/static/articles/site\.[0-9a-f]{12}\.css)"', page)
    assert found
    status, headers, body = get(reader, found[1], **{"Accept-Encoding": "gzip"})
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-type"] == "text/css"
    assert gzip.decompress(body)
    assert get(reader, "/static/articles/site.css")[1]["cache-control"] == "public, max-age=60"
    assert get(reader, "/favicon.ico")[0] == 200


def test_pictures_are_for_ever_and_do_nothing(reader: HTTPSConnection) -> None:
    status, headers, body = get(reader, "/media/images/0123456789abcdef.avif")
    assert (status, body) == (200, b"a picture")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert get(reader, "/media/../newsroom.sqlite3")[0] in {400, 404}
    assert get(reader, "/media/images/")[0] in {403, 404}


def test_the_desk_asks_for_a_password_over_secure_cookies(reader: HTTPSConnection) -> None:
    status, headers, _ = get(reader, "/admin/")
    assert (status, headers["location"]) == (302, "/admin/login/?next=/admin/")
    status, headers, page = get(reader, headers["location"])
    assert status == 200
    assert b'name="password"' in page
    assert "Secure" in headers["set-cookie"]
    assert "no-store" in headers["cache-control"] or "max-age=0" in headers["cache-control"]


def test_guesses_of_passwords_are_slowed_down(reader: HTTPSConnection) -> None:
    assert 429 in [get(reader, "/admin/login/", "HEAD")[0] for _ in range(15)]


def test_who_watches_sees_that_all_is_well(reader: HTTPSConnection) -> None:
    status, _, body = get(reader, "/health/")
    assert status == 200
    assert b'"status": "ok"' in body


def test_nobody_names_another_host_or_scheme(reader: HTTPSConnection) -> None:
    answer = get(reader, "/", **{"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"})
    assert answer[0] == 200
    assert b"evil.example" not in answer[2]
    assert get(reader, "/", Host="evil.example")[0] == 400


def test_new_code_is_taken_up_while_people_read(site: OneHost) -> None:
    readers = Readers(site.https, 4)
    readers.paths = ["/", "/archive/", "/quotes/"]
    counts = readers.part("new code")
    readers.start()
    time.sleep(0.2)
    assert commands("newsroom.service", "ExecReload") == [["/bin/kill", "-HUP", "$MAINPID"]]
    site.web.tell(signal.SIGHUP)
    end = time.monotonic() + 30
    while time.monotonic() < end and "Stopped old worker-1" not in said(site.web.log):
        time.sleep(0.1)
    time.sleep(0.5)
    readers.stop()
    assert counts.pages > 20
    assert (counts.errors, counts.failures) == ([], 0)


def said(log: Path) -> str:
    return log.read_text(errors="replace")
