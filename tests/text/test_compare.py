"""Words of a quotation against a source text: where they stand, and what differs."""

from typing import Any

import pytest

from articles.text.compare import Comparison, DiffPart, Grade, Passage, Policy, compare, fingerprint

SPEECH = (
    "Madam chair, thank you. We will not rebuild the old harbour wall this year, because it is too dear. "
    "Um, the engineers, you know, told us so in March. I asked them twice! Is it safe? It is not, and nobody "
    "should walk there. The council’s own report says “do not enter”. We’ll need nine million crowns — "
    "perhaps ten — and the port can pay $5.5 million of it. So I ask the Council to vote in May."
)

GRADES: dict[str, tuple[str | list[str], Grade]] = {
    "the same": ("We will not rebuild the old harbour wall this year", Grade.IDENTICAL),
    "with the source's own full stop": ("nobody should walk there.", Grade.IDENTICAL),
    "one word": ("engineers", Grade.IDENTICAL),
    "over a sentence end": ("told us so in March. I asked them twice!", Grade.IDENTICAL),
    "segments apart": (["We will not rebuild", "nobody should walk there"], Grade.IDENTICAL),
    "straight marks": ("The council's own report says 'do not enter'", Grade.TYPOGRAPHIC),
    "other dashes": ("nine million crowns - perhaps ten -- and", Grade.TYPOGRAPHIC),
    "other spaces": ("We\u00a0will  not\nrebuild", Grade.TYPOGRAPHIC),
    "marks around a word gone": ("own report says do not enter", Grade.TYPOGRAPHIC),
    "comma for a full stop": ("nobody should walk there,", Grade.PERMITTED),
    "full stop for a comma": ("We will not rebuild the old harbour wall this year.", Grade.PERMITTED),
    "comma for an exclamation mark": ("I asked them twice,", Grade.PERMITTED),
    "statement for a question": ("Is it safe.", Grade.ALTERED),
    "question for a statement": ("nobody should walk there?", Grade.ALTERED),
    "exclamation for a statement": ("nobody should walk there!", Grade.ALTERED),
    "capital at the start": ("Nobody should walk there", Grade.PERMITTED),
    "small letter at the start": ("we will not rebuild", Grade.PERMITTED),
    "small letter inside": ("So I ask the council to vote", Grade.ALTERED),
    "insertion in brackets": (
        "We will not rebuild the old harbour wall [at Hale] this year",
        Grade.PERMITTED,
    ),
    "a name for a pronoun": ("[The wall] is not, and nobody should walk there", Grade.PERMITTED),
    "sic": ("told us so [sic] in March", Grade.PERMITTED),
    "letter in brackets": ("[N]obody should walk there", Grade.PERMITTED),
    "ending in brackets": ("the port can pay[ing] $5.5 million", Grade.PERMITTED),
    "brackets that hide a not": ("We will [surely] rebuild the old harbour wall", Grade.ALTERED),
    "ellipsis": ("We will not rebuild the old harbour wall … because it is too dear", Grade.PERMITTED),
    "three stops": ("I asked them twice! ... nobody should walk there", Grade.PERMITTED),
    "ellipsis in brackets": ("We’ll need nine million crowns [...] and the port can pay", Grade.PERMITTED),
    "ellipsis at the ends": ("… nobody should walk …", Grade.PERMITTED),
    "ellipsis that hides a not": ("We will … rebuild the old harbour wall", Grade.ALTERED),
    "filler left out": ("the engineers told us so in March", Grade.ALTERED),
    "not added": ("the port can not pay $5.5 million", Grade.ALTERED),
    "not left out": ("We will rebuild the old harbour wall", Grade.ALTERED),
    "a word changed": ("We will not repair the old harbour wall", Grade.ALTERED),
    "an apostrophe gone": ("Well need nine million crowns", Grade.ALTERED),
    "another number": ("the port can pay $55 million", Grade.ALTERED),
    "the currency gone": ("the port can pay 5.5 million of it", Grade.ALTERED),
    "words taken from elsewhere": ("because it is too dear We will not rebuild", Grade.ALTERED),
    "a not put in in brackets": ("the port can [not] pay $5.5 million", Grade.ALTERED),
    "a not under brackets": ("It [surely] is, and nobody should walk there", Grade.ALTERED),
    "a nobody under brackets at the start": ("[Everybody] should walk there", Grade.ALTERED),
    "ellipsis over a torn not and a sentence": ("It is … enter”. We’ll need nine million", Grade.ALTERED),
    "ellipsis over whole sentences": ("I asked them twice! … The council’s own report", Grade.PERMITTED),
    "points for commas in a number": ("pay $5,5 million of it", Grade.ALTERED),
    "words exchanged": ("the harbour old wall this year", Grade.ALTERED),
    "a comma gone": ("It is not and nobody should walk there", Grade.ALTERED),
    "segments in another order": (["nobody should walk there", "We will not rebuild"], Grade.ALTERED),
    "half of it made up": (["We will not rebuild the old harbour wall", "and I resign"], Grade.ALTERED),
    "a part of a word": ("the engine told us so in March", Grade.ALTERED),
    "summary": ("Repairs are off the table for now, the mayor thinks", Grade.ABSENT),
    "words from all over": ("May walk chair dear ten report", Grade.ABSENT),
    "a part of one word": ("engine", Grade.ABSENT),
    "no words": ("…", Grade.ABSENT),
    "nothing": ("", Grade.ABSENT),
}

