"""Where words can be checked, and the archived bytes of it."""

import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from articles.models.frozen import FrozenModel
from articles.models.keys import new_key

SEE_CONFIDENTIAL = "articles.view_confidential_source"


class SourceQuerySet(models.QuerySet["Source"]):
    """Questions about sources."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "SourceQuerySet":
        """Sources that `user` may know of: a confidential one is for its owner and the managing editor."""
        if user.has_perm(SEE_CONFIDENTIAL):  # type: ignore[union-attr]
            return self
        return self.filter(Q(confidential=False) | Q(owner_id=user.pk))

    def with_dead_links(self) -> "SourceQuerySet":
        """Sources whose address did not answer when the program asked last, the latest first."""
        return self.exclude(link_problem="").order_by("-link_checked_at")

    def to_ask(self, before: datetime.datetime) -> "SourceQuerySet":
        """Sources whose address nobody asked since `before`, longest ago first.

        Withdrawn sources are of no use, and nobody is to learn that we look at a confidential one.
        """
        asked = Q(link_checked_at=None) | Q(link_checked_at__lt=before)
        due = self.filter(asked, confidential=False, withdrawn_reason="").exclude(url="")
        return due.order_by(models.F("link_checked_at").asc(nulls_first=True), "pk")

    def with_latest_snapshot(self) -> "SourceQuerySet":
        """Sources with `latest_snapshots`: a list of at most one Snapshot, without its bytes."""
        newest = Snapshot.objects.filter(source_id=models.OuterRef("source_id")).order_by(
            "-captured_at", "-pk"
        )
        latest = Snapshot.objects.filter(pk=models.Subquery(newest.values("pk")[:1])).defer("data")
        return self.prefetch_related(
            models.Prefetch("snapshots", queryset=latest, to_attr="latest_snapshots")
        )


class Source(models.Model):
    """Evidence: a document, a page, a recording, a conversation."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("document")
        WEB_PAGE = "web_page", _("web page")
        INTERVIEW = "interview", _("interview")
        SPEECH = "speech", _("speech")
        PRESS_RELEASE = "press_release", _("press release")
        PRESS_CONFERENCE = "press_conference", _("press conference")
        RECORDING = "recording", _("recording")
        SOCIAL_POST = "social_post", _("social post")
        WIRE = "wire", _("wire story")
        BROADCAST = "broadcast", _("broadcast")
        COURT_RECORD = "court_record", _("court record")
        BOOK = "book", _("book")

    class Terms(models.TextChoices):
        ON_THE_RECORD = "on_the_record", _("on the record")
        BACKGROUND = "background", _("background")
        DEEP_BACKGROUND = "deep_background", _("deep background")

    key = models.CharField(_("key"), max_length=16, unique=True, default=new_key, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.DOCUMENT)
    title = models.CharField(
        _("title"), max_length=300, help_text=_("What it is, so that a reader could ask for it.")
    )
    publisher = models.CharField(_("publisher"), max_length=160, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    published_on = models.DateField(
        _("date"), null=True, blank=True, help_text=_("When it was published, said or recorded.")
    )
    terms = models.CharField(
        _("terms"),
        max_length=16,
        choices=Terms,
        default=Terms.ON_THE_RECORD,
        help_text=_("What was agreed with the person: may the words be printed, and under which name?"),
    )
    confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_(
            "Only its owner and the managing editor see it. It never reaches a reader, a log or an export."
        ),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("owner"),
        help_text=_("Who obtained it. A confidential source must have one."),
    )
    withdrawn_reason = models.TextField(_("withdrawn because"), blank=True, editable=False)
    link_checked_at = models.DateTimeField(_("address asked at"), null=True, blank=True, editable=False)
    link_problem = models.CharField(
        _("address does not answer"),
        max_length=300,
        blank=True,
        editable=False,
        help_text=_("What went wrong when the program asked for the address last. Empty when it answered."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-created_at"]
        permissions = [
            ("view_confidential_source", _("Can see confidential sources")),
            ("withdraw_source", _("Can withdraw a source")),
        ]
        indexes = [
            models.Index(fields=["link_checked_at"], name="source_by_link_check"),
            models.Index(
                fields=["-link_checked_at"], condition=~Q(link_problem=""), name="source_with_dead_link"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="source_has_a_title"),
            models.CheckConstraint(
                condition=Q(confidential=False) | Q(owner__isnull=False),
                name="source_confidential_has_an_owner",
                violation_error_message=_("A confidential source needs an owner: say who obtained it."),
            ),
        ]

    def __str__(self) -> str:
        # A confidential title must not reach a log line or a history row through str().
        return f"[{self.key}]" if self.confidential else self.title

    def is_visible_to(self, user: AbstractBaseUser | AnonymousUser) -> bool:
        """Whether `user` may know of it, as `SourceQuerySet.visible_to` has it."""
        return not self.confidential or self.owner_id == user.pk or user.has_perm(SEE_CONFIDENTIAL)  # type: ignore[union-attr]


class Snapshot(FrozenModel):
    """The bytes of a source as they were captured, and the text in them. Written once."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="snapshots", verbose_name=_("source"))
    data = models.BinaryField(_("bytes"))
    media_type = models.CharField(_("media type"), max_length=120, default="text/plain; charset=utf-8")
    text = models.TextField(
        _("text"), help_text=_("What can be read in the bytes; quotations are looked up in it.")
    )
    sha256 = models.CharField(
        _("SHA-256"), max_length=64, db_index=True, help_text=_("Of the bytes, in hexadecimal.")
    )
    captured_at = models.DateTimeField(_("captured at"))
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("captured by")
    )
    captured_from = models.CharField(
        _("captured from"), max_length=1000, blank=True, help_text=_("An address, a file name, or “pasted”.")
    )

    class Meta(FrozenModel.Meta):
        abstract = False
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-captured_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "sha256"], name="snapshot_once_per_source"),
            models.CheckConstraint(
                condition=Exact(Length("sha256"), 64), name="snapshot_sha256_is_64_characters"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.captured_at:%Y-%m-%d %H:%M} {self.sha256[:12]}"
