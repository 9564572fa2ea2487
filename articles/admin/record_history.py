"""What each event changed in a record, with the values before and after, and the way back to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from articles.admin.told import Told, told
from articles.models import Event
from articles.text.difference import Row, side_by_side
from articles.text.markup import plain_text
from articles.workflow.record import plain


@dataclass(frozen=True, slots=True)
class Change:
    """One value that an event changed, before and after."""

    label: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its changes. `may_go_back`: some of the earlier values fit into the record's form."""

    told: Told
    changes: list[Change]
    may_go_back: bool


def history_of(record: models.Model, events: Iterable[Event]) -> list[Entry]:
    """The events of `record`, newest first, each with what it changed.

    What a value became is what the next event replaced, or, of the newest, what the record holds now.
    """
    now: dict[str, Any] = {}
    entries = []
    for one in told(events):
        changes = []
        for name, before in one.event.before.items():
            after = now[name] if name in now else _current(record, name, one.event)
            now[name] = before
            if before != after:
                changes.append(Change(_label(record, name), side_by_side(_words(before), _words(after))))
        entries.append(Entry(one, changes, bool(earlier_values(record, one.event))))
    return entries


def earlier_values(record: models.Model, event: Event) -> dict[str, Any]:
    """What `event` replaced, as far as a form can be filled with it: records are chosen again by hand."""
    fields = {field.name: field for field in record._meta.get_fields() if isinstance(field, models.Field)}
    return {
        name: value
        for name, value in event.before.items()
        if name in fields and not fields[name].is_relation and fields[name].editable
    }


def _current(record: models.Model, name: str, event: Event) -> Any:
    """What the record holds under `name`; what the event says, where it is no value of the record's own."""
    return plain(getattr(record, name, event.after.get(name)))


def _label(record: models.Model, name: str) -> str:
    names: Mapping[str, models.Field] = {field.name: field for field in record._meta.fields}
    words = str(names[name].verbose_name) if name in names else name.replace("_", " ")
    return words[:1].upper() + words[1:]


def value_list(values: Mapping[str, Any]) -> str:
    """Values of an event as people read them, one below the other."""
    if not values:
        return "–"
    rows = [(name.replace("_", " "), _words(value)) for name, value in values.items()]
    return format_html_join("", '<div class="event-value"><strong>{}</strong> <pre>{}</pre></div>', rows)


def _words(value: Any) -> str:
    """A value as people read it: a body as its text, a list one a line."""
    if isinstance(value, str) and value.startswith("<"):
        return plain_text(value).text
    if isinstance(value, dict):
        return "\n".join(f"{name}: {item}" for name, item in value.items())
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)
