"""The map for crawlers: stories, and the pages of those who are quoted, of quotes and of topics."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from articles.models import Edition, EditionQuote, EditionTopic, Section


class PaperSitemap(Sitemap):
    """Addresses are the public ones of the paper, whatever host this process answers for."""

    limit = 5000

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.NEWSROOM_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.NEWSROOM_URL).scheme


class StorySitemap(PaperSitemap):
    def items(self) -> QuerySet[Edition]:
        return Edition.objects.published().for_list()

    def lastmod(self, item: Edition) -> datetime:
        return item.live_from


class QuoteSitemap(PaperSitemap):
    def items(self) -> QuerySet[EditionQuote]:
        quotes = EditionQuote.objects.once_each().select_related("edition").order_by("-pk")
        return quotes.only("quote_key", "edition__live_from")

    def lastmod(self, item: EditionQuote) -> datetime:
        return item.edition.live_from


class SpeakerSitemap(PaperSitemap):
    def items(self) -> QuerySet[EditionQuote, tuple[str, datetime]]:
        named = EditionQuote.objects.published().of_named_speakers()
        latest = named.values("speaker_slug").annotate(latest=Max("edition__live_from"))
        return latest.order_by("speaker_slug").values_list("speaker_slug", "latest")

    def location(self, item: tuple[str, datetime]) -> str:
        return reverse("articles:speaker", args=[item[0]])

    def lastmod(self, item: tuple[str, datetime]) -> datetime:
        return item[1]


class TopicSitemap(PaperSitemap):
    def items(self) -> QuerySet[EditionTopic, str]:
        published = EditionTopic.objects.filter(edition__in=Edition.objects.published())
        return published.order_by("slug").values_list("slug", flat=True).distinct()

    def location(self, item: str) -> str:
        return reverse("articles:topic", args=[item])


class PageSitemap(PaperSitemap):
    """The front page, the sections, and the pages that are always there."""

    def items(self) -> Sequence[str]:
        always = ["front", "archive", "speakers", "quotes", "corrections", "about_quotes"]
        sections = Section.objects.values_list("slug", flat=True)
        return [
            *(reverse(f"articles:{name}") for name in always),
            *(reverse("articles:section", args=[slug]) for slug in sections),
        ]

    def location(self, item: str) -> str:
        return item


SITEMAPS = {
    "pages": PageSitemap,
    "stories": StorySitemap,
    "quotes": QuoteSitemap,
    "speakers": SpeakerSitemap,
    "topics": TopicSitemap,
}
