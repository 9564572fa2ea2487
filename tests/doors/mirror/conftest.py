"""A mirror in a folder of its own."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

Bake = Callable[..., dict[str, Any]]


@pytest.fixture
def bake(settings: Settings, tmp_path: Path) -> Bake:
    """`manage.py bake` for a paper at http://testserver; gives its report."""
    settings.NEWSROOM_URL = "http://testserver"
    settings.MEDIA_ROOT = tmp_path / "media"

    def bake(*options: str) -> dict[str, Any]:
        out = StringIO()
        call_command("bake", str(tmp_path / "mirror"), "--json", *options, stdout=out)
        return json.loads(out.getvalue())

    return bake


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Where the files of the pages are."""
    return tmp_path / "mirror" / "site"