# How a source text may be broken without a word of it being different.
BROKEN = {
    "line ends": "We will not rebuild\nthe old harbour\r\n   wall this year",
    "hyphen at a line end": "We will not re-\nbuild the old har-\n  bour wall this year",
    "soft hyphens": "We will not re\u00adbuild the old har\u00adbour wall this year",
    "invisible spaces": "We will not re\u200bbuild the\ufeff old harbour wall this year",
    "notes": "We will not rebuild[3] the old harbour wall\u00b9\u00b2 this year",
    "raised notes": "We will not rebuild the old harbour wall<sup>4</sup> this year",
    "entities": "We will not rebuild the old harbour wall&nbsp;this&#32;year",
    "markup": '<p>We will <em>not</em> re<b>build</b> the <a href="/">old harbour</a><br>wall this year</p>',
    "Markdown": "We will **not** rebuild the _old harbour_ wall this year",
    "reply marks": "> We will not rebuild\n> the old harbour\n>> wall this year",
    "time codes": "We will not rebuild [00:12:03] the old harbour wall (01:14) this year",
    "capitals": "WE WILL NOT REBUILD THE OLD HARBOUR WALL THIS YEAR",
    "a link in a raised note": (
        "We will not rebuild<sup><a href='#4'>4</a></sup> the old harbour wall this year"
    ),
    "a comment": "We will not <!-- ad --><b class=x hidden>rebuild</b> the old harbour wall this year",
    "captions": (
        "We will not rebuild\n\n2\n00:00:04.000 --> 00:00:07.500 align:start\nthe old harbour wall this year"
    ),
    "numbers of pages": (
        "We will not rebuild the old\n\n- 14 -\n\nharbour\nPage 15 of 20\nwall this\n16\n\fyear"
    ),
    "entities that nobody sees": "We will not re&shy;build the old har&#8203;bour wall this year",
    "wide letters": "\uff37\uff45 will not rebuild the old harbour wall this year",
}


@pytest.mark.parametrize(("quotation", "grade"), GRADES.values(), ids=GRADES)
def test_grades(quotation: str | list[str], grade: Grade) -> None:
    found = compare(quotation, SPEECH)
    assert found.grade == grade, found.sentence
    assert found.sentence.startswith("The words")
    assert found.sentence.endswith(".")
    assert bool(found.spans) == (grade != Grade.ABSENT)


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_words_are_found_however_the_source_is_broken(source: str) -> None:
    around = f"Thank you. {source}, she said."
    found = compare("We will not rebuild the old harbour wall this year", around)
    assert found.grade == Grade.TYPOGRAPHIC, found.sentence
    assert found.spans[0].of(around).endswith(("year", "YEAR"))


BOTH = {
    "composed letters": ("the café closes", "the cafe\u0301 closes", Grade.TYPOGRAPHIC),
    "hyphen of a compound at a line end": ("a well-known cause", "a well-\nknown cause", Grade.TYPOGRAPHIC),
    "compound without its hyphen": ("a well known cause", "a well-known cause", Grade.ALTERED),
    "short forms": ("the U.S. fleet", "the US fleet", Grade.TYPOGRAPHIC),
    "a square": ("nine m² of wall", "nine m of wall", Grade.ALTERED),
    "a number that is no note": ("see (3) and", "see and", Grade.ALTERED),
    "ligatures": ("the final office", "the \ufb01nal o\ufb03ce", Grade.TYPOGRAPHIC),
    "letters that only look alike": ("down to the c\u043east", "down to the coast", Grade.ALTERED),
    "no spaces between words": ("明日は", "彼は「明日は晴れる」と言った。", Grade.IDENTICAL),
    "a change without spaces": ("明日も晴れる", "彼は「明日は晴れる」と言った。", Grade.ALTERED),
    "German": ("Wir bauen die Mauer", "Er sagte: „Wir bauen die Mauer nicht.“", Grade.IDENTICAL),
    "a capital that takes two letters": (
        "\u0130zmir is far",
        "she said: \u0130zmir is far away",
        Grade.IDENTICAL,
    ),
}


@pytest.mark.parametrize(("quotation", "passage", "grade"), BOTH.values(), ids=BOTH)
def test_both_texts(quotation: str, passage: str, grade: Grade) -> None:
    assert compare(quotation, passage).grade == grade


POLICIES: dict[str, tuple[str, dict[str, Any], Grade]] = {
    "closing punctuation refused": (
        "nobody should walk there,",
        {"closing_punctuation": False},
        Grade.ALTERED,
    ),
    "brackets refused": ("told us so [sic] in March", {"bracketed_insertion": False}, Grade.ALTERED),
    "ellipsis refused": ("Madam chair … We will not", {"ellipsis": False}, Grade.ALTERED),
    "capital refused": ("Nobody should walk there", {"capital": False}, Grade.ALTERED),
    "filler allowed": ("the engineers, told us so in March", {"filler": True}, Grade.PERMITTED),
    "filler allowed, but a word is missing": ("the, told us so in March", {"filler": True}, Grade.ALTERED),
    "punctuation allowed": ("It is not and nobody should", {"punctuation": True}, Grade.PERMITTED),
    "punctuation allowed, but a word is missing": ("It is and nobody", {"punctuation": True}, Grade.ALTERED),
}


