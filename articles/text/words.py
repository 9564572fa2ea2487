"""Words as they count when two texts are compared: without the debris of layout, with their places."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from articles.text.spans import Span

_KEPT: Final = 1 << 15  # forms of words that are kept ready: a language has few, and texts say them often
BROKEN = "\x1f"  # stands where a line end parts a word at its hyphen: the hyphen may belong or not

_VALUE = r"""\s*=\s*(?:"[^"<>]{0,2000}"|'[^'<>]{0,2000}'|[^\s"'<>]{1,2000})"""
_ATTRIBUTES = rf"(?:\s+[\w:-]+{_VALUE}(?:\s+[\w:-]+(?:{_VALUE})?){{0,40}})?"
_INLINE = "a|abbr|b|cite|code|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|time|u|wbr"
_BLOCK = (
    "article|blockquote|br|dd|div|dl|dt|figure|figcaption|h[1-6]|hr|img|li|ol|p|section|table|td|th|tr|ul"
)
_TAG_REST = rf"/?(?:(?P<inline>{_INLINE})|{_BLOCK}){_ATTRIBUTES}\s*/?>"
_RAISED = "\xb9\xb2\xb3\u2070\u2074-\u2079"
_INVISIBLE = frozenset("\xad\u200b\u200c\u200d\u2060\ufeff")
_LIGATURES = "\u0132\u0133\ufb00-\ufb06\uff01-\uff5e"
# The set at the front lets the search skip at full speed; each branch looks back at what it found.
_DEBRIS = (
    rf"[&<>\[(\-\u2010\xad\u200b-\u200d\u2060\ufeff{_RAISED}{_LIGATURES}](?:"
    r"(?<=&)(?P<entity>(?:[a-zA-Z][a-zA-Z0-9]{1,30}|\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6});)"
    rf"|(?<=<)(?P<raised>sup>\s*(?:<a [^<>]{{0,200}}>)?\s*\[?\w{{1,3}}\]?\s*(?:</a>)?\s*</sup>)"
    r"|(?<=<)(?P<comment>!--[^<>]{0,2000}-->)"
    rf"|(?<=<)(?P<tag>{_TAG_REST})"
    r"|(?<=\n>)(?P<reply>[> \t]*)"
    r"|(?<=\[)(?P<note>\d{1,3}\])"
    r"|(?<=[\[(])(?P<time>\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])])"
    r"|(?<=[-\u2010\xad])(?P<broken>[ \t]*(?:\r\n?|\n)\s*(?=\w))"
    rf"|(?<=[{_RAISED}])(?P<high>[{_RAISED}]*)"
    rf"|(?<=[{_LIGATURES}])(?P<joined>[{_LIGATURES}]*)"
    r"|(?<=[\xad\u200b-\u200d\u2060\ufeff])(?P<nothing>)"
    r")"
)
# What stands on lines of its own: the times of a caption, with its number, and numbers of pages.
_OWN_LINES = (
    r"(?P<cue>(?:(?<=\n)|\A)(?:\d{1,6}[ \t]*\r?\n)?[ \t]*(?:\d{1,3}:)?\d\d:\d\d[.,]\d{3} --> [^\n]{0,200}\n)"
    r"|(?<=\n)(?P<page>[ \t]*(?:\d{1,4}[ \t\r\n]{0,9}\f|(?:[-–—] ?\d{1,4} ?[-–—]"
    r"|[Pp]age \d{1,4}(?: of \d{1,4})?)[ \t\r]*(?:\n|\Z)))"
)
_HAS_OWN_LINES = re.compile(r" --> |\f|\n[ \t]*(?:[-–—] ?\d|[Pp]age \d)")
_DEBRIS_LINES = re.compile(rf"{_OWN_LINES}|{_DEBRIS}")
_DEBRIS_LINES_ANY = re.compile(rf"{_OWN_LINES}|{_DEBRIS}|(?P<marked>\w[\u0300-\u036f]+)")
_DEBRIS_COMPOSED = re.compile(_DEBRIS)
_DEBRIS_ANY = re.compile(rf"{_DEBRIS}|(?P<marked>\w[\u0300-\u036f]+)")
# A note stands after a word or its punctuation; x² and "§ [3]" are no notes.
_BEFORE_A_NOTE = re.compile(r"(?:[^\W\d_]{3}|[^\W\d_][.,;:!?\"”’'»)]{1,2})\Z")

