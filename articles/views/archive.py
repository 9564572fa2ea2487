"""The archive by date: years, the months of a year, the days of a month, the stories of a day.

Days are those of the paper's own clock. Each page asks a fixed number of queries, and counts no further than
`MOST` in a year, so that its cost has a bound however large the archive is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import IntegerField, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.house import House, depends_on, page, public_page
from articles.models import Edition
from articles.models.surrogate import ARCHIVE, LISTS, month_key
from articles.views.lists import stories_page

MOST = 10_000  # stories that are counted in one stretch; a year with more says “more than”
WEEK = 7


class Digits:
    """A number in an address with as many digits as `width`: one page has one address."""

    width = 2
    regex = "[0-9]{2}"

    def to_python(self, value: str) -> int:
        """The number that the digits stand for."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The number with leading zeros."""
        return str(value).zfill(self.width)


class FourDigits(Digits):
    """The number of a year."""

    width = 4
    regex = "[0-9]{4}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A year, a month or a day, with how many stories were published in it."""

    first: date
    after: date  # the first day that is no longer in it
    count: int = 0

    @property
    def kind(self) -> str:
        """“day”, “month” or “year”."""
        days = (self.after - self.first).days
        return "day" if days == 1 else "month" if days < 32 else "year"

    @property
    def address(self) -> str:
        """The page of the stretch."""
        numbers = [self.first.year, self.first.month, self.first.day]
        length = {"year": 1, "month": 2, "day": 3}[self.kind]
        return reverse(f"articles:archive_{self.kind}", args=numbers[:length])

    @property
    def name(self) -> str:
        """How people call it, in full."""
        return date_format(self.first, {"year": "Y", "month": "F Y", "day": "l j F Y"}[self.kind])

    @property
    def short(self) -> str:
        """How it is called within the next longer stretch."""
        return date_format(self.first, {"year": "Y", "month": "F", "day": "j"}[self.kind])

    @property
    def is_over(self) -> bool:
        """Whether there are more stories than were counted."""
        return self.count > MOST

    @property
    def shown(self) -> int:
        """The number to show: with `is_over`, that of those counted."""
        return min(self.count, MOST)


class CountOf(Subquery):
    """The number of rows of a query, which may be cut short."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    """The years, and every story, newest first."""
    house: House = request.house
    depends_on(request, LISTS)
    stories = Edition.objects.published(house.now)
    oldest = _oldest(house)
    years: list[Stretch] = []
    if oldest is not None:
        last = timezone.localdate(house.now).year
        years = _counted([_year(number) for number in range(_day_of(oldest).year, last + 1)], oldest, house)
    context = {"page": stories_page(stories, request), "years": [each for each in years[::-1] if each.count]}
    return page(request, "articles/archive.html", context)


@public_page
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """The months of a year."""
    return _show(request, _year(_possible(year)), [_month(year, number) for number in range(1, 13)])


@public_page
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The days of a month as a calendar, and its stories."""
    stretch = _month(_possible(year), _possible(month, 12))
    days = [stretch.first + timedelta(n) for n in range((stretch.after - stretch.first).days)]
    return _show(request, stretch, [_single(day) for day in days])


@public_page
def archive_day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """The stories of a day."""
    try:
        stretch = _single(date(year, month, day))
    except (ValueError, OverflowError) as error:  # the last day that Python knows has none after it
        raise Http404(_("There is no such day.")) from error
    return _show(request, stretch, [])


