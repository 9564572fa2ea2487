"""A passage of a source as a quotation in a story: its words, and a paragraph that says whose they are."""

from __future__ import annotations

import re
from typing import Final

from articles.text.markup import html_from_paragraphs

LONGEST: Final = 4_000  # characters; more than that is no quotation but a document

_SPACE: Final = re.compile(r"\s+")
_DOUBLE: Final = re.compile('[“”„«»"]')
_AROUND: Final = re.compile(r"^[“„«\"]\s*([^“”„«»\"]*?)\s*[”“»\"]([.,;:]?)$")
_OPENS: Final = re.compile(r"(?:^|(?<=[\s(\[—–-]))[\"“„«](?=\S)")


def quotable(passage: str) -> str:
    """The words of a passage as they stand between quotation marks: one line, marks inside it single.

    Marks around the whole passage are dropped. Empty when there is no word in it.
    """
    words = _SPACE.sub(" ", passage).strip()
    around = _AROUND.match(words)
    if around:
        words = around[1] + ("" if around[1][-1:] in tuple(".,;:!?…") else around[2])
    words = _DOUBLE.sub("’", _OPENS.sub("‘", words))
    return words if any(character.isalnum() for character in words) else ""


def quoted_paragraph(words: str, speaker: str = "") -> str:
    """A paragraph that quotes `words`, and says that `speaker` said them, as cleaned HTML."""
    said = f"{speaker} said: “{words}”" if speaker else f"“{words}”"
    return html_from_paragraphs([said])


def alone(segment: str) -> str:
    """Quoted words outside their sentence: the comma before “, she said” has no work there."""
    return segment.rstrip().removesuffix(",")
