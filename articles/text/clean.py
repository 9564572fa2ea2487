"""Raw copy sorted into the story and what surrounds it: named rules that report each removal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from articles.text.advertising import find_advertising
from articles.text.boilerplate import DEVELOPING, TEASER, name_kind
from articles.text.layout import Block, narrow, split_blocks
from articles.text.page import find_story, is_name, is_prose, mark_page, read_lines
from articles.text.spans import Span

_LABEL = re.compile(
    r"(?:(?:breaking|local|world|national|international|latest|top|us|uk) )?"
    r"(?:news|world|politics|business|sports?|local|opinion|culture|science|technology|tech|health|exclusive"
    r"|breaking|video|analysis|arts|entertainment|education|environment|travel|lifestyle|money|features?|live)",
    re.IGNORECASE,
)
_SITE_NAME = re.compile(r"\s+[|»]\s+[^|»]{2,50}$")
_BYLINE = re.compile(r"by\s", re.IGNORECASE)
_TRUNCATED = re.compile(r"\s*(?:\[\s*\+\s*[\d,.]+\s*char(?:acter)?s\s*\]|\[(?:…|\.\.\.|&hellip;)\])\s*$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_LONE = re.compile(r"\W*(?:[\w.,:%]+\W*(?:[ap]\.?m\.?\W*)?|\d[\d.:]+ (?-i:[A-Z]{2,4})\W*)", re.IGNORECASE)
_COUNTED = re.compile(r"\W*\d[\d.,:]*\s?%?(?:\s?[ap]\.?m\.?)?(?: (?-i:[A-Z]{2,4}))?\W*", re.IGNORECASE)
_FEWEST_COUNTED = 3
_UNSURE_ALONE = frozenset({"share", "page_furniture", "link_stub", "newsletter", "related", "timestamp"})
_TEASER_END = re.compile(rf"(?<=[.!?…”\"])\s+{TEASER.pattern}\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cut:
    """What was removed and why: ``rule`` is its name in the program, ``reason`` a sentence for the editor."""

    start: int
    end: int
    text: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class CleanCopy:
    """Copy sorted into story and boilerplate: each character but white space is in ``kept`` or in one cut.

    ``blocks`` are the kept stretches with wrapped lines put together again.
    """

    original: str
    cuts: tuple[Cut, ...]
    developing: bool
    kept: tuple[Span, ...]
    blocks: tuple[Block, ...]


def clean_copy(copy: str, *, keep: Sequence[Span] = ()) -> CleanCopy:
    """Sort ``copy`` into the story and what surrounds it. When in doubt, a line stays.

    ``keep``: stretches that an editor put back; no cut touches them.
    """
    blocks = split_blocks(copy, alone=_stands_alone)
    findings = _Findings(copy, blocks)
    for step in (
        _cut_kinds, _cut_advertising, _cut_repeats, _cut_labels, _cut_page, _cut_lone_words, _cut_ends
    ):  # fmt: skip
        step(findings)
    return findings.result(keep)


def _stands_alone(line: str) -> bool:
    """Whether a line of wrapped copy is no part of a paragraph: a paper's page line, an address."""
    if _ADDRESS.fullmatch(line):
        return True
    kind = None if line[:1].islower() else name_kind(line, tail=False)
    return kind is not None and kind.rule in {"print_line", "copyright"}


