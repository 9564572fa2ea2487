"""What is measured for readers under load: each function measures, and yields rows of the table."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.arithmetic import Figure, Goal
from bench.asking import probe
from bench.load import Load, ask, write_script
from bench.seeds import ROOT, Seeds
from bench.servers import constant, deployed, end, files, newsroom
from bench.watching import Commit, Reader, slowest_seen, stale
from bench.words import zipf

ADDRESSES: Final = 200  # stories that are read in turns
TURNS: Final = 4_000  # requests until the turns begin again
RENDERED: Final = 6_000  # newest stories whose pages are rendered beforehand, as publishing does
STORED: Final = 5_000  # pages in the store when its memory is looked at
GZIP: Final = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. `key` is what programs call it."""

    key: str
    name: str
    figure: Figure
    unit: str = ""
    goal: Goal | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the goal was met; empty without one."""
        return "" if self.goal is None else "met" if self.goal.met(self.figure.median) else "missed"


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured, and how long."""

    seeds: Seeds
    sizes: tuple[int, ...]
    engines: tuple[str, ...]
    seconds: float  # of each window
    rounds: int  # how often each is measured
    threads: int = 1
    rendered: int = RENDERED
    prepared: set[str] = field(default_factory=set)

    @property
    def folder(self) -> Path:
        """Where files may be put."""
        return self.seeds.folder

    @property
    def base(self) -> int:
        """The archive behind the rows under load: 10,000 stories, or what comes nearest."""
        return min(self.sizes, key=lambda size: abs(size - 10_000))

    def database(self, engine: str, size: int) -> str:
        """The address of an archive that is ready: made, up to date, its newest pages rendered."""
        address = self.seeds.address(engine, size)
        if address not in self.prepared:
            with probe(address, self.folder) as asker:
                asker.ask("prepare", min(size, self.rendered))
            self.prepared.add(address)
        return address


