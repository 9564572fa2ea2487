"""After publication: correcting and killing a story, and renewing editions when a quote's record changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Edition, EditionQuote, Quote, Source, Speaker, Story
from articles.workflow.edition import Content, write_edition
from articles.workflow.edition_quote import DOUBTED, renewed_columns
from articles.workflow.errors import WrongState
from articles.workflow.lifecycle import settle
from articles.workflow.material import with_history
from articles.workflow.publish import NOTED, Change, drop_schedule, issue, withdraw, write_correction
from articles.workflow.record import record_event
from articles.workflow.rendered import render_story
from articles.workflow.timeline import Timeline

# What belongs to the moment and not to the content of an edition.
PLACED = frozenset(
    {"id", "story", "number", "kind", "story_version", "live_from", "live_until", "first_live_from",
     "change_note", "published_by", "created_at"}
)  # fmt: skip


def correct_story(
    story: Story, *, by: User, kind: Edition.Kind, note: str, version: int | None = None
) -> Edition:
    """Publish the saved changes of a published story with a `note` for readers.

    `kind` is CORRECTION, CLARIFICATION, UPDATE or RETRACTION. Raises what `publish_story` raises.
    """
    if kind not in NOTED:
        raise WrongState(_("Choose what it is: a correction, a clarification, an update or a retraction."))
    return issue("correct", story, by=by, kind=kind, note=note, version=version)


def kill_story(story: Story, *, by: User, notice: str) -> Edition:
    """Withdraw a published story for good: readers get `notice` and a 410 from this moment on.

    What is scheduled is dropped. Raises NotAllowed, WrongState (also when there is no `notice`).
    """
    return withdraw("kill", Edition.Kind.KILLED, story, by=by, notice=notice)


@dataclass(frozen=True, slots=True)
class Correcting:
    """One text for readers of several stories, published with the renewed page of each."""

    kind: Edition.Kind
    note: str
    stories: frozenset[int]


def reissue_quote(quote: Quote, *, by: User | None, why: str) -> list[Edition]:
    """`reissue_quotes` for one quote."""
    return reissue_quotes([quote], by=by, why=why)


def reissue_quotes(
    quotes: Sequence[Quote], *, by: User | None, why: str, correcting: Correcting | None = None
) -> list[Edition]:
    """Renew every edition that prints one of `quotes`, after their verification changed, each once.

    Returns the new editions. A scheduled edition that prints a quote in doubt, or one from a withdrawn
    source, is dropped instead: the gate would not have let it pass. The chosen stories get a correction with
    it. To be called in the transaction of the verb that changed the quotes, after they were written.

    Raises WrongState when a chosen story prints none of them to readers, or when the text is published there.
    """
    now = timezone.now()
    keys = [quote.key for quote in quotes]
    in_doubt = {quote.key for quote in quotes if _in_doubt(quote)}
    printed = EditionQuote.objects.filter(quote_key__in=keys).values("edition__story_id")
    renewed: list[Edition] = []
    for story in Story.objects.filter(pk__in=printed).order_by("pk").select_for_update():
        settle(story)
        timeline = Timeline.of(story, now)
        if timeline.pending and timeline.pending.pk in _printing(in_doubt, story):
            drop_schedule(story, timeline, by=by, reason=why)
            timeline = Timeline.of(story, now)
        printing = _printing(keys, story)
        change = _change_for(story, timeline, printing, correcting)
        shown = [each for each in (timeline.current, timeline.pending) if each and each.pk in printing]
        for edition in shown:
            own = change if edition == timeline.current else None
            renewed.append(reissue(edition, by=by, why=why, change=own))
    _refuse_unprinted(correcting, renewed)
    return renewed


def reissue_speaker(speaker: Speaker, *, by: User | None, why: str) -> list[Edition]:
    """Renew every live or scheduled edition that prints `speaker`, who was merged; returns the new editions.

    A fixed number of queries for each story, however many of its quotes are theirs.
    To be called in the transaction of the verb that merged the speaker, after everything was moved.
    """
    now = timezone.now()
    stories = Story.objects.filter(pk__in=printing_now(speaker).values("edition__story")).order_by("pk")
    locked = list(stories.select_for_update())
    keys = set(printing_now(speaker).values_list("edition", flat=True))
    renewed: list[Edition] = []
    for story in locked:
        settle(story)
        timeline = Timeline.of(story, now)
        shown = [each for each in (timeline.current, timeline.pending) if each and each.pk in keys]
        renewed += [reissue(edition, by=by, why=why) for edition in shown]
    return renewed


def printing_now(speaker: Speaker) -> QuerySet[EditionQuote]:
    """The quotes of `speaker` in editions that are live or scheduled."""
    rows = EditionQuote.objects.filter(speaker_slug=speaker.slug, edition__gone=False)
    return rows.filter(Q(edition__live_until__isnull=True) | Q(edition__live_until__gt=timezone.now()))


def reissue(edition: Edition, *, by: User | None, why: str, change: Change | None = None) -> Edition:
    """Put a new edition in the place of `edition`: the same content, its quotes as their records are now.

    `edition` is live or scheduled. Its story is neither approved nor checked again, since only the
    verification shown beside its quotes changes. With a `change`, readers of a live one are told its note.
    Raises WrongState for an edition of the past.
    """
    now = timezone.now()
    with transaction.atomic():
        story = Story.objects.select_for_update().get(pk=edition.story_id)
        timeline = Timeline.of(story, now)
        if edition.pk not in {each.pk for each in (timeline.current, timeline.pending) if each}:
            raise WrongState(_("This edition is of the past. Reload the page to see the current one."))
        stored = Edition.objects.get(pk=edition.pk)
        live_from = max(now, stored.live_from)
        content = _renewed(stored)
        Edition.objects.filter(pk=edition.pk).end(live_from)
        placed = change or Change(Edition.Kind.RECORD)
        if live_from > now:  # it waits as what it was
            placed = Change(Edition.Kind(stored.kind), stored.change_note)
        fresh = write_edition(
            content,
            story=story,
            by=by,
            kind=placed.kind,
            change_note=placed.note,
            story_version=stored.story_version,
            live_until=stored.live_until,
            **timeline.numbered(live_from),
        )
        fresh.story_corrections.add(*edition.story_corrections.all())
        if change is not None and by is not None:
            _tell_readers(fresh, timeline, change, by)
        render_story(story)
        record_event(
            action="edition.reissued" if change is None else NOTED[change.kind],
            record=fresh if change is None else story,
            story=story,
            by=by,
            reason=why if change is None else change.note,
            before={"edition": edition.number},
            after={"edition": fresh.number},
        )
    return fresh


def _tell_readers(fresh: Edition, timeline: Timeline, change: Change, by: User) -> None:
    """Publish the note of `change` with a renewed edition; the one that waits behind it shows it too."""
    correction = write_correction(fresh, timeline, change, by=by)
    if correction is not None and timeline.pending is not None:
        timeline.pending.story_corrections.add(correction)


def _in_doubt(quote: Quote) -> bool:
    return quote.verification in DOUBTED or bool(quote.source and quote.source.withdrawn_reason)


def _change_for(
    story: Story, timeline: Timeline, printing: set[int], correcting: Correcting | None
) -> Change | None:
    """What readers of `story` are told, if it is among the chosen ones and prints the words."""
    if correcting is None or story.pk not in correcting.stories:
        return None
    current = timeline.current
    if current is None or current.pk not in printing:
        return None
    if (current.kind, current.change_note) == (correcting.kind, correcting.note):
        raise WrongState(
            _("“%(story)s” has published this note already. Leave the story out, or write another note.")
            % {"story": story}
        )
    return Change(correcting.kind, correcting.note)


def _refuse_unprinted(correcting: Correcting | None, renewed: Sequence[Edition]) -> None:
    told = {edition.story_id for edition in renewed if correcting and edition.kind == correcting.kind}
    if correcting is not None and not correcting.stories <= told:
        raise WrongState(
            _("A chosen story does not print the words to readers now. Reload the page and choose again.")
        )


def _printing(keys: Collection[str], story: Story) -> set[int]:
    """The editions of `story` that print a quote with one of `keys`."""
    printed = EditionQuote.objects.filter(quote_key__in=keys, edition__story=story)
    return set(printed.values_list("edition_id", flat=True)) if keys else set()


def _renewed(edition: Edition) -> Content:
    """The content of `edition`, with its quotes as their records are now."""
    names = [field.name for field in Edition._meta.concrete_fields if field.name not in PLACED]
    columns = {name: getattr(edition, name) for name in names}
    rows = list(edition.quotes.all())
    keys = [row.quote_key for row in rows]
    quotes = Quote.objects.with_people().prefetch_related(with_history()).filter(key__in=keys)
    by_key = {quote.key: quote for quote in quotes}
    sources = {
        source.key: source for source in Source.objects.filter(key__in=[row.source_key for row in rows])
    }
    merged = _merged([row.speaker_slug for row in rows])
    return Content(
        columns,
        tuple(
            renewed_columns(
                row, by_key[row.quote_key], sources.get(row.source_key), merged.get(row.speaker_slug)
            )
            for row in rows
        ),
        tuple(edition.image_rows.values_list("image_id", flat=True)),
    )


def _merged(slugs: Sequence[str]) -> dict[str, Speaker]:
    """The speakers into which those with `slugs` were merged."""
    merged = Speaker.objects.filter(slug__in=slugs, merged_into__isnull=False)
    found = merged.select_related("merged_into").prefetch_related("merged_into__roles")
    return {speaker.slug: speaker.merged_into for speaker in found if speaker.merged_into is not None}
