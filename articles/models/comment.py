"""What the desk says about a story while it is made: threads on a passage, or on the whole of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.story import Story


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Questions about threads. None of them is for readers."""

    def unresolved(self) -> "ThreadQuerySet":
        """Threads that still want somebody."""
        return self.filter(resolved_at=None)

    def with_comments(self) -> "ThreadQuerySet":
        """Threads with what was said in them, in two queries."""
        comments = Comment.objects.select_related("by").order_by("at", "pk")
        return self.select_related("resolved_by").prefetch_related(models.Prefetch("comments", comments))


class Thread(models.Model):
    """Comments on one passage of a story's body, or on the story as a whole.

    `words` are those it was about when it began, and stay. `start` and `end` are where they, or what an edit
    made of them, stand in the plain text of the body; empty when they are no longer in it.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="threads", verbose_name=_("story"))
    words = models.TextField(
        _("words"), blank=True, help_text=_("What it is about; empty for the story as a whole.")
    )
    start = models.PositiveIntegerField(_("start"), null=True)
    end = models.PositiveIntegerField(_("end"), null=True)
    resolved_at = models.DateTimeField(_("resolved at"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("resolved by")
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        ordering = ["start", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__isnull=False, end__gt=F("start")) & ~Q(words=""),
                name="thread_stands_at_words",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="thread_resolved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.words[:80]}”" if self.words else str(_("the story as a whole"))

    @property
    def lost(self) -> bool:
        """Whether the words it is about are no longer in the text."""
        return bool(self.words) and self.start is None


class Comment(models.Model):
    """What one person said in a thread. Deleting it takes the text away; that there was one stays."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="comments", verbose_name=_("thread"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    text = models.TextField(_("text"), blank=True)
    edited_at = models.DateTimeField(_("edited at"), null=True)
    deleted_at = models.DateTimeField(_("deleted at"), null=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]
        default_permissions = ("add", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) & ~Q(text="") | Q(deleted_at__isnull=False, text=""),
                name="comment_deleted_without_text",
            ),
        ]

    def __str__(self) -> str:
        # An event keeps this as its label, and events are exported: what was said stays out of it.
        return str(_("comment %d") % self.pk)
