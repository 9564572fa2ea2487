"""The history of a story for readers: every version that they saw, and what changed from one to another.

What was taken back stays taken back: of versions before a retraction, or before the story was withdrawn,
the day and the kind are shown, never the words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.house import House, depends_on, page, public_page
from articles.models import Edition, EditionQuote
from articles.models.surrogate import section_key, story_key
from articles.text.difference import Row, side_by_side
from articles.views.errors import gone
from articles.views.story import current_edition

A_PAGE = 50

# What readers see of a story beside its body, in the order in which they see it.
PARTS = {
    "section_name": gettext_lazy("Section"),
    "kicker": gettext_lazy("Kicker"),
    "headline": gettext_lazy("Headline"),
    "dek": gettext_lazy("Standfirst"),
    "bylines": gettext_lazy("Byline"),
    "image": gettext_lazy("Lead picture"),
    "dateline": gettext_lazy("Place"),
    "body_text": gettext_lazy("Text"),
}


@dataclass(frozen=True, slots=True)
class Version:
    """An edition that readers saw. `number` counts those alone, from 1."""

    number: int
    edition: Edition
    before: "Version | None"
    readable: bool  # its words may be shown

    @property
    def new_headline(self) -> str:
        """Its headline, where that is another than the one before; empty for words that are not shown."""
        changed = self.before is not None and self.before.edition.headline != self.edition.headline
        return self.edition.headline if self.readable and (changed or self.number == 1) else ""

    @property
    def comparable(self) -> bool:
        """Whether it can be compared with the one before."""
        return self.readable and self.before is not None and self.before.readable


@dataclass(frozen=True, slots=True)
class Changed:
    """One part of a story that is not the same in two versions."""

    label: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation whose verification is not the same in two versions."""

    quote: EditionQuote
    before: str


@public_page
def history(request: HttpRequest, section_slug: str, slug: str) -> HttpResponse:
    """The versions of a story, newest first; 301 and 410 as for the story itself."""
    house: House = request.house
    edition = current_edition(Edition.objects.for_list(), section_slug, slug, house.now)
    depends_on(request, story_key(edition.story_id), section_key(section_slug))
    if answer := _elsewhere(request, edition, "history", section_slug, slug):
        return answer
    versions = read_versions(edition, house.now)
    last = _before(request, len(versions))
    shown = versions[max(0, last - A_PAGE) : last][::-1]
    context = {
        "edition": edition,
        "versions": shown,
        "count": len(versions),
        "older": shown[-1].number if shown and shown[-1].number > 1 else None,
        "newest": last == len(versions),
        "withheld": any(not version.readable for version in versions),
        "texts": settings.NEWSROOM_HISTORY_TEXTS,
    }
    return page(request, "articles/history.html", context)


@public_page
def changes(request: HttpRequest, section_slug: str, slug: str, first: int, second: int) -> HttpResponse:
    """Two versions side by side; 404 for those whose words readers may not see."""
    house: House = request.house
    edition = current_edition(Edition.objects.for_list(), section_slug, slug, house.now)
    depends_on(request, story_key(edition.story_id), section_key(section_slug))
    if answer := _elsewhere(request, edition, "changes", section_slug, slug, first, second):
        return answer
    versions = read_versions(edition, house.now)
    if not (settings.NEWSROOM_HISTORY_TEXTS and 0 < first < second <= len(versions)):
        raise Http404(_("There are no such versions of this story."))
    old, new = versions[first - 1], versions[second - 1]
    if not (old.readable and new.readable):
        raise Http404(_("The words of these versions were taken back."))
    whole = Edition.objects.in_bulk([old.edition.pk, new.edition.pk])
    before, after = whole[old.edition.pk], whole[new.edition.pk]
    quotes = list(
        EditionQuote.objects.filter(edition__in=[before, after, edition]).order_by("-edition_id", "pk")
    )
    context = {
        "edition": edition,
        "old": old,
        "new": new,
        "changed": list(compare(before, after)),
        "checked": list(_checked(quotes, before, after)),
        "contested": _contested(quotes),
        "earlier": versions[first - 1] if old.comparable else None,
        "later": versions[second] if second < len(versions) else None,
    }
    return page(request, "articles/changes.html", context)


def read_versions(edition: Edition, now: datetime) -> Sequence[Version]:
    """The versions of a story that readers saw, oldest first, without their bodies. One query."""
    editions = Edition.objects.once_live(now).filter(story=edition.story_id)
    seen = list(editions.defer("body_html", "body_text").order_by("live_from", "number"))
    taken_back = [place for place, each in enumerate(seen) if _takes_back(each)]
    first = max(taken_back, default=0)
    versions: list[Version] = []
    for place, each in enumerate(seen):
        before = versions[-1] if versions else None
        versions.append(Version(place + 1, each, before, place >= first and not each.gone))
    return versions


def compare(before: Edition, after: Edition) -> Iterator[Changed]:
    """The parts in which the words of two editions are not the same."""
    for name, label in PARTS.items():
        old, new = (_words(getattr(edition, name)) for edition in (before, after))
        if old != new:
            yield Changed(str(label), side_by_side(old, new))


def _takes_back(edition: Edition) -> bool:
    return edition.gone or edition.kind == Edition.Kind.RETRACTION


def _words(value: Any) -> str:
    """What readers see of a column, as text."""
    if isinstance(value, list):  # bylines
        return ", ".join(author["name"] for author in value)
    if isinstance(value, dict):  # a picture
        return "\n\n".join(filter(None, [value.get("caption"), value.get("credit"), value.get("alt")]))
    return value or ""


def _checked(quotes: Sequence[EditionQuote], before: Edition, after: Edition) -> Iterator[Checked]:
    earlier = {quote.quote_key: quote.verification for quote in quotes if quote.edition_id == before.pk}
    for quote in quotes:
        was = earlier.get(quote.quote_key, quote.verification)
        if quote.edition_id == after.pk and was != quote.verification:
            yield Checked(quote, was)


def _contested(quotes: Sequence[EditionQuote]) -> list[EditionQuote]:
    """The words that readers must not trust, as the newest of the editions has them."""
    newest: dict[str, EditionQuote] = {}
    for quote in quotes:  # the newest edition comes first
        newest.setdefault(quote.quote_key, quote)
    return [quote for quote in newest.values() if quote.contested]


def _elsewhere(
    request: HttpRequest, edition: Edition, name: str, section_slug: str, slug: str, *numbers: int
) -> HttpResponse | None:
    """The answer when the story is gone, or stands at another address now."""
    if edition.gone:
        return gone(request, edition)
    if (edition.section_slug, edition.slug) != (section_slug, slug):
        address = reverse(f"articles:{name}", args=[edition.section_slug, edition.slug, *numbers])
        return HttpResponsePermanentRedirect(address)
    return None


def _before(request: HttpRequest, count: int) -> int:
    """The number of the last version to show, from `?before=`. Raises Http404 for one that is not there."""
    value = request.GET.get("before", str(count + 1))
    if not (value.isascii() and value.isdecimal() and len(value) < 7 and 1 < int(value) <= count + 1):
        raise Http404(_("There is no such page in this list."))
    return int(value) - 1