class _Findings:
    """What the steps have found so far, one reason at most for each block."""

    def __init__(self, copy: str, blocks: tuple[Block, ...]) -> None:
        self.copy = copy
        self.blocks = blocks
        self.whole: dict[int, tuple[str, str]] = {}
        self.parts: dict[int, tuple[Span, str, str]] = {}
        self.lines = read_lines([_TRUNCATED.sub("", _TEASER_END.sub("", block.text)) for block in blocks])
        self.prose = [n for n, line in enumerate(self.lines) if is_prose(line)]
        self.counted = self._find_counted()
        for number in self.counted:
            self.lines[number] = replace(self.lines[number], found=None)

    def _find_counted(self) -> frozenset[int]:
        """The times of a live report, the numbers of a story told in numbers: if several, they stay."""
        found = frozenset(
            number
            for number in range(max(0, self.first - 1), self.last)
            if _COUNTED.fullmatch(self.lines[number].text)
            and any(line.story for line in self.lines[number + 1 : number + 3])
        )
        return found if len(found) >= _FEWEST_COUNTED else frozenset()

    @property
    def first(self) -> int:
        """The first paragraph of the story; past the last block when there is none."""
        return self.prose[0] if self.prose else len(self.blocks)

    @property
    def last(self) -> int:
        """The last paragraph of the story; -1 when there is none."""
        return self.prose[-1] if self.prose else -1

    @property
    def story(self) -> tuple[str, ...]:
        """The blocks from the first paragraph to the last, without what has been cut."""
        numbers = range(self.first, self.last + 1)
        return tuple(self.blocks[n].text for n in numbers if n not in self.whole)

    def at_the_edge(self, number: int) -> bool:
        return self.last >= 0 and not self.first <= number <= self.last

    def may_be_byline(self, number: int) -> bool:
        """Whether the line stands between the headline and the story and could be a name."""
        return self._top < number < self.first and is_name(self.lines[number].text)

    @cached_property
    def _top(self) -> int:
        """The first line that is none of a page by what it says: the headline, perhaps."""
        return next((n for n, line in enumerate(self.lines) if line.found is None), len(self.lines))

    def has_company(self, number: int) -> bool:
        """Whether a line beside this one is no sentence of the story either."""
        return any(not self.lines[n].story for n in (number - 1, number + 1) if 0 <= n < len(self.lines))

    def is_only_headline(self, number: int) -> bool:
        """Whether this could be the headline, such as "Watch: How the wall fell", and no other line could."""
        if not number < self.first < len(self.blocks) or self._has_headline:
            return False
        return len(self._known.intersection(_same(self.blocks[number].text).split())) > 3

    @cached_property
    def _has_headline(self) -> bool:
        return any(line.found is None for line in self.lines[: self.first])

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(_same(" ".join(self.story)).split())

    def cut(self, number: int, rule: str, reason: str) -> None:
        self.whole.setdefault(number, (rule, reason))

    def result(self, keep: Sequence[Span]) -> CleanCopy:
        developing = any(rule == DEVELOPING.rule for rule, _ in self.whole.values())
        if len(self.whole) == len(self.blocks):  # nothing but boilerplate: then it is what the editor wants
            self.whole.clear()
        cuts: list[Cut] = []
        kept: list[Block] = []
        for number, block in enumerate(self.blocks):
            found = self._found(number, block, keep)
            stays: Block | None = block
            if found:
                span, rule, reason = found
                cuts.append(Cut(span.start, span.end, span.of(self.copy), rule, reason))
                stays = narrow(self.copy, block, Span(block.start, span.start))
            if stays:
                kept.append(stays)
        spans = tuple(block.span for block in kept)
        return CleanCopy(self.copy, tuple(cuts), developing, spans, tuple(kept))

    def _found(self, number: int, block: Block, keep: Sequence[Span]) -> tuple[Span, str, str] | None:
        found = (block.span, *self.whole[number]) if number in self.whole else self.parts.get(number)
        return found if found and not any(span.overlaps(found[0]) for span in keep) else None


