"""Sources: what they are, which copies the paper keeps, and what it drew from them."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.house import depends_on, page, public_page
from articles.models import Edition, EditionQuote
from articles.models.surrogate import source_key
from articles.views.errors import gone
from articles.views.lists import RECORDS_PER_PAGE, QuotePage

LATEST = 200  # quotes from which the copies and the speakers of a source are gathered
_PLACE = re.compile(r"(\d{1,18})-(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the latest quotes from a source say: the source as printed last, its copies, who is quoted."""

    source: dict[str, Any]
    copies: tuple[dict[str, Any], ...]
    speakers: tuple[dict[str, str], ...]


@public_page
def source(request: HttpRequest, key: str) -> HttpResponse:
    """What a source is, which copies of it the paper keeps, and what was drawn from it. Two queries."""
    now = request.house.now
    depends_on(request, source_key(key))
    drawn = _gather(key, now)
    if drawn is None:
        if Edition.objects.once_live(now).filter(quotes__source_key=key).exists():
            return gone(request)
        raise Http404(_("There is no such record."))
    quotes = EditionQuote.objects.once_each(now).filter(source_key=key).with_edition()
    context = {"key": key, "drawn": drawn, "source": drawn.source, "page": _by_story(quotes, request)}
    return page(request, "articles/source_detail.html", context)


def _gather(key: str, now: datetime) -> Drawn | None:
    """What the paper can say of the source; None when no quote from it can be read. One query."""
    printed = EditionQuote.objects.published(now).filter(source_key=key).order_by("-edition_id", "position")
    rows = list(printed.only("source", "speaker", "speaker_slug", "speaker_name")[:LATEST])
    if not rows:
        return None
    copies = {row.source["sha256"]: row.source for row in reversed(rows) if row.source.get("sha256")}
    speakers = {row.speaker_slug: row.speaker_name for row in rows if row.has_speaker_page}
    return Drawn(
        source=rows[0].source,
        copies=tuple(sorted(copies.values(), key=lambda copy: copy["captured_at"] or "", reverse=True)),
        speakers=tuple({"slug": slug, "name": name} for slug, name in speakers.items()),
    )


def _by_story(quotes: QuerySet[EditionQuote], request: HttpRequest) -> QuotePage:
    """The stretch of `quotes` that `?before=` asks for, the newest edition first. One query at any depth.

    Raises Http404 for a place that no page of ours ever named.
    """
    before = request.GET.get("before", "")
    if before:
        match = _PLACE.fullmatch(before)
        if match is None:
            raise Http404(_("There is no such page in this list."))
        edition, position = int(match[1]), int(match[2])
        quotes = quotes.filter(Q(edition__lt=edition) | Q(position__gt=position), edition__lte=edition)
    found = list(quotes.order_by("-edition_id", "position")[: RECORDS_PER_PAGE + 1])
    kept = found[:RECORDS_PER_PAGE]
    older = f"{kept[-1].edition_id}-{kept[-1].position}" if len(found) > RECORDS_PER_PAGE else ""
    return QuotePage(quotes=kept, older=older, first=not before)
