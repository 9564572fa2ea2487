"""Capturing a page: only what is public, only so much of it, only for so long."""

import http.server
import threading
import time
from collections.abc import Iterator

import pytest

from articles import archive
from articles.archive import CaptureError, capture, public_address

LATE = threading.Event()  # when the slow page may end


class Site(http.server.BaseHTTPRequestHandler):
    """A small site with one of every page that matters."""

    def do_GET(self) -> None:
        status, headers, body = {
            "/page": (200, {"Content-Type": "text/html"}, b"<p>Words.</p>"),
            "/moved?to=page": (302, {"Location": "/page"}, b""),
            "/loop": (301, {"Location": "/loop"}, b""),
            "/inside": (302, {"Location": "http://10.0.0.1/secret"}, b""),
            "/file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/large": (200, {}, b"x" * 4096),
            "/packed": (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b"),
            "/broken": (200, {"Content-Length": "999"}, b"Half of"),
            "/slow": (200, {}, b""),
        }.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.path == "/slow":
            self.flush_headers()
            while not LATE.wait(0.05):
                self.wfile.write(b"X-Drop: 1\r\n")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """That site, as paper.example: the one address of this machine that counts as public."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    real = archive._is_public
    monkeypatch.setitem(archive.PORTS, "http", server.server_port)
    monkeypatch.setattr(archive, "_is_public", lambda address: address == "127.0.0.1" or real(address))
    monkeypatch.setattr(
        archive.public_address,
        "__kwdefaults__",
        {"look_up": lambda host, port: ["127.0.0.1"] if host == "paper.example" else [host]},
    )
    yield
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/page", "/moved?to=page"])
@pytest.mark.usefixtures("site")
def test_a_page_is_kept_with_the_address_it_was_found_at(path: str) -> None:
    found = capture(f"http://paper.example{path}")
    assert (found.url, found.data) == ("http://paper.example/page", b"<p>Words.</p>")
    assert found.media_type == "text/html"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/none", "answered with 404"),
        ("/loop", "without end"),
        ("/inside", "not on the public internet"),
        ("/file", "begin with http"),
        ("/packed", "compressed"),
        ("/broken", "broke off"),
    ],
)
@pytest.mark.usefixtures("site")
def test_what_is_no_page_is_refused(path: str, words: str) -> None:
    with pytest.raises(CaptureError, match=words):
        capture(f"http://paper.example{path}")


@pytest.mark.usefixtures("site")
def test_a_page_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 1000)
    with pytest.raises(CaptureError, match="larger than"):
        capture("http://paper.example/large")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.1", "100.64.0.1", "224.0.0.1",
        "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "::7f00:1", "240.0.0.1",
    ],
)  # fmt: skip
def test_addresses_inside_the_house_are_refused(address: str) -> None:
    with pytest.raises(CaptureError):
        public_address("paper.example", 80, look_up=lambda host, port: ["93.184.216.34", address])


@pytest.mark.parametrize("address", ["93.184.216.34", "64:ff9b::5db8:d822", "2606:2800:220:1::1"])
def test_a_public_address_is_connected_to_as_it_was_looked_up(address: str) -> None:
    assert public_address("paper.example", 80, look_up=lambda host, port: [address]) == address


def test_a_name_that_nobody_answers_for_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_LOOKING_UP", threading.BoundedSemaphore(1))
    answered = threading.Event()

    def silent(host: str, port: int) -> list[str]:
        answered.wait(20)
        return ["93.184.216.34"]

    began = time.monotonic()
    for _ in range(2):  # the second waits for its turn, and no longer
        with pytest.raises(CaptureError, match="took longer"):
            public_address("paper.example", 80, look_up=silent, seconds=0.1)
    assert time.monotonic() - began < 5
    assert [thread.name for thread in threading.enumerate()].count("look-up") == 1
    answered.set()
    assert public_address("paper.example", 80, look_up=silent, seconds=20) == "93.184.216.34"


def test_a_name_that_does_not_exist_is_said_to_be_none() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(CaptureError, match="There is no site called “paper.example”"):
        public_address("paper.example", 80, look_up=unknown)


@pytest.mark.usefixtures("site")
def test_a_site_that_sends_byte_by_byte_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_SECONDS", 0.3)
    began = time.monotonic()
    with pytest.raises(CaptureError, match="took longer"):
        capture("http://paper.example/slow")
    LATE.set()
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "url",
    [
        "ftp://paper.example/",
        "http://",
        "http://[x",
        "http://paper.example:99999/",
        "http://paper.example:22/",
        "http://me:secret@paper.example/",
        "javascript:x",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(CaptureError):
        capture(url)
