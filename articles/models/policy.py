"""What the paper promises: its policies, as the desk writes them and as readers see them.

A `Policy` is what the desk works on. Publishing writes a `PolicyEdition`, once; readers see editions only,
so that an old promise can still be read after it was changed.
"""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.edition import live_at
from articles.models.frozen import FrozenModel, FrozenQuerySet
from articles.models.json_rows import json_rows

RESERVED_POLICY_SLUGS = frozenset({"quotations"})  # a page of the site itself


def refuse_reserved_policy_slug(slug: str) -> None:
    """Raise ValidationError for a slug that would hide the page about the marks beside quotations."""
    if slug in RESERVED_POLICY_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is a page of the site itself. Choose another, such as “%(slug)s-policy”."),
            code="reserved",
            params={"slug": slug},
        )


class PolicyKind(models.TextChoices):
    """What a policy is about. Machines are told of each kind but the last by schema.org's name for it."""

    ETHICS = "ethics", _("ethics")
    VERIFICATION = "verification", _("verification and fact-checking")
    CORRECTIONS = "corrections", _("corrections")
    UNNAMED_SOURCES = "unnamed_sources", _("unnamed sources")
    FEEDBACK = "feedback", _("readers' reports")
    DIVERSITY = "diversity", _("diversity")
    OWNERSHIP = "ownership", _("ownership and funding")
    MASTHEAD = "masthead", _("masthead")
    MISSION = "mission", _("mission and coverage")
    PRIVACY = "privacy", _("privacy")
    CONTACT = "contact", _("contact")
    OTHER = "other", _("another subject")


class PolicyQuerySet(models.QuerySet["Policy"]):
    """Questions of the desk."""

    def with_current(self) -> "PolicyQuerySet":
        """Policies with `current`, the number of the edition that readers see, or None."""
        live = PolicyEdition.objects.filter(policy=models.OuterRef("pk"), live_until__isnull=True)
        return self.annotate(current=Subquery(live.values("number")[:1]))


class Policy(models.Model):
    """A policy as the desk writes it. Readers see what was published of it."""

    kind = models.CharField(_("kind"), max_length=16, choices=PolicyKind)
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(
        _("slug"), max_length=80, unique=True, validators=[refuse_reserved_policy_slug],
        help_text=_("The last part of the address. An old address keeps leading to the policy."),
    )  # fmt: skip
    summary = models.CharField(
        _("summary"), max_length=240, help_text=_("One sentence for the list of policies.")
    )
    body = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Policies are listed from the lowest number to the highest.")
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["position", "title"]
        default_permissions = ("add", "change", "view")
        permissions = [("publish_policy", _("Can publish and withdraw policies"))]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=~Q(kind="other"), name="policy_kind_once",
                violation_error_message=_("There is a policy of this kind already. Change that one."),
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(slug=""), name="policy_has_an_address"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class PolicyEditionQuerySet(FrozenQuerySet):
    """Questions that readers' pages ask."""

    def live(self, now: datetime.datetime | None = None) -> "PolicyEditionQuerySet":
        """What readers see of each policy, in the order of the list."""
        return self.filter(live_at(now or timezone.now())).order_by("position", "title")

    def once_live(self, now: datetime.datetime | None = None) -> "PolicyEditionQuerySet":
        """Every edition that readers saw at some time, the newest first."""
        return self.filter(live_from__lte=now or timezone.now()).order_by("-live_from", "-pk")

    def links(self, now: datetime.datetime) -> Subquery:
        """The live policies as an expression, for a query that is asked anyway: see `read_links`."""
        live = self.filter(live_at(now))
        return json_rows(live, kind="kind", slug="slug", title="title", position="position")

    def end(self, at: datetime.datetime) -> int:
        """Close editions at `at`: the one thing about an edition that changes. For `workflow` only."""
        return models.QuerySet.update(self, live_until=at)


class PolicyEdition(FrozenModel):
    """A policy as readers saw it from one moment to another, written once."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="editions", verbose_name=_("policy"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=16, choices=PolicyKind)
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=80)
    summary = models.CharField(_("summary"), max_length=240)
    body_html = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    change_note = models.CharField(
        _("what changed"), max_length=300, help_text=_("One sentence that readers see.")
    )
    live_from = models.DateTimeField(_("live from"))
    live_until = models.DateTimeField(_("live until"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by")
    )

    objects = PolicyEditionQuerySet.as_manager()

    class Meta(FrozenModel.Meta):
        abstract = False
        verbose_name = _("published policy")
        verbose_name_plural = _("published policies")
        ordering = ["-live_from", "-pk"]
        indexes = [models.Index(fields=["slug", "-live_from"], name="policy_edition_by_slug")]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_edition_number_once"),
            models.UniqueConstraint(
                fields=["policy"], condition=Q(live_until__isnull=True), name="policy_edition_one_open"
            ),
            models.CheckConstraint(
                condition=Q(live_until__isnull=True) | Q(live_until__gte=F("live_from")),
                name="policy_edition_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(slug="") & ~Q(body_html=""), name="policy_edition_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def get_absolute_url(self) -> str:
        """The address of the policy for readers."""
        return reverse("articles:policy", args=[self.slug])


@dataclass(frozen=True, slots=True)
class PolicyLink:
    """What every page knows of a published policy."""

    kind: str
    slug: str
    title: str

    def get_absolute_url(self) -> str:
        """The address of the policy for readers."""
        return reverse("articles:policy", args=[self.slug])


def read_links(rows: list[dict[str, object]] | None) -> tuple[PolicyLink, ...]:
    """What `PolicyEdition.objects.links` found, in the order of the list."""
    ordered = sorted(rows or [], key=lambda row: (row["position"], row["title"]))
    return tuple(PolicyLink(str(row["kind"]), str(row["slug"]), str(row["title"])) for row in ordered)
