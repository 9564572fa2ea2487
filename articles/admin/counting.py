"""Counting in lists: the rows that a page shows, and never the whole table."""

from functools import cached_property
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

MOST_COUNTED: Final = 2_000  # rows; whoever looks further back filters or searches


def count_of(rows: QuerySet, name: str) -> Coalesce:
    """How many of `rows` lead to each record by the field `name`. Counted for the records that are shown."""
    led = rows.filter(**{name: OuterRef("pk")}).order_by().values(name)
    return Coalesce(Subquery(led.annotate(number=Count("pk")).values("number")), 0)


class CountsNoFurther(Paginator):
    """A paginator that counts up to `MOST_COUNTED` rows, and offers the pages of those.

    Counting a million rows takes the database a second, at each look at a list; nobody turns to page 400.
    """

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return rows.order_by().values("pk")[:MOST_COUNTED].count()

    @property
    def ended_early(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.count >= MOST_COUNTED
