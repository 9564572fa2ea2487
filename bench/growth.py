"""What should not grow with the archive: lists, cold stories, search, the desk. And how fast it comes in."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

from bench.arithmetic import Figure, Goal, percentile
from bench.asking import Asker, probe
from bench.rows import Bench, Row
from bench.seeds import ROOT
from bench.servers import deployed
from bench.words import EVERYWHERE, PHRASE, Vocabulary

SEED: Final = 1  # of the archives
COMMON, RARE = 3, 30_000  # places of words in the vocabulary
WORDS: Final = 120  # that are searched for, as often as each is said
KINDS: Final = ("front", "section", "search", "speaker", "cold story")
TIMES: Final = 12  # that a page is asked for, in each turn
IMPORTED: Final = 10_000  # stories
DESK: Final = 100_000  # stories
GOALS: Final = {"postgresql": 300, "sqlite": 150}  # stories a second, imported


def growing(bench: Bench) -> Iterator[Row]:
    """The time and the queries of pages at each size, and how often the smallest size the largest takes."""
    for engine in bench.engines:
        with ExitStack() as stack:
            askers = {
                size: stack.enter_context(probe(bench.database(engine, size), bench.folder))
                for size in sorted(bench.sizes)
            }
            yield from _grow(bench, engine, askers)


def _grow(bench: Bench, engine: str, askers: dict[int, Asker]) -> Iterator[Row]:
    kinds = _kinds(askers)
    times: dict[tuple[str, int], list[float]] = {}
    for number in range(bench.rounds + 1):
        for kind, paths in kinds.items():
            for size, asker in askers.items():
                found = asker.ask("pages", paths[size])["clock"]
                if number:  # the first warms up
                    times.setdefault((kind, size), []).append(Figure.of(found).median)
    least, most = min(askers), max(askers)
    for kind, paths in kinds.items():
        queries = {size: asker.ask("queries", paths[size][0]) for size, asker in askers.items()}
        for size in askers:
            key, title = f"{kind} {engine} {size}", f"{kind}, {size:,} stories, {engine}"
            figure = Figure.of(times[kind, size])
            yield Row(key, title, figure, "ms", None, f"{queries[size]} queries")
        if least != most:
            ratio = Figure.ratio(times[kind, most], times[kind, least])
            name = f"{kind}, {most:,} / {least:,} stories, {engine}"
            same = "as many queries" if queries[least] == queries[most] else "NOT as many queries"
            yield Row(f"{kind} {engine} growth", name, ratio, "×", Goal("≤", 1.25), same)


def _kinds(askers: dict[int, Asker]) -> dict[str, dict[int, list[str]]]:
    """The addresses of each kind of page at each size."""
    kinds = {kind: dict.fromkeys(askers, [path] * TIMES) for kind, path in fixed_paths().items()}
    kinds["speaker"] = {size: [asker.ask("speaker")] * TIMES for size, asker in askers.items()}
    kinds["cold story"] = {size: asker.ask("addresses", TIMES) for size, asker in askers.items()}
    return kinds


def fixed_paths() -> dict[str, str]:
    """The addresses that are the same in each archive."""
    common = Vocabulary(SEED).telling(COMMON)
    return {"front": "/", "section": "/harbour/", "search": f"/search/?q={common}"}


def searching(bench: Bench) -> Iterator[Row]:
    """Search in the largest archive: for a word of every story, a common, a rare one, a phrase, and many."""
    words = Vocabulary(SEED)
    size = max(bench.sizes)
    special = {
        "a word of every story": EVERYWHERE,
        "a common word": words.telling(COMMON),
        "a rare word": words.telling(RARE),
        "a phrase": f'"{PHRASE}"',
    }
    many = words.pick(random.Random(SEED), 8 * WORDS)
    said = [word for word in dict.fromkeys(many) if len(word) > 3 and word not in words.words[:50]][:WORDS]
    for engine in bench.engines:
        with probe(bench.database(engine, size), bench.folder) as asker:
            for name, word in special.items():
                found = asker.ask("pages", [_search(word, "stories")] * (bench.rounds + 1) * 4)["clock"]
                yield _searched(name, engine, size, found[4:])
            for kind in ("stories", "quotes"):
                paths = [_search(word, kind) for word in [*special.values(), *said]]
                asker.ask("pages", paths)  # warms up
                found = [ms for _ in range(3) for ms in asker.ask("pages", paths)["clock"]]
                name = f"{len(paths)} words in {kind}, {size:,} stories, {engine}"
                key = f"search {kind} {engine}"
                for share, most in ((0.5, 15.0), (0.99, 80.0)):
                    figure = Figure.of([percentile(found, share)])
                    which = f"p{share * 100:.0f}"
                    yield Row(f"{key} {which}", f"{which} of {name}", figure, "ms", Goal("≤", most))


def _search(words: str, kind: str) -> str:
    return f"/search/?q={words.replace(' ', '+').replace(chr(34), '%22')}&in={kind}"


def _searched(name: str, engine: str, size: int, found: list[float]) -> Row:
    title = f"search for {name}, {size:,} stories, {engine}"
    return Row(f"search {name} {engine}", title, Figure.of(found), "ms")


def desk(bench: Bench) -> Iterator[Row]:
    """Opening, saving and publishing a story of 2,000 words with 40 quotes."""
    size = max((size for size in bench.sizes if size <= DESK), default=min(bench.sizes))
    goals = {"open": 120, "save": 200, "publish": 250}
    for engine in bench.engines:
        bench.database(engine, size)
        with bench.seeds.copy(engine, size) as copy, probe(copy, bench.folder) as asker:
            found = asker.ask("desk", 4 * bench.rounds)
        for step, most in goals.items():
            name = f"{step} 2,000 words with 40 quotes, {size:,} stories, {engine}"
            yield Row(f"desk {step} {engine}", name, Figure.of(found[step]), "ms", Goal("≤", most))


def importing(bench: Bench) -> Iterator[Row]:
    """Stories of another system, with eight quotes each, brought into an empty newsroom."""
    number = IMPORTED if bench.rounds > 2 else 200
    for engine in bench.engines:
        with bench.seeds.empty(engine) as database:
            environment = deployed(database, bench.folder, store=0)
            command = [sys.executable, "-m", "bench.importing", "--count", str(number)]
            done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
        told = json.loads(done.stdout)
        goal = Goal("≥", GOALS[engine]) if number == IMPORTED else None
        title = f"{number:,} stories imported, {engine}"
        note = (
            f"{told['processors ms']:.1f} ms of the processors a story, {told['text ms']:.1f} of it for text"
        )
        yield Row(f"import {engine}", title, Figure.of([told["stories a second"]]), "/s", goal, note)
