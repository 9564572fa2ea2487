"""An archive of invented stories, as another system would hand it over: a JSON object a line.

The same seed gives the same stories. A few hundred people are quoted over and over, most of them rarely, as
in a paper; no two statements have the same words but by chance.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import sys
from collections.abc import Iterator
from typing import Any, Final

QUOTES: Final = 8
SEED: Final = 1841
FIRST_DAY: Final = datetime.datetime(2009, 3, 2, 6, 0, tzinfo=datetime.UTC)

_FIRST: Final = (
    "Ada", "Bram", "Cela", "Doran", "Edda", "Falk", "Gerda", "Hanno", "Ilse", "Joren", "Katla", "Lorin",
    "Mirte", "Nils", "Orla", "Piet", "Runa", "Senna", "Tove", "Ulf", "Vesna", "Wim", "Yara", "Zeno",
)  # fmt: skip
_ONSET: Final = ("Brand", "Cald", "Dren", "Fald", "Garr", "Hol", "Kest", "Lind", "Mard", "Nord", "Pell",
                 "Quar", "Rost", "Sel", "Tarn", "Ven", "Wex", "Yald")  # fmt: skip
_END: Final = ("ack", "berg", "dale", "ell", "ford", "gate", "holm", "ick", "low", "man", "ner", "olm",
               "ridge", "son", "ton", "wick")  # fmt: skip
_ROLE: Final = (
    "harbour master", "council leader", "head teacher", "ferry captain", "union secretary", "chief surveyor",
    "museum director", "hospital manager", "fire commander", "bakery owner", "housing minister",
    "rowing coach", "market trader", "bridge engineer", "water inspector", "theatre manager",
)  # fmt: skip
_TOWN: Final = ("Velm", "Sturrow", "Ostry", "Cannick Bay", "Lower Harn", "Pellworth", "Marrowgate", "Teal")
_SUBJECT: Final = (
    "the ferry timetable", "the new barrier", "the school roof", "the swimming baths", "the night tram",
    "the cattle market", "the old signal box", "the river crossing", "the library hours", "the fish quay",
    "the allotments", "the town orchestra", "the flood wall", "the lamp factory", "the hill road",
)  # fmt: skip
_ACTOR: Final = ("We", "The families here", "My colleagues", "Our volunteers", "The people on the quay",
                 "Those who drew up the plan", "Half of the street", "The crews")  # fmt: skip
_DO: Final = (
    "waited for an answer about", "paid for repairs to", "wrote eleven letters about", "lost patience with",
    "counted every hour of work on", "asked for a public meeting on", "would not sign a contract for",
    "learned from the newspaper about", "have been promised money for", "gave up their weekends for",
)  # fmt: skip
_WHEN: Final = ("last winter", "in the wet spring", "before the vote", "after a storm", "all year",
                "since the inquiry", "on the first Monday in March", "while the bank slept")  # fmt: skip
_THEN: Final = (
    "and nobody rang us back", "and I would do it again", "but the figures never added up",
    "so the rest was luck", "and that is all I can say", "but the tide did not wait",
    "and the children noticed first", "so we kept the receipts", "but there is still time",
    "and the bill came to {n} crowns", "so {n} households went without", "and we have {n} signatures",
)  # fmt: skip
_SAID: Final = ("said", "told a meeting in {town}", "said on {day}", "told reporters", "wrote in a letter")
_DAY: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_FACT: Final = (
    "The council of {town} will look at {subject} again on {day}.",
    "Work on {subject} began {n} days ago and has stopped twice since.",
    "A survey of {n} residents found little agreement about {subject}.",
    "The cost of {subject} has risen by {n} crowns, according to papers seen by members on {day}.",
    "No date was given for {subject}, which {town} first discussed in the year of the long frost.",
    "Two of the {n} objections to {subject} were withdrawn before the meeting opened.",
)  # fmt: skip
_HEADLINE: Final = (
    "{town} quarrels over {subject}", "Vote on {subject} put off", "Price of {subject} climbs in {town}",
    "{town} asks who will pay for {subject}", "Second thoughts about {subject}",
    "Letters pile up over {subject} in {town}", "{n} object to {subject}",
)  # fmt: skip
SECTIONS: Final = ("Harbour", "Town", "Schools", "Culture", "Sport")


def stories(count: int, *, seed: int = SEED, quotes: int = QUOTES) -> Iterator[dict[str, Any]]:
    """`count` stories with `quotes` quotations each, oldest first."""
    chance = random.Random(seed)
    people = _people(chance, max(count // 4, 40))
    weights = [1 / (rank + 8) for rank in range(len(people))]
    for number in range(1, count + 1):
        cast = chance.choices(people, weights, k=3)
        yield _story(chance, number, cast, quotes)


def write_lines(count: int, *, seed: int = SEED, quotes: int = QUOTES) -> Iterator[str]:
    """The same as lines of JSON."""
    for story in stories(count, seed=seed, quotes=quotes):
        yield json.dumps(story, ensure_ascii=False) + "\n"


def _people(chance: random.Random, count: int) -> list[tuple[str, str]]:
    """Names that are one person's each, and what the person is."""
    names: dict[str, str] = {}
    while len(names) < count:
        middle = chance.choice("BCDFGHKLMNPRSTVW")
        surname = chance.choice(_ONSET) + chance.choice(_END)
        name = f"{chance.choice(_FIRST)} {surname}"
        names[f"{name}-{middle.lower()}{chance.choice(_END)}".title() if name in names else name] = (
            chance.choice(_ROLE)
        )
    return list(names.items())


