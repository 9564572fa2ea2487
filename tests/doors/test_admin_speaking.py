"""Who is speaking in a story: the panel, its switch for reported speech, and the answer as one types."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Quotation, Story
from tests.doors.desk import enter, typed, words
from tests.factories import make_story

pytestmark = pytest.mark.django_db

BODY = (
    "<p>“The pier will hold,” said Ruth Amadi, harbour commissioner. Jan Holm said that it was rotten.</p>"
    "<p>Amadi called that “a fable”. According to Holm, three planks are missing.</p>"
)
ROTTEN = "it was rotten"


@pytest.fixture
def client() -> Client:
    return enter("Managing editor")


@pytest.fixture
def story(client: Client) -> Story:
    story = make_story()
    client.post(page(story), typed(story, body=BODY))
    story.refresh_from_db()
    return story


def page(story: Story) -> str:
    return f"/admin/articles/story/{story.pk}/change/"


def panel(response: Any) -> str:
    """The words of the panel alone."""
    return words(response).split('id="speaking"')[1].split("</section>")[0]


def read(client: Client, story: Story, body: str) -> dict[str, Any]:
    url = f"/admin/articles/story/{story.pk}/read-quotations/"
    answer: dict[str, Any] = client.post(url, {"body": body, "headline": story.headline}).json()
    return answer


def rows(response: Any) -> dict[str, tuple[int, int, int]]:
    """How often each speaker is heard: direct, partial, reported."""
    return {
        voice.speaker: (voice.direct, voice.partial, voice.reported) for voice in response.context["voices"]
    }


def test_only_quoted_words_count_until_somebody_asks(client: Client, story: Story) -> None:
    response = client.get(page(story))
    assert rows(response) == {"Ruth Amadi": (1, 1, 0)}
    assert ROTTEN not in panel(response)
    assert 'aria-checked="false"' in panel(response)


def test_the_switch_adds_who_is_only_reported(client: Client, story: Story) -> None:
    response = client.get(page(story), {"reported": "on"}, follow=True)
    assert response.redirect_chain == [(f"{page(story)}#speaking", 302)]
    assert rows(response) == {"Ruth Amadi": (1, 1, 0), "Jan Holm": (0, 0, 2)}
    shown = panel(response)
    assert ROTTEN in shown
    assert "Jan Holm, subject of “said”, paragraph 1." in shown
    assert "They are no records" in shown
    assert 'aria-checked="true"' in shown


def test_the_switch_is_remembered_and_can_be_turned_off(client: Client, story: Story) -> None:
    client.get(page(story), {"reported": "on"})
    assert ROTTEN in panel(client.get(page(story)))
    client.get(page(story), {"reported": "off"})
    assert ROTTEN not in panel(client.get(page(story)))


def test_another_word_for_the_switch_is_ignored(client: Client, story: Story) -> None:
    response = client.get(page(story), {"reported": "perhaps"})
    assert response.status_code == 200
    assert ROTTEN not in panel(response)


def test_reported_speech_is_never_recorded(client: Client, story: Story) -> None:
    client.get(page(story), {"reported": "on"})
    client.post(page(story), typed(story, body=BODY.replace("three", "four")))
    assert set(Quotation.objects.values_list("kind", flat=True)) == {"direct", "partial"}


def test_dismissed_words_are_nobodys_voice(client: Client, story: Story) -> None:
    story.quotations.filter(kind="partial").update(state=Quotation.State.DISMISSED, quote=None)
    assert rows(client.get(page(story))) == {"Ruth Amadi": (1, 0, 0)}


def test_as_one_types_the_answer_has_quoted_words_only(client: Client, story: Story) -> None:
    answer = read(client, story, BODY)
    assert [each["kind"] for each in answer["quotations"]] == ["direct", "partial"]
    assert "Ruth Amadi" in answer["speaking"]
    assert "Jan Holm" not in answer["speaking"]


def test_as_one_types_the_switch_adds_reported_speech(client: Client, story: Story) -> None:
    client.get(page(story), {"reported": "on"})
    answer = read(client, story, BODY.replace(ROTTEN, "it was <em>sound</em>"))
    assert [each["kind"] for each in answer["quotations"]] == ["direct", "indirect", "partial", "indirect"]
    report = answer["quotations"][1]
    assert report["segments"][0][2] == "it was sound"
    assert (report["state"], report["speaker"], report["quotation"]) == ("reported", "Jan Holm", None)
    assert "it was sound" in answer["speaking"]


def test_a_story_without_speech_says_so(client: Client) -> None:
    story = make_story(body="<p>The pier is shut.</p>")
    assert "Nobody is quoted in this text." in panel(client.get(page(story)))
    client.get(page(story), {"reported": "on"})
    assert "Nobody speaks in this text." in panel(client.get(page(story)))


@pytest.mark.parametrize("switch", ["on", "off"])
def test_the_panel_costs_the_same_however_many_speak(client: Client, story: Story, switch: str) -> None:
    client.get(page(story), {"reported": switch})
    counts = []
    for number in (1, 12):
        story.refresh_from_db()
        said = "".join(
            f"<p>“Number {n},” said Ruth Amadi{n}. Jan Holm{n} said it was.</p>" for n in range(number)
        )
        client.post(page(story), typed(story, body=said))
        client.get(page(story))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(story)).status_code == 200
        with CaptureQueriesContext(connection) as typing:
            read(client, story, said)
        counts.append((len(queries), len(typing)))
    assert counts[0] == counts[1]


INNER = (
    "<p>“The chairman looked at me and said, ‘We have no money for the pier,’” said Ruth Amadi, "
    "harbour commissioner.</p>"
)


def test_words_quoted_inside_a_quotation_stand_under_it(client: Client, story: Story) -> None:
    answer = read(client, story, INNER)
    assert [each["kind"] for each in answer["quotations"]] == ["direct"], "It is no quotation of the story."
    shown = answer["speaking"].split("Quoted by somebody else")[1]
    outer, _list, inner = shown.partition("<ol")[2].partition("<ol")
    assert "Ruth Amadi</strong> says" in outer
    assert "We have no money for the pier" in inner
    assert "<strong>the chairman</strong>" in inner.lower()


def test_words_quoted_inside_a_quotation_are_nobodys_voice_and_no_record(
    client: Client, story: Story
) -> None:
    client.post(page(story), typed(story, body=INNER))
    response = client.get(page(story))
    assert rows(response) == {"Ruth Amadi": (1, 0, 0)}
    assert "We have no money for the pier" in panel(response).split("Quoted by somebody else")[1]
    assert story.quotations.in_text().count() == 1


def test_nothing_is_said_about_inner_words_where_there_are_none(client: Client, story: Story) -> None:
    assert "Quoted by somebody else" not in panel(client.get(page(story)))
