"""The page around a story: what stands above it, between its paragraphs and below it, told by the layout.

Single lines are named elsewhere by what they say. Here their neighbours decide: the lines of a list of links
under its heading, short lines among others that belong to the page, all that follows the end of the story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from articles.text.boilerplate import name_kind
from articles.text.furniture import is_control
from articles.text.page_kinds import load_page_words
from articles.text.prompts import has_speech, is_note, is_prompt, leans_on_page

_PROSE_WORDS: Final = 12
_SENTENCE: Final = re.compile(r"[.!?…][\"”’'»)\]♦■●\s]*$")
_WORD: Final = re.compile(r"[^\W\d_]{5,}")
_STEM: Final = 5
_SPARED: Final = 4  # sentences below a short story that may be found to belong to the page
_APART: Final = 2  # lines of the page above and below that part a sentence from the story
_LIST_ITEM: Final = re.compile(r"(?:[*•–—-]|\d{1,2}[.)]) ")
_BYLINE: Final = re.compile(r"(?:(?:words |story |written |reported )?by|from)[: ]", re.IGNORECASE)
_NAME: Final = re.compile(r"[A-Z][\w.'’-]+(?: (?:(?:de|van|von|of|der|la|del|al|bin) )*[A-Z][\w.'’-]+){1,3}")
_JOB: Final = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|columnist|staff|bureau)\b", re.IGNORECASE
)
_PLACE_LINE: Final = re.compile(r"(?:reporting from|heard on|in) [A-Z]")
_TEASER: Final = re.compile(r"(?:[A-Z]{2,}[’'!?]* ){1,3}(?=[A-Z0-9‘'“I])[^.]*[a-z]{3}")
_TRANSCRIPT: Final = re.compile(r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}: ")
_ABOUT: Final = re.compile(r"about [^.!?]{3,50}", re.IGNORECASE)
_HEADING: Final = re.compile(r"[^.!?]{2,60}")

PROMPT: Final = ("prompt", "The page speaks to its reader about itself.")
CONTROL: Final = ("page_furniture", "A button or a menu of the page that the copy came from.")
LIST: Final = ("related", "Stands in a list of links to other stories.")
HEAD: Final = ("page_head", "Stands above the headline, among other lines of the page.")
AMONG: Final = ("page_furniture", "A short line among others that belong to the page.")
TAIL: Final = ("page_tail", "Follows the end of the story, among other lines of the page.")
NOTE: Final = ("author_note", "Says who the author is. The byline names the author.")


@dataclass(frozen=True, slots=True)
class Line:
    """A block as the layout sees it. ``found``: the rule and the reason that make it a line of the page."""

    text: str
    words: int
    sentence: bool
    speech: bool
    found: tuple[str, str] | None = None

    @property
    def story(self) -> bool:
        """Whether this looks like words of a story, whatever stands around it."""
        return self.found is None and (self.speech or self.sentence)


def read_lines(texts: Sequence[str]) -> list[Line]:
    """The blocks with what each is by itself."""
    lines = []
    for text in texts:
        count = len(text.split())
        sentence = count >= 4 and _SENTENCE.search(text) is not None
        speech = sentence and (has_speech(text) or _TRANSCRIPT.match(text) is not None)
        lines.append(Line(text, count, sentence or is_note(text), speech, _name(text)))
    return lines


def _name(text: str) -> tuple[str, str] | None:
    if is_note(text):
        return None
    if kind := name_kind(text, tail=False):
        return kind.rule, kind.reason
    if is_control(text, around=False):
        return CONTROL
    return PROMPT if is_prompt(text, around=False) else None


def is_prose(line: Line) -> bool:
    """Whether this is a paragraph of a story."""
    return line.story and line.words >= _PROSE_WORDS


def find_story(lines: Sequence[Line]) -> tuple[int, int]:
    """The numbers of the first and the last line of the story; (count, -1) when there is none."""
    prose = [number for number, line in enumerate(lines) if is_prose(line)]
    if not prose:
        return len(lines), -1
    first = prose[0]
    spread = Counter(stem for number in prose for stem in _stems([lines[number].text]))
    last, spared, waiting, apart = first, max(_SPARED, len(prose) // 2), -1, 0
    for number in range(len(lines) - 1, first - 1, -1):
        line = lines[number]
        apart = 0 if line.story else apart + 1
        if line.found or (line.story and _is_prompt_below(line)) or apart >= _APART:
            waiting = -1
        elif line.story:
            if spared and _is_foreign(lines, number, spread):
                spared -= 1
            elif spared and _may_be_of_page(line, spread):
                waiting = max(waiting, number)
                spared -= 1
            else:
                last = max(waiting, number)
                break
    return first, last


def _is_prompt_below(line: Line) -> bool:
    return _is_about_the_author(line.text) or is_prompt(line.text, around=True)


def _is_about_the_author(text: str) -> bool:
    return load_page_words().author.match(text) is not None


def _is_foreign(lines: Sequence[Line], number: int, spread: Counter[str]) -> bool:
    """Whether a sentence alone among lines of the page hardly shares a word with the story."""
    line = lines[number]
    above, below = lines[max(0, number - _APART) : number], lines[number + 1 : number + 1 + _APART]
    if not line.speech and _ABOUT.match(lines[number - 1].text) and lines[number - 1].found:
        return True
    if line.speech or is_note(line.text) or any(each.story for each in (*above, *below)):
        return False
    if not any(each.found for each in above) or below and not any(each.found for each in below):
        return False
    if line.text.endswith("?") and line.words < _PROSE_WORDS:
        return True
    return _is_strange(line, spread) and leans_on_page(line.text, slightly=True)


def _is_strange(line: Line, spread: Counter[str]) -> bool:
    """Whether the line shares few words with the paragraphs."""
    stems = _stems([line.text])
    return sum(spread[stem] > is_prose(line) for stem in stems) * 3 <= len(stems)


def _may_be_of_page(line: Line, spread: Counter[str]) -> bool:
    """Whether a sentence below the story could belong to the page, if lines of the page stand around it."""
    if line.speech or is_note(line.text):
        return False
    return leans_on_page(line.text, slightly=_is_strange(line, spread))


def mark_page(lines: Sequence[Line], first: int, last: int) -> list[Line]:
    """The lines, with those that their neighbours show to belong to the page marked so."""
    marked = list(lines)
    for numbers in (range(len(lines)), reversed(range(len(lines)))):
        for number in numbers:
            _mark_among(marked, number, first, last)
    _mark_head(marked, first)
    for start, end in _runs(marked, first, last):
        _mark_run(marked, start, end)
    _mark_tail(marked, last)
    return marked


def _mark_among(lines: list[Line], number: int, first: int, last: int) -> None:
    """Controls and prompts that are told by their neighbours or by standing outside the story."""
    line = lines[number]
    edge = not first <= number <= last
    near = any(0 <= n < len(lines) and lines[n].found for n in (number - 1, number + 1))
    if line.found or line.speech or is_note(line.text) or not (edge or near):
        return
    if is_control(line.text, around=near or edge and line.words > 1):
        lines[number] = replace(line, found=CONTROL)
    elif is_prompt(line.text, around=True):
        lines[number] = replace(line, found=PROMPT)
    elif near and _is_about_the_author(line.text):
        lines[number] = replace(line, found=NOTE)


def _mark_head(lines: list[Line], first: int) -> None:
    """What stands above the headline, and short lines of the page between it and the first paragraph."""
    known = _stems(line.text for line in lines[first:] if line.found is None)
    likely = (n for n in range(first) if _could_be_headline(lines[n], known))
    longer = (n for n in range(first) if lines[n].words >= 4 and not (lines[n].found or lines[n].sentence))
    headline = next(likely, next(longer, -1))
    busy = headline > 1 or any(line.found for line in lines[:first])
    if first >= len(lines) or not busy:
        return
    for number in range(headline):
        line = lines[number]
        spare = number == headline - 1 and line.words >= 4
        if not (line.found or spare or _SENTENCE.search(line.text) or _BYLINE.match(line.text)):
            lines[number] = replace(line, found=HEAD)
    for number in range(headline + 1, first):
        line = lines[number]
        between = lines[number - 1].found and (number + 1 == first or lines[number + 1].found)
        if not line.found and between and line.words <= 4 and not _is_by_somebody(line.text):
            lines[number] = replace(line, found=AMONG)


def _could_be_headline(line: Line, known: frozenset[str]) -> bool:
    if line.text.endswith("?") and line.words < _PROSE_WORDS:
        return True
    stems = _stems([line.text])
    shared = len(stems & known)
    return (
        line.found is None
        and line.words >= 3
        and not line.sentence
        and not _BYLINE.match(line.text)
        and (shared >= 2 or shared * 2 >= len(stems) > 0)
    )


def is_name(text: str) -> bool:
    """Whether ``text`` has the form of a person's name."""
    return _NAME.fullmatch(text) is not None


