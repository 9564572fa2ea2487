"""Who is checking which quotation at this moment, so that two people do not check the same one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.quotation import Quotation
from articles.models.quote import Quote


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Questions about claims."""

    def standing(self) -> "ClaimQuerySet":
        """Claims that have not run out."""
        return self.filter(until__gt=timezone.now())

    def on(self, quotation: Quotation) -> "ClaimQuerySet":
        """Claims on `quotation`, or on another use of its quote: whoever checks one checks both."""
        same = Q(quotation=quotation.pk)
        if quotation.quote_id is not None:
            same |= Q(quotation__quote=quotation.quote_id)
        return self.filter(same)

    def on_quote(self, quote: Quote) -> "ClaimQuerySet":
        """Claims on any use of `quote`."""
        return self.filter(quotation__quote=quote.pk)


class Claim(models.Model):
    """One person checks one quotation, for some minutes. A claim is no decision, and nothing rests on it."""

    quotation = models.OneToOneField(
        Quotation, models.CASCADE, related_name="claim", verbose_name=_("quotation")
    )
    by = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="claim", verbose_name=_("by"),
        help_text=_("Whoever opens another quotation lets this one go."),
    )  # fmt: skip
    at = models.DateTimeField(_("at"))
    until = models.DateTimeField(_("until"), help_text=_("Then the quotation is free again."))

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="claim_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.by}, {self.at:%H:%M}"
