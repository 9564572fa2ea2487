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

    name: str = Field(description="As it stands on the page.")
    slug: str = Field(description="Filters take it.")
    url: str = Field(description="Its page.")


class Picture(Schema):
    """A picture; only the credit allows to show it elsewhere."""

    url: str = Field(description="Of the file itself.")
    width: int = Field(description="In pixels.")
    height: int = Field(description="In pixels.")
    alt: str = Field(description="What it shows, for who does not see it.")
    caption: str = Field(description="Empty when there is none.")
    credit: str = Field(description="Who made it, and whose it is.")


class StoryRef(Schema):
    """A story, in short."""

    id: str = Field(description="A tag URI, the same in feeds, whatever the address becomes.")
    url: str = Field(description="Its page. It may change; old addresses redirect.")
    api_url: str = Field(description="The story in this API.")
    headline: str = Field(description="As it stands now.")
    published: datetime.datetime = Field(description="When readers first saw it.")
    updated: datetime.datetime = Field(description="When what readers see now was published.")


class StoryLine(StoryRef):
    """A story as it stands in a list."""

    kicker: str = Field(description="The line above the headline; often empty.")
    dek: str = Field(description="What the story is about, in a sentence or two.")
    type_of_work: str = Field(description="news, analysis, opinion, background, review or advertiser.")
    developing: bool = Field(description="Whether it is still being reported.")
    words: int = Field(description="How many it has.")
    section: Name = Field(description="Where it stands in the paper.")
    authors: list[Name] = Field(description="In the order of the byline.")
    topics: list[Name] = Field(description="What it is about.")
    picture: Picture | None = Field(description="The lead picture; null when there is none.")


class SpeakerRef(Schema):
    """Who said it, as what. A speaker who must not be named has no slug and no page."""

    name: str = Field(description="The name, or what is said in place of it.")
    slug: str | None = Field(description="Filters take it; null without a page.")
    url: str | None = Field(description="The page about the speaker; null when there is none.")
    api_url: str | None = Field(description="The speaker in this API; null without a page.")
    kind: str = Field(description="person or organisation.")
    unnamed: bool = Field(description="Whether the name is kept from readers.")
    unnamed_reason: str = Field(description="Why it is kept from them; empty when it is not.")
    role: str = Field(description="The role held when it was said.")
    organisation: str = Field(description="Of that role; empty when there is none.")


class SourceRef(Schema):
    """Where the words are from. Of a confidential source nothing is said but that it is one."""

    confidential: bool = Field(description="Whether readers must not know what it is.")
    key: str | None = Field(description="Filters take it; null when the source has no page.")
    url: str | None = Field(description="The page about the source.")
    api_url: str | None = Field(description="The source in this API; null when it has no page.")
    kind: str = Field(description="speech, interview, document and the like.")
    title: str = Field(description="What it is called.")
    publisher: str = Field(description="Who published it; empty when nobody did.")
    address: str = Field(description="Where the source itself is, if it is on the web.")
    date: str = Field(description="Of the source itself, as YYYY-MM-DD; empty when it is not known.")
    sha256: str = Field(description="Of the copy that the paper keeps.")
    captured_at: str = Field(description="When the paper took its copy; empty without one.")
    passage: str = Field(description="What stands around the words in that copy.")


class Checked(Schema):
    """A step in the checking of a quote."""

    at: datetime.datetime = Field(description="When it was taken.")
    verification: str = Field(description="What the quote was afterwards.")
    by: str = Field(description="Who took it; empty when the program did.")
    method: str = Field(description="How the words were checked.")
    note: str = Field(description="What was said about it; often empty.")


class Quote(Schema):
    """A quotation on record: the words, who said them, where they are from, and how they were checked."""

    key: str = Field(description="Its name for ever, in every story that prints it.")
    url: str = Field(description="Its page, with where it is from.")
    api_url: str = Field(description="The quote in this API.")
    words: str = Field(description="The segments in one line, with an ellipsis between them.")
    segments: list[str] = Field(description="The words as the story prints them, between its own.")
    kind: str = Field(description="direct, or partial for words inside a sentence of the paper.")
    language: str = Field(description="A tag for that of the words, such as “en”.")
    original_words: str = Field(description="Empty, unless the words were translated.")
    original_language: str = Field(description="A tag for that of the original words; empty without them.")
    speaker: SpeakerRef = Field(description="Who said it.")
    said_on: datetime.date | None = Field(description="The day; null when it is not known.")
    occasion: str = Field(description="At what it was said.")
    place: str = Field(description="Where it was said.")
    source: SourceRef | None = Field(
        description="Where the words are from; null when no source is on record."
    )
    verification: OnRecord.Verification = Field(description="How far the paper stands by the words.")
    verified_by: str = Field(description="Who checked them last; empty when nobody has.")
    verified_at: datetime.datetime | None = Field(
        description="When they were checked; null when they were not."
    )
    history: list[Checked] = Field(description="Every step of the checking, the oldest first.")
    story: StoryRef | None = Field(None, description="The newest story that prints it.")


