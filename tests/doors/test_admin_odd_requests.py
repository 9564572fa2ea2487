"""Requests that no form of the desk sends: they are refused in words, and never an error of the program."""

import json
from typing import Any

import html5lib
import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Sitting, Story
from tests.doors.desk import BACKEND, enter, typed, words
from tests.factories import make_quoting_story, make_story, make_user

pytestmark = pytest.mark.django_db

NO_NUMBERS = ["x", "²", "-1", "9" * 30, "9" * 5000, ""]
DEEP = "[" * 200_000


def url(story: Story, rest: str) -> str:
    return f"/admin/articles/story/{story.pk}/{rest}"


@pytest.fixture
def story() -> Story:
    return make_story(headline="The ferry stays in port", body="<p>It stays.</p>")


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_what_is_no_number_of_a_record_is_not_found(story: Story, number: str) -> None:
    client = enter("Editor")
    assert client.post(url(story, "change/"), {"_drop": number}).status_code == 404
    assert client.post(url(story, "preview/"), {"_revoke": number}).status_code == 404
    answer = client.post("/admin/articles/story/?q=a", {"_forget_view": number})
    assert answer.status_code == 404
    comment = {"do": "reply", "thread": number, "text": "Yes."}
    assert client.post(url(story, "comments/"), comment).status_code == 404


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_what_is_no_number_changes_nothing(story: Story, number: str) -> None:
    client = enter("Editor")
    assert client.post("/admin/notifications/", {"read": number}).status_code == 302
    assert client.post(url(story, "versions/"), {"number": number, "version": number}).status_code == 302
    copy = {"copy": "A headline\n\nWords.", "put_back": number, "_put_back": number}
    assert client.post("/admin/articles/story/paste/", copy).status_code == 200
    story.refresh_from_db()
    assert story.version == 1


@pytest.mark.parametrize("of", ["x", "²", "9" * 30, "-"])
def test_a_bulk_action_on_no_story_is_not_found(of: str) -> None:
    assert enter("Editor").get(f"/admin/articles/story/bulk/spike/?of={of}").status_code == 404


@pytest.mark.parametrize("then", ["../x", "é", "²:²", "verify:²", "put_back:²", "verify:" + "9" * 5000, ":1"])
def test_a_save_that_goes_on_to_nowhere_is_a_save(story: Story, then: str) -> None:
    answer = enter("Editor").post(url(story, "change/"), typed(story, headline="New", _then=then))
    assert answer.status_code == 302
    story.refresh_from_db()
    assert story.headline == "New"


@pytest.mark.parametrize("base", NO_NUMBERS)
def test_a_merge_with_a_version_that_never_was_keeps_what_was_typed(story: Story, base: str) -> None:
    form = typed(story, body="<p>Mine alone.</p>", _take="body:²", _base=base)
    assert "Mine alone." in words(enter("Editor").post(url(story, "change/"), form))


@pytest.mark.parametrize("year", ["0001-01-01", "9999-12-31", "20266-05-01"])
def test_a_year_mistyped_loses_no_word(story: Story, year: str) -> None:
    form = typed(story, body="<p>Mine alone.</p>", embargo_until=f"{year}T23:00")
    answer = enter("Editor").post(url(story, "change/"), form)
    assert "Mine alone." in words(answer)
    assert answer.context["form"].errors["embargo_until"]


@pytest.mark.parametrize("sent", [DEEP, "null", '{"a": NaN}', '"\\ud800"', '{"a": {"b": 1}}'])
def test_what_a_window_sends_may_be_anything(story: Story, sent: str) -> None:
    answer = enter("Editor").post(
        url(story, "sitting/"), {"key": "0123456789", "version": "1", "typed": sent}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("what", ["gone", "take", "typed"])
def test_a_window_without_a_proper_name_is_told_so(story: Story, what: str) -> None:
    answer = enter("Editor").post(url(story, "sitting/"), {"key": "\0" * 9, "version": "1", what: "{}"})
    assert answer.status_code == 400
    assert "Reload the page" in answer.json()["refused"]
    assert not Sitting.objects.exists()


@pytest.mark.parametrize("segments", [DEEP, "5", '[["a", "b", "c"]]', '[[1e999, 1, "x"]]'])
def test_a_card_of_nothing_is_a_bad_request(story: Story, segments: str) -> None:
    sighting = f'{{"kind": "direct", "state": "new", "segments": {segments}}}'
    assert enter("Editor").post(url(story, "card/"), {"sighting": sighting}).status_code == 400


@pytest.mark.parametrize(
    "address", ["quote/?source=", "edition/?story=", "override/?story=", "story/?section="]
)
def test_a_list_filtered_by_a_number_too_large_shows_the_list(address: str) -> None:
    answer = enter("Managing editor").get(f"/admin/articles/{address}{'9' * 30}", follow=True)
    assert answer.status_code == 200


def test_a_form_of_an_earlier_log_in_says_how_to_send_it_again(story: Story) -> None:
    client = Client(enforce_csrf_checks=True)
    user: User = make_user("Editor")
    client.force_login(user, backend=BACKEND)
    form: dict[str, Any] = typed(story, headline="New")
    answer = client.post(url(story, "change/"), form)
    assert answer.status_code == 403
    assert "Go back with your browser: what you typed is still there." in words(answer)
    json_answer = client.get(url(story, "sitting/"))
    token = json.loads(json_answer.content)["token"]
    assert client.post(url(story, "change/"), form | {"csrfmiddlewaretoken": token}).status_code == 302


def test_a_page_that_a_role_does_not_include_says_whom_to_ask(story: Story) -> None:
    answer = enter("Auditor").get(url(story, "quote/"))
    assert answer.status_code == 403
    assert "Ask an editor to do it" in words(answer)
    html5lib.HTMLParser(strict=True).parse(answer.content.decode())


@pytest.mark.parametrize("number", [number for number in NO_NUMBERS if number])
def test_a_speaker_that_is_none_is_an_error_in_the_form(number: str) -> None:
    quotation = make_quoting_story().quotations.get()
    client, posted = enter("Editor"), {"decision": "attribute", "speaker": number}
    review = client.post(f"/admin/articles/check/one/?q={quotation.pk}", posted, follow=True)
    assert "Select a valid choice" in words(review)
    page = client.post(f"/admin/articles/quote/{quotation.quote_id}/change/", {"speaker": number})
    assert "Select a valid choice" in words(page)


@pytest.mark.parametrize("kind", ["quote", "story", "image", "speaker", "source", "assignment", "dispute"])
@pytest.mark.parametrize("number", ["x", "²", "9" * 30])
def test_a_page_of_no_record_is_no_error(kind: str, number: str) -> None:
    answer = enter("Managing editor").get(f"/admin/articles/{kind}/{number}/change/")
    assert answer.status_code in {302, 404}
