"""What every command of the staff shares: files in, one report out, messages beside it, honest exit codes."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, Final

from django.core.management.base import BaseCommand, CommandError, SystemCheckError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from articles.text.decode import UnreadableCopy, decode_copy

STDIN: Final = "-"
READ_AT_MOST: Final = 64_000_000  # bytes: more is refused by its size, whatever it is
REFUSED, USAGE = 1, 2


class UsageError(CommandError):
    """The command was called wrongly. Exit code 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=USAGE)


class StaffCommand(BaseCommand):
    """A command with examples, --dry-run and --json.

    Exit codes: 0 all is well, 1 some of the input was refused (the rest was done), 2 it was called wrongly.
    With --json there is one object on standard output; messages go to standard error.
    """

    examples: ClassVar[str] = ""
    refused: int

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """The parser, with the examples as they are written."""
        kwargs |= {"epilog": self.examples, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options that all have; a command adds its own after calling this."""
        parser.add_argument("--dry-run", action="store_true", help="say what would be done; write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of words")

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run; on the command line, what went wrong is told in a sentence, without the name of a class."""
        try:
            return super().execute(*args, **options)
        except SystemCheckError:
            raise
        except CommandError as error:
            if not self._called_from_command_line or options.get("traceback"):
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command and leave with its exit code."""
        self.refused = 0
        self.run(options)
        if self.refused:
            raise CommandError(_count(self.refused), returncode=REFUSED)

    def run(self, options: dict[str, Any]) -> None:
        """Do the work. Call `refuse` for input that cannot be used, and go on with the rest."""
        raise NotImplementedError

    def refuse(self, name: str, message: str) -> None:
        """Say on standard error what is wrong with the input `name`."""
        self.refused += 1
        self.stderr.write(f"{name}: {message}")

    def print_json(self, report: Any) -> None:
        """Print the one object of --json."""
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))

    def read_all(self, names: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The name and the text of each file that can be read as copy; the others are refused."""
        for name in self._each(names):
            try:
                yield _shown(name), decode_copy(read_bytes(name))
            except UnreadableCopy as error:
                self.refuse(_shown(name), str(error))
            except OSError as error:
                self.refuse(_shown(name), _why_unread(error))

    def read_lines(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Every line of each file that is not empty, with its place; unreadable files are refused."""
        for name in self._each(names):
            try:
                with _open(name) as file:
                    for number, line in enumerate(file, 1):
                        if line.strip():
                            yield f"{_shown(name)}, line {number}", line
            except OSError as error:
                self.refuse(_shown(name), _why_unread(error))

    def _each(self, names: Sequence[str]) -> Iterator[str]:
        if names.count(STDIN) > 1:
            raise UsageError("“-” stands for standard input and can be given once only.")
        return watch(names)


def _open(name: str) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb")


def _shown(name: str) -> str:
    """The name of a file as text that can be printed and stored, whatever its bytes are."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name)


def read_bytes(name: str) -> bytes:
    """The bytes of a file, or of standard input for “-”. Raises OSError."""
    with _open(name) as file:
        return file.read(READ_AT_MOST)


def watch(names: Sequence[str]) -> Iterator[str]:
    """Go through `names`; on a terminal, show how far it is."""
    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("[dim]{task.description}"))
    hidden = not console.is_terminal or len(names) < 2
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task("", total=len(names))
        for name in names:
            bar.update(task, description=name)
            yield name
            bar.advance(task)


def _why_unread(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "There is no such file. Look at its name and at the folder you are in."
    if isinstance(error, IsADirectoryError):
        return "This is a folder. Name the files in it."
    if isinstance(error, PermissionError):
        return "You may not read this file. Ask who owns it for permission."
    return f"The file cannot be read ({error.strerror or error}). Look at its name and try again."


def _count(refused: int) -> str:
    return "One input was refused." if refused == 1 else f"{refused} inputs were refused."