def _show(request: HttpRequest, stretch: Stretch, parts: Sequence[Stretch]) -> HttpResponse:
    """The page of a stretch; 404 for one before the first story, or that has not begun."""
    house: House = request.house
    oldest = _oldest(house)
    today = timezone.localdate(house.now)
    if oldest is None or stretch.after <= _day_of(oldest) or stretch.first > today:
        raise Http404(_("The archive has nothing from that time."))
    stories = _within(house, stretch)
    counted = _counted([stretch, *parts], oldest, house)
    previous, following = (_neighbour(house, stretch, before=before) for before in (True, False))
    depends_on(request, *_keys(stretch, previous, following))
    context = {
        "stretch": counted[0],
        "parts": counted[1:],
        "weeks": _weeks(counted[1:]) if stretch.kind == "month" else [],
        "up": _above(stretch),
        "page": stories_page(stories, request) if stretch.kind != "year" else None,
        "previous": previous,
        "next": following,
        "today": today,
    }
    return page(request, "articles/archive_dates.html", context)


def _keys(stretch: Stretch, previous: Stretch | None, following: Stretch | None) -> Iterator[str]:
    """What the page of a stretch depends on: what is published now touches the last one, and years."""
    yield ARCHIVE
    yield from (month_key(each.first) for each in (stretch, previous, following) if each)
    if stretch.kind == "year" or following is None:
        yield LISTS


def _oldest(house: House) -> Edition | None:
    # Nothing is live before its first hour; saying so lets an index in that order answer with its first row.
    stories = Edition.objects.published(house.now).filter(first_live_from__lte=house.now)
    return stories.order_by("first_live_from", "pk").only("first_live_from").first()


def _counted(stretches: Iterable[Stretch], any_story: Edition, house: House) -> list[Stretch]:
    """The stretches with their numbers of stories. One query, asked beside `any_story`."""
    stretches = list(stretches)
    counts = {
        f"n{place}": CountOf(_within(house, each).order_by().values("pk")[: MOST + 1])
        for place, each in enumerate(stretches)
    }
    row = Edition.objects.filter(pk=any_story.pk).order_by().values(**counts).first() or {}
    return [Stretch(each.first, each.after, row.get(f"n{n}", 0)) for n, each in enumerate(stretches)]


def _neighbour(house: House, stretch: Stretch, *, before: bool) -> Stretch | None:
    """The nearest stretch of the same kind that has stories. One query."""
    stories = Edition.objects.published(house.now)
    if before:
        found = stories.filter(first_live_from__lt=_moment(stretch.first)).order_by("-first_live_from", "-pk")
    else:
        found = stories.filter(first_live_from__gte=_moment(stretch.after)).order_by("first_live_from", "pk")
    story = found.only("first_live_from").first()
    if story is None:
        return None
    day = _day_of(story)
    return {"year": _year(day.year), "month": _month(day.year, day.month), "day": _single(day)}[stretch.kind]


def _within(house: House, stretch: Stretch) -> QuerySet[Edition]:
    stories = Edition.objects.published(house.now)
    return stories.filter(
        first_live_from__gte=_moment(stretch.first), first_live_from__lt=_moment(stretch.after)
    )


def _weeks(days: Sequence[Stretch]) -> list[list[Stretch | None]]:
    """The days of a month in weeks from Monday on, with nothing where another month is."""
    empty = [None] * days[0].first.weekday()
    cells: list[Stretch | None] = [*empty, *days]
    cells += [None] * (-len(cells) % WEEK)
    return [cells[start : start + WEEK] for start in range(0, len(cells), WEEK)]


def _above(stretch: Stretch) -> list[Stretch]:
    """The longer stretches that it is in, the longest first."""
    year, month = _year(stretch.first.year), _month(stretch.first.year, stretch.first.month)
    return {"year": [], "month": [year], "day": [year, month]}[stretch.kind]


def _possible(number: int, most: int = date.max.year - 1) -> int:
    if not 0 < number <= most:
        raise Http404(_("There is no such year or month."))
    return number


def _year(year: int) -> Stretch:
    return Stretch(date(year, 1, 1), date(year + 1, 1, 1))


def _month(year: int, month: int) -> Stretch:
    return Stretch(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))


def _single(day: date) -> Stretch:
    return Stretch(day, day + timedelta(1))


def _day_of(story: Edition) -> date:
    return timezone.localdate(story.first_live_from)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
