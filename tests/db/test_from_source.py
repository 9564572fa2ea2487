"""Quoting a passage of a source: the paragraph and its record are made together, or nothing is."""

from dataclasses import replace

import pytest

from articles.models import Event, Quotation, Quote, Snapshot, Speaker, Story
from articles.workflow.edit import StoryEdit
from articles.workflow.errors import Invalid, NotAllowed, StaleStory, WrongState
from articles.workflow.from_source import Taken, quote_from_snapshot, save_with_passages
from articles.workflow.verify import verify_quote
from tests.factories import WORDS, make_source, make_speaker, make_story, make_user

pytestmark = pytest.mark.django_db
State = Quotation.State
TEXT = f"The commissioner began at noon.\n\n{WORDS} She thanked the keeper, “a patient man”, and sat down."


def spoken(text: str = TEXT, **fields: object) -> Snapshot:
    return make_source(text, **fields).snapshots.get()


def taken(snapshot: Snapshot, words: str = WORDS, speaker: Speaker | None = None) -> Taken:
    start = snapshot.text.index(words)
    return Taken(snapshot, start, start + len(words), speaker)


def put_in(story: Story, passage: Taken, **values: object) -> Story:
    arguments = {"by": make_user(), "version": story.version} | values
    return quote_from_snapshot(
        story,
        snapshot=passage.snapshot,
        start=passage.start,
        end=passage.end,
        speaker=passage.speaker,
        **arguments,
    )


class TestOnePassage:
    def test_a_paragraph_and_a_record_in_source_are_made_with_one_event(self) -> None:
        story, speaker, editor = make_story(body="<p>One.</p><p>Two.</p>"), make_speaker(), make_user()
        passage = taken(spoken(), speaker=speaker)
        story = put_in(story, passage, by=editor, after=1)
        assert story.body == f"<p>One.</p><p>Ilse Marrow said: “{WORDS}”</p><p>Two.</p>"
        row = story.quotations.get()
        assert (row.state, row.grade, row.quote.words) == (State.MATCHED, "identical", WORDS)
        assert (row.quote.speaker, row.quote.source) == (speaker, passage.snapshot.source)
        assert (row.quote.verification, row.quote.written_by) == ("in_source", editor)
        assert [event.action for event in Event.objects.all()] == ["quotation.taken"]

    def test_who_took_it_does_not_verify_it(self) -> None:
        editor = make_user()
        passage = taken(spoken(), speaker=make_speaker())
        quote = put_in(make_story(), passage, by=editor).quotations.get().quote
        with pytest.raises(NotAllowed):
            verify_quote(quote, by=editor, against=passage.snapshot, method="read")
        verify_quote(quote, by=make_user(), against=passage.snapshot, method="read")

    def test_a_chosen_namesake_is_the_speaker(self) -> None:
        make_speaker()
        speaker = make_speaker()
        story = put_in(make_story(), taken(spoken(), speaker=speaker))
        assert story.quotations.get().quote.speaker == speaker

    def test_marks_inside_are_set_as_printed(self) -> None:
        words = "She thanked the keeper, “a patient man”, and sat down."
        story = put_in(make_story(), taken(spoken(), words, make_speaker()))
        assert "“She thanked the keeper, ‘a patient man’, and sat down.”" in story.body
        assert story.quotations.get().quote.verification == "in_source"

    def test_without_a_speaker_the_source_is_kept_all_the_same(self) -> None:
        story = put_in(make_story(body=""), taken(spoken()))
        quote = story.quotations.get().quote
        assert (quote.speaker, quote.verification) == (None, "in_source")

    def test_the_record_of_the_same_source_is_used_again(self) -> None:
        passage = taken(spoken(), speaker=make_speaker())
        put_in(make_story(), passage)
        put_in(make_story(), passage)
        assert Quote.objects.get().quotations.count() == 2

    def test_a_stale_version_is_refused_and_leaves_nothing_behind(self) -> None:
        story = make_story()
        with pytest.raises(StaleStory):
            put_in(story, taken(spoken(), speaker=make_speaker()), version=story.version + 1)
        assert not Quote.objects.exists()
        assert not Quotation.objects.exists()

    @pytest.mark.parametrize(("start", "end"), [(0, 0), (31, 33), (9000, 9100)])
    def test_no_words_are_refused(self, start: int, end: int) -> None:
        with pytest.raises(Invalid, match="Select the words"):
            put_in(make_story(), Taken(spoken(), start, end, make_speaker()))

    def test_a_withdrawn_source_is_not_quoted(self) -> None:
        snapshot = spoken(withdrawn_reason="It was forged.")
        with pytest.raises(Invalid, match="withdrawn"):
            put_in(make_story(), taken(snapshot, speaker=make_speaker()))

    def test_a_confidential_source_is_for_its_owner(self) -> None:
        owner = make_user("Reporter")
        passage = taken(spoken(confidential=True, owner=owner), speaker=make_speaker())
        with pytest.raises(NotAllowed, match="confidential"):
            put_in(make_story(), passage, by=make_user("Editor"))
        story = put_in(make_story(owner=owner), passage, by=owner)
        assert passage.snapshot.source.title not in str(Event.objects.values_list("before", "after"))
        assert story.quotations.get().quote.source == passage.snapshot.source

    @pytest.mark.parametrize(
        ("role", "own", "status", "refusal"),
        [
            ("Reporter", True, "draft", None),
            ("Reporter", False, "draft", NotAllowed),
            ("Reporter", True, "approved", NotAllowed),
            ("Editor", False, "approved", None),
            ("Editor", False, "published", None),
            ("Editor", False, "killed", WrongState),
            ("Managing editor", False, "spiked", WrongState),
            ("", True, "draft", NotAllowed),
        ],
    )
    def test_who_may(self, role: str, own: bool, status: str, refusal: type[Exception] | None) -> None:
        user = make_user(role)
        story = make_story(status=status, **({"owner": user} if own else {}))
        passage = taken(spoken(), speaker=make_speaker())
        if refusal is None:
            assert put_in(story, passage, by=user).quotations.count() == 1
            return
        with pytest.raises(refusal):
            put_in(story, passage, by=user)
        assert not Quote.objects.exists()


