"""Who said each quotation, as what, and how the program knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from articles.text.candidates import Before, Candidate, find_candidates
from articles.text.indirect import Report, find_reports
from articles.text.interviews import find_labelled, is_letter, spell_label
from articles.text.lexicon import Sort
from articles.text.mentions import Mention, MentionKind
from articles.text.model import shares, weigh
from articles.text.people import Person
from articles.text.pronouns import Talk
from articles.text.quotations import Found, FoundQuotation, Kind, Segment, find_all_frames, group_runs
from articles.text.reasons import explain
from articles.text.resolver import Answer, Resolver
from articles.text.scan import Scan, scan_text
from articles.text.spans import Span
from articles.text.speakers import KnownSpeaker, recall_speakers
from articles.text.turns import Turns

SURE = 0.9
_REPORTED = 0.8  # the chance that the speaker of reported speech is right
_BY_LABEL = 0.95
_BY_TURN = 0.7  # … of a line of a conversation
_SHORT_LINE = 20  # words of a paragraph beside its quotation that is a line of a conversation
_SHORT_SPEECH = 120  # characters said in one
_SHORT_ANSWER = 70
_OWN = frozenset({"the", "his", "her", "their", "its"})


class How(StrEnum):
    """By what the speaker of a quotation was found."""

    NAMED = "named"
    PRONOUN = "pronoun"
    DESCRIPTIVE = "descriptive"
    IMPLICIT = "implicit"  # nothing beside the quotation says it: the speaker goes on, or it is their turn
    ORG = "org"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said a quotation, and on what evidence.

    ``speaker_kind`` says how the text speaks of the speaker: named, pronoun, descriptive, organisation,
    collective, unnamed or none; ``how`` by what the speaker was found. ``confidence`` is the chance that the
    speaker is right. ``speaker_key`` is the key of the speaker on record, if the text names one that was
    given as known.
    """

    speaker: str
    speaker_kind: str
    mention: Span | None
    role: str
    cue: str
    cue_span: Span | None
    confidence: float
    sure: bool
    reason: str
    speaker_key: str = ""
    how: How = How.NONE


@dataclass(frozen=True, slots=True)
class AttributedQuotation:
    """A quotation and its attribution."""

    quotation: FoundQuotation
    attribution: Attribution


NOBODY = Attribution("", "none", None, "", "", None, 0.0, False, "No speaker stands near these words.")


def read_quotations(
    text: str,
    *,
    headline: str = "",
    known: Sequence[KnownSpeaker] = (),
    language: str = "en",
    doubled: bool = False,
    labelled: bool = False,
    indirect: bool = False,
) -> tuple[AttributedQuotation, ...]:
    """Every quotation of ``text`` with its speaker.

    ``text`` is a body whose paragraphs are parted by blank lines or line breaks; ``headline`` gives names and
    roles only. ``known`` are speakers on record: a name of the text that is theirs is given as theirs.
    ``doubled`` also reads two apostrophes as a quotation mark; ``labelled`` reads the lines of an interview
    (“Q. …”, “MRS VANE: …”); ``indirect`` adds reported speech without marks.
    """
    scan = scan_text(text, headline=headline, language=language, doubled=doubled, labelled=labelled)
    recall_speakers(scan.cast, known)
    return Attributor(scan, indirect=indirect).read()


