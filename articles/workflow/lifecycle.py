"""Taking a story from draft to approval and back: the steps that readers do not notice."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Edition, Story
from articles.workflow.assignment_done import finish_with
from articles.workflow.errors import NotAllowed, WrongState
from articles.workflow.record import record_event
from articles.workflow.steps import STEPS, Step

MANAGES = "articles.override_gate"  # the managing editor's permission


def submit_story(story: Story, *, by: User) -> Story:
    """Hand a draft over for review. Raises NotAllowed, WrongState."""
    return _take("submit", "story.submitted", story, by=by)


def return_story(story: Story, *, by: User, reason: str) -> Story:
    """Give a story back to its owner with what is to be done, or take one's own back from review.

    Raises NotAllowed, WrongState (also when there is no `reason`).
    """
    why = needed(reason, _("Say what is to be done, so that the owner knows. Then return the story."))
    return _take("return", "story.returned", story, by=by, reason=why, approved_by=None)


def approve_story(story: Story, *, by: User, version: int | None = None) -> Story:
    """Sign a story in review as ready. `version` is the one that `by` read.

    Four eyes: who owns a story or signs it does not approve it, unless it is a managing editor.
    Raises NotAllowed, WrongState.
    """
    return _take("approve", "story.approved", story, by=by, version=version, approved_by=by)


def spike_story(story: Story, *, by: User, reason: str) -> Story:
    """Drop a story before publication; `restore_story` brings it back. Raises NotAllowed, WrongState."""
    why = needed(reason, _("Say why the story is dropped. Then spike it."))
    return _take("spike", "story.spiked", story, by=by, reason=why, approved_by=None)


def restore_story(story: Story, *, by: User) -> Story:
    """Make a spiked or unpublished story a draft again. Raises NotAllowed, WrongState."""
    return _take("restore", "story.restored", story, by=by, approved_by=None)


def open_steps(story: Story, *, by: User | AnonymousUser) -> tuple[str, ...]:
    """The names of the steps that `by` may take on `story` now, in the order an editor thinks of them.

    The gate is not asked. At most two queries beside those for permissions.
    """
    now = timezone.now()
    status = due_state(story, now)
    pending = status == Story.Status.SCHEDULED or (
        status == Story.Status.PUBLISHED and _opens_after(story, now)
    )
    hidden = {"publish", "correct"} if pending else {"cancel_schedule"}
    open_now = [
        name
        for name, step in STEPS.items()
        if name not in hidden and status in step.begins and step.allowed(by, story, status)
    ]
    if "approve" in open_now and is_own(story, by) and not by.has_perm(MANAGES):
        open_now.remove("approve")
    return tuple(open_now)


def due_state(story: Story, now: datetime.datetime) -> Story.Status:
    """The status of `story` at `now`: a scheduled story whose time has come is a published one."""
    if story.status != Story.Status.SCHEDULED or _opens_after(story, now):
        return Story.Status(story.status)
    return Story.Status.PUBLISHED


def is_own(story: Story, by: User | AnonymousUser) -> bool:
    """Whether `by` owns `story` or signs it."""
    return story.owner_id == by.pk or story.bylines.filter(author__user=by.pk).exists()


def settle(story: Story) -> Story:
    """Write down that the time of a scheduled story has come, if it has. Inside a transaction."""
    if due_state(story, timezone.now()) != story.status:
        move(story, ends=Story.Status.PUBLISHED)
        record_event(action="story.went_live", record=story, by=None, before={"status": "scheduled"})
        finish_with(story, by=None)
    return story


def begin(name: str, story: Story, *, by: User, version: int | None = None) -> Story:
    """Start the step `name`: lock the story, settle it, and refuse who or what may not. In a transaction.

    Returns the story as it is stored. `version` is the version that `by` saw, that of `story` when not given.
    """
    step = STEPS[name]
    current = Story.objects.select_for_update().filter(pk=story.pk).first()
    if current is None:
        raise WrongState(_("This story no longer exists. Go back to the list of stories."))
    settle(current)
    require_step(step, current, by)
    if current.version != (story.version if version is None else version):
        raise WrongState(
            _("Somebody changed this story after you opened it. Reload the page, read it, and try again.")
        )
    return current


def require_step(step: Step, story: Story, by: User) -> None:
    """Raise NotAllowed unless the role of `by` includes `step`, and WrongState unless it begins here."""
    status = Story.Status(story.status)
    if status not in step.begins:
        if not _could_ever(step, story, by):
            raise NotAllowed(step.denied)
        raise WrongState(str(step.misplaced) % {"status": status.label})
    if not step.allowed(by, story, status):
        raise NotAllowed(step.denied)
    if step.name == "approve" and is_own(story, by) and not by.has_perm(MANAGES):
        raise NotAllowed(
            _("This is your own story: four eyes see more than two. Ask another editor to approve it.")
        )


def move(story: Story, *, ends: Story.Status, **columns: Any) -> None:
    """Write the new status, if the story still is as `story` says (compare-and-swap); else WrongState."""
    unchanged = Story.objects.filter(pk=story.pk, status=story.status, version=story.version)
    if not unchanged.update(status=ends, updated_at=timezone.now(), **columns):
        raise WrongState(_("Somebody else changed this story a moment ago. Reload the page and look again."))
    story.status = ends


def _take(
    name: str,
    action: str,
    story: Story,
    *,
    by: User,
    reason: str = "",
    version: int | None = None,
    **columns: Any,
) -> Story:
    step = STEPS[name]
    with transaction.atomic():
        current = begin(name, story, by=by, version=version)
        before = current.status
        ends = step.ends or Story.Status(before)
        move(current, ends=ends, **columns)
        record_event(
            action=action,
            record=current,
            by=by,
            reason=reason,
            before={"status": before},
            after={"status": ends, "version": current.version},
        )
    story.refresh_from_db()
    return story


def _could_ever(step: Step, story: Story, by: User) -> bool:
    return any(step.allowed(by, story, status) for status in step.begins)


def needed(text: str, message: str) -> str:
    """`text` without the white space around it; raises WrongState with `message` when nothing is left."""
    if not text.strip():
        raise WrongState(message)
    return text.strip()


def _opens_after(story: Story, now: datetime.datetime) -> bool:
    """Whether the open edition of `story` is still to come; `StoryQuerySet.with_live_from` saves a query."""
    annotated: datetime.datetime | None = getattr(story, "live_from", None)
    if annotated is not None:
        return annotated > now
    return Edition.objects.open().filter(story=story, live_from__gt=now).exists()
