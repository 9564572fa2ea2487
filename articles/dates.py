"""How the paper writes moments and days, as HTML."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language


def parsed(value: object) -> object:
    """A moment or a day that an edition keeps as text; what is neither, unchanged."""
    if not isinstance(value, str):
        return value
    return (parse_datetime(value) if "T" in value else parse_date(value)) or value


def moment(value: datetime | str | None) -> str:
    """A moment for people, with its zone, in a <time>."""
    when = parsed(value)
    if not isinstance(when, datetime):
        return day(when)
    local = timezone.localtime(when)
    # The zone is kept with the hour, so that they are never parted at the end of a line.
    words = f"{unbroken(local)}, {date_format(local, 'H:i')}\u00a0{date_format(local, 'T')}"
    return _time(local, words)


def day(value: date | datetime | str | None) -> str:
    """A day for people, in a <time>; nothing for no day."""
    when = parsed(value)
    if isinstance(when, datetime):
        when = timezone.localtime(when).date()
    if not isinstance(when, date):
        return str(when or "")
    return _day(when, "j\u00a0F Y", get_language())


def near_day(value: datetime, now: datetime) -> str:
    """When a story in a list appeared, in as few words as tell it: the hour today, no year this year."""
    local, today = timezone.localtime(value), timezone.localtime(now)
    if local.date() == today.date():
        return _time(local, date_format(local, "H:i"))
    return _day(local.date(), "j\u00a0F Y" if local.year != today.year else "j\u00a0F", get_language())


def full_day(value: datetime) -> str:
    """The day for the top of the front page, with the day of the week."""
    return _day(timezone.localtime(value).date(), "l j F Y", get_language())


def year(value: str | None) -> str:
    """The year of a day that an edition keeps as text."""
    when = parsed(value)
    return str(when.year) if isinstance(when, date) else ""


def unbroken(when: date) -> str:
    """A day in words, whose number stays with its month at the end of a line."""
    return date_format(when, "j\u00a0F Y")


@lru_cache(maxsize=2048)
def _day(when: date, form: str, language: str | None) -> str:
    """Pages name the same days over and over. `language` is the one that is in force."""
    # A <time> may be a day: the hour would say more than the words do.
    return format_html('<time datetime="{}">{}</time>', f"{when:%Y-%m-%d}", date_format(when, form))


def _time(local: datetime, words: str) -> str:
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)
