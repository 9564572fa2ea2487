"""A probe, seen from the program that measures: another process, asked over its pipes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.seeds import ROOT
from bench.servers import deployed, end


class Asker:
    """One probe. `ask` waits for the answer."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def ask(self, question: str, *arguments: Any) -> Any:
        """What the probe answers. Raises SystemExit when it ended."""
        pipe, answers = self._process.stdin, self._process.stdout
        assert pipe is not None
        assert answers is not None
        pipe.write(json.dumps([question, arguments]).encode() + b"\n")
        pipe.flush()
        line = answers.readline()
        if not line:
            raise SystemExit("A probe ended; what it said stands above.")
        return json.loads(line)


@contextmanager
def probe(database: str, folder: Path) -> Iterator[Asker]:
    """A probe of the newsroom with that database, without a page store."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.probe"],
        cwd=ROOT,
        env=deployed(database, folder, store=0),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield Asker(process)
    finally:
        end(process)
