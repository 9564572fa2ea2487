"""A server that stands for an S3-compatible bucket."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar


class Bucket(BaseHTTPRequestHandler):
    """As much of S3 as storing, asking for and reading a file takes."""

    files: ClassVar[dict[str, tuple[bytes, dict[str, str]]]] = {}  # by path, with the headers they came with

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            data = data.split(b"\r\n", 2)[1]
        self.files[self.path] = (data, dict(self.headers.items()))
        self._answer(200, b"")

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        found = self.files.get(self.path)
        self._answer(200 if found else 404, found[0] if found else b"")

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""

    def _answer(self, code: int, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        if code == 200 and self.command != "PUT":
            for name in ("Content-Type", "Cache-Control"):
                self.send_header(name, self.files[self.path][1].get(name, ""))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextmanager
def serve_bucket() -> Iterator[str]:
    """Yield the address of an empty one."""
    Bucket.files.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Bucket) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
