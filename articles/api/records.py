"""Quotes, speakers, sources and corrections: what the paper can show for its words."""

from __future__ import annotations

import datetime
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from ninja import Field, Query, Router, Schema

from articles.api import schemas, write
from articles.api.cursors import next_address, read_cursor, read_moment, write_cursor
from articles.api.problems import Gone
from articles.api.sizes import DEFAULT, MOST
from articles.house import depends_on
from articles.models import Correction, Edition, EditionQuote, Quote, QuotedName
from articles.models.surrogate import LISTS, SEARCH, quote_key, source_key, speaker_key
from articles.moved import where_speaker
from articles.search import Narrowing, search_quotes
from articles.text.terms import MAX_CHARACTERS, read_terms

router = Router()

Kind = Literal["correction", "clarification", "update", "retraction"]


class Stretch(Schema):
    """Which stretch of a list is wanted."""

    cursor: str = Field("", description="From `next`.")
    limit: int = Field(DEFAULT, ge=1, le=MOST, description="So many at a time.")


class QuoteFilters(Stretch):
    """Which quotes are wanted; all that are given must hold."""

    speaker: str = Field("", max_length=160, description="The slug of a speaker.")
    source: str = Field("", max_length=16, description="The key of a source.")
    section: str = Field("", max_length=60, description="The slug of a section.")
    topic: str = Field("", max_length=100, description="The slug of a topic.")
    verification: Quote.Verification | None = Field(None, description="How far the paper stands by them.")
    said_since: datetime.date | None = Field(None, description="The first day on which it was said.")
    said_until: datetime.date | None = Field(None, description="The last day on which it was said.")
    q: str = Field(
        "", max_length=MAX_CHARACTERS, description="Words to find. `verification` and the days are left out."
    )


class NameFilters(Stretch):
    """Who is wanted."""

    q: str = Field("", max_length=80, description="Words, or parts of words, of the name.")


class CorrectionFilters(Stretch):
    """Which corrections are wanted."""

    kind: Kind | None = Field(None, description="Only those of a kind.")


@router.get("/quotes", response=schemas.Page[schemas.Quote], url_name="api_quotes", tags=["quotes"])
def list_quotes(request: HttpRequest, asked: Query[QuoteFilters]) -> schemas.Page[schemas.Quote]:
    """Quotes, each once, the latest printed first; with `q` the best first."""
    depends_on(request, LISTS, *([SEARCH] if asked.q else ()))
    found, cursor = _searched(request, asked) if asked.q else _listed(request, asked)
    return schemas.Page[schemas.Quote](
        items=[write.quote(each, within=each.edition) for each in found], next=next_address(request, cursor)
    )


def _listed(request: HttpRequest, asked: QuoteFilters) -> tuple[list[EditionQuote], str]:
    quotes = EditionQuote.objects.once_each(request.house.now).with_edition()
    wanted = {
        "source_key": asked.source,
        "edition__section_slug": asked.section,
        "edition__topic_rows__slug": asked.topic,
        "verification": asked.verification,
        "said_on__gte": asked.said_since,
        "said_on__lte": asked.said_until,
    }
    quotes = quotes.filter(**{name: value for name, value in wanted.items() if value})
    if asked.speaker:
        quotes = quotes.of_named_speakers().filter(speaker_slug=asked.speaker)
    return _by_number(quotes, asked)


def _searched(request: HttpRequest, asked: QuoteFilters) -> tuple[list[EditionQuote], str]:
    page = read_cursor(asked.cursor, int)[0] if asked.cursor else 1
    names = ("section", "topic", "speaker", "source")
    narrowing = Narrowing(**{name: getattr(asked, name) for name in names})
    found = search_quotes(
        read_terms(asked.q), request.house.now, narrowing, page=max(1, page), size=asked.limit
    )
    return list(found.records), write_cursor(page + 1) if found.more else ""


@router.get("/quotes/{slug:key}", response=schemas.Quote, url_name="api_quote", tags=["quotes"])
def one_quote(request: HttpRequest, key: str) -> schemas.Quote:
    """A quote, as the newest story has it."""
    depends_on(request, quote_key(key))
    newest = _newest(request, "quote_key", key)
    return write.quote(newest, within=newest.edition)


