"""Sentences in which a page speaks to its reader about itself: sign up, allow cookies, read our terms.

No phrase is known by heart here. A sentence is weighed by what it names (newsletters, accounts, cookies), by
whom it addresses, and by whether it asks for something; reported speech is never taken for a prompt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from articles.text.page_kinds import load_page_words

_MOST_WORDS: Final = 90
_ALONE: Final = 5  # the weight at which a sentence is a prompt wherever it stands
_AROUND: Final = 4  # the weight that is enough among other lines of the page
_LABEL: Final = 3  # the same, for a few words without a full stop
_DENSE: Final = 5  # words to a point of weight in a sentence that names little
_THIN: Final = 10  # … and in one that names much
_LABEL_WORDS: Final = 7
_MOST_ASKING: Final = 18  # words of a demand on the reader that names nothing of the page

_SPEECH: Final = re.compile(
    r"[“”\"«»„]|\b(?:said|says|told|according to|argued|added|wrote|asked for|reported that)\b|^\W*[QA][.:]\s"
    r"|^[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){1,3}: "
)
_TELLS: Final = re.compile(r"\b(?:I|he|she|his|her|him|Mr|Mrs|Ms|Dr)\b")
_REPORTS: Final = re.compile(
    r"\W*(?:correction|clarification|editor['’]?s['’]? note|(?:additional )?reporting by)\b"
    r"|.{0,80}\b(?:earlier|previous) version\b"
    r"|\W*(?:this|the) (?:story|article|report|piece|post) (?:was|has been) (?:\w+ )?"
    r"(?:amended|updated|corrected|changed|edited|revised)\b(?! (?:from|by))",
    re.IGNORECASE,
)


def is_note(text: str) -> bool:
    """Whether ``text`` is a note of the editors about the story, such as a correction: part of the story."""
    return _REPORTS.match(text) is not None


def has_speech(text: str) -> bool:
    """Whether somebody is quoted or reported in ``text``, which no prompt does."""
    return _SPEECH.search(text) is not None


def is_prompt(text: str, *, around: bool) -> bool:
    """Whether the page speaks to its reader here; ``around``: the line stands among others of the page."""
    count = len(text.split())
    if not 3 <= count <= _MOST_WORDS or is_note(text) or has_speech(text):
        return False
    known = load_page_words()
    strong = _count(known.strong, text)
    asked = known.asks.search(text)
    weak = _count(known.weak, f"{text[: asked.start()]} {text[asked.end() :]}" if asked else text)
    if not strong and (weak < 2 or not around):
        return False
    addressed = _count(known.address, text)
    weight = 2 * strong + min(weak, 3) + addressed + min(len(known.asks.findall(text)), 2)
    told = weight <= _ALONE and _TELLS.search(text) is not None
    if told or weight * (_DENSE if weight <= _ALONE else _THIN) < count:
        return False
    if not around:
        return weight >= _ALONE and (asked is not None or addressed == 2)
    short = count <= _LABEL_WORDS
    label = strong and short and text[-1:] not in ".!?"
    spoken = asked is not None or addressed or short or weight * _DENSE >= count
    return bool(spoken) and weight >= (_LABEL if label else _AROUND)


def leans_on_page(text: str, *, slightly: bool = False) -> bool:
    """Whether ``text`` is about the page, or is a short demand on the reader; ``slightly``: or could be."""
    known = load_page_words()
    if _count(known.strong, text):
        return True
    weak, asks = _count(known.weak, text), known.asks.search(text) is not None
    if slightly:
        return bool(weak or asks or _count(known.address, text))
    return weak > 1 or (asks and len(text.split()) <= _MOST_ASKING)


def _count(signs: Sequence[re.Pattern[str]], text: str) -> int:
    return sum(sign.search(text) is not None for sign in signs)
