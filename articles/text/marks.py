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
_DEBRIS = {
    "&quot;": '"', "&#34;": '"', "&ldquo;": "“", "&#8220;": "“", "â€œ": "“", "&rdquo;": "”", "&#8221;": "”",
    "â€\x9d": "”", "â€\ufffd": "”", "â€": "”", "&lsquo;": "‘", "&#8216;": "‘", "â€˜": "‘", "&rsquo;": "’",
    "&#8217;": "’", "â€™": "’", "&apos;": "'", "&#39;": "'", "&bdquo;": "„", "â€ž": "„", "&laquo;": "«",
    "&raquo;": "»", "&#x22;": '"', "&#x201c;": "“", "&#x201C;": "“", "&#x201d;": "”", "&#x201D;": "”",
    "&#x2018;": "‘", "&#x2019;": "’", "&#x27;": "'", "&#145;": "‘", "&#146;": "’", "&#147;": "“",
    "&#148;": "”", "\x91": "‘", "\x92": "’", "\x93": "“", "\x94": "”",
}  # fmt: skip
_SIGNS = (*sorted(_DEBRIS, key=len, reverse=True), "''", "``", *DOUBLE, *SINGLE)
_MARK = re.compile("|".join(map(re.escape, _SIGNS)))  # literals only: their first signs make it fast
_INCHES = re.compile(r"\d['’′] ?\d{1,2}$")  # 6'2": no mark
_LONGEST_HEIGHT = 6
_A_WORD = re.compile(r"\w")
_BEFORE_AN_OPENING = frozenset("([{<>—–-/:=*_|…\u200b\ufeff") | DOUBLE | SINGLE
_AFTER_A_CLOSING = frozenset(".,;:!?)]}—–-/…*")
_ELISION = re.compile(r"(?:em|tis|twas|twere|til|till|cause|cuz|n|round|bout|kay|\d\ds?)\b", re.IGNORECASE)
_CURLED_ELISION = re.compile(r"(?:em|tis|twas|til|cuz|n|bout|kay|\d\ds)\b", re.IGNORECASE)
_LEADING_DOTS = re.compile(r"(?:\.[ \u00a0]?){2,}\s*\w|…\s*\w|\.@\w|[—–-]{1,2}\w")
_DIALECT = frozenset({"o", "wi", "th", "t", "an", "i", "fo", "ol", "lil", "de", "goin"})  # “piece o’ this”
_CUT_SHORT = frozenset({"po", "mo", "va", "fa", "da", "di", "sta", "be", "ca"})  # Italian: “un po' di”
_GUILLEMETS = frozenset("«»")
_LOOKED_AT = 12  # marks after an opening one that tell whether it is nested
_DEEPEST = 4
_LONGEST_SUBHEAD = 70
_BULLET = re.compile(r"(?:[-–—•*·]|\(?\d{1,2}[.)])\s+(?=\S)")
_LONGEST_LIST = 15  # paragraphs
_STRAY_REACH = 500  # characters from an opening mark within which a second one may be a nested one
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
    label: Span | None = None  # of a line without marks: the name or letter that says who speaks

    @property
    def single(self) -> bool:
        """Whether single marks stand around the words."""
        return self.mark in SINGLE


@dataclass(slots=True)
class _Mark:
    at: int
    end: int
    sign: str
    before: str
    after: str  # a letter stands for the dots that a cut quotation may begin with

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

    def opens_inside(self) -> bool:
        """Whether it may open a quotation inside another."""
        if self.sign in SINGLE:
            return False
        return self.faces_right() or (self.sign in "„‟«" and not self.faces_left())

    def is_kin_of(self, other: _Mark) -> bool:
        return (self.sign in _GUILLEMETS) == (other.sign in _GUILLEMETS)


def find_runs(
    text: str, paragraphs: tuple[Span, ...], *, language: str = "en", doubled: bool = False
) -> tuple[Run, ...]:
    """All outermost runs of marked words, in order. ``doubled`` reads two apostrophes as one mark."""
    runs: list[Run] = []
    taken_up = after_list = -1  # the paragraphs that go on with what an earlier one left open
    for number, paragraph in enumerate(paragraphs):
        if number < after_list:
            runs.append(_list_item(text, number, paragraph, runs[-1].mark))
            continue
        following = _following(text, paragraphs, number)
        goes_on = text[paragraphs[following].start] if following < len(paragraphs) else ""
        reader = _ParagraphReader(text, number, paragraph, language, goes_on)
        if number == after_list:
            reader.resume(runs[-1].mark)
        found = reader.read(number in (taken_up, after_list))
        if not doubled:
            found = [run for run in found if len(run.mark) == 1]
        if found and not found[-1].closed:
            after_list = _after_list(text, paragraphs, found[-1], language)
            if goes_on and _goes_on(found[-1].mark, goes_on):
                taken_up = following
            elif found[-1].single and after_list < 0:
                found.pop()
        runs.extend(found)
    return tuple(runs)


