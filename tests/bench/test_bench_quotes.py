"""The bench measures a tiny invented corpus with an invented scorer, and tells what is wrong in sentences."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.cost import measure_cost
from bench.quotes import main

TEXT = (
    "Pier shuts\n\n“It leaks badly now,” Ada Morrow said. Signs say “Keep Off”. “Since when?” asked Bo Lind."
)
SCORER = """
def score(stories, found):
    return {"direct_overlap": {"p": 1.0, "r": 0.5, "f1": 0.6667, "tp": 1, "fp": 0, "fn": 1},
            "speaker_named": {"acc": 1.0, "n": 1}, "recall_by_tag": {"curly": [0.5, 2]}}, []
def trim(text, start, end): return start, end
def pieces(text, quote): return [(quote["start"], quote["end"])]
def iou(a, b): return max(0, min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))
def name_ok(gold, found): return gold == found
nominal_ok = name_ok
"""


def quote(words: str, speaker: str, kind: str = "named", *tags: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {
        "start": start, "end": start + len(words), "text": words, "type": "direct", "speaker": speaker,
        "speaker_raw": speaker, "speaker_kind": kind, "tags": ["curly", *tags],
    }  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "score.py").write_text(SCORER)
    quotes = [
        quote("It leaks badly now,", "Ada Morrow"),
        quote("Since when?", "Ada Morrow", "pronoun", "split"),
    ]
    (tmp_path / "small.jsonl").write_text(json.dumps({"id": "pier", "text": TEXT, "quotes": quotes}) + "\n")
    return tmp_path


def run(data: Path, *options: str) -> dict[str, Any]:
    output = data.parent / "figures.json"
    main([str(data), "--json", str(output), "--no-cost", *options])
    return dict(json.loads(output.read_text()))


@pytest.mark.parametrize("name", ["", "small.jsonl"])
def test_a_folder_or_a_file_is_measured(corpus: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    figures = run(corpus / name)["small"]
    assert figures["stories"] == 1
    assert figures["score"]["direct_overlap"]["r"] == 0.5
    assert figures["speakers"] == {"named": {"right": 1.0, "of": 1}, "pronoun": {"right": 0.0, "of": 1}}
    assert figures["kinds"]["direct"] == {"direct": 2}
    assert figures["calibration"]["of"] == 2
    rows = {row["phenomenon"]: row for row in figures["phenomena"]}
    assert rows["split"]["speaker"] == 1
    assert rows["split"]["examples"][0]["expected"]["speaker"] == "Ada Morrow"
    printed = capsys.readouterr().out
    for words in (
        "=== small: 1 stories",
        "direct_overlap",
        "recall, curly",
        "Confidence",
        "split",
        "Bo Lind",
    ):
        assert words in printed


def test_all_mistakes_of_one_phenomenon_can_be_listed(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(corpus, "--phenomenon", "split", "--examples", "0")
    assert "Since when?" in capsys.readouterr().out
    run(corpus, "--phenomenon", "nested")
    assert "Since when?" not in capsys.readouterr().out


def test_no_word_of_the_stories_is_printed_or_written_unless_asked(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = run(corpus, "--no-examples")
    printed = capsys.readouterr().out + json.dumps(figures)
    assert "split" in printed
    assert "Morrow" not in printed
    assert "leaks" not in printed


def test_the_houses_own_stories_are_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    (folder / "README.md").write_text("Phenomena: `plain`.\n")
    (folder / "01-pier.txt").write_text(TEXT)
    marked = {
        "quotations": [
            {"kind": "direct", "segments": ["Since when?"], "speaker": "Bo Lind", "how": "named"}
            | {"role": "", "phenomena": ["plain"]}
        ],
        "indirect": [],
    }
    (folder / "01-pier.json").write_text(json.dumps(marked))
    figures = run(folder)["copy"]
    assert figures["speaker"] == {"right": 1.0, "of": 1}
    assert figures["extra"] == 2
    assert figures["indirect"]["marked"] == 0
    printed = capsys.readouterr().out
    assert "Whole quotations, as annotated" in printed
    assert "Reported speech without marks" in printed
    assert "Morrow" not in json.dumps(run(folder, "--no-examples"))


def test_another_language_is_read_as_such(corpus: Path) -> None:
    """Without a lexicon nobody is named, and the segments are found all the same."""
    figures = run(corpus, "--language", "qx")["small"]
    assert figures["speakers"]["named"] == {"right": 0.0, "of": 1}
    assert figures["mistakes"]["segments"] == 0


def test_the_scorer_may_lie_elsewhere(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("scorer") / "score.py"
    (corpus / "score.py").rename(elsewhere)
    assert run(corpus, "--scorer", str(elsewhere))["small"]["score"]["direct_overlap"]["r"] == 0.5


@pytest.mark.parametrize(("name", "content", "message"), [
    ("score.py", None, "There is no scorer at"),
    ("score.py", "def score(): ...", "has no pieces"),
    ("small.jsonl", None, "holds neither .jsonl files nor stories of the house"),
    ("small.jsonl", "", "holds no stories"),
    ("small.jsonl", "{}\n", "small.jsonl, line 1: id, quotes, text is missing"),
    ("small.jsonl", "[]\n", "small.jsonl, line 1: id, quotes, text is missing"),
    ("small.jsonl", '\n{"id": 1, "text": "", "quotes": [{}]}\n', "line 2: end, speaker"),
    ("small.jsonl", "{]\n", "line 1: this is no JSON"),
])  # fmt: skip
def test_what_is_wrong_is_told_in_a_sentence(
    corpus: Path, name: str, content: str | None, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is None:
        (corpus / name).unlink()
    else:
        (corpus / name).write_text(content)
    with pytest.raises(SystemExit) as caught:
        run(corpus)
    assert caught.value.code == 2
    told = capsys.readouterr().err
    assert message in told
    assert "Traceback" not in told


def test_a_place_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(tmp_path / "gone")
    assert "name a file of JSON lines or a folder" in capsys.readouterr().err


def test_cost_is_measured_in_a_process_of_its_own() -> None:
    cost = measure_cost([TEXT] * 3)
    assert cost["words"] == 3 * len(TEXT.split())
    assert cost["stories_a_second"] > 0
    assert cost["memory_mb"] is None or 0 < cost["memory_mb"] < 60
