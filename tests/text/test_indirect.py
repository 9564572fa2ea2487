"""Reported speech without marks, found on request."""

import pytest

from articles.text.attribution import AttributedQuotation, read_quotations
from articles.text.quotations import Kind
from articles.text.reporting import Use, load_reporting

AMADI = "Ruth Amadi"
HOLD = "the pier would hold"
SHORT = "The pier would hold"
SPLIT = "The pier … would hold"
BEFORE = "The pier would hold until spring"

# form, text, the words reported (“ … ” between two parts), who says so
REPORTS = [
    ("that", "Ruth Amadi said that the pier would hold.", HOLD, AMADI),
    ("that", "Ruth Amadi reiterated that the pier would hold.", HOLD, AMADI),
    ("that", "Ruth Amadi confirmed on Tuesday that the pier would hold.", HOLD, AMADI),
    ("that", "Ruth Amadi said, after the vote, that the pier would hold.", HOLD, AMADI),
    ("that", "Ruth Amadi said in a letter seen by the Echo that the pier would hold.", HOLD, AMADI),
    ("that", "Ruth Amadi pointed out that the pier was old.", "the pier was old", AMADI),
    ("that", "Ruth Amadi went on to say that the pier would hold.", HOLD, AMADI),
    ("bare", "Ruth Amadi said the pier would hold until spring.", "the pier would hold until spring", AMADI),
    ("bare", "Asked about the pier, Ruth Amadi said it would hold.", "it would hold", AMADI),
    ("bare", "When the storm came, Ruth Amadi said the pier would hold.", HOLD, AMADI),
    ("bare", "In a letter to the council, Ruth Amadi said the pier would hold.", HOLD, AMADI),
    ("bare", "Ruth Amadi's brother, Owen Pryce, said he would sue.", "he would sue", "Owen Pryce"),
    ("colon", "Ruth Amadi said: The pier will hold.", "The pier will hold", AMADI),
    ("told", "Ruth Amadi told the council on Monday that the pier held.", "the pier held", AMADI),
    ("told", "Ruth Amadi told councillors the pier would hold.", HOLD, AMADI),
    ("told", "Ruth Amadi told a crowd on the quay the pier would hold.", HOLD, AMADI),
    ("told", "Ruth Amadi told the Kelder Press Agency that the pier would hold.", HOLD, AMADI),
    ("told", "Ruth Amadi warned the council that the pier was rotten.", "the pier was rotten", AMADI),
    ("told by", "We were told by Jan Holm that the pier was old.", "the pier was old", "Jan Holm"),
    ("told by", "The council was told four years ago that it leaked.", "it leaked", ""),
    ("asked", "Holm has been asked by the police where he sleeps.", "where he sleeps", "the police"),
    ("told by", "The council was told that the pier was rotten.", "the pier was rotten", ""),
    ("before", "The pier would hold until spring, Ruth Amadi said.", BEFORE, AMADI),
    ("before", "The pier would hold until spring, the minister added.", BEFORE, "the minister"),
    ("before", "The pier would hold until spring, Ruth Amadi told the council.", BEFORE, AMADI),
    ("before", "The pier would hold until spring, she believes.", BEFORE, ""),
    ("before", "In winter the pier was shut, Ruth Amadi said.", "In winter the pier was shut", AMADI),
    ("inverted", "The pier would hold until spring, said Ruth Amadi, its pilot.", BEFORE, AMADI),
    ("inverted", "The pier, said Ruth Amadi, would hold.", SPLIT, AMADI),
    ("inserted", "The pier, Ruth Amadi said, would hold.", SPLIT, AMADI),
    (
        "inserted",
        "The pier would hold, Ruth Amadi said, and the ferry would sail.",
        f"{SHORT} … the ferry would sail",
        AMADI,
    ),
    ("inserted", "It was, Ruth Amadi said, the worst winter.", "It was … the worst winter", AMADI),
    ("inserted", "It closed because, she says, nobody came.", "nobody came", ""),
    ("inserted", "It rains; the pier would hold, Ruth Amadi said.", "the pier would hold", AMADI),
    ("according", "According to Ruth Amadi, the pier would hold.", HOLD, AMADI),
    ("according", "The pier would hold, according to Ruth Amadi.", SHORT, AMADI),
    ("according", "The pier, according to Ruth Amadi, would hold.", SPLIT, AMADI),
    ("according", "According to Ruth Amadi, the harbour commissioner, the pier would hold.", HOLD, AMADI),
    ("according", "It is sad and according to the ushers a few weep.", "a few weep", "the ushers"),
    ("view", "In Ruth Amadi's view, the pier would hold.", HOLD, AMADI),
    ("view", "In the view of Ruth Amadi, the pier would hold.", HOLD, AMADI),
    ("view", "The pier would hold, in her opinion.", "The pier would hold", ""),
    ("denied", "Ruth Amadi denied having seen the letter.", "having seen the letter", AMADI),
    ("denied", "Ruth Amadi denied that she had seen it.", "she had seen it", AMADI),
    ("denied", "Ruth Amadi admitted taking the keys.", "taking the keys", AMADI),
    ("urged", "Ruth Amadi urged the council to close the pier.", "close the pier", AMADI),
    ("urged", "Ruth Amadi called on the council to close the pier.", "close the pier", AMADI),
    ("urged", "Ruth Amadi warned drivers not to cross the bridge.", "not to cross the bridge", AMADI),
    ("promised", "Ruth Amadi promised to mend the pier.", "mend the pier", AMADI),
    ("promised", "Ruth Amadi threatened to close the pier.", "close the pier", AMADI),
    ("asked", "Ruth Amadi asked whether the pier would hold.", "whether the pier would hold", AMADI),
    ("asked", "Ruth Amadi explained how the pier had sunk.", "how the pier had sunk", AMADI),
    ("asked", "Ruth Amadi wrote last week to ask whether he knew.", "whether he knew", AMADI),
    ("asked", "Asked by a reporter whether he knew, Holm smiled.", "whether he knew", "a reporter"),
    ("spokesman", "A spokesman for the Harbour Trust said the pier would hold.", HOLD,
     "A spokesman for the Harbour Trust"),
    ("spokesman", "A man in a nurse's tunic said the pier would hold.", HOLD, "A man in a nurse's tunic"),
    ("body", "The Harbour Trust announced that the pier was shut.", "the pier was shut", "Harbour Trust"),
    ("body", "The council said it would pay for the pier.", "it would pay for the pier", "The council"),
    ("collective", "Residents say the pier is rotten.", "the pier is rotten", "Residents"),
    ("collective", "Each insists that the pier is theirs.", "the pier is theirs", "Each"),
    ("unlisted", "The harbourmistress said that the pier would hold.", HOLD, "The harbourmistress"),
    ("unlisted", "The ringer of the old bells said that the pier would hold.", HOLD,
     "The ringer of the old bells"),
    ("participle", "Ruth Amadi left the hall, saying that the pier would hold.", HOLD, AMADI),
    ("participle", "Ruth Amadi declined to give a date, saying only that the pier would hold.", HOLD, AMADI),
    ("report", "A report by the Harbour Trust found that the pier was rotten.", "the pier was rotten",
     "Harbour Trust"),
    ("report", "The inquiry concluded that nobody was to blame.", "nobody was to blame", "The inquiry"),
    ("phrase", "Ruth Amadi was adamant that the pier would hold.", HOLD, AMADI),
    ("phrase", "Ruth Amadi made clear that the pier would close.", "the pier would close", AMADI),
    ("phrase", "Ruth Amadi issued a warning that the pier would close.", "the pier would close", AMADI),
    ("relative", "Ruth Amadi, who said the pier would hold, has resigned.", HOLD, AMADI),
    ("aside", "Ruth Amadi said the pier would hold, which he doubts.", HOLD, AMADI),
    ("aside", "Ruth Amadi said the pier would hold but would not say how.", HOLD, AMADI),
    ("inside", "Ruth Amadi said that the council knew that the pier was old.",
     "the council knew that the pier was old", AMADI),
]  # fmt: skip

