"""Everything on record of one speaker, in stretches by the day when it was said, and what it is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, Exists, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from articles.models import EditionQuote
from articles.views.lists import RECORDS_PER_PAGE, QuotePage

LATEST = 200  # quotes from which topics, sources and stories of a speaker are gathered
UNDATED = "undated"
_PLACE = re.compile(r"(\d{8})-(\d{1,18})", re.ASCII)

Named = dict[str, str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the latest quotes of a speaker are about and from, most often or newest first.

    `quotes` has their numbers by topic; `more` says that there are older quotes, which nobody looked at.
    """

    count: int = 0
    more: bool = False
    topics: tuple[Named, ...] = ()
    sources: tuple[Named, ...] = ()
    stories: tuple[Named, ...] = ()
    quotes: dict[str, list[int]] = field(default_factory=dict)


def quotes_of(slug: str, now: datetime) -> QuerySet[EditionQuote]:
    """What a speaker said, each quote once, with the edition that prints it."""
    return EditionQuote.objects.once_each(now).of_named_speakers().filter(speaker_slug=slug).with_edition()


def newest_of(slug: str, now: datetime) -> EditionQuote | None:
    """The quote that tells most recently who a speaker is, or None when there is none. One query.

    `first_day` and `last_day` are those of dated quotes; `has_undated` says whether others are on record.
    """
    said = EditionQuote.objects.published(now).of_named_speakers().filter(speaker_slug=slug)
    dated = said.filter(said_on__isnull=False).values("said_on")
    found = said.order_by("-pk").annotate(
        first_day=Subquery(dated.order_by("said_on")[:1], output_field=DateField()),
        last_day=Subquery(dated.order_by("-said_on")[:1], output_field=DateField()),
        has_undated=Exists(said.filter(said_on=None)),
    )
    return found.first()


def gather(slug: str, now: datetime) -> Gathered:
    """Look through the latest quotes of a speaker. One query, however many there are."""
    rows = EditionQuote.objects.once_each(now).of_named_speakers().filter(speaker_slug=slug).order_by("-pk")
    looked = list(
        rows.annotate(
            source_title=KeyTextTransform("title", "source"),
            source_publisher=KeyTextTransform("publisher", "source"),
        ).values(
            "pk", "edition__headline", "edition__section_slug", "edition__slug", "edition__topics",
            "edition__first_live_from", "source_key", "source_title", "source_publisher",
        )[: LATEST + 1]
    )  # fmt: skip
    kept = looked[:LATEST]
    topics: dict[str, Named] = {}
    quotes: dict[str, list[int]] = {}
    for row in kept:
        for topic in row["edition__topics"]:
            topics.setdefault(topic["slug"], topic)
            quotes.setdefault(topic["slug"], []).append(row["pk"])
    most = sorted(topics.values(), key=lambda topic: (-len(quotes[topic["slug"]]), topic["name"]))
    return Gathered(
        count=len(kept),
        more=len(looked) > LATEST,
        topics=tuple(most),
        sources=_sources(kept),
        stories=_stories(kept),
        quotes=quotes,
    )


def said_page(
    quotes: QuerySet[EditionQuote], request: HttpRequest, *, undated: bool, size: int = RECORDS_PER_PAGE
) -> QuotePage:
    """The stretch of `quotes` that `?before=` asks for: by the day when they were said, the latest first.

    With `undated`, those without a day, the latest printed first. One query at any depth. Raises Http404 for
    a place that no page of ours ever named.
    """
    place = _read_place(request.GET.get("before", ""))
    if undated:
        rows = quotes.filter(said_on=None).order_by("-pk")
        rows = rows.filter(pk__lt=place[1]) if place else rows
    else:
        rows = quotes.filter(said_on__isnull=False).order_by("-said_on", "-pk")
        if place:
            rows = rows.filter(Q(said_on__lt=place[0]) | Q(pk__lt=place[1]), said_on__lte=place[0])
    found = list(rows[: size + 1])
    older = _write_place(found[size - 1]) if len(found) > size else ""
    return QuotePage(quotes=found[:size], older=older, first=place is None)


def _read_place(text: str) -> tuple[date, int] | None:
    if not text:
        return None
    match = _PLACE.fullmatch(text)
    try:
        return (datetime.strptime(match[1], "%Y%m%d").date(), int(match[2])) if match else _no_such_page()
    except ValueError:
        return _no_such_page()


def _write_place(quote: EditionQuote) -> str:
    return f"{quote.said_on or date.max:%Y%m%d}-{quote.pk}"


def _no_such_page() -> Any:
    raise Http404(_("There is no such page in this list."))


def _sources(rows: Sequence[dict[str, Any]]) -> tuple[Named, ...]:
    found: Iterator[Named] = (
        {
            "key": row["source_key"],
            "title": row["source_title"] or "",
            "publisher": row["source_publisher"] or "",
        }
        for row in rows
        if row["source_key"]
    )
    return tuple({source["key"]: source for source in reversed(list(found))}.values())[::-1]


def _stories(rows: Sequence[dict[str, Any]]) -> tuple[Named, ...]:
    newest = sorted(rows, key=lambda row: row["edition__first_live_from"], reverse=True)
    found = {
        (row["edition__section_slug"], row["edition__slug"]): {
            "section_slug": row["edition__section_slug"],
            "slug": row["edition__slug"],
            "headline": row["edition__headline"],
            "day": row["edition__first_live_from"],
        }
        for row in newest
    }
    return tuple(found.values())