@pytest.mark.parametrize(("quotation", "policy", "grade"), POLICIES.values(), ids=POLICIES)
def test_policies(quotation: str, policy: dict[str, Any], grade: Grade) -> None:
    assert compare(quotation, SPEECH, policy=Policy(**policy)).grade == grade


def test_the_difference_is_told() -> None:
    found = compare("We will surely rebuild the old wall this year", SPEECH)
    assert found.diff == (
        DiffPart("equal", "We will", "We will"),
        DiffPart("replace", "not", "surely"),
        DiffPart("equal", "rebuild the old", "rebuild the old"),
        DiffPart("delete", "harbour", ""),
        DiffPart("equal", "wall this year", "wall this year"),
    )
    assert "“not” became “surely”; “harbour” was left out" in found.sentence


NAMED = {
    "added": ("We will surely not rebuild the old wall", "“surely” was added"),
    "left out": ("We will not rebuild the old wall this year", "“harbour” was left out"),
    "replaced": ("We will not rebuild the young harbour wall", "“old” became “young”"),
    "exchanged": ("We will not rebuild the harbour old wall", "“harbour” was put in another order"),
    "moved": ("in May So I ask the Council to vote", "“in May” was put in another order"),
    "closing punctuation": ("nobody should walk there,", "the closing punctuation was changed"),
    "insertion": ("We will not rebuild [it] the old harbour wall", "“[it]” was put in in brackets"),
    "turned round": ("the port can [never] pay", "“[never]” turns the meaning round"),
    "ellipsis": ("So I ask … to vote in May", "words were left out at the ellipsis"),
    "hidden": ("We will … rebuild the old harbour wall", "the ellipsis hides “not”"),
}


@pytest.mark.parametrize(("quotation", "words"), NAMED.values(), ids=NAMED)
def test_each_difference_is_named(quotation: str, words: str) -> None:
    assert words in compare(quotation, SPEECH).notes


def test_filler_is_named() -> None:
    found = compare("the engineers, told us so", SPEECH, policy=Policy(filler=True))
    assert found.notes == ("“you know” was left out",)


def test_what_nobody_said_may_go() -> None:
    found = compare("We will not rebuild the wall", "We will not [applause] rebuild (laughter) the wall.")
    assert (found.grade, len(found.notes)) == (Grade.PERMITTED, 2)
    assert compare("There was in the hall", "There was laughter in the hall").grade == Grade.ALTERED


def test_the_place_is_told() -> None:
    found = compare(["We will not rebuild", "it is too dear."], SPEECH)
    assert [span.of(SPEECH) for span in found.spans] == ["We will not rebuild", "it is too dear."]


def test_segments_are_found_close_together() -> None:
    passage = "Yes. I came late. No, no. I came home. Yes, I did."
    spans = compare(["I came", "Yes"], passage).spans
    assert [span.start for span in spans] == [passage.rindex("I came"), passage.rindex("Yes")]


def test_the_best_place_of_an_altered_quotation() -> None:
    passage = "We will see. " * 20 + "We will not see the wall again. " + "We will see. " * 20
    found = compare("We will see the wall again", passage)
    assert found.grade == Grade.ALTERED
    assert found.spans[0].of(passage) == "We will not see the wall again"


def test_a_passage_made_once_gives_the_same() -> None:
    source = Passage(SPEECH)
    assert all(compare(words, source) == compare(words, SPEECH) for words, _ in GRADES.values())


def test_every_grade_has_its_sentence() -> None:
    assert len({Comparison(grade, notes=("note",)).sentence for grade in Grade}) == len(Grade)


SAME = {
    "marks": (["We’ll “go” — now"], ["We'll 'go' - now"]),
    "spaces": (["We will  go"], ["We will\ngo"]),
    "closing comma": (["We will go,"], ["We will go."]),
    "first letter": (["We will go"], ["we will go"]),
    "comma before the attribution": (["We will go,", "not stay."], ["We will go", "not stay"]),
}
DIFFERENT = {
    "a word": (["We will go"], ["We will not go"]),
    "a capital inside": (["We ask the Council"], ["We ask the council"]),
    "a comma inside": (["Eat, Grandma"], ["Eat Grandma"]),
    "a question": (["We will go?"], ["We will go."]),
    "an apostrophe": (["We'll go"], ["Well go"]),
    "a number": (["1.5"], ["15"]),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_fingerprints_that_are_equal(one: list[str], other: list[str]) -> None:
    assert fingerprint(one) == fingerprint(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_fingerprints_that_differ(one: list[str], other: list[str]) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_no_words_have_no_fingerprint() -> None:
    assert fingerprint([]) == fingerprint(["", " … "]) == ""
