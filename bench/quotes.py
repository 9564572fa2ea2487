"""Measures the quotation engine on stories whose quotations people marked.

usage: python -m bench.quotes DATA [--json FILE] [--examples N]

DATA is a file of such stories (JSON lines, format: docs/quotations.md) or a folder of them, with score.py.
Prints what score.py gives, then speakers by how the text speaks of them, kinds, confidence, speed, memory
and the mistakes by phenomenon; writes the same as JSON. The examples quote the stories: do not commit them.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from articles.text.attribution import AttributedQuotation, read_quotations
from bench.corpus import Story, load_scorer, load_stories, match_segment

WORDS_A_STORY = 700
SAME = 0.8  # the overlap from which a segment counts as found
Read = dict[str, tuple[AttributedQuotation, ...]]


@dataclass(slots=True)
class Tally:
    """Right answers out of asked ones, by heading."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def add(self, heading: str, right: bool) -> None:
        self.asked[heading] += 1
        self.right[heading] += right

    def shares(self) -> dict[str, dict[str, float]]:
        return {h: {"right": round(self.right[h] / n, 4), "of": n} for h, n in sorted(self.asked.items())}


@dataclass(slots=True)
class Mistake:
    """One wrong answer, with what a person needs to see it."""

    phenomenon: str
    story: str
    words: str
    expected: str
    found: str


def read_all(stories: list[Story]) -> tuple[Read, dict[str, float]]:
    """Every story read, with the speed and the memory that it took."""
    read_quotations("“Begin,” said the warden.")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    read = {story["id"]: read_quotations(story["text"]) for story in stories}
    seconds = time.process_time() - started
    words = sum(len(story["text"].split()) for story in stories)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return read, {
        "stories_of_700_words_a_second": round(words / WORDS_A_STORY / seconds, 1),
        "seconds": round(seconds, 3),
        "memory_grown_mb": round(grown / 1024, 1),
    }


def predictions(read: Read) -> dict[str, list[dict[str, Any]]]:
    """What the scorer compares: one entry a segment of speech."""
    return {
        story: [
            {"start": segment.start, "end": segment.end, "speaker": item.attribution.speaker}
            for item in items
            if item.quotation.is_speech
            for segment in item.quotation.segments
        ]
        for story, items in read.items()
    }


def headings(quote: Story) -> Iterable[str]:
    """Under which headings a marked quotation counts."""
    kind = str(quote["speaker_kind"])
    yield {"nominal": "descriptive", "none": "no speaker"}.get(kind, kind)
    if "speaker_other_para" in quote["tags"]:
        yield "implicit (speaker in another paragraph)"
    for tag in quote["tags"]:
        if tag in ("split", "multipara", "nested", "single", "headline", "unclosed"):
            yield f"tag {tag}"


def examine(
    scorer: ModuleType, stories: list[Story], read: Read
) -> tuple[Tally, Tally, Tally, list[Mistake]]:
    """Speakers by heading, kinds, confidence, and the mistakes."""
    speakers, kinds, sure = Tally(), Tally(), Tally()
    mistakes: list[Mistake] = []
    for story in stories:
        met: set[int] = set()
        for item in read[story["id"]]:
            for segment in item.quotation.segments:
                quote = match_segment(scorer, story, segment.start, segment.end, SAME)
                if quote is None:
                    if item.quotation.is_speech:
                        mistakes.append(Mistake("taken for speech", story["id"], segment.text[:90], "", ""))
                    continue
                met.add(id(quote))
                kinds.add(str(quote["type"]), item.quotation.kind == quote["type"])
                wrong = _speaker(scorer, item, quote, speakers, sure)
                if wrong:
                    said = item.attribution.speaker
                    mistakes.append(Mistake(wrong, story["id"], segment.text[:90], quote["speaker"], said))
        for quote in story["quotes"]:
            if id(quote) not in met:
                mistakes.append(Mistake("not found", story["id"], quote["text"][:90], quote["speaker"], ""))
    return speakers, kinds, sure, mistakes


def _speaker(
    scorer: ModuleType, item: AttributedQuotation, quote: Story, speakers: Tally, sure: Tally
) -> str:
    """Counts one speaker; the heading of the mistake if it is one."""
    if quote["type"] != "direct" or not quote["speaker"]:
        return ""
    judge = scorer.nominal_ok if quote["speaker_kind"] in ("nominal", "org") else scorer.name_ok
    right = bool(judge(quote["speaker"], item.attribution.speaker))
    names = list(headings(quote))
    for name in names:
        speakers.add(name, right)
    if quote["speaker_kind"] in ("named", "pronoun"):
        sure.add("sure" if item.attribution.sure else "not sure", right)
    return "" if right else f"speaker: {names[0]}"


def report(scorer: ModuleType, name: str, stories: list[Story], examples: int) -> dict[str, Any]:
    """Measures one file and prints the figures."""
    read, cost = read_all(stories)
    scores, _ = scorer.score(stories, predictions(read))
    speakers, kinds, sure, mistakes = examine(scorer, stories, read)
    print(f"\n{name}: {len(stories)} stories")
    for heading in ("direct_exact", "direct_overlap", "all_overlap", "end_to_end"):
        part = scores[heading]
        print(f"  {heading:26} P {part['p']:.4f}  R {part['r']:.4f}  F1 {part['f1']:.4f}")
    for title, tally in (("speaker", speakers), ("kind", kinds), ("confidence", sure)):
        for heading, part in tally.shares().items():
            print(f"  {title:10} {heading:40} {part['right']:.4f} of {part['of']}")
    all_sure = sum(sure.asked.values())
    print(f"  marked sure {sure.asked['sure'] / max(1, all_sure):.4f} of {all_sure}")
    print("  " + ", ".join(f"{key} {value}" for key, value in cost.items()))
    _print_mistakes(mistakes, examples)
    return {
        "scores": scores, "speakers": speakers.shares(), "kinds": kinds.shares(), "confidence": sure.shares(),
        "cost": cost, "mistakes": Counter(mistake.phenomenon for mistake in mistakes),
    }  # fmt: skip


def _print_mistakes(mistakes: list[Mistake], examples: int) -> None:
    for phenomenon, count in Counter(mistake.phenomenon for mistake in mistakes).most_common():
        print(f"  {count:4} {phenomenon}")
        for mistake in [m for m in mistakes if m.phenomenon == phenomenon][:examples]:
            print(f"         {mistake.story}: “{mistake.words}”")
            print(f"         expected {mistake.expected!r}, found {mistake.found!r}")


def main() -> None:
    """Reads the arguments, measures every file, writes the JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--json", type=Path, default=Path("var/bench-quotes.json"))
    parser.add_argument("--examples", type=int, default=3)
    options = parser.parse_args()
    folder = options.data if options.data.is_dir() else options.data.parent
    scorer = load_scorer(folder)
    files = sorted(folder.glob("*.jsonl")) if options.data.is_dir() else [options.data]
    results = {path.stem: report(scorer, path.stem, load_stories(path), options.examples) for path in files}
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(f"\nWritten to {options.json}.")


if __name__ == "__main__":
    main()
