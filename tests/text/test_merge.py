"""Two edits of one body become one; what both changed is shown and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.merge import Merge, merge_blocks, merge_html, split_blocks

CASES = [
    # base, mine, theirs, merged (mine where both changed), conflicts
    pytest.param("ab", "ab", "ab", "ab", 0, id="nobody changed anything"),
    pytest.param("abc", "aBc", "abc", "aBc", 0, id="mine alone"),
    pytest.param("abc", "abc", "abC", "abC", 0, id="theirs alone"),
    pytest.param("abc", "Abc", "abC", "AbC", 0, id="both, apart"),
    pytest.param("abc", "aBc", "abC", "aBC", 0, id="both, neighbours, nothing fixed between"),
    pytest.param("abc", "aXc", "aXc", "aXc", 0, id="both the same"),
    pytest.param("abc", "aXc", "aYc", "aXc", 1, id="both, differently"),
    pytest.param("abc", "abxc", "abc", "abxc", 0, id="mine added"),
    pytest.param("abc", "abc", "abcx", "abcx", 0, id="theirs added at the end"),
    pytest.param("abc", "ac", "abc", "ac", 0, id="mine deleted"),
    pytest.param("abc", "ac", "aBc", "ac", 1, id="mine deleted what they changed"),
    pytest.param("abc", "xabc", "abcy", "xabcy", 0, id="added at both ends"),
    pytest.param("abc", "axbc", "aybc", "axbc", 1, id="both added at one place"),
    pytest.param("", "x", "", "x", 0, id="begun from nothing"),
    pytest.param("", "x", "y", "x", 1, id="both begun from nothing"),
    pytest.param("abc", "", "abc", "", 0, id="mine emptied it"),
]


@pytest.mark.parametrize(("base", "mine", "theirs", "merged", "conflicts"), CASES)
def test_blocks_merge(base: str, mine: str, theirs: str, merged: str, conflicts: int) -> None:
    found = merge_blocks(base, mine, theirs)
    assert ("".join(found.blocks), len(found.conflicts)) == (merged, conflicts)


def test_a_conflict_has_both_versions() -> None:
    (conflict,) = merge_html("<p>One</p>", "<p>Mine</p>", "<p>Theirs</p>").conflicts
    assert (conflict.mine, conflict.theirs) == (("<p>Mine</p>",), ("<p>Theirs</p>",))


@pytest.mark.parametrize(("html", "blocks"), [
    pytest.param("", 0, id="empty"),
    pytest.param("<p>One</p><h2>Two</h2><p>Three</p>", 3, id="paragraphs"),
    pytest.param("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><p>d</p>", 2, id="nested lists"),
    pytest.param("<blockquote>a<blockquote>b</blockquote></blockquote><p>c</p>", 2, id="nested quotes"),
    pytest.param("stray <p>One</p> words", 3, id="words outside a block"),
    pytest.param("<p>a</p><hr><p>b</p>", 3, id="a rule"),
    pytest.param("<p>never closed", 2, id="not closed"),
])  # fmt: skip
def test_a_body_is_its_blocks(html: str, blocks: int) -> None:
    found = split_blocks(html)
    assert "".join(found) == html
    assert len(found) == blocks


texts = st.lists(st.sampled_from("abcdefg"), max_size=12)


@given(texts, texts, texts)
def test_merging_loses_nothing_that_was_written(base: list[str], mine: list[str], theirs: list[str]) -> None:
    found = merge_blocks(base, mine, theirs)
    mine_has = [block for piece in found.pieces for block in piece.mine]
    theirs_has = [block for piece in found.pieces for block in piece.theirs]
    # Every block that one of the two wrote and that was not there before is in the result.
    assert set(mine) - set(base) <= set(mine_has)
    assert set(theirs) - set(base) <= set(theirs_has) | set(mine_has)


@given(texts, texts)
def test_with_one_editor_the_result_is_hers(base: list[str], edited: list[str]) -> None:
    for found in (merge_blocks(base, edited, base), merge_blocks(base, base, edited)):
        assert list(found.blocks) == edited
        assert found.conflicts == ()


@given(texts, texts, texts)
def test_it_does_not_matter_who_is_called_mine(base: list[str], mine: list[str], theirs: list[str]) -> None:
    def sides(found: Merge) -> list[tuple[str, ...]]:
        return [piece.mine for piece in found.conflicts]

    one, other = merge_blocks(base, mine, theirs), merge_blocks(base, theirs, mine)
    assert sides(one) == [piece.theirs for piece in other.conflicts]
