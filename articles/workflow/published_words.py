"""Writing editions where readers search: beside each edition, in its transaction.

At most two editions of a story stand there, the live one and the one that waits: however often a story
is renewed, its past takes no room among what is found. The words are not copied: the index is made of
editions, which never change.
"""

# ruff: noqa: S608 (every name below is written here; what people wrote is passed beside the statement)

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from django.db import connection
from django.db.models import Prefetch
from django.utils import timezone

from articles.models import (
    Edition,
    EditionQuote,
    KnownWord,
    NameWords,
    QuoteWords,
    StoryWords,
    place_of,
    tag_of,
)
from articles.models.edition import EditionQuerySet
from articles.models.rows import write_rows
from articles.text.compare import fingerprint

LONGEST_BODY: Final = 400_000  # letters of a body that are indexed; PostgreSQL holds a megabyte of a vector
_WORD: Final = re.compile(r"[^\W\d_]{4,40}")

_STORIES: Final = "articles_storywords AS w JOIN articles_edition AS e ON e.id = w.edition_id"
_QUOTES: Final = "articles_quotewords AS w JOIN articles_editionquote AS q ON q.id = w.quote_id"
_STORY_FTS5: Final = ("articles_storywords_fts", "headline, dek, body, tags")
_QUOTE_FTS5: Final = ("articles_quotewords_fts", "words, said_by, about, tags")
_STORY_TEXT: Final = f"e.headline, e.dek, substr(e.body_text, 1, {LONGEST_BODY}), w.tags"
_QUOTE_TEXT: Final = (
    "q.words, q.speaker_name || ' ' || q.role_title || ' ' || q.role_organisation, "
    "q.occasion || ' ' || coalesce(json_extract(q.source, '$.title'), '') || ' ' || q.original_words, w.tags"
)
_TAGS: Final = "array_to_tsvector(string_to_array(w.tags, ' '))"
_STORY_VECTOR: Final = (
    "setweight(to_tsvector('english', e.headline), 'A') || setweight(to_tsvector('english', e.dek), 'B') || "
    f"setweight(to_tsvector('english', left(e.body_text, {LONGEST_BODY})), 'C') || {_TAGS}"
)
_QUOTE_VECTOR: Final = (
    "setweight(to_tsvector('english', q.words), 'A') || setweight(to_tsvector('english', "
    "concat_ws(' ', q.speaker_name, q.role_title, q.role_organisation)), 'B') || "
    "setweight(to_tsvector('english', "
    "concat_ws(' ', q.occasion, q.source->>'title', q.original_words)), 'C') || "
    f"{_TAGS}"
)

_INSERT_STORIES: Final = (
    "INSERT INTO articles_storywords (id, edition_id, tags, live_from, live_until, vector) "
    f"SELECT w.id, w.edition_id, w.tags, w.live_from, w.live_until, {_STORY_VECTOR} "
    "FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[]) "
    "AS w(id, edition_id, tags, live_from, live_until) JOIN articles_edition AS e ON e.id = w.edition_id"
)
_INSERT_QUOTES: Final = (
    "INSERT INTO articles_quotewords "
    "(id, edition_id, quote_id, quote_key, tags, live_from, live_until, vector) "
    "SELECT w.id, w.edition_id, w.quote_id, w.quote_key, w.tags, w.live_from, w.live_until, "
    f"{_QUOTE_VECTOR} FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], "
    "%s::timestamptz[], %s::timestamptz[]) "
    "AS w(id, edition_id, quote_id, quote_key, tags, live_from, live_until) "
    "JOIN articles_editionquote AS q ON q.id = w.quote_id"
)


class Name(NamedTuple):
    """A name as an edition printed it: a row of `NameWords`."""

    kind: str
    key: str
    name: str
    title: str
    organisation: str


def index_edition(edition: Edition, quotes: Sequence[EditionQuote]) -> None:
    """Let readers find `edition` and its `quotes` from its hour on, and what it replaced no more.

    A fixed number of queries, however many quotes there are. A notice that a story is gone is not kept.
    """
    past = StoryWords.objects.filter(edition__story_id=edition.story_id, live_until__lte=timezone.now())
    if replaced := list(past.values_list("edition_id", flat=True)):
        forget_editions(replaced)
    if not edition.gone:
        _write([edition], {edition.pk: quotes})


def index_editions(editions: Sequence[Edition]) -> None:
    """Write `editions`, with their quotes prefetched, anew: for those that came without the verbs."""
    forget_editions([edition.pk for edition in editions])
    now = timezone.now()
    shown = [
        each for each in editions if not each.gone and (each.live_until is None or each.live_until > now)
    ]
    _write(shown, {edition.pk: edition.quotes.all() for edition in shown})


def for_index(editions: EditionQuerySet) -> EditionQuerySet:
    """The editions, the oldest first, with what `index_editions` reads of them and of their quotes."""
    quotes = EditionQuote.objects.order_by("edition", "position").only(
        "edition", "quote_key", "segments", "speaker_slug", "speaker_name", "speaker", "role_title",
        "role_organisation", "source_key", "source",
    )  # fmt: skip
    lean = editions.only(
        "first_live_from",
        "live_from",
        "live_until",
        "gone",
        "section_slug",
        "headline",
        "dek",
        "bylines",
        "topics",
    )
    return lean.order_by("first_live_from", "pk").prefetch_related(Prefetch("quotes", quotes))


