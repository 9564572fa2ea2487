"""A passage of a source as a quotation in a story."""

import pytest

from articles.text.compare import Grade, compare
from articles.text.excerpts import quotable, quoted_paragraph


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("  The lamp\n\nstays lit. ", "The lamp stays lit."),
        ("“The lamp stays lit.”", "The lamp stays lit."),
        ('"The lamp stays lit",', "The lamp stays lit,"),
        ("She called it “the old lamp” again.", "She called it ‘the old lamp’ again."),
        ('"The lamp" and "the horn"', "‘The lamp’ and ‘the horn’"),
        ("The keeper’s lamp", "The keeper’s lamp"),
        (" … ", ""),
        ("", ""),
    ],
)
def test_the_words_of_a_passage(passage: str, words: str) -> None:
    assert quotable(passage) == words


@pytest.mark.parametrize("passage", ["She called it “the old lamp” again.", "“The lamp\nstays lit.”"])
def test_they_are_still_the_words_of_the_source(passage: str) -> None:
    source = f"The speech began. {passage} Then she sat down."
    assert compare([quotable(passage)], source).grade in (Grade.IDENTICAL, Grade.TYPOGRAPHIC)


def test_a_paragraph_names_the_speaker() -> None:
    assert quoted_paragraph("The lamp stays lit.", "Ilse Marrow") == (
        "<p>Ilse Marrow said: “The lamp stays lit.”</p>"
    )
    assert quoted_paragraph("R&D <first>") == "<p>“R&amp;D &lt;first&gt;”</p>"
