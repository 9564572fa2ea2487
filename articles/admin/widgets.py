"""Form parts of the desk: bylines in order, times in the newsroom's zone, one name a line."""

import datetime
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles.admin.numbers import read_number

MAX_BYLINES = 12
SELECTED = flatatt({"selected": True})
YEARS = range(1900, 2200)  # near the ends of the calendar a time has no equal in other zones


class NameSelect(forms.Select):
    """A list of names, drawn in one go: a template for each of a thousand would take longer than the page."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> str:
        """The list, with the chosen name marked."""
        chosen = next(iter(self.format_value(value)), "")
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                ("" if choice is None else choice, SELECTED if str(choice or "") == chosen else "", words)
                for choice, words in self.choices
            ),
        )
        drawn = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>\n{}\n</select>", drawn, options)


class BylinesWidget(forms.MultiWidget):
    """One list of authors for each byline, in the order printed, and an empty one for the next."""

    def __init__(self, choices: Sequence[tuple[Any, str]], slots: int = 2) -> None:
        self.choices = choices
        self.slots = min(max(slots, 2), MAX_BYLINES)
        super().__init__([self._select(number) for number in range(self.slots)])

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> str:
        """The lists, one after the other."""
        chosen = list(value or [])
        key = (attrs or {}).get("id", f"id_{name}")
        return format_html_join(
            "\n",
            "{}",
            (
                (each.render(f"{name}_{number}", value, {**(attrs or {}), "id": f"{key}_{number}"}),)
                for number, (each, value) in enumerate(zip_longest(self.widgets, chosen[: self.slots]))
            ),
        )

    def decompress(self, value: Sequence[Any] | None) -> list[Any]:
        return list(value or [])

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return [data.get(f"{name}_{number}") or "" for number in range(MAX_BYLINES)]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}_0" not in data

    def _select(self, number: int) -> NameSelect:
        words = _("Byline") if number == 0 else _("Next byline")
        return NameSelect(choices=self.choices, attrs={"aria-label": words})


class BylinesField(forms.Field):
    """Authors in the order printed: cleaned to a tuple of their ids."""

    def __init__(self, *, authors: Sequence[tuple[int, str]], slots: int, **kwargs: Any) -> None:
        self.known = {str(pk): pk for pk, _name in authors}
        choices = [("", "—"), *authors]
        super().__init__(widget=BylinesWidget(choices, slots), **kwargs)

    def clean(self, value: Sequence[str] | None) -> tuple[int, ...]:
        chosen = [str(item) for item in value or [] if item]
        unknown = [item for item in chosen if item not in self.known]
        if unknown:
            raise ValidationError(_("An author in the byline no longer exists. Choose another."))
        return tuple(dict.fromkeys(self.known[item] for item in chosen))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [str(item) for item in initial or []] != [item for item in data or [] if item]


class TimeField(forms.DateTimeField):
    """A date and time in the newsroom's zone, chosen with the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)
        zone = _("Time in %(zone)s.") % {"zone": settings.TIME_ZONE.replace("_", " ")}
        self.help_text = f"{self.help_text} {zone}".strip()

    def to_python(self, value: Any) -> datetime.datetime | None:
        moment = super().to_python(value)
        if moment is not None and moment.year not in YEARS:
            raise ValidationError(_("This is in the year %(year)d. Check it."), params={"year": moment.year})
        return moment


class RecordWidget(AutocompleteSelect):
    """A record found by typing. What cannot be the number of one is shown as nothing chosen."""

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:
        return super().optgroups(name, [each for each in value if read_number(str(each)) is not None], attr)


class DateWidget(forms.DateInput):
    """A date, chosen with the browser's own picker."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class LinesField(forms.CharField):
    """A list of strings, written one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]


class PairsField(forms.CharField):
    """A dictionary of strings, written as `name: value`, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{name}: {identifier}" for name, identifier in value.items())
        return value

    def clean(self, value: Any) -> dict[str, str]:
        pairs: dict[str, str] = {}
        for line in super().clean(value).splitlines():
            name, colon, identifier = line.partition(":")
            if not line.strip():
                continue
            if not (colon and name.strip() and identifier.strip()):
                raise ValidationError(
                    _("Write one identifier a line, such as “wikidata: Q42”. This line is not: %(line)s"),
                    params={"line": line.strip()},
                )
            pairs[name.strip().lower()] = identifier.strip()
        return pairs
