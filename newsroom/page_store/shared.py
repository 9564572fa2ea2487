"""Pages that several hosts share, in Redis or Valkey: who lacks a page looks there before it makes one.

Nothing depends on it. When it is away or slow, every process goes on with the pages of its own.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, TypeVar

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from articles.house import release
from newsroom.page_store.entry import Entry
from newsroom.page_store.rules import Key

logger = logging.getLogger("articles.page_store")

SLOW: Final = 0.05  # seconds after which it counts as away
REST: Final = 5.0  # seconds for which one that is away is left alone
TURN: Final = 3_000  # milliseconds that one host has to make a page before another tries
LOOK: Final = 0.01  # seconds between two looks of who waits for another host
LONGEST: Final = 24 * 60 * 60  # seconds that a page stays there at most
FORMAT: Final = b"page 1\n"
# Gives the turn back if it is still one's own.
GIVE_BACK: Final = "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end"

T = TypeVar("T")


class Stored(NamedTuple):
    """A page as it came from there: what `Entry` is made of."""

    facts: dict[str, Any]
    bodies: dict[str, bytes]


class SharedShelf:
    """Pages by key in a Redis. The names there have the release: a deployment reads no page of another."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url, socket_timeout=SLOW, socket_connect_timeout=SLOW, retry=Retry(NoBackoff(), 0)
        )
        self._prefix = f"newsroom:{release()[:16]}:"
        self._away_until = 0.0
        self._told = False

    def find(self, key: Key) -> Stored | None:
        """The page of that key; whether it is current is for the caller to see."""
        data = self._do(lambda: self._redis.get(self._name("page", key)))
        return read(data) if isinstance(data, bytes) else None

    def put(self, key: Key, entry: Entry) -> None:
        """Let others have the page until its time is over."""
        seconds = int(min(LONGEST, entry.until - time.time()))
        if seconds > 0:
            self._do(lambda: self._redis.set(self._name("page", key), write(entry), ex=seconds))

    @contextmanager
    def turn(self, key: Key, version: int) -> Iterator[bool]:
        """Whether it is upon this process to make the page, while it does; true too when nobody can tell."""
        name, token = self._name(f"turn:{version}", key), secrets.token_hex(8)
        taken = self._do(lambda: self._redis.set(name, token, nx=True, px=TURN))
        own = taken is not None or self._is_away()
        try:
            yield own
        finally:
            if taken:
                self._do(lambda: self._redis.eval(GIVE_BACK, 1, name, token))

    def wait(self, key: Key, version: int) -> Stored | None:
        """The page that another process makes at this moment; None when it gave up, or takes too long."""
        ends = time.monotonic() + TURN / 1000
        while time.monotonic() < ends:
            is_made = self._do(lambda: self._redis.exists(self._name(f"turn:{version}", key))) == 0
            if is_made or self._is_away():
                break
            time.sleep(LOOK)
        return self.find(key)

    def _name(self, kind: str, key: Key) -> str:
        return f"{self._prefix}{kind}:{hashlib.sha256(json.dumps(key).encode()).hexdigest()}"

    def _is_away(self) -> bool:
        return time.monotonic() < self._away_until

    def _do(self, deed: Callable[[], T]) -> T | None:
        """What Redis answers; None when it does not, for a while without asking it."""
        if self._is_away():
            return None
        try:
            answer = deed()
        except (RedisError, OSError) as problem:
            self._away_until = time.monotonic() + REST
            if not self._told:
                logger.error("Redis does not answer; each process keeps the pages of its own: %s", problem)
            self._told = True
            return None
        self._told = False
        return answer


def write(entry: Entry) -> bytes:
    """A page in one piece: a mark, the length of what is told about it, that as JSON, and one packed body."""
    coding, body = next(iter(entry.bodies.items()))
    facts = json.dumps(entry.facts() | {"coding": coding}).encode()
    return FORMAT + struct.pack(">I", len(facts)) + facts + body


def read(data: bytes) -> Stored | None:
    """The reverse; None for what is no page. Nothing that stands there is run."""
    start = len(FORMAT) + 4
    if not data.startswith(FORMAT) or len(data) < start:
        return None
    (length,) = struct.unpack(">I", data[len(FORMAT) : start])
    try:
        facts = json.loads(data[start : start + length])
        facts["headers"] = [(str(name), str(value)) for name, value in facts["headers"]]
        return Stored(facts, {str(facts.pop("coding")): data[start + length :]})
    except (ValueError, KeyError, TypeError):
        return None
