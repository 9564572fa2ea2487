"""Find the quotations of texts and who said them; without a database."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any

from articles.management.base import StaffCommand
from articles.text.attribution import AttributedQuotation, read_quotations
from articles.text.decode import UnreadableCopy, check_copy
from articles.text.nested import read_nested
from articles.text.parse import parse_copy
from articles.text.quotations import Kind
from articles.text.spans import Span

STRAY = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
LONGEST = 2_000_000  # characters of one text


class Command(StaffCommand):
    """`manage.py find_quotes`."""

    help = (
        "Find the quotations of each text: where they stand, who said them, as what, and how the program "
        "knows. Titles, terms and scare quotes are left out unless --all is given, and words that are only "
        "reported (“said that …”) unless --indirect is. The lines of an interview that stand without marks "
        "(“Q. …”, “MRS VANE: …”) are found with --interviews, and what somebody else says inside a quotation "
        "with --nested. No database is needed."
    )
    examples = """\
examples:
  manage.py find_quotes story.txt
  manage.py find_quotes story.txt --json
  manage.py find_quotes story.txt --indirect
  manage.py find_quotes interview.txt --interviews
  cat story.txt | manage.py find_quotes -
  manage.py find_quotes stories.jsonl --jsonl > quotes.jsonl

With --jsonl each line of input is {"id": …, "text": …}, and each line of output
  {"id": …, "quotes": [{"start", "end", "text", "quote", "kind", "speaker", "role", "cue", "sure", "reason"}]}
with one entry for each segment: marks excluded, offsets in characters of the text given, and “quote” the
number of the utterance that segments share. “kind” is direct or partial; with --all also title or scare,
with --indirect also indirect: reported without marks, never sure, and maybe in two segments around its verb.
With --interviews the lines after “Q.”, “A.” or a name and a colon are direct; the desk and import_copy read
them always. Here they are asked for, since who counts what stands in marks would take them for mistakes.
With --nested the words that a speaker gives as somebody else's follow those of the speaker, whose part they
are: an utterance of its own, never sure.

exit codes: 0 all was read, 1 some was refused (the rest was read), 2 called wrongly
"""
    requires_system_checks: Sequence[str] = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="a text file, or - for standard input")
        parser.add_argument("--jsonl", action="store_true", help="read and write one JSON object a line")
        parser.add_argument("--all", action="store_true", help="titles, terms and scare quotes as well")
        parser.add_argument(
            "--indirect", action="store_true", help="reported speech without quotation marks as well"
        )
        parser.add_argument(
            "--interviews",
            action="store_true",
            help="the lines of an interview as well, which have a label in place of marks",
        )
        parser.add_argument(
            "--nested", action="store_true", help="what somebody else says inside a quotation as well"
        )
        super().add_arguments(parser)

    def run(self, options: dict[str, Any]) -> None:
        """Read text after text. Nothing is ever written, with --dry-run or without."""
        if options["jsonl"]:
            for report in self._read_lines(options):
                self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        reports = [
            {"file": name, "quotes": read_copy(text, everything=options["all"], **_asked(options))}
            for name, text in self.read_all(options["files"])
        ]
        if options["json"]:
            self.print_json({"files": reports})
        elif reports:
            self.stdout.write("\n\n".join(tell(report) for report in reports))

    def _read_lines(self, options: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for place, line in self.read_lines(options["files"]):
            try:
                given = json.loads(line)
                found = _read(_checked(given["text"]), **_asked(options))
            except UnreadableCopy as error:
                self.refuse(place, str(error))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                self.refuse(place, 'This is not {"id": …, "text": …} in UTF-8. Look at this line.')
            else:
                yield {"id": given.get("id"), "quotes": entries(found, everything=options["all"])}


def _asked(options: dict[str, Any]) -> dict[str, bool]:
    """What else than marked words is to be found."""
    return {
        "indirect": options["indirect"],
        "labelled": options["interviews"],
        "nested": options["nested"],
    }


def _read(
    text: str, headline: str = "", /, *, indirect: bool = False, labelled: bool = False, nested: bool = False
) -> tuple[AttributedQuotation, ...]:
    """The quotations in the order of the text, each before those nested in it."""
    found = read_quotations(text, headline=headline, indirect=indirect, labelled=labelled)
    if not nested:
        return found
    inner = read_nested(text, found)
    return tuple(sorted([*found, *inner], key=lambda item: item.quotation.segments[0].start))


def _checked(text: str) -> str:
    """`text` as it is, so that offsets stay. Raises UnreadableCopy, and AttributeError for what is no text.

    A stray control character spoils nothing here, since nothing is stored; NUL does.
    """
    if text.strip():
        check_copy(STRAY.sub(" ", text), limit=LONGEST)
    return text


def read_copy(text: str, *, everything: bool, **asked: bool) -> list[dict[str, Any]]:
    """The quotations of raw copy, with what else is asked for; offsets are those of the copy."""
    parsed = parse_copy(text)
    headline = parsed.headline.text if parsed.headline else ""
    found = entries(_read(parsed.body, headline, **asked), everything=everything)
    for entry in found:
        place = parsed.original_span(Span(entry["start"], entry["end"]))
        entry["start"], entry["end"] = place.start, place.end
    return found


def entries(found: Sequence[AttributedQuotation], *, everything: bool) -> list[dict[str, Any]]:
    """One entry for each segment; segments of one utterance share the number `quote`."""
    kept = [each for each in found if everything or each.quotation.is_speech]
    return [
        {
            "start": segment.start,
            "end": segment.end,
            "text": segment.text,
            "quote": number,
            "kind": str(each.quotation.kind),
            "speaker": each.attribution.speaker,
            "role": each.attribution.role,
            "cue": each.attribution.cue,
            "sure": each.attribution.sure,
            "reason": each.attribution.reason,
        }
        for number, each in enumerate(kept)
        for segment in each.quotation.segments
    ]


def tell(report: dict[str, Any]) -> str:
    """The quotations of one file for people."""
    lines = [f"{report['file']}:"]
    for entry in report["quotes"]:
        words = entry["text"] if entry["kind"] == Kind.INDIRECT else f"“{entry['text']}”"
        speaker = ", ".join(part for part in (entry["speaker"], entry["role"]) if part) or "nobody"
        lines += [
            f"  {entry['start']}–{entry['end']} {entry['kind']} {words}",
            f"    {speaker}{'' if entry['sure'] else ' (not sure)'}: {entry['reason']}",
        ]
    return "\n".join(lines if report["quotes"] else [*lines, "  No quotation was found."])
