"""Writing down what happened: one Event for each verb, in its own transaction; who should know is told."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import Enum
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from articles.models import Event, Quote, Snapshot, Source, Story
from articles.workflow.find import CHANGES_WORDS, index_records
from articles.workflow.notify import tell_people

LABEL_LENGTH = 300


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
    event = Event.objects.create(
        action=action,
        record_type=record._meta.model_name or "",
        record_id=record.pk,
        label=str(record)[:LABEL_LENGTH],
        story=story if story is not None else (record if isinstance(record, Story) else None),
        by=by,
        at=timezone.now(),
        reason=reason,
        before={name: plain(value) for name, value in (before or {}).items()},
        after={name: plain(value) for name, value in (after or {}).items()},
        confidential=is_confidential(record, *(before or {}).values(), *(after or {}).values()),
    )
    tell_people(event, record)
    return event


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
