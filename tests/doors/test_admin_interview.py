"""The panel of quotations offers to name whoever signs an interview for all its questions."""

import pytest
from django.test import Client

from articles.models import Byline, Quotation, Story
from tests.doors.desk import enter, typed, words
from tests.factories import make_author, make_story

pytestmark = pytest.mark.django_db

BODY = (
    "<p>Corwin Tesh has run the night desk since 2011.</p>"
    "<p>Q. Who comes in at three in the morning?</p><p>A. Bakers, mostly, and the odd nurse.</p>"
    "<p>Q. And what do they want from you?</p><p>A. Somebody who is awake when they are.</p>"
)


@pytest.fixture
def client() -> Client:
    return enter("Editor")


def saved(client: Client, *, signed: bool) -> Story:
    """An interview as the form saves it."""
    story = make_story()
    Byline.objects.filter(story=story).delete()
    if signed:
        Byline.objects.create(story=story, author=make_author(), position=0)
    client.post(page(story), typed(story, body=BODY))
    story.refresh_from_db()
    return story


def page(story: Story) -> str:
    return f"/admin/articles/story/{story.pk}/change/"


def test_one_press_names_the_asker_of_all(client: Client) -> None:
    story = saved(client, signed=True)
    author = story.bylines.get().author
    shown = words(client.get(page(story)))
    assert "2 questions of the interview have no asker" in shown
    assert "names nobody" in shown
    answer = client.post(page(story), typed(story, body=BODY, _then=f"asker:{author.pk}"), follow=True)
    assert f"The questions are recorded as asked by {author}." in words(answer)
    assert "have no asker" not in words(answer)
    assert not story.quotations.filter(state=Quotation.State.UNATTRIBUTED).exists()


def test_without_a_byline_the_panel_says_what_to_do(client: Client) -> None:
    story = saved(client, signed=False)
    assert "Give the story a byline and save it" in words(client.get(page(story)))


def test_an_author_that_does_not_sign_is_refused_in_words(client: Client) -> None:
    story, other = saved(client, signed=True), make_author("Hanno Breck")
    answer = client.post(page(story), typed(story, body=BODY, _then=f"asker:{other.pk}"), follow=True)
    assert "Hanno Breck does not sign this story" in words(answer)


def test_nobody_is_asked_where_no_question_waits(client: Client) -> None:
    assert "has no asker" not in words(client.get(page(make_story())))
