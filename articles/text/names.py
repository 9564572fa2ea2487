"""Reading a name at its first word: the chain of its words, its title, its role and its suffix."""

from __future__ import annotations

import re

from articles.text.lexicon import Sort
from articles.text.mentions import Mention, MentionKind, belongs
from articles.text.reading import QUOTED, Reading

_LONGEST = 12
_LONGEST_ROLE = 6  # words before a name
_LONGEST_UNCASED = 12  # characters of a name in a script that has no capitals
_ENDS_CHAIN = frozenset(",.;:") | {QUOTED}
_JOINS = frozenset({"of", "for", "and", "the", "&"})
_ROLE_WORD = Sort.TITLE | Sort.PERSON
# al-Hamdi, d’Arcy, ffoulkes-Dunne: small in front, and the word of a name all the same
_SMALL_FRONT = re.compile(
    r"(?:a[dhlnrstz]|ash|el|ul|abd|abu|ibn|bin|ben|de|dell|[dl])[-’'](?![a-z])|ff[a-z]+-"
)


def is_name_word(word: str) -> bool:
    """Whether a word can be part of a name by its look: a capital, a script without capitals, “al-Hamdi”."""
    sign = word[0]
    if sign.isupper():
        return True
    if word.islower() or not sign.isalpha():
        return False
    return bool(_SMALL_FRONT.match(word)) if sign.islower() else len(word) <= _LONGEST_UNCASED


def read_handle(text: str, reading: Reading, place: int) -> Mention | None:
    """“@ostraport”: somebody by the name under which they post; None where no word follows the sign."""
    following = place + 1
    if following >= len(reading.words) or reading.starts[following] != reading.ends[place]:
        return None
    printed = text[reading.starts[place] : reading.starts[following] + len(reading.words[following])]
    return Mention(
        MentionKind.NAME, reading.number, place, following + 1, reading.starts[place],
        reading.ends[following], (printed,), printed.lower(), 0,
        possessive=following in reading.possessive, printed=printed,
    )  # fmt: skip


def read_name(text: str, reading: Reading, place: int) -> Mention | None:
    """The name that begins at the word at ``place``, with its role; None if it is no name."""
    places = _without_opening(reading, _capitalised(reading, place))
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


def _without_opening(reading: Reading, places: list[int]) -> list[int]:
    """The chain without the words that are capitalised only because a sentence begins."""
    if not (reading.starts_sentence(places[0]) or reading.sorts[places[0]] & Sort.DETERMINER):
        return places
    if len(places) == 1 and _speaks_inside(reading, places[0]):
        return places
    first = 0
    while first < len(places) and _only_capitalised_by_place(reading, places[first]):
        first += 1
    places = places[first:]
    if len(places) < 2 or not reading.starts_sentence(places[0]):
        return places
    sort = reading.sorts[places[0]]
    if sort & Sort.COMMON_CUE and not sort & Sort.ORGANISATION:  # “Said Father Aubyn: …”
        return places[1:]
    if len(places) > 2 and reading.sorts[places[1]] & Sort.GIVEN and not sort & (Sort.GIVEN | _ROLE_WORD):
        return places[1:]
    return places


def _name(text: str, reading: Reading, places: list[int], split: int, named: list[int]) -> Mention:
    sorts, sex = 0, ""
    for p in places[:split]:
        sort = reading.sorts[p]
        sorts |= sort & (Sort.TITLE | Sort.COURTESY)
        sex = sex or sex_of(sort)
    given = reading.sorts[named[0]]
    if given & Sort.GIVEN:
        sorts |= Sort.GIVEN
        sex = sex or sex_of(given)
    for p in named:
        sorts |= reading.sorts[p] & (Sort.ORGANISATION | Sort.PLACE | Sort.DAY)
    head, kept, end = _suffixed(text, reading, places, named)
    first, role = _role_before(text, reading, places, split)
    begins = reading.starts_sentence(first)
    last = max(places[-1], kept[-1]) + 1
    if last < len(reading.words) and reading.starts[last] < end:  # the full stop of “Jr.”
        last += 1
    return Mention(
        MentionKind.NAME, reading.number, first, last, reading.starts[named[0]],
        max(end, reading.ends[places[-1]]), tuple(reading.words[p] for p in kept), reading.lows[head],
        sorts, role=role, sex=sex, begins=begins, possessive=places[-1] in reading.possessive,
        printed=text[reading.starts[named[0]] : end],
    )  # fmt: skip


def _suffixed(text: str, reading: Reading, places: list[int], named: list[int]) -> tuple[int, list[int], int]:
    """The place of the surname, the places of the name with its “Jr.”, and where its characters end.

    Letters after a name, “KC” or “MP”, are no part of it.
    """
    words, sorts = reading.words, reading.sorts
    after = places[-1] + 1
    if after + 1 < len(words) and words[after] == "," and sorts[after + 1] & Sort.GENERATION:
        named = [*named, after + 1]
    kept = list(named)
    while (
        len(kept) > 1
        and sorts[kept[-1]] & Sort.SUFFIX
        and not sorts[kept[-1]] & (Sort.GIVEN | Sort.GENERATION)
    ):
        kept.pop()
    surname = len(kept) - 1
    while surname and sorts[kept[surname]] & Sort.GENERATION:
        surname -= 1
    last = kept[-1]
    end = reading.starts[last] + len(words[last])
    if surname < len(kept) - 1 and sorts[last] & Sort.ABBREVIATED and text[end : end + 1] == ".":
        end += 1
    return kept[surname], kept, end


