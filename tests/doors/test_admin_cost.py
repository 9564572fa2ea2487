"""What the pages of a story cost: the same number of queries for two quotations and for twelve."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Quote, Story
from tests.doors.desk import enter, typed
from tests.factories import make_quotation, make_quote, make_quoting_story

pytestmark = pytest.mark.django_db

SENTENCE = "We keep light number {} burning through the night."


def quoting(story: Story, first: int, last: int) -> None:
    """Let `story` print the sentences `first` to `last`, each with a record and a source of its own."""
    for number in range(first, last):
        sentence = SENTENCE.format(number)
        story.body += f"<p>“{sentence}” said speaker {number}.</p>"
        make_quotation(story, make_quote(sentence, verification=Quote.Verification.VERIFIED))
    story.save()


@pytest.mark.parametrize(("page", "most"), [("change/", 45), ("review/", 20), ("step/submit/", 15)])
def test_a_page_of_a_story_costs_the_same_however_many_quotations_it_has(page: str, most: int) -> None:
    story = make_quoting_story()
    client = enter("Managing editor")
    quoting(story, 0, 2)
    url = f"/admin/articles/story/{story.pk}/{page}"
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        assert client.get(url).status_code == 200
    quoting(story, 2, 12)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).status_code == 200
    assert len(many) == len(few) <= most


def test_saving_costs_the_same_however_many_quotations_there_are() -> None:
    story = make_quoting_story()
    client = enter("Managing editor")
    url = f"/admin/articles/story/{story.pk}/change/"
    quoting(story, 0, 2)
    client.post(url, typed(story, body=story.body))
    counts = []
    for first, last in ((2, 4), (4, 16)):
        story.refresh_from_db()
        quoting(story, first, last)
        fields = typed(story, body=story.body + "<p>And so on.</p>")
        with CaptureQueriesContext(connection) as saving:
            response = client.post(url, fields)
        assert response.status_code == 302
        counts.append(len(saving))
    assert counts[0] == counts[1] <= 34  # eight of them begin and end transactions
