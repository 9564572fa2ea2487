"""Publishing: the gate, then an edition. Scheduling is publishing with a later moment."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Correction, Edition, Quote, Story
from articles.workflow.assignment_done import finish_with
from articles.workflow.edition import build_content, withdrawn_content, write_edition
from articles.workflow.errors import WrongState
from articles.workflow.gate import pass_gate
from articles.workflow.lifecycle import begin, move, needed
from articles.workflow.material import gather
from articles.workflow.people import require
from articles.workflow.record import record_event
from articles.workflow.rendered import render_story
from articles.workflow.steps import STEPS
from articles.workflow.timeline import Timeline

Kind = Edition.Kind

# What readers are told about a new edition, and how the event is called.
NOTED: Final = {
    Kind.CORRECTION: "story.corrected",
    Kind.CLARIFICATION: "story.clarified",
    Kind.UPDATE: "story.updated",
    Kind.RETRACTION: "story.retracted",
}
NEXT_KINDS: Final = frozenset({Kind.SAME, *NOTED})


@dataclass(frozen=True, slots=True)
class Change:
    """What a new edition is to readers. Only the kinds in `NOTED` have a note."""

    kind: Edition.Kind
    note: str = ""


def publish_story(
    story: Story,
    *,
    by: User,
    kind: Edition.Kind | None = None,
    note: str = "",
    at: datetime.datetime | None = None,
    version: int | None = None,
) -> Edition:
    """Make the next edition of `story` from what is stored, live now or, when it is later, from `at`.

    A first publication needs no `kind`. A story that readers have seen needs one: SAME (no change of
    substance), or CORRECTION, CLARIFICATION, UPDATE, RETRACTION with a `note` for readers. `version` is the
    one that `by` saw.

    Raises GateClosed with the blockers, NotAllowed, and WrongState: not approved, changed meanwhile, nothing
    new to publish, something scheduled already, no note.
    """
    later = at is not None and at > timezone.now()
    return issue(
        "schedule" if later else "publish", story, by=by, kind=kind, note=note, at=at, version=version
    )


def schedule_story(
    story: Story,
    *,
    by: User,
    at: datetime.datetime,
    kind: Edition.Kind | None = None,
    note: str = "",
    version: int | None = None,
) -> Edition:
    """Let the next edition of `story` go live at `at`, exactly and by itself; again to move it.

    A published story stays published until then. Raises what `publish_story` raises, and WrongState when
    `at` has passed.
    """
    if at <= timezone.now():
        raise WrongState(_("That time has passed. Choose a later one, or publish the story now."))
    return publish_story(story, by=by, kind=kind, note=note, at=at, version=version)


def issue(
    name: str,
    story: Story,
    *,
    by: User,
    kind: Edition.Kind | None,
    note: str,
    at: datetime.datetime | None = None,
    version: int | None,
) -> Edition:
    """Take the step `name` ("publish", "schedule" or "correct"), which makes an edition."""
    now = timezone.now()
    with transaction.atomic():
        _lock_quotes(story)
        current = begin(name, story, by=by, version=version)
        timeline = _timeline(current, now, moving=name == "schedule")
        change = _change(timeline, kind, note.strip(), by=by)
        edition = _publish(current, timeline, change, by=by, live_from=max(now, at or now))
    story.refresh_from_db()
    return edition


def cancel_schedule(story: Story, *, by: User) -> Story:
    """Take back what is scheduled; what readers see now stays. Raises NotAllowed, WrongState."""
    now = timezone.now()
    with transaction.atomic():
        current = begin("cancel_schedule", story, by=by)
        timeline = Timeline.of(current, now)
        if timeline.pending is None:
            raise WrongState(_("Nothing is scheduled for this story. Reload the page to see it."))
        drop_schedule(current, timeline, by=by)
    story.refresh_from_db()
    return story


def unpublish_story(story: Story, *, by: User, notice: str) -> Edition:
    """Take a story away from readers, who are shown `notice` at its address. `restore_story` reopens it.

    Raises NotAllowed, WrongState (also when there is no `notice`).
    """
    return withdraw("unpublish", Kind.UNPUBLISHED, story, by=by, notice=notice)


def withdraw(name: str, kind: Edition.Kind, story: Story, *, by: User, notice: str) -> Edition:
    """Put a notice in the place of `story`, at once, and drop what is scheduled: `unpublish` and `kill`."""
    told = needed(notice, _("Write the notice that readers will find at the story's address."))
    now = timezone.now()
    with transaction.atomic():
        current = begin(name, story, by=by)
        before = current.status
        timeline = Timeline.of(current, now)
        if timeline.pending is not None:
            drop_schedule(current, timeline, by=by)
            timeline = Timeline.of(current, now)
        last = timeline.last_read or timeline.editions[-1]
        timeline.make_room(now)
        content = withdrawn_content(last, notice=told)
        columns = {"kind": kind, "story_version": current.version, **timeline.numbered(now)}
        edition = write_edition(content, story=current, by=by, **columns)
        render_story(current)
        ends = STEPS[name].ends or Story.Status(before)
        move(current, ends=ends, approved_by=None)
        record_event(
            action=f"story.{ends}",
            record=current,
            by=by,
            reason=told,
            before={"status": before},
            after={"status": ends, "edition": edition.number},
        )
    story.refresh_from_db()
    return edition


def drop_schedule(story: Story, timeline: Timeline, *, by: User | None, reason: str = "") -> None:
    """Let the pending edition of a locked story never be seen; a scheduled story is approved again."""
    pending = timeline.pending
    if pending is None:
        return
    timeline.cancel_pending()
    before = story.status
    if story.status == Story.Status.SCHEDULED:
        move(story, ends=Story.Status.APPROVED)
    record_event(
        action="story.schedule_cancelled",
        record=story,
        by=by,
        reason=reason,
        before={"status": before, "edition": pending.number, "live_from": pending.live_from},
        after={"status": story.status},
    )


def _publish(
    story: Story, timeline: Timeline, change: Change, *, by: User, live_from: datetime.datetime
) -> Edition:
    material = gather(story)
    findings = pass_gate(material, at=live_from, note=change.note)
    content = build_content(material, editor=by)
    replaced = timeline.current
    if change.kind == Kind.SAME and replaced is not None and content.same_as(replaced):
        raise WrongState(_("Nothing has changed since the last edition. Save your changes first."))
    timeline.cancel_pending()
    timeline.make_room(live_from)
    edition = write_edition(
        content,
        story=story,
        by=by,
        kind=change.kind,
        change_note=change.note,
        story_version=story.version,
        **timeline.numbered(live_from),
    )
    write_correction(edition, timeline, change, by=by)
    render_story(story)
    before = story.status
    later = live_from > timeline.now
    waits = later and before != Story.Status.PUBLISHED
    move(story, ends=Story.Status.SCHEDULED if waits else Story.Status.PUBLISHED)
    record_event(
        action="story.scheduled" if later else NOTED.get(change.kind, "story.published"),
        record=story,
        by=by,
        reason=change.note,
        before={"status": before},
        after={
            "status": story.status,
            "edition": edition.number,
            "kind": change.kind,
            "live_from": live_from,
            "set_aside": [f"{each.code} {each.place}" for each in findings if each.overridden],
        },
    )
    if not later:
        finish_with(story, by=by)
    return edition


def _timeline(story: Story, now: datetime.datetime, *, moving: bool) -> Timeline:
    timeline = Timeline.of(story, now)
    if timeline.pending is not None and not moving:
        when = date_format(timezone.localtime(timeline.pending.live_from), "DATETIME_FORMAT")
        raise WrongState(
            _("The next edition is scheduled for %(time)s. Cancel the schedule, then publish.")
            % {"time": when}
        )
    return timeline


def _change(timeline: Timeline, kind: Edition.Kind | None, note: str, *, by: User) -> Change:
    """Which kind the next edition is. Raises WrongState when that has to be said and was not."""
    if not timeline.was_published:
        return Change(Kind.FIRST)
    require(by, STEPS["correct"].permission, STEPS["correct"].denied)
    if kind is None and timeline.pending is not None:  # it is only moved to another time
        return Change(Kind(timeline.pending.kind), timeline.pending.change_note)
    if kind not in NEXT_KINDS:
        raise WrongState(
            _(
                "Readers have seen this story. Say what the next edition is: no change of substance, or a"
                " correction, a clarification or an update with a note for readers."
            )
        )
    if kind not in NOTED:
        return Change(Kind(kind))
    if kind == Kind.RETRACTION:
        require(by, STEPS["kill"].permission, _("Only a managing editor may retract a story. Call one now."))
    told = needed(note, _("Tell readers what was wrong and what is right, in a sentence or two."))
    last = timeline.current
    if last is not None and (last.kind, last.change_note) == (kind, told):
        raise WrongState(_("This note is published already. Reload the page to see it."))
    return Change(Kind(kind), told)


def write_correction(edition: Edition, timeline: Timeline, change: Change, *, by: User) -> Correction | None:
    """Let the edition show the corrections of the one before, and its own, which is returned."""
    shown = list(timeline.last_read.story_corrections.all()) if timeline.last_read else []
    own = None
    if change.kind in NOTED:
        own = Correction.objects.create(
            made_in=edition,
            kind=Correction.Kind(change.kind.value),
            text=change.note,
            at=edition.live_from,
            by=by,
        )
        shown.append(own)
    if shown:
        edition.story_corrections.add(*shown)
    return own


def _lock_quotes(story: Story) -> None:
    """Hold the quotes of `story` until the edition is written.

    Somebody who disputes one of them at this moment waits, and then finds the edition and renews it. Quotes
    are locked before stories everywhere, so that two people never wait for each other.
    """
    used = Quote.objects.filter(quotations__story=story).values("pk")
    list(Quote.objects.select_for_update().filter(pk__in=used).order_by("pk").values_list("pk"))
