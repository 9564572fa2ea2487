"""Bring an archive in: a story a line, its quotations found, everything ready for checking."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError
from django.db import reset_queries
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from articles.management.asking import find_section, find_user
from articles.management.base import STDIN, StaffCommand, UsageError
from articles.management.reading import Batch, Line, in_batches, read_batches
from articles.management.worker import tidy_less
from articles.text.incoming import UnreadableItem, read_item
from articles.workflow.bulk import AT_ONCE, Became, Taken, Terms, check_terms, known_items, rehearse, take_in
from articles.workflow.bulk_read import Draft
from articles.workflow.errors import Refusal

REFUSED = frozenset({Became.REFUSED, Became.CHANGED})


class Command(StaffCommand):
    """`manage.py import_stories`."""

    help = (
        "Bring stories of another system in, one JSON object a line: ninjs 3.1 as our own API writes it, or "
        "the plain form that docs/import.md shows. Every quotation is found and attributed, and its record "
        "made, as if each story were brought in by itself. They come in as drafts, ready for checking. A "
        "story comes in once, however often it is given: stop the import, run it again, and it goes on."
    )
    examples = """\
examples:
  manage.py import_stories archive.ndjson --by alma
  manage.py import_stories archive.ndjson --dry-run        read everything, and write nothing
  manage.py import_stories archive.ndjson --rejects mend.ndjson --section town
  manage.py import_stories archive.ndjson --by greta --already-public "Our archive since 1998"
  zcat archive.ndjson.gz | manage.py import_stories - --workers 4 --json

a line in the plain form:
  {"uri": "tag:…", "headline": "…", "body": "<p>…</p>", "byline": "…", "section": "Harbour",
   "published_at": "2009-03-02T11:00:00+00:00", "url": "https://…", "topics": ["ferries"]}

