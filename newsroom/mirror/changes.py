"""What changed for readers since the last time: from the log of changes, and from the clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from articles.house import release
from articles.models import Edition, FrontSlot, SiteChange
from articles.models.site_change import WINDOW
from articles.models.surrogate import FRONT, PAPER, story_keys
from newsroom.mirror.ledger import FORMAT, Ledger


@dataclass(frozen=True, slots=True)
class Since:
    """What is to be made again: everything, or what has one of the keys."""

    everything: bool
    keys: frozenset[str]
    anything: bool  # whether something changed at all


def touch_changed(ledger: Ledger, now: datetime) -> bool:
    """Mark what changed since the last time as due; whether the program itself did, and its files with it."""
    before = ledger.note("stamp")
    found = _since(ledger, now)
    if found.everything:
        ledger.touch_all()
    elif found.anything:
        ledger.touch(sorted(found.keys))
    ledger.touch_ended(now.timestamp())
    ledger.remember("clock", now.isoformat())
    return before != ledger.note("stamp")


def _since(ledger: Ledger, now: datetime) -> Since:
    stamp = [
        FORMAT,
        release(),
        settings.NEWSROOM_URL,
        timezone.localtime(now).year,
    ]  # lists leave out this year
    known, clock = ledger.note("changes"), ledger.note("clock")
    rows = _new_changes(known or [])
    if rows or known is None:
        last = sorted({*(known or ()), *(number for number, _keys in rows)})[-WINDOW:]
        ledger.remember("changes", last)
    changed = ledger.note("stamp") != stamp
    ledger.remember("stamp", stamp)
    keys = {key for _number, touched in rows for key in touched}
    if clock:
        keys.update(_by_the_clock(datetime.fromisoformat(clock), now))
    everything = changed or known is None or PAPER in keys or any(not touched for _number, touched in rows)
    return Since(everything, frozenset(keys), bool(rows or keys))


def _new_changes(known: list[int]) -> list[tuple[int, list[str]]]:
    """The changes that are not `known`, which holds the last `WINDOW` numbers.

    A lower number may be committed after a higher one, so that the last number alone would not do.
    """
    if not known:
        return list(SiteChange.objects.order_by("-pk").values_list("pk", "keys")[:WINDOW])
    low = known[0] if len(known) == WINDOW else 0
    rows = SiteChange.objects.filter(pk__gt=low).order_by("pk").values_list("pk", "keys")
    seen = set(known)
    return [(number, keys) for number, keys in rows.iterator() if number not in seen]


def _by_the_clock(since: datetime, now: datetime) -> Iterator[str]:
    """The keys of what began or ended by its schedule: nobody wrote a change at that moment."""
    begun = Q(live_from__gt=since, live_from__lte=now)
    ended = Q(live_until__gt=since, live_until__lte=now)
    stories = Edition.objects.filter(begun | ended).order_by().values_list("story_id", flat=True).distinct()
    for story in stories.iterator():
        yield from story_keys(story)
    if FrontSlot.objects.filter(until__gt=since, until__lte=now).exists():
        yield FRONT