def _is_by_somebody(text: str) -> bool:
    return bool(_BYLINE.match(text) or is_name(text) or _JOB.search(text) or _PLACE_LINE.match(text))


def _runs(lines: Sequence[Line], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The stretches between paragraphs of the story that hold no sentence of it, as start and end."""
    start = first
    for number in range(first, last + 1):
        if lines[number].story:
            if number > start and any(line.found for line in lines[start:number]):
                yield start, number
            start = number + 1


def _mark_run(lines: list[Line], start: int, end: int) -> None:
    heading = False
    for number in range(start, end):
        line = lines[number]
        if line.found:
            heading = heading or _heads_a_list(line)
            continue
        subhead = number == end - 1 and line.words <= 5
        inner = start < number < end - 1 and lines[number - 1].found and lines[number + 1].found
        if (heading and not subhead) or _TEASER.fullmatch(line.text):
            lines[number] = replace(line, found=LIST)
        elif inner and line.words <= 4 and not _LIST_ITEM.match(line.text):
            lines[number] = replace(line, found=AMONG)


def _heads_a_list(line: Line) -> bool:
    rule = line.found[0] if line.found else ""
    sponsor = (
        rule == "advertising" and re.search(r"\b(?:with|by|from)\b", line.text, re.IGNORECASE) is not None
    )
    return (rule == "related" or sponsor) and _HEADING.fullmatch(line.text) is not None


def _mark_tail(lines: list[Line], last: int) -> None:
    """Everything below the first line of the page that follows the end of the story."""
    if last < 0:
        return
    found = [number for number in range(last + 1, len(lines)) if lines[number].found]
    start = found[0] if found else len(lines)
    if len(found) > 1:
        start = next(
            n for n in range(last + 1, start + 1) if n == start or is_control(lines[n].text, around=True)
        )
    for number in range(start, len(lines)):
        line = lines[number]
        if not line.found and not is_note(line.text):
            lines[number] = replace(line, found=TAIL)


def _stems(texts: Iterator[str] | Sequence[str]) -> frozenset[str]:
    return frozenset(word[:_STEM].casefold() for text in texts for word in _WORD.findall(text))
