"""What editors work on. Readers never see a story; they see its editions."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.edition import Edition
from articles.models.quotation import Quotation


class Copy(models.Model):
    """Raw text as it came in, untouched, with what cleaning cut from it."""

    text = models.TextField(_("text"), editable=False)
    sha256 = models.CharField(
        _("SHA-256"),
        max_length=64,
        unique=True,
        editable=False,
        help_text=_("Of the text in UTF-8: one copy comes in once."),
    )
    origin = models.CharField(_("came from"), max_length=1000, blank=True, editable=False)
    cuts = models.JSONField(
        _("cuts"),
        default=list,
        editable=False,
        help_text=_("What cleaning removed: a list of {start, end, text, rule, reason, restored}."),
    )
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("received by"),
        editable=False,
    )

    class Meta:
        verbose_name = _("copy")
        verbose_name_plural = _("copies")

    def __str__(self) -> str:
        return self.text[:60]


def _count_of(rows: models.QuerySet) -> Coalesce:
    """How many rows a correlated subquery has."""
    counted = rows.values("story").annotate(total=Count("pk")).values("total")
    return Coalesce(models.Subquery(counted), 0)


class StoryQuerySet(models.QuerySet["Story"]):
    """Questions about stories. None of them is for readers."""

    def owned_by(self, user: models.Model) -> "StoryQuerySet":
        """Stories that `user` owns."""
        return self.filter(owner=user)

    def needing_verification(self) -> "StoryQuerySet":
        """Stories that print a quote which nobody has verified, or a quotation without a record."""
        open_states = Quotation.objects.needing_work().filter(story=OuterRef("pk"))
        return self.filter(Exists(open_states))

    def with_counts(self) -> "StoryQuerySet":
        """Stories with `quotation_count` and `unverified_count` (quotations that need work)."""
        # Counted by subqueries, so that only the rows that a page shows are counted.
        here = Quotation.objects.filter(story=OuterRef("pk")).order_by()
        return self.annotate(
            quotation_count=_count_of(here.in_text()), unverified_count=_count_of(here.needing_work())
        )

    def with_live_from(self) -> "StoryQuerySet":
        """Stories with `live_from`: when the open edition becomes or became visible, or None."""
        open_edition = Edition.objects.open().filter(story=OuterRef("pk"))
        return self.annotate(live_from=models.Subquery(open_edition.values("live_from")[:1]))

    def for_desk_list(self) -> "StoryQuerySet":
        """What the story list shows, in a constant number of queries."""
        return self.select_related("section", "owner").with_counts().with_live_from()

    def with_people(self) -> "StoryQuerySet":
        """Stories with what a form shows of them: owner, section, picture, bylines and topics."""
        return self.select_related("section", "lead_image", "owner").prefetch_related(
            models.Prefetch("bylines", queryset=Byline.objects.select_related("author")), "topics"
        )

    def with_quotes(self) -> "StoryQuerySet":
        """Stories with everything that a page of the desk asks of their quotations."""
        quotations = models.Prefetch("quotations", queryset=Quotation.objects.with_quotes())
        return self.with_people().select_related("raw").prefetch_related(quotations)


class Story(models.Model):
    """A story in the making, and after: every version that readers see is an edition made from it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        UNPUBLISHED = "unpublished", _("unpublished")
        KILLED = "killed", _("killed")
        SPIKED = "spiked", _("spiked")

    class TypeOfWork(models.TextChoices):
        NEWS = "news", _("news")
        ANALYSIS = "analysis", _("analysis")
        OPINION = "opinion", _("opinion")
        BACKGROUND = "background", _("background")
        REVIEW = "review", _("review")
        ADVERTISER = "advertiser", _("advertiser content")

    headline = models.CharField(_("headline"), max_length=300, blank=True)
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        blank=True,
        help_text=_("The last part of the address. Made from the headline when empty."),
    )
    slugline = models.CharField(
        _("slugline"),
        max_length=80,
        blank=True,
        help_text=_("What the desk calls the story, such as “barrier-vote”."),
    )
    kicker = models.CharField(
        _("kicker"), max_length=80, blank=True, help_text=_("The few words above the headline.")
    )
    dek = models.CharField(
        _("dek"), max_length=400, blank=True, help_text=_("The sentence under the headline.")
    )
    body = models.TextField(_("body"), blank=True)
    dateline = models.CharField(
        _("dateline"), max_length=120, blank=True, help_text=_("Where and when it was filed.")
    )
    section = models.ForeignKey(
        "articles.Section", models.PROTECT, null=True, blank=True, related_name="stories",
        verbose_name=_("section"),
    )  # fmt: skip
    authors = models.ManyToManyField(
        "articles.Author", through="articles.Byline", related_name="stories", verbose_name=_("bylines")
    )
    topics = TaggableManager(
        verbose_name=_("topics"), blank=True, help_text=_("What it is about, separated by commas.")
    )
    lead_image = models.ForeignKey(
        "articles.Image", models.PROTECT, null=True, blank=True, related_name="stories",
        verbose_name=_("lead image"),
    )  # fmt: skip
    body_images = models.ManyToManyField(
        "articles.Image", related_name="in_bodies", editable=False, verbose_name=_("pictures in the body")
    )
    type_of_work = models.CharField(
        _("type of work"), max_length=12, choices=TypeOfWork, default=TypeOfWork.NEWS
    )
    developing = models.BooleanField(
        _("developing"), default=False, help_text=_("Readers are told that the story is not finished.")
    )
    editors_note = models.TextField(
        _("editor's note"), blank=True, help_text=_("For the desk. Readers never see it.")
    )
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True, help_text=_("Nobody can publish it before this time.")
    )
    length_target = models.PositiveIntegerField(
        _("length in words"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10**5)],
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("owner"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("approved by"),
    )  # fmt: skip
    version = models.PositiveIntegerField(
        _("version"), default=1, editable=False, validators=[MinValueValidator(1)],
        help_text=_("Grows with every saved change; a save that names an older one is refused."),
    )  # fmt: skip
    raw = models.OneToOneField(
        Copy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="story",
        verbose_name=_("copy"),
        editable=False,
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-updated_at"]
        indexes = [
            models.Index(fields=["-updated_at"], name="story_by_update"),
            models.Index(fields=["status", "-updated_at"], name="story_by_status"),
            models.Index(fields=["slug"], name="story_by_slug"),
            models.Index(
                fields=["embargo_until"], condition=Q(embargo_until__isnull=False), name="story_by_embargo"
            ),
            models.Index(fields=["owner", "-updated_at"], name="story_by_owner"),
            models.Index(fields=["section", "-updated_at"], name="story_by_section"),
            models.Index(fields=["headline"], name="story_by_headline"),
            models.Index(
                fields=["-updated_at"], condition=Q(developing=True), name="story_developing_by_update"
            ),
        ]
        permissions = [
            ("change_any_story", _("Can edit stories of others")),
            ("submit_story", _("Can submit a story for review")),
            ("approve_story", _("Can approve a story")),
            ("publish_story", _("Can publish and schedule a story")),
            ("correct_story", _("Can correct a published story")),
            ("override_gate", _("Can publish against a blocker, with a reason")),
            ("kill_story", _("Can kill a published story")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=["draft", "in_review", "approved", "scheduled"]
                    + ["published", "unpublished", "killed", "spiked"]
                ),
                name="story_status_is_known",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="story_version_is_positive"),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "scheduled"]) | Q(approved_by__isnull=False),
                name="story_approved_by_somebody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.headline or self.slugline or str(_("Untitled story"))


class Byline(models.Model):
    """An author of a story, in the order printed."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="bylines", verbose_name=_("story"))
    author = models.ForeignKey(
        "articles.Author", models.PROTECT, related_name="bylines", verbose_name=_("author")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["story", "author"], name="byline_once_per_author")]

    def __str__(self) -> str:
        return str(self.author)