def sex_of(sort: int) -> str:
    """ "m", "f" or "" for a word that may be a title or a given name."""
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
        word = words[following]
        if is_name_word(word) and not reading.starts_sentence(following):
            last = following
        elif word == "." and _is_abbreviated(reading, places[-1]):
            last = _after_initial(reading, following)
        elif word in _ENDS_CHAIN:
            break
        else:
            last = _after_particles(reading, following, organisation)
        if not is_name_word(words[last]):
            break
        organisation = organisation or bool(sorts[last] & Sort.ORGANISATION)
        places += range(following, last + 1)
    return places


def _after_initial(reading: Reading, stop: int) -> int:
    """The place of the word of the name after the full stop of an initial or a title; or of the full stop."""
    if _goes_on(reading, stop + 1):
        return stop + 1
    end = _after_particles(reading, stop + 1, organisation=False)
    return end if end > stop + 1 else stop


def _after_particles(reading: Reading, place: int, organisation: bool) -> int:
    """The place of the capitalised word after “van den”, or after “of the” in a body's name; or ``place``."""
    end = place
    while end < min(place + 3, len(reading.words)) and (
        reading.sorts[end] & Sort.PARTICLE
        or (organisation and reading.lows[end] in _JOINS)
        or (reading.lows[end] == "an" and reading.lows[end - 1] == "mac")
    ):
        end += 1
    return end if end > place and _goes_on(reading, end) else place


def _goes_on(reading: Reading, place: int) -> bool:
    return (
        place < len(reading.words)
        and is_name_word(reading.words[place])
        and not reading.starts_sentence(place)
    )


def _is_abbreviated(reading: Reading, place: int) -> bool:
    word = reading.words[place]
    return len(word) == 1 or bool(reading.sorts[place] & Sort.ABBREVIATED) or "." in word


def _only_capitalised_by_place(reading: Reading, place: int) -> bool:
    sort = reading.sorts[place]
    return bool(sort & Sort.NOT_NAME) and not sort & (Sort.GIVEN | Sort.TITLE)


def _is_no_name(reading: Reading, place: int) -> bool:
    sort, word = reading.sorts[place], reading.words[place]
    if sort & (Sort.DAY | Sort.NOT_NAME) and not sort & Sort.GIVEN:
        return not _speaks_inside(reading, place)
    if sort & Sort.GIVEN:
        return False
    if reading.starts_sentence(place) and (
        sort & (Sort.CUE | Sort.NAMING | Sort.PRONOUN) or _is_participle(reading, place)
    ):
        return True
    return word.isdigit()


def _speaks_inside(reading: Reading, place: int) -> bool:
    """“…,” An said: a capital that no sentence asks for, before a verb of speech."""
    following = place + 1
    if reading.starts_sentence(place) or following >= len(reading.words):
        return False
    if reading.sorts[place] & (Sort.PRONOUN | Sort.DAY):
        return False
    return bool(reading.sorts[following] & Sort.COMMON_CUE)


def _is_participle(reading: Reading, place: int) -> bool:
    """“Pressed on the cost, she said”: a verb that opens a sentence."""
    following = place + 1
    if not reading.lows[place].endswith(("ed", "ing")) or following >= len(reading.words):
        return False
    return bool(reading.sorts[following] & (Sort.PREPOSITION | Sort.DETERMINER))


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
    stop = max(0, first - _LONGEST_ROLE)
    lower = first > 0 and reading.sorts[first - 1] & Sort.PERSON and reading.words[first - 1].islower()
    if not split and not lower:
        return first, ""
    while first > stop and belongs(reading, first - 1) and not reading.sorts[first - 1] & Sort.DETERMINER:
        if split and not (
            reading.words[first - 1][0].isupper() or reading.lows[first - 1] in ("former", "acting")
        ):
            break
        if first - 1 in reading.possessive:
            break
        first -= 1
    end = reading.ends[places[split - 1]] if split else reading.ends[places[0] - 1]
    if split and reading.words[places[split - 1]] == "." and reading.words[places[split - 2]] == ".":
        end = reading.ends[places[split - 2]]
    begin = first
    last = places[split - 1] if split else places[0] - 1
    while begin < last and reading.sorts[begin] & (Sort.COURTESY | Sort.NO_ROLE):
        begin += 2 if reading.words[begin + 1] == "." else 1
    if begin > last or reading.sorts[begin] & (Sort.COURTESY | Sort.NO_ROLE):
        return first, ""
    return first, text[reading.starts[begin] : end]
