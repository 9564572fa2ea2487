"""Sections of the paper and the authors who sign stories."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# First parts of addresses that belong to the site itself; tests keep this in step with the URLs.
RESERVED_SLUGS = frozenset(
    [
        "about",
        "admin",
        "api",
        "archive",
        "authors",
        "corrections",
        "developing",
        "disputes",
        "embed",
        "feeds",
        "health",
        "media",
        "oembed",
        "policies",
        "preview",
        "quotes",
        "search",
        "sources",
        "speakers",
        "static",
        "topics",
        "transparency",
    ]
)


def refuse_reserved_slug(slug: str) -> None:
    """Raise ValidationError for a section slug that would hide one of the site's own pages."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is an address of the site itself. Choose another, such as “%(slug)s-desk”."),
            code="reserved",
            params={"slug": slug},
        )


class Section(models.Model):
    """A desk of the paper. Every story belongs to one."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        unique=True,
        validators=[refuse_reserved_slug],
        help_text=_("The first part of the address of every story in this section."),
    )
    description = models.CharField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_("One sentence, shown to readers on the section's page."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Sections are listed from the lowest number to the highest.")
    )

    colour = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        help_text=_(
            "Such as #17526f. Leave it empty and the section gets one of the paper’s."
            " Dark screens get a lighter shade of it."
        ),
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Author(models.Model):
    """A name that stands in a byline."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    bio = models.TextField(
        _("biography"), blank=True, help_text=_("Two or three sentences, shown to readers.")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name=_("user"),
        help_text=_("The log-in of this author, when the author has one."),
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
