"""Who is spoken of outside the quotation marks of a paragraph: names, pronouns and descriptions."""

from __future__ import annotations

from articles.text.descriptions import (
    BEFORE_UNKNOWN,
    DESCRIPTION,
    MEMBERS,
    read_description,
    read_member,
    read_unknown,
)
from articles.text.lexicon import Lexicon, Sort
from articles.text.mentions import Mention, MentionKind
from articles.text.names import is_name_word, read_handle, read_name
from articles.text.reading import QUOTED, Reading

_BELONGING = frozenset({"for", "of", "with", "at"})  # “a spokesman for the” Harbour Safety Agency
_NAMING = (["named"], ["called"], [",", "whose", "name", "is"], [",", "whose", "name", "was"])
_ENDS_NAMING = frozenset(",.;:!?(") | {QUOTED}
_HEADS = Sort.PRONOUN | DESCRIPTION
_LONGEST_NICKNAME = 24  # characters with the marks
_SIGNS = frozenset(",.;:!?()[]—–-…") | {QUOTED}
_WEAK = Sort.TITLE | Sort.COURTESY


def find_mentions(text: str, reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """All mentions in one paragraph, outside its quoted runs, in order."""
    mentions: list[Mention] = []
    done = 0
    for place in _openings(reading):
        if place < done or (mention := _read(text, reading, place, lexicon)) is None:
            continue
        following = mention.first + len(mention.words) if mention.kind is MentionKind.DESCRIPTION else 0
        if mention.kind is MentionKind.NAME:
            while mentions and _is_role_of(mentions[-1], mention, place):
                _take_role(text, reading, mentions.pop(), mention)
            if mentions and _is_nicknamed(reading, mentions[-1], mention):
                _take_given(mentions.pop(), mention)
            if mentions:
                _complete(text, reading, mentions[-1], mention)
        mentions.append(mention)
        done = following or mention.last
    return mentions


def _openings(reading: Reading) -> list[int]:
    """Where a mention may begin, or a description have its head: at few of the words."""
    words = reading.words
    return [
        place
        for place, (word, sort) in enumerate(zip(words, reading.sorts, strict=True))
        if (sort and (sort & _HEADS or (sort & Sort.DETERMINER and _may_be_unknown(words, place))))
        or not (word.islower() or word in _SIGNS)
    ]


def _may_be_unknown(words: list[str], place: int) -> bool:
    """Whether the article at ``place`` may begin “the locksmith”, or be the “one” of “one of them”."""
    return words[place - 1] in BEFORE_UNKNOWN or words[place].lower() in MEMBERS


def _read(text: str, reading: Reading, place: int, lexicon: Lexicon) -> Mention | None:
    """The mention that begins, or of a description has its head, at ``place``."""
    word, sort = reading.words[place], reading.sorts[place]
    if word == "@":
        return read_handle(text, reading, place)
    if word[0].isupper() or not (sort or word.islower()):
        mention = read_name(text, reading, place) if is_name_word(word) else None
        if mention is not None:
            return mention
    if reading.lows[place] in MEMBERS and (member := read_member(text, reading, place)):
        return member
    if sort & Sort.PRONOUN:
        return _pronoun(reading, place, lexicon)
    if sort & DESCRIPTION or (sort & Sort.TITLE and _is_office(reading, place)):
        return read_description(text, reading, place)
    return read_unknown(text, reading, place) if sort & Sort.DETERMINER else None


def _is_office(reading: Reading, place: int) -> bool:
    """“Head said”, “the Speaker ruled”: a title that stands for a name."""
    if not reading.words[place][0].isupper() or place + 1 >= len(reading.words):
        return False
    return bool(reading.sorts[place + 1] & (Sort.CUE | Sort.BETWEEN)) or reading.words[place + 1] == ":"


def _pronoun(reading: Reading, place: int, lexicon: Lexicon) -> Mention:
    low = reading.lows[place]
    return Mention(
        MentionKind.PRONOUN, reading.number, place, place + 1, reading.starts[place], reading.ends[place],
        (reading.words[place],), low, reading.sorts[place], sex=lexicon.pronouns.get(low, ""),
        possessive=place in reading.possessive,
    )  # fmt: skip


def _complete(text: str, reading: Reading, before: Mention, name: Mention) -> None:
    """Lets “a spokesman” take in “for Ruth Amadi”, and a name the role of “the port's chief, Ruth Amadi”."""
    if before.kind is not MentionKind.DESCRIPTION or not before.sorts & (Sort.PERSON | Sort.PEOPLE):
        return
    between = reading.lows[before.last : name.first]
    if between and between[0] in _BELONGING and between[1:] in ([], ["the"]):
        before.last, before.end = name.last, name.end
        before.printed = text[before.start : before.end].removesuffix("’s").removesuffix("'s")
        return
    if before.sorts & Sort.PERSON and not before.possessive and _is_named(reading, between, name):
        before.named = name
        if not name.role or name.sorts & _WEAK:
            name.role = _role(text, reading, before)


def _is_nicknamed(reading: Reading, given: Mention, name: Mention) -> bool:
    """Emeka “The Fridge” Nwosu: whether a nickname in marks parts the two halves of one name."""
    return (
        given.kind is MentionKind.NAME
        and len(given.words) == 1
        and not given.possessive
        and not given.sorts & (Sort.PLACE | Sort.ORGANISATION)
        and reading.words[given.last : name.first] == [QUOTED]
        and reading.ends[given.last] - reading.starts[given.last] <= _LONGEST_NICKNAME
    )


def _take_given(given: Mention, name: Mention) -> None:
    name.words = given.words + name.words
    name.printed = f"{given.printed} {name.printed}"
    name.first, name.start = given.first, given.start
    name.sorts |= given.sorts
    name.sex, name.role = name.sex or given.sex, name.role or given.role


def _is_named(reading: Reading, between: list[str], name: Mention) -> bool:
    if between in _NAMING:
        return True
    if between not in ([","], [",", "the"]):
        return False
    return (
        name.last >= len(reading.words)
        or reading.words[name.last] in _ENDS_NAMING
        or bool(reading.sorts[name.last] & (Sort.CUE | Sort.BETWEEN | Sort.PREPOSITION))
    )


def _role(text: str, reading: Reading, description: Mention) -> str:
    first = description.first
    while first + 1 < description.last and reading.sorts[first] & Sort.DETERMINER:
        first += 1
    return text[reading.starts[first] : description.end]


def _take_role(text: str, reading: Reading, before: Mention, name: Mention) -> None:
    """Makes “chief of staff” before “Dana Ortiz” part of the name's mention, and its role."""
    if before.kind is not MentionKind.DESCRIPTION or before.first >= name.first or name.role:
        return
    if not before.sorts & Sort.PERSON:
        return
    first = before.first
    for place in range(before.first, before.last):
        if place in reading.possessive or reading.sorts[place] & Sort.DETERMINER:
            first = place + 1
    if first < before.last:
        name.first, name.role = first, text[reading.starts[first] : before.end]


def _is_role_of(before: Mention, name: Mention, place: int) -> bool:
    """“campaign manager” before “Ruth Amadi”, or “Okoro” in “Okoro campaign manager Ruth Amadi”."""
    return before.first >= name.first or (before.last == place and before.kind is MentionKind.DESCRIPTION)
