"""`find_quotes`: texts in, quotations out, no database."""

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from articles.management.commands.find_quotes import Command

TEXT = (
    "Dredger Breaks Loose\n\n“Nobody was hurt,” said Harbour Master Otto Reed. “We were lucky.”\n\n"
    "The band went on to play “Songs of the Weir”."
)


def run(*args: str) -> tuple[int, str, str]:
    """The exit code, standard output and standard error of `find_quotes ARGS`."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("find_quotes", *args, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), f"{err.getvalue()}{error}"
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def text(tmp_path: Path) -> str:
    """The name of a file with a text."""
    file = tmp_path / "dredger.txt"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def test_people_read_who_said_what_and_why(text: str) -> None:
    code, out, err = run(text)
    assert (code, err) == (0, "")
    assert "direct “Nobody was hurt,”" in out
    assert "Otto Reed, Harbour Master: " in out
    assert "Songs of the Weir" not in out


def test_json_counts_characters_of_the_file(text: str) -> None:
    (report,) = json.loads(run(text, "--json")[1])["files"]
    assert report["file"] == text
    entries = report["quotes"]
    assert [TEXT[entry["start"] : entry["end"]] for entry in entries] == [entry["text"] for entry in entries]
    assert {entry["quote"] for entry in entries} == {0}


def test_titles_come_with_all(text: str) -> None:
    (report,) = json.loads(run(text, "--json", "--all")[1])["files"]
    assert report["quotes"][-1] | {"sure": None, "reason": ""} == {
        "start": TEXT.index("Songs"), "end": TEXT.index("”."), "text": "Songs of the Weir", "quote": 1,
        "kind": "title", "speaker": "", "role": "", "cue": "", "sure": None, "reason": "",
    }  # fmt: skip


def test_reported_speech_comes_with_indirect(tmp_path: Path) -> None:
    file = tmp_path / "pier.txt"
    file.write_text(f"{TEXT}\n\nReed told the council that the dredger was sound.", encoding="utf-8")
    assert "dredger was sound" not in run(str(file))[1]
    out = run(str(file), "--indirect")[1]
    assert "indirect the dredger was sound\n" in out
    assert (
        "Otto Reed, Harbour Master (not sure): name 'Reed' → Otto Reed, subject of “told”, paragraph 3."
        in out
    )


def test_reported_speech_comes_with_indirect_in_lines_of_json(tmp_path: Path) -> None:
    file = tmp_path / "stories.jsonl"
    text = "The pier, said Ruth Amadi, would hold."
    file.write_text(json.dumps({"id": 1, "text": text}), encoding="utf-8")
    assert json.loads(run(str(file), "--jsonl")[1])["quotes"] == []
    found = json.loads(run(str(file), "--jsonl", "--indirect")[1])["quotes"]
    assert [(entry["kind"], entry["quote"], entry["sure"]) for entry in found] == [("indirect", 0, False)] * 2
    assert [text[entry["start"] : entry["end"]] for entry in found] == ["The pier", "would hold"]


INTERVIEW = (
    "Ruth Amadi has run the ferries of Port Hale for ten years.\n\nQ. Will the pier hold?\n\n"
    "A. It will hold for a century.\n\nQ. And the ferries?\n\nA. They sail on Monday."
)


def test_the_lines_of_an_interview_come_with_interviews(tmp_path: Path) -> None:
    file = tmp_path / "ferries.txt"
    file.write_text(INTERVIEW, encoding="utf-8")
    assert json.loads(run(str(file), "--json")[1])["files"][0]["quotes"] == []
    entries = json.loads(run(str(file), "--json", "--interviews")[1])["files"][0]["quotes"]
    assert [(entry["speaker"], entry["text"]) for entry in entries] == [
        ("", "Will the pier hold?"),
        ("Ruth Amadi", "It will hold for a century."),
        ("", "And the ferries?"),
        ("Ruth Amadi", "They sail on Monday."),
    ]
    file.write_text(json.dumps({"id": 1, "text": INTERVIEW}), encoding="utf-8")
    assert len(json.loads(run(str(file), "--jsonl", "--interviews")[1])["quotes"]) == 4


def test_what_somebody_else_says_comes_with_nested(tmp_path: Path) -> None:
    file = tmp_path / "skipper.txt"
    text = "The ferry sank.\n\n“The skipper told me, ‘Jump now,’ and I did,” said Ruth Amadi.\n"
    file.write_text(text, encoding="utf-8")
    assert len(json.loads(run(str(file), "--json")[1])["files"][0]["quotes"]) == 1
    outer, inner = json.loads(run(str(file), "--json", "--nested")[1])["files"][0]["quotes"]
    assert (outer["speaker"], inner["speaker"], inner["sure"]) == ("Ruth Amadi", "The skipper", False)
    assert text[inner["start"] : inner["end"]] == inner["text"] == "Jump now,"
    file.write_text(json.dumps({"id": 1, "text": text}), encoding="utf-8")
    assert len(json.loads(run(str(file), "--jsonl", "--nested")[1])["quotes"]) == 2


def test_lines_of_json_are_read_one_by_one(tmp_path: Path) -> None:
    windows = TEXT.replace("\n", "\r\n")
    file = tmp_path / "stories.jsonl"
    lines = [
        json.dumps({"id": "a", "text": windows}),
        "",
        json.dumps({"id": 7, "text": "Nobody spoke\u2028at\x1b all."}, ensure_ascii=False),
        json.dumps({"id": None, "text": ""}),
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    code, out, err = run(str(file), "--jsonl")
    first, second, third = (json.loads(line) for line in out.splitlines())
    assert (code, err) == (0, "")
    assert first["id"] == "a"
    assert [windows[entry["start"] : entry["end"]] for entry in first["quotes"]] == [
        "Nobody was hurt,",
        "We were lucky.",
    ]
    assert list(first["quotes"][0]) == [
        "start", "end", "text", "quote", "kind", "speaker", "role", "cue", "sure", "reason",
    ]  # fmt: skip
    assert (second, third) == ({"id": 7, "quotes": []}, {"id": None, "quotes": []})


@pytest.mark.parametrize(
    "line",
    [
        b"nothing",
        b'{"id": 1}',
        b'{"id": 1, "text": 7}',
        b"[1]",
        b'"text"',
        b'{"id": 1, "text": "a\\u0000b"}',
        b'{"id": 1, "text": "\\ud800"}',
        b'{"id": 1, "text": "caf\xe9"}',
        b"[" * 100_000,
    ],
    ids=["words", "no-text", "number", "list", "string", "nul", "surrogate", "latin", "deep"],
)
def test_a_bad_line_is_named_and_the_rest_is_read(line: bytes, tmp_path: Path) -> None:
    file = tmp_path / "stories.jsonl"
    file.write_bytes(line + b'\n{"id": 2, "text": "It rained."}\n')
    code, out, err = run(str(file), "--jsonl")
    assert code == 1
    assert f"{file}, line 1: " in err
    assert json.loads(out) == {"id": 2, "quotes": []}


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id": 1, "text": "It rained."}')))
    assert run("-", "--jsonl") == (0, '{"id": 1, "quotes": []}\n', "")


def test_a_missing_file_is_named(tmp_path: Path, text: str) -> None:
    code, out, err = run(str(tmp_path / "none.txt"), text)
    assert code == 1
    assert "no such file" in err
    assert "Otto Reed" in out


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("find_quotes", "--help")
    assert "find_quotes stories.jsonl --jsonl" in capsys.readouterr().out


def test_a_wrong_call_is_answered_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        Command().run_from_argv(["manage.py", "find_quotes", "-", "-"])
    assert left.value.code == 2
    assert capsys.readouterr().err == "“-” stands for standard input and can be given once only.\n"


def test_a_name_that_is_no_text_is_printed_so_that_it_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "copy\udcff\x1b[2J.txt"
    file.write_text(TEXT, encoding="utf-8")
    code, out, _err = run(str(file), "--json")
    assert code == 0
    assert json.loads(out.encode())["files"][0]["file"].endswith("copy��[2J.txt")
