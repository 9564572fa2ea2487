"""Typography as printed: quotation marks by language, dashes, ellipses, and spaces that do not break."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from articles.text.markup import plain_text
from articles.text.rewrite import replace_spans
from articles.text.spans import Span

NBSP: Final = "\u00a0"
NARROW: Final = "\u202f"


@dataclass(frozen=True, slots=True)
class Marks:
    """The quotation marks of a language, outer and inner. `inside` stands between a mark and its words."""

    open: str
    close: str
    inner_open: str
    inner_close: str
    inside: str = ""


ENGLISH: Final = Marks("“", "”", "‘", "’")
MARKS: Final[dict[str, Marks]] = {
    "en": ENGLISH,
    "de": Marks("„", "“", "‚", "‘"),
    "fr": Marks("«", "»", "“", "”", NARROW),
    "es": Marks("«", "»", "“", "”"),
    "it": Marks("«", "»", "“", "”"),
    "pt": Marks("“", "”", "‘", "’"),
    "nl": Marks("“", "”", "‘", "’"),
    "pl": Marks("„", "”", "‚", "’"),
    "cs": Marks("„", "“", "‚", "‘"),
    "sv": Marks("”", "”", "’", "’"),
    "fi": Marks("”", "”", "’", "’"),
    "da": Marks("”", "”", "’", "’"),
}

Change = tuple[Span, str]

_ADDRESS: Final = re.compile(r"\S+@\S+\.\S+|(?:https?://|www\.)\S+", re.IGNORECASE)
_ELIDED: Final = re.compile(
    r"'(?=\d\ds?\b|(?:tis|twas|twill|em|cause|til|till|n|round|bout)\b)", re.IGNORECASE
)
_OPENS_AFTER: Final = frozenset(" \t\n\u00a0\u202f([{–—-/“‘„‚«‹¿¡")
_UNITS: Final = "km|m|cm|mm|kg|g|mg|t|l|ml|ha|kW|kWh|MW|MWh|GWh|GB|MB|TB|MHz|GHz|mph|kmh|°C|°F|%|€|kr"
_NUMBER_AND_UNIT: Final = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?![\w]))")
_TITLE_AND_NAME: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sgt|Lt|Capt|No|Nr|p|pp|§)\.? (?=[A-ZÀ-Þ0-9])")
_SPACED_DASH: Final = re.compile(r"(?<=\S)( +)(-{1,3}|–)(?= +\S)")
_LONG_DASH: Final = re.compile(r"(?<=[^\W_])-{2,3}(?=[^\W_])|(?<=[^\W_])-{2,3}(?=[”’\"']?(?:\s|$))")
_LINK: Final = re.compile(r"<a\b.*?</a>", re.DOTALL)
_ELLIPSIS: Final = re.compile(r"(?<!\.)(?:\.\.\.|\. \. \.)(?!\.)")
_FRENCH_SPACE: Final = re.compile(r"(?<=[^\s\d:;!?«]) ?(?=[;!?](?:\s|$))|(?<=[^\s\d]) (?=[:»])|(?<=«) ")


def marks_of(language: str) -> Marks:
    """The marks of a language such as `en` or `de-AT`; those of English where it is not known."""
    return MARKS.get(language.partition("-")[0].lower(), ENGLISH)


def set_html(html: str, *, language: str) -> str:
    """A body with its typography set. Words in links and addresses stay as they are.

    Twice changes nothing more. Only marks, dashes, dots and spaces change: what `text.compare` takes for the
    same words stays the same.
    """
    plain = plain_text(html)
    links = [Span(*match.span()) for match in _LINK.finditer(plain.html)]
    linked = [run.text for run in plain.runs if any(run.html.overlaps(link) for link in links)]
    changes: list[Change] = []
    start = 0
    for block in plain.text.split("\n\n"):
        for span, words in find_changes(block, language=language):
            placed = Span(start + span.start, start + span.end)
            if not any(placed.overlaps(words_of_link) for words_of_link in linked):
                changes.append((placed, words))
        start += len(block) + 2
    return replace_spans(html, changes) if changes else plain.html


def set_text(text: str, *, language: str) -> str:
    """One paragraph of plain text with its typography set."""
    out = text
    for span, words in sorted(find_changes(text, language=language), key=lambda each: -each[0].start):
        out = out[: span.start] + words + out[span.end :]
    return out


def find_changes(text: str, *, language: str) -> list[Change]:
    """What to change in a paragraph, in order; changes do not overlap."""
    marks = marks_of(language)
    found = _quotation_marks(text, marks)
    found += [(Span(*match.span()), "…") for match in _ELLIPSIS.finditer(text)]
    found += [
        (Span(match.start(1), match.end(2)), f"{NBSP}–")
        for match in _SPACED_DASH.finditer(text)
        if match[0] != f"{NBSP}–"
    ]
    found += [(Span(*match.span()), "—") for match in _LONG_DASH.finditer(text)]
    found += [(Span(*match.span()), NBSP) for match in _NUMBER_AND_UNIT.finditer(text)]
    found += [(Span(match.end() - 1, match.end()), NBSP) for match in _TITLE_AND_NAME.finditer(text)]
    if marks.inside:
        found += [(Span(*match.span()), marks.inside) for match in _FRENCH_SPACE.finditer(text)]
    return _apart(found, [Span(*match.span()) for match in _ADDRESS.finditer(text)])


def _apart(found: list[Change], kept: list[Span]) -> list[Change]:
    """Those of `found` that touch neither each other nor what is kept, in order."""
    out: list[Change] = []
    end = 0
    for span, words in sorted(found, key=lambda each: (each[0].start, -each[0].end)):
        if span.start >= end and not any(_touch(span, other) for other in kept):
            out.append((span, words))
            end = span.end
    return out


def _touch(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end


def _quotation_marks(text: str, marks: Marks) -> list[Change]:
    found: list[Change] = []
    double = single = False
    for place, character in enumerate(text):
        before = text[place - 1] if place else " "
        if character in "“„«”»":
            double = _is_open_after(character, before, marks, already=double)
        if character not in "\"'":
            continue
        after = text[place + 1 : place + 2]
        opens = before in _OPENS_AFTER or (before in "\"'" and _opened(found, place - 1, marks))
        if character == '"':
            if before.isdigit() and not double:
                continue  # inches
            opens = opens and bool(after.strip())
            double = opens
            words = marks.open + marks.inside if opens else marks.inside + marks.close
        elif before.isdigit() and not after.isalpha() and not single:
            continue  # feet or minutes
        elif _ELIDED.match(text, place) or (before.isalnum() and after.isalnum()):
            words = "’"
        else:
            opens = opens and bool(after.strip())
            words = marks.inner_open if opens else marks.inner_close if single else "’"
            single = opens
        found.append((Span(place, place + 1), words))
    return found


def _is_open_after(mark: str, before: str, marks: Marks, *, already: bool) -> bool:
    """Whether a quotation is open after a printed mark: “ closes in German, and in Swedish ” does both."""
    if mark in (marks.open, marks.close):
        return before in _OPENS_AFTER if marks.open == marks.close else mark == marks.open
    if mark in (marks.inner_open, marks.inner_close):
        return already
    return mark in "“„«"


def _opened(found: list[Change], place: int, marks: Marks) -> bool:
    last = found[-1] if found else None
    return last is not None and last[0].start == place and last[1].startswith((marks.open, marks.inner_open))
