"""Render the pages of published stories beforehand."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from articles.management.base import StaffCommand, watch
from articles.models import Brand
from articles.workflow.rendered import not_rendered, render_editions

BATCH = 50


class Command(StaffCommand):
    """`manage.py render_editions`."""

    help = (
        "Render what of the pages of stories depends on their editions alone, where that was not done with the "
        "templates, the settings and the look of today: after an upgrade, after a change of the paper's name or "
        "colours, and after an import. Readers see the same pages before and after, afterwards sooner. The "
        "newest are rendered first. It can be stopped and run again; what is done is not done twice."
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
        waiting = not_rendered(paper).order_by("-pk")
        count = waiting.count() if options["most"] is None else min(waiting.count(), options["most"])
        done = 0
        if not options["dry_run"]:
            last = None
            for batch in watch(range(0, count, BATCH)):
                below = waiting if last is None else waiting.filter(pk__lt=last)
                numbers = list(below.values_list("pk", flat=True)[: min(BATCH, count - batch)])
                if not numbers:
                    break
                done += render_editions(numbers, paper)
                last = numbers[-1]
        if options["json"]:
            self.print_json({"rendered": done, "waiting": count - done})
        else:
            verb, number = ("would be rendered", count) if options["dry_run"] else ("rendered", done)
            self.stdout.write(f"editions: {number} {verb}")
