"""Whom a description means: the one person named before it who holds that role."""

from __future__ import annotations

from articles.text.mentions import Mention
from articles.text.people import Person
from articles.text.scan import Scan

_DEFINITE = frozenset({"the", "this", "that"})


def find_by_role(scan: Scan, description: Mention) -> Person | None:
    """The person, named last before the description, whose printed role ends in its head."""
    if description.words[0].lower() not in _DEFINITE:
        return None
    best: Person | None = None
    latest = (-1, -1)
    for person in scan.cast.people:
        if not person.role or description.head not in person.role.lower().split():
            continue
        earlier = [place for place in person.places if place < (description.paragraph, description.first)]
        if earlier and earlier[-1] > latest:
            best, latest = person, earlier[-1]
    return best
