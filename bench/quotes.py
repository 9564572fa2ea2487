"""Measures the quotation engine on stories whose quotations people marked.

DATA is a file of such stories (JSON lines, format: docs/quotations.md), a folder of such files with score.py
beside them, or a folder of the house's own stories (tests/copy). Prints what score.py gives; speakers by how
the text speaks of them; roles and reported speech where they are marked; kinds as a matrix; how far the
confidence can be believed; speed and memory; and the mistakes by phenomenon. Writes the same as JSON, with
every mistake. The examples quote the stories: do not commit them where the text is not yours.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from articles.text.attribution import read_quotations
from bench.corpus import CorpusError, Story, found_runs, judge_story, load_scorer, load_stories, predictions
from bench.cost import measure_cost
from bench.gold import GoldError, GoldStory, is_gold, load_gold
from bench.measures import fraction, indirect, measure, measure_gold, phenomena
from bench.outcomes import judge_gold
from bench.report import lines

_OUTPUT = Path("var/bench-quotes.json")


def measure_corpus(stories: list[Story], scorer: Any, language: str = "en") -> dict[str, Any]:
    """The figures of a corpus that others marked."""
    read = {story["id"]: read_quotations(story["text"], language=language) for story in stories}
    outcomes = [one for story in stories for one in judge_story(scorer, story, read[story["id"]])]
    scores, _ = scorer.score(stories, predictions(read))
    return {
        "stories": len(stories),
        "score": scores,
        "runs": fraction(
            found for story in stories for found in found_runs(scorer, story, read[story["id"]])
        ),
        **measure(outcomes),
        "phenomena": phenomena(outcomes),
    }


def measure_house(stories: Sequence[GoldStory]) -> dict[str, Any]:
    """The figures of the house's own stories."""
    judged = [judge_gold(story) for story in stories]
    outcomes = [one for story in judged for one in story.outcomes]
    reports = [one for story in judged for one in story.reports]
    return {
        "stories": len(stories),
        **measure_gold(outcomes),
        "indirect": indirect(reports),
        "phenomena": phenomena(outcomes),
    }


def measure_all(
    data: Path, *, cost: bool, scorer_at: Path | None = None, language: str = "en"
) -> dict[str, dict[str, Any]]:
    """The figures of every file at ``data``, by name. Raises `CorpusError` and `GoldError`."""
    if not data.exists():
        raise CorpusError(f"There is no {data}; name a file of JSON lines or a folder.")
    if data.is_dir() and is_gold(data):
        gold = load_gold(data)
        figures = measure_house(gold)
        texts = [story.text for story in gold]
        return {data.name: figures | ({"cost": measure_cost(texts)} if cost else {})}
    files = sorted(data.glob("*.jsonl")) if data.is_dir() else [data]
    if not files:
        raise CorpusError(f"{data} holds neither .jsonl files nor stories of the house (.txt with .json).")
    scorer = load_scorer(scorer_at or (data if data.is_dir() else data.parent))
    results = {}
    for path in files:
        stories = load_stories(path)
        results[path.stem] = measure_corpus(stories, scorer, language)
        if cost:
            results[path.stem]["cost"] = measure_cost([story["text"] for story in stories])
    return results


def without_examples(figures: dict[str, Any]) -> dict[str, Any]:
    """The same figures, with no word of any story."""
    rows = [{key: value for key, value in row.items() if key != "examples"} for row in figures["phenomena"]]
    kept = figures | {"phenomena": rows}
    if "indirect" in kept:
        kept["indirect"] = {key: value for key, value in kept["indirect"].items() if key != "mistakes"}
    return kept


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the arguments, measures, prints, writes the JSON."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.quotes",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--scorer", type=Path, help="the scorer, where it does not lie beside the data")
    parser.add_argument("--language", default="en", help="the language of the marked stories (en)")
    parser.add_argument("--json", type=Path, default=_OUTPUT, help=f"where to write the figures ({_OUTPUT})")
    parser.add_argument("--examples", type=int, default=3, help="how many to print of each phenomenon (3)")
    parser.add_argument("--phenomenon", help="print every mistake of this phenomenon and none of others")
    parser.add_argument("--no-examples", action="store_true", help="print and write no word of the stories")
    parser.add_argument("--no-cost", action="store_true", help="measure neither speed nor memory")
    options = parser.parse_args(arguments)
    try:
        results = measure_all(
            options.data, cost=not options.no_cost, scorer_at=options.scorer, language=options.language
        )
    except (CorpusError, GoldError) as error:
        parser.exit(2, f"{error}\n")
    if options.no_examples:
        results = {name: without_examples(figures) for name, figures in results.items()}
    for name, figures in results.items():
        print("\n".join(lines(name, figures, options.examples, options.phenomenon)))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\nWritten to {options.json}.")


if __name__ == "__main__":
    main()
