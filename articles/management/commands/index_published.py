"""Write published editions where readers search."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from django.db import connection, connections, transaction
from django.db.models import Q
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from articles.management.base import StaffCommand, UsageError
from articles.models import Edition
from articles.models.edition import EditionQuerySet
from articles.models.surrogate import SEARCH
from articles.workflow.published_words import for_index, index_editions
from articles.workflow.readers import readers_see

BATCH = 100
TABLES = ("articles_storywords", "articles_quotewords", "articles_namewords")


class Command(StaffCommand):
    """`manage.py index_published`."""

    help = (
        "Write the editions that are live or wait for their hour where readers search. Publishing does so: "
        "this is for editions that came in another way, such as a restored database or one of an older "
        "release. Readers find the newest first while it runs. It can be stopped and run again."
    )
    examples = """\
examples:
  manage.py index_published                   every edition that counts, the newest first
  manage.py index_published --workers 2       with two processes, where the database is PostgreSQL
  manage.py index_published --before 50000    editions below number 50000, after it was stopped there
  manage.py index_published --missing         only those that search does not know
  manage.py index_published --dry-run         how many there are
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to begin, whether to leave out what is there, and with how many processes."""
        super().add_arguments(parser)
        parser.add_argument("--before", type=int, help="number of the edition at which it was stopped")
        parser.add_argument("--missing", action="store_true", help="leave out editions that are indexed")
        parser.add_argument("--workers", type=int, default=1, help="processes that index (1)")

    def run(self, options: dict[str, Any]) -> None:
        """Index batch after batch, each in a transaction; memory does not grow with the archive."""
        workers = options["workers"]
        if workers < 1 or (workers > 1 and connection.vendor != "postgresql"):
            raise UsageError("--workers is 1 or more, and 1 on SQLite, where one process writes at a time.")
        lasting = Q(live_until__isnull=True) | Q(live_until__gt=timezone.now())
        editions = Edition.objects.filter(lasting, gone=False)
        if options["before"]:
            editions = editions.filter(pk__lt=options["before"])
        if options["missing"]:
            editions = editions.filter(words__isnull=True)
        count = editions.count()
        if not options["dry_run"]:
            self._index_all(editions, count, workers)
        if options["json"]:
            self.print_json({"indexed": count})
        else:
            verb = "would be indexed" if options["dry_run"] else "indexed"
            self.stdout.write(f"editions: {count} {verb}")

    def _index_all(self, editions: EditionQuerySet, count: int, workers: int) -> None:
        """Index them, and tell at which number it was stopped when somebody stops it."""
        console = Console(stderr=True)
        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        last = 0
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("", total=count)
            try:
                for numbers in _indexed(_batches(editions), workers):
                    last = numbers[-1]
                    bar.advance(task, len(numbers))
            except KeyboardInterrupt:
                if last:
                    self.stderr.write(f"Stopped. Go on with: manage.py index_published --before {last}")
                raise
        _finish()


def _batches(editions: EditionQuerySet) -> Iterator[list[int]]:
    """Their numbers, the highest first, some at a time; what is added meanwhile is not looked at."""
    numbers = list(editions.order_by("-pk").values_list("pk", flat=True)[:BATCH])
    while numbers:
        yield numbers
        below = editions.filter(pk__lt=numbers[-1])
        numbers = list(below.order_by("-pk").values_list("pk", flat=True)[:BATCH])


def _indexed(batches: Iterator[list[int]], workers: int) -> Iterator[list[int]]:
    """Each batch when it and all before it are written."""
    if workers == 1:
        for numbers in batches:
            _index(numbers)
            yield numbers
        return
    connections.close_all()  # each process opens its own
    with ProcessPoolExecutor(workers, get_context("fork")) as pool:
        pool.submit(int).result()  # all begin here, before this one asks for numbers
        waiting: deque[tuple[Future[None], list[int]]] = deque()
        for numbers in batches:
            waiting.append((pool.submit(_index, numbers), numbers))
            if len(waiting) > 2 * workers:
                done, finished = waiting.popleft()
                done.result()
                yield finished
        for done, finished in waiting:
            done.result()
            yield finished


def _index(numbers: list[int]) -> None:
    # Whoever publishes at this moment waits for no more than one batch.
    with transaction.atomic():
        locked = Edition.objects.select_for_update().filter(pk__in=numbers)
        index_editions(list(for_index(locked)))


def _finish() -> None:
    """Let the planner know how frequent the words are, and readers that search finds more."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"ANALYZE {table}")
    readers_see(SEARCH)
