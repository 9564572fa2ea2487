"""Search: what readers type, in every spelling and with every intention. Runs on both engines."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Edition, EditionQuote
from articles.search import QUOTE_COLUMNS, STORY_COLUMNS, holding, search_quotes, search_stories
from articles.text.terms import MAX_TERMS, Terms, read_terms
from tests.editions import make_edition, replace_edition, withdraw_edition

HOSTILE = [
    '"', '""', "'", "\\", "%", "*", "(", ")", "-", "--", '-"', "NEAR(a b)", "a AND", "OR", "NOT", "a:b",
    "{a b}", "^a", "a*", "'; DROP TABLE articles_edition; --", "\x00", "\ud800", "💡", "<script>",
    "&|!", "a" * 5000, "a " * 3000, '"unclosed phrase', "ключ", "\u202e", "%s", "{}",
]  # fmt: skip


def found(text: str) -> list[str]:
    """The headlines of the stories found."""
    stories = search_stories(read_terms(text), timezone.now())
    return [story.headline for story in stories]


@pytest.mark.parametrize(("text", "wanted", "unwanted"), [
    ("harbour wall", ("harbour", "wall"), ()),
    ('"harbour wall" sea', ("harbour wall", "sea"), ()),
    ("“harbour wall”", ("harbour wall",), ()),
    ('"harbour wall', ("harbour wall",), ()),
    ("harbour -wall", ("harbour",), ("wall",)),
    ('harbour -"old wall"', ("harbour",), ("old wall",)),
    ("harbour-master", ("harbour master",), ()),
    ("O’Brien", ("O Brien",), ()),
    ("!!! ... -", (), ()),
    ("\x00\ud800", (), ()),
])  # fmt: skip
def test_what_was_typed_is_read_as_terms(
    text: str, wanted: tuple[str, ...], unwanted: tuple[str, ...]
) -> None:
    assert read_terms(text) == Terms(wanted, unwanted)


@given(st.text(max_size=400))
def test_terms_hold_words_and_single_spaces_only(text: str) -> None:
    terms = read_terms(text)
    assert len(terms.wanted) + len(terms.unwanted) <= MAX_TERMS
    for term in (*terms.wanted, *terms.unwanted):
        assert term
        assert all(character.isalnum() or character in "_ " for character in term)


@pytest.mark.django_db
def test_stories_are_found_by_words_stems_phrases_and_without_words() -> None:
    make_edition(headline="The gates close", body_text="The old harbour wall holds.")
    make_edition(headline="A wall", body_text="It stands beside the harbour.")
    assert found("harbour wall") == ["A wall", "The gates close"]
    assert found("gate") == ["The gates close"]
    assert found("HARBOUR closing") == ["The gates close"]
    assert found('"harbour wall"') == ["The gates close"]
    assert found("harbour -old") == ["A wall"]
    assert found("-harbour") == []
    assert found("submarine") == []


@pytest.mark.django_db
@pytest.mark.parametrize(("rows", "columns", "index"), [
    (Edition.objects.order_by(), STORY_COLUMNS, "edition_words"),
    (EditionQuote.objects.order_by(), QUOTE_COLUMNS, "editionquote_words"),
])  # fmt: skip
def test_the_question_is_one_that_the_index_answers(
    rows: QuerySet, columns: tuple[str, ...], index: str
) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # the tables are too small to need an index
    assert index in holding(rows, read_terms("harbour"), columns).explain()


@pytest.mark.django_db
def test_only_the_current_edition_is_found() -> None:
    first = make_edition(headline="First words", body_text="A heron.")
    second = replace_edition(first, headline="Second words", body_text="A kingfisher.")
    assert found("heron") == []
    assert found("kingfisher") == ["Second words"]
    withdraw_edition(second, "There was no kingfisher.")
    assert found("kingfisher") == []


@pytest.mark.django_db
def test_quotes_are_found_once_by_their_words_and_their_speaker() -> None:
    make_edition(quotes=[{"quote_key": "k1", "words": "We mend the nets."}])
    make_edition(quotes=[{"quote_key": "k1", "words": "We mend the nets."}, {"quote_key": "k2"}])
    quotes = search_quotes(read_terms("nets marrow"), timezone.now())
    assert [quote.quote_key for quote in quotes] == ["k1"]


@pytest.mark.django_db
def test_the_page_counts_both_and_lights_up_what_was_found(client: Client) -> None:
    make_edition(headline="The gates close", body_text="word " * 200 + "the ferries wait " + "word " * 200,
                 quotes=[{"words": "No ferry sails today."}])  # fmt: skip
    page = client.get("/search/?q=ferry").content.decode()
    assert 'Stories <span class="count">1</span>' in page
    assert 'Quotes <span class="count">1</span>' in page
    assert "the <mark>ferries</mark> wait" in page
    quotes = client.get("/search/?q=ferry&in=quotes").content.decode()
    assert "No <mark>ferry</mark> sails today." in quotes


@pytest.mark.django_db
def test_pages_of_results_keep_what_was_asked(client: Client) -> None:
    for number in range(20):
        make_edition(headline=f"Ferry {number}.")
    first = client.get("/search/?q=ferry").content.decode()
    assert "Page 1 of 2" in first
    assert 'href="?q=ferry&amp;page=2"' in first
    assert "Page 2 of 2" in client.get("/search/?q=ferry&page=2").content.decode()
    assert client.get("/search/?q=ferry&page=3").status_code == 404


@pytest.mark.django_db
def test_an_empty_search_explains_itself_and_a_vain_one_gives_advice(client: Client) -> None:
    make_edition()
    assert "Words in quotation marks" in client.get("/search/").content.decode()
    assert "Try fewer words" in client.get("/search/?q=submarine").content.decode()
    assert "Try fewer words" in client.get("/search/?q=submarine&in=quotes").content.decode()
    assert client.get("/search/?q=a").headers["X-Robots-Tag"] == "noindex"


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_finds_nothing_and_breaks_nothing(client: Client, text: str) -> None:
    make_edition(quotes=[{}])
    for among in ("stories", "quotes"):
        query = {"q": text.encode("utf-8", "replace"), "in": among}
        response = client.get("/search/", query)
        assert response.status_code == 200
        assert b"<script>" not in response.content
