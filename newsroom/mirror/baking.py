"""Baking: what is due is made by one or several processes, and written down by this one."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.utils import timezone

from newsroom.mirror.addresses import rank, with_ranks
from newsroom.mirror.ask import Site
from newsroom.mirror.changes import touch_changed
from newsroom.mirror.files import PAGES, Folder
from newsroom.mirror.ledger import Due, Ledger, Made
from newsroom.mirror.nginx import write_configuration
from newsroom.mirror.pages import PageMaker
from newsroom.mirror.seeds import edition_chunks, few_addresses

BATCH: Final = 25  # pages that a process makes before it reports
COUNTED: Final = 2_500  # pages after which those that are due are counted again
ROUNDS: Final = 5  # how often it looks whether something changed while it baked
REQUESTS: Final = (request_started, request_finished)
NOWHERE: Final = "/this-page-is-nowhere/"  # no section may have such a slug: it is not found


class Busy(Exception):
    """Another bake is at work in that folder."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a bake."""

    workers: int = 1
    only: str = ""  # the beginning of the addresses that are made
    limit: int = 0  # pages at most; 0 for all
    lists: int = 40  # pages of one list
    cards: bool = False
    everything: bool = False  # also what did not change
    serve_from: str = ""  # where the folder lies on the machine that serves it


@dataclass(slots=True)
class Report:
    """What a bake did."""

    due: int = 0
    asked: int = 0
    written: int = 0
    removed: int = 0
    left: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)


Watcher = Callable[[int, int], None]  # is told how many were made, and how many are due


class Baker:
    """A folder and its ledger. `report` grows while it works."""

    def __init__(self, directory: Path, wish: Wish, watcher: Watcher = lambda made, due: None) -> None:
        self.report = Report()
        self._directory, self._wish, self._watcher = directory, wish, watcher
        self._folder = Folder(directory / "site")
        self._fresh = False

    def look(self) -> Report:
        """What would be made; nothing is written."""
        path = self._directory / "ledger.sqlite3"
        ledger = Ledger(path if path.exists() else None, self._wish.lists)
        ledger.begin()
        self._mark(ledger, save=lambda: None)
        self.report.due = ledger.count_due(self._wish.only)
        ledger.close()
        return self.report

    def bake(self) -> Report:
        """Make what is due. Raises Busy; pages that failed are in the report, and due again next time."""
        self._folder.root.mkdir(parents=True, exist_ok=True)
        with _alone(self._directory), _one_connection():
            ledger = Ledger(self._directory / "ledger.sqlite3", self._wish.lists)
            try:
                self._bake(ledger)
            finally:
                ledger.close()
        return self.report

    def _bake(self, ledger: Ledger) -> None:
        ledger.remember("run", ledger.run)
        for _round in range(ROUNDS):
            ledger.begin()
            self._mark(ledger, save=ledger.save)
            ledger.commit()
            due = ledger.count_due(self._wish.only)
            self.report.due = self.report.asked + due
            if not due or self._room(BATCH) == 0:
                break
            self._make_all(ledger)
        ledger.begin()
        if not ledger.count_due(self._wish.only):
            self._clear(ledger)
        self.report.left = ledger.count_left()
        self.report.statuses = ledger.counts()
        site = Site()
        self._write_own(site)
        at = Path(self._wish.serve_from) if self._wish.serve_from else self._directory.resolve()
        write_configuration(self._directory / "nginx", ledger, site, at)
        ledger.commit()

    def _mark(self, ledger: Ledger, save: Callable[[], None]) -> None:
        """Put down what is new and what changed as due; `save` is called where it may be stopped."""
        now = timezone.now()
        last = ledger.note("seeded")
        fresh = touch_changed(ledger, now)
        self._fresh = self._fresh or fresh
        if self._wish.everything and not self.report.asked:
            ledger.touch_all()
        ledger.add(with_ranks(few_addresses(now)))
        save()
        since = datetime.fromisoformat(last["at"]) if last else None
        number = last["number"] if last else 0
        for low, addresses in edition_chunks(number, since, now):
            number = low
            ledger.add(with_ranks(addresses))
            # Until all are there the hour stays: who is stopped looks again at what began meanwhile.
            ledger.remember("seeded", {"number": number, "at": (since or now).isoformat()})
            save()
        ledger.remember("seeded", {"number": number, "at": now.isoformat()})

    def _room(self, size: int) -> int:
        limit = self._wish.limit
        return min(size, limit - self.report.asked) if limit else size

    def _make_all(self, ledger: Ledger) -> None:
        counted = self.report.asked
        for batch in self._made(ledger):
            ledger.begin()
            ledger.write(batch, rank)
            ledger.commit()
            for page in batch:
                self.report.written += page.wrote
                self.report.removed += page.removed
                if page.error:
                    self.report.errors.append((page.due.address, page.error))
            if self.report.asked >= counted + COUNTED:  # counting a million takes a moment
                counted, self.report.due = (
                    self.report.asked,
                    self.report.asked + ledger.count_due(self._wish.only),
                )
            self._watcher(self.report.asked, max(self.report.due, self.report.asked))

    def _take(self, ledger: Ledger) -> list[Due]:
        size = self._room(BATCH)
        due = ledger.due(size, self._wish.only) if size else []
        self.report.asked += len(due)
        return due

    def _made(self, ledger: Ledger) -> Iterator[list[Made]]:
        if self._wish.workers == 1:
            maker = self._maker()
            while due := self._take(ledger):
                yield [maker.make(each) for each in due]
            return
        connections.close_all()  # each process opens its own
        settings = (self._folder.root, self._wish.cards, self._fresh)
        with ProcessPoolExecutor(
            self._wish.workers, get_context("fork"), initializer=_begin, initargs=settings
        ) as pool:
            waiting: set[Future[list[Made]]] = set()
            while True:
                while len(waiting) < 2 * self._wish.workers and (due := self._take(ledger)):
                    waiting.add(pool.submit(_make, due))
                if not waiting:
                    return
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield [page for future in done for page in future.result()]

    def _maker(self) -> PageMaker:
        return PageMaker(self._folder, cards=self._wish.cards, fresh_files=self._fresh)

    def _clear(self, ledger: Ledger) -> None:
        files = [*ledger.doubtful(self._wish.only), *(path.lstrip("/") for path in ledger.unused_media())]
        for file in files:
            self._folder.remove(file)
        self.report.removed += len(files)

    def _write_own(self, site: Site) -> None:
        """What the mirror says where it has no page, and where the site would have worked something out."""
        own = {
            "missing.html": site.ask(NOWHERE).answer.body,
            "resting.html": site.render("articles/resting.html", 503),
        }
        for name, body in own.items():
            self._folder.write(f"{PAGES}/{name}", body)


_makers: list[PageMaker] = []  # the one of a worker's process


def _begin(root: Path, cards: bool, fresh: bool) -> None:
    for signal in REQUESTS:
        signal.disconnect(close_old_connections)
    _makers.append(PageMaker(Folder(root), cards=cards, fresh_files=fresh))


def _make(due: list[Due]) -> list[Made]:
    close_old_connections()  # one that broke is opened again
    return [_makers[0].make(each) for each in due]


@contextmanager
def _one_connection() -> Iterator[None]:
    """Let requests end without closing the connection to the database, and without a line in the log.

    Thousands follow each other, and that a page is gone is no mishap here.
    """
    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.ERROR)
    for signal in REQUESTS:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        log.setLevel(level)
        for signal in REQUESTS:
            signal.connect(close_old_connections)


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    with (directory / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"Another bake is at work in {directory}. Wait until it has ended.") from None
        yield
