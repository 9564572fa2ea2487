"""Whether pasted words are on record: cases, bounds, and what may not be learned. Runs on both engines."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.quote_check import MOST_CHARACTERS, MOST_MATCHES, Answer, QuoteCheck, check_quote, read_segments
from tests.editions import make_edition, replace_edition, speaker_json, withdraw_edition

pytestmark = pytest.mark.django_db

RECORD = "We will never close the ferry to Sandholm, whatever the council’s auditors say about its accounts."


def check(words: str) -> QuoteCheck:
    """The answer now."""
    return check_quote(words, timezone.now())


@pytest.fixture
def _on_record() -> None:
    make_edition(headline="Ferry stays", quotes=[{"quote_key": "ferry", "words": RECORD}])
    segments = ["The nets are torn,", "and nobody mends them any more."]
    make_edition(quotes=[{"quote_key": "split", "segments": segments, "words": " … ".join(segments)}])


@pytest.mark.usefixtures("_on_record")
@pytest.mark.parametrize(("words", "answer"), [
    (RECORD, Answer.EXACT),
    (f"“{RECORD}”", Answer.EXACT),
    (RECORD.replace("’", "'"), Answer.EXACT),
    (f'"{RECORD.replace("’", chr(39))}"', Answer.EXACT),
    (RECORD.replace(" ", "\n  ", 3), Answer.EXACT),
    (f"Marrow told the meeting: “{RECORD}” Nobody laughed.", Answer.EXACT),
    ("never close the ferry to Sandholm", Answer.EXACT),
    ("“The nets are torn,” she said, “and nobody mends them any more.”", Answer.EXACT),
    ("The nets are torn, … and nobody mends them any more.", Answer.EXACT),
    ("The nets are torn, and nobody mends them any more.", Answer.EXACT),
    ("We will never close the ferry … whatever the council’s auditors say", Answer.PERMITTED),
    (RECORD.replace("never close", "surely close"), Answer.ALTERED),
    (RECORD.replace("never ", ""), Answer.ALTERED),
    ("We will … close the ferry to Sandholm", Answer.ALTERED),
    (RECORD.replace("auditors", "bankers").replace("accounts", "money"), Answer.ALTERED),
    ("The lighthouse keeper painted her door green on a Sunday.", Answer.ABSENT),
    ("We will be there and they will be there too", Answer.ABSENT),
    ("the ferry", Answer.TOO_SHORT),
    ("“…” ‘’ !", Answer.TOO_SHORT),
    ("ferry " * MOST_CHARACTERS, Answer.TOO_LONG),
])  # fmt: skip
def test_what_is_said_of_words(words: str, answer: Answer) -> None:
    assert check(words).answer == answer


@pytest.mark.usefixtures("_on_record")
def test_the_record_comes_with_its_stories_and_the_difference() -> None:
    shared = make_edition(headline="Another story", quotes=[{"quote_key": "ferry", "words": RECORD}])
    match = check(RECORD.replace("never", "always")).matches[0]
    assert match.quote.quote_key == "ferry"
    assert [story.headline for story in match.stories] == [shared.headline, "Ferry stays"]
    changed = [(part.said, part.printed) for part in match.comparison.diff if part.op != "equal"]
    assert changed == [("never", "always")]


@pytest.mark.usefixtures("_on_record")
def test_words_in_another_order_are_not_on_record_but_similar() -> None:
    found = check("whatever the council’s auditors say, we will never close the ferry to Sandholm")
    assert found.answer == Answer.ABSENT
    assert [quote.quote_key for quote in found.similar] == ["ferry"]


@pytest.mark.usefixtures("_on_record")
def test_a_part_is_told_from_the_whole() -> None:
    assert check(RECORD.lower().replace("we", "We", 1).replace("sandholm", "Sandholm")).matches[0].whole
    assert not check("close the ferry to Sandholm").matches[0].whole


def test_of_records_that_are_alike_all_are_named_and_similar_ones_apart() -> None:
    for number in range(MOST_MATCHES + 2):
        make_edition(quotes=[{"quote_key": f"k{number}", "words": RECORD, "speaker_slug": f"s{number}"}])
    make_edition(quotes=[{"quote_key": "other", "words": "The auditors of our accounts need patience."}])
    found = check(RECORD)
    assert found.answer == Answer.EXACT
    assert len({match.quote.quote_key for match in found.matches}) == MOST_MATCHES
    assert "other" in {quote.quote_key for quote in found.similar}


def test_words_that_are_all_frequent_are_found_too() -> None:
    make_edition(quotes=[{"quote_key": "k1", "words": "It is what it is, and that is that."}])
    assert check("It is what it is, and that is that").answer == Answer.EXACT


@pytest.mark.parametrize("hide", ["later", "killed", "replaced", "cancelled"])
def test_nothing_that_is_not_published_can_be_learned(hide: str) -> None:
    secret = {"quote_key": "secret", "words": RECORD}
    later = timezone.now() + timedelta(days=1)
    edition = make_edition(quotes=[secret], **({"live_from": later} if hide == "later" else {}))
    if hide == "killed":
        withdraw_edition(edition, "It was wrong.")
    if hide == "replaced":
        replace_edition(edition, quotes=[{"words": "Other words about boats."}])
    if hide == "cancelled":
        type(edition).objects.filter(pk=edition.pk).end(edition.live_from)
    for words in (RECORD, RECORD.replace("never ", ""), "close the ferry to Sandholm"):
        assert check(words) == QuoteCheck(Answer.ABSENT)


def test_of_a_confidential_source_and_an_unnamed_speaker_only_what_is_published_shows() -> None:
    unnamed = {"speaker_slug": "x", "speaker_name": "a clerk", "speaker": speaker_json(unnamed=True)}
    make_edition(quotes=[{"words": RECORD, "source_key": "", "source": {"confidential": True}, **unnamed}])
    quote = check(RECORD).matches[0].quote
    assert not quote.has_speaker_page
    assert quote.source == {"confidential": True}


def test_the_price_is_the_same_whatever_is_found() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            check(RECORD)
        return len(queries)

    make_edition(quotes=[{"words": RECORD}])
    few = cost()
    for number in range(30):
        make_edition(
            quotes=[{"words": RECORD}, {"words": f"{RECORD} And {number} more auditors of Sandholm."}]
        )
    assert cost() == few <= 6


@pytest.mark.parametrize(("pasted", "segments"), [
    ("one two three", ["one two three"]),
    ("“one two” and “three”", ["one two", "three"]),
    ('"one two three', ["one two three"]),
    ("'one isn't two'", ["one isn't two"]),
    ("«un deux»", ["un deux"]),
    ("“” one two", ["one two"]),
    ("one two” … “three", ["one two", "three"]),
    ("un deux» dit-il", ["un deux"]),
])  # fmt: skip
def test_marks_say_what_is_the_quotation(pasted: str, segments: list[str]) -> None:
    assert read_segments(pasted) == segments


def test_a_change_before_a_mark_that_was_never_opened_is_seen() -> None:
    make_edition(quotes=[{"words": f"{RECORD} And nobody slept that night in Sandholm."}])
    start, *rest = RECORD.split()
    pasted = f"{start} never {' '.join(rest)}” … “And nobody slept that night in Sandholm."
    assert check(pasted).answer == Answer.ALTERED


def test_words_outside_marks_are_said_to_be_left_out() -> None:
    make_edition(quotes=[{"words": RECORD}])
    assert check(f"“{RECORD}”").compared == ()
    assert check(f"She never said “{RECORD}”").compared == (RECORD,)


class TestHostile(TestCase):
    """Whatever somebody pastes is answered."""

    @settings(max_examples=60)
    @given(st.text(max_size=300))
    def test_any_text_is_answered(self, words: Any) -> None:
        """No text of any alphabet is an error."""
        assert check(words).answer in {Answer.ABSENT, Answer.TOO_SHORT}
