"""What is on record about words that stand in a text: the same, nearly the same, what was said before.

Everything here only suggests: nothing is written, and likeness decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Max, Q

from articles.models import Quotation, Quote, SearchEntry, Speaker, Story
from articles.text.alike import Statement, likeness, shared_words
from articles.text.compare import fingerprint
from articles.text.name_forms import exact_key
from articles.workflow.find import find_any
from articles.workflow.new_quotes import SHARED_WORDS
from articles.workflow.propose import find_speakers
from articles.workflow.quotations import Sighting

MOST_CANDIDATES: Final = 400  # records looked at, however many quotations are asked about
MOST_SHOWN: Final = 3  # of each kind, for one quotation
TELLING: Final = 6  # words by which nearly the same statements are looked for


@dataclass(frozen=True, slots=True)
class Known:
    """A record, how like the words it is (1: the same), and the newest other story that prints it."""

    quote: Quote
    likeness: float
    story: Story | None = None


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What is known about one quotation.

    `taken` is the record that saving ties the words to by itself. `same` have the same words, `near` nearly
    these; `before` is what the same speaker said earlier about the same, in other words.
    """

    taken: Known | None = None
    same: tuple[Known, ...] = ()
    near: tuple[Known, ...] = ()
    before: tuple[Known, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.taken or self.same or self.near or self.before)

    @property
    def offers(self) -> tuple[Known, ...]:
        """The records that can be used instead."""
        return (*self.same, *self.near)

    @property
    def every(self) -> tuple[Known, ...]:
        """All of them."""
        return (*((self.taken,) if self.taken else ()), *self.same, *self.near, *self.before)


@dataclass(slots=True)
class _Asked:
    """One quotation that is asked about."""

    sighting: Sighting
    statement: Statement
    print: str
    own: Quote | None = None
    speaker: Speaker | None = None

    @property
    def long(self) -> bool:
        """Whether there are enough words to be the same statement as others."""
        return len(self.statement.plain.split()) >= SHARED_WORDS


def find_on_record(sightings: Sequence[Sighting], *, story: Story | None) -> list[OnRecord]:
    """For each quotation of a body what is on record about it, the best first.

    The number of queries, and the number of records that are looked at, depend neither on how many quotations
    there are nor on how many are on record.
    """
    asked = [_read(sighting) for sighting in sightings]
    _tie(asked)
    here = {each.own.pk for each in asked if each.own is not None}
    candidates = _candidates(asked)
    on_topic = _on_topic(candidates, story)
    statements = {quote.pk: Statement.of(quote.words) for quote in candidates}
    found = [_judge(each, candidates, statements, here, on_topic) for each in asked]
    return _with_stories(found, story)


def _read(sighting: Sighting) -> _Asked:
    words = [segment.text for segment in sighting.segments]
    return _Asked(sighting, Statement.of(" ".join(words)), fingerprint(words))


def _tie(asked: Sequence[_Asked]) -> None:
    """Give each its record and its speaker, as far as they are known. Two queries."""
    keys = {each.sighting.key for each in asked} - {""}
    quotes = {quote.key: quote for quote in Quote.objects.filter(key__in=keys).with_people()} if keys else {}
    for each in asked:
        each.own = quotes.get(each.sighting.key)
        each.speaker = each.own.speaker if each.own is not None else None
    nameless = [each for each in asked if each.speaker is None and each.sighting.speaker]
    called = find_speakers({each.sighting.speaker for each in nameless})
    for each in nameless:
        namesakes = called.get(exact_key(each.sighting.speaker) or each.sighting.speaker, [])
        each.speaker = namesakes[0] if len(namesakes) == 1 else None


