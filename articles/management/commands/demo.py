"""Load the demo newsroom, or put it back as it was."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from articles.demo.content import FOLDER, Newsroom, read_newsroom
from articles.demo.desk import ContentMismatch
from articles.demo.load import is_loaded, load_newsroom, newsroom_models
from articles.demo.staff import PASSWORD
from articles.management.base import StaffCommand
from articles.models import Story
from articles.workflow.errors import Refusal

Watch = Callable[[int, int, str], None]


class Command(StaffCommand):
    """`manage.py demo`."""

    help = (
        "Load a demo newsroom: The Kelder Courier, a daily in an invented harbour city, with stories in "
        "every state, their quotes and sources, and users in every role. It loads everything or nothing; "
        "running it twice loads it once."
    )
    examples = """\
examples:
  manage.py demo                     load the Courier, and print who can log in
  manage.py demo --dry-run           say what would be loaded, and write nothing
  manage.py demo --reset             delete all stories, quotes and sources, and load it afresh
  manage.py demo --reset --no-input  the same without asking

exit codes: 0 it is loaded, 1 it was refused and nothing is changed, 2 called wrongly
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options."""
        parser.add_argument("--reset", action="store_true", help="delete the newsroom's work first")
        parser.add_argument("--no-input", action="store_true", help="with --reset: do not ask")
        parser.add_argument(
            "--force", action="store_true", help="also where the settings are those of production"
        )
        super().add_arguments(parser)

    def run(self, options: dict[str, Any]) -> None:
        """Load, reset, or only say what would happen."""
        newsroom = read_newsroom(timezone.localtime())
        reset, dry_run = options["reset"], options["dry_run"]
        loaded = is_loaded(newsroom) and not reset
        if not loaded and not dry_run:
            self._refuse_production(force=options["force"])
            if reset:
                self._confirm(no_input=options["no_input"])
            self._load(newsroom, reset=reset)
        report = summary(newsroom, loaded=not loaded and not dry_run)
        if options["json"]:
            self.print_json(report)
        else:
            self._tell(report, dry_run=dry_run, loaded=loaded)

    def _load(self, newsroom: Newsroom, *, reset: bool) -> None:
        try:
            with progress() as watch:
                load_newsroom(newsroom, timezone.localtime(), watch=watch, reset=reset)
        except (Refusal, ContentMismatch) as error:
            raise CommandError(f"Nothing was loaded. {error}") from error

    def _refuse_production(self, *, force: bool) -> None:
        if settings.NEWSROOM_DEV or force:
            return
        if Story.objects.exists():
            raise CommandError(
                "These are the settings of production, and there are stories in the database. The demo "
                "brings users whose password everybody knows. Use another database, or --force to insist."
            )
        self.stderr.write(
            f"The users of the demo have the password “{PASSWORD}”. Do not leave them on a public machine."
        )

    def _confirm(self, *, no_input: bool) -> None:
        """Ask before deleting. Raises CommandError when the answer is not yes, or nobody is there to ask."""
        rows = sum(model._default_manager.count() for model in newsroom_models())
        if no_input or not rows:
            return
        database = settings.DATABASES["default"]["NAME"]
        if not sys.stdin.isatty():
            raise CommandError(
                "--reset deletes the newsroom's work and asks first. Add --no-input to do it without asking."
            )
        self.stderr.write(
            f"This deletes every story, quote, source, picture and event in {database}: {rows} records. "
            "Log-ins other than those of the demo stay."
        )
        try:
            answer = input("Type “yes” to go on: ")
        except EOFError:
            answer = ""
        if answer.strip().casefold() != "yes":
            raise CommandError("Nothing was deleted.")

    def _tell(self, report: dict[str, Any], *, dry_run: bool, loaded: bool) -> None:
        counts = ", ".join(f"{number} {status}" for status, number in report["stories"].items())
        if loaded:
            first = "The Kelder Courier is loaded already. “manage.py demo --reset” starts it afresh."
        elif dry_run:
            first = f"Would load The Kelder Courier: {counts}."
        else:
            first = f"Loaded The Kelder Courier: {counts}."
        lines = [first, "", f"  Readers  {report['readers']}", f"  Desk     {report['desk']}", ""]
        lines += [f"  {row['username']:<11}{row['role']:<17}{row['name']}" for row in report["users"]]
        lines += ["", f"  All log in with the password {report['password']}", ""]
        lines += [f"  Copy to try import_copy on: {report['incoming']}"]
        self.stdout.write("\n".join(lines))


def summary(newsroom: Newsroom, *, loaded: bool) -> dict[str, Any]:
    """What there is to know after loading, for people and for `--json`."""
    return {
        "loaded": loaded,
        "stories": dict(Counter(story.status for story in newsroom.stories)),
        "users": [
            {"username": user.key, "name": user.name, "role": user.role, "email": user.email}
            for user in newsroom.users
        ],
        "password": PASSWORD,
        "readers": settings.NEWSROOM_URL + reverse("articles:front"),
        "desk": settings.NEWSROOM_URL + reverse("admin:index"),
        "incoming": str(FOLDER / "incoming" / "dredger-adrift.txt"),
    }


@contextmanager
def progress() -> Iterator[Watch]:
    """Show on a terminal how far the loading is; elsewhere say nothing."""
    console = Console(stderr=True)
    columns = (
        TextColumn("Loading the demo"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.description}"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, label: bar.update(task, completed=done, total=total, description=label)
