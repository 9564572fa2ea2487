"""The demo newsroom as it is written down: the TOML files of this folder, read into cards.

Nothing here touches the database. Dates in the files are relative, so that the paper is always fresh:
`{day-1}` in a story is the name of the day before it was published, `{workday-1}` the last working day up to
then, `{clock-45}` the time 45 minutes earlier.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TOKEN = re.compile(r"\{(day|workday|clock)([+-]\d+)\}")
RELATIVE = re.compile(r"(day|workday)([+-]\d+)")
SATURDAY = 5

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SectionCard:
    """A section of the paper."""

    key: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class UserCard:
    """Somebody who can log in."""

    key: str
    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class AuthorCard:
    """A byline, perhaps of a user."""

    key: str
    name: str
    bio: str
    user: str


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A title that a speaker held from one day until another."""

    title: str
    organisation: str
    since: datetime.date | None
    until: datetime.date | None


@dataclass(frozen=True, slots=True)
class SpeakerCard:
    """Somebody who is quoted."""

    key: str
    name: str
    aliases: tuple[str, ...]
    bio: str
    organisation: bool
    unnamed: bool
    unnamed_reason: str
    known_to: str
    roles: tuple[RoleCard, ...]


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A source with the text that was captured of it."""

    key: str
    kind: str
    title: str
    publisher: str
    url: str
    published_on: datetime.date
    terms: str
    confidential: bool
    occasion: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """What is known of the quotation that begins with `opening`."""

    opening: str
    key: str
    same_as: str
    speaker: str
    role: str
    source: str
    where: str
    verification: str
    note: str
    original_language: str
    original_words: str
    altered: bool
    doubted: str  # why a published quote was doubted for a day
    settled: str  # what came out


@dataclass(frozen=True, slots=True)
class CorrectionCard:
    """A change after publication: the words `was` became `now`."""

    kind: str
    text: str
    at: datetime.datetime
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class PictureCard:
    """A picture to be made, with the words that stand beside it."""

    recipe: str
    seed: int
    alt: str
    caption: str
    credit: str
    rights: str = ""
    days_left: int | None = None  # of the time for which it may be shown


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in its last version, with how it got there."""

    file: str
    headline: str
    slug: str
    slugline: str
    kicker: str
    dek: str
    section: str
    topics: tuple[str, ...]
    authors: tuple[str, ...]
    dateline: str
    type_of_work: str
    developing: bool
    status: str
    at: datetime.datetime | None
    owner: str
    checker: str
    editors_note: str
    body: str
    picture: PictureCard | None
    body_pictures: Mapping[str, PictureCard]  # by key
    sources: tuple[SourceCard, ...]
    quotes: tuple[QuoteCard, ...]
    not_quotations: tuple[str, ...]
    corrections: tuple[CorrectionCard, ...]
    reason: str
    notice: str
    wire_head: str
    wire_tail: str
    killed_at: datetime.datetime | None

    @property
    def wire_copy(self) -> str:
        """The story as the agency sent it, advertising and all; empty for the paper's own."""
        if not self.wire_head:
            return ""
        dateline = f"{self.dateline.upper()} — " if self.dateline else ""
        return "\n\n".join([self.wire_head, self.headline, dateline + self.body, self.wire_tail])

    def body_before(self, number: int) -> str:
        """The body before correction `number` (from 0): that one and all after it undone."""
        body = self.body
        for correction in reversed(self.corrections[number:]):
            body = body.replace(correction.now, correction.was)
        return body


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Everything in the files. Stories come in the order of their publication, unpublished ones last."""

    sections: tuple[SectionCard, ...]
    users: tuple[UserCard, ...]
    authors: tuple[AuthorCard, ...]
    speakers: tuple[SpeakerCard, ...]
    stories: tuple[StoryCard, ...]


def read_newsroom(now: datetime.datetime, folder: Path = FOLDER) -> Newsroom:
    """Read the files in `folder` as they stand at `now` (with a time zone: the paper's own)."""
    people = _read(folder / "people.toml")
    speakers = _read(folder / "speakers.toml")["speakers"]
    stories = [_story(_read(path), path.name, now) for path in sorted((folder / "stories").glob("*.toml"))]
    last = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return Newsroom(
        sections=tuple(SectionCard(**row) for row in _read(folder / "sections.toml")["sections"]),
        users=tuple(UserCard(**row) for row in people["users"]),
        authors=tuple(AuthorCard(**{"bio": "", "user": ""} | row) for row in people["authors"]),
        speakers=tuple(_speaker(row, now.date()) for row in speakers),
        stories=tuple(sorted(stories, key=lambda story: story.at or last)),
    )


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _day(kind: str, shift: int, moment: datetime.datetime) -> datetime.date:
    day = moment.date() + datetime.timedelta(days=shift)
    while kind == "workday" and day.weekday() >= SATURDAY:
        day += datetime.timedelta(days=1 if shift > 0 else -1)
    return day


def _filler(moment: datetime.datetime) -> Callable[[str], str]:
    """A function that replaces the tokens in a text by what they mean at `moment`."""

    def word(match: re.Match[str]) -> str:
        kind, shift = match[1], int(match[2])
        if kind == "clock":
            return f"{moment + datetime.timedelta(minutes=shift):%-H.%M}"
        return f"{_day(kind, shift, moment):%A}"

    return lambda text: TOKEN.sub(word, text)


def _date(value: str | datetime.date, moment: datetime.datetime) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    match = RELATIVE.fullmatch(value)
    if match is None:
        raise ValueError(f"“{value}” is no date: write “day-1”, “workday-0” or a date of the calendar.")
    return _day(match[1], int(match[2]), moment)


def _moment(row: Row, now: datetime.datetime) -> datetime.datetime | None:
    """When the story was or will be published; None for one that has no time."""
    days = -row["days_ago"] if "days_ago" in row else row.get("days_ahead")
    if days is None:
        return None
    moment = now + datetime.timedelta(days=days)
    if "at" not in row:
        return moment.replace(minute=moment.minute - moment.minute % 5, second=0, microsecond=0)
    hour, minute = row["at"].split(":")
    return moment.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)


