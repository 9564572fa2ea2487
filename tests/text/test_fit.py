"""Words in a box: nothing is lost but spaces, lines fit, and what is too long says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.fit import balance, fit, wrap

SIZES = (40, 30, 20, 10)


def measure_at(size: int):  # type: ignore[no-untyped-def]
    return lambda text: len(text) * size / 2


@pytest.mark.parametrize(("text", "width", "lines"), [
    ("", 10, ()),
    ("   ", 10, ()),
    ("one", 10, ("one",)),
    ("one two three", 7, ("one two", "three")),
    ("one  two\nthree", 99, ("one two three",)),
    ("extraordinarily long", 6, ("extrao", "rdinar", "ily", "long")),
    ("a-hyphen-stays whole", 14, ("a-hyphen-stays", "whole")),
    ("wide", 0, ("w", "i", "d", "e")),
])  # fmt: skip
def test_lines(text: str, width: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, len, width) == lines


@given(st.text(max_size=300), st.integers(1, 60))
def test_no_character_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, len, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= width for line in lines)


@given(st.text(alphabet="ab cd", max_size=200), st.integers(5, 60))
def test_balanced_lines_are_as_many(text: str, width: int) -> None:
    lines = balance(text, len, width)
    assert len(lines) == len(wrap(text, len, width))
    assert all(len(line) <= width for line in lines)


def test_balanced_lines_are_of_one_length() -> None:
    assert wrap("one two three four five", len, 18) == ("one two three four", "five")
    assert balance("one two three four five", len, 18) == ("one two three", "four five")


@pytest.mark.parametrize(("words", "size", "cut"), [(1, 40, False), (9, 40, False), (16, 30, False),
                                                    (120, 10, False), (400, 10, True)])  # fmt: skip
def test_words_are_as_large_as_fits(words: int, size: int, *, cut: bool) -> None:
    text = " ".join(["words"] * words)
    setting = fit(text, measure_at, width=600, height=160, sizes=SIZES, leading=1.2, closing="”")
    assert (setting.size, setting.cut) == (size, cut)
    assert len(setting.lines) * setting.size * 1.2 <= 160
    if cut:
        assert setting.lines[-1].endswith("words …”")
        assert set(" ".join(setting.lines).split()[:-1]) == {"words"}
    else:
        assert " ".join(setting.lines) == text


def test_a_word_that_fits_no_line_is_smaller_before_it_is_broken() -> None:
    setting = fit("x" * 30, measure_at, width=300, height=160, sizes=SIZES, leading=1.2)
    assert (setting.size, setting.lines) == (20, ("x" * 30,))
    assert len(fit("x" * 90, measure_at, width=300, height=160, sizes=SIZES, leading=1.2).lines) == 2
