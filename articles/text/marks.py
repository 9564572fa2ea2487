"""Where quotation marks open and close: runs of marked words, before anyone asks what they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.text.spans import Span

OPENS = frozenset("“„‟«‹‘‚")
DOUBLE = frozenset('“”„‟«»"')
SINGLE = frozenset("‘’'‚‹›`´")
_CLOSERS = {
    "“": "”\"“", "”": "”\"“", '"': '"”“', "„": "“”\"", "‟": "”\"", "«": "»", "»": "«»",
    "''": ("''",), "``": ("''",),
    "‘": "’'", "'": "'’", "’": "’'", "‚": "‘’'", "‹": "›", "›": "‹", "`": "'’´`", "´": "´",
}  # fmt: skip
_MARK = re.compile("''|``|[“”„‟«»\"‘’'‚‹›`´]")
_A_WORD = re.compile(r"\w")
_BEFORE_AN_OPENING = frozenset("([{<>—–-/:=*_|…\u200b\ufeff") | DOUBLE | SINGLE
_AFTER_A_CLOSING = frozenset(".,;:!?)]}—–-/…*")
_ELISION = re.compile(r"(?:em|tis|twas|twere|til|till|cause|cuz|n|round|bout|kay|\d\ds?)\b", re.IGNORECASE)
_RIGHT_MARK_OPENS = frozenset({"sv", "fi", "da", "no", "nb", "nn"})


@dataclass(frozen=True, slots=True)
class Run:
    """Words inside one pair of marks, in one paragraph."""

    paragraph: int
    start: int
    end: int
    outer: Span
    mark: str
    closed: bool
    reopens: bool = False  # goes on from the run before it, which no mark closed

    @property
    def single(self) -> bool:
        """Whether single marks stand around the words."""
        return self.mark in SINGLE


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int
    sign: str
    before: str
    after: str

    @property
    def end(self) -> int:
        return self.at + len(self.sign)

    def faces_right(self) -> bool:
        """Space before it and words after it: it can only open."""
        return self.starts_word() and not (self.after.isspace() or self.after in _AFTER_A_CLOSING)

    def starts_word(self) -> bool:
        return self.before.isspace() or self.before in _BEFORE_AN_OPENING

    def faces_left(self) -> bool:
        """Words before it and no word after it: it can only close."""
        return not self.before.isspace() and (
            self.after.isspace()
            or self.after in _AFTER_A_CLOSING
            or self.after in DOUBLE
            or self.after in SINGLE
        )


def find_runs(
    text: str, paragraphs: tuple[Span, ...], *, language: str = "en", doubled: bool = False
) -> tuple[Run, ...]:
    """All outermost runs of marked words, in order. ``doubled`` reads two apostrophes as one mark."""
    runs: list[Run] = []
    reopens = False
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        reader = _ParagraphReader(text, number, paragraph, language)
        found = reader.read(reopens)
        if not doubled:
            found = [run for run in found if len(run.mark) == 1]
        reopens = False
        if found and not found[-1].closed and following is not None:
            reopens = _reopens(text, found[-1], following)
            if not reopens and found[-1].single:
                found.pop()
        runs.extend(found)
    return tuple(runs)


def _reopens(text: str, run: Run, following: Span) -> bool:
    first = text[following.start]
    return first == run.mark or (first in '“"' and run.mark in '“"')


class _ParagraphReader:
    """Reads the marks of one paragraph from left to right."""

    def __init__(self, text: str, number: int, paragraph: Span, language: str) -> None:
        self.text = text
        self.number = number
        self.paragraph = paragraph
        self.language = language
        self.marks = [self._mark(match) for match in _MARK.finditer(text, paragraph.start, paragraph.end)]
        self.runs: list[Run] = []

    def _mark(self, match: re.Match[str]) -> _Mark:
        start, end = match.span()
        before = self.text[start - 1] if start > self.paragraph.start else " "
        after = self.text[end] if end < self.paragraph.end else " "
        return _Mark(start, match.group(), before, after)

    def read(self, reopens: bool) -> list[Run]:
        opened: _Mark | None = None
        index = 0
        while index < len(self.marks):
            mark = self.marks[index]
            if opened is None:
                if mark.sign in SINGLE:
                    index = self._read_single(index, reopens)
                    continue
                if self._can_open(mark):
                    opened = mark
            elif self._closes(opened, mark):
                self._add(opened, mark, reopens)
                opened = None
            elif mark.faces_right() and mark.sign not in SINGLE and not self._is_nested(index, opened):
                self._add(opened, None, reopens, stop=mark.at)
                opened = mark
            index += 1
        if opened is not None:
            self._add(opened, None, reopens, stop=self.paragraph.end)
        return self.runs

    def _can_open(self, mark: _Mark) -> bool:
        if mark.sign in "“„‟«" or mark.sign == "``":
            return not mark.faces_left() or mark.at == self.paragraph.start
        return mark.faces_right() and not mark.after.isspace()

    def _closes(self, opened: _Mark, mark: _Mark) -> bool:
        if mark.sign not in _CLOSERS[opened.sign]:
            return False
        if mark.sign in "”»" and mark.sign != opened.sign:
            return mark.at > opened.end
        if mark.faces_right():
            return opened.sign == "„" and mark.before.isalnum()
        return mark.at > opened.end

    def _is_nested(self, index: int, opened: _Mark) -> bool:
        """Whether the opening mark at ``index`` lies inside the open run: two marks close after it."""
        depth = 2
        for mark in self.marks[index + 1 : index + 8]:
            if mark.sign in SINGLE:
                continue
            if self._closes(opened, mark):
                depth -= 1
                if not depth:
                    return True
            elif mark.faces_right():
                return False
        return False

    def _read_single(self, index: int, reopens: bool) -> int:
        """Adds the run that the single mark at ``index`` opens, if it opens one; returns the next index."""
        mark = self.marks[index]
        if not self._single_opens(mark):
            return index + 1
        closing = self._single_close(index)
        if closing is not None:
            self._add(mark, self.marks[closing], reopens)
            return closing + 1
        if mark.sign == "‘" and mark.at == self.paragraph.start and self._tail_is_free(index):
            self._add(mark, None, reopens, stop=self.paragraph.end)
            return len(self.marks)
        return index + 1

    def _single_opens(self, mark: _Mark) -> bool:
        if mark.sign in "’´›" and self.language not in _RIGHT_MARK_OPENS:
            return False
        if not mark.starts_word() or mark.after.isspace():
            return False
        if mark.sign in "'’`" and (_ELISION.match(self.text, mark.end) or not _begins(mark.after)):
            return False
        return mark.after not in ".,;!?)"

    def _single_close(self, index: int) -> int | None:
        closers = _CLOSERS[self.marks[index].sign]
        weak: int | None = None
        for number in range(index + 1, len(self.marks)):
            mark = self.marks[number]
            if mark.sign in closers and not mark.before.isspace() and not mark.after.isalnum():
                if not self._may_be_apostrophe(mark):
                    return number
                weak = weak or number
            elif mark.sign in "‘'" and mark.faces_right() and not _ELISION.match(self.text, mark.end):
                return weak
        return weak

    def _may_be_apostrophe(self, mark: _Mark) -> bool:
        """“the players’ bus”, “walkin’ home”: a letter before it and another word after it."""
        return mark.before in "sSn" and mark.after == " " and self.text[mark.end + 1 : mark.end + 2].isalnum()

    def _tail_is_free(self, index: int) -> bool:
        return all(mark.sign not in DOUBLE for mark in self.marks[index + 1 : index + 3])

    def _add(self, opened: _Mark, closing: _Mark | None, reopens: bool, stop: int = 0) -> None:
        start, end = opened.end, closing.at if closing else stop
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if not _A_WORD.search(self.text, start, end):
            return
        continues = reopens and opened.at == self.paragraph.start
        outer = Span(opened.at, closing.end if closing else end)
        self.runs.append(Run(self.number, start, end, outer, opened.sign, closing is not None, continues))


def _begins(sign: str) -> bool:
    return sign.isalnum() or sign in '“"«[(#@$£€…'
