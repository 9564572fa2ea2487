"""No text, however strange, stops the engine, slows it down, or gets a span that is not in it."""

import gc
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.attribution import read_quotations
from articles.text.nested import read_nested
from articles.text.paragraphs import find_paragraphs

PIECES = st.sampled_from(
    ["“", "”", '"', "‘", "’", "'", "«", "»", "„", "''", "said", " ", ", ", ". ", "\n", "\n\n", "Ruth Amadi",
     "she", "the mayor", "according to", "I will", "(", ")", "—", "Mr.", "O’Hara", "1990s", "é", "漢字"]
)  # fmt: skip
NEWS = st.lists(PIECES, max_size=60).map("".join)

HOSTILE: dict[str, Callable[[int], str]] = {
    "marks": lambda n: '"' * n,
    "one letter in marks": lambda n: '"a" ' * (n // 2),
    "marks that never close": lambda n: "“a " * n,
    "apostrophes or marks": lambda n: " ‘as’ b" * (n // 2),
    "singles that never close": lambda n: "‘a " * n + "bs’ c " * n,
    "a name without end": lambda n: "Abc " * n,
    "initials": lambda n: "J. " * n,
    "verbs": lambda n: "he said " * (n // 2),
    "many quotations in a paragraph": lambda n: "“I go,” he said, " * (n // 8),
    "commas": lambda n: "Ruth Amadi, " * n + " said “yes we go”",
    "a quotation of many paragraphs": lambda n: "“We go on\n\n" * (n // 2),
    "descriptions": lambda n: "the official of " * (n // 3),
    "apostrophes": lambda n: "a" + "'" * n,
    "marks nested without end": lambda n: "“a „b «c " * (n // 3),
    "an interview": lambda n: "Q. Who?\n\nA. I.\n\n" * (n // 8),
    "voices": lambda n: "Ann Bell sat.\n\n" + "".join(f"B{i % 29}: Why?\n\n" for i in range(n // 4)),
    "a large cast": lambda n: "\n\n".join(
        f"“We go on,” the mayor said.\n\nAnn Bel{i}, the mayor, sat." for i in range(n // 16)
    ),
}


def check(text: str) -> None:
    paragraphs = find_paragraphs(text)
    last = 0
    for item in read_quotations(text, doubled=True, labelled=True):
        assert item.quotation.segments
        assert item.attribution.reason
        assert 0 <= item.attribution.confidence <= 1
        for segment in item.quotation.segments:
            assert last <= segment.start < segment.end <= len(text)
            assert segment.text == text[segment.start : segment.end]
            assert any(p.start <= segment.start and segment.end <= p.end for p in paragraphs)
            last = segment.end
        for span in (item.attribution.mention, item.attribution.cue_span):
            assert span is None or 0 <= span.start < span.end <= len(text)


@given(st.text())
def test_any_string(text: str) -> None:
    check(text)


@given(NEWS)
@settings(max_examples=300)
def test_any_order_of_marks_and_words(text: str) -> None:
    check(text)


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_takes_twice_the_time(name: str) -> None:
    small, large = HOSTILE[name](1_500), HOSTILE[name](3_000)
    ratios = []
    for _ in range(5):
        ratios.append(seconds(large) / max(seconds(small), 0.002))
        if ratios[-1] <= 2.5:
            return
    assert min(ratios) <= 2.5


def seconds(text: str) -> float:
    """The least time of three readings, without the pauses of the garbage collector."""
    best = float("inf")
    for _ in range(3):
        gc.disable()
        started = time.process_time()
        read_nested(text, read_quotations(text, labelled=True))
        best = min(best, time.process_time() - started)
        gc.enable()
    return best


def test_ten_megabytes_without_a_full_stop() -> None:
    started = time.process_time()
    read_quotations("word " * 2_000_000)
    assert time.process_time() - started < 5
