"""What search finds, in which order, and what it never finds. Runs on both engines."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import Edition, KnownWord, NameWords, QuoteWords, StoryWords
from articles.search import (
    Narrowing,
    search_quotes,
    search_sources,
    search_speakers,
    search_stories,
    suggest_terms,
)
from articles.search.found import ask, question
from articles.search.shelf import QUOTES, STORIES
from articles.text.terms import Terms, read_terms
from articles.workflow.published_words import index_editions
from tests.editions import make_edition, replace_edition, source_json, speaker_json, withdraw_edition
from tests.factories import make_section

pytestmark = pytest.mark.django_db


def stories(text: str, **narrowing: Any) -> list[str]:
    """The headlines of the stories found."""
    found = search_stories(read_terms(text), timezone.now(), Narrowing(**narrowing))
    return [story.headline for story in found.records]


def quotes(text: str, **narrowing: Any) -> list[str]:
    """The keys of the quotes found."""
    found = search_quotes(read_terms(text), timezone.now(), Narrowing(**narrowing))
    return [quote.quote_key for quote in found.records]


def names(text: str) -> list[str]:
    """The names of the speakers and sources found."""
    terms, now = read_terms(text), timezone.now()
    found = [*search_speakers(terms, now).records, *search_sources(terms, now).records]
    return [name.name for name in found]


def test_stories_are_found_by_words_stems_phrases_and_without_words() -> None:
    make_edition(headline="The gates close", dek="", body_text="The old harbour wall holds.")
    make_edition(headline="A wall", dek="", body_text="It stands beside the harbour.")
    assert stories("harbour wall") == ["A wall", "The gates close"]
    assert stories("gate") == ["The gates close"]
    assert stories("HARBOUR closing") == ["The gates close"]
    assert stories('"harbour wall"') == ["The gates close"]
    assert stories("harbour -old") == ["A wall"]
    assert stories('harbour -"harbour wall"') == ["A wall"]
    assert stories("-harbour") == []
    assert stories("submarine") == []


def test_a_headline_counts_more_than_a_dek_and_a_dek_more_than_the_text() -> None:
    make_edition(headline="Lamps", dek="", body_text="They saw a heron, and then they went home again.")
    make_edition(headline="Reeds", dek="A heron in the reeds at dawn", body_text="They saw a bird.")
    make_edition(headline="The heron of the quay", dek="", body_text="They saw a bird.")
    assert stories("heron") == ["The heron of the quay", "Reeds", "Lamps"]


def test_of_stories_that_say_the_same_the_newer_is_first() -> None:
    for years in (3, 0, 6):
        moment = timezone.now() - timedelta(days=365 * years, hours=1)
        make_edition(headline=f"A heron, {years} years ago", dek="", live_from=moment)
    assert stories("heron") == [f"A heron, {years} years ago" for years in (0, 3, 6)]


def test_only_the_current_edition_is_found() -> None:
    first = make_edition(headline="First words", body_text="A heron.")
    second = replace_edition(first, headline="Second words", body_text="A kingfisher.")
    assert stories("heron") == []
    assert stories("kingfisher") == ["Second words"]
    withdraw_edition(second, "There was no kingfisher.")
    assert stories("kingfisher") == []


def test_a_scheduled_edition_is_found_from_its_hour_on(clock: Any) -> None:
    now = make_edition(headline="Now", body_text="A heron.", quotes=[{"words": "It is a heron."}])
    soon = timezone.now() + timedelta(hours=1)
    replace_edition(
        now, at=soon, headline="Then", body_text="A kingfisher.", quotes=[{"words": "A kingfisher!"}]
    )
    assert (stories("heron"), stories("kingfisher"), quotes("kingfisher")) == (["Now"], [], [])
    clock.shift(timedelta(hours=1))
    assert (stories("heron"), stories("kingfisher"), quotes("heron")) == ([], ["Then"], [])
    assert len(quotes("kingfisher")) == 1


def test_what_a_story_said_before_takes_no_room_in_the_index() -> None:
    edition = make_edition(headline="Number 0", body_text="A heron.", quotes=[{}, {}])
    for number in range(1, 4):
        edition = replace_edition(edition, headline=f"Number {number}", body_text="A heron.", quotes=[{}, {}])
    assert StoryWords.objects.count() == 1
    assert QuoteWords.objects.count() == 2
    assert stories("heron") == ["Number 3"]


def test_quotes_are_found_once_by_their_words_their_speaker_and_their_source() -> None:
    make_edition(quotes=[{"quote_key": "k1", "words": "We mend the nets."}])
    make_edition(quotes=[{"quote_key": "k1", "words": "We mend the nets."}, {"quote_key": "k2"}])
    assert quotes("nets marrow") == ["k1"]
    assert sorted(quotes("commissioner council")) == ["k1", "k2"]


def test_everything_can_be_narrowed() -> None:
    coast = make_section("Coast", position=2)
    old = timezone.now() - timedelta(days=400)
    make_edition(headline="Here", body_text="A heron.", quotes=[{"quote_key": "k1"}])
    skarra = {"quote_key": "k2", "speaker_slug": "odd-skarra", "speaker_name": "Odd Skarra"}
    birds = [{"name": "Birds", "slug": "birds"}]
    make_edition(headline="There", body_text="A heron.", section=coast, topics=birds, quotes=[skarra])
    make_edition(headline="Then", body_text="A heron.", live_from=old)
    today = timezone.localdate()
    assert stories("heron", section="coast") == ["There"]
    assert stories("heron", topic="birds") == ["There"]
    assert stories("heron", speaker="odd-skarra") == ["There"]
    assert sorted(stories("heron", author="wilma-fenn")) == ["Here", "Then", "There"]
    assert stories("heron", until=today - timedelta(days=30)) == ["Then"]
    assert sorted(stories("heron", since=today - timedelta(days=30))) == ["Here", "There"]
    assert sorted(stories("heron", until=today)) == ["Here", "Then", "There"]
    assert quotes("lighthouse", speaker="odd-skarra") == ["k2"]
    assert quotes("lighthouse", section="coast", source="source1") == ["k2"]
    assert quotes("lighthouse", topic="none") == []


def test_speakers_and_sources_are_found_by_what_is_printed_of_them_now() -> None:
    edition = make_edition(quotes=[{"speaker_name": "Will Brandt", "speaker_slug": "will-brandt"}])
    assert names("will") == ["Will Brandt"]
    assert names("brandt commissioner") == ["Will Brandt"]
    assert names("speech sandholm") == ["Speech to the harbour council"]
    fresh = replace_edition(edition, quotes=[{"speaker_name": "Will Brand", "speaker_slug": "will-brandt",
                                              "source": source_json(title="Minutes")}])  # fmt: skip
    assert (names("brandt"), names("brand"), names("speech")) == ([], ["Will Brand"], [])
    withdraw_edition(fresh, "It was wrong.")
    assert names("brand") == names("minutes") == []


def test_who_is_unnamed_and_what_is_confidential_is_no_name() -> None:
    make_edition(quotes=[
        {"speaker_slug": "a-docker", "speaker_name": "a docker", "speaker": speaker_json(unnamed=True),
         "source_key": "", "source": {"confidential": True}, "words": "They pay us late."}
    ])  # fmt: skip
    assert names("docker") == []
    assert not NameWords.objects.exists()
    assert len(quotes("late docker")) == 1
    assert quotes("late", speaker="a-docker") == []


def test_a_slip_of_the_keyboard_is_corrected_if_that_finds_something() -> None:
    make_edition(headline="Kingfishers return to Sandholm", body_text="They nest.")
    now = timezone.now()
    assert suggest_terms(read_terms("kingfihsers -owl"), now) == Terms(("kingfishers",), ("owl",))
    assert suggest_terms(read_terms('"kingfishers retrun"'), now) == Terms(("kingfishers return",))
    assert suggest_terms(read_terms("sandhlom submarine"), now) is None
    assert suggest_terms(read_terms("cat"), now) is None


def test_of_spellings_as_near_the_one_with_a_double_letter_is_meant() -> None:
    make_edition(headline="Barber opens by the barrier", body_text="He cuts hair there.")
    assert suggest_terms(read_terms("barier"), timezone.now()) == Terms(("barrier",))


def test_what_is_not_published_is_never_suggested() -> None:
    make_edition(headline="Kingfishers return", live_from=timezone.now() + timedelta(days=1))
    killed = make_edition(headline="Pelicans return")
    withdraw_edition(killed, "There were none.")
    assert KnownWord.objects.filter(word="kingfishers").exists()
    assert suggest_terms(read_terms("kingfihsers"), timezone.now()) is None
    assert suggest_terms(read_terms("pelicnas"), timezone.now()) is None


def test_pages_follow_each_other_and_end() -> None:
    for number in range(5):
        make_edition(headline=f"Ferry {number}")
    now, terms = timezone.now(), read_terms("ferry")
    pages = [search_stories(terms, now, page=number, size=2) for number in (1, 2, 3)]
    assert [page.more for page in pages] == [True, True, False]
    assert len({story.pk for page in pages for story in page.records}) == 5
    assert not any(page.cut for page in pages)


def test_editions_that_came_without_the_verbs_are_indexed_anew_and_once() -> None:
    edition = make_edition(headline="A heron", quotes=[{"quote_key": "k1"}])
    for _ in range(2):
        index_editions(list(Edition.objects.prefetch_related("quotes")))
    assert stories("heron") == ["A heron"]
    assert quotes("lighthouse") == ["k1"]
    assert StoryWords.objects.get().edition == edition


def test_of_a_frequent_word_the_newest_rows_are_read() -> None:
    make_edition(quotes=[{"words": f"A heron it is, number {number}."} for number in range(25)])
    asked = question([Terms(("heron",))], timezone.now())
    frequent = ask(replace(QUOTES, many=-1, window=20), asked, 50)
    assert len(frequent.rows) == 20
    assert frequent.cut
    once_frequent = ask(replace(QUOTES, many=-1, budget=10), asked, 50)
    assert len(once_frequent.rows) == 25
    assert not once_frequent.cut


def test_where_all_words_are_frequent_a_phrase_of_them_is_looked_for_in_the_newest(clock: Any) -> None:
    old = make_edition(body_text="The heron stands.", quotes=[])
    clock.shift(timedelta(days=1))
    for _ in range(3):
        make_edition(body_text="There stands a heron.", quotes=[])
    shelf = replace(STORIES, many=-1, depth=2, budget=2)
    day = timezone.localdate() - timedelta(days=1)
    newest = ask(shelf, question([Terms(("heron stands",))], timezone.now()), 50)
    assert (newest.rows, newest.cut) == ([], True)
    back = ask(shelf, question([Terms(("heron stands",))], timezone.now(), Narrowing(until=day)), 50)
    assert [hit.record for hit in back.rows] == [old.pk]


def test_words_that_postgresql_leaves_out_do_not_read_the_whole_index() -> None:
    make_edition(body_text="The heron stands.", quotes=[])
    asked = question([Terms(("the",), ("gull",))], timezone.now())
    assert bool(ask(replace(STORIES, many=1 << 62), asked, 50).rows) == (connection.vendor == "sqlite")


class TestHostile(TestCase):
    """Whatever somebody types is answered."""

    @settings(max_examples=60)
    @given(st.text(max_size=60), st.text(max_size=20), st.dates())
    def test_any_text_is_answered(self, text: str, slug: str, day: Any) -> None:
        """No text of any alphabet is an error of the database."""
        terms, now = read_terms(text), timezone.now()
        narrowing = Narrowing(section=slug, since=day)
        assert not search_stories(terms, now, narrowing)
        assert not search_quotes(terms, now, narrowing)
        assert not search_speakers(terms, now)
        assert not search_sources(terms, now)
        assert suggest_terms(terms, now) is None
