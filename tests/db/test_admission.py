"""How many reports one place may send: the limit holds for any times, and one network is one place."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from articles.models import DisputeSender
from articles.workflow.admission import DAY, HOUR, Limit, TooMany, admit, sender_of, waiting_time

START = datetime(2026, 5, 12, tzinfo=UTC)
LIMITS = (Limit(HOUR, 3), Limit(DAY, 7))


@given(st.lists(st.integers(0, 3 * 86_400), max_size=60).map(sorted))
def test_no_stretch_of_time_ever_holds_more_than_its_limit(seconds: list[int]) -> None:
    admitted: list[datetime] = []
    for second in seconds:
        now = START + timedelta(seconds=second)
        if not waiting_time(admitted, now, LIMITS):
            admitted.append(now)
    for limit in LIMITS:
        for begin in admitted:
            within = [at for at in admitted if begin <= at < begin + limit.window]
            assert len(within) <= limit.most


@given(st.lists(st.integers(0, 2 * 86_400), min_size=1, max_size=40).map(sorted))
def test_who_waits_as_long_as_told_may_send_and_not_a_second_sooner(seconds: list[int]) -> None:
    sent = [START + timedelta(seconds=second) for second in seconds]
    wait = waiting_time(sent, sent[-1], LIMITS)
    assert not waiting_time(sent, sent[-1] + wait, LIMITS)
    if wait:
        assert waiting_time(sent, sent[-1] + wait - timedelta(seconds=1), LIMITS)


def test_no_limit_is_no_limit() -> None:
    assert not waiting_time([START] * 500, START, (Limit(HOUR, 0),))


def test_addresses_of_one_household_are_one_sender_and_none_can_be_read_back() -> None:
    assert sender_of("2001:db8:1:2::9") == sender_of("2001:db8:1:2:ffff::1") != sender_of("2001:db8:1:3::9")
    assert sender_of("192.0.2.1") != sender_of("192.0.2.2")
    assert sender_of("::ffff:192.0.2.1") == sender_of("192.0.2.1")
    assert sender_of("nonsense") == sender_of("")
    assert "192" not in sender_of("192.0.2.1")[:8]


@pytest.mark.django_db
def test_what_was_sent_is_forgotten_after_a_day(settings: Settings) -> None:
    settings.NEWSROOM_DISPUTES_PER_HOUR, settings.NEWSROOM_DISPUTES_PER_DAY = 2, 2
    for _number in range(2):
        admit("a", now=START, message="Wait.")
    with pytest.raises(TooMany) as refused:
        admit("a", now=START + HOUR * 2, message="Wait.")
    assert refused.value.wait == DAY - HOUR * 2
    admit("b", now=START + DAY, message="Wait.")
    assert [row.sender for row in DisputeSender.objects.all()] == ["b"]
    admit("a", now=START + DAY, message="Wait.")
