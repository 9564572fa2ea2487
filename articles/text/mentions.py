"""Who is spoken of outside the quotation marks: names, pronouns and descriptions, as printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from articles.text.lexicon import Lexicon, Sort
from articles.text.people import Person
from articles.text.reading import QUOTED, Reading

_LONGEST = 12
_JOINS = frozenset({"of", "for", "and", "the", "&"})
_ROLE_WORD = Sort.TITLE | Sort.PERSON
_DESCRIPTION = Sort.PERSON | Sort.PEOPLE | Sort.BODY


class MentionKind(StrEnum):
    """How a text speaks of somebody."""

    NAME = "name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"


@dataclass(slots=True)
class Mention:
    """The words that speak of somebody, and where they stand among the words of the paragraph."""

    kind: MentionKind
    paragraph: int
    first: int  # places among the paragraph's words, half-open
    last: int
    start: int
    end: int
    words: tuple[str, ...]  # of a name: without title and role
    head: str  # lower case: surname, pronoun or noun
    sorts: int  # what the words can be, all together
    role: str = ""
    sex: str = ""
    possessive: bool = False
    person: Person | None = None  # of a name: whose it is
    printed: str = ""  # of a name: as it stands, without title and possessive

    @property
    def name(self) -> str:
        """The words as one string."""
        return " ".join(self.words)


def find_mentions(text: str, reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """All mentions in one paragraph, outside its quoted runs, in order."""
    mentions: list[Mention] = []
    words, sorts = reading.words, reading.sorts
    place, total = 0, len(words)
    while place < total:
        sort = sorts[place]
        mention: Mention | None = None
        if words[place][0].isupper():
            mention = _read_name(text, reading, place, lexicon)
        if mention is None and sort & Sort.PRONOUN:
            mention = _pronoun(reading, place, lexicon)
        elif mention is None and sort & _DESCRIPTION:
            mention = _description(text, reading, place)
        elif mention is None and sort & Sort.DETERMINER:
            mention = _unknown_speaker(reading, place)
        if mention is None:
            place += 1
            continue
        while mentions and mention.kind is MentionKind.NAME and _is_role_of(mentions[-1], mention, place):
            mentions.pop()
        if mentions and mention.kind is MentionKind.NAME:
            _complete(reading, mentions[-1], mention)
        mentions.append(mention)
        place = mention.last
    return mentions


def _complete(reading: Reading, before: Mention, name: Mention) -> None:
    """Lets “a spokesman” take in “for Ruth Amadi”."""
    if before.kind is not MentionKind.DESCRIPTION or not before.sorts & (Sort.PERSON | Sort.PEOPLE):
        return
    between = reading.lows[before.last : name.first]
    if between in (
        ["for"],
        ["for", "the"],
        ["of"],
        ["of", "the"],
        ["with"],
        ["with", "the"],
        ["at"],
        ["at", "the"],
    ):
        before.last, before.end = name.last, name.end


def _is_role_of(before: Mention, name: Mention, place: int) -> bool:
    """“campaign manager” before “Ruth Amadi”, or “Okoro” in “Okoro campaign manager Ruth Amadi”."""
    return before.first >= name.first or (before.last == place and before.kind is MentionKind.DESCRIPTION)


def _pronoun(reading: Reading, place: int, lexicon: Lexicon) -> Mention:
    low = reading.lows[place]
    sex = lexicon.pronouns.get(low, "")
    return Mention(
        MentionKind.PRONOUN, reading.number, place, place + 1, reading.starts[place], reading.ends[place],
        (reading.words[place],), low, reading.sorts[place], sex=sex,
        possessive=place in reading.possessive,
    )  # fmt: skip


def _description(text: str, reading: Reading, place: int) -> Mention | None:
    """A description whose head stands at ``place``: “the minister”, “one Democrat”, “critics”."""
    last = place + 1
    while last < len(reading.words) and reading.sorts[last] & _DESCRIPTION and reading.words[last].islower():
        last += 1
    first = place
    stop = max(0, place - 6)
    while first > stop and _belongs(reading, first - 1):
        first -= 1
        if reading.sorts[first] & Sort.DETERMINER and not (first and reading.lows[first - 1] == "the"):
            break
    sorts = 0
    for sort in reading.sorts[first:last]:
        sorts |= sort
    heads = reading.sorts[last - 1] & _DESCRIPTION
    sorts = (sorts & ~_DESCRIPTION) | heads
    return Mention(
        MentionKind.DESCRIPTION, reading.number, first, last, reading.starts[first], reading.ends[last - 1],
        tuple(reading.words[first:last]), reading.lows[last - 1], sorts,
        possessive=last - 1 in reading.possessive,
    )  # fmt: skip


def _unknown_speaker(reading: Reading, place: int) -> Mention | None:
    """“…,” the locksmith replied: a noun that no list holds, between a quotation and a verb of speech."""
    if not place or reading.words[place - 1] not in (QUOTED, ","):
        return None
    last = place + 1
    while (
        last < min(place + 4, len(reading.words))
        and reading.words[last].islower()
        and not reading.sorts[last]
    ):
        last += 1
    if last == place + 1 or last >= len(reading.words) or not reading.sorts[last] & Sort.CUE:
        return None
    return Mention(
        MentionKind.DESCRIPTION, reading.number, place, last, reading.starts[place], reading.ends[last - 1],
        tuple(reading.words[place:last]), reading.lows[last - 1], Sort.PERSON | Sort.DETERMINER,
        possessive=last - 1 in reading.possessive,
    )  # fmt: skip


def _belongs(reading: Reading, place: int) -> bool:
    word = reading.words[place]
    if word == QUOTED or not (word[0].isalnum()):
        return False
    return not reading.sorts[place] & (
        Sort.CUE | Sort.NAMING | Sort.BETWEEN | Sort.PRONOUN | Sort.PREPOSITION
    ) and (reading.lows[place] not in ("and", "or", "but", "as", "who", "when", "that"))


def _read_name(text: str, reading: Reading, place: int, lexicon: Lexicon) -> Mention | None:
    """The name that begins at the capitalised word at ``place``, with its role; None if it is no name."""
    places = _capitalised(reading, place)
    first = 0
    if reading.starts_sentence(place) or reading.sorts[place] & Sort.DETERMINER:
        while first < len(places) and _only_capitalised_by_place(reading, places[first]):
            first += 1
    places = places[first:]
    if len(places) > 2 and reading.starts_sentence(places[0]) and _is_given(reading, places[1]):
        places = (
            places if _is_given(reading, places[0]) or reading.sorts[places[0]] & _ROLE_WORD else places[1:]
        )
    if not places or (len(places) == 1 and _is_no_name(reading, places[0])):
        return None
    if len(places) > 3 and all(reading.words[p].isupper() for p in places):
        return None
    split = _end_of_role(reading, places)
    named = [p for p in places[split:] if reading.words[p] != "."]
    if not named:
        return None
    if split == 0 and all(reading.sorts[p] & _ROLE_WORD and not reading.sorts[p] & Sort.GIVEN for p in named):
        return None
    return _name(text, reading, places, split, named)


def _name(text: str, reading: Reading, places: list[int], split: int, named: list[int]) -> Mention:
    sorts, sex = 0, ""
    for p in places[:split]:
        sort = reading.sorts[p]
        sorts |= sort & (Sort.TITLE | Sort.COURTESY)
        sex = sex or _sex(sort)
    given = reading.sorts[named[0]]
    if given & Sort.GIVEN:
        sorts |= Sort.GIVEN
        sex = sex or _sex(given)
    for p in named:
        sorts |= reading.sorts[p] & (Sort.ORGANISATION | Sort.PLACE | Sort.DAY)
    words = tuple(reading.words[p] for p in named)
    while (
        len(named) > 1
        and reading.sorts[named[-1]] & Sort.SUFFIX
        and not reading.sorts[named[-1]] & Sort.GIVEN
    ):
        named = named[:-1]
    first, role = _role_before(text, reading, places, split)
    return Mention(
        MentionKind.NAME, reading.number, first, places[-1] + 1, reading.starts[named[0]],
        reading.ends[places[-1]], words, reading.lows[named[-1]], sorts, role=role, sex=sex,
        possessive=places[-1] in reading.possessive,
        printed=text[reading.starts[named[0]] : reading.starts[places[-1]] + len(reading.words[places[-1]])],
    )  # fmt: skip


def _is_given(reading: Reading, place: int) -> bool:
    return bool(reading.sorts[place] & Sort.GIVEN)


def _sex(sort: int) -> str:
    if sort & Sort.MALE:
        return "" if sort & Sort.FEMALE else "m"
    return "f" if sort & Sort.FEMALE else ""


def _capitalised(reading: Reading, place: int) -> list[int]:
    """The places of a chain of capitalised words, with initials, particles and joining words inside it."""
    words, sorts, total = reading.words, reading.sorts, len(reading.words)
    places = [place]
    organisation = bool(sorts[place] & Sort.ORGANISATION)
    while len(places) < _LONGEST and places[-1] not in reading.possessive:
        following = places[-1] + 1
        if following >= total or sorts[following] & Sort.DAY:
            break
        if words[following][0].isupper() and not reading.starts_sentence(following):
            last = following
        elif words[following] == "." and _is_abbreviated(reading, places[-1]):
            last = following + 1 if _goes_on(reading, following + 1) else following
        else:
            last = _after_particles(reading, following, organisation)
        if not words[last][0].isupper():
            break
        organisation = organisation or bool(sorts[last] & Sort.ORGANISATION)
        places += range(following, last + 1)
    return places


def _after_particles(reading: Reading, place: int, organisation: bool) -> int:
    """The place of the capitalised word after “van den”, or after “of the” in a body's name; or ``place``."""
    end = place
    while end < min(place + 3, len(reading.words)) and (
        reading.sorts[end] & Sort.PARTICLE or (organisation and reading.lows[end] in _JOINS)
    ):
        end += 1
    return end if end > place and _goes_on(reading, end) else place


