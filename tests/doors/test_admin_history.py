"""The history of a record: what each event changed, before and after, and the way back."""

import pytest

from articles.models import Event, Source, Speaker, VerificationEntry
from articles.workflow.attribute import save_speaker
from articles.workflow.sources import save_source
from articles.workflow.verify import verify_quote
from tests.doors.desk import enter, words
from tests.factories import make_quote, make_source, make_speaker, make_user

pytestmark = pytest.mark.django_db

NO_ROLES = {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0}


def changed_twice() -> Speaker:
    speaker = make_speaker("Ilse Marrow", bio="Keeps the light.", aliases=["I. Marrow"])
    by = make_user("Editor")
    save_speaker(speaker, by=by, bio="Kept the light.", aliases=["I. Marrow", "Ilse M."])
    save_speaker(Speaker.objects.get(pk=speaker.pk), by=by, bio="Kept the light for years.")
    return Speaker.objects.get(pk=speaker.pk)


def test_each_event_shows_its_values_before_and_after() -> None:
    speaker = changed_twice()
    page = enter("Auditor").get(f"/admin/articles/speaker/{speaker.pk}/history/")
    newest, older = page.context["entries"][:2]
    assert [change.label for change in newest.changes] == ["Biography"]
    assert {change.label for change in older.changes} == {"Biography", "Other names"}
    assert "<del>Keeps</del> the light." in words(page)
    assert "<ins>Kept</ins> the light." in words(page)
    assert "Put the values before it" not in words(page)  # the auditor changes nothing


def test_earlier_values_go_into_the_form_and_are_saved_by_hand() -> None:
    speaker = changed_twice()
    client = enter("Editor")
    event = Event.objects.about(speaker).filter(action="speaker.saved").last()
    assert f"?back={event.pk}" in words(client.get(f"/admin/articles/speaker/{speaker.pk}/history/"))
    url = f"/admin/articles/speaker/{speaker.pk}/change/"
    form = client.get(url, {"back": event.pk}).context["adminform"].form
    assert form["bio"].value() == "Keeps the light."
    assert form["aliases"].value() == "I. Marrow"
    speaker.refresh_from_db()
    assert speaker.bio == "Kept the light for years."
    fields = {"kind": "person", "name": "Ilse Marrow", "bio": form["bio"].value(), "aliases": "I. Marrow"}
    assert client.post(f"{url}?back={event.pk}", fields | NO_ROLES).status_code == 302
    speaker.refresh_from_db()
    assert (speaker.bio, speaker.aliases) == ("Keeps the light.", ["I. Marrow"])


@pytest.mark.parametrize("back", ["x", "0", "999999", ""])
def test_an_event_that_is_none_of_the_record_changes_nothing(back: str) -> None:
    speaker = changed_twice()
    page = enter("Editor").get(f"/admin/articles/speaker/{speaker.pk}/change/", {"back": back})
    assert page.context["adminform"].form["bio"].value() == "Kept the light for years."


def test_a_verification_is_told_and_cannot_be_put_back_by_a_form() -> None:
    quote = make_quote("in_source")
    snapshot = quote.source.snapshots.get()
    verify_quote(quote, by=make_user("Editor"), against=snapshot, method=VerificationEntry.Method.READ)
    page = enter("Editor").get(f"/admin/articles/quote/{quote.pk}/history/")
    assert "verified a quote" in words(page)
    assert "?back=" not in words(page)


def test_what_a_source_was_before_it_became_confidential_is_shown_to_nobody_else() -> None:
    owner = make_user("Reporter")
    source = make_source(title="Draft", owner=owner)
    save_source(source, by=owner, title="Minutes of the harbour council")
    save_source(Source.objects.get(pk=source.pk), by=owner, confidential=True)
    url = f"/admin/articles/source/{source.pk}/history/"
    assert "<del>Draft</del>" in words(enter(owner).get(url))
    assert enter("Editor").get(url).status_code in (302, 404)


def test_the_page_of_an_event_is_for_people() -> None:
    speaker = changed_twice()
    event = Event.objects.about(speaker).filter(action="speaker.saved").last()
    page = words(enter("Auditor").get(f"/admin/articles/event/{event.pk}/change/"))
    assert "changed a speaker" in page
    assert "<strong>bio</strong> <pre>Keeps the light.</pre>" in page
    assert "<strong>aliases</strong> <pre>I. Marrow Ilse M.</pre>" in page
    assert "{&#x27;" not in page
