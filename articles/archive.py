"""The only module that opens a socket: an address becomes a capture, under limits.

An address comes from whoever files a source, so it must not lead into the house: only http and https on their
own ports, only public hosts, and the connection goes to the very address that was looked at.
"""

from __future__ import annotations

import datetime
import http.client
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

MAX_BYTES: Final = 15_000_000
MAX_SECONDS: Final = 20.0
MAX_REDIRECTS: Final = 5
AGENT: Final = "Newsroom-Archive/1.0"
NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
PORTS: Final = {"http": 80, "https": 443}
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

# Look-ups that were left behind end by themselves; at most so many run at once, so that they cannot pile up.
_LOOKING_UP: Final = threading.BoundedSemaphore(8)
_LATE: Final = "The site took longer than 20 seconds. Try again later, or paste the text."

Resolve = Callable[[str, int], list[str]]


class CaptureError(Exception):
    """The address could not be captured; the message is a whole sentence for people."""


@dataclass(frozen=True, slots=True)
class Capture:
    """What was at an address: `url` is where it was found after redirects."""

    url: str
    data: bytes
    media_type: str
    captured_at: datetime.datetime


def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host`. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def public_address(host: str, port: int, *, look_up: Resolve = resolve, seconds: float = MAX_SECONDS) -> str:
    """An address of `host` to connect to, looked up within `seconds`.

    Raises CaptureError unless all of its addresses are public.
    """
    try:
        addresses = _look_up(host, port, look_up, seconds)
    except (OSError, ValueError) as error:
        raise CaptureError(f"There is no site called “{host}”. Look at the address again.") from error
    for address in addresses:
        if not _is_public(address):
            raise CaptureError(
                f"“{host}” is not on the public internet, so it is not captured. Paste the text instead."
            )
    if not addresses:
        raise CaptureError(f"There is no site called “{host}”. Look at the address again.")
    return addresses[0]


def capture(url: str) -> Capture:
    """Fetch `url` and return what is there.

    Follows a few redirects, each checked like the first address. Raises CaptureError for an address that is
    not a public web page, an answer that is not 200, and one that is too large or takes too long.
    """
    deadline = time.monotonic() + MAX_SECONDS
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(url, deadline)
        if isinstance(answer, Capture):
            return answer
        url = urljoin(url, answer)
    raise CaptureError("The address leads from one page to the next without end. Paste the text instead.")


def send(method: str, url: str, headers: Mapping[str, str], *, seconds: float) -> int:
    """Send a request without a body to an address that the settings name; the status of the answer.

    Raises OSError, also for an answer that takes longer than `seconds` or is none.
    """
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=seconds)
    try:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request(method, path, headers=dict(headers))
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(f"no answer in HTTP: {error!r}") from error
    finally:
        connection.close()


def _look_up(host: str, port: int, look_up: Resolve, seconds: float) -> list[str]:
    """What `look_up` finds. The system's resolver knows no deadline; one that is late is left behind."""
    deadline = time.monotonic() + seconds
    if not _LOOKING_UP.acquire(timeout=max(0.0, seconds)):
        raise CaptureError(_LATE)
    answer: queue.SimpleQueue[list[str] | OSError | ValueError] = queue.SimpleQueue()

    def look() -> None:
        try:
            answer.put(look_up(host, port))
        except (OSError, ValueError) as error:
            answer.put(error)
        finally:
            _LOOKING_UP.release()

    threading.Thread(target=look, name="look-up", daemon=True).start()
    try:
        found = answer.get(timeout=max(0.0, deadline - time.monotonic()))
    except queue.Empty as error:
        raise CaptureError(_LATE) from error
    if isinstance(found, Exception):
        raise found
    return found


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        found = _embedded(found) or found
    return found.is_global and not found.is_multicast and not found.is_reserved


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a gateway would make of `address`."""
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _ask(url: str, deadline: float) -> Capture | str:
    """One request: the capture, or the address that the page has moved to."""
    scheme, host, port, path = _read_address(url)
    address = public_address(host, port, seconds=deadline - time.monotonic())
    connection = _connect(scheme, host, address, port, deadline)
    try:
        with _cut_off(connection.sock, deadline):
            connection.request("GET", path, headers={"User-Agent": AGENT, "Accept-Encoding": "identity"})
            response = connection.getresponse()
            if response.status in REDIRECTS and (target := response.getheader("Location")):
                return target
            _refuse_answer(response)
            data = _read(response, deadline)
    except (OSError, ValueError, http.client.HTTPException) as error:
        _refuse_late(deadline)
        raise CaptureError("The site did not answer properly. Try again, or paste the text.") from error
    finally:
        connection.close()
    media_type = response.getheader("Content-Type") or "application/octet-stream"
    return Capture(url, data, media_type, datetime.datetime.now(datetime.UTC))


@contextmanager
def _cut_off(connected: socket.socket, deadline: float) -> Iterator[None]:
    """End the connection at the deadline, even while the site sends its answer byte by byte."""

    def end() -> None:
        with suppress(OSError):
            socket.socket.shutdown(connected, socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _refuse_answer(response: http.client.HTTPResponse) -> None:
    if response.status != http.client.OK:
        raise CaptureError(
            f"The site answered with {response.status} {response.reason}. Open it and paste its text."
        )
    encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise CaptureError(
            "The site sends this page compressed only, which is not captured. Open it and paste its text."
        )


def _refuse_late(deadline: float) -> None:
    if time.monotonic() >= deadline:
        raise CaptureError(_LATE)


def _read_address(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path of `url`. Raises CaptureError for one that is not captured."""
    try:
        parts = urlsplit(url)
        given = parts.port
    except ValueError as error:
        raise CaptureError("This is not an address. Copy it again from where you found it.") from error
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        raise CaptureError("Only addresses that begin with http:// or https:// and name a site are captured.")
    port = PORTS[parts.scheme]
    if given not in (None, port):
        raise CaptureError("Only the usual web ports are captured. Paste the text instead.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, parts.hostname, port, path


def _connect(scheme: str, host: str, address: str, port: int, deadline: float) -> http.client.HTTPConnection:
    """A connection to the address that was checked; the certificate must be that of the host."""
    connection = http.client.HTTPConnection(host, port, timeout=MAX_SECONDS)
    try:
        plain = socket.create_connection((address, port), timeout=max(0.1, deadline - time.monotonic()))
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            if scheme == "https"
            else plain
        )
    except OSError as error:
        raise CaptureError(f"“{host}” does not answer. Try again later, or paste the text.") from error
    return connection


def _read(response: http.client.HTTPResponse, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := response.read1(65536):
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            raise CaptureError("The page is larger than 15 MB. Save what matters and add it as a file.")
        _refuse_late(deadline)
    _refuse_late(deadline)
    if response.length:
        raise CaptureError("The site broke off in the middle. Try again, or paste the text.")
    return b"".join(parts)
