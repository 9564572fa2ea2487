"""Pages that several hosts share in a Redis: one render for all, and nothing lost when it is away."""

import json
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import RedisError

from articles.models import Edition
from articles.workflow.readers import readers_see
from newsroom.page_store import shared
from newsroom.page_store.shared import FORMAT, SharedShelf, read
from newsroom.page_store.store import MEGABYTE, PageStore
from tests.doors.page_store.asking import Behind, Told, ask
from tests.doors.page_store.test_fresh import Seven
from tests.editions import make_edition, withdraw_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis of our own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    folder = tmp_path_factory.getbasetemp()
    server = subprocess.Popen(["redis-server", *settings], stdout=subprocess.DEVNULL, cwd=folder)
    address = f"redis://127.0.0.1:{port}"
    try:
        ends = time.monotonic() + 10
        while not answers(address) and time.monotonic() < ends:
            time.sleep(0.02)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def answers(url: str) -> bool:
    with Redis.from_url(url) as client:
        try:
            return bool(client.ping())
        except RedisError:
            return False


@pytest.fixture
def redis(url: str) -> Iterator[Redis]:
    client = Redis.from_url(url)
    client.flushall()
    yield client
    client.close()


@pytest.fixture
def host(redis: Redis, url: str) -> Callable[..., tuple[PageStore, Behind]]:
    """Makes a host with a store of its own, in front of Django or of another application."""

    def make(behind: Any = None, version: Any = None) -> tuple[PageStore, Behind]:
        django = Behind(behind)
        known = version or Told()
        return PageStore(django, room=8 * MEGABYTE, version=known, shared=SharedShelf(url)), django

    return make


Hosts = Callable[..., tuple[PageStore, Behind]]


def test_what_one_host_made_the_others_give(host: Hosts, edition: Edition) -> None:
    (one, first), (other, second) = host(), host()
    address = edition.get_absolute_url()
    assert ask(one, address, HTTP_ACCEPT_ENCODING="br").code == 200
    assert ask(other, address) == ask(one, address)
    assert (len(first.asked), len(second.asked)) == (1, 0)


def test_a_change_ends_the_shared_page_that_it_touches_and_no_other(host: Hosts, edition: Edition) -> None:
    (one, _), (other, django) = host(), host()
    kept = make_edition(slug="another-story")
    gone, stays = edition.get_absolute_url(), kept.get_absolute_url()
    assert [ask(one, gone).code, ask(one, stays).code] == [200, 200]
    withdraw_edition(edition, notice="It was not true.")
    readers_see(f"story-{edition.story_id}")
    assert [ask(other, gone).code, ask(other, stays).code] == [410, 200]
    assert [each["PATH_INFO"] for each in django.asked] == [gone]


def test_after_more_changes_than_are_remembered_nothing_shared_is_believed(
    host: Hosts, edition: Edition
) -> None:
    ask(host()[0], edition.get_absolute_url())
    for _ in range(64):
        readers_see("story-0")
    other, django = host()
    ask(other, edition.get_absolute_url())
    assert len(django.asked) == 1


def test_hosts_that_are_asked_at_once_make_one_page(host: Hosts) -> None:
    made: list[str] = []

    def slow(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        made.append(environ["PATH_INFO"])
        time.sleep(0.15)
        environ["newsroom.learn"](Seven.house())
        start_response("200 OK", [("Cache-Control", "public, max-age=60")])
        return [b"The page."]

    stores = [host(slow, Seven())[0] for _ in range(4)]
    got: list[bytes] = []
    readers = [Thread(target=lambda each=each: got.append(ask(each, "/").body)) for each in stores]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert got == [b"The page."] * 4
    assert made == ["/"]


def test_a_host_that_does_not_finish_holds_others_no_longer_than_its_turn(
    host: Hosts, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "TURN", 100)
    (store, django), (dies, _) = host(), host()
    turn = dies._shared.turn(dies._requests.key(_environ(edition)), store._version.now().version)  # type: ignore[union-attr, arg-type]
    assert turn.__enter__()
    assert ask(store, edition.get_absolute_url()).code == 200
    assert len(django.asked) == 1


def _environ(edition: Edition) -> dict[str, Any]:
    address = {"PATH_INFO": edition.get_absolute_url(), "QUERY_STRING": ""}
    return address | {"REQUEST_METHOD": "GET", "HTTP_HOST": "testserver", "wsgi.url_scheme": "http"}


def test_without_redis_every_host_has_its_own_pages(
    edition: Edition, caplog: pytest.LogCaptureFixture
) -> None:
    django = Behind()
    away = SharedShelf("redis://127.0.0.1:9")
    store = PageStore(django, room=MEGABYTE, version=Told(), shared=away)  # type: ignore[arg-type]
    for address in (edition.get_absolute_url(), "/", edition.get_absolute_url()):
        assert ask(store, address).code == 200
    assert len(django.asked) == 2
    assert caplog.text.count("Redis does not answer") == 1


@pytest.mark.parametrize("stored", [
    b"", b"other", FORMAT, FORMAT + b"\0\0\0\x02[]", FORMAT + b"\xff\xff\xff\xff{}", b"\x80\x04N.",
    FORMAT + b"\0\0\0\x02{}", FORMAT + b"\0\0\0\x0e" + json.dumps({"headers": 1}).encode(),
])  # fmt: skip
def test_what_is_no_page_is_passed_over(host: Hosts, redis: Redis, edition: Edition, stored: bytes) -> None:
    ask(host()[0], edition.get_absolute_url())
    [name] = redis.keys("newsroom:*:page:*")
    redis.set(name, stored)
    assert read(stored) is None
    store, django = host()
    assert ask(store, edition.get_absolute_url()).code == 200
    assert len(django.asked) == 1


def test_another_release_reads_other_pages(
    host: Hosts, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(host()[0], edition.get_absolute_url())
    monkeypatch.setattr(shared, "release", lambda: "the next one")
    store, django = host()
    ask(store, edition.get_absolute_url())
    assert len(django.asked) == 1
