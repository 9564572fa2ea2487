"""Which Chromium the browser tests drive: NEWSROOM_CHROMIUM, or the one this machine has."""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """Return the path of the browser, or None."""
    named = os.environ.get("NEWSROOM_CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    sys.exit(0 if find_chromium() else 1)
