"""The paper's own figures, for readers: what it corrected, how soon, how much of what it printed is checked.

All is counted as it stood at the last midnight, from editions and answered disputes. What was published by
then never changes, so the figures of a day are the same whenever they are counted: that is once a day in each
process, kept in Django's cache, and not again when something is published. The corrections of a period are
found by its dates in an index. What is asked of every quote is asked of the newest `MOST_STORIES` of the
period only, and the page says so: a year of a large paper costs little more than a month of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from articles.models import Correction, Dispute, Edition, EditionQuote
from articles.models.edition import live_at

PERIODS: Final = (30, 90, 365)  # days
MOST_STORIES: Final = 2_000  # whose quotes are looked at
MOST_TIMES: Final = 5_000  # corrections or answers of which the median is taken
KEPT: Final = 26 * 60 * 60  # seconds: a little more than a day, whichever day changes the clocks
MENDED: Final = (Correction.Kind.CORRECTION, Correction.Kind.RETRACTION)  # what was wrong, not what is new


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        """In per cent, with one decimal; 0 of nothing."""
        return round(100 * self.part / self.whole, 1) if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class Month:
    """What was corrected in one month. `month` is its first day."""

    month: datetime.date
    stories: int
    corrections: int
    clarifications: int

    @property
    def per_hundred(self) -> float:
        """Corrections for each hundred stories that appeared in the month."""
        return round(100 * self.corrections / self.stories, 1) if self.stories else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told about one period, which ends at the midnight `until`."""

    days: int
    since: datetime.datetime
    until: datetime.datetime
    stories: int
    looked_at: int  # stories whose quotes were counted: all that are still there, or the newest
    sampled: bool  # whether the quotes of some stories were not counted
    months: tuple[Month, ...]
    corrected: Share  # corrections and stories
    hours_to_correct: float | None
    quotes: int
    verified: Share
    with_source: Share
    unnamed: Share
    single_source: Share  # of the stories that quote somebody
    disputes: int
    answered: int
    upheld: Share
    hours_to_answer: float | None


