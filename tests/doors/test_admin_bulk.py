"""One thing done to many stories: told first, done story by story, refused in sentences."""

import pytest
from django.test import Client

from articles.models import Event, Story
from tests.doors.desk import enter, words
from tests.factories import make_section, make_story, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/story/"


def choose(client: Client, action: str, *stories: Story) -> str:
    fields = {"action": f"bulk_{action}", "_selected_action": [story.pk for story in stories]}
    response = client.post(LIST, fields)
    assert response.status_code == 302
    return response.headers["Location"]


def confirm(client: Client, address: str, **typed: object) -> str:
    lines = client.get(address).context["open"]
    chosen = [f"{line.story.pk}:{line.story.version}" for line in lines]
    return words(client.post(address, {"story": chosen, **typed}, follow=True))


def test_the_page_says_what_will_happen_and_what_cannot() -> None:
    draft, live = make_story(headline="A draft"), make_story(headline="Live", status=Story.Status.PUBLISHED)
    client = enter("Editor")
    page = client.get(choose(client, "submit", draft, live))
    assert [line.story for line in page.context["open"]] == [draft]
    assert "<strong>Live</strong>: Only a draft can be submitted, and this story is published" in words(page)
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert "Submit for review: 1 story." in confirm(client, choose(client, "submit", draft, live))
    draft.refresh_from_db()
    assert draft.status == "in_review"


def test_each_is_done_by_its_verb_with_its_own_event() -> None:
    stories = [make_story(), make_story()]
    client = enter("Editor")
    assert "Spike: 2 stories." in confirm(client, choose(client, "spike", *stories), reason="Overtaken.")
    assert "Restore: 2 stories." in confirm(client, choose(client, "restore", *stories))
    actions = Event.objects.values_list("action", "reason")
    assert sorted(actions) == [("story.restored", "")] * 2 + [("story.spiked", "Overtaken.")] * 2


def test_section_topics_and_owner_change_without_touching_the_rest() -> None:
    story, section, owner = (
        make_story(headline="Same", topics=["ferries"]),
        make_section("Weather"),
        make_user(),
    )
    client = enter("Editor")
    confirm(client, choose(client, "section", story), section=section.pk)
    confirm(client, choose(client, "topics", story), topics="storms, harbour")
    confirm(client, choose(client, "owner", story), owner=owner.pk)
    story.refresh_from_db()
    assert (story.headline, story.section, story.owner, story.version) == ("Same", section, owner, 4)
    assert sorted(topic.name for topic in story.topics.all()) == ["ferries", "harbour", "storms"]


def test_a_story_saved_meanwhile_is_refused_and_the_others_are_done() -> None:
    one, two = make_story(headline="One"), make_story(headline="Two", status=Story.Status.IN_REVIEW)
    client = enter("Managing editor")
    address = choose(client, "approve", two, one)
    fields = {"story": [f"{two.pk}:7", f"{one.pk}:1", "x", "9:9"]}
    page = words(client.post(address, fields, follow=True))
    assert "Two: Somebody changed this story after you opened it" in page
    assert "One: Only a story in review can be approved" in page
    two.refresh_from_db()
    assert two.status == "in_review"


def test_a_missing_reason_is_asked_for_and_nothing_is_done() -> None:
    story, client = make_story(), enter("Editor")
    address = choose(client, "spike", story)
    page = client.post(address, {"story": f"{story.pk}:1", "reason": ""})
    assert page.status_code == 200
    assert "This field is required" in words(page)
    story.refresh_from_db()
    assert story.status == "draft"


def test_a_reporter_does_it_to_her_own_only_and_an_auditor_to_none() -> None:
    reporter = make_user("Reporter")
    mine, other = make_story(owner=reporter), make_story()
    client = enter(reporter)
    assert [line.story for line in client.get(choose(client, "submit", mine, other)).context["open"]] == [
        mine
    ]
    page = enter("Auditor").get(f"{LIST}bulk/submit/?of={mine.pk}")
    assert page.context["open"] == []
    assert "nothing that can be done" in words(page)


@pytest.mark.parametrize("address", ["bulk/submit/", "bulk/submit/?of=x", "bulk/nothing/?of=1"])
def test_odd_addresses_are_not_found(address: str) -> None:
    assert enter("Editor").get(LIST + address).status_code == 404
    assert enter("").get(f"{LIST}bulk/submit/?of=1").status_code == 403
