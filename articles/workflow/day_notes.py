"""Notes on a day of the calendar: whoever writes may add one, and change their own; editors change all."""

from __future__ import annotations

import datetime
from typing import Any, TypedDict, Unpack

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import DayNote, Desk
from articles.workflow.errors import NotAllowed, WrongState, check_record
from articles.workflow.people import require
from articles.workflow.record import record_event


class NoteFacts(TypedDict, total=False):
    """What a note holds."""

    day: datetime.date
    text: str
    desk: Desk | None


def add_note(*, by: User, **facts: Unpack[NoteFacts]) -> DayNote:
    """Write a note on a day. Raises NotAllowed, Invalid."""
    require(by, "articles.add_daynote", _("You may read the calendar, but not write in it. Ask an editor."))
    note = DayNote(**_clean(facts), by=by)
    check_record(note)
    with transaction.atomic():
        note.save(force_insert=True)
        record_event(action="day_note.made", record=note, by=by, after={"day": note.day})
    return note


def save_note(note: DayNote, *, by: User, **facts: Unpack[NoteFacts]) -> DayNote:
    """Change a note, or move it to another day. Raises NotAllowed, Invalid, WrongState."""
    with transaction.atomic():
        current = _lock(note, by)
        wanted = _clean(facts)
        before = {name: getattr(current, name) for name in wanted}
        changed = [name for name in wanted if before[name] != wanted[name]]
        if not changed:
            return current
        for name in changed:
            setattr(current, name, wanted[name])
        check_record(current)
        current.save(update_fields=changed)
        record_event(
            action="day_note.saved",
            record=current,
            by=by,
            before={name: before[name] for name in changed},
            after={name: wanted[name] for name in changed},
        )
    return current


def delete_note(note: DayNote, *, by: User) -> None:
    """Take a note off the calendar; its event keeps the words. Raises NotAllowed, WrongState."""
    with transaction.atomic():
        current = _lock(note, by)
        before = {"day": current.day, "text": current.text}
        record_event(action="day_note.deleted", record=current, by=by, before=before)
        current.delete()


def may_change_note(user: User | AnonymousUser, note: DayNote) -> bool:
    """Whether `user` may change or delete `note`."""
    if not user.is_active:
        return False
    own = note.by_id == user.pk and user.has_perm("articles.add_daynote")
    return own or user.has_perm("articles.change_daynote")


def _lock(note: DayNote, by: User) -> DayNote:
    current = DayNote.objects.select_for_update(of=("self",)).filter(pk=note.pk).first()
    if current is None:
        raise WrongState(_("Somebody deleted this note. Reload the page."))
    if not may_change_note(by, current):
        raise NotAllowed(_("This note is somebody else's. Ask whoever wrote it, or an editor."))
    return current


def _clean(facts: NoteFacts) -> dict[str, Any]:
    return {
        name: " ".join(value.split()) if isinstance(value, str) else value for name, value in facts.items()
    }
