"""Whom a description means: the person named last before it who holds that role."""

from __future__ import annotations

from bisect import bisect_left

from articles.text.mentions import Mention, MentionKind
from articles.text.people import Person
from articles.text.scan import Scan

_DEFINITE = frozenset({"the", "this", "that"})


class Roles:
    """The people of a text by the words of their roles, in the order in which they are named."""

    def __init__(self, scan: Scan) -> None:
        self._named: dict[str, tuple[list[tuple[int, int]], list[Person]]] = {}
        for paragraph in scan.mentions:
            for mention in paragraph:
                if mention.kind is MentionKind.NAME and mention.person and mention.person.role:
                    self._add((mention.paragraph, mention.first), mention.person)

    def _add(self, place: tuple[int, int], person: Person) -> None:
        for word in set(person.role.lower().split()):
            places, people = self._named.setdefault(word, ([], []))
            places.append(place)
            people.append(person)

    def find(self, description: Mention) -> Person | None:
        """The person whom “the minister” means; None for “a minister” or where nobody holds that role."""
        if description.words[0].lower() not in _DEFINITE:
            return None
        places, people = self._named.get(description.head, ([], []))
        before = bisect_left(places, (description.paragraph, description.first))
        return people[before - 1] if before else None
