"""A line of an archive: both forms are read, and what is no story is told in a sentence."""

import datetime
import json
from typing import Any

import pytest

from articles.text.incoming import Item, UnreadableItem, paragraphs_of, read_item

PLAIN = {"headline": "Ferry late", "body": "<p>It came at nine.</p>"}
NINJS = {
    "uri": "tag:old.example,2009:story/7",
    "standard": {"name": "ninjs", "version": "3.1"},
    "firstCreated": "2009-03-02T11:00:00Z",
    "language": "en-GB",
    "by": "Wilma Fenn, Otto Reed",
    "headlines": [{"role": "main", "value": "Ferry late"}, {"role": "kicker", "value": "Harbour"}],
    "descriptions": [{"role": "summary", "value": "It came at nine."}],
    "located": "VELM",
    "bodies": [
        {"contentType": "text/plain", "value": "It came at nine."},
        {"contentType": "text/html", "value": '<p>“Late,” <button type="button">1</button> he said.</p>'},
    ],
    "people": [{"name": "Wilma Fenn", "rel": "author"}, {"name": "Ilse Marrow", "rel": "quoted"}],
    "subjects": [{"name": "Town", "rel": "section"}, {"name": "ferries", "rel": "about"}],
    "genres": [{"uri": "http://cv.iptc.org/newscodes/genre/Analysis"}],
    "altIds": [{"role": "web", "value": "https://old.example/2009/ferry-late.html"}],
}


def read(**values: Any) -> Item:
    return read_item(json.dumps(PLAIN | values))


def test_a_news_object_is_read() -> None:
    assert read_item(json.dumps(NINJS)) == Item(
        identifier="tag:old.example,2009:story/7",
        headline="Ferry late",
        body="<p>“Late,”  he said.</p>",
        html=True,
        kicker="Harbour",
        dek="It came at nine.",
        authors=("Wilma Fenn",),
        dateline="VELM",
        section="Town",
        topics=("ferries",),
        published_at=datetime.datetime(2009, 3, 2, 11, tzinfo=datetime.UTC),
        address="https://old.example/2009/ferry-late.html",
        language="en-GB",
        kind="analysis",
    )
    assert read_item(json.dumps(NINJS)).path == "/2009/ferry-late.html"


def test_the_plain_form_is_read() -> None:
    item = read(
        byline="By Wilma Fenn and Otto Reed", topics="ferries, tides", guid="7", published_at="2009-03-02"
    )
    assert (item.authors, item.topics, item.identifier) == (
        ("Wilma Fenn", "Otto Reed"),
        ("ferries", "tides"),
        "7",
    )
    assert item.published_at == datetime.datetime(2009, 3, 2, tzinfo=datetime.UTC)
    assert item.html
    assert not read(body="It came at nine. Two < three.").html


def test_a_story_without_a_name_is_called_by_its_address_or_its_text() -> None:
    assert read(url="https://old.example/7").identifier == "https://old.example/7"
    assert read().identifier.startswith("sha256:")
    assert read().identifier != read(body="Another.").identifier


def test_a_change_of_anything_changes_the_digest() -> None:
    assert read().digest == read().digest
    assert read().digest != read(topics=["ferries"]).digest


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"\xff{}", "UTF-8"),
        ('{"headline": "x"', "no JSON object after character 16"),
        ("[1]", "holds no JSON object"),
        ('"text"', "holds no JSON object"),
        ("[" * 100_000, "no JSON object"),
        ('{"headline": "x"}', "no text"),
        ('{"body": "x"}', "no headline"),
        ('{"headline": "x", "body": "  "}', "no text"),
        ('{"headline": 7, "body": "x"}', "“headline” is no text"),
        ('{"headline": "x", "body": "a\\u0000b"}', "“body” holds a character"),
        ('{"headline": "\\ud800", "body": "x"}', "“headline” holds a character"),
        ('{"headline": "x", "body": "x", "topics": {"a": 1}}', "“topics” is no list"),
        ('{"headline": "x", "body": "x", "published_at": "yesterday"}', "“published_at” is no moment"),
        ('{"bodies": "x"}', "“bodies” is no list of objects"),
        (json.dumps(PLAIN | {"uri": "x" * 501}), "identifier cannot be stored"),
    ],
)
def test_what_is_no_story_is_told_in_a_sentence(line: str | bytes, words: str) -> None:
    with pytest.raises(UnreadableItem, match=words):
        read_item(line)


def test_plain_paragraphs_are_parted_by_blank_lines_or_else_by_lines() -> None:
    assert paragraphs_of("One\nline.\n\nTwo.\r\n \r\nThree.") == ["One\nline.", "Two.", "Three."]
    assert paragraphs_of("One.\nTwo.\n") == ["One.", "Two."]
