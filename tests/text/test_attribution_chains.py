"""Who speaks across paragraphs: chains, turns, pronouns, descriptions; and how sure the answer may be."""

import pytest

from articles.text.attribution import How, read_quotations

CHAINS = [
    pytest.param(
        "Ruth Amadi, the harbour commissioner, took the stand on Tuesday.\n\n“I saw the crack in "
        "March,” she said."
        "\n\n“Nobody listened,” she added. “I wrote twice.”\n\n“The third letter came back,” she said.",
        ["Ruth Amadi"] * 3,
        id="she, three times",
    ),
    pytest.param(
        "“I saw the crack in March,” said Ruth Amadi.\n\n“Nobody listened. I wrote "
        "twice.\n\n“The third letter "
        "came back,” she added.",
        ["Ruth Amadi"] * 2,
        id="a paragraph that no mark closes",
    ),
    pytest.param(
        "“The wall was dry in May,” according to Sven Lindgaard.\n\nThe inspector, according to "
        "Lindgaard, had told "
        "him: “Half of that would have done.”",
        ["Sven Lindgaard", "The inspector"],
        id="according to Lindgaard, had told him",
    ),
    pytest.param(
        "Karen Okoye, according to Sven Lindgaard, had told him: “Sign it or go.”",
        ["Karen Okoye"],
        id="a name, according to a name",
    ),
    pytest.param(
        "Tom Okafor opened the meeting at nine.\n\n“We are late,” Okafor said. “We will stay "
        "late.”\n\nHe looked at "
        "the clock.\n\n“Very late,” he said.",
        ["Tom Okafor"] * 2,
        id="narration between",
    ),
    pytest.param(
        "“It is a good boat,” said Ana Holm, who built it.\n\nHolm bought the yard in 1990 for "
        "one crown.\n\n“It was "
        "a good price,” she said.",
        ["Ana Holm"] * 2,
        id="name, name, pronoun",
    ),
]  # fmt: skip

# A line without an attribution, after “?” or between short lines: the other one's turn, and never sure.
TURNS = [
    pytest.param(
        "“Do you ever miss a night?” Anna Riva asked.\n\n“Twice,” said Joss Tarrant.\n\n“And who "
        "lit the lamps?”"
        "\n\n“They stayed dark.”",
        ["Anna Riva", "Joss Tarrant", "Anna Riva", "Joss Tarrant"],
        id="question and answer",
    ),
    pytest.param(
        "“Was the gate shut?” asked Ruth Amadi.\n\n“It was shut at nine,” said Tom "
        "Okafor.\n\n“Who shut it?”\n\n"
        "“I did, and I have the key.”",
        ["Ruth Amadi", "Tom Okafor", "Ruth Amadi", "Tom Okafor"],
        id="in court",
    ),
    pytest.param(
        "“Nobody was looking,” said Hester Vane.\n\n“You waved at us,” said Leonard "
        "Prowse.\n\n“I was being civil.”"
        "\n\n“You said good morning, Joan.”",
        ["Hester Vane", "Leonard Prowse", "Hester Vane", "Leonard Prowse"],
        id="without a question",
    ),
    pytest.param(
        "“They park here,” said Bettina Szell.\n\n“They shop here,” Desmond Moss "
        "replied.\n\n“Then why is the butcher "
        "crying?”\n\n“Because he has met you.”",
        ["Bettina Szell", "Desmond Moss", "Bettina Szell", "Desmond Moss"],
        id="in the council",
    ),
    pytest.param(
        "“Are you cold?” she asked. Ana Holm had brought a coat.\n\n“I am never cold,” said Tom "
        "Okafor.\n\n“Take it "
        "all the same, will you?”\n\n“I will take the hat.”",
        ["Ana Holm", "Tom Okafor", "Ana Holm", "Tom Okafor"],
        id="the first named after she",
    ),
]

