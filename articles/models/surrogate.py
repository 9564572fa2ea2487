"""Surrogate keys: the short names of what a readers' page depends on, and of what a change touches.

A page says its keys in the header `Surrogate-Key`; a `SiteChange` keeps those of a change. A page that has
none of the keys of a change is as good after it as before. A page that says nothing depends on everything.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

from django.utils import timezone

from articles.models.edition import Edition, EditionQuote

HEADER: Final = "Surrogate-Key"
EVERYTHING: Final = "everything"  # what a page says that does not know on what it depends
PAPER: Final = "paper"  # name, look, sections, policies in the footer: every other page says it
FRONT: Final = "front"  # how editors arranged the front page, and the stories on it
LISTS: Final = "lists"  # whatever may name any story: feeds, archive, map, corrections, names
ARCHIVE: Final = "archive"  # stories whose date is of another month than that in which they came
SEARCH: Final = "search"
DISPUTES: Final = "disputes"
POLICIES: Final = "policies"
STAFF: Final = "staff"  # who works here


def story_key(number: int) -> str:
    """What is said of one story: its own pages."""
    return f"story-{number}"


def section_key(slug: str) -> str:
    """The stories of a section, by a slug that it has or had."""
    return _key("section", slug)


def topic_key(slug: str) -> str:
    """The stories about a topic, by a slug that it has or had."""
    return _key("topic", slug)


def author_key(slug: str) -> str:
    """The stories that somebody signed."""
    return _key("author", slug)


def speaker_key(slug: str) -> str:
    """What somebody said. There is none for who is not named."""
    return _key("speaker", slug)


def quote_key(key: str) -> str:
    """One quotation, wherever it is printed."""
    return _key("quote", key)


def source_key(key: str) -> str:
    """What was drawn from a source. There is none for one that is confidential."""
    return _key("source", key)


def month_key(day: datetime.date) -> str:
    """What was first published in the month of the day."""
    return f"month-{day:%Y-%m}"


def story_keys(number: int) -> list[str]:
    """All that a change of one story may touch: what its editions say, and who else uses its quotes.

    Editions of the past count: a page that named the story because of them must not go on doing so. Somebody
    to whom words were ascribed before loses them when they are printed as another's. Two queries.
    """
    found = {story_key(number), FRONT, LISTS}
    editions = Edition.objects.filter(story=number)
    columns = ("section_slug", "bylines", "topics", "first_live_from", "created_at")
    for section, bylines, topics, published, written in editions.values_list(*columns):
        found.add(section_key(section))
        found.update(author_key(author["slug"]) for author in bylines)
        found.update(topic_key(topic["slug"]) for topic in topics)
        found.update(_keys_of_time(published, written))
    own = EditionQuote.objects.filter(edition__story=number).values("quote_key")
    uses = EditionQuote.objects.filter(quote_key__in=own)
    for key, speaker, unnamed, source in uses.values_list(
        "quote_key", "speaker_slug", "speaker__unnamed", "source_key"
    ).distinct():
        found.add(quote_key(key))
        found.update([speaker_key(speaker)] if speaker and not unnamed else [])
        found.update([source_key(source)] if source else [])
    return sorted(found)


def page_keys(keys: Iterable[str]) -> str:
    """The header of a page that depends on these, and on the paper as every page does."""
    return " ".join([*dict.fromkeys(keys), PAPER])


def read_keys(header: str) -> frozenset[str]:
    """The keys in a header; those of a page that depends on everything when it says none."""
    return frozenset(header.split()) or frozenset({EVERYTHING})


def touches(change: Iterable[str], page: frozenset[str]) -> bool:
    """Whether a change with these keys, none for everything, may be seen on a page with those."""
    changed = set(change)
    return not changed or PAPER in changed or EVERYTHING in page or not changed.isdisjoint(page)


def _keys_of_time(published: datetime.datetime, written: datetime.datetime) -> Iterator[str]:
    # The archive reckons in the paper's days, the map in those of UTC.
    yield month_key(published.astimezone(datetime.UTC).date())
    yield month_key(timezone.localdate(published))
    if month_key(timezone.localdate(published)) != month_key(timezone.localdate(written)):
        yield ARCHIVE


def _key(kind: str, name: str) -> str:
    """Keys stand in a header with spaces between them: other letters are escaped as in an address."""
    return f"{kind}-{quote(name, safe='')}"
