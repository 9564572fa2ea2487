"""Sites as docs/deploy.md sets them up, with its files: one host, and several that fail while people read."""

import os
import shutil

import pytest


def needs(*programs: str) -> pytest.MarkDecorator:
    """A mark for tests that start those programs. With NEWSROOM_REQUIRE they must be there."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing and os.environ.get("NEWSROOM_REQUIRE") == "1":
        raise AssertionError(f"These programs are not installed: {', '.join(missing)}")
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")