def _same(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _cut_kinds(findings: _Findings) -> None:
    """Blocks that are lines of a page by what they say; single words wait for their neighbours."""
    for number, block in enumerate(findings.blocks):
        found = findings.lines[number].found
        if found is None and number > findings.last >= 0 and (kind := name_kind(block.text, tail=True)):
            found = kind.rule, kind.reason
        if found is None or findings.is_only_headline(number):
            continue
        lone = found[0] in _UNSURE_ALONE and _LONE.fullmatch(block.text)
        if not lone or findings.at_the_edge(number) or findings.has_company(number):
            findings.cut(number, *found)


def _cut_page(findings: _Findings) -> None:
    """Blocks that are lines of a page by where they stand."""
    lines = [replace(line, found=findings.whole.get(n)) for n, line in enumerate(findings.lines)]
    for number, line in enumerate(mark_page(lines, *find_story(lines))):
        if line.found and not (number in findings.counted or findings.is_only_headline(number)):
            findings.cut(number, *line.found)


def _cut_repeats(findings: _Findings) -> None:
    """Short lines that stand twice outside the story: a headline once too often, or foreign to the story."""
    edges = [n for n in range(len(findings.blocks)) if findings.at_the_edge(n) and n not in findings.whole]
    forms = {n: _same(findings.blocks[n].text) for n in edges}
    counts = Counter(form for form in forms.values() if form)
    story = set(_same(" ".join(findings.story)).split())
    seen: set[str] = set()
    for number in edges:
        form = forms[number]
        if counts[form] < 2 or len(form.split()) > 30:
            continue
        words = {word for word in form.split() if len(word) > 3}
        if not words & story and number != edges[-1] and not findings.may_be_byline(number):
            shares_nothing = "The same line stands twice around the story and shares no word with it."
            findings.cut(number, "repeated_line", shares_nothing)
        elif form in seen:
            findings.cut(number, "repeated_line", "Repeats a line that stands further up.")
        seen.add(form)


def _cut_advertising(findings: _Findings) -> None:
    """Lines around the story that promote something foreign to it; first, whole paragraphs that do."""
    for number in (findings.first, findings.last):
        rest = [n for n in findings.prose if n != number]
        story = [findings.blocks[n].text for n in rest]
        if len(rest) > 1 and (found := find_advertising({number: findings.blocks[number].text}, story)):
            findings.cut(number, "advertising", found[number])
            findings.prose = rest
    edges = [n for n in range(len(findings.blocks)) if findings.at_the_edge(n)]
    texts = {number: findings.blocks[number].text for number in edges}
    for number, reason in find_advertising(texts, findings.story).items():
        findings.cut(number, "advertising", reason)


def _cut_lone_words(findings: _Findings) -> None:
    """Inside the story a single word such as "Share" is cut only beside another line that was cut."""
    for number, line in enumerate(findings.lines):
        if line.found and (number - 1 in findings.whole or number + 1 in findings.whole):
            findings.cut(number, *line.found)


def _cut_labels(findings: _Findings) -> None:
    """The label of a section above the headline."""
    top = [n for n in range(min(findings.first, len(findings.blocks))) if n not in findings.whole]
    if len(top) > 1 and _LABEL.fullmatch(findings.blocks[top[0]].text.strip(" :|•")):
        findings.cut(top[0], "section_label", "The label of a section above the headline.")


def _cut_ends(findings: _Findings) -> None:
    """Ends of blocks: the site's name after a headline, and marks where a feed broke the text off."""
    for number, block in enumerate(findings.blocks):
        raw = block.span.of(findings.copy)
        above = number < findings.first and not _BYLINE.match(raw)
        if above and (found := _SITE_NAME.search(raw)):
            _cut_end(findings, number, found, "site_name", "The name of a site after the headline.")
        elif found := _TRUNCATED.search(raw):
            reason = "Says that the feed broke the text off here. Look for the rest at the source."
            _cut_end(findings, number, found, "truncated", reason)
        elif number == findings.last and (found := _TEASER_END.search(raw)):
            _cut_end(findings, number, found, "link_stub", "The words of a link that leads nowhere here.")


def _cut_end(findings: _Findings, number: int, found: re.Match[str], rule: str, reason: str) -> None:
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    if start > 0:
        offset = findings.blocks[number].start
        end = offset + found.start() + len(found[0].rstrip())
        findings.parts[number] = (Span(offset + start, end), rule, reason)
