"""Long lists in short pages: what grows for ever by place (“older than this”), the rest by number."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from articles.models import Edition, EditionQuote

STORIES_PER_PAGE = 20
RECORDS_PER_PAGE = 25
MAX_PAGE = 400  # beyond it, a page costs more than it can be worth to anybody

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"(\d{1,17})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A stretch of a list of stories. `older` is the value of `before` for the next stretch, or empty."""

    stories: list[Edition]
    older: str
    first: bool


def stories_page(
    stories: QuerySet[Edition], request: HttpRequest, *, size: int = STORIES_PER_PAGE
) -> StoryPage:
    """The stretch of `stories` (newest first) that `?before=` asks for, in one query at any depth.

    Raises Http404 for a place that no page of ours ever named.
    """
    before = request.GET.get("before", "")
    if before:
        stories = stories.filter(_before(before))
    found = list(stories.for_list()[: size + 1])
    older = _place(found[size - 1]) if len(found) > size else ""
    return StoryPage(stories=found[:size], older=older, first=not before)


@dataclass(frozen=True, slots=True)
class QuotePage:
    """A stretch of the list of all quotes. `older` is the `before` of the next stretch, or empty."""

    quotes: list[EditionQuote]
    older: str
    first: bool


def quotes_page(
    quotes: QuerySet[EditionQuote], request: HttpRequest, *, size: int = RECORDS_PER_PAGE
) -> QuotePage:
    """The stretch of `quotes`, the latest printed first, that `?before=` asks for. One query at any depth.

    Raises Http404 for a place that no page of ours ever named.
    """
    before = request.GET.get("before", "")
    if before:
        if not re.fullmatch(r"\d{1,18}", before, re.ASCII):
            raise Http404(_("There is no such page in this list."))
        quotes = quotes.filter(pk__lt=int(before))
    found = list(quotes.order_by("-pk")[: size + 1])
    older = str(found[size - 1].pk) if len(found) > size else ""
    return QuotePage(quotes=found[:size], older=older, first=not before)


def records_page(records: QuerySet, request: HttpRequest, *, size: int = RECORDS_PER_PAGE) -> Page:
    """The page of `records` that `?page=` asks for, in two queries. Raises Http404 when there is none."""
    wanted = request.GET.get("page", "1")
    paginator = Paginator(records, size)
    if not re.fullmatch(r"[1-9]\d{0,3}", wanted, re.ASCII) or int(wanted) > min(
        paginator.num_pages, MAX_PAGE
    ):
        raise Http404(_("There is no such page in this list."))
    return paginator.page(int(wanted))


def write_place(moment: datetime, number: int) -> str:
    """The value of `before` for what comes after a record with that time and number."""
    return f"{(moment - _EPOCH) // timedelta(microseconds=1)}-{number}"


def read_place(place: str) -> tuple[datetime, int]:
    """The time and the number in a value of `before`. Raises Http404 for one that no page of ours named."""
    match = _PLACE.fullmatch(place)
    if match is None:
        raise Http404(_("There is no such page in this list."))
    return _EPOCH + timedelta(microseconds=int(match[1])), int(match[2])


def _place(edition: Edition) -> str:
    return write_place(edition.first_live_from, edition.pk)


def _before(place: str) -> Q:
    moment, number = read_place(place)
    return Q(first_live_from__lt=moment) | Q(first_live_from=moment, pk__lt=number)
