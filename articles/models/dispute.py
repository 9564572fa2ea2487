"""What readers report: words that somebody did not say, a fact that is wrong; and what the paper answers."""

import datetime
from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.edition import Correction, Edition
from articles.models.json_rows import json_rows
from articles.models.keys import new_key

MOST_WORDS = 4000  # characters of a report, and of an answer


def new_reference() -> str:
    """A random key of twenty characters (about 95 bits), in groups: whoever has it reads the answer."""
    joined = new_key() + new_key()
    return "-".join(joined[start : start + 5] for start in range(0, len(joined), 5))


class DisputeQuerySet(models.QuerySet["Dispute"]):
    """Questions about disputes. Readers' lists ask `published()` and nothing else."""

    def waiting(self) -> "DisputeQuerySet":
        """Disputes that nobody has answered yet, the first due first."""
        return self.exclude(status=Dispute.Status.ANSWERED).order_by("due_at", "pk")

    def overdue(self) -> "DisputeQuerySet":
        """Disputes that should have been answered by now."""
        return self.waiting().filter(due_at__lt=timezone.now())

    def published(self) -> "DisputeQuerySet":
        """Disputes whose outcome readers may read, the latest first; without what the sender wrote."""
        private = ("words", "name", "email", "fingerprint")
        return self.filter(published_at__isnull=False).defer(*private).order_by("-published_at", "-pk")

    def with_personal_data(self) -> "DisputeQuerySet":
        """Disputes that still hold who sent them, or what was sent in bad faith."""
        spam = Q(outcome=Dispute.Outcome.SPAM) & ~Q(words="")
        return self.filter(~Q(name="") | ~Q(email="") | Q(fingerprint__isnull=False) | spam)


class Dispute(models.Model):
    """One report about one published edition of a story, or about one quote in it.

    Readers never see who sent it, nor the sender's words; `outcome_text` is written for them.
    """

    class Kind(models.TextChoices):
        NOT_SAID = "not_said", _("These words were not said")
        WRONG_WORDS = "wrong_words", _("The words are wrong")
        WRONG_PERSON = "wrong_person", _("Somebody else said them")
        CONTEXT = "context", _("The words are out of context")
        FACT = "fact", _("A fact is wrong")
        OTHER = "other", _("Something else")

        @classmethod
        def about_quotes(cls) -> list["Dispute.Kind"]:
            """Kinds that need a quote."""
            return [cls.NOT_SAID, cls.WRONG_WORDS, cls.WRONG_PERSON, cls.CONTEXT]

    class Status(models.TextChoices):
        RECEIVED = "received", _("received")
        TAKEN = "taken", _("being looked into")
        ANSWERED = "answered", _("answered")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("upheld")
        PARTLY = "partly", _("partly upheld")
        NOT_UPHELD = "not_upheld", _("not upheld")
        SPAM = "spam", _("not a report")

    key = models.CharField(_("reference"), max_length=24, unique=True, default=new_reference, editable=False)
    kind = models.CharField(_("what is wrong"), max_length=14, choices=Kind)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="disputes", verbose_name=_("edition"))
    story = models.ForeignKey(
        "articles.Story", models.PROTECT, related_name="disputes", verbose_name=_("story")
    )
    quote_key = models.CharField(_("quote"), max_length=16, blank=True)
    words = models.TextField(_("what the reader says"), max_length=MOST_WORDS, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), max_length=200, blank=True)
    fingerprint = models.CharField(
        _("fingerprint"), max_length=64, null=True, blank=True, unique=True, editable=False,
        help_text=_("Equal for the same report sent twice on one day; gone with the sender's name."),
    )  # fmt: skip
    received_at = models.DateTimeField(_("received at"))
    due_at = models.DateTimeField(_("due"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RECEIVED)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("taken by"),
    )  # fmt: skip
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    outcome_text = models.TextField(_("answer"), max_length=MOST_WORDS, blank=True)
    correction = models.ForeignKey(
        Correction, models.PROTECT, null=True, blank=True, related_name="disputes",
        verbose_name=_("correction"), help_text=_("What the paper corrected because of it."),
    )  # fmt: skip
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("answered by"),
    )  # fmt: skip
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    published_at = models.DateTimeField(_("outcome published at"), null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader's dispute")
        verbose_name_plural = _("readers' disputes")
        ordering = ["due_at", "pk"]
        default_permissions = ("view",)
        permissions = [
            ("work_dispute", _("Can take and answer readers' disputes, and see who sent them")),
            ("publish_dispute", _("Can publish the outcome of a reader's dispute")),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=~Q(status="answered"), name="dispute_waiting"),
            models.Index(
                fields=["-published_at", "-id"], condition=Q(published_at__isnull=False),
                name="dispute_published",
            ),
            models.Index(fields=["story", "-published_at"], name="dispute_by_story"),
            models.Index(fields=["received_at"], name="dispute_by_receipt"),
            models.Index(fields=["answered_at"], name="dispute_by_answer"),
            models.Index(fields=["email", "received_at"], condition=~Q(email=""), name="dispute_by_email"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(status="received", taken_by__isnull=True)
                | Q(status="taken", taken_by__isnull=False)
                | Q(status="answered"),
                name="dispute_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="answered", answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(outcome="")
                )
                | (
                    ~Q(status="answered")
                    & Q(outcome="", outcome_text="", answered_by__isnull=True, answered_at__isnull=True)
                ),
                name="dispute_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | (Q(status="answered") & ~Q(outcome="spam") & ~Q(outcome_text="")),
                name="dispute_published_has_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(correction__isnull=True) | Q(outcome__in=["upheld", "partly"]),
                name="dispute_corrected_was_upheld",
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("received_at")), name="dispute_due_later"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.key})"

    def get_absolute_url(self) -> str:
        """The page of whoever has the reference."""
        return reverse("articles:dispute_state", args=[self.key])

    @property
    def overdue(self) -> bool:
        """Whether it should have been answered by now."""
        return self.status != self.Status.ANSWERED and self.due_at < timezone.now()


