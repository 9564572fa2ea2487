"""Statements that are nearly the same, or about the same: suggestions, never a decision."""

import pytest

from articles.text.alike import Statement, likeness, shared_words

SAID = "We will keep the lighthouse open through the winter."


@pytest.mark.parametrize(
    ("other", "like"),
    [
        (SAID, True),
        ("we’ll keep the lighthouse open through the winter", True),
        ("We will keep the lighthouse shut through the winter.", True),
        (f"{SAID} If the council pays for the oil and for the keeper.", True),
        ("The lighthouse was painted in the winter, while we kept the harbour open.", False),
        ("The regatta starts at noon.", False),
        ("", False),
    ],
)
def test_nearly_the_same(other: str, like: bool) -> None:
    assert bool(likeness(Statement.of(SAID), Statement.of(other))) is like


def test_the_same_words_are_likest() -> None:
    whole, part = Statement.of(SAID), Statement.of(f"{SAID} And the bridge will be painted, too.")
    assert likeness(whole, whole) == 1 > likeness(whole, part) > 0


def test_telling_words_are_long_ones_that_say_what_it_is_about() -> None:
    assert Statement.of(SAID).telling == ("lighthouse", "winter", "open")
    assert Statement.of("That’s what they said.").telling == ()


def test_short_words_in_common_make_no_likeness() -> None:
    assert not likeness(
        Statement.of("It is so."), Statement.of("It is so, and it will be so for years to come.")
    )


def test_shared_words_are_counted_once() -> None:
    one = Statement.of("The winter was a winter like no winter before at the lighthouse.")
    assert shared_words(one, Statement.of(SAID)) == 2