def figures(days: int, now: datetime.datetime) -> Figures:
    """The figures of the last `days` whole days before `now`, counted at most once a day."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    key = f"articles.transparency.{days}.{midnight.date().isoformat()}"
    found = cache.get(key)
    if found is None:
        found = count_figures(midnight - datetime.timedelta(days=days), midnight, days=days)
        cache.set(key, found, KEPT)
    return found


def count_figures(since: datetime.datetime, until: datetime.datetime, *, days: int) -> Figures:
    """Count the figures of a period from the database: nine queries, however much was published."""
    stories = _count_stories(since, until)
    months = _by_month(since, until)
    newest = _newest(since, until)
    quotes = _count_quotes(newest)
    received = Dispute.objects.filter(received_at__gte=since, received_at__lt=until)
    answered = _answers(since, until)
    return Figures(
        days=days,
        since=since,
        until=until,
        stories=stories,
        looked_at=len(newest),
        sampled=len(newest) == MOST_STORIES < stories,
        months=months,
        corrected=Share(sum(month.corrections for month in months), stories),
        hours_to_correct=_hours(_times_to_correct(since, until)),
        quotes=quotes["all"],
        verified=Share(quotes["verified"], quotes["all"]),
        with_source=Share(quotes["with_source"], quotes["all"]),
        unnamed=Share(quotes["unnamed"], quotes["all"]),
        single_source=_single_source(newest),
        disputes=received.exclude(outcome=Dispute.Outcome.SPAM, answered_at__lt=until).count(),
        answered=len(answered),
        upheld=Share(sum(upheld for upheld, _taken in answered), len(answered)),
        hours_to_answer=_hours([taken for _upheld, taken in answered]),
    )


def _first_editions(since: datetime.datetime, until: datetime.datetime) -> QuerySet[Edition]:
    """The first edition of each story that appeared in the period."""
    once = Edition.objects.once_live(until).filter(kind=Edition.Kind.FIRST)
    return once.filter(live_from__gte=since, live_from__lt=until)


def _count_stories(since: datetime.datetime, until: datetime.datetime) -> int:
    return _first_editions(since, until).count()


def _newest(since: datetime.datetime, until: datetime.datetime) -> list[int]:
    """The newest stories of the period, as readers saw them at its end."""
    live = Edition.objects.filter(live_at(until - datetime.timedelta(microseconds=1)), gone=False)
    live = live.filter(first_live_from__gte=since, first_live_from__lt=until)
    return list(live.order_by("-first_live_from", "-pk").values_list("pk", flat=True)[:MOST_STORIES])


def _by_month(since: datetime.datetime, until: datetime.datetime) -> tuple[Month, ...]:
    """Every month in which something appeared or was corrected, the latest first. Two queries."""
    stories = _first_editions(since, until).order_by()
    appeared = dict(_months(stories, "live_from").annotate(n=Count("pk")).values_list("month", "n"))
    notes = _notes(since, until).order_by()
    mended = Count("pk", filter=Q(kind__in=MENDED))
    clarified = Count("pk", filter=Q(kind=Correction.Kind.CLARIFICATION))
    rows = _months(notes, "at").annotate(mended=mended, clarified=clarified)
    noted = {row["month"]: row for row in rows}
    return tuple(
        Month(
            month=month.date(),
            stories=appeared.get(month, 0),
            corrections=noted[month]["mended"] if month in noted else 0,
            clarifications=noted[month]["clarified"] if month in noted else 0,
        )
        for month in sorted({*appeared, *noted}, reverse=True)
    )


def _months(rows: QuerySet, field: str) -> QuerySet:
    return rows.annotate(month=TruncMonth(field)).values("month")


def _notes(since: datetime.datetime, until: datetime.datetime) -> QuerySet[Correction]:
    """What was told to readers in the period; not what a schedule that was cancelled would have told."""
    seen = Q(made_in__live_until__isnull=True) | Q(made_in__live_until__gt=F("made_in__live_from"))
    return Correction.objects.filter(seen, at__gte=since, at__lt=until, made_in__live_from__lte=until)


def _times_to_correct(since: datetime.datetime, until: datetime.datetime) -> list[datetime.timedelta]:
    rows = _notes(since, until).filter(kind__in=MENDED).order_by("-at", "-pk")
    times = rows.values_list("at", "made_in__first_live_from")[:MOST_TIMES]
    return [at - first for at, first in times]


def _count_quotes(editions: Sequence[int]) -> dict[str, int]:
    sourced = ~Q(source_key="") | Q(source__confidential=True)
    return EditionQuote.objects.filter(edition__in=editions).aggregate(
        all=Count("pk"),
        verified=Count("pk", filter=Q(verification="verified")),
        with_source=Count("pk", filter=sourced),
        unnamed=Count("pk", filter=Q(speaker__unnamed=True)),
    )


def _single_source(editions: Sequence[int]) -> Share:
    """Stories all of whose quotes are from one source, of those that quote somebody.

    Quotes from confidential sources count as from one, since readers cannot tell these apart.
    """
    quoting = EditionQuote.objects.filter(edition__in=editions).order_by().values("edition")
    sources = quoting.annotate(sources=Count("source_key", distinct=True))
    counted = sources.aggregate(whole=Count("edition"), part=Count("edition", filter=Q(sources=1)))
    return Share(counted["part"], counted["whole"])


def _answers(since: datetime.datetime, until: datetime.datetime) -> list[tuple[bool, datetime.timedelta]]:
    """Of each dispute that was answered in the period: whether it was upheld, and how long it took."""
    rows = Dispute.objects.filter(answered_at__gte=since, answered_at__lt=until)
    rows = rows.exclude(outcome=Dispute.Outcome.SPAM).order_by("-answered_at")
    facts = rows.values_list("outcome", "received_at", "answered_at")[:MOST_TIMES]
    return [(outcome != Dispute.Outcome.NOT_UPHELD, at - received) for outcome, received, at in facts]


def _hours(times: Sequence[datetime.timedelta]) -> float | None:
    return round(median(times).total_seconds() / 3600, 1) if times else None