def outcomes_of_story(story: OuterRef | F, *, most: int = 5) -> Subquery:
    """The latest published outcomes about one story, as an expression: for a query that asks for the story.

    Its value is a list of dicts with `key`, `kind`, `outcome`, `text`, `quote_key` and `at`, in no order;
    `read_outcomes` makes them fit for a template.
    """
    # Asked within the query for the rows, which is within that for the story: so one reference more.
    latest = Dispute.objects.published().filter(story_id=OuterRef(story)).values("pk")[:most]
    return json_rows(
        Dispute.objects.filter(pk__in=latest), key="key", kind="kind", outcome="outcome",
        text="outcome_text", quote_key="quote_key", at="published_at",
    )  # fmt: skip


def read_outcomes(rows: list[Mapping[str, str]] | None) -> list[dict[str, object]]:
    """What `outcomes_of_story` found, the latest first, with the words that readers read."""
    found: list[dict[str, object]] = [
        {
            **row,
            "at": _read_time(row["at"]),
            "kind_words": Dispute.Kind(row["kind"]).label,
            "outcome_words": Dispute.Outcome(row["outcome"]).label,
        }
        for row in rows or []
    ]
    return sorted(found, key=lambda row: str(row["at"]), reverse=True)


def _read_time(text: str) -> datetime.datetime:
    """A time as the database wrote it into JSON: SQLite leaves the zone out, which is UTC."""
    at = datetime.datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=datetime.UTC)


class DisputeSender(models.Model):
    """When somebody sent reports, to count how many come from one place. A row lives for a day.

    `sender` is a keyed hash of the network address: without the site's secret nobody can undo it.
    """

    sender = models.CharField(max_length=64, unique=True)
    times = models.JSONField(default=list, help_text="Seconds since 1970, of the last day.")
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("place that reports come from")
        verbose_name_plural = _("places that reports come from")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.sender[:8]}, {self.last_at:%H:%M}"
