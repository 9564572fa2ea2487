"""Who said each quotation, as what, and how the program knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.text.candidates import Before, Candidate, find_candidates
from articles.text.indirect import Report, find_reports
from articles.text.lexicon import Sort
from articles.text.mentions import Mention, MentionKind
from articles.text.model import load_weights, score, shares
from articles.text.people import Person
from articles.text.pronouns import Talk, find_antecedents, name_places
from articles.text.quotations import Found, FoundQuotation, Kind, Segment, find_all_frames, group_runs
from articles.text.reasons import explain
from articles.text.roles import Roles
from articles.text.scan import Scan, scan_text
from articles.text.spans import Span
from articles.text.speakers import KnownSpeaker, recall_speakers

SURE = 0.9
_REPORTED = 0.8  # the chance that the speaker of reported speech is right


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said a quotation, and on what evidence.

    ``speaker_kind`` says how the text speaks of the speaker: named, pronoun, descriptive, organisation,
    collective, unnamed or none. ``confidence`` is the chance that the speaker is right. ``speaker_key`` is
    the key of the speaker on record, if the text names one that was given as known.
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
    indirect: bool = False,
) -> tuple[AttributedQuotation, ...]:
    """Every quotation of ``text`` with its speaker.

    ``text`` is a body whose paragraphs are parted by blank lines or line breaks; ``headline`` gives names and
    roles only. ``known`` are speakers on record: a name of the text that is theirs is given as theirs.
    ``doubled`` also reads two apostrophes as a quotation mark; ``indirect`` adds speech without marks.
    """
    scan = scan_text(text, headline=headline, language=language, doubled=doubled)
    recall_speakers(scan.cast, known)
    return Attributor(scan, indirect=indirect).read()


@dataclass(slots=True)
class Answer:
    """The speaker chosen for one quotation."""

    candidate: Candidate
    share: float
    person: Person | None = None
    mention: Mention | None = None
    certainty: float = 1.0  # of the person, given the mention
    from_before: bool = False


class Attributor:
    """Goes through the quotations in order; each answer may lean on the one before."""

    def __init__(self, scan: Scan, *, indirect: bool = False) -> None:
        self.scan = scan
        self.frames = find_all_frames(scan)
        self.reports = find_reports(scan) if indirect else []
        self.names = name_places(scan)
        self.subjects = {
            (number, scan.mentions[number][frame.subject].first)
            for number, frames in self.frames.items()
            for frame in frames.items
            if frame.subject >= 0
        }
        self.roles = Roles(scan)
        self.talk = Talk()
        self.before: Before | None = None
        self.last: Answer | None = None

    def read(self) -> tuple[AttributedQuotation, ...]:
        result: list[AttributedQuotation] = []
        turns: list[tuple[int, Talk]] = []  # who had spoken, by place: a report's pronoun leans on them
        for found in group_runs(self.scan, self.frames):
            if not found.quotation.is_speech:
                result.append(AttributedQuotation(found.quotation, NOBODY))
                continue
            answer = self._answer(found)
            result.append(AttributedQuotation(found.quotation, self._attribution(found, answer)))
            self._remember(found, answer)
            turns.append((found.quotation.outer.start, replace(self.talk)))
        if self.reports:
            result += self._read_reports(turns)
            result.sort(key=lambda item: item.quotation.outer.start)
        return tuple(result)

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
        self._resolve(answer, mention)
        attributed = AttributedQuotation(found.quotation, self._attribution(found, answer))
        if answer.person is not None:
            self.talk = replace(self.talk, speaker=answer.person, paragraph=mention.paragraph)
        return attributed

    def _answer(self, found: Found) -> Answer:
        candidates = find_candidates(self.scan, self.frames, found, self.before)
        weights = load_weights("speaker")
        chances = shares([score(weights, candidate.features) for candidate in candidates])
        best = max(range(len(candidates)), key=chances.__getitem__)
        chosen = candidates[best]
        if chosen.kind == "previous" and self.last is not None:
            return self._again(self.last, chosen, chances[best])
        answer = Answer(chosen, chances[best], mention=chosen.mention)
        if chosen.mention is not None:
            self._resolve(answer, chosen.mention)
        return answer

    def _again(self, last: Answer, chosen: Candidate, share: float) -> Answer:
        return Answer(chosen, share, last.person, last.mention, last.certainty * last.share, from_before=True)

    def _resolve(self, answer: Answer, mention: Mention) -> None:
        if mention.kind is MentionKind.NAME:
            answer.person = mention.person
        elif mention.kind is MentionKind.PRONOUN:
            self._resolve_pronoun(answer, mention)
        elif mention.sorts & Sort.PERSON:
            answer.person = self.roles.find(mention)

    def _resolve_pronoun(self, answer: Answer, pronoun: Mention) -> None:
        if pronoun.head in ("i", "we", "it", "they", "who"):
            answer.certainty = 0.3
            return
        people = find_antecedents(self.scan, self.names, self.subjects, pronoun, self.talk)
        if not people:
            return
        weights = load_weights("pronoun")
        chances = shares([score(weights, antecedent.features) for antecedent in people])
        best = max(range(len(people)), key=chances.__getitem__)
        answer.person, answer.certainty = people[best].person, chances[best]
        self.talk.by_pronoun, self.talk.pronoun = people[best].person, pronoun.head

    def _remember(self, found: Found, answer: Answer) -> None:
        head = answer.mention.head if answer.mention and answer.person is None else ""
        self.before = self.place_of(found, answer.person, head)
        self.talk.speaker, self.talk.paragraph = answer.person, self.before.paragraph
        self.last = answer

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
            speaker=person.name
            if person
            else ""
            if mention.kind is MentionKind.PRONOUN
            else self._words(mention),
            speaker_kind=kind_of_speaker(mention, person),
            mention=Span(mention.start, mention.end),
            role=person.role if person else "",
            cue=frame.word if frame else "",
            cue_span=cue_span,
            confidence=round(confidence, 3),
            sure=confidence >= SURE,
            reason=explain(
                mention,
                person,
                frame,
                printed=self.scan.text[mention.start : mention.end],
                from_before=answer.from_before,
                spoke_last=person is not None and self.talk.speaker is person,
            ),
            speaker_key=person.known_key if person else "",
        )

    def _words(self, mention: Mention) -> str:
        return (
            mention.name if mention.kind is MentionKind.NAME else self.scan.text[mention.start : mention.end]
        )


def kind_of_speaker(mention: Mention, person: Person | None) -> str:
    """How the text speaks of a speaker."""
    if mention.kind is MentionKind.PRONOUN:
        return "pronoun"
    if mention.kind is MentionKind.NAME:
        return "organisation" if person and person.is_organisation else "named"
    if mention.sorts & Sort.BODY:
        return "organisation"
    if mention.sorts & Sort.PEOPLE:
        return "collective"
    return (
        "descriptive" if person or mention.words[0].lower() in ("the", "his", "her", "their") else "unnamed"
    )
