"""Beside the quotations of a story: their cards, what is on record, and quoting from a source."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Quotation, Quote, Snapshot, Story
from articles.text.compare import fingerprint
from articles.workflow.find import index_records
from tests.doors.desk import enter, typed, words
from tests.factories import (
    WORDS,
    make_quotation,
    make_quote,
    make_quoting_story,
    make_source,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db
NEARLY = WORDS.replace("the winter", "the whole winter")
BODY = f"<p>“{WORDS}” Tobias Reed told the harbour council.</p>"


def address(story: Story, page: str) -> str:
    return f"/admin/articles/story/{story.pk}/{page}/"


def live(client: Client, story: Story, body: str) -> dict[str, Any]:
    return client.post(address(story, "read-quotations"), {"body": body}).json()


def card(client: Client, story: Story, body: str) -> str:
    sighting = live(client, story, body)["quotations"][0]
    return words(client.post(address(story, "card"), {"sighting": json.dumps(sighting)}))


def on_file(words: str = WORDS, **fields: Any) -> Quote:
    quote = make_quote(words, **fields)
    index_records([quote])
    return quote


class TestCard:
    def test_it_says_who_from_where_and_what_can_be_done(self) -> None:
        story = make_quoting_story("in_source")
        source, number = Quote.objects.get().source, story.quotations.get().pk
        shown = card(enter("Editor"), story, story.body)
        assert source.title in shown
        assert "Ilse Marrow</strong>, Harbour Commissioner" in shown
        assert "in source" in shown
        for action in ("review", "attribute", "source", "dismiss"):
            assert f'value="{action}:{number}"' in shown

    def test_altered_words_show_the_difference_and_how_to_put_them_back(self) -> None:
        story = make_quoting_story()
        shown = card(enter("Editor"), story, story.body.replace("open", "shut"))
        assert "<del>open</del><ins>shut</ins>" in shown
        assert "The words are not the source’s own" in shown
        assert f'value="restore:{story.quotations.get().pk}"' in shown

    def test_words_that_are_not_saved_are_named_by_their_print(self) -> None:
        shown = card(enter("Editor"), make_story(), BODY)
        assert "not saved yet" in shown
        assert f'value="attribute:@{fingerprint([WORDS])}"' in shown

    def test_a_verified_quotation_is_not_set_aside_from_here(self) -> None:
        story = make_quoting_story()
        assert "dismiss:" not in card(enter("Editor"), story, story.body)

    def test_who_may_not_edit_gets_no_buttons(self) -> None:
        story = make_quoting_story()
        assert "<button" not in card(enter("Reporter"), story, story.body)

    def test_a_confidential_source_is_not_named(self) -> None:
        source = make_source(WORDS, title="Minutes of the lamp room", confidential=True, owner=make_user())
        story = make_story(body=BODY)
        make_quotation(story, on_file(source=source), spans=[[1, 1 + len(WORDS)]])
        editor = enter("Editor")
        shown = card(editor, story, BODY)
        other = live(editor, make_story(), BODY)["on_record"]
        assert "A confidential source." in shown
        assert "a confidential source" in other
        assert "lamp room" not in shown + other
        assert "lamp room" in card(enter(source.owner), story, BODY)

    @pytest.mark.parametrize("sent", ["", "[]", '{"segments": 3}', '{"segments": [[0, "x"]]}', "null"])
    def test_what_is_no_quotation_is_a_bad_request(self, sent: str) -> None:
        response = enter("Editor").post(address(make_story(), "card"), {"sighting": sent})
        assert response.status_code == 400

    def test_it_is_for_those_who_see_stories(self) -> None:
        assert enter("").post("/admin/articles/story/card/", {"sighting": "{}"}).status_code == 403

    def test_a_new_story_has_cards_too(self) -> None:
        client = enter("Reporter")
        answer = client.post("/admin/articles/story/read-quotations/", {"body": BODY}).json()
        sent = {"sighting": json.dumps(answer["quotations"][0])}
        assert "Tobias Reed" in words(client.post("/admin/articles/story/card/", sent))


class TestOnRecord:
    def test_the_same_and_nearly_the_same_words_are_offered(self) -> None:
        quote, story = on_file(), make_story()
        answer = live(enter("Editor"), story, BODY)
        assert f'value="use:{quote.pk}:@{fingerprint([WORDS])}"' in answer["on_record"]
        assert answer["on_record_summary"] == "The words of 1 quotation are on record, or nearly so."
        near = live(enter("Editor"), story, BODY.replace(WORDS, NEARLY))["on_record"]
        assert "<ins>whole</ins>" in near.replace(" ", "") or "<ins>whole </ins>" in near

    def test_what_the_same_speaker_said_differently_is_told_with_where(self) -> None:
        earlier = on_file("Nobody on this council wants a dark lighthouse in winter.", speaker=make_speaker())
        printed = make_story(headline="Council quarrels over the lamp")
        make_quotation(printed, earlier)
        answer = live(enter("Editor"), make_story(), f"<p>“{WORDS}” Ilse Marrow said.</p>")
        assert "Said differently before." in answer["on_record"]
        assert earlier.words in answer["on_record"]
        assert printed.headline in answer["on_record"]
        assert answer["on_record_summary"] == ""

    def test_using_a_record_saves_what_was_typed_first(self) -> None:
        quote, story = on_file(verification="verified"), make_story()
        name = f"use:{quote.pk}:@{fingerprint([WORDS])}"
        fields = typed(story, body=BODY, headline="Typed just now", _then=name)
        response = enter("Editor").post(address(story, "change"), fields, follow=True)
        story.refresh_from_db()
        row = story.quotations.get()
        assert (story.headline, row.quote, row.state) == ("Typed just now", quote, "matched")
        assert "The record that was there is used" in words(response)

    def test_a_refusal_is_told_and_nothing_is_lost(self) -> None:
        quote, story = on_file(verification="withdrawn"), make_story()
        name = f"use:{quote.pk}:@{fingerprint([WORDS])}"
        fields = typed(story, body=BODY, headline="Typed just now", _then=name)
        response = enter("Editor").post(address(story, "change"), fields, follow=True)
        assert "withdrawn" in words(response)
        story.refresh_from_db()
        assert story.headline == "Typed just now"

    @pytest.mark.parametrize("name", ["use:1", "use:x:y", "use::", "use:1:@abc"])
    def test_words_that_are_gone_are_told(self, name: str) -> None:
        story = make_story()
        response = enter("Editor").post(address(story, "change"), typed(story, _then=name), follow=True)
        assert "no longer in the story" in words(response)

    def test_an_action_of_a_card_finds_words_that_were_just_saved(self) -> None:
        story = make_story()
        name = f"dismiss:@{fingerprint([WORDS])}"
        enter("Editor").post(address(story, "change"), typed(story, body=BODY, _then=name))
        assert story.quotations.get().state == "dismissed"

    def test_the_number_of_queries_does_not_grow(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client, story, counts = enter("Editor"), make_story(), []
        for number in range(6):
            on_file(f"We will keep lighthouse {number} open through a stormy winter of {1900 + number}.")
        for often in (1, 6):
            body = "".join(BODY.replace("lighthouse", f"lighthouse {number}") for number in range(often))
            with django_assert_max_num_queries(30) as counted:
                live(client, story, body)
            counts.append(len(counted))
        assert counts[0] == counts[1]


def spoken(**fields: Any) -> Snapshot:
    return make_source(f"She began at noon.\r\n{WORDS} Then she sat down.", **fields).snapshots.get()


class TestQuoting:
    def page(self, story: Story, snapshot: Snapshot) -> str:
        return f"{address(story, 'quote')}?source={snapshot.source_id}"

    def test_without_a_script_words_are_copied_and_a_name_is_written(self) -> None:
        story, snapshot, client = make_story(body="<p>One.</p><p>Two.</p>"), spoken(), enter("Editor")
        shown = words(client.get(self.page(story, snapshot)))
        assert f"She began at noon. {WORDS}" in shown
        assert "after “One.…”" in shown
        fields = {"words": WORDS, "new_speaker": "Ilse Marrow", "after": "1", "version": story.version}
        response = client.post(self.page(story, snapshot), fields | {"snapshot": snapshot.pk}, follow=True)
        assert "on record with their source" in words(response)
        story.refresh_from_db()
        assert story.body == f"<p>One.</p><p>Ilse Marrow said: “{WORDS}”</p><p>Two.</p>"
        assert Quote.objects.get().verification == "in_source"

    def test_words_that_the_source_does_not_say_are_refused(self) -> None:
        story, snapshot = make_story(), spoken()
        fields = {"words": NEARLY, "version": story.version}
        response = enter("Editor").post(self.page(story, snapshot), fields)
        assert "Copy them from the text above" in words(response)
        assert not Quote.objects.exists()

    def test_a_stale_version_says_so_and_keeps_what_was_typed(self) -> None:
        story, snapshot = make_story(), spoken()
        fields = {"words": WORDS, "new_speaker": "Ilse Marrow", "version": story.version + 1}
        shown = words(enter("Editor").post(self.page(story, snapshot), fields))
        assert "Nothing you wrote is lost" in shown
        assert WORDS in shown
        assert not Quotation.objects.exists()

    def test_the_script_gets_a_paragraph_and_the_form_records_it_on_saving(self) -> None:
        story, snapshot, client = make_quoting_story(), spoken(), enter("Editor")
        speaker = make_speaker("Tobias Reed")
        make_quotation(story, make_quote("Nobody else was asked about it.", speaker=speaker), state="missing")
        start = snapshot.text.index(WORDS)
        place = {"start": start, "end": start + len(WORDS)}
        fields = {"words": WORDS, "speaker": speaker.pk, "passage": "1"} | place
        answer = client.post(self.page(story, snapshot), fields).json()
        assert answer["html"] == f"<p>Tobias Reed said: “{WORDS}”</p>"
        other = make_story()
        client.post(address(other, "change"), typed(other, body=answer["html"], taken=answer["taken"]))
        quote = other.quotations.get().quote
        assert (quote.speaker, quote.source, quote.verification) == (speaker, snapshot.source, "in_source")

    def test_a_refused_save_keeps_the_passage_in_the_form(self) -> None:
        story, snapshot = make_story(), spoken()
        fields = typed(story, body=BODY, version=story.version + 1, taken=f"{snapshot.pk}:20:50:")
        shown = words(enter("Editor").post(address(story, "change"), fields))
        assert f'name="taken" value="{snapshot.pk}:20:50:"' in shown
        assert not Quotation.objects.exists()

    @pytest.mark.parametrize("taken", ["x", "1:2:3", "1:2:3:4", "9:9:9:", "1:2:3:4:5", "99999999999:1:2:3"])
    def test_a_passage_that_cannot_be_read_is_left_out(self, taken: str) -> None:
        story = make_story()
        enter("Editor").post(address(story, "change"), typed(story, body=BODY, taken=taken))
        assert story.quotations.count() == 1

    def test_a_confidential_source_is_neither_listed_nor_quoted(self) -> None:
        snapshot = spoken(confidential=True, owner=make_user("Reporter"), title="Minutes of the lamp room")
        story, client = make_story(), enter("Editor")
        assert "lamp room" not in words(client.get(address(story, "quote")))
        assert client.get(self.page(story, snapshot)).status_code == 404
        fields = typed(story, body=BODY, taken=f"{snapshot.pk}:20:50:")
        assert "confidential" in words(client.post(address(story, "change"), fields))
        assert not Quote.objects.exists()

    def test_a_source_is_found_by_its_words_and_those_of_the_story_come_first(self) -> None:
        story = make_quoting_story()
        own = Quote.objects.get().source
        wanted = make_source(WORDS, title="Keel survey of the ferry")
        index_records([wanted])
        shown = words(enter("Editor").get(address(story, "quote"), {"find": "ferry"}))
        assert shown.index(own.title) < shown.index(wanted.title)
        assert "No source" not in shown

    @pytest.mark.parametrize(("role", "status"), [("Reporter", 403), ("Editor", 200), ("", 403)])
    def test_who_may(self, role: str, status: int) -> None:
        assert enter(role).get(address(make_story(), "quote")).status_code == status

    def test_nobody_quotes_into_a_killed_story(self) -> None:
        assert enter("Managing editor").get(address(make_story(status="killed"), "quote")).status_code == 403

    def test_the_part_for_the_panel_is_no_whole_page(self) -> None:
        response = enter("Editor").get(address(make_story(), "quote"), {"part": "1"})
        assert "<html" not in words(response)
        assert "No source has a copy yet" in words(response)
