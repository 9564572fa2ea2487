"""How fast words are looked up in a source: exactly in a long text, nearly so in a long transcript."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable

from articles.text.compare import Passage, compare

_WORDS = (
    "the wall harbour council of and to we will not rebuild safe port crowns winter engineer told us in "
    "March nobody should walk there it is too dear for a town this size"
)
_TRANSCRIPT = 700_000  # characters: some 300 pages


def make_transcript(size: int, seed: int = 1) -> str:
    """Invented minutes of about ``size`` characters."""
    chance = random.Random(seed)
    lines: list[str] = []
    length = 0
    while length < size:
        words = " ".join(chance.choices(_WORDS.split(), k=chance.randrange(8, 24)))
        lines.append(f"SPEAKER {chance.randrange(40)}: {words.capitalize()}, item {chance.randrange(10**6)}.")
        length += len(lines[-1]) + 1
    return "\n".join(lines)


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of some runs, in seconds of the processor."""
    runs = []
    for _ in range(times):
        began = time.process_time()
        work()
        runs.append(time.process_time() - began)
    return min(runs)


def measure(megabytes: int) -> dict[str, float]:
    long = make_transcript(megabytes * 1_000_000)
    last = long.rindex("SPEAKER", 0, len(long) - 200)
    exact = long[last + 12 : last + 112]
    prepared = Passage(long)
    first = seconds(lambda: compare(exact, Passage(long)), times=1)
    compare(exact, prepared)
    again = seconds(lambda: compare(exact, prepared))
    transcript = make_transcript(_TRANSCRIPT, seed=2)
    middle = transcript.index("SPEAKER", _TRANSCRIPT // 2) + 12
    changed = transcript[middle : middle + 160].replace(" the ", " verily the ", 1) + " verily"
    size = len(long) / 1e6
    return {
        "exact, a new source (MB/s)": round(size / first, 1),
        "exact, a source read before (MB/s)": round(size / again, 1),
        "nearly, 300 pages, a new source (s)": round(
            seconds(lambda: compare(changed, Passage(transcript))), 3
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=10, help="size of the long source (10)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    figures = measure(options.megabytes)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:40} {figure:10}")


if __name__ == "__main__":
    main()
