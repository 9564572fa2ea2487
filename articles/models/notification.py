"""What a person is told of the work of others, and how they want to be told."""

import datetime
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Mail that could not be sent for so long is old news, and is not sent any more.
MAILED_WITHIN: Final = datetime.timedelta(days=3)


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Questions about notifications."""

    def inbox(self, user: models.Model) -> "NotificationQuerySet":
        """What `user` is told in the admin, newest first."""
        return self.filter(to=user, shown=True)

    def unread(self) -> "NotificationQuerySet":
        """Those that were not opened yet."""
        return self.filter(read_at=None)

    def to_mail(self) -> "NotificationQuerySet":
        """Those that still have to be sent by mail."""
        young = timezone.now() - MAILED_WITHIN
        return self.filter(mail=Notification.Mail.WAITING, at__gt=young, to__is_active=True)

    def with_records(self) -> "NotificationQuerySet":
        """Notifications with all that telling them needs."""
        return self.select_related("to", "event__by", "story", "comment__thread", "quote__source")


class Notification(models.Model):
    """One person is told of one event. It says nothing itself: what is shown is read from the records.

    So a comment that was deleted, and a source that became confidential, are in nobody's inbox either.
    """

    class Kind(models.TextChoices):
        MENTIONED = "mentioned", _("Somebody mentions me with @")
        REPLY = "reply", _("Somebody answers in a thread of mine, or resolves it")
        COMMENT = "comment", _("Somebody comments on a story of mine")
        ASSIGNED = "assigned", _("An assignment is given to me, moved or sent back; one that I gave is filed")
        SUBMITTED = "submitted", _("A story is submitted for review")
        RETURNED = "returned", _("A story of mine is returned")
        APPROVED = "approved", _("A story of mine is approved")
        PUBLISHED = "published", _("A story of mine is published or scheduled")
        CORRECTED = "corrected", _("A story of mine is corrected or updated")
        TAKEN_DOWN = "taken_down", _("A story of mine is spiked, unpublished or killed")
        VERIFIED = "verified", _("A quote that I wrote in is verified")
        DISPUTED = "disputed", _("A quote that I wrote in is disputed or withdrawn")
        READER = "reader", _("A reader disputes a story of mine, or a dispute waits that I may answer")
        REMINDER = "reminder", _("A story wants another look, or something of mine falls due")

    class Mail(models.TextChoices):
        NONE = "none", _("no mail")
        WAITING = "waiting", _("to be sent")
        SENT = "sent", _("sent")

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", verbose_name=_("to")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    event = models.ForeignKey(
        "articles.Event", models.PROTECT, related_name="notifications", verbose_name=_("event")
    )
    story = models.ForeignKey(
        "articles.Story", models.CASCADE, null=True, related_name="+", verbose_name=_("story")
    )
    comment = models.ForeignKey(
        "articles.Comment", models.CASCADE, null=True, related_name="+", verbose_name=_("comment")
    )
    quote = models.ForeignKey(
        "articles.Quote", models.CASCADE, null=True, related_name="+", verbose_name=_("quote")
    )
    at = models.DateTimeField(_("at"))
    shown = models.BooleanField(_("shown in the admin"), default=True)
    read_at = models.DateTimeField(_("read at"), null=True)
    mail = models.CharField(_("mail"), max_length=8, choices=Mail, default=Mail.NONE)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["to", "-at"], name="notification_inbox"),
            models.Index(
                fields=["to"], condition=Q(read_at__isnull=True, shown=True), name="notification_unread"
            ),
            models.Index(fields=["at"], condition=Q(mail="waiting"), name="notification_to_mail"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "to"], name="notification_once_per_event"),
            models.CheckConstraint(
                condition=Q(shown=True) | ~Q(mail="none"), name="notification_reaches_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%H:%M}"


class NotificationChoice(models.Model):
    """How one person wants to hear of one kind of thing; without a row, as `workflow.notify` has it."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notification_choices",
        verbose_name=_("by"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Notification.Kind)
    in_admin = models.BooleanField(_("in the admin"))
    by_mail = models.BooleanField(_("by e-mail"))

    class Meta:
        verbose_name = _("choice of notifications")
        verbose_name_plural = _("choices of notifications")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["by", "kind"], name="notification_choice_once")]

    def __str__(self) -> str:
        return f"{self.by}: {self.kind}"
