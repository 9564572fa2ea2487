"""Arranging the front page: who may, what is refused, and that of two editors the second is told."""

import datetime

import pytest
from django.utils import timezone

from articles.models import Event, FrontPage, SiteChange, Slot, Story
from articles.workflow.errors import Invalid, NotAllowed, WrongState
from articles.workflow.front import arrange_front_page
from tests.editions import make_edition
from tests.factories import bring_to, make_user

pytestmark = pytest.mark.django_db


def published(**fields: object) -> Story:
    story = make_edition(**fields).story
    return bring_to(Story.Status.PUBLISHED, story)


def test_the_last_arrangement_counts_and_is_told() -> None:
    editor, lead, other = make_user("Editor"), published(), published()
    until = timezone.now() + datetime.timedelta(hours=3)
    arrange_front_page(by=editor, slots=[Slot("lead", other.pk)], number=0)
    front = arrange_front_page(
        by=editor, slots=[Slot("lead", lead.pk, until), Slot("second", other.pk)], hidden=["recent"], number=1
    )
    assert front.number == 2
    arrangement = FrontPage.objects.arrangement()
    assert arrangement.slots == (Slot("lead", lead.pk, until), Slot("second", other.pk))
    assert arrangement.hidden == ("recent",)
    event = Event.objects.get(action="front.arranged", record_id=front.pk)
    assert event.by == editor
    assert event.before["slots"] == [f"lead:{other.pk}"]
    assert SiteChange.objects.last().keys == ["front"]


def test_without_slots_the_page_fills_itself_again() -> None:
    editor, story = make_user("Editor"), published()
    arrange_front_page(by=editor, slots=[Slot("lead", story.pk)], number=0)
    arrange_front_page(by=editor, slots=[], number=1)
    assert FrontPage.objects.arrangement().slots == ()


def test_who_did_not_see_the_last_arrangement_is_refused() -> None:
    story = published()
    arrange_front_page(by=make_user("Editor"), slots=[Slot("lead", story.pk)], number=0)
    with pytest.raises(WrongState, match="Somebody else arranged the front page"):
        arrange_front_page(by=make_user("Editor"), slots=[], number=0)
    assert FrontPage.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "may"),
    [("Reporter", False), ("Editor", True), ("Managing editor", True), ("Auditor", False)],
)
def test_editors_arrange_the_front_page(role: str, may: bool) -> None:
    story, user = published(), make_user(role)
    if may:
        assert arrange_front_page(by=user, slots=[Slot("lead", story.pk)], number=0).number == 1
    else:
        with pytest.raises(NotAllowed):
            arrange_front_page(by=user, slots=[Slot("lead", story.pk)], number=0)


def refusal(slots: list[Slot], hidden: list[str] | None = None) -> str:
    with pytest.raises(Invalid) as caught:
        arrange_front_page(by=make_user("Editor"), slots=slots, hidden=hidden or [], number=0)
    assert not FrontPage.objects.exists()
    return caught.value.message


def test_what_does_not_fit_is_refused() -> None:
    one, two = published(), published()
    past = timezone.now() - datetime.timedelta(minutes=1)
    assert "has room for 1" in refusal([Slot("lead", one.pk), Slot("lead", two.pk)])
    assert "two places" in refusal([Slot("lead", one.pk), Slot("under", one.pk)])
    assert "in the past" in refusal([Slot("lead", one.pk, past)])
    assert "does not exist" in refusal([Slot("nowhere", one.pk)])
    assert "does not exist" in refusal([], ["weather"])
    assert "is no more" in refusal([Slot("lead", 10**9)])


def test_neither_a_draft_nor_an_advertisement_is_put_there() -> None:
    draft = make_edition().story
    paid = published()
    Story.objects.filter(pk=paid.pk).update(type_of_work=Story.TypeOfWork.ADVERTISER)
    assert "neither published nor scheduled" in refusal([Slot("lead", draft.pk)])
    assert "advertiser" in refusal([Slot("second", paid.pk)])


def test_a_scheduled_story_may_wait_for_its_place() -> None:
    story, editor = make_edition().story, make_user("Editor")
    bring_to(Story.Status.SCHEDULED, story, by=editor)
    assert arrange_front_page(by=editor, slots=[Slot("lead", story.pk)], number=0)


NO_SLOTS = [
    "lead",
    "lead:x",
    "lid:1",
    "lead:1@soon",
    "lead:1@2031-13-01T10:00:00+00:00",
    "lead:1@2031-01-01T10:00",
]


@pytest.mark.parametrize("code", ["", *NO_SLOTS])
def test_what_is_no_slot_is_none(code: str) -> None:
    assert Slot.read(code) is None


def test_a_slot_is_read_as_it_was_written() -> None:
    slot = Slot("under", 7, timezone.now())
    assert Slot.read(slot.code) == slot
