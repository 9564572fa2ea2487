"""Quotes on other sites: the one page that may be framed, and the answers of oEmbed."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote as quoted
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from articles.models import Edition, EditionQuote
from tests.editions import WORDS, make_edition, replace_edition, withdraw_edition

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def ask(client: Client, path: str, **asked: str) -> Any:
    return client.get("/oembed/", {"url": f"{SITE}{path}"} | asked)


@pytest.fixture
def edition() -> Edition:
    return make_edition(headline="The light stays on", quotes=[{"quote_key": "k1"}])


def test_a_frame_has_the_words_who_said_them_and_the_way_back(client: Client, edition: Edition) -> None:
    response = client.get("/embed/quotes/k1/")
    page = response.content.decode()
    for text in (WORDS, "Ilse Marrow", "Harbour Commissioner, Harbour Council", "Verified",
                 'href="/quotes/k1/"', f'<link rel="canonical" href="{SITE}/quotes/k1/">'):  # fmt: skip
        assert text in page
    assert "<script" not in page
    assert "Set-Cookie" not in response.headers
    assert len(response.content) < 10_000


def test_a_frame_and_its_stylesheet_are_small(client: Client, edition: Edition) -> None:
    stylesheet = client.get("/static/articles/reader/embed.css")
    size = len(b"".join(stylesheet.streaming_content)) + len(client.get("/embed/quotes/k1/").content)
    assert size < 10_000


def test_nothing_but_the_frame_may_be_framed(client: Client, edition: Edition) -> None:
    framed = client.get("/embed/quotes/k1/")
    assert "X-Frame-Options" not in framed.headers
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    for path in (
        "/",
        "/quotes/",
        "/quotes/k1/",
        edition.get_absolute_url(),
        "/oembed/",
        "/embed/quotes/none/",
    ):
        response = client.get(path)
        assert response.headers["X-Frame-Options"] == "DENY", path
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"], path


def test_a_frame_warns_of_words_in_doubt(client: Client) -> None:
    make_edition(quotes=[{"quote_key": "k1", "verification": "disputed"}])
    page = client.get("/embed/quotes/k1/").content.decode()
    assert "The paper is looking into whether this was said." in page


def test_a_frame_of_words_that_were_taken_back_says_so(client: Client, edition: Edition) -> None:
    withdraw_edition(edition, "This story was wrong.")
    response = client.get("/embed/quotes/k1/")
    assert response.status_code == 410
    assert "X-Frame-Options" not in response.headers
    assert "no longer prints these words" in response.content.decode()
    assert WORDS not in response.content.decode()
    assert client.get("/embed/quotes/never/").status_code == 404


def test_only_reading_is_allowed(client: Client, edition: Edition) -> None:
    for path in ("/embed/quotes/k1/", "/oembed/"):
        assert client.post(path).status_code == 405
    assert client.head("/embed/quotes/k1/").status_code == 200


def test_the_page_of_a_quote_says_how_to_show_it(client: Client, edition: Edition) -> None:
    page = client.get("/quotes/k1/").content.decode()
    assert f"&lt;iframe src=&quot;{SITE}/embed/quotes/k1/&quot;" in page
    assert f"&lt;blockquote cite=&quot;{SITE}/quotes/k1/&quot;&gt;" in page
    assert "<iframe" not in page


def test_a_quote_is_described_in_json(client: Client, edition: Edition) -> None:
    answer = ask(client, "/quotes/k1/")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    assert told["version"] == "1.0"
    assert told["type"] == "rich"
    assert told["title"] == f"Ilse Marrow: “{WORDS}”"
    assert told["author_url"] == f"{SITE}/speakers/ilse-marrow/"
    assert told["provider_name"] == "The Kelder Courier"
    assert told["html"].startswith(f'<iframe src="{SITE}/embed/quotes/k1/"')
    assert (told["width"], told["thumbnail_width"], told["thumbnail_height"]) == (600, 1200, 630)
    assert client.get(told["thumbnail_url"].removeprefix(SITE)).status_code == 200


def test_a_quote_is_described_in_xml(client: Client, edition: Edition) -> None:
    answer = ask(client, "/quotes/k1/", format="xml")
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)  # noqa: S314
    told = {child.tag: child.text for child in root}
    assert root.tag == "oembed"
    assert told == {name: str(value) for name, value in ask(client, "/quotes/k1/").json().items()}


@pytest.mark.parametrize(
    ("room", "width"), [("400", 400), ("9000", 600), ("10", 240), ("-4", 600), ("x", 600)]
)
def test_a_frame_is_as_wide_as_there_is_room(client: Client, edition: Edition, room: str, width: int) -> None:
    told = ask(client, "/quotes/k1/", maxwidth=room).json()
    assert told["width"] == width
    assert f'width="{width}"' in told["html"]


def test_a_picture_that_is_too_large_is_left_out(client: Client, edition: Edition) -> None:
    assert "thumbnail_url" not in ask(client, "/quotes/k1/", maxwidth="400").json()
    assert "thumbnail_url" not in ask(client, "/quotes/k1/", maxheight="400").json()


def test_a_story_is_a_link_with_a_title(client: Client, edition: Edition) -> None:
    told = ask(client, edition.get_absolute_url()).json()
    assert (told["type"], told["title"], told["author_name"]) == ("link", "The light stays on", "Wilma Fenn")
    moved = replace_edition(edition, slug="elsewhere")
    assert ask(client, edition.get_absolute_url()).json()["title"] == moved.headline


@pytest.mark.parametrize("url", [
    "", "x", f"{SITE}/", f"{SITE}/quotes/", f"{SITE}/quotes/never/", f"{SITE}/harbour/never/",
    "https://elsewhere.example/quotes/k1/", f"{SITE}.example/quotes/k1/", "http://[/quotes/k1/",
    "ftp://127.0.0.1/", f"{SITE}/a\x00b/",
])  # fmt: skip
def test_what_is_no_quote_or_story_is_not_found(client: Client, edition: Edition, url: str) -> None:
    response = client.get("/oembed/", {"url": url})
    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/plain")


def test_another_format_is_not_implemented(client: Client, edition: Edition) -> None:
    assert ask(client, "/quotes/k1/", format="yaml").status_code == 501


def test_what_was_taken_back_is_not_described(client: Client, edition: Edition) -> None:
    withdraw_edition(edition, "This story was wrong.")
    assert ask(client, "/quotes/k1/").status_code == 404
    assert ask(client, edition.get_absolute_url()).status_code == 404


def test_pages_name_the_address_that_describes_them(client: Client, edition: Edition) -> None:
    for path in ("/quotes/k1/", edition.get_absolute_url()):
        page = client.get(path).content.decode()
        address = f"{SITE}/oembed/?url={quoted(SITE + path, safe='')}"
        assert 'type="application/json+oembed" title="' in page
        assert f'href="{address}&amp;format=json"' in page
        assert client.get(address.removeprefix(SITE)).status_code == 200


def test_markup_in_a_name_stays_text(client: Client) -> None:
    make_edition(quotes=[{"quote_key": "k1", "speaker_name": '"><script>alert(1)</script>'}])
    told = ask(client, "/quotes/k1/").json()
    assert "<script" not in told["html"]
    assert "<script>alert" not in client.get("/embed/quotes/k1/").content.decode()
    assert "<script>alert" not in client.get("/quotes/k1/").content.decode()
    assert json.dumps(told)


def test_an_unnamed_speaker_has_no_address(client: Client) -> None:
    unnamed = {"unnamed": True, "unnamed_reason": "because she may not speak", "kind": "person"}
    quote: EditionQuote = make_edition(
        quotes=[{"speaker": unnamed, "speaker_name": "a pilot", "speaker_slug": "a-pilot"}]
    ).quotes.get()
    told = ask(client, reverse("articles:quote", args=[quote.quote_key])).json()
    assert told["author_name"] == "a pilot"
    assert "author_url" not in told


def test_the_frame_has_the_colours_of_the_paper() -> None:
    """It loads no other stylesheet, so it repeats them."""
    paper, frame = (
        Path(finders.find(f"articles/{name}")).read_text(encoding="utf-8")
        for name in ("newsroom.css", "reader/embed.css")
    )
    for name in ("paper", "ink", "ink-soft", "rule", "warn", "good", "accent"):
        colour = rf"--{name}: (#[0-9a-f]+);"
        assert re.findall(colour, frame) == re.findall(colour, paper)[:2], name
