"""The house's own stories (tests/copy): read, and checked against the rules of their README."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KINDS = frozenset({"direct", "partial", "title", "scare"})
HOWS = frozenset({"named", "pronoun", "descriptive", "implicit", "org", ""})
_STORY = frozenset({"quotations", "indirect"})
_QUOTATION = frozenset({"kind", "segments", "speaker", "how", "role", "phenomena"})
_REPORT = frozenset({"words", "speaker", "how"})
# Marks, and the debris that a wrong encoding makes of them.
_MARKS = (*"\"'“”„‟‘’‚‛«»‹›`´′″", "&quot;", "&#39;", "&#34;", "â€œ", "â€ž", "â€˜", "â€", "&ldquo;", "&rdquo;")


class GoldError(ValueError):
    """A story is not annotated as the README asks; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the story's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    """What a careful reader marked: see tests/copy/README.md for each field."""

    kind: str
    words: tuple[str, ...]
    places: tuple[Place, ...]
    speaker: str
    how: str
    role: str
    phenomena: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldReport:
    """Words that the story reports without marks."""

    words: str
    place: Place
    speaker: str
    how: str


@dataclass(frozen=True, slots=True)
class GoldStory:
    """One story with everything that is marked in it."""

    name: str
    headline: str
    text: str
    quotations: tuple[GoldQuotation, ...]
    reports: tuple[GoldReport, ...]


def is_gold(folder: Path) -> bool:
    """Whether the folder holds stories of the house: pairs of a text and its annotation."""
    return any(path.with_suffix(".json").is_file() for path in folder.glob("*.txt"))


def load_gold(folder: Path) -> list[GoldStory]:
    """Every story of the folder, in order of names. Raises `GoldError`."""
    phenomena = load_phenomena(folder)
    alone = {path.stem for path in folder.glob("*.json")} ^ {path.stem for path in folder.glob("*.txt")}
    if alone:
        raise GoldError(f"{', '.join(sorted(alone))}: a story is a .txt and a .json of the same name.")
    return [load_gold_story(path, phenomena) for path in sorted(folder.glob("*.txt"))]


def load_phenomena(folder: Path) -> frozenset[str]:
    """The list that the README gives after “Phenomena:”. Raises `GoldError`."""
    path = folder / "README.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    found = re.search(r"^Phenomena:(.+?)(?:\n\s*\n|\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise GoldError(
            f"{path} does not list the phenomena: write a paragraph that begins with “Phenomena:”."
        )
    return frozenset(re.findall(r"`([^`]+)`", found[1]))


def load_gold_story(path: Path, phenomena: frozenset[str]) -> GoldStory:
    """The story whose text is at ``path``. Raises `GoldError`."""
    text = path.read_text(encoding="utf-8")
    headline, _, body = text.partition("\n\n")
    name = path.stem
    if not body.strip() or "\n" in headline:
        raise GoldError(f"{name}.txt: write a headline of one line, a blank line, and the body.")
    try:
        data = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except ValueError as error:
        raise GoldError(f"{name}.json is no JSON: {error}.") from error
    _check_keys(data, _STORY, f"{name}.json")
    quotations = tuple(_quotations(text, data["quotations"], phenomena, name))
    return GoldStory(
        name, headline, text, quotations, tuple(_reports(text, data["indirect"], quotations, name))
    )


def _check_keys(entry: Any, keys: frozenset[str], where: str) -> None:
    if not isinstance(entry, dict) or entry.keys() != keys:
        raise GoldError(f"{where}: give exactly these keys: {', '.join(sorted(keys))}.")


def _quotations(
    text: str, entries: list[dict[str, Any]], phenomena: frozenset[str], name: str
) -> Iterator[GoldQuotation]:
    after = 0
    for number, entry in enumerate(entries, 1):
        where = f"{name}.json, quotation {number}"
        _check_keys(entry, _QUOTATION, where)
        _check_values(entry, phenomena, where)
        places: list[Place] = []
        for words in entry["segments"]:
            places.append(_find(text, words, places[-1].end if places else after, where))
        after = places[0].start + 1
        yield GoldQuotation(
            entry["kind"],
            tuple(entry["segments"]),
            tuple(places),
            entry["speaker"],
            entry["how"],
            entry["role"],
            tuple(entry["phenomena"]),
        )


def _check_values(entry: dict[str, Any], phenomena: frozenset[str], where: str) -> None:
    if entry["kind"] not in KINDS:
        raise GoldError(f"{where}: “{entry['kind']}” is no kind; use {', '.join(sorted(KINDS))}.")
    if not entry["segments"]:
        raise GoldError(f"{where}: list the words of at least one segment.")
    unknown = set(entry["phenomena"]) - phenomena
    if unknown or not entry["phenomena"]:
        named = ", ".join(sorted(unknown)) or "nothing"
        raise GoldError(f"{where}: the README's list of phenomena does not know {named}.")
    _check_speaker(entry, where)
    if entry["role"] and not entry["speaker"]:
        raise GoldError(f"{where}: nobody speaks, so there is no role; empty it.")
    if entry["kind"] in ("title", "scare") and entry["speaker"]:
        raise GoldError(f"{where}: a {entry['kind']} is nobody's speech; empty the speaker.")


def _check_speaker(entry: dict[str, Any], where: str) -> None:
    if entry["how"] not in HOWS:
        raise GoldError(f"{where}: “{entry['how']}” is no way to speak of somebody; see “how” in the README.")
    if bool(entry["how"]) != bool(entry["speaker"]):
        raise GoldError(f"{where}: fill both the speaker and how the text speaks of them, or neither.")


def _reports(
    text: str, entries: list[dict[str, Any]], quotations: tuple[GoldQuotation, ...], name: str
) -> Iterator[GoldReport]:
    quoted = [place for quotation in quotations for place in quotation.places]
    after = 0
    for number, entry in enumerate(entries, 1):
        where = f"{name}.json, indirect {number}"
        _check_keys(entry, _REPORT, where)
        _check_speaker(entry, where)
        place = _find(text, entry["words"], after, where)
        if any(place.start < other.end and other.start < place.end for other in quoted):
            raise GoldError(f"{where}: these words stand in a quotation; reported speech has no marks.")
        after = place.end
        yield GoldReport(entry["words"], place, entry["speaker"], entry["how"])


def _find(text: str, words: str, after: int, where: str) -> Place:
    """Where the words stand: the first place inside marks, else the first that cuts no word."""
    best, most = -1, -1
    start = text.find(words, after) if words.strip() else -1
    while start >= 0:
        before, behind = text[max(0, start - 6) : start], text[start + len(words) : start + len(words) + 6]
        marks = before.endswith(_MARKS) + behind.startswith(_MARKS)
        cut = before[-1:].isalnum() and not before.endswith(_MARKS)
        cut = cut or (behind[:1].isalnum() and not behind.startswith(_MARKS))
        if marks > most and not cut:
            best, most = start, marks
        start = text.find(words, start + 1)
    if best < 0:
        raise GoldError(f"{where}: “{words}” does not stand in the text after the entry before it.")
    return Place(best, best + len(words))
