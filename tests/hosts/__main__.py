"""Whether the servers are installed that these tests start: `python -m tests.hosts --available`."""

import shutil
import sys

from tests.postgres import find_binaries

PROGRAMS = ("nginx", "redis-server", "openssl")


def available() -> bool:
    """Whether all of them are there."""
    return find_binaries() is not None and all(shutil.which(name) for name in PROGRAMS)


if __name__ == "__main__":
    if sys.argv[1:] != ["--available"]:
        raise SystemExit(__doc__)
    raise SystemExit(0 if available() else 1)
