"""After publication: correcting and killing a story, and renewing editions when a quote's record changes."""

from __future__ import annotations

from collections.abc import Sequence

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
from articles.workflow.publish import NOTED, drop_schedule, issue, withdraw
from articles.workflow.record import record_event
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


def reissue_quote(quote: Quote, *, by: User | None, why: str) -> list[Edition]:
    """Renew every edition that prints `quote`, after its verification changed; returns the new editions.

    A scheduled edition that prints a quote in doubt is dropped instead: the gate would not have let it pass.
    To be called in the transaction of the verb that changed the quote, after the quote was written.
    """
    now = timezone.now()
    printed = EditionQuote.objects.filter(quote_key=quote.key).values("edition__story_id")
    stories = Story.objects.filter(pk__in=printed).order_by("pk")
    renewed: list[Edition] = []
    for story in stories.select_for_update():
        settle(story)
        keys = {edition.pk for edition in _printing(quote, story)}
        timeline = Timeline.of(story, now)
        if timeline.pending and timeline.pending.pk in keys and quote.verification in DOUBTED:
            drop_schedule(story, timeline, by=by, reason=why)
            timeline = Timeline.of(story, now)
        shown = [each for each in (timeline.current, timeline.pending) if each and each.pk in keys]
        renewed += [reissue(edition, by=by, why=why) for edition in shown]
    return renewed


def reissue_speaker(speaker: Speaker, *, by: User | None, why: str) -> list[Edition]:
    """Renew every live or scheduled edition that prints `speaker`, who was merged; returns the new editions.

    To be called in the transaction of the verb that merged the speaker, after everything was moved.
    """
    now = timezone.now()
    stories = Story.objects.filter(pk__in=printing_now(speaker).values("edition__story")).order_by("pk")
    renewed: list[Edition] = []
    for story in stories.select_for_update():
        settle(story)
        keys = set(printing_now(speaker).filter(edition__story=story).values_list("edition", flat=True))
        timeline = Timeline.of(story, now)
        shown = [each for each in (timeline.current, timeline.pending) if each and each.pk in keys]
        renewed += [reissue(edition, by=by, why=why) for edition in shown]
    return renewed


def printing_now(speaker: Speaker) -> QuerySet[EditionQuote]:
    """The quotes of `speaker` in editions that are live or scheduled."""
    rows = EditionQuote.objects.filter(speaker_slug=speaker.slug, edition__gone=False)
    return rows.filter(Q(edition__live_until__isnull=True) | Q(edition__live_until__gt=timezone.now()))


def reissue(edition: Edition, *, by: User | None, why: str) -> Edition:
    """Put a new edition in the place of `edition`: the same content, its quotes as their records are now.

    `edition` is live or scheduled. Its story is neither approved nor checked again, since only the
    verification shown beside its quotes changes. Raises WrongState for an edition of the past.
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
        fresh = write_edition(
            content,
            story=story,
            by=by,
            kind=Edition.Kind.RECORD if live_from == now else stored.kind,
            change_note="" if live_from == now else stored.change_note,
            story_version=stored.story_version,
            live_until=stored.live_until,
            **timeline.numbered(live_from),
        )
        fresh.story_corrections.add(*edition.story_corrections.all())
        record_event(
            action="edition.reissued",
            record=fresh,
            story=story,
            by=by,
            reason=why,
            before={"edition": edition.number},
            after={"edition": fresh.number},
        )
    return fresh


def _printing(quote: Quote, story: Story) -> list[Edition]:
    """The editions of `story` that print `quote`."""
    printed = EditionQuote.objects.filter(quote_key=quote.key, edition__story=story)
    return list(Edition.objects.filter(pk__in=printed.values("edition_id")).only("pk"))


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
    )


def _merged(slugs: Sequence[str]) -> dict[str, Speaker]:
    """The speakers into which those with `slugs` were merged."""
    merged = Speaker.objects.filter(slug__in=slugs, merged_into__isnull=False)
    found = merged.select_related("merged_into").prefetch_related("merged_into__roles")
    return {speaker.slug: speaker.merged_into for speaker in found if speaker.merged_into is not None}
