"""What changed between two texts: the words, and which paragraph stands beside which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.difference import MOST, Row, side_by_side, word_diff

WORDS = st.text(alphabet="ab, .\n", max_size=40)


def marked(before: str, after: str) -> str:
    signs = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(signs[part.op].format(part.text) for part in word_diff(before, after))


def beside(rows: list[Row]) -> list[tuple[str, str]]:
    return [
        ("".join(part.text for part in row.old), "".join(part.text for part in row.new))
        for row in rows
        if not row.left_out
    ]


@pytest.mark.parametrize(("before", "after", "expected"), [
    ("", "", ""),
    ("The same.", "The same.", "The same."),
    ("Eight members.", "Nine members.", "[-Eight-][+Nine+] members."),
    ("The council met.", "The council met today.", "The council met[+ today+]."),
    ("He said no at once.", "He said so.", "He said [-no at once-][+so+]."),
    ("at half past eight in Kelder", "at a quarter to nine in Kelder",
     "at [-half past eight-][+a quarter to nine+] in Kelder"),
    ("one two", "", "[-one two-]"),
    ("", "one two", "[+one two+]"),
])  # fmt: skip
def test_words_that_changed(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


@given(WORDS, WORDS)
def test_the_parts_are_both_texts(before: str, after: str) -> None:
    parts = word_diff(before, after)
    assert "".join(part.text for part in parts if part.op != "new") == before
    assert "".join(part.text for part in parts if part.op != "gone") == after


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_the_rows_are_both_texts(old: list[str], new: list[str]) -> None:
    before, after = "\n\n".join(old), "\n\n".join(new)
    shown: tuple[list[str], list[str]] = ([], [])
    for row in side_by_side(before, after):
        for side, parts in zip(shown, (row.old, row.new), strict=True):
            side.extend(row.hidden)
            side.extend(["".join(part.text for part in parts)] if parts else [])
    for side, whole in zip(shown, (before, after), strict=True):
        assert [text for text in side if text] == [text for text in whole.split("\n\n") if text]


def test_a_paragraph_that_was_put_in_stands_beside_nothing() -> None:
    old = "The ferry sails at eight from the north quay.\n\nThe fare is nine crowns for a grown person."
    new = (
        "The ferry sails at nine from the north quay.\n\nNobody asked the pilots.\n\n"
        "The fare is ten crowns for a grown person."
    )
    rows = side_by_side(old, new)
    assert [bool(row.old) for row in rows] == [True, False, True]
    assert beside(rows)[1] == ("", "Nobody asked the pilots.")


def test_paragraphs_that_share_nothing_are_not_called_rewritten() -> None:
    rows = side_by_side(
        "Start.\n\nA fog lay on the water.\n\nEnd.", "Start.\n\nBudget: 412 million.\n\nX.\n\nEnd."
    )
    assert ("A fog lay on the water.", "") in beside(rows)
    assert ("", "Budget: 412 million.") in beside(rows)


def test_what_is_the_same_is_folded_and_kept() -> None:
    same = [f"Paragraph {number}." for number in range(9)]
    rows = side_by_side("\n\n".join([*same, "Old."]), "\n\n".join([*same, "New."]))
    assert [row.left_out for row in rows] == [8, 0, 0]
    assert rows[0].hidden == tuple(same[:8])
    assert [row.changed for row in rows] == [False, False, True]


def test_a_text_that_is_wholly_another_is_compared_by_place() -> None:
    count = int(MOST**0.5) + 2
    old, new = ["\n\n".join(f"{word} {number}" for number in range(count)) for word in ("alpha", "omega")]
    assert len(side_by_side(old, new)) == count
