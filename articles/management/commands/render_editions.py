"""Render the pages of published stories beforehand."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from articles.management.base import StaffCommand, watch
from articles.models import Brand, Edition
from articles.workflow.rendered import not_rendered, render_editions

BATCH = 50


class Command(StaffCommand):
    """`manage.py render_editions`."""

    help = (
        "Render what of the pages of stories depends on their editions alone, where that was not done with "
        "the templates, the settings and the look of today: after an upgrade, after a change of the paper's "
        "name or colours, and after an import. Readers see the same pages before and after, afterwards "
        "sooner. The newest are rendered first. It can be stopped and run again; nothing is done twice."
    )
    examples = """\
examples:
  manage.py render_editions                   whatever is not rendered
  manage.py render_editions --most 10000      the newest 10,000 of that
  manage.py render_editions --dry-run         how many there are
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many."""
        super().add_arguments(parser)
        parser.add_argument("--most", type=int, help="stop after so many editions")

    def run(self, options: dict[str, Any]) -> None:
        """Render batch after batch, each in a transaction; memory does not grow with the archive."""
        paper = Brand.objects.paper()
        old = not_rendered(paper).order_by("-pk")
        waiting = old.count()
        count = waiting if options["most"] is None else min(waiting, options["most"])
        done = (
            0 if options["dry_run"] else sum(render_editions(batch, paper) for batch in _batches(old, count))
        )
        if options["json"]:
            self.print_json({"rendered": done, "waiting": waiting - done})
        else:
            verb, number = ("would be rendered", count) if options["dry_run"] else ("rendered", done)
            self.stdout.write(f"editions: {number} {verb}")


def _batches(editions: QuerySet[Edition], count: int) -> Iterator[list[int]]:
    """The numbers of the first `count` of `editions`, as many at a time as one transaction is to hold."""
    below = editions
    for done in watch(range(0, count, BATCH)):
        numbers = list(below.values_list("pk", flat=True)[: min(BATCH, count - done)])
        if not numbers:  # somebody else renders them, too
            return
        yield numbers
        below = editions.filter(pk__lt=numbers[-1])
