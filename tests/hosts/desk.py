"""Orders to the editor of a deployed site, who works in a process with its settings (editor.py)."""

import json
import subprocess
import sys
from types import TracebackType
from typing import Any

from tests.hosts.deployed import ROOT


class Desk:
    """Gives orders one at a time, and hears when they were committed."""

    def __init__(self, variables: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hosts.editor"],
            cwd=ROOT,
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Desk":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def order(self, verb: str, **details: Any) -> tuple[Any, float]:
        """What came of it, and when it was committed (0.0: the database refused)."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"verb": verb, **details}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, self._process.communicate()[1]
        answer = json.loads(line)
        return answer.get("done"), answer.get("at", 0.0)