class TestSaving:
    def save(self, story: Story, body: str, *passages: Taken) -> Story:
        edit = replace(StoryEdit.of(story), body=body)
        return save_with_passages(story, by=make_user(), edit=edit, version=story.version, taken=passages)

    def test_words_shortened_after_they_were_taken_are_still_the_sources(self) -> None:
        body = "<p>“We will keep the lighthouse open,” Ilse Marrow said.</p>"
        story = self.save(make_story(), body, taken(spoken(), speaker=make_speaker()))
        quote = story.quotations.get().quote
        assert (quote.words, quote.verification) == ("We will keep the lighthouse open,", "in_source")

    def test_words_changed_after_they_were_taken_are_not(self) -> None:
        body = "<p>“We will keep the lighthouse shut through the winter,” Ilse Marrow said.</p>"
        story = self.save(make_story(), body, taken(spoken(), speaker=make_speaker()))
        quote = story.quotations.get().quote
        assert (quote.source, quote.verification) == (None, "unverified")

    def test_a_speaker_that_only_the_text_names_gets_the_source_too(self) -> None:
        body = f"<p>“{WORDS}” Tobias Reed said.</p>"
        story = self.save(make_story(), body, taken(spoken()))
        quote = story.quotations.get().quote
        assert (quote.speaker.name, quote.verification) == ("Tobias Reed", "in_source")

    def test_words_that_waited_without_a_record_get_it(self) -> None:
        story = self.save(make_story(), f"<p>“{WORDS}”</p>")
        assert story.quotations.get().state == State.UNATTRIBUTED
        story = self.save(story, f"<p>“{WORDS}”</p>", taken(spoken(), speaker=make_speaker()))
        assert story.quotations.get().state == State.MATCHED
        assert story.quotations.get().quote.verification == "in_source"

    def test_passages_that_are_not_in_the_text_leave_nothing(self) -> None:
        self.save(make_story(), "<p>Nothing was said.</p>", taken(spoken(), speaker=make_speaker()))
        assert not Quote.objects.exists()
        assert not Quotation.objects.exists()
