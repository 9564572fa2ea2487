"""Invented stories as rows of tables: just what the verbs would have written, without running them.

Of the newest stories the desk has everything: quotes, quotations, sources, words to search in. Of older ones
it has the story without its body: readers see nothing of that, and a million times it fills a disk.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from json.encoder import encode_basestring_ascii as quoted
from typing import Any, Final

from articles.models import NameWords, place_of, tag_of
from bench.cast import SECTIONS, picture_rows, slug_of
from bench.stories import DEVELOPING, PAGE, PUBLISHER, Document, Draft, Said, Stories

NOTE: Final = "The meeting was on Tuesday, not on Monday."
NOTICE: Final = "We have withdrawn this story, since its main source took back what he said."
WITHDRAWN: Final = "This story was withdrawn"
DATELINE: Final = "Sandholm"
HOUR: Final = datetime.timedelta(hours=1)
VERSION: Final = 3  # of each story: written, edited, approved

# Columns, in the order of the rows; `seed.columns_of` adds those with a default that are not named here.
COLUMNS: Final = {
    "story": (
        "id headline slug slugline dek body dateline section_id lead_image_id type_of_work developing "
        "status owner_id approved_by_id version created_at updated_at"
    ),
    "edition": (
        "id story_id number kind story_version live_from live_until first_live_from gone notice "
        "section_slug section_name slug headline dek dateline body_html body_text word_count "
        "type_of_work developing image bylines topics change_note approved_by_name published_by_id "
        "created_at"
    ),
    "editionbyline": "id edition_id position name slug",
    "editiontopic": "id edition_id name slug",
    "editionimage": "id edition_id image_id",
    "editionquote": (
        "id edition_id position quote_key segments words kind speaker_slug speaker_name speaker "
        "role_title role_organisation said_on source_key source verification verified_by_name "
        "verified_at history"
    ),
    "image": (
        "id title file width height renditions sha256 alt caption credit rights expires_on file_words "
        "focus_x focus_y uploaded_by_id uploaded_at"
    ),
    "storywords": "id edition_id tags live_from live_until",
    "quotewords": "id edition_id quote_id quote_key tags live_from live_until",
    "correction": "id made_in_id kind text at by_id",
    "correction_editions": "id correction_id edition_id",
    "sitechange": "id at keys",
    "namewords": "id kind key name title organisation stamp",
    "byline": "id story_id author_id position",
    "tagged": "id tag_id object_id content_type_id",
    "source": "id key kind title publisher owner_id created_at",
    "snapshot": "id source_id data text sha256 captured_at captured_by_id captured_from",
    "quote": (
        "id key segments words fingerprint kind speaker_id role_id said_on source_id source_place "
        "verification verified_by_id verified_at written_by_id created_at"
    ),
    "verificationentry": "id quote_id verification by_id at snapshot_id method grade note",
    "quotation": "id story_id quote_id position spans segments kind state grade cue sure written_by_id",
    "searchentry": "id kind record_id words",
    "event": "id action record_type record_id label story_id by_id at before after",
}

_VERIFIED: Final = (
    '[{"at": "%s", "verification": "verified", "label": "verified", "by": %s, "method": "%s", "note": ""}]'
)
_READ, _HEARD = ("read", "read in the source"), ("called_back", "confirmed by the speaker")


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works there: numbers of users, the name that readers are told, and how stories are tagged."""

    reporter: int
    editor: int
    editor_name: str
    content_type: int


