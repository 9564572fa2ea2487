"""The page of search: what readers type, in every spelling and with every intention. Runs on both engines."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.text.terms import MAX_TERMS, Terms, read_terms
from tests.editions import make_edition

HOSTILE = [
    '"', '""', "'", "\\", "%", "*", "(", ")", "-", "--", '-"', "NEAR(a b)", "a AND", "OR", "NOT", "a:b",
    "{a b}", "^a", "a*", "'; DROP TABLE articles_edition; --", "\x00", "\ud800", "💡", "<script>",
    "&|!", "a" * 5000, "a " * 3000, '"unclosed phrase', "ключ", "\u202e", "%s", "{}", "tags : z",
]  # fmt: skip


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
def test_the_page_shows_the_best_of_each_kind_and_lights_up_what_was_found(client: Client) -> None:
    make_edition(headline="The gates close", body_text="word " * 200 + "the ferries wait " + "word " * 200,
                 quotes=[{"words": "No ferry sails today.", "role_title": "Ferry pilot",
                          "speaker_name": "Anna <b>Holt"}])  # fmt: skip
    page = client.get("/search/?q=ferry").content.decode()
    assert "the <mark>ferries</mark> wait" in page
    assert "No <mark>ferry</mark> sails today." in page
    assert "<mark>Ferry</mark> pilot" in page
    assert "<b>Holt" not in page
    assert 'id="found-sources"' not in page
    assert 'id="found-stories"' not in client.get("/search/?q=ferry&in=quotes").content.decode()
    assert "Anna &lt;b&gt;Holt" in client.get("/search/?q=ferry&in=speakers").content.decode()
    assert "</mark> to the harbour council" in client.get("/search/?q=speech&in=sources").content.decode()


@pytest.mark.django_db
def test_pages_of_results_keep_what_was_asked(client: Client) -> None:
    for number in range(25):
        make_edition(headline=f"Ferry {number}.")
    assert "More stories" in client.get("/search/?q=ferry").content.decode()
    first = client.get("/search/?q=ferry&in=stories&section=harbour").content.decode()
    assert 'href="?q=ferry&amp;in=stories&amp;section=harbour&amp;page=2"' in first
    last = client.get("/search/?q=ferry&in=stories&page=2").content.decode()
    assert "Page 2" in last
    assert 'rel="next"' not in last
    for number in ("3", "11", "0", "-1", "x", "٢", "9999999999"):
        address = f"/search/?q=ferry&in=stories&page={number}"
        assert client.get(address).status_code == 404, number


@pytest.mark.django_db
def test_an_empty_search_teaches_and_a_vain_one_gives_advice(client: Client) -> None:
    make_edition(headline="Kingfishers in Sandholm")
    assert "beside each other" in client.get("/search/").content.decode()
    vain = client.get("/search/?q=submarine").content.decode()
    assert "Nothing that is published holds all of these words." in vain
    assert "beside each other" in vain
    assert "Search everything." in client.get("/search/?q=submarine&in=quotes").content.decode()
    assert "Search everywhere." in client.get("/search/?q=kingfisher&section=coast").content.decode()
    assert client.get("/search/?q=a").headers["X-Robots-Tag"] == "noindex"
    meant = client.get("/search/?q=kingfihsers").content.decode()
    assert 'Did you mean <a href="?q=kingfishers">kingfishers</a>?' in meant


@pytest.mark.django_db
def test_days_narrow_and_what_is_no_day_is_told_and_kept(client: Client) -> None:
    make_edition(headline="A ferry of old", live_from=timezone.now() - timedelta(days=400))
    make_edition(headline="A ferry of now")
    since = timezone.localdate() - timedelta(days=9)
    found = client.get(f"/search/?q=ferry&since={since}").content.decode()
    assert "of now" in found
    assert "of old" not in found
    for wrong in ("2026-02-31", "yesterday", "<b>"):
        told = client.get("/search/", {"q": "ferry", "until": wrong}).content.decode()
        assert "is no day, so it was left out" in told
        assert "of now" in told
        assert "<b>" not in told


@pytest.mark.django_db
def test_topics_and_speakers_of_what_was_found_narrow_the_search(client: Client) -> None:
    skarra = {"speaker_slug": "odd-skarra", "speaker_name": "Odd Skarra"}
    make_edition(headline="Ferries", quotes=[{"words": "The ferry."}, {"words": "A ferry.", **skarra}])
    make_edition(headline="Ferries again", topics=[{"name": "Boats", "slug": "boats"}])
    page = client.get("/search/?q=ferry").content.decode()
    assert 'href="?q=ferry&amp;topic=boats"' in page
    assert 'href="?q=ferry&amp;speaker=odd-skarra"' in page
    chosen = client.get("/search/?q=ferry&speaker=odd-skarra").content.decode()
    assert 'href="?q=ferry">Search all speakers' in chosen
    assert "<mark>ferry</mark>" in chosen.lower()


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_finds_nothing_and_breaks_nothing(client: Client, text: str) -> None:
    make_edition(quotes=[{}])
    for among in ("", "stories", "quotes", "speakers", "sources", text):
        words = text.encode("utf-8", "replace")
        query = {"q": words, "in": among.encode("utf-8", "replace"), "section": words, "topic": words}
        response = client.get("/search/", query)
        assert response.status_code == 200
        assert b"<script>" not in response.content
