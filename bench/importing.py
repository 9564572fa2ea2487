"""How fast an archive comes in, and what of it is text, what writing, what the database: `make bench-import`.

An invented archive (`bench.archive`) goes through `manage.py import_stories` into an empty newsroom, in the
database that DATABASE_URL names, else in a file of SQLite that is gone afterwards. The time of the processors
is told beside that of the clock, since it says the same on a machine that does other things too.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import django

FOLDER: Final = tempfile.TemporaryDirectory(prefix="newsroom-import-")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER.name}/bench.sqlite3")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

# isort: split
from django.contrib.auth.models import Group, User  # noqa: E402
from django.db import connection  # noqa: E402

from articles.models import Section  # noqa: E402
from articles.text.incoming import read_item  # noqa: E402
from articles.workflow.bulk_read import read_drafts  # noqa: E402
from bench.archive import SECTIONS, write_lines  # noqa: E402

MANAGE: Final = [sys.executable, "manage.py"]
READ_ALONE: Final = 300  # stories that are read in this process, to know what text costs
TICKS: Final = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Import, and print one object of figures, each for one story."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many stories (%(default)s)")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--already-public", action="store_true", help="with editions, as readers know them")
    options = parser.parse_args()
    archive = Path(FOLDER.name) / "archive.ndjson"
    with archive.open("w") as file:
        file.writelines(write_lines(options.count))
    subprocess.run([*MANAGE, "migrate", "-v0"], check=True)
    print(json.dumps(_measure(archive, options), indent=2))


def _measure(archive: Path, options: argparse.Namespace) -> dict[str, float | str]:
    command = [*MANAGE, "import_stories", str(archive), f"--workers={options.workers}", "--json"]
    _prepare()
    if options.already_public:
        command += ["--by=archivist", "--already-public=Measured"]
    server = _server()
    before, began, served = _children(), time.perf_counter(), _used(server)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    clock, spent, served = time.perf_counter() - began, _children() - before, _used(server) - served
    text = _text(archive)
    each = 1000 / options.count
    return {
        "database": connection.vendor,
        "stories": options.count,
        "workers": options.workers,
        "stories a second": round(options.count / clock, 1),
        "clock ms": round(clock * each, 3),
        "text ms": round(text, 3),
        "other work of the program ms": round(spent * each - text, 3),
        "database server ms": round(served * each, 3),
        "processors ms": round((spent + served) * each, 3),
    }


def _prepare() -> None:
    """The sections of the archive, and somebody who may let it be read."""
    for name in SECTIONS:
        Section.objects.get_or_create(name=name, defaults={"slug": name.lower()})
    person, _made = User.objects.get_or_create(username="archivist", defaults={"is_staff": True})
    person.groups.add(Group.objects.get(name="Managing editor"))


def _text(archive: Path) -> float:
    """Milliseconds of a processor for reading one story, in this process."""
    with archive.open("rb") as file:
        lines = [line for line, _number in zip(file, range(READ_ALONE), strict=False)]
    began = time.process_time()
    read_drafts([read_item(line) for line in lines])
    return (time.process_time() - began) * 1000 / len(lines)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _server() -> int:
    """The first process of the database server, which counts the time of those that ended; 0 without one."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    first = int(_fields(backend)[1])
    connection.close()
    return first


def _used(process: int) -> float:
    """Seconds of a processor that a process and those it waited for have used, and those it still has."""
    if not process:
        return 0.0
    total = 0.0
    for entry in Path("/proc").iterdir():
        try:
            fields = _fields(int(entry.name)) if entry.name.isdigit() else []
        except OSError:  # it ended meanwhile
            continue
        if fields and entry.name == str(process):
            total += sum(map(int, fields[11:15])) / TICKS
        elif fields and fields[1] == str(process):
            total += sum(map(int, fields[11:13])) / TICKS
    return total


def _fields(process: int) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


if __name__ == "__main__":
    main()
