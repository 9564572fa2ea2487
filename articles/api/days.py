"""Days as moments: a day begins and ends where the paper is."""

import datetime

from django.utils import timezone

_LAST = datetime.date.max - datetime.timedelta(days=2)
_FIRST = datetime.date.min + datetime.timedelta(days=2)


def starts(day: datetime.date) -> datetime.datetime:
    """When `day` begins."""
    midnight = datetime.datetime.combine(max(day, _FIRST), datetime.time())
    return timezone.make_aware(midnight)


def ends(day: datetime.date) -> datetime.datetime:
    """When `day` ends, and the next one begins."""
    return starts(min(day, _LAST) + datetime.timedelta(days=1))
