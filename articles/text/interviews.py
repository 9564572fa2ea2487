"""Interviews and transcripts without quotation marks: “Q. … A. …” and “MRS VANE: …”.

Every question and every answer is a run of its own, whose label says who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from articles.text.lexicon import Lexicon, Sort
from articles.text.marks import Run
from articles.text.paragraphs import find_paragraphs
from articles.text.people import Cast, Person
from articles.text.spans import Span

_QUESTION_OR_ANSWER = re.compile(r"(Question|Answer|Q|A)(?:\s?[.:]|\s[–—-])\s+(?=\S)")
_SHOUTED = re.compile(r"((?:[^\W\d_a-z][\w.’'\-]*\s){0,4}[^\W\d_a-z][^\W_a-z.’'\-]+[\w.’'\-]*)\s?:\s+(?=\S)")
_NAMED = re.compile(r"([A-Z][\w.’'\-]+(?:\s[A-Z][\w.’'\-]+){0,2})\s?:\s+(?=\S)")
_QUESTIONS = frozenset({"q", "question"})
_ANSWERS = frozenset({"a", "answer"})
_FEWEST_LINES = 3
_LONGEST_INITIALS = 4
_MOST_VOICES = 30
_SUBJECT = re.compile(r"\b\w{1,3}\b")
_READ = 400  # characters of a paragraph that tell whether an answer goes on in it


@dataclass(frozen=True, slots=True)
class _Line:
    paragraph: int
    label: Span
    start: int
    end: int
    name: str


def add_answers(
    text: str, paragraphs: tuple[Span, ...], runs: tuple[Run, ...], lexicon: Lexicon
) -> tuple[Run, ...]:
    """The runs, with those that labelled lines are. Marked words inside a labelled line belong to it."""
    lines = _find_lines(text, paragraphs)
    if not lines:
        return runs
    marked: dict[int, list[Run]] = {}
    for run in runs:
        marked.setdefault(run.paragraph, []).append(run)
    spoken: dict[int, Run] = {}
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if _is_marked(line, marked.get(line.paragraph, [])):
            continue
        run = Run(
            line.paragraph, line.start, line.end, Span(line.start, line.end), "", True, label=line.label
        )
        spoken[line.paragraph] = run
        more = line.paragraph + 1
        goes_on = following is not None and following.paragraph == more + 1 and more not in marked
        if goes_on and _is_personal(text, paragraphs[more], lexicon):
            spoken[more] = _continued(run, more, paragraphs[more])
    kept = [run for run in runs if run.paragraph not in spoken]
    return tuple(sorted([*kept, *spoken.values()], key=lambda run: run.start))


def find_questions(text: str) -> tuple[Span, ...]:
    """Where the questions of a “Q. … A. …” interview stand, without their labels, which name nobody."""
    lines = _find_lines(text, find_paragraphs(text))
    return tuple(Span(line.start, line.end) for line in lines if line.name in _QUESTIONS)


def _continued(run: Run, paragraph: int, span: Span) -> Run:
    return replace(run, paragraph=paragraph, start=span.start, end=span.end, outer=span, reopens=True)


def _find_lines(text: str, paragraphs: tuple[Span, ...]) -> list[_Line]:
    """The labelled lines, if together they look like a conversation."""
    lines = _matches(_QUESTION_OR_ANSWER, text, paragraphs)
    names = {line.name for line in lines}
    if names & _QUESTIONS and names & _ANSWERS:
        return lines
    lines = _matches(_SHOUTED, text, paragraphs)
    if _is_conversation(lines):
        return lines
    lines = _matches(_NAMED, text, paragraphs)
    asked = any(text[line.end - 1] == "?" for line in lines)
    return lines if asked and _is_conversation(lines) else []


def _matches(pattern: re.Pattern[str], text: str, paragraphs: tuple[Span, ...]) -> list[_Line]:
    lines = []
    for number, span in enumerate(paragraphs):
        if (match := pattern.match(text, span.start, span.end)) is not None:
            label = Span(match.start(1), match.end(1))
            lines.append(_Line(number, label, match.end(), span.end, label.of(text).casefold()))
    return lines


def _is_conversation(lines: list[_Line]) -> bool:
    """Several lines, of two speakers or more, some of whom speak again."""
    names = {line.name.split()[-1] for line in lines}
    return (
        len(lines) >= _FEWEST_LINES
        and 1 < len(names) < len(lines)
        and len(names) <= min(_MOST_VOICES, max(3, len(lines) // 2))
    )


def _is_marked(line: _Line, runs: list[Run]) -> bool:
    """“AMADI: “It will hold.””: the words stand in marks already."""
    return bool(runs) and runs[0].outer.start == line.start


def _is_personal(text: str, span: Span, lexicon: Lexicon) -> bool:
    """Whether somebody speaks of themselves: an answer that goes on in a paragraph without a label."""
    words = _SUBJECT.findall(text, span.start, min(span.end, span.start + _READ))
    return any(lexicon.pronouns.get(word.lower()) in ("i", "w") for word in words)


def is_letter(text: str, label: Span) -> bool:
    """Whether a label says only “question” or “answer”."""
    return label.of(text).casefold() in _QUESTIONS | _ANSWERS


def spell_label(text: str, label: Span, runs: Iterable[Run], lexicon: Lexicon) -> str:
    """“Mirela van der Voss” for “VOSS”, if another label gives that name in full."""
    name = label.of(text)
    labels = [run.label.of(text) for run in runs if run.label is not None]
    words = max((each for each in labels if f" {each}".endswith(f" {name}")), key=len, default=name).split()
    return " ".join(
        word.lower() if lexicon.sorts.get(word.lower(), 0) & Sort.PARTICLE else word.title() for word in words
    )


def find_labelled(text: str, label: Span, cast: Cast, runs: Iterable[Run]) -> Person | None:
    """The person whom a label means; None for a question's.

    An answer without a name is given by whoever the story names most before the first labelled line.
    """
    words = [word.casefold().removesuffix(".") for word in label.of(text).split()]
    people = [person for person in cast.people if not person.is_organisation]
    if is_letter(text, label):
        first = next(run.paragraph for run in runs if run.label is not None)
        return _most_named(people, first) if words[0] in _ANSWERS else None
    for length in range(len(words), 0, -1):
        for person in people:
            name = [word.casefold() for word in person.words]
            if name[-length:] == words[-length:] or (length == len(words) == 1 and name[0] == words[0]):
                return person
    for person in people:
        if words[-1] in person.role.casefold().split():
            return person
    if len(words) > 1 or not 1 < len(words[0]) <= _LONGEST_INITIALS:
        return None
    named = [person for person in people if _initials(person).endswith(words[0])]
    return named[0] if len(named) == 1 else None


def _initials(person: Person) -> str:
    return "".join(word[0] for word in person.words).casefold()


def _most_named(people: list[Person], first: int) -> Person | None:
    """Nobody where none is named before the first line: the letter of a label is no name either."""

    def times(person: Person) -> tuple[int, int]:
        return sum(paragraph < first for paragraph, _ in person.places), len(person.places)

    introduced = [
        person
        for person in people
        if (person.is_person or len(person.words) > 1) and any(place[0] < first for place in person.places)
    ]
    return max(introduced, key=times, default=None)
