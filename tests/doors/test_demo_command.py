"""`manage.py demo` as a command: what it prints, what it refuses, and that it asks before deleting."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from articles.models import Story
from tests.factories import make_quoting_story

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command("demo", *args, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_dry_run_writes_nothing_and_prints_one_object() -> None:
    out = run("--dry-run", "--json")
    report: dict[str, Any] = json.loads(out)
    assert report["loaded"] is False
    assert report["stories"]["published"] >= 22
    assert {user["role"] for user in report["users"]} >= {"Reporter", "Editor", "Managing editor"}
    assert not Story.objects.exists()


def test_it_refuses_production_with_stories(settings: Settings) -> None:
    settings.NEWSROOM_DEV = False
    make_quoting_story()
    with pytest.raises(CommandError, match="settings of production"):
        run()


def test_a_reset_without_a_terminal_has_to_be_told_not_to_ask() -> None:
    make_quoting_story()
    with pytest.raises(CommandError, match="--no-input"):
        run("--reset")
    assert Story.objects.count() == 1


def test_a_reset_is_not_done_unless_the_answer_is_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    make_quoting_story()
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _prompt: "no")
    with pytest.raises(CommandError, match="Nothing was deleted"):
        run("--reset")
    assert Story.objects.count() == 1
