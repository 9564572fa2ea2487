"""What marked words look like and what stands around them: the evidence for speech, fragment or name."""

from __future__ import annotations

import re

from articles.text.frames import Frame, Frames
from articles.text.lexicon import Lexicon, Sort
from articles.text.marks import Run
from articles.text.model import Evidence, group
from articles.text.reading import QUOTED, Reading

_WORD = re.compile(r"\w[\w’'\-]*")
_TELLING_BEFORE = frozenset(
    {"that", "as", "is", "was", "be", "are", "were", "of", "and", "or", "to", "on", "in"}
)
_REACH = 60
_NAMES = Sort.GIVEN | Sort.PLACE | Sort.ORGANISATION


def run_words(text: str, run: Run) -> list[str]:
    """The words of a run, at most forty: more say nothing new about its kind."""
    return _WORD.findall(text, run.start, min(run.end, run.start + 400))[:40]


def size_of(words: list[str]) -> str:
    """The number of words, in steps."""
    count = len(words)
    if count <= 3:
        return str(count)
    return "5" if count <= 5 else "8" if count <= 8 else "15" if count <= 15 else "40"


def is_title_case(words: list[str], lexicon: Lexicon) -> bool:
    """Whether every word but the small ones begins with a capital: the look of a title or a name."""
    found = False
    for word in words:
        if word[0].isupper() or word[0].isdigit():
            found = found or not lexicon.sorts.get(word.lower(), 0) & Sort.SMALL
        elif not lexicon.sorts.get(word.lower(), 0) & Sort.SMALL:
            return False
    return found


def before_class(reading: Reading, place: int) -> str:
    """What stands before the quoted run at ``place``."""
    if place == 0:
        return "start"
    word, low = reading.words[place - 1], reading.lows[place - 1]
    if reading.starts_sentence(place):
        return "sentence"
    if not word[0].isalnum():
        return word if word in ",:—–-(" else "quoted" if word == QUOTED else "sign"
    if low in _TELLING_BEFORE:
        return low
    return _sort_before(reading, place - 1)


def _sort_before(reading: Reading, place: int) -> str:
    sort = reading.sorts[place]
    if sort & Sort.CUE:
        return "cue"
    if sort & Sort.NAMING:
        return "naming"
    if place in reading.possessive:
        return "possessive"
    if sort & Sort.DETERMINER:
        low = reading.lows[place]
        return "the" if low == "the" else "a" if low in ("a", "an") else "determiner"
    if sort & Sort.INTRODUCES_TITLE:
        return "introduces"
    if sort & Sort.PREPOSITION:
        return "preposition"
    return "name" if reading.words[place][0].isupper() else "word"


def after_class(reading: Reading, place: int) -> str:
    """What stands after the quoted run at ``place``."""
    if place + 1 >= len(reading.words):
        return "end"
    word, sort = reading.words[place + 1], reading.sorts[place + 1]
    if reading.starts_sentence(place + 1):
        return "sentence"
    if not word[0].isalnum():
        return word if word in ",.:;—–-()" else "quoted" if word == QUOTED else "sign"
    if sort & Sort.CUE:
        return "cue"
    if sort & Sort.PRONOUN:
        return "pronoun"
    if word[0].isupper():
        return "name"
    if sort & (Sort.PREPOSITION | Sort.DETERMINER):
        return "small"
    return "and" if word in ("and", "or", "but") else "word"


def last_class(text: str, run: Run) -> str:
    """The sign at the end of the marked words."""
    sign = text[run.end - 1]
    if sign in ".!?…,:;—–-":
        return "?" if sign in "!?" else sign
    return "word" if sign.isalnum() else "sign"


def first_class(text: str, run: Run) -> str:
    """How the marked words begin."""
    sign = text[run.start]
    if sign.isupper():
        return "A"
    return "a" if sign.islower() else "0" if sign.isdigit() else sign if sign in "[(…." else "sign"


def nearest_frames(reading: Reading, frames: Frames, place: int) -> tuple[Frame | None, Frame | None]:
    """The nearest verb of speech before and after the run, in its sentence."""
    before: Frame | None = None
    sentence = reading.sentences[place]
    for frame in frames.within(place - _REACH, place + _REACH):
        if reading.sentences[frame.cue] != sentence:
            continue
        if frame.cue > place:
            return before, frame
        before = frame
    return before, None


def frame_class(frame: Frame | None, place: int) -> str:
    """How near a verb of speech is, and of which kind."""
    if frame is None:
        return "none"
    return ("n" if frame.naming else "c") + _gap(abs(place - frame.cue)) + ("" if frame.subject >= 0 else "-")


def _gap(gap: int) -> str:
    return (
        "1"
        if gap == 1
        else "2"
        if gap == 2
        else "4"
        if gap <= 4
        else "8"
        if gap <= 8
        else "16"
        if gap <= 16
        else "99"
    )


