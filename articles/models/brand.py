"""What makes the site this paper's own: its name, logo, colours and typefaces."""

import json
from dataclasses import dataclass, field, fields
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from articles.text.colour import read_colour
from articles.text.look import Look

ONLY = 1  # the number of the one row
FILES = ("logo", "logo_dark", "faces")


class Reading(models.TextChoices):
    """The typeface of stories and headlines."""

    NEWSREADER = "newsreader", _("Newsreader (comes with the program)")
    SYSTEM_SERIF = "system_serif", _("The reader’s own serif: nothing to load")
    SYSTEM_SANS = "system_sans", _("The reader’s own sans serif: nothing to load")
    OWN = "own", _("A typeface of your own")


class Labels(models.TextChoices):
    """The typeface of labels, dates and menus."""

    FRANKLIN = "franklin", _("Libre Franklin (comes with the program)")
    SYSTEM_SANS = "system_sans", _("The reader’s own sans serif: nothing to load")
    OWN = "own", _("A typeface of your own")


class Headlines(models.TextChoices):
    """Which of the two typefaces headlines are set in."""

    READING = "reading", _("As stories")
    LABELS = "labels", _("As labels")


@dataclass(frozen=True, slots=True)
class Paper:
    """What pages say and show of the paper: the record, and the settings where the record says nothing.

    `house.paper` is how readers' pages, feeds and structured data get it.
    """

    name: str = field(default_factory=lambda: settings.NEWSROOM_NAME)
    tagline: str = field(default_factory=lambda: settings.NEWSROOM_TAGLINE)
    url: str = field(default_factory=lambda: settings.NEWSROOM_URL)
    accent: str = ""
    ground: str = ""
    ground_dark: str = ""
    reading: str = Reading.NEWSREADER
    labels: str = Labels.FRANKLIN
    headlines: str = Headlines.READING
    logo: dict[str, Any] = field(default_factory=dict, hash=False)
    logo_dark: dict[str, Any] = field(default_factory=dict, hash=False)
    faces: dict[str, str] = field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, stored: dict[str, Any] | None) -> "Paper":
        """The paper of the values that `BrandQuerySet.stored` gave; what is empty is as the settings say."""
        values = dict(stored or {})
        for name in FILES:  # within an object that it makes itself, SQLite hands JSON over as text
            if isinstance(values.get(name), str):
                values[name] = json.loads(values[name])
        return cls(**{name: value for name, value in values.items() if value})

    @property
    def logo_url(self) -> str:
        """The address of the logo; empty when there is none."""
        return default_storage.url(self.logo["file"]) if self.logo else ""

    @property
    def logo_dark_url(self) -> str:
        """The address of the logo for dark screens; empty when there is none of its own."""
        return default_storage.url(self.logo_dark["file"]) if self.logo_dark else ""

    def look(self, section_colours: dict[str, str]) -> Look:
        """What the stylesheet of the paper is made from; `section_colours` by the slug of the section."""
        faces = {use: default_storage.url(name) for use, name in self.faces.items() if name}
        return Look(
            accent=read_colour(self.accent),
            ground=read_colour(self.ground),
            ground_dark=read_colour(self.ground_dark),
            reading=self.reading,
            labels=self.labels,
            headlines=self.headlines,
            reading_url=faces.get("reading", ""),
            labels_url=faces.get("labels", ""),
            sections=tuple(
                (slug, colour) for slug, text in section_colours.items() if (colour := read_colour(text))
            ),
        )


class BrandQuerySet(models.QuerySet):
    """Questions about the brand."""

    def stored(self) -> Subquery:
        """The values of the one row as an expression, so that they come with a query that is asked anyway."""
        names = [each.name for each in fields(Paper) if each.name != "url"]
        values = self.order_by("pk").values(values=JSONObject(**{name: name for name in names}))
        return Subquery(values[:1], output_field=models.JSONField())

    def paper(self) -> Paper:
        """The paper as pages show it, in one query."""
        return Paper.of(
            self.order_by("pk").values(*[f.name for f in fields(Paper) if f.name != "url"]).first()
        )


class Brand(models.Model):
    """The one record of what makes the site this paper's own. What is empty is as the settings say."""

    name = models.CharField(
        _("name"), max_length=60, blank=True,
        help_text=_("The name of the paper, in the masthead, in feeds and in search results."),
    )  # fmt: skip
    tagline = models.CharField(
        _("tagline"), max_length=140, blank=True,
        help_text=_("One line under the name on the front page. Search engines show it too."),
    )  # fmt: skip
    logo = models.JSONField(_("logo"), default=dict, blank=True, help_text="{file, width, height}")
    logo_dark = models.JSONField(
        _("logo on dark screens"), default=dict, blank=True, help_text="{file, width, height}"
    )
    accent = models.CharField(
        _("accent"), max_length=7, blank=True,
        help_text=_("For what asks to be followed: the numbers of quotations, the current page, the focus."),
    )  # fmt: skip
    ground = models.CharField(
        _("ground"), max_length=7, blank=True, help_text=_("The colour of the page, for light screens.")
    )
    ground_dark = models.CharField(
        _("dark ground"), max_length=7, blank=True, help_text=_("The colour of the page, for dark screens.")
    )
    reading = models.CharField(
        _("typeface of stories"), max_length=12, choices=Reading, default=Reading.NEWSREADER
    )
    labels = models.CharField(_("typeface of labels"), max_length=12, choices=Labels, default=Labels.FRANKLIN)
    headlines = models.CharField(
        _("headlines are set"), max_length=12, choices=Headlines, default=Headlines.READING
    )
    faces = models.JSONField(
        _("files of typefaces"), default=dict, blank=True, help_text="{reading: file, labels: file}"
    )
    version = models.PositiveIntegerField(_("version"), default=0)

    objects = BrandQuerySet.as_manager()

    class Meta:
        verbose_name = _("look of the paper")
        verbose_name_plural = _("look of the paper")
        constraints = [models.CheckConstraint(condition=Q(pk=ONLY), name="brand_is_one")]

    def __str__(self) -> str:
        return self.name or settings.NEWSROOM_NAME