class Attributor:
    """Goes through the quotations in order; each answer may lean on the one before."""

    def __init__(self, scan: Scan, *, indirect: bool = False) -> None:
        self.scan = scan
        self.frames = find_all_frames(scan)
        self.reports = find_reports(scan) if indirect else []
        self.resolver = Resolver(scan, self.frames)
        self.talk = Talk()
        self.turns: Turns[Answer] = Turns()
        self.voices: dict[str, Person | None] = {}  # of an interview, by label
        self.spelled: dict[str, str] = {}  # names that only labels in capitals print
        self.before: Before | None = None
        self.last: Answer | None = None

    def read(self) -> tuple[AttributedQuotation, ...]:
        result: list[AttributedQuotation] = []
        turns: list[tuple[int, Talk]] = []  # who had spoken, by place: a report's pronoun leans on them
        for found in group_runs(self.scan, self.frames):
            if not found.quotation.is_speech or not self.scan.lexicon.sorts:
                result.append(AttributedQuotation(found.quotation, NOBODY))
                continue
            label = self.scan.runs[found.runs[0]].label
            if label is not None:
                result.append(AttributedQuotation(found.quotation, self._labelled(label)))
                continue
            answer = self._answer(found)
            result.append(AttributedQuotation(found.quotation, self._attribution(found, answer)))
            self._remember(found, answer)
            if self.reports:
                turns.append((found.quotation.outer.start, replace(self.talk)))
        if self.reports:
            result += self._read_reports(turns)
            result.sort(key=lambda item: item.quotation.outer.start)
        return tuple(result)

    def _labelled(self, label: Span) -> Attribution:
        """Whose the line of an interview is, and that the next “he said” may mean them."""
        text = self.scan.text
        name = label.of(text)
        if name not in self.voices:
            self.voices[name] = find_labelled(text, label, self.scan.cast, self.scan.runs)
        person = self.voices[name]
        if person is None and is_letter(text, label):
            return replace(NOBODY, reason=f"The label “{name}” stands before the words and names nobody.")
        self.talk.speaker = person
        return Attribution(
            speaker=self._spelled(person, label) if person else name,
            speaker_kind="named" if person else "descriptive",
            mention=label,
            role=person.role if person else "",
            cue="",
            cue_span=None,
            confidence=_BY_LABEL,
            sure=person is not None,
            reason=f"The label “{name}” stands before the words.",
            speaker_key=person.known_key if person else "",
            how=How.IMPLICIT if is_letter(text, label) else How.NAMED if person else How.DESCRIPTIVE,
        )

    def _spelled(self, person: Person, label: Span) -> str:
        """The name of a person; with small letters, where only labels in capitals print it."""
        if not person.name.isupper():
            return person.name
        name = label.of(self.scan.text)
        if name not in self.spelled:
            self.spelled[name] = spell_label(self.scan.text, label, self.scan.runs, self.scan.lexicon)
        return self.spelled[name]

    def _read_reports(self, turns: list[tuple[int, Talk]]) -> list[AttributedQuotation]:
        """The reports with their speakers, in order, each after the turns that stand before it."""
        read: list[AttributedQuotation] = []
        waiting = iter([*turns, (len(self.scan.text), Talk())])
        start, talk = next(waiting)
        self.talk = Talk()
        for report in self.reports:
            while start < report.spans[0].start:
                self.talk = talk
                start, talk = next(waiting)
            read.append(self._reported(report))
        return read

    def _reported(self, report: Report) -> AttributedQuotation:
        """A report with its speaker; never sure, since nothing marks where it begins and ends."""
        segments = tuple(Segment(span.start, span.end, span.of(self.scan.text)) for span in report.spans)
        outer = Span(report.spans[0].start, report.spans[-1].end)
        found = Found(FoundQuotation(Kind.INDIRECT, segments, outer), ())
        mention = report.mention
        answer = Answer(Candidate("mention", [], mention, report.frame), _REPORTED, mention=mention)
        if mention is None:
            return AttributedQuotation(found.quotation, NOBODY)
        self.resolver.resolve(answer, mention, self.talk, None)
        attributed = AttributedQuotation(found.quotation, self._attribution(found, answer))
        if answer.person is not None:
            self.talk = replace(self.talk, speaker=answer.person, paragraph=mention.paragraph)
        return attributed

    def _answer(self, found: Found) -> Answer:
        candidates = find_candidates(self.scan, self.frames, found, self.before)
        chances = shares([weigh(candidate.evidence) for candidate in candidates])
        best = max(range(len(candidates)), key=chances.__getitem__)
        chosen = candidates[best]
        if self._is_no_own(chosen) and (turn := self._by_turn(found)) is not None:
            return self._again(turn, _BY_TURN, by_turn=True)
        if self.last is not None and chosen.kind != "nobody" and self._is_no_own(chosen):
            return self._again(self.last, chances[best] * self.last.share)
        answer = Answer(chosen, chances[best], mention=chosen.mention)
        if chosen.mention is not None:
            self.resolver.resolve(answer, chosen.mention, self.talk, self.last)
        return answer

    def _is_no_own(self, chosen: Candidate) -> bool:
        """Whether the quotation has no attribution of its own, at most that of the paragraph before."""
        if chosen.mention is None:
            return True
        return chosen.side == "P" and self.last is not None and chosen.mention is self.last.mention

    def _by_turn(self, found: Found) -> Answer | None:
        """Whose line it is, where a quotation alone in its paragraph is one of a conversation."""
        run = self.scan.runs[found.runs[0]]
        reading = self.scan.readings[run.paragraph]
        if len(reading.words) > len(reading.runs):
            return None
        short = run.end - run.start <= _SHORT_ANSWER
        return self.turns.next(run.paragraph, asks=self._asks(found), short=short)

    def _is_short(self, found: Found) -> bool:
        """Whether the last paragraph of the quotation is a line of a few words and who said it."""
        reading = self.scan.readings[self.scan.runs[found.runs[-1]].paragraph]
        said = sum(len(segment.text) for segment in found.quotation.segments)
        return len(reading.words) <= _SHORT_LINE and said <= _SHORT_SPEECH

    def _asks(self, found: Found) -> bool:
        run = self.scan.runs[found.runs[-1]]
        return self.scan.text[run.end - 1] == "?"

    def _again(self, earlier: Answer, share: float, *, by_turn: bool = False) -> Answer:
        said = Candidate("previous", [])
        return Answer(
            said, share, earlier.person, earlier.mention, earlier.certainty, True, by_turn, earlier.together
        )

    def _remember(self, found: Found, answer: Answer) -> None:
        head = answer.mention.head if answer.mention and answer.person is None else ""
        self.before = self.place_of(found, answer.person, head)
        self.talk.speaker, self.talk.paragraph = answer.person, self.before.paragraph
        self.last = answer
        if answer.mention is not None:
            self.turns.take(
                answer,
                answer.who,
                self.before.paragraph,
                asks=self._asks(found),
                by_turn=answer.by_turn,
                short=self._is_short(found),
            )

    def place_of(self, found: Found, person: Person | None, head: str) -> Before:
        """What the next quotation has to know of this one."""
        run = self.scan.runs[found.runs[-1]]
        return Before(run.paragraph, self.scan.place_of(found.runs[-1]), person, head, person is not None)

    def _attribution(self, found: Found, answer: Answer) -> Attribution:
        if answer.mention is None:
            return NOBODY
        mention, person, frame = answer.mention, answer.person, answer.candidate.frame
        confidence = answer.share * answer.certainty
        reading = self.scan.readings[mention.paragraph]
        cue_span = Span(reading.starts[frame.cue], reading.ends[frame.cue]) if frame else None
        return Attribution(
            speaker=_name(answer),
            speaker_kind=_kind(answer),
            mention=Span(mention.start, mention.end),
            role=self.scan.cast.office_of(person) if person and not answer.together else "",
            cue=frame.word if frame else "",
            cue_span=cue_span,
            confidence=round(confidence, 3),
            sure=confidence >= SURE,
            reason=explain(answer, _name(answer), spoke_last=bool(person) and self.talk.speaker is person),
            speaker_key=person.known_key if person and not answer.together else "",
            how=_how(answer),
        )


