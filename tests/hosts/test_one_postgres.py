"""Configuration (ii) of docs/deploy.md: one machine with PostgreSQL and a pool of connections."""

import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.hosts.databases import Database, only_primary
from tests.hosts.one import OneHost, one_host
from tests.hosts.readers import connect, get
from tests.postgres import find_binaries


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OneHost, Database]]:
    binaries = find_binaries()
    assert binaries is not None
    with only_primary(binaries) as database:
        variables = {"DATABASE_URL": database.url, "DATABASE_POOL": "4"}
        with one_host(tmp_path_factory.mktemp("postgres"), variables) as site:
            yield site, database


def test_pages_are_read_and_the_desk_is_there(site: tuple[OneHost, Database]) -> None:
    with closing(connect(site[0].https)) as connection:
        for path in ("/", site[0].story, "/search/?q=lighthouse", "/admin/login/", "/health/"):
            assert get(connection, path)[0] == 200, path


def test_postgresql_is_restarted_and_found_again(site: tuple[OneHost, Database]) -> None:
    host, database = site
    with closing(connect(host.https)) as connection:
        assert get(connection, host.story)[0] == 200
        database.stop()
        time.sleep(0.3)
        status, headers, _ = get(connection, host.story)
        assert (status, headers["warning"]) == (200, '110 - "Response is Stale"')
        assert b"degraded" in get(connection, "/health/")[2]
        status, headers, _ = get(connection, "/archive/")  # nobody asked for it before
        assert status == 503
        assert int(headers["retry-after"]) > 0
        database.start()
        time.sleep(0.5)
        assert get(connection, "/archive/")[0] == 200
        status, headers, _ = get(connection, host.story)
        assert (status, headers.get("warning")) == (200, None)