def _story(chance: random.Random, number: int, cast: list[tuple[str, str]], quotes: int) -> dict[str, Any]:
    town, subject = chance.choice(_TOWN), chance.choice(_SUBJECT)
    headline = _fill(chance, chance.choice(_HEADLINE), town, subject)
    paragraphs = [_fill(chance, chance.choice(_FACT), town, subject)]
    named: set[str] = set()
    for place in range(quotes):
        name, role = cast[place % len(cast)]
        paragraphs.append(_quotation(chance, name, role, town, first=name not in named))
        named.add(name)
        if place % 2:
            paragraphs.append(_fill(chance, chance.choice(_FACT), town, subject))
    return {
        "uri": f"tag:archive.example,2009:story/{number}",
        "headline": headline,
        "byline": f"{chance.choice(_FIRST)} {chance.choice(_ONSET)}{chance.choice(_END)}",
        "dateline": town.upper(),
        "section": chance.choice(SECTIONS),
        "topics": sorted({subject.removeprefix("the "), town}),
        "published_at": (FIRST_DAY + datetime.timedelta(hours=5 * number)).isoformat(),
        "url": f"https://archive.example/{number}/{'-'.join(headline.lower().split())}.html",
        "language": "en",
        "body": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
    }


def _quotation(chance: random.Random, name: str, role: str, town: str, *, first: bool) -> str:
    words = _statement(chance)
    said = chance.choice(_SAID).format(town=town, day=chance.choice(_DAY))
    who = f"{name}, the {role}," if first else name.split()[-1]
    match chance.randrange(3):
        case 0:
            return f"“{words},” {who} {said}."
        case 1:
            return f"“{words},” {who} {said}. “{_statement(chance)}.”"
        case _:
            return f"{who} {said}: “{words}.”"


def _statement(chance: random.Random) -> str:
    subject, when = chance.choice(_SUBJECT), chance.choice(_WHEN)
    words = f"{chance.choice(_ACTOR)} {chance.choice(_DO)} {subject} {when}"
    then = chance.choice(_THEN).format(n=chance.randrange(12, 9000))
    return f"{words}, {then}"


def _fill(chance: random.Random, pattern: str, town: str, subject: str) -> str:
    text = pattern.format(town=town, subject=subject, day=chance.choice(_DAY), n=chance.randrange(12, 9000))
    return text[:1].upper() + text[1:]


def main() -> None:
    """Write an archive to standard output: `python -m bench.archive 10000 > archive.ndjson`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("count", type=int, help="how many stories")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    for line in write_lines(options.count, seed=options.seed):
        sys.stdout.write(line)


if __name__ == "__main__":
    main()
