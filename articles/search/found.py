"""What a search finds: the best records, in pages."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Generic, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Edition, EditionQuote, NameWords, place_of, tag_of
from articles.search import postgresql, sqlite
from articles.search.shelf import NAMES, QUOTES, STORIES, Hit, Hits, Question, Shelf
from articles.text.terms import Terms

PER_PAGE: Final = 20
MOST_PAGES: Final = 10  # what is not among the best two hundred is found with one more word
_SPARE: Final = 3  # rows for each result, since stories share quotes and speakers have several roles
_NAMES_LOOKED_AT: Final = 60

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Where to search: slugs and keys as addresses have them, and the first and last day of publication."""

    section: str = ""
    topic: str = ""
    author: str = ""  # stories only
    speaker: str = ""
    source: str = ""  # quotes only
    since: date | None = None
    until: date | None = None

    @property
    def tags(self) -> tuple[str, ...]:
        """The words that stand in the index for what is chosen."""
        names = ("section", "topic", "author", "speaker", "source")
        return tuple(tag_of(name, value) for name in names if (value := getattr(self, name)))

    def __bool__(self) -> bool:
        return bool(self.tags or self.since or self.until)


ANYWHERE: Final = Narrowing()


@dataclass(frozen=True, slots=True)
class Found(Generic[Record]):
    """A page of results, the best first. `more`: another page follows.

    `cut`: more records hold the words than the newest ones that were `ranked`.
    """

    records: tuple[Record, ...] = ()
    more: bool = False
    cut: bool = False
    ranked: int = 0

    def __bool__(self) -> bool:
        return bool(self.records)


def search_stories(
    terms: Terms, now: datetime, narrowing: Narrowing = ANYWHERE, *, page: int = 1, size: int = PER_PAGE
) -> Found[Edition]:
    """Published stories that hold the terms, with their text but without their markup. None without terms."""
    hits = ask(STORIES, question([terms], now, narrowing), MOST_PAGES * size + 1)
    stories = Edition.objects.published(now).defer("body_html")
    return _page(hits, stories, page, size)


def search_quotes(
    terms: Terms, now: datetime, narrowing: Narrowing = ANYWHERE, *, page: int = 1, size: int = PER_PAGE
) -> Found[EditionQuote]:
    """Published quotes that hold the terms in their words, their speaker or their source, each once."""
    hits = ask(QUOTES, question([terms], now, narrowing), (MOST_PAGES * size + 1) * _SPARE)
    return _page(hits, EditionQuote.objects.published(now).with_edition(), page, size)


def search_speakers(terms: Terms, now: datetime, *, page: int = 1, size: int = PER_PAGE) -> Found[NameWords]:
    """Named speakers whose name or role, as it is printed in a published quote, holds the terms."""
    return _search_names(NameWords.Kind.SPEAKER, terms, now, page, size)


def search_sources(terms: Terms, now: datetime, *, page: int = 1, size: int = PER_PAGE) -> Found[NameWords]:
    """Sources that readers may know of, whose title or publisher holds the terms."""
    return _search_names(NameWords.Kind.SOURCE, terms, now, page, size)


def question(
    any_of: Iterable[Terms],
    now: datetime,
    narrowing: Narrowing = ANYWHERE,
    *,
    kind: str = "",
    any_tag: str = "",
) -> Question:
    """What is asked of a shelf."""
    until = narrowing.until + timedelta(days=1) if narrowing.until and narrowing.until < date.max else None
    return Question(
        any_of=tuple(terms for terms in any_of if terms),
        now=now,
        place=place_of(now),
        tags=narrowing.tags,
        oldest=_place(narrowing.since),
        newest=_place(until),
        kind=kind,
        any_tag=any_tag,
    )


def ask(shelf: Shelf, asked: Question, limit: int) -> Hits:
    """The best rows of a shelf, each group once. Nothing, and no query, without words."""
    if not asked.any_of:
        return Hits([])
    engine = postgresql if connection.vendor == "postgresql" else sqlite
    hits = engine.ask(shelf, asked, limit)
    best: dict[object, Hit] = {}
    for hit in hits.rows:
        best.setdefault(hit.group, hit)
    return replace(hits, rows=list(best.values()))


def _page(hits: Hits, records: QuerySet, page: int, size: int) -> Found:
    first = (page - 1) * size
    wanted = [hit.record for hit in hits.rows[first : first + size]]
    found = records.in_bulk(wanted) if wanted else {}
    return Found(
        records=tuple(found[number] for number in wanted if number in found),
        more=page < MOST_PAGES and len(hits.rows) > first + size,
        cut=hits.cut,
        ranked=hits.ranked,
    )


def _search_names(kind: str, terms: Terms, now: datetime, page: int, size: int) -> Found[NameWords]:
    hits = ask(NAMES, question([terms], now, kind=kind), _NAMES_LOOKED_AT)
    live = _live_names([hit.record for hit in hits.rows], now)
    first = (page - 1) * size
    shown, more = tuple(live[first : first + size]), len(live) > first + size
    return Found(shown, more=more, cut=hits.cut, ranked=hits.ranked)


def _live_names(numbers: Collection[int], now: datetime) -> list[NameWords]:
    """Those of the names that readers see now, in the order of their numbers."""
    if not numbers:
        return []
    names = NameWords.objects.filter(pk__in=numbers).printed_in(EditionQuote.objects.published(now))
    found = {name.pk: name for name in names}
    return [found[number] for number in numbers if number in found]


def _place(day: date | None) -> int | None:
    return place_of(timezone.make_aware(datetime.combine(day, time.min))) if day else None
