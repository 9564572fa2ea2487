"""Invented stories, each made of its number: the same seed and size give the same words."""

from __future__ import annotations

import datetime
import hashlib
import json
import random
from dataclasses import dataclass
from typing import Final

from articles.text.spans import Span
from articles.workflow.passage import excerpt
from bench.cast import PICTURES, SECTIONS, SPOKEN, Cast, Person, key_of, slug_of, source_json
from bench.words import EVERYWHERE, PHRASE, PHRASE_EVERY

LAST: Final = datetime.datetime(2025, 1, 31, 18, 0, tzinfo=datetime.UTC)  # when the newest story came out
BETWEEN: Final = datetime.timedelta(minutes=13)  # one story and the next: about 110 a day
SENTENCES: Final = 20_000  # stories share them, apart from one of their own
LONG: Final = (40, 3)  # quotes of the longest story, and sentences beside each
DOCUMENT: Final = 4  # every fourth quote is from a document that the paper archived
CORRECTED, KILLED, DEVELOPING, PICTURED = 33, 331, 997, 3  # one story in so many
PUBLISHER: Final = "Sandholm Council"
PAGE: Final = "page 2"


@dataclass(frozen=True, slots=True)
class Said:
    """A quote of a story, and where it stands."""

    key: str
    words: str
    person: Person
    start: int  # in the plain text
    document: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A source of one story, and what an edition keeps of it for each quote from it, by the quote's key."""

    key: str
    title: str
    text: str
    sha256: str
    kept: dict[str, str]


@dataclass(slots=True)
class Draft:
    """A story, and what becomes of it."""

    number: int
    at: datetime.datetime
    section: int
    author: int
    topics: list[str]
    headline: str
    slug: str
    dek: str
    picture: int  # 0: none
    text: str = ""
    body: str = ""
    body_html: str = ""
    quotes: tuple[Said, ...] = ()

    @property
    def killed(self) -> bool:
        """Whether readers get the notice that it is gone."""
        return self.number % KILLED == 7

    @property
    def corrected(self) -> bool:
        """Whether it has a second edition."""
        return not self.killed and self.number % CORRECTED == 5

    @property
    def captured_at(self) -> datetime.datetime:
        """When its document was archived."""
        return self.at - datetime.timedelta(hours=5)


class Stories:
    """All stories of an archive of one size, from 0 for the oldest."""

    def __init__(self, seed: int, size: int) -> None:
        self.size, self.cast, self._seed = size, Cast(seed, size), seed
        self.words = self.cast.words
        chance = random.Random(seed)
        self._sentences = [self.words.sentence(chance, chance.randint(9, 19)) for _ in range(SENTENCES)]
        self._spoken = min(SPOKEN, 5 * size)

    def draft(self, number: int) -> Draft:
        """The story with that number."""
        chance = random.Random(self._seed * 1_000_003 + number)
        draft = self._draft(chance, number)
        self._compose(chance, draft)
        return draft

    def address(self, number: int) -> str:
        """Where readers find the story with that number."""
        draft = self._draft(random.Random(self._seed * 1_000_003 + number), number)
        return f"/{SECTIONS[draft.section].lower()}/{draft.slug}/"

    def _draft(self, chance: random.Random, number: int) -> Draft:
        headline = " ".join(self.words.pick(chance, 7)).capitalize()
        cast = self.cast
        return Draft(
            number=number + 1,
            at=LAST - (self.size - 1 - number) * BETWEEN,
            section=cast.a_section(chance),
            author=cast.an_author(chance),
            topics=sorted(cast.topics[each] for each in cast.some_topics(chance, 3)),
            headline=headline,
            slug=f"{slug_of(' '.join(headline.split()[-3:]))}-{number + 1}",
            dek=self.words.sentence(chance, 14),
            picture=0 if number % PICTURED else 1 + number // PICTURED % PICTURES,
        )

    def _compose(self, chance: random.Random, draft: Draft) -> None:
        """Write the text of the draft as the desk has it and as readers get it."""
        longest = draft.number == self.size
        number, beside = LONG if longest else (chance.randint(5, 11), 1)
        phrase = f" They spoke of the {PHRASE}." if draft.number % PHRASE_EVERY == 3 else ""
        opening = f"The {EVERYWHERE} of {' '.join(self.words.pick(chance, 9))}.{phrase}"
        text, desk, read, quotes = [opening], [f"<p>{opening}</p>"], [f"<p>{opening}</p>"], []
        length = len(opening) + 2
        for place, person in enumerate(self._speakers(chance, draft.number - 1, number)):
            words = self.words.sentence(chance, chance.randint(9, 16))
            before = f"{' '.join(chance.choices(self._sentences, k=beside))} {person.name} said: “"
            key = key_of(2, draft.number * 64 + place)
            quotes.append(Said(key, words, person, length + len(before), place % DOCUMENT == 0))
            text.append(f"{before}{words}”")
            desk.append(f"<p>{before}{words}”</p>")
            read.append(
                f'<p>{before}<span class="quotation" id="q-{key}" data-quote="{key}">{words}</span>”'
                f'<button type="button" class="quotation-note" popovertarget="p-{key}" aria-label="'
                f'{place + 1}. Where this quotation is from: {person.name}">{place + 1}</button></p>'
            )
            length += len(text[-1]) + 2
        draft.text, draft.body, draft.body_html = "\n\n".join(text), "".join(desk), "".join(read)
        draft.quotes = tuple(quotes)

    def _speakers(self, chance: random.Random, number: int, quotes: int) -> list[Person]:
        """Who says each quote of a story; the spokeswoman is shared out over all stories."""
        spoken = (number + 1) * self._spoken // self.size - number * self._spoken // self.size
        people = self.cast.some_people(chance, chance.randint(1, 3))
        others = [people[each % len(people)] for each in range(max(0, quotes - spoken))]
        return [self.cast.spokeswoman] * spoken + others

    @staticmethod
    def document(draft: Draft) -> Document:
        """The source that some of the quotes are from, with the passage of each of them."""
        text, spans = f"Minutes of meeting number {draft.number}.", {}
        for quote in draft.quotes:
            if quote.document:
                text += f" {quote.person.name} said: “"
                spans[quote.key] = Span(len(text), len(text) + len(quote.words))
                text += f"{quote.words}”"
        text += " The meeting closed at nine."
        title, digest = f"Minutes of meeting {draft.number}", hashlib.sha256(text.encode()).hexdigest()
        kept = {"kind": "document", "kind_name": "document", "title": title, "publisher": PUBLISHER}
        kept |= {"place": PAGE, "sha256": digest}
        kept["captured_at"] = draft.captured_at.isoformat()
        passages = {}
        for key, span in spans.items():
            passage, (inside,) = excerpt(text, [span])
            found = {"passage": passage, "passage_spans": [[inside.start, inside.end]]}
            passages[key] = json.dumps(source_json(**kept, **found))
        return Document(key_of(3, draft.number), title, text, digest, passages)
