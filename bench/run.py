"""Measures the newsroom against files of nginx, a bare Django view, and itself with fewer stories.

bench/README.md says what each row is. Nothing here is reached from elsewhere, and whatever is started has
ended when this ends.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from bench import growth, rows, table
from bench.asking import probe
from bench.rows import Bench, Row
from bench.seeds import ENGINES, FOLDER, ROOT, SIZES, Seeds, number_of
from bench.servers import deployed, missing
from tests.postgres import find_binaries, leave

Part = Callable[[Bench], Iterator[Row]]
PARTS: Final[dict[str, Part]] = {
    "serving": rows.serving,
    "publishing": rows.publishing,
    "growing": growth.growing,
    "searching": growth.searching,
    "desk": growth.desk,
    "import": growth.importing,
    "memory": rows.memory,
}


def measure(bench: Bench, parts: Sequence[str]) -> list[Row]:
    """All rows of the parts."""
    found: list[Row] = []
    for name in parts:
        began = time.monotonic()
        print(f"{name} …", end=" ", flush=True)
        found += PARTS[name](bench)
        print(f"{time.monotonic() - began:.0f} s", flush=True)
    return found


def profile(bench: Bench) -> str:
    """Where the time of pages goes, on each engine, in the largest archive."""
    told = []
    for engine in bench.engines:
        with probe(bench.database(engine, max(bench.sizes)), bench.folder) as asker:
            stories = asker.ask("addresses", 50)
            pages = {"story": stories, "speaker": [asker.ask("speaker")] * 10}
            pages |= {name: [path] * 10 for name, path in growth.fixed_paths().items()}
            for name, paths in pages.items():
                told.append(
                    f"=== {name}, {max(bench.sizes):,} stories, {engine}\n{asker.ask('profile', paths)}"
                )
    return "\n".join(told)


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke test: small, short, no figures to keep")
    parser.add_argument("--sizes", help=f"such as 1k,1m ({','.join(SIZES)})")
    parser.add_argument("--rows", default=",".join(PARTS), help=f"of {','.join(PARTS)}")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="one engine only")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the archives are kept")
    parser.add_argument("--seconds", type=float, help="of each window under load (4)")
    parser.add_argument("--rounds", type=int, help="how often each is measured (5)")
    parser.add_argument("--threads", type=int, default=1, help="of each worker of the server")
    parser.add_argument("--chart", action="store_true", help="write docs/benchmarks.md and its chart")
    parser.add_argument(
        "--profile", action="store_true", help="say where the time goes, instead of measuring"
    )
    options = parser.parse_args(arguments)
    if unknown := set(options.rows.split(",")) - set(PARTS):
        parser.error(f"There are no rows {', '.join(sorted(unknown))}. There are {', '.join(PARTS)}.")
    return options


def _bench(options: argparse.Namespace) -> Bench:
    sizes = options.sizes or ("1k" if options.quick else ",".join(SIZES))
    return Bench(
        Seeds(options.folder),
        tuple(sorted(number_of(size) for size in sizes.split(","))),
        tuple(options.engine or ENGINES),
        options.seconds or (1 if options.quick else 4),
        options.rounds or (2 if options.quick else 5),
        options.threads,
        200 if options.quick else rows.RENDERED,
    )


def _collect(bench: Bench) -> None:
    """Have the static files with their hashed names, unless they are there already."""
    newest = max(path.stat().st_mtime for path in (ROOT / "static").rglob("*") if path.is_file())
    done = bench.folder / "static" / "staticfiles.json"
    if done.exists() and done.stat().st_mtime > newest:
        return
    collect = [sys.executable, "manage.py", "collectstatic", "--clear", "--no-input", "--verbosity", "0"]
    environment = deployed("sqlite:///:memory:", bench.folder, store=0)
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)


def main(arguments: Sequence[str] | None = None) -> None:
    options = read_options(arguments)
    if packages := missing():
        raise SystemExit(
            f"This measures against other programs. On Debian: apt-get install {' '.join(packages)}"
        )
    signal.signal(signal.SIGTERM, leave)
    bench = _bench(options)
    if "postgresql" in bench.engines and find_binaries() is None:
        raise SystemExit("PostgreSQL is not installed. On Debian: apt-get install postgresql")
    _collect(bench)
    with ExitStack() as stack:
        if "postgresql" in bench.engines:
            stack.enter_context(bench.seeds.serving())
        if options.profile:
            print(profile(bench))
            return
        found = measure(bench, options.rows.split(","))
    table.print_table(found)
    path = bench.folder / f"bench-{time.strftime('%Y%m%d-%H%M%S')}.json"
    table.write_json(bench, found, path)
    print(f"Written: {os.path.relpath(path)}")
    if options.chart:
        table.write_page(bench, found)
        table.write_chart(bench, found)
        print(f"Written: {table.PAGE.relative_to(ROOT)}, {table.CHART.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
