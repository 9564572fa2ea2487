"""The verification desk: what is in the queue and in which order, one item at a time, and for one person."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Author, Byline, Claim, Quotation, Quote, Story
from articles.workflow.claims import claim_quotation
from tests.doors.desk import enter, words
from tests.factories import (
    WORDS,
    make_quotation,
    make_quote,
    make_quoting_story,
    make_section,
    make_source,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

LIST, ONE, SAME = "/admin/articles/check/", "/admin/articles/check/one/", "/admin/articles/check/same/"
State = Quote.Verification


def waiting(words: str = WORDS, verification: State = State.UNVERIFIED, **fields: Any) -> Quotation:
    """A quotation of a quote that waits, in a story of its own."""
    story = make_quoting_story(verification, words=words, **fields)
    return story.quotations.select_related("story", "quote").get()


def listed(who: User | str, query: str = "") -> list[str]:
    """The words in the queue, in order, as the page `query` shows them."""
    response = enter(who).get(f"{LIST}?{query}")
    assert response.status_code == 200
    return [row["card"].quotation.words for row in response.context["rows"]]


def open_one(who: Any, quotation: Quotation, **data: Any) -> Any:
    """Look at one quotation, or post `data` there."""
    client = enter(who) if isinstance(who, User | str) else who
    url = f"{ONE}?q={quotation.pk}"
    return client.post(url, data, follow=True) if data else client.get(url, follow=True)


def signed(quotation: Quotation, **fields: Any) -> dict[str, Any]:
    """What the form of “verify” posts."""
    snapshot = quotation.quote.source.snapshots.first()
    return {"decision": "verify", "words": quotation.quote.words, "snapshot": snapshot.pk, "method": "read",
            "note": "", **fields}  # fmt: skip


def test_everything_that_waits_is_in_the_queue_and_nothing_else() -> None:
    story = make_story()
    for verification in State.values:
        make_quotation(story, make_quote(f"They said {verification} then.", verification=verification)) if (
            verification != "verified"
        ) else None
    make_quotation(story, make_quote("They said verified then.", verification=State.VERIFIED))
    make_quotation(story, segments=["Nobody knows whose."])
    altered = make_quote("It was blue.", verification=State.VERIFIED)
    make_quotation(story, altered, segments=["It was green."], state="altered", grade="altered")
    make_quotation(story, segments=["A so-called gate"], state="dismissed")
    make_quotation(story, make_quote("It is gone."), state="missing")
    waiting("In a spiked story.", status=Story.Status.SPIKED)
    assert listed("Editor") == [
        "Nobody knows whose.",
        "It was green.",
        "They said unverified then.",
        "They said in_source then.",
        "They said disputed then.",
    ]


def test_deadlines_come_first_the_nearest_first_then_the_oldest() -> None:
    now = timezone.now()
    waiting("An old one.")
    waiting("A new one.")
    waiting("Due tomorrow.", embargo_until=now + datetime.timedelta(days=1))
    waiting("Due in an hour.", embargo_until=now + datetime.timedelta(hours=1))
    waiting("Out already.", embargo_until=now - datetime.timedelta(days=9), status=Story.Status.PUBLISHED)
    assert listed("Editor") == [
        "Due in an hour.",
        "Due tomorrow.",
        "An old one.",
        "A new one.",
        "Out already.",
    ]


def test_what_i_wrote_waits_for_somebody_else() -> None:
    editor = make_user("Editor")
    mine = make_quote("I wrote this one.", written_by=editor)
    make_quotation(make_story(), mine)
    imported = make_quote("Nobody wrote this one.", written_by=None)
    make_quotation(make_story(owner=editor), imported)
    signing = make_story(owner=None)
    Byline.objects.create(story=signing, author=Author.objects.create(name="E", slug="e", user=editor))
    make_quotation(signing, make_quote("I sign this one.", written_by=None), written_by=None)
    waiting("A colleague wrote this one.")
    assert listed(editor) == ["A colleague wrote this one."]
    own = ["I wrote this one.", "Nobody wrote this one.", "I sign this one."]
    assert listed(editor, "whose=mine") == own
    assert listed(editor, "whose=all") == [*own, "A colleague wrote this one."]


def test_what_rests_on_a_source_that_i_may_not_know_is_not_mine_to_check() -> None:
    secret = make_source(WORDS, title="The grey folder", confidential=True, owner=make_user("Reporter"))
    quotation = make_quotation(make_story(), make_quote(source=secret))
    assert listed("Editor") == []
    assert listed("Managing editor") == [WORDS]
    page = words(enter("Editor").get(f"{LIST}?whose=all"))
    assert "a confidential source" in page
    assert "The grey folder" not in page
    assert "The grey folder" not in words(open_one("Editor", quotation))
    assert enter("Editor").get(f"{SAME}?q={quotation.pk}").status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=unattributed", ["Whose?"]),
        ("kind=disputed", ["Doubted words."]),
        ("section={sport}", ["From the match."]),
        ("speaker=reed", ["Doubted words."]),
        ("speaker=marrow", ["Whose?", "From the match."]),
        ("age=today", ["Whose?", "Doubted words."]),
        ("age=old", ["From the match."]),
        ("age=nonsense&section=99999", ["Whose?", "From the match.", "Doubted words."]),
    ],
)
def test_the_filters(query: str, found: list[str]) -> None:
    sport = make_section("Sport")
    make_quotation(make_story(), segments=["Whose?"], speaker_name="Marrow")
    match = waiting("From the match.", section=sport)
    Story.objects.filter(pk=match.story_id).update(created_at=timezone.now() - datetime.timedelta(days=8))
    doubted = make_quote("Doubted words.", speaker=make_speaker("Tom Reed"), verification=State.DISPUTED)
    make_quotation(make_story(), doubted)
    assert listed("Editor", query.format(sport=sport.pk)) == found


def test_the_queue_goes_on_page_by_page_without_a_gap() -> None:
    story = make_story()
    lines = [f"Line number {number}." for number in range(60)]
    for line in lines:
        make_quotation(story, make_quote(line) if len(line) % 2 else None, segments=[line])
    client, seen, query = enter("Editor"), [], ""
    while True:
        response = client.get(f"{LIST}?{query}")
        seen += [row["card"].quotation.words for row in response.context["rows"]]
        query = response.context["onward"]
        if not query:
            break
    assert sorted(seen) == sorted(lines)
    assert response.context["total"] == 60
    assert client.get(f"{LIST}?after=9.9.9.9").status_code == 200
    assert client.get(f"{LIST}?after=x").status_code == 200


def test_verifying_goes_on_to_the_next_and_at_the_end_back_to_the_list() -> None:
    first, second = waiting("The first."), waiting("The second.")
    editor = make_user("Editor")
    client = enter(editor)
    page = client.get(ONE, follow=True)
    assert page.context["card"].quotation == first
    assert "The commissioner said:" in words(page)
    page = open_one(client, first, **signed(first))
    assert page.context["card"].quotation == second
    page = open_one(client, second, **signed(second))
    assert page.request["PATH_INFO"] == LIST
    assert "Nothing is left to check" in words(page)
    assert Quote.objects.filter(verified_by=editor).count() == 2
    assert not Claim.objects.exists()


def test_attributing_stays_with_the_words_and_then_goes_on_from_the_same_place() -> None:
    one, two = waiting("Signed later."), make_quotation(make_story(), segments=["Whose is this?"])
    three = make_quotation(make_story(), segments=["And whose is that?"])
    client = enter("Editor")
    at = client.get(LIST).context["rows"][0]["url"]
    page = client.post(at, {"decision": "attribute", "new_speaker": "Tom Reed"}, follow=True)
    assert page.context["card"].quotation == two
    page = client.get(page.context["next"], follow=True)
    assert page.context["card"].quotation == three
    page = client.get(page.context["next"], follow=True)
    assert page.context["card"].quotation == one


def test_previous_leads_back() -> None:
    first, second = waiting("The first."), waiting("The second.", embargo_until=timezone.now())
    client = enter("Editor")
    page = open_one(client, first)
    page = client.get(page.context["previous"])
    assert page.context["card"].quotation == second
    assert page.context["previous"] == ""


def test_two_people_do_not_check_the_same_words() -> None:
    first, second = waiting("The first."), waiting("The second.")
    farid, ada = make_user("Editor", first_name="Farid", last_name="Nour"), make_user("Editor")
    assert not open_one(farid, first).context["held"]
    assert not Claim.objects.exists()  # whoever follows a link only looks
    assert open_one(farid, first, claim="1").json() == {"held": ""}
    ada_client = enter(ada)
    assert "Farid Nour is checking this" in words(ada_client.get(LIST))
    assert ada_client.get(ONE, follow=True).context["card"].quotation == second
    page = open_one(ada_client, first)
    assert "Farid Nour is checking this" in words(page)
    assert "Farid Nour is checking this" in open_one(ada_client, first, claim="1").json()["held"]
    assert 'value="verify"' not in words(page)
    assert "An editor who did not write these words" not in words(page)
    refused = open_one(ada_client, first, **signed(first))
    assert "Farid Nour is checking this" in words(refused)
    assert not Quote.objects.filter(verification=State.VERIFIED).exists()
    taken = open_one(ada_client, first, take="1")
    assert 'value="verify"' in words(taken)
    assert "is checking this" in words(open_one(farid, first, **signed(first)))
    open_one(ada_client, first, **signed(first))
    assert Quote.objects.get(verification=State.VERIFIED).verified_by == ada


def test_whoever_starts_checking_claims_what_they_are_shown() -> None:
    first, second = waiting("The first."), waiting("The second.")
    farid = make_user("Editor")
    client = enter(farid)
    page = client.post(ONE, follow=True)
    assert page.context["card"].quotation == first
    assert Claim.objects.get(by=farid).quotation == first
    open_one(client, first, **signed(first))
    assert Claim.objects.get(by=farid).quotation == second


def test_who_wrote_the_words_is_told_so_and_offered_no_signature() -> None:
    editor = make_user("Editor")
    quotation = make_quotation(make_story(), make_quote(written_by=editor))
    page = words(open_one(editor, quotation))
    assert "somebody else has to check them" in page
    assert 'value="verify"' not in page
    refused = open_one(editor, quotation, **signed(quotation, note="I was there myself"))
    assert "I was there myself" in words(refused)


def test_a_reader_of_the_desk_claims_nothing_and_decides_nothing() -> None:
    quotation = waiting()
    page = words(open_one("Auditor", quotation))
    assert WORDS in page
    assert 'name="decision"' not in page
    assert not Claim.objects.exists()
    assert enter("").get(LIST).status_code == 403
    assert enter("").get(f"{ONE}?q={quotation.pk}").status_code == 403
    assert enter("Auditor").get(f"{SAME}?q={quotation.pk}").status_code == 403


def test_words_that_left_their_story_are_said_to_be_gone() -> None:
    page = enter("Editor").get(f"{ONE}?q=99999", follow=True)
    assert "have left their story" in words(page)
    assert enter("Editor").get(f"{ONE}?q=x", follow=True).status_code == 200
    assert enter("Editor").get(f"{SAME}?q=x").status_code == 404


def test_the_same_words_are_verified_together_after_a_list_of_what_will_happen() -> None:
    editor, speaker = make_user("Editor"), make_speaker()
    source = make_source(f"The commissioner said: {WORDS} Then she sat down.")
    facts = {"speaker": speaker, "source": source}
    rows = [make_quotation(make_story(), make_quote(**facts)) for _ in range(2)]
    make_quotation(make_story(), make_quote(written_by=editor, **facts))
    client = enter(editor)
    assert "Verify 3 with the same words" in words(open_one(client, rows[0]))
    page = client.get(f"{SAME}?q={rows[0].pk}")
    assert words(page).count("Will be verified.") == 2
    assert words(page).count("Stays as it is.") == 1
    data = {"seen": page.context["plan"].seen, "note": "page 3"}
    refused = client.post(f"{SAME}?q={rows[0].pk}", data | {"seen": "something else"})
    assert "Something changed since this list was made" in words(refused)
    assert "page 3" in words(refused)
    done = client.post(f"{SAME}?q={rows[0].pk}", data, follow=True)
    assert "2 records are verified." in words(done)
    assert Quote.objects.filter(verified_by=editor).count() == 2


def test_the_pages_cost_the_same_however_much_waits() -> None:
    client = enter("Editor")
    counts = []
    for number in (2, 12):
        story = make_story(embargo_until=timezone.now() + datetime.timedelta(days=1))
        for index in range(number):
            make_quotation(story, make_quote(f"Sentence {index} of {number}."))
            waiting(f"Alone {index} of {number}.")
            make_quotation(make_story(), segments=[f"Whose {index} of {number}."])
        claim_quotation(waiting(f"Claimed {number}."), by=make_user("Editor"))
        target = Quotation.objects.select_related("story", "quote").filter(state="matched").first()
        pages = (LIST, f"{ONE}?q={target.pk}", f"{SAME}?q={target.pk}")
        for url in pages:
            client.get(url)
        found = []
        for url in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            found.append(len(queries))
        counts.append(found)
    # A page that is full before the last part of the queue does not ask for it.
    assert all(many <= few for few, many in zip(*counts, strict=True))
    assert counts[0][0] <= 18
    assert counts[0][1] <= 36


def test_the_menu_leads_to_the_desk() -> None:
    assert 'href="/admin/articles/check/"' in words(enter("Reporter").get("/admin/"))
