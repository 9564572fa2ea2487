"""Links under which somebody without a log-in reads a story before it is published."""

from django.conf import settings
from django.core.signing import Signer
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.keys import new_key

SIGNER = Signer(salt="articles.preview", sep=".")


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    """Questions about links."""

    def open(self) -> "PreviewLinkQuerySet":
        """Links that work now."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class PreviewLink(models.Model):
    """A signed address that shows one story as it stands, for a time, until somebody takes it back."""

    key = models.CharField(_("key"), max_length=16, unique=True, default=new_key, editable=False)
    story = models.ForeignKey(
        "articles.Story", models.CASCADE, related_name="preview_links", verbose_name=_("story")
    )
    recipient = models.CharField(
        _("for whom"), max_length=160, help_text=_("Who gets the link, such as “counsel” or a name.")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("last opened at"), null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="preview_link_works_for_a_time"
            ),
            models.CheckConstraint(condition=~Q(recipient=""), name="preview_link_is_for_somebody"),
        ]

    def __str__(self) -> str:
        return self.recipient

    def get_absolute_url(self) -> str:
        """The address with its signature: without the site's secret nobody can make one."""
        return reverse("articles:preview_link", args=[SIGNER.sign(self.key)])

    @property
    def works(self) -> bool:
        """Whether it shows the story now."""
        return self.revoked_at is None and self.expires_at > timezone.now()
