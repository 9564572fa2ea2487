"""The paper's own figures: counted as of midnight, from what readers saw, at a cost that does not grow."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from articles import transparency
from articles.models import Edition
from articles.transparency import Share, figures
from tests.disputes import make_dispute
from tests.doors.desk import words
from tests.editions import make_correction, make_edition, replace_edition, source_json, speaker_json

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_kept(clock: TimeMachineFixture) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def ago(**span: int) -> datetime:
    return timezone.now() - timedelta(**span)


def test_corrections_are_counted_by_month_and_timed_by_the_median() -> None:
    for hours in (2, 10, 30):
        story = make_edition(live_from=ago(days=20))
        mended = replace_edition(story, at=story.live_from + timedelta(hours=hours))
        make_correction(mended)
    clarified = make_edition(live_from=ago(days=20))
    make_correction(replace_edition(clarified, at=ago(days=19)), kind="clarification")
    make_edition(live_from=ago(days=100))
    found = figures(90, timezone.now())
    assert (found.stories, found.corrected, found.hours_to_correct) == (4, Share(3, 4), 10.0)
    (month,) = found.months
    assert (month.stories, month.corrections, month.clarifications, month.per_hundred) == (4, 3, 1, 75.0)


def test_quotes_are_counted_as_readers_saw_them() -> None:
    unnamed = {"speaker": speaker_json(unnamed=True), "speaker_slug": "", "source_key": "s2"}
    secret = {"source_key": "", "source": {"confidential": True}}
    none = {"source_key": "", "source": {}, "verification": "unverified"}
    make_edition(live_from=ago(days=3), quotes=[{"source_key": "s1"}, {"source_key": "s1"}])
    make_edition(live_from=ago(days=3), quotes=[{"source_key": "s1"}, unnamed, secret, none])
    make_edition(live_from=ago(days=3))
    found = figures(30, timezone.now())
    assert found.quotes == 6
    assert (found.verified, found.with_source, found.unnamed) == (Share(5, 6), Share(5, 6), Share(1, 6))
    assert found.single_source == Share(1, 2)
    assert (found.verified.percent, Share(0, 0).percent) == (83.3, 0.0)


def test_disputes_count_without_spam_and_by_the_time_of_the_answer() -> None:
    edition = make_edition(live_from=ago(days=20))
    for outcome, hours in (("upheld", 4), ("partly", 8), ("not_upheld", 30), ("spam", 1)):
        received = ago(days=10)
        answered = received + timedelta(hours=hours)
        make_dispute(edition, outcome=outcome, received_at=received, answered_at=answered)
    make_dispute(edition, received_at=ago(days=2))
    make_dispute(edition, received_at=ago(minutes=5))
    found = figures(30, timezone.now())
    assert (found.disputes, found.answered, found.upheld, found.hours_to_answer) == (4, 3, Share(2, 3), 8.0)


def test_what_happens_today_changes_nothing_until_midnight(clock: TimeMachineFixture) -> None:
    story = make_edition(live_from=ago(days=1), quotes=[{}])
    later = replace_edition(story, quotes=[{"verification": "disputed"}])
    make_correction(later)
    planned = make_edition(live_from=ago(days=2))
    Edition.objects.filter(pk=planned.pk).end(planned.live_from)  # a schedule that was cancelled
    found = figures(30, timezone.now())
    assert (found.stories, found.corrected.part, found.verified) == (1, 0, Share(1, 1))
    clock.move_to(datetime(2026, 5, 13, 12, tzinfo=UTC), tick=False)
    found = figures(30, timezone.now())
    assert (found.stories, found.corrected.part, found.verified) == (1, 1, Share(0, 1))


def test_they_are_counted_once_a_day_at_a_cost_that_does_not_grow(client: Client) -> None:
    def cost() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get("/transparency/")
        return len(queries)

    make_correction(make_edition(live_from=ago(days=3), quotes=[{}]))
    few = cost()
    for _number in range(6):
        make_correction(make_edition(live_from=ago(days=3), quotes=[{}, {}]))
    assert cost() == few <= 10
    with CaptureQueriesContext(connection) as queries:
        client.get("/transparency/")
    assert len(queries) == 1


def test_a_large_paper_is_counted_by_its_newest_stories_and_told_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transparency, "MOST_STORIES", 2)
    for days in (5, 4, 3):
        make_edition(live_from=ago(days=days), quotes=[{}])
    page = words(client.get("/transparency/?days=30"))
    assert "Counted in the newest 2 stories of the period." in page
    assert "Of 2 quotations" in page


def test_the_page_offers_three_periods_and_no_other(client: Client) -> None:
    confidential = source_json(confidential=True)
    make_edition(live_from=ago(days=3), quotes=[{"source": confidential}])
    for days in (30, 90, 365):
        page = client.get(f"/transparency/?days={days}")
        assert f'?days={days}" aria-current="page"' in page.content.decode()
        assert "<meter" in page.content.decode()
        assert "style=" not in page.content.decode()
    for asked in ("31", "x", "", "-30"):
        assert client.get("/transparency/", {"days": asked}).status_code == 404
