"""Which stories came from another system, by the name that they had there: each comes in once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.frozen import FrozenModel


class ImportedStory(FrozenModel):
    """A story of an archive, and the story that it became here. Written in the transaction that made it."""

    identifier = models.CharField(
        _("identifier"), max_length=500, unique=True, help_text=_("What the other system calls it.")
    )
    digest = models.CharField(
        _("SHA-256"), max_length=64, help_text=_("Of what came in, to tell whether it changed there since.")
    )
    path = models.CharField(
        _("former address"),
        max_length=500,
        blank=True,
        help_text=_("The path that readers had, such as “/2009/ferry.html”; it leads to the story for ever."),
    )
    story = models.ForeignKey(
        "articles.Story", models.PROTECT, related_name="imported_from", verbose_name=_("story")
    )
    at = models.DateTimeField(_("imported at"), auto_now_add=True)

    class Meta(FrozenModel.Meta):
        abstract = False
        verbose_name = _("imported story")
        verbose_name_plural = _("imported stories")
        indexes = [models.Index(fields=["path"], condition=~Q(path=""), name="imported_story_by_path")]
        constraints = [
            models.CheckConstraint(condition=~Q(identifier=""), name="imported_story_has_an_identifier")
        ]

    def __str__(self) -> str:
        return self.identifier