def _goes_on(reading: Reading, place: int) -> bool:
    return (
        place < len(reading.words)
        and reading.words[place][0].isupper()
        and not reading.starts_sentence(place)
    )


def _is_abbreviated(reading: Reading, place: int) -> bool:
    word = reading.words[place]
    return len(word) == 1 or bool(reading.sorts[place] & Sort.ABBREVIATED) or "." in word


def _only_capitalised_by_place(reading: Reading, place: int) -> bool:
    sort = reading.sorts[place]
    return bool(sort & Sort.NOT_NAME) and not sort & (Sort.GIVEN | Sort.TITLE)


def _is_no_name(reading: Reading, place: int) -> bool:
    sort = reading.sorts[place]
    if sort & (Sort.DAY | Sort.NOT_NAME) and not sort & Sort.GIVEN:
        return True
    if (
        reading.starts_sentence(place)
        and sort & (Sort.CUE | Sort.NAMING | Sort.PRONOUN)
        and not sort & Sort.GIVEN
    ):
        return True
    return reading.words[place].isdigit()


def _end_of_role(reading: Reading, places: list[int]) -> int:
    """How many of the places are title and role, not name."""
    split = 0
    for index, p in enumerate(places[:-1]):
        if reading.sorts[p] & _ROLE_WORD and not (index and reading.sorts[p] & Sort.GIVEN):
            split = index + 1
    while split < len(places) - 1 and reading.words[places[split]] == ".":
        split += 1
    return split


