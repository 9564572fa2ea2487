"""What the store in front of Django answers itself, and what it keeps."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.urls import get_resolver
from django.utils import timezone
from pytest_django import Settings
from time_machine import TimeMachineFixture

from articles.house import House
from articles.models import Edition
from articles.workflow.readers import readers_see
from newsroom.page_store.entry import choose
from newsroom.page_store.rules import PARAMETERS, Answer, keepable
from newsroom.page_store.store import MEGABYTE, PageStore
from tests.doors.page_store.asking import Behind, Told, ask
from tests.editions import make_edition, replace_edition, withdraw_edition

pytestmark = pytest.mark.django_db


# --- What is answered from the store -------------------------------------------------------------


def test_the_second_reader_gets_what_django_gave_the_first(
    store: PageStore, django: Behind, edition: Edition
) -> None:
    first = ask(store, edition.get_absolute_url())
    second = ask(store, edition.get_absolute_url())
    plain = ask(WSGIHandler(), edition.get_absolute_url())
    assert len(django.asked) == 1
    assert first == second
    assert second.body == plain.body
    kept, given = dict(second.headers), dict(plain.headers)
    assert kept.pop("Vary") == "Accept-Encoding"
    given.pop("Vary", None)
    assert kept == given
    assert {
        "Content-Security-Policy",
        "X-Frame-Options",
        "Referrer-Policy",
        "ETag",
        "Last-Modified",
    } <= kept.keys()
    assert "nonce" not in kept["Content-Security-Policy"]


@pytest.mark.parametrize(("accepted", "coding"), [
    ("gzip, deflate, br", "br"), ("gzip", "gzip"), ("GZIP", "gzip"), ("br;q=0, gzip", "gzip"), ("*", "br"),
    ("br; q=0.0, *;q=0", "identity"), ("", "identity"), ("identity", "identity"), ("zstd", "identity"),
    ("br, " + "x" * 500, "identity"),  # what was read is kept: nobody fills the memory with it
])  # fmt: skip
def test_a_page_comes_in_the_coding_that_the_reader_takes(
    store: PageStore, edition: Edition, accepted: str, coding: str
) -> None:
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}[coding]
    assert choose(accepted) == coding
    ask(store, edition.get_absolute_url())
    got = ask(store, edition.get_absolute_url(), HTTP_ACCEPT_ENCODING=accepted)
    assert got.headers.get("Content-Encoding", "identity") == coding
    assert int(got.headers["Content-Length"]) == len(got.body)
    assert edition.headline in unpack(got.body).decode()


def test_who_has_the_page_gets_304_and_head_gets_headers(
    store: PageStore, django: Behind, edition: Edition
) -> None:
    page = ask(store, edition.get_absolute_url())
    tag = page.headers["ETag"]
    for asked in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = ask(store, edition.get_absolute_url(), HTTP_IF_NONE_MATCH=asked)
        assert (again.code, again.body) == (304, b"")
        assert again.headers["ETag"] == tag
        assert "Content-Length" not in again.headers
    assert ask(store, edition.get_absolute_url(), HTTP_IF_NONE_MATCH='"other"').code == 200
    head = ask(store, edition.get_absolute_url(), REQUEST_METHOD="HEAD")
    assert (head.code, head.body, head.headers) == (200, b"", page.headers)
    assert len(django.asked) == 1


def test_moved_and_gone_pages_are_kept_and_unknown_ones_are_not(
    store: PageStore, django: Behind, edition: Edition
) -> None:
    old = edition.get_absolute_url()
    moved = replace_edition(edition, slug="new-words")
    gone = make_edition()
    withdraw_edition(gone, notice="It was not true.")
    readers_see()
    for address, code, renders in [
        (old, 301, 1), (gone.get_absolute_url(), 410, 1), ("/harbour/never-was/", 404, 2),
        ("/nowhere", 301, 2),
    ]:  # fmt: skip
        django.asked.clear()
        assert [ask(store, address).code, ask(store, address).code] == [code, code]
        assert len(django.asked) == renders, address
    assert ask(store, old).headers["Location"] == moved.get_absolute_url()
    assert ask(store, gone.get_absolute_url(), HTTP_IF_NONE_MATCH="*").code == 410


@pytest.mark.parametrize(("query", "kept"), [
    ("", True), ("before=9999999999999-9", True), ("before=", True), ("utm_source=x", False),
    ("before=9999999999999-9&x=1", False), ("before=1-1&before=9999999999999-9", False),
    ("%62efore=9999999999999-9", False),
    ("before", False), ("&", False), ("before=" + "0" * 300, False),
])  # fmt: skip
def test_only_known_parameters_in_their_plain_form_make_a_page(
    store: PageStore, edition: Edition, query: str, kept: bool
) -> None:
    ask(store, f"/{edition.section_slug}/?{query}" if query else f"/{edition.section_slug}/")
    assert store.pages == kept


@pytest.mark.parametrize(("environ", "address"), [
    ({"REQUEST_METHOD": "POST"}, "/"), ({"REQUEST_METHOD": "OPTIONS"}, "/"), ({"SCRIPT_NAME": "/below"}, "/"),
    ({"HTTP_COOKIE": "sessionid=x"}, "/"), ({"HTTP_COOKIE": "a=b; messages=x"}, "/"),
    ({"HTTP_AUTHORIZATION": "Basic eA=="}, "/"), ({"PATH_INFO": "/\xff/"}, "/"),
    ({"HTTP_HOST": "evil.example"}, "/"), ({"HTTP_HOST": "testserver:8443"}, "/"),
    ({}, "/admin/login/"), ({}, "/health/"), ({}, "/search/?q=lighthouse"), ({}, "/robots.txt"),
    ({}, "/api/v1/stories"), ({}, "/disputes/new/"), ({}, "/preview/1/"),
])  # fmt: skip
def test_these_are_djangos_alone(
    store: PageStore, django: Behind, edition: Edition, environ: dict[str, str], address: str
) -> None:
    ask(store, "/")
    before = len(django.asked)
    ask(store, address, **environ)
    ask(store, address, **environ)
    assert len(django.asked) == before + 2
    assert store.pages == 1


def test_one_reader_cannot_colour_the_page_of_the_next(
    store: PageStore, django: Behind, edition: Edition
) -> None:
    canary = "canary-7731"
    headers = ["ACCEPT_LANGUAGE", "USER_AGENT", "REFERER", "X_FORWARDED_HOST", "X_FORWARDED_FOR", "COOKIE",
               "X_FORWARDED_PROTO", "X_ORIGINAL_URL", "ORIGIN", "FORWARDED", "ACCEPT", "RANGE"]  # fmt: skip
    coloured = {f"HTTP_{name}": canary for name in headers}
    first = ask(store, "/", **coloured, CONTENT_TYPE=f"text/html; charset={canary}", REMOTE_ADDR=canary)
    assert ask(store, "/") == first
    assert canary not in repr(first)
    [heard] = django.asked
    assert canary not in repr({name: heard[name] for name in heard if isinstance(heard[name], str)})


def test_http_and_https_are_two_pages(store: PageStore, django: Behind, edition: Edition) -> None:
    for scheme in ("http", "https"):
        ask(store, "/", **{"wsgi.url_scheme": scheme})
    assert (store.pages, len(django.asked)) == (2, 2)


def test_a_proxy_that_is_believed_says_the_scheme(settings: Settings, edition: Edition, told: Told) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    store = PageStore(WSGIHandler(), room=MEGABYTE, version=told)  # type: ignore[arg-type]
    assert ask(store, "/", HTTP_X_FORWARDED_PROTO="https").code == 200
    assert ask(store, "/", HTTP_X_FORWARDED_PROTO="http").code == 301
    assert store.pages == 1


def test_a_cache_that_forgets_on_request_may_keep_pages_until_something_is_due(
    clock: TimeMachineFixture, settings: Settings, edition: Edition, store: PageStore
) -> None:
    settings.NEWSROOM_CDN_SECONDS = 3600
    name = "CDN-Cache-Control"
    ever = "public, max-age=3600, stale-while-revalidate=30, stale-if-error=86400"
    assert {ask(store, "/").headers[name] for _ in range(2)} == {ever}
    replace_edition(edition, at=timezone.now() + timedelta(minutes=40))
    readers_see()
    soon = "public, max-age=2400, stale-while-revalidate=0, stale-if-error=0"
    assert {ask(store, "/").headers[name] for _ in range(2)} == {soon}
    clock.shift(timedelta(minutes=30))
    assert ask(store, "/").headers[name] == soon.replace("2400", "600")


def answer(code: int = 200, **headers: str) -> Answer:
    given = {
        "Cache-Control": "public, max-age=60",
        **{name.replace("_", "-"): v for name, v in headers.items()},
    }
    return Answer(f"{code} Whatever", list(given.items()), b"body")


@pytest.mark.parametrize(("given", "kept"), [
    (answer(), True), (answer(301), True), (answer(410), True), (answer(404), False), (answer(302), False),
    (answer(500), False), (answer(Cache_Control="max-age=60"), False), (answer(Cache_Control=""), False),
    (answer(Cache_Control="private, max-age=60"), False), (answer(Cache_Control="public, no-store"), False),
    (answer(Set_Cookie="a=b"), False), (answer(Vary="Accept-Encoding"), True), (answer(Vary="*"), False),
    (answer(Vary="Accept-Encoding, Cookie"), False), (answer(Content_Encoding="gzip"), False),
    (answer(Content_Security_Policy="script-src 'nonce-abc'"), False),
    (answer()._replace(body=b"x" * (3 * MEGABYTE)), False),
])  # fmt: skip
def test_what_may_be_kept_of_an_answer(given: Answer, kept: bool) -> None:
    assert keepable(given, House(timezone.now(), version=1)) is kept
    assert not keepable(given, House(timezone.now(), version=0))


def test_every_page_of_the_table_is_an_address() -> None:
    names = {
        f"articles:{name}" for name in get_resolver("articles.urls").reverse_dict if isinstance(name, str)
    }
    assert PARAMETERS.keys() <= names


def test_memory_is_bounded_and_query_strings_push_out_query_strings_only(
    django: Behind, told: Told, edition: Edition
) -> None:
    def page(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        environ["newsroom.learn"](House(timezone.now(), version=10**9))
        start_response("200 OK", [("Cache-Control", "public, max-age=60")])
        return [b"x" * 150]

    room = 400_000
    store = PageStore(page, room=room, version=told)  # type: ignore[arg-type]
    ask(store, "/")
    for number in range(300):
        ask(store, f"/harbour/?before={number}")
        assert store.size <= room
    assert store.pages < 100
    assert len(store._plain) == 1
