"""A stretch of a story's text in quotation marks, and the record that it is tied to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.quote import WAITING_FOR_A_PERSON


class QuotationQuerySet(models.QuerySet["Quotation"]):
    """Questions about stretches of text."""

    def in_text(self) -> "QuotationQuerySet":
        """Quotations that the body holds now and that count as quotations."""
        return self.filter(state__in=Quotation.State.in_text())

    def needing_work(self) -> "QuotationQuerySet":
        """Quotations in the text that are not both matched and verified."""
        done = Q(state=Quotation.State.MATCHED, quote__verification="verified")
        return self.in_text().exclude(done)

    def unsettled(self) -> "QuotationQuerySet":
        """Words that nobody attributed or that differ from their record, in stories that can come out."""
        return self._open_stories().filter(state__in=["altered", "unattributed"])

    def unsigned(self) -> "QuotationQuerySet":
        """Uses of a quote that nobody has signed or that somebody doubts, in stories that can come out."""
        return self._open_stories().filter(
            state=Quotation.State.MATCHED, quote__verification__in=WAITING_FOR_A_PERSON
        )

    def to_check(self) -> "QuotationQuerySet":
        """Both: what waits for a person. For a few stories; `unsettled` and `unsigned` are fast over all."""
        unsigned = Q(state=Quotation.State.MATCHED, quote__verification__in=WAITING_FOR_A_PERSON)
        return self._open_stories().filter(Q(state__in=["altered", "unattributed"]) | unsigned)

    def _open_stories(self) -> "QuotationQuerySet":
        return self.exclude(story__status__in=["killed", "spiked"])

    def with_quotes(self) -> "QuotationQuerySet":
        """Quotations with their quote, speaker, role and source."""
        return self.select_related(
            "quote__speaker",
            "quote__role",
            "quote__source",
            "quote__verified_by",
            "quote__written_by",
            "written_by",
        )


class Quotation(models.Model):
    """A stretch of a story's text: the use of a quote in a story, or words that still have no record."""

    class State(models.TextChoices):
        MATCHED = "matched", _("matched")
        ALTERED = "altered", _("altered")
        MISSING = "missing", _("no longer in the text")
        UNATTRIBUTED = "unattributed", _("unattributed")
        DISMISSED = "dismissed", _("not a quotation")

        @classmethod
        def in_text(cls) -> list["Quotation.State"]:
            """States of words that stand in the body and count as a quotation."""
            return [cls.MATCHED, cls.ALTERED, cls.UNATTRIBUTED]

    class Kind(models.TextChoices):
        DIRECT = "direct", _("direct")
        PARTIAL = "partial", _("partial")
        SCARE = "scare", _("scare")
        TITLE = "title", _("title or term")
        INDIRECT = "indirect", _("indirect")

    story = models.ForeignKey(
        "articles.Story", models.CASCADE, related_name="quotations", verbose_name=_("story")
    )
    quote = models.ForeignKey(
        "articles.Quote",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quotations",
        verbose_name=_("quote"),
    )
    position = models.PositiveIntegerField(_("position"), help_text=_("Order in the text, from 0."))
    spans = models.JSONField(
        _("spans"),
        default=list,
        help_text=_("[start, end] of each segment in the plain text of the body, marks excluded."),
    )
    segments = models.JSONField(
        _("segments"), default=list, help_text=_("The words as the story prints them.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.DIRECT)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UNATTRIBUTED)
    grade = models.CharField(
        _("grade"), max_length=12, blank=True, help_text=_("How the printed words differ from the record.")
    )
    speaker_name = models.CharField(_("proposed speaker"), max_length=160, blank=True)
    role_title = models.CharField(_("proposed role"), max_length=160, blank=True)
    cue = models.CharField(_("cue"), max_length=60, blank=True)
    reason = models.CharField(
        _("reason"), max_length=400, blank=True, help_text=_("Why this speaker was proposed.")
    )
    sure = models.BooleanField(_("sure"), default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("written into the story by"),
    )

    objects = QuotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        ordering = ["story", "position", "pk"]
        indexes = [
            models.Index(
                fields=["story", "position"],
                condition=Q(state__in=["altered", "unattributed"]),
                name="quotation_unsettled",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["matched", "altered", "missing"], quote__isnull=False)
                | Q(state__in=["unattributed", "dismissed"], quote__isnull=True),
                name="quotation_state_agrees_with_quote",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The printed words, segments joined by an ellipsis."""
        return " … ".join(self.segments)