def _list_item(text: str, number: int, paragraph: Span, mark: str) -> Run:
    match = _BULLET.match(text, paragraph.start, paragraph.end)
    start = match.end() if match else paragraph.start
    return Run(number, start, paragraph.end, Span(start, paragraph.end), mark, False, True)


def _after_list(text: str, paragraphs: tuple[Span, ...], run: Run, language: str) -> int:
    """The paragraph that closes a quotation which a list interrupts (“… three things:”), or -1."""
    number = run.paragraph + 1
    if text[run.end - 1] != ":":
        return -1
    last = min(len(paragraphs), number + _LONGEST_LIST)
    while number < last and _BULLET.match(text, paragraphs[number].start, paragraphs[number].end):
        number += 1
    if not run.paragraph + 1 < number < last:
        return -1
    reader = _ParagraphReader(text, number, paragraphs[number], language, "")
    return number if reader.resume(run.mark) else -1


def _following(text: str, paragraphs: tuple[Span, ...], number: int) -> int:
    """The paragraph that may go on with a quotation: the next one, or the one after a subhead."""
    if number + 2 < len(paragraphs):
        span = paragraphs[number + 1]
        short = span.end - span.start <= _LONGEST_SUBHEAD
        if short and text[span.end - 1].isalnum() and not _MARK.search(text, span.start, span.end):
            return number + 2
    return number + 1


def _goes_on(sign: str, first: str) -> bool:
    """Whether a paragraph that begins with ``first`` takes up what ``sign`` opened: Spanish with “»”."""
    if not first:
        return False
    return first == sign or (first in '“"' and sign in '“"') or (first == "»" and sign == "«")


