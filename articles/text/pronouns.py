"""Whom a pronoun means: the people named before it, each with the evidence for it as features."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from articles.text.lexicon import Sort
from articles.text.mentions import Mention, MentionKind
from articles.text.model import Evidence, features_of, group
from articles.text.people import Person
from articles.text.scan import Scan

_MOST_PEOPLE = 8
_MOST_MENTIONS = 40
_CERTAIN = 3  # what one “Mr” or “Mrs” tells
_NEAR = 3  # paragraphs back within which somebody else may be meant as well


@dataclass(slots=True)
class Antecedent:
    """Somebody whom a pronoun may mean, and where the text last named them."""

    person: Person
    mention: Mention | None
    evidence: Evidence

    @property
    def features(self) -> list[str]:
        """The evidence in words, as the model is trained on it."""
        return features_of(self.evidence)


@dataclass(slots=True)
class Talk:
    """Who spoke last, and whom the last pronouns meant."""

    speaker: Person | None = None
    paragraph: int = -1
    by_pronoun: Person | None = None
    pronoun: str = ""


def name_places(scan: Scan) -> tuple[list[tuple[int, int]], list[Mention]]:
    """All names of the text in order, and their places to search in."""
    names = [m for paragraph in scan.mentions for m in paragraph if m.kind is MentionKind.NAME and m.person]
    return [(m.paragraph, m.first) for m in names], names


def find_antecedents(
    scan: Scan,
    names: tuple[list[tuple[int, int]], list[Mention]],
    subjects: set[tuple[int, int]],
    pronoun: Mention,
    talk: Talk,
) -> list[Antecedent]:
    """The people whom ``pronoun`` may mean, nearest first.

    ``subjects`` are the places of the names that are the subject of a verb of speech.
    """
    latest = _latest(scan, names, pronoun)
    sex = scan.lexicon.pronouns.get(pronoun.head, "")
    found: list[Antecedent] = []
    rivals = 0
    for rank, mention in enumerate(latest):
        person = mention.person
        if person is None:
            continue
        evidence = _evidence(scan, pronoun, sex, mention, person, rank, rivals, subjects, talk)
        found.append(Antecedent(person, mention, evidence))
        rivals += _agrees(sex, person) == "yes"
    if rivals:
        return [antecedent for antecedent in found if _agrees(sex, antecedent.person) != "no"]
    return [antecedent for antecedent in found if not _is_certainly_other(sex, antecedent.person)]


def _is_certainly_other(sex: str, person: Person) -> bool:
    """Whether a title or several names say that the pronoun is not this person's."""
    return _agrees(sex, person) == "no" and abs(person.male - person.female) >= _CERTAIN


def _latest(
    scan: Scan, names: tuple[list[tuple[int, int]], list[Mention]], pronoun: Mention
) -> list[Mention]:
    """The last mention of each person before the pronoun, nearest first."""
    places, mentions = names
    end = bisect_left(places, (pronoun.paragraph, pronoun.first))
    seen: set[int] = set()
    latest: list[Mention] = []
    for mention in reversed(mentions[max(0, end - _MOST_MENTIONS) : end]):
        person = mention.person
        if person is None or id(person) in seen or not _can_be_meant(scan, mention, person):
            continue
        seen.add(id(person))
        latest.append(mention)
        if len(latest) == _MOST_PEOPLE:
            break
    return latest


def _can_be_meant(scan: Scan, mention: Mention, person: Person) -> bool:
    if person.is_person:
        return True
    lows = scan.readings[mention.paragraph].lows
    before = lows[mention.first - 1] if mention.first else ""
    once = len(person.words) == 1 and len(person.places) == 1
    is_somewhere = before in ("at", "in", "near") or (once and before in ("to", "from", "of"))
    return not mention.sorts & (Sort.PLACE | Sort.DAY) and not is_somewhere


def find_later(
    scan: Scan, names: tuple[list[tuple[int, int]], list[Mention]], pronoun: Mention
) -> Person | None:
    """Whom a pronoun means that stands before any name: the first person named after it, soon enough."""
    places, mentions = names
    first = bisect_left(places, (pronoun.paragraph, pronoun.last))
    sex = scan.lexicon.pronouns.get(pronoun.head, "")
    for mention in mentions[first : first + _MOST_PEOPLE]:
        person = mention.person
        if person is None or mention.paragraph - pronoun.paragraph > _NEAR:
            break
        if (person.is_person or len(person.words) > 1) and _agrees(sex, person) in ("yes", "unknown"):
            return person
    return None