SEVERAL = [
    (
        "Ruth Amadi said the pier would hold and added that the ferry would sail.",
        [HOLD, "the ferry would sail"],
    ),
    ("Ruth Amadi said the pier would hold, but Jan Holm said it was rotten.", [HOLD, "it was rotten"]),
    ("Ruth Amadi said the pier would hold, adding that nobody was at risk.", [HOLD, "nobody was at risk"]),
]

NONE = [
    "Ruth Amadi walked the pier.",
    "The pier held.",
    "Ruth Amadi was asked to go.",
    "Ruth Amadi said yes.",
    "Ruth Amadi said nothing about the pier.",
    "Ruth Amadi told reporters on Tuesday.",
    "Ruth Amadi spoke to reporters on the quay.",
    "The pier is said to be haunted.",
    "Ruth Amadi did not say whether the pier would hold.",
    "Ruth Amadi declined to say whether the pier would hold.",
    "Nobody said that the pier was safe.",
    "Ruth Amadi is expected to say that the pier will close.",
    "Ruth Amadi believed the pier would hold.",
    "Ruth Amadi found that her keys were gone.",
    "Ruth Amadi told a long story.",
    "Ruth Amadi added salt to the soup.",
    "Ruth Amadi asked for water.",
    "Ruth Amadi explained the plan to the council.",
    "Ruth Amadi agreed to pay.",
    "Her claim was rejected on Monday.",
    "Ruth Amadi stood in view of the harbour.",
    "Ruth Amadi received a warning that the pier would close.",
    "The pier did what Ruth Amadi said it would.",
    "Of the forty, Ruth Amadi expects ten to come.",
    "Ruth Amadi asked every witness the same thing: what was lost.",
    "Ruth Amadi could tell by touch who had made a net.",
    "Ruth Amadi pleaded guilty to 141 counts.",
    "Ruth Amadi announced a lamp that lasts.",
    "Ruth Amadi announced a lamp that was made in Kelder.",
    "Ruth Amadi reported water in the corridor on 37 days; she has the forms.",
    "What the council was told is recorded in the minutes.",
    "A. I told them it was rotten.",
    "HOLM: Ruth Amadi said the pier would hold.",
    "Pier will hold, Ruth Amadi says",
]


