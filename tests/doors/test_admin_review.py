"""The review screen: words beside their source, a decision for each, four eyes, and nothing typed is lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Quotation, Quote, Speaker, Story
from tests.doors.desk import enter, words
from tests.factories import (
    WORDS,
    make_quotation,
    make_quote,
    make_quoting_story,
    make_source,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


def url(story: Story, quotation: Quotation | None = None) -> str:
    base = f"/admin/articles/story/{story.pk}/review/"
    return f"{base}?q={quotation.pk}" if quotation else base


def unchecked(**fields: Any) -> tuple[Story, Quotation]:
    """A story in review with one quote that nobody has checked."""
    story = make_quoting_story(Quote.Verification.UNVERIFIED, status=Story.Status.IN_REVIEW, **fields)
    return story, story.quotations.get()


def decide(who: User | str, story: Story, decision: str, **fields: Any) -> Any:
    """Press a decision about the first quotation, on the page as it is now."""
    quotation = story.quotations.select_related("quote__source").first()
    if decision == "verify":
        snapshot = quotation.quote.source.snapshots.first()
        fields = {"words": quotation.quote.words, "snapshot": snapshot.pk, **fields}
    return enter(who).post(url(story, quotation), {"decision": decision, **fields})


def test_the_words_are_marked_in_the_story_and_in_the_source() -> None:
    story, _ = unchecked()
    page = words(enter("Editor").get(url(story)))
    assert f'class="current">{WORDS}</mark>' in page
    assert f'<mark class="current" id="in-source">{WORDS}</mark>' in page
    assert "0 of 1 checked" in page


def test_a_second_person_verifies() -> None:
    story, quotation = unchecked()
    editor = make_user("Editor")
    response = decide(editor, story, "verify", method="read", note="page 3")
    assert response.status_code == 302
    quote = Quote.objects.get()
    assert (quote.verification, quote.verified_by) == (Quote.Verification.VERIFIED, editor)
    assert "All checked: go to the gate" in words(enter(editor).get(url(story, quotation)))


def test_who_wrote_the_quote_is_told_that_somebody_else_checks_it() -> None:
    editor = make_user("Editor")
    quote = make_quote(written_by=editor)
    story = make_story(body=f"<p>“{WORDS}” she said.</p>", owner=editor)
    make_quotation(story, quote, spans=[[1, 1 + len(WORDS)]])
    response = decide(editor, story, "verify", method="read", note="I was there")
    assert response.status_code == 200
    assert 'class="error"' in words(response)
    assert "I was there" in words(response)
    assert Quote.objects.get().verification != Quote.Verification.VERIFIED


def test_words_that_changed_while_the_reviewer_read_are_not_verified() -> None:
    story, _ = unchecked()
    response = decide("Editor", story, "verify", method="read", note="", words="Something else.")
    assert "Somebody changed this quote after you opened it." in words(response)
    assert Quote.objects.get().verification == Quote.Verification.UNVERIFIED


def test_verifying_goes_on_to_the_next_quotation() -> None:
    story, first = unchecked()
    second = make_quotation(story, make_quote("It stays."), spans=[])
    response = decide("Editor", story, "verify", method="read", note="")
    assert response.headers["Location"] == url(story, second)
    page = words(enter("Editor").get(url(story, first)))
    assert 'data-key="j"' in page
    assert 'data-key="k"' not in page


def test_a_dispute_needs_a_reason_and_keeps_what_was_typed() -> None:
    story, _ = unchecked()
    missing = decide("Editor", story, "dispute", reason="")
    assert missing.status_code == 200
    assert missing.context["dispute_form"].errors["reason"]
    decide("Editor", story, "dispute", reason="The speaker denies it.")
    assert Quote.objects.get().verification == Quote.Verification.DISPUTED


def test_words_are_set_aside_and_taken_back() -> None:
    story = make_story(body="<p>He called it “a catastrophe”.</p>", status=Story.Status.IN_REVIEW)
    quotation = make_quotation(story, segments=["a catastrophe"], spans=[[14, 27]])
    decide("Editor", story, "dismiss")
    quotation.refresh_from_db()
    assert quotation.state == Quotation.State.DISMISSED
    decide("Editor", story, "reinstate")
    quotation.refresh_from_db()
    assert quotation.state != Quotation.State.DISMISSED


def attribution(**changes: Any) -> dict[str, Any]:
    names = ["speaker", "new_speaker", "role", "new_role", "new_organisation", "occasion", "place", "said_on"]
    return dict.fromkeys(names, "") | changes


def test_words_without_a_record_get_a_new_speaker_with_a_role() -> None:
    story = make_story(body="<p>“It stays.”</p>", status=Story.Status.IN_REVIEW)
    make_quotation(story, segments=["It stays."], spans=[[1, 10]])
    fields = attribution(
        new_speaker="Tam Reed", new_role="Keeper", new_organisation="Kelder Point", place="Kelder"
    )
    assert decide("Editor", story, "attribute", **fields).status_code == 302
    quote = Quote.objects.get()
    assert (quote.speaker.name, quote.role.title, quote.place) == ("Tam Reed", "Keeper", "Kelder")


def test_another_speaker_is_chosen_and_the_old_role_is_refused_with_a_sentence() -> None:
    story, quotation = unchecked()
    other = make_speaker("Tam Reed")
    old_role = quotation.quote.role.pk
    refused = decide("Editor", story, "attribute", **attribution(speaker=other.pk, role=old_role))
    assert "belongs to another speaker" in words(refused)
    assert decide("Editor", story, "attribute", **attribution(speaker=other.pk)).status_code == 302
    assert Quote.objects.get().speaker == other


def test_saying_nobody_is_refused() -> None:
    story, _ = unchecked()
    response = decide("Editor", story, "attribute", **attribution(occasion="council meeting"))
    assert "Say who said it" in words(response)
    assert "council meeting" in words(response)
    assert Speaker.objects.count() == 1


def evidence(**changes: Any) -> dict[str, Any]:
    names = ["source", "title", "kind", "url", "source_place", "text"]
    return dict.fromkeys(names, "") | changes


def test_a_new_source_with_pasted_text_is_added_in_place_and_the_words_are_found() -> None:
    quote = make_quote(source=None)
    story = make_story(body=f"<p>“{WORDS}”</p>", status=Story.Status.IN_REVIEW)
    make_quotation(story, quote, spans=[[1, 1 + len(WORDS)]])
    text = f"Minutes. The commissioner said: {WORDS}"
    decide("Editor", story, "source", **evidence(title="Minutes of the council", kind="document", text=text))
    quote.refresh_from_db()
    assert quote.source.title == "Minutes of the council"
    assert quote.source.snapshots.get().text == text
    assert quote.verification == Quote.Verification.IN_SOURCE


def test_a_file_becomes_a_copy_of_the_source() -> None:
    story, quotation = unchecked()
    upload = SimpleUploadedFile("minutes.txt", f"She said: {WORDS}".encode(), content_type="text/plain")
    source = quotation.quote.source
    decide("Editor", story, "source", **evidence(source=source.pk), file=upload)
    assert source.snapshots.count() == 2


def test_a_source_without_a_title_is_refused_and_the_pasted_text_stays() -> None:
    quote = make_quote(source=None)
    story = make_story(status=Story.Status.IN_REVIEW)
    make_quotation(story, quote)
    response = decide("Editor", story, "source", **evidence(text="A long transcript."))
    assert "give the title of a new one" in words(response)
    assert "A long transcript." in words(response)


def test_altered_words_show_the_difference_and_are_restored_from_the_record() -> None:
    quote = make_quote("We will keep the lighthouse open.")
    body = "<p>“We will keep the lighthouse closed,” she said.</p>"
    story = make_story(body=body, status=Story.Status.IN_REVIEW)
    printed = "We will keep the lighthouse closed"
    make_quotation(
        story, quote, segments=[printed], state="altered", grade="altered", spans=[[1, 1 + len(printed)]]
    )
    page = words(enter("Editor").get(url(story)))
    assert "<del>open" in page
    assert "<ins>closed" in page
    decide("Editor", story, "restore")
    story.refresh_from_db()
    assert "lighthouse open" in story.body


def test_a_confidential_source_is_not_shown_to_an_editor_who_may_not_know_it() -> None:
    owner = make_user("Reporter")
    secret = make_source(
        f"Nobody may read this. {WORDS}", title="The grey folder", confidential=True, owner=owner
    )
    story = make_story(body=f"<p>“{WORDS}”</p>", owner=owner, status=Story.Status.IN_REVIEW)
    make_quotation(story, make_quote(source=secret), spans=[[1, 1 + len(WORDS)]])
    page = words(enter("Editor").get(url(story)))
    assert "The grey folder" not in page
    assert "Nobody may read this." not in page
    assert "The source is confidential" in page
    assert "Nobody may read this." in words(enter("Managing editor").get(url(story)))


def test_an_auditor_reads_and_decides_nothing() -> None:
    story, _ = unchecked()
    page = words(enter("Auditor").get(url(story)))
    assert WORDS in page
    assert 'name="decision"' not in page
    decide("Auditor", story, "verify", method="read", note="")
    assert Quote.objects.get().verification == Quote.Verification.UNVERIFIED


def test_a_story_without_quotations_says_so() -> None:
    assert "There is no quotation to check." in words(enter("Editor").get(url(make_story())))


def test_a_decision_about_words_that_left_the_story_hits_no_other_quotation() -> None:
    story, quotation = unchecked()
    response = enter("Editor").post(
        f"/admin/articles/story/{story.pk}/review/?q={quotation.pk + 1000}",
        {"decision": "dispute", "reason": "Never said."},
        follow=True,
    )
    assert "Nothing was decided." in words(response)
    assert Quote.objects.get().verification == Quote.Verification.UNVERIFIED


def test_a_decision_that_does_not_exist_changes_nothing() -> None:
    story, _ = unchecked()
    assert decide("Editor", story, "explode").status_code == 200
    assert Quote.objects.get().verification == Quote.Verification.UNVERIFIED


def test_the_live_underlines_know_the_records_of_the_story() -> None:
    story, quotation = unchecked()
    answer = (
        enter("Editor")
        .post(f"/admin/articles/story/{story.pk}/read-quotations/", {"body": story.body})
        .json()
    )
    assert answer["quotations"][0]["segments"] == [[1, 1 + len(WORDS), WORDS]]
    assert answer["quotations"][0]["quotation"] == quotation.pk
    assert answer["quotations"][0]["state"] == "matched"
    altered = story.body.replace("open", "closed")
    answer = (
        enter("Editor").post(f"/admin/articles/story/{story.pk}/read-quotations/", {"body": altered}).json()
    )
    assert answer["quotations"][0]["state"] == "altered"


def test_sources_and_speakers_are_found_by_typing_and_not_listed() -> None:
    story = make_quoting_story()
    others = [make_source(title=f"Log of the pilot boat {number}") for number in range(3)]
    lost = make_source(title="Log of the lost boat", withdrawn_reason="It was invented.")
    client = enter("Editor")
    page = words(client.get(url(story)))
    chosen = story.quotations.get().quote.source
    assert f'<option value="{chosen.pk}" selected>' in page
    assert not any(other.title in page for other in others)
    field = {"app_label": "articles", "model_name": "quote", "field_name": "source"}
    offered = client.get("/admin/autocomplete/", field).json()["results"]
    assert {each["id"] for each in offered} >= {str(other.pk) for other in others}
    assert str(lost.pk) not in {each["id"] for each in offered}
