"""The command that fills search from editions that came without the verbs."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.management.commands import index_published as command
from articles.models import Edition, QuoteWords, StoryWords
from articles.search import search_quotes, search_stories
from articles.text.terms import read_terms
from articles.workflow.published_words import forget_editions
from tests.editions import make_edition, replace_edition, withdraw_edition

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("index_published", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def _forgotten() -> None:
    """An archive that search knows nothing of: two stories, one renewed, and one that is gone."""
    make_edition(headline="A heron", quotes=[{"quote_key": "k1"}, {"quote_key": "k2"}])
    replace_edition(make_edition(headline="A heron before"), headline="A heron now")
    withdraw_edition(make_edition(headline="A heron that was none"), "It was a stork.")
    forget_editions(Edition.objects.values_list("pk", flat=True))
    assert not StoryWords.objects.exists()


@pytest.mark.usefixtures("_forgotten")
def test_everything_that_counts_is_indexed_and_again_changes_nothing() -> None:
    for _ in range(2):
        assert run() == "editions: 2 indexed\n"
        assert StoryWords.objects.count() == 2
        assert QuoteWords.objects.count() == 2
    found = search_stories(read_terms("heron"), timezone.now()).records
    assert {story.headline for story in found} == {"A heron", "A heron now"}
    assert len(search_quotes(read_terms("lighthouse"), timezone.now()).records) == 2


@pytest.mark.usefixtures("_forgotten")
def test_it_can_begin_anywhere_and_leave_out_what_is_there() -> None:
    assert json.loads(run("--dry-run", "--json")) == {"indexed": 2}
    assert not StoryWords.objects.exists()
    newest = Edition.objects.get(headline="A heron now")
    assert run("--before", str(newest.pk)) == "editions: 1 indexed\n"
    assert run("--missing") == "editions: 1 indexed\n"
    assert run("--missing") == "editions: 0 indexed\n"


@pytest.mark.usefixtures("_forgotten")
def test_who_is_stopped_is_told_where_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = command._index
    monkeypatch.setattr(command, "BATCH", 1)

    def stop(numbers: list[int]) -> None:
        if StoryWords.objects.exists():
            raise KeyboardInterrupt
        written(numbers)

    monkeypatch.setattr(command, "_index", stop)
    with pytest.raises(KeyboardInterrupt):
        run()
    newest = Edition.objects.get(headline="A heron now")
    assert f"index_published --before {newest.pk}" in capsys.readouterr().err
    assert StoryWords.objects.count() == 1


def test_several_processes_are_for_postgresql() -> None:
    with pytest.raises(CommandError) as refused:
        run("--workers", "0")
    assert refused.value.returncode == 2
