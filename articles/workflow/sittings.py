"""Keeping what is typed before it is saved, and telling people who else has the story open.

A sitting is no status and no version, so these verbs write no Event.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Sitting, Story
from articles.models.sitting import PRESENT_FOR
from articles.workflow.errors import NotAllowed, WrongState
from articles.workflow.people import display_name, may_edit, require

FORGOTTEN_AFTER: Final = datetime.timedelta(days=1)  # of sittings that hold no unsaved words
MOST_CHARACTERS: Final = 5_000_000
_KEY: Final = re.compile(r"[a-z0-9-]{8,40}")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody else at the same story. `typing` when words were typed within the last minute."""

    name: str
    since: datetime.datetime
    typing: bool
    own: bool  # the same person, in another window


def keep_sitting(
    key: str,
    *,
    by: User,
    story: Story | None,
    version: int,
    typed: Mapping[str, str] | None = None,
) -> Sitting:
    """Note that `by` has the form open in the window `key`; with `typed`, keep the fields as they stand.

    `typed` need not be valid in any way. An empty one says that nothing is unsaved; None changes nothing, nor
    does one that began with a version older than what this window saved since.
    Raises NotAllowed (also who may not write this story), WrongState for a window without a proper name or
    for more than `MOST_CHARACTERS`.
    """
    _require_writer(by, story)
    _require_name(key)
    if typed and sum(len(name) + len(value) for name, value in typed.items()) > MOST_CHARACTERS:
        raise WrongState(_("This is too long to be kept in between. Save the story to keep it."))
    now = timezone.now()
    with transaction.atomic():
        sitting, is_new = Sitting.objects.select_for_update().get_or_create(
            by=by, key=key, defaults={"story": story, "version": version, "opened_at": now, "seen_at": now}
        )
        sitting.seen_at = now
        if typed is not None and version >= sitting.version:
            sitting.typed, sitting.kept_at = dict(typed), (now if typed else None)
            sitting.version, sitting.story = version, story
        sitting.save()
    if is_new:
        Sitting.objects.filter(by=by, kept_at=None, seen_at__lt=now - FORGOTTEN_AFTER).delete()
    return sitting


def take_over(story: Story, *, by: User, key: str) -> int:
    """Ask everybody else at `story` to stop typing: how many were there. What they typed is kept for them.

    Their windows learn it at their next sign of life; a save of theirs is still compared, never lost.
    Raises NotAllowed, and WrongState for a window without a proper name.
    """
    _require_writer(by, story)
    _require_name(key)
    with transaction.atomic():
        Sitting.objects.filter(story=story, by=by, key=key).update(taken_by=None)
        others = Sitting.objects.present().filter(story=story, taken_by=None).exclude(by=by, key=key)
        return others.update(taken_by=by)


def leave_sitting(key: str, *, by: User) -> None:
    """The window `key` of `by` is closed. What was typed there and not saved is kept.

    Raises WrongState for a window without a proper name.
    """
    _require_name(key)
    mine = Sitting.objects.filter(by=by, key=key)
    mine.filter(kept_at=None).delete()
    mine.update(seen_at=timezone.now() - FORGOTTEN_AFTER)


def close_sitting(key: str, *, by: User, story: Story) -> None:
    """What was typed in the window `key` of `by` is saved, as the version that `story` has now.

    The row stays for a day, so that a sign of life which was on its way meanwhile brings nothing back.
    """
    if not _KEY.fullmatch(key):
        return
    left = timezone.now() - PRESENT_FOR
    values = {"story": story, "version": story.version, "typed": {}, "kept_at": None, "seen_at": left}
    Sitting.objects.update_or_create(
        by=by, key=key, defaults=values, create_defaults=values | {"opened_at": left}
    )


def drop_typed(sitting: Sitting, *, by: User) -> None:
    """Throw away unsaved words. Raises NotAllowed when they are somebody else's."""
    if sitting.by_id != by.pk:
        raise NotAllowed(_("These are somebody else's unsaved words. Only they can throw them away."))
    sitting.delete()


def neighbours(story: Story, *, by: User, key: str) -> list[Neighbour]:
    """Who else has `story` open, longest first, each once. One query."""
    lately = timezone.now() - datetime.timedelta(minutes=1)
    others = Sitting.objects.present().filter(story=story, taken_by=None).exclude(by=by, key=key)
    windows: dict[int, list[Sitting]] = {}
    for sitting in others.select_related("by").order_by("opened_at"):
        windows.setdefault(sitting.by_id, []).append(sitting)
    return [
        Neighbour(
            name=display_name(first.by),
            since=first.opened_at,
            typing=any(one.kept_at is not None and one.kept_at > lately for one in (first, *more)),
            own=person == by.pk,
        )
        for person, (first, *more) in windows.items()
    ]


def _require_name(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise WrongState(_("This window has no name. Reload the page."))


def _require_writer(by: User, story: Story | None) -> None:
    if story is None:
        require(by, "articles.add_story", _("You may not write stories. Ask an administrator for the role."))
    elif not may_edit(by, story):
        raise NotAllowed(_("You may not change this story now, so nothing of it is kept."))
