"""Say what stops stories from being published."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from articles.management.base import StaffCommand, UsageError, watch
from articles.models import Story
from articles.workflow.gate import Finding, blocking, check_gate

# Stories that nobody means to publish.
AT_REST = (Story.Status.SPIKED, Story.Status.KILLED)


class Command(StaffCommand):
    """`manage.py check_gate [STORY…]`."""

    help = (
        "Check stories against the gate and say, in sentences, what stops them. It only reads, so --dry-run "
        "changes nothing. Exit code 0: nothing stops any of them; 1: at least one is stopped; 2: it was "
        "called wrongly."
    )
    examples = """\
examples:
  manage.py check_gate                        every story on the desk
  manage.py check_gate 41 barrier-vote        these two, by number and by slug
  manage.py check_gate --warnings             warnings too
  manage.py check_gate --json > gate.json     for a program; messages go to standard error

docs/gate.md has a section for every code.
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The stories, and whether warnings are told."""
        super().add_arguments(parser)
        parser.add_argument("stories", nargs="*", metavar="STORY", help="number or slug; all without")
        parser.add_argument("--warnings", action="store_true", help="tell warnings too")

    def run(self, options: dict[str, Any]) -> None:
        """Check each story; those that are stopped count as refused."""
        stories = {str(story.pk): story for story in find_stories(options["stories"])}
        if options["dry_run"]:
            self.stderr.write("check_gate only reads; there is nothing that --dry-run would hold back.")
        found = {number: check_gate(stories[number]) for number in watch(list(stories))}
        if options["json"]:
            self.print_json({"stories": [report(stories[key], findings) for key, findings in found.items()]})
        for key, findings in found.items():
            self._tell(stories[key], findings, options)
        if not options["json"]:
            stopped = sum(1 for findings in found.values() if blocking(findings))
            self.stdout.write(f"{len(found)} checked, {stopped} stopped.")

    def _tell(self, story: Story, findings: Sequence[Finding], options: dict[str, Any]) -> None:
        stops = blocking(findings)
        if stops:
            name = f"{story.pk} {story.slug or story}"
            self.refuse(name, "One thing stops it." if len(stops) == 1 else f"{len(stops)} things stop it.")
        if options["json"]:
            return
        told = [each for each in findings if each.blocks or options["warnings"] or each.overridden]
        if told:
            self.stdout.write(f"{story.pk} {story}")
        for finding in told:
            aside = " (set aside)" if finding.overridden else ""
            self.stdout.write(f"  {finding.code} {finding.severity.label}{aside}: {finding.message}")


def find_stories(names: Sequence[str]) -> list[Story]:
    """The stories called by number or slug, in that order; all on the desk when `names` is empty.

    Raises UsageError for a name that is no story's.
    """
    if not names:
        return list(Story.objects.exclude(status__in=AT_REST).order_by("pk"))
    numbers = [int(name) for name in names if name.isdecimal() and len(name) < 19]
    found = list(Story.objects.filter(Q(pk__in=numbers) | Q(slug__in=names)).order_by("pk"))
    chosen = [[story for story in found if name in (str(story.pk), story.slug)] for name in names]
    unknown = [name for name, stories in zip(names, chosen, strict=True) if not stories]
    if unknown:
        raise UsageError(
            f"There is no story with the number or slug {', '.join(unknown)}."
            " Look at the list of stories in the admin."
        )
    return list(dict.fromkeys(story for stories in chosen for story in stories))


def report(story: Story, findings: Sequence[Finding]) -> dict[str, Any]:
    """What --json says of one story."""
    return {
        "id": story.pk,
        "slug": story.slug,
        "headline": story.headline,
        "status": story.status,
        "passes": not blocking(findings),
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "message": finding.message,
                "place": finding.place,
                "field": finding.field,
                "overridable": finding.overridable,
                "set_aside_because": finding.overridden.reason if finding.overridden else "",
            }
            for finding in findings
        ],
    }
