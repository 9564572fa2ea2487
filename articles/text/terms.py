"""What somebody typed into a search box: words, “phrases in marks”, and words to leave out after a minus."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MAX_CHARACTERS: Final = 200
MAX_TERMS: Final = 12

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_WORD = re.compile(r"\w+")
_QUOTATION_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_ENDING = re.compile(r"(?<=\w{3})(?:ings?|ied|ies|ed|es|s|e|ly|y)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Terms:
    """What somebody searches for: words and phrases that must be there, and those that must not."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds the wanted words, whatever their ending, in a text to highlight; None without words."""
        stems = {_ENDING.sub("", word) for term in self.wanted for word in _WORD.findall(term)}
        if not stems:
            return None
        longest_first = sorted(stems, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\w{{0,4}}\b", re.IGNORECASE)


def read_terms(text: str) -> Terms:
    """Read what somebody typed. Any text is good: what is not a word is left out, what is too long is cut."""
    readable = _CONTROL.sub(" ", text)[:MAX_CHARACTERS].translate(_QUOTATION_MARKS)
    wanted: list[str] = []
    unwanted: list[str] = []
    for match in _TERM.finditer(readable):
        term = " ".join(_WORD.findall(match["phrase"] or match["word"] or ""))
        if term and len(wanted) + len(unwanted) < MAX_TERMS:
            (unwanted if match["minus"] else wanted).append(term)
    return Terms(tuple(wanted), tuple(unwanted))
