"""What a mention of somebody is: a name, a pronoun or a description, as printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from articles.text.lexicon import Sort
from articles.text.people import Person
from articles.text.reading import QUOTED, Reading

_NEVER_INSIDE = Sort.CUE | Sort.NAMING | Sort.BETWEEN | Sort.PRONOUN | Sort.PREPOSITION
_LINKS = frozenset({"and", "or", "but", "as", "who", "when", "that"})


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
    begins: bool = False  # a sentence
    aside: bool = False  # only the source of a report: “the inspector, according to Amadi, had said”
    named: Mention | None = None  # of “the port's chief, Ruth Amadi”: the name
    printed: str = ""  # a name without title and possessive, a description with what belongs to it

    @property
    def name(self) -> str:
        """The words as one string."""
        return " ".join(self.words)


def belongs(reading: Reading, place: int) -> bool:
    """Whether the word may stand in a description before its head, or in a role before a name."""
    word = reading.words[place]
    if word == QUOTED or not word[0].isalnum():
        return False
    return not reading.sorts[place] & _NEVER_INSIDE and reading.lows[place] not in _LINKS


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
