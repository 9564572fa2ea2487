"""Turns the marked German Wikinews into the bench's JSON lines, to see how its marks are read.

usage: python -m bench.wikinews_de FOLDER > wikinews.jsonl
       python -m bench.quotes wikinews.jsonl --language de --scorer score.py

FOLDER is `data` of “Dataset of Quotation Attribution in German News Articles” (Petersen-Frey and Biemann,
CC BY-NC-SA 4.0, on GitHub as uhh-lt/german-news-quotation-attribution-2024). Only what it calls direct is
taken; fragments in reported clauses are not marked there: read what is found of any kind.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def convert(document: dict[str, Any]) -> dict[str, Any]:
    """One document as a story: a quotation is a stretch of direct speech in one paragraph."""
    text = document["originalText"]
    quotes = [
        _quote(text, start, end, (annotation["speaker"] or {}).get("text", ""))
        for annotation in document["annotations"]
        if annotation["type"] == "Direct"
        for span in annotation["quote"]["spans"]
        for start, end in _lines(text, span["charBegin"], span["charEnd"])
    ]
    return {"id": document["documentName"], "text": text, "quotes": quotes}


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"[^\n]*\w[^\n]*", text[start:end]):
        yield start + line.start(), start + line.end()


def _quote(text: str, start: int, end: int, speaker: str) -> dict[str, Any]:
    return {
        "start": start,
        "end": end,
        "text": text[start:end],
        "type": "direct",
        "speaker": speaker,
        "speaker_raw": speaker,
        "speaker_kind": "nominal" if speaker else "none",
        "tags": [],
    }


def main() -> None:
    """Reads the argument and prints a line a document."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    for path in sorted(parser.parse_args().folder.rglob("*.json")):
        print(json.dumps(convert(json.loads(path.read_text(encoding="utf-8"))), ensure_ascii=False))


if __name__ == "__main__":
    main()
