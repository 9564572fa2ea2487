"""The archive by date: what was published when, by the paper's own clock, at a bounded price."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from time_machine import TimeMachineFixture

from articles.models import Edition
from articles.views import archive
from tests.editions import make_edition, replace_edition, withdraw_edition

pytestmark = pytest.mark.django_db

CANARY = "quokkazephyr"


@pytest.fixture(autouse=True)
def _may(clock: TimeMachineFixture) -> None:
    """It is noon on 12 May 2026."""


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)


def told(headline: str, *moment: int, **fields: Any) -> Edition:
    return make_edition(headline=headline, live_from=at(*moment), **fields)


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


@pytest.fixture
def paper() -> None:
    """Stories of three years."""
    told("The bridge opens", 2024, 2, 29, 9)
    told("Snow on the quay", 2025, 12, 31, 9)
    told("Late in April", 2026, 4, 30, 23, 30)  # half past midnight on 1 May in London
    told("Noon in May", 2026, 5, 1, 12)


def test_the_years_lead_to_months_and_days(client: Client, paper: None) -> None:
    assert 'href="/archive/2024/"' in read(client, "/archive/")
    assert 'href="/archive/2023/"' not in read(client, "/archive/")
    assert 'href="/archive/2026/05/"' in read(client, "/archive/2026/")
    assert 'href="/archive/2026/04/"' not in read(client, "/archive/2026/")
    assert "0 stories" not in read(client, "/archive/2026/")
    month = read(client, "/archive/2026/05/")
    assert 'href="/archive/2026/05/01/">1 <span class="quiet">2 stories</span>' in month
    assert month.count("</td>") == 35
    day = read(client, "/archive/2026/05/01/")
    assert "Late in April" in day
    assert "Noon in May" in day
    assert "Friday 1 May 2026" in day


def test_a_day_is_one_of_the_papers_own_clock(client: Client, paper: None, settings: Settings) -> None:
    assert "Late in April" not in read(client, "/archive/2026/04/30/")
    settings.TIME_ZONE = "UTC"
    assert "Late in April" in read(client, "/archive/2026/04/30/")


@pytest.mark.parametrize(("address", "previous", "after"), [
    ("/archive/2025/", "/archive/2024/", "/archive/2026/"),
    ("/archive/2025/12/", "/archive/2024/02/", "/archive/2026/05/"),
    ("/archive/2025/12/31/", "/archive/2024/02/29/", "/archive/2026/05/01/"),
    ("/archive/2026/01/01/", "/archive/2025/12/31/", "/archive/2026/05/01/"),
])  # fmt: skip
def test_the_neighbours_are_those_with_stories(
    client: Client, paper: None, address: str, previous: str, after: str
) -> None:
    page = read(client, address)
    assert f'<a href="{previous}" rel="prev">' in page
    assert f'<a href="{after}" rel="next">' in page


def test_a_day_without_stories_says_so_and_is_not_for_search_engines(client: Client, paper: None) -> None:
    page = read(client, "/archive/2026/05/02/")
    assert "Nothing was published then." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "noindex" not in read(client, "/archive/2026/05/01/")


@pytest.mark.parametrize("address", [
    "2026/02/30/", "2025/02/29/", "2026/13/", "2026/00/", "2026/05/00/", "2026/5/", "2026/05/1/",
    "0000/", "9999/",
    "2024/01/", "2024/02/28/", "2023/", "2026/05/13/", "2026/06/", "2027/", "٢٠٢٦/",
])  # fmt: skip
def test_a_time_that_never_was_has_no_page(client: Client, paper: None, address: str) -> None:
    read(client, f"/archive/{address}", 404)


def test_an_empty_paper_has_no_dates(client: Client) -> None:
    assert "There is no story here yet." in read(client, "/archive/")
    read(client, "/archive/2026/", 404)


def test_counts_go_no_further_than_they_must(
    client: Client, paper: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST", 1)
    assert "more than 1 stories" in read(client, "/archive/2026/")


def test_what_is_not_published_is_neither_shown_nor_counted(client: Client, paper: None) -> None:
    told(f"{CANARY} tomorrow", 2026, 5, 13, 9)
    killed = told(f"{CANARY} killed", 2026, 5, 3, 9)
    withdraw_edition(killed, "Wrong.")
    replace_edition(told(f"{CANARY} then", 2026, 5, 4, 9), headline="Other words", slug="other")
    for address in ("", "2026/", "2026/05/", "2026/05/03/", "2026/05/04/"):
        assert CANARY not in read(client, f"/archive/{address}")
    assert ">0 stories<" in read(client, "/archive/2026/05/03/")
    assert ">1 story<" in read(client, "/archive/2026/05/04/")


@pytest.mark.parametrize(("address", "at_most"), [
    ("", 4), ("2026/", 5), ("2026/05/", 6), ("2026/05/01/", 6),
])  # fmt: skip
def test_the_archive_costs_the_same_however_large(
    client: Client, paper: None, address: str, at_most: int
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(client, f"/archive/{address}")
        return len(queries)

    few = cost()
    for day in range(1, 9):
        told(f"More {day}", 2026, 5, day, 10)
    assert cost() == few <= at_most
