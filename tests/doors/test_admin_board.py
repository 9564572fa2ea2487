"""The board: columns by status, filters, and cards that lead to the step that moves them."""

import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin import board
from articles.models import Author, Byline, Edition, Story
from articles.workflow.publish import publish_story, schedule_story
from tests.doors.desk import enter, words
from tests.factories import make_quoting_story, make_section, make_story, make_user
from tests.planning import make_assignment, make_desk

pytestmark = pytest.mark.django_db

URL = "/admin/articles/planning/board/"
Status = Story.Status


def columns(who: User | str, **query: Any) -> dict[str, list[str]]:
    """The headlines in each column, as the board shows them."""
    response = enter(who).get(URL, query)
    return {
        column.status: [card.story.headline for card in column.cards]
        for column in response.context["columns"]
    }


def targets(who: User, story: Story) -> list[str]:
    """The columns that the card of a story offers."""
    cards = [card for column in enter(who).get(URL).context["columns"] for card in column.cards]
    return next([status for status, _words in card.targets] for card in cards if card.story == story)


def press(who: User | str, story: Story, to: str) -> Any:
    """Move a card."""
    return enter(who).get(f"{URL}move/", {"story": story.pk, "to": to, "back": URL})


def approved(**fields: Any) -> Story:
    return make_quoting_story(status=Status.APPROVED, **fields)


def test_stories_stand_under_their_status() -> None:
    editor, now = make_user("Editor"), timezone.now()
    make_story(headline="A draft")
    make_story(headline="To read", status=Status.IN_REVIEW)
    approved(headline="Ready")
    schedule_story(approved(headline="Tomorrow"), by=editor, at=now + datetime.timedelta(days=1))
    publish_story(approved(headline="Out"), by=editor)
    make_story(headline="Dropped", status=Status.SPIKED)
    assert columns(editor) == {
        "draft": ["A draft"],
        "in_review": ["To read"],
        "approved": ["Ready"],
        "scheduled": ["Tomorrow"],
        "published": ["Out"],
    }


def test_what_went_live_is_published_and_what_was_published_yesterday_is_gone(clock: Any) -> None:
    editor = make_user("Editor")
    story = approved(headline="At four")
    schedule_story(story, by=editor, at=timezone.now() + datetime.timedelta(hours=4))
    clock.shift(5 * 3600)
    assert columns(editor)["published"] == ["At four"]
    assert columns(editor)["scheduled"] == []
    clock.shift(24 * 3600)
    assert columns(editor)["published"] == []


def test_the_filters() -> None:
    sport, desk, wim = make_section("Sport"), make_desk(), make_user("Reporter")
    make_story(headline="Match", section=sport)
    make_story(headline="Wim's", owner=wim)
    make_assignment(story=make_story(headline="Assigned"), desk=desk)
    assert columns("Editor", section=sport.pk)["draft"] == ["Match"]
    assert columns("Editor", owner=wim.pk)["draft"] == ["Wim's"]
    assert columns("Editor", desk=desk.pk)["draft"] == ["Assigned"]
    assert len(columns("Editor", desk="nonsense")["draft"]) == 3


def test_a_card_offers_what_its_reader_may_do() -> None:
    editor, reporter = make_user("Editor"), make_user("Reporter")
    draft = make_story(owner=reporter)
    review = make_story(status=Status.IN_REVIEW)
    own = make_story(status=Status.IN_REVIEW, owner=editor)
    signed = make_story(status=Status.IN_REVIEW, authors=[])
    Byline.objects.create(story=signed, author=Author.objects.create(name="E", slug="e", user=editor))
    assert targets(reporter, draft) == ["in_review"]
    assert targets(make_user("Reporter"), draft) == []
    assert targets(editor, review) == ["draft", "approved"]
    assert targets(editor, own) == targets(editor, signed) == ["draft"]
    assert targets(make_user("Managing editor"), own) == ["draft", "approved"]
    assert targets(editor, approved()) == ["draft", "scheduled", "published"]


@pytest.mark.parametrize(
    ("begins", "to", "step"),
    [
        ("draft", "in_review", "submit"),
        ("in_review", "approved", "approve"),
        ("in_review", "draft", "return"),
        ("approved", "scheduled", "schedule"),
        ("approved", "published", "publish"),
    ],
)
def test_moving_a_card_leads_to_the_page_of_the_step_and_back(begins: str, to: str, step: str) -> None:
    story = make_story(status=begins)
    where = urlsplit(press("Editor", story, to).url)
    assert where.path == f"/admin/articles/story/{story.pk}/step/{step}/"
    assert parse_qs(where.query) == {"back": [URL]}
    story.refresh_from_db()
    assert story.status == begins  # nothing is done before it is confirmed


def test_confirming_leads_back_to_the_board() -> None:
    editor, story = make_user("Editor"), make_story()
    client = enter(editor)
    page = client.get(f"{URL}move/", {"story": story.pk, "to": "in_review", "back": URL}).url
    assert client.post(page, {"version": story.version}).url == URL
    assert columns(editor)["in_review"] == [story.headline]


@pytest.mark.parametrize(
    ("who", "begins", "to", "sentence"),
    [
        ("Reporter", "in_review", "approved", "You cannot approve stories"),
        ("Editor", "draft", "approved", "Submit it first"),
        ("Editor", "draft", "published", "Have it approved first"),
        ("Editor", "published", "draft", "this one is published"),
    ],
)
def test_what_may_not_be_is_refused_with_its_sentence(who: str, begins: str, to: str, sentence: str) -> None:
    story = make_story(status=begins)
    response = enter(who).get(f"{URL}move/", {"story": story.pk, "to": to, "back": URL}, follow=True)
    assert response.redirect_chain[-1][0] == URL
    assert sentence in words(response)


def test_an_odd_address_moves_nothing() -> None:
    story = make_story()
    assert press("Editor", story, "nowhere").url == URL
    assert press("Editor", story, "draft").url == URL
    assert enter("Editor").get(f"{URL}move/", {"story": "x", "to": "draft"}).status_code == 404
    assert enter("").get(URL).status_code == 403


def test_a_column_is_bounded_and_leads_to_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "MOST", 2)
    for number in range(3):
        make_story(headline=f"Story {number}")
    response = enter("Editor").get(URL)
    assert len(response.context["columns"][0].cards) == 2
    assert "status__exact=draft" in words(response)


def test_the_board_costs_the_same_however_many_cards_it_has() -> None:
    client, editor, counts = enter("Editor"), make_user("Editor"), []
    for number in (1, 5):
        for _each in range(number):
            for status in (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED):
                make_assignment(story=make_quoting_story(status=status), desk=make_desk())
            publish_story(approved(), by=editor)
            schedule_story(approved(), by=editor, at=timezone.now() + datetime.timedelta(hours=1))
        client.get(URL)
        with CaptureQueriesContext(connection) as asked:
            client.get(URL)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16
    assert Edition.objects.count() == 12