exit codes: 0 all is in, 1 some was refused (the rest is in), 2 called wrongly
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="lines of JSON, or - for standard input")
        parser.add_argument(
            "--by", default="", metavar="USER",
            help="the log-in of who brings them in and owns the drafts; somebody else verifies the quotes",
        )  # fmt: skip
        parser.add_argument(
            "--section",
            default="",
            metavar="S",
            help="name or slug, for stories whose own section is not here",
        )
        parser.add_argument(
            "--already-public", default=None, metavar="WHY",
            help="readers know these stories: let them read on at once, their quotes marked as unverified. "
            "For a managing editor (--by); the reason stays on record with each story",
        )  # fmt: skip
        parser.add_argument(
            "--rejects",
            default="",
            metavar="FILE",
            help="write the lines that were refused there, to mend them",
        )
        parser.add_argument("--limit", type=int, default=None, metavar="N", help="read N lines at most")
        parser.add_argument(
            "--workers", type=int, default=len(os.sched_getaffinity(0)), metavar="N",
            help="processes that read (%(default)s on this machine); one more writes",
        )  # fmt: skip
        super().add_arguments(parser)

    def run(self, options: dict[str, Any]) -> None:
        """Read ahead in several processes, and write batch after batch."""
        why = options["already_public"]
        if (
            why is not None and not why.strip()
        ):  # else an empty variable of a shell makes drafts of an archive
            raise UsageError("--already-public: Say why readers may read these stories without the gate.")
        terms = Terms(
            by=find_user(options["by"]),
            origin=", ".join(name for name in options["files"] if name != STDIN)[:200] or "standard input",
            section=find_section(options["section"]),
            already_public=why or "",
        )
        try:
            check_terms(terms)
        except Refusal as refusal:
            raise UsageError(refusal.message) from refusal
        self.counts: Counter[str] = Counter()
        if self._called_from_command_line:
            tidy_less()
        with ExitStack() as stack:
            self.rejects = _open_rejects(options["rejects"], stack)
            lines = self._lines(options, stack)
            try:
                self._take_all(lines, terms, options)
            except (BrokenProcessPool, KeyboardInterrupt) as error:
                raise CommandError(
                    f"The import was stopped after {self.counts[Became.CREATED]} stories, which are in. "
                    "Run it again with the same files: it goes on where it was."
                ) from error
        self._tell(options)

    def _take_all(self, lines: Iterator[Line], terms: Terms, options: dict[str, Any]) -> None:
        take = rehearse if options["dry_run"] else take_in
        batches = (fresh for batch in in_batches(lines, AT_ONCE) if (fresh := self._unknown(batch)))
        for batch, read in read_batches(batches, options["workers"]):
            drafts = [
                (line, draft)
                for line, draft in zip(batch, read, strict=True)
                if isinstance(draft, Draft) or self._refuse(line.place, line.raw, draft)
            ]
            taken = take([draft for _line, draft in drafts if isinstance(draft, Draft)], terms)
            for (line, draft), became in zip(drafts, taken, strict=True):
                self._note(line, became)
                if became.became is Became.CREATED and isinstance(draft, Draft):
                    self.counts["quotations"] += len(draft.words)
            reset_queries()  # with DEBUG on, Django would remember each

    def _lines(self, options: dict[str, Any], stack: ExitStack) -> Iterator[Line]:
        """The lines that hold a story; the others are refused."""
        advance = _watch(options["files"], stack)
        for place, raw in islice(self.read_lines(options["files"]), options["limit"]):
            advance(len(raw))
            try:
                yield Line(place, raw, read_item(raw))
            except UnreadableItem as error:
                self._refuse(place, raw, str(error))

    def _unknown(self, batch: Batch) -> list[Line]:
        """Those of a batch that did not come in before; the others are not read again."""
        known = known_items([line.item for line in batch])
        for line, became in zip(batch, known, strict=True):
            if became is not None:
                self._note(line, became)
        return [line for line, became in zip(batch, known, strict=True) if became is None]

    def _note(self, line: Line, taken: Taken) -> None:
        if taken.became in REFUSED:
            self._refuse(line.place, line.raw, taken.message, taken.became)
            return
        self.counts[taken.became] += 1
        if taken.message:
            self.stderr.write(f"{line.place}: {taken.message}")

    def _refuse(self, place: str, raw: bytes, message: str, became: Became = Became.REFUSED) -> bool:
        self.counts[became] += 1
        self.refuse(place, message)
        if self.rejects:
            self.rejects.write(raw if raw.endswith(b"\n") else raw + b"\n")
        return False

    def _tell(self, options: dict[str, Any]) -> None:
        counts = {each.name.lower(): self.counts[each] for each in Became}
        report = {**counts, "quotations": self.counts["quotations"], "dry_run": options["dry_run"]}
        if options["json"]:
            self.print_json(report)
            return
        would = "would come" if options["dry_run"] else "came"
        self.stdout.write(
            f"{report['created']} stories {would} in with {report['quotations']} quotations; "
            f"{report['known']} were in before, {report['same_copy']} have the text of another, "
            f"{report['changed']} changed since, {report['refused']} were refused."
        )


def _open_rejects(name: str, stack: ExitStack) -> BinaryIO | None:
    if not name:
        return None
    try:
        return stack.enter_context(Path(name).open("xb"))
    except FileExistsError as error:
        raise UsageError(f"--rejects: There is a file “{name}” already. Name a new one.") from error
    except OSError as error:
        raise UsageError(
            f"--rejects: “{name}” cannot be written ({error.strerror}). Name another."
        ) from error


def _watch(names: list[str], stack: ExitStack) -> Any:
    """A bar on a terminal that shows how much is read; returns what is told of each line."""
    console = Console(stderr=True)
    sizes = [Path(name).stat().st_size for name in names if Path(name).is_file()]
    columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn(), TextColumn("[dim]{task.description}"))
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = stack.enter_context(bar).add_task("reading", total=sum(sizes) or None)
    return lambda size: bar.advance(task, size)
