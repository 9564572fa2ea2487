"""The page that says whether pasted words are on record here."""

import pytest
from django.test import Client

from tests.editions import WORDS, make_edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("words", "answer", "told"), [
    (f"“{WORDS}”", "exact", "On record here, in these words"),
    ("keep the lighthouse open", "exact", "a part of this quotation"),
    ("We will keep … open through the winter", "permitted", "On record here, shortened"),
    (WORDS.replace("open", "shut"), "altered", "<del>shut</del> <ins>open</ins>"),
    ("Nobody has ever seen a green submarine.", "absent", "That proves nothing"),
    ("a word", "too_short", "at least 3 words"),
    ("word " * 400, "too_long", "at most 1500 characters"),
])  # fmt: skip
def test_each_answer_says_what_it_means_and_keeps_the_words(
    client: Client, words: str, answer: str, told: str
) -> None:
    edition = make_edition(quotes=[{"quote_key": "k1"}])
    response = client.get("/quotes/check/", {"words": words})
    page = response.content.decode()
    assert f'data-answer="{answer}"' in page
    assert told in page
    assert f"{words.strip()}</textarea>" in page
    assert response.headers["X-Robots-Tag"] == "noindex"
    shown = answer in ("exact", "permitted", "altered")
    assert (f'href="{edition.get_absolute_url()}#q-k1"' in page) == shown


def test_the_empty_page_may_be_found_and_kept(client: Client) -> None:
    response = client.get("/quotes/check/")
    assert "data-answer" not in response.content.decode()
    assert "X-Robots-Tag" not in response.headers
    assert client.head("/quotes/check/").status_code == 200
    assert client.post("/quotes/check/").status_code == 405


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script> one two", "\x00 \ud800 a b c", "“" * 900, "%s %d {} {{ 7 }}"]
)
def test_hostile_words_are_answered_and_shown_as_text(client: Client, words: str) -> None:
    make_edition(quotes=[{}])
    response = client.get("/quotes/check/", {"words": words.encode("utf-8", "replace")})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
