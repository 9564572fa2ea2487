"""How soon the page store notices a change, and what readers get while the database is away."""

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, OperationalError
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from time_machine import TimeMachineFixture

from articles.house import House
from articles.models import Edition, SiteChange
from articles.workflow.amend import kill_story
from articles.workflow.publish import publish_story
from articles.workflow.readers import readers_see
from newsroom.page_store.changes import Changes
from newsroom.page_store.store import MEGABYTE, PageStore, open_store
from newsroom.page_store.version import Known, SiteVersion, _Asker
from tests.doors.page_store.asking import Behind, Told, ask
from tests.editions import make_edition, withdraw_edition
from tests.factories import make_quoting_story, make_user

pytestmark = pytest.mark.django_db


# --- Freshness -----------------------------------------------------------------------------------


def test_what_is_published_shows_at_once_and_what_is_killed_goes_at_once(store: PageStore) -> None:
    readers_see()
    story = make_quoting_story(status="approved")
    assert story.headline not in ask(store, "/").text
    edition = publish_story(story, by=make_user())
    assert story.headline in ask(store, "/").text
    assert ask(store, edition.get_absolute_url()).code == 200
    kill_story(story, by=make_user("Managing editor"), notice="It was not true, and we are sorry.")
    assert ask(store, edition.get_absolute_url()).code == 410
    assert edition.body_text[:40] not in ask(store, edition.get_absolute_url()).text


def test_a_scheduled_moment_and_midnight_end_the_life_of_pages(
    store: PageStore, django: Behind, clock: TimeMachineFixture
) -> None:
    make_edition()
    planned = make_edition(
        live_from=timezone.now() + timedelta(seconds=30, milliseconds=500), headline="At half past"
    )
    readers_see()
    assert ask(store, "/").headers["Cache-Control"] == "public, max-age=30"
    clock.shift(timedelta(seconds=20))
    assert ask(store, "/").headers["Cache-Control"] == "public, max-age=10"
    clock.shift(timedelta(seconds=10, milliseconds=400))
    assert ask(store, "/").headers["Cache-Control"] == "public, max-age=0"
    assert planned.headline not in ask(store, "/").text
    assert len(django.asked) == 1
    clock.shift(timedelta(milliseconds=100))
    assert planned.headline in ask(store, "/").text
    clock.shift(timedelta(hours=11))  # midnight in London is 23:00 UTC in May
    ask(store, "/")
    assert len(django.asked) == 3


# --- The database does not answer ----------------------------------------------------------------


def test_kept_pages_are_read_while_the_database_is_away(
    clock: TimeMachineFixture, store: PageStore, told: Told, django: Behind, edition: Edition
) -> None:
    fresh = ask(store, edition.get_absolute_url())
    told.answers = False
    clock.shift(timedelta(hours=20))  # past midnight, which changes no more than how days are named
    stale = ask(store, edition.get_absolute_url())
    assert stale.body == fresh.body
    assert stale.headers["Warning"] == '110 - "Response is Stale"'
    assert stale.headers["Age"] == str(20 * 60 * 60)
    assert stale.headers["Cache-Control"] == "public, max-age=10"
    assert len(django.asked) == 1


def test_what_is_known_to_have_changed_is_not_read_stale(told: Told, edition: Edition) -> None:
    def away(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b"details"]

    behind = Behind()
    store = PageStore(behind, room=MEGABYTE, version=told)  # type: ignore[arg-type]
    ask(store, edition.get_absolute_url())
    withdraw_edition(edition, notice="It was not true.")
    readers_see()
    told.answers, behind.handler = False, away
    for address in (edition.get_absolute_url(), "/admin/login/"):
        got = ask(store, address)
        assert (got.code, got.headers["Retry-After"], got.headers["Cache-Control"]) == (503, "30", "no-store")
        assert "<h1>" in got.text
        assert "details" not in got.text
    assert ask(store, "/", REQUEST_METHOD="HEAD").body == b""
    told.answers = True
    assert ask(store, "/admin/login/").code == 500  # the database is not to blame


# --- Several readers, several processes ----------------------------------------------------------


class Seven:
    """A site that is at its seventh version for ever."""

    good_until = 0.0

    def __init__(self) -> None:
        self.changes = Changes()
        self.changes.note([(7, ())])

    def now(self) -> Known:
        return Known(7, answers=True, turn=1)

    @staticmethod
    def house() -> House:
        return House(timezone.now(), version=7)


