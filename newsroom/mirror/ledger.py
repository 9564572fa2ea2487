"""What was baked: each address with its file, what it depends on, and whether it must be made again.

One SQLite file beside the pages. It is written by one process, a batch at a time; whoever is stopped in the
middle finds there what is still to be done.
"""

# ruff: noqa: S608 (every name below is written here; addresses are passed beside the statement)

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

FORMAT: Final = 1  # of the ledger and of the files: another number makes everything anew
DONE, DUE, DOUBT = 1, 0, 2  # doubt: a page of a list to which nothing may lead any more
SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page (
    id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, rank INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0, tried INTEGER NOT NULL DEFAULT 0, status INTEGER NOT NULL DEFAULT 0,
    file TEXT NOT NULL DEFAULT '', hash BLOB, goes TEXT NOT NULL DEFAULT '', tag TEXT NOT NULL DEFAULT '',
    whole INTEGER NOT NULL DEFAULT 1, ends REAL
);
CREATE INDEX IF NOT EXISTS page_todo ON page (rank, id) WHERE state = 0;
CREATE INDEX IF NOT EXISTS page_doubt ON page (id) WHERE state = 2;
CREATE INDEX IF NOT EXISTS page_ends ON page (ends) WHERE ends IS NOT NULL;
CREATE INDEX IF NOT EXISTS page_whole ON page (id) WHERE whole;
CREATE INDEX IF NOT EXISTS page_other ON page (status) WHERE status NOT IN (0, 200, 404);
CREATE INDEX IF NOT EXISTS page_long ON page (file) WHERE file LIKE '.long/%';
CREATE TABLE IF NOT EXISTS key (key INTEGER, page INTEGER, PRIMARY KEY (key, page)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS key_of_page ON key (page);
CREATE TABLE IF NOT EXISTS media (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A page to be made, and what is known of it from before."""

    number: int
    address: str
    file: str = ""
    hash: bytes = b""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a page that was due. `keys` is None when it depends on everything."""

    due: Due
    status: int = 0
    file: str = ""
    hash: bytes = b""
    goes: str = ""  # where a redirect leads
    tag: str = ""  # its ETag
    keys: tuple[str, ...] | None = None
    ends: float | None = None  # when it must be made again, whatever happens
    links: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    wrote: bool = False
    removed: bool = False
    error: str = ""


@dataclass(slots=True)
class Ledger:
    """An open ledger."""

    path: Path | None  # none: in memory, to try
    most: int = 40  # pages of one list
    run: int = field(default=0, init=False)
    _database: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        self._database = sqlite3.connect(self.path or ":memory:", isolation_level=None, timeout=30)
        self._database.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {SCHEMA}")
        self.run = int(self.note("run") or 0) + 1

    def begin(self) -> None:
        """Write nothing of what follows until `commit`."""
        self._do("BEGIN")

    def commit(self) -> None:
        """Write what was begun."""
        self._do("COMMIT")

    def save(self) -> None:
        """Write what was begun, and begin again."""
        self._do("COMMIT")
        self._do("BEGIN")

    def close(self) -> None:
        """Close the file; what was not committed is forgotten."""
        self._database.close()

    def note(self, name: str) -> Any:
        """What was remembered under that name, or None."""
        row = self._do("SELECT value FROM meta WHERE name = ?", name).fetchone()
        return json.loads(row[0]) if row else None

    def remember(self, name: str, value: Any) -> None:
        """Remember a value that JSON can hold."""
        self._do("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, json.dumps(value))

    # --- What is due -----------------------------------------------------------------------------

    def add(self, addresses: Iterable[tuple[str, int]]) -> None:
        """Addresses with their ranks; those that are there stay as they are, but without doubt."""
        self._database.executemany(
            "INSERT INTO page (address, rank) VALUES (?, ?) ON CONFLICT (address) DO UPDATE "
            f"SET state = {DUE}, tried = 0 WHERE state = {DOUBT}",
            (pair for pair in addresses if self._has_room(pair[0])),
        )

    def _has_room(self, address: str) -> bool:
        path, asked, _query = address.partition("?")
        if not asked:
            return True
        known = self._do("SELECT state FROM page WHERE address = ?", address).fetchone()
        if known and known[0] != DOUBT:
            return True
        return (
            self._do(f"SELECT count(*) {_OF_LIST} AND state <> {DOUBT}", path, path).fetchone()[0] < self.most
        )

    def due(self, size: int, only: str = "") -> list[Due]:
        """The next pages to make, details before the lists that lead to them; none twice in a run."""
        where = f"state = {DUE} AND tried < ?"
        values: list[Any] = [self.run]
        if only:
            where += " AND address >= ? AND address < ?"
            values += [only, only + "\U0010ffff"]
        rows = self._do(
            f"SELECT id, address, file, hash FROM page WHERE {where} ORDER BY rank, id LIMIT {size}", *values
        ).fetchall()
        self._database.executemany(
            "UPDATE page SET tried = ? WHERE id = ?", ((self.run, row[0]) for row in rows)
        )
        return [Due(number, address, file, hash or b"") for number, address, file, hash in rows]

    def count_due(self, only: str = "") -> int:
        """How many pages are due that were not tried in this run."""
        bounds = (self.run, only, only + "\U0010ffff")
        where = f"state = {DUE} AND tried < ? AND address >= ? AND address < ?"
        return self._do(f"SELECT count(*) FROM page WHERE {where}", *bounds).fetchone()[0]

    def count_left(self) -> int:
        """How many pages are to be made another time."""
        return self._do(f"SELECT count(*) FROM page WHERE state = {DUE}").fetchone()[0]

    # --- What is to be made again ----------------------------------------------------------------

    def touch_all(self) -> None:
        """Everything changed."""
        self._do(f"UPDATE page SET state = {DUE}, tried = 0 WHERE state = {DONE}")

    def touch(self, keys: Iterable[str]) -> None:
        """What depends on one of the keys changed, and what says of itself that it depends on everything."""
        redo = f"UPDATE page SET state = {DUE}, tried = 0 WHERE state = {DONE} AND"
        for key in keys:
            self._do(f"{redo} id IN (SELECT page FROM key WHERE key = ?)", _number(key))
        self._do(f"{redo} whole")

    def touch_ended(self, now: float) -> None:
        """The time of some pages is over."""
        self._do(f"UPDATE page SET state = {DUE}, tried = 0 WHERE state = {DONE} AND ends <= ?", now)

    # --- What was made ---------------------------------------------------------------------------

    def write(self, made: Sequence[Made], rank: Any) -> None:
        """Write down what became of pages, and what they lead to (`rank` gives the rank of an address)."""
        for page in made:
            if not page.error:
                self._write(page)
                # What only a page in doubt leads to is in doubt as well.
                follow = [
                    link for link in page.links if "?" not in link or not self._in_doubt(page.due.number)
                ]
                self.add((link, rank(link)) for link in follow)

    def _write(self, page: Made) -> None:
        number, before = page.due.number, page.due.address.partition("?")[0]
        known = {*(page.keys or ()), *(_media(path) for path in page.media)}
        new = {_number(key) for key in known}
        old = {row[0] for row in self._do("SELECT key FROM key WHERE page = ?", number)}
        many = self._database.executemany
        many("DELETE FROM key WHERE key = ? AND page = ?", [(key, number) for key in old - new])
        many("INSERT INTO key VALUES (?, ?)", [(key, number) for key in new - old])
        many("INSERT OR IGNORE INTO media VALUES (?)", [(path,) for path in page.media])
        self._do(
            # In doubt it stays until something leads to it.
            f"UPDATE page SET state = CASE state WHEN {DOUBT} THEN {DOUBT} ELSE {DONE} END, status = ?, "
            "file = ?, hash = ?, goes = ?, tag = ?, whole = ?, ends = ? WHERE id = ?",
            page.status, page.file, page.hash, page.goes, page.tag, page.keys is None, page.ends, number,
        )  # fmt: skip
        if page.hash != page.due.hash and before == page.due.address:
            # The pages of a list follow from its first one: those to which nothing leads now go.
            self._do(f"UPDATE page SET state = {DOUBT} WHERE id IN (SELECT id {_OF_LIST})", before, before)

    def _in_doubt(self, number: int) -> bool:
        return self._do("SELECT state FROM page WHERE id = ?", number).fetchone()[0] == DOUBT

    # --- What is left ----------------------------------------------------------------------------

    def doubtful(self, only: str = "") -> list[str]:
        """Take the pages of lists to which nothing leads any more out of the ledger; returns their files."""
        where = f"FROM page WHERE state = {DOUBT} AND address >= ? AND address < ?"
        bounds = (only, only + "\U0010ffff")
        files = [row[0] for row in self._do(f"SELECT file {where} AND file <> ''", *bounds)]
        self._do(f"DELETE FROM key WHERE page IN (SELECT id {where})", *bounds)
        self._do(f"DELETE {where}", *bounds)
        return files

    def unused_media(self) -> list[str]:
        """Take the pictures that no page shows out of the ledger; returns their addresses."""
        paths = [row[0] for row in self._do("SELECT path FROM media")]
        unused = [
            path
            for path in paths
            if not self._do("SELECT 1 FROM key WHERE key = ?", _number(_media(path))).fetchone()
        ]
        self._database.executemany("DELETE FROM media WHERE path = ?", [(path,) for path in unused])
        return unused

    def moved(self, *statuses: int) -> Iterator[tuple[str, str]]:
        """Every address that leads elsewhere with one of the statuses, and where."""
        places = ", ".join("?" * len(statuses))
        yield from self._do(
            f"SELECT address, goes FROM page WHERE status IN ({places}) ORDER BY id", *statuses
        )

    def gone(self) -> Iterator[tuple[str, str]]:
        """Every address that is gone, and the file with its notice."""
        yield from self._do("SELECT address, file FROM page WHERE status = 410 ORDER BY id")

    def long(self) -> Iterator[tuple[str, str]]:
        """Every address that is too long for a file of its own name, and its file."""
        yield from self._do("SELECT address, file FROM page WHERE file LIKE '.long/%' ORDER BY id")

    def first(self, start: str) -> str:
        """An address that begins so and that readers can read; empty when there is none."""
        where = "status = 200 AND address >= ? AND address < ?"
        row = self._do(
            f"SELECT address FROM page WHERE {where} LIMIT 1", start, start + "\U0010ffff"
        ).fetchone()
        return row[0] if row else ""

    def counts(self) -> dict[int, int]:
        """How many addresses have each status; 0 stands for those that were not made yet."""
        return dict(self._do("SELECT status, count(*) FROM page GROUP BY status").fetchall())

    def _do(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._database.execute(statement, values)


_OF_LIST: Final = "FROM page WHERE address > ? || '?' AND address < ? || '@'"  # the sign after “?”


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def _media(path: str) -> str:
    return f"file {path}"