def _without_inches(text: str, marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """The marks but those of 6'2", where the straight ones that are left then come in pairs."""
    straight = [mark.start() for mark in marks if mark.group() == '"']
    inches = {at for at in straight if _INCHES.search(text, max(0, at - _LONGEST_HEIGHT), at)}
    if not inches or (len(straight) - len(inches)) % 2:
        return marks
    return [mark for mark in marks if mark.start() not in inches]


class _ParagraphReader:
    """Reads the marks of one paragraph from left to right."""

    def __init__(self, text: str, number: int, paragraph: Span, language: str, goes_on: str) -> None:
        self.text = text
        self.number = number
        self.paragraph = paragraph
        self.language = language
        self.goes_on = goes_on  # the sign that the next paragraph begins with
        marks = list(_MARK.finditer(text, paragraph.start, paragraph.end))
        self.marks = [self._mark(match) for match in _without_inches(text, marks)]
        self.runs: list[Run] = []
        self.opened: _Mark | None = None
        self.inner: list[_Mark] = []  # opened inside it, and not closed yet

    def _mark(self, match: re.Match[str]) -> _Mark:
        start, end = match.span()
        before = self.text[start - 1] if start > self.paragraph.start else " "
        after = self.text[end] if end < self.paragraph.end else " "
        if after in ".…—–-" and before.isspace() and _LEADING_DOTS.match(self.text, end):
            after = "a"
        return _Mark(start, end, _DEBRIS.get(match.group(), match.group()), before, after)

    def read(self, reopens: bool) -> list[Run]:
        """The runs of the paragraph; ``reopens`` where the paragraph before left one open."""
        index = 0
        while index < len(self.marks):
            mark = self.marks[index]
            if self.opened is not None:
                self._go_on(index, self.opened, reopens)
            elif mark.sign in SINGLE:
                index = self._read_single(index, reopens)
                continue
            elif self._can_open(mark, reopens):
                self.opened = mark
            index += 1
        if self.opened is not None:
            self._add(self.opened, None, reopens, stop=self.paragraph.end)
        return self.runs

    def resume(self, sign: str) -> bool:
        """Reads on inside a run that ``sign`` opened before a list; whether the paragraph closes it."""
        start = self.paragraph.start
        self.opened = _Mark(start, start, sign, " ", "a")
        first = next((mark for mark in self.marks if (mark.sign in SINGLE) == (sign in SINGLE)), None)
        return first is not None and self._closes(self.opened, first)

    def _go_on(self, index: int, opened: _Mark, reopens: bool) -> None:
        """A mark inside an open run: it closes that run or one nested in it, or opens another."""
        mark = self.marks[index]
        if self.inner and self._closes(self.inner[-1], mark):
            self.inner.pop()
        elif self._closes(opened, mark):
            self._add(opened, mark, reopens)
            self.opened, self.inner = None, []
        elif mark.opens_inside() and len(self.inner) < _DEEPEST:
            if self._is_nested(index, opened):
                self.inner.append(mark)
            elif not self._is_stray(index, opened):
                self._add(opened, None, reopens, stop=mark.at)
                self.opened, self.inner = mark, []

    def _can_open(self, mark: _Mark, reopens: bool) -> bool:
        if mark.before == "=" or mark.after == ">":
            return False  # the value of an attribute, in the debris of a page
        at_start = mark.at == self.paragraph.start
        if mark.sign in "“„‟«" or mark.sign == "``":
            return not mark.faces_left() or at_start
        if at_start and (reopens or mark.sign in "”"):
            return True
        if mark.sign == '"' and mark.before in ".,!?:;" and mark.after.isupper():
            return True  # the space before it is missing
        if mark.sign == "''" and mark.before.isspace() and mark.after.isspace():
            closing = self.text.find(mark.sign, mark.end, self.paragraph.end)  # set apart by an old press
            return closing > 0 and not self.text[closing - 1].isspace()
        if mark.sign == '"' and mark.before.isspace() and mark.after.isspace():
            closing = self.text.find(mark.sign, mark.end, self.paragraph.end)  # of a machine that reads print
            return closing > 0 and self.text[mark.end : closing].rstrip()[-1:] in (",", ".", "?", "!")
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
        """Whether the opening mark at ``index`` lies inside the open run: it closes, and the run after it."""
        inner: _Mark | None = self.marks[index]
        alien = not self.marks[index].is_kin_of(opened)
        for mark in self.marks[index + 1 : index + _LOOKED_AT]:
            if mark.sign in SINGLE:
                continue
            if inner is not None and self._closes(inner, mark):
                inner = None
            elif self._closes(opened, mark):
                return inner is None or alien
            elif mark.opens_inside():
                if not alien or inner is not None:
                    return False
                inner = mark
        return inner is None and _goes_on(opened.sign, self.goes_on) and opened.at == self.paragraph.start

    def _is_stray(self, index: int, opened: _Mark) -> bool:
        """Whether the opening mark at ``index``, amid a sentence, has no closing mark of its own."""
        mark = self.marks[index]
        before = self.text[mark.at - 2 : mark.at]
        if mark.at - opened.at > _STRAY_REACH or not (before[:1].isalnum() and before[1:] == " "):
            return False
        for following in self.marks[index + 1 : index + _LOOKED_AT]:
            if following.sign in SINGLE:
                continue
            return self._closes(opened, following) and following.before in ".,!?’'"
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
        taken_up = mark.at == self.paragraph.start or self.goes_on == "‘"
        if mark.sign == "‘" and taken_up and self._tail_is_free(index):
            self._add(mark, None, reopens, stop=self.paragraph.end)
            return len(self.marks)
        return index + 1

    def _single_opens(self, mark: _Mark) -> bool:
        if mark.sign in "’´›" and self.language not in _RIGHT_MARK_OPENS:
            return False
        if not mark.starts_word() or mark.after.isspace():
            return False
        if mark.sign == "‘" and _CURLED_ELISION.match(self.text, mark.end):
            return False
        if mark.sign in "'’`" and (_ELISION.match(self.text, mark.end) or not _begins(mark.after)):
            return False
        return mark.after not in ".,;!?)"

    def _single_close(self, index: int) -> int | None:
        closers = _CLOSERS[self.marks[index].sign]
        weak: int | None = None
        inside = 0
        for number in range(index + 1, len(self.marks)):
            mark = self.marks[number]
            if mark.sign not in SINGLE:
                inside = inside + 1 if mark.faces_right() else max(0, inside - 1)
            elif mark.sign in closers and not mark.before.isspace() and not mark.after.isalnum():
                if inside or self._is_cut_short(mark):
                    continue
                if not self._may_be_apostrophe(mark):
                    return number
                weak = weak or number
            elif mark.sign in "‘'" and mark.faces_right() and not _ELISION.match(self.text, mark.end):
                return weak
        return weak

    def _may_be_apostrophe(self, mark: _Mark) -> bool:
        """“the players’ bus”, “walkin’ home”: a letter before it and another word after it."""
        if mark.before == "n" and mark.after in ".,!?" and self.text[mark.end + 1 : mark.end + 2] in "’'":
            return True
        word = self.text[max(0, mark.at - 5) : mark.at].split(" ")[-1]
        if word.lower() in _DIALECT:
            return mark.after in " ?.,"
        return mark.before in "sSn" and mark.after == " " and self.text[mark.end + 1 : mark.end + 2].isalnum()

    def _is_cut_short(self, mark: _Mark) -> bool:
        if self.language != "it":
            return False
        return self.text[max(0, mark.at - 4) : mark.at].split(" ")[-1] in _CUT_SHORT

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
