"""The quote: a record of words that somebody said, and of who checked it."""

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from articles.models.frozen import FrozenModel
from articles.models.keys import new_key

# Nobody has signed the quote, or somebody doubts it. A list, as an index wants it.
WAITING_FOR_A_PERSON = ["unverified", "in_source", "disputed"]


class QuoteQuerySet(models.QuerySet["Quote"]):
    """Questions about quotes."""

    def needing_verification(self) -> "QuoteQuerySet":
        """Quotes that nobody has signed yet and that are not settled otherwise."""
        return self.filter(verification__in=[Quote.Verification.UNVERIFIED, Quote.Verification.IN_SOURCE])

    def by_speaker(self, speaker: models.Model) -> "QuoteQuerySet":
        """Quotes of `speaker`."""
        return self.filter(speaker=speaker)

    def latest_of(self, speakers: Collection[int], number: int) -> "QuoteQuerySet":
        """The last `number` quotes of each of `speakers`, in one query."""
        rank = Window(RowNumber(), partition_by=F("speaker"), order_by=F("pk").desc())
        return self.filter(speaker__in=speakers).annotate(rank=rank).filter(rank__lte=number)

    def with_people(self) -> "QuoteQuerySet":
        """Quotes with speaker, role, source and the people who handled them."""
        return self.select_related("speaker", "role", "source", "verified_by", "written_by")


class Quote(models.Model):
    """Words that somebody said. One quote can be used in many stories."""

    class Verification(models.TextChoices):
        UNVERIFIED = "unverified", _("unverified")
        IN_SOURCE = "in_source", _("in source")
        VERIFIED = "verified", _("verified")
        DISPUTED = "disputed", _("disputed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Kind(models.TextChoices):
        DIRECT = "direct", _("direct")
        PARTIAL = "partial", _("partial")

    key = models.CharField(_("key"), max_length=16, unique=True, default=new_key, editable=False)
    segments = models.JSONField(
        _("segments"), help_text=_("The exact words, one string for each unbroken stretch.")
    )
    words = models.TextField(_("words"), editable=False, help_text=_("The segments joined, for searching."))
    fingerprint = models.CharField(
        _("fingerprint"), max_length=64, db_index=True, editable=False,
        help_text=_("Equal for quotations that differ in typography only."),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.DIRECT)
    language = models.CharField(
        _("language"), max_length=12, default="en", help_text=_("Of the words printed.")
    )
    original_words = models.TextField(
        _("original wording"),
        blank=True,
        help_text=_("Where the words were translated: what was said, in its own language."),
    )
    original_language = models.CharField(
        _("original language"),
        max_length=12,
        blank=True,
        help_text=_("A language tag, such as “fr” or “pt-BR”."),
    )
    speaker = models.ForeignKey(
        "articles.Speaker",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quotes",
        verbose_name=_("speaker"),
    )
    role = models.ForeignKey(
        "articles.Role",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quotes",
        verbose_name=_("role at the time"),
    )
    occasion = models.CharField(
        _("occasion"), max_length=200, blank=True, help_text=_("Such as “speech to the harbour council”.")
    )
    place = models.CharField(_("place"), max_length=160, blank=True)
    said_on = models.DateField(_("date said"), null=True, blank=True)
    source = models.ForeignKey(
        "articles.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quotes",
        verbose_name=_("source"),
    )
    source_place = models.CharField(
        _("where in the source"), max_length=120, blank=True, help_text=_("Such as “page 4” or “12:40”.")
    )
    verification = models.CharField(
        _("verification"),
        max_length=12,
        choices=Verification,
        default=Verification.UNVERIFIED,
        editable=False,
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("verified by"),
    )  # fmt: skip
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("written by"), help_text=_("Who brought the words in; somebody else verifies them."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["verification", "-created_at"], name="quote_by_verification"),
            models.Index(
                fields=["id"], condition=Q(verification__in=WAITING_FOR_A_PERSON), name="quote_to_check"
            ),
        ]
        permissions = [
            ("verify_quote", _("Can verify a quote")),
            ("dispute_quote", _("Can dispute a quote")),
            ("withdraw_quote", _("Can withdraw a quote")),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="quote_has_words"),
            models.CheckConstraint(
                condition=Q(
                    verification__in=["unverified", "in_source", "verified", "disputed", "withdrawn"]
                ),
                name="quote_verification_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(verification="verified")
                | Q(
                    verified_by__isnull=False,
                    verified_at__isnull=False,
                    speaker__isnull=False,
                    source__isnull=False,
                ),
                name="quote_verified_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(verification="verified")
                | Q(written_by__isnull=True)
                | ~Q(verified_by=F("written_by")),
                name="quote_verified_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(original_words="", original_language="")
                | (~Q(original_words="") & ~Q(original_language="")),
                name="quote_translation_names_its_language",
                violation_error_message=_(
                    "A translated quote needs both the original wording and its language."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.words


class VerificationEntry(FrozenModel):
    """One dated step in the verification of a quote. The newest gives the quote its state."""

    class Method(models.TextChoices):
        MACHINE = "machine", _("words found in the snapshot by the program")
        READ = "read", _("read in the source")
        LISTENED = "listened", _("listened to the recording")
        CALLED_BACK = "called_back", _("confirmed by the speaker")
        WITNESSED = "witnessed", _("a second person was present")

    quote = models.ForeignKey(Quote, models.PROTECT, related_name="history", verbose_name=_("quote"))
    verification = models.CharField(_("verification"), max_length=12, choices=Quote.Verification)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"),
        help_text=_("Empty when the program did it."),
    )  # fmt: skip
    at = models.DateTimeField(_("at"))
    snapshot = models.ForeignKey(
        "articles.Snapshot", models.PROTECT, null=True, related_name="+", verbose_name=_("against snapshot")
    )
    method = models.CharField(_("how"), max_length=12, choices=Method, blank=True)
    grade = models.CharField(_("grade"), max_length=12, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(FrozenModel.Meta):
        abstract = False
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verification__in=["verified", "disputed", "withdrawn"]) | Q(by__isnull=False),
                name="verification_by_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(verification__in=["disputed", "withdrawn"]) | ~Q(note=""),
                name="verification_doubt_has_a_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_verification_display()}"
