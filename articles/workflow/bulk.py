"""An archive in: many stories at once, with all that bringing them in one by one would make of them.

Each story comes in once, under the name that it had in the other system. What comes in is a draft, whose
quotes wait to be checked: the gate and the second person hold for it as for every story. `bulk_editions` is
for what readers know already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import (
    Byline,
    Copy,
    ImportedStory,
    Quotation,
    Section,
    Snapshot,
    Source,
    Story,
)
from articles.models.rows import write_rows
from articles.text.compare import Grade
from articles.text.incoming import Item
from articles.workflow.bulk_editions import (
    file_authors,
    publish_archive,
    require_archivist,
    why_not_public,
)
from articles.workflow.bulk_read import Draft, ReadWords
from articles.workflow.bulk_rows import Slugs, authors_by_name, sections_by_name, tag_stories
from articles.workflow.find import index_stories
from articles.workflow.new_records import NewRecords, NewWords, record_words
from articles.workflow.people import require
from articles.workflow.quotations import State, Synced
from articles.workflow.record import record_events

_QUOTATION: Final = [field.name for field in Quotation._meta.concrete_fields if not field.primary_key]
_ATTRIBUTES: Final = [field.attname for field in Quotation._meta.concrete_fields if not field.primary_key]
AT_ONCE: Final = 100  # stories in a transaction: enough to share its questions, little to do again


class Became(StrEnum):
    """What became of a story of an archive."""

    CREATED = "created"
    KNOWN = "known"  # it came in before
    CHANGED = "changed"  # it came in before, and is another now
    SAME_COPY = "same copy"  # its very text came in before, as another story
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a story, which story it is here, and for people what to know or to do next."""

    became: Became
    story_id: int | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """How an archive comes in.

    `by` brings it (nobody is the program), `origin` is the name of the file, and `section` that of stories
    whose own is not here.
    """

    by: User | None = None
    origin: str = ""
    section: Section | None = None
    already_public: str = ""  # why they may be read without the gate; empty for drafts

    @property
    def archivist(self) -> User | None:
        """Who lets them be read; None for drafts."""
        return self.by if self.already_public else None


@dataclass(slots=True)
class _Row:
    """A story on its way into the database."""

    draft: Draft
    section: Section | None
    copy: Copy
    story: Story
    quotations: list[Quotation]
    snapshot: Snapshot | None = None
    older_snapshot: bool = False


def take_in(drafts: Sequence[Draft], terms: Terms) -> list[Taken]:
    """Bring stories in, all or none; for each in order what became of it. Raises what `check_terms` raises.

    One that came in before is left as it is, also where the other system changed it since. The number of
    queries hardly depends on how many there are: bring in `AT_ONCE` together.
    """
    check_terms(terms)
    try:
        with transaction.atomic():
            return _take(drafts, terms)
    except IntegrityError:  # somebody brought one of them in at this very moment: now it is known
        with transaction.atomic():
            return _take(drafts, terms)


def check_terms(terms: Terms) -> None:
    """Raise NotAllowed or WrongState for who may not bring an archive in on these terms."""
    if terms.already_public:
        require_archivist(terms.by, terms.already_public)
    if terms.by is not None:
        require(terms.by, "articles.add_story", _("You may not bring in copy. Ask a reporter or an editor."))


def rehearse(drafts: Sequence[Draft], terms: Terms) -> list[Taken]:
    """What `take_in` would do, and write nothing."""
    with transaction.atomic():
        taken = take_in(drafts, terms)
        transaction.set_rollback(True)
    return taken


def known_items(items: Sequence[Item]) -> list[Taken | None]:
    """What is known of each item: that it came in before, or None. One query."""
    stored = ImportedStory.objects.filter(identifier__in=[item.identifier for item in items])
    known = {identifier: rest for identifier, *rest in stored.values_list("identifier", "digest", "story_id")}
    return [_known(item, *known[item.identifier]) if item.identifier in known else None for item in items]


def _known(item: Item, digest: str, story_id: int) -> Taken:
    if item.digest == digest:
        return Taken(Became.KNOWN, story_id)
    return Taken(
        Became.CHANGED,
        story_id,
        _(
            "It came in before as story %(story)d, and changed in the other system since. The story was left"
            " as it is: compare the two, and save what should stand."
        )
        % {"story": story_id},
    )


