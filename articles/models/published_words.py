"""What readers search in: a row for each story and quote that is live or waits for its hour, and their names.

The words themselves stand in an index of the database (a vector with GIN on PostgreSQL, FTS5 on SQLite)
that `workflow.published_words` makes of the editions. The rows here say whose they are and when they count.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import Final

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform

_SHIFT: Final = 30  # bits for the number of a record; the seconds above them hold until 2106
_FARTHEST: Final = 1 << 32


def place_of(published: datetime.datetime, number: int = 0) -> int:
    """The number of a row: it orders rows as `newest_first()` orders stories, by second, then by record."""
    seconds = max(-_FARTHEST, min(_FARTHEST - 1, int(published.timestamp())))
    return (seconds << _SHIFT) + number % (1 << _SHIFT)


def tag_of(kind: str, name: str) -> str:
    """One invented word that stands in the index for “in this section”, “by this speaker” and so on.

    It ends in a digit, so that no stemmer touches it.
    """
    digest = hashlib.blake2b(f"{kind}:{name}".encode(errors="replace"), digest_size=6).hexdigest()
    return f"z{digest}0"


class PublishedWordsQuerySet(models.QuerySet):
    """Rows that belong to an edition."""

    def ends(self, editions: models.QuerySet, at: datetime.datetime | None) -> None:
        """Let the rows of `editions` count until `at`, as the editions do."""
        self.filter(edition__in=editions.order_by().values("pk")).update(live_until=at)


class StoryWords(models.Model):
    """A story in the index. Its number is `place_of` its first publication."""

    edition = models.OneToOneField("articles.Edition", models.CASCADE, related_name="words")
    tags = models.TextField()
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True)

    objects = PublishedWordsQuerySet.as_manager()

    def __str__(self) -> str:
        return f"words of edition {self.edition_id}"


class QuoteWords(models.Model):
    """A quote in the index, once for each story that prints it. Its number is `place_of` that story's."""

    edition = models.ForeignKey("articles.Edition", models.CASCADE, related_name="quote_words")
    quote = models.OneToOneField("articles.EditionQuote", models.CASCADE, related_name="word_row")
    quote_key = models.CharField(max_length=16)
    tags = models.TextField()
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True)

    objects = PublishedWordsQuerySet.as_manager()

    def __str__(self) -> str:
        return f"words of quote {self.quote_key}"


class NameWordsQuerySet(models.QuerySet["NameWords"]):
    """Questions about names."""

    def printed_in(self, quotes: models.QuerySet) -> NameWordsQuerySet:
        """Those that one of `quotes` (published ones, of speakers who are named) prints just so."""
        speaker = quotes.filter(
            speaker_slug=OuterRef("key"), speaker_name=OuterRef("name"),
            role_title=OuterRef("title"), role_organisation=OuterRef("organisation"),
        ).of_named_speakers()  # fmt: skip
        source = quotes.annotate(
            printed_title=KeyTextTransform("title", "source"),
            printed_publisher=KeyTextTransform("publisher", "source"),
        ).filter(
            source_key=OuterRef("key"), printed_title=OuterRef("name"),
            printed_publisher=OuterRef("organisation"),
        )  # fmt: skip
        return self.filter(
            Q(Exists(speaker), kind=NameWords.Kind.SPEAKER) | Q(Exists(source), kind=NameWords.Kind.SOURCE)
        )


class NameWords(models.Model):
    """A speaker with a role, or a source, as an edition printed them: never who is unnamed or confidential.

    A row stays; whether readers see such a name now is asked of the editions (`printed_in`).
    """

    class Kind(models.TextChoices):
        SPEAKER = "speaker"
        SOURCE = "source"

    kind = models.CharField(max_length=8, choices=Kind)
    key = models.CharField(max_length=160)
    name = models.CharField(max_length=300)
    title = models.CharField(max_length=160, blank=True)
    organisation = models.CharField(max_length=160, blank=True)
    stamp = models.CharField(max_length=24, unique=True, help_text="Made of all that stands above.")

    objects = NameWordsQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def stamped(self) -> NameWords:
        """The same, with its stamp."""
        parts = [self.kind, self.key, self.name, self.title, self.organisation]
        self.stamp = hashlib.blake2b(repr(parts).encode(errors="replace"), digest_size=12).hexdigest()
        return self


class KnownWord(models.Model):
    """A word of a headline or a name, to suggest for one that is mistyped: only if it finds something now."""

    word = models.CharField(max_length=40, unique=True)
    head = models.CharField(max_length=2)
    tail = models.CharField(max_length=2)
    size = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["head", "size"], name="known_word_by_head"),
            models.Index(fields=["tail", "size"], name="known_word_by_tail"),
        ]

    def __str__(self) -> str:
        return self.word
