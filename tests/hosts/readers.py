"""Readers who go on reading whatever happens, and what they saw."""

import itertools
import random
import re
import ssl
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPSConnection

from tests.hosts.deployed import HOST

BOUND = 1.0  # seconds after which nobody may see the old page, with several hosts
MARK = re.compile(rb"mark-(\d+)")
PAUSE = 0.02  # seconds between two pages of one reader

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Truth:
    """What readers must see of a story, since when: its mark, or that it was withdrawn."""

    marks: list[tuple[float, int]] = field(default_factory=list)
    killed: float = float("inf")

    def is_stale(self, asked: float, status: int, body: bytes) -> bool:
        """Whether an answer to what was asked then is older than it may be."""
        if asked - BOUND > self.killed:
            return status == 200
        due = max((mark for at, mark in self.marks if at < asked - BOUND), default=0)
        found = MARK.search(body)
        return status == 200 and (int(found[1]) if found else 0) < due


@dataclass
class Counts:
    """What readers saw in one part of the test."""

    name: str
    pages: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    stale: int = 0
    marked: int = 0  # kept pages, marked as such because the database does not answer
    calm: int = 0
    slowest: float = 0.0
    last: float = field(default_factory=time.monotonic)
    gap: float = 0.0  # the longest time in which nobody got a page
    began: float = field(default_factory=time.monotonic)
    took: float = 0.0

    @property
    def failures(self) -> int:
        """Answers that no reader should get: any 5xx but the calm one."""
        return sum(number for status, number in self.statuses.items() if status >= 500) - self.calm

    def row(self) -> dict[str, object]:
        """For the table, and for JSON."""
        return {
            "part": self.name,
            "pages": self.pages,
            "a second": round(self.pages / self.took) if self.took else 0,
            "200": self.statuses[200],
            "304": self.statuses[304],
            "410": self.statuses[410],
            "calm 503": self.calm,
            "other 5xx": self.failures,
            "cut off": len(self.errors),
            "stale": self.stale,
            "kept, marked": self.marked,
            "slowest ms": round(self.slowest * 1000),
            "longest gap ms": round(self.gap * 1000),
        }


class Readers:
    """A few readers, each on a connection of its own that stays open, who choose pages by chance."""

    def __init__(self, port: int, number: int) -> None:
        self.paths: list[str] = []
        self.unseen: itertools.chain[str] = itertools.chain()  # addresses that nobody asked for before
        self.truth: dict[str, Truth] = {}
        self.counts = Counts("")
        self.parts: list[Counts] = []
        self._port = port
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._read, args=(seed,)) for seed in range(number)]

    def start(self) -> None:
        """Begin to read. `stop` must follow."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Read no more."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def part(self, name: str) -> Counts:
        """From now on count for this part of the test."""
        with self._lock:
            self.counts.took = time.monotonic() - self.counts.began
            self.counts = Counts(name)
            if name:
                self.parts.append(self.counts)
            return self.counts

    def _read(self, seed: int) -> None:
        chance = random.Random(seed)
        connection = connect(self._port)
        while not self._over.is_set():
            path = next(self.unseen, "") if chance.random() < 0.02 else ""
            path = path or chance.choice(self.paths)
            asked, began = time.time(), time.monotonic()
            try:
                answer = get(connection, path)
            except (OSError, HTTPException) as problem:
                connection.close()
                connection = connect(self._port)
                with self._lock:
                    self.counts.errors.append(f"{path}: {problem!r}")
                continue
            with self._lock:
                self._count(self.counts, path, asked, time.monotonic() - began, answer)
            time.sleep(PAUSE)
        connection.close()

    def _count(self, counts: Counts, path: str, asked: float, took: float, answer: Answer) -> None:
        status, headers, body = answer
        now = time.monotonic()
        counts.pages += 1
        counts.statuses[status] += 1
        counts.slowest = max(counts.slowest, took)
        counts.calm += status == 503 and "retry-after" in headers
        counts.marked += "warning" in headers
        if status < 500:
            counts.gap, counts.last = max(counts.gap, now - counts.last), now
        if path in self.truth and self.truth[path].is_stale(asked, status, body):
            counts.stale += 1


def connect(port: int) -> HTTPSConnection:
    """A connection to the site on this machine."""
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname = False
    anybody.verify_mode = ssl.CERT_NONE
    return HTTPSConnection("127.0.0.1", port, timeout=10, context=anybody)


def get(connection: HTTPSConnection, path: str, method: str = "GET", **headers: str) -> Answer:
    """Status, headers (in small letters) and body."""
    connection.request(method, path, headers={"Host": HOST} | headers)
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
