"""Pictures, re-encoded when they come in."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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
