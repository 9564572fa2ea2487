"""Which stretches of a text are quotations, where they begin and end, and of which kind they are."""

import pytest

from articles.text.quotations import Kind, find_quotations

MARKS = [
    pytest.param('"It will hold," said Ruth Amadi.', ["It will hold,"], id="straight"),
    pytest.param("“It will hold,” said Ruth Amadi.", ["It will hold,"], id="curly"),
    pytest.param("‘It will hold,’ said Ruth Amadi.", ["It will hold,"], id="single"),
    pytest.param("'It will hold,' said Ruth Amadi.", ["It will hold,"], id="single straight"),
    pytest.param("«It will hold», said Ruth Amadi.", ["It will hold"], id="guillemets"),
    pytest.param("« It will hold », said Ruth Amadi.", ["It will hold"], id="guillemets with spaces"),
    pytest.param("»It will hold tonight«, said Ruth Amadi.", ["It will hold tonight"], id="inward"),
    pytest.param("„It will hold tonight“, said Ruth Amadi.", ["It will hold tonight"], id="low-high"),
    pytest.param("„It will hold tonight”, said Ruth Amadi.", ["It will hold tonight"], id="low-high Polish"),
    pytest.param('"It will hold,” said Ruth Amadi.', ["It will hold,"], id="straight opens, curly closes"),
    pytest.param("”It will hold,“ said Ruth Amadi.", ["It will hold,"], id="marks the wrong way round"),
    pytest.param("“He said ‘no’ twice,” Tom Okafor said.", ["He said ‘no’ twice,"], id="nested in double"),
    pytest.param("‘He said “no” twice,’ Tom Okafor said.", ["He said “no” twice,"], id="nested in single"),
    pytest.param("‘The dockers’ strike ended,’ said Tom.", ["The dockers’ strike ended,"], id="possessive"),
    pytest.param("‘I don’t know,’ said Tom.", ["I don’t know,"]),
    pytest.param("“It’s late,” she said. “I’m off.”", ["It’s late,", "I’m off."], id="apostrophes in double"),
    pytest.param("“One,” he said, “two.”", ["One,", "two."], id="split in the sentence"),
    pytest.param('“It will hold, said Ruth Amadi.\n\nIt did.', ["It will hold,"], id="closing mark missing"),
    pytest.param("“[The pier] ... will hold [sic],” said Amadi.", ["[The pier] ... will hold [sic],"]),
    pytest.param("“The f****** pier will hold,” said Amadi.", ["The f****** pier will hold,"], id="bleeped"),
]  # fmt: skip

NO_QUOTATION = [
    pytest.param("It's the dockers' strike of '84.", id="apostrophes"),
    pytest.param("Rock ’n’ roll isn’t dead in the ’90s.", id="elisions"),
    pytest.param("The board is 6\" wide and 2' long.", id="inches and feet"),
    pytest.param("''It will hold,'' said Ruth Amadi.", id="doubled apostrophes, unasked"),
    pytest.param("", id="nothing"),
    pytest.param("\n\n \n", id="white space"),
    pytest.param('"', id="a single mark"),
    pytest.param("““””", id="marks without words"),
]

KINDS = [
    pytest.param("“It will hold,” said Ruth Amadi.", Kind.DIRECT, id="whole sentence"),
    pytest.param("Ruth Amadi said: “It will hold.”", Kind.DIRECT, id="after a colon"),
    pytest.param("“Yes,” said Ruth Amadi.", Kind.DIRECT, id="one word, attributed"),
    pytest.param("“It will hold.”", Kind.DIRECT, id="alone in its paragraph"),
    pytest.param("Amadi said the pier was “safe as houses” and would hold.", Kind.PARTIAL, id="fragment"),
    pytest.param("Holm stated that it is “unrealistic” to expect more money.", Kind.PARTIAL, id="one word"),
    pytest.param("She called the plan “a farce” and left.", Kind.PARTIAL, id="naming verb"),
    pytest.param("The so-called “experts” have moved to the coast.", Kind.SCARE, id="scare"),
    pytest.param("The “smart” bins were emptied by hand on Monday.", Kind.SCARE, id="scare after an article"),
    pytest.param("Otto “Lights” Carver won the race in Ostra.", Kind.TITLE, id="nickname"),
    pytest.param("She reviewed the film “Harbour of Glass” for the paper.", Kind.TITLE, id="film"),
    pytest.param("He read her novel, “The Salt Ledger,” on the ferry.", Kind.TITLE, id="novel"),
    pytest.param("He spoke on KDR’s “Morning Desk” today.", Kind.TITLE, id="programme"),
    pytest.param("“The pier nobody wants,” by the Courier’s Ilse Brandt, won.", Kind.TITLE, id="byline"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "segments"), MARKS)
