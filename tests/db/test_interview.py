"""Who asked the questions of an interview is said once, and by no more queries for many questions."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Author, Byline, Event, Quotation, Speaker, Story
from articles.workflow.errors import NotAllowed, WrongState
from articles.workflow.gate import check_gate
from articles.workflow.interview import name_asker, questions_waiting
from articles.workflow.quotations import sync_quotations
from tests.factories import make_author, make_speaker, make_story, make_user

pytestmark = pytest.mark.django_db

INTRO = "<p>Corwin Tesh has run the night desk since 2011. The interview was shortened.</p>"
TALK = "<p>Q. Who comes in at three in the morning?</p><p>A. Bakers, mostly, and the odd nurse.</p>"
MORE = "<p>Q. And what do they want from you?</p><p>A. Somebody who is awake when they are.</p>"


def interview(talk: str = TALK + MORE, **fields: object) -> Story:
    """An interview in step with its quotations, signed by Wilma Fenn."""
    story = make_story(body=INTRO + talk, **fields)
    if not story.bylines.exists():
        author = Author.objects.filter(name="Wilma Fenn").first() or make_author()
        Byline.objects.create(story=story, author=author, position=0)
    sync_quotations(story, by=story.owner)
    return story


def waiting(story: Story) -> list[str]:
    return [row.words for row in questions_waiting(story, list(story.quotations.all()))]


def test_one_press_records_every_question_as_asked_by_who_signs() -> None:
    story, editor = interview(), make_user()
    author = story.bylines.get().author
    assert waiting(story) == ["Who comes in at three in the morning?", "And what do they want from you?"]
    name_asker(story, author=author, by=editor)
    assert waiting(story) == []
    rows = list(story.quotations.order_by("position"))
    assert [row.state for row in rows] == ["matched"] * 4
    assert [str(row.quote.speaker) for row in rows] == [author.name, "Corwin Tesh"] * 2
    assert {row.quote.verification for row in rows} == {"unverified"}, "A second person still looks."
    assert not any(finding.code == "G201" for finding in check_gate(story))


def test_one_event_says_who_asked() -> None:
    story, editor = interview(), make_user()
    name_asker(story, author=story.bylines.get().author, by=editor)
    event = Event.objects.get(action="story.questions_asked")
    assert (event.story, event.by, event.after["speaker"]) == (story, editor, "Wilma Fenn")
    assert len(event.after["quotes"]) == 2


def test_the_speaker_on_record_with_that_name_is_used() -> None:
    known = make_speaker("Wilma Fenn")
    story = interview()
    name_asker(story, author=story.bylines.get().author, by=make_user())
    assert Speaker.objects.filter(name="Wilma Fenn").get() == known
    assert known.quotes.count() == 2


def test_nobody_guesses_between_two_of_one_name() -> None:
    make_speaker("Wilma Fenn")
    make_speaker("Wilma Fenn", slug="wilma-fenn-of-ostrey")
    story = interview()
    with pytest.raises(WrongState, match="Several speakers on record are called Wilma Fenn"):
        name_asker(story, author=story.bylines.get().author, by=make_user())
    assert len(waiting(story)) == 2


def test_the_same_question_twice_is_one_record() -> None:
    story = interview(TALK + TALK.replace("Bakers", "Nurses"))
    name_asker(story, author=story.bylines.get().author, by=make_user())
    quotes = {row.quote_id for row in story.quotations.all() if row.speaker_name == "Wilma Fenn"}
    assert len(quotes) == 1


def test_a_question_set_aside_and_an_answer_of_nobody_stay_as_they_are() -> None:
    story = interview()
    story.quotations.filter(position=0).update(state=Quotation.State.DISMISSED, quote=None)
    story.quotations.filter(position=1).update(state=Quotation.State.UNATTRIBUTED, quote=None)
    name_asker(story, author=story.bylines.get().author, by=make_user())
    states = list(story.quotations.order_by("position").values_list("state", flat=True))
    assert states == ["dismissed", "unattributed", "matched", "matched"]


def test_only_who_signs_the_story_can_be_named() -> None:
    story, other = interview(), make_author("Hanno Breck")
    with pytest.raises(WrongState, match="Hanno Breck does not sign this story"):
        name_asker(story, author=other, by=make_user())


def test_pressed_twice_it_says_that_nothing_waits() -> None:
    story = interview()
    author = story.bylines.get().author
    name_asker(story, author=author, by=make_user())
    with pytest.raises(WrongState, match="No question of this interview waits"):
        name_asker(story, author=author, by=make_user())


@pytest.mark.parametrize("role", ["Auditor", "Reporter"])
def test_who_may_not_edit_the_story_names_nobody(role: str) -> None:
    story = interview()
    with pytest.raises(NotAllowed):
        name_asker(story, author=story.bylines.get().author, by=make_user(role))


def test_many_questions_cost_no_more() -> None:
    make_speaker("Wilma Fenn")
    editor = make_user()
    assert _cost(2, editor) == _cost(20, editor)


def _cost(questions: int, editor: User) -> int:
    """How many queries it takes to name the asker of so many questions."""
    story = interview(
        "".join(
            f"<p>Q. Who comes in after number {number}?</p><p>A. Baker number {number}, mostly.</p>"
            for number in range(questions)
        )
    )
    author = story.bylines.get().author
    by = User.objects.get(pk=editor.pk)
    with CaptureQueriesContext(connection) as made:
        name_asker(story, author=author, by=by)
    assert waiting(story) == []
    return len(made)
