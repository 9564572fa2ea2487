"""Statements that are nearly the same, or about the same: for offering records to an editor, never to decide.

Only `text.compare` says that words are verbatim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

NEARLY_THE_SAME: Final = 78.0  # of 100 letters in the same order
A_PART: Final = 92.0  # of the letters of the shorter one, anywhere in the longer one
SHORTEST_PART: Final = 30  # letters; less than this stands in many sentences
SHORTEST_WORD: Final = 4
LONGEST_WORD: Final = 40

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")

# Long words that say nothing about what a statement is about.
_COMMON_WORDS: Final = """
    about above after again against ain't almost along already also although always another anything
    around asked away back because been before being below better between billion both called can't
    cannot come could couldn't days didn't does doesn't doing don't down during each eight eighty either
    eleven else even ever every everyone everything fifty first five forty four from getting give given
    goes going gonna good half have haven't having here himself hour hours however hundred i'll i've
    into isn't it's itself just keep know last less like little long made make making many maybe might
    million minute minutes month months more most much must myself need never next nine ninety nobody
    nothing once only other ourselves over people perhaps really right said same says second seven
    seventy shall should shouldn't since sixty some somebody someone something still such sure take tell
    than that that's their them themselves then there there's these they they're they've thing things
    think third thirty this those though thousand three through time times today together told tomorrow
    twelve twenty twice under until upon very want wants wasn't we'll we're we've week weeks well were
    weren't what what's when where whether which while will with within without won't would wouldn't
    year years yesterday you'll you're you've your yourself
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said, ready to be held against others."""

    plain: str  # its words in lower case, parted by one space
    telling: tuple[str, ...]  # words that say what it is about, the longest first, each once

    @classmethod
    def of(cls, words: str) -> Statement:
        """Read the words of a quotation, marks excluded."""
        spelled = _WORD.findall(words.lower().replace("’", "'"))
        telling = dict.fromkeys(
            word
            for word in spelled
            if SHORTEST_WORD <= len(word) <= LONGEST_WORD and word not in _COMMON and word.isalnum()
        )
        return cls(" ".join(spelled), tuple(sorted(telling, key=len, reverse=True)))


def likeness(one: Statement, other: Statement) -> float:
    """How nearly two statements are the same, from 0 to 1; 0 for those that are not worth a look."""
    fewer = min(len(one.telling), len(other.telling))
    if not fewer or shared_words(one, other) * 2 < fewer:
        return 0.0
    whole = fuzz.ratio(one.plain, other.plain, score_cutoff=NEARLY_THE_SAME)
    if whole:
        return whole / 100
    if min(len(one.plain), len(other.plain)) < SHORTEST_PART:
        return 0.0
    return fuzz.partial_ratio(one.plain, other.plain, score_cutoff=A_PART) * 0.9 / 100


def shared_words(one: Statement, other: Statement) -> int:
    """How many telling words two statements share."""
    return len(set(one.telling) & set(other.telling))
