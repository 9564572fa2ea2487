"""Every feed keeps the rules of RFC 4287, of RSS 2.0 and its profile, and of JSON Feed 1.1."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

from tests.judges.crawl import Answer, judged_site

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
RFC_822 = re.compile(r"(?:\w{3}, )?\d\d? \w{3} \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})")
KINDS = {"application/atom+xml", "application/rss+xml", "application/feed+json"}
FEEDS = [answer for answer in judged_site().answers.values() if answer.kind in KINDS]
# What a reader of feeds throws away, or shows wrongly.
UNSAFE = {"script", "style", "iframe", "form", "object", "embed", "link", "meta"}


def is_iri(address: str | None) -> bool:
    """Whether it is an absolute address or name."""
    return bool(address and urlsplit(address).scheme and not re.search(r"\s", address))


def moment(text: str | None) -> datetime | None:
    """The time of RFC 3339 that `text` is."""
    if text is None or not RFC_3339.fullmatch(text):
        return None
    return datetime.fromisoformat(text)


def fragment(text: str) -> Iterator[str]:
    """What is wrong with the HTML of an item."""
    for element in html.fragment_fromstring(text or "", create_parent="div").iter(etree.Element):
        if element.tag in UNSAFE or any(name.startswith("on") for name in element.attrib):
            yield f"<{element.tag}> does not belong into a feed"
        for name in ("href", "src"):
            value = element.get(name)
            if value is not None and not is_iri(value):
                yield f"{name}={value!r} leads nowhere from a feed"


def atom(answer: Answer) -> Iterator[str]:
    """What is wrong with a feed in Atom."""
    feed = etree.fromstring(answer.body)
    entries = feed.findall(f"{ATOM}entry")
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if feed.tag != f"{ATOM}feed" or own != [judged_site().url + answer.address]:
        yield f"says that it is at {own}"
    if len({entry.findtext(f"{ATOM}id") for entry in entries}) != len(entries):
        yield "two entries have one id"
    signed = feed.find(f"{ATOM}author") is not None
    if not signed and any(entry.find(f"{ATOM}author") is None for entry in entries):
        yield "an entry has no author"
    for part in (feed, *entries):
        name = part.findtext(f"{ATOM}id")
        yield from (f"{name}: {fault}" for fault in atom_part(part))


def atom_part(part: etree._Element) -> Iterator[str]:
    """What is wrong with a feed, or with one entry."""
    for tag in ("id", "title", "updated"):
        if len(part.findall(f"{ATOM}{tag}")) != 1:
            yield f"not exactly one {tag}"
    published, updated = (part.findtext(f"{ATOM}{tag}") for tag in ("published", "updated"))
    if moment(updated) is None or (published and moment(published) > moment(updated)):
        yield f"updated {updated}, published {published}"
    if part.find(f"{ATOM}author") is not None and not part.findtext(f"{ATOM}author/{ATOM}name"):
        yield "an author without a name"
    addresses = [part.findtext(f"{ATOM}id"), *(link.get("href") for link in part.findall(f"{ATOM}link"))]
    yield from (f"{address} is no address" for address in addresses if not is_iri(address))
    for content in part.findall(f"{ATOM}content"):
        if content.get("type") == "html":
            yield from fragment(content.text)


def rss(answer: Answer) -> Iterator[str]:
    """What is wrong with a feed in RSS 2.0."""
    root = etree.fromstring(answer.body)
    channel = root.find("channel")
    if root.get("version") != "2.0" or channel is None or len(root) != 1:
        yield "not RSS 2.0"
        return
    own = [e.get("href") for e in channel.findall(f"{ATOM}link") if e.get("rel") == "self"]
    if own != [judged_site().url + answer.address]:
        yield f"says that it is at {own}"
    yield from (
        f"not exactly one {tag}" for tag in ("title", "link", "description") if len(channel.findall(tag)) != 1
    )
    names = [item.findtext("guid") for item in channel.findall("item")]
    if len(names) != len(set(names)):
        yield "two items have one guid"
    for part in (channel, *channel.findall("item")):
        name = part.findtext("guid") or "the channel"
        yield from (f"{name}: {fault}" for fault in rss_part(part))


def rss_part(part: etree._Element) -> Iterator[str]:
    """What is wrong with a channel, or with one item."""
    for tag in ("pubDate", "lastBuildDate"):
        for text in (element.text or "" for element in part.findall(tag)):
            if not RFC_822.fullmatch(text) or parsedate_to_datetime(text) is None:
                yield f"{tag} {text!r}"
    if not is_iri(part.findtext("link")):
        yield f"link {part.findtext('link')!r}"
    if any("@" not in (element.text or "") for element in part.findall("author")):
        yield "an author who is no address of mail"
    guid = part.find("guid")
    if guid is not None and guid.get("isPermaLink", "true") == "true" and not is_iri(guid.text):
        yield "a guid that is no address"
    for content in part.findall(CONTENT):
        yield from fragment(content.text)


def json_feed(answer: Answer) -> Iterator[str]:
    """What is wrong with a JSON Feed."""
    feed = json.loads(answer.body)
    if feed.get("version") != "https://jsonfeed.org/version/1.1" or not feed.get("title"):
        yield "no version or no title"
    if feed.get("feed_url") != judged_site().url + answer.address:
        yield f"says that it is at {feed.get('feed_url')}"
    names = [item.get("id") for item in feed["items"]]
    if len(names) != len(set(names)) or not all(isinstance(name, str) and name for name in names):
        yield "ids are missing, or no text, or there twice"
    for item in feed["items"]:
        if not ("content_html" in item or "content_text" in item):
            yield f"{item['id']}: without content"
        for key in ("date_published", "date_modified"):
            if key in item and moment(item[key]) is None:
                yield f"{item['id']}: {key} {item[key]}"
        if any(key in item and not is_iri(item[key]) for key in ("url", "external_url", "image")):
            yield f"{item['id']}: an address that leads nowhere"
        yield from (f"{item['id']}: {fault}" for fault in fragment(item.get("content_html", "")))


JUDGES = {"application/atom+xml": atom, "application/rss+xml": rss, "application/feed+json": json_feed}


def test_there_are_feeds_of_every_format() -> None:
    assert {answer.kind for answer in FEEDS} == KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_feed_is_valid(kind: str) -> None:
    wrong = {}
    for answer in FEEDS:
        if answer.kind == kind and (found := list(JUDGES[kind](answer))):
            wrong[answer.address] = found[:3]
    assert wrong == {}


def test_the_judge_finds_faults() -> None:
    bad = b'<feed xmlns="http://www.w3.org/2005/Atom"><id>x y</id><updated>May 1</updated></feed>'
    found = " ".join(atom(Answer("/feeds/", 200, {}, bad)))
    assert "not exactly one title" in found
    assert "x y is no address" in found
    assert "updated May 1" in found
