"""Stories that have to do with a story: they share its topics, its speakers or its section. One query."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import lru_cache, reduce
from operator import add, or_

from django.db.models import Case, Q, QuerySet, TextField, Value, When

from articles.dates import near_day
from articles.house import House
from articles.models import Edition, EditionQuote, EditionTopic, Story
from articles.models.one_of import one_of
from articles.models.prepared import Prepared
from articles.story_page import Parts, fill_teaser, render_teaser, slugs

RELATED = 4
NEWEST = 16  # editions that are looked at for each topic and each speaker
SUBJECTS = 5  # topics of a story, and speakers, that are looked at


def related_teasers(story_id: int, parts: Parts, house: House, stamp: str) -> str:
    """The teasers, as HTML, of the stories that are related to a story, the nearest first.

    Asks one query, at a cost that does not grow with the archive. `stamp` is that of today's templates.
    """
    topics, speakers = slugs(parts.topics)[:SUBJECTS], slugs(parts.speakers)[:SUBJECTS]
    values = {f"topic{place}": slug for place, slug in enumerate(topics)}
    values |= {f"speaker{place}": slug for place, slug in enumerate(speakers)}
    question = _question(len(topics), len(speakers))
    rows = question.ask(story=story_id, section=parts.section, now=house.now, today=stamp, **values)
    waiting = [number for number, *_, teaser in rows if not teaser]
    rendered = {each.pk: render_teaser(each) for each in _short(waiting)} if waiting else {}
    return "".join(
        fill_teaser(teaser or rendered[number], house.desk(section_slug), near_day(published, house.now))
        for number, section_slug, published, teaser in rows
    )


def _short(numbers: Sequence[int]) -> QuerySet[Edition]:
    return Edition.objects.filter(pk__in=numbers).defer("body_html", "body_text")


@lru_cache(maxsize=(SUBJECTS + 1) ** 2)
def _question(topics: int, speakers: int) -> Prepared:
    """The question for a story with so many topics and speakers."""
    names = [f"topic{place}" for place in range(topics)], [f"speaker{place}" for place in range(speakers)]

    def build(story: int, section: str, now: datetime.datetime, today: str, **subjects: str) -> QuerySet:
        chosen = [[subjects[name] for name in each] for each in names]
        found = nearest(story, section, *chosen, now, today)
        # Nothing that stands behind the body: to read that of every candidate would cost more than all else.
        return found.values_list("pk", "section_slug", "first_live_from", "teaser")[:RELATED]

    kinds = dict.fromkeys([*names[0], *names[1]], str)
    return Prepared(build, story=int, section=str, now=datetime.datetime, today=str, **kinds)


def nearest(
    story_id: int,
    section_slug: str,
    topics: Sequence[str],
    speakers: Sequence[str],
    now: datetime.datetime,
    today: str,
) -> QuerySet[Edition]:
    """The nearest stories, by what they share with a story, then by section, then by date.

    Of each topic, each speaker and the section only the newest are looked at. `teaser` is that of a story
    whose rendered page has the stamp `today`; empty when it has none.
    """
    others = Edition.objects.published(now)
    in_section = others.filter(section_slug=section_slug).newest_first().values("pk")[: 2 * RELATED]
    of_topics = (EditionTopic.objects.filter(slug=slug).order_by("-edition_id") for slug in topics)
    of_speakers = (EditionQuote.objects.filter(speaker_slug=slug).order_by("-pk") for slug in speakers)
    subjects = [one_of(rows.values("edition")[:NEWEST]) for rows in (*of_topics, *of_speakers)]
    found = others.filter(reduce(or_, subjects, one_of(in_section))).exclude(story_id=story_id)
    teaser = When(rendered__stamp=today, then="rendered__teaser")
    found = found.annotate(teaser=Case(teaser, default=Value(""), output_field=TextField()))
    # An advertiser does not get next to a story because of its subject, and so has no teaser.
    found = found.filter(~Q(teaser="") | ~Q(type_of_work=Story.TypeOfWork.ADVERTISER))
    near = reduce(add, map(_one_if, subjects), Value(0))
    found = found.annotate(near=near, same=_one_if(Q(section_slug=section_slug)))
    return found.order_by("-near", "-same", "-first_live_from", "-pk")


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=1), default=0)
