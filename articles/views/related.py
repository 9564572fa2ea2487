"""What stands around a story: its corrections, and the stories that have to do with it. One query."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from articles.models import Correction, Edition, EditionQuote, EditionTopic, Story

RELATED = 4
NEWEST = 24  # editions that are looked at for each topic and each speaker
SUBJECTS = 6  # topics of a story, and speakers, that are looked at


def read_around(edition: Edition, now: datetime) -> tuple[list[Correction], list[Edition]]:
    """The corrections that `edition` shows, newest first, and the stories related to it, the nearest first.

    Reads `edition.quotes`, which should be prefetched, and asks one query more, at a cost that does not grow
    with the archive. Corrections come with the editions that made them.
    """
    near = _nearness(edition)
    told = Correction.objects.filter(editions=edition)
    shown = Correction.editions.through.objects.filter(
        correction_id=OuterRef("corrections_made"), edition_id=edition.pk
    )
    rows = (
        Edition.objects.filter(Q(pk__in=told.values("made_in")) | Q(pk__in=_nearest(edition, near, now)))
        .annotate(
            near=near,
            correction=F("corrections_made"),
            correction_kind=F("corrections_made__kind"),
            correction_text=F("corrections_made__text"),
            correction_at=F("corrections_made__at"),
            is_shown=Exists(shown),
        )
        .defer("body_html", "body_text")
    )
    return _corrections(rows), _related(rows, edition)


def _corrections(rows: Iterable[Edition]) -> list[Correction]:
    found = [
        Correction(
            pk=row.correction,
            made_in=row,
            kind=row.correction_kind,
            text=row.correction_text,
            at=row.correction_at,
        )
        for row in rows
        if row.is_shown
    ]
    return sorted(found, key=lambda each: (each.at, each.pk), reverse=True)


def _related(rows: Iterable[Edition], edition: Edition) -> list[Edition]:
    # A story that made several corrections comes once for each.
    found = {row.pk: row for row in rows if row.story_id != edition.story_id}
    return sorted(
        found.values(),
        key=lambda row: (row.near, row.section_slug == edition.section_slug, row.first_live_from, row.pk),
        reverse=True,
    )


def _nearest(edition: Edition, near: Combinable, now: datetime) -> QuerySet[Edition]:
    """The nearest stories, by what they share with `edition`, then by section, then by date."""
    # An advertiser does not get next to a story because of its subject.
    others = Edition.objects.published(now).exclude(type_of_work=Story.TypeOfWork.ADVERTISER)
    in_section = others.filter(section_slug=edition.section_slug).newest_first()
    candidates = Q(pk__in=in_section.values("pk")[: RELATED + 1])
    for slug in _topics(edition):
        rows = EditionTopic.objects.filter(slug=slug).order_by("-edition_id")
        candidates |= Q(pk__in=rows.values("edition")[:NEWEST])
    for slug in _speakers(edition):
        rows = EditionQuote.objects.filter(speaker_slug=slug).order_by("-said_on")
        candidates |= Q(pk__in=rows.values("edition")[:NEWEST])
    found = others.filter(candidates).exclude(story_id=edition.story_id).annotate(nearness=near)
    same = Exists(Edition.objects.filter(pk=OuterRef("pk"), section_slug=edition.section_slug))
    return found.annotate(same=same).order_by("-nearness", "-same", "-first_live_from").values("pk")[:RELATED]


def _nearness(edition: Edition) -> Combinable:
    """How many topics and speakers an edition shares with `edition`."""
    topics = EditionTopic.objects.filter(edition=OuterRef("pk"), slug__in=_topics(edition))
    quotes = EditionQuote.objects.filter(edition=OuterRef("pk"), speaker_slug__in=_speakers(edition))
    return _count(topics, "slug") + _count(quotes, "speaker_slug")


def _count(rows: QuerySet, field: str) -> Combinable:
    counted = rows.order_by().values("edition").annotate(number=Count(field, distinct=True)).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _topics(edition: Edition) -> Sequence[str]:
    return [topic["slug"] for topic in edition.topics][:SUBJECTS]


def _speakers(edition: Edition) -> Sequence[str]:
    """Those with a page: what else an unnamed speaker said would say more than the paper does."""
    named = dict.fromkeys(quote.speaker_slug for quote in edition.quotes.all() if quote.has_speaker_page)
    return list(named)[:SUBJECTS]
