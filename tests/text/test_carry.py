"""Records follow their words through every edit of a text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.carry import Carried, carry
from articles.text.compare import Grade, Policy

WALL = ["We will not rebuild the wall this year"]
SAFE = ["It is not safe,", "and nobody should walk there."]
YES = ["Yes"]
MONEY = ["We need nine million crowns, and the port can pay half of it"]
STORM = ["The storm took the boats before anyone was awake"]
OLD = [WALL, SAFE, YES, MONEY, STORM]

SAME, SET, MAY, ALTERED = Grade.IDENTICAL, Grade.TYPOGRAPHIC, Grade.PERMITTED, Grade.ALTERED

ALL_SAME: list[tuple[int | None, Grade | None]] = [(number, SAME) for number in range(5)]

# new quotations -> which old one each is, and its grade; then the old ones that are gone
EDITS: dict[str, tuple[list[list[str]], list[tuple[int | None, Grade | None]], set[int]]] = {
    "nothing": (OLD, [(0, SAME), (1, SAME), (2, SAME), (3, SAME), (4, SAME)], set()),
    "paragraphs in another order": (
        [STORM, MONEY, WALL, YES, SAFE],
        [(4, SAME), (3, SAME), (0, SAME), (2, SAME), (1, SAME)],
        set(),
    ),
    "one cut": ([WALL, SAFE, YES, STORM], [(0, SAME), (1, SAME), (2, SAME), (4, SAME)], {3}),
    "one pasted in": (
        [WALL, ["Who is to pay for all this?"], SAFE, YES, MONEY, STORM],
        [(0, SAME), (None, None), (1, SAME), (2, SAME), (3, SAME), (4, SAME)],
        set(),
    ),
    "one twice": (
        [WALL, SAFE, YES, MONEY, STORM, WALL],
        [(0, SAME), (1, SAME), (2, SAME), (3, SAME), (4, SAME), (None, None)],
        set(),
    ),
    "all gone": ([], [], {0, 1, 2, 3, 4}),
    "a split undone": (
        [WALL, ["It is not safe, and nobody should walk there."], YES, MONEY, STORM],
        [(0, SAME), (1, SAME), (2, SAME), (3, SAME), (4, SAME)],
        set(),
    ),
    "a split made": (
        [["We will not rebuild", "the wall this year"], SAFE, YES, MONEY, STORM],
        [(0, SAME), (1, SAME), (2, SAME), (3, SAME), (4, SAME)],
        set(),
    ),
    "marks set otherwise": (
        [["We will not  rebuild the wall this\u00a0year"], SAFE, YES, MONEY, STORM],
        [(0, SET), (1, SAME), (2, SAME), (3, SAME), (4, SAME)],
        set(),
    ),
    "a comma for the attribution": (
        [["We will not rebuild the wall this year,"], SAFE, YES, MONEY, STORM],
        [(0, MAY), (1, SAME), (2, SAME), (3, SAME), (4, SAME)],
        set(),
    ),
    "a word changed": (
        [["We will not repair the wall this year"], SAFE, YES, MONEY, STORM],
        [(0, ALTERED), (1, SAME), (2, SAME), (3, SAME), (4, SAME)],
        set(),
    ),
    "a not left out, and moved": (
        [SAFE, YES, MONEY, STORM, ["We will rebuild the wall this year"]],
        [(1, SAME), (2, SAME), (3, SAME), (4, SAME), (0, ALTERED)],
        set(),
    ),
    "the end cut off": (
        [WALL, SAFE, YES, ["We need nine million crowns"], STORM],
        [(0, SAME), (1, SAME), (2, SAME), (3, ALTERED), (4, SAME)],
        set(),
    ),
    "the beginning cut off": (
        [WALL, SAFE, YES, ["the port can pay half of it"], STORM],
        [(0, SAME), (1, SAME), (2, SAME), (3, ALTERED), (4, SAME)],
        set(),
    ),
    "words in the middle cut out": (
        [WALL, SAFE, YES, ["We need nine million crowns", "pay half of it"], STORM],
        [(0, SAME), (1, SAME), (2, SAME), (3, ALTERED), (4, SAME)],
        set(),
    ),
    "one cut in two": (
        [WALL, SAFE, YES, ["We need nine million crowns"], ["and the port can pay half of it"], STORM],
        [(0, SAME), (1, SAME), (2, SAME), (None, None), (3, ALTERED), (4, SAME)],
        set(),
    ),
    "one rewritten altogether": (
        [["Not before the spring"], SAFE, YES, MONEY, STORM],
        [(None, None), (1, SAME), (2, SAME), (3, SAME), (4, SAME)],
        {0},
    ),
}


@pytest.mark.parametrize(("new", "expected", "gone"), EDITS.values(), ids=EDITS)
def test_edits(new: list[list[str]], expected: list[tuple[int | None, Grade | None]], gone: set[int]) -> None:
    carried = carry(OLD, new)
    assert [(each.old, each.grade) for each in carried if each.new is not None] == expected
    assert {each.old for each in carried if each.new is None} == gone


def test_the_same_words_twice_keep_their_order() -> None:
    carried = carry([YES, WALL, YES], [WALL, YES, YES])
    assert [(each.old, each.new) for each in carried] == [(1, 0), (2, 1), (0, 2)]  # next to WALL comes first


def test_neighbours_decide_between_the_same_words() -> None:
    carried = carry([YES, WALL, YES, MONEY], [YES, MONEY, WALL])
    assert carried == (Carried(2, 0, SAME), Carried(3, 1, SAME), Carried(1, 2, SAME), Carried(0, None, None))


def test_of_two_that_are_near_the_nearer_is_taken() -> None:
    old = [["We will open the gate at nine"], ["We will open the gate at ten"]]
    carried = carry(old, [["We will open the big gate at ten"], ["We will open the gate at nine sharp"]])
    assert [(each.old, each.new, each.grade) for each in carried] == [(1, 0, ALTERED), (0, 1, ALTERED)]


def test_the_policy_decides_what_is_altered() -> None:
    new = [["We will not rebuild the wall this year,"]]
    assert carry([WALL], new, policy=Policy(closing_punctuation=False))[0].grade == ALTERED


WORDS = st.lists(
    st.sampled_from(["we", "will", "not", "wall", "safe", "port", "May", "the"]), min_size=1, max_size=7
)
QUOTATIONS = st.lists(WORDS.map(lambda words: [" ".join(words)]), max_size=8)


@settings(max_examples=200, deadline=None)
@given(QUOTATIONS, QUOTATIONS)
def test_every_quotation_is_carried_exactly_once(old: list[list[str]], new: list[list[str]]) -> None:
    carried = carry(old, new)
    assert sorted(each.old for each in carried if each.old is not None) == list(range(len(old)))
    assert [each.new for each in carried if each.new is not None] == list(range(len(new)))
    for each in carried:
        if each.old is not None and each.new is not None:
            same = old[each.old] == new[each.new]
            assert (each.grade == SAME) == same or each.grade in {SET, MAY}


@settings(max_examples=200, deadline=None)
@given(QUOTATIONS, st.randoms(use_true_random=False))
def test_moved_quotations_keep_their_records(old: list[list[str]], random: object) -> None:
    new = list(old)
    random.shuffle(new)  # type: ignore[attr-defined]
    carried = carry(old, new)
    assert all(each.grade == SAME for each in carried)
    assert all(
        old[each.old] == new[each.new] for each in carried if each.old is not None and each.new is not None
    )


def test_many_quotations_are_carried_quickly() -> None:
    old = [[f"We will build {n} walls in the year {n + 1000} and look again at {n}"] for n in range(600)]
    new = [[words[0].replace("build", "make")] for words in reversed(old)]
    began = time.process_time()
    carried = carry(old, new)
    assert time.process_time() - began < 6
    assert all(each.old == 599 - (each.new or 0) and each.grade == ALTERED for each in carried)