class Paper:
    """The rows of an archive. `write` adds those of one story to `rows`; `write` in order of numbers."""

    def __init__(self, stories: Stories, *, desk: Desk, desk_stories: int) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self.quoted: set[int] = set()  # numbers of the people who are quoted
        self.known = set(PUBLISHER.lower().split())  # words of headlines, deks and names
        self.desk, self.cast = desk, stories.cast
        self._stories, self._first_at_desk = stories, stories.size - desk_stories
        self._sources = count(len(stories.cast.people) + 1)  # after the interview with each
        self._numbers = defaultdict(lambda: count(1))
        self._by = quoted(desk.editor_name)
        self.picture_rows, self._pictures = picture_rows(
            stories.words, desk.editor, plain(stories.draft(0).at)
        )

    def write(self, number: int) -> None:
        """Add the rows of the story with that number, from 0 for the oldest."""
        draft = self._stories.draft(number)
        document = self._stories.document(draft)
        at_desk = number >= self._first_at_desk
        day = draft.at + datetime.timedelta(days=1)
        self._story(draft, at_desk=at_desk)
        if draft.killed or draft.corrected:
            self._edition(draft, document, 1, draft.at, until=day)
        if draft.killed:
            self._gone(draft, day)
        elif draft.corrected:
            self._correction(self._edition(draft, document, 2, day), day)
        else:
            self._edition(draft, document, 1, draft.at)
        self.known.update(f"{draft.headline} {draft.dek[:-1]}".lower().split())
        if not draft.killed:
            self.name(NameWords.Kind.SOURCE, document.key, document.title, organisation=PUBLISHER)
        self._add("sitechange", plain(draft.at), f'["story-{draft.number}", "lists"]')
        if at_desk:
            self._records(draft, document)

    def _add(self, table: str, *values: Any) -> int:
        number = next(self._numbers[table])
        self.rows[table].append((number, *values))
        return number

    def name(self, kind: str, key: str, name: str, *, title: str = "", organisation: str = "") -> None:
        """Add a name that readers may search for."""
        row = NameWords(kind=kind, key=key, name=name, title=title, organisation=organisation).stamped()
        self._add("namewords", str(row.kind), key, name, title, organisation, row.stamp)

    def found(self, kind: str, record: int, *words: str) -> None:
        """Add what the desk finds a record by."""
        self._add("searchentry", kind, record, "\n".join(filter(None, words)))

    def _story(self, draft: Draft, *, at_desk: bool) -> None:
        at, desk = plain(draft.at), self.desk
        self.rows["story"].append(
            (draft.number, draft.headline, draft.slug, f"{draft.slug}-1"[:80], draft.dek)
            + (draft.body if at_desk else "", DATELINE, draft.section + 1, draft.picture or None, "news")
            + (draft.number % DEVELOPING == 11, "killed" if draft.killed else "published", desk.reporter)
            + (desk.editor, VERSION, plain(draft.at - HOUR * 6), at)
        )

    # --- What readers see ----------------------------------------------------------------------------

    def _edition(
        self, draft: Draft, document: Document, number: int, at: datetime.datetime,
        *, until: datetime.datetime | None = None,
    ) -> int:  # fmt: skip
        desk, section, text = self.desk, SECTIONS[draft.section], draft.text
        author = self.cast.authors[draft.author]
        topics = [(name, slug_of(name)) for name in draft.topics]
        edition = self._add(
            "edition", draft.number, number, "first" if number == 1 else "correction", VERSION,
            plain(at), until and plain(until), plain(draft.at), False, "",
            section.lower(), section, draft.slug, draft.headline, draft.dek, DATELINE,
            draft.body_html, text, len(text.split()), "news", draft.number % DEVELOPING == 11,
            self._pictures[draft.picture - 1] if draft.picture else None,
            json.dumps([{"name": author, "slug": slug_of(author)}]),
            json.dumps([{"name": name, "slug": slug} for name, slug in topics]),
            "" if number == 1 else NOTE, desk.editor_name, desk.editor, plain(at),
        )  # fmt: skip
        self._add("editionbyline", edition, 0, author, slug_of(author))
        for name, slug in topics:
            self._add("editiontopic", edition, name, slug)
        if draft.picture:
            self._add("editionimage", edition, draft.picture)
        shared = [_tag("section", section.lower()), *(_tag("topic", slug) for _name, slug in topics)]
        live = (plain(at), None)
        for place, said in enumerate(draft.quotes):
            quote = self._edition_quote(draft, document, edition, place, said)
            if until is None:
                source = document.key if said.document else said.person.key
                tags = [tag_of("words", fingerprint_of(said.words)), _tag("speaker", said.person.slug)]
                tags = [*shared, *tags, tag_of("source", source)]
                row = (place_of(draft.at, quote), edition, quote, said.key, " ".join(tags), *live)
                self.rows["quotewords"].append(row)
        if until is None:
            slugs = sorted({said.person.slug for said in draft.quotes})
            tags = [*shared, _tag("author", slug_of(author)), *(_tag("speaker", slug) for slug in slugs)]
            self.rows["storywords"].append((place_of(draft.at, edition), edition, " ".join(tags), *live))
        return edition

    def _edition_quote(self, draft: Draft, document: Document, edition: int, place: int, said: Said) -> int:
        person, verified_at = said.person, draft.at - HOUR * 3
        self.quoted.add(person.number)
        _method, label = _READ if said.document else _HEARD
        return self._add(
            "editionquote", edition, place, said.key, f"[{quoted(said.words)}]", said.words, "direct",
            person.slug, person.name, person.as_json, person.title, person.organisation,
            draft.at.date().isoformat(), document.key if said.document else person.key,
            document.kept[said.key] if said.document else person.interview, "verified",
            self.desk.editor_name, plain(verified_at), _VERIFIED % (verified_at.isoformat(), self._by, label),
        )  # fmt: skip

    def _gone(self, draft: Draft, at: datetime.datetime) -> None:
        section = SECTIONS[draft.section]
        self._add(
            "edition", draft.number, 2, "killed", VERSION, plain(at), None, plain(draft.at), True, NOTICE,
            section.lower(), section, draft.slug, WITHDRAWN, "", "", "", "", 0, "news", False, None,
            "[]", "[]", "", "", self.desk.editor, plain(at),
        )  # fmt: skip

    def _correction(self, edition: int, at: datetime.datetime) -> None:
        correction = self._add("correction", edition, "correction", NOTE, plain(at), self.desk.editor)
        self._add("correction_editions", correction, edition)

    # --- What the desk has ---------------------------------------------------------------------------

    def _records(self, draft: Draft, document: Document) -> None:
        story, desk, came = draft.number, self.desk, plain(draft.at - HOUR * 6)
        source = next(self._sources)
        self.rows["source"].append(
            (source, document.key, "document", document.title, PUBLISHER, desk.reporter, came)
        )
        snapshot = self._add(
            "snapshot", source, document.text.encode(), document.text, document.sha256,
            plain(draft.captured_at), desk.reporter, "pasted",
        )  # fmt: skip
        self._add("byline", story, draft.author + 1, 0)
        for name in draft.topics:
            self._add("tagged", self.cast.topics.index(name) + 1, story, desk.content_type)
        self.found("story", story, draft.headline, f"{draft.slug}-1"[:80], draft.slug, draft.dek, draft.text)
        self.found("source", source, document.title, PUBLISHER, document.key)
        for place, said in enumerate(draft.quotes):
            self._record(draft, place, said, (source, snapshot) if said.document else None, came)
        self._add(
            "event", "story.published", "story", story, draft.headline, story, desk.editor, plain(draft.at),
            '{"status": "approved"}', '{"status": "published", "edition": 1, "kind": "first"}',
        )  # fmt: skip

    def _record(
        self, draft: Draft, place: int, said: Said, document: tuple[int, int] | None, came: str
    ) -> None:
        desk, person, segments = self.desk, said.person, f"[{quoted(said.words)}]"
        source, snapshot = document or (person.number, None)
        method = (_READ if document else _HEARD)[0]
        verified_at = plain(draft.at - HOUR * 3)
        quote = self._add(
            "quote", said.key, segments, said.words, fingerprint_of(said.words), "direct", person.number,
            person.number, draft.at.date().isoformat(), source, PAGE if document else "", "verified",
            desk.editor, verified_at, desk.reporter, came,
        )  # fmt: skip
        self._add(
            "verificationentry", quote, "verified", desk.editor, verified_at, snapshot, method,
            "identical" if document else "", "",
        )  # fmt: skip
        self._add(
            "quotation", draft.number, quote, place, f"[[{said.start}, {said.start + len(said.words)}]]",
            segments, "direct", "matched", "identical", "said", True, desk.reporter,
        )  # fmt: skip
        self.found("quote", quote, said.words, person.name)


def plain(moment: datetime.datetime) -> str:
    """A moment in UTC as both engines read it."""
    return moment.isoformat(" ")[:19]


def fingerprint_of(words: str) -> str:
    """`text.compare.fingerprint` of a sentence of plain words, at a thirtieth of its price."""
    return hashlib.sha256((words[0].lower() + words[1:-1]).encode()).hexdigest()


@lru_cache(1 << 18)
def _tag(kind: str, name: str) -> str:
    return tag_of(kind, name)
