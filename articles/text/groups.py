"""Several who speak as one, and whom “they” and “it” mean."""

from __future__ import annotations

from bisect import bisect_left

from articles.text.lexicon import Sort
from articles.text.mentions import Mention, MentionKind
from articles.text.reading import QUOTED, Reading
from articles.text.scan import Scan

_REACH = 2  # paragraphs back within which “they” or “it” has been named
_MOST = 40  # mentions looked at
_LARGEST = 12  # names in a group
_LONGEST_LINK = 2  # words that join two of them
_CLEAR = 0.93
_UNCLEAR = 0.6
_AND = (["and"], [",", "and"], ["&"])


def speakers_with(scan: Scan, mention: Mention, *, inverted: bool) -> tuple[Mention, ...]:
    """Everybody who shares the verb with a name: (Amadi, Holm) in “Amadi and Holm said”; nobody for one."""
    paragraph, reading = scan.mentions[mention.paragraph], scan.readings[mention.paragraph]
    near = bisect_left(paragraph, mention.first, key=lambda other: other.first)
    # A description may begin before the name that it holds, so that the order is only nearly that of places.
    around = range(max(0, near - _LARGEST), min(near + _LARGEST, len(paragraph)))
    index = next((number for number in around if paragraph[number] is mention), -1)
    if index < 0:
        return ()
    join = _joined_after if inverted else _joined_before
    found = join(reading, paragraph, index)
    return found if len(found) > 1 else ()


def _joined_before(reading: Reading, paragraph: list[Mention], index: int) -> tuple[Mention, ...]:
    found = [paragraph[index]]
    links: tuple[list[str], ...] = _AND
    for number in range(index - 1, max(-1, index - _LARGEST), -1):
        other = paragraph[number]
        if not _is_joinable(other) or _between(reading, other, found[0]) not in links:
            break
        found.insert(0, other)
        links = ([","],)
    return tuple(found) if _opens_clause(reading, found[0].first) else ()


def _joined_after(reading: Reading, paragraph: list[Mention], index: int) -> tuple[Mention, ...]:
    found = [paragraph[index]]
    for other in paragraph[index + 1 : index + _LARGEST]:
        between = _between(reading, found[-1], other)
        if not _is_joinable(other) or between not in (*_AND, [","]):
            break
        found.append(other)
        if between != [","]:
            following = other.last
            verb = following < len(reading.sorts) and reading.sorts[following] & (Sort.CUE | Sort.BETWEEN)
            return () if verb else tuple(found)
    return ()


def _between(reading: Reading, one: Mention, other: Mention) -> list[str]:
    """The words between two mentions, as far as they can join them."""
    return reading.lows[one.last : min(other.first, one.last + _LONGEST_LINK + 1)]


def _is_joinable(mention: Mention) -> bool:
    return (
        mention.kind is MentionKind.NAME
        and not mention.possessive
        and mention.person is not None
        and not mention.person.is_organisation
        and not (mention.sorts & Sort.PLACE and not mention.person.is_person)
    )


def _opens_clause(reading: Reading, place: int) -> bool:
    if reading.starts_sentence(place):
        return True
    return reading.words[place - 1] in (QUOTED, ",", ":", ";") or bool(
        reading.sorts[place - 1] & (Sort.CUE | Sort.PEOPLE)
    )


def find_group(scan: Scan, pronoun: Mention) -> tuple[tuple[Mention, ...], float]:
    """Whom “they” means: people together, or a body; with the chance. Empty where nobody is near."""
    found: list[tuple[Mention, ...]] = []
    for mention in _before(scan, pronoun):
        reading = scan.readings[mention.paragraph]
        if _is_ruled(reading, mention):
            continue
        if mention.kind is MentionKind.DESCRIPTION and mention.sorts & Sort.PEOPLE:
            found.append((mention,))
        elif _is_joinable(mention) and (joint := speakers_with(scan, mention, inverted=False)):
            found.append(joint)
    return _choose(pronoun, found)


def find_body(scan: Scan, pronoun: Mention) -> tuple[tuple[Mention, ...], float]:
    """Which body or document “it” means, with the chance. Empty where none is near."""
    bodies = [mention for mention in _before(scan, pronoun) if _is_body(mention)]
    free = [mention for mention in bodies if not _is_ruled(scan.readings[mention.paragraph], mention)]
    return _choose(pronoun, [(mention,) for mention in free or bodies])


def _is_body(mention: Mention) -> bool:
    if mention.possessive:
        return False
    if mention.kind is MentionKind.NAME:
        return mention.person is not None and mention.person.is_organisation
    return mention.kind is MentionKind.DESCRIPTION and bool(mention.sorts & Sort.BODY)


def _choose(pronoun: Mention, found: list[tuple[Mention, ...]]) -> tuple[tuple[Mention, ...], float]:
    """The nearest; clear where it stands in the same or the last paragraph and no other does."""
    if not found:
        return (), 1.0
    near = [group for group in found if pronoun.paragraph - group[0].paragraph < _REACH]
    heads = {group[0].person or group[0].head for group in near}
    return found[0], _CLEAR if len(heads) == 1 else _UNCLEAR


def _before(scan: Scan, pronoun: Mention) -> list[Mention]:
    """The mentions before the pronoun, nearest first."""
    found: list[Mention] = []
    for number in range(pronoun.paragraph, max(-1, pronoun.paragraph - _REACH - 1), -1):
        paragraph = scan.mentions[number]
        end = len(paragraph)
        if number == pronoun.paragraph:
            end = bisect_left(paragraph, pronoun.first, key=lambda mention: mention.first)
        found += reversed(paragraph[max(0, end - _MOST) : end])
    return found


def _is_ruled(reading: Reading, mention: Mention) -> bool:
    """Whether a preposition rules the mention: “from the company”."""
    before = mention.first - 1
    if before > 0 and reading.sorts[before] & Sort.DETERMINER:
        before -= 1
    return before >= 0 and bool(reading.sorts[before] & Sort.PREPOSITION)