_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_APOSTROPHES = "'\u2019\u2018\u02bc\u00b4`\u2032\uff07"
LETTER = rf"[^\W_{_UNSPACED}]"  # of scripts that part words by spaces
_SIGNS = r"$€£¥₽₹¢%‰°&@+=<>§^~\\"
ALONE = rf"[{_UNSPACED}{_SIGNS}]"  # characters that are words on their own
NO_WORD = rf"(?:[^\w{_SIGNS}]|_)"  # characters that are no part of a word
_WORD = re.compile(
    r"(?<![^\W_])(?:[^\W\d_]\.){2,}"
    rf"|(?:\[[^\W\d_]{{1,3}}\](?=\w))?{LETTER}"
    rf"(?:{LETTER}+|[{_APOSTROPHES}](?=[^\W_])|(?<=\d)[.,:](?=\d)|{BROKEN})*(?:\[[^\W\d_]{{1,3}}\])?"
    rf"|{ALONE}"
)
_TO_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212-"
_MARKS = re.compile(
    rf"(?P<dots>\.(?:\s?\.){{1,}}|\u2026+)|(?P<dash>[{_DASHES}]+)|(?P<mark>[.,;:!?/()\u00bf\u00a1])"
)


@dataclass(frozen=True, slots=True)
class Clear:
    """Text without debris, and where its characters stand in the text it was made from."""

    text: str
    starts: tuple[int, ...]  # offsets in ``text`` where a run of unchanged or replaced characters starts
    origins: tuple[int, ...]  # the offset in the original of each such run

    def original(self, span: Span) -> Span:
        """The characters of the original that ``span`` of the clear text was made from."""
        start = self._origin(span.start)
        return Span(start, max(start, self._origin(span.end - 1) + 1 if span.end > span.start else start))

    def _origin(self, offset: int) -> int:
        number = bisect_right(self.starts, offset) - 1
        return self.origins[number] + offset - self.starts[number]


class Word(NamedTuple):
    """One word. ``key`` is what must be equal; ``gap`` the punctuation between it and the next word.

    A tuple, since they are made by the hundred for each quotation.
    """

    start: int
    end: int
    raw: str
    key: str
    gap: str = ""
    bracketed: bool = False


def clear(text: str) -> Clear:
    """``text`` without markup, entities, note marks, time codes, soft and line-end hyphens, ligatures."""
    composed = unicodedata.is_normalized("NFC", text)
    if _HAS_OWN_LINES.search(text):
        pattern = _DEBRIS_LINES if composed else _DEBRIS_LINES_ANY
    else:
        pattern = _DEBRIS_COMPOSED if composed else _DEBRIS_ANY
    parts: list[str] = []
    starts, origins = [0], [0]
    length = done = 0
    tail = ""
    for found in pattern.finditer(text):
        tail = (tail + text[max(done, found.start() - 3) : found.start()])[-3:]
        replacement = _replace(found, before=tail)
        if replacement is None:
            continue
        parts += [text[done : found.start()], replacement]
        length += found.start() - done
        starts.append(length)
        origins.append(found.start())
        length += len(replacement)
        starts.append(length)
        origins.append(found.end())
        tail = (tail + replacement)[-3:]
        done = found.end()
    return Clear("".join([*parts, text[done:]]), tuple(starts), tuple(origins))


