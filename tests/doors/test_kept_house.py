"""What every page shares is read once for each version of the site, and is never older than that."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from articles.house import House, open_house
from articles.models import Section
from articles.workflow.readers import readers_see
from tests.editions import make_edition
from tests.factories import make_section

pytestmark = pytest.mark.django_db(transaction=True)


def questions() -> tuple[House, int]:
    """The house, and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        return open_house(), len(queries)


def test_only_the_version_is_asked_for_while_nothing_changes() -> None:
    make_section("Harbour")
    readers_see()
    first = open_house()
    second, cost = questions()
    assert cost == 1
    assert second.now > first.now
    assert second == House(**{name: getattr(first, name) for name in House.__slots__} | {"now": second.now})


def test_a_change_is_seen_at_once() -> None:
    section = make_section("Harbour")
    readers_see()
    assert [each.name for each in open_house().sections] == ["Harbour"]
    with transaction.atomic():
        Section.objects.filter(pk=section.pk).update(name="Port")
        readers_see()
    house, cost = questions()
    assert [each.name for each in house.sections] == ["Port"]
    assert cost == 2


def test_nothing_is_kept_of_what_was_never_committed() -> None:
    section = make_section("Harbour")
    readers_see()
    open_house()
    with transaction.atomic():
        Section.objects.filter(pk=section.pk).update(name="Port")
        readers_see()
        assert [each.name for each in open_house().sections] == ["Port"]
        transaction.set_rollback(True)
    assert [each.name for each in open_house().sections] == ["Harbour"]


def test_a_story_that_was_scheduled_begins_and_ends_by_the_clock(clock: TimeMachineFixture) -> None:
    now = timezone.now()
    make_edition(live_from=now + timedelta(minutes=5))
    readers_see()
    assert open_house().changes_at == now + timedelta(minutes=5)
    clock.shift(timedelta(minutes=5))
    house, cost = questions()
    assert cost == 1  # the version says nothing of the clock, so it is not asked for
    assert house.changed_at == now + timedelta(minutes=5)


def test_a_clock_that_was_put_back_gets_a_house_of_its_own(clock: TimeMachineFixture) -> None:
    make_edition(live_from=timezone.now() - timedelta(seconds=30))
    readers_see()
    assert open_house().changed_at == timezone.now()
    clock.shift(timedelta(minutes=-1))
    assert open_house().changes_at == timezone.now() + timedelta(seconds=30)


def test_a_site_without_a_version_keeps_nothing() -> None:
    make_section("Harbour")
    open_house()
    make_section("Coast")
    assert [each.name for each in open_house().sections] == ["Coast", "Harbour"]