@router.get(
    "/speakers", response=schemas.Page[schemas.SpeakerLine], url_name="api_speakers", tags=["speakers"]
)
def list_speakers(request: HttpRequest, asked: Query[NameFilters]) -> schemas.Page[schemas.SpeakerLine]:
    """Everybody on record who is named, by surname."""
    depends_on(request, LISTS)
    names = QuotedName.objects.published(request.house.now).in_order()
    if asked.q:
        names = names.called(asked.q)
    if asked.cursor:
        names = names.after(read_cursor(asked.cursor, str)[0])
    rows = list(names[: asked.limit + 1])
    shown = rows[: asked.limit]
    latest = EditionQuote.objects.in_bulk([row.latest for row in shown])
    more = len(rows) > len(shown)
    return schemas.Page[schemas.SpeakerLine](
        items=[write.speaker_line(latest[row.latest]) for row in shown],
        next=next_address(request, write_cursor(shown[-1].slug) if more else ""),
    )


@router.get("/speakers/{str:slug}", response=schemas.Speaker, url_name="api_speaker", tags=["speakers"])
def one_speaker(request: HttpRequest, slug: str) -> schemas.Speaker | HttpResponse:
    """A speaker. 301 for one who has another name now, or was merged with somebody."""
    now = request.house.now
    printed = EditionQuote.objects.published(now).of_named_speakers().filter(speaker_slug=slug)
    newest = printed.order_by("-pk").first()
    depends_on(request, speaker_key(slug))
    if newest is not None:
        return write.speaker(newest)
    depends_on(request, LISTS)
    where = where_speaker(slug, now)
    if where.slug:
        return HttpResponsePermanentRedirect(write.page_address("api_speaker", where.slug))
    raise Gone if where.known else Http404


@router.get("/sources", response=schemas.Page[schemas.Source], url_name="api_sources", tags=["sources"])
def list_sources(request: HttpRequest, asked: Query[Stretch]) -> schemas.Page[schemas.Source]:
    """Sources that quotes are from, the latest used first."""
    depends_on(request, LISTS)
    printed = EditionQuote.objects.published(request.house.now).exclude(source_key="")
    newer = printed.filter(source_key=OuterRef("source_key"), pk__gt=OuterRef("pk"))
    found, cursor = _by_number(printed.filter(~Exists(newer)), asked)
    return schemas.Page[schemas.Source](
        items=[write.source(each) for each in found], next=next_address(request, cursor)
    )


@router.get("/sources/{slug:key}", response=schemas.Source, url_name="api_source", tags=["sources"])
def one_source(request: HttpRequest, key: str) -> schemas.Source:
    """A source. A confidential one has no address, here or anywhere."""
    depends_on(request, source_key(key))
    return write.source(_newest(request, "source_key", key))


@router.get(
    "/corrections",
    response=schemas.Page[schemas.Correction],
    url_name="api_corrections",
    tags=["corrections"],
)
def list_corrections(
    request: HttpRequest, asked: Query[CorrectionFilters]
) -> schemas.Page[schemas.Correction]:
    """What was wrong and is mended, the latest first."""
    now = request.house.now
    depends_on(request, LISTS)
    rows = Correction.objects.published(now).with_stories(now).order_by("-at", "-pk")
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.cursor:
        written, number = read_cursor(asked.cursor, str, int)
        moment = read_moment(written)
        rows = rows.filter(Q(at__lt=moment) | Q(at=moment, pk__lt=number))
    found = list(rows[: asked.limit + 1])
    shown = found[: asked.limit]
    cursor = write_cursor(shown[-1].at.isoformat(), shown[-1].pk) if len(found) > len(shown) else ""
    return schemas.Page[schemas.Correction](
        items=[write.correction(each, each.current[0]) for each in shown if each.current],
        next=next_address(request, cursor),
    )


def _by_number(quotes: QuerySet[EditionQuote], asked: Stretch) -> tuple[list[EditionQuote], str]:
    """A stretch of quotes, the latest printed first, and the cursor of the next. One query."""
    if asked.cursor:
        quotes = quotes.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    found = list(quotes.order_by("-pk")[: asked.limit + 1])
    shown = found[: asked.limit]
    return shown, write_cursor(shown[-1].pk) if len(found) > len(shown) else ""


def _newest(request: HttpRequest, column: str, key: str) -> EditionQuote:
    """The newest quote with that key. Raises Gone for one that readers knew, and Http404."""
    now = request.house.now
    printed = EditionQuote.objects.published(now).filter(**{column: key}).with_edition()
    newest = printed.order_by("-pk").first()
    if newest is not None:
        return newest
    once = Edition.objects.once_live(now).filter(**{f"quotes__{column}": key})
    raise Gone if once.exists() else Http404
