"""Words as readers are shown them outside their sentence."""

import pytest

from articles.templatetags.quotes import alone


@pytest.mark.parametrize(
    ("segment", "shown"),
    [
        pytest.param("It is cold,", "It is cold", id="the comma before the attribution goes"),
        pytest.param("It is cold, and wet.", "It is cold, and wet.", id="other punctuation stays"),
        pytest.param("Is it cold?", "Is it cold?", id="a question stays one"),
    ],
)
def test_a_quotation_alone_ends_without_the_comma_of_its_sentence(segment: str, shown: str) -> None:
    assert alone(segment) == shown
