"""Addresses of sources that no longer answer are found by the program, and shown at the desk."""

import datetime
import json
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from articles import archive
from articles.models import Event, Source
from articles.workflow.dead_links import check_link
from tests.doors.desk import enter, words
from tests.factories import make_source, make_user

pytestmark = pytest.mark.django_db

URL = "https://council.example/minutes"


def answers(url: str) -> archive.Capture:
    return archive.Capture(url=url, data=b"Minutes", media_type="text/plain", captured_at=timezone.now())


def silent(url: str) -> archive.Capture:
    raise archive.CaptureError("The page answered 404. Paste the text instead.")


def test_a_silent_address_is_noted_once_and_its_answer_too() -> None:
    source = make_source(url=URL)
    for fetch in (silent, silent, answers):
        source = check_link(source, fetch=fetch)
    assert (source.link_problem, bool(source.link_checked_at)) == ("", True)
    actions = Event.objects.order_by("pk").values_list("action", "reason")
    problem = "The page answered 404. Paste the text instead."
    assert list(actions) == [("source.link_dead", problem), ("source.link_answers", "")]


def test_a_confidential_source_is_never_asked_for() -> None:
    source = make_source(url=URL, confidential=True, owner=make_user("Reporter"))
    check_link(source, fetch=lambda url: pytest.fail("asked"))
    assert not Source.objects.to_ask(timezone.now()).exists()


def test_an_address_changed_meanwhile_is_left_for_another_time() -> None:
    source = make_source(url=URL)

    def slow(url: str) -> archive.Capture:
        Source.objects.update(url="https://council.example/new")
        return silent(url)

    assert check_link(source, fetch=slow).link_checked_at is None


def test_those_asked_longest_ago_come_first() -> None:
    now = timezone.now()
    new, old, never = (make_source(url=URL) for _number in range(3))
    Source.objects.filter(pk=new.pk).update(link_checked_at=now)
    Source.objects.filter(pk=old.pk).update(link_checked_at=now - datetime.timedelta(days=9))
    make_source(url="")
    make_source(url=URL, withdrawn_reason="Forged.")
    assert list(Source.objects.to_ask(now - datetime.timedelta(days=7))) == [never, old]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("check_links", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_asks_and_the_home_page_tells() -> None:
    source = make_source(title="Minutes of the council", url=URL)
    assert "1 would be asked" in run("--dry-run")
    with patch("articles.management.commands.check_links.check_link") as check:
        check.side_effect = lambda each: check_link(each, fetch=silent)
        report = json.loads(run("--json"))
    assert report["dead"][0]["source"] == source.key
    assert "0 asked, 0 do not answer." in run()
    page = words(enter("Editor").get("/admin/"))
    assert "Sources that no longer answer" in page
    assert "Minutes of the council" in page
    assert "no longer answer" not in words(enter("Auditor").get("/admin/"))
    with pytest.raises(CommandError, match="--days"):
        run("--days", "-1")
