"""Setting a blocker aside: who may, what for, and for how long."""

import pytest

from articles.models import Event, Override, Quote, Story
from articles.workflow.errors import GateClosed, NotAllowed, WrongState
from articles.workflow.gate import blocking, check_gate
from articles.workflow.override import override_blocker
from articles.workflow.publish import publish_story
from tests.factories import make_quoting_story, make_story, make_user

pytestmark = pytest.mark.django_db

REASON = "Heard live by both of us; the recording follows tonight."


def unverified_story(**fields) -> Story:
    story = make_quoting_story(Quote.Verification.UNVERIFIED, **fields)
    story.quotations.update(sure=True)
    return story


def place_of(story: Story) -> str:
    return f"quote:{story.quotations.get().quote.key}"


def set_aside(story: Story, **fields) -> Override:
    values = {"by": make_user("Managing editor"), "code": "G208", "place": place_of(story), "reason": REASON}
    return override_blocker(story, **{**values, **fields})


def test_a_managing_editor_sets_a_blocker_aside_and_it_stays_in_the_list() -> None:
    story, managing = unverified_story(), make_user("Managing editor")
    override = set_aside(story, by=managing)
    (finding,) = check_gate(story)
    assert finding.overridden == override
    assert blocking([finding]) == []
    event = Event.objects.about(story).get()
    assert (event.action, event.by, event.reason) == ("gate.overridden", managing, REASON)
    assert event.after["place"] == place_of(story)


def test_a_story_is_published_against_a_blocker_and_the_event_says_so() -> None:
    story = unverified_story(status=Story.Status.APPROVED)
    with pytest.raises(GateClosed):
        publish_story(story, by=make_user())
    set_aside(story)
    edition = publish_story(story, by=make_user())
    assert edition.quotes.get().verification == "unverified"
    event = Event.objects.get(action="story.published")
    assert event.after["set_aside"] == [f"G208 {place_of(story)}"]


def test_it_holds_for_one_version_of_the_story() -> None:
    story = unverified_story()
    set_aside(story)
    Story.objects.filter(pk=story.pk).update(version=story.version + 1)
    story.refresh_from_db()
    assert blocking(check_gate(story))


def test_it_holds_for_one_code_at_one_place() -> None:
    story = unverified_story()
    story.bylines.all().delete()
    set_aside(story)
    assert [finding.code for finding in blocking(check_gate(story))] == ["G104"]


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Auditor", "Administrator", ""])
def test_nobody_else_may(role: str) -> None:
    story = unverified_story()
    with pytest.raises(NotAllowed, match="Only a managing editor"):
        set_aside(story, by=make_user(role))
    assert not Override.objects.exists()


def test_a_reason_is_needed() -> None:
    with pytest.raises(WrongState, match="Say why"):
        set_aside(unverified_story(), reason="  ")


def test_what_does_not_block_cannot_be_set_aside() -> None:
    story = unverified_story()
    for code, place in (("G203", place_of(story)), ("G208", "quote:another"), ("G999", "story")):
        with pytest.raises(WrongState, match="no longer stops this story"):
            set_aside(story, code=code, place=place)


def test_nobody_may_set_aside_what_belongs_to_the_structure_or_to_a_promise() -> None:
    managing = make_user("Managing editor")
    with pytest.raises(WrongState, match="Nobody may set G101 aside"):
        override_blocker(
            make_story(headline=""), by=managing, code="G101", place="field:headline", reason=REASON
        )


def test_twice_is_once() -> None:
    story = unverified_story()
    set_aside(story)
    with pytest.raises(WrongState, match="set aside already"):
        set_aside(story)
    assert Override.objects.count() == 1
