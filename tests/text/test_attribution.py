"""Who said each quotation: names, pronouns, descriptions, bodies, and the role that print gives them."""

import pytest

from articles.text.attribution import KnownSpeaker, read_quotations

SPEAKERS = [
    pytest.param("“It will hold,” said Ruth Amadi.", "Ruth Amadi", "named", id="inverted"),
    pytest.param("“It will hold,” Ruth Amadi told the Ostra Gazette.", "Ruth Amadi", "named", id="told"),
    pytest.param("Ruth Amadi said: “It will hold.”", "Ruth Amadi", "named", id="before"),
    pytest.param("According to Ruth Amadi, “the pier held”.", "Ruth Amadi", "named", id="according to"),
    pytest.param("“The pier held,” according to Ruth Amadi.", "Ruth Amadi", "named", id="according"),
    pytest.param("Ruth Amadi was blunt. “It will hold.”", "Ruth Amadi", "named", id="sentence before"),
    pytest.param("Tom Okafor had an answer:\n\n“Never again.”", "Tom Okafor", "named", id="colon"),
    pytest.param("“It will hold,” said Ludwig van den Berg.", "Ludwig van den Berg", "named"),
    pytest.param("“It will hold,” said J. R. Okafor Jr. on Monday.", "J. R. Okafor Jr.", "named"),
    pytest.param("“It will hold,” said Anne-Marie Lund-Holm.", "Anne-Marie Lund-Holm", "named"),
    pytest.param("“It will hold,” said Анна Петрова.", "Анна Петрова", "named", id="another script"),
    pytest.param("“It held,” said Okoro’s chief of staff Dana Ortiz.", "Dana Ortiz", "named", id="chain"),
    pytest.param("Okafor was asked by Jane Moss, “Will you go?”", "Jane Moss", "named", id="passive"),
    pytest.param("Tom Okafor, who said it was “a wreck”, has left.", "Tom Okafor", "named", id="relative"),
    pytest.param("“It will hold.”\n\n— Ruth Amadi", "Ruth Amadi", "named", id="signature"),
    pytest.param("“We regret it,” Northline Ferries said.", "Northline Ferries", "organisation", id="body"),
    pytest.param("“Not yet,” the two ministers said.", "the two ministers", "collective", id="collective"),
    pytest.param("“It is a mess,” a senior official said.", "a senior official", "unnamed", id="unnamed"),
    pytest.param("“No,” a spokesman for Ruth Amadi said.", "a spokesman for Ruth Amadi", "unnamed"),
    pytest.param("The “smart” bins were emptied on Monday.", "", "none", id="scare quotes have no speaker"),
]  # fmt: skip

SAME_PERSON = [
    pytest.param("Ruth Amadi runs the port.\n\n“It held,” Amadi said.", "named", id="surname"),
    pytest.param("Ruth Amadi runs the port.\n\n“It held,” she said.", "pronoun", id="pronoun"),
    pytest.param("Ruth Amadi met Paul Stone.\n\n“It held,” she said.", "pronoun", id="the sex tells"),
    pytest.param(
        "Port Minister Ruth Amadi came.\n\n“It held,” the minister said.", "descriptive", id="description"
    ),
    pytest.param("“It held,” Amadi said.\n\nRuth Amadi runs the port.", "named", id="full name comes later"),
    pytest.param("Paul Amadi met Ruth Amadi.\n\n“It held,” Ms. Amadi said.", "named", id="namesakes"),
]

ROLES = [
    pytest.param("Harbour Commissioner Ruth Amadi said: “It held.”", "Harbour Commissioner", id="title"),
    pytest.param(
        "“It held,” said Ruth Amadi, the harbour commissioner.", "harbour commissioner", id="apposition"
    ),
    pytest.param(
        "“It held,” said Ruth Amadi, 61, chief pilot of Ostra.", "chief pilot of Ostra", id="after the age"
    ),
    pytest.param("“It held,” said harbour master Ruth Amadi.", "harbour master", id="in small letters"),
    pytest.param(
        "“It held,” Amadi said. Ruth Amadi is harbour master.", "harbour master", id="in a sentence"
    ),
    pytest.param("“It held,” said Ms. Ruth Amadi.", "", id="a courtesy is no role"),
]


