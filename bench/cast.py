"""Who and what the invented stories are about: people who are quoted, sections, topics, authors, pictures."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass
from typing import Any, Final

from articles.models.keys import ALPHABET, LENGTH
from bench.words import Vocabulary, zipf

SECTIONS: Final = ("Harbour", "Council", "Region", "World", "Science", "Culture", "Sport", "Opinion")
TOPICS: Final = 400
AUTHORS: Final = 60
PICTURES: Final = 40
SPOKEN: Final = 5_000  # quotes of the spokeswoman, at every size
TITLES: Final = (
    "Harbour Master", "Mayor", "Chief Executive", "Professor", "Councillor", "Spokesman", "Director", "Judge",
    "Head Teacher", "Minister", "Captain", "Chief Constable",
)  # fmt: skip

_KEYS: Final = len(ALPHABET) ** LENGTH


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is quoted. Record, role and the interview with this person have one number."""

    number: int
    name: str
    slug: str
    title: str
    organisation: str
    key: str  # of the interview
    as_json: str  # what an edition keeps of the person
    interview: str  # what an edition keeps of the interview


class Cast:
    """Everybody and everything that stories draw on, the more often the earlier they stand."""

    def __init__(self, seed: int, stories: int) -> None:
        self.words = words = Vocabulary(seed)
        people = [_person(number, words) for number in range(1, max(100, stories // 10) + 1)]
        self.spokeswoman, self.others = people[0], people[1:]
        self.topics = [words.telling(200 + 7 * each).capitalize() for each in range(TOPICS)]
        self.authors = [words.name(900_000 + each) for each in range(AUTHORS)]
        self._speakers, self._topics = zipf(len(self.others)), zipf(TOPICS)
        self._authors, self._sections = zipf(AUTHORS), zipf(len(SECTIONS))

    @property
    def people(self) -> list[Person]:
        """All who may be quoted."""
        return [self.spokeswoman, *self.others]

    def some_people(self, chance: random.Random, number: int) -> list[Person]:
        """So many people by chance, perhaps one of them twice; never the spokeswoman."""
        return chance.choices(self.others, cum_weights=self._speakers, k=number)

    def some_topics(self, chance: random.Random, number: int) -> list[int]:
        """The places of so many topics, at most."""
        return list(dict.fromkeys(chance.choices(range(TOPICS), cum_weights=self._topics, k=number)))

    def an_author(self, chance: random.Random) -> int:
        """The place of an author."""
        return chance.choices(range(AUTHORS), cum_weights=self._authors)[0]

    def a_section(self, chance: random.Random) -> int:
        """The place of a section."""
        return chance.choices(range(len(SECTIONS)), cum_weights=self._sections)[0]


def key_of(kind: int, number: int) -> str:
    """A public key that no other kind or number has, as short and as strange as those of the program."""
    left = ((number * 8 + kind) * 94_906_267_861 + 77_777_777) % _KEYS
    letters = []
    for _ in range(LENGTH):
        left, place = divmod(left, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def slug_of(name: str) -> str:
    """A name of plain letters as addresses have it."""
    return name.lower().replace(" ", "-")


def source_json(**fields: Any) -> dict[str, Any]:
    """What an edition keeps of a source of which there is no copy."""
    return {
        "kind": "interview",
        "kind_name": "interview",
        "title": "",
        "publisher": "",
        "url": "",
        "date": None,
        "terms": "on_the_record",
        "terms_name": "on the record",
        "place": "",
        "sha256": "",
        "captured_at": None,
        "passage": "",
        "passage_spans": [],
    } | fields


def picture_rows(words: Vocabulary, uploaded_by: int, at: str) -> tuple[list[tuple[Any, ...]], list[str]]:
    """Rows of pictures, without files, and what an edition keeps of each."""
    rows, kept = [], []
    for number in range(1, PICTURES + 1):
        digest = hashlib.sha256(f"picture {number}".encode()).hexdigest()
        name, about = f"images/{digest[:16]}", words.telling(50 + number)
        smaller = [
            {"name": f"{name}-{width}.webp", "width": width, "height": width * 9 // 16, "type": "image/webp"}
            for width in (480, 960)
        ]
        said = (f"A boat before the {about} wall.", f"The {about} wall on Tuesday.", "Photograph: T. Reed")
        rows.append(
            (number, f"Wall {number}", f"{name}.jpg", 1600, 900, json.dumps(smaller), digest, *said, "", None)
            + ("{}", 50, 50, uploaded_by, at)
        )
        kept.append(
            json.dumps(
                {"url": f"/media/{name}.jpg", "width": 1600, "height": 900}
                | dict(zip(("alt", "caption", "credit"), said, strict=True))
                | {"focus_x": 50, "focus_y": 50}
                | {"renditions": [_addressed(each) for each in smaller]}
            )
        )
    return rows, kept


def _addressed(rendition: dict[str, Any]) -> dict[str, Any]:
    return {"url": f"/media/{rendition['name']}"} | {
        name: rendition[name] for name in ("width", "height", "type")
    }


def _person(number: int, words: Vocabulary) -> Person:
    name = words.name(number)
    title = TITLES[number % len(TITLES)]
    organisation = f"{words.telling(number * 31 % 3000).capitalize()} Council"
    role = {"title": title, "organisation": organisation, "since": None, "until": None}
    known = {"bio": "", "external_ids": {}, "roles": [role]}
    said = {"kind": "person", "unnamed": False, "unnamed_reason": ""} | known
    return Person(
        number,
        name,
        f"{slug_of(name)}-{number}",
        title,
        organisation,
        key_of(1, number),
        json.dumps(said),
        json.dumps(source_json(title=interview_title(name))),
    )


def interview_title(name: str) -> str:
    """What the interview with somebody is called."""
    return f"Interview with {name}"
