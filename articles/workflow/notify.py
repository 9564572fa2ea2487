"""Telling people what others did, in the way that each chose. `record_event` asks here, and nobody else need.

Nobody is told what they did themselves, nor of what they may not see.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from articles.models import SEE_CONFIDENTIAL, Comment, Event, Notification, NotificationChoice, Quote
from articles.workflow.mail import send_at_once
from articles.workflow.notify_rules import BACKEND, RULES, Kind

# What also comes by mail unless a person chose otherwise: things that wait for that person.
MAILED: Final = frozenset({Kind.MENTIONED, Kind.REPLY, Kind.ASSIGNED, Kind.RETURNED, Kind.DISPUTED})


@dataclass(frozen=True, slots=True)
class Way:
    """How a person hears of a kind of thing."""

    in_admin: bool
    by_mail: bool


def tell_people(event: Event, record: models.Model) -> None:
    """Tell everybody whom the rules name of `event`, which is about `record`. In the verb's transaction."""
    told: set[int] = set()
    for rule in RULES.get(event.action, ()):
        people = set(rule.who(event, record)) - told
        told |= people
        notify(rule.kind, to=people, event=event, record=record)


def notify(
    kind: Notification.Kind, *, to: Iterable[int], event: Event, record: models.Model
) -> list[Notification]:
    """Tell the users numbered `to` of `event`, which is about `record`, and return what was written.

    Left out are who did it, people who left, who may not read stories, and, when the event is confidential,
    who may not see the source; also who chose not to hear of this kind. Mail leaves after the commit, and
    what goes wrong with it stops nothing. At most three queries.
    """
    numbers = set(to) - {event.by_id}
    if not numbers:
        return []
    quote = record if isinstance(record, Quote) else None
    people = _may_be_told(numbers, event, quote)
    chosen = ways_of(people, kind)
    made = [
        Notification(
            to=person,
            kind=kind,
            event=event,
            story_id=event.story_id,
            comment=record if isinstance(record, Comment) else None,
            quote=quote,
            at=event.at,
            shown=way.in_admin,
            mail=Notification.Mail.WAITING if way.by_mail else Notification.Mail.NONE,
        )
        for person in people
        if (way := chosen[person.pk]).in_admin or way.by_mail
    ]
    Notification.objects.bulk_create(made)
    mailed = [each.pk for each in made if each.mail == Notification.Mail.WAITING]
    if mailed:
        transaction.on_commit(lambda: send_at_once(mailed), robust=True)
    return made


def ways_of(people: Collection[User], kind: str) -> dict[int, Way]:
    """How each of `people` hears of `kind`. One query."""
    usual = Way(in_admin=True, by_mail=kind in MAILED)
    rows = NotificationChoice.objects.filter(by__in=[person.pk for person in people], kind=kind)
    chosen = {row.by_id: Way(row.in_admin, row.by_mail) for row in rows}
    ways = {person.pk: chosen.get(person.pk, usual) for person in people}
    if settings.NEWSROOM_MAIL:
        return ways
    return {number: Way(way.in_admin, by_mail=False) for number, way in ways.items()}


def choices_of(user: User) -> dict[str, Way]:
    """How `user` hears of each kind of thing. One query."""
    usual = {kind: Way(in_admin=True, by_mail=kind in MAILED) for kind in Kind.values}
    rows = NotificationChoice.objects.filter(by=user)
    return usual | {row.kind: Way(row.in_admin, row.by_mail) for row in rows}


def choose_ways(user: User, ways: Mapping[str, Way]) -> None:
    """Keep how `user` wants to hear of each kind in `ways`. What was told before stays."""
    with transaction.atomic():
        for kind, way in ways.items():
            NotificationChoice.objects.update_or_create(
                by=user, kind=Kind(kind), defaults={"in_admin": way.in_admin, "by_mail": way.by_mail}
            )


def read_notifications(user: User, *, numbers: Collection[int] | None = None, read: bool = True) -> int:
    """Note that `user` read those of their notifications (all without `numbers`), or take it back."""
    mine = Notification.objects.inbox(user)
    if numbers is not None:
        mine = mine.filter(pk__in=numbers)
    at: datetime.datetime | None = timezone.now() if read else None
    return mine.filter(read_at__isnull=read).update(read_at=at)


def _may_be_told(numbers: Collection[int], event: Event, quote: Quote | None) -> list[User]:
    readers = User.objects.with_perm("articles.view_story", backend=BACKEND).filter(pk__in=numbers)
    if not event.confidential:
        return list(readers)
    owner = quote.source.owner_id if quote is not None and quote.source is not None else None
    trusted = User.objects.with_perm(SEE_CONFIDENTIAL, backend=BACKEND).values("pk")
    return list(readers.filter(models.Q(pk__in=trusted) | models.Q(pk=owner)))
