"""Quotes and sources: what the paper can show for its words."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.house import page, public_page
from articles.models import Edition, EditionQuote
from articles.views.errors import gone
from articles.views.lists import records_page


@require_safe
@public_page
def source(request: HttpRequest, key: str) -> HttpResponse:
    """What a source is, which copy of it the paper keeps, and what was drawn from it."""
    now = request.house.now
    drawn = EditionQuote.objects.once_each(now).filter(source_key=key).with_edition().by_date()
    found = records_page(drawn, request)
    if not found.object_list:
        return _gone_or_missing(request, Edition.objects.once_live(now).filter(quotes__source_key=key))
    newest = max(found.object_list, key=lambda quote: quote.edition_id)
    return page(request, "articles/source_detail.html", {"source": newest, "page": found})


def _gone_or_missing(request: HttpRequest, once_shown_by: QuerySet[Edition]) -> HttpResponse:
    if once_shown_by.exists():
        return gone(request)
    raise Http404(_("There is no such record."))