def _take(drafts: Sequence[Draft], terms: Terms) -> list[Taken]:
    taken: list[Taken | None] = known_items([draft.item for draft in drafts])
    sections, copies, now = sections_by_name(), _copies(drafts), timezone.now()
    fresh = [draft.item for draft, known in zip(drafts, taken, strict=True) if known is None]
    slugs = Slugs(fresh, in_print=bool(terms.already_public))
    rows: dict[int, _Row] = {}
    again: dict[int, int] = {}  # of two lines that say the same, the later, with the earlier
    seen: dict[str, int] = {}
    for number, draft in enumerate(drafts):
        if taken[number] is not None:
            continue
        first = seen.get(draft.item.identifier, seen.get(draft.hashes[0]))
        if first is not None:
            again[number] = first
            continue
        section = sections.get(draft.item.section.casefold(), terms.section)
        copy, story_id = next((copies[each] for each in draft.hashes if each in copies), (None, None))
        if section is None and draft.item.section:
            taken[number] = _no_section(draft.item)
        elif story_id is not None:
            taken[number] = _same_copy(story_id)
        elif terms.already_public and (why := why_not_public(draft.item, section, now)):
            taken[number] = Taken(Became.REFUSED, None, why)
        else:
            seen |= {draft.item.identifier: number, draft.hashes[0]: number}
            rows[number] = _row(draft, section, copy, slugs.take(draft.item), terms)
    _write(list(rows.values()), terms)
    for number, row in rows.items():
        taken[number] = Taken(Became.CREATED, row.story.pk)
    for number, first in again.items():
        taken[number] = _same_copy(rows[first].story.pk)
    return [each for each in taken if each is not None]


def _no_section(item: Item) -> Taken:
    message = _(
        "There is no section “%(name)s”. Make it in the admin, or name one for such stories by --section."
    )
    return Taken(Became.REFUSED, None, message % {"name": item.section})


def _same_copy(story_id: int) -> Taken:
    message = _("The same text came in before, as story %(story)d. Nothing was written.")
    return Taken(Became.SAME_COPY, story_id, message % {"story": story_id})


def _copies(drafts: Sequence[Draft]) -> dict[str, tuple[Copy, int | None]]:
    """Copy that came in before, with the number of its story, by its hash. One query."""
    hashes = [each for draft in drafts for each in draft.hashes]
    stored = Copy.objects.filter(sha256__in=hashes).defer("text", "cuts").select_related("story")
    return {copy.sha256: (copy, copy.story.pk if hasattr(copy, "story") else None) for copy in stored}


def _row(draft: Draft, section: Section | None, copy: Copy | None, slug: str, terms: Terms) -> _Row:
    item = draft.item
    kinds = Story.TypeOfWork.values
    return _Row(
        draft,
        section,
        copy
        or Copy(
            text=item.body, sha256=draft.hashes[0], origin=terms.origin[:1000], received_by=terms.by, cuts=[]
        ),
        Story(
            headline=item.headline[:300],
            slug=slug,
            kicker=item.kicker[:80],
            dek=item.dek[:400],
            dateline=item.dateline[:120],
            body=draft.body,
            section=section,
            type_of_work=item.kind if item.kind in kinds else Story.TypeOfWork.NEWS,
            developing=item.developing,
            owner=terms.by,
            status=Story.Status.PUBLISHED if terms.already_public else Story.Status.DRAFT,
        ),
        [_quotation(words, position, terms.by) for position, words in enumerate(draft.words)],
    )


def _quotation(words: ReadWords, position: int, by: User | None) -> Quotation:
    """As `sync_quotations` describes new words."""
    attribution = words.attribution
    return Quotation(
        position=position,
        segments=list(words.segments),
        spans=[list(span) for span in words.spans],
        kind=words.kind,
        state=State.UNATTRIBUTED,
        speaker_name=attribution.speaker[:160],
        role_title=attribution.role[:160],
        cue=attribution.cue[:60],
        reason=attribution.reason[:400],
        sure=attribution.sure,
        written_by=by,
    )


