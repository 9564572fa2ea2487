"""Addresses that readers knew, and what they are called now: redirects that are kept for ever.

Stories and policies need no row: their editions remember every address. A section, a topic and an author are
records that change in place; a speaker may be merged into another.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a slug: every slug that its page goes by, and where it is when it was given up.

    `now` is None for a slug in use, and empty for a page that was taken away.
    """

    slugs: tuple[str, ...]
    now: str | None = None


class FormerAddressQuerySet(models.QuerySet["FormerAddress"]):
    """Questions about former addresses."""

    def known(self, kind: str, slug: str) -> Known:
        """Every slug of the page that is called `slug`, and where that page went. One query."""
        rows = list(self.filter(Q(slug=slug) | Q(now=slug), kind=kind).values_list("slug", "now"))
        now = next((now for former, now in rows if former == slug), None)
        return Known((slug, *(former for former, now in rows if now == slug)), now)

    def leads(self, kind: str) -> dict[str, str]:
        """All former slugs of a kind, each with the present one. One query."""
        return dict(self.filter(kind=kind).values_list("slug", "now"))


class FormerAddress(models.Model):
    """A slug that was given up. Each leads straight to the present one, however often the page moved."""

    class Kind(models.TextChoices):
        SECTION = "section", _("section")
        TOPIC = "topic", _("topic")
        AUTHOR = "author", _("author")
        SPEAKER = "speaker", _("speaker")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    slug = models.CharField(_("former slug"), max_length=160)
    now = models.CharField(
        _("slug now"), max_length=160, blank=True, help_text=_("Empty when the page was taken away.")
    )

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        indexes = [models.Index(fields=["kind", "now"], name="former_address_by_now")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="former_address_once"),
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(slug=F("now")), name="former_address_leads_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} → {self.now}"
