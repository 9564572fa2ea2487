"""Remarks stay with their words: moved, edited, split, gone, back again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.anchor import Anchor, find_words, follow_anchors
from articles.text.spans import Span

FIRST = "The harbour council met on Tuesday and voted to keep the lighthouse open."
SECOND = "Seven boats were in the basin when the council rose. Nobody had asked for a count."
THIRD = "The vote was close, the clerk said, and the council will publish it on Friday."
OLD = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def at(words: str, text: str = OLD, number: int = 0) -> Anchor:
    """The anchor of the words in the text, the first time they stand there or a later one."""
    return Anchor(words, find_words(words, text)[number])


def followed(words: str, new: str, *, old: str = OLD, number: int = 0) -> str | None:
    (span,) = follow_anchors([at(words, old, number)], old, new)
    return span.of(new) if span else None


@pytest.mark.parametrize(
    ("words", "new", "expected"),
    [
        pytest.param("voted to keep", OLD, "voted to keep", id="nothing changed"),
        pytest.param("voted to keep", f"A new lede.\n\n{OLD}", "voted to keep", id="a paragraph before"),
        pytest.param("Seven boats", f"{SECOND}\n\n{THIRD}\n\n{FIRST}", "Seven boats", id="paragraph moved"),
        pytest.param(
            "Seven boats were in the basin",
            OLD.replace("Seven boats were", "Nine small boats were"),
            "Nine small boats were in the basin",
            id="edited inside",
        ),
        pytest.param(
            "voted to keep the lighthouse",
            OLD.replace("voted to keep", "voted at last to keep"),
            "voted at last to keep the lighthouse",
            id="words put in",
        ),
        pytest.param(
            "Nobody had asked for a count.",
            f"{FIRST}\n\n{SECOND.replace(' Nobody', chr(10) * 2 + 'Nobody')}\n\n{THIRD}",
            "Nobody had asked for a count.",
            id="paragraph split",
        ),
        pytest.param(
            "the clerk said",
            f"{FIRST} {SECOND} {THIRD}",
            "the clerk said",
            id="paragraphs joined",
        ),
        pytest.param(
            "Nobody had asked for a count.",
            f"Nobody had asked for a count. {FIRST}\n\n{SECOND[:52]}\n\n{THIRD}",
            "Nobody had asked for a count.",
            id="a sentence moved to another paragraph",
        ),
        pytest.param(
            "Nobody had asked for a count.",
            f"Nobody at all had asked for a new count. {FIRST}\n\n{SECOND[:52]}\n\n{THIRD}",
            "Nobody at all had asked for a new count",
            id="moved and edited in one go",
        ),
        pytest.param("Seven boats", f"{FIRST}\n\n{THIRD}", None, id="paragraph cut"),
        pytest.param("Seven boats", OLD.replace("Seven boats", "A ferry"), None, id="other words instead"),
        pytest.param("Seven boats", "", None, id="everything cut"),
        pytest.param(
            "open.\n\nSeven boats", f"New.\n\n{OLD}", "open.\n\nSeven boats", id="across two paragraphs"
        ),
    ],
)
def test_an_anchor_follows_its_words(words: str, new: str, expected: str | None) -> None:
    assert followed(words, new) == expected


def test_the_same_words_elsewhere_are_other_words() -> None:
    # "the council" stands in the second and the third paragraph; the second is cut.
    assert followed("the council", f"{FIRST}\n\n{THIRD}") is None
    new = f"{THIRD}\n\n{FIRST}\n\n{SECOND}"
    (second, third) = follow_anchors([at("the council"), at("the council", number=1)], OLD, new)
    assert (second, third) == (find_words("the council", new)[1], find_words("the council", new)[0])


def test_words_that_come_back_are_found_again() -> None:
    gone = f"{FIRST}\n\n{THIRD}"
    assert follow_anchors([Anchor("Seven boats", None)], gone, OLD) == (find_words("Seven boats", OLD)[0],)
    # … but not where the same words stood all the while.
    assert follow_anchors([Anchor("the council", None)], gone, f"{gone}\n\nMore.") == (None,)


def test_marks_and_spaces_do_not_matter_when_words_are_looked_for() -> None:
    text = "She said “it’s late” and\n\nwent."
    assert find_words('"it\'s late" and went', text) == (Span(9, 30),)
    assert find_words("  ", text) == ()


@given(st.text("ab .\n", max_size=60), st.text("ab .\n", max_size=60), st.data())
def test_what_is_followed_stands_in_the_text(old: str, new: str, data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, len(old)), st.integers(0, len(old)))
    start, end = sorted(data.draw(places))
    anchor = Anchor(old[start:end], Span(start, end) if old[start:end].strip() else None)
    (found,) = follow_anchors([anchor], old, new)
    assert found is None or (0 <= found.start < found.end <= len(new) and found.of(new).strip())
