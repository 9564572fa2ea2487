"""Work that is to be done: desks, what they assign to whom, and the patterns that stories begin from."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.story import Story


class Desk(models.Model):
    """A group of people who plan and write together, such as the city desk."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("lead"), help_text=_("Who answers for the desk."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class StoryTemplate(models.Model):
    """How stories of one kind begin: a match report, a court report, an obituary."""

    name = models.CharField(
        _("name"), max_length=80, unique=True, help_text=_("What writers choose, such as “Court report”.")
    )
    headline = models.CharField(
        _("headline"), max_length=300, blank=True,
        help_text=_("A pattern for the headline, such as “[Home] [0–0] [Away]”. The writer replaces it."),
    )  # fmt: skip
    body = models.TextField(
        _("body"), blank=True, help_text=_("Subheads and prompts. The writer replaces what stands there.")
    )
    section = models.ForeignKey(
        "articles.Section", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("section")
    )
    type_of_work = models.CharField(
        _("type of work"), max_length=12, choices=Story.TypeOfWork, default=Story.TypeOfWork.NEWS
    )
    topics = models.JSONField(_("topics"), default=list, blank=True, help_text=_("One a line."))
    length_target = models.PositiveIntegerField(
        _("length in words"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000)],
        help_text=_("How long such a story should be."),
    )  # fmt: skip
    retired = models.BooleanField(
        _("retired"), default=False, help_text=_("A retired template is no longer offered.")
    )

    class Meta:
        verbose_name = _("story template")
        verbose_name_plural = _("story templates")
        ordering = ["name"]
        default_permissions = ("add", "change", "view")

    def __str__(self) -> str:
        return self.name


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Questions about assignments. None of them is for readers."""

    def standing(self) -> "AssignmentQuerySet":
        """Assignments that somebody still has to write, or to take in."""
        return self.filter(status__in=Assignment.Status.standing())

    def overdue(self) -> "AssignmentQuerySet":
        """Assignments that should have been filed by now."""
        return self.to_write().filter(due_at__lt=timezone.now())

    def to_write(self) -> "AssignmentQuerySet":
        """Assignments that are not filed yet."""
        return self.filter(status__in=[Assignment.Status.OPEN, Assignment.Status.ACCEPTED])

    def for_lists(self) -> "AssignmentQuerySet":
        """With everything that a row or a card shows, in one query."""
        return self.select_related("desk", "assignee", "story").defer("story__body", "story__editors_note")


class Assignment(models.Model):
    """Something the paper wants: what, by whom, by when, and the story that came of it."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        FILED = "filed", _("filed")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

        @classmethod
        def standing(cls) -> list["Assignment.Status"]:
            """States in which something is still to be done."""
            return [cls.OPEN, cls.ACCEPTED, cls.FILED]

    headline = models.CharField(
        _("what is wanted"), max_length=300, help_text=_("In a few words, as a headline would say it.")
    )
    brief = models.TextField(
        _("brief"), blank=True, help_text=_("What to find out, whom to ask, what to leave out.")
    )
    slugline = models.CharField(
        _("slugline"), max_length=80, blank=True,
        help_text=_("What the desk calls the story, such as “barrier-vote”."),
    )  # fmt: skip
    desk = models.ForeignKey(
        Desk, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("desk")
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assignments",
        verbose_name=_("assigned to"), help_text=_("Leave it empty, and whoever can take it."),
    )  # fmt: skip
    due_at = models.DateTimeField(_("due"))
    length_target = models.PositiveIntegerField(
        _("length in words"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000)],
    )  # fmt: skip
    template = models.ForeignKey(
        StoryTemplate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("template"),
        help_text=_("What the story begins from."),
    )  # fmt: skip
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN, editable=False)
    story = models.OneToOneField(
        Story, models.PROTECT, null=True, blank=True, related_name="assignment", verbose_name=_("story"),
        editable=False,
    )  # fmt: skip
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"), editable=False
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_at", "pk"]
        default_permissions = ("add", "change", "view")
        permissions = [("work_assignment", _("Can take, accept and file assignments"))]
        indexes = [
            models.Index(fields=["due_at"], name="assignment_by_due"),
            models.Index(fields=["status", "due_at"], name="assignment_by_status"),
            models.Index(fields=["assignee", "status", "due_at"], name="assignment_by_assignee"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["open", "accepted", "filed", "done", "cancelled"]),
                name="assignment_status_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "filed"]) | Q(assignee__isnull=False),
                name="assignment_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def overdue(self) -> bool:
        """Whether it should have been filed by now."""
        return self.status in (self.Status.OPEN, self.Status.ACCEPTED) and self.due_at < timezone.now()
