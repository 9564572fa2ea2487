"""How easy a text is to read: Flesch's reading ease, and for German Amstad's.

English: 206.835 - 1.015 x (words / sentences) - 84.6 x (syllables / words). Rudolf Flesch, “A new readability
yardstick”, Journal of Applied Psychology 32 (1948).
German: 180 - (words / sentences) - 58.5 x (syllables / words). Toni Amstad, “Wie verständlich sind unsere
Zeitungen?”, Zürich 1978.
Syllables are counted as groups of vowels, which is close enough for a whole text and for nothing shorter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Ease = Literal["easy", "plain", "demanding", "hard"]

FEWEST_WORDS: Final = 100  # the formulas were made on samples of this length
WORDS_PER_MINUTE: Final = 230

_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
# A full stop, perhaps a mark that closes, and then what begins with a capital; titles end nothing.
_SENTENCE_BREAK: Final = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bNo)[.!?…]+[”’\"')\]»]*\s+(?=[“‘„«\"'(\[]*[^\W\d_a-zß-öø-ÿ])"
)
_VOWELS: Final = re.compile(r"[aeiouyäöüàâéèêëîïôùûáíóúå]+", re.IGNORECASE)
_SILENT_END: Final = re.compile(r"[^aeiouyl]e[ds]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in numbers. `ease` and `score` are None when the text is too short to say."""

    words: int
    sentences: int
    minutes: int
    score: float | None
    ease: Ease | None


def read_ease(text: str, *, language: str) -> Reading:
    """Measure `text`, paragraphs parted by a blank line; `language` as in `en` or `de-AT`.

    The score runs from about 0 (hard) to 100 (easy); newspapers are mostly between 40 and 70.
    """
    words = _WORD.findall(text)
    blocks = [block for block in text.split("\n\n") if _WORD.search(block)]
    sentences = sum(1 + len(_SENTENCE_BREAK.findall(block)) for block in blocks)
    minutes = max(1, round(len(words) / WORDS_PER_MINUTE)) if words else 0
    if len(words) < FEWEST_WORDS:
        return Reading(len(words), sentences, minutes, None, None)
    german = language.lower().startswith("de")
    syllables = sum(_syllables(word, german=german) for word in words)
    length, weight = len(words) / sentences, syllables / len(words)
    score = 180 - length - 58.5 * weight if german else 206.835 - 1.015 * length - 84.6 * weight
    return Reading(len(words), sentences, minutes, round(score, 1), _name(score))


def _syllables(word: str, *, german: bool) -> int:
    count = len(_VOWELS.findall(word))
    if not german and count > 1 and _SILENT_END.search(word):
        count -= 1
    return max(1, count)


def _name(score: float) -> Ease:
    if score >= 65:
        return "easy"
    if score >= 50:
        return "plain"
    return "demanding" if score >= 30 else "hard"
