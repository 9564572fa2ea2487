"""Speakers who are several, have no name, speak for others, through others, or on the networks."""

import pytest

from articles.text.attribution import How, read_quotations

COLLECTIVE = [
    pytest.param("“We have nothing to add,” the two ministers said.", "the two ministers", id="ministers"),
    pytest.param(
        "“We are of one mind,” Amadi and Holm said in a joint statement.", "Amadi and Holm", id="surnames"
    ),
    pytest.param(
        "“We are of one mind,” Ruth Amadi and Eskil Holm said.", "Ruth Amadi and Eskil Holm", id="full names"
    ),
    pytest.param(
        "“We are of one mind,” said Ruth Amadi and Eskil Holm.", "Ruth Amadi and Eskil Holm", id="inverted"
    ),
    pytest.param("“We saw nothing,” three former pilots said.", "three former pilots", id="counted"),
    pytest.param("“It stinks,” residents told the council.", "residents", id="bare"),
    pytest.param("The parents wrote: “Our children deserve a roof.”", "The parents", id="before"),
    pytest.param("“She is gone,” both sisters said.", "both sisters", id="both"),
    pytest.param(
        "‘Hear, hear,’ said several members of both parties.",
        "several members of both parties",
        id="of parties",
    ),
]

UNNAMED = [
    pytest.param("“It is a mess,” a senior official said.", "a senior official"),
    pytest.param(
        "“It is a mess,” said a person familiar with the talks.", "a person familiar with the talks"
    ),
    pytest.param("“It is a mess,” one diplomat said on condition of anonymity.", "one diplomat"),
    pytest.param("“It is a mess,” an official briefed on the plan said.", "an official briefed on the plan"),
    pytest.param(
        "“It is a mess,” said a port worker who asked not to be named.",
        "a port worker who asked not to be named",
    ),
    pytest.param(
        "“It is a mess,” said a woman who gave her name only as Marta.",
        "a woman who gave her name only as Marta",
    ),
    pytest.param("“It is a mess,” said one of the diplomats.", "one of the diplomats"),
    pytest.param("“It is a mess,” said a member of the present cabinet.", "a member of the present cabinet"),
]

SPOKESPERSONS = [
    pytest.param("“She will not resign,” a spokesman for Amadi said.", "a spokesman for Amadi"),
    pytest.param("“It is shut,” said Dagny Sollie, a spokeswoman for the port.", "Dagny Sollie"),
    pytest.param("“It is shut,” said the port's spokeswoman, Dagny Sollie.", "Dagny Sollie"),
    pytest.param(
        "“It is shut,” said a spokesperson for the Harbour Safety Agency.",
        "a spokesperson for the Harbour Safety Agency",
    ),
    pytest.param("“She will not resign,” Amadi's spokeswoman said.", "Amadi's spokeswoman"),
    pytest.param("“She will not resign,” Amadi's lawyer, Lene Dahl, said.", "Lene Dahl"),
    pytest.param("Speaking for Amadi, Lene Dahl said: “She will not resign.”", "Lene Dahl"),
    pytest.param("Through her lawyer, Ana Holm said: “I did nothing wrong.”", "Ana Holm"),
    pytest.param("A spokesman for Amadi, Casimir Lott, declined. “No,” Lott said.", "Casimir Lott"),
]

TIME_AND_PLACE = [
    pytest.param("“It held,” Ruth Amadi said Tuesday at a rally in Ostra."),
    pytest.param("“It held,” Ruth Amadi told the Ostra News Agency."),
    pytest.param("“It held,” said Ruth Amadi late on Monday outside the court in Holmsund."),
    pytest.param("On Tuesday in Ostra, Ruth Amadi told reporters: “It held.”"),
    pytest.param("“It held,” Ruth Amadi told Eva Stone of the Ostra Gazette."),
    pytest.param("“It held,” Ruth Amadi told Harbour Radio on Wednesday morning."),
    pytest.param("“It held,” Ruth Amadi said in an interview with Eva Stone on Friday."),
]

