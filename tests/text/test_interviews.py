"""Interviews without quotation marks, and what is quoted inside a quotation."""

import pytest

from articles.text.attribution import read_quotations
from articles.text.nested import read_nested
from articles.text.quotations import Kind

INTRO = "Corwin Tesh has run the night desk since 2011. The interview was shortened.\n\n"
Found = list[tuple[str, str]]

LABELLED = [
    pytest.param(
        INTRO + "Q. Who comes in at three?\n\nA. Bakers, mostly.",
        [("", "Who comes in at three?"), ("Corwin Tesh", "Bakers, mostly.")],
        id="letters and stops",
    ),
    pytest.param(
        INTRO + "Q: Who comes in?\n\nA: Bakers.\n\nQ: And then?\n\nA: Nurses.",
        [("", "Who comes in?"), ("Corwin Tesh", "Bakers."), ("", "And then?"), ("Corwin Tesh", "Nurses.")],
        id="letters and colons",
    ),
    pytest.param(
        "Tea at three.\n\nQ: Who comes in?\n\nA: Bakers.\n\nQ: And then?\n\nA: Nurses.",
        [("", "Who comes in?"), ("", "Bakers."), ("", "And then?"), ("", "Nurses.")],
        id="nobody named",
    ),
    pytest.param(
        INTRO + "Question: Who comes in?\n\nAnswer: Bakers.",
        [("", "Who comes in?"), ("Corwin Tesh", "Bakers.")],
        id="words",
    ),
    pytest.param(
        INTRO + "Q. Any trouble?\n\nA. One rat.\n\nI let him go behind the court.\n\nQ. Why?\n\nA. He asked.",
        [
            ("", "Any trouble?"),
            ("Corwin Tesh", "One rat.|I let him go behind the court."),
            ("", "Why?"),
            ("Corwin Tesh", "He asked."),
        ],
        id="an answer of two paragraphs",
    ),
    pytest.param(
        INTRO
        + "Brigid Lowe asked.\n\nLOWE: Who comes in?\n\nTESH: Bakers.\n\nLOWE: And then?\n\nTESH: Nurses.",
        [
            ("Brigid Lowe", "Who comes in?"),
            ("Corwin Tesh", "Bakers."),
            ("Brigid Lowe", "And then?"),
            ("Corwin Tesh", "Nurses."),
        ],
        id="surnames in capitals",
    ),
    pytest.param(
        INTRO + "Brigid Lowe asked.\n\nBL: Who comes in?\n\nCT: Bakers.\n\nBL: And then?\n\nCT: Nurses.",
        [
            ("Brigid Lowe", "Who comes in?"),
            ("Corwin Tesh", "Bakers."),
            ("Brigid Lowe", "And then?"),
            ("Corwin Tesh", "Nurses."),
        ],
        id="initials of those named",
    ),
    pytest.param(
        "Hester Vane stood up.\n\nMRS VANE: A ladder.\n\nTHE USHER: Which?\n\nMRS VANE: The green one.",
        [("Hester Vane", "A ladder."), ("THE USHER", "Which?"), ("Hester Vane", "The green one.")],
        id="a courtesy title, and nobody named",
    ),
    pytest.param(
        "ORLA VAN DEN MOSS: A ladder.\n\nTHE USHER: Which?\n\nVAN DEN MOSS: The green one.",
        [
            ("Orla van den Moss", "A ladder."),
            ("THE USHER", "Which?"),
            ("Orla van den Moss", "The green one."),
        ],
        id="a name that only labels print, in full once",
    ),
    pytest.param(
        INTRO + "Brigid Lowe asked.\n\nLowe: Who comes in?\n\nTesh: Bakers.\n\nLowe: And then?",
        [("Brigid Lowe", "Who comes in?"), ("Corwin Tesh", "Bakers."), ("Brigid Lowe", "And then?")],
        id="surnames",
    ),
]

NOT_LABELLED = [
    pytest.param("Updated: Monday\n\nThe pier fell.", id="one label"),
    pytest.param("Ostra: 12\n\nTarrow: 9\n\nHelsby: 4", id="results"),
    pytest.param("A. Weber came first.\n\nA. Lis came second.", id="initials"),
    pytest.param("Verdict: late.\n\nPlot: thin.\n\nCast: fine.", id="a list of points"),
    pytest.param("Amadi sat: it was cold.\n\nOkafor sat: it was warm.", id="colons in sentences"),
]


