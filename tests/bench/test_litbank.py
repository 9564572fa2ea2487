"""LitBank's words and sentence numbers become running text with offsets."""

from pathlib import Path

import pytest

from bench.litbank import convert, stories

SENTENCES = """\
" Mind the step , " said Ada , " it 's wet . "
` Do n't , ' he said ( twice ) . ' Oh ! '
"""
MARKS = (
    'QUOTE\tQ1\t0\t0\t0\t5\t" Mind the step , "\nQUOTE\tQ2\t0\t9\t0\t14\t" it \'s wet . "\n'
    "QUOTE\tQ3\t1\t0\t1\t4\t` Do n't , '\nQUOTE\tQ4\t1\t11\t1\t14\t' Oh ! '\n"
    "ATTRIB\tQ1\tAda_Morrow-3\nATTRIB\tQ2\tAda_Morrow-3\nATTRIB\tQ3\tthe_boy-4\n"
)


def test_words_become_text_and_marks_offsets() -> None:
    story = convert("novel", SENTENCES, MARKS)
    assert story is not None
    assert story["text"] == "\"Mind the step,\" said Ada, \"it's wet.\" `Don't,' he said (twice). 'Oh!'"
    for quote in story["quotes"]:
        assert story["text"][quote["start"] : quote["end"]] == quote["text"]
    assert [
        (quote["text"], quote["speaker"], quote["speaker_kind"], quote["tags"]) for quote in story["quotes"]
    ] == [
        ("Mind the step,", "Ada Morrow", "named", []),
        ("it's wet.", "Ada Morrow", "named", []),
        ("Don't,", "the boy", "nominal", ["single"]),
        ("Oh!", "", "nominal", ["single"]),
    ]


@pytest.mark.parametrize("marks", ["", "ATTRIB\tQ1\tAda-1\n"])
def test_a_passage_without_quotations_is_left_out(tmp_path: Path, marks: str) -> None:
    (tmp_path / "a.ann").write_text(marks)
    (tmp_path / "a.txt").write_text(SENTENCES)
    (tmp_path / "b.ann").write_text(MARKS)
    (tmp_path / "b.txt").write_text(SENTENCES)
    assert [story["id"] for story in stories(tmp_path)] == ["b"]
