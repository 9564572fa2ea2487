"""What holds for every text: a verbatim cut is found, a changed word is reported, a summary is not there."""

import re
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from articles.text.compare import Grade, Passage, Policy, compare, stands_verbatim

FOUND = {Grade.IDENTICAL, Grade.TYPOGRAPHIC, Grade.PERMITTED}
VERBATIM = {Grade.IDENTICAL, Grade.TYPOGRAPHIC}
WORDS = st.sampled_from(
    re.split(
        " ",
        "the wall we not I it’s well-known U.S. 1,000 $5 café Port İt safe May don't a 墙 wall's x 2 "
        "naïve re build rebuild m² US us IT",
    )
)
BETWEEN = st.sampled_from(
    [" ", " ", " ", ", ", ". ", "? ", " — ", "\n", "\r\n  ", "; ", " “", "” ", "! ", " - ", "… ", " (", ") "]
)


@st.composite
def passages(draw: st.DrawFn, least: int = 1) -> tuple[list[str], list[str]]:
    """Words, and what stands after each of them."""
    words = draw(st.lists(WORDS, min_size=least, max_size=30))
    return words, [draw(BETWEEN) for _ in words]


def spell(words: list[str], between: list[str]) -> str:
    return "".join(word + gap for word, gap in zip(words, between, strict=True))


@settings(max_examples=400, deadline=None)
@given(passages(), st.data())
def test_a_verbatim_cut_is_found(passage: tuple[list[str], list[str]], data: st.DataObject) -> None:
    words, between = passage
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    text = spell(words, between)
    before = len(spell(words[:start], between[:start]))
    cut = text[before : before + len(spell(words[start:end], between[start:end]))].strip()
    found = compare(cut, text)
    assert found.grade == Grade.IDENTICAL
    assert found.spans[0].of(text) == cut


@settings(max_examples=300, deadline=None)
@given(passages(), st.data())
def test_a_verbatim_cut_is_found_when_the_source_is_set_differently(
    passage: tuple[list[str], list[str]], data: st.DataObject
) -> None:
    words, _ = passage
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    gaps = [data.draw(st.sampled_from([" ", "\n", "\u00a0", "<br>", " <em>", "</em> "])) for _ in words]
    assert compare(" ".join(words[start:end]), "He said: " + spell(words, gaps)).grade in VERBATIM


@settings(max_examples=400, deadline=None)
@given(passages(least=4), st.data())
def test_a_changed_word_is_reported(passage: tuple[list[str], list[str]], data: st.DataObject) -> None:
    words, between = passage
    place = data.draw(st.integers(1, len(words) - 2))
    change = data.draw(st.sampled_from(["insert", "replace", "drop"]))
    printed, gaps = list(words), list(between)
    if change == "insert":
        printed.insert(place, "verily")
        gaps.insert(place, " ")
    elif change == "replace":
        printed[place] = "verily"
    else:
        del printed[place], gaps[place]
        gaps[place - 1] = " "
    quotation = spell(printed, gaps)
    text = spell(words, between)
    assume("…" not in quotation)
    assume(change != "drop" or " ".join(printed) not in text.replace(words[place], "", 1))
    found = compare(quotation, text)
    if change == "drop":
        assert found.grade not in FOUND or _words(quotation) in _words(text)
    else:
        assert found.grade not in FOUND
        assert found.grade == Grade.ABSENT or any("verily" in part.printed for part in found.diff)


def _words(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum() or character in "$'’")


@settings(max_examples=200, deadline=None)
@given(passages(least=3), st.integers(0, 30))
def test_an_inserted_not_is_never_allowed(passage: tuple[list[str], list[str]], place: int) -> None:
    words = [word for word in passage[0] if word != "not"]
    assume(words)
    text = " ".join(words)
    words.insert(place % (len(words) + 1), "not")
    everything = Policy(filler=True, punctuation=True)
    assert compare(" ".join(words), text, policy=everything).grade not in FOUND
    assert compare(text, " ".join(words)).grade in FOUND or 0 < words.index("not") < len(words) - 1


PLAIN = st.lists(
    st.sampled_from(["wall", "port", "crowns", "office", "flight", "council", "safe"]), min_size=4
)
DEBRIS = st.sampled_from(
    [
        "\n- 14 -\n",
        "\nPage 3 of 9\n",
        "\n\n12\n00:00:04.000 --> 00:00:07.000\n",
        "<br/>",
        "<!-- x -->",
        "[00:01:02] ",
    ]
)
INSIDE = st.sampled_from(["\xad", "\u200b", "-\n", "\u2060", "<b>", "<wbr>", "&shy;", "\ufeff"])


