"""The cast of a text: which names are the same person or organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.text.lexicon import Lexicon, Sort

_MOST_NAMESAKES = 8
_LONGEST_ACRONYM = 4
_GENERATIONS = frozenset({"sr", "jr", "ii", "iii", "iv"})
_MERE_TITLES = frozenset(
    {"rev", "chief", "captain", "colonel", "capt", "father", "pastor", "professor", "prof", "the rev", "sgt"}
)


@dataclass(slots=True, eq=False)
class Person:
    """Somebody, or an organisation, whom the text names."""

    words: tuple[str, ...]  # the fullest name printed
    surname: str
    printed: str = ""
    sorts: int = 0
    male: int = 0
    female: int = 0
    role: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)  # paragraph and word of each mention
    in_headline: bool = False
    known: str = ""  # the name of the speaker on record
    known_key: str = ""  # … and the key, which tells namesakes apart

    @property
    def name(self) -> str:
        """The fullest name printed, or the name on record."""
        return self.known or self.printed or " ".join(self.words)

    @property
    def sex(self) -> str:
        """ "m", "f" or "" where the text does not tell."""
        if self.male == self.female:
            return ""
        return "m" if self.male > self.female else "f"

    @property
    def is_organisation(self) -> bool:
        """Whether the name is that of a body, not of a person."""
        if self.sorts & (Sort.TITLE | Sort.COURTESY | Sort.GIVEN) and len(self.words) > 1:
            return False
        return bool(self.sorts & Sort.ORGANISATION) or (len(self.words) == 1 and _is_acronym(self.words[0]))

    @property
    def is_person(self) -> bool:
        """Whether there is evidence that the name is a person's."""
        return bool(self.sorts & (Sort.TITLE | Sort.COURTESY | Sort.GIVEN)) or bool(self.male or self.female)


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "")
    return 1 < len(letters) <= _LONGEST_ACRONYM and letters.isupper()


@dataclass(slots=True)  # one for each name of a text: freezing them would cost time
class NameUse:
    """One printed name, as the cast needs it."""

    words: tuple[str, ...]
    surname: str
    sorts: int
    sex: str
    role: str
    place: tuple[int, int]
    printed: str = ""


class Cast:
    """Everybody whom a text names. Feed it full names first, then ask whose a single name is."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._same_given = lexicon.same_given
        self._sorts = lexicon.sorts
        self.people: list[Person] = []
        self._by_surname: dict[str, list[Person]] = {}
        self._by_given: dict[str, list[Person]] = {}

    def add(self, use: NameUse) -> Person:
        """The person of a name of two words or more, made when it is new."""
        for person in reversed(self._by_surname.get(use.surname, ())):
            if self._compatible(person, use):
                return self._take(person, use)
        return self._new(use)

    def find(self, use: NameUse) -> Person:
        """The person whom a single name means: a surname or given name met anywhere, else somebody new."""
        namesakes = self._by_surname.get(use.surname, ())
        person = _nearest([p for p in namesakes if not _sexes_differ(p, use)], use)
        if person is None and not use.sorts & Sort.TITLE:
            person = _nearest(self._by_given.get(use.surname, ()), use)
        if person is None:
            others = namesakes if not use.sorts & Sort.COURTESY else self._by_given.get(use.surname, ())
            person = _nearest(others, use)
        return self._take(person, use) if person else self._new(use)

    def knows(self, words: tuple[str, ...]) -> int:
        """How many of the words, from the first, are a name of somebody met before: 2, 1 or 0."""
        if len(words) > 1:
            for person in self._by_surname.get(words[1].lower(), ()):
                if len(person.words) == 1 or person.words[0].lower() == words[0].lower():
                    return 2
        return int(words[0].lower() in self._by_surname)

    def _compatible(self, person: Person, use: NameUse) -> bool:
        """Whether two names with one surname may be one person's."""
        if len(person.words) == 1:
            return not _sexes_differ(person, use)
        if _generations_differ(person.words, use.words):
            return False
        a, b = person.words[0].lower(), use.words[0].lower()
        if a == b or self._same_given.get(a, -1) == self._same_given.get(b, -2):
            return True
        if len(a) == 1 or len(b) == 1:
            return a[0] == b[0]
        return a in [word.lower() for word in use.words] or b in [word.lower() for word in person.words]

    def is_office(self, role: str) -> bool:
        """Whether a role is more than a title such as “Rev.” and no relation such as “brother”."""
        return self._weight(role) > 1

    def office_of(self, person: Person) -> str:
        """The role of a person, without what is no office: “designer” of “brother and designer”."""
        offices = [part for part in person.role.split(" and ") if not self._is_kin(part)]
        return " and ".join(offices)

    def _is_kin(self, role: str) -> bool:
        if role.istitle() and self._sorts.get(role.lower(), 0) & Sort.TITLE:  # “Father” before a name
            return False
        head = ""
        for word in role.lower().split():
            sort = self._sorts.get(word, 0)
            if sort & Sort.PREPOSITION:
                break
            head = word
        return bool(self._sorts.get(head, 0) & Sort.KIN)

    def _weight(self, role: str) -> int:
        """How much a role says: a title such as “Rev.” less than “vicar”, an office with capitals most."""
        if not role:
            return 0
        if role.rstrip(".").lower() in _MERE_TITLES or self._is_kin(role):
            return 1
        return 2 if role.islower() else 3

    def _new(self, use: NameUse) -> Person:
        person = Person(use.words, use.surname, use.printed)
        self.people.append(person)
        namesakes = self._by_surname.setdefault(use.surname, [])
        if len(namesakes) < _MOST_NAMESAKES:
            namesakes.append(person)
        if len(use.words) > 1:
            given = self._by_given.setdefault(use.words[0].lower(), [])
            if len(given) < _MOST_NAMESAKES:
                given.append(person)
        return self._take(person, use)

    def _take(self, person: Person, use: NameUse) -> Person:
        person.sorts |= use.sorts
        weight = 3 if use.sorts & (Sort.COURTESY | Sort.TITLE) else 1
        person.male += weight * (use.sex == "m")
        person.female += weight * (use.sex == "f")
        if len(use.words) > len(person.words) and use.surname == person.surname:
            person.words, person.printed = use.words, use.printed
        if use.place[0] < 0:
            person.in_headline = True
        else:
            person.places.append(use.place)
        if use.role and self._weight(use.role) > self._weight(person.role):
            person.role = use.role
        return person


def _generations_differ(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether one is Sr. and the other Jr."""
    one, other = words[-1].lower(), others[-1].lower()
    return one != other and one in _GENERATIONS and other in _GENERATIONS


def _sexes_differ(person: Person, use: NameUse) -> bool:
    return bool(use.sex and person.sex and use.sex != person.sex)


def _nearest(people: Sequence[Person] | Iterable[Person], use: NameUse) -> Person | None:
    """Of namesakes, the one met last before the place; the first met at all where none was."""
    best: Person | None = None
    for person in people:
        met = person.places[0] if person.places else (-1, 0)
        if met <= use.place or best is None:
            best = person
    return best
