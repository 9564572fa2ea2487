"""Tell people what is due: their reminders, and stories that want another look."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from articles.management.base import StaffCommand
from articles.workflow.reminders import Due, find_due, tell_due


class Command(StaffCommand):
    """`manage.py remind`."""

    help = (
        "Tell people, as each chose to hear of it, which of their reminders are due, which developing "
        "stories nobody has touched, which corrections are due, whose embargo ends today, and which pictures "
        "may soon not be shown. Each is told once; a correction once a day until it is made, a picture once "
        "a week. Let cron run it every few minutes. Exit code 0."
    )
    examples = """\
examples:
  manage.py remind                     tell what is due now
  manage.py remind --dry-run           say what would be told, and tell nobody
  manage.py remind --json              for a program

in a crontab:
  */5 * * * *  manage.py remind

NEWSROOM_DEVELOPING_HOURS says after how many hours a developing story lies still.
"""

    def run(self, options: dict[str, Any]) -> None:
        """Tell it, or only say it."""
        now = timezone.now()
        found = find_due(now) if options["dry_run"] else tell_due(now)
        if options["json"]:
            self.print_json({"dry_run": options["dry_run"], "told": [_report(due) for due in found]})
            return
        for due in found:
            self.stdout.write(f"{due.story.pk} {due.story}: {_words(due)}")
        verb = "would be told" if options["dry_run"] else "told"
        self.stdout.write(f"{len(found)} {verb}.")


def _words(due: Due) -> str:
    """What is told; the note of a reminder is its owner's alone."""
    return f"reminder of {due.reminder.user.get_username()}" if due.reminder else due.words


def _report(due: Due) -> dict[str, Any]:
    return {
        "story": due.story.pk,
        "headline": str(due.story),
        "why": due.action,
        "for": due.reminder.user.get_username() if due.reminder else None,
    }
