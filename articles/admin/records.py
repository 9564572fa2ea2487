"""What all record pages of the desk share: refusals in the form, events instead of a log, no deleting."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.admin.counting import MOST_COUNTED, CountsNoFurther
from articles.admin.numbers import read_number
from articles.admin.record_history import earlier_values, history_of
from articles.admin.saved_views import change_views, views_of
from articles.admin.widgets import RecordWidget
from articles.models import Event, SearchEntry
from articles.workflow.errors import Invalid, Refusal
from articles.workflow.find import find_numbers


class RefusableForm(forms.ModelForm):
    """A form that says why a verb refused it, with everything that was typed still in it."""

    refusal: Refusal | None = None
    verb_names: Mapping[str, str] = {}  # what the verb calls a value: the name of the field
    earlier: Mapping[str, Any] = {}  # values of an earlier time, to be looked at and saved

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if self.earlier:
            kwargs["initial"] = {**(kwargs.get("initial") or {}), **self.earlier}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal:
            add_refusal(self, self.refusal, self.verb_names)
        return cleaned


class DeskAdmin(ModelAdmin):
    """A record that is changed by verbs: `save_model` calls one, and its refusal lands in the form."""

    form = RefusableForm
    list_per_page = 50
    paginator = CountsNoFurther
    show_full_result_count = False
    show_facets = "NEVER"
    empty_words = ""
    search_kind: SearchEntry.Kind | None = None  # the words of these records are indexed: `workflow.find`

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", RecordWidget(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        try:
            return super().get_changelist_instance(request)
        except OverflowError as error:  # a filter by a number that SQLite cannot hold
            raise IncorrectLookupParameters from error

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        if not search_term or self.search_kind is None:
            return super().get_search_results(request, queryset, search_term)
        # The numbers first: asked in one query, PostgreSQL walks the whole list for a rare word.
        numbers = list(find_numbers(search_term, self.search_kind)[:MOST_COUNTED])
        return queryset.filter(pk__in=numbers), False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        form.earlier = self._earlier(request, obj)
        return form

    def _earlier(self, request: HttpRequest, obj: models.Model | None) -> dict[str, Any]:
        """What the record held before the event that the address names; the history page leads here."""
        number = request.GET.get("back", "") if request.method == "GET" else ""
        if obj is None:
            return {}
        events = Event.objects.about(obj).visible_to(request.user)
        event = events.filter(pk=read_number(number)).first()
        return earlier_values(obj, event) if event else {}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refusal as refusal:
            # Once more, with the refusal as an error of the form: nothing that was typed is lost.
            request.refusal = refusal
            return super().changeform_view(request, object_id, form_url, extra_context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "POST" and ("_save_view" in request.POST or "_forget_view" in request.POST):
            return change_views(request, self.opts.model_name)
        words = {
            "empty_words": self.empty_words,
            "title": capfirst(self.opts.verbose_name_plural),
            "saved_views": views_of(request, self.opts.model_name),
        }
        return super().changelist_view(request, words | (extra_context or {}))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        events = Event.objects.about(record).visible_to(request.user).select_related("by")
        context = self.admin_site.each_context(request) | {
            "title": _("History of %(record)s") % {"record": record},
            "object": record,
            "opts": self.opts,
            "entries": history_of(record, events[:300]),
            "may_change": self.has_change_permission(request, record),
        }
        return TemplateResponse(request, "admin/object_history.html", context)

    def log_addition(self, *args: Any) -> None:
        """Write nothing: the verb wrote its Event."""

    def log_change(self, *args: Any) -> None:
        """Write nothing: the verb wrote its Event."""


class ReadOnlyAdmin(DeskAdmin):
    """A record that is written by verbs alone: it can be read here, and that is all."""

    actions = None

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def moment(at: datetime.datetime | None, *, both: bool = False) -> str:
    """A time for a list, in the newsroom's zone: the year only when it is not this one.

    With `both`, the browser adds it in the zone of whoever reads it, where that is another.
    """
    if at is None:
        return ""
    local = timezone.localtime(at)
    year = "" if local.year == timezone.localtime().year else f" {local.year}"
    words = f"{local.day} {date_format(local, 'M')}{year}, {local:%H:%M}"
    shape = '<time datetime="{}" data-zone>{}</time>' if both else '<time datetime="{}">{}</time>'
    return format_html(shape, local.isoformat(), words)


def add_refusal(form: forms.BaseForm, refusal: Refusal, names: Mapping[str, str] | None = None) -> None:
    """Put what a verb refused into `form`, beside the fields it is about.

    `names` translates what the verb calls a value into the name of the form's field.
    """
    if not isinstance(refusal, Invalid):
        form.add_error(None, refusal.message)
        return
    for name, texts in refusal.errors.items():
        field = (names or {}).get(name, name.removesuffix("_id"))
        for text in texts:
            form.add_error(field if field in form.fields else None, text)
