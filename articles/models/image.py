"""Pictures, re-encoded when they come in, and which editions print them."""

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.edition import live_at
from articles.models.frozen import FrozenModel, FrozenQuerySet
from articles.models.speaker import Speaker
from articles.models.story import Story


class ImageQuerySet(models.QuerySet["Image"]):
    """Questions about pictures."""

    def expired(self, day: datetime.date) -> "ImageQuerySet":
        """Pictures that may no longer be shown on `day`."""
        return self.filter(expires_on__lt=day)

    def expiring(self, day: datetime.date, *, days: int) -> "ImageQuerySet":
        """Pictures that may be shown on `day`, and not any more `days` later."""
        return self.filter(expires_on__gte=day, expires_on__lt=day + datetime.timedelta(days=days))

    def without_words(self) -> "ImageQuerySet":
        """Pictures that no story can be published with: no alt text, or no credit."""
        return self.filter(Q(alt="") | Q(credit=""))

    def live(self, now: datetime.datetime | None = None) -> "ImageQuerySet":
        """Pictures that readers see in a story now."""
        return self.filter(Exists(EditionImage.objects.live(now).filter(image=OuterRef("pk"))))

    def unused(self) -> "ImageQuerySet":
        """Pictures that no story shows, no speaker has for a photo, and no edition ever printed."""
        uses = (
            Story.objects.filter(lead_image=OuterRef("pk")),
            Story.body_images.through.objects.filter(image=OuterRef("pk")),
            Speaker.objects.filter(photo=OuterRef("pk")),
            EditionImage.objects.filter(image=OuterRef("pk")),
        )
        return self.filter(*(~Exists(use) for use in uses))


class Image(models.Model):
    """A picture with the words that must stand beside it. The file is made by `workflow.pictures`."""

    title = models.CharField(_("title"), max_length=120, help_text=_("What the desk calls this picture."))
    file = models.ImageField(
        _("file"), upload_to="images/", width_field="width", height_field="height", max_length=200
    )
    width = models.PositiveIntegerField(_("width in pixels"), editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), editable=False)
    renditions = models.JSONField(
        _("renditions"),
        default=list,
        editable=False,
        help_text=_("Smaller versions: a list of {name, width, height, type}."),
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    alt = models.CharField(
        _("alt text"),
        max_length=300,
        blank=True,
        help_text=_(
            "What the picture shows, for readers who cannot see it. A story is not published without it."
        ),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(
        _("credit"),
        max_length=120,
        blank=True,
        help_text=_("Photographer and agency. A story is not published without it."),
    )
    rights = models.CharField(
        _("rights"),
        max_length=500,
        blank=True,
        help_text=_("Who may use it, and where: such as “Online and in print, not for advertising”."),
    )
    expires_on = models.DateField(
        _("may be shown until"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "The last day. After it no story is published with this picture. Empty when it never ends."
        ),
    )
    file_words = models.JSONField(
        _("words in the file"),
        default=dict,
        editable=False,
        help_text=_("What the photographer wrote into the file: {title, caption, credit, rights}."),
    )
    focus_x = models.PositiveSmallIntegerField(
        _("focal point, across"), default=50, validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Per cent from the left."),
    )  # fmt: skip
    focus_y = models.PositiveSmallIntegerField(
        _("focal point, down"), default=50, validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Per cent from the top."),
    )  # fmt: skip
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("uploaded by"),
        editable=False,
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(focus_x__lte=100) & Q(focus_y__lte=100), name="image_focal_point_inside"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def smallest_url(self) -> str:
        """The address of the smallest JPEG of it."""
        jpegs = [each for each in self.renditions if each["type"] == "image/jpeg"]
        smallest = min(jpegs, key=lambda each: each["width"], default={"name": self.file.name})
        return self.file.storage.url(smallest["name"])

    def has_expired(self, day: datetime.date) -> bool:
        """Whether it may no longer be shown on `day`."""
        return self.expires_on is not None and self.expires_on < day


class EditionImageQuerySet(FrozenQuerySet):
    """Questions about where pictures are printed."""

    def live(self, now: datetime.datetime | None = None) -> "EditionImageQuerySet":
        """Those of editions that can be read."""
        return self.filter(live_at(now or timezone.now(), "edition__"), edition__gone=False)


class EditionImage(FrozenModel):
    """That an edition prints a picture, to find where it is used; what pages print is in the edition."""

    edition = models.ForeignKey("articles.Edition", models.PROTECT, related_name="image_rows")
    image = models.ForeignKey(Image, models.PROTECT, related_name="edition_rows")

    objects = EditionImageQuerySet.as_manager()

    class Meta(FrozenModel.Meta):
        abstract = False
        verbose_name = _("picture of an edition")
        verbose_name_plural = _("pictures of editions")
        constraints = [models.UniqueConstraint(fields=["edition", "image"], name="edition_image_once")]

    def __str__(self) -> str:
        return f"{self.image_id} in {self.edition_id}"
