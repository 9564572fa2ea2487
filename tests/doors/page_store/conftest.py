"""A page store in front of Django, inside the transaction of a test."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from articles.models import Edition
from articles.workflow.readers import readers_see
from newsroom.page_store.store import MEGABYTE, PageStore
from tests.doors.page_store.asking import Behind, Told
from tests.editions import make_edition
from tests.postgres import find_binaries

# Without their programs these are left out, unless NEWSROOM_REQUIRE says that all must be there.
PROGRAMS = {"test_shared.py": shutil.which("redis-server"), "test_outage.py": find_binaries()}
is_required = os.environ.get("NEWSROOM_REQUIRE") == "1"
collect_ignore = [name for name, found in PROGRAMS.items() if not (found or is_required)]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Let requests end without closing the connection, as the test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def django() -> Behind:
    return Behind()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def store(django: Behind, told: Told) -> PageStore:
    return PageStore(django, room=8 * MEGABYTE, version=told)  # type: ignore[arg-type]


@pytest.fixture
def edition() -> Edition:
    """A story that readers see, at the site's first version."""
    made = make_edition(quotes=[{"quote_key": "k1"}])
    readers_see()
    return made
