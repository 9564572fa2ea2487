"""Checking quotes: the program, a second person, and later doubts."""

import pytest

from articles.models import Event, Quotation, Quote, VerificationEntry
from articles.workflow.errors import Invalid, NotAllowed, WrongState
from articles.workflow.verify import (
    check_in_source,
    dispute_quote,
    unverify_quote,
    verify_quote,
    withdraw_quote,
)
from tests.factories import (
    WORDS,
    make_quotation,
    make_quote,
    make_snapshot,
    make_source,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db
State = Quote.Verification


def verify(quote: Quote, **fields: object) -> VerificationEntry:
    """An editor verifies `quote` by reading it in the newest snapshot."""
    fields.setdefault("by", make_user())
    fields.setdefault("method", "read")
    fields.setdefault("against", quote.source.snapshots.first() if quote.source else None)
    return verify_quote(quote, **fields)


class TestTheProgram:
    @pytest.mark.parametrize(
        ("words", "state"),
        [
            (WORDS, State.IN_SOURCE),
            (WORDS.replace("We", "we").replace(".", ","), State.IN_SOURCE),
            (WORDS.replace("open", "shut"), State.UNVERIFIED),
            ("Nobody said any of this at the harbour.", State.UNVERIFIED),
        ],
    )
    def test_words_are_looked_up_in_the_newest_snapshot(self, words: str, state: State) -> None:
        quote = make_quote(words, source=make_source(text=f"She said: {WORDS} Then she left."))
        check_in_source(quote)
        quote.refresh_from_db()
        assert quote.verification == state

    def test_what_was_found_is_unverified_again_when_a_newer_snapshot_lacks_it(self) -> None:
        quote = make_quote()
        entry = check_in_source(quote)
        assert (entry.method, entry.by, entry.grade) == ("machine", None, "identical")
        assert check_in_source(quote) is None
        make_snapshot(quote.source, "The page was emptied.")
        assert check_in_source(quote).note
        assert quote.verification == State.UNVERIFIED
        assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == [
            "quote.found",
            "quote.not_found",
        ]

    def test_what_a_person_decided_stays(self) -> None:
        quote = make_quote(verification="disputed", verified_by=make_user())
        assert check_in_source(quote) is None


class TestASecondPerson:
    def test_an_editor_signs_what_stands_in_the_source(self) -> None:
        quote, editor = make_quote(), make_user()
        entry = verify(quote, by=editor, note="Page 4.")
        quote.refresh_from_db()
        assert (quote.verification, quote.verified_by) == (State.VERIFIED, editor)
        assert (entry.grade, entry.method, entry.snapshot) == (
            "identical",
            "read",
            quote.source.snapshots.get(),
        )
        event = Event.objects.get()
        assert (event.action, event.by, event.reason) == ("quote.verified", editor, "Page 4.")

    def test_who_wrote_the_words_in_does_not_verify_them(self) -> None:
        editor = make_user()
        with pytest.raises(NotAllowed):
            verify(make_quote(written_by=editor), by=editor)
        shared = make_quote()
        make_quotation(make_story(), shared, written_by=editor)
        with pytest.raises(NotAllowed):
            verify(shared, by=editor)

    def test_who_wrote_words_that_are_gone_may_verify(self) -> None:
        editor, quote = make_user(), make_quote()
        make_quotation(make_story(), quote, written_by=editor, state=Quotation.State.MISSING)
        assert verify(quote, by=editor).verification == State.VERIFIED

    def test_a_reporter_does_not_verify(self) -> None:
        with pytest.raises(NotAllowed):
            verify(make_quote(), by=make_user("Reporter"))

    @pytest.mark.parametrize(
        "fields",
        [
            {"no_speaker": True},
            {"source": None},
            {"verification": "verified"},
            {"verification": "withdrawn"},
        ],
    )
    def test_an_incomplete_or_settled_quote_is_refused(self, fields: dict[str, object]) -> None:
        with pytest.raises(WrongState):
            verify(make_quote(**fields))

    def test_words_that_are_not_in_the_source_are_refused_with_the_difference(self) -> None:
        quote = make_quote(source=make_source(text=f"She said: {WORDS.replace('open', 'shut')}"))
        with pytest.raises(WrongState) as refusal:
            verify(quote)
        assert "not the source’s own" in refusal.value.message
        assert Quote.objects.get().verification == State.UNVERIFIED

    def test_who_listened_says_what_was_heard(self) -> None:
        quote = make_quote(source=make_source(text="A summary without the words."))
        with pytest.raises(Invalid):
            verify(quote, method="listened")
        entry = verify(quote, method="listened", note="At 12:40 of the recording.")
        assert (entry.verification, entry.grade) == (State.VERIFIED, "absent")

    @pytest.mark.parametrize("method", ["machine", "guessed", ""])
    def test_a_person_says_how(self, method: str) -> None:
        with pytest.raises(Invalid):
            verify(make_quote(), method=method)

    def test_reading_needs_a_copy_of_this_source(self) -> None:
        with pytest.raises(WrongState):
            verify(make_quote(source=make_source()))
        other = make_source(text=WORDS).snapshots.get()
        with pytest.raises(WrongState):
            verify(make_quote(), against=other)

    def test_a_confidential_source_is_checked_by_who_may_see_it(self) -> None:
        owner = make_user("Reporter")
        source = make_source(text=f"She wrote: {WORDS}", confidential=True, owner=owner)
        quote = make_quote(source=source)
        with pytest.raises(NotAllowed):
            verify(quote)
        assert verify(quote, by=make_user("Managing editor")).verification == State.VERIFIED
        assert Event.objects.get().confidential

    def test_a_quote_that_changed_on_the_way_is_not_signed(self) -> None:
        quote = make_quote()
        stale = Quote.objects.with_people().get(pk=quote.pk)
        Quote.objects.filter(pk=quote.pk).update(speaker=make_speaker("Otto Reed"))
        with pytest.raises(WrongState):
            verify(stale)
        assert Quote.objects.get().verification == State.UNVERIFIED
        assert not Event.objects.exists()

    def test_a_dispute_is_settled_with_a_note(self) -> None:
        quote = make_quote(verification="disputed", verified_by=None)
        with pytest.raises(WrongState):
            verify(quote)
        assert verify(quote, note="The speaker listened to it again.").verification == State.VERIFIED


class TestDoubts:
    def test_an_editor_disputes_and_a_managing_editor_withdraws(self) -> None:
        quote, editor = make_quote(verification="verified"), make_user()
        dispute_quote(quote, by=editor, reason="She denies it.")
        assert (quote.verification, quote.verified_by) == (State.DISPUTED, None)
        with pytest.raises(NotAllowed):
            withdraw_quote(quote, by=editor, reason="Invented.")
        withdraw_quote(quote, by=make_user("Managing editor"), reason="Invented.")
        assert [entry.note for entry in quote.history.all()][1:] == ["She denies it.", "Invented."]
        assert list(Event.objects.order_by("pk").values_list("action", "reason")) == [
            ("quote.disputed", "She denies it."),
            ("quote.withdrawn", "Invented."),
        ]

    def test_doubts_need_a_reason_and_come_once(self) -> None:
        chief, quote = make_user("Managing editor"), make_quote()
        for verb in (dispute_quote, withdraw_quote):
            with pytest.raises(WrongState):
                verb(quote, by=chief, reason=" ")
        withdraw_quote(quote, by=chief, reason="Invented.")
        for verb in (dispute_quote, withdraw_quote):
            with pytest.raises(WrongState):
                verb(quote, by=chief, reason="Again.")

    def test_a_verification_is_taken_back_by_its_signer_or_with_a_reason(self) -> None:
        quote, signer = make_quote(), make_user()
        verify(quote, by=signer)
        with pytest.raises(WrongState):
            unverify_quote(quote, by=make_user(), reason="")
        unverify_quote(quote, by=signer, reason="")
        assert quote.verification == State.IN_SOURCE  # the program finds the words still
        with pytest.raises(WrongState):
            unverify_quote(quote, by=signer, reason="Again.")
