"""From the mention that a quotation was given to the person, body or group that it means."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from articles.text.candidates import Candidate
from articles.text.frames import Frames
from articles.text.groups import find_body, find_group, speakers_with
from articles.text.lexicon import Sort
from articles.text.mentions import Mention, MentionKind
from articles.text.model import shares, weigh
from articles.text.people import Person
from articles.text.pronouns import Talk, find_antecedents, find_later, is_doubtful, name_places
from articles.text.roles import Roles, is_loose
from articles.text.scan import Scan

_UNSOLVED = 0.3  # the chance that “I”, “we” or “who” is all there is to say
_DESCRIBED = 0.8  # … that “he” is the unnamed one who spoke last
_DOUBTFUL = 0.85
_LATER = 0.6
_ONLY_ONE = 0.7
_MAY_BE_NAMED = 0.85  # “the former minister” may be somebody named elsewhere
_MOST = 40  # mentions looked at
_UNNAMED = frozenset({"a", "an", "one", "another"})
_GROUPED = frozenset({"near", "inverted", "apposition", "joined", "according"})


@dataclass(slots=True)
class Answer:
    """The speaker chosen for one quotation."""

    candidate: Candidate
    share: float
    person: Person | None = None
    mention: Mention | None = None
    certainty: float = 1.0  # of the person, given the mention
    from_before: bool = False
    by_turn: bool = False
    together: tuple[Mention, ...] = ()  # those who speak as one, or the description that a pronoun means

    @property
    def who(self) -> object:
        """What is equal for two answers of one speaker."""
        if self.together:
            return tuple(mention.person or mention.head for mention in self.together)
        return self.person or (self.mention.head if self.mention else "")


class Resolver:
    """Knows a text's people and bodies; asked mention by mention, in order."""

    def __init__(self, scan: Scan, frames: dict[int, Frames]) -> None:
        self.scan = scan
        self.names = name_places(scan)
        self.subjects = {
            (number, scan.mentions[number][frame.subject].first)
            for number, near in frames.items()
            for frame in near.items
            if frame.subject >= 0
        }

    @cached_property
    def roles(self) -> Roles:
        """Who holds which role; many a story has nobody to ask for by role."""
        return Roles(self.scan)

    def resolve(self, answer: Answer, mention: Mention, talk: Talk, last: Answer | None) -> None:
        """Fills in whom ``mention`` means; ``talk`` and ``last`` say who spoke before."""
        if mention.kind is MentionKind.NAME:
            answer.person = mention.person
            self._add_others(answer, mention)
        elif mention.kind is MentionKind.DESCRIPTION:
            answer.person, answer.certainty = self.roles.find(mention)
            if answer.person is None and self.roles.may_be_named(mention):
                answer.person = self._speaker_near(mention, talk)
                answer.certainty = _ONLY_ONE if answer.person else _MAY_BE_NAMED
            elif answer.person is None and is_loose(mention, answer.candidate.frame):
                answer.certainty = _MAY_BE_NAMED
        elif mention.head == "they":
            answer.together, answer.certainty = find_group(self.scan, mention)
            if not answer.together:
                self._resolve_body(answer, mention)
        elif mention.head == "it":
            self._resolve_body(answer, mention)
        elif mention.sex in ("m", "f"):
            self._resolve_pronoun(answer, mention, talk, last)
        else:
            answer.certainty = _UNSOLVED

    def _add_others(self, answer: Answer, mention: Mention) -> None:
        frame = answer.candidate.frame
        if frame is not None and frame.relation in _GROUPED:
            inverted = frame.relation in ("inverted", "according")
            answer.together = speakers_with(self.scan, mention, inverted=inverted)

    def _resolve_body(self, answer: Answer, pronoun: Mention) -> None:
        found, chance = find_body(self.scan, pronoun)
        answer.certainty = chance if found else _UNSOLVED
        if not found:
            return
        (body,) = found
        answer.person = body.person
        if body.kind is MentionKind.DESCRIPTION:
            answer.person, certainty = self.roles.find(body)
            answer.certainty *= certainty
        if answer.person is None:
            answer.together = found

    def _resolve_pronoun(self, answer: Answer, pronoun: Mention, talk: Talk, last: Answer | None) -> None:
        described = self._described(pronoun, last) or self._opening(pronoun)
        if described is not None:
            answer.together, answer.certainty = (described,), _DESCRIBED
            return
        people = find_antecedents(self.scan, self.names, self.subjects, pronoun, talk)
        if not people:
            answer.person = find_later(self.scan, self.names, pronoun)
            answer.certainty = _LATER if answer.person else _UNSOLVED
            return
        chances = shares([weigh(antecedent.evidence) for antecedent in people])
        best = max(range(len(people)), key=chances.__getitem__)
        answer.person, answer.certainty = people[best].person, chances[best]
        if is_doubtful(people, best, pronoun):
            answer.certainty = min(answer.certainty, _DOUBTFUL)
        talk.by_pronoun, talk.pronoun = people[best].person, pronoun.head

    def _speaker_near(self, description: Mention, talk: Talk) -> Person | None:
        """Whom “the former minister” means: who spoke just before, where nobody else is named since."""
        speaker = talk.speaker
        if speaker is None or speaker.is_organisation or description.paragraph - talk.paragraph > 1:
            return None
        places, names = self.names
        first = bisect_left(places, (talk.paragraph, 0))
        end = bisect_left(places, (description.paragraph, description.first))
        if any(mention.person is speaker and mention.aside for mention in names[end : end + 1]):
            return None
        others = [
            other.person for other in names[max(first, end - _MOST) : end] if other.person is not speaker
        ]
        return None if any(other and other.is_person for other in others) else speaker

    def _opening(self, pronoun: Mention) -> Mention | None:
        """“A policeman holds a gate. … he says”: the unnamed one with whom a sentence before it begins."""
        reading, places = self.scan.readings[pronoun.paragraph], self.names[0]
        end = bisect_left(places, (pronoun.paragraph, pronoun.first))
        paragraph = self.scan.mentions[pronoun.paragraph]
        last = bisect_left(paragraph, pronoun.first, key=_first)
        for mention in reversed(paragraph[max(0, last - _MOST) : last]):
            if mention.kind is not MentionKind.DESCRIPTION:
                continue
            if not mention.sorts & Sort.PERSON or not reading.starts_sentence(mention.first):
                continue
            if reading.lows[mention.first] not in _UNNAMED or mention.named is not None:
                return None
            return mention if bisect_left(places, (mention.paragraph, mention.first)) == end else None
        return None

    def _described(self, pronoun: Mention, last: Answer | None) -> Mention | None:
        """The unnamed speaker before, where nobody is named between them and “he”."""
        if last is None or last.person is not None or last.mention is None:
            return None
        spoken = last.together[0] if last.together else last.mention
        if spoken.kind is not MentionKind.DESCRIPTION or not spoken.sorts & Sort.PERSON:
            return None
        if pronoun.paragraph - last.mention.paragraph > 1:
            return None
        places = self.names[0]
        first = bisect_left(places, (last.mention.paragraph, last.mention.last))
        end = bisect_left(places, (pronoun.paragraph, pronoun.first))
        named = any(self.names[1][number].person for number in range(max(first, end - _MOST), end))
        return None if named else spoken


def _first(mention: Mention) -> int:
    return mention.first
