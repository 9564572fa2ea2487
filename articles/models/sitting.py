"""Who has the form of a story open, and what they typed there that is not saved yet."""

import datetime
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A browser tells every 15 seconds that the form is still open; three silent turns, and nobody sits there.
PRESENT_FOR: Final = datetime.timedelta(seconds=50)


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Questions about open forms."""

    def present(self) -> "SittingQuerySet":
        """Sittings of people who have the form open now."""
        return self.filter(seen_at__gt=timezone.now() - PRESENT_FOR)

    def left(self) -> "SittingQuerySet":
        """Sittings whose window is closed, or silent for a while."""
        return self.filter(seen_at__lte=timezone.now() - PRESENT_FOR)

    def unsaved(self) -> "SittingQuerySet":
        """Sittings that hold words which were never saved, newest first."""
        return self.exclude(kept_at=None).order_by("-kept_at")

    def of(self, user: models.Model) -> "SittingQuerySet":
        """Sittings of `user`."""
        return self.filter(by=user)


class Sitting(models.Model):
    """One person at the form of one story, in one window.

    It is no version of the story: only who typed it reads `typed`, and it goes when the story is saved.
    """

    key = models.CharField(_("window"), max_length=40)
    story = models.ForeignKey(
        "articles.Story", models.CASCADE, null=True, related_name="sittings", verbose_name=_("story"),
        help_text=_("Empty while the story was never saved."),
    )  # fmt: skip
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sittings", verbose_name=_("by")
    )
    version = models.PositiveIntegerField(
        _("version"), default=0, help_text=_("The version of the story that the form began with.")
    )
    opened_at = models.DateTimeField(_("opened at"))
    seen_at = models.DateTimeField(_("last seen at"))
    typed = models.JSONField(_("typed"), default=dict, help_text=_("The fields of the form as they stand."))
    kept_at = models.DateTimeField(
        _("kept at"), null=True, help_text=_("When something was typed last; empty when all of it is saved.")
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("taken over by"),
    )

    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        ordering = ["-seen_at"]
        indexes = [
            models.Index(fields=["story", "-seen_at"], name="sitting_at_story"),
            models.Index(fields=["by", "-kept_at"], name="sitting_unsaved"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="sitting_once_per_window"),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True, typed={}) | Q(kept_at__isnull=False),
                name="sitting_without_words_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}, {self.opened_at:%H:%M}"
