"""What must never reach an edition: a confidential source, and who an unnamed speaker is."""

import datetime
import json
from typing import Any

import pytest
from django.core import serializers
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import (
    Edition,
    EditionByline,
    EditionQuote,
    EditionTopic,
    Event,
    Quote,
    Source,
    Speaker,
    Story,
)
from articles.workflow.attribute import attribute_quote
from articles.workflow.publish import publish_story
from articles.workflow.verify import unverify_quote, verify_quote
from tests.factories import (
    WORDS,
    make_entry,
    make_quotation,
    make_quote,
    make_role,
    make_source,
    make_speaker,
    make_story,
    make_user,
)

CANARY = "zqxcanaryzqx"


def everything_public() -> str:
    """All columns of all rows that readers' pages are made of, and the events that the desk can read."""
    models = (Edition, EditionByline, EditionQuote, EditionTopic)
    rows = [row for model in models for row in model.objects.all()]
    rows += list(Event.objects.filter(confidential=False))
    return serializers.serialize("json", rows)


def unnamed_speaker() -> Speaker:
    speaker = make_speaker(
        "a harbour official",
        slug="a-harbour-official",
        unnamed=True,
        unnamed_reason="because she is not allowed to speak",
        known_to=make_user("Managing editor", first_name="Knower", last_name="Zqxknower"),
        bio=f"{CANARY} biography",
        aliases=[f"{CANARY} alias"],
        external_ids={"wikidata": f"{CANARY}1"},
    )
    make_role(speaker, f"{CANARY} title", organisation=f"{CANARY} organisation")
    return speaker


def secret_source(terms: str, *, confidential: bool) -> Source:
    text = f"{CANARY} before the words. {WORDS} {CANARY} after the words."
    return make_source(
        text=text,
        title=f"{CANARY} memorandum of the night",
        publisher=f"{CANARY} Press",
        url=f"https://{CANARY}.example/memo",
        published_on=datetime.date(1961, 7, 3),
        terms=terms,
        confidential=confidential,
        owner=make_user("Reporter", first_name=CANARY),
    )


def publish_from(source: Source, speaker: Speaker, **fields: Any) -> Edition:
    quote = make_quote(
        speaker=speaker,
        role=speaker.roles.first(),
        source=source,
        source_place=f"{CANARY} page",
        occasion=f"{CANARY} dinner",
        place=f"{CANARY} inn",
        said_on=datetime.date(1961, 7, 3),
        verification=Quote.Verification.VERIFIED,
    )
    make_entry(quote, method="read", note=f"{CANARY} note", snapshot=source.snapshots.get())
    story = make_story(
        body=f"<p>“{WORDS}” she said.</p>",
        status=Story.Status.APPROVED,
        editors_note=f"{CANARY} for the desk",
        slugline=CANARY,
        **fields,
    )  # fmt: skip
    make_quotation(story, quote, spans=[[1, 1 + len(WORDS)]], reason=f"{CANARY} reason", cue=CANARY)
    return publish_story(story, by=make_user())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("terms", "confidential"),
    [("on_the_record", True), ("background", True), ("background", False)],
)
def test_nothing_about_a_source_that_may_not_show_reaches_an_edition(terms: str, confidential: bool) -> None:
    edition = publish_from(secret_source(terms, confidential=confidential), unnamed_speaker())
    row = edition.quotes.get()
    assert (row.source, row.source_key) == ({"confidential": True}, "")
    assert (row.occasion, row.place, row.said_on) == ("", "", None)
    assert row.verification == "verified"
    assert row.words == WORDS
    everything = everything_public()
    assert CANARY not in everything
    assert "1961" not in everything
    assert "Zqxknower" not in everything
    assert Source.objects.get(confidential=confidential, title__contains=CANARY).key not in everything


@pytest.mark.django_db
def test_what_was_heard_from_a_source_that_was_confidential_before_stays_in_the_house() -> None:
    editor = make_user("Managing editor")
    memo = make_source(text=WORDS, confidential=True, owner=editor)
    quote = make_quote(source=memo)
    verify_quote(quote, by=editor, against=None, method="called_back", note=f"{CANARY} confirmed it.")
    unverify_quote(quote, by=editor, reason=f"{CANARY} wants to stay out of it.")
    quote.refresh_from_db()
    changed = attribute_quote(quote, by=editor, source=make_source(text=WORDS))
    verify_quote(changed, by=editor, against=changed.source.snapshots.get(), method="read", note="Minutes.")
    story = make_story(body=f"<p>“{WORDS}” she said.</p>", status=Story.Status.APPROVED)
    make_quotation(story, changed, segments=[WORDS], spans=[[1, 1 + len(WORDS)]])
    row = publish_story(story, by=editor).quotes.get()
    assert CANARY not in everything_public()
    assert row.history[-1]["note"] == "Minutes."


@pytest.mark.django_db
def test_a_source_that_was_confidential_before_leaves_no_note() -> None:
    old = secret_source("on_the_record", confidential=True)
    quote = make_quote(verification=Quote.Verification.VERIFIED)
    make_entry(quote, note=f"{CANARY} compared with the memo", snapshot=old.snapshots.get())
    make_entry(quote, note="Compared with the minutes.", snapshot=quote.source.snapshots.get())
    story = make_story(body=f"<p>“{WORDS}” she said.</p>", status=Story.Status.APPROVED)
    make_quotation(story, quote, spans=[[1, 1 + len(WORDS)]])
    edition = publish_story(story, by=make_user())
    assert [step["note"] for step in edition.quotes.get().history] == ["", "", "Compared with the minutes."]
    assert CANARY not in everything_public()


LETTERS = "abcdefghijklmnopqrstuvwxyzäøßж漢"
CANARIES = (
    st.text(alphabet=LETTERS, min_size=6, max_size=30)
    .map(lambda text: f"zq{text}qz")
    .map(lambda t: f"zq{t}qz")
)


class SecretsOfAnySource(TestCase):
    """The same for any text: hypothesis looks for one that gets through."""

    @settings(max_examples=25, deadline=None)
    @given(canary=CANARIES, terms=st.sampled_from(["on_the_record", "background"]))
    def test_no_text_of_a_confidential_source_reaches_an_edition(self, canary: str, terms: str) -> None:
        source = make_source(
            text=f"{canary} {WORDS} {canary}",
            title=f"{canary} notes",
            publisher=canary,
            url=f"https://example.org/{canary}",
            confidential=True,
            terms=terms,
            owner=make_user("Reporter"),
        )
        publish_from(source, unnamed_speaker())
        everything = everything_public()
        for spelling in (canary, json.dumps(canary)[1:-1]):
            assert spelling not in everything
