"""`manage.py import_stories`: an archive in, resumable, with nothing lost and nothing kept in memory."""

import io
import json
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from articles.management.reading import Batch, Line, in_batches, read_batches
from articles.models import Edition, ImportedStory, Quotation, Story
from articles.text.incoming import read_item
from articles.workflow import bulk
from bench.archive import write_lines
from tests.factories import make_section, make_user

pytestmark = pytest.mark.django_db

Run = Callable[..., tuple[str, str]]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for name in ("Harbour", "Town", "Schools", "Culture", "Sport"):
        make_section(name)
    path = tmp_path / "archive.ndjson"
    path.write_text("".join(write_lines(6)))
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def do(*names: Any, fails: int = 0, workers: int = 1) -> tuple[str, str]:
        code = 0
        try:
            call_command("import_stories", *map(str, names), f"--workers={workers}")
        except CommandError as error:
            code = error.returncode
            sys.stderr.write(str(error))
        told = capsys.readouterr()
        assert code == fails, told.err
        return told.out, told.err

    return do


def test_stories_come_in_with_their_quotations(run: Run, archive: Path) -> None:
    out, err = run(archive)
    assert out.startswith("6 stories came in with 48 quotations")
    assert (Story.objects.count(), Quotation.objects.count(), err) == (6, 48, "")
    assert Story.objects.filter(status="draft", section__isnull=False).count() == 6


def test_a_second_run_brings_nothing_in_twice(run: Run, archive: Path) -> None:
    run(archive, "--limit", 4)
    assert Story.objects.count() == 4
    out, _err = run(archive, "--json")
    report = json.loads(out)
    assert (report["created"], report["known"], Story.objects.count()) == (2, 4, 6)


def test_a_stopped_import_goes_on_where_it_was(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.management.commands.import_stories.AT_ONCE", 2)
    written = []

    def take_and_stop(drafts: Any, terms: Any) -> Any:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(drafts)
        return bulk.take_in(drafts, terms)

    monkeypatch.setattr("articles.management.commands.import_stories.take_in", take_and_stop)
    _out, err = run(archive, fails=1)
    assert "stopped after 4 stories" in err
    assert Story.objects.count() == 4
    monkeypatch.undo()
    run(archive)
    assert (Story.objects.count(), ImportedStory.objects.count()) == (6, 6)


def test_a_bad_line_is_named_kept_for_mending_and_the_rest_goes_in(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    first, *others = archive.read_text().splitlines(keepends=True)
    bad = '{"headline": "x"\n'
    foreign = json.dumps(json.loads(first) | {"uri": "f", "language": "fr"}) + "\n"
    elsewhere = json.dumps(json.loads(first) | {"uri": "e", "section": "Sewing", "body": "<p>Hm.</p>"}) + "\n"
    nothing = '{"headline": "Empty", "body": "<script>1</script>"}\n'
    archive.write_text(first + bad + foreign + elsewhere + nothing + "".join(others))
    _out, err = run(archive, "--rejects", tmp_path / "mend.ndjson", fails=1)
    assert f"{archive}, line 2: The line is no JSON object" in err
    assert f"{archive}, line 3: The story is in the language “fr”" in err
    assert f"{archive}, line 4: There is no section “Sewing”" in err
    assert f"{archive}, line 5: Cleaning left nothing" in err
    assert "4 inputs were refused" in err
    assert Story.objects.count() == 6
    lines = (tmp_path / "mend.ndjson").read_text().splitlines(keepends=True)
    assert sorted(lines) == sorted([bad, foreign, elsewhere, nothing])


def test_what_changed_in_the_other_system_is_told_and_not_overwritten(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    run(archive)
    first, *others = archive.read_text().splitlines(keepends=True)
    changed = json.dumps(json.loads(first) | {"headline": "Another"}) + "\n"
    archive.write_text(changed + "".join(others))
    _out, err = run(archive, "--rejects", tmp_path / "mend.ndjson", fails=1)
    assert "line 1: It came in before as story" in err
    assert not Story.objects.filter(headline="Another").exists()
    assert (tmp_path / "mend.ndjson").read_text() == changed


def test_a_dry_run_reads_everything_and_writes_nothing(run: Run, archive: Path) -> None:
    out, _err = run(archive, "--dry-run")
    assert out.startswith("6 stories would come in with 48 quotations")
    assert not Story.objects.exists()


def test_standard_input_is_read(run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(archive.read_bytes())))
    run("-")
    assert Story.objects.count() == 6


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["--by", "nobody"], "Nobody active has the log-in"),
        (["--section", "sewing"], "There is no section “sewing”"),
        (["--already-public", "Our archive"], "Only a managing editor"),
        (["--already-public", ""], "Say why readers may read"),
    ],
)
def test_wrong_calls_say_what_to_do(run: Run, archive: Path, names: list[str], words: str) -> None:
    assert words in run(archive, *names, fails=2)[1]


def test_a_file_of_rejects_is_never_overwritten(run: Run, archive: Path) -> None:
    assert "Name a new one" in run(archive, "--rejects", archive, fails=2)[1]


def test_an_archive_that_readers_know_keeps_its_addresses(run: Run, archive: Path, client: Client) -> None:
    greta = make_user("Managing editor")
    run(archive, "--by", greta.username, "--already-public", "Our archive since 2009")
    edition = Edition.objects.order_by("first_live_from")[0]
    old = json.loads(archive.read_text().splitlines()[0])["url"].removeprefix("https://archive.example")
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, edition.get_absolute_url())
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert edition.headline in page.content.decode()
    assert client.get("/1/no-such-story.html").status_code == 404


def test_drafts_have_no_address_for_readers(run: Run, archive: Path, client: Client) -> None:
    run(archive)
    old = json.loads(archive.read_text().splitlines()[0])["url"].removeprefix("https://archive.example")
    assert client.get(old).status_code == 404


def lines(number: int) -> Iterator[Line]:
    for place in range(number):
        raw = json.dumps(
            {"uri": str(place), "headline": "Fog", "body": f"<p>Fog {place % 20}.</p>" * 50}
        ).encode()
        yield Line(str(place), raw, read_item(raw))


def test_several_processes_read_in_order() -> None:
    batches = list(in_batches(lines(10), 4))
    read = list(read_batches(batches, 2))
    assert [batch for batch, _ in read] == batches
    assert read == list(read_batches(batches, 1))


def test_memory_does_not_grow_with_the_archive() -> None:
    def most(number: int) -> int:
        tracemalloc.start()
        for _batch in read_batches(in_batches(lines(number), 20), 1):
            pass
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    most(40)
    # Each line that was kept would take several thousand bytes.
    assert most(400) < most(100) + 500_000


def test_no_more_is_read_ahead_than_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pool:
        """Reads nothing, in no other process."""

        def __init__(self, *_args: Any, **_named: Any) -> None: ...

        def __enter__(self) -> "Pool":
            return self

        def __exit__(self, *_error: object) -> None: ...

        def submit(self, *_args: Any) -> "Pool":
            return self

        def result(self) -> list[str]:
            return []

        def shutdown(self, **_named: Any) -> None: ...

    monkeypatch.setattr("articles.management.reading.ProcessPoolExecutor", Pool)
    given: list[Batch] = []

    def batches() -> Iterator[Batch]:
        for batch in in_batches(lines(60), 2):
            given.append(batch)
            yield batch

    for number, _read in enumerate(read_batches(batches(), 3), 1):
        assert len(given) - number < 6
    assert len(given) == 30
