"""A story as ninjs 3.1, the IPTC's standard for news in JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings

from articles.api.write import page_address
from articles.house import House
from articles.jsonld import absolute, tag_uri
from articles.models import Correction, Edition, EditionQuote

Values = dict[str, Any]

STANDARD: Final = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
# The IPTC's names for kinds of texts, https://cv.iptc.org/newscodes/genre/.
GENRES: Final = {
    "news": "Current",
    "analysis": "Analysis",
    "opinion": "Opinion",
    "background": "Background",
    "review": "Review",
    "advertiser": "Advertiser_Supplied",
}
GENRE: Final = "http://cv.iptc.org/newscodes/genre/"


def write_ninjs(
    edition: Edition, quotes: Iterable[EditionQuote], corrections: Iterable[Correction], house: House
) -> Values:
    """The story as a news object, with its picture and what the paper promises for its words."""
    item: Values = {
        "uri": tag_uri(edition.first_live_from, f"story/{edition.story_id}"),
        "standard": STANDARD,
        "type": "text",
        "representationType": "full",
        "version": str(edition.number),
        "firstCreated": edition.first_live_from.isoformat(),
        "versionCreated": edition.live_from.isoformat(),
        "pubStatus": "usable",
        "language": settings.LANGUAGE_CODE,
        "copyrightHolder": house.paper.name,
        "by": ", ".join(byline["name"] for byline in edition.bylines),
        "headlines": [_text(edition.headline, "main"), _text(edition.kicker, "kicker")],
        "descriptions": [_text(edition.dek, "summary")],
        "located": edition.dateline,
        "bodies": _bodies(edition),
        "people": [*_authors(edition), *_speakers(quotes)],
        "subjects": _subjects(edition),
        "genres": _genres(edition),
        "edNote": "\n".join(each.text for each in corrections),
        "altIds": [{"role": "web", "value": absolute(edition.get_absolute_url())}],
        "trustIndicators": _promises(),
        "renditions": [_webpage(edition)],
        "associations": _picture(edition),
    }
    item["headlines"] = list(filter(None, item["headlines"]))
    item["descriptions"] = list(filter(None, item["descriptions"]))
    return {name: value for name, value in item.items() if value}


def _text(value: str, role: str) -> Values | None:
    return {"role": role, "contentType": "text/plain", "value": value} if value else None


def _bodies(edition: Edition) -> list[Values]:
    plain = {"role": "main", "contentType": "text/plain", "value": edition.body_text}
    marked = {"role": "main", "contentType": "text/html", "value": edition.body_html}
    counts = {"wordCount": edition.word_count, "charCount": len(edition.body_text)}
    return [plain | counts, marked | counts]


def _authors(edition: Edition) -> list[Values]:
    return [
        {"name": byline["name"], "rel": "author", "uri": page_address("author", byline["slug"])}
        for byline in edition.bylines
    ]


def _speakers(quotes: Iterable[EditionQuote]) -> list[Values]:
    """Those who are quoted by name, each once."""
    named = {quote.speaker_slug: quote.speaker_name for quote in quotes if quote.has_speaker_page}
    return [
        {"name": name, "rel": "quoted", "uri": page_address("speaker", slug)} for slug, name in named.items()
    ]


def _subjects(edition: Edition) -> list[Values]:
    section = {
        "name": edition.section_name, "rel": "section", "uri": page_address("section", edition.section_slug)
    }  # fmt: skip
    topics = [
        {"name": topic["name"], "rel": "about", "uri": page_address("topic", topic["slug"])}
        for topic in edition.topics
    ]
    return [section, *topics]


def _genres(edition: Edition) -> list[Values]:
    name = GENRES.get(edition.type_of_work, "")
    return [{"name": name.replace("_", " "), "uri": GENRE + name}] if name else []


def _promises() -> list[Values]:
    """Where readers see how far the words can be trusted."""
    pages = {"corrections": "Corrections", "about_quotes": "How quotations are checked"}
    role = "https://schema.org/publishingPrinciples"
    return [{"role": role, "title": title, "href": page_address(name)} for name, title in pages.items()]


def _webpage(edition: Edition) -> Values:
    return {"name": "web", "href": absolute(edition.get_absolute_url()), "contentType": "text/html"}


def _picture(edition: Edition) -> list[Values]:
    image = edition.image
    if not image:
        return []
    address = absolute(image["url"])
    files = [image, *image.get("renditions", [])]
    renditions = [
        {
            "name": f"{each['width']}-{each.get('type', 'image/jpeg').rpartition('/')[2]}",
            "href": absolute(each["url"]),
            "contentType": each.get("type", "image/jpeg"),
            "width": each["width"],
            "height": each["height"],
        }
        for each in files
    ]
    texts = [_text(image.get("caption", ""), "caption"), _text(image.get("alt", ""), "alternative")]
    picture: Values = {
        "name": "lead",
        "rel": "illustration",
        "uri": address,
        "type": "picture",
        "by": image.get("credit", ""),
        "descriptions": list(filter(None, texts)),
        "renditions": renditions,
    }
    return [{name: value for name, value in picture.items() if value}]
