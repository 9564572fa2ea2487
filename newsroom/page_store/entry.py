"""A kept page: packed bytes, the headers that Django gave it, what it depends on, how long it is current."""

from __future__ import annotations

import gzip
import math
import re
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import brotli
from django.conf import settings

from articles.house import FOR_CDN, MAX_HELP, House, cdn_control
from articles.models.surrogate import EVERYTHING, HEADER, PAPER, read_keys
from newsroom.page_store.changes import Changes
from newsroom.page_store.rules import Answer, Environ, Header
from newsroom.page_store.version import Known

OVERHEAD = 1300  # bytes that an entry takes beside its bodies and the headers of its own, about
REMADE = {"cache-control", FOR_CDN.lower(), "content-length", "etag", "vary"}
OWN = {"last-modified", "etag", "link", "location", HEADER.lower()}  # headers that hardly two pages share
OF_A_BODY = {"content-type", "content-language"}
VARY = ("Vary", "Accept-Encoding")
STALE = ("Warning", '110 - "Response is Stale"')
LONGEST_ACCEPTED = 500  # characters of an Accept-Encoding that is read
STALE_SECONDS = 10  # that others may keep a page which may have changed

StartResponse = Callable[..., Any]
Ready = tuple[list[Header], bytes]

_shared: dict[Header, Header] = {}


