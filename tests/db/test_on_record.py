"""What is on record about words that stand in a text, and using a record that is there already."""

from collections.abc import Sequence

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from articles.models import Event, Quotation, Quote, Story
from articles.workflow.errors import NotAllowed, WrongState
from articles.workflow.find import index_records
from articles.workflow.on_record import OnRecord, find_on_record
from articles.workflow.quotations import read_body
from articles.workflow.use_record import use_record
from tests.factories import (
    WORDS,
    make_quotation,
    make_quote,
    make_quoting_story,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db
State = Quotation.State

NEARLY = "We will keep the lighthouse open through the whole winter."
EARLIER = "Nobody on this council wants the lighthouse dark in winter."


def on_file(words: str = WORDS, **fields: object) -> Quote:
    quote = make_quote(words, **fields)
    index_records([quote])
    return quote


def asked(body: str, story: Story | None = None) -> list[OnRecord]:
    return find_on_record(read_body(body, story=story), story=story)


def said(words: str, speaker: str = "Ilse Marrow") -> str:
    return f"<p>“{words}” {speaker} told the harbour council on Tuesday.</p>"


class TestLooking:
    def test_the_same_words_of_the_same_speaker_are_taken_on_saving(self) -> None:
        quote = on_file()
        story = make_quoting_story()
        make_quotation(story, quote)
        (found,) = asked(said(WORDS), make_story())
        assert found.taken is not None
        assert (found.taken.quote.fingerprint, found.taken.story) == (quote.fingerprint, story)

    def test_the_same_words_of_somebody_else_are_offered(self) -> None:
        quote = on_file()
        (found,) = asked(said(WORDS.replace(".", ","), "Tobias Reed"))
        assert [known.quote for known in found.same] == [quote]
        assert found.taken is None

    def test_nearly_the_same_words_are_offered_whoever_says_them(self) -> None:
        quote = on_file()
        (found,) = asked(said(NEARLY, "Tobias Reed"))
        assert [known.quote for known in found.near] == [quote]
        assert 0.8 < found.near[0].likeness < 1

    @pytest.mark.parametrize(
        ("recorded", "words"),
        [
            ("I will not resign.", "I will never resign."),
            ("We shall open the bridge.", "We will open the bridge."),
            ("Nobody paid the ferrymen.", "Nobody paid our ferrymen."),
            ("The council sold us out.", "The council has sold us out."),
            ("The wall holds the water.", "The wall holds that water."),
            ("The harbour wall will not hold.", "The harbour walls will not hold."),
            ("Nobody warned the harbour council.", "Nobody warned the harbour committee."),
        ],
    )
    def test_short_statements_in_which_one_word_differs_are_offered(self, recorded: str, words: str) -> None:
        quote = on_file(recorded)
        on_file("They will resign and open a bridge, sold by a council that no ferrymen paid for.")
        (found,) = asked(said(words, "Tobias Reed"))
        assert [known.quote for known in found.near] == [quote]

    @pytest.mark.parametrize(
        ("recorded", "words"),
        [
            ("I will not resign.", "I will not retire."),
            ("The harbour wall will not hold.", "The harbour has a wall of its own."),
            ("No way out.", "No way in."),  # too few words to be the same statement
        ],
    )
    def test_short_statements_about_something_else_are_not(self, recorded: str, words: str) -> None:
        on_file(recorded)
        assert not any(each.near for each in asked(said(words, "Tobias Reed")))

    def test_a_part_of_a_longer_statement_is_offered(self) -> None:
        quote = on_file(f"{WORDS} And the bridge will be painted before the regatta, as it was last summer.")
        (found,) = asked(said(WORDS, "Tobias Reed"))
        assert [known.quote for known in found.near] == [quote]

    def test_what_the_speaker_said_before_about_the_same_is_told(self) -> None:
        speaker = make_speaker()
        quote = on_file(EARLIER, speaker=speaker)
        on_file("The regatta starts in the lagoon, and the pilots will steer it.", speaker=speaker)
        on_file("Nobody wants a dark lighthouse in any winter at all.", speaker=make_speaker("Tobias Reed"))
        (found,) = asked(said(WORDS))
        assert [known.quote for known in found.before] == [quote]
        assert not found.near

    def test_a_topic_that_stories_share_lets_one_word_be_enough(self) -> None:
        quote = on_file("A lighthouse costs what it costs.")
        make_quotation(make_story(topics=["Harbour"]), quote)
        assert not asked(said(WORDS), make_story())[0].before
        assert [known.quote for known in asked(said(WORDS), make_story(topics=["Harbour"]))[0].before] == [
            quote
        ]

    def test_a_name_that_two_people_have_tells_nothing(self) -> None:
        on_file(EARLIER, speaker=make_speaker())
        make_speaker()
        (found,) = asked(said(WORDS))
        assert not found

    def test_few_words_and_withdrawn_records_are_not_offered(self) -> None:
        on_file("No way.")
        on_file(verification="withdrawn")
        assert not any(asked(said("No way.", "Tobias Reed") + said(WORDS, "Tobias Reed")))

    def test_a_record_is_not_offered_to_its_own_words(self) -> None:
        story = make_quoting_story()
        index_records(Quote.objects.all())
        assert not any(asked(story.body, story))

    def test_an_unattributed_quotation_is_looked_for_too(self) -> None:
        quote = on_file()
        (found,) = asked(f"<p>“{WORDS}”</p>")
        assert [known.quote for known in found.same] == [quote]

    def test_the_number_of_queries_does_not_grow(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        story = make_story(topics=["Harbour"])
        bodies: list[Sequence[object]] = []
        for number in range(12):
            words = f"We will keep lighthouse {number} open through a stormy winter of {1900 + number}."
            on_file(words, speaker=make_speaker(f"Ilse Marrow{chr(97 + number)}"))
            bodies.append(read_body(said(words.replace("stormy", "quiet"), "Tobias Reed") * (number + 1)))
        counts = []
        for sightings in (bodies[0], bodies[-1]):
            with django_assert_num_queries(9, exact=False) as counted:
                assert any(find_on_record(sightings, story=story))
            counts.append(len(counted))
        assert counts[0] == counts[1]


def use(quotation: Quotation, quote: Quote, by: User) -> Quotation:
    return use_record(quotation, quote=quote, by=by)


class TestUsing:
    def test_the_words_are_tied_to_the_record_with_one_event(self) -> None:
        quote, editor, story = on_file(), make_user(), make_story()
        quotation = use(make_quotation(story), quote, editor)
        assert (quotation.state, quotation.quote, quotation.grade) == (State.MATCHED, quote, "identical")
        event = Event.objects.get(story=story)
        assert (event.action, event.by, event.after["quote"]) == ("quotation.tied", editor, quote.key)

    def test_other_words_than_those_verified_are_altered_and_verify_nothing(self) -> None:
        quote = on_file(verification="verified")
        quotation = use(make_quotation(make_story(), segments=[NEARLY]), quote, make_user())
        quote.refresh_from_db()
        assert (quotation.state, quotation.grade) == (State.ALTERED, "altered")
        assert (quote.verification, quote.words, quote.history.count()) == ("verified", WORDS, 1)

    def test_a_part_of_a_verified_statement_is_altered(self) -> None:
        quote = on_file(f"{WORDS} If the council pays.", verification="verified")
        assert use(make_quotation(make_story()), quote, make_user()).state == State.ALTERED

    def test_the_record_that_the_words_had_stays_unused(self) -> None:
        story = make_quoting_story("unverified")
        own, quote = Quote.objects.get(), on_file()
        use(story.quotations.get(), quote, make_user())
        assert not Quotation.objects.filter(quote=own).exists()
        assert Quote.objects.filter(pk=own.pk).exists()
        with pytest.raises(WrongState, match="already"):
            use(story.quotations.get(), quote, make_user())

    def test_words_that_are_gone_or_set_aside_and_withdrawn_records_are_refused(self) -> None:
        quote, editor = on_file(), make_user()
        aside = make_quotation(make_story(), state=State.DISMISSED)
        with pytest.raises(WrongState, match="not in the text"):
            use(aside, quote, editor)
        withdrawn = on_file(verification="withdrawn")
        with pytest.raises(WrongState, match="withdrawn"):
            use(make_quotation(make_story()), withdrawn, editor)

    @pytest.mark.parametrize(
        ("role", "own", "verified", "allowed"),
        [
            ("Reporter", True, False, True),
            ("Reporter", True, True, False),
            ("Reporter", False, False, False),
            ("Editor", False, False, True),
            ("Editor", False, True, True),
            ("Managing editor", False, True, True),
            ("", False, False, False),
        ],
    )
    def test_who_may(self, role: str, own: bool, verified: bool, allowed: bool) -> None:
        user = make_user(role)
        story = make_quoting_story("verified" if verified else "unverified")
        if own:
            story.owner = user
            story.save()
        quotation, quote = story.quotations.get(), on_file()
        if allowed:
            assert use(quotation, quote, user).quote == quote
        else:
            with pytest.raises(NotAllowed):
                use(quotation, quote, user)
