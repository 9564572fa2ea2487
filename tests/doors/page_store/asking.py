"""Asking the page store as a server does, and what stands behind it."""

from collections.abc import Callable, Iterable
from math import inf
from typing import Any, NamedTuple
from wsgiref.util import setup_testing_defaults

from articles.models import SiteChange
from newsroom.page_store.changes import Changes
from newsroom.page_store.version import Known
from newsroom.wsgi import application as django  # without a store: the settings of tests ask for none


class Got(NamedTuple):
    """An answer as a reader has it."""

    code: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Behind:
    """Django, and how often it was asked."""

    def __init__(self, handler: Callable[..., Iterable[bytes]] | None = None) -> None:
        self.handler = handler or django
        self.asked: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(environ)
        return self.handler(environ, start_response)


class Told:
    """The version as this very connection knows it, for tests inside one transaction."""

    answers = True
    good_until = inf

    def __init__(self) -> None:
        self.changes = Changes()

    @property
    def known(self) -> Known:
        return self.now()

    def now(self) -> Known:
        rows = list(SiteChange.objects.last_changes())
        if {number for number, _ in rows} != self.changes.seen:
            self.changes.note(rows)
        version = sum(number for number, _ in rows)
        return Known(version, self.answers, self.changes.turn)


def ask(application: Callable[..., Iterable[bytes]], address: str, **environ: str) -> Got:
    path, _, query = address.partition("?")
    given: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver", **environ}
    setup_testing_defaults(given)
    started: list[tuple[str, list[tuple[str, str]]]] = []
    body = application(given, lambda status, headers, exc_info=None: started.append((status, headers)))
    try:
        content = b"".join(body)
    finally:
        getattr(body, "close", lambda: None)()
    [(status, headers)] = started
    return Got(int(status[:3]), dict(headers), content)
