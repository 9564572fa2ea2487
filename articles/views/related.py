"""Stories that have to do with a story: they share its topics, its speakers or its section. One query."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from articles.dates import near_day
from articles.house import House
from articles.models import Edition, EditionQuote, EditionTopic, Story
from articles.models.prepared import Prepared
from articles.story_page import HOLE, Parts, render_teaser, slugs

RELATED = 4
NEWEST = 24  # editions that are looked at for each topic and each speaker
SUBJECTS = 6  # topics of a story, and speakers, that are looked at

# What a teaser shows.
SHOWN = (
    "pk", "section_slug", "section_name", "slug", "headline", "kicker", "type_of_work", "developing",
    "first_live_from",
)  # fmt: skip


def related_teasers(story_id: int, parts: Parts, house: House, stamp: str) -> str:
    """The teasers, as HTML, of the stories that are related to a story, the nearest first.

    Asks one query, at a cost that does not grow with the archive. `stamp` is that of today's templates.
    """
    topics, speakers = slugs(parts.topics)[:SUBJECTS], slugs(parts.speakers)[:SUBJECTS]
    values = {f"topic{place}": slug for place, slug in enumerate(topics)}
    values |= {f"speaker{place}": slug for place, slug in enumerate(speakers)}
    question = _question(len(topics), len(speakers))
    rows = question.ask(story=story_id, section=parts.section, now=house.now, **values)
    return "".join(_teaser(row, house, stamp) for row in rows)


def _teaser(row: tuple[Any, ...], house: House, stamp: str) -> str:
    *columns, made_by, teaser = row
    edition = Edition(**dict(zip(SHOWN, columns, strict=True)))
    if made_by != stamp:
        teaser = render_teaser(edition)
    desk, day = house.desk(edition.section_slug), near_day(edition.first_live_from, house.now)
    before, between, after = teaser.split(HOLE)
    return f"{before}{desk}{between}{day}{after}"


@lru_cache(maxsize=(SUBJECTS + 1) ** 2)
def _question(topics: int, speakers: int) -> Prepared:
    """The question for a story with so many topics and speakers."""
    names = [f"topic{place}" for place in range(topics)], [f"speaker{place}" for place in range(speakers)]

    def build(story: int, section: str, now: datetime.datetime, **subjects: str) -> QuerySet:
        chosen = [[subjects[name] for name in each] for each in names]
        found = nearest(story, section, *chosen, now)
        return found.values_list(*SHOWN, "rendered__stamp", "rendered__teaser")[:RELATED]

    kinds = dict.fromkeys([*names[0], *names[1]], str)
    return Prepared(build, story=int, section=str, now=datetime.datetime, **kinds)


def nearest(
    story_id: int, section_slug: str, topics: Sequence[str], speakers: Sequence[str], now: datetime.datetime
) -> QuerySet[Edition]:
    """The nearest stories, by what they share with a story, then by section, then by date."""
    # An advertiser does not get next to a story because of its subject.
    others = Edition.objects.published(now).exclude(type_of_work=Story.TypeOfWork.ADVERTISER)
    in_section = others.filter(section_slug=section_slug).newest_first()
    candidates = Q(pk__in=in_section.values("pk")[: RELATED + 1])
    for slug in topics:
        rows = EditionTopic.objects.filter(slug=slug).order_by("-edition_id")
        candidates |= Q(pk__in=rows.values("edition")[:NEWEST])
    for slug in speakers:
        rows = EditionQuote.objects.filter(speaker_slug=slug).order_by("-said_on")
        candidates |= Q(pk__in=rows.values("edition")[:NEWEST])
    found = others.filter(candidates).exclude(story_id=story_id)
    found = found.annotate(
        near=_nearness(topics, speakers),
        same=Exists(Edition.objects.filter(pk=OuterRef("pk"), section_slug=section_slug)),
    )
    return found.order_by("-near", "-same", "-first_live_from", "-pk")


def _nearness(topics: Sequence[str], speakers: Sequence[str]) -> Combinable:
    """How many of the topics and the speakers an edition has."""
    near: Combinable = Value(0)
    if topics:
        near += _count(EditionTopic.objects.filter(edition=OuterRef("pk"), slug__in=topics), "slug")
    if speakers:
        quotes = EditionQuote.objects.filter(edition=OuterRef("pk"), speaker_slug__in=speakers)
        near += _count(quotes, "speaker_slug")
    return near


def _count(rows: QuerySet, field: str) -> Combinable:
    counted = rows.order_by().values("edition").annotate(number=Count(field, distinct=True)).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
