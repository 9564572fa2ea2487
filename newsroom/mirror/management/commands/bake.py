"""Write the whole public site as files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from articles.management.base import StaffCommand, UsageError
from newsroom.mirror.addresses import local_path
from newsroom.mirror.baking import Baker, Busy, Report, Wish


class Command(StaffCommand):
    """`manage.py bake`."""

    help = (
        "Write every page that readers can see into a folder, with the pictures and a configuration for "
        "nginx, so that a plain web server can give them when nothing else works. The next time only what "
        "changed is made again. It can be stopped and started again; what it wrote is whole at every moment."
    )
    examples = """\
examples:
  manage.py bake /srv/mirror                        make what is new and what changed
  manage.py bake /srv/mirror --workers 4            with four processes
  manage.py bake /srv/mirror --only /harbour/       only addresses that begin so, if they are due
  manage.py bake /srv/mirror --dry-run              how many pages are due
  manage.py bake /srv/mirror --serve-from /var/www/mirror
                                                    for a machine where the folder lies elsewhere
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and how much is made how."""
        super().add_arguments(parser)
        parser.add_argument("folder", type=Path, help="where the mirror is, or is to be")
        parser.add_argument("--workers", type=int, default=1, help="processes that make pages (1)")
        parser.add_argument(
            "--only", default="", metavar="ADDRESS", help="only addresses that begin with this one"
        )
        parser.add_argument("--limit", type=int, default=0, help="make so many pages at most")
        parser.add_argument("--lists", type=int, default=40, help="pages of one list at most (40)")
        parser.add_argument(
            "--cards", action="store_true", help="also the pictures that other sites show of a link"
        )
        parser.add_argument("--all", action="store_true", help="make every page again, changed or not")
        parser.add_argument(
            "--serve-from", default="", metavar="FOLDER", help="where the web server finds the folder"
        )

    def run(self, options: dict[str, Any]) -> None:
        """Bake, tell what was done, and leave with 1 when a page failed."""
        if options["workers"] < 1 or options["limit"] < 0 or options["lists"] < 0:
            raise UsageError("--workers must be 1 or more, --limit and --lists 0 or more.")
        only = options["only"] and local_path(options["only"])
        if options["only"] and not (only and options["only"].startswith(("/", "http"))):
            raise UsageError(
                f"--only takes an address of this site, such as /harbour/ or {settings.NEWSROOM_URL}/."
            )
        if settings.DEBUG:
            raise UsageError(
                "DEBUG is on: readers of the mirror would get pages for developers. "
                "Set DEBUG=0, and bake again."
            )
        wish = Wish(
            workers=options["workers"], only=only, limit=options["limit"], lists=options["lists"],
            cards=options["cards"], everything=options["all"], serve_from=options["serve_from"],
        )  # fmt: skip
        try:
            report = self._bake(options["folder"], wish, options["dry_run"])
        except Busy as busy:
            raise CommandError(str(busy)) from busy
        except OSError as error:
            raise UsageError(
                f"“{error.filename or options['folder']}” cannot be written ({error.strerror or error}). "
                "Name a folder that you may write, or make room on its disk, and bake again."
            ) from error
        for address, message in report.errors:
            self.refuse(address, message)
        self._tell(report, options)

    def _bake(self, folder: Path, wish: Wish, dry: bool) -> Report:
        if dry:
            return Baker(folder, wish).look()
        console = Console(stderr=True)
        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("")
            return Baker(folder, wish, lambda made, due: bar.update(task, completed=made, total=due)).bake()

    def _tell(self, report: Report, options: dict[str, Any]) -> None:
        if options["json"]:
            facts = {name: getattr(report, name) for name in ("due", "asked", "written", "removed", "left")}
            self.print_json(facts | {"statuses": report.statuses, "errors": dict(report.errors)})
        elif options["dry_run"]:
            self.stdout.write(f"pages: {report.due} due")
        else:
            self.stdout.write(
                f"pages: {report.asked} asked for, {report.written} written, {report.removed} removed, "
                f"{report.left} left for the next time"
            )
