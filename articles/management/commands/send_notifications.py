"""Send by mail what people are still to be told."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from articles.management.base import StaffCommand, UsageError
from articles.models import Notification
from articles.workflow.mail import Letter, send_letters, write_letters


class Command(StaffCommand):
    """`manage.py send_notifications`."""

    help = (
        "Send what waits to be mailed, one mail a person about everything: what could not be sent at once, "
        "or all of it where NEWSROOM_MAIL_AT_ONCE is 0. What is older than three days is not sent any more. "
        "Exit code 0: all of it left, or nothing waits; 1: some mail could not be sent, and waits for the "
        "next time; 2: it was called wrongly, or no mail is set up."
    )
    examples = """\
examples:
  manage.py send_notifications               send what waits; once in some minutes is a good rhythm
  manage.py send_notifications --to mara     only to the log-in “mara”
  manage.py send_notifications --dry-run     say to whom mail would go; send nothing
  manage.py send_notifications --json        for a program; messages go to standard error
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """To whom."""
        super().add_arguments(parser)
        parser.add_argument("--to", metavar="LOG-IN", help="send to this person alone")

    def run(self, options: dict[str, Any]) -> None:
        """Send one mail a person; those that fail count as refused."""
        if not settings.NEWSROOM_MAIL:
            raise UsageError("No mail is set up. Set EMAIL_URL (see .env.example), then try again.")
        waiting = Notification.objects.all()
        if options["to"]:
            waiting = waiting.filter(to__username=options["to"])
        letters = write_letters(waiting)
        if options["dry_run"]:
            self._report(letters, (), options, "would be sent")
            return
        posted = send_letters(letters)
        for letter, error in posted.failed:
            self.refuse(letter.address, f"The mail could not be sent ({error}). It waits for the next time.")
        self._report(posted.sent, [letter for letter, _error in posted.failed], options, "sent")

    def _report(
        self, letters: Sequence[Letter], failed: Sequence[Letter], options: dict[str, Any], done: str
    ) -> None:
        if options["json"]:
            report = {"dry_run": options["dry_run"], "mails": _told(letters), "failed": _told(failed)}
            self.print_json(report)
            return
        for letter in letters:
            self.stdout.write(f"{letter.address}: {letter.subject}")
        self.stdout.write(f"{len(letters)} {'mail' if len(letters) == 1 else 'mails'} {done}.")


def _told(letters: Sequence[Letter]) -> list[dict[str, Any]]:
    return [
        {"to": letter.address, "subject": letter.subject, "notifications": len(letter.about)}
        for letter in letters
    ]
