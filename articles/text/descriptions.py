"""Reading a description: “the minister”, “a person familiar with the talks”, “three former pilots”."""

from __future__ import annotations

from articles.text.lexicon import Sort
from articles.text.mentions import Mention, MentionKind, belongs
from articles.text.reading import QUOTED, Reading

DESCRIPTION = Sort.PERSON | Sort.PEOPLE | Sort.BODY
_LONGEST = 6  # words before the head
_LONGEST_TAIL = 12
_PREPOSITIONS = frozenset({"of", "for", "with", "at", "from", "in", "among", "inside"})
_OPENS_TAIL = _PREPOSITIONS | {"familiar", "close", "briefed", "involved", "speaking", "working"}
_OPENS_SMALL_TAIL = frozenset({"of", "for"})  # of “the minister”, which needs no more to be told
_SIGNS = frozenset(",.;:!?()—–-") | {QUOTED}
_ENDS_TAIL = _SIGNS | {"and", "but", "as", "when", "while", "that", "after"}
_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "several", "two", "three", "four"})
MEMBERS = frozenset({"one", "another", "none"})
BEFORE_UNKNOWN = (QUOTED, ",")
_SEVERAL = frozenset({"them", "these", "those", "us"})


def read_description(text: str, reading: Reading, place: int) -> Mention | None:
    """A description whose head stands at ``place``: “the minister”, “one Democrat”, “critics”."""
    words, sorts = reading.words, reading.sorts
    last = place + 1
    while last < len(words) and sorts[last] & DESCRIPTION and words[last].islower():
        last += 1
    first = place
    stop = max(0, place - _LONGEST)
    while first > stop and belongs(reading, first - 1):
        first -= 1
        if sorts[first] & Sort.DETERMINER and not (first and reading.lows[first - 1] == "the"):
            break
    first, last = _joined(reading, first, last)
    kinds = 0
    for sort in sorts[first:last]:
        kinds |= sort
    kinds = (kinds & ~DESCRIPTION) | (sorts[last - 1] & DESCRIPTION)
    mention = Mention(
        MentionKind.DESCRIPTION, reading.number, first, last, reading.starts[first], reading.ends[last - 1],
        tuple(words[first:last]), reading.lows[last - 1], kinds, possessive=last - 1 in reading.possessive,
    )  # fmt: skip
    _add_tail(text, reading, mention)
    return mention


def read_member(text: str, reading: Reading, place: int) -> Mention | None:
    """“one of the diplomats”, “one of them”: somebody out of several."""
    lows, total = reading.lows, len(reading.words)
    if lows[place] not in MEMBERS or place + 2 >= total or lows[place + 1] != "of":
        return None
    last = place + 2
    if lows[last] not in _SEVERAL:
        last += 1
        while last < min(place + _LONGEST, total) and belongs(reading, last):
            if reading.sorts[last] & Sort.PEOPLE:
                break
            last += 1
        if last >= total or not reading.sorts[last] & Sort.PEOPLE:
            return None
    last += 1
    return Mention(
        MentionKind.DESCRIPTION, reading.number, place, last, reading.starts[place], reading.ends[last - 1],
        tuple(reading.words[place:last]), lows[place], Sort.PERSON,
        printed=text[reading.starts[place] : reading.ends[last - 1]],
    )  # fmt: skip


def read_unknown(text: str, reading: Reading, place: int) -> Mention | None:
    """“…,” the locksmith replied: a noun that no list holds, between a quotation and a verb of speech."""
    if not place or reading.words[place - 1] not in BEFORE_UNKNOWN:
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
        printed=text[reading.starts[place] : reading.ends[last - 1]],
    )  # fmt: skip


def _joined(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """“her brother and designer” is one person of two nouns, where the second has no article of its own."""
    words, sorts = reading.words, reading.sorts
    if last + 1 < len(words) and words[last] == "and" and sorts[last - 1] & Sort.PERSON:
        end = last + 1
        while end < min(last + 3, len(words)) and words[end].islower() and not sorts[end]:
            end += 1
        if end < len(words) and sorts[end] & Sort.PERSON and words[end].islower():
            following = end + 1
            named = following < len(words) and (words[following] == "," or words[following][0].isupper())
            if named:
                return first, end + 1
    return first, last


def _add_tail(text: str, reading: Reading, mention: Mention) -> None:
    """Takes in “familiar with the talks”, so that what follows stands right after the description."""
    end = mention.last
    if not mention.possessive and not mention.sorts & Sort.BODY:
        end = _end_of_tail(reading, mention)
    mention.last = end
    last = end - 1
    mention.end = reading.ends[last]
    cut = reading.starts[last] + len(reading.words[last]) if mention.possessive else mention.end
    mention.printed = text[mention.start : cut]


def _end_of_tail(reading: Reading, mention: Mention) -> int:
    words, lows, sorts = reading.words, reading.lows, reading.sorts
    first = mention.last
    loose = lows[mention.first] in _INDEFINITE or mention.sorts & Sort.PEOPLE
    said = mention.first > 0 and sorts[mention.first - 1] & Sort.CUE
    if said and loose and lows[first : first + 1] == ["who"]:  # “said a woman who gave her name as Marta”
        return _end_of_clause(reading, first)
    if first >= len(words) or lows[first] not in (_OPENS_TAIL if loose else _OPENS_SMALL_TAIL):
        return first
    stop = min(first + _LONGEST_TAIL, len(words))
    for place in range(first + 1, stop):
        sort = sorts[place]
        if words[place] in _ENDS_TAIL or reading.starts_sentence(place) or sort & (Sort.PRONOUN | Sort.DAY):
            return place if place > first + 1 else first
        ruled = sorts[place - 1] & (Sort.DETERMINER | Sort.PREPOSITION)  # “the talks” are no verb
        if sort & (Sort.CUE | Sort.NAMING) and not ruled and not sort & (DESCRIPTION | Sort.ORGANISATION):
            return place if place > first + 1 else first
        if words[place][0].isupper() and not ruled and words[place - 1].islower():
            return place  # “chief of staff Dana Ortiz”: the name is no part of it
        if sort & Sort.BETWEEN and not sort & (Sort.PREPOSITION | Sort.PEOPLE | Sort.DETERMINER):
            return first
    return stop if stop == len(words) and stop > first + 1 else first


def _end_of_clause(reading: Reading, place: int) -> int:
    stop = min(place + _LONGEST_TAIL, len(reading.words))
    for end in range(place + 1, stop):
        if reading.words[end] in _SIGNS or reading.starts_sentence(end):
            return end
    return place
