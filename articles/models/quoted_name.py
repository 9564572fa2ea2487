"""The names under which editions print those who are quoted, in the order of an index of names.

A list of everybody on record would otherwise have to gather all quotes of all editions. A row is written
with the edition that first prints a name, also one that waits for its hour; whether readers see it is asked
of the editions at each request, so that a row says nothing about what is live.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from articles.models.edition import EditionQuote
from articles.text.directory import directory_key, directory_words


class QuotedNameQuerySet(models.QuerySet["QuotedName"]):
    """Questions about who is quoted."""

    def remember(self, quotes: Iterable[Mapping[str, Any]]) -> None:
        """Write the names of the named speakers of `quotes`, columns of an edition. For `workflow`.

        One query. A name that is there already stays as it is.
        """
        named = {
            (quote["speaker_slug"], quote["speaker_name"]): quote["speaker"].get("kind") == "organisation"
            for quote in quotes
            if quote["speaker_slug"] and not quote["speaker"].get("unnamed")
        }
        self.bulk_create(
            [
                QuotedName(slug=slug, name=name, place=directory_key(name, organisation=organisation)[:170])
                for (slug, name), organisation in sorted(named.items())
            ],
            ignore_conflicts=True,
        )

    def published(self, now: datetime.datetime | None = None) -> "QuotedNameQuerySet":
        """Everybody on record once, under the name that the newest edition prints; `latest` is its quote."""
        printed = EditionQuote.objects.published(now).of_named_speakers()
        newest = printed.filter(speaker_slug=OuterRef("slug")).order_by("-pk")
        return self.annotate(
            latest=Subquery(newest.values("pk")[:1]), printed=Subquery(newest.values("speaker_name")[:1])
        ).filter(printed=F("name"))

    def in_order(self) -> "QuotedNameQuerySet":
        """As an index of names has them."""
        return self.order_by("place", "slug")

    def after(self, slug: str) -> "QuotedNameQuerySet":
        """Those who come after the speaker with that slug; nobody for a slug that is none."""
        place = Subquery(QuotedName.objects.filter(slug=slug).order_by("-pk").values("place")[:1])
        return self.filter(Q(place__gt=place) | Q(slug__gt=slug), place__gte=place)

    def called(self, asked: str) -> "QuotedNameQuerySet":
        """Those whose name holds every word of `asked`, or a part of a word, accents and capitals aside."""
        found = self
        for word in directory_words(asked)[:6]:
            found = found.filter(place__contains=word)
        return found


class QuotedName(models.Model):
    """A name and its place in the index."""

    slug = models.SlugField(_("speaker's slug"), max_length=160, db_index=False)
    name = models.CharField(_("name"), max_length=160)
    place = models.CharField(
        _("place in the alphabet"), max_length=170, help_text=_("The surname first, without accents.")
    )

    objects = QuotedNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name on record")
        verbose_name_plural = _("names on record")
        indexes = [models.Index(fields=["place", "slug"], name="quoted_name_in_order")]
        constraints = [
            models.UniqueConstraint(fields=["slug", "name"], name="quoted_name_once"),
            models.CheckConstraint(condition=~Q(slug="") & ~Q(place=""), name="quoted_name_has_a_place"),
        ]

    def __str__(self) -> str:
        return self.name
