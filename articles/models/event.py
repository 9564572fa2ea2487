"""Who did what to which record, when and why: written once, never changed."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.frozen import FrozenModel, FrozenQuerySet
from articles.models.source import SEE_CONFIDENTIAL, Source


class EventQuerySet(FrozenQuerySet):
    """Questions about events."""

    def about(self, record: models.Model) -> "EventQuerySet":
        """Events of one record."""
        return self.filter(record_type=record._meta.model_name, record_id=record.pk)

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "EventQuerySet":
        """Events that `user` may read; confidential ones are for who did them and the managing editor.

        So is everything older about a source that has become confidential since.
        """
        if user.has_perm(SEE_CONFIDENTIAL):  # type: ignore[union-attr]
            return self
        hidden = Source.objects.filter(confidential=True).values("pk")
        about_hidden = Q(record_type=Source._meta.model_name, record_id__in=hidden)
        return self.filter((Q(confidential=False) & ~about_hidden) | Q(by_id=user.pk))


class Event(FrozenModel):
    """One thing that somebody did. `action` is dotted, such as `story.published`."""

    action = models.CharField(_("action"), max_length=60)
    record_type = models.CharField(_("kind of record"), max_length=40)
    record_id = models.BigIntegerField(_("number of the record"))
    label = models.CharField(_("record"), max_length=300, blank=True)
    story = models.ForeignKey(
        "articles.Story",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("story"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"),
        help_text=_("Empty when the program did it."),
    )  # fmt: skip
    at = models.DateTimeField(_("at"), db_index=True)
    reason = models.TextField(_("reason"), blank=True)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    confidential = models.BooleanField(_("confidential"), default=False)

    objects = EventQuerySet.as_manager()

    class Meta(FrozenModel.Meta):
        abstract = False
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["record_type", "record_id", "-at"], name="event_by_record"),
            models.Index(fields=["story", "-at"], name="event_by_story"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(action=""), name="event_has_an_action")]

    def __str__(self) -> str:
        return f"{self.action}: {self.label}"


class Override(FrozenModel):
    """A blocker that a managing editor set aside, for one version of one story, with a reason."""

    story = models.ForeignKey(
        "articles.Story", models.PROTECT, related_name="overrides", verbose_name=_("story")
    )
    code = models.CharField(
        _("code"), max_length=8, help_text=_("The check that was set aside, such as “G101”.")
    )
    place = models.CharField(
        _("place"), max_length=80, blank=True, help_text=_("What it was about, such as “quote:bcd23”.")
    )
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    story_version = models.PositiveIntegerField(_("version of the story"))

    class Meta(FrozenModel.Meta):
        abstract = False
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_a_reason"),
            models.UniqueConstraint(fields=["story", "code", "place", "story_version"], name="override_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"
