"""Run a command with a PostgreSQL of its own: `python -m tests.postgres -- pytest tests/db`.

A new cluster is made in a temporary folder, answers on a free loopback port with a password of its own, and
is gone when the command ends. `--available` only says (by exit code) whether the programs are there.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

DEBIAN_BINARIES = Path("/usr/lib/postgresql")
START_SECONDS = 60
# Nothing here outlives the run, so nothing is written twice to be safe.
FAST = ["-F", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=60"]


def find_binaries() -> Path | None:
    """Return the folder of the newest `initdb` on this machine, or None."""
    folders = sorted(DEBIAN_BINARIES.glob("*/bin"), key=lambda folder: float(folder.parent.name))
    for folder in reversed(folders):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def unprivileged() -> dict[str, Any]:
    """Return Popen arguments that shed root, which PostgreSQL refuses to run as."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = known.get("postgres") or known["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def free_port() -> int:
    """Return a loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """Start a private cluster and yield its DATABASE_URL; stop and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="newsroom-postgres-"))
    as_user = unprivileged()
    try:
        password = secrets.token_hex(16)
        (folder / "password").write_text(password)
        if as_user:
            for path in (folder, folder / "password"):
                os.chown(path, as_user["user"], as_user["group"])
        create(binaries, folder, as_user)
        port = free_port()
        server = serve(binaries, folder, port, as_user)
        try:
            wait_until_ready(binaries, server, port, folder / "log")
            yield f"postgres://newsroom:{password}@127.0.0.1:{port}/postgres"
        finally:
            stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def create(binaries: Path, folder: Path, as_user: dict[str, Any]) -> None:
    """Write the files of a new cluster below `folder`."""
    arguments = [f"--pgdata={folder / 'data'}", f"--pwfile={folder / 'password'}", "--username=newsroom"]
    options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(
        [binaries / "initdb", *arguments, *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **as_user,
    )
    if made.returncode:
        raise SystemExit(f"PostgreSQL could not make a cluster:\n{made.stdout}{made.stderr}")


def serve(binaries: Path, folder: Path, port: int, as_user: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start the server; what it says goes to a log beside its data."""
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", "-k", folder, "-p", str(port), *FAST]
            + ["-h", "127.0.0.1"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # Its own group: Ctrl+C reaches the tests first, and they still have a database to close.
            start_new_session=True,
            **as_user,
        )


def wait_until_ready(binaries: Path, server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return once the server answers; raise SystemExit with its log when it does not."""
    question = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(START_SECONDS * 10):
        if server.poll() is None and subprocess.run(question, check=False).returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server at once, open connections or not."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def leave(signum: int, frame: FrameType | None) -> None:
    """Turn a request to end into an ordinary exit, so that the cluster is removed."""
    raise SystemExit(128 + signum)


def main(arguments: list[str]) -> int:
    """Run the command after `--` against a private cluster and return its exit code."""
    binaries = find_binaries()
    if arguments == ["--available"]:
        return 0 if binaries else 1
    if not arguments[1:] or arguments[0] != "--":
        raise SystemExit(__doc__)
    if binaries is None:
        raise SystemExit("PostgreSQL is not installed. On Debian: apt-get install postgresql")
    signal.signal(signal.SIGTERM, leave)
    with cluster(binaries) as url:
        return subprocess.run(arguments[1:], env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
