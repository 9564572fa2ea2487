"""Changing words where they stand in a body."""

import pytest

from articles.text.rewrite import replace_spans, split_blocks
from articles.text.spans import Span


@pytest.mark.parametrize(
    ("html", "span", "words", "expected"),
    [
        ("<p>one two three</p>", Span(4, 7), "2", "<p>one 2 three</p>"),
        ("<p>one <em>two</em> three</p>", Span(4, 13), "2 & 3", "<p>one <em>2 &amp; 3</em></p>"),
        ("<p>one <em>two</em> three</p>", Span(0, 7), "1", "<p>1 three</p>"),
        ("<p>a &amp; b</p>", Span(2, 3), "<b>", "<p>a &lt;b&gt; b</p>"),
        ("<p>one</p><p>two</p>", Span(0, 8), "both", "<p>both</p>"),
    ],
)
def test_words_are_replaced_and_the_markup_around_them_stays(
    html: str, span: Span, words: str, expected: str
) -> None:
    assert replace_spans(html, [(span, words)]) == expected


def test_several_places_are_changed_at_once() -> None:
    assert (
        replace_spans("<p>one two three</p>", [(Span(0, 3), "first"), (Span(8, 13), "x")])
        == "<p>first two x</p>"
    )


def test_blocks_are_the_outermost_elements() -> None:
    html = "<h2>A</h2><ul><li>b<br>c</li><li>d</li></ul><hr><p>e</p>tail"
    assert split_blocks(html) == [
        "<h2>A</h2>",
        "<ul><li>b<br>c</li><li>d</li></ul>",
        "<hr>",
        "<p>e</p>",
        "tail",
    ]
