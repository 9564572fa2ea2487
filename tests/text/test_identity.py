"""Whether two names are one speaker's: a table of pairs, and what holds for all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.identity import Likeness, Verdict, compare_names, propose, weigh
from articles.text.name_forms import exact_key, near_keys, part_keys
from articles.text.speakers import KnownRole, KnownSpeaker

HARBOUR, GOAL = "Harbour Commissioner", "Goalkeeper"

CASES = [
    # name in print, its role, name on record, its role, verdict
    ("Ruth Amadi", "", "Ruth Amadi", HARBOUR, "same"),
    ("RUTH AMADI", "", "Ruth Amadi", "", "same"),
    ("Ruth  Amadi", "harbour commissioner", "Ruth Amadi", HARBOUR, "same"),
    ("Sean O'Dale", "", "Sean O’Dale", "", "same"),
    ("R. J. Amadi", "", "R J Amadi", "", "same"),
    ("Ruth Amadi", "former harbour commissioner", "Ruth Amadi", HARBOUR, "same"),
    ("Ruth Amadi", "deputy harbour commissioner", "Ruth Amadi", HARBOUR, "same"),
    ("Ruth Amadi", "goalkeeper", "Ruth Amadi", HARBOUR, "namesake"),
    ("Ruth Amadi", "harbour pilot", "Ruth Amadi", HARBOUR, "same"),
    ("R. Amadi", "harbour commissioner", "Ruth Amadi", HARBOUR, "likely"),
    ("R. Amadi", "", "Ruth Amadi", HARBOUR, "weak"),
    ("R. Amadi", "goalkeeper", "Ruth Amadi", HARBOUR, None),
    ("P. Amadi", "harbour commissioner", "Ruth Amadi", HARBOUR, None),
    ("RJ Amadi", "harbour commissioner", "Ruth Jane Amadi", HARBOUR, "likely"),
    ("Amadi", "harbour commissioner", "Ruth Amadi", HARBOUR, "likely"),
    ("Amadi", "", "Ruth Amadi", HARBOUR, "weak"),
    ("Amadi", "goalkeeper", "Ruth Amadi", HARBOUR, None),
    ("Commissioner Amadi", "harbour commissioner", "Ruth Amadi", HARBOUR, "likely"),
    ("Dr. Ruth Amadi", "", "Ruth Amadi", "", "likely"),
    ("Ruth Amadi MP", "", "Ruth Amadi", "", "likely"),
    ("Amadi, Ruth", "", "Ruth Amadi", "", "likely"),
    ("Paul Amadi", "harbour commissioner", "Ruth Amadi", HARBOUR, None),
    ("Ruth Amadi", "", "Ruth Bellweather", "", None),
    ("Ruth Adaeze Amadi", "", "Ruth Amadi", HARBOUR, "likely"),
    ("Ruth A. Amadi", "", "Ruth Adaeze Amadi", "", "likely"),
    ("Ruth B. Amadi", "", "Ruth C. Amadi", "", None),
    ("Robert Amadi", "", "J. Robert Amadi", "", "likely"),
    ("Liz Amadi", "", "Elizabeth Amadi", "", "likely"),
    ("Bob Fenwright", "baker", "Robert Fenwright", "Baker", "likely"),
    ("Bob Fenwright", "baker", "Robert Fenwright", GOAL, "namesake"),
    ("Alex Marn", "", "Alexander Marn", "", "likely"),
    ("Zoë Müller", "", "Zoe Muller", "", "likely"),
    ("Zoe Mueller", "", "Zoë Müller", "", "likely"),
    ("Bjorn Aasen", "", "Bjørn Åsen", "", "likely"),
    ("Lech Lodka", "", "Lech Łódka", "", "likely"),
    ("Ivan Petrov", "", "Иван Петров", "", "likely"),
    ("Oleh Zelenskyy", "", "Oleh Zelensky", "", "likely"),
    ("Jean-Pierre Odal", "", "Jean Pierre Odal", "", "likely"),
    ("Ali al-Rashid", "", "Ali Al Rashid", "", "likely"),
    ("Jan Vanderberg", "", "Jan van der Berg", "", "likely"),
    ("Jan Berg", "", "Jan van der Berg", "", "likely"),
    ("Sean McDale", "", "Sean MacDale", "", "likely"),
    ("Sam Davis Jr.", "", "Sam Davis Sr.", "", None),
    ("Sam Davis Jr.", "", "Sam Davis Junior", "", "likely"),
    ("Sam Davis Jr.", "", "Sam Davis", "", "namesake"),
    ("Ruth Amadi-Berg", "", "Ruth Amadi", "", "weak"),
    ("Ruth Amadi-Berg", "harbour commissioner", "Ruth Amadi", HARBOUR, "weak"),
    ("Ruth Amadi-Berg", "goalkeeper", "Ruth Amadi", HARBOUR, None),
    ("Ana Odal Marquez", "", "Ana Odal", "", "weak"),
    ("Amadi Ruth", "harbour commissioner", "Ruth Amadi", HARBOUR, "likely"),
    ("Amadi Ruth", "", "Ruth Amadi", HARBOUR, "weak"),
]


def speaker(name: str, *roles: str, **fields: object) -> KnownSpeaker:
    return KnownSpeaker(name, roles=tuple(KnownRole(role) for role in roles if role), **fields)


def body(name: str, *aliases: str) -> KnownSpeaker:
    return KnownSpeaker(name, aliases, organisation=True)


@pytest.mark.parametrize(("printed", "role", "name", "held", "verdict"), CASES)
def test_the_table(printed: str, role: str, name: str, held: str, verdict: str | None) -> None:
    one, other = speaker(printed, role), speaker(name, held)
    found, back = weigh(one, other), weigh(other, one)
    assert (found and found.verdict) == verdict
    assert (back and back.verdict) == verdict, "The verdict depends on which of the two is asked first."
    if found is not None:
        assert found.reason.startswith(f"“{printed}”")
        assert found.reason.endswith(".")


@pytest.mark.parametrize(("printed", "role", "name", "held", "verdict"), CASES)
def test_the_keys_find_every_pair_of_the_table(
    printed: str, role: str, name: str, held: str, verdict: str | None
) -> None:
    if verdict is None:
        return
    near = near_keys(printed) & near_keys(name)
    shorter = near_keys(printed) & part_keys(name)
    assert near or shorter or exact_key(printed) == exact_key(name)


BODIES = [
    (body("The Harbour Council"), body("Harbour Council"), Likeness.SPELLING, Verdict.LIKELY),
    (body("KHC"), body("Kelder Harbour Council"), Likeness.ACRONYM, Verdict.WEAK),
    (body("KHC"), body("Kelder Harbour Council", "KHC"), Likeness.EXACT, Verdict.SAME),
    (body("Harbour Council"), body("Kelder Harbour Council"), None, None),
    (body("Harbour Council"), speaker("Harbour Council"), None, None),
]


@pytest.mark.parametrize(("one", "other", "likeness", "verdict"), BODIES)
def test_bodies(one: KnownSpeaker, other: KnownSpeaker, likeness: object, verdict: object) -> None:
    found, back = weigh(one, other), weigh(other, one)
    assert (found and found.likeness, found and found.verdict) == (likeness, verdict)
    assert (back and back.verdict) == verdict


def test_the_reason_is_a_sentence_with_the_evidence() -> None:
    found = weigh(speaker("R. Amadi", "harbour commissioner"), speaker("Ruth Amadi", HARBOUR))
    assert found is not None
    assert found.reason == (
        "“R. Amadi” has the initial and surname of Ruth Amadi, and both are harbour commissioner."
    )


def test_another_name_on_record_is_as_good_as_the_name() -> None:
    (only,) = propose(speaker("R. Amadi"), [KnownSpeaker("Ruth Amadi", aliases=("R. Amadi",))])
    assert (only.verdict, only.reason) == (
        Verdict.SAME,
        "“R. Amadi” is among the other names of Ruth Amadi.",
    )


def test_two_of_one_name_are_always_asked_about_also_where_one_role_agrees() -> None:
    known = [speaker("Ruth Amadi", GOAL, key="1"), speaker("Ruth Amadi", HARBOUR, key="2")]
    found = propose(speaker("Ruth Amadi", "harbour commissioner"), known)
    assert [each.verdict for each in found] == [Verdict.NAMESAKE, Verdict.NAMESAKE, Verdict.NEW]
    assert found[0].known is known[1], "The one with the role comes first."
    assert "2 speakers on record are called “Ruth Amadi”" in found[0].reason


def test_a_shared_surname_among_other_names_makes_brothers_nobody() -> None:
    edvard = KnownSpeaker("Edvard Stane", aliases=("Stane",))
    harald = KnownSpeaker("Harald Stane", aliases=("Stane",))
    assert weigh(edvard, harald) is None
    found = propose(speaker("Stane"), [edvard, harald])
    assert [each.verdict for each in found] == [Verdict.NAMESAKE, Verdict.NAMESAKE, Verdict.NEW]


def test_the_mayor_may_be_said_of_two_mayors() -> None:
    one = KnownSpeaker("Josefa Marrowdale", aliases=("the mayor",))
    assert weigh(one, KnownSpeaker("Tomas Odal", aliases=("the mayor",))) is None


def test_a_role_that_is_over_contradicts_nothing() -> None:
    before = KnownSpeaker("Ruth Amadi", roles=(KnownRole(GOAL, held=False),))
    found = weigh(speaker("Ruth Amadi", HARBOUR), before)
    assert found is not None
    assert found.verdict is Verdict.SAME


def test_somebody_new_is_proposed_with_a_reason() -> None:
    (only,) = propose(speaker("Ruth Amadi"), [speaker("Paul Marn")])
    assert (only.verdict, only.known) == (Verdict.NEW, None)
    assert only.reason == "Nobody on record has a name like “Ruth Amadi”."


def test_of_two_as_likely_the_one_quoted_more_comes_first() -> None:
    known = [speaker("Rosa Amadi", quotes=2), speaker("Ruth Amadi", quotes=9)]
    assert propose(speaker("R. Amadi"), known)[0].known is known[1]


GIVEN = st.sampled_from(["Ruth", "R.", "Liz", "Elizabeth", "Zoë", "J. Robert", "Jean-Pierre", "Иван", ""])
SURNAMES = st.sampled_from(["Amadi", "Amadi-Berg", "van der Berg", "Müller", "Mueller", "Dale Jr.", "O’Dale"])
NAMES = st.builds(lambda given, family: f"{given} {family}".strip(), GIVEN, SURNAMES)
ROLES = st.sampled_from(["", HARBOUR, "Former harbour commissioner", GOAL, "Mayor of Kelder"])
SPEAKERS = st.builds(speaker, NAMES, ROLES, quotes=st.integers(0, 9))


@given(SPEAKERS, SPEAKERS)
def test_the_verdict_is_mutual(one: KnownSpeaker, other: KnownSpeaker) -> None:
    found, back = weigh(one, other), weigh(other, one)
    assert (found and (found.verdict, found.likeness)) == (back and (back.verdict, back.likeness))


@given(NAMES)
def test_everybody_has_their_own_name(name: str) -> None:
    assert compare_names(name, name) is Likeness.EXACT


@given(SPEAKERS, st.lists(SPEAKERS, max_size=6))
def test_exact_comes_before_likely_and_only_one_exact_match_is_no_question(
    seen: KnownSpeaker, known: list[KnownSpeaker]
) -> None:
    found = propose(seen, known)
    order = [list(Verdict).index(each.verdict) for each in found]
    assert order == sorted(order)
    exact = [each for each in known if exact_key(each.name) == exact_key(seen.name)]
    assert (found[-1].verdict is Verdict.NEW) == (found[0].verdict is not Verdict.SAME)
    if found[0].verdict is Verdict.SAME:
        assert [each.known for each in found] == exact
    assert all(each.verdict is not Verdict.SAME for each in found) or len(exact) == 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_is_too_strange_for_a_name(one: str, other: str) -> None:
    weigh(speaker(one), speaker(other))
    assert all(len(key) <= 160 for key in near_keys(one) | part_keys(one) | {exact_key(one)})
