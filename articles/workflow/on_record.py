"""What is on record about words that stand in a text: the same, nearly the same, what was said before.

Everything here only suggests: nothing is written, and likeness decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from django.db.models import Max, Q

from articles.models import Quotation, Quote, SearchEntry, Speaker, Story
from articles.text.alike import Statement, likeness
from articles.text.compare import fingerprint
from articles.text.name_forms import exact_key
from articles.workflow.find import find_any
from articles.workflow.new_quotes import SHARED_WORDS
from articles.workflow.propose import find_speakers
from articles.workflow.quotations import Sighting

MOST_CANDIDATES: Final = 240  # records looked at, however many quotations are asked about
MOST_SHOWN: Final = 3  # of each kind, for one quotation
NEEDED: Final = ("words", "fingerprint", "speaker_id", "verification")
TELLING: Final = 8  # words by which nearly the same statements are looked for
FEW: Final = 4  # of them; of fewer no two pairs can be made
TELLING_OF_ONE: Final = 4  # the same, among the records of one speaker


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

    @property
    def said_by(self) -> int:
        """The number of the speaker; 0, which nobody has, when it is not known who said it."""
        return self.speaker.pk if self.speaker is not None else 0


@dataclass(slots=True)
class _Shelf:
    """The records that the quotations are held against, and those of them that the text quotes already."""

    quotes: Mapping[int, Quote]
    statements: Mapping[int, Statement]
    here: Collection[int]
    on_topic: Collection[int]
    holders: dict[str, list[int]] = field(default_factory=dict)  # of each telling word
    by_print: dict[str, list[Quote]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, quote in self.quotes.items():
            self.by_print.setdefault(quote.fingerprint, []).append(quote)
            for word in self.statements[number].telling:
                self.holders.setdefault(word, []).append(number)


def find_on_record(sightings: Sequence[Sighting], *, story: Story | None) -> list[OnRecord]:
    """For each quotation of a body what is on record about it, the best first.

    The number of queries, and the number of records that are looked at, depend neither on how many quotations
    there are nor on how many are on record.
    """
    asked = [_read(sighting) for sighting in sightings]
    _tie(asked)
    candidates = _candidates(asked)
    shelf = _Shelf(
        quotes={quote.pk: quote for quote in candidates},
        statements={quote.pk: Statement.of(quote.words) for quote in candidates},
        here=frozenset(each.own.pk for each in asked if each.own is not None),
        on_topic=_on_topic(candidates, story),
    )
    return _with_stories([_judge(each, shelf) for each in asked], story)


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
    said = _by_the_same(asked)
    numbers = set(find_any(like, SearchEntry.Kind.QUOTE)[:MOST_CANDIDATES])
    numbers |= set(find_any(said, SearchEntry.Kind.QUOTE)[:MOST_CANDIDATES])
    wanted = Q(pk__in=numbers) | Q(fingerprint__in=prints)
    quotes = Quote.objects.filter(wanted).exclude(verification=Quote.Verification.WITHDRAWN)
    return list(quotes.only(*NEEDED).order_by("pk")[: 3 * MOST_CANDIDATES]) if numbers or prints else []


def _groups(statement: Statement) -> Sequence[Sequence[str | Sequence[str]]]:
    """Groups of telling words, so that a statement in which one word differs still holds one of them.

    Few words find too much, each by itself: something that stands beside one another in the statement has to
    stand so there, too.
    """
    words = list(statement.telling[:TELLING])
    if len(words) < FEW:
        spelled = statement.plain.split()
        beside = [" ".join(pair) for pair in pairwise(spelled)]
        return [[word, beside] for word in words]
    return [words[::2], words[1::2]]


def _by_the_same(asked: Sequence[_Asked]) -> list[list[str | list[str]]]:
    """For each speaker the name, and any of the telling words of the quotations that are asked about."""
    words: dict[str, dict[str, None]] = {}
    for each in asked:
        if each.speaker is not None and not each.speaker.unnamed and each.statement.telling:
            words.setdefault(each.speaker.name, {}).update(
                dict.fromkeys(each.statement.telling[:TELLING_OF_ONE])
            )
    return [[name, list(telling)] for name, telling in words.items()]


def _on_topic(candidates: Sequence[Quote], story: Story | None) -> frozenset[int]:
    """Those of `candidates` that stories on a topic of `story` print."""
    topics = [topic.pk for topic in story.topics.all()] if story is not None and story.pk else []
    if not (topics and candidates):
        return frozenset()
    uses = Quotation.objects.in_text().filter(quote__in=candidates, story__topics__in=topics)
    return frozenset(uses.order_by().values_list("quote", flat=True).distinct())


def _judge(asked: _Asked, shelf: _Shelf) -> OnRecord:
    """Sort the candidates for one quotation."""
    own = asked.own.pk if asked.own is not None else None
    long, said_by, telling = asked.long, asked.said_by, len(asked.statement.telling)
    alike = shelf.by_print.get(asked.print, []) if long else []
    same = [Known(quote, 1) for quote in alike if quote.pk != own]
    shared = Counter(number for word in asked.statement.telling for number in shelf.holders.get(word, ()))
    near: list[Known] = []
    before: list[Known] = []
    for number, words in shared.items():
        quote, statement = shelf.quotes[number], shelf.statements[number]
        close = long and words * 2 >= min(len(statement.telling), telling)
        if not (close or said_by == quote.speaker_id):
            continue
        if number in shelf.here or quote.fingerprint == asked.print or (own is not None and number > own):
            continue
        how_like = likeness(asked.statement, statement) if close else 0
        if how_like:
            near.append(Known(quote, how_like))
        elif said_by == quote.speaker_id and words >= 1 + (number not in shelf.on_topic):
            before.append(Known(quote, 0))
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
    """The same, each record with its people and the newest other story that prints it. Three queries."""
    numbers = {known.quote.pk for each in found for known in each.every}
    if not numbers:
        return list(found)
    uses = Quotation.objects.in_text().filter(quote__in=numbers).order_by()
    if story is not None and story.pk:
        uses = uses.exclude(story=story)
    newest = dict(uses.values("quote").annotate(newest=Max("story")).values_list("quote", "newest"))
    stories = Story.objects.only("headline", "slugline", "status", "updated_at").in_bulk(newest.values())

    quotes = Quote.objects.with_people().in_bulk(numbers)

    def with_story(known: Known) -> Known:
        number = known.quote.pk
        return replace(known, quote=quotes.get(number, known.quote), story=stories.get(newest.get(number)))

    return [
        OnRecord(
            taken=with_story(each.taken) if each.taken else None,
            same=tuple(map(with_story, each.same)),
            near=tuple(map(with_story, each.near)),
            before=tuple(map(with_story, each.before)),
        )
        for each in found
    ]
