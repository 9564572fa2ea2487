"""What a check of the gate is given and what it answers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Edition, Override, Quotation, Story
from articles.workflow.links import Leads
from articles.workflow.material import Material

FIRST_WORDS = 8


class Severity(models.TextChoices):
    """Whether a finding stops publication."""

    BLOCKER = "blocker", _("blocker")
    WARNING = "warning", _("warning")


@dataclass(frozen=True, slots=True)
class Case:
    """What the checks look at: the story's material, and who else has its address.

    `at` is the moment of publication and `note` the correction that readers would be told. `links` are those
    of the body to this site.
    """

    material: Material
    at: datetime.datetime
    note: str = ""
    edition_with_slug: Edition | None = None
    story_with_slug: Story | None = None
    links: Mapping[str, Leads] = field(default_factory=dict)

    @property
    def story(self) -> Story:
        """The story that is to be published."""
        return self.material.story


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a check found. `message` is a whole sentence; `place` says where, and is stable."""

    message: str
    place: str = "story"
    field: str = ""
    quotation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of the gate. `overridable`: a managing editor may set its blockers aside, with a reason."""

    code: str
    title: str | Promise
    run: Callable[[Case], Iterable[Problem]]
    severity: Severity = Severity.BLOCKER
    overridable: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """What stops publication, or is worth a look. `overridden` is the decision that set it aside.

    `place` is `field:<name>`, `quote:<key>`, `quotation:<pk>`, `source:<key>`, `image:<pk>`, `pull:<key>`,
    `link:<address>`, `note:<ref>` or `story`.
    """

    code: str
    severity: Severity
    message: str
    place: str
    field: str = ""
    quotation_id: int | None = None
    overridden: Override | None = None
    overridable: bool = False

    @property
    def blocks(self) -> bool:
        """Whether it stops publication now."""
        return self.severity == Severity.BLOCKER and self.overridden is None

    @property
    def docs_anchor(self) -> str:
        """The fragment of its section in docs/gate.md."""
        return self.code.lower()


def first_words(text: str) -> str:
    """The first words of `text`, to name a quotation in a sentence; marks are added by the sentence."""
    words = text.split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")


def place_of(quotation: Quotation) -> str:
    """Where a quotation is: by its quote's key where it has one, since that outlives every save."""
    return f"quote:{quotation.quote.key}" if quotation.quote else f"quotation:{quotation.pk}"


def problem_with(quotation: Quotation, message: str, **values: str) -> Problem:
    """A problem at `quotation`; `%(words)s` in `message` becomes its first words, and so on for `values`."""
    return Problem(
        message % {"words": first_words(quotation.words), **values},
        place=place_of(quotation),
        field="body",
        quotation_id=quotation.pk,
    )
