"""Events as a file: CSV for a table, JSON for a program. Both are streamed: a year of them is no burden."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.http import StreamingHttpResponse
from django.utils import timezone

from articles.admin.told import action_words
from articles.models import Event
from articles.workflow.people import display_name

# A table takes a cell that begins like this for a formula, and would run what somebody typed as a reason.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
CHUNK: Final = 500


class _Line:
    """What `csv` writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def export_events(events: Iterable[Event], kind: str) -> StreamingHttpResponse:
    """The events, each with who, what, when and the values before and after, as a file of `kind`."""
    lines, content_type = (
        (_csv(events), "text/csv; charset=utf-8") if kind == "csv" else (_json(events), "application/json")
    )
    response = StreamingHttpResponse(lines, content_type=content_type)
    day = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="events-{day}.{kind}"'
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _facts(event: Event) -> dict[str, Any]:
    return {
        "at": timezone.localtime(event.at).isoformat(),
        "by": display_name(event.by),
        "log_in": event.by.get_username() if event.by else "",
        "action": event.action,
        "what_happened": action_words(event.action),
        "record_type": event.record_type,
        "record_id": event.record_id,
        "record": event.label,
        "story_id": event.story_id,
        "reason": event.reason,
        "before": event.before,
        "after": event.after,
    }


NAMES: Final = (
    "at", "by", "log_in", "action", "what_happened", "record_type", "record_id", "record", "story_id",
    "reason", "before", "after",
)  # fmt: skip


def _csv(events: Iterable[Event]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\N{ZERO WIDTH NO-BREAK SPACE}" + writer.writerow(NAMES)  # by it Excel knows UTF-8
    for event in events:
        yield writer.writerow([_cell(value) for value in _facts(event).values()])


def _cell(value: Any) -> Any:
    """A value for a table: no formula, whatever it begins with."""
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False) if value else ""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _json(events: Iterable[Event]) -> Iterator[str]:
    before = "[\n"
    for event in events:
        yield before + json.dumps(_facts(event), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
