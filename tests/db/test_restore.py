"""An earlier version comes back as the newest, and nothing is lost by it."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from articles.models import Event, Story
from articles.workflow.edit import StoryEdit, save_story
from articles.workflow.errors import NotAllowed, StaleStory, WrongState
from articles.workflow.restore import restore_version
from articles.workflow.versions import edit_at
from tests.factories import make_quoting_story, make_story, make_user

pytestmark = pytest.mark.django_db


def edited(story: Story, **values: object) -> Story:
    edit = replace(StoryEdit.of(story), **values)
    return save_story(story, by=make_user("Editor"), edit=edit, version=story.version)


def test_the_old_words_come_back_as_the_newest_version() -> None:
    story = edited(make_story(headline="One", body="<p>One.</p>"), headline="Two", body="<p>Two.</p>")
    by = make_user("Editor")
    story = restore_version(story, by=by, number=1, version=2)
    assert (story.headline, story.body, story.version) == ("One", "<p>One.</p>", 3)
    event = Event.objects.get(action="story.version_restored")
    assert (event.by, event.after["restored"]) == (by, 1)
    assert edit_at(story, 2).headline == "Two"


def test_quotations_follow_the_words() -> None:
    story = make_quoting_story()
    quote = story.quotations.get().quote
    story = edited(story, body="<p>Nothing was said.</p>")
    assert story.quotations.get().state == "missing"
    story = restore_version(story, by=make_user("Editor"), number=1, version=2)
    assert (story.quotations.get().state, story.quotations.get().quote) == ("matched", quote)


def test_owner_and_embargo_stay() -> None:
    owner, until = make_user("Reporter"), timezone.now() + datetime.timedelta(days=1)
    story = edited(make_story(kicker="Old"), owner_id=owner.pk, embargo_until=until, kicker="New")
    story = restore_version(story, by=make_user("Editor"), number=1, version=2)
    assert (story.kicker, story.owner, story.embargo_until) == ("Old", owner, until)


def test_it_is_refused_like_any_save() -> None:
    story = edited(make_story(headline="One"), headline="Two")
    with pytest.raises(NotAllowed):
        restore_version(story, by=make_user("Reporter"), number=1, version=2)
    with pytest.raises(StaleStory):
        restore_version(story, by=make_user("Editor"), number=1, version=1)
    with pytest.raises(WrongState, match="no version 7"):
        restore_version(story, by=make_user("Editor"), number=7, version=2)
    story.refresh_from_db()
    assert (story.headline, story.version) == ("Two", 2)
