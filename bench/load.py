"""Asking a server as fast as it answers, with wrk, and reading what wrk says."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CONNECTIONS: Final = 16
THREADS: Final = 2
_TIME: Final = re.compile(r"([\d.]+)(us|ms|s|m)\b")
_MILLISECONDS: Final = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}

# Paths in turn, as many of each as readers ask for: a file has them mixed already. Threads begin apart.
_SCRIPT: Final = """
local paths, count, threads = {}, 0, 0
function setup(thread) thread:set("offset", threads * 7919); threads = threads + 1 end
function init(args)
  for path in io.lines(%s) do paths[#paths + 1] = wrk.format("GET", path) end
  count = offset %% #paths
end
function request() count = count %% #paths + 1; return paths[count] end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw. Times in milliseconds."""

    rate: float  # answers a second
    p50: float
    p99: float
    longest: float
    errors: int  # answers that are no 2xx or 3xx, and connections that failed


def ask(address: str, *, seconds: float, headers: dict[str, str], script: Path | None = None) -> Load:
    """Ask for `address`, or for what the script says of that server. Raises CalledProcessError."""
    command = ["wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "--latency", "--timeout", "10s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    command += ["-s", str(script)] if script else []
    done = subprocess.run([*command, address], capture_output=True, text=True, check=True)
    return read(done.stdout)


def read(output: str) -> Load:
    """What wrk printed. Raises ValueError when that is no report of wrk."""
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    slowest = re.search(r"Latency\s+\S+\s+\S+\s+(\S+)", output)
    if rate is None or slowest is None:
        raise ValueError(f"wrk said something else:\n{output}")
    failed = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", output)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    errors = sum(map(int, failed.groups())) if failed else 0
    longest = _milliseconds(slowest[1])
    return Load(
        float(rate[1]),
        _percent(output, "50%") or longest,  # of a handful of answers wrk has no distribution
        _percent(output, "99%") or longest,
        longest,
        errors + (int(refused[1]) if refused else 0),
    )


def write_script(folder: Path, name: str, paths: list[str]) -> Path:
    """A script that asks for `paths` in their order, over and over."""
    listed, script = folder / f"{name}.txt", folder / f"{name}.lua"
    listed.write_text("".join(f"{path}\n" for path in paths))
    script.write_text(_SCRIPT % f'"{listed}"')
    return script


def _percent(output: str, share: str) -> float:
    found = re.search(rf"^\s+{share}\s+(\S+)$", output, re.MULTILINE)
    return _milliseconds(found[1]) if found else 0.0


def _milliseconds(text: str) -> float:
    found = _TIME.match(text)
    if found is None:
        raise ValueError(f"wrk names a time that is none: {text}")
    return float(found[1]) * _MILLISECONDS[found[2]]
