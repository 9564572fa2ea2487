"""What is not published shows in no picture, no frame, no answer of oEmbed and no narrowed list."""

from collections.abc import Callable, Iterator
from urllib.parse import quote as quoted

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import share_image
from articles.models import Edition, EditionQuote, Paper
from tests.doors.test_leaks import CANARY, DESK_TABLES, HIDDEN, TABLE, canary_edition, without_asked
from tests.editions import make_edition

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def pages() -> Iterator[str]:
    """Addresses that answer with text, of everything that an edition ever said."""
    yield "/quotes/?section=harbour"
    yield from (f"/speakers/?from={CANARY[0]}", f"/speakers/?q={CANARY}")
    described = []
    for edition in Edition.objects.all():
        described.append(edition.get_absolute_url())
    for quote in EditionQuote.objects.all():
        speaker = reverse("articles:speaker", args=[quote.speaker_slug])
        described.append(quote.get_absolute_url())
        yield reverse("articles:embed_quote", args=[quote.quote_key])
        yield from (f"{speaker}?by=topic", f"{speaker}?topic={CANARY}", f"{speaker}?q=sings")
    for path in described:
        yield f"/oembed/?url={quoted(SITE + path)}"
        yield f"/oembed/?url={quoted(SITE + path)}&format=xml"


def pictures() -> Iterator[str]:
    """The address that the picture of everything would have that an edition ever said."""
    for quote in EditionQuote.objects.select_related("edition"):
        yield share_image.quote_address(quote, Paper())
    for edition in Edition.objects.exclude(gone=True):
        yield share_image.story_address(edition, Paper())


def without(text: str, path: str) -> str:
    """The answer without the address that was asked for, which a page may repeat."""
    for echo in (path, path.partition("?")[0], f"q={CANARY}", f'value="{CANARY}"'):
        text = text.replace(echo, "")
    return text


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_hidden_shows_in_no_text(client: Client, hidden: Callable[[], None]) -> None:
    make_edition(headline="A story for every list", quotes=[{}])
    hidden()
    for path in dict.fromkeys(pages()):
        response = client.get(path)
        assert response.status_code in (200, 301, 404, 410), path
        shown = response.content.decode() + without_asked(response.headers, path)
        assert CANARY not in without(shown, path), path


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_hidden_has_no_picture(
    client: Client, hidden: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(share_image, "picture", lambda card: drawn.append(repr(card)) or b"picture")
    hidden()
    answers = [client.get(path) for path in dict.fromkeys(pictures())]
    assert {answer.status_code for answer in answers} <= {200, 302, 404, 410}
    assert CANARY not in "".join(drawn)
    moved = [answer.headers["Location"] for answer in answers if answer.status_code == 302]
    assert CANARY not in "".join(moved)


def test_the_canary_shows_once_it_is_published(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests above look in the right places."""
    drawn: list[str] = []
    monkeypatch.setattr(share_image, "picture", lambda card: drawn.append(repr(card)) or b"picture")
    make_edition(**canary_edition())
    for path in pages():
        assert CANARY in client.get(path).content.decode(), path
    assert {client.get(path).status_code for path in pictures()} == {200}
    assert all(CANARY in card for card in drawn)
    assert len(drawn) == 2


def test_none_of_them_asks_the_tables_of_the_desk(client: Client) -> None:
    make_edition(quotes=[{}, {"verification": "disputed"}])
    asked: set[str] = set()
    for path in [*pages(), *pictures()]:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked |= {table for query in queries for table in TABLE.findall(query["sql"])}
    assert "editionquote" in asked
    assert asked & DESK_TABLES == set()
