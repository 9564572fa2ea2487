"""A database as migrations leave it: made once for a state of the program, and copied where one is needed."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "var/ready"
# All that migrations, and what follows them, read.
SOURCES = (
    "articles/migrations", "articles/models", "articles/text", "articles/apps.py", "newsroom/settings.py",
    "requirements-dev.txt",
)  # fmt: skip


def state_of_sources() -> str:
    """A name for what makes the database as it is now: another one after any change."""
    digest = hashlib.sha256(sys.version.encode())
    for source in SOURCES:
        files = [ROOT / source, *sorted((ROOT / source).rglob("*"))]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file} {file.stat().st_size} ".encode() + file.read_bytes())
    return digest.hexdigest()[:32]


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other process makes or copies what is ready."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_ready() -> Path:
    """The SQLite file as migrations leave it, made if there is none of this state; others are removed."""
    file = FOLDER / f"{state_of_sources()}.sqlite3"
    if not file.exists():
        for old in FOLDER.glob("*.sqlite3*"):
            old.unlink()
        new = file.with_suffix(".new")
        new.unlink(missing_ok=True)
        development = {"NEWSROOM_DEV": "1", "NEWSROOM_ENV_FILE": "", "DATABASE_URL": f"sqlite:///{new}"}
        development["DATABASE_REPLICA_URL"] = ""
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env=os.environ | development,
            check=True,
        )
        new.rename(file)
    return file


def copy_ready(file: Path) -> None:
    """Put a database as migrations leave it at `file`."""
    with alone():
        shutil.copyfile(make_ready(), file)


if __name__ == "__main__":
    with alone():
        make_ready()
