"""Requests are read as UTF-8, whatever they say of themselves.

Every page of ours is UTF-8, so that browsers send nothing else. Another codec would give one address two
pages, which caches would mix up; some yield halves of signs that no database takes; and one that is none for
text fails where Django makes the request, before anything could answer it.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
Asgi = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def read_as_utf8(application: Wsgi) -> Wsgi:
    """Let no request name the codec that its address and its form are read with."""

    def read(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        plain = {"CONTENT_TYPE": without_charset(environ.get("CONTENT_TYPE", ""))}
        return application(environ | plain, start_response)

    return read


def read_as_utf8_async(application: Asgi) -> Asgi:
    """The same for ASGI."""

    async def read(scope: dict[str, Any], receive: Any, send: Any) -> None:
        headers = [
            (name, without_charset(value.decode("latin-1")).encode("latin-1"))
            if name.lower() == b"content-type" else (name, value)
            for name, value in scope.get("headers", ())
        ]  # fmt: skip
        await application(scope | {"headers": headers}, receive, send)

    return read


def without_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: NUL is in no address of ours, and nobody can mean it. PostgreSQL takes none."""

    def read(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404(_("There is no such page."))
        while "%00" in request.META.get("QUERY_STRING", ""):  # what is left may spell another one
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        return get_response(request)

    return read


def without_charset(content_type: str) -> str:
    """The value of a Content-Type without the codec that it names."""
    parts = content_type.split(";")
    return ";".join(part for part in parts if not part.strip().lower().startswith("charset"))
