"""Bring raw copy in: clean drafts with their quotations found and attributed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.urls import reverse

from articles.management.asking import find_section, find_user
from articles.management.base import StaffCommand, UsageError
from articles.models import Story
from articles.text.attribution import AttributedQuotation
from articles.text.quotations import Kind
from articles.text.spans import Span
from articles.workflow.edit import free_slug
from articles.workflow.errors import Refusal
from articles.workflow.intake import Intake, Preview, check_address, intake_copy, preview_copy

RECORDED = (Kind.DIRECT, Kind.PARTIAL)


class Command(StaffCommand):
    """`manage.py import_copy`."""

    help = (
        "Make a draft from each file of raw copy: advertising and dead links are cut and listed, headline "
        "and paragraphs are found, every quotation is attributed, and the copy is filed as its source. The "
        "same copy is brought in once, however often it is given."
    )
    examples = """\
examples:
  manage.py import_copy story.txt
  manage.py import_copy wire/*.txt --section harbour --topic ferries --topic budget --by alma
  manage.py import_copy story.txt --source-url https://wire.example/story --json
  manage.py import_copy story.txt --dry-run      show what would be found, and write nothing
  pbpaste | manage.py import_copy -              read standard input

exit codes: 0 all copy is in, 1 some was refused (the rest is in), 2 called wrongly
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="a text file, or - for standard input")
        parser.add_argument(
            "--source-url",
            default="",
            metavar="URL",
            help="where it was published; kept with its source",
        )
        parser.add_argument("--section", default="", metavar="S", help="name or slug of the section")
        parser.add_argument(
            "--topic", action="append", default=[], metavar="T", help="what it is about; may be given again"
        )
        parser.add_argument(
            "--by", default="", metavar="USER",
            help="the log-in of who brings it in and will own the drafts; somebody else verifies the quotes",
        )  # fmt: skip
        super().add_arguments(parser)

    def run(self, options: dict[str, Any]) -> None:
        """Bring in file after file."""
        facts = {
            "source_url": _address(options["source_url"]),
            "section": find_section(options["section"]),
            "by": find_user(options["by"]),
            "topics": options["topic"],
        }
        reports = []
        for name, text in self.read_all(options["files"]):
            try:
                reports.append(self._take(name, text, facts, options))
            except Refusal as refusal:
                self.refuse(name, refusal.message)
        if options["json"]:
            self.print_json({"stories": reports})

    def _take(self, name: str, text: str, facts: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
        if options["dry_run"]:
            preview = preview_copy(text)
            story, created = preview.duplicate_of, False
        else:
            intake: Intake = intake_copy(text, origin=name, **facts)
            preview, story, created = intake.preview, intake.story, intake.created
        report = describe(preview, story)
        if story is not None and not created:
            self.stderr.write(f"{name}: This copy came in before, as story {story.pk}. Nothing was written.")
        if not options["json"]:
            self.stdout.write(tell(name, report, dry_run=options["dry_run"]))
        return report


def describe(preview: Preview, story: Story | None) -> dict[str, Any]:
    """What became of copy, or would, as `--json` prints it."""
    address = reverse("admin:articles_story_change", args=[story.pk]) if story else None
    return {
        "id": story.pk if story else None,
        "headline": story.headline if story else preview.headline,
        "slug": story.slug if story else free_slug(preview.headline, pk=None),
        "developing": story.developing if story else preview.developing,
        "removed": [{"text": cut.text, "reason": cut.reason} for cut in preview.cuts],
        "paragraphs": len(preview.paragraphs),
        "quotes": [
            _describe_quote(preview, found)
            for found in preview.quotations
            if found.quotation.kind in RECORDED
        ],
        "admin_url": f"{settings.NEWSROOM_URL}{address}" if address else None,
    }


def _describe_quote(preview: Preview, found: AttributedQuotation) -> dict[str, Any]:
    segments = found.quotation.segments
    places = [preview.parsed.original_span(Span(each.start, each.end)) for each in segments]
    return {
        "text": " … ".join(segment.text for segment in segments),
        "kind": str(found.quotation.kind),
        "speaker": found.attribution.speaker,
        "role": found.attribution.role,
        "cue": found.attribution.cue,
        "reason": found.attribution.reason,
        "segments": [[place.start, place.end] for place in places],
    }


def tell(name: str, report: dict[str, Any], *, dry_run: bool) -> str:
    """The same for people."""
    story = f"story {report['id']}" if report["id"] else "a new story"
    lines = [
        f"{name}: {'would be ' if dry_run else ''}{story}, “{report['headline'] or 'no headline found'}”",
        f"  {report['paragraphs']} paragraphs{', a developing story' if report['developing'] else ''}",
    ]
    if report["admin_url"]:
        lines.append(f"  {report['admin_url']}")
    lines += [f"  cut: “{_short(cut['text'])}” {cut['reason']}" for cut in report["removed"]]
    for quote in report["quotes"]:
        speaker = ", ".join(part for part in (quote["speaker"], quote["role"]) if part) or "nobody yet"
        lines += [f"  {quote['kind']}: “{_short(quote['text'])}”", f"    {speaker}: {quote['reason']}"]
    return "\n".join(lines)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 72 else f"{words[:70]} …"


def _address(url: str) -> str:
    try:
        check_address(url)
    except Refusal as refusal:
        raise UsageError(f"--source-url: {refusal.message}") from refusal
    return url
