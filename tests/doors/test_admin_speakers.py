"""Speakers to look at: pairs with their reason, merging with a page that says what moves, two people."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Quotation, Quote, Speaker, SpeakersApart, Story
from tests.doors.desk import enter, words
from tests.factories import WORDS, make_quotation, make_quote, make_role, make_speaker, make_story

pytestmark = pytest.mark.django_db

LOOK = "/admin/articles/speaker/look/"


def pair() -> tuple[Speaker, Speaker]:
    """Two records of the harbour commissioner."""
    return make_speaker("Ruth Amadi", "Harbour Commissioner"), make_speaker(
        "R. Amadi", "harbour commissioner"
    )


def asking(quote: Quote | None, **fields: object) -> tuple[Story, Quotation, str]:
    """A story with one quotation, and the address of its review."""
    story = make_story(body=f"<p>“{WORDS}” said somebody.</p>", status=Story.Status.IN_REVIEW)
    quotation = make_quotation(story, quote, spans=[[1, 1 + len(WORDS)]], **fields)
    return story, quotation, f"/admin/articles/story/{story.pk}/review/?q={quotation.pk}"


def test_a_pair_is_shown_with_the_reason_and_both_records() -> None:
    keep, other = pair()
    make_quote("The pier stays open all winter.", speaker=keep)
    page = words(enter("Editor").get(LOOK))
    assert "has the initial and surname of Ruth Amadi" in page
    assert "The pier stays open all winter." in page
    assert f"/speaker/{keep.pk}/merge/{other.pk}/" in page


def test_weak_pairs_are_shown_on_request() -> None:
    make_speaker("Ruth Amadi")
    make_speaker("R. Amadi")
    client = enter("Editor")
    assert "There is nobody to look at." in words(client.get(LOOK))
    assert "No role says whether it is one person." in words(client.get(f"{LOOK}?weak=1"))


def test_the_list_and_the_form_lead_to_the_pairs() -> None:
    keep, _other = pair()
    client = enter("Editor")
    assert LOOK in words(client.get("/admin/articles/speaker/"))
    assert f"{LOOK}?of={keep.pk}" in words(client.get(f"/admin/articles/speaker/{keep.pk}/change/"))
    assert "R. Amadi" in words(client.get(f"{LOOK}?of={keep.pk}"))


def test_the_pairs_cost_the_same_however_many_there_are() -> None:
    pair()
    client = enter("Editor")
    client.get(LOOK)
    with CaptureQueriesContext(connection) as few:
        client.get(LOOK)
    for number in range(8):
        make_quote(speaker=make_speaker(f"Ruth Marn{number}land", "Pilot"))
        make_speaker(f"R. Marn{number}land", "Pilot")
    with CaptureQueriesContext(connection) as many:
        page = words(client.get(LOOK))
    assert page.count("has the initial and surname") == 9
    assert len(many) == len(few) <= 16


def test_merging_says_what_moves_and_asks_why() -> None:
    keep, other = pair()
    make_quote("The pier stays open all winter.", speaker=other)
    make_role(other, "Pilot")
    client, url = enter("Editor"), f"/admin/articles/speaker/{keep.pk}/merge/{other.pk}/"
    page = words(client.get(url))
    for said in ("1 quote, with its verification", "the name “R. Amadi”", "the role Pilot", "kept once"):
        assert said in page
    assert "Keep R. Amadi instead" in page
    refused = words(client.post(url, {"reason": ""}))
    assert "This field is required" in refused
    assert client.post(url, {"reason": "Her office confirmed it."}).headers["Location"] == LOOK
    assert keep.quotes.count() == 1
    assert "There is nobody to look at." in words(client.get(LOOK))


def test_what_cannot_be_merged_is_said_instead_of_a_form() -> None:
    keep, other = make_speaker("Harbour Council", kind="organisation"), make_speaker("Ruth Amadi")
    page = words(enter("Editor").get(f"/admin/articles/speaker/{keep.pk}/merge/{other.pk}/"))
    assert "A person and an organisation cannot be merged." in page
    assert "<textarea" not in page


def test_two_people_are_not_proposed_again() -> None:
    keep, other = pair()
    client = enter("Reporter")
    response = client.post(f"/admin/articles/speaker/{keep.pk}/apart/{other.pk}/", {"back": f"{LOOK}?weak=1"})
    assert response.headers["Location"] == f"{LOOK}?weak=1"
    assert "There is nobody to look at." in words(client.get(f"{LOOK}?weak=1"))


def test_the_way_back_stays_in_the_house() -> None:
    keep, other = pair()
    response = enter("Editor").post(
        f"/admin/articles/speaker/{keep.pk}/apart/{other.pk}/", {"back": "https://evil.example/"}
    )
    assert response.headers["Location"] == LOOK


def test_who_may_not_merge_is_offered_no_merge() -> None:
    keep, other = pair()
    for role, status in (("Reporter", 403), ("Auditor", 403)):
        client = enter(role)
        assert "/merge/" not in words(client.get(LOOK))
        assert client.get(f"/admin/articles/speaker/{keep.pk}/merge/{other.pk}/").status_code == status
    assert enter("Auditor").post(f"/admin/articles/speaker/{keep.pk}/apart/{other.pk}/").status_code == 302
    assert not SpeakersApart.objects.exists()


def test_a_merged_record_leads_to_the_kept_one_and_cannot_be_chosen() -> None:
    keep, other = pair()
    client = enter("Editor")
    client.post(f"/admin/articles/speaker/{keep.pk}/merge/{other.pk}/", {"reason": "Confirmed."})
    page = words(client.get(f"/admin/articles/speaker/{other.pk}/change/", follow=True))
    assert "was merged into “Ruth Amadi”" in page
    ask = {"app_label": "articles", "model_name": "quote", "field_name": "speaker", "term": "Amadi"}
    found = client.get("/admin/autocomplete/", ask).json()["results"]
    assert found == [{"id": str(keep.pk), "text": "Ruth Amadi, Harbour Commissioner"}]


def test_the_review_asks_whether_a_new_record_is_somebody_known_and_one_press_says_so() -> None:
    keep, other = pair()
    quote = make_quote(speaker=other, role=other.roles.get())
    _story, quotation, url = asking(quote, role_title="harbour commissioner")
    client = enter("Editor")
    page = words(client.get(url))
    assert "Who is it?" in page
    assert "It is Ruth Amadi, Harbour Commissioner" in page
    assert f"/speaker/{keep.pk}/merge/{other.pk}/" in page
    assert set(re.findall(r'action="(\?[^"]*)"', page)) == {f"?q={quotation.pk}"}
    client.post(url, {"decision": "identify", "speaker": keep.pk})
    quote.refresh_from_db()
    assert (quote.speaker, quote.role) == (keep, keep.roles.get())


def test_two_people_said_in_the_review_end_the_question() -> None:
    keep, other = pair()
    _story, _quotation, url = asking(make_quote(speaker=other))
    client = enter("Editor")
    client.post(url, {"decision": "apart", "speaker": keep.pk})
    assert SpeakersApart.objects.count() == 1
    assert "Who is it?" not in words(client.get(url))


def test_the_review_asks_which_of_two_namesakes_it_is() -> None:
    pilot, _cook = make_speaker("Ilse Bramley", "Pilot"), make_speaker("Ilse Bramley", "Cook")
    _story, quotation, url = asking(None, speaker_name="Ilse Bramley")
    client = enter("Editor")
    page = words(client.get(url))
    assert page.count("2 speakers on record are called “Ilse Bramley”") == 2
    client.post(url, {"decision": "identify", "speaker": pilot.pk})
    quotation.refresh_from_db()
    assert quotation.quote.speaker == pilot


def test_a_namesake_who_is_new_gets_a_record_and_is_told_from_the_others() -> None:
    make_speaker("Ilse Bramley", "Pilot")
    make_speaker("Ilse Bramley", "Cook")
    _story, quotation, url = asking(None, speaker_name="Ilse Bramley", role_title="astronomer")
    client = enter("Editor")
    client.post(url, {"decision": "identify"})
    quotation.refresh_from_db()
    assert (quotation.quote.speaker.name, quotation.quote.role.title) == ("Ilse Bramley", "astronomer")
    assert SpeakersApart.objects.count() == 2


def test_a_role_that_fits_none_on_record_is_asked_about() -> None:
    speaker = make_speaker("Ruth Amadi", "Harbour Commissioner")
    quote = make_quote(speaker=speaker, role=make_role(speaker, "goalkeeper"))
    _story, _quotation, url = asking(quote, role_title="goalkeeper")
    client = enter("Editor")
    page = words(client.get(url))
    assert "is on record as Harbour Commissioner, and this text says goalkeeper" in page
    client.post(url, {"decision": "identify"})
    quote.refresh_from_db()
    assert (quote.speaker == speaker, quote.speaker.name) == (False, "Ruth Amadi")


def test_a_card_of_the_story_shows_the_question_and_a_verified_quote_has_none() -> None:
    _keep, other = pair()
    quote = make_quote(speaker=other)
    story, _quotation, url = asking(quote)
    client, page = enter("Managing editor"), f"/admin/articles/story/{story.pk}/change/"
    assert "has the initial and surname" in words(client.get(page))
    copy = quote.source.snapshots.get()
    client.post(url, {"decision": "verify", "method": "read", "words": WORDS, "snapshot": copy.pk})
    assert "has the initial and surname" not in words(client.get(page))
