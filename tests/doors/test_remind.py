"""The command `remind`: it tells what is due, once."""

import datetime
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Event, Notification, Reminder, Story
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db


def remind(*options: str) -> str:
    out = StringIO()
    call_command("remind", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def story() -> Story:
    """A story of which its owner is to be reminded now."""
    owner = make_user("Reporter", username="wim")
    story = make_story(headline="The pier is closed", owner=owner)
    at = timezone.now() - datetime.timedelta(minutes=1)
    Reminder.objects.create(story=story, user=owner, at=at, note="Ask the mayor again.")
    return story


def test_it_tells_what_is_due_once(story: Story) -> None:
    assert remind() == f"{story.pk} The pier is closed: reminder of wim\n1 told.\n"
    assert Notification.objects.get(kind="reminder").to == story.owner
    assert Event.objects.get(action="reminder.due").story == story
    assert remind() == "0 told.\n"


def test_a_dry_run_tells_nobody(story: Story) -> None:
    assert remind("--dry-run") == f"{story.pk} The pier is closed: reminder of wim\n1 would be told.\n"
    assert not Event.objects.exists()
    assert not Notification.objects.exists()
    assert Reminder.objects.get().told_at is None


def test_the_report_says_why_and_whom_and_not_what_somebody_noted_for_themselves(story: Story) -> None:
    make_story(embargo_until=timezone.localtime().replace(hour=23, minute=59))
    printed = remind("--json", "--dry-run")
    report = json.loads(printed)
    whys = [(row["why"], row["for"]) for row in report["told"]]
    assert whys == [("reminder.due", "wim"), ("story.embargo_ends", None)]
    assert "mayor" not in printed
