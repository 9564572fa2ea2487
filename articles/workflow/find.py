"""Finding records at the desk: the words of each in one table, searched as people type them.

What readers search in is another matter: `articles.search`, over editions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Model, QuerySet

from articles.models import Image, Quote, SearchEntry, Source, Speaker, Story
from articles.models.rows import write_rows
from articles.text.alike import Statement
from articles.text.markup import plain_text
from articles.text.terms import Terms, read_terms

Kind = SearchEntry.Kind

CONFIGURATION: Final = "english"  # that of the index, which migration 0010 makes: change both or neither

_WORD: Final = re.compile(r"\w+")

# What somebody did that changes the words of the record it was done to.
CHANGES_WORDS: Final = frozenset(
    {
        "story.created", "story.imported", "story.saved", "story.cut_restored", "story.version_restored",
        "quotation.restored", "quote.recorded", "quote.reworded", "quote.attributed",
        "speaker.created", "speaker.saved", "speaker.merged", "source.created", "source.saved",
        "image.added", "image.saved",
    }
)  # fmt: skip


def index_records(records: Iterable[Model]) -> None:
    """Write the words of `records` where the desk searches. One query, however many; two with a secret.

    Of a confidential source nothing is kept: it is found in the list of sources, by who may see it.
    """
    entries, secret = [], []
    for record in records:
        kind, words = _KINDS.get(type(record), (None, None))
        if kind is None or words is None:
            continue
        if isinstance(record, Source) and record.confidential:
            secret.append(record.pk)
            continue
        entries.append(SearchEntry(kind=kind, record_id=record.pk, words=_join(words(record))))
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["kind", "record_id"], update_fields=["words"]
    )
    if secret:
        SearchEntry.objects.filter(kind=Kind.SOURCE, record_id__in=secret).delete()


def index_new(quotes: Sequence[Quote]) -> None:
    """The same for quotes that were made at this moment, of which nothing is kept yet. One query."""
    write_rows(
        SearchEntry,
        ("kind", "record_id", "words"),
        ((Kind.QUOTE.value, quote.pk, _join(_of_quote(quote))) for quote in quotes),
    )


def index_stories(stories: Iterable[tuple[Story, str]]) -> None:
    """The same for new stories whose bodies were read already: each comes with its plain text. One query."""
    write_rows(
        SearchEntry,
        ("kind", "record_id", "words"),
        ((Kind.STORY.value, story.pk, _join((*_names_of_story(story), plain))) for story, plain in stories),
    )


def find_numbers(text: str, kind: SearchEntry.Kind) -> QuerySet[SearchEntry, int]:
    """The numbers of the records of `kind` that hold every word of `text`, newest first.

    The last letters of a word may be left out, “phrases in marks” stand together, and a minus before a word
    leaves records out that hold it. None without words. To be listed, not to stand inside another query.
    """
    terms = read_terms(text)
    if not terms:
        return SearchEntry.objects.none().values_list("record_id", flat=True)
    return _matching(kind, _tsquery(terms) if _on_postgresql() else _fts5(terms))


def find_any(
    groups: Sequence[Sequence[str | Sequence[str]]], kind: SearchEntry.Kind
) -> QuerySet[SearchEntry, int]:
    """The numbers of the records of `kind` that hold every term of at least one of `groups`, newest first.

    A term is words that stand together, or a list of them, any of which will do. One query, however many
    groups; none without groups.
    """
    spelled = [_spell(group) for group in groups]
    query = _either([f"({group})" for group in spelled if group])
    if not query:
        return SearchEntry.objects.none().values_list("record_id", flat=True)
    return _matching(kind, query)


def _spell(group: Sequence[str | Sequence[str]]) -> str:
    """A group in the language of the database."""
    terms = [[term] if isinstance(term, str) else term for term in group]
    if _on_postgresql():  # its index leaves "will not" out: as a choice it cannot be asked for
        terms = [each for each in terms if len(each) == 1 or all(Statement.of(word).telling for word in each)]
    words = [[" ".join(_WORD.findall(word)) for word in term] for term in terms]
    return (" & " if _on_postgresql() else " AND ").join(
        f"({_either([_words(word) for word in term if word])})" for term in words if any(term)
    )


def _either(queries: Sequence[str]) -> str:
    return (" | " if _on_postgresql() else " OR ").join(queries)


def _matching(kind: SearchEntry.Kind, query: str) -> QuerySet[SearchEntry, int]:
    """The numbers of the records that a query in the language of the database finds."""
    if _on_postgresql():
        entries = SearchEntry.objects.filter(kind=kind).order_by("-record_id")
        raw = SearchQuery(query, config=CONFIGURATION, search_type="raw")
        entries = entries.alias(vector=SearchVector("words", config=CONFIGURATION)).filter(vector=raw)
    else:
        # FTS5 reads its matches from the newest on, so that a limit ends it early: it has to come first, and
        # the plus keeps SQLite from walking through all records of the kind instead.
        rows = SearchEntry._meta.db_table
        words = f"{rows}_words"
        entries = SearchEntry.objects.extra(  # noqa: S610 (names of tables; what was typed is a parameter)
            tables=[words],
            where=[f"{words} MATCH %s", f"{words}.rowid = {rows}.id", f"+{rows}.kind = %s"],
            params=[query, str(kind)],
            order_by=[f"-{words}.rowid"],
        )
    return entries.values_list("record_id", flat=True)


def _words(term: str) -> str:
    if _on_postgresql():
        return " <-> ".join(f"'{word}'" for word in term.split())
    return f'"{term}"'


def _on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _tsquery(terms: Terms) -> str:
    # A term is words and single spaces only, so that no operator can come from a person.
    wanted = [_phrase(term) for term in terms.wanted]
    return " & ".join([*wanted, *(f"!{_phrase(term)}" for term in terms.unwanted)])


def _phrase(term: str) -> str:
    *first, last = term.split()
    return "(" + " <-> ".join([*(f"'{word}'" for word in first), f"'{last}':*"]) + ")"


def _fts5(terms: Terms) -> str:
    wanted = " AND ".join(f'"{term}"*' for term in terms.wanted)
    return f"({wanted})" + "".join(f' NOT "{term}"*' for term in terms.unwanted)


def _join(words: Iterable[str]) -> str:
    return "\n".join(filter(None, words)).replace("\0", "")


def _of_story(story: Story) -> Iterable[str]:
    return (*_names_of_story(story), plain_text(story.body).text)


def _names_of_story(story: Story) -> tuple[str, ...]:
    return (story.headline, story.slugline, story.slug, story.kicker, story.dek)


def _of_quote(quote: Quote) -> Iterable[str]:
    return (quote.words, quote.speaker.name if quote.speaker else "", quote.occasion, quote.place)


def _of_speaker(speaker: Speaker) -> Iterable[str]:
    return (speaker.name, *map(str, speaker.aliases), speaker.bio)


def _of_source(source: Source) -> Iterable[str]:
    return (source.title, source.publisher, source.url, source.key)


def _of_image(image: Image) -> Iterable[str]:
    return (image.title, image.caption, image.credit, image.alt)


_KINDS: Final[Mapping[type[Model], tuple[SearchEntry.Kind, Callable[[Any], Iterable[str]]]]] = {
    Story: (Kind.STORY, _of_story),
    Quote: (Kind.QUOTE, _of_quote),
    Speaker: (Kind.SPEAKER, _of_speaker),
    Source: (Kind.SOURCE, _of_source),
    Image: (Kind.IMAGE, _of_image),
}
