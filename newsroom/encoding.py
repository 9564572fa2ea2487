"""Requests are read as UTF-8, whatever they say of themselves.

Every page of ours is UTF-8, so that browsers send nothing else. Another codec would give one address two
pages, which caches would mix up; some yield halves of signs that no database takes; and one that is none for
text fails where Django makes the request, before anything could answer it.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

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


def without_charset(content_type: str) -> str:
    """The value of a Content-Type without the codec that it names."""
    parts = content_type.split(";")
    return ";".join(part for part in parts if not part.strip().lower().startswith("charset"))