def test_many_first_readers_cost_one_page() -> None:
    made, together = [], Barrier(1000)

    def slow(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        made.append(environ["PATH_INFO"])
        time.sleep(0.1)
        environ["newsroom.learn"](House(timezone.now(), version=7))
        start_response("200 OK", [("Cache-Control", "public, max-age=60")])
        return [b"The page."]

    store = PageStore(slow, room=MEGABYTE, version=Seven())  # type: ignore[arg-type]
    got: list[bytes] = []

    def read() -> None:
        together.wait()
        got.append(ask(store, "/").body)

    readers = [Thread(target=read) for _ in range(1000)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert got == [b"The page."] * 1000
    assert made == ["/"]
    assert store._making == {}


@pytest.mark.django_db(transaction=True)
def test_two_processes_see_what_the_other_published_within_the_interval(settings: Settings) -> None:
    settings.NEWSROOM_PAGE_STORE, settings.NEWSROOM_PAGE_STORE_MILLISECONDS = 8, 50
    readers_see()
    stores = [open_store(WSGIHandler()) for _ in range(2)]
    try:
        edition = publish_story(make_quoting_story(status="approved"), by=make_user())
        for store in stores:
            assert ask(store, edition.get_absolute_url()).code == 200
        story = edition.story
        kill_story(story, by=make_user("Managing editor"), notice="It was not true, and we are sorry.")
        time.sleep(0.06)
        assert [ask(store, edition.get_absolute_url()).code for store in stores] == [410, 410]
    finally:
        for store in stores:
            store._version.close()


@pytest.mark.django_db(transaction=True)
def test_the_database_is_asked_while_there_are_readers_and_seldom_when_it_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[float] = []
    read = _Asker.read

    def count(asker: _Asker) -> int:
        asked.append(time.monotonic())
        return read(asker)

    def fail(asker: _Asker) -> int:
        asked.append(time.monotonic())
        raise OperationalError("gone away")

    monkeypatch.setattr(_Asker, "read", count)
    SiteChange.objects.create(pk=3)
    version = SiteVersion(interval=1)
    try:
        assert {version.now() for _ in range(100)} == {Known(3, answers=True, turn=1)}
        assert len(asked) == 1
        monkeypatch.setattr(_Asker, "read", fail)
        version.good_until = 0.0
        time.sleep(0.6)  # it was to be asked again after half a second
        asked.clear()
        assert {version.now() for _ in range(100)} == {Known(3, answers=False, turn=1)}
        assert len(asked) <= 1
    finally:
        version.close()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_hangs_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = Event()
    read = _Asker.read
    SiteChange.objects.create(pk=3)
    version = SiteVersion(interval=0.02)
    try:
        assert version.now().answers
        monkeypatch.setattr(_Asker, "read", lambda asker: goes_on.wait(5) and read(asker))
        time.sleep(0.05)
        assert not version.now().answers  # the first reader waits for as long as an answer may take
        began = time.monotonic()
        assert {version.now() for _ in range(100)} == {Known(3, answers=False, turn=1, hangs=True)}
        assert time.monotonic() - began < 0.1
        goes_on.set()
        assert until(lambda: version.now() == Known(3, answers=True, turn=1))
    finally:
        goes_on.set()
        version.close()


def until(holds: Callable[[], bool]) -> bool:
    """Whether it holds before two seconds have passed."""
    ends = time.monotonic() + 2
    while not holds() and time.monotonic() < ends:
        time.sleep(0.01)
    return holds()


# --- Health --------------------------------------------------------------------------------------


def test_health_says_whether_the_database_answers(
    store: PageStore, told: Told, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise DatabaseError("secret-host refused")

    well = ask(store, reverse("health"))
    assert (well.code, well.headers["Content-Type"]) == (200, "application/json")
    assert "no-store" in well.headers["Cache-Control"]
    assert '"status": "ok", "database": "answers", "version": ' in well.text
    ask(store, "/")
    monkeypatch.setattr("articles.models.site_change.SiteChangeQuerySet.total", fail)
    told.now = lambda: Known(1, answers=False)  # type: ignore[method-assign]
    ill = ask(store, reverse("health"))
    assert (ill.code, '"status": "degraded"' in ill.text, '"kept_pages": 1' in ill.text) == (200, True, True)
    down = ask(WSGIHandler(), reverse("health"))
    assert (down.code, '"status": "down"' in down.text, "secret-host" in down.text) == (503, True, False)
