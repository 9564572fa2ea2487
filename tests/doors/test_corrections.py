"""The page of corrections: by month, by kind, as long as the paper is old."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.doors.desk import words
from tests.editions import make_correction, make_edition, replace_edition, withdraw_edition

pytestmark = pytest.mark.django_db


def test_corrections_stand_under_their_months_and_can_be_chosen_by_kind(client: Client) -> None:
    for day, kind in (("2026-04-02", "correction"), ("2026-03-30", "update"), ("2026-03-01", "correction")):
        at = timezone.datetime.fromisoformat(f"{day}T10:00:00+00:00")
        make_correction(make_edition(live_from=at), f"What was wrong on {day}.", kind=kind)
    page = words(client.get("/corrections/"))
    assert page.index("April 2026") < page.index("2026-04-02") < page.index("March 2026")
    assert page.count("March 2026</h2>") == 1
    corrections = words(client.get("/corrections/?kind=correction"))
    assert "2026-03-30" not in corrections
    assert "2026-03-01" in corrections
    assert "There is nothing of this kind." in words(client.get("/corrections/?kind=retraction"))
    assert client.get("/corrections/?kind=rumour").status_code == 404


def test_the_list_goes_on_by_place_within_a_kind(client: Client) -> None:
    for number in range(30):
        at = timezone.now() - timedelta(hours=number + 1)
        make_correction(make_edition(live_from=at), f"Wrong {number}.", kind="update")
    first = client.get("/corrections/?kind=update")
    assert "Wrong 24." in words(first)
    older = client.get("/corrections/", {"kind": "update", "before": first.context["page"].older})
    assert "Wrong 25." in words(older)
    assert "Wrong 24." not in words(older)
    assert client.get("/corrections/?before=none").status_code == 404


def test_what_the_current_edition_does_not_show_is_not_listed(client: Client) -> None:
    later = replace_edition(make_edition(), at=timezone.now() + timedelta(days=1))
    make_correction(later, "Of tomorrow.")
    killed = make_edition()
    make_correction(killed, "Of a killed story.")
    withdraw_edition(killed, "We took it back.")
    page = words(client.get("/corrections/"))
    assert "Of tomorrow." not in page
    assert "Of a killed story." not in page
    assert "We took it back." in page
