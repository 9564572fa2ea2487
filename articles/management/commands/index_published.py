"""Write published editions where readers search."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from articles.management.base import StaffCommand, watch
from articles.models import Edition
from articles.models.surrogate import SEARCH
from articles.workflow.published_words import index_editions
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
  manage.py index_published --before 50000    editions below number 50000, after it was stopped there
  manage.py index_published --missing         only those that search does not know
  manage.py index_published --dry-run         how many there are
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to begin, and whether to leave out what is there."""
        super().add_arguments(parser)
        parser.add_argument("--before", type=int, help="number of the edition at which it was stopped")
        parser.add_argument("--missing", action="store_true", help="leave out editions that are indexed")

    def run(self, options: dict[str, Any]) -> None:
        """Index batch after batch, each in a transaction; memory does not grow with the archive."""
        lasting = Q(live_until__isnull=True) | Q(live_until__gt=timezone.now())
        editions = Edition.objects.filter(lasting, gone=False)
        if options["before"]:
            editions = editions.filter(pk__lt=options["before"])
        if options["missing"]:
            editions = editions.filter(words__isnull=True)
        numbers = list(editions.order_by("-pk").values_list("pk", flat=True))
        if not options["dry_run"]:
            for batch in watch([numbers[at : at + BATCH] for at in range(0, len(numbers), BATCH)]):
                self._index(batch)
            self._finish()
        if options["json"]:
            self.print_json({"indexed": len(numbers)})
        else:
            verb = "would be indexed" if options["dry_run"] else "indexed"
            self.stdout.write(f"editions: {len(numbers)} {verb}")

    def _index(self, numbers: list[int]) -> None:
        # Whoever publishes at this moment waits for no more than one batch.
        with transaction.atomic():
            locked = Edition.objects.select_for_update().filter(pk__in=numbers)
            index_editions(list(locked.order_by("first_live_from", "pk").prefetch_related("quotes")))

    def _finish(self) -> None:
        """Let the planner know how frequent the words are, and readers that search finds more."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for table in TABLES:
                    cursor.execute(f"ANALYZE {table}")
        readers_see(SEARCH)
