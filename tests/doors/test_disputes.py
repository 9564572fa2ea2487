"""Reporting what is wrong: without a log-in, a cookie or a script, and without losing what was typed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings
from time_machine import TimeMachineFixture

from articles.models import Dispute, Edition
from tests.disputes import make_dispute
from tests.doors.desk import words
from tests.editions import make_correction, make_edition, replace_edition, withdraw_edition

pytestmark = pytest.mark.django_db

FORM = "/disputes/new/"
SAID = "I was not in the hall on that day."


def story_of(edition: Edition) -> str:
    return f"{edition.section_slug}/{edition.slug}"


def typed(edition: Edition, **changes: Any) -> dict[str, Any]:
    """What a browser would post from the form."""
    fields = {
        "story": story_of(edition),
        "number": edition.number,
        "quote": "",
        "kind": "fact",
        "words": SAID,
    }
    return fields | {"name": "Perrin Oakes", "email": "perrin@reader.example", "website": ""} | changes


def proof_in(page: HttpResponse) -> str:
    return page.context["proof"]


def send(client: Client, clock: TimeMachineFixture, fields: dict[str, Any], **headers: Any) -> HttpResponse:
    """Fill in the form, read what will be sent for a while, and send it."""
    page = client.post(FORM, fields, **headers)
    assert page.status_code == 200, words(page)
    clock.shift(timedelta(seconds=20))
    return client.post(FORM, fields | {"proof": proof_in(page)}, **headers)


def test_the_form_is_the_same_for_everybody_and_may_be_kept(client: Client) -> None:
    edition = make_edition(quotes=[{"quote_key": "k1"}])
    response = client.get(FORM, {"story": story_of(edition), "quote": "k1"})
    assert response.headers["Cache-Control"].startswith("public")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrf" not in response.content.decode()
    assert '<option value="k1" selected>' in response.content.decode()
    assert "90 days after you wrote" in words(response)
    again = Client().get(FORM, {"story": story_of(edition), "quote": "k1"})
    assert again.content == response.content
    assert client.head(FORM, {"story": story_of(edition)}).status_code == 200
    assert client.put(FORM).status_code == 405


def test_a_story_is_found_by_its_address_and_a_quote_by_its_key(client: Client) -> None:
    edition = make_edition(headline="The tower", quotes=[{"quote_key": "k1"}])
    for query in (
        {"story": f"https://paper.example{edition.get_absolute_url()}?from=mail#top"},
        {"story": edition.get_absolute_url()},
        {"quote": "k1"},
    ):
        assert "The tower" in words(client.get(FORM, query))
    assert "Which story is it about?" in words(client.get(FORM))


def test_nothing_but_what_is_published_can_be_named(client: Client) -> None:
    live = make_edition(quotes=[{"quote_key": "k1"}])
    later = make_edition(quotes=[{"quote_key": "k2"}], live_from=timezone.now() + timedelta(days=1))
    killed = withdraw_edition(make_edition(quotes=[{"quote_key": "k3"}], slug="killed"), "It was wrong.")
    for query in (
        {"story": story_of(later)},
        {"story": story_of(killed)},
        {"story": "harbour/none"},
        {"story": "x" * 500},
        {"story": "//"},
        {"quote": "k2"},
        {"quote": "k3"},
        {"story": story_of(live), "quote": "k2"},
    ):
        assert client.get(FORM, query).status_code == 404, query
    assert client.post(FORM, typed(later)).status_code == 404
    assert client.post(FORM).status_code == 404


def test_a_report_is_read_sent_and_acknowledged(client: Client, clock: TimeMachineFixture) -> None:
    edition = make_edition(quotes=[{"quote_key": "k1"}])
    answer = send(client, clock, typed(edition, quote="k1", kind="not_said"))
    dispute = Dispute.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/disputes/{dispute.key}/")
    assert (dispute.quote_key, dispute.words, dispute.edition) == ("k1", SAID, edition)
    assert not answer.cookies
    page = client.get(answer.headers["Location"])
    shown = words(page)
    assert "We have your report" in shown
    for secret in (SAID, "Perrin", "reader.example"):
        assert secret not in shown
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]


def test_the_report_is_about_the_edition_that_was_read(client: Client, clock: TimeMachineFixture) -> None:
    first = make_edition(quotes=[{"quote_key": "k1"}])
    second = replace_edition(first, quotes=[])
    clock.shift(timedelta(seconds=1))
    fields = typed(second, number=first.number, quote="k1", kind="context")
    assert send(client, clock, fields).status_code == 302
    assert Dispute.objects.get().edition == first
    planned = replace_edition(second, at=timezone.now() + timedelta(days=1))
    assert send(client, clock, typed(second, number=planned.number, words="Another.")).status_code == 302
    assert Dispute.objects.last().edition == second


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"words": ""}, "Say in your own words what is wrong."),
        ({"kind": ""}, "Choose what is wrong."),
        ({"kind": "not_said"}, "Choose the quotation that this is about."),
        ({"email": "perrin"}, "This is no e-mail address."),
        ({"words": f"{SAID} " + "http://a.example " * 4}, "There are many links in it"),
        ({"website": "http://spam.example"}, "should stay empty"),
        ({"words": f"{SAID} {'x' * 4000}"}, "at most 4000"),
    ],
)
def test_what_is_missing_is_told_and_what_was_typed_stays(
    client: Client, changes: dict[str, str], told: str
) -> None:
    page = client.post(FORM, typed(make_edition(), **changes))
    assert told in words(page)
    assert "Perrin Oakes" in words(page)
    assert (changes.get("words") or SAID)[:30] in words(page) or changes.get("words") == ""
    assert "no-store" in page.headers["Cache-Control"]


def test_nobody_sends_quicker_than_one_reads_or_something_else_than_was_read(
    client: Client, clock: TimeMachineFixture
) -> None:
    fields = typed(make_edition())
    proof = proof_in(client.post(FORM, fields))
    hasty = client.post(FORM, fields | {"proof": proof})
    assert "quicker than anybody reads" in words(hasty)
    clock.shift(timedelta(seconds=5))
    other = client.post(FORM, fields | {"proof": proof, "words": "Buy boats."})
    assert "not what you read" in words(other)
    assert "Buy boats." in words(other)
    assert "Read it once more" in words(client.post(FORM, fields | {"proof": "invented"}))
    back = client.post(FORM, fields | {"proof": proof, "change": "1"})
    assert SAID in words(back)
    assert "Look at it before it is sent" in words(back)
    clock.shift(timedelta(hours=4))
    assert "for hours" in words(client.post(FORM, fields | {"proof": proof}))
    assert not Dispute.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "https://other.example"},
        {"HTTP_ORIGIN": "null"},
    ],
)
def test_another_site_cannot_send_through_a_reader_s_browser(client: Client, headers: dict[str, str]) -> None:
    page = client.post(FORM, typed(make_edition()), **headers)
    assert page.status_code == 403
    assert SAID in words(page)
    assert "sent from a page of another site" in words(page)


def test_browsers_that_name_this_site_or_nothing_may_send(client: Client, clock: TimeMachineFixture) -> None:
    edition = make_edition()
    own: list[dict[str, str]] = [
        {},
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_ORIGIN": "http://testserver"},
    ]
    for number, headers in enumerate(own):
        assert send(client, clock, typed(edition, words=f"{number}"), **headers).status_code == 302
    assert send(Client(enforce_csrf_checks=True), clock, typed(edition, words="No token.")).status_code == 302


def test_too_many_reports_are_put_off_and_nothing_is_lost(
    client: Client, clock: TimeMachineFixture, settings: Settings
) -> None:
    settings.NEWSROOM_DISPUTES_PER_HOUR, settings.NEWSROOM_PROXIES = 1, 1
    edition, here = make_edition(), {"HTTP_X_FORWARDED_FOR": "198.51.100.7, 203.0.113.5"}
    assert send(client, clock, typed(edition), **here).status_code == 302
    page = send(client, clock, typed(edition, words="And the light is green."), **here)
    assert page.status_code == 429
    assert 0 < int(page.headers["Retry-After"]) <= 3601
    assert "And the light is green." in words(page)
    elsewhere = {"HTTP_X_FORWARDED_FOR": "203.0.113.5, 198.51.100.9"}
    fields = typed(edition, words="And the light is green.")
    assert send(client, clock, fields, **elsewhere).status_code == 302


def test_a_form_that_is_far_too_long_is_not_read(client: Client) -> None:
    page = client.post(FORM, typed(make_edition(), words="x" * 200_000))
    assert page.status_code == 413
    assert "far more than the form holds" in words(page)


# --- What became of it ---------------------------------------------------------------------------


def test_whoever_has_the_reference_reads_the_answer(client: Client) -> None:
    edition = make_edition()
    correction = make_correction(edition)
    upheld = make_dispute(edition, outcome="upheld", correction=correction)
    shown = words(client.get(upheld.get_absolute_url()))
    assert upheld.outcome_text in shown
    assert "We corrected the story." in shown
    assert "Perrin" not in shown
    spam = make_dispute(edition, outcome="spam")
    assert "closed it without an answer" in words(client.get(spam.get_absolute_url()))
    assert client.get("/disputes/none/").status_code == 404


def test_readers_read_published_outcomes_and_nothing_of_the_sender(client: Client) -> None:
    canary = "quokkazephyr"
    edition = make_edition(headline="The tower", quotes=[{"quote_key": "k1"}])
    secret = {"words": canary, "name": canary, "email": f"{canary}@reader.example"}
    make_dispute(edition, outcome="upheld", outcome_text=f"Unpublished {canary}.", **secret)
    make_dispute(edition, **secret)
    shown = make_dispute(
        edition, outcome="partly", quote_key="k1", kind="context", published_at=timezone.now(), **secret
    )
    gone = make_edition(headline=f"Killed {canary}")
    make_dispute(gone, outcome="upheld", published_at=timezone.now(), **secret)
    withdraw_edition(gone, "It was wrong.", headline=f"Killed {canary}")
    for address in ("/disputes/", "/corrections/", edition.get_absolute_url(), shown.get_absolute_url(), "/"):
        page = client.get(address).content.decode()
        assert canary not in page.replace("data-canary", ""), address
    listed = words(client.get("/disputes/"))
    assert shown.outcome_text in listed
    assert "Partly upheld" in listed
    assert "A story that is no longer published" in listed


def test_a_story_leads_to_the_form_and_shows_what_became_of_reports(
    client: Client, django_assert_num_queries: Any
) -> None:
    edition = make_edition(quotes=[{"quote_key": "k1"}])
    with CaptureQueriesContext(connection) as before:
        client.get(edition.get_absolute_url())
    for number in range(7):
        published = timezone.now() - timedelta(days=number)
        text = f"We looked, {number}."
        make_dispute(edition, outcome="upheld", outcome_text=text, published_at=published, quote_key="k1")
    make_dispute(edition, outcome="upheld", outcome_text="Unpublished.")
    with django_assert_num_queries(len(before)):
        page = client.get(edition.get_absolute_url())
    shown = words(page)
    assert [text for text in (f"We looked, {number}." for number in range(7)) if text in shown] == [
        f"We looked, {number}." for number in range(5)
    ]
    assert shown.index("We looked, 0.") < shown.index("We looked, 1.")
    assert "Unpublished." not in shown
    html = page.content.decode()
    assert f'href="{FORM}?story={story_of(edition)}"' in html
    assert f'href="{FORM}?story={story_of(edition)}&amp;quote=k1"' in html


def test_the_list_goes_on_by_place(client: Client) -> None:
    edition = make_edition()
    for number in range(30):
        made = timezone.now() - timedelta(hours=number)
        make_dispute(edition, outcome="upheld", outcome_text=f"Answer {number}.", published_at=made)
    first = client.get("/disputes/")
    assert "Answer 24." in words(first)
    assert "Answer 25." not in words(first)
    older = client.get("/disputes/", {"before": first.context["page"]["older"]})
    assert "Answer 25." in words(older)
    assert "Answer 24." not in words(older)
    assert client.get("/disputes/?before=x").status_code == 404
