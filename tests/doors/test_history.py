"""The history of a story: what readers saw and what changed, and nothing that was taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from articles.models import Edition
from tests.editions import make_edition, replace_edition, withdraw_edition

pytestmark = pytest.mark.django_db

CANARY = "quokkazephyr"
Kind = Edition.Kind


def ago(hours: float) -> Any:
    return timezone.now() - timedelta(hours=hours)


def corrected() -> Edition:
    """A story in three versions."""
    first = make_edition(
        headline="Eight ferries",
        body_text="Eight sail.\n\nThe rest.",
        live_from=ago(9),
        quotes=[{"quote_key": "k1", "verification": "unverified"}],
    )
    second = replace_edition(
        first, ago(5), kind=Kind.CORRECTION, change_note="Nine sail, not eight.",
        body_text="Nine sail.\n\nThe rest.", headline="Nine ferries",
        quotes=[{"quote_key": "k1", "verification": "verified"}],
    )  # fmt: skip
    return replace_edition(second, ago(1), body_text="Nine sail.\n\nThe rest.\n\nAnd more.")


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_every_version_is_listed_with_its_day_its_kind_and_its_note(client: Client) -> None:
    edition = corrected()
    page = read(client, f"{edition.get_absolute_url()}history/")
    assert "Readers have seen 3 versions" in page
    for text in ("Version 1", "first published", "correction", "Nine sail, not eight.", "“Eight ferries”"):
        assert text in page
    assert "history/1-2/" in page
    assert '<meta name="robots" content="noindex">' in page
    assert f'href="{edition.get_absolute_url()}history/"' in read(client, edition.get_absolute_url())


def test_two_versions_show_their_words_and_how_quotations_stand(client: Client) -> None:
    page = read(client, f"{corrected().get_absolute_url()}history/1-2/")
    assert "<del>Eight</del><ins>Nine</ins> sail." in page
    assert "<del>Eight</del><ins>Nine</ins> ferries" in page
    assert "<del>unverified</del> <ins>verified</ins>" in page
    assert "Nine sail, not eight." in page


def test_words_not_to_be_trusted_come_in_the_order_of_the_text(client: Client) -> None:
    def quotes(state: str) -> list[dict[str, str]]:
        names = (("k1", "Ann Bell"), ("k2", "Bo Carr"))
        return [{"quote_key": key, "speaker_name": name, "verification": state} for key, name in names]

    first = make_edition(live_from=ago(9), quotes=quotes("verified"))
    second = replace_edition(first, ago(5), quotes=quotes("disputed"))
    page = read(client, f"{second.get_absolute_url()}history/1-2/")
    assert page.index("those of Ann Bell are disputed") < page.index("those of Bo Carr are disputed")


def test_versions_with_the_same_words_say_so(client: Client) -> None:
    edition = replace_edition(make_edition(body_text="One.", live_from=ago(3)), body_text="One.")
    assert "The words are the same in both." in read(client, f"{edition.get_absolute_url()}history/1-2/")


@pytest.mark.parametrize("numbers", ["2-1", "1-1", "0-1", "1-4", "3-9"])
def test_versions_that_are_not_there_have_no_page(client: Client, numbers: str) -> None:
    read(client, f"{corrected().get_absolute_url()}history/{numbers}/", 404)


def test_an_old_address_leads_to_the_history_in_one_hop(client: Client) -> None:
    first = make_edition(live_from=ago(3))
    edition = replace_edition(first, slug="elsewhere")
    for rest in ("history/", "history/1-2/"):
        response = client.get(f"{first.get_absolute_url()}{rest}")
        assert (response.status_code, response.headers["Location"]) == (
            301,
            f"{edition.get_absolute_url()}{rest}",
        )
    read(client, "/harbour/never-was/history/", 404)


@pytest.mark.parametrize("rest", ["history/", "history/1-2/"])
def test_the_history_of_a_killed_story_is_gone_too(client: Client, rest: str) -> None:
    edition = corrected()
    withdraw_edition(edition, "This was wrong.")
    page = read(client, f"{edition.get_absolute_url()}{rest}", 410)
    assert "This was wrong." in page
    assert "ferries" not in page.replace(edition.slug, "")


def planned(edition: Edition) -> Edition:
    return replace_edition(
        edition, timezone.now() + timedelta(days=1), headline=CANARY, body_text=CANARY, change_note=CANARY
    )


def cancelled(edition: Edition) -> Edition:
    at = ago(0.5)
    never = replace_edition(edition, at, headline=CANARY, body_text=CANARY, change_note=CANARY)
    Edition.objects.filter(pk=never.pk).end(at)
    Edition.objects.filter(pk=edition.pk).reopen()
    return edition


def retracted(edition: Edition) -> Edition:
    told = replace_edition(edition, ago(0.9), headline=CANARY, body_text=CANARY, dek=CANARY)
    return replace_edition(
        told,
        ago(0.5),
        kind=Kind.RETRACTION,
        change_note="We take this back.",
        headline="Back",
        body_text="Now.",
        dek="",
    )


def restored(edition: Edition) -> Edition:
    told = replace_edition(edition, ago(0.9), headline=CANARY, body_text=CANARY, dek=CANARY)
    notice = withdraw_edition(told, "Taken down.", at=ago(0.6), kind=Kind.UNPUBLISHED)
    return replace_edition(notice, ago(0.5), headline="Back", body_text="Now.", dek="")


@pytest.mark.parametrize("change", [planned, cancelled, retracted, restored])
def test_words_that_were_never_seen_or_were_taken_back_do_not_show(client: Client, change: Any) -> None:
    edition = corrected()
    change(edition)
    for address in [f"{edition.get_absolute_url()}history/"] + [
        f"{edition.get_absolute_url()}history/{first}-{second}/" for first in range(7) for second in range(7)
    ]:
        response = client.get(address)
        assert response.status_code in (200, 404)
        assert CANARY not in response.content.decode(), address


def test_a_withdrawn_version_is_still_listed(client: Client) -> None:
    page = read(client, f"{restored(corrected()).get_absolute_url()}history/")
    assert "Taken down." in page
    assert "were taken back and are not shown" in page
    assert "Readers have seen 6 versions" in page


def test_a_house_may_keep_the_words_of_versions_to_itself(client: Client, settings: Settings) -> None:
    settings.NEWSROOM_HISTORY_TEXTS = False
    edition = corrected()
    assert "1-2/" not in read(client, f"{edition.get_absolute_url()}history/")
    read(client, f"{edition.get_absolute_url()}history/1-2/", 404)


def test_long_histories_come_in_pages(client: Client) -> None:
    edition = make_edition(live_from=ago(200))
    for hour in range(59):
        edition = replace_edition(edition, ago(100 - hour))
    page = read(client, f"{edition.get_absolute_url()}history/")
    assert "Version 60" in page
    assert "Version 10 " not in page
    older = read(client, f"{edition.get_absolute_url()}history/?before=11")
    assert "Version 10 " in older
    assert "Version 11 " not in older
    for wrong in ("0", "1", "62", "x", "²"):
        read(client, f"{edition.get_absolute_url()}history/?before={wrong}", 404)


@pytest.mark.parametrize(("rest", "at_most"), [("history/", 3), ("history/1-2/", 5)])
def test_the_history_costs_the_same_whatever_its_length(client: Client, rest: str, at_most: int) -> None:
    def cost(edition: Edition) -> int:
        with CaptureQueriesContext(connection) as queries:
            read(client, f"{edition.get_absolute_url()}{rest}")
        return len(queries)

    edition = corrected()
    few = cost(edition)
    for number in range(12):
        edition = replace_edition(edition, ago(0.9 - number / 20), quotes=[{}, {}])
    assert cost(edition) == few <= at_most
