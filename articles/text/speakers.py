"""Speakers already on record: which of them a text names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.text.name_forms import exact_key
from articles.text.people import Cast, Person


@dataclass(frozen=True, slots=True)
class KnownRole:
    """A role on record; `held` says whether it is held now."""

    title: str
    organisation: str = ""
    held: bool = True


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """A speaker on record, with the other names under which print speaks of them.

    `role` is the role in the text at hand, `roles` are all on record; `key` tells namesakes apart.
    """

    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    key: str = ""
    roles: tuple[KnownRole, ...] = ()
    quotes: int = 0
    organisation: bool = False

    @property
    def every_role(self) -> tuple[KnownRole, ...]:
        """The role in the text first, then those on record."""
        printed = (KnownRole(self.role),) if self.role else ()
        return printed + self.roles


def recall_speakers(cast: Cast, known: Sequence[KnownSpeaker]) -> None:
    """Gives the people of a text the name and role on record where the names agree.

    Of two namesakes on record, the one whose role the text prints; neither where it prints none of both.
    """
    by_name: dict[str, list[KnownSpeaker]] = {}
    by_surname: dict[str, list[KnownSpeaker]] = {}
    for speaker in known:
        for name in dict.fromkeys(exact_key(name) for name in (speaker.name, *speaker.aliases)):
            by_name.setdefault(name, []).append(speaker)
        words = speaker.name.split()
        if words:
            by_surname.setdefault(words[-1].casefold(), []).append(speaker)
    for person in cast.people:
        namesakes = by_name.get(exact_key(" ".join(person.words)), [])
        if not namesakes and len(person.words) == 1:
            namesakes = by_surname.get(person.surname, [])
        found = _the_one(namesakes, person)
        if found is not None:
            person.known, person.known_key = found.name, found.key
            person.role = person.role or found.role


def _the_one(namesakes: Sequence[KnownSpeaker], person: Person) -> KnownSpeaker | None:
    if len(namesakes) > 1 and person.role:
        role = person.role.casefold()
        namesakes = [
            each for each in namesakes if role in [held.title.casefold() for held in each.every_role]
        ]
    return namesakes[0] if len(namesakes) == 1 else None
