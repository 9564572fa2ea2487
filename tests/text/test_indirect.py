"""Reported speech without marks, found on request."""

import pytest

from articles.text.attribution import read_quotations
from articles.text.quotations import Kind

REPORTS = [
    ("Ruth Amadi said that the pier would hold.", "the pier would hold", "Ruth Amadi"),
    ("Ruth Amadi said the pier would hold until spring.", "the pier would hold until spring", "Ruth Amadi"),
    ("Ruth Amadi told the council on Monday that the pier held.", "the pier held", "Ruth Amadi"),
    ("The pier would hold until spring, Ruth Amadi said.", "The pier would hold until spring", "Ruth Amadi"),
    ("According to Ruth Amadi, the pier would hold.", "the pier would hold", "Ruth Amadi"),
    ("The pier would hold, according to Ruth Amadi.", "The pier would hold", "Ruth Amadi"),
]


@pytest.mark.parametrize(("text", "words", "speaker"), REPORTS)
def test_reports(text: str, words: str, speaker: str) -> None:
    (item,) = read_quotations(text, indirect=True)
    assert item.quotation.kind is Kind.INDIRECT
    assert [segment.text for segment in item.quotation.segments] == [words]
    assert item.attribution.speaker == speaker
    assert not item.attribution.sure


def test_a_pronoun_is_resolved() -> None:
    text = "Ruth Amadi runs the port.\n\nShe said that the pier would hold."
    (item,) = read_quotations(text, indirect=True)
    assert item.attribution.speaker == "Ruth Amadi"


def test_off_unless_asked() -> None:
    assert read_quotations("Ruth Amadi said that the pier would hold.") == ()


def test_a_sentence_with_marks_is_left_to_the_quotation() -> None:
    items = read_quotations("Ruth Amadi said that the pier was “safe as houses” and dry.", indirect=True)
    assert [item.quotation.kind for item in items] == [Kind.PARTIAL]


@pytest.mark.parametrize(
    "text", ["Ruth Amadi walked the pier.", "The pier held.", "Ruth Amadi was asked to go."]
)
def test_what_is_no_report(text: str) -> None:
    assert read_quotations(text, indirect=True) == ()
