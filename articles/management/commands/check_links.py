"""Ask whether the addresses of sources still answer."""

from __future__ import annotations

import datetime
from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from articles.management.base import StaffCommand, UsageError, watch
from articles.models import Source
from articles.workflow.dead_links import check_link


class Command(StaffCommand):
    """`manage.py check_links`."""

    help = (
        "Ask for the addresses of sources, those asked longest ago first, and note which do not answer. The "
        "desk's home page lists them. Confidential and withdrawn sources are never asked for. It can be "
        "stopped and run again. Exit code 0, also when some do not answer."
    )
    examples = """\
examples:
  manage.py check_links                  at most 200 that were not asked for a week
  manage.py check_links --days 30        for a month
  manage.py check_links --most 20        at most 20
  manage.py check_links --dry-run        which would be asked

in a crontab:
  15 4 * * *  manage.py check_links
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How old an answer may be, and how many are asked."""
        super().add_arguments(parser)
        parser.add_argument("--days", type=int, default=7, help="ask again after so many days (7)")
        parser.add_argument("--most", type=int, default=200, help="ask at most so many (200)")

    def run(self, options: dict[str, Any]) -> None:
        """Ask each, and tell which did not answer."""
        if options["days"] < 0 or options["most"] < 1:
            raise UsageError("--days must not be below 0, and --most not below 1.")
        before = timezone.now() - datetime.timedelta(days=options["days"])
        due = list(Source.objects.to_ask(before)[: options["most"]])
        asked = due if options["dry_run"] else [check_link(source) for source in watch(due)]
        dead = [] if options["dry_run"] else [source for source in asked if source.link_problem]
        if options["json"]:
            rows = [{"source": each.key, "url": each.url, "problem": each.link_problem} for each in dead]
            self.print_json({"dry_run": options["dry_run"], "asked": len(asked), "dead": rows})
            return
        for source in asked if options["dry_run"] else dead:
            self.stdout.write(f"{source.key} {source.url} {source.link_problem}".rstrip())
        verb = "would be asked" if options["dry_run"] else f"asked, {len(dead)} do not answer"
        self.stdout.write(f"{len(asked)} {verb}.")