class Amendment(Schema):
    """What was wrong and what is right."""

    id: str = Field(description="A tag URI, the same in feeds.")
    kind: Mended.Kind = Field(description="A correction, a clarification or the like.")
    text: str = Field(description="As readers see it.")
    at: datetime.datetime = Field(description="When readers were told.")


class Correction(Amendment):
    """A correction, with the story that it mended."""

    story: StoryRef = Field(description="The story as it is now.")


class Story(StoryLine):
    """A story, with its text, its quotes and its corrections."""

    dateline: str = Field(description="From where it was reported; often empty.")
    text: str = Field(description="The text without markup, a blank line between paragraphs.")
    html: str = Field(description="The text as the page shows it.")
    edited_by: str = Field(description="Who approved it for readers.")
    quotes: list[Quote] = Field(description="Every quotation with a record, in the order of the text.")
    corrections: list[Amendment] = Field(description="What was put right, as the page says it.")
    ninjs_url: str = Field(description="The same as ninjs 3.1.")


class RoleHeld(Schema):
    """A role, and from when to when it was held."""

    title: str = Field(description="What she was.")
    organisation: str = Field(description="Of what or whom; empty when there is none.")
    since: str = Field(description="From when, as YYYY-MM-DD; empty when it is not known.")
    until: str = Field(
        description="Till when, as YYYY-MM-DD; empty when it is held still, or when it is not known."
    )


class SpeakerLine(Schema):
    """Somebody on record."""

    slug: str = Field(description="Filters take it.")
    name: str = Field(description="As the newest story prints it.")
    url: str = Field(description="The page about the speaker.")
    api_url: str = Field(description="The speaker in this API.")
    kind: str = Field(description="person or organisation; empty in the results of a search.")
    role: str = Field(description="The role in the newest story.")
    organisation: str = Field(description="Of that role; empty when there is none.")


class Speaker(SpeakerLine):
    """Somebody on record, with all roles that are known."""

    bio: str = Field(description="Who it is, in a sentence or two; often empty.")
    roles: list[RoleHeld] = Field(description="Those on record, with when they were held.")
    identifiers: dict[str, str] = Field(description="In other catalogues, such as Wikidata.")
    quotes_url: str = Field(description="The quotes of the speaker in this API.")


class Source(SourceRef):
    """A source, and where to find what was drawn from it."""

    quotes_url: str = Field(description="The quotes from the source in this API.")


class Page(Schema, Generic[Item]):
    """A stretch of a list. `next` is the address of the following one; null when there is none."""

    items: list[Item] = Field(description="What stands in this stretch.")
    next: str | None = Field(description="The address of the following stretch; null when there is none.")


class Results(Schema):
    """The best of each kind that holds the words."""

    stories: list[StoryLine] = Field(description="Stories with the words.")
    quotes: list[Quote] = Field(description="Quotes with the words.")
    speakers: list[SpeakerLine] = Field(description="Speakers of that name.")
    sources: list[SourceRef] = Field(description="Sources of that title.")


class Difference(Schema):
    """A piece of a comparison: what is on record, and what was asked about."""

    change: str = Field(description="equal, insert, delete or replace.")
    on_record: str = Field(description="What stands there on record; empty for an insertion.")
    asked: str = Field(description="What stands there in the question; empty for a deletion.")


class Match(Schema):
    """A record that holds the words, or nearly."""

    quote: Quote = Field(description="The record.")
    whole: bool = Field(description="Whether the words are all of the quotation.")
    differences: list[Difference] = Field(description="From the first word to the last.")
    stories: list[StoryRef] = Field(description="The stories that print it.")


class QuoteCheck(Schema):
    """Whether words are on record. That they are absent proves nothing: not everything was printed here."""

    answer: str = Field(description="exact, permitted, altered, absent, too_short or too_long.")
    compared: list[str] = Field(
        description="What stood between quotation marks, if words outside them were not compared."
    )
    matches: list[Match] = Field(description="Records that hold the words or nearly, the best first.")
    similar: list[Quote] = Field(description="Other records with similar words, the nearest first.")


class Entrance(Schema):
    """Where everything is."""

    paper: str = Field(description="The name of the paper.")
    version: str = Field(description="Of this API.")
    stories: str = Field(description="The list of stories.")
    quotes: str = Field(description="The list of quotes.")
    speakers: str = Field(description="The list of speakers.")
    sources: str = Field(description="The list of sources.")
    corrections: str = Field(description="The list of corrections.")
    search: str = Field(description="Looking for words in all of them.")
    quote_check: str = Field(description="Asking whether words are on record.")
    openapi: str = Field(description="The description of this API for programs.")
    documentation: str = Field(description="The same for people.")


class Fault(Schema):
    """A parameter that cannot be read."""

    parameter: str = Field(description="Its name.")
    detail: str = Field(description="What is wrong with it.")


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str = Field("about:blank", description="Always about:blank: the status says it all.")
    title: str = Field(description="In a few words.")
    status: int = Field(description="That of the answer.")
    detail: str = Field(description="What to do about it.")
    errors: list[Fault] = Field([], description="Which parameters could not be read.")