def _candidates(asked: Sequence[_Asked]) -> list[Quote]:
    """Records that may be like one of `asked`: three queries, each with a bound."""
    prints = {each.print for each in asked if each.long} - {""}
    like = [group for each in asked if each.long for group in _groups(each.statement)]
    said = [group for each in asked if each.speaker for group in _by_the_same(each.speaker, each.statement)]
    numbers = set(find_any(like, SearchEntry.Kind.QUOTE)[:MOST_CANDIDATES])
    numbers |= set(find_any(said, SearchEntry.Kind.QUOTE)[:MOST_CANDIDATES])
    wanted = Q(pk__in=numbers) | Q(fingerprint__in=prints)
    quotes = Quote.objects.filter(wanted).exclude(verification=Quote.Verification.WITHDRAWN)
    return list(quotes.with_people().order_by("pk")[: 3 * MOST_CANDIDATES]) if numbers or prints else []


def _groups(statement: Statement) -> list[list[str]]:
    """Two groups of telling words, so that a statement in which one word differs still holds one of them."""
    words = list(statement.telling[:TELLING])
    return [group for group in (words[::2], words[1::2]) if len(group) > 1]


def _by_the_same(speaker: Speaker, statement: Statement) -> list[list[str]]:
    return [] if speaker.unnamed else [[speaker.name, word] for word in statement.telling[:TELLING]]


def _on_topic(candidates: Sequence[Quote], story: Story | None) -> frozenset[int]:
    """Those of `candidates` that stories on a topic of `story` print."""
    topics = [topic.pk for topic in story.topics.all()] if story is not None and story.pk else []
    if not (topics and candidates):
        return frozenset()
    uses = Quotation.objects.in_text().filter(quote__in=candidates, story__topics__in=topics)
    return frozenset(uses.order_by().values_list("quote", flat=True).distinct())


def _judge(
    asked: _Asked,
    candidates: Iterable[Quote],
    statements: Mapping[int, Statement],
    here: Collection[int],
    on_topic: Collection[int],
) -> OnRecord:
    """Sort the candidates for one quotation."""
    same: list[Known] = []
    near: list[Known] = []
    before: list[Known] = []
    for quote in candidates:
        if quote == asked.own:
            continue
        if quote.fingerprint == asked.print:
            if asked.long:
                same.append(Known(quote, 1))
            continue
        if quote.pk in here or (asked.own is not None and quote.pk > asked.own.pk):
            continue
        shared = shared_words(asked.statement, statements[quote.pk])
        how_like = likeness(asked.statement, statements[quote.pk]) if asked.long and shared else 0
        if how_like:
            near.append(Known(quote, how_like))
        elif asked.speaker == quote.speaker and quote.speaker and shared >= 1 + (quote.pk not in on_topic):
            before.append(Known(quote, shared))
    unsaved = asked.own is not None and not asked.sighting.recorded
    return OnRecord(
        taken=Known(asked.own, 1) if asked.own is not None and unsaved else None,
        same=tuple(sorted(same, key=_verified_first)[:MOST_SHOWN]),
        near=tuple(sorted(near, key=lambda known: -known.likeness)[:MOST_SHOWN]),
        before=tuple(sorted(before, key=lambda known: -known.quote.pk)[:MOST_SHOWN]),
    )


def _verified_first(known: Known) -> tuple[bool, int]:
    return known.quote.verification != Quote.Verification.VERIFIED, known.quote.pk


def _with_stories(found: Sequence[OnRecord], story: Story | None) -> list[OnRecord]:
    """The same, each record with the newest other story that prints it. Two queries."""
    numbers = {known.quote.pk for each in found for known in each.every}
    if not numbers:
        return list(found)
    uses = Quotation.objects.in_text().filter(quote__in=numbers).order_by()
    if story is not None and story.pk:
        uses = uses.exclude(story=story)
    newest = dict(uses.values("quote").annotate(newest=Max("story")).values_list("quote", "newest"))
    stories = Story.objects.only("headline", "slugline", "status", "updated_at").in_bulk(newest.values())

    def with_story(known: Known) -> Known:
        return replace(known, story=stories.get(newest.get(known.quote.pk)))

    return [
        OnRecord(
            taken=with_story(each.taken) if each.taken else None,
            same=tuple(map(with_story, each.same)),
            near=tuple(map(with_story, each.near)),
            before=tuple(map(with_story, each.before)),
        )
        for each in found
    ]
