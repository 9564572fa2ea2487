"""Tell the cache in front of the site again what changed, in case it was not reached."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from articles.management.base import REFUSED, StaffCommand, UsageError
from articles.workflow.purge import purge_since, what_changed


class Command(StaffCommand):
    """`manage.py purge`: for a timer, or by hand after the log said that the cache was not told."""

    help = "Tell the cache in front of the site (NEWSROOM_PURGE) again what changed in the last minutes."
    examples = """\
examples:
  manage.py purge                  the last quarter of an hour
  manage.py purge --minutes 120    after a longer failure
  manage.py purge --dry-run        how many changes there were
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How far back."""
        super().add_arguments(parser)
        parser.add_argument("--minutes", type=int, default=15, help="how far back (default: 15)")

    def run(self, options: dict[str, Any]) -> None:
        """Tell it, and say of how many changes."""
        if not settings.NEWSROOM_PURGE:
            raise UsageError("NEWSROOM_PURGE is not set, so there is no cache to tell.")
        since = timezone.now() - timedelta(minutes=options["minutes"])
        try:
            count = len(what_changed(since)) if options["dry_run"] else purge_since(since)
        except OSError as error:
            told = f"The cache was not told ({error}). Run the command again."
            raise CommandError(told, returncode=REFUSED) from error
        if options["json"]:
            self.print_json({"changes": count, "told": not options["dry_run"]})
        else:
            self.stdout.write(f"changes: {count} {'would be told' if options['dry_run'] else 'told'} again")