def _story(row: dict[str, Any], file: str, now: datetime.datetime) -> StoryCard:
    at = _moment(row, now)
    moment = at or now
    fill = _filler(moment)
    later = row.get("kill_days_after")
    return StoryCard(
        **{name: row[name] for name in ("headline", "slug", "slugline", "kicker", "dek", "section")},
        **{name: row[name] for name in ("dateline", "type_of_work", "status", "owner", "checker")},
        file=file,
        topics=tuple(row["topics"]),
        authors=tuple(row["authors"]),
        developing=row.get("developing", False),
        at=at,
        editors_note=row.get("editors_note", ""),
        body=fill(row["body"]).strip(),
        picture=PictureCard(**row["image"]) if "image" in row else None,
        body_pictures={key: PictureCard(**each) for key, each in row.get("body_pictures", {}).items()},
        sources=tuple(_source(source, moment, fill) for source in row.get("sources", [])),
        quotes=tuple(_quote(quote) for quote in row.get("quotes", [])),
        not_quotations=tuple(row.get("not_quotations", ())),
        corrections=tuple(_correction(each, moment, fill) for each in row.get("corrections", [])),
        reason=row.get("kill_reason", row.get("spike_reason", "")),
        notice=row.get("kill_notice", ""),
        wire_head=row.get("wire_head", ""),
        wire_tail=row.get("wire_tail", ""),
        killed_at=None if later is None else moment + datetime.timedelta(days=later),
    )


def _speaker(row: Row, today: datetime.date) -> SpeakerCard:
    return SpeakerCard(
        key=row["key"],
        name=row["name"],
        aliases=tuple(row.get("aliases", ())),
        bio=row.get("bio", row.get("description", "")),
        organisation=row.get("organisation", False),
        unnamed=row.get("unnamed", False),
        unnamed_reason=row.get("unnamed_reason", ""),
        known_to=row.get("known_to", ""),
        roles=tuple(_role(role, today) for role in row.get("roles", [])),
    )


def _role(row: Row, today: datetime.date) -> RoleCard:
    def day(name: str) -> datetime.date | None:
        if f"{name}_days_ago" in row:
            return today - datetime.timedelta(days=row[f"{name}_days_ago"])
        return row.get(name)

    return RoleCard(row["title"], row.get("organisation", ""), day("from"), day("until"))


def _source(row: Row, moment: datetime.datetime, fill: Callable[[str], str]) -> SourceCard:
    values = {"publisher": "", "url": "", "confidential": False, "occasion": "", "place": ""} | dict(row)
    values["published_on"] = _date(values.pop("date"), moment)
    values["text"] = fill(values["text"]).strip()
    return SourceCard(**values)


def _quote(row: Row) -> QuoteCard:
    names = ("key", "same_as", "speaker", "role", "source", "where", "note", "doubted", "settled")
    return QuoteCard(
        opening=row["opening"],
        **{name: row.get(name, "") for name in names},
        verification=row.get("verification", "verified"),
        original_language=row.get("language", ""),
        original_words=row.get("original", ""),
        altered=row.get("altered", False),
    )


def _correction(row: Row, moment: datetime.datetime, fill: Callable[[str], str]) -> CorrectionCard:
    at = moment + datetime.timedelta(days=row["days_after"])
    return CorrectionCard(row["kind"], row["text"], at, fill(row["was"]), fill(row["now"]))
