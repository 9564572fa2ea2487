"""Writing down what happened: one Event for each verb, in its own transaction; who should know is told."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from articles.models import Event, Quote, Snapshot, Source, Story
from articles.workflow.errors import check_record
from articles.workflow.find import CHANGES_WORDS, index_records
from articles.workflow.notify import tell_people

LABEL_LENGTH = 300

Record = TypeVar("Record", bound=models.Model)


def change_record(
    record: Record,
    *,
    by: User,
    action: str,
    values: Mapping[str, Any],
    refuse: Callable[[Record], None] | None = None,
) -> Record:
    """Store those of `values` that differ from what `record` holds, with one Event; returns it as it stands.

    The row is locked, and the Event has the old and the new values of what changed. Nothing is written when
    nothing changed. `refuse` is asked before anything else is changed, and may raise. Raises Invalid.
    """
    with transaction.atomic():
        rows = type(record)._default_manager.select_for_update(of=("self",))
        current = rows.get(pk=record.pk)
        before = {name: getattr(current, name) for name in values}
        changed = [name for name, value in values.items() if before[name] != value]
        if not changed:
            return current
        if refuse is not None:
            refuse(current)
        for name in changed:
            setattr(current, name, values[name])
        check_record(current)
        current.save(update_fields=changed)
        record_event(
            action=action,
            record=current,
            by=by,
            before={name: before[name] for name in changed},
            after={name: values[name] for name in changed},
        )
    return current


def record_event(
    *,
    action: str,
    record: models.Model,
    by: User | None,
    story: Story | None = None,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Event:
    """Write the Event of a verb and return it.

    `before` and `after` may hold records, dates and enumerations: they are written in plain words. A source
    is written as its key and never as its title, so that it may become confidential later. An event about a
    confidential source, or about a quote from one, is itself confidential. Where the words of the record may
    have changed, the desk finds it by the new ones.
    """
    if action in CHANGES_WORDS:
        index_records([record])
    event = _event(action, record, by, story, reason, before or {}, after or {})
    event.save(force_insert=True)
    tell_people(event, record)
    return event


def record_events(
    action: str,
    happened: Sequence[tuple[models.Model, Mapping[str, Any]]],
    *,
    by: User | None,
    reason: str = "",
) -> list[Event]:
    """The same for many records at once, each with its `after`. One query, and those of who is told.

    Where the desk finds the records is not written: `find.index_records` and `find.index_stories` do.
    """
    events = [_event(action, record, by, None, reason, {}, after) for record, after in happened]
    Event.objects.bulk_create(events)
    for event, (record, _after) in zip(events, happened, strict=True):
        tell_people(event, record)
    return events


def _event(
    action: str,
    record: models.Model,
    by: User | None,
    story: Story | None,
    reason: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> Event:
    return Event(
        action=action,
        record_type=record._meta.model_name or "",
        record_id=record.pk,
        label=str(record)[:LABEL_LENGTH],
        story=story if story is not None else (record if isinstance(record, Story) else None),
        by=by,
        at=timezone.now(),
        reason=reason,
        before={name: plain(value) for name, value in before.items()},
        after={name: plain(value) for name, value in after.items()},
        confidential=is_confidential(record, *before.values(), *after.values()),
    )


def is_confidential(*values: Any) -> bool:
    """Whether any of `values` is a confidential source, a snapshot of one, or a quote from one."""
    return any(source.confidential for value in values if (source := _source_of(value)) is not None)


def plain(value: Any) -> Any:
    """`value` as JSON can hold it, in words that people read."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Source):
        return f"[{value.key}]"
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return str(value)


def _source_of(value: Any) -> Source | None:
    if isinstance(value, Source):
        return value
    if isinstance(value, Snapshot | Quote):
        return value.source
    return None
