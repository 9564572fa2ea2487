"""Who said it: recording, attributing, setting aside, and words that differ from their record."""

import datetime

import pytest
from time_machine import TimeMachineFixture

from articles.models import Edition, Event, Quotation, Quote, Speaker, Story
from articles.workflow.alter import accept_alteration, restore_words
from articles.workflow.attribute import (
    add_role,
    attribute_quote,
    create_speaker,
    dismiss_quotation,
    record_quote,
    reinstate_quotation,
    save_speaker,
)
from articles.workflow.errors import Invalid, NotAllowed, WrongState
from articles.workflow.publish import publish_story
from articles.workflow.quotations import sync_quotations
from tests.factories import (
    WORDS,
    make_quotation,
    make_quote,
    make_quoting_story,
    make_role,
    make_source,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db
State = Quotation.State
ALTERED = WORDS.replace("open", "shut")


def altered_story(printed: str = ALTERED, **fields: object) -> Story:
    """A story that prints other words than its verified record has."""
    story = make_quoting_story(**fields)
    story.body = story.body.replace(WORDS, printed)
    story.save()
    sync_quotations(story, by=story.owner)
    return story


class TestRecording:
    def test_words_get_a_record_and_are_looked_up_in_its_source(self) -> None:
        editor, story, speaker = make_user(), make_story(), make_speaker()
        quotation = make_quotation(story)
        source = make_source(text=f"She said: {WORDS}")
        quote = record_quote(quotation, by=editor, speaker=speaker, source=source, occasion="Council")
        assert (quotation.state, quotation.quote, quotation.grade) == (State.MATCHED, quote, "identical")
        assert (quote.speaker, quote.source, quote.occasion) == (speaker, source, "Council")
        assert quote.verification == "in_source"
        assert quote.written_by == story.owner
        assert Event.objects.filter(action="quote.recorded", story=story, by=editor).count() == 1

    def test_words_on_record_already_get_the_quote_that_there_is(self) -> None:
        quote = make_quote()
        found = record_quote(make_quotation(make_story()), by=make_user(), speaker=quote.speaker)
        assert found == quote

    def test_words_that_have_a_record_are_refused(self) -> None:
        quotation = make_quoting_story().quotations.get()
        with pytest.raises(WrongState):
            record_quote(quotation, by=make_user(), speaker=make_speaker())

    def test_a_reporter_does_not_record_for_others(self) -> None:
        with pytest.raises(NotAllowed):
            record_quote(make_quotation(make_story()), by=make_user("Reporter"), speaker=make_speaker())


class TestAttributing:
    def test_another_speaker_voids_the_verification_and_drops_the_role(self) -> None:
        quote, editor, other = make_quote(verification="verified"), make_user(), make_speaker("Otto Reed")
        changed = attribute_quote(quote, by=editor, speaker=other)
        assert (changed.speaker, changed.role, changed.verified_by) == (other, None, None)
        # The words still stand in the source, so the program finds them again.
        assert [entry.verification for entry in changed.history.all()][1:] == ["unverified", "in_source"]
        event = Event.objects.get(action="quote.attributed")
        assert (event.before["speaker"], event.after["speaker"]) == ("Ilse Marrow", "Otto Reed")

    @pytest.mark.parametrize("change", ["speaker", "source"])
    def test_readers_no_longer_see_a_verification_that_is_void(
        self, change: str, clock: TimeMachineFixture
    ) -> None:
        story = make_quoting_story(status=Story.Status.APPROVED)
        first = publish_story(story, by=make_user())
        assert first.quotes.get().verification == "verified"
        clock.shift(datetime.timedelta(hours=1))
        facts = {"speaker": make_speaker("Otto Reed"), "source": make_source(text="Nothing was said.")}
        attribute_quote(story.quotations.get().quote, by=make_user(), **{change: facts[change]})
        row = Edition.objects.live().get().quotes.get()
        assert row.verification in ("unverified", "in_source")
        assert (row.verified_by_name, row.speaker_name) == ("", "Ilse Marrow")
        assert row.history[1]["note"] == f"Changed: {change}."

    def test_where_and_when_leave_the_verification(self) -> None:
        quote = make_quote(verification="verified")
        changed = attribute_quote(quote, by=make_user(), place="Ansterby", occasion="Council")
        assert (changed.verification, changed.place) == ("verified", "Ansterby")

    def test_the_role_must_be_one_of_the_speaker(self) -> None:
        with pytest.raises(Invalid) as refusal:
            attribute_quote(make_quote(), by=make_user(), role=make_role(make_speaker("Otto Reed")))
        assert "role" in refusal.value.errors

    def test_a_withdrawn_source_and_half_a_translation_are_refused(self) -> None:
        with pytest.raises(Invalid):
            attribute_quote(make_quote(), by=make_user(), source=make_source(withdrawn_reason="Forged."))
        with pytest.raises(Invalid):
            attribute_quote(make_quote(), by=make_user(), original_words="Non.")

    def test_a_confidential_source_is_attached_by_its_owner_and_named_to_nobody(self) -> None:
        owner = make_user()
        source = make_source(title="Letter of the keeper", confidential=True, owner=owner)
        quote = make_quote(source=None)
        with pytest.raises(NotAllowed):
            attribute_quote(quote, by=make_user(), source=source)
        attribute_quote(quote, by=owner, source=source)
        event = Event.objects.get(action="quote.attributed")
        assert event.confidential
        assert "keeper" not in f"{event.label}{event.before}{event.after}"
        assert not Event.objects.visible_to(make_user()).exists()
        assert Event.objects.visible_to(owner).exists()

    def test_a_reporter_changes_her_own_quotes_until_an_editor_has_ruled(self) -> None:
        reporter = make_user("Reporter")
        assert attribute_quote(make_quote(written_by=reporter), by=reporter, place="Quay").place == "Quay"
        for quote in (make_quote(), make_quote(written_by=reporter, verification="verified")):
            with pytest.raises(NotAllowed):
                attribute_quote(quote, by=reporter, place="Quay")

    def test_a_withdrawn_quote_is_not_changed(self) -> None:
        with pytest.raises(WrongState):
            attribute_quote(
                make_quote(verification="withdrawn", verified_by=make_user()), by=make_user(), place="Q"
            )


class TestSettingAside:
    def test_words_are_set_aside_and_count_again(self) -> None:
        editor, quotation = make_user(), make_quotation(make_story())
        assert dismiss_quotation(quotation, by=editor, reason="A motto.").state == State.DISMISSED
        assert reinstate_quotation(quotation, by=editor).state == State.UNATTRIBUTED
        assert list(Event.objects.values_list("action", "reason").order_by("pk")) == [
            ("quotation.dismissed", "A motto."),
            ("quotation.reinstated", ""),
        ]
        with pytest.raises(WrongState):
            reinstate_quotation(quotation, by=editor)

    def test_a_verified_quote_is_set_aside_by_an_editor_with_a_reason_only(self) -> None:
        story = make_quoting_story()
        quotation = story.quotations.get()
        for by, reason in ((make_user(), ""), (story.owner, "A motto.")):
            with pytest.raises(WrongState):
                dismiss_quotation(quotation, by=by, reason=reason)
        assert dismiss_quotation(quotation, by=make_user(), reason="A motto.").quote is None
        assert Quote.objects.get().verification == "verified"


class TestAlteredWords:
    def test_the_printed_words_become_the_record_which_nobody_has_checked(self) -> None:
        story = altered_story()
        quotation, editor = story.quotations.get(), make_user()
        quote = accept_alteration(quotation, by=editor)
        assert (quotation.state, quotation.grade) == (State.MATCHED, "identical")
        assert (quote.words, quote.verification, quote.verified_by) == (ALTERED, "unverified", None)
        assert quote.written_by == story.owner
        event = Event.objects.get(action="quote.reworded")
        assert (event.before, event.after) == ({"words": WORDS}, {"words": ALTERED})

    def test_a_shared_quote_keeps_its_words_for_the_other_story(self) -> None:
        story = altered_story()
        quote = story.quotations.get().quote
        make_quotation(make_story(), quote)
        own = accept_alteration(story.quotations.get(), by=make_user())
        quote.refresh_from_db()
        assert own != quote
        assert (own.words, own.speaker, own.source) == (ALTERED, quote.speaker, quote.source)
        assert (quote.words, quote.verification) == (WORDS, "verified")

    def test_the_words_of_the_record_go_back_into_the_body(self) -> None:
        story = altered_story("We will <em>keep</em> the lighthouse shut &amp; locked.")
        saved = restore_words(story.quotations.get(), by=make_user(), version=story.version)
        assert saved.body == f"<p>“{WORDS}” Ilse Marrow told the harbour council on Tuesday.</p>"
        quotation = saved.quotations.get()
        assert (quotation.state, quotation.written_by) == (State.MATCHED, quotation.quote.written_by)
        assert Event.objects.get(action="quotation.restored").story == story

    def test_words_that_do_not_differ_are_refused(self) -> None:
        story = make_quoting_story()
        with pytest.raises(WrongState):
            accept_alteration(story.quotations.get(), by=make_user())
        with pytest.raises(WrongState):
            restore_words(story.quotations.get(), by=make_user(), version=story.version)


class TestSpeakers:
    def test_two_speakers_of_one_name_have_two_slugs(self) -> None:
        editor = make_user()
        slugs = [create_speaker(by=editor, name=" Ilse  Marrow ").slug for _ in range(2)]
        assert slugs == ["ilse-marrow", "ilse-marrow-2"]
        assert create_speaker(by=editor, name="Ильзе").slug.startswith("speaker-")

    def test_a_speaker_is_changed_with_an_event(self) -> None:
        editor, speaker = make_user(), make_speaker()
        save_speaker(speaker, by=editor, bio="Keeps the light.")
        assert Speaker.objects.get().bio == "Keeps the light."
        assert Event.objects.get().after == {"bio": "Keeps the light."}

    def test_what_does_not_fit_is_refused(self) -> None:
        editor = make_user()
        with pytest.raises(Invalid):
            create_speaker(by=editor, name=" ")
        with pytest.raises(Invalid):
            save_speaker(make_speaker(), by=editor, unnamed_reason="Fear.")
        with pytest.raises(Invalid):
            add_role(make_speaker(), by=editor, title=" ")
        with pytest.raises(NotAllowed):
            create_speaker(by=make_user("Auditor"), name="Ilse Marrow")

    def test_a_role_is_added(self) -> None:
        speaker = make_speaker()
        role = add_role(speaker, by=make_user("Reporter"), title="Keeper", organisation="Light Trust")
        assert list(speaker.roles.all()) == [role]
