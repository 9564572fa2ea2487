"""Whom a description means: who holds that role, is that old, bears that name, or is such a body."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from articles.text.frames import Frame
from articles.text.lexicon import Sort
from articles.text.mentions import Mention, MentionKind
from articles.text.people import Person
from articles.text.reading import Reading
from articles.text.scan import Scan

_DEFINITE = frozenset({"the", "this", "that"})
_BELONGING = frozenset({"his", "her", "its", "their"})
_MEMBERS_OF = frozenset({"them", "these", "those"})
_AGED = re.compile(r"(\d{1,3})-year-old")
_BODY_REACH = 2  # paragraphs back within which “the company” has been named
_MOST_HOLDERS = 12
_LATER = 0.85  # the chance where the person is named only after the description
_SHARED = 0.6  # … where several hold the role
_BODY = 0.85
_Place = tuple[int, int]


@dataclass(slots=True)
class _Holders:
    """Who holds a role whose words hold one word, in the order in which the text names them."""

    places: list[_Place] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)


class Roles:
    """The people and bodies of a text, to be asked for by description."""

    def __init__(self, scan: Scan) -> None:
        self._holders: dict[str, _Holders] = {}
        self._aged: dict[str, set[Person]] = {}
        self._surnames: dict[str, Person] = {}
        self._bodies = _Holders()
        self._unnamed: set[str] = set()  # heads of “a clerk”: then “the clerk” is that one
        for reading, paragraph in zip(scan.readings, scan.mentions, strict=True):
            for mention in paragraph:
                if mention.kind is MentionKind.DESCRIPTION and mention.named is None:
                    if mention.words[0].lower() not in _DEFINITE:
                        self._unnamed.add(mention.head)
                    continue
                if mention.kind is MentionKind.NAME and mention.person is not None:
                    self._learn(reading, mention, mention.person)

    def _learn(self, reading: Reading, mention: Mention, person: Person) -> None:
        place = (mention.paragraph, mention.first)
        for word in set(person.role.lower().split()) if person.role else ():
            _add(self._holders.setdefault(word, _Holders()), place, person)
        if len(person.words) > 1:
            self._surnames.setdefault(person.surname, person)
        if person.is_organisation:
            _add(self._bodies, place, person)
        if age := _age(reading, mention):
            self._aged.setdefault(age, set()).add(person)

    def find(self, description: Mention) -> tuple[Person | None, float]:
        """The person whom “the minister” means, and the chance; nobody for “a minister”."""
        if description.named is not None:
            return description.named.person, 1.0
        lows = [word.lower() for word in description.words]
        bare = description.words[0][0].isupper() and len(lows) == 1  # “Head says”: a surname, or a headline
        if bare and lows[0] in self._surnames:
            return self._surnames[lows[0]], 1.0
        if lows[0] not in _DEFINITE and not bare:
            return None, 1.0
        place = (description.paragraph, description.first)
        for low in lows:
            if (aged := _AGED.fullmatch(low)) and len(people := self._aged.get(aged[1], set())) == 1:
                return next(iter(people)), 1.0
        if description.sorts & (Sort.PERSON | Sort.TITLE):
            return self._holder(description.head, lows[1:], place)
        if description.sorts & Sort.NAMED_BODY:
            return self._body(description.head, place)
        return None, 1.0

    def may_be_named(self, description: Mention) -> bool:
        """Whether “the former minister” can be somebody whom the text names elsewhere without that role."""
        return (
            description.words[0].lower() in _DEFINITE
            and bool(description.sorts & Sort.PERSON)
            and not description.sorts & Sort.ANYBODY
            and description.head not in self._unnamed
        )

    def _holder(self, head: str, words: list[str], place: _Place) -> tuple[Person | None, float]:
        holders = self._holders.get(head)
        if holders is None:
            return None, 1.0
        before = bisect_left(holders.places, place)
        people = list(dict.fromkeys(reversed(holders.people[max(0, before - _MOST_HOLDERS) : before])))
        later = not people
        people = people or list(dict.fromkeys(holders.people))
        common = [sum(word in person.role.lower().split() for word in words) for person in people]
        best = common.index(max(common))
        if later:
            return (people[best], _LATER) if len(people) == 1 and common[best] == len(words) else (None, 1.0)
        clear = common.count(common[best]) == 1 and common[best] + 1 >= len(words)
        return people[best], 1.0 if clear else _SHARED

    def _body(self, head: str, place: _Place) -> tuple[Person | None, float]:
        before = bisect_left(self._bodies.places, place)
        first = bisect_left(self._bodies.places, (place[0] - _BODY_REACH, 0))
        near = list(dict.fromkeys(reversed(self._bodies.people[max(first, before - _MOST_HOLDERS) : before])))
        own = [body for body in near if head in [word.lower() for word in body.words]]
        if own:
            return own[0], 1.0 if len(own) == 1 else _BODY
        return (near[0], _BODY) if len(near) == 1 else (None, 1.0)


def is_loose(description: Mention, frame: Frame | None) -> bool:
    """Whether it is open who is meant: “his sister”, “one of them”, or no verb says that it speaks."""
    words = description.words
    return frame is None or words[0].lower() in _BELONGING or words[-1].lower() in _MEMBERS_OF


def _add(holders: _Holders, place: _Place, person: Person) -> None:
    holders.places.append(place)
    holders.people.append(person)


def _age(reading: Reading, mention: Mention) -> str:
    """The age printed beside a name: “Ruth Amadi, 71,”, “Ruth Amadi (71)”, “71-year-old Ruth Amadi”."""
    after = mention.last + 1
    if after < len(reading.words) and reading.words[after].isdigit() and reading.words[after - 1] in ",(":
        return reading.words[after]
    before = _AGED.fullmatch(reading.lows[mention.first - 1]) if mention.first else None
    return before[1] if before else ""
