"""Asking the site for a page as a reader without a name does, in this process."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from articles.house import House, page
from newsroom.page_store.rules import Answer

NEVER = {"private", "no-store", "no-cache"}


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, and the house in which it was made, if a page of readers made it."""

    answer: Answer
    house: House | None = None

    @property
    def public(self) -> bool:
        """Whether the answer is the same for everybody: no cookie, no nonce, nothing that says private."""
        life = {part.strip().lower() for part in self.answer.header("cache-control").split(",")}
        varies = {part.strip().lower() for part in self.answer.header("vary").split(",")} - {""}
        return (
            not life & NEVER
            and varies <= {"accept-encoding"}
            and not self.answer.header("set-cookie")
            and "'nonce-" not in self.answer.header("content-security-policy")
        )


class Site:
    """The site as its settings make it, without a server and without a store in front."""

    def __init__(self) -> None:
        self._application = WSGIHandler()
        self._url = urlsplit(settings.NEWSROOM_URL)

    def ask(self, address: str) -> Asked:
        """The answer to GET for a path with its query, at the host that readers use."""
        told: list[tuple[str, list[tuple[str, str]]]] = []
        houses: list[House] = []
        environ = self._environ(address) | {"newsroom.learn": houses.append}
        body = self._application(environ, lambda *start: told.append(start[:2]))
        try:
            content = b"".join(body)
        finally:
            body.close()
        status, headers = told[-1]
        return Asked(Answer(status, list(headers), content), houses[0] if houses else None)

    def render(self, template: str, status: int) -> bytes:
        """A page of the mirror's own, in the look of the paper."""
        return page(WSGIRequest(self._environ("/")), template, status=status).content

    def _environ(self, address: str) -> dict[str, Any]:
        path, _, query = address.partition("?")
        secure = self._url.scheme == "https"
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "REMOTE_ADDR": "",
            "HTTP_HOST": self._url.netloc,
            "SERVER_NAME": self._url.hostname or "",
            "SERVER_PORT": str(self._url.port or (443 if secure else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": self._url.scheme,
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
        }
