"""The front page as editors arranged it. Each arrangement is written once; the last one counts.

Slots name stories by number. Readers' pages go from the number to the edition that readers see now, so that a
slot whose story is gone, not live yet or past its time is filled as if nobody had arranged it.
"""

import datetime
import re
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q, Subquery
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from articles.models.frozen import FrozenModel, FrozenQuerySet

_CODE = re.compile(r"(lead|under|second|section):(\d{1,18})(?:@(\S{10,40}))?", re.ASCII)


class Place(models.TextChoices):
    """Where a story can stand by decision of an editor."""

    LEAD = "lead", _("Lead")
    UNDER = "under", _("Under the lead")
    SECOND = "second", _("Beside the lead")
    SECTION = "section", _("First in its section")


MOST = {Place.LEAD: 1, Place.UNDER: 2, Place.SECOND: 3, Place.SECTION: 20}


class Part(models.TextChoices):
    """What fills itself on the front page, and can be left out."""

    RECENT = "recent", _("Most recent")
    DEVELOPING = "developing", _("Developing")
    ON_RECORD = "on_record", _("On the record")
    CORRECTIONS = "corrections", _("Corrections")


@dataclass(frozen=True, slots=True)
class Slot:
    """A story in a place, until a time or until it is taken out."""

    place: str
    story_id: int
    until: datetime.datetime | None = None

    @property
    def code(self) -> str:
        """The slot as an address or a form carries it: `lead:12` or `lead:12@2031-05-01T18:00:00+00:00`."""
        return f"{self.place}:{self.story_id}" + (f"@{self.until.isoformat()}" if self.until else "")

    @classmethod
    def read(cls, code: str) -> "Slot | None":
        """The slot of a code; None for what is none."""
        match = _CODE.fullmatch(code)
        if match is None:
            return None
        try:
            until = parse_datetime(match[3]) if match[3] else None
        except ValueError:
            return None
        if match[3] and (until is None or timezone.is_naive(until)):
            return None
        return cls(match[1], int(match[2]), until)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What an editor decided about the front page; empty: everything is chosen automatically."""

    slots: tuple[Slot, ...] = ()
    hidden: tuple[str, ...] = ()  # of Part
    number: int = 0  # 0: nobody arranged anything yet

    def at(self, place: str, now: datetime.datetime) -> list[int]:
        """The numbers of the stories that stand in `place`, in their order."""
        return [s.story_id for s in self.slots if s.place == place and (s.until is None or s.until > now)]

    def due(self, now: datetime.datetime) -> list[int]:
        """The numbers of all stories that have a place now."""
        return [s.story_id for s in self.slots if s.until is None or s.until > now]


class FrontPageQuerySet(FrozenQuerySet):
    """Questions about arrangements."""

    def arrangement(self) -> Arrangement:
        """The last arrangement, in one query; an empty one when there is none."""
        last = self.order_by("-number").values("pk")[:1]
        names = ("number", "hidden", "slots__place", "slots__story_id", "slots__until")
        rows = list(self.filter(pk=Subquery(last)).order_by("slots__position").values_list(*names))
        if not rows:
            return Arrangement()
        slots = [Slot(place, story, until) for _number, _hidden, place, story, until in rows if place]
        return Arrangement(tuple(slots), tuple(rows[0][1]), rows[0][0])


class FrontPage(FrozenModel):
    """One arrangement of the front page. One without slots is “as the program chooses”."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    hidden = models.JSONField(_("left out"), default=list, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("arranged by")
    )
    at = models.DateTimeField(_("at"))

    objects = FrontPageQuerySet.as_manager()

    class Meta(FrozenModel.Meta):
        abstract = False
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")
        ordering = ["-number"]
        permissions = [("arrange_frontpage", "Can arrange the front page")]
        constraints = [models.CheckConstraint(condition=Q(number__gte=1), name="front_page_has_a_number")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number}"


class FrontSlot(FrozenModel):
    """A story in a place of one arrangement."""

    front = models.ForeignKey(FrontPage, models.PROTECT, related_name="slots")
    place = models.CharField(max_length=8, choices=Place)
    position = models.PositiveSmallIntegerField()
    story = models.ForeignKey("articles.Story", models.PROTECT, related_name="front_slots")
    until = models.DateTimeField(null=True, blank=True)

    class Meta(FrozenModel.Meta):
        abstract = False
        verbose_name = _("place on the front page")
        verbose_name_plural = _("places on the front page")
        ordering = ["front", "position"]
        constraints = [
            models.UniqueConstraint(fields=["front", "story"], name="front_slot_story_once"),
            models.UniqueConstraint(fields=["front", "position"], name="front_slot_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.position}"
