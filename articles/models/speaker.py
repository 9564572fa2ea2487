"""Who says things, and what they were when they said them."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    """Questions about speakers."""

    def named_like(self, name: str) -> "SpeakerQuerySet":
        """Speakers whose name is `name`, whatever the case. Aliases are asked by `workflow.attribute`."""
        return self.filter(name__iexact=name.strip())


class Speaker(models.Model):
    """A person or an organisation whose words the paper prints."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(
        _("name"),
        max_length=160,
        db_index=True,
        help_text=_(
            "The full name. For an unnamed speaker, the words that readers see, such as “a senior official”."
        ),
    )
    slug = models.SlugField(_("slug"), max_length=160, unique=True)
    aliases = models.JSONField(
        _("other names"),
        default=list,
        blank=True,
        help_text=_("Other spellings and names this speaker goes by."),
    )
    bio = models.TextField(_("biography"), blank=True, help_text=_("Shown to readers on the speaker's page."))
    photo = models.ForeignKey(
        "articles.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )
    external_ids = models.JSONField(
        _("external identifiers"),
        default=dict,
        blank=True,
        help_text=_("Such as {“wikidata”: “Q42”}: they tell other sites which person this is."),
    )
    unnamed = models.BooleanField(
        _("unnamed"), default=False, help_text=_("The name is not printed. A reason is then needed.")
    )
    unnamed_reason = models.CharField(
        _("reason for not naming"),
        max_length=300,
        blank=True,
        help_text=_(
            "Printed with the quotation, such as “because she is not authorised to speak about the talks”."
        ),
    )
    known_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("identity known to"),
        help_text=_("The editor who knows who the unnamed speaker is."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="speaker_has_a_name"),
            models.CheckConstraint(
                condition=Q(unnamed=True) | Q(unnamed_reason=""), name="speaker_reason_only_when_unnamed"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoleQuerySet(models.QuerySet["Role"]):
    """Questions about roles."""

    def held_on(self, day: datetime.date) -> "RoleQuerySet":
        """Roles held on `day`; an open end counts as held."""
        return self.filter(
            Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day)
        )


class Role(models.Model):
    """A title and organisation that a speaker held from one day until another."""

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="roles", verbose_name=_("speaker"))
    title = models.CharField(_("title"), max_length=160, help_text=_("Such as “Harbour Master”."))
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty while the role is held."))

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = [F("since").desc(nulls_last=True), "title"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="role_has_a_title"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="role_ends_after_it_begins",
                violation_error_message=_("The role ends before it begins. Look at the two dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}" if self.organisation else self.title
