"""What the paper got wrong: its corrections by month, and the stories that it took back."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.house import depends_on, page, public_page
from articles.models import Correction, Dispute, Edition
from articles.models.surrogate import DISPUTES, LISTS
from articles.views.disputes import outcomes_now
from articles.views.lists import RECORDS_PER_PAGE, read_place, write_place

WITHDRAWN_STORIES = 10
OUTCOMES = 3


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """A stretch of the list. `older` is the value of `before` for the next stretch, or empty."""

    corrections: list[Correction]
    older: str
    first: bool


@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    """Everything that the paper corrected, the latest first, all of it or of one kind."""
    now, kind = request.house.now, request.GET.get("kind", "")
    depends_on(request, LISTS, DISPUTES)
    if kind and kind not in Correction.Kind.values:
        raise Http404(_("There are no corrections of this kind."))
    found = _stretch(request, kind)
    context = {"page": found, "kind": kind, "kinds": Correction.Kind.choices}
    if found.first and not kind:
        taken_back = Edition.objects.live(now).filter(gone=True).defer("body_html", "body_text")
        context["taken_back"] = taken_back.order_by("-live_from", "-pk")[:WITHDRAWN_STORIES]
        context["outcomes"] = outcomes_now(Dispute.objects.published()[:OUTCOMES], now)
    return page(request, "articles/correction_list.html", context)


def _stretch(request: HttpRequest, kind: str) -> CorrectionPage:
    now, before = request.house.now, request.GET.get("before", "")
    rows = Correction.objects.published(now).with_stories(now).order_by("-at", "-pk")
    if kind:
        rows = rows.filter(kind=kind)
    if before:
        moment, number = read_place(before)
        rows = rows.filter(Q(at__lt=moment) | Q(at=moment, pk__lt=number))
    found = list(rows[: RECORDS_PER_PAGE + 1])
    shown = found[:RECORDS_PER_PAGE]
    older = write_place(shown[-1].at, shown[-1].pk) if len(found) > len(shown) else ""
    return CorrectionPage(shown, older, not before)