def forget_editions(numbers: Collection[int]) -> None:
    """Take the editions with these numbers out of the index. Their names stay, and are found no more."""
    if not numbers:
        return
    if connection.vendor == "sqlite":
        for (table, columns), text, rows in (
            (_STORY_FTS5, _STORY_TEXT, _STORIES),
            (_QUOTE_FTS5, _QUOTE_TEXT, _QUOTES),
        ):
            forgotten = f"INSERT INTO {table}({table}, rowid, {columns}) SELECT 'delete', w.id, {text}"
            _run(f"{forgotten} FROM {rows} WHERE w.edition_id", numbers)
    QuoteWords.objects.filter(edition__in=numbers).delete()
    StoryWords.objects.filter(edition__in=numbers).delete()


def _write(editions: Sequence[Edition], quotes: dict[int, Iterable[EditionQuote]]) -> None:
    if not editions:
        return
    rows = [(edition, quote) for edition in editions for quote in quotes[edition.pk]]
    of_stories = [
        (
            place_of(edition.first_live_from, edition.pk),
            edition.pk,
            " ".join(_story_tags(edition, quotes[edition.pk])),
            edition.live_from,
            edition.live_until,
        )
        for edition in editions
    ]
    of_quotes = [
        (
            place_of(edition.first_live_from, quote.pk),
            edition.pk,
            quote.pk,
            quote.quote_key,
            " ".join(_quote_tags(edition, quote)),
            edition.live_from,
            edition.live_until,
        )
        for edition, quote in rows
    ]
    if connection.vendor == "postgresql":
        _insert(_INSERT_STORIES, of_stories)
        _insert(_INSERT_QUOTES, of_quotes)
    else:
        write_rows(StoryWords, ("id", "edition", "tags", "live_from", "live_until"), of_stories)
        columns = ("id", "edition", "quote", "quote_key", "tags", "live_from", "live_until")
        write_rows(QuoteWords, columns, of_quotes)
        _index_words([edition.pk for edition in editions])
    names = {name: None for _, quote in rows for name in _names(quote)}
    _remember_names(names)
    _remember_words(editions, names)


def _story_tags(edition: Edition, quotes: Iterable[EditionQuote]) -> Iterator[str]:
    yield from _edition_tags(edition)
    for author in edition.bylines:
        yield tag_of("author", author["slug"])
    for slug in sorted({quote.speaker_slug for quote in quotes if quote.has_speaker_page}):
        yield tag_of("speaker", slug)


def _quote_tags(edition: Edition, quote: EditionQuote) -> Iterator[str]:
    yield from _edition_tags(edition)
    yield tag_of("words", fingerprint(quote.segments))
    if quote.has_speaker_page:
        yield tag_of("speaker", quote.speaker_slug)
    if quote.source_key:
        yield tag_of("source", quote.source_key)


def _edition_tags(edition: Edition) -> Iterator[str]:
    yield tag_of("section", edition.section_slug)
    for topic in edition.topics:
        yield tag_of("topic", topic["slug"])


def _index_words(numbers: Collection[int]) -> None:
    for (table, columns), text, rows in (
        (_STORY_FTS5, _STORY_TEXT, _STORIES),
        (_QUOTE_FTS5, _QUOTE_TEXT, _QUOTES),
    ):
        written = f"INSERT INTO {table}(rowid, {columns}) SELECT w.id, {text}"
        _run(f"{written} FROM {rows} WHERE w.edition_id", numbers)


def _insert(statement: str, rows: Sequence[Sequence[object]]) -> None:
    """Add rows with their words, each column as an array: written once, whatever their number."""
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])


def _run(statement: str, numbers: Collection[int]) -> None:
    """Run a statement, which ends with the number of an edition, for the editions with these numbers."""
    places = ", ".join(["%s"] * len(numbers))
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} IN ({places})", list(numbers))


def _names(quote: EditionQuote) -> Iterator[Name]:
    if quote.has_speaker_page:
        kind = NameWords.Kind.SPEAKER
        titles = (quote.speaker_name, quote.role_title, quote.role_organisation)
        yield Name(kind, quote.speaker_slug, *titles)
    if quote.source_key and quote.source.get("title"):
        publisher = quote.source.get("publisher", "")
        yield Name(NameWords.Kind.SOURCE, quote.source_key, quote.source["title"], "", publisher)


def _remember_names(names: Iterable[Name]) -> None:
    rows = [NameWords(**name._asdict()).stamped() for name in names]
    new = {row.stamp: row for row in rows}
    if new:
        known = set(NameWords.objects.filter(stamp__in=new).values_list("stamp", flat=True))
        missing = [name for stamp, name in sorted(new.items()) if stamp not in known]
        NameWords.objects.bulk_create(missing, ignore_conflicts=True)


def _remember_words(editions: Iterable[Edition], names: Iterable[Name]) -> None:
    texts = [text for edition in editions for text in (edition.headline, edition.dek)]
    texts += [topic["name"] for edition in editions for topic in edition.topics]
    texts += [text for name in names for text in (name.name, name.organisation)]
    words = {word for text in texts for word in _WORD.findall(text.lower())}
    if words:
        known = set(KnownWord.objects.filter(word__in=words).values_list("word", flat=True))
        KnownWord.objects.bulk_create(
            (
                KnownWord(word=word, head=word[:2], tail=word[-2:], size=len(word))
                for word in sorted(words - known)
            ),
            ignore_conflicts=True,
        )
