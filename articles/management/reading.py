"""Reading the stories of an archive in several processes, while this one writes what is read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from articles.management.worker import start
from articles.text.incoming import Item
from articles.workflow.bulk_read import Draft, read_drafts

AHEAD = 2  # batches for each process that wait to be read or written: memory does not grow with the archive


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an archive, where it stands, and the story in it."""

    place: str
    raw: bytes
    item: Item


Batch = Sequence[Line]
Read = tuple[Batch, list[Draft | str]]


def in_batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    """`lines` in lists of `size`; the last may be shorter."""
    rest = iter(lines)
    while batch := list(islice(rest, size)):
        yield batch


def read_batches(batches: Iterable[Batch], workers: int) -> Iterator[Read]:
    """Each batch with its stories read, or with why one cannot be, in the order given.

    With one worker it is this process. Raises BrokenProcessPool when one of several ends.
    """
    if workers <= 1:
        for batch in batches:
            yield batch, read_drafts([line.item for line in batch])
        return
    # A new process does not inherit the connection to the database, as a fork of this one would.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=start) as pool:
        waiting: deque[tuple[Batch, Future[list[Draft | str]]]] = deque()
        try:
            for batch in batches:
                waiting.append((batch, pool.submit(read_drafts, [line.item for line in batch])))
                if len(waiting) >= workers * AHEAD:
                    yield _next(waiting)
            while waiting:
                yield _next(waiting)
        finally:
            pool.shutdown(cancel_futures=True)


def _next(waiting: deque[tuple[Batch, Future[list[Draft | str]]]]) -> Read:
    batch, read = waiting.popleft()
    return batch, read.result()
