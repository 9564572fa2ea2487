"""How easily a text reads: counted by hand on small texts, and sensible on long ones."""

import pytest

from articles.text.readability import FEWEST_WORDS, read_ease

SHORT = "The ferry left. It was late! Nobody knew why."

SENTENCES = {
    "three": (SHORT, 3),
    "a title is no end": ("Dr. Fenn met the mayor.", 1),
    "a quotation ends one": ("“It left.” She sat down.", 2),
    "a paragraph ends one": ("A headline\n\nA sentence.", 2),
    "an ellipsis inside": ("It was… late.", 1),
    "nothing": ("", 0),
}


@pytest.mark.parametrize(("text", "count"), SENTENCES.values(), ids=SENTENCES)
def test_sentences(text: str, count: int) -> None:
    assert read_ease(text, language="en").sentences == count


def test_a_short_text_has_no_score() -> None:
    reading = read_ease(SHORT, language="en")
    assert (reading.words, reading.minutes, reading.score, reading.ease) == (9, 1, None, None)


def test_the_formula_of_flesch() -> None:
    # Every sentence has five words of one syllable: 206.835 - 1.015 x 5 - 84.6 x 1.
    reading = read_ease("The dog sat on mats. " * 20, language="en")
    assert reading.words == FEWEST_WORDS
    assert (reading.score, reading.ease) == (117.2, "easy")


def test_the_formula_of_amstad() -> None:
    # 180 - 5 - 58.5 x 1
    assert read_ease("Der Hund lag im Gras. " * 20, language="de-at").score == 116.5


def test_long_words_in_long_sentences_are_hard() -> None:
    hard = (
        "Administrative considerations notwithstanding, municipal representatives deliberated interminably "
    )
    assert read_ease(hard * 15 + ".", language="en").ease == "hard"


def test_minutes_are_at_two_hundred_and_thirty_words() -> None:
    assert read_ease("word " * 690, language="en").minutes == 3