def _agrees(sex: str, person: Person) -> str:
    if sex not in ("m", "f"):
        return "any"
    if person.is_organisation:
        return "body"
    if not person.sex:
        return "unknown" if person.is_person or len(person.words) > 1 else "vague"
    return "yes" if person.sex == sex else "no"


def _evidence(
    scan: Scan,
    pronoun: Mention,
    sex: str,
    mention: Mention,
    person: Person,
    rank: int,
    rivals: int,
    subjects: set[tuple[int, int]],
    talk: Talk,
) -> Evidence:
    reading = scan.readings[mention.paragraph]
    gap = pronoun.paragraph - mention.paragraph
    near = f"p{min(gap, 3)}"
    if not gap:
        near = f"s{min(2, reading.sentences[pronoun.first] - reading.sentences[mention.first])}"
    place = "subject" if (mention.paragraph, mention.first) in subjects else (
        "begins" if reading.starts_sentence(mention.first) else
        "poss" if mention.possessive else
        "of" if mention.first and reading.sorts[mention.first - 1] & Sort.PREPOSITION else "in"
    )  # fmt: skip
    agrees = _agrees(sex, person)
    count = bisect_left(person.places, (pronoun.paragraph, pronoun.first))
    often = "1" if count <= 1 else "3" if count <= 3 else "6" if count <= 6 else "9"
    spoke = "last" if talk.speaker is person else "other" if talk.speaker else "none"
    talked = f"{spoke}{min(3, pronoun.paragraph - talk.paragraph)}" if spoke == "last" else spoke
    chained = "same" if talk.by_pronoun is person and talk.pronoun == pronoun.head else "-"
    first = "first" if _is_first(scan, mention) else "-"
    kind = (
        "P" if person.is_person else "O" if person.is_organisation else "2" if len(person.words) > 1 else "1"
    )
    ahead = min(rivals, 2)
    return [
        (_nearness_features, (agrees, rank, ahead, near, place, often)),
        (_talk_features, (agrees, ahead, near, place, talked)),
        (_chain_features, (near, place, chained, first)),
        (_kind_features, (agrees, kind, pronoun.head)),
    ]


@group("pronoun")
def _nearness_features(
    agrees: str, rank: int, rivals: int, near: str, place: str, often: str
) -> tuple[str, ...]:
    return (
        f"sex{agrees}", f"sex{agrees} r{rank}", f"{agrees} v{rivals}", f"{near}", f"{near} {place}",
        f"{near} v{rivals}", f"{place}", f"often{often}", f"often{often} v{rivals}",
    )  # fmt: skip


@group("pronoun")
def _talk_features(agrees: str, rivals: int, near: str, place: str, talked: str) -> tuple[str, ...]:
    return f"{talked} {near}", f"{talked} {agrees} v{rivals}", f"{talked} {place}"


@group("pronoun")
def _chain_features(near: str, place: str, chained: str, first: str) -> tuple[str, ...]:
    return f"{chained}", f"{chained} {near}", f"{first} {near}", f"{first} {place} {near}"


@group("pronoun")
def _kind_features(agrees: str, kind: str, head: str) -> tuple[str, ...]:
    return f"k{kind}", f"k{kind} {head}", f"{head} {agrees}"


def _is_first(scan: Scan, mention: Mention) -> bool:
    paragraph = scan.mentions[mention.paragraph]
    return next((m for m in paragraph if m.kind is MentionKind.NAME), None) is mention


def is_doubtful(people: list[Antecedent], best: int, pronoun: Mention) -> bool:
    """Whether nothing but nearness chose: no name or title tells the sex, and somebody else is as near."""
    chosen = people[best]
    if chosen.mention is None:
        return False
    if any(_is_between(other, chosen.mention, pronoun) for other in people[:best]):
        return True
    if chosen.person.sex:
        return False
    return any(_is_rival(other, pronoun) for number, other in enumerate(people) if number != best)


def _is_between(other: Antecedent, chosen: Mention, pronoun: Mention) -> bool:
    """Whether somebody else who can be meant begins a sentence between the two, just before the pronoun."""
    mention = other.mention
    return (
        mention is not None
        and _is_rival(other, pronoun)
        and mention.begins
        and (pronoun.paragraph - mention.paragraph <= 1)
    )


def _is_rival(other: Antecedent, pronoun: Mention) -> bool:
    if other.mention is None or pronoun.paragraph - other.mention.paragraph > _NEAR:
        return False
    person = other.person
    return not person.is_organisation and (person.is_person or len(person.words) > 1)
