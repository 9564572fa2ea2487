"""The command that fills search from editions that came without the verbs."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

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
