"""Choosing rows out of several short lists, without reading the table that they are in."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet


class _AnyOf(Func):
    """A number against an array that is made before the table is read."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def one_of(numbers: QuerySet) -> Q:
    """The condition “its number is one of `numbers`”, a query of one column that ends early.

    PostgreSQL asks an `IN` that stands in a choice (“or”) of every row of the table. An array it makes first,
    and looks its numbers up.
    """
    if connection.vendor == "postgresql":
        return Q(_AnyOf(F("pk"), ArraySubquery(numbers)))
    return Q(pk__in=numbers)
