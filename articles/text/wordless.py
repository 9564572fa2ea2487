"""What marked words are in a language whose words the engine does not know: their look and place tell it."""

from __future__ import annotations

from collections.abc import Sequence

from articles.text.marks import Run
from articles.text.reading import QUOTED, Reading

_LONGEST_TERM = 3  # words that may be a name or a term
_LONGEST_ATTRIBUTION = 12  # words between two segments of one quotation
_OPENS_ATTRIBUTION = frozenset(",—–-")


def is_speech(text: str, run: Run, words: Sequence[str], reading: Reading, place: int) -> bool:
    """Whether marked words are somebody's: many words, or few that stand where only speech does."""
    if len(words) > _LONGEST_TERM:
        return True
    return _is_announced(reading, place) or (
        reading.starts_sentence(place)
        and (text[run.end - 1] in ",.?!…" or _is_followed_by_attribution(reading, place))
    )


def is_whole(text: str, run: Run, reading: Reading, place: int) -> bool:
    """Whether speech is a statement of its own and no part of the sentence around it."""
    return reading.starts_sentence(place) or _is_announced(reading, place) or text[run.start].isupper()


def go_on(text: str, first: Run, second: Run, reading: Reading, before: int, place: int) -> bool:
    """“A”, says X, “b” or “A”, says X. “B.”: whether two runs are one utterance."""
    between = reading.words[before + 1 : place]
    if not first.closed or not 3 <= len(between) <= _LONGEST_ATTRIBUTION or QUOTED in between:
        return False
    attributed = between[0] in _OPENS_ATTRIBUTION or text[first.end - 1] in ",?!…"
    if not attributed or any(word in ".?!:;" for word in between[:-1]):
        return False
    if not reading.starts_sentence(before) and not _is_announced(reading, before):
        return False
    if between[-1] == ".":
        return not _is_followed_by_attribution(reading, place)
    return between[-1] in _OPENS_ATTRIBUTION and text[second.start].islower()


def _is_announced(reading: Reading, place: int) -> bool:
    return place > 0 and reading.words[place - 1] == ":"


def _is_followed_by_attribution(reading: Reading, place: int) -> bool:
    """A comma or a dash after the marks, and a small letter: “…”, sagte X."""
    following = place + 1
    while following < len(reading.words) and reading.words[following] in _OPENS_ATTRIBUTION:
        following += 1
    return place + 1 < following < len(reading.words) and reading.words[following][0].islower()
