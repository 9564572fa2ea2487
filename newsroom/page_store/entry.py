"""A kept page: packed bytes, the headers that Django gave it, and how long it is current."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

import brotli

from articles.house import House
from newsroom.page_store.rules import Answer, Environ, Header
from newsroom.page_store.version import Known

SMALLEST = 200  # bytes that are worth packing
OVERHEAD = 1500  # bytes that an entry takes beside its body and headers, about
REMADE = {"cache-control", "content-length", "etag", "vary"}
OF_A_BODY = {"content-type", "content-language"}
STALE = ("Warning", '110 - "Response is Stale"')
STALE_SECONDS = 10  # that others may keep a page which may have changed

StartResponse = Callable[..., Any]


class Entry:
    """One page as it is sent. Nothing of it changes."""

    __slots__ = ("bodies", "ends", "headers", "life", "line", "made", "size", "tag", "until", "version")

    def __init__(self, answer: Answer, house: House) -> None:
        self.line = answer.status
        self.headers = [pair for pair in answer.headers if pair[0].lower() not in REMADE]
        self.tag = _weak(answer.header("etag")) if answer.code == 200 else ""
        if self.tag:
            self.headers.append(("ETag", self.tag))
        self.bodies = pack(answer.body)
        self.version = house.version
        self.made = house.now.timestamp()
        self.until = _seconds(house.changes_at)
        self.ends = _seconds(house.ends_at)
        told = re.search(r"max-age=(\d+)", answer.header("cache-control"))
        self.life = int(told[1]) if told else 0
        words = sum(len(name) + len(value) for name, value in self.headers)
        self.size = OVERHEAD + words + sum(map(len, self.bodies.values()))

    def serves(self, known: Known, now: float) -> bool:
        """Whether readers may have this page.

        While the database answers: when it is the current one. While it does not: when no change is known of
        since it was made, and nothing was to be taken down meanwhile.
        """
        if self.version < known.version:
            return False
        return now < (self.until if known.answers else self.ends)

    def send(self, environ: Environ, start_response: StartResponse, *, stale: bool = False) -> list[bytes]:
        """Answer with the page, with 304 for who has it, with headers alone for HEAD.

        The tag alone decides: two pages of one second have the same Last-Modified.
        """
        headers = [*self.headers, *self._life(stale), ("Vary", "Accept-Encoding")]
        if self.tag and _has(environ.get("HTTP_IF_NONE_MATCH", ""), self.tag):
            start_response("304 Not Modified", [pair for pair in headers if pair[0].lower() not in OF_A_BODY])
            return []
        coding = choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = self.bodies.get(coding)
        if body is not None:
            headers.append(("Content-Encoding", coding))
        elif "identity" in self.bodies:
            body = self.bodies["identity"]
        else:
            body = gzip.decompress(self.bodies["gzip"])
        headers.append(("Content-Length", str(len(body))))
        start_response(self.line, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _life(self, stale: bool) -> list[Header]:
        now = time.time()
        if stale:
            life = [("Cache-Control", f"public, max-age={STALE_SECONDS}")]
            return [*life, ("Age", str(max(0, int(now - self.made)))), STALE]
        return [("Cache-Control", f"public, max-age={int(max(0, min(self.life, self.until - now)))}")]


def pack(body: bytes) -> dict[str, bytes]:
    """The body in each coding that is kept. Hardly anybody reads without one, so plain bytes are unpacked."""
    if len(body) < SMALLEST:
        return {"identity": body}
    return {
        "br": brotli.compress(body, mode=brotli.MODE_TEXT, quality=5),
        "gzip": gzip.compress(body, 6, mtime=0),
    }


@lru_cache(maxsize=256)
def choose(accepted: str) -> str:
    """The coding to answer with: "br", "gzip", or "identity"."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        weights[name] = float(weight) if re.fullmatch(r"[01](\.\d{0,3})?", weight, re.ASCII) else 1.0
    return next((name for name in ("br", "gzip") if weights.get(name, weights.get("*", 0)) > 0), "identity")


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
