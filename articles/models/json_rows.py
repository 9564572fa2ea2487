"""Several rows in one value: what a page needs of another table, without a query of its own."""

import json
from typing import Any

from django.db.models import Aggregate, JSONField, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject


class _JSONRows(Aggregate):
    """All rows as one JSON list, in no order."""

    output_field = JSONField()

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        name = "JSONB_AGG" if connection.vendor == "postgresql" else "JSON_GROUP_ARRAY"
        return super().as_sql(compiler, connection, function=name, **context)

    def convert_value(self, value: Any, expression: Any, connection: Any) -> list[dict[str, Any]]:
        return json.loads(value) if isinstance(value, str) else value or []


def json_rows(rows: QuerySet, **columns: str) -> Subquery:
    """The rows as an expression whose value is a list of dicts, in no order; `columns` names the fields.

    Nothing is sorted or cut here: limit `rows` first, and sort the list in Python.
    """
    one_group = rows.order_by().annotate(one_group=Value(1)).values("one_group")
    return Subquery(one_group.annotate(rows=_JSONRows(JSONObject(**columns))).values("rows"))