POSTS = [
    pytest.param("“The pier is open again,” Ruth Amadi tweeted."),
    pytest.param("“The pier is open again,” Ruth Amadi wrote on Facebook."),
    pytest.param("“The pier is open again,” Ruth Amadi posted on X on Monday."),
    pytest.param("In a post on Mastodon, Ruth Amadi wrote: “The pier is open again.”"),
    pytest.param("“The pier is open again.”\n\n— Ruth Amadi (@ramadi) March 3, 2021"),
    pytest.param("Ruth Amadi took to Twitter: “The pier is open again.”"),
]

TRANSLATED = [
    pytest.param("“We slept in the cellar,” Ruth Amadi said through an interpreter."),
    pytest.param("“We slept in the cellar,” Ruth Amadi said in Polish."),
    pytest.param("Speaking through an interpreter, Ruth Amadi said: “We slept in the cellar.”"),
    pytest.param("“We slept in the cellar,” said Ruth Amadi in Igbo, her niece translating."),
    pytest.param("Ruth Amadi told the court via a translator that she had “slept in the cellar”."),
    pytest.param("„Wir haben im Keller geschlafen“, said Ruth Amadi in German."),
]

# Talk inside a quotation belongs to whoever recalls it.
RECALLED = [
    pytest.param("“He told me ‘never again’ and he meant it,” Ruth Amadi said."),
    pytest.param("“I said, ‘Dad, the boat is gone.’ He said, ‘Then we swim,’” Ruth Amadi recalled."),
    pytest.param("“‘Is it deep?’ I asked. ‘Deep enough,’ he said,” Ruth Amadi recalled."),
    pytest.param("Ruth Amadi remembered: “My mother said, ‘Take the small one,’ and I did.”"),
    pytest.param("“The skipper said, ‘Jump.’ So we jumped,” said Ruth Amadi, who was nine."),
]

# By what a speaker was found.
HOW = [
    pytest.param("“It held,” said Ruth Amadi.", How.NAMED),
    pytest.param("“It held,” said Ruth Amadi. “It will hold,” she added.", How.PRONOUN),
    pytest.param("“It held,” a senior official said.", How.DESCRIPTIVE),
    pytest.param(
        "“It held,” said Ruth Amadi.\n\n“It will hold for a hundred years, if you ask me.”", How.IMPLICIT
    ),
    pytest.param("“It held,” Northline Ferries said.", How.ORG),
    pytest.param("The “smart” bins were emptied on Monday.", How.NONE),
]


@pytest.mark.parametrize(("text", "speaker"), COLLECTIVE)
def test_several_who_speak_as_one(text: str, speaker: str) -> None:
    attribution = read_quotations(text)[0].attribution
    assert (attribution.speaker, attribution.speaker_kind) == (speaker, "collective")


@pytest.mark.parametrize(("text", "speaker"), UNNAMED)
def test_somebody_without_a_name(text: str, speaker: str) -> None:
    attribution = read_quotations(text)[0].attribution
    assert (attribution.speaker, attribution.speaker_kind) == (speaker, "unnamed")


@pytest.mark.parametrize(("text", "speaker"), SPOKESPERSONS)
def test_who_speaks_for_somebody(text: str, speaker: str) -> None:
    assert read_quotations(text)[-1].attribution.speaker == speaker


@pytest.mark.parametrize("text", [*TIME_AND_PLACE, *POSTS, *TRANSLATED, *RECALLED])
def test_what_stands_around_the_attribution_changes_nobody(text: str) -> None:
    attribution = read_quotations(text)[0].attribution
    assert (attribution.speaker, attribution.how) == ("Ruth Amadi", How.NAMED)


@pytest.mark.parametrize(("text", "how"), HOW)
def test_how_the_speaker_was_found(text: str, how: How) -> None:
    assert read_quotations(text)[-1].attribution.how is how


def test_two_who_are_no_subject_do_not_speak_together() -> None:
    (item,) = read_quotations("After a talk between Amadi and Holm, Ruth Berg said: “It is over.”")
    assert item.attribution.speaker == "Ruth Berg"