def _name(answer: Answer) -> str:
    """The speaker in words; empty for a pronoun that means nobody known."""
    if answer.together:
        return " and ".join(_words(mention) for mention in answer.together)
    if answer.person is not None:
        return answer.person.name
    mention = answer.mention
    return "" if mention is None or mention.kind is MentionKind.PRONOUN else _words(mention)


def _words(mention: Mention) -> str:
    if mention.kind is MentionKind.NAME:
        return mention.person.name if mention.person else mention.printed
    return mention.printed or mention.name


def _kind(answer: Answer) -> str:
    """How the text speaks of a speaker."""
    if len(answer.together) > 1:
        return "collective"
    mention = answer.together[0] if answer.together else answer.mention
    if mention is None:
        return "none"
    if mention.kind is MentionKind.PRONOUN:
        return "pronoun"
    if mention.kind is MentionKind.NAME:
        return "organisation" if answer.person and answer.person.is_organisation else "named"
    if mention.sorts & Sort.BODY:
        return "organisation"
    if mention.sorts & Sort.PEOPLE:
        return "collective"
    return "descriptive" if answer.person or mention.words[0].lower() in _OWN else "unnamed"


def _how(answer: Answer) -> How:
    """By what a speaker was found."""
    mention = answer.mention
    if mention is None:
        return How.NONE
    if answer.from_before:
        return How.IMPLICIT
    if mention.kind is MentionKind.PRONOUN:
        return How.PRONOUN
    if mention.kind is MentionKind.DESCRIPTION:
        return How.DESCRIPTIVE
    return How.ORG if mention.person and mention.person.is_organisation else How.NAMED
