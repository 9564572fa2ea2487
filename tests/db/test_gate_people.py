"""The gate's checks on people and sources: promises that were made, and names that must not show."""

from typing import Any

import pytest
from pytest_django import Settings

from articles.models import Quote, Source, Speaker, Story
from articles.workflow.gate import Finding, check_gate
from tests.factories import (
    WORDS,
    make_image,
    make_quotation,
    make_quote,
    make_source,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

TITLE = "Notes of a night at the pilot station"


def unnamed(**fields: Any) -> Speaker:
    values = {"unnamed": True, "unnamed_reason": "because she is not allowed to speak about the talks"}
    return make_speaker("a harbour official", **{**values, "known_to": make_user(), **fields})


def confidential(**fields: Any) -> Source:
    values = {"title": TITLE, "text": WORDS, "confidential": True, "owner": make_user("Reporter")}
    return make_source(**{**values, **fields})


def story_of(speaker: Speaker, source: Source, **fields: Any) -> Story:
    """A story that prints WORDS, said by `speaker`, from `source`."""
    quote = make_quote(speaker=speaker, role=None, source=source, verification=Quote.Verification.VERIFIED)
    story = make_story(**{"body": f"<p>“{WORDS}” she said.</p>", **fields})
    make_quotation(story, quote, spans=[[1, 1 + len(WORDS)]])
    return story


def only(story: Story) -> Finding:
    """The one finding on `story`."""
    (finding,) = check_gate(story)
    return finding


def test_an_unnamed_speaker_with_a_reason_whom_an_editor_knows_passes() -> None:
    assert check_gate(story_of(unnamed(), make_source(text=WORDS))) == []


@pytest.mark.parametrize(
    ("fields", "code"), [({"unnamed_reason": " "}, "G301"), ({"known_to": None}, "G302")]
)
def test_an_unnamed_speaker_needs_a_reason_and_an_editor_who_knows(fields: dict, code: str) -> None:
    assert only(story_of(unnamed(**fields), make_source(text=WORDS))).code == code


def test_a_confidential_source_behind_an_unnamed_speaker_passes() -> None:
    assert check_gate(story_of(unnamed(), confidential())) == []


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("headline", {"headline": f"What the {TITLE.lower()} say"}),
        ("kicker", {"kicker": TITLE}),
        ("dek", {"dek": f"From “{TITLE}”."}),
        ("dateline", {"dateline": TITLE}),
        ("body", {"body": f"<p>“{WORDS}” she said, in <em>Notes of a night</em> at the pilot station.</p>"}),
        ("body", {"body": f'<p>“{WORDS}” she <a href="https://leak.example/a?b=1&amp;c=2">said</a>.</p>'}),
        ("body", {"body": f"<p>“{WORDS}” she told the Pilots’ Letter.</p>"}),
    ],
)
def test_words_that_identify_a_confidential_source_are_a_blocker(field: str, fields: dict) -> None:
    source = confidential(url="https://www.leak.example/a?b=1&c=2", publisher="The Pilots' Letter")
    finding = only(story_of(unnamed(), source, **fields))
    assert (finding.code, finding.field, finding.overridable) == ("G303", field, False)
    assert finding.place == f"source:{source.key}"


def test_the_caption_of_the_picture_is_looked_at_too() -> None:
    image = make_image(caption=f"A page of {TITLE}.")
    assert only(story_of(unnamed(), confidential(), lead_image=image)).field == "lead_image"


def test_the_sentence_does_not_say_what_the_source_is() -> None:
    source = confidential(publisher="The Pilots' Letter")
    message = only(story_of(unnamed(), source, dek=TITLE, kicker="The Pilots' Letter")).message
    assert "Notes of a night" not in message
    assert "Letter" not in message
    assert source.key in message


def test_a_short_title_and_our_own_name_are_not_looked_for(settings: Settings) -> None:
    settings.NEWSROOM_NAME = "The Kelder Courier"
    source = confidential(title="Interview", publisher="The Kelder Courier")
    body = f"<p>“{WORDS}” she said in an interview with The Kelder Courier.</p>"
    assert check_gate(story_of(unnamed(), source, body=body)) == []


def test_a_name_whose_only_source_is_confidential_is_a_blocker() -> None:
    finding = only(story_of(make_speaker(), confidential()))
    assert (finding.code, finding.overridable) == ("G304", False)


def test_a_withdrawn_source_is_a_blocker() -> None:
    source = make_source(text=WORDS, withdrawn_reason="The recording was edited.")
    assert only(story_of(make_speaker(), source)).code == "G305"


def test_a_name_on_background_is_a_blocker_and_a_description_is_not() -> None:
    source = make_source(text=WORDS, terms=Source.Terms.BACKGROUND)
    assert only(story_of(make_speaker(), source)).code == "G306"
    assert check_gate(story_of(unnamed(), source)) == []


@pytest.mark.parametrize("named", [True, False])
def test_words_said_on_deep_background_are_not_quoted_under_any_name(named: bool) -> None:
    source = make_source(text=WORDS, terms=Source.Terms.DEEP_BACKGROUND)
    finding = only(story_of(make_speaker() if named else unnamed(), source))
    assert (finding.code, finding.overridable) == ("G307", False)
