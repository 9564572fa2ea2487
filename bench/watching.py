"""Whether readers get an old page after a newer one was committed: a reader who looks all the time."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final
from urllib.parse import urlsplit

ALLOWED: Final = 0.1  # seconds after a commit in which an old page may still come
_TOLD: Final = re.compile(rb"The bench tells of edition number (\d+)\.")
PAUSE: Final = 0.002


def told(number: int) -> str:
    """The sentence by which an edition is known."""
    return f"The bench tells of edition number {number}."


@dataclass(frozen=True, slots=True)
class Look:
    """One answer: when it was asked for, and which edition it was; 0 for one from before all."""

    asked: float
    number: int


@dataclass(frozen=True, slots=True)
class Commit:
    """An edition, and when it was committed, on the same clock."""

    number: int
    at: float


def stale(looks: Sequence[Look], commits: Sequence[Commit], allowed: float = ALLOWED) -> list[float]:
    """For each old page that came too late: how many seconds after the commit it was asked for."""
    late = []
    for look in looks:
        newer = [commit.at for commit in commits if commit.number > look.number]
        age = look.asked - min(newer) if newer else 0.0
        if age > allowed:
            late.append(age)
    return late


def slowest_seen(looks: Sequence[Look], commits: Sequence[Commit]) -> float:
    """How many seconds after its commit the last old page was asked for, at the worst; 0 for never."""
    return max([0.0, *stale(looks, commits, allowed=0.0)])


class Reader:
    """Looks at one page over one connection until it is stopped."""

    def __init__(self, address: str, path: str) -> None:
        self.looks: list[Look] = []
        self.failures = 0
        self._host, self._path = urlsplit(address).netloc, path
        self._stopped = Event()
        self._thread = Thread(target=self._look)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _look(self) -> None:
        connection = http.client.HTTPConnection(self._host, timeout=10)
        while not self._stopped.is_set():
            asked = time.monotonic()
            try:
                connection.request("GET", self._path)
                answer = connection.getresponse()
                content = answer.read()
            except (OSError, http.client.HTTPException):
                self.failures += 1
                connection.close()
                continue
            if answer.status != 200:
                self.failures += 1
            found = _TOLD.search(content)
            self.looks.append(Look(asked, int(found[1]) if found else 0))
            time.sleep(PAUSE)
        connection.close()
