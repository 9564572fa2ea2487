"""Erase who sent readers' disputes, once the time for which the paper keeps it is over."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from articles.management.base import StaffCommand
from articles.models import Dispute
from articles.workflow.disputes import erase_senders, kept_for


class Command(StaffCommand):
    """`manage.py erase_senders`."""

    help = (
        "Erase the names and e-mail addresses of readers who reported something longer ago than "
        "NEWSROOM_DISPUTE_KEEP_DAYS, and the words of spam. Reports and answers stay, without a name; each "
        "erasure is an event. Let cron run it every night. Exit code 0."
    )
    examples = """\
examples:
  manage.py erase_senders              erase what is old enough
  manage.py erase_senders --dry-run    say how many, and erase nothing
  manage.py erase_senders --json       for a program

in a crontab:
  15 3 * * *  manage.py erase_senders
"""

    def run(self, options: dict[str, Any]) -> None:
        """Erase it, or only count it."""
        now = timezone.now()
        if options["dry_run"]:
            old = Dispute.objects.with_personal_data().filter(received_at__lte=now - kept_for())
            number = old.count()
        else:
            number = erase_senders(now)
        if options["json"]:
            self.print_json({"dry_run": options["dry_run"], "erased": number})
            return
        verb = "would be erased" if options["dry_run"] else "erased"
        self.stdout.write(f"The senders of {number} disputes {verb}.")
