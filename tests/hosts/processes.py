"""Servers that a test starts, ends without mercy, and starts again."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.hosts.deployed import ROOT

START_SECONDS = 40


class Server:
    """One server: `start`, `kill`, `end` and `start` again. What it says is in `log`."""

    def __init__(
        self,
        command: list[Any],
        *,
        log: Path,
        address: tuple[str, int],
        env: dict[str, str] | None = None,
        **how: Any,
    ) -> None:
        self.address = address
        self.log = log
        self._command = [str(part) for part in command]
        self._how = {"env": env, "cwd": ROOT} | how
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, wait: bool = True) -> None:
        """Start it, and return when it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._how,
            )
        if wait:
            self.wait()

    def wait(self) -> None:
        """Return when it answers."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process is not None and self._process.poll() is None:
            if answers(self.address):
                return
            time.sleep(0.05)
        raise AssertionError(f"{self._command[0]} did not start:\n{self.log.read_text(errors='replace')}")

    def tell(self, number: int) -> None:
        """Send a signal to its first process."""
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        """End all its processes at once, as when the machine loses power."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def end(self, number: int = signal.SIGTERM, seconds: float = 10) -> None:
        """Ask it to end; then make it."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(number)
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()


def answers(address: tuple[str, int]) -> bool:
    """Whether somebody listens there."""
    try:
        socket.create_connection(address, timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def running(*servers: Server) -> Iterator[None]:
    """Start them together, and end them, the last first."""
    try:
        for server in servers:
            server.start(wait=False)
        for server in servers:
            server.wait()
        yield
    finally:
        for server in reversed(servers):
            server.kill()
