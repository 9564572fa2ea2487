"""The text and the records agree: every quotation of a body is matched, altered, missing or unattributed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, Literal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Claim, Quotation, Quote, Story
from articles.text.attribution import AttributedQuotation, read_quotations
from articles.text.carry import carry
from articles.text.compare import Comparison, fingerprint
from articles.text.markup import plain_text
from articles.text.nested import read_nested
from articles.text.quotations import Kind, Segment
from articles.text.speakers import KnownSpeaker
from articles.workflow.errors import WrongState
from articles.workflow.grading import grade_against, same_words
from articles.workflow.new_quotes import copy_snapshot, house_language, shared_quotes
from articles.workflow.new_records import NewRecords, NewWords, record_words
from articles.workflow.passage import house_policy

State = Quotation.State
# A text is read while it is typed, when it is saved and when its form opens again.
_read_once: Final = lru_cache(maxsize=8)(read_quotations)
RECORDED_KINDS: Final = frozenset({Kind.DIRECT, Kind.PARTIAL})
ROW_FIELDS: Final = (
    "quote_id", "position", "spans", "segments", "kind", "state", "grade", "speaker_name", "role_title",
    "cue", "reason", "sure", "written_by_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sighting:
    """A quotation as it stands in a body that may not be saved yet.

    Offsets of `segments` count characters of `plain_text(html).text`. `state` is a `Quotation.State`, or
    "new" for words that will get a record when the story is saved, or "reported" for words without marks,
    which never get one. `recorded`: the record of `key` is tied to the words already, not only on saving.
    `inside`: what the speaker says that somebody else said; no quotations of the story's own, and no records.
    """

    segments: tuple[Segment, ...]
    kind: str
    state: str
    grade: str = ""
    key: str = ""
    quotation_id: int | None = None
    speaker: str = ""
    role: str = ""
    verification: str = ""
    reason: str = ""
    sure: bool = False
    recorded: bool = False
    inside: tuple[Sighting, ...] = ()


@dataclass(frozen=True, slots=True)
class Synced:
    """What `sync_quotations` did: quotations that are new, altered against their record, or gone."""

    new: int = 0
    altered: int = 0
    missing: int = 0

    def summary(self) -> dict[str, int]:
        """The numbers that are not zero, for an event."""
        named = {"new": self.new, "altered": self.altered, "missing": self.missing}
        return {f"quotations_{name}": number for name, number in named.items() if number}


def sync_quotations(story: Story, *, by: User | None) -> Synced:
    """Bring the quotations of `story` in line with its body; called whenever a body is saved.

    A record follows its words through every edit: matched while they are the record's own (within the
    house's policy), altered when not, missing when they are gone. New words get the quote of the same speaker
    with the same words, else a new, unverified one with a proposed speaker and role; words without a speaker
    wait as unattributed. Words of the copy that the story came from are linked to it and found there.

    Doing it twice changes nothing. The number of queries does not depend on the number of quotations.
    """
    with transaction.atomic():
        rows = _rows(story)
        before = {row.pk: _values(row) for row in rows}
        readings = _read(story.body, story.headline, rows)
        followed = _follow(rows, readings)
        current = [row or Quotation(story=story) for row in followed]
        for position, (row, reading) in enumerate(zip(current, readings, strict=True)):
            _judge(row, reading, by)
            _describe(row, position, reading)
        _record_new(story, current, readings, rows, by)
        gone = [row for row in rows if row not in current]
        for row in gone:
            row.spans = []
            row.state = State.MISSING if row.quote_id else row.state
        kept = [row for row in rows if row in current or row.quote_id]
        _write(
            current,
            [row for row in gone if not row.quote_id],
            [r for r in kept if before[r.pk] != _values(r)],
        )
    return Synced(
        new=sum(row is None for row in followed),
        altered=sum(row.state == State.ALTERED for row in current),
        missing=sum(before[row.pk]["state"] != State.MISSING for row in gone),
    )


def read_body(
    html: str,
    *,
    story: Story | None = None,
    headline: str = "",
    reported: bool = False,
    rows: Sequence[Quotation] | None = None,
) -> list[Sighting]:
    """The quotations of `html` in order, with their records in `story` as far as there are any.

    For underlining while somebody types: nothing is written. `reported` adds what somebody is reported to
    have said without quotation marks. `rows` are the quotations of the story, if they were read just now.
    """
    if rows is None:
        rows = _rows(story) if story is not None and story.pk else []
    headline = headline or (story.headline if story is not None else "")
    plain = plain_text(html).text
    found = _read_all(plain, headline, rows, reported=reported)
    readings = [reading for reading in found if reading.quotation.kind in RECORDED_KINDS]
    followed = list(zip(_follow(rows, readings), readings, strict=True))
    fresh = [reading for row, reading in followed if row is None or row.quote is None]
    shared = shared_quotes([_words(reading) for reading in fresh])
    nested = [_sight_unrecorded(each, state="inside") for each in read_nested(plain, readings)]
    sightings = [_holding(_sight(row, reading, shared), nested) for row, reading in followed]
    sightings += [
        _sight_unrecorded(each, state="reported") for each in found if each.quotation.kind is Kind.INDIRECT
    ]
    return sorted(sightings, key=lambda sighting: sighting.segments[0].start)


def difference(quotation: Quotation) -> Comparison | None:
    """The printed words against those of the record; None when there is no record."""
    if quotation.quote is None:
        return None
    return same_words(quotation.segments, quotation.quote.segments)


def lock_quotation(quotation: Quotation) -> Quotation:
    """The quotation as it is stored, locked, with its quote and story. Raises WrongState when it is gone."""
    stored = Quotation.objects.select_for_update(of=("self",)).with_quotes().select_related("story")
    current = stored.filter(pk=quotation.pk).first()
    if current is None:
        raise WrongState(_("These words are no longer in the story. Reload the page."))
    return current


def set_state(quotation: Quotation, to: Quotation.State, *, quote: Quote | None, grade: str) -> None:
    """Move a quotation to another state, unless anybody changed it since it was read."""
    seen = Quotation.objects.filter(
        pk=quotation.pk, state=quotation.state, quote=quotation.quote_id, segments=quotation.segments
    )
    if not seen.update(state=to, quote=quote, grade=grade):
        raise WrongState(_("Somebody changed these words at this moment. Reload the page and look again."))
    Claim.objects.filter(quotation=quotation.pk).delete()
    quotation.state, quotation.quote, quotation.grade = to, quote, grade


def _rows(story: Story) -> list[Quotation]:
    return list(Quotation.objects.filter(story=story).with_quotes().order_by("position", "pk"))


def _values(row: Quotation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ROW_FIELDS}


def _read(html: str, headline: str, rows: Sequence[Quotation]) -> list[AttributedQuotation]:
    readings = _read_all(plain_text(html).text, headline, rows)
    return [reading for reading in readings if reading.quotation.kind in RECORDED_KINDS]


def _read_all(
    text: str, headline: str, rows: Sequence[Quotation], *, reported: bool = False
) -> tuple[AttributedQuotation, ...]:
    return _read_once(
        text,
        headline=headline,
        known=tuple(_known_speakers(rows)),
        language=house_language(),
        doubled=True,
        labelled=True,
        indirect=reported,
    )


def _known_speakers(rows: Sequence[Quotation]) -> list[KnownSpeaker]:
    """The named speakers that the story quotes, as somebody confirmed or corrected them."""
    quotes = {row.quote.speaker_id: row.quote for row in rows if row.quote and row.quote.speaker}
    return [
        KnownSpeaker(
            name=quote.speaker.name,
            aliases=tuple(str(alias) for alias in quote.speaker.aliases),
            role=quote.role.title if quote.role else "",
            key=str(quote.speaker.pk),
        )
        for quote in quotes.values()
        if quote.speaker and not quote.speaker.unnamed
    ]


def _words(reading: AttributedQuotation) -> list[str]:
    return [segment.text for segment in reading.quotation.segments]


def _follow(rows: Sequence[Quotation], readings: Sequence[AttributedQuotation]) -> list[Quotation | None]:
    """For each quotation of the text the row that held it before, if one did."""
    followed: list[Quotation | None] = [None] * len(readings)
    carried = carry(
        [row.segments for row in rows], [_words(reading) for reading in readings], policy=house_policy()
    )
    for each in carried:
        if each.old is not None and each.new is not None:
            followed[each.new] = rows[each.old]
    return followed


def _judge(row: Quotation, reading: AttributedQuotation, by: User | None) -> None:
    """Set the state of a row for the words that are now in the text, and who wrote them there."""
    words = _words(reading)
    same = bool(row.segments) and fingerprint(row.segments) == fingerprint(words)
    if row.quote is not None:
        row.state, row.grade = grade_against(words, row.quote.segments)
        if fingerprint(words) == fingerprint(row.quote.segments):
            if not same:  # the record's own words are back
                row.written_by_id = row.quote.written_by_id
            return
    elif not (row.state == State.DISMISSED and same):
        row.state, row.grade = State.UNATTRIBUTED, ""
    if not same:
        row.written_by = by


def _describe(row: Quotation, position: int, reading: AttributedQuotation) -> None:
    attribution = reading.attribution
    row.position = position
    row.segments = _words(reading)
    row.spans = [[segment.start, segment.end] for segment in reading.quotation.segments]
    row.kind = Quotation.Kind(reading.quotation.kind)
    row.speaker_name = attribution.speaker[:160]
    row.role_title = attribution.role[:160]
    row.cue = attribution.cue[:60]
    row.reason = attribution.reason[:400]
    row.sure = attribution.sure


def _record_new(
    story: Story,
    current: Sequence[Quotation],
    readings: Sequence[AttributedQuotation],
    rows: Sequence[Quotation],
    by: User | None,
) -> None:
    """Give a quote to every row that has a speaker and no quote yet."""
    waiting = tuple(
        NewWords(row, reading.attribution, fingerprint(row.segments))
        for row, reading in zip(current, readings, strict=True)
        if row.state == State.UNATTRIBUTED and reading.attribution.speaker and fingerprint(row.segments)
    )
    if waiting:
        quoted = [row.quote.speaker for row in rows if row.quote and row.quote.speaker]
        record_words([NewRecords(waiting, copy_snapshot(story))], by=by, among=quoted)


def _write(current: Sequence[Quotation], gone: Sequence[Quotation], changed: Sequence[Quotation]) -> None:
    if gone:
        Quotation.objects.filter(pk__in=[row.pk for row in gone]).delete()
    if changed:
        Quotation.objects.bulk_update(changed, [name.removesuffix("_id") for name in ROW_FIELDS])
    Quotation.objects.bulk_create([row for row in current if row.pk is None])


def _holding(sighting: Sighting, nested: Sequence[Sighting]) -> Sighting:
    """The sighting with those of `nested` that stand inside its words."""
    if not nested:
        return sighting
    spans = [(segment.start, segment.end) for segment in sighting.segments]
    places = ((each, each.segments[0].start) for each in nested)
    inside = tuple(each for each, place in places if any(start <= place < end for start, end in spans))
    return replace(sighting, inside=inside)


def _sight_unrecorded(reading: AttributedQuotation, *, state: str) -> Sighting:
    attribution = reading.attribution
    return Sighting(
        segments=reading.quotation.segments,
        kind=str(reading.quotation.kind),
        state=state,
        speaker=attribution.speaker,
        role=attribution.role,
        reason=attribution.reason,
    )


def _sight(
    row: Quotation | None, reading: AttributedQuotation, shared: dict[tuple[str, int], Quote]
) -> Sighting:
    attribution = reading.attribution
    quote = row.quote if row is not None else None
    if quote is None and not (row is not None and row.state == State.DISMISSED):
        quote = _shared_by_name(shared, _words(reading), attribution.speaker)
    state: State | Literal["new"] = "new" if attribution.speaker else State.UNATTRIBUTED
    grade = ""
    if quote is not None:
        state, grade = grade_against(_words(reading), quote.segments)
    elif row is not None and row.state == State.DISMISSED:
        same = fingerprint(row.segments) == fingerprint(_words(reading))
        state = State.DISMISSED if same else state
    speaker = quote.speaker.name if quote is not None and quote.speaker else attribution.speaker
    role = quote.role.title if quote is not None and quote.role else attribution.role
    return Sighting(
        segments=reading.quotation.segments,
        kind=str(reading.quotation.kind),
        state=str(state),
        grade=grade,
        key=quote.key if quote is not None else "",
        quotation_id=row.pk if row is not None else None,
        speaker=speaker,
        role=role,
        verification=quote.verification if quote is not None else "",
        reason=attribution.reason,
        sure=attribution.sure,
        recorded=row is not None and row.quote is not None,
    )


def _shared_by_name(shared: dict[tuple[str, int], Quote], words: Sequence[str], name: str) -> Quote | None:
    wanted = (fingerprint(words), name.casefold())
    for (printed, _speaker), quote in shared.items():
        if quote.speaker is not None and (printed, quote.speaker.name.casefold()) == wanted:
            return quote
    return None