def test_marks_open_and_close(text: str, segments: list[str]) -> None:
    found = find_quotations(text)
    assert [segment.text for quotation in found for segment in quotation.segments] == segments


@pytest.mark.parametrize("text", NO_QUOTATION)
def test_what_is_no_quotation(text: str) -> None:
    assert find_quotations(text) == ()


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kinds(text: str, kind: Kind) -> None:
    (quotation,) = find_quotations(text)
    assert quotation.kind is kind


def test_spans_leave_the_marks_out_and_outer_takes_them_in() -> None:
    text = "Yes. “It will hold,” said Ruth Amadi."
    (quotation,) = find_quotations(text)
    (segment,) = quotation.segments
    assert text[segment.start : segment.end] == "It will hold,"
    assert quotation.outer.of(text) == "“It will hold,”"


@pytest.mark.parametrize(
    "text",
    [
        "“It will hold,” said Ruth Amadi. “We tested it twice.”",
        "“It will hold,” Ruth Amadi told the council on Monday night. “We tested it twice.”",
        "She added, “It will hold,” while walking the pier, where gulls sat. “We tested it twice.”",
        "“It will hold!” said Ruth Amadi. “We tested it twice.”",
        "“It will,” said Ruth Amadi, “hold.”",
    ],
)
def test_an_attribution_in_the_middle_joins_two_segments(text: str) -> None:
    (quotation,) = find_quotations(text)
    assert len(quotation.segments) == 2


@pytest.mark.parametrize(
    "text",
    [
        "“It will hold,” said Ruth Amadi. “It will not,” said Tom Okafor.",
        "“It will hold,” said Ruth Amadi. She smiled. “We tested it twice.”",
        "“It will hold,” said Ruth Amadi. Tom Okafor said: “It will not.”",
    ],
)
def test_a_new_sentence_or_attribution_keeps_two_quotations_apart(text: str) -> None:
    assert [len(quotation.segments) for quotation in find_quotations(text)] == [1, 1]


def test_a_quotation_that_reopens_in_each_paragraph_is_one() -> None:
    text = "“We tested it,” said Ruth Amadi. “Twice.\n\n“It held.\n\n“It will hold again.”\n\nThe tide rose."
    (quotation,) = find_quotations(text)
    assert [segment.text for segment in quotation.segments] == [
        "We tested it,",
        "Twice.",
        "It held.",
        "It will hold again.",
    ]


def test_closed_paragraphs_are_quotations_of_their_own() -> None:
    text = "“We tested it twice,” said Ruth Amadi.\n\n“It held both times, and will hold again.”"
    assert len(find_quotations(text)) == 2


def test_hard_wrapped_copy_keeps_a_quotation_in_one_segment() -> None:
    text = "The engineer was sure: “It will hold\nuntil the spring and\nperhaps longer,” said Ruth\nAmadi."
    (quotation,) = find_quotations(text)
    assert [segment.text for segment in quotation.segments] == [
        "It will hold\nuntil the spring and\nperhaps longer,"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "''It will hold,'' said Ruth Amadi.",
        "She sat. '' It will hold,'' said Ruth Amadi.",
        "``It will hold,'' said Ruth Amadi.",
        "`` It will hold,'' said Ruth Amadi.",
    ],
)
def test_doubled_apostrophes_are_a_mark_when_asked(text: str) -> None:
    (quotation,) = find_quotations(text, doubled=True)
    assert quotation.segments[0].text == "It will hold,"


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("de", "„Wir bleiben noch hier“, sagte Anna Weber.", "Wir bleiben noch hier"),
        ("de", "»Wir bleiben noch hier«, sagte Anna Weber.", "Wir bleiben noch hier"),
        ("fr", "« Nous restons ici ce soir », a dit Claire Dumas.", "Nous restons ici ce soir"),
        ("es", "«Nos quedamos aquí esta noche», dijo Ana Vela.", "Nos quedamos aquí esta noche"),
        ("it", "«Restiamo qui questa notte», ha detto Anna Riva.", "Restiamo qui questa notte"),
        ("pl", "„Zostajemy tu na noc”, powiedziała Anna Lis.", "Zostajemy tu na noc"),
        ("sv", "”Vi stannar här i natt”, sade Anna Ek.", "Vi stannar här i natt"),
        ("ru", "«Мы остаёмся здесь на ночь», сказала Анна Лис.", "Мы остаёмся здесь на ночь"),
    ],
)
def test_marks_of_other_languages(language: str, text: str, words: str) -> None:
    (quotation,) = find_quotations(text, language=language)
    assert [segment.text for segment in quotation.segments] == [words]
    assert quotation.kind is Kind.DIRECT