def _replace(found: re.Match[str], *, before: str) -> str | None:
    """What stands for a piece of debris; None when it is none after all."""
    match found.lastgroup:
        case "entity":
            character = html.unescape(found[0])
            return None if character == found[0] else "" if character in _INVISIBLE else character
        case "note" | "raised" | "high":
            return "" if _BEFORE_A_NOTE.search(before) else None
        case "broken":
            return BROKEN
        case "nothing" | "time" | "reply" | "comment":
            return ""
        case "cue" | "page":
            return " "
        case "joined" | "marked":
            return unicodedata.normalize("NFKC", found[0])
        case _:
            return "" if found["inline"] else " "


def read_words(text: str, *, start: int = 0, vocabulary: Set[str] = frozenset()) -> Iterator[Word]:
    """The words of clear ``text`` from ``start`` on.

    A word parted by a line end is read as one where ``vocabulary`` or nothing decides, and as two with a
    hyphen where ``vocabulary`` has both parts and not the whole.
    """
    depth = 0
    waiting: Word | None = None
    whole = BROKEN not in text
    for found in _WORD.finditer(text, start):
        gap = text[waiting.end if waiting else start : found.start()]
        if waiting:
            yield _with_gap(waiting, gap)
        if depth or "[" in gap:
            depth = max(0, depth + gap.count("[") - gap.count("]"))
        if whole:
            raw = found[0]
            waiting = Word(found.start(), found.end(), raw, key_of(raw), "", depth > 0)
            continue
        for word in _parts(found, vocabulary, bracketed=depth > 0):
            if waiting and waiting.end == word.start - 1 and BROKEN in text[waiting.end : word.start]:
                yield _with_gap(waiting, "-")
            waiting = word
    if waiting:
        yield _with_gap(waiting, text[waiting.end :])


@lru_cache(_KEPT)
def key_of(raw: str) -> str:
    """The form of a word in which two ways to set the same word are equal."""
    plain = raw.translate(_TO_APOSTROPHE).lower().replace("[", "").replace("]", "").replace(BROKEN, "")
    return plain.replace(".", "") if re.fullmatch(r"(?:[^\W\d_]\.)+", plain) else plain


def printed_words(text: str) -> list[str]:
    """The words of clear ``text`` with their capitals and the punctuation after them, each in one form."""
    if BROKEN in text:
        return [f"{_printed_form(word.raw)}{word.gap}" for word in read_words(text)]
    words: list[str] = []
    end = 0
    for found in _WORD.finditer(text):
        if words and (gap := text[end : found.start()]) != " ":
            words[-1] += marks_of(gap)
        words.append(_printed_form(found[0]))
        end = found.end()
    if words:
        words[-1] += marks_of(text[end:])
    return words


@lru_cache(_KEPT)
def _printed_form(raw: str) -> str:
    """A word in one form for all apostrophes and short forms."""
    plain = raw.translate(_TO_APOSTROPHE).replace(BROKEN, "")
    return plain.replace(".", "") if len(plain) > len(key_of(raw)) else plain


def _parts(found: re.Match[str], vocabulary: Set[str], *, bracketed: bool) -> list[Word]:
    raw, start = found[0], found.start()
    if BROKEN in raw and key_of(raw) not in vocabulary:
        parts = raw.split(BROKEN)
        if all(parts) and all(key_of(part) in vocabulary for part in parts):
            words = []
            for part in parts:
                words.append(Word(start, start + len(part), part, key_of(part), "", bracketed))
                start += len(part) + 1
            return words
    return [Word(start, found.end(), raw, key_of(raw), "", bracketed)]


def _with_gap(word: Word, gap: str) -> Word:
    if gap == " ":
        return word
    return Word(word.start, word.end, word.raw, word.key, marks_of(gap), word.bracketed)


@lru_cache(_KEPT)
def marks_of(gap: str) -> str:
    """The punctuation of ``gap`` that means something: one form for all dashes, no quote marks, no spaces."""
    marks = []
    for found in _MARKS.finditer(gap):
        marks.append("…" if found["dots"] else "-" if found["dash"] else found[0])
    return "".join(dict.fromkeys(marks))
