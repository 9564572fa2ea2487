"""The command that mails what waits."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from pytest_django import Settings

from articles.models import Notification
from articles.workflow.comments import open_thread
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("send_notifications", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def mention(*names: str) -> None:
    """Let somebody mention new people of these names, so that mail to each waits."""
    for name in names:
        make_user("Reporter", username=name, email=f"{name}@kelder.example")
    open_thread(make_story(), by=make_user("Editor"), text=" ".join(f"@{name}" for name in names))


def test_it_sends_what_waits_and_then_nothing() -> None:
    mention("mara", "tove")
    assert "2 mails sent." in run()
    assert {letter.to[0] for letter in mail.outbox} == {"mara@kelder.example", "tove@kelder.example"}
    assert run() == "0 mails sent.\n"


def test_a_dry_run_sends_nothing() -> None:
    mention("mara")
    assert "mara@kelder.example" in run("--dry-run")
    assert mail.outbox == []
    assert Notification.objects.filter(mail="waiting").exists()


def test_it_can_be_held_to_one_person_and_tell_in_json() -> None:
    mention("mara", "tove")
    report = json.loads(run("--to", "tove", "--json"))
    assert [(letter["to"], letter["notifications"]) for letter in report["mails"]] == [
        ("tove@kelder.example", 1)
    ]
    assert report["failed"] == []


def test_what_fails_waits_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> int:
        raise ConnectionRefusedError

    mention("mara")
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    with pytest.raises(CommandError) as error:
        run()
    assert error.value.returncode == 1
    assert Notification.objects.filter(mail="waiting").exists()


def test_without_mail_set_up_it_says_so(settings: Settings) -> None:
    settings.NEWSROOM_MAIL = False
    with pytest.raises(CommandError, match="EMAIL_URL") as error:
        run()
    assert error.value.returncode == 2