@pytest.mark.parametrize(("text", "expected"), LABELLED)
def test_labelled_lines_are_quotations_of_whom_the_label_means(text: str, expected: Found) -> None:
    found = read_quotations(text, labelled=True)
    assert {item.quotation.kind for item in found} == {Kind.DIRECT}
    assert [
        (item.attribution.speaker, "|".join(segment.text for segment in item.quotation.segments))
        for item in found
    ] == expected


@pytest.mark.parametrize("text", NOT_LABELLED)
def test_what_is_no_interview(text: str) -> None:
    assert read_quotations(text, labelled=True) == ()


def test_labelled_lines_are_read_only_when_asked_for() -> None:
    assert read_quotations(INTRO + "Q. Who comes in?\n\nA. Bakers.") == ()


def test_marked_words_after_a_label_are_a_quotation_as_anywhere() -> None:
    text = "LOWE: “Who comes in?”\n\nTESH: “Bakers.”\n\nLOWE: “And then?”"
    assert read_quotations(text, labelled=True)[0].quotation.segments[0].text == "Who comes in?"


NESTED = [
    pytest.param(
        "“My dentist put two past me and said, ‘Rinse.’ It hurt,” said Ruth Amadi.",
        [("My dentist", "Rinse.")],
        id="a description",
    ),
    pytest.param(
        "“Then Okafor said, ‘It will hold for years,’ and sat,” said Ruth Amadi.\n\n“Yes,” said Tom Okafor.",
        [("Tom Okafor", "It will hold for years,")],
        id="a surname of the story",
    ),
    pytest.param(
        "“He said, ‘The bank has a lock that freezes,’ and left,” said Ruth Amadi.",
        [("", "The bank has a lock that freezes,")],
        id="a pronoun that means nobody here",
    ),
    pytest.param(
        "‘The skipper told me, “Jump now,” and I did,’ said Ruth Amadi.",
        [("The skipper", "Jump now,")],
        id="double marks in single ones",
    ),
    pytest.param(
        "“The judge asked me: ‘Do you regret it?’” said Ruth Amadi.",
        [("The judge", "Do you regret it?")],
        id="both marks close together",
    ),
    pytest.param(
        "“‘Nobody sleeps here,’ the nurse told us,” said Ruth Amadi.",
        [("the nurse", "Nobody sleeps here,")],
        id="both marks open together",
    ),
    pytest.param(
        "\"My mother always said 'never lend a boat' to anyone,\" said Ruth Amadi.",
        [("My mother", "never lend a boat")],
        id="straight marks",
    ),
    pytest.param(
        "“According to Tom Okafor, ‘the gate was open’. It was not,” said Ruth Amadi.",
        [("Tom Okafor", "the gate was open")],
        id="according to",
    ),
    pytest.param(
        "“The letter said ‘pay within a week’, so I paid,” said Ruth Amadi.",
        [("The letter", "pay within a week")],
        id="a document",
    ),
    pytest.param(
        "“I told him ‘get out’ and he told me ‘get in’,” said Ruth Amadi.",
        [("", "get in")],
        id="of two, the one that the speaker did not say",
    ),
    pytest.param("“I said, ‘Put it in the bank,’ and left,” said Ruth Amadi.", [], id="the speaker again"),
    pytest.param("“We love ‘Harbour of Glass’ here,” said Ruth Amadi.", [], id="a title"),
    pytest.param("“It’s the dockers’ strike of ’84,” said Ruth Amadi.", [], id="apostrophes"),
]


@pytest.mark.parametrize(("text", "expected"), NESTED)
def test_what_somebody_else_says_inside_a_quotation(text: str, expected: Found) -> None:
    found = read_nested(text, read_quotations(text))
    assert [
        (item.attribution.speaker, "|".join(segment.text for segment in item.quotation.segments))
        for item in found
    ] == expected
    assert not any(item.attribution.sure for item in found)
    for item in found:
        (segment,) = item.quotation.segments
        assert text[segment.start : segment.end] == segment.text
