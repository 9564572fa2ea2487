"""The text and the records agree, through every edit of the text."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from articles.models import Quotation, Quote, Role, Speaker, Story, VerificationEntry
from articles.workflow.edit import StoryEdit, save_story
from articles.workflow.quotations import difference, read_body, sync_quotations
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
SAID = f"<p>“{WORDS}” said Harbour Commissioner Ilse Marrow.</p>"


def sync(body: str, story: Story | None = None, by: object = None, **fields: object) -> Story:
    """A story whose body is now `body`, in step with its quotations."""
    story = story or make_story(**fields)
    story.body = body
    story.save()
    sync_quotations(story, by=by or story.owner)
    return story


def test_new_words_get_a_quote_with_speaker_and_role_and_the_one_who_wrote_them() -> None:
    story = sync(SAID)
    quotation = story.quotations.get()
    quote = quotation.quote
    assert (quotation.state, quotation.grade, quotation.sure) == (State.MATCHED, "identical", True)
    assert (quote.segments, quote.kind, quote.verification) == ([WORDS], "direct", "unverified")
    assert (quote.speaker.name, quote.role.title) == ("Ilse Marrow", "Harbour Commissioner")
    assert quote.written_by == quotation.written_by == story.owner
    assert quote.history.get().verification == "unverified"


def test_doing_it_twice_changes_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    story = sync(SAID)
    before, somebody = list(Quotation.objects.values()), make_user()
    with django_assert_num_queries(3):  # a savepoint, its release, the rows
        sync_quotations(story, by=somebody)
    assert list(Quotation.objects.values()) == before
    assert Quote.objects.count() == Speaker.objects.count() == Role.objects.count() == 1


def test_the_number_of_queries_does_not_depend_on_the_number_of_quotations(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    many = "".join(
        f"<p>“The gate number {n} was closed before the tide,” said Keeper Anna Pell{chr(97 + n)}.</p>"
        for n in range(20)
    )
    story = make_story(body=many)
    with django_assert_max_num_queries(17):
        sync_quotations(story, by=story.owner)
    assert story.quotations.count() == 20
    assert set(story.quotations.values_list("state", flat=True)) == {"matched"}


def test_words_without_a_speaker_wait_for_one() -> None:
    quotation = sync("<p>“Somebody must have left the gate open all night.”</p>").quotations.get()
    assert (quotation.state, quotation.quote) == (State.UNATTRIBUTED, None)


def test_titles_and_scare_quotes_have_no_row() -> None:
    assert not sync("<p>The band played “Songs of the Weir” at the fair.</p>").quotations.exists()


@pytest.mark.parametrize(
    ("printed", "state", "grade"),
    [
        (WORDS, State.MATCHED, "identical"),
        (WORDS.replace("lighthouse", "lighthouse [at Kell]"), State.MATCHED, "permitted"),
        (WORDS.replace("open", "shut"), State.ALTERED, "altered"),
        (WORDS.replace(" through the winter", ""), State.ALTERED, "altered"),
    ],
)
def test_printed_words_are_graded_against_the_record(printed: str, state: State, grade: str) -> None:
    story = sync(SAID)
    quotation = sync(SAID.replace(WORDS, printed), story).quotations.get()
    assert (quotation.state, quotation.grade) == (state, grade)
    assert quotation.quote.words == WORDS
    assert difference(quotation).grade == grade


def test_words_dropped_between_the_halves_of_a_quotation_alter_it() -> None:
    said = "<p>“The gate will close at noon%s,” said Ilse Marrow, “and the keepers will stay at home.”</p>"
    story = sync(said % " if the tide allows it")
    quotation = sync(said % "", story).quotations.get()
    assert (quotation.state, quotation.grade) == (State.ALTERED, "altered")
    assert "“if the tide allows it” was left out" in difference(quotation).sentence


def test_two_apostrophes_are_a_mark_in_a_story() -> None:
    body = f"<p>''{WORDS}'' said Harbour Commissioner Ilse Marrow.</p>"
    (sighting,) = read_body(body)
    assert (sighting.state, sighting.speaker) == ("new", "Ilse Marrow")
    quotation = sync(body).quotations.get()
    assert (quotation.state, quotation.segments) == (State.MATCHED, [WORDS])


def test_the_record_follows_words_that_move() -> None:
    story = sync(SAID)
    quote = story.quotations.get().quote
    sync(f"<p>It rained.</p><p>“No,” said Otto Reed.</p>{SAID}", story)
    first, second = story.quotations.all()
    assert first.speaker_name == "Otto Reed"
    assert second.quote == quote
    assert second.spans[0][0] > first.spans[0][0]


def test_words_that_go_are_missing_and_come_back_to_their_record() -> None:
    story = sync(SAID)
    quote = story.quotations.get().quote
    gone = sync("<p>It rained.</p>", story).quotations.get()
    assert (gone.state, gone.spans) == (State.MISSING, [])
    back = sync(SAID, story).quotations.get()
    assert (back.state, back.quote) == (State.MATCHED, quote)


def test_unattributed_words_that_go_leave_nothing() -> None:
    story = sync("<p>“Somebody must have left the gate open all night.”</p>")
    assert not sync("<p>It rained.</p>", story).quotations.exists()


def test_who_alters_the_words_wrote_them_and_who_restores_them_did_not() -> None:
    story, editor = sync(SAID), make_user()
    writer = story.owner
    sync(SAID.replace("open", "shut"), story, by=editor)
    assert story.quotations.get().written_by == editor
    sync(SAID, story, by=editor)
    assert story.quotations.get().written_by == writer


def test_two_stories_share_the_quote_of_the_same_words_by_the_same_speaker() -> None:
    quote = sync(SAID).quotations.get().quote
    other = sync(SAID.replace("“", '"').replace("”", '"'))
    assert other.quotations.get().quote == quote
    assert Quote.objects.count() == 1


def test_a_few_words_said_twice_are_two_statements() -> None:
    body = "<p>“No comment,” said Otto Reed.</p>"
    assert sync(body).quotations.get().quote != sync(body).quotations.get().quote
    assert Speaker.objects.count() == 1


def test_a_withdrawn_quote_is_recognised_when_somebody_types_it_again() -> None:
    speaker = make_speaker()
    quote = make_quote(speaker=speaker, verification="withdrawn", verified_by=make_user())
    assert sync(SAID).quotations.get().quote == quote


def test_speakers_are_found_by_name_and_alias_whatever_the_case() -> None:
    speaker = make_speaker("Ilse Anna Marrow", aliases=["ILSE MARROW"], role="Harbour Commissioner")
    quote = sync(SAID).quotations.get().quote
    assert (quote.speaker, quote.role) == (speaker, speaker.roles.get())
    assert Role.objects.count() == 1


def test_the_same_unnamed_official_in_two_stories_is_two_speakers() -> None:
    body = "<p>“The gate will be closed before the evening tide,” a senior official said.</p>"
    first, second = (sync(body).quotations.get().quote for _ in range(2))
    assert first.speaker.unnamed
    assert second.speaker.unnamed
    assert first.speaker.slug != second.speaker.slug


def test_a_dismissed_quotation_stays_dismissed_until_its_words_change() -> None:
    story = make_story()
    make_quotation(story, state=State.DISMISSED, written_by=story.owner)
    assert sync(SAID, story).quotations.get().state == State.DISMISSED
    assert sync(SAID.replace("winter", "whole winter"), story).quotations.get().state == State.MATCHED


def test_a_verified_quote_keeps_its_verification_when_the_story_alters_the_words() -> None:
    story = make_quoting_story()
    save_story(
        story,
        by=make_user(),
        edit=replace(StoryEdit.of(story), body=story.body.replace("open", "shut")),
        version=story.version,
    )
    assert Quote.objects.get().verification == "verified"
    assert VerificationEntry.objects.count() == 1


def test_reading_a_body_that_is_not_saved_writes_nothing() -> None:
    story = make_quoting_story()
    body = story.body.replace("open", "shut") + "<p>“Nobody asked the keepers,” said Otto Reed.</p>"
    counts = (Quote.objects.count(), Speaker.objects.count(), Quotation.objects.count())
    key = Quote.objects.get().key
    altered, new = read_body(body, story=story)
    assert (altered.state, altered.verification, altered.key) == ("altered", "verified", key)
    assert (new.state, new.speaker, new.key) == ("new", "Otto Reed", "")
    assert (Quote.objects.count(), Speaker.objects.count(), Quotation.objects.count()) == counts


def test_reading_a_body_recognises_words_that_are_on_record() -> None:
    quote = sync(SAID).quotations.get().quote
    assert [(each.state, each.key) for each in read_body(SAID)] == [("matched", quote.key)]
