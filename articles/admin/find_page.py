"""Search over everything at the desk: stories, quotes, speakers, sources and pictures on one page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.models import Image, Quote, SearchEntry, Source, Speaker, Story
from articles.workflow.find import find_numbers

SHOWN = 8  # of each kind; the list has the rest


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found."""

    url: str
    words: str
    beside: str


@dataclass(frozen=True, slots=True)
class Found:
    """The records of one kind. `more` leads to all of them when there are more than shown."""

    title: str
    hits: list[Hit]
    more: str


def find_page(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
    """What holds the words of ?q=, by kind, newest first; only kinds that the person may read."""
    text = " ".join(request.GET.get("q", "").split())
    found = [group for kind in _KINDS if (group := _found(request.user, kind, text)).hits] if text else []
    title = _("Found for “%(text)s”") % {"text": text} if text else _("Find")
    context |= {"title": title, "text": text, "found": found}
    return TemplateResponse(request, "admin/desk/find.html", context)


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: SearchEntry.Kind
    title: Callable[[], str]
    rows: Callable[[User], QuerySet[Any]]
    words: Callable[[Any], str]
    beside: Callable[[Any], str]


def _found(user: User, kind: _Kind, text: str) -> Found:
    rows = kind.rows(user)
    name = rows.model._meta.model_name or ""
    if not user.has_perm(f"articles.view_{name}"):
        return Found("", [], "")
    numbers = list(find_numbers(text, kind.kind)[: SHOWN + 1])
    records: dict[Any, Model] = rows.in_bulk(numbers[:SHOWN])
    hits = [
        Hit(reverse(f"admin:articles_{name}_change", args=[number]), kind.words(record), kind.beside(record))
        for number in numbers
        if (record := records.get(number)) is not None
    ]
    everything = f"{reverse(f'admin:articles_{name}_changelist')}?{urlencode({'q': text})}"
    return Found(kind.title(), hits, everything if len(numbers) > SHOWN else "")


_KINDS = (
    _Kind(
        SearchEntry.Kind.STORY,
        lambda: _("Stories"),
        lambda user: Story.objects.select_related("section").defer("body", "editors_note"),
        str,
        lambda story: " · ".join(
            filter(None, [story.get_status_display(), str(story.section or ""), story.slugline])
        ),
    ),
    _Kind(
        SearchEntry.Kind.QUOTE,
        lambda: _("Quotes"),
        lambda user: Quote.objects.select_related("speaker"),
        lambda quote: f"“{quote.words}”",
        lambda quote: " · ".join(
            filter(None, [str(quote.speaker or _("nobody yet")), quote.get_verification_display()])
        ),
    ),
    _Kind(
        SearchEntry.Kind.SPEAKER,
        lambda: _("Speakers"),
        lambda user: Speaker.objects.filter(merged_into=None),
        str,
        lambda speaker: ", ".join(speaker.aliases),
    ),
    _Kind(
        SearchEntry.Kind.SOURCE,
        lambda: _("Sources"),
        lambda user: Source.objects.visible_to(user),
        lambda source: source.title,
        lambda source: " · ".join(filter(None, [source.get_kind_display(), source.publisher])),
    ),
    _Kind(
        SearchEntry.Kind.IMAGE,
        lambda: _("Images"),
        lambda user: Image.objects.all(),
        lambda image: image.title,
        lambda image: image.credit,
    ),
)
