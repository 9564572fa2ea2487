"""The cache in front of the site is told what changed: after the change is stored, and again on request."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from articles.workflow.publish import publish_story
from articles.workflow.purge import AT_ONCE, purge_by_http, purged
from articles.workflow.readers import readers_see
from tests.factories import make_quoting_story, make_user

pytestmark = pytest.mark.django_db

told: list[list[str]] = []
was_told = Event()


def hear(keys: list[str]) -> None:
    told.append(keys)
    was_told.set()


def refuse(keys: list[str]) -> None:
    was_told.set()
    raise OSError("no route to the cache")


@pytest.fixture(autouse=True)
def _hook(settings: Settings) -> None:
    told.clear()
    was_told.clear()
    settings.NEWSROOM_PURGE = f"{__name__}.hear"


def test_what_a_story_touches_is_told_once_it_is_stored(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    story = make_quoting_story(status="approved", topics=["Tides"])
    with django_capture_on_commit_callbacks(execute=True):
        publish_story(story, by=make_user())
        assert told == []
    assert was_told.wait(5)
    assert {f"story-{story.pk}", "section-harbour", "topic-tides", "lists", "everything"} <= set(told[0])


def test_what_is_taken_back_is_not_told(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        readers_see("front")
        transaction.set_rollback(True)
    assert not was_told.wait(0.05)


def test_a_change_of_everything_is_told_by_the_key_that_every_page_has() -> None:
    assert purged([]) == ["paper", "everything"]
    assert purged(["front", "front"]) == ["front", "everything"]


def test_a_cache_that_is_not_reached_stops_nobody_and_is_told_again(
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.NEWSROOM_PURGE = f"{__name__}.refuse"
    with django_capture_on_commit_callbacks(execute=True):
        readers_see("front")
    assert was_told.wait(5)
    with pytest.raises(CommandError, match="no route to the cache"):
        call_command("purge")
    settings.NEWSROOM_PURGE = f"{__name__}.hear"
    out = StringIO()
    call_command("purge", stdout=out)
    assert told == [["everything", "front"]]
    assert out.getvalue() == "changes: 1 told again\n"
    settings.NEWSROOM_PURGE = ""
    with pytest.raises(CommandError, match="NEWSROOM_PURGE is not set"):
        call_command("purge")


def test_a_dry_run_says_what_would_be_told_and_tells_nothing(settings: Settings) -> None:
    readers_see("front")
    settings.NEWSROOM_PURGE = f"{__name__}.refuse"
    out = StringIO()
    call_command("purge", "--dry-run", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"changes": 1, "told": False}


class Cache(BaseHTTPRequestHandler):
    """A cache that notes what it is told, and refuses one key."""

    heard: list[tuple[str, str, str]] = []

    def do_PURGE(self) -> None:
        keys = self.headers["Surrogate-Key"]
        self.heard.append((self.path, keys, self.headers["Fastly-Key"]))
        self.send_response(500 if keys == "refused" else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def cache(settings: Settings) -> Iterator[list[tuple[str, str, str]]]:
    with HTTPServer(("127.0.0.1", 0), Cache) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        settings.NEWSROOM_PURGE_URL = f"http://127.0.0.1:{server.server_port}/purge"
        settings.NEWSROOM_PURGE_METHOD, settings.NEWSROOM_PURGE_HEADER = "PURGE", "Fastly-Key: secret"
        Cache.heard.clear()
        yield Cache.heard
        server.shutdown()


def test_caches_that_take_keys_in_a_header_need_no_function(cache: list[tuple[str, str, str]]) -> None:
    keys = [f"story-{number}" for number in range(AT_ONCE + 1)]
    purge_by_http(keys)
    assert cache == [("/purge", " ".join(keys[:AT_ONCE]), "secret"), ("/purge", keys[-1], "secret")]
    with pytest.raises(OSError, match="the cache answered 500"):
        purge_by_http(["refused"])