def words(item: AttributedQuotation) -> str:
    return " … ".join(segment.text for segment in item.quotation.segments)


@pytest.mark.parametrize(("form", "text", "reported", "speaker"), REPORTS)
def test_reports(form: str, text: str, reported: str, speaker: str) -> None:
    (item,) = read_quotations(text, indirect=True)
    assert item.quotation.kind is Kind.INDIRECT, form
    assert words(item) == reported
    assert item.attribution.speaker == speaker
    assert not item.attribution.sure
    assert item.attribution.reason


@pytest.mark.parametrize(("text", "reported"), SEVERAL)
def test_several_in_a_sentence(text: str, reported: list[str]) -> None:
    assert [words(item) for item in read_quotations(text, indirect=True)] == reported


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_report(text: str) -> None:
    assert read_quotations(text, indirect=True) == ()


def test_a_pronoun_is_resolved() -> None:
    text = "Ruth Amadi runs the port.\n\nShe said that the pier would hold."
    (item,) = read_quotations(text, indirect=True)
    assert item.attribution.speaker == AMADI


def test_a_pronoun_means_whoever_spoke_before() -> None:
    text = (
        "Ruth Amadi and Eva Lindqvist met on Monday. “We are ready,” Amadi said.\n\n"
        "She said that the pier would hold."
    )
    assert [item.attribution.speaker for item in read_quotations(text, indirect=True)] == [AMADI, AMADI]


def test_off_unless_asked() -> None:
    assert read_quotations("Ruth Amadi said that the pier would hold.") == ()


def test_reports_change_nothing_about_quotations() -> None:
    text = (
        "Ruth Amadi and Eva Lindqvist met on Monday. Lindqvist said that the pier would hold. "
        "“It will not,” she said.\n\n“We are ready,” she added. According to Amadi, nobody was."
    )
    asked = [
        item for item in read_quotations(text, indirect=True) if item.quotation.kind is not Kind.INDIRECT
    ]
    assert asked == list(read_quotations(text))


def test_they_come_in_the_order_of_the_text() -> None:
    text = "“No,” said Ruth Amadi. Jan Holm said that the pier would hold.\n\n“It will not,” Amadi said."
    items = read_quotations(text, indirect=True)
    assert [item.quotation.kind for item in items] == [Kind.DIRECT, Kind.INDIRECT, Kind.DIRECT]


def test_a_sentence_with_marks_is_left_to_the_quotation() -> None:
    items = read_quotations("Ruth Amadi said that the pier was “safe as houses” and dry.", indirect=True)
    assert [item.quotation.kind for item in items] == [Kind.PARTIAL]


def test_a_language_without_words_for_it_has_none() -> None:
    assert not load_reporting("xx").verbs
    assert read_quotations("Ruth Amadi sagte, der Steg halte.", language="de", indirect=True) == ()


def test_a_verb_has_all_its_uses() -> None:
    assert load_reporting("en").verbs["told"] == Use.TELL | Use.ORDER | Use.ASK
