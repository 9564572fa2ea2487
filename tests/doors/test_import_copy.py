"""`import_copy`: files in, drafts and one report out, honest exit codes."""

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from articles.models import Event, Story
from tests.factories import make_section, make_user

pytestmark = pytest.mark.django_db

COPY = """Dredger Breaks Loose off Ansterby

A dredger broke loose on Monday. “Nobody was hurt,” said Harbour Master Otto Reed. “We were lucky.”

“The chains were old and everybody on the quay knew it,” he said.

This is a developing story. Check back for updates.

Subscribe to our newsletter
"""


def run(*args: str) -> tuple[int, str, str]:
    """The exit code, standard output and standard error of `import_copy ARGS`."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_copy", *args, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), f"{err.getvalue()}{error}"
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def copy(tmp_path: Path) -> str:
    """The name of a file with copy."""
    file = tmp_path / "dredger.txt"
    file.write_text(COPY, encoding="utf-8")
    return str(file)


def test_a_draft_is_made_with_what_was_asked(copy: str) -> None:
    section, alma = make_section(), make_user("Reporter", username="alma")
    code, out, err = run(
        copy, "--section", "HARBOUR", "--topic", "Dredgers", "--topic", "Chains", "--by", "alma",
        "--source-url", "https://wire.example/dredger",
    )  # fmt: skip
    story = Story.objects.get()
    assert (code, err) == (0, "")
    assert (story.section, story.owner) == (section, alma)
    assert {topic.name for topic in story.topics.all()} == {"Dredgers", "Chains"}
    assert story.raw.origin == copy
    assert story.quotations.first().quote.source.url == "https://wire.example/dredger"
    for words in ("Dredger Breaks Loose", "Otto Reed, Harbour Master", "Subscribe to our newsletter"):
        assert words in out
    assert Event.objects.get().by == alma


def test_json_has_the_shape_that_programs_rely_on(copy: str) -> None:
    code, out, err = run(copy, "--json")
    story = Story.objects.get()
    (report,) = json.loads(out)["stories"]
    assert (code, err) == (0, "")
    assert list(report) == [
        "id", "headline", "slug", "developing", "removed", "paragraphs", "quotes", "admin_url",
    ]  # fmt: skip
    assert (report["id"], report["slug"]) == (story.pk, "dredger-breaks-loose-off-ansterby")
    assert (report["developing"], report["paragraphs"]) == (True, 2)
    assert [cut["text"] for cut in report["removed"]] == [
        "This is a developing story. Check back for updates.",
        "Subscribe to our newsletter",
    ]
    assert report["admin_url"].endswith(f"/admin/articles/story/{story.pk}/change/")
    first, second = report["quotes"]
    assert list(first) == ["text", "kind", "speaker", "role", "cue", "reason", "segments"]
    assert (first["text"], first["kind"]) == ("Nobody was hurt, … We were lucky.", "direct")
    assert (second["speaker"], second["role"], second["cue"]) == ("Otto Reed", "Harbour Master", "said")
    assert [COPY[start:end] for quote in report["quotes"] for start, end in quote["segments"]] == [
        "Nobody was hurt,",
        "We were lucky.",
        "The chains were old and everybody on the quay knew it,",
    ]


def test_a_dry_run_finds_the_same_and_writes_nothing(copy: str) -> None:
    code, out, _ = run(copy, "--json", "--dry-run")
    (dry,) = json.loads(out)["stories"]
    assert (code, dry["id"], dry["admin_url"]) == (0, None, None)
    assert not Story.objects.exists()
    (wet,) = json.loads(run(copy, "--json")[1])["stories"]
    assert {**wet, "id": None, "admin_url": None} == dry


def test_the_same_copy_comes_in_once(copy: str) -> None:
    first = json.loads(run(copy, "--json")[1])
    code, out, err = run(copy, copy, "--json")
    assert (code, json.loads(out)["stories"]) == (0, first["stories"] * 2)
    assert "came in before" in err
    assert Story.objects.count() == 1


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(COPY.encode())))
    code, out, _ = run("-")
    assert code == 0
    assert Story.objects.get().headline in out


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no text in it"),
        (b"A\0B", "NUL"),
        (b"caf\xe9 and tea\n\nMore", "not valid UTF-8"),
        (b"x" * 10_000_000, "10.0 MB"),
        (b"y" * 600_000, "One line is 600,000 characters"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
        ("half \ud83d".encode("utf-8", "surrogatepass"), "not valid UTF-8"),
    ],
    ids=["empty", "nul", "latin", "huge", "line", "binary", "surrogate"],
)
def test_bad_copy_is_named_and_the_rest_goes_in(data: bytes, words: str, tmp_path: Path, copy: str) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(data)
    code, out, err = run(str(bad), copy, "--json")
    assert code == 1
    assert f"{bad}: " in err
    assert words in err
    assert len(json.loads(out)["stories"]) == Story.objects.count() == 1


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path, copy: str) -> None:
    code, _, err = run(str(tmp_path / "none.txt"), str(tmp_path), copy)
    assert code == 1
    assert "no such file" in err
    assert "This is a folder" in err
    assert "2 inputs were refused." in err
    assert Story.objects.count() == 1


def test_who_may_not_is_told_and_nothing_is_written(copy: str) -> None:
    make_user("Auditor", username="otto")
    code, _, err = run(copy, "--by", "otto")
    assert code == 1
    assert "may not bring in copy" in err
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    "args",
    [
        ["--section", "nowhere"],
        ["--by", "nobody"],
        ["--source-url", "wire"],
        ["-", "-"],
    ],
)
def test_a_wrong_call_leaves_with_two(args: list[str], copy: str) -> None:
    code, out, err = run(*args, copy)
    assert (code, out) == (2, "")
    assert err.endswith(".")
    assert not Story.objects.exists()


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("import_copy", "--help")
    assert "manage.py import_copy wire/*.txt --section harbour" in capsys.readouterr().out
