"""The WSGI application that stands in front of Django and answers with ready pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from threading import Event, Lock
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static

from articles.house import House
from newsroom.page_store.entry import Entry, StartResponse
from newsroom.page_store.rules import Answer, Environ, Header, Key, Requests, keepable
from newsroom.page_store.shelf import Shelf
from newsroom.page_store.version import Known, SiteVersion

Application = Callable[[Environ, StartResponse], Iterable[bytes]]

TOGETHER = 10  # seconds that readers wait for the one whose request makes the page
COME_BACK = "30"  # seconds after which a reader is asked to try again
QUERIES = 4  # pages with a query string take one part in so many of the room
MEGABYTE = 1024 * 1024


class PageStore:
    """Answers GET and HEAD of public pages from memory; everything else is the application's.

    `room` is what it may keep, in bytes. `version` tells the site's version; it is asked at each request.
    """

    def __init__(self, application: Application, *, room: int, version: SiteVersion) -> None:
        self._application = application
        self._version = version
        self._requests = Requests()
        # Whoever invents query strings pushes out pages with query strings only.
        self._plain, self._asked = Shelf(room - room // QUERIES), Shelf(room // QUERIES)
        self._making: dict[tuple[Key, int], Event] = {}
        self._lock = Lock()
        self._calm = _calm_page()

    @property
    def pages(self) -> int:
        """How many pages are kept."""
        return len(self._plain) + len(self._asked)

    @property
    def size(self) -> int:
        """How many bytes they take."""
        return self._plain.size + self._asked.size

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = self._requests.key(environ)
        if key is None:
            return self._pass_on(environ, start_response)
        known = self._version.now()
        entry = self._current(key, known)
        if entry is None:
            if not self._requests.may_keep(key):
                return self._pass_on(environ, start_response)
            found = self._wait_or_make(key, known, environ)
            if isinstance(found, Answer):
                return self._give(found, environ, start_response)
            entry = found
        return entry.send(environ, start_response, stale=not known.answers)

    def _shelf(self, key: Key) -> Shelf:
        return self._asked if key.query else self._plain

    def _current(self, key: Key, known: Known) -> Entry | None:
        entry = self._shelf(key).get(key)
        return entry if entry is not None and entry.serves(known, time.time()) else None

    def _wait_or_make(self, key: Key, known: Known, environ: Environ) -> Entry | Answer:
        """The page, made by this request or by the one that came first.

        Who came after a change does not wait for a page from before it: the version is in what is waited for.
        """
        turn = (key, known.version)
        with self._lock:
            made = self._making.get(turn)
            first = made is None
            if made is None:
                made = self._making[turn] = Event()
        if first:
            try:
                return self._current(key, known) or self._make(key, environ)
            finally:
                with self._lock:
                    del self._making[turn]
                made.set()
        made.wait(TOGETHER)
        return self._current(key, known) or self._make(key, environ)

    def _make(self, key: Key, environ: Environ) -> Entry | Answer:
        asked = self._requests.without_reader(environ, key)
        asked["newsroom.page_store"] = self
        # Called by `public_page`. A note in `asked` would be lost where somebody hands on a copy of it.
        opened: list[House] = []
        asked["newsroom.learn"] = opened.append
        answer = _ask(self._application, asked)
        if not opened or not keepable(answer, opened[0]):
            return answer
        entry = Entry(answer, opened[0])
        self._shelf(key).put(key, entry)
        return entry

    def _give(self, answer: Answer, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if answer.code >= 500 and not self._version.now().answers:
            answer = self._calm
        start_response(answer.status, answer.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    def _pass_on(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Django's answer as it comes; the calm page when it failed because the database does not answer."""
        environ["newsroom.page_store"] = self
        failed = False

        def start(status: str, headers: list[Header], exc_info: Any = None) -> Any:
            nonlocal failed
            failed = status.startswith("500") and not self._version.now().answers
            return None if failed else start_response(status, headers, exc_info)

        body = self._application(environ, start)
        if not failed:
            return body
        _close(body)
        return self._give(self._calm, environ, start_response)


def open_store(application: Application) -> PageStore:
    """The store that the settings ask for, in front of `application`."""
    interval = settings.NEWSROOM_PAGE_STORE_MILLISECONDS / 1000
    room = settings.NEWSROOM_PAGE_STORE * MEGABYTE
    return PageStore(application, room=room, version=SiteVersion(interval))


def _ask(application: Application, environ: Environ) -> Answer:
    told: list[Any] = []
    body = application(environ, lambda *start: told.append(start))
    try:
        content = b"".join(body)
    finally:
        _close(body)
    status, headers, *_ = told[-1]
    return Answer(status, list(headers), content)


def _close(body: Iterable[bytes]) -> None:
    close = getattr(body, "close", None)
    if close is not None:
        close()


def _calm_page() -> Answer:
    """503, made once: when it is needed nothing else may answer."""
    try:
        stylesheets = [static("articles/site.css")]
    except ValueError:  # the files were not collected
        stylesheets = []
    context = {"name": settings.NEWSROOM_NAME, "stylesheets": stylesheets}
    body = render_to_string("503.html", context).encode()
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("Retry-After", COME_BACK),
        ("Content-Security-Policy", "default-src 'self'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
    ]
    return Answer("503 Service Unavailable", headers, body)
