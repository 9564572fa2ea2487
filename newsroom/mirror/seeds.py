"""Every address that readers ever had: where the crawl begins. What is there now, the site says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from django.db.models import Q

from articles.feeds.formats import FORMS
from articles.models import (
    Edition,
    EditionByline,
    EditionQuote,
    EditionTopic,
    FormerAddress,
    ImportedStory,
    PolicyEdition,
    Section,
)

CHUNK: Final = 500  # editions that are looked at together
OVERLAP: Final = 1_000  # numbers that may be committed later than higher ones
FIXED: Final = (
    "/", "/about/", "/archive/", "/corrections/", "/developing/", "/disputes/", "/feeds/", "/llms.txt",
    "/policies/", "/policies/quotations/", "/quotes/", "/robots.txt", "/site.webmanifest", "/sitemap.xml",
    "/sitemap-news.xml", "/speakers/", "/transparency/",
)  # fmt: skip
OF_KIND: Final = {"section": "", "topic": "topics/", "author": "authors/", "speaker": "speakers/"}


def few_addresses(now: datetime) -> Iterator[str]:
    """What there are few of: fixed pages, sections, policies, and the addresses that they had."""
    yield from FIXED
    yield from (f"/feeds/{which}{form}/" for which in ("", "quotes/", "corrections/") for form in FORMS)
    for slug in Section.objects.values_list("slug", flat=True).iterator():
        yield from _with_feeds("section", slug)
    for kind, slug in FormerAddress.objects.order_by("pk").values_list("kind", "slug").iterator():
        yield from _with_feeds(kind, slug)
    policies = PolicyEdition.objects.once_live(now).order_by("pk")
    for slug, number in policies.values_list("slug", "number").iterator():
        yield from (f"/policies/{slug}/", f"/policies/{slug}/{number}/")


def edition_chunks(after: int, since: datetime | None, now: datetime) -> Iterator[tuple[int, list[str]]]:
    """The addresses of editions that readers saw, chunk by chunk, each with the number that it ends at.

    Of editions with a number above `after`, and of those whose hour came later than `since`.
    """
    low = max(0, after - OVERLAP)
    while numbers := _next(Edition.objects.filter(pk__gt=low)):
        low = numbers[-1]
        yield low, list(dict.fromkeys(_addresses(numbers, now)))
    if since is not None:
        begun = Edition.objects.filter(Q(live_from__gt=since, live_from__lte=now), pk__lte=low or after)
        waited = begun.order_by("pk").values_list("pk", flat=True).iterator()
        while numbers := list(islice(waited, CHUNK)):
            yield low or after, list(dict.fromkeys(_addresses(numbers, now)))


def _next(editions: Iterable[Edition]) -> list[int]:
    return list(editions.order_by("pk").values_list("pk", flat=True)[:CHUNK])  # type: ignore[attr-defined]


def _addresses(numbers: list[int], now: datetime) -> Iterator[str]:
    seen = Edition.objects.filter(pk__in=numbers, live_from__lte=now).order_by("pk")
    shown = [number for number, *_ in seen.values_list("pk")]
    for section, slug in seen.values_list("section_slug", "slug"):
        yield from (f"/{section}/{slug}/", f"/{section}/{slug}/history/")
        yield from _with_feeds("section", section)
    # Where another system had them: they are moved for ever.
    yield from (
        ImportedStory.objects.filter(story__in=seen.order_by().values("story"))
        .exclude(path="")
        .order_by("pk")
        .values_list("path", flat=True)
    )
    quotes = EditionQuote.objects.filter(edition__in=shown).order_by("pk")
    for key, speaker, source in quotes.values_list("quote_key", "speaker_slug", "source_key"):
        yield from (f"/quotes/{key}/", f"/embed/quotes/{key}/")
        if speaker:
            yield from _with_feeds("speaker", speaker)
        if source:
            yield f"/sources/{source}/"
    for slug in EditionTopic.objects.filter(edition__in=shown).order_by().values_list("slug", flat=True):
        yield from _with_feeds("topic", slug)
    for slug in EditionByline.objects.filter(edition__in=shown).order_by().values_list("slug", flat=True):
        yield from _with_feeds("author", slug)


def _with_feeds(kind: str, slug: str) -> Iterator[str]:
    page = OF_KIND[kind]
    yield f"/{page}{slug}/"
    yield from (f"/feeds/{page}{slug}/{form}/" for form in FORMS)