def speech_evidence(
    text: str,
    lexicon: Lexicon,
    run: Run,
    reading: Reading,
    place: int,
    frames: Frames,
    others: tuple[int, int],
) -> Evidence:
    """The evidence of a run for the models that tell speech from names and scorn, and whole from fragment.

    ``others`` counts the runs before and after this one in the paragraph.
    """
    words = run_words(text, run)
    size, last, first = size_of(words), last_class(text, run), first_class(text, run)
    before, after = before_class(reading, place), after_class(reading, place)
    frame_before, frame_after = nearest_frames(reading, frames, place)
    cue_before, cue_after = frame_class(frame_before, place), frame_class(frame_after, place)
    sort_of = lexicon.sorts.get
    personal = any(sort_of(word.lower(), 0) & Sort.PERSONAL for word in words)
    look = ("T" if is_title_case(words, lexicon) else "t") + ("P" if personal else "p")
    evidence: Evidence = [
        (_border_features, (size, before, after, last)),
        (_look_features, (size, look, first, before, cue_before)),
        (_verb_features, (size, before, cue_before, cue_after)),
        (_count_features, (size, min(others[0], 2), min(others[1], 2))),
    ]
    headline = reading.number == 0
    if run.single or run.reopens or headline or not run.closed:
        marks = (run.single, run.closed, run.reopens, headline, size, before, cue_before)
        evidence.append((_mark_features, marks))
    if any(sort & Sort.INTRODUCES_TITLE for sort in reading.sorts[max(0, place - 6) : place]):
        evidence.append((_introduced_features, (look, size, before)))
    if place == 0 and place + 1 == len(reading.words):
        evidence.append((_alone_features, (size, run.single)))
    return evidence + _neighbours(reading, place, before, after)


_runs = group("speech", "whole")


@_runs
def _border_features(size: str, before: str, after: str, last: str) -> tuple[str, ...]:
    return (
        "bias", f"n={size}", f"b={before}", f"a={after}", f"l={last}", f"n={size} b={before}",
        f"n={size} a={after}", f"n={size} l={last}", f"b={before} a={after}", f"l={last} a={after}",
    )  # fmt: skip


@_runs
def _look_features(size: str, look: str, first: str, before: str, cue_before: str) -> tuple[str, ...]:
    return (
        f"f={first}", f"k={look}", f"n={size} k={look}", f"k={look} b={before}", f"f={first} b={before}",
        f"k={look} cb={cue_before[:2]}",
    )  # fmt: skip


@_runs
def _verb_features(size: str, before: str, cue_before: str, cue_after: str) -> tuple[str, ...]:
    return (
        f"cb={cue_before}", f"ca={cue_after}", f"n={size} cb={cue_before}", f"n={size} ca={cue_after}",
        f"b={before} cb={cue_before[:1]}",
    )  # fmt: skip


@_runs
def _count_features(size: str, earlier: int, later: int) -> tuple[str, ...]:
    return (f"o={earlier}{later} n={size}",)


@_runs
def _mark_features(
    single: bool, closed: bool, reopens: bool, headline: bool, size: str, before: str, cue_before: str
) -> tuple[str, ...]:
    features: tuple[str, ...] = ()
    if single:
        features += ("single", f"single n={size}", f"single cb={cue_before[:1]}", f"single p0={headline}")
    if not closed:
        features += ("unclosed", f"unclosed b={before}")
    if reopens:
        features += ("reopens",)
    if headline:
        features += ("headline", f"headline n={size}")
    return features


@_runs
def _introduced_features(look: str, size: str, before: str) -> tuple[str, ...]:
    return f"introduced k{look}", f"introduced n={size}", f"introduced {before}"


@_runs
def _alone_features(size: str, single: bool) -> tuple[str, ...]:
    return "alone", f"alone n={size}", f"alone single{single}"


@_runs
def _neighbour_features(side: str, word: str) -> tuple[str, ...]:
    return (f"{side}={word}",)


def _neighbours(reading: Reading, place: int, before: str, after: str) -> Evidence:
    """The words beside the run, where the lexicon knows them as anything but a name."""
    wanted = []
    if after in ("small", "and", "word"):
        wanted.append(("aw", place + 1))
    if place and before in ("cue", "naming", "word", "introduces", "preposition"):
        wanted.append(("bw", place - 1))
    if place > 1 and before in (",", ":"):
        wanted.append(("b2", place - 2))
    return [
        (_neighbour_features, (side, reading.lows[at])) for side, at in wanted if _is_plain(reading.sorts[at])
    ]


def _is_plain(sort: int) -> bool:
    return bool(sort) and not sort & _NAMES
