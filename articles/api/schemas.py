"""What the API answers with. What is said of a field here stands in the documentation."""

from __future__ import annotations

import datetime
from typing import Generic, TypeVar

from ninja import Field, Schema

from articles.models import Correction as Mended
from articles.models import Quote as OnRecord

Item = TypeVar("Item")


class Name(Schema):
    """An author, a topic or a section."""

    name: str
    slug: str = Field(description="Filters take it.")
    url: str = Field(description="Its page.")


class Picture(Schema):
    """A picture; only the credit allows to show it elsewhere."""

    url: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str


class StoryRef(Schema):
    """A story, in short."""

    id: str = Field(description="A tag URI, the same in feeds, whatever the address becomes.")
    url: str = Field(description="Its page. It may change; old addresses redirect.")
    api_url: str
    headline: str
    published: datetime.datetime
    updated: datetime.datetime


class StoryLine(StoryRef):
    """A story as it stands in a list."""

    kicker: str
    dek: str
    type_of_work: str = Field(description="news, analysis, opinion, background, review or advertiser.")
    developing: bool
    words: int
    section: Name
    authors: list[Name]
    topics: list[Name]
    picture: Picture | None


class SpeakerRef(Schema):
    """Who said it, as what. A speaker who must not be named has no slug and no page."""

    name: str
    slug: str | None
    url: str | None
    api_url: str | None
    kind: str = Field(description="person or organisation.")
    unnamed: bool
    unnamed_reason: str
    role: str = Field(description="The role held when it was said.")
    organisation: str


class SourceRef(Schema):
    """Where the words are from. Of a confidential source nothing is said but that it is one."""

    confidential: bool
    key: str | None
    url: str | None = Field(description="The page about the source.")
    api_url: str | None
    kind: str
    title: str
    publisher: str
    address: str = Field(description="Where the source itself is, if it is on the web.")
    date: str
    sha256: str = Field(description="Of the copy that the paper keeps.")
    captured_at: str
    passage: str = Field(description="What stands around the words in that copy.")


class Checked(Schema):
    """A step in the checking of a quote."""

    at: datetime.datetime
    verification: str
    by: str
    method: str
    note: str


class Quote(Schema):
    """A quotation on record: the words, who said them, where they are from, and how they were checked."""

    key: str
    url: str
    api_url: str
    words: str
    segments: list[str] = Field(description="The words as the story prints them, between its own.")
    kind: str
    language: str
    original_words: str = Field(description="Empty, unless the words were translated.")
    original_language: str
    speaker: SpeakerRef
    said_on: datetime.date | None
    occasion: str
    place: str
    source: SourceRef | None
    verification: OnRecord.Verification
    verified_by: str
    verified_at: datetime.datetime | None
    history: list[Checked]
    story: StoryRef | None = Field(None, description="The newest story that prints it.")


class Amendment(Schema):
    """What was wrong and what is right."""

    id: str
    kind: Mended.Kind
    text: str
    at: datetime.datetime


class Correction(Amendment):
    """A correction, with the story that it mended."""

    story: StoryRef


class Story(StoryLine):
    """A story, with its text, its quotes and its corrections."""

    dateline: str
    text: str
    html: str
    edited_by: str
    quotes: list[Quote]
    corrections: list[Amendment]
    ninjs_url: str = Field(description="The same as ninjs 3.1.")


class RoleHeld(Schema):
    """A role, and from when to when it was held."""

    title: str
    organisation: str
    since: str
    until: str


class SpeakerLine(Schema):
    """Somebody on record."""

    slug: str
    name: str
    url: str
    api_url: str
    kind: str
    role: str = Field(description="The role in the newest story.")
    organisation: str


class Speaker(SpeakerLine):
    """Somebody on record, with all roles that are known."""

    bio: str
    roles: list[RoleHeld]
    identifiers: dict[str, str] = Field(description="In other catalogues, such as Wikidata.")
    quotes_url: str


class Source(SourceRef):
    """A source, and where to find what was drawn from it."""

    quotes_url: str


class Page(Schema, Generic[Item]):
    """A stretch of a list. `next` is the address of the following one; null when there is none."""

    items: list[Item]
    next: str | None


class Results(Schema):
    """The best of each kind that holds the words."""

    stories: list[StoryLine]
    quotes: list[Quote]
    speakers: list[SpeakerLine]
    sources: list[SourceRef]


class Difference(Schema):
    """A piece of a comparison: what is on record, and what was asked about."""

    change: str = Field(description="equal, insert, delete or replace.")
    on_record: str
    asked: str


class Match(Schema):
    """A record that holds the words, or nearly."""

    quote: Quote
    whole: bool = Field(description="Whether the words are all of the quotation.")
    differences: list[Difference]
    stories: list[StoryRef]


class QuoteCheck(Schema):
    """Whether words are on record. That they are absent proves nothing: not everything was printed here."""

    answer: str = Field(description="exact, permitted, altered, absent, too_short or too_long.")
    compared: list[str] = Field(
        description="What stood between quotation marks, if words outside them were not compared."
    )
    matches: list[Match]
    similar: list[Quote]


class Entrance(Schema):
    """Where everything is."""

    paper: str
    version: str
    stories: str
    quotes: str
    speakers: str
    sources: str
    corrections: str
    search: str
    quote_check: str
    openapi: str
    documentation: str


class Fault(Schema):
    """A parameter that cannot be read."""

    parameter: str
    detail: str


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = []
