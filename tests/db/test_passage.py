"""The passage of a source that holds a quote, cut out with its words still to be found in it."""

import pytest

from articles.text.spans import Span
from articles.workflow.passage import GAP, excerpt, house_policy, passage_in, source_passage
from tests.factories import WORDS, make_quote, make_snapshot, make_source

FILLER = "Nothing of note was said in this part of the meeting. " * 20


def words_in(text: str, *parts: str) -> list[Span]:
    return [Span(text.index(part), text.index(part) + len(part)) for part in parts]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Only these words.", ["Only these words."]),
        (f"Words at the start. {FILLER}", ["Words at the start."]),
        (f"{FILLER}Words at the end.", ["Words at the end."]),
        (f"{FILLER}In the middle. {FILLER}", ["In the middle."]),
        (f"{FILLER}First part. {FILLER}Second part. {FILLER}", ["First part.", "Second part."]),
        (f"{FILLER}First part, then the second part. {FILLER}", ["First part", "second part"]),
        (f"{'x' * 900}Words without a space around{'y' * 900}", ["Words without a space around"]),
        (f"{FILLER}Later words. {FILLER}Earlier words.", ["Earlier words.", "Later words."]),
    ],
)
def test_an_excerpt_holds_the_words_and_is_short(text: str, parts: list[str]) -> None:
    spans = words_in(text, *parts)
    cut, moved = excerpt(text, spans)
    assert sorted(span.of(cut) for span in moved) == sorted(parts)
    assert len(cut) <= len(parts) * (320 + max(map(len, parts)) + len(GAP))
    assert all(piece.strip(" …") in text for piece in cut.split(GAP))


def test_an_excerpt_is_cut_at_spaces() -> None:
    text = f"{FILLER}In the middle. {FILLER}"
    cut, _spans = excerpt(text, words_in(text, "In the middle."))
    assert set(cut.split()) - {"…"} <= set(text.split())


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("One two three. Here it is. Four five six.", "… three. Here it is. Four …"),
        ("One. Here it is. Four.", "One. Here it is. Four."),
        ("A very long word. Two. Here it is. Three. Four more words", "Two. Here it is. Three."),
    ],
)
def test_an_ellipsis_says_that_a_sentence_goes_on(text: str, cut: str) -> None:
    found, (span,) = excerpt(text, words_in(text, "Here it is."), around=8)
    assert (found, span.of(found)) == (cut, "Here it is.")


def test_nothing_is_cut_out_when_nothing_was_found() -> None:
    assert excerpt(FILLER, []) == ("", ())


@pytest.mark.django_db
def test_a_passage_has_spans_in_the_excerpt_and_in_the_whole_text() -> None:
    source = make_source(text=f"{FILLER}{WORDS} {FILLER}")
    quote = make_quote(source=source)
    passage = source_passage(quote)
    assert passage.allowed
    assert [span.of(passage.text) for span in passage.spans] == [WORDS]
    assert [span.of(passage.snapshot.text) for span in passage.comparison.spans] == [WORDS]


@pytest.mark.django_db
def test_the_newest_snapshot_is_looked_at_and_may_lack_the_words() -> None:
    quote = make_quote()
    newest = make_snapshot(quote.source, "This page has been removed.")
    passage = source_passage(quote)
    assert (passage.snapshot, passage.allowed, passage.text, passage.spans) == (newest, False, "", ())


@pytest.mark.django_db
@pytest.mark.parametrize("source", [None, "without a snapshot"])
def test_without_a_snapshot_there_is_no_passage(source: str | None) -> None:
    assert source_passage(make_quote(source=make_source() if source else None)) is None


@pytest.mark.django_db
def test_the_house_decides_what_may_be_changed(settings) -> None:
    snapshot = make_source(text="I will say this: we, um, will stay.").snapshots.get()
    assert not passage_in(["we will stay"], snapshot).allowed
    settings.NEWSROOM_QUOTE_POLICY = settings.NEWSROOM_QUOTE_POLICY | {"filler": True}
    assert house_policy().filler
    assert passage_in(["we will stay"], snapshot).allowed
