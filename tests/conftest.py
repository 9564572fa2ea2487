"""What holds for every test: development settings, no network, fast passwords, files in their own folder."""

import gc
import os
from datetime import UTC, datetime
from pathlib import Path

import django
import hypothesis
import pytest
from django.db import connections
from pytest_django import Settings
from time_machine import TimeMachineFixture

from tests.ready import copy_ready

# A run of the tests is development by definition, and must not read this machine's own .env.
os.environ["NEWSROOM_DEV"] = "1"
os.environ["NEWSROOM_ENV_FILE"] = ""
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from articles.templatetags import paper  # noqa: E402

# No deadline for one example: a busy machine is no bug. In CI the same examples each time.
hypothesis.settings.register_profile("newsroom", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("newsroom")

TEXT_TESTS = Path(__file__).parent / "text"
NOON = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the database out of the text tests, and what migrations wrote in the tests that empty it."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        fixtures = set(getattr(item, "fixturenames", ()))
        if TEXT_TESTS in item.path.parents and (marker or fixtures & {"db", "transactional_db"}):
            raise pytest.UsageError(f"{item.nodeid} asks for a database: tests/text has none.")
        if fixtures & {"transactional_db", "live_server"} or (marker and marker.kwargs.get("transaction")):
            restoring = pytest.mark.django_db(transaction=True, serialized_rollback=True)
            item.add_marker(restoring, append=False)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Let the collector of garbage pass by what stays to the end: the program, and the tests themselves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)  # what one test leaves is soon gone by itself


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Test on a file in SQLite, as in production: in memory it neither waits for a lock nor has WAL."""
    for connection in connections.all():
        if connection.vendor == "sqlite":
            file = tmp_path_factory.mktemp("database") / f"{connection.alias}.sqlite3"
            connection.settings_dict["TEST"]["NAME"] = str(file)
            copy_ready(file)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let Django go on with the ready file; a database on a server it makes anew."""
    return all(connection.vendor == "sqlite" for connection in connections.all())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Let every connection know what migrations wrote: the browser's event loop brings a second one."""
    for connection in connections.all():
        written = getattr(connection, "_test_serialized_contents", None)  # None: no test needs it
        if written is not None:
            type(connection)._test_serialized_contents = written


@pytest.fixture(autouse=True)
def _settings_of_tests(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = False  # tests/doors/test_settings.py turns it on


@pytest.fixture(autouse=True)
def _house_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep no house from one test to another: an emptied database counts its versions from 1 again."""
    monkeypatch.setattr("articles.house._last", {})
    paper._rendered.cache_clear()


@pytest.fixture
def clock(time_machine: TimeMachineFixture) -> TimeMachineFixture:
    """Stop the clock at noon on 12 May 2026 (UTC); `clock.shift(…)` and `clock.move_to(…)` move it."""
    time_machine.move_to(NOON, tick=False)
    return time_machine
