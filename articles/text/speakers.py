"""Speakers already on record: which of them a text names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.text.people import Cast


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """A speaker on record, with the other names under which print speaks of them."""

    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    key: str = ""


def recall_speakers(cast: Cast, known: Sequence[KnownSpeaker]) -> None:
    """Gives the people of a text the name and role on record where the names agree."""
    by_name = {name.casefold(): speaker for speaker in known for name in (speaker.name, *speaker.aliases)}
    by_surname: dict[str, list[KnownSpeaker]] = {}
    for speaker in known:
        words = speaker.name.split()
        if words:
            by_surname.setdefault(words[-1].casefold(), []).append(speaker)
    for person in cast.people:
        found = by_name.get(" ".join(person.words).casefold())
        if found is None and len(person.words) == 1:
            namesakes = by_surname.get(person.surname, [])
            found = namesakes[0] if len(namesakes) == 1 else None
        if found is not None:
            person.known = found.name
            person.role = person.role or found.role
