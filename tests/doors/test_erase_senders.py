"""`manage.py erase_senders`: what is old enough loses its name."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.disputes import make_dispute
from tests.editions import make_edition

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("erase_senders", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_counts_then_erases() -> None:
    edition = make_edition()
    old = make_dispute(edition, received_at=timezone.now() - timedelta(days=91))
    make_dispute(edition)
    assert run("--dry-run") == "The senders of 1 disputes would be erased.\n"
    old.refresh_from_db()
    assert old.name
    assert json.loads(run("--json")) == {"dry_run": False, "erased": 1}
    old.refresh_from_db()
    assert not old.name
    assert run() == "The senders of 0 disputes erased.\n"