class Entry:
    """One page as it is sent. `turn` and `seen` say which changes it knows; all else about it is settled.

    `ready` has headers and body by coding, for readers who come while `steady_until` is to come.
    """

    __slots__ = (
        "bodies", "cdn", "ends", "headers", "keys", "life", "line", "made", "ready", "seen", "size",
        "steady_until", "tag", "turn", "until", "used", "version",
    )  # fmt: skip

    def __init__(self, facts: Mapping[str, Any], bodies: dict[str, bytes], turn: int) -> None:
        self.line: str = facts["line"]
        self.headers = [_share(name, value) for name, value in facts["headers"]]
        self.tag: str = facts["tag"]
        # A tuple of words that pages share: as a set it would be half the size of the page.
        self.keys: tuple[str, ...] = tuple(map(sys.intern, facts["keys"]))
        self.seen: frozenset[int] = frozenset(facts["seen"])
        self.version: int = facts["version"]
        self.made: float = facts["made"]
        self.until: float = facts["until"]
        self.ends: float = facts["ends"]
        self.life: int = facts["life"]
        self.cdn: int = facts["cdn"]
        self.bodies = bodies
        self.turn = turn
        self.used = False
        self.steady_until = self.until - max(self.life, self.cdn)
        if self.cdn:
            self.steady_until = min(self.steady_until, self.ends - self.cdn - MAX_HELP)
        self.ready: dict[str, Ready] = {}
        own = sum(len(value) for name, value in self.headers if name.lower() in OWN)
        self.size = OVERHEAD + own + sum(map(len, bodies.values()))

    @classmethod
    def of(cls, answer: Answer, house: House, known: Known, seen: frozenset[int], coding: str) -> Entry:
        """What Django answered in that house, when so much was `known` and those changes were `seen`."""
        headers = [pair for pair in answer.headers if pair[0].lower() not in REMADE]
        tag = _weak(answer.header("etag")) if answer.code == 200 else ""
        told = re.search(r"max-age=(\d+)", answer.header("cache-control"))
        keys = read_keys(answer.header(HEADER.lower()))
        facts = {
            "line": answer.status,
            "headers": [*headers, ("ETag", tag)] if tag else headers,
            "tag": tag,
            "keys": keys if EVERYTHING in keys else keys | {PAPER},
            "seen": (),
            "version": house.version,
            "made": house.now.timestamp(),
            "until": _seconds(house.changes_at),
            "ends": _seconds(house.ends_at),
            "life": int(told[1]) if told else 0,
            "cdn": settings.NEWSROOM_CDN_SECONDS if answer.header(FOR_CDN.lower()) else 0,
        }
        entry = cls(facts, {coding: pack(answer.body, coding)}, known.turn)
        entry.seen = seen  # the very set, which all pages share that were made at that time
        return entry

    def facts(self) -> dict[str, Any]:
        """All about it but its bodies, in what JSON has."""
        names = ("line", "headers", "tag", "version", "made", "until", "ends", "life", "cdn")
        facts = {name: getattr(self, name) for name in names}
        return facts | {"keys": sorted(self.keys), "seen": sorted(self.seen)}

    def serves(self, known: Known, changes: Changes, now: float) -> bool:
        """Whether readers may have this page.

        While the database answers: when nothing that it depends on has changed since it was made. While it
        does not: the same, as far as is known, and nothing was to be taken down meanwhile.
        """
        if self.turn < known.turn:
            if not changes.spared(self.keys, self.turn):
                return False
            self.turn = known.turn
        return now < (self.until if known.answers else self.ends)

    def body(self, coding: str) -> bytes:
        """The page in that coding, which is kept from now on; `size` grows when it was not."""
        body = self.bodies.get(coding)
        if body is None:
            first, packed = next(iter(self.bodies.items()))
            body = self.bodies[coding] = pack(unpack(packed, first), coding)
            self.size += len(body)
        return body

    def make_ready(self, coding: str) -> Ready:
        """Headers and body for readers who take that coding, for as long as the page has its whole life."""
        body = self.body(coding)
        packed = [("Content-Encoding", coding)] if coding != "identity" else []
        life = _share("Cache-Control", f"public, max-age={self.life}")
        cdn = [_share(FOR_CDN, cdn_control(self.cdn, math.inf))] if self.cdn else []
        headers = [*self.headers, life, *cdn, VARY, *packed, ("Content-Length", str(len(body)))]
        ready = self.ready[coding] = (headers, body)
        return ready

    def send(self, environ: Environ, start_response: StartResponse, *, stale: bool = False) -> list[bytes]:
        """Answer with the page, with 304 for who has it, with headers alone for HEAD.

        The tag alone decides: two pages of one second have the same Last-Modified.
        """
        if self.tag and _has(environ.get("HTTP_IF_NONE_MATCH", ""), self.tag):
            headers = [*self.headers, *self._life(stale), VARY]
            start_response("304 Not Modified", [pair for pair in headers if pair[0].lower() not in OF_A_BODY])
            return []
        coding = choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
        headers, body = self.ready.get(coding) or self.make_ready(coding)
        if stale or time.time() >= self.steady_until:
            others = [pair for pair in headers if pair[0] not in ("Cache-Control", FOR_CDN)]
            headers = [*others, *self._life(stale)]
        start_response(self.line, list(headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _life(self, stale: bool) -> list[Header]:
        now = time.time()
        if stale:
            life = [("Cache-Control", f"public, max-age={STALE_SECONDS}")]
            return [*life, ("Age", str(max(0, int(now - self.made)))), STALE]
        life = [("Cache-Control", f"public, max-age={int(max(0, min(self.life, self.until - now)))}")]
        return [*life, (FOR_CDN, cdn_control(self.until - now, self.ends - now))] if self.cdn else life


def pack(body: bytes, coding: str) -> bytes:
    """The body in a coding."""
    if coding == "br":
        return brotli.compress(body, mode=brotli.MODE_TEXT, quality=4)
    return gzip.compress(body, 6, mtime=0) if coding == "gzip" else body


def unpack(body: bytes, coding: str) -> bytes:
    """The body without its coding."""
    if coding == "br":
        return brotli.decompress(body)
    return gzip.decompress(body) if coding == "gzip" else body


def choose(accepted: str) -> str:
    """The coding to answer with: "br", "gzip", or "identity"."""
    # What readers send is kept below: nobody is to fill the memory with it.
    return _choose(accepted) if len(accepted) <= LONGEST_ACCEPTED else "identity"


@lru_cache(maxsize=256)
def _choose(accepted: str) -> str:
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        weights[name] = float(weight) if re.fullmatch(r"[01](\.\d{0,3})?", weight, re.ASCII) else 1.0
    return next((name for name in ("br", "gzip") if weights.get(name, weights.get("*", 0)) > 0), "identity")


def _share(name: str, value: str) -> Header:
    """The pair, once for all pages that have it."""
    pair = (name, value)
    if name.lower() in OWN or len(_shared) > 1000:
        return pair
    return _shared.setdefault(pair, pair)


def _weak(tag: str) -> str:
    """The tag for whatever coding the page is sent in."""
    return f"W/{tag}" if tag.startswith('"') else tag


def _has(asked: str, tag: str) -> bool:
    """Whether If-None-Match names `tag`, weakly compared as it is for GET."""
    opaque = tag.removeprefix("W/")
    return bool(asked) and any(
        part.strip() == "*" or part.strip().removeprefix("W/") == opaque for part in asked.split(",")
    )


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else float("inf")
