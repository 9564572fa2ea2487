"""What readers saw change, a row each: the site's version, which tells whether a kept page is current."""

from django.db import models
from django.db.models import QuerySet, Subquery, Sum, Value
from django.utils.translation import gettext_lazy as _

from articles.models.frozen import FrozenModel, FrozenQuerySet

WINDOW = 64  # transactions that may be open at once without one of them being overlooked


class SiteChangeQuerySet(FrozenQuerySet):
    """Questions about what changed for readers."""

    def version(self) -> Subquery:
        """The site's version as an expression: it grows with each change that is committed, 0 or more.

        It is the sum of the last numbers and not the highest: of two transactions the later number may be
        committed first, and the earlier one must still be noticed.
        """
        return Subquery(self.total())

    def total(self) -> QuerySet:
        """The site's version as a question of its own: one row with `total`, none before the first change."""
        last = SiteChange.objects.order_by("-pk").values("pk")[:WINDOW]
        rows = self.filter(pk__in=last).order_by().annotate(one=Value(1)).values("one")
        return rows.annotate(total=Sum("pk")).values("total")

    def last_changes(self) -> QuerySet:
        """The changes of which the version is the sum: number and keys of each."""
        return self.order_by("-pk").values_list("pk", "keys")[:WINDOW]


class SiteChange(FrozenModel):
    """One change for readers, written in the transaction that made it."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    keys = models.JSONField(
        _("what changed"),
        default=list,
        help_text=_("Surrogate keys of what changed, such as “story-12”; none means every page."),
    )

    objects = SiteChangeQuerySet.as_manager()

    class Meta(FrozenModel.Meta):
        abstract = False
        verbose_name = _("change for readers")
        verbose_name_plural = _("changes for readers")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {', '.join(self.keys)}"