def serving(bench: Bench) -> Iterator[Row]:
    """Stories from the store and made anew, against files of nginx and a Django that always says the same."""
    databases = {engine: bench.database(engine, bench.base) for engine in bench.engines}
    with ExitStack() as stack:
        warm = stack.enter_context(newsroom(databases[bench.engines[0]], bench.folder, threads=bench.threads))
        paths = _paths(bench, databases[bench.engines[0]])
        pages = dict(zip(paths, warm.fetch(paths), strict=True))
        warm.warm_up(paths)
        file = stack.enter_context(files(pages, bench.folder))
        bare = stack.enter_context(constant())
        mixed = write_script(bench.folder, "mixed", _turns(paths))
        asked: dict[str, tuple[str, Path | None]] = {
            "file": (file.address + paths[0], None),
            "constant": (bare.address, None),
            "warm": (warm.address + paths[0], None),
            "files": (file.address, mixed),
            "mixed": (warm.address, mixed),
        }
        for engine, database in databases.items():
            cold = stack.enter_context(newsroom(database, bench.folder, store=0, threads=bench.threads))
            cold.warm_up(paths[: ADDRESSES // 4])
            asked[f"cold {engine}"] = (cold.address, mixed)
        runs = _in_turns(bench, asked)
    yield from _rates(bench, runs)


def _in_turns(bench: Bench, asked: dict[str, tuple[str, Path | None]]) -> dict[str, list[Load]]:
    runs: dict[str, list[Load]] = {name: [] for name in asked}
    for number in range(bench.rounds + 1):
        for name, (address, script) in asked.items():
            found = ask(address, seconds=bench.seconds, headers=GZIP, script=script)
            if found.errors:
                raise SystemExit(f"{name}: {found.errors} errors.")
            if number:  # the first warms up
                runs[name].append(found)
    return runs


def _rates(bench: Bench, runs: dict[str, list[Load]]) -> Iterator[Row]:
    rates = {name: [run.rate for run in found] for name, found in runs.items()}
    names = {"file": "nginx, a static file", "files": f"nginx, {ADDRESSES} static files"}
    names |= {"constant": "constant Django view", "warm": "story from the store"}
    names |= {"mixed": f"{ADDRESSES} stories from the store"}
    names |= {f"cold {engine}": f"{ADDRESSES} stories made anew, {engine}" for engine in bench.engines}
    for name, found in rates.items():
        goal = Goal("≥", 1000) if name.startswith("cold") else None
        yield Row(name, names[name], Figure.of(found), "/s", goal)
    for name, yard in (("warm", "file"), ("mixed", "files")):
        ratio = Figure.ratio(rates[name], rates[yard])
        yield Row(f"{name}/file", f"{names[name]} / {names[yard]}", ratio, "×", Goal("≥", 0.35))
        ratio = Figure.ratio(rates[name], rates["constant"])
        yield Row(f"{name}/constant", f"{names[name]} / constant view", ratio, "×", Goal("≥", 2.5))
    for engine in bench.engines:
        name = f"cold {engine}"
        ratio = Figure.ratio(rates[name], rates["constant"])
        yield Row(f"{name}/constant", f"{names[name]} / constant view", ratio, "×", Goal("≥", 0.06))


def publishing(bench: Bench) -> Iterator[Row]:
    """What readers notice while a story is published every second, and what they should not."""
    for engine in bench.engines:
        bench.database(engine, bench.base)
        with bench.seeds.copy(engine, bench.base) as copy:
            yield from _publish(bench, engine, copy)


def _publish(bench: Bench, engine: str, database: str) -> Iterator[Row]:
    seconds = 4 * bench.seconds
    paths = _paths(bench, database)
    script = write_script(bench.folder, "publishing", _turns(paths))
    command = [sys.executable, "-m", "bench.publisher", paths[0], "--seconds", f"{seconds:g}"]
    environment = deployed(database, bench.folder, store=0)
    with newsroom(database, bench.folder, threads=bench.threads) as server:
        server.warm_up(paths)
        publisher = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        try:
            with Reader(server.address, paths[0]) as reader:
                load = ask(server.address, seconds=seconds, headers=GZIP, script=script)
                told, _nothing = publisher.communicate(timeout=seconds + 60)
        finally:
            end(publisher)
    lines = [json.loads(line) for line in told.splitlines()]
    commits = [Commit(number, at) for number, at, _took in lines]
    if publisher.returncode or not commits:
        raise SystemExit("Nothing was published; what the publisher said stands above.")
    late, errors = stale(reader.looks, commits), load.errors + reader.failures
    told_by, looked = f"while publishing, {engine}", f"{len(commits)} editions, {len(reader.looks)} looks"
    key = f"publishing {engine}"
    yield Row(f"{key} rate", f"answers {told_by}", Figure.of([load.rate]), "/s", None, looked)
    yield Row(f"{key} p50", f"p50 {told_by}", Figure.of([load.p50]), "ms")
    yield Row(f"{key} p99", f"p99 {told_by}", Figure.of([load.p99]), "ms", Goal("≤", 25))
    yield Row(f"{key} max", f"longest {told_by}", Figure.of([load.longest]), "ms")
    yield Row(f"{key} errors", f"errors {told_by}", Figure.of([errors]), "", Goal("≤", 0))
    last = slowest_seen(reader.looks, commits) * 1000
    note = f"the last old page was asked for {last:.0f} ms after a commit"
    title = f"old pages 100 ms after a commit, {engine}"
    yield Row(f"{key} stale", title, Figure.of([len(late)]), "", Goal("≤", 0), note)
    yield Row(f"{key} verb", f"the verb {told_by}", Figure.of([1000 * took for *_, took in lines]), "ms")


def memory(bench: Bench) -> Iterator[Row]:
    """What a worker takes with its store full."""
    engine = bench.engines[0]
    size = max((size for size in bench.sizes if size <= 10_000), default=bench.base)
    database = bench.database(engine, size)
    with probe(database, bench.folder) as asker:
        paths = asker.ask("addresses", STORED)
    with newsroom(database, bench.folder, workers=1, threads=bench.threads) as server:
        empty = server.memory
        for _page in server.fetch(paths):
            pass
        full = server.memory
    yield Row("memory empty", "a worker, its store empty", Figure.of([empty]), "MB")
    goal = Goal("≤", 120) if len(paths) == STORED else None
    yield Row("memory", f"a worker with {len(paths):,} pages in its store", Figure.of([full]), "MB", goal)


def _paths(bench: Bench, database: str) -> list[str]:
    with probe(database, bench.folder) as asker:
        found: list[str] = asker.ask("addresses", ADDRESSES)
    return found


def _turns(paths: Sequence[str]) -> list[str]:
    """As readers come: the first are read most (Zipf). The same at each call."""
    return random.Random(1).choices(paths, cum_weights=zipf(len(paths), 1.0), k=TURNS)
