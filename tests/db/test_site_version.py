"""The site's version grows with whatever changes a page, in the same transaction."""

import pytest
from django.db import transaction

from articles.house import open_house
from articles.models import SiteChange
from articles.workflow.amend import kill_story
from articles.workflow.publish import publish_story
from articles.workflow.readers import readers_see
from tests.factories import make_quoting_story, make_section, make_user

pytestmark = pytest.mark.django_db


def test_publishing_and_killing_give_the_next_version() -> None:
    story = make_quoting_story(status="approved")
    before = open_house().version
    publish_story(story, by=make_user())
    published = open_house().version
    kill_story(story, by=make_user("Managing editor"), notice="It was not true, and we are sorry.")
    assert before < published < open_house().version


def test_a_change_that_is_taken_back_gives_none() -> None:
    make_section()
    before = open_house().version
    with transaction.atomic():
        readers_see("front")
        transaction.set_rollback(True)
    assert open_house().version == before


def test_the_earlier_number_that_is_committed_later_is_noticed() -> None:
    make_section()
    SiteChange.objects.create(pk=7)
    before = open_house().version
    SiteChange.objects.create(pk=5)
    assert open_house().version > before


def test_the_version_grows_however_many_changes_there_were() -> None:
    make_section()
    versions = []
    for _ in range(150):
        readers_see()
        versions.append(open_house().version)
    assert versions == sorted(set(versions))
