"""An archive for measuring holds what the verbs would have written."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import (
    Edition,
    EditionQuote,
    KnownWord,
    NameWords,
    Quote,
    QuotedName,
    QuoteWords,
    RenderedEdition,
    SearchEntry,
    Source,
    Speaker,
    Story,
    StoryWords,
)
from articles.text.compare import fingerprint
from articles.workflow.edition import build_content
from articles.workflow.find import index_records
from articles.workflow.material import gather
from articles.workflow.published_words import index_editions
from bench.probe import Probe
from bench.seed import fill
from bench.words import EVERYWHERE

pytestmark = pytest.mark.django_db

STORIES = 24  # with one of each kind


@pytest.fixture(autouse=True)
def _archive() -> None:
    fill(STORIES, careless=False)


def test_an_edition_says_what_publishing_the_story_again_would_say() -> None:
    editor = User.objects.get(username="editor")
    stories = Story.objects.filter(status="published")
    assert len(stories) == STORIES - 1  # one was killed
    for story in stories:
        edition = story.editions.get(live_until=None)
        assert build_content(gather(story), editor=editor).same_as(edition), story.pk


def test_readers_find_what_indexing_would_let_them_find() -> None:
    def rows() -> list[object]:
        return [
            set(StoryWords.objects.values_list("pk", "edition", "tags", "live_from", "live_until")),
            set(QuoteWords.objects.values_list("pk", "edition", "quote", "quote_key", "tags", "live_from")),
            set(NameWords.objects.values_list("stamp", "kind", "key", "name", "title", "organisation")),
            set(KnownWord.objects.values_list("word", "head", "tail", "size")),
            set(QuotedName.objects.values_list("slug", "name", "place")),
        ]

    found = Client().get("/search/", {"q": EVERYWHERE, "in": "stories"})
    addresses = [edition.get_absolute_url().encode() for edition in Edition.objects.published()]
    assert sum(address in found.content for address in addresses) >= 10
    seeded = rows()
    index_editions(Edition.objects.published().prefetch_related("quotes"))
    names = EditionQuote.objects.published().values("speaker_slug", "speaker_name", "speaker")
    QuotedName.objects.remember(names)
    assert rows() == seeded


def test_the_desk_finds_records_by_the_words_that_it_would_write() -> None:
    def words() -> set[tuple[object, ...]]:
        return set(SearchEntry.objects.values_list("kind", "record_id", "words"))

    seeded = words()
    quoted = Speaker.objects.filter(quotes__isnull=False).distinct()
    records = [*Story.objects.all(), *Quote.objects.all(), *quoted]
    index_records([*records, *Source.objects.filter(quotes__isnull=False).distinct()])
    assert words() == seeded
    assert all(quote.fingerprint == fingerprint(quote.segments) for quote in Quote.objects.all())


def test_every_page_of_a_seeded_story_can_be_read() -> None:
    client = Client()
    newest = Edition.objects.published().newest_first()[0]
    quote = newest.quotes.all()[0]
    assert newest.word_count > 1800
    assert newest.quotes.count() == 40
    lists = [
        "/",
        f"/{newest.section_slug}/",
        f"/speakers/{quote.speaker_slug}/",
        "/archive/",
        "/corrections/",
    ]
    for address in [newest.get_absolute_url(), quote.get_absolute_url(), *lists]:
        assert client.get(address).status_code == 200, address
    killed = Edition.objects.filter(gone=True)[0]
    assert client.get(killed.get_absolute_url()).status_code == 410


def test_a_probe_measures_pages_and_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    # A request by WSGI ends with the connection, which here holds the transaction of the test.
    monkeypatch.setattr("bench.probe.ask", lambda path: Client().get(path).content)
    probe = Probe()
    addresses = probe.addresses(3)
    probe.prepare(4)
    assert RenderedEdition.objects.count() == 4
    assert [len(times) for times in probe.pages(addresses).values()] == [3, 3]
    assert 1 < probe.queries(probe.speaker()) < 20
    before = Edition.objects.count()
    assert {step: len(times) for step, times in probe.desk(1).items()} == {"open": 1, "save": 1, "publish": 1}
    assert Edition.objects.count() == before + 2  # the first warms up
    assert "EXPLAIN" not in probe.profile(addresses)