def _write(rows: Sequence[_Row], terms: Terms) -> None:
    if not rows:
        return
    Copy.objects.bulk_create([row.copy for row in rows if row.copy.pk is None])
    if not terms.already_public:  # what a paper printed itself is no evidence that it was said
        _file_sources(rows, terms)
    _write_stories(rows, terms)
    record_words([NewRecords(_new_words(row), row.snapshot) for row in rows], by=terms.by)
    write_rows(Quotation, _QUOTATION, (_values(each) for row in rows for each in row.quotations))
    index_stories([(row.story, row.draft.plain) for row in rows])
    record_events("story.imported", [(row.story, _after(row, terms)) for row in rows], by=terms.by)
    if terms.archivist is not None:
        publish_archive(
            [(row.story, row.draft.item.published_at or timezone.now()) for row in rows],
            by=terms.archivist,
            reason=terms.already_public,
        )
    write_rows(
        ImportedStory,
        ("identifier", "digest", "path", "story"),
        ((row.draft.item.identifier, row.draft.digest, row.draft.item.path, row.story.pk) for row in rows),
    )


def _values(quotation: Quotation) -> list[Any]:
    return [getattr(quotation, attribute) for attribute in _ATTRIBUTES]


def _file_sources(rows: Sequence[_Row], terms: Terms) -> None:
    """The copy as evidence: a source of its own each, with a snapshot of its very bytes."""
    older = Snapshot.objects.filter(
        sha256__in=[row.draft.hashes[0] for row in rows], source__withdrawn_reason=""
    )
    found = {each.sha256: each for each in older.select_related("source").defer("data").order_by("-pk")}
    sources = [_source(row, terms) for row in rows]
    Source.objects.bulk_create(sources)
    now = timezone.now()
    made = [
        Snapshot(
            source=source,
            data=row.draft.item.body.encode(),
            media_type=row.draft.media_type,
            text=row.draft.copy_text,
            sha256=row.draft.hashes[0],
            captured_at=now,
            captured_by=terms.by,
            captured_from=(row.draft.item.address or terms.origin)[:1000],
        )
        for row, source in zip(rows, sources, strict=True)
    ]
    Snapshot.objects.bulk_create(made)
    for row, snapshot in zip(rows, made, strict=True):
        row.snapshot = found.get(snapshot.sha256, snapshot)
        row.older_snapshot = row.snapshot is not snapshot


def _source(row: _Row, terms: Terms) -> Source:
    item = row.draft.item
    return Source(
        kind=Source.Kind.WIRE,
        title=item.headline[:300],
        publisher=(urlsplit(item.address).hostname or "").removeprefix("www.")[:160],
        url=item.address,
        published_on=timezone.localdate(item.published_at) if item.published_at else None,
        owner=terms.by,
    )


def _write_stories(rows: Sequence[_Row], terms: Terms) -> None:
    """The stories with their bylines and topics.

    Who is not on file as an author is noted for the desk; in an archive that is read, an author is filed.
    """
    authors = authors_by_name()
    if terms.archivist is not None:
        file_authors([name for row in rows for name in row.draft.item.authors], authors, by=terms.archivist)
    bylines = []
    for row in rows:
        row.story.raw = row.copy
        names = row.draft.item.authors
        known = [authors[name.casefold()] for name in names if name.casefold() in authors]
        if names and not known:
            row.story.editors_note = _("Byline in the copy: %s") % ", ".join(names)
        bylines += [Byline(story=row.story, author=author, position=n) for n, author in enumerate(known)]
    Story.objects.bulk_create([row.story for row in rows])
    for byline in bylines:
        byline.story = byline.story  # takes over the number that the story has now
    Byline.objects.bulk_create(bylines)
    tag_stories([(row.story, row.draft.item.topics) for row in rows])


def _new_words(row: _Row) -> list[NewWords]:
    """The quotations that have a speaker, and so get a record."""
    pairs = zip(row.quotations, row.draft.words, strict=True)
    for quotation in row.quotations:
        quotation.story = row.story
    return [
        NewWords(
            quotation,
            words.attribution,
            words.fingerprint,
            own=(State(words.own[0]), words.own[1]),
            in_copy=None if row.older_snapshot else Grade(words.in_copy),
        )
        for quotation, words in pairs
        if words.attribution.speaker and words.fingerprint
    ]


def _after(row: _Row, terms: Terms) -> dict[str, object]:
    found = Synced(new=len(row.quotations))
    return {"origin": terms.origin, "cuts": 0, **found.summary()}
