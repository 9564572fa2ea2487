"""The picture of a quote: what is on it, that it is always the same, and who may see it."""

from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from articles import share_image
from articles.models import Edition, EditionQuote, Paper
from articles.share_image import EDGE, HEIGHT, WIDTH, Card
from tests.editions import make_edition, replace_edition, withdraw_edition

LONG = "The estuary does not care whose budget it is on which the tide comes in, and neither should we. "


def make_card(words: str = "“We will keep the light.”", **fields: Any) -> Card:
    values: dict[str, Any] = {
        "name": "Ilse Marrow", "detail": "Harbour Commissioner", "foot": "Debate · 3 May 2026",
        "state": "verified", "label": "Verified", "paper": "The Kelder Courier",
    }  # fmt: skip
    return Card(words, **values | fields)


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png))


def ink_box(png: bytes, top: int, foot: int) -> tuple[int, int, int, int] | None:
    """The smallest box that holds everything drawn between two heights."""
    image = opened(png).convert("RGB").crop((0, top, WIDTH, foot))
    ground = image.getpixel((0, 0))
    drawn = image.convert("L").point(lambda value: 255 * (value < 200))
    assert ground == (252, 251, 248)
    return drawn.getbbox()


@pytest.mark.parametrize("length", [40, 140, 280, 600])
def test_words_fit_whole_and_within_the_edges(length: int) -> None:
    words = f"“{(LONG * 9)[:length].strip()}”"
    png = share_image.draw(make_card(words))
    assert opened(png).size == (1200, 630)
    box = ink_box(png, 100, 470)
    assert box is not None
    assert box[0] >= 16  # the first mark hangs into the margin
    assert box[2] <= WIDTH - EDGE + 4
    assert box[3] < 470 - 100
    assert "…" not in setting_of(words)


def setting_of(words: str) -> str:
    return " ".join(share_image.set_words(words).lines)


def test_longer_words_end_with_an_ellipsis_and_lose_none_before_it() -> None:
    words = f"“{LONG * 20}”"
    shown = setting_of(words)
    assert shown.endswith(" …”")
    assert words.startswith(shown.removesuffix(" …”"))


def test_one_card_gives_one_picture_and_a_small_one() -> None:
    first, second = share_image.draw(make_card()), share_image.draw(make_card())
    assert first == second
    assert len(first) < 60_000


def test_there_is_nothing_in_the_file_but_the_picture() -> None:
    image = opened(share_image.draw(make_card()))
    assert image.format == "PNG"
    assert image.info == {}
    assert not image.getexif()


def test_each_thing_that_is_said_changes_the_address() -> None:
    stamps = {make_card().stamp}
    for name in ("words", "name", "detail", "foot", "state", "label", "paper", "accent", "ground"):
        stamps.add(make_card(**{name: "#123456"}).stamp)
    assert len(stamps) == 10


@pytest.mark.parametrize("words", ["“Пристань закрыта.”", "“港は閉じている。”", "“The quay 🚢 is closed.”"])
def test_letters_that_the_typefaces_lack_are_known(words: str) -> None:
    assert not share_image.settable(words)


def test_words_that_cannot_be_set_are_left_out_and_no_boxes_are_shown() -> None:
    told = share_image.draw(make_card("“Пристань закрыта.”", name="Ольга"))
    assert told == share_image.draw(make_card("“Другие слова”", name="Пётр"))
    assert opened(told).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize("words", ["“Zażółć gęślą jaźń.”", "“Fyret på Sandholm – åbent.”", "“Şişli’de 5 €!”"])
def test_letters_of_both_files_are_set(words: str) -> None:
    assert share_image.settable(words)


def test_states_look_different_on_a_dark_ground_too() -> None:
    states = ("verified", "in_source", "unverified", "disputed", "withdrawn")
    pictures = {share_image.draw(make_card("“No.”", state=state, ground="#14171a")) for state in states}
    assert len(pictures) == 5


pytest_db = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def quote_path(edition: Edition) -> str:
    return share_image.quote_address(edition.quotes.get(), Paper())


@pytest_db
def test_a_picture_is_kept_for_ever_and_drawn_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    monkeypatch.setattr(share_image, "draw", lambda card: drawn.append(card) or b"picture")
    path = quote_path(make_edition(quotes=[{}]))
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        assert response.content == b"picture"
        assert len(queries) == 2
    assert len(drawn) == 1
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in response.headers
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


@pytest_db
def test_the_page_of_a_quote_names_its_picture(client: Client) -> None:
    edition = make_edition(quotes=[{}])
    page = client.get(edition.quotes.get().get_absolute_url()).content.decode()
    assert f'<meta property="og:image" content="http://127.0.0.1:8000{quote_path(edition)}">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert opened(client.get(quote_path(edition)).content).size == (WIDTH, HEIGHT)


@pytest_db
def test_an_old_address_leads_to_the_picture_as_it_is_now(client: Client) -> None:
    edition = make_edition(quotes=[{"quote_key": "k1"}])
    before = quote_path(edition)
    after = replace_edition(edition, quotes=[{"quote_key": "k1", "verification": "disputed"}])
    response = client.get(before)
    assert response.status_code == 302
    assert response.headers["Location"] == quote_path(after) != before
    assert client.get("/quotes/k1/card-anything-else.png").headers["Location"] == quote_path(after)


@pytest_db
def test_what_was_taken_back_has_no_picture(client: Client) -> None:
    edition = make_edition(quotes=[{"quote_key": "k1"}], headline="Taken back")
    paths = [quote_path(edition), share_image.story_address(edition, Paper())]
    assert [client.get(path).status_code for path in paths] == [200, 200]
    withdraw_edition(edition, "This story was wrong.")
    assert [client.get(path).status_code for path in paths] == [410, 410]
    assert client.get("/quotes/never/card-x.png").status_code == 404
    assert client.get("/harbour/never/card-x.png").status_code == 404


@pytest_db
def test_a_story_without_a_picture_has_its_headline_as_one(client: Client) -> None:
    plain = make_edition(headline="The light stays on")
    page = client.get(plain.get_absolute_url()).content.decode()
    path = share_image.story_address(plain, Paper())
    assert path in page
    assert opened(client.get(path).content).size == (WIDTH, HEIGHT)
    image = {"url": "/media/light.jpg", "width": 9, "height": 6, "alt": "A light", "caption": ""}
    pictured = make_edition(headline="With a picture", image=image)
    assert "card-" not in client.get(pictured.get_absolute_url()).content.decode()


@pytest_db
def test_a_confidential_source_is_named_as_such_and_nothing_else() -> None:
    hidden = {
        "source_key": "",
        "source": {"confidential": True},
        "occasion": "",
        "said_on": None,
    }
    quote: EditionQuote = make_edition(quotes=[hidden]).quotes.get()
    assert share_image.quote_card(quote, Paper()).foot == "Source: confidential"
