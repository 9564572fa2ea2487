"""The gate on pictures whose time is over, for the lead and for those in the text."""

import datetime

import pytest
from django.utils import timezone

from articles.models import Image, Story
from articles.workflow.errors import GateClosed, WrongState
from articles.workflow.gate import Finding, check_gate
from articles.workflow.override import override_blocker
from articles.workflow.publish import publish_story, schedule_story
from tests.factories import WORDS, make_image, make_quoting_story, make_story, make_user

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def ending(days: int) -> Image:
    """A picture whose last day is `days` from today."""
    return make_image(expires_on=TODAY + days * DAY)


def found(story: Story, *, in_days: int = 0) -> list[Finding]:
    """What the gate says if the story is published `in_days` from now."""
    return check_gate(story, at=timezone.now() + in_days * DAY)


@pytest.mark.parametrize(
    ("days", "codes"),
    [(-200, ["G404"]), (-1, ["G404"]), (0, ["G405"]), (13, ["G405"]), (14, []), (400, [])],
)
def test_a_picture_stops_the_story_after_its_last_day_and_warns_two_weeks_before(
    days: int, codes: list[str]
) -> None:
    image = ending(days)
    findings = found(make_story(lead_image=image))
    assert [finding.code for finding in findings] == codes
    for finding in findings:
        assert finding.blocks is (finding.code == "G404")
        assert (finding.place, finding.field) == (f"image:{image.pk}", "lead_image")
        assert image.title in finding.message


def test_a_picture_in_the_text_counts_as_the_lead_does() -> None:
    image = ending(-1)
    story = make_story(body=f'<p>The lighthouse.</p><figure data-picture="{image.pk}"></figure>')
    (finding,) = found(story)
    assert (finding.code, finding.field) == ("G404", "body")


def test_a_scheduled_story_is_asked_for_the_day_it_goes_live() -> None:
    story = make_story(lead_image=ending(3), status=Story.Status.APPROVED)
    assert [finding.code for finding in found(story, in_days=3)] == ["G405"]
    assert [finding.code for finding in found(story, in_days=4)] == ["G404"]
    with pytest.raises(GateClosed):
        schedule_story(story, by=make_user(), at=timezone.now() + 4 * DAY)


@pytest.mark.parametrize(
    ("caption", "codes"),
    [
        ("The lighthouse at dusk.", []),
        ("The keeper of the boat “Maid of the Point” at dusk.", []),
        (f"Ilse Marrow: “{WORDS}”", []),
        ("“Keep the lighthouse open through the winter,” Ilse Marrow said.", []),
        ("Ilse Marrow said: “We shall pull the lighthouse down before the summer.”", ["G406"]),
    ],
)
def test_a_caption_that_quotes_what_no_record_has_is_worth_a_look(caption: str, codes: list[str]) -> None:
    story = make_quoting_story(lead_image=make_image(caption=caption))
    findings = found(story)
    assert [finding.code for finding in findings] == codes
    assert not any(finding.blocks for finding in findings)


def test_nobody_sets_the_end_of_a_right_aside_but_an_extended_day_opens_the_gate() -> None:
    story = make_story(lead_image=ending(-1), status=Story.Status.APPROVED)
    (finding,) = found(story)
    with pytest.raises(WrongState):
        override_blocker(
            story, by=make_user("Managing editor"), code="G404", place=finding.place, reason="It is fine."
        )
    with pytest.raises(GateClosed):
        publish_story(story, by=make_user())
    Image.objects.update(expires_on=TODAY + 300 * DAY)
    assert publish_story(story, by=make_user()).image is not None
