"""What reading costs: stories a second on one core, and memory in a process of its own.

usage: python -m bench.cost   (reads one text a line, as JSON, and prints by how many bytes the process grew)
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

WORDS_A_STORY = 700
_ROUNDS = 3
_STATUS = Path("/proc/self/status")


def measure_cost(texts: Sequence[str]) -> dict[str, Any]:
    """Speed, the best of three rounds after one that warms up; memory, or None where it cannot be known."""
    read = import_module("articles.text.attribution").read_quotations
    words = sum(len(text.split()) for text in texts)
    for text in texts[:20]:
        read(text)
    best = min(_seconds(read, texts) for _ in range(_ROUNDS))
    grown = measure_memory(texts)
    return {
        "stories_a_second": round(words / WORDS_A_STORY / best, 1) if best else 0.0,
        "seconds": round(best, 3),
        "words": words,
        "memory_mb": None if grown is None else round(grown / 2**20, 1),
    }


def _seconds(read: Any, texts: Sequence[str]) -> float:
    started = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - started


def measure_memory(texts: Sequence[str]) -> int | None:
    """By how many bytes a fresh process grows at its peak when it loads the engine and reads the texts."""
    if not _STATUS.is_file():
        return None
    done = subprocess.run(
        [sys.executable, "-m", "bench.cost"],
        input="\n".join(map(json.dumps, texts)),
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    return int(done.stdout)


def _peak() -> int:
    """The largest size that this process has had in memory, in bytes."""
    found = re.search(r"^VmHWM:\s*(\d+) kB", _STATUS.read_text(encoding="ascii"), re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def main() -> None:
    """Loads the engine, reads every text, and prints the growth."""
    before = _peak()
    read = import_module("articles.text.attribution").read_quotations
    for line in sys.stdin:
        read(json.loads(line))
    print(_peak() - before)


if __name__ == "__main__":
    main()
