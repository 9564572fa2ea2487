"""Tell the cache in front of the site again what changed, in case it was not reached."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.workflow.purge import purge_since


class Command(BaseCommand):
    """`manage.py purge`: for a timer, or by hand after the log said that the cache was not told."""

    help = "Tell the cache in front of the site (NEWSROOM_PURGE) again what changed in the last minutes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--minutes", type=int, default=15, help="how far back (default: 15)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.NEWSROOM_PURGE:
            raise CommandError("NEWSROOM_PURGE is not set, so there is no cache to tell.")
        try:
            count = purge_since(timezone.now() - timedelta(minutes=options["minutes"]))
        except OSError as error:
            raise CommandError(f"The cache was not told ({error}). Run the command again.") from error
        self.stdout.write(f"changes: {count} told again")
