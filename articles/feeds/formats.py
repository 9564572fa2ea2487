"""Atom, RSS 2.0 and JSON Feed 1.1, written from one channel."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import XMLGenerator

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape

from articles.feeds.entries import Entry, Person, Picture
from articles.feeds.subjects import Channel
from articles.house import House
from articles.jsonld import absolute

MEDIA = "http://search.yahoo.com/mrss/"
JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True)
class Form:
    """A format: its name in addresses, for people, its media type, and how a channel is written in it."""

    slug: str
    name: str
    media_type: str
    write: Callable[[Channel, House], bytes]


class Dated(SyndicationFeed):
    """A feed that says the same each time: one without an entry is as old as the last change of the site."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["empty_since"]


class FullTextAtom(Dated, Atom1Feed):
    """Atom with the text of each entry beside its summary, and everybody who wrote it."""

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:media": MEDIA}

    def add_root_elements(self, handler: XMLGenerator) -> None:
        super().add_root_elements(handler)
        if settings.NEWSROOM_WEBSUB_HUB:
            handler.addQuickElement("link", "", {"rel": "hub", "href": settings.NEWSROOM_WEBSUB_HUB})

    def add_item_elements(self, handler: XMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for person in item["people"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", person.name)
            if person.address:
                handler.addQuickElement("uri", person.address)
            handler.endElement("author")
        attributes = {"type": "html"} | ({"xml:lang": item["language"]} if item["language"] else {})
        handler.addQuickElement("content", item["content"], attributes)
        add_picture(handler, item["picture"])


class FullTextRss(Dated, Rss201rev2Feed):
    """RSS with the text of each entry beside its summary, and everybody who wrote it."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": MEDIA,
        }

    def add_root_elements(self, handler: XMLGenerator) -> None:
        super().add_root_elements(handler)
        if settings.NEWSROOM_WEBSUB_HUB:
            handler.addQuickElement("atom:link", "", {"rel": "hub", "href": settings.NEWSROOM_WEBSUB_HUB})

    def add_item_elements(self, handler: XMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        # An <author> of RSS must be an e-mail address; ours have names.
        for person in item["people"]:
            handler.addQuickElement("dc:creator", person.name)
        handler.addQuickElement("content:encoded", item["content"])
        add_picture(handler, item["picture"])


def add_picture(handler: XMLGenerator, picture: Picture | None) -> None:
    """The lead picture as Media RSS has it, which Atom may hold too."""
    if picture is None:
        return
    attributes = {"url": picture.address, "medium": "image"}
    if picture.media_type:
        attributes["type"] = picture.media_type
    measures = {"width": str(picture.width), "height": str(picture.height)}
    handler.startElement("media:content", attributes | measures)
    if picture.alt:
        handler.addQuickElement("media:description", picture.alt, {"type": "plain"})
    if picture.credit:
        handler.addQuickElement("media:credit", picture.credit)
    handler.endElement("media:content")


def write_atom(channel: Channel, house: House) -> bytes:
    """The channel as Atom."""
    return _write_xml(FullTextAtom, channel, house, "atom")


def write_rss(channel: Channel, house: House) -> bytes:
    """The channel as RSS 2.0."""
    return _write_xml(FullTextRss, channel, house, "rss")


def _write_xml(generator: type[SyndicationFeed], channel: Channel, house: House, form: str) -> bytes:
    feed = generator(
        title=channel.title,
        link=absolute(channel.page),
        description=channel.description,
        subtitle=channel.description,
        language=settings.LANGUAGE_CODE,
        author_name=house.paper.name,
        author_link=absolute("/"),
        feed_url=absolute(channel.address(form)),
        feed_guid=absolute(channel.page),
        empty_since=house.changed_at or house.now,
    )
    for entry in channel.entries:
        feed.add_item(
            title=entry.title,
            link=entry.address,
            description=escape(entry.summary),  # both formats read it as HTML
            unique_id=entry.identity,
            unique_id_is_permalink=entry.identity == entry.address,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=entry.categories,
            content=entry.content,
            people=entry.people,
            picture=entry.picture,
            language=entry.language,
        )
    return feed.writeString("utf-8").encode()


def write_json(channel: Channel, house: House) -> bytes:
    """The channel as JSON Feed 1.1."""
    document = {
        "version": JSON_FEED,
        "title": channel.title,
        "home_page_url": absolute(channel.page),
        "feed_url": absolute(channel.address("json")),
        "description": channel.description,
        "language": settings.LANGUAGE_CODE,
        "authors": [{"name": house.paper.name, "url": absolute("/")}],
        "items": [_json_item(entry) for entry in channel.entries],
    }
    if settings.NEWSROOM_WEBSUB_HUB:
        document["hubs"] = [{"type": "WebSub", "url": settings.NEWSROOM_WEBSUB_HUB}]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _json_item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.identity,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [_json_person(person) for person in entry.people],
        "tags": list(entry.categories),
        "image": entry.picture.address if entry.picture else "",
        "language": entry.language,
    }
    return {name: value for name, value in item.items() if value}


def _json_person(person: Person) -> dict[str, str]:
    return {"name": person.name} | ({"url": person.address} if person.address else {})


FORMS: Mapping[str, Form] = {
    form.slug: form
    for form in (
        Form("atom", "Atom", "application/atom+xml", write_atom),
        Form("rss", "RSS", "application/rss+xml", write_rss),
        Form("json", "JSON Feed", "application/feed+json", write_json),
    )
}
