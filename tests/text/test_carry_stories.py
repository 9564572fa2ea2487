"""Records follow their words when paragraphs of a story are moved, split, merged, and edited around them."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.carry import carry
from articles.text.compare import Grade
from articles.text.quotations import find_quotations

PARAGRAPHS = (
    "“We will not rebuild the harbour wall this year,” said Ruth Amadi, the commissioner of Port Hale.",
    "Otto Reed, who runs the ferry, called the plan “a promise on wet paper” and left the room.",
    "“Nobody asked the fishermen,” he said outside. “Nobody ever does.”",
    "The council heard from four engineers, one of whom had worked on the first wall in 1954.",
    "“It is safe for boats,” said Mirela Voss, an engineer, “and it is not safe for people.”",
    "Asked who would pay, the mayor replied: “Half of it is ours, and half of it is the county’s.”",
    "Work is to begin in May.",
)
OUTSIDE = {
    "said": "told the meeting",
    "The council heard": "Councillors had heard",
    "left the room": "walked out",
    "outside": "on the quay",
    "Work is to begin": "The diggers arrive",
    "Asked who would pay": "Pressed for an answer",
}


def read(paragraphs: list[str]) -> list[list[str]]:
    """The quotations of a story, each as the words of its segments."""
    text = "\n\n".join(paragraphs)
    return [[segment.text for segment in found.segments] for found in find_quotations(text)]


OLD = read(list(PARAGRAPHS))


def test_the_story_has_its_quotations() -> None:
    assert len(OLD) >= 5


@settings(max_examples=150, deadline=None)
@given(st.permutations(PARAGRAPHS))
def test_paragraphs_in_any_order_lose_no_record(paragraphs: list[str]) -> None:
    carried = carry(OLD, read(paragraphs))
    assert all(each.new is not None and each.old is not None for each in carried)
    assert all(each.grade == Grade.IDENTICAL for each in carried)


@settings(max_examples=150, deadline=None)
@given(st.sets(st.sampled_from(sorted(OUTSIDE))), st.permutations(PARAGRAPHS))
def test_editing_around_quotations_alters_none(edits: set[str], paragraphs: list[str]) -> None:
    edited = list(paragraphs)
    for words in edits:
        edited = [text.replace(words, OUTSIDE[words]) for text in edited]
    assert all(each.grade == Grade.IDENTICAL for each in carry(OLD, read(edited)))


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, len(PARAGRAPHS) - 2))
def test_merged_and_split_paragraphs_lose_no_record(random: Random, place: int) -> None:
    merged = [*PARAGRAPHS[:place], " ".join(PARAGRAPHS[place : place + 2]), *PARAGRAPHS[place + 2 :]]
    assert all(each.grade == Grade.IDENTICAL for each in carry(read(merged), OLD))
    assert all(each.grade == Grade.IDENTICAL for each in carry(OLD, read(merged)))


@settings(max_examples=150, deadline=None)
@given(st.sets(st.sampled_from(range(len(PARAGRAPHS))), min_size=1))
def test_without_their_marks_quotations_are_missing(places: set[int]) -> None:
    bare = [
        text.replace("“", "").replace("”", "") if number in places else text
        for number, text in enumerate(PARAGRAPHS)
    ]
    kept = read(bare)
    gone = [each for each in carry(OLD, kept) if each.new is None]
    assert len(gone) == len(OLD) - len(kept)
    lost = "\n".join(PARAGRAPHS[number] for number in places)
    assert all(segment in lost for each in gone for segment in OLD[each.old or 0])


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(OLD) - 1), st.data())
def test_a_changed_word_is_altered_and_keeps_its_record(number: int, data: st.DataObject) -> None:
    words = " ".join(OLD[number]).split()
    place = data.draw(st.integers(0, len(words) - 1))
    changed = [*OLD[:number], [" ".join([*words[:place], "verily", *words[place + 1 :]])], *OLD[number + 1 :]]
    (found,) = [each for each in carry(OLD, changed) if each.old == number]
    assert found.new == number or len(words) < 4
    assert found.grade in {Grade.ALTERED, None}