@pytest.mark.parametrize(("text", "speaker", "kind"), SPEAKERS)
def test_speaker(text: str, speaker: str, kind: str) -> None:
    attribution = read_quotations(text)[0].attribution
    assert (attribution.speaker, attribution.speaker_kind) == (speaker, kind)


@pytest.mark.parametrize(("text", "kind"), SAME_PERSON)
def test_a_later_mention_is_the_person_named_in_full(text: str, kind: str) -> None:
    attribution = read_quotations(text)[0].attribution
    assert (attribution.speaker, attribution.speaker_kind) == ("Ruth Amadi", kind)


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_role_as_printed(text: str, role: str) -> None:
    assert read_quotations(text)[0].attribution.role == role


def test_two_speakers_in_turn() -> None:
    text = (
        "“Will it hold?” asked Tom Okafor.\n\n“Until spring,” said Ruth Amadi.\n\n"
        "“And then?” Okafor asked.\n\n“Then we build,” Amadi replied."
    )
    speakers = [item.attribution.speaker for item in read_quotations(text)]
    assert speakers == ["Tom Okafor", "Ruth Amadi", "Tom Okafor", "Ruth Amadi"]


def test_he_and_she_are_kept_apart() -> None:
    text = "Ruth Amadi met Paul Stone.\n\n“It went well,” she said.\n\n“It did not,” he said."
    assert [item.attribution.speaker for item in read_quotations(text)] == ["Ruth Amadi", "Paul Stone"]


def test_the_headline_gives_role_and_full_name() -> None:
    (item,) = read_quotations(
        "“It held,” Amadi said.", headline="Harbour Commissioner Ruth Amadi Praises Pier"
    )
    assert item.attribution.speaker == "Ruth Amadi"
    assert item.attribution.role == "Harbour Commissioner"


def test_a_role_holds_for_every_quotation_of_the_speaker() -> None:
    text = "Pilot Ruth Amadi said: “It held.”\n\n“It will hold,” she added.\n\n“Twice,” Amadi said."
    assert {item.attribution.role for item in read_quotations(text)} == {"Pilot"}


def test_a_speaker_on_record_is_recognised_by_an_alias() -> None:
    known = KnownSpeaker("Ruth Adaeze Amadi", aliases=("Ruth Amadi",), role="Mayor of Ostra")
    (item,) = read_quotations("“It held,” said Ruth Amadi.", known=[known])
    assert (item.attribution.speaker, item.attribution.role) == ("Ruth Adaeze Amadi", "Mayor of Ostra")


def test_the_evidence_is_shown() -> None:
    text = "Ruth Amadi runs the port.\n\n“It held,” she said."
    (item,) = read_quotations(text)
    attribution = item.attribution
    assert attribution.mention is not None
    assert attribution.mention.of(text) == "she"
    assert attribution.cue_span is not None
    assert attribution.cue_span.of(text) == "said"
    assert attribution.reason == "pronoun 'she' → Ruth Amadi, subject of “said”, paragraph 2."
    assert attribution.sure


@pytest.mark.parametrize(
    "text",
    [
        "Corwin Tesh sat down. “It held,” said his sister.",
        "Two pilots came in. “It held,” said one of them.",
        "Corwin Tesh opened the folder. The letter was there: “It held.”",
    ],
    ids=["belonging", "one of several", "no verb"],
)
def test_who_is_left_open_is_not_sure(text: str) -> None:
    assert not read_quotations(text)[0].attribution.sure


def test_a_guess_is_not_sure() -> None:
    text = "Ruth Amadi met Eva Stone and Ann Holm at the pier.\n\n“It was a long night and nobody slept.”"
    assert not read_quotations(text)[0].attribution.sure


@pytest.mark.parametrize(
    ("first", "speaker"),
    [
        ("Mrs Ilse Marrow met Mr Arn Tolle on Monday.", "Ilse Marrow"),
        ("Mr Arn Tolle was there on Monday.", ""),
    ],
    ids=["the woman named before", "nobody named yet"],
)
def test_she_is_not_a_man_whom_the_text_calls_mr(first: str, speaker: str) -> None:
    text = f"{first}\n\n“The gate is shut,” said Mr Tolle.\n\n“It will stay open,” she said."
    assert read_quotations(text)[1].attribution.speaker == speaker
