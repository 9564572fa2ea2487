"""What the desk means to remember: notes on a day, and stories to look at again."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.assignment import Desk
from articles.models.story import Story


class DayNote(models.Model):
    """Something about a day, such as a hearing, a match or a holiday."""

    day = models.DateField(_("day"), db_index=True)
    text = models.CharField(_("note"), max_length=300)
    desk = models.ForeignKey(
        Desk, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("desk"),
        help_text=_("Empty for the whole newsroom."),
    )  # fmt: skip
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), editable=False
    )

    class Meta:
        verbose_name = _("note on a day")
        verbose_name_plural = _("notes on days")
        ordering = ["day", "pk"]
        default_permissions = ("add", "change", "view")

    def __str__(self) -> str:
        return self.text


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Questions about reminders."""

    def of(self, user: models.Model) -> "ReminderQuerySet":
        """Those that `user` set and has not done."""
        return self.filter(user=user, done_at=None)

    def due(self, now: datetime.datetime | None = None) -> "ReminderQuerySet":
        """Those whose time has come and that nobody has done."""
        return self.filter(done_at=None, at__lte=now or timezone.now())


class Reminder(models.Model):
    """One person wants to look at a story again at a time. Only that person sees it."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="reminders", verbose_name=_("story"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders", verbose_name=_("for")
    )
    at = models.DateTimeField(_("look again at"))
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("What to look for, such as “Has the court ruled?”")
    )
    told_at = models.DateTimeField(_("told at"), null=True, blank=True, editable=False)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["at", "pk"]
        default_permissions = ("add",)
        indexes = [
            models.Index(fields=["user", "at"], condition=models.Q(done_at=None), name="reminder_of_user"),
            models.Index(
                fields=["at"], condition=models.Q(done_at=None, told_at=None), name="reminder_to_tell"
            ),
        ]

    def __str__(self) -> str:
        # An event keeps this as its label, and events are read by others: the note stays out of it.
        return str(_("reminder of story %d") % self.story_id)
