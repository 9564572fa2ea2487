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

# Where there is no Redis it is left out, unless NEWSROOM_REQUIRE says that all programs must be there.
is_left_out = shutil.which("redis-server") is None and os.environ.get("NEWSROOM_REQUIRE") != "1"
collect_ignore = ["test_shared.py"] if is_left_out else []


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
