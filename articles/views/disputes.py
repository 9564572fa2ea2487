"""Readers report what is wrong, see what became of it, and read what became of the reports of others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.house import depends_on, open_house, page, public_page, read_only
from articles.models import Dispute, Edition, EditionQuote
from articles.models.surrogate import DISPUTES, LISTS
from articles.views.lists import RECORDS_PER_PAGE, read_place, write_place
from articles.views.report_form import ReportForm, kept_days, read_address
from articles.visitor import is_sent_from_here, network_address
from articles.workflow.admission import TooMany, sender_of
from articles.workflow.disputes import receive_dispute
from articles.workflow.errors import Invalid, Refusal

MOST_BYTES = 128 * 1024  # of a form that is sent: far more than its fields may hold


@dataclass(frozen=True, slots=True)
class Shown:
    """A published outcome, with the story and the quote as readers see them now, if they do."""

    dispute: Dispute
    edition: Edition | None
    quote: EditionQuote | None


@public_page
def disputes(request: HttpRequest) -> HttpResponse:
    """What became of readers' reports: the published outcomes, the latest first."""
    now, before = request.house.now, request.GET.get("before", "")
    depends_on(request, DISPUTES, LISTS)
    rows = Dispute.objects.published()
    if before:
        moment, number = read_place(before)
        rows = rows.filter(Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=number))
    found = list(rows.select_related("correction")[: RECORDS_PER_PAGE + 1])
    shown = found[:RECORDS_PER_PAGE]
    older = write_place(shown[-1].published_at, shown[-1].pk) if len(found) > len(shown) else ""
    context = {"outcomes": outcomes_now(shown, now), "page": {"older": older, "first": not before}}
    return page(request, "articles/disputes/list.html", context)


def outcomes_now(found: Sequence[Dispute], now: datetime) -> list[Shown]:
    """Each of `found` with what readers see now of its story and its quote. Two queries."""
    editions = Edition.objects.published(now).filter(story__in={each.story_id for each in found})
    by_story = {edition.story_id: edition for edition in editions.defer("body_html", "body_text")}
    quotes = EditionQuote.objects.filter(
        edition__in=[edition.pk for edition in by_story.values()],
        quote_key__in={each.quote_key for each in found if each.quote_key},
    )
    by_key = {(quote.edition_id, quote.quote_key): quote for quote in quotes}
    return [_shown(each, by_story.get(each.story_id), by_key) for each in found]


def _shown(dispute: Dispute, edition: Edition | None, quotes: dict[tuple[int, str], EditionQuote]) -> Shown:
    quote = quotes.get((edition.pk, dispute.quote_key)) if edition else None
    return Shown(dispute, edition, quote)


@read_only
@never_cache
def dispute_state(request: HttpRequest, key: str) -> HttpResponse:
    """What became of one report, for whoever has its reference. Nothing of what the sender typed."""
    rows = Dispute.objects.defer("words", "name", "email", "fingerprint")
    dispute = rows.filter(key=key).first()
    if dispute is None:
        raise Http404(_("There is no report with this reference."))
    house = request.house = open_house()
    (shown,) = outcomes_now([dispute], house.now)
    context = {"dispute": dispute, "edition": shown.edition, "is_spam": dispute.outcome == "spam"}
    response = page(request, "articles/disputes/state.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@csrf_exempt  # there is no session here; `is_sent_from_here` says what takes the token's place
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest) -> HttpResponse:
    """The form for a report; sent once, it is shown to be read; sent from there, it is taken in."""
    return _take_in(request) if request.method == "POST" else _ask(request)


@public_page
def _ask(request: HttpRequest) -> HttpResponse:
    story, quote = request.GET.get("story", ""), request.GET.get("quote", "")
    if not story and not quote:
        return page(request, "articles/disputes/which.html")
    edition = _published(story, quote, request.house.now)
    initial = {"story": _name(edition), "number": edition.number, "quote": quote}
    form = ReportForm(edition, initial=initial)
    if quote and quote not in form.quotes:
        raise Http404(_("The story does not print these words."))
    return _form_page(request, form, edition)


@never_cache
def _take_in(request: HttpRequest) -> HttpResponse:
    if _length(request) > MOST_BYTES:
        return page(request, "articles/disputes/which.html", {"too_long": True}, status=413)
    house = request.house = open_house()
    edition = _published(request.POST.get("story", ""), "", house.now)
    edition = _as_seen(edition, request.POST.get("number", ""), house.now)
    form = ReportForm(edition, request.POST)
    if not form.is_valid() or "change" in request.POST:
        return _form_page(request, form, edition)
    if not is_sent_from_here(request):
        form.add_error(None, _("This was sent from a page of another site. Read it, and send it from here."))
        return _form_page(request, form, edition, status=403)
    if "proof" not in request.POST:
        return _confirm_page(request, form, edition)
    problem = form.problem(request.POST["proof"])
    if problem:
        return _confirm_page(request, form, edition, problem=problem)
    return _receive(request, form, edition)


def _receive(request: HttpRequest, form: ReportForm, edition: Edition) -> HttpResponse:
    try:
        sender = sender_of(network_address(request))
        received = receive_dispute(form.report(), edition=edition, sender=sender)
    except TooMany as refusal:
        form.add_error(None, refusal.message)
        response = _form_page(request, form, edition, status=429)
        response.headers["Retry-After"] = str(int(refusal.wait.total_seconds()) + 1)
        return response
    except Invalid as refusal:
        for name, texts in refusal.errors.items():
            name = {"quote_key": "quote"}.get(name, name)
            form.add_error(name if name in form.fields else None, texts)
    except Refusal as refusal:
        form.add_error(None, refusal.message)
    else:
        return HttpResponseRedirect(reverse("articles:dispute_state", args=[received.key]))
    return _form_page(request, form, edition)


def _form_page(
    request: HttpRequest, form: ReportForm, edition: Edition, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "edition": edition, "keep_days": kept_days()}
    return page(request, "articles/disputes/form.html", context, status=status)


def _confirm_page(
    request: HttpRequest, form: ReportForm, edition: Edition, *, problem: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "edition": edition,
        "quote": form.chosen_quote(),
        "kind": Dispute.Kind(form.cleaned_data["kind"]).label,
        "proof": form.proof(),
        "problem": problem,
        "keep_days": kept_days(),
    }
    return page(request, "articles/disputes/confirm.html", context)


def _published(story: str, quote: str, now: datetime) -> Edition:
    """The edition that readers see at an address, or the newest that prints a quote. Raises Http404."""
    editions = Edition.objects.published(now).prefetch_related("quotes").defer("body_html", "body_text")
    if story:
        section_slug, slug = read_address(story)
        editions = editions.filter(section_slug=section_slug, slug=slug)
    else:
        key = quote if quote.isascii() and quote.isalnum() else ""
        printing = EditionQuote.objects.published(now).filter(quote_key=key)
        editions = editions.filter(pk__in=printing.order_by("-pk").values("edition")[:1])
    edition = editions.order_by("-pk").first()
    if edition is None:
        raise Http404(_("There is no story at this address."))
    return edition


def _as_seen(edition: Edition, number: str, now: datetime) -> Edition:
    """The edition with that number, if readers have seen it: the one that the reader read."""
    if not number.isdecimal() or len(number) > 9 or int(number) == edition.number:
        return edition
    seen = Edition.objects.once_live(now).filter(story=edition.story_id, number=int(number), gone=False)
    return seen.prefetch_related("quotes").defer("body_html", "body_text").first() or edition


def _name(edition: Edition) -> str:
    return f"{edition.section_slug}/{edition.slug}"


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0
