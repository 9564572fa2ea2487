"""What of a story's page depends on its edition alone, rendered beforehand."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from articles.models.dispute import outcomes_of_story
from articles.models.edition import Edition


class RenderedEdition(models.Model):
    """The parts of a page and of a teaser, as `articles.story_page` packs them.

    `stamp` says of which templates, settings and look of the paper; with another stamp the row counts for
    nothing, and the page is rendered for each reader until somebody renders it again.
    """

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="rendered")
    stamp = models.CharField(_("stamp"), max_length=32)
    versions = models.PositiveIntegerField(_("versions"), help_text=_("How many versions the page counts."))
    teaser = models.TextField(_("teaser"))
    parts = models.BinaryField(_("parts of the page"))  # last: it is long, and may be passed over

    class Meta:
        verbose_name = _("rendered edition")
        verbose_name_plural = _("rendered editions")
        default_permissions = ()

    def __str__(self) -> str:
        return f"page of edition {self.pk}"


def count_versions(at: datetime.datetime | OuterRef) -> Coalesce:
    """How many versions of a story readers have seen at a moment: an expression for a query of editions."""
    until = Q(live_until__isnull=True) | Q(live_until__gt=F("live_from"))
    seen = Edition.objects.filter(until, live_from__lte=at, story=OuterRef("story")).order_by()
    counted = seen.values("story").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=models.IntegerField()), 0)


def rendered_page_at(section_slug: str, slug: str, now: datetime.datetime) -> QuerySet:
    """What is rendered of the story that stands at an address now, as one tuple; none when none stands there.

    Its number, the stamp (empty when nothing is rendered of it as it is now), the parts, and the published
    outcomes of disputes, for `read_outcomes`.
    """
    editions = Edition.objects.live(now).filter(section_slug=section_slug, slug=slug)
    counted = Q(rendered__versions=F("seen"), gone=False)
    return (
        editions.annotate(outcomes=outcomes_of_story(OuterRef("story_id")), seen=count_versions(now))
        .annotate(made_by=Case(When(counted, then="rendered__stamp"), default=Value("")))
        .order_by("-pk")
        .values_list("story_id", "made_by", "rendered__parts", "outcomes")[:1]
    )
