"""The first pass over a text: paragraphs, marked runs, words, mentions and the cast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.text.interviews import add_answers
from articles.text.lexicon import Lexicon, Sort, load_lexicon
from articles.text.marks import Run, find_runs
from articles.text.mentioned import find_mentions
from articles.text.mentions import Mention, MentionKind
from articles.text.paragraphs import find_paragraphs
from articles.text.people import Cast, NameUse
from articles.text.reading import QUOTED, Reading, read_paragraph
from articles.text.spans import Span
from articles.text.unclosed import end_unclosed

_WHO = frozenset({"who"})
_IS = frozenset({"is", "was"})
_ENDS_A_ROLE = frozenset({",", ".", ";", ":", "(", "—", "–", QUOTED, "who", "and", "with", "whose"})
_OFFICE = Sort.PERSON | Sort.TITLE | Sort.SUFFIX
_LONGEST_ROLE = 14
_HEAD_OF_ROLE = 7


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
    labelled: bool = False,
) -> Scan:
    """Reads ``text`` once. ``known`` are names and roles that a record already holds."""
    lexicon = load_lexicon(language)
    paragraphs = find_paragraphs(text)
    runs = end_unclosed(text, find_runs(text, paragraphs, language=language, doubled=doubled), lexicon)
    if labelled:
        runs = add_answers(text, paragraphs, runs, lexicon)
    readings = _read(text, paragraphs, runs, lexicon)
    mentions = [find_mentions(text, reading, lexicon) for reading in readings]
    cast = Cast(lexicon)
    titled = _headline_mentions(headline, lexicon)
    _recognise(text, cast, titled, mentions, readings)
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
    text: str,
    cast: Cast,
    titled: tuple[Reading, list[Mention]],
    mentions: list[list[Mention]],
    readings: list[Reading],
) -> None:
    """Gives every name its person: full names first, then the single names that mean one of them."""
    headlines = [titled[1]] if _is_title_case(titled[0]) else []
    plain = [] if headlines else list(titled[1])
    for reading, paragraph in zip(readings, mentions, strict=True):
        names = [mention for mention in paragraph if mention.kind is MentionKind.NAME]
        if reading.number < 2 and _is_title_case(reading):
            headlines.append(names)
        else:
            plain += names
    for mention in plain:
        if len(mention.words) > 1:
            role = mention.role
            if mention.paragraph >= 0 and not cast.is_office(role):
                role = role_after(text, readings[mention.paragraph], mention) or role
            mention.person = cast.add(_use(mention, role))
    for mention in plain:
        if mention.person is None:
            mention.person = cast.find(_use(mention, mention.role))
    for mention in (mention for names in headlines for mention in names):
        _recognise_titled(cast, mention)
    for person in cast.people:
        person.places.sort()


def _is_title_case(reading: Reading) -> bool:
    if reading.words[-1:] == ["."]:  # a sentence, though it may hold little but names
        return False
    long = [word for word in reading.words if len(word) > 3]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.8 * len(long)


def _recognise_titled(cast: Cast, mention: Mention) -> None:
    """Where a headline capitalises every word, only a name of the story or a given name tells a person."""
    known = cast.knows(mention.words)
    if not known and mention.sorts & Sort.GIVEN and len(mention.words) > 1:
        known = 2
    if not known:
        return
    mention.words = mention.words[:known]
    mention.printed = " ".join(mention.words)
    mention.head = mention.words[-1].lower()
    use = _use(mention, mention.role)
    mention.person = cast.add(use) if known > 1 else cast.find(use)


def _use(mention: Mention, role: str) -> NameUse:
    place = (mention.paragraph, mention.first)
    return NameUse(mention.words, mention.head, mention.sorts, mention.sex, role, place, mention.printed)


def role_after(text: str, reading: Reading, mention: Mention) -> str:
    """The role printed after a name: “, 61, the harbour commissioner,”, “is the harbour commissioner”."""
    words, sorts, lows = reading.words, reading.sorts, reading.lows
    total, first = len(words), mention.last
    if first + 1 >= total or not (words[first] == "," or lows[first] in _IS):
        return ""
    first += 1
    if words[first].isdigit() and first + 2 < total and words[first + 1] == ",":
        first += 2
    for skipped in (_WHO, _IS):
        first += first < total and lows[first] in skipped
    first += first < total and bool(sorts[first] & Sort.DETERMINER)
    last, office = first, False
    if first < total and sorts[first] & Sort.PREPOSITION:
        return ""
    while last < min(total, first + _LONGEST_ROLE) and not _ends_role(reading, last):
        if sorts[last] & (Sort.CUE | Sort.NAMING) and not sorts[last] & Sort.PERSON:
            return ""
        office = office or bool(sorts[last] & _OFFICE and last - first < _HEAD_OF_ROLE)
        last += 1
    while last > first and sorts[last - 1] & (Sort.PREPOSITION | Sort.DETERMINER):
        last -= 1
    if last == first + 1 and sorts[first] & Sort.SUFFIX:  # letters after a name
        return ""
    return text[reading.starts[first] : reading.ends[last - 1]] if office and last > first else ""


def _ends_role(reading: Reading, place: int) -> bool:
    word, following = reading.words[place], reading.words[place + 1 : place + 2]
    if word == "." and following and following[0].isdigit():  # “the owner of No. 4”
        return False
    aged = word == "of" and following and following[0].isdigit()  # “a beekeeper of 84”
    return word in _ENDS_A_ROLE or bool(aged)