# The speaker, and whether the answer may be marked sure.
PRONOUNS = [
    pytest.param(
        "Ruth Amadi met Paul Stone.\n\n“It went well,” he said.", "Paul Stone", True, id="the sex tells"
    ),
    pytest.param(
        "“It held,” said Adaola Obi, the engineer.\n\n“It did not,” said Nkira Eze, the "
        "pilot.\n\n“It leaked,” she "
        "said.",
        "Nkira Eze",
        False,
        id="two whose sex nothing tells: the last, and not sure",
    ),
    pytest.param(
        "“We must wait,” Ola Brekke said.\n\n“We will not,” said Sasha Moen.\n\n“Then go,” he said.",
        "Sasha Moen",
        False,
        id="two who may be he",
    ),
    pytest.param(
        "At five the road to Matlha is full of altos.\n\n“We don’t warm up,” she says. Ruth "
        "Amadi is the conductor.",
        "Ruth Amadi",
        False,
        id="named after the pronoun",
    ),
    pytest.param(
        "A policeman holds the gate. “Good night, mother,” he says to each of them.",
        "A policeman",
        False,
        id="somebody without a name",
    ),
    pytest.param(
        "“It stinks,” said a resident of Lilac Road.\n\n“It always has,” she added.",
        "a resident of Lilac Road",
        False,
        id="the unnamed speaker before",
    ),
    pytest.param(
        "The two ministers met on Monday.\n\n“It is agreed,” they said.", "The two ministers", True, id="they"
    ),
    pytest.param(
        "Ruth Amadi and Eskil Holm met on Monday. “We are of one mind,” they said.",
        "Ruth Amadi and Eskil Holm",
        True,
        id="they: two names",
    ),
    pytest.param(
        "Northline Ferries cancelled every crossing.\n\n“We regret it,” it said.",
        "Northline Ferries",
        True,
        id="it",
    ),
    pytest.param(
        "A typed sheet lay on the mat. “Reopen the footpath,” it said.",
        "A typed sheet",
        True,
        id="it: a document",
    ),
]

DESCRIPTIONS = [
    pytest.param(
        "Ruth Amadi, the harbour commissioner, came at noon.\n\n“It held,” the harbour commissioner said.",
        "Ruth Amadi",
    ),
    pytest.param("Ruth Amadi, 71, came at noon.\n\n“It held,” the 71-year-old said.", "Ruth Amadi", id="age"),
    pytest.param(
        "Ruth Amadi, a mother of three, came at noon.\n\n“It held,” the mother of three said.",
        "Ruth Amadi",
        id="of",
    ),
    pytest.param(
        "Striker Goran Pell scored twice.\n\n“It was luck,” the striker said.", "Goran Pell", id="title"
    ),
    pytest.param(
        "Mayor Ruth Amadi and Councillor Tom Okafor came.\n\n“It held,” the mayor said.",
        "Ruth Amadi",
        id="of two",
    ),
    pytest.param(
        "“It held,” the chief pilot said.\n\nRuth Amadi, the chief pilot, is 61.",
        "Ruth Amadi",
        id="named later",
    ),
    pytest.param(
        "Northline Ferries cancelled every crossing.\n\n“We regret it,” the company said.",
        "Northline Ferries",
        id="body",
    ),
    pytest.param(
        "The Harbour Safety Agency shut the pier.\n\n“It may fall,” the agency said.",
        "Harbour Safety Agency",
        id="agency",
    ),
    pytest.param(
        "“I heard it twice,” said the caretaker, whose name is Norris Blewitt.", "Norris Blewitt", id="whose"
    ),
]


@pytest.mark.parametrize(("text", "speakers"), CHAINS)
def test_a_chain_keeps_its_speaker(text: str, speakers: list[str]) -> None:
    assert [item.attribution.speaker for item in read_quotations(text)] == speakers


@pytest.mark.parametrize(("text", "speakers"), TURNS)
def test_two_in_turn_are_told_apart_and_not_sure(text: str, speakers: list[str]) -> None:
    read = [item.attribution for item in read_quotations(text)]
    assert [attribution.speaker for attribution in read] == speakers
    assert [attribution.how for attribution in read[2:]] == [How.IMPLICIT] * 2
    assert not any(attribution.sure for attribution in read[2:])
    assert "it is the turn of" in read[2].reason


@pytest.mark.parametrize(("text", "speaker", "sure"), PRONOUNS)
def test_a_pronoun(text: str, speaker: str, sure: bool) -> None:
    attribution = read_quotations(text)[-1].attribution
    assert (attribution.speaker, attribution.how, attribution.sure) == (speaker, How.PRONOUN, sure)


@pytest.mark.parametrize(("text", "speaker"), DESCRIPTIONS)
def test_a_description_is_the_person_who_bears_it(text: str, speaker: str) -> None:
    attribution = read_quotations(text)[-1].attribution
    assert (attribution.speaker, attribution.how) == (speaker, How.DESCRIPTIVE)


def test_a_description_that_may_be_somebody_named_is_not_sure() -> None:
    text = (
        "Rafael Strand spoke in Hallam on Monday.\n\n“There are two bridges,” the former envoy "
        "told the chamber."
    )
    attribution = read_quotations(text)[0].attribution
    assert (attribution.speaker, attribution.sure) == ("the former envoy", False)


def test_a_clerk_and_then_the_clerk_are_nobody_with_a_name() -> None:
    text = (
        "“I saw it,” said Ruth Amadi. A toll collector wrote down the plate.\n\n“It was like "
        "being handed a fish,” "
        "the toll collector said."
    )
    assert read_quotations(text)[1].attribution.speaker == "the toll collector"
