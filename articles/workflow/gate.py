"""The gate: what stops a story from being published, in sentences. `docs/gate.md` has a section a check."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Final

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import ngettext

from articles.models import Edition, Override, Story
from articles.text.elements import internal_links
from articles.workflow import gate_body, gate_images, gate_people, gate_quotations, gate_story
from articles.workflow.errors import GateClosed
from articles.workflow.gate_finding import Case, Check, Finding, Problem, Severity
from articles.workflow.links import follow_links
from articles.workflow.material import Material, gather

__all__ = ["CHECKS", "Check", "Finding", "Severity", "blocking", "check_gate", "check_material", "pass_gate"]

CHECKS: Final[tuple[Check, ...]] = (
    *gate_story.CHECKS,
    *gate_quotations.CHECKS,
    *gate_people.CHECKS,
    *gate_images.CHECKS,
    *gate_body.CHECKS,
)
CHECK_BY_CODE: Final = {check.code: check for check in CHECKS}


def check_gate(story: Story, *, at: datetime.datetime | None = None) -> list[Finding]:
    """All findings on `story` as it is stored, if it were published at `at` (now when not given).

    Blockers that somebody set aside are in the list, with the decision. A constant number of queries.
    """
    return check_material(gather(story), at=at)


def check_material(material: Material, *, at: datetime.datetime | None = None) -> list[Finding]:
    """`check_gate` for a story whose material was read just now."""
    return find(material, at=at or timezone.now())


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those of `findings` that stop publication: blockers that nobody set aside."""
    return [finding for finding in findings if finding.blocks]


def pass_gate(material: Material, *, at: datetime.datetime, note: str = "") -> list[Finding]:
    """The findings on `material`; raises GateClosed with the blockers when there are any."""
    findings = find(material, at=at, note=note)
    if stops := blocking(findings):
        message = ngettext(
            "One thing stops publication. Clear it, then publish again.",
            "%(count)d things stop publication. Clear them, then publish again.",
            len(stops),
        )
        raise GateClosed(message % {"count": len(stops)}, stops)
    return findings


def find(material: Material, *, at: datetime.datetime, note: str = "") -> list[Finding]:
    """Run every check on `material`; the same problem at the same place is told once."""
    edition, story = _others(material.story)
    links = follow_links(internal_links(material.plain.html))
    case = Case(material, at, note, edition, story, links)
    overrides = {(each.code, each.place): each for each in _overrides(material.story)}
    found: dict[tuple[str, str], Finding] = {}
    for check in CHECKS:
        for problem in check.run(case):
            place = (check.code, problem.place)
            decision = overrides.get(place) if check.overridable else None
            found.setdefault(place, _finding(check, problem, decision))
    return list(found.values())


def _finding(check: Check, problem: Problem, decision: Override | None) -> Finding:
    return Finding(
        code=check.code,
        severity=check.severity,
        message=problem.message,
        place=problem.place,
        field=problem.field,
        quotation_id=problem.quotation_id,
        overridden=decision,
        overridable=check.overridable and check.severity == Severity.BLOCKER,
    )


def _overrides(story: Story) -> Iterable[Override]:
    return Override.objects.filter(story=story, story_version=story.version).select_related("by")


def _others(story: Story) -> tuple[Edition | None, Story | None]:
    """An edition of another story that has the address of this one, and a story that plans to."""
    if not story.slug:
        return None, None
    section = story.section.slug if story.section else ""
    editions = (
        Edition.objects.filter(Q(live_until__isnull=True) | Q(section_slug=section), slug=story.slug)
        .exclude(story=story)
        .exclude(live_until=F("live_from"))  # a cancelled schedule: nobody ever saw it
        .only("headline", "live_until")
        .order_by(F("live_until").desc(nulls_first=True))
    )
    stories = (
        Story.objects.filter(slug=story.slug)
        .exclude(pk=story.pk)
        .exclude(status__in=[Story.Status.SPIKED, Story.Status.KILLED])
        .only("headline", "slugline")
    )
    return editions.first(), stories.first()