@settings(max_examples=200, deadline=None)
@given(PLAIN, st.data())
def test_debris_hides_no_words(words: list[str], data: st.DataObject) -> None:
    broken = [word.replace("fl", "\ufb02").replace("ffi", "\ufb03") for word in words]
    place = data.draw(st.integers(0, len(words) - 1))
    broken[place] = f"{broken[place][:2]}{data.draw(INSIDE)}{broken[place][2:]}"
    gaps = [data.draw(DEBRIS | st.just(" ")) for _ in words]
    text = "We said: " + "".join(f"{word} {gap}" for word, gap in zip(broken, gaps, strict=True)) + "end"
    assert compare(" ".join(words), text).grade in VERBATIM


@settings(max_examples=200, deadline=None)
@given(PLAIN, st.data())
def test_a_not_is_hidden_neither_by_an_ellipsis_nor_by_brackets(
    words: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(words) - 2))
    text = " ".join([*words[:place], "not", *words[place:]])
    gap = data.draw(st.sampled_from([" … ", " [...] ", " [truly] "]))
    assert compare(f"{' '.join(words[:place])}{gap}{' '.join(words[place:])}", text).grade not in FOUND
    turned = " ".join([*words[:place], "[not]", *words[place:]])
    assert compare(turned, " ".join(words)).grade not in FOUND


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_is_compared(passage: str, quotation: str) -> None:
    found = compare(quotation, passage)
    assert all(0 <= span.start < span.end <= len(passage) for span in found.spans)
    assert found.sentence.endswith(".")


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_any_words_are_found_in_themselves(text: str) -> None:
    found = compare(text, text)
    assert found.grade in {Grade.IDENTICAL, Grade.ABSENT} or "…" in text or ".." in text


SUMMARIES = [
    "Rebuilding will have to wait because of the cost",
    "The wall is dangerous and people should keep away",
    "We will not rebuild it and nobody should go near it this year",
    "the engineers twice warned the council in March",
]
SPEECH = (
    "We will not rebuild the old harbour wall this year, because it is too dear. The engineers told us so in "
    "March. I asked them twice. Is it safe? It is not, and nobody should walk there this winter."
)


@pytest.mark.parametrize("summary", SUMMARIES)
def test_a_summary_in_quotation_marks_is_never_in_the_source(summary: str) -> None:
    assert compare(summary, SPEECH).grade not in FOUND


def transcript(words: int) -> str:
    parts = [
        f"speaker {n % 97} went on about the wall, the port and item {n * 7919 % 100_003}."
        for n in range(words // 13)
    ]
    return "\n".join(parts)


def test_a_long_transcript_is_searched_quickly() -> None:
    text = transcript(100_000)  # 300 pages
    middle = len(text) // 2
    cut = text[text.index("\n", middle) + 1 :][:300].rsplit(" ", 1)[0]
    changed = cut.replace("went on", "did not go on", 1)
    began = time.process_time()
    assert compare(cut, text).grade in VERBATIM
    assert compare(changed, text).grade == Grade.ALTERED
    assert time.process_time() - began < 3  # a second on an idle machine


HOSTILE = {
    "one word again and again": "a " * 100_000,
    "no spaces": "a" * 200_000,
    "brackets": "[" * 100_000,
    "angle brackets": "<a " * 60_000,
    "ampersands": "&a" * 100_000,
    "hyphens and line ends": "a-\n" * 60_000,
    "marks": "’" * 100_000,
    "signs": "$ " * 100_000,
    "signs that are words": "a$" * 50_000,
    "line ends": "\n" * 200_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    compare("a a a b", Passage(text))
    compare(text[:2000], "a short source, a b")
    compare(text[:200] + "b", Passage(text))
    assert time.process_time() - began < 5


@settings(max_examples=400, deadline=None)
@given(st.lists(passages(), min_size=1, max_size=3), st.data())
def test_what_plainly_stands_there_compares_as_identical(
    parts: list[tuple[list[str], list[str]]], data: st.DataObject
) -> None:
    segments = [spell(*part).strip(data.draw(st.sampled_from([" ", " .,", ""]))) for part in parts]
    marks = st.sampled_from(["“{}”", "“{},”", "{}", '"{}"', "‘{}’", "“{}” he said", "({})", "-{}-", "[{}]"])
    around = [data.draw(marks).format(segment) for segment in segments]
    text = data.draw(st.sampled_from([" ", " she said. ", "\n", "", "."])).join(around)
    if stands_verbatim(segments, text):
        assert compare(segments, text).grade == Grade.IDENTICAL


def test_words_of_a_story_plainly_stand_in_their_copy() -> None:
    copy = "“We will not go,” said the captain. “The tide is out.” He went on: “We will wait.”"
    assert stands_verbatim(["We will not go,", "The tide is out."], copy)
    assert not stands_verbatim(["The tide is out.", "We will not go,"], copy)
    assert not stands_verbatim(["We will not g"], copy)
    assert not stands_verbatim(["ill not go,"], copy)
    assert not stands_verbatim([], copy)
