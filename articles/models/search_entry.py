"""What the desk searches in: the words of every record, in one table with one index."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """The words of one record. Written by `workflow.find`; only the desk reads it, never a public page."""

    class Kind(models.TextChoices):
        STORY = "story", _("story")
        QUOTE = "quote", _("quote")
        SPEAKER = "speaker", _("speaker")
        SOURCE = "source", _("source")
        IMAGE = "image", _("image")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    record_id = models.BigIntegerField(_("number of the record"))
    words = models.TextField(_("words"))

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=["kind", "record_id"], name="search_entry_once_per_record")
        ]

    def __str__(self) -> str:
        return self.words[:60]
