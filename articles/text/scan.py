"""The first pass over a text: paragraphs, marked runs, words, mentions and the cast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.text.lexicon import Lexicon, Sort, load_lexicon
from articles.text.marks import Run, find_runs
from articles.text.mentions import Mention, MentionKind, find_mentions
from articles.text.paragraphs import find_paragraphs
from articles.text.people import Cast, NameUse, Person
from articles.text.reading import Reading, read_paragraph
from articles.text.spans import Span

_NEVER_A_PERSON = Sort.DAY


@dataclass(slots=True)
class Scan:
    """What the first pass found. Lists run parallel: one entry a paragraph."""

    text: str
    lexicon: Lexicon
    paragraphs: tuple[Span, ...]
    runs: tuple[Run, ...]
    readings: list[Reading]
    mentions: list[list[Mention]]
    cast: Cast
    _places: dict[int, int] = field(default_factory=dict)

    def place_of(self, run: int) -> int:
        """Where the run with this index stands among the words of its paragraph."""
        if not self._places:
            self._places.update((index, place) for reading in self.readings for place, index in reading.runs)
        return self._places[run]


def scan_text(
    text: str,
    *,
    headline: str = "",
    known: Sequence[tuple[str, str]] = (),
    language: str = "en",
    doubled: bool = False,
) -> Scan:
    """Reads ``text`` once. ``known`` are names and roles that a record already holds."""
    lexicon = load_lexicon(language)
    paragraphs = find_paragraphs(text)
    runs = find_runs(text, paragraphs, language=language, doubled=doubled)
    readings = _read(text, paragraphs, runs, lexicon)
    mentions = [find_mentions(text, reading, lexicon) for reading in readings]
    cast = Cast()
    titled = _headline_mentions(headline, lexicon)
    _recognise(cast, titled, mentions, readings)
    return Scan(text, lexicon, paragraphs, runs, readings, mentions, cast)


def _read(text: str, paragraphs: tuple[Span, ...], runs: tuple[Run, ...], lexicon: Lexicon) -> list[Reading]:
    readings: list[Reading] = []
    position = 0
    for number, span in enumerate(paragraphs):
        first = position
        while position < len(runs) and runs[position].paragraph == number:
            position += 1
        numbered = [(index, runs[index]) for index in range(first, position)]
        readings.append(read_paragraph(text, number, span, numbered, lexicon))
    return readings


def _headline_mentions(headline: str, lexicon: Lexicon) -> tuple[Reading, list[Mention]]:
    reading = read_paragraph(headline, -1, Span(0, len(headline)), (), lexicon)
    found = find_mentions(headline, reading, lexicon)
    return reading, [mention for mention in found if mention.kind is MentionKind.NAME]


def _recognise(
    cast: Cast, titled: tuple[Reading, list[Mention]], mentions: list[list[Mention]], readings: list[Reading]
) -> None:
    """Gives every name its person: full names first, then the single names that mean one of them."""
    headlines = [titled[1]] if _is_title_case(titled[0]) else []
    plain = [] if headlines else list(titled[1])
    for reading, paragraph in zip(readings, mentions):
        names = [mention for mention in paragraph if mention.kind is MentionKind.NAME]
        if reading.number < 2 and _is_title_case(reading):
            headlines.append(names)
        else:
            plain += names
    for mention in plain:
        if len(mention.words) > 1:
            role = mention.role or (
                role_after(readings[mention.paragraph], mention) if mention.paragraph >= 0 else ""
            )
            mention.person = cast.add(_use(mention, role))
    for mention in plain:
        if mention.person is None:
            mention.person = cast.find(_use(mention, mention.role))
    for mention in (mention for names in headlines for mention in names):
        _recognise_titled(cast, mention)
    for person in cast.people:
        person.places.sort()


def _is_title_case(reading: Reading) -> bool:
    long = [word for word in reading.words if len(word) > 3]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.8 * len(long)


def _recognise_titled(cast: Cast, mention: Mention) -> None:
    """In a headline that capitalises every word only a name met in the story, or a given name, tells a person."""
    known = cast.knows(mention.words)
    if not known and mention.sorts & Sort.GIVEN and len(mention.words) > 1:
        known = 2
    if not known:
        return
    mention.words = mention.words[:known]
    mention.head = mention.words[-1].lower()
    use = _use(mention, mention.role)
    mention.person = cast.add(use) if known > 1 else cast.find(use)


def _use(mention: Mention, role: str) -> NameUse:
    place = (mention.paragraph, mention.first)
    return NameUse(mention.words, mention.head, mention.sorts, mention.sex, role, place)


def role_after(reading: Reading, mention: Mention) -> str:
    """The role printed after a name: “, the harbour commissioner,”."""
    words, sorts = reading.words, reading.sorts
    place = mention.last
    if place + 1 >= len(words) or words[place] != ",":
        return ""
    first = place + 1
    if reading.lows[first] in ("the", "a", "an", "who"):
        first += 1
    if first < len(words) and reading.lows[first] in ("is", "was"):
        first += 1
        if first < len(words) and reading.lows[first] in ("the", "a", "an"):
            first += 1
    last, office = first, False
    while last < min(len(words), first + 14) and words[last] not in (",", ".", ";", ":", "(", "—", "–", "“”"):
        if sorts[last] & (Sort.CUE | Sort.NAMING) and not sorts[last] & Sort.PERSON:
            return ""
        office = office or bool(sorts[last] & (Sort.PERSON | Sort.TITLE) and last - first < 7)
        last += 1
    if not office or last == first:
        return ""
    return " ".join(_plain(words[first:last]))


def _plain(words: list[str]) -> list[str]:
    return [word for word in words if word]


def person_of(mention: Mention) -> Person | None:
    """Whose name a mention is."""
    return mention.person