def _role_before(text: str, reading: Reading, places: list[int], split: int) -> tuple[int, str]:
    """Where the role before a name begins, and the role: “Harbour Commissioner”, “campaign manager”."""
    first = places[0]
    stop = max(0, first - 6)
    lower = first > 0 and reading.sorts[first - 1] & Sort.PERSON and reading.words[first - 1].islower()
    if not split and not lower:
        return first, ""
    while first > stop and _belongs(reading, first - 1) and not reading.sorts[first - 1] & Sort.DETERMINER:
        if split and not (
            reading.words[first - 1][0].isupper() or reading.lows[first - 1] in ("former", "acting")
        ):
            break
        if first - 1 in reading.possessive:
            break
        first -= 1
    end = reading.ends[places[split - 1]] if split else reading.ends[places[0] - 1]
    if split and reading.sorts[places[0]] & Sort.COURTESY and first == places[0]:
        return first, ""
    return first, text[reading.starts[first] : end]


def sort_of(mention: Mention) -> str:
    """What a mention seems to be: a person by name, a body, a pronoun…"""
    if mention.kind is MentionKind.PRONOUN:
        return "pro-" + mention.head
    if mention.kind is MentionKind.DESCRIPTION:
        return "one" if mention.sorts & Sort.PERSON else "many" if mention.sorts & Sort.PEOPLE else "body"
    person = mention.person
    if person is None:
        return "name?"
    if person.is_organisation:
        return "org"
    if mention.sorts & Sort.PLACE and not person.is_person:
        return "place"
    return "person" if person.is_person else "full" if len(person.words) > 1 else "name"
