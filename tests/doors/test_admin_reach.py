"""Doubting and withdrawing in the admin: all stories listed, one text for the chosen, and what was done."""

from typing import Any

import pytest

from articles.models import Correction, Edition, Quote, Source, Story
from articles.workflow.publish import publish_story
from tests.doors.desk import enter, words
from tests.factories import make_quotation, make_quote, make_quoting_story, make_source, make_story, make_user

pytestmark = pytest.mark.django_db

NOTE = "We no longer stand by the words of the commissioner."
REASON = "The recording says otherwise."


@pytest.fixture
def live() -> Story:
    story = make_quoting_story(status=Story.Status.APPROVED, headline="The live story")
    publish_story(story, by=make_user())
    return story


@pytest.fixture
def quote(live: Story) -> Quote:
    return live.quotations.get().quote


@pytest.fixture
def url(quote: Quote) -> str:
    return f"/admin/articles/quote/{quote.pk}/do/withdraw/"


def typed(client: Any, url: str, **fields: Any) -> dict[str, Any]:
    """What the form would post, as the page is now."""
    return {"seen": client.get(url).context["reach"].seen, "reason": REASON, "kind": "correction", **fields}


def test_every_story_is_listed_with_what_happens_to_it(live: Story, quote: Quote, url: str) -> None:
    make_quotation(make_story(headline="The draft"), quote)
    page = words(enter("Managing editor").get(url))
    assert "2 stories use it" in page
    assert "The live story" in page
    assert "readers are told at once that the quote is withdrawn" in page
    assert "The draft" in page
    assert "readers do not see it" in page
    assert page.count("(G211)") == 2


def test_it_is_done_for_all_and_the_next_page_says_so(live: Story, quote: Quote, url: str) -> None:
    client = enter("Managing editor")
    done = client.post(url, typed(client, url, note=NOTE, stories=[live.pk]), follow=True)
    assert "The quote is withdrawn." in words(done)
    assert "withdrew a quote" in words(done)
    assert "published a correction" in words(done)
    assert "The live story" in words(done)
    assert Correction.objects.get().text == NOTE
    assert Edition.objects.published().get().quotes.get().verification == "withdrawn"
    # The address of the result shows nobody what somebody else did.
    result = done.redirect_chain[-1][0]
    assert "withdrew a quote" not in words(enter("Managing editor").get(result))
    assert client.get(f"{url}?done=x").status_code == 404


def test_without_a_note_nothing_is_told_but_the_record(live: Story, url: str) -> None:
    client = enter("Managing editor")
    client.post(url, typed(client, url, note="", stories=[live.pk]))
    assert not Correction.objects.exists()
    assert Edition.objects.published().get().kind == Edition.Kind.RECORD


def test_a_list_that_changed_is_shown_again_with_everything_that_was_typed(live: Story, url: str) -> None:
    client = enter("Managing editor")
    data = typed(client, url, note=NOTE, stories=[live.pk], kind="clarification")
    make_quotation(make_story(headline="A story that came in meanwhile"), live.quotations.get().quote)
    page = client.post(url, data)
    assert page.status_code == 200
    assert "Something changed since this list was made" in words(page)
    assert "A story that came in meanwhile" in words(page)
    assert NOTE in words(page)
    assert REASON in words(page)
    assert '<option value="clarification" selected>' in words(page)
    again = typed(client, url, note=NOTE, stories=[live.pk])
    assert client.post(url, again).status_code == 302


def test_a_note_for_no_story_and_a_reason_that_is_missing_are_refused(live: Story, url: str) -> None:
    client = enter("Managing editor")
    page = client.post(url, typed(client, url, note=NOTE, stories=[]))
    assert "Choose the stories that publish the note" in words(page)
    assert NOTE in words(page)
    assert f'value="{live.pk}" id="story-{live.pk}">' in words(page)  # left as it was: not chosen
    page = client.post(url, typed(client, url, reason="", note=NOTE, stories=[live.pk]))
    assert page.context["form"].errors["reason"]
    page = client.post(url, typed(client, url, note=NOTE, stories=[live.pk + 1000]))
    assert page.context["form"].errors["stories"]
    assert Quote.objects.get().verification == "verified"


@pytest.mark.parametrize(
    ("action", "role", "status"),
    [
        ("withdraw", "Managing editor", 200),
        ("withdraw", "Editor", 403),
        ("withdraw", "Reporter", 403),
        ("withdraw", "Auditor", 403),
        ("dispute", "Managing editor", 200),
        ("dispute", "Editor", 200),
        ("dispute", "Reporter", 403),
        ("explode", "Managing editor", 404),
    ],
)
@pytest.mark.parametrize("kind", ["quote", "source"])
def test_who_may_open_it(kind: str, action: str, role: str, status: int, quote: Quote) -> None:
    pk = quote.pk if kind == "quote" else quote.source_id
    url = f"/admin/articles/{kind}/{pk}/do/{action}/"
    client = enter(role)
    assert client.get(url).status_code == status
    posted = client.post(url, {"reason": REASON})
    assert posted.status_code == status  # a list that nobody saw is not carried out either
    assert Quote.objects.get().verification == "verified"


def test_a_source_is_withdrawn_with_every_story_that_rests_on_it(live: Story, quote: Quote) -> None:
    client = enter("Managing editor")
    page = words(client.get(f"/admin/articles/source/{quote.source_id}/change/"))
    url = f"/admin/articles/source/{quote.source_id}/do/withdraw/"
    assert url in page
    assert f"/admin/articles/source/{quote.source_id}/do/dispute/" in page
    done = client.post(url, typed(client, url, note=NOTE, stories=[live.pk]), follow=True)
    assert "withdrew a source" in words(done)
    assert Source.objects.get().withdrawn_reason == REASON
    assert Edition.objects.published().get().quotes.get().verification == "unverified"
    assert "/do/withdraw/" not in words(client.get(f"/admin/articles/source/{quote.source_id}/change/"))


def test_a_confidential_source_has_no_such_page_for_who_may_not_know_it() -> None:
    secret = make_source(title="The grey folder", confidential=True, owner=make_user("Reporter"))
    url = f"/admin/articles/source/{secret.pk}/do/dispute/"
    assert enter("Editor").get(url).status_code == 404
    assert enter("Managing editor").get(url).status_code == 200


def test_a_quote_that_no_story_uses_is_withdrawn_all_the_same() -> None:
    client, url = enter("Managing editor"), f"/admin/articles/quote/{make_quote().pk}/do/withdraw/"
    assert "No story uses it." in words(client.get(url))
    assert client.post(url, typed(client, url)).status_code == 302
    assert Quote.objects.get().verification == "withdrawn"


def test_the_page_costs_the_same_however_many_stories_there_are(
    quote: Quote, url: str, django_assert_max_num_queries: Any
) -> None:
    client = enter("Managing editor")
    for _ in range(12):
        make_quotation(make_story(), quote)
    with django_assert_max_num_queries(12):
        client.get(url)
