"""Filters that somebody uses again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A list of the desk with its filters and its search, under a name; seen by who saved it."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("by")
    )
    record_type = models.CharField(_("list"), max_length=40)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("query"), max_length=1000)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["by", "record_type", "name"], name="saved_view_once_per_name"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="saved_view_is_something"),
        ]

    def __str__(self) -> str:
        return self.name
