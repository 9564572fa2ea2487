"""Turns LitBank's quotations into the bench's JSON lines, to see how marks are read outside news.

usage: python -m bench.litbank FOLDER > litbank.jsonl

FOLDER is quotations/tsv of LitBank (D. Bamman and others, CC BY 4.0, on GitHub as dbamman/litbank): passages
of English novels of 1719 to 1922, single marks among them. They come as words and sentences, not paragraphs,
and speakers as characters of the whole novel: measure the segments on them, not the speakers.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Place = tuple[int, int]  # the number of the sentence, and of the word in it

_OPENS = frozenset("“‘`([$") | {"``"}
_CLOSES = frozenset("”)].,;:?!%") | {"''"}
_EITHER = frozenset("\"'’")
_MARKS = "\"'“”‘’` -—"
_CLITICS = ("'", "’", "n't", "n’t")


def convert(name: str, sentences: str, marks: str) -> dict[str, Any] | None:
    """The story of one passage and its annotation, or None where no quotation is marked."""
    spans, speakers = _read_marks(marks)
    if not spans:
        return None
    words = [line.split(" ") for line in sentences.splitlines() if line.strip()]
    text, places = _join(words, {first for first, _ in spans.values()}, {last for _, last in spans.values()})
    quotes = [
        _quote(text, places[first], places[last], speakers.get(key, ""))
        for key, (first, last) in spans.items()
    ]
    return {"id": name, "text": text, "quotes": sorted(quotes, key=lambda quote: int(quote["start"]))}


def _read_marks(marks: str) -> tuple[dict[str, tuple[Place, Place]], dict[str, str]]:
    spans: dict[str, tuple[Place, Place]] = {}
    speakers: dict[str, str] = {}
    for line in marks.splitlines():
        kind, key, *rest = line.split("\t")
        if kind == "QUOTE":
            first, second, third, fourth = map(int, rest[:4])
            spans[key] = ((first, second), (third, fourth))
        elif kind == "ATTRIB":
            speakers[key] = rest[0].rpartition("-")[0].replace("_", " ")
    return spans, speakers


def _join(
    words: list[list[str]], firsts: set[Place], lasts: set[Place]
) -> tuple[str, dict[Place, tuple[int, int]]]:
    """The words as running text, and where each stands in it."""
    parts: list[str] = []
    places: dict[Place, tuple[int, int]] = {}
    length, after_opening, inside = 0, True, False
    for number, sentence in enumerate(words):
        for order, word in enumerate(sentence):
            place = (number, order)
            opens = word in _OPENS or (word in _EITHER and place in firsts)
            if word == '"' and place not in firsts | lasts:
                opens = not inside
            inside = opens if word == '"' else inside
            closes = not opens and (word in _CLOSES | _EITHER or word.startswith(_CLITICS))
            if not after_opening and not closes:
                parts.append(" ")
                length += 1
            places[place] = (length, length + len(word))
            parts.append(word)
            length += len(word)
            after_opening = opens
    return "".join(parts), places


def _quote(text: str, first: tuple[int, int], last: tuple[int, int], speaker: str) -> dict[str, Any]:
    words = text[first[0] : last[1]]
    start = first[0] + len(words) - len(words.lstrip(_MARKS))
    end = last[1] - (len(words) - len(words.rstrip(_MARKS)))
    named = speaker.split()[-1:] and speaker.split()[-1][0].isupper()
    return {
        "start": start,
        "end": max(start, end),
        "text": text[start:end],
        "type": "direct",
        "speaker": speaker,
        "speaker_raw": speaker,
        "speaker_kind": "named" if named else "nominal",
        "tags": ["single"] if words[:1] in "'‘`" else [],
    }


def stories(folder: Path) -> Iterator[dict[str, Any]]:
    """Every passage of the folder in which quotations are marked."""
    for path in sorted(folder.glob("*.ann")):
        story = convert(
            path.stem, path.with_suffix(".txt").read_text(encoding="utf-8"), path.read_text(encoding="utf-8")
        )
        if story is not None:
            yield story


def main() -> None:
    """Reads the argument and prints a line a passage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    for story in stories(parser.parse_args().folder):
        print(json.dumps(story, ensure_ascii=False))


if __name__ == "__main__":
    main()
