"""A mirror in a folder of its own."""

import json
from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django import Settings

Bake = Callable[..., dict[str, Any]]
PAPER = "http://testserver"


def bake_into(folder: Path, *options: str) -> dict[str, Any]:
    """`manage.py bake` for a paper at `PAPER`; gives its report."""
    out = StringIO()
    with override_settings(NEWSROOM_URL=PAPER):
        call_command("bake", str(folder), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def bake(settings: Settings, tmp_path: Path) -> Bake:
    """Bake into this test's own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return partial(bake_into, tmp_path / "mirror")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Where the files of the pages are."""
    return tmp_path / "mirror" / "site"
