"""The WSGI application that stands in front of Django and answers with ready pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import BoundedSemaphore, Event, Lock
from time import monotonic, time
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.module_loading import import_string

from articles.house import House
from newsroom.page_store.entry import Entry, StartResponse, choose
from newsroom.page_store.rules import Answer, Environ, Header, Key, Requests, is_for_everybody, keepable
from newsroom.page_store.shelf import Shelf
from newsroom.page_store.version import Known, SiteVersion

if TYPE_CHECKING:
    from newsroom.page_store.shared import SharedShelf, Stored

Application = Callable[[Environ, StartResponse], Iterable[bytes]]

TOGETHER = 10  # seconds that readers wait for the one whose request makes the page
COME_BACK = "30"  # seconds after which a reader is asked to try again
QUERIES = 4  # pages with a query string take one part in so many of the room
TRYING = 1  # requests that may ask Django for a page while the database hangs
MEGABYTE = 1024 * 1024
PERSONAL: Final = frozenset({"HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_IF_NONE_MATCH"})
WITHOUT_DATABASE: Final = ("/health/", settings.STATIC_URL)  # what is answered without it


class PageStore:
    """Answers GET and HEAD of public pages from memory; everything else is the application's.

    `room` is what it may keep, in bytes. `version` tells the site's version and what changed last. `shared`
    has the pages of all hosts.
    """

    def __init__(
        self, application: Application, *, room: int, version: SiteVersion, shared: SharedShelf | None = None
    ) -> None:
        self._application = application
        self._version = version
        self._shared = shared
        self._requests = Requests()
        self._scheme = self._requests.scheme_header
        # Whoever invents query strings pushes out pages with query strings only.
        self._plain, self._asked = Shelf(room - room // QUERIES), Shelf(room // QUERIES)
        self._making: dict[tuple[Key, int], _Making] = {}
        self._lock = Lock()
        self._has_replica = "replica" in settings.DATABASES
        self._trying = BoundedSemaphore(TRYING)
        self._calm = calm_page()

    @property
    def pages(self) -> int:
        """How many pages are kept."""
        return len(self._plain) + len(self._asked)

    @property
    def size(self) -> int:
        """How many bytes they take."""
        return self._plain.size + self._asked.size

    @property
    def database(self) -> Known:
        """The version that is known, and whether the database answers."""
        return self._version.now()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        # The shortest way, which most readers take: each line of it is paid for by all of them.
        if (
            monotonic() < self._version.good_until
            and environ["REQUEST_METHOD"] == "GET"
            and environ.keys().isdisjoint(PERSONAL)
        ):
            get = environ.get
            scheme, host = get(self._scheme), get("HTTP_HOST")
            entry = self._plain.find((scheme, host, get("PATH_INFO", ""), get("QUERY_STRING", "")))
            if (
                entry is not None
                and entry.turn == self._version.known.turn
                and time() < entry.steady_until
                and not get("SCRIPT_NAME")
            ):
                ready = entry.ready.get(choose(get("HTTP_ACCEPT_ENCODING", "")))
                if ready is not None:
                    entry.used = True
                    start_response(entry.line, ready[0][:])
                    return [ready[1]]
        return self._answer(environ, start_response)

    def _answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = self._requests.key(environ)
        known = self._version.now()
        if key is None:
            return self._pass_on(environ, start_response, known)
        entry = self._current(key, known)
        if entry is None:
            if not self._requests.may_keep(key):
                return self._pass_on(environ, start_response, known)
            found = self._wait_or_make(key, known, environ)
            if isinstance(found, Answer):
                return self._give(found, environ, start_response)
            entry = found
        coding = choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if coding not in entry.ready:
            self._shelf(key).send_in(key, entry, coding)
        return entry.send(environ, start_response, stale=not known.answers)

    def _may_answer(self, environ: Environ) -> bool:
        """Whether Django has an answer while the database hangs: without it, or from a replica."""
        if environ.get("PATH_INFO", "").startswith(WITHOUT_DATABASE):
            return True
        return self._has_replica and self._requests.key(environ) is not None

    def _shelf(self, key: Key) -> Shelf:
        return self._asked if key.query else self._plain

    def _current(self, key: Key, known: Known) -> Entry | None:
        entry = self._shelf(key).find(key)
        if entry is None or not entry.serves(known, self._version.changes, time()):
            return None
        entry.used = True
        return entry

    def _wait_or_make(self, key: Key, known: Known, environ: Environ) -> Entry | Answer:
        """The page, made by this request or by the one that came first.

        Who came after a change does not wait for a page from before it: the turn is in what is waited for.
        """
        turn = (key, known.turn)
        with self._lock:
            making = self._making.get(turn)
            first = making is None
            if making is None:
                making = self._making[turn] = _Making()
        if first:
            try:
                making.made = self._current(key, known) or self._make(key, known, environ)
                return making.made
            finally:
                with self._lock:
                    del self._making[turn]
                making.ended.set()
        making.ended.wait(TOGETHER)
        if isinstance(making.made, Entry) or (making.made and is_for_everybody(making.made)):
            return making.made
        return self._current(key, known) or self._make(key, known, environ)

    def _make(self, key: Key, known: Known, environ: Environ) -> Entry | Answer:
        """Ask Django for the page. One from before what is `known` is asked for again, of the primary."""
        is_trying = known.hangs and not self._has_replica
        if is_trying and not self._trying.acquire(blocking=False):
            return self._calm
        try:
            if self._shared is not None:
                return self._share(key, known, environ, self._shared)
            return self._render(key, known, environ)
        finally:
            if is_trying:
                self._trying.release()

    def _share(self, key: Key, known: Known, environ: Environ, shared: SharedShelf) -> Entry | Answer:
        """The page from the shelf that all hosts share; made, and put there, when it has no good one."""
        entry = self._take_over(key, known, shared.find(key))
        if entry is not None:
            return entry
        with shared.turn(key, known.version) as own:
            if not own:
                entry = self._take_over(key, known, shared.wait(key, known.version))
            made = entry or self._render(key, known, environ)
            if isinstance(made, Entry) and made is not entry:
                shared.put(key, made)
            return made

    def _take_over(self, key: Key, known: Known, stored: Stored | None) -> Entry | None:
        if stored is None:
            return None
        try:
            entry = Entry(*stored, turn=0)
        except (KeyError, TypeError, ValueError):  # a page of another program
            return None
        good = self._version.changes.spared_since(entry.keys, entry.seen)
        if good is None:
            return None
        entry.turn, entry.seen = good
        if not entry.serves(known, self._version.changes, time()):
            return None
        self._shelf(key).put(key, entry)
        return entry

    def _render(self, key: Key, known: Known, environ: Environ) -> Entry | Answer:
        seen = self._version.changes.seen  # before the question
        answer, house = self._ask(key, environ)
        if house is not None and house.version < known.version:
            answer, house = self._ask(key, environ, primary=True)
        if house is None or house.version < known.version or not keepable(answer, house):
            return answer
        entry = Entry.of(answer, house, known, seen, choose(environ.get("HTTP_ACCEPT_ENCODING", "")))
        self._shelf(key).put(key, entry)
        return entry

    def _ask(self, key: Key, environ: Environ, *, primary: bool = False) -> tuple[Answer, House | None]:
        asked = self._requests.without_reader(environ, key)
        asked["newsroom.page_store"] = self
        asked["newsroom.primary"] = primary
        # Called by `public_page`. A note in `asked` would be lost where somebody hands on a copy of it.
        opened: list[House] = []
        asked["newsroom.learn"] = opened.append
        answer = _ask(self._application, asked)
        return answer, opened[0] if opened else None

    def _give(self, answer: Answer, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if answer.code >= 500 and not self._version.now().answers:
            answer = self._calm
        start_response(answer.status, list(answer.headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    def _pass_on(self, environ: Environ, start_response: StartResponse, known: Known) -> Iterable[bytes]:
        """Django's answer as it comes; the calm page when it failed because the database does not answer."""
        environ["newsroom.page_store"] = self
        if known.hangs and not self._may_answer(environ):
            return self._give(self._calm, environ, start_response)
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


class _Making:
    """A page that somebody makes and others wait for."""

    def __init__(self) -> None:
        self.ended = Event()
        self.made: Entry | Answer | None = None


def open_store(application: Application) -> PageStore:
    """The store that the settings ask for, in front of `application`."""
    interval = settings.NEWSROOM_PAGE_STORE_MILLISECONDS / 1000
    room = settings.NEWSROOM_PAGE_STORE * MEGABYTE
    url = settings.NEWSROOM_REDIS_URL
    # Six megabytes of memory that only those pay who have a Redis.
    shared = import_string("newsroom.page_store.shared.SharedShelf")(url) if url else None
    return PageStore(application, room=room, version=SiteVersion(interval), shared=shared)


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


def calm_page() -> Answer:
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
