"""Stretches of time: months, and the days and hours of those that hold too much for one part."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_NAME = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d)(?:T(\d\d))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` until before `end`; in addresses it is called by its `name`, such as 2026-05."""

    name: str
    start: datetime
    end: datetime

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies in it."""
        return self.start <= moment < self.end

    def divided(self) -> "list[Stretch]":
        """The days of a month, the hours of a day; an hour is not divided."""
        length = self.end - self.start
        if length > timedelta(days=1):
            return [day(self.start + timedelta(days=number)) for number in range(length.days)]
        if length > timedelta(hours=1):
            return [hour(self.start + timedelta(hours=number)) for number in range(24)]
        return []


def month(moment: datetime) -> Stretch:
    """The month of the moment, in UTC."""
    start = moment.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return Stretch(f"{start:%Y-%m}", start, start + timedelta(days=monthrange(start.year, start.month)[1]))


def day(moment: datetime) -> Stretch:
    """The day of the moment, in UTC."""
    start = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Stretch(f"{start:%Y-%m-%d}", start, start + timedelta(days=1))


def hour(moment: datetime) -> Stretch:
    """The hour of the moment, in UTC."""
    start = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return Stretch(f"{start:%Y-%m-%dT%H}", start, start + timedelta(hours=1))


def months(first: datetime, last: datetime) -> list[Stretch]:
    """Every month from that of `first` to that of `last`, the newest first."""
    found = [month(last)]
    while not found[-1].start <= first:
        found.append(month(found[-1].start - timedelta(seconds=1)))
    return found


def read_stretch(name: str) -> Stretch | None:
    """The stretch that is called so; None for what is no name of one."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    year, month_, day_, hour_ = match.groups()
    try:
        moment = datetime(int(year), int(month_), int(day_ or 1), int(hour_ or 0), tzinfo=UTC)
        return hour(moment) if hour_ else day(moment) if day_ else month(moment)
    except (ValueError, OverflowError):  # the last month that Python knows has no end
        return None
